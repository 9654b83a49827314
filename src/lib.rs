//! Hashiya: annotate entities, claims and stance in news corpora, Arabic first.

pub mod cli;
pub mod edit;
pub mod env;
pub mod formats;
#[cfg(feature = "gui")]
pub mod gui;
#[cfg(feature = "gui")]
pub mod layout;
pub mod model;
pub mod session;
pub mod storage;
pub mod text;
