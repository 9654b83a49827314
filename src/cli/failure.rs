//! Why a command could not do its work: one sentence and an exit code.

use std::io;
use std::path::Path;

use super::{LOCKED, PROBLEMS, REFUSED, USAGE};
use crate::formats::FormatError;
use crate::session::{CommandError, SessionError};
use crate::storage::StoreError;

/// A command that could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// Exit code.
    pub exit: u8,
    /// What, where, what to do.
    pub sentence: String,
    /// Whether a machine gets the sentence as the document; not where results were printed already.
    pub is_document: bool,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { exit: USAGE, sentence: sentence.into(), is_document: true }
    }

    /// The system refused, or the like.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self { exit: REFUSED, sentence: sentence.into(), is_document: true }
    }

    /// Somebody else writes.
    pub fn locked(sentence: impl Into<String>) -> Self {
        Self { exit: LOCKED, sentence: sentence.into(), is_document: true }
    }

    /// Nothing of the content could be used.
    pub fn content(sentence: impl Into<String>) -> Self {
        Self { exit: PROBLEMS, sentence: sentence.into(), is_document: true }
    }

    /// What the system said about a path.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let advice = match error.kind() {
            io::ErrorKind::NotFound => "; check the path",
            io::ErrorKind::PermissionDenied => "; check who may use it",
            _ => "",
        };
        Self::refused(format!("could not {doing} {}: {}{advice}", path.display(), plain(error)))
    }
}

/// The system's sentence without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Io { doing, path, source } => Self::io(doing, path, source),
            StoreError::NotAProject { .. } => {
                Self::refused(format!("{error}; name a project's folder, or make one with hashiya new"))
            }
            StoreError::AlreadyThere { .. } => Self::usage(error.to_string()),
            _ => Self::refused(error.to_string()),
        }
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::WhichAnnotator { .. }
            | SessionError::BadAnnotator { .. }
            | SessionError::OnlyCase { .. }
            | SessionError::NoArticle { .. } => Self::usage(error.to_string()),
            _ => Self::refused(error.to_string()),
        }
    }
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        Self::usage(error.to_string())
    }
}
