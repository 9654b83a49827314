//! The real binary in folders of its own.

mod annotating;
mod exchanging;
mod failing;
mod frozen;
mod reading;
mod world;
