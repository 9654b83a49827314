//! The window: the only place that names egui.
//!
//! Start reading at [`app`]: the frame loop. Panels read the session through [`ctx::PanelCtx`] and push
//! [`command::UiCommand`]s; the loop applies them between frames, so nothing changes in the middle of one.

pub mod app;
pub mod atlas;
pub mod command;
pub mod ctx;
pub mod dialogs;
pub mod i18n;
pub mod keymap;
pub mod panels;
pub mod reader;
pub mod settings;
pub mod text;
pub mod theme;
pub mod widgets;

pub use app::{App, RunError, RunOptions, run};
