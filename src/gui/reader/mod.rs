//! The reader: an article on its page, with everything people marked in it.
//!
//! | file | does |
//! |---|---|
//! | [`marks`], [`lanes`] | annotations to marks on spans; which lane each mention gets |
//! | [`pieces`], [`tags`], [`anatomy`] | marks to stretches of lines, places of tags, distances |
//! | [`page`], [`frame`] | where the column stands; what one frame shows |
//! | [`pen`], [`strokes`], [`paint`], [`focus`], [`claims`], `claim_focus`, `stance_focus`, [`signs`], `invisible` | everything into one mesh |
//! | [`selection`], [`ladder`], [`walk`] | what is selected, which edges are offered, what is in focus |
//! | `state`, `act`, `claim_keys`, `keys`, `mouse` | what is kept between frames; commands, caret keys, pointer |
//! | [`view`], `ladder_popup`, `stance_popup`, [`access`] | the page in the window, the ladder's popup, what screen readers get |
//! | `heights` | measures what is not in view on a thread |
//!
//! Only the focus is rebuilt on a key; marks are computed for the visible paragraphs alone.

pub mod access;
mod act;
pub mod anatomy;
mod claim_focus;
mod claim_keys;
pub mod claims;
pub mod focus;
pub mod frame;
mod heights;
mod invisible;
mod keys;
pub mod ladder;
mod ladder_popup;
pub mod lanes;
pub mod marks;
mod mouse;
pub mod page;
pub mod paint;
pub mod pen;
pub mod pieces;
#[cfg(test)]
mod sample;
pub mod selection;
pub mod signs;
mod stance_focus;
mod stance_popup;
mod state;
pub mod strokes;
pub mod tag_text;
pub mod tags;
pub mod view;
pub mod walk;

pub use act::label_on_strip;
pub use state::ReaderState;
pub use view::reader_ui;
