//! Tests of everything that needs no window.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that fails may panic, and tests look at real files"
)]

#[cfg(feature = "gui")]
mod layout;
mod session;
mod tidy;
