//! Tests of everything that needs no window.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::default_trait_access,
    clippy::unnecessary_wraps,
    clippy::unnecessary_box_returns,
    clippy::disallowed_methods,
    reason = "a test that fails may panic, looks at real files, and says what it means in few words"
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
