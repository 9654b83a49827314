//! The real binary in folders of its own.

mod annotating;
mod exchanging;
mod failing;
mod reading;
mod world;
