//! The furniture around the article.

mod article_header;
mod catalogue;
mod entity;
mod first_run;
pub mod history;
mod inspector;
mod key_strip;
mod statistics;
mod status_bar;
mod top_bar;

pub use article_header::article_header_ui;
pub use catalogue::{CatalogueState, Chosen, catalogue_rail_ui, catalogue_ui, refresh_catalogue};
pub use entity::{EntityPageState, entity_page_ui};
pub use first_run::first_run_ui;
pub use history::{HistoryState, Refusal, RefusalReason, history_ui};
pub use inspector::fields::{Change, FieldStep, Owner, step_field};
pub use inspector::number_of_claim;
pub use inspector::{InspectorState, inspector_ui, region_word};
pub use key_strip::key_strip_ui;
pub use statistics::{StatisticsState, statistics_ui};
pub use status_bar::status_bar_ui;
pub use top_bar::command_title;
pub use top_bar::top_bar_ui;

use super::command::STRIP_KEYS;
use crate::model::{AnnotatorId, LabelKey, Status};
use crate::session::Session;

/// The word for a status.
#[must_use]
pub fn status_word(i18n: &super::i18n::I18n, status: Status) -> &str {
    i18n.text(match status {
        Status::New => "status-new",
        Status::InProgress => "status-in-progress",
        Status::Done => "status-done",
        Status::InReview => "status-in-review",
        Status::Adjudicated => "status-adjudicated",
        Status::Skipped => "status-skipped",
    })
}

/// The n-th annotator who is not the own one, from 0.
#[must_use]
pub fn other_annotator(session: &Session, at: usize) -> Option<AnnotatorId> {
    session.annotators().into_iter().filter(|id| id != session.annotator()).nth(at)
}

/// What people call an annotator: the name and the id, or the id alone.
#[must_use]
pub fn annotator_name(session: &Session, id: &AnnotatorId) -> String {
    let name = session.state_of(id).and_then(|state| state.profile()).map(|profile| profile.display_name.as_str());
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{} ({})", super::i18n::isolated(name), super::i18n::left_to_right(id.as_str())),
        None => super::i18n::left_to_right(id.as_str()),
    }
}

/// The key of the n-th label command: 0 to 10 plain, 11 to 21 with Shift.
#[must_use]
pub fn label_key(at: u8) -> Option<LabelKey> {
    let digit = match STRIP_KEYS.get(usize::from(at % 11))? {
        egui::Key::Minus => '-',
        key => key.name().chars().next()?,
    };
    (at < 22).then_some(LabelKey { digit, shift: at >= 11 })
}

/// The label command on a label's key.
#[must_use]
pub fn label_command(key: LabelKey) -> Option<super::command::CommandId> {
    (0..22).find(|at| label_key(*at) == Some(key)).map(super::command::CommandId::Label)
}

/// What a key cap shows for a label's key.
#[must_use]
pub fn label_caption(key: LabelKey) -> String {
    if key.shift { format!("\u{21e7} {}", key.digit) } else { key.digit.to_string() }
}
