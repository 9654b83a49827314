//! What can go wrong with a project on disk: operations that failed. Findings about content are `Diagnostic`s.

use std::io;
use std::path::PathBuf;

use crate::model::ArticleId;

/// An operation on a project that failed. Every message says what, where, and what to do where something can be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The operating system refused.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        /// What was tried (`read`, `write`, ...).
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no project in the folder.
    #[error("{} is not a Hashiya project: it holds no project.ron", path.display())]
    NotAProject {
        /// The folder.
        path: PathBuf,
    },
    /// A project or something else is already there.
    #[error("{} is not empty; choose a new or an empty folder", path.display())]
    AlreadyThere {
        /// The folder.
        path: PathBuf,
    },
    /// The project was written by a later version.
    #[error("{} has format {found}, and this version reads formats up to {known}; open it with a newer Hashiya", path.display())]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The last format this version reads.
        known: u32,
    },
    /// A file does not hold what it should.
    #[error("{}{}: {reason}", path.display(), Where(*line, *column))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: Option<usize>,
        /// Column in characters, from 1.
        column: Option<usize>,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A file is larger than anything Hashiya writes.
    #[error("{} has {len_bytes} bytes; at most {limit_bytes} are read", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        len_bytes: u64,
        /// The limit in bytes.
        limit_bytes: u64,
    },
    /// No import that is here holds the article.
    #[error("no import of this project holds the article {article}")]
    NoArticle {
        /// The article.
        article: ArticleId,
    },
    /// What was handed over cannot be stored.
    #[error("{reason}")]
    Refused {
        /// Why, a sentence.
        reason: String,
    },
    /// A value cannot be written as RON.
    #[error("{what} cannot be written as RON: {source}")]
    Unwritable {
        /// What it is.
        what: &'static str,
        /// What the serialiser said.
        source: ron::Error,
    },
}

impl StoreError {
    /// Wraps what the operating system said about `path`.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }

    /// A file that does not hold what it should, without a line.
    pub(crate) fn damaged(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), line: None, column: None, reason: reason.into() }
    }

    /// The line the error is about, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Damaged { line, .. } => *line,
            _ => None,
        }
    }

    /// Whether the cause is that a file or folder does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// `:line:column` as far as known.
struct Where(Option<usize>, Option<usize>);

impl std::fmt::Display for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.0 {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.1 {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}
