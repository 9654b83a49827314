//! Tests of everything that needs no window.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that fails may panic, and tests look at real files"
)]

mod cli;
mod invariants;
#[cfg(feature = "gui")]
mod layout;
#[path = "support/project.rs"]
mod project;
mod session;
mod storage;
#[path = "support/synth.rs"]
mod synth;

mod tidy;
