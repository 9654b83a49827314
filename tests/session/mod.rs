//! Tests of the session: commands, undo, opening, and the promises it keeps.

mod commands;
mod copies;
mod dismissing;
mod failing;
mod faults;
mod following;
mod gate;
mod identity;
mod imports;
mod invariants;
mod machines;
mod merging;
mod on_demand;
mod opening;
mod random;
mod reading_beside;
mod replay;
mod rereading;
mod reverting;
mod stepping;
mod streaming;
mod trouble;
mod undo;
mod world;
