//! Tests of the store: journals, imports, replay, checkpoints, on file systems that fail.

mod checkpoints;
mod crashes;
mod frozen;
mod hand;
mod hostile;
mod imports;
mod journals;
mod knowledge;
mod opening;
mod orders;
mod schemes;
