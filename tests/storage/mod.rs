//! Tests of the store: journals, imports, replay, checkpoints, on file systems that fail.

mod checkpoints;
mod crashes;
mod hand;
mod imports;
mod journals;
mod opening;
mod orders;
