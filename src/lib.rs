//! Hashiya: annotate entities, claims and stance in news corpora, Arabic first. This page is the ten-minute map.
//!
//! Hashiya (the gloss in the margin of a manuscript) is one package: this library does everything, and a thin binary
//! opens a window or runs a command.
//!
//! # The idea
//! 1. An [`Article`](model::Article) is text that never changes; everything people add is a stand-off annotation that
//!    points at it by byte [`Span`](text::Span).
//! 2. There are three kinds of annotation, each a type of its own: [`Mention`](model::Mention) (of an entity),
//!    [`Claim`](model::Claim) (with its sources and cue) and [`Stance`](model::Stance) (holder, target, evidence). One
//!    person's annotations of one article are an [`AnnotationSet`](model::AnnotationSet).
//! 3. Only a [`Transaction`](edit::Transaction) changes a project: a list of [`Edit`](edit::Edit)s, each with the value
//!    of one [`Place`](edit::Place) before and after, so that undoing is exchanging the two.
//! 4. A [`Command`](session::Command) says what somebody wants. Planning turns it into a transaction, and the
//!    [`Session`](session::Session) applies it and writes it down durably.
//! 5. Window, command line and tests talk to the same session, which knows no screen.
//! 6. Labels, attributes and scales are data, a [`Scheme`](model::Scheme) (`assets/schemes`); the shape of a mention is
//!    code.
//!
//! # The layers
//! Each names only what stands under it; siblings never name each other. `tests/tidy` holds this table and checks it.
#![cfg_attr(
    feature = "gui",
    doc = r"
| layer | modules | what |
|---|---|---|
| 7 | `main` | picks the window or a command |
| 6 | [`gui`], [`cli`] | a screen; one file per subcommand. Only `gui` names egui and [`layout`] (the geometry dump `cli::layout` excepted) |
| 5 | [`session`] | the application without a screen |
| 4 | [`storage`], [`formats`] | the folder on disk, the only user of the file system; importers and exporters |
| 3 | [`edit`] | edits, transactions, the state they make |
| 2 | [`model`], [`layout`] | what things mean; where text stands. Neither knows the other |
| 1 | [`text`], [`env`](mod@env) | offsets, words, sentences, attached letters; clock and ids |
"
)]
//!
//! # What always holds
//! Each promise has a test that bears its name.
//! - `text_is_frozen`: an article's text never changes after import; each annotation keeps a quote.
//! - `offsets_are_bytes`: UTF-8 bytes, half-open, in logical order, on letter boundaries; other units live in
//!   [`text::OffsetMap`] and at the edge of [`formats`].
//! - `only_apply_changes_what_people_made`: all or nothing.
//! - `edits_are_self_inverse_by_swap`: `before` and `after` are complete, and a live edit is refused where `before` is not
//!   what stands.
//! - `records_only_grow`: undo is a new transaction; the state is what replaying the records gives; a checkpoint is a
//!   shortcut to it.
//! - `saved_means_durable`: the window says *Saved*, and a command ends with success, only after the disk has said so.
//! - `the_core_does_no_io`: everything under [`storage`], and [`formats`], gets bytes and [`Env`](env::Env) from callers.
//! - `content_never_fails_an_import`: importers return articles and [`Diagnostic`](model::Diagnostic)s.
//! - `layout_knows_no_annotation`, and the model knows no pixels.
//! - `panels_read_and_ask`: they push commands; nothing changes in the middle of a frame.
//! - `memory_follows_what_is_open`: texts are loaded on demand.
//! - `old_projects_open`: every released format keeps a frozen project among the fixtures.
//! - `order_is_deterministic` in everything shown or written.
//! - `a_record_is_written_once`: a session appends to its own journal file and touches no other.
//! - `state_is_a_function_of_the_set_of_records`, in whatever order they arrived.
//!
//! # How things flow
//! ```text
//! file --> formats --> articles, diagnostics --> import files, manifest last --> Command --> (as below)
//!
//! article text --> layout::Document --> lines, glyphs, rectangles --+
//! annotations  --> gui::reader: lanes, brackets, signs, handles ----+--> one mesh, and a tree for screen readers
//!
//! key, pointer --> panel --> UiCommand --+--> view commands --> view state (not kept)
//! arguments, scripts, tests -------------+--> Command
//!                                              | plan: pure
//!                                              v
//!                                         Transaction --> apply: every `before` must stand, all or nothing
//!                                              |
//!                       repaint <--------------+--------------> journal line, synced --> "Saved"
//! ```
//!
//! # Where to go from here
//! - How a line of mixed text gets its order: `layout/order.rs`, then `layout/clusters.rs`.
//! - Where a name ends and an attached letter begins: `text/clitic.rs`.
//! - Who says a claim: `text/cue.rs` finds the words that show it, `model/attribution.rs` proposes the chain.
//! - What a careful reader would object to: `model/check`, one file for each kind of rule.
//! - What a key does: `gui/command.rs`, then `session/command.rs`.
//! - What stands in a project folder: [`storage`] and the README.
//! - House rules: `Cargo.toml` (lints), `.clippy.toml` (bans), `tests/tidy.rs` (the rest).

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
