//! The real binary in folders of its own.

mod annotating;
mod attribution;
mod exchanging;
mod failing;
mod frozen;
mod looking_back;
mod reading;
mod repairing;
mod world;
