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

#[path = "support/carry.rs"]
mod carry;
mod cli;
#[path = "support/effort.rs"]
mod effort;
mod invariants;
#[cfg(feature = "gui")]
mod layout;
mod process;
#[path = "support/project.rs"]
mod project;
mod session;
mod storage;
#[path = "support/synth.rs"]
mod synth;

mod tidy;
