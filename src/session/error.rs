//! Why a project cannot be made, opened or read.

use crate::model::{AnnotatorId, ArticleId};
use crate::storage::StoreError;

/// Why a project cannot be made, opened or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// Nobody said who annotates, and it cannot be told.
    #[error("say who annotates (--annotator ID): {known}")]
    WhichAnnotator {
        /// `this project has amal, basim` or that it has nobody yet.
        known: String,
    },
    /// Not a valid annotator id.
    #[error("{id:?} cannot be an annotator id: use 1 to 32 of the letters A-Z a-z, digits, _ and -")]
    BadAnnotator {
        /// As given.
        id: String,
    },
    /// Another annotator's id differs only in case.
    #[error("{id} differs from {other} only in case; use {other}")]
    OnlyCase {
        /// As given.
        id: AnnotatorId,
        /// The one that exists.
        other: AnnotatorId,
    },
    /// The article is not in the project, or hidden.
    #[error("there is no article {article} in this project")]
    NoArticle {
        /// As given.
        article: ArticleId,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was done is not on disk.
    #[error("the last changes are not saved: {reason}")]
    NotSaved {
        /// A sentence.
        reason: String,
    },
}
