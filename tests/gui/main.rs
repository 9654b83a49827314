//! Tests of the window: whole flows through roles and labels, and pictures drawn on the CPU.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that fails may panic, and pictures and projects are real files"
)]

mod bars;
mod catalogue;
mod checks;
mod claims;
mod entities;
mod flow;
mod following;
mod hanging;
mod history;
mod looks;
mod notes;
mod people;
mod pictures;
#[path = "../support/raster.rs"]
mod raster;
mod rasteriser;
mod reader;
mod reversing;
mod shell;
mod stage;
mod stances;
mod whole;
mod window;
mod world;
