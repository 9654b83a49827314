//! Tests of the session: commands, undo, opening, and the promises it keeps.

mod commands;
mod failing;
mod following;
mod invariants;
mod opening;
mod random;
mod replay;
mod reverting;
mod undo;
mod world;
