//! Why a change could not be taken back: kept as a reason, said in the language of the moment.

use crate::env::Timestamp;
use crate::gui::i18n::{I18n, left_to_right};
use crate::gui::panels::annotator_name;
use crate::model::{AnnotatorId, LineId};
use crate::session::{CommandError, Session};

/// Why a change could not be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The change that was to be taken back.
    pub of: LineId,
    /// Why not.
    pub reason: RefusalReason,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// A later change.
    Later {
        /// That change.
        line: LineId,
        /// Whose it is.
        by: AnnotatorId,
        /// When it was made.
        at: Timestamp,
    },
    /// It is somebody else's own work.
    NotYours(AnnotatorId),
    /// Something that came later refers to what it made.
    Referred,
    /// The disk is behind.
    Busy,
    /// Something that has only its own words.
    Other(String),
}

impl From<CommandError> for RefusalReason {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::ChangedLater { line, by, at, .. } => Self::Later { line, by, at },
            CommandError::NotYours { by } => Self::NotYours(by),
            CommandError::Referred { .. } => Self::Referred,
            CommandError::Busy => Self::Busy,
            error => Self::Other(error.to_string()),
        }
    }
}

impl Refusal {
    /// The later change that stands in the way, if one does.
    #[must_use]
    pub fn later(&self) -> Option<&LineId> {
        match &self.reason {
            RefusalReason::Later { line, .. } => Some(line),
            _ => None,
        }
    }

    /// Why, in the interface's language.
    #[must_use]
    pub fn sentence(&self, session: &Session, i18n: &I18n) -> String {
        match &self.reason {
            RefusalReason::Later { by, at, .. } => {
                let (who, when) = (annotator_name(session, by), super::moment(&at.0));
                let when = left_to_right(&i18n.digits(&when));
                i18n.with("history-later", &[("who", who.as_str().into()), ("when", when.as_str().into())])
            }
            RefusalReason::NotYours(by) => {
                let who = annotator_name(session, by);
                i18n.with("history-not-yours", &[("who", who.as_str().into())])
            }
            RefusalReason::Referred => i18n.text("history-referred").to_owned(),
            RefusalReason::Busy => i18n.text("history-busy").to_owned(),
            RefusalReason::Other(sentence) => sentence.clone(),
        }
    }
}
