//! The application without a screen: the only door through which window, command line and tests reach a project.

mod command;

pub use command::{AnnotationId, ArticleRow, Command, CommandError, Edge, EdgeUnit, HistoryFilter, Outcome, SaveState};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use crate::edit::{Edit, State};
use crate::env::Timestamp;
use crate::model::{AnnotationSet, AnnotatorId, ArticleId, BlobId, Entity, EntityId, LineId, Scheme};

static NO_WORK: LazyLock<AnnotationSet> = LazyLock::new(AnnotationSet::default);

/// What a new project is made of.
#[derive(Clone, Debug)]
pub struct NewProject {
    /// Its name.
    pub name: String,
    /// How to annotate; see [`schemes`](super::session) for the shipped ones.
    pub scheme: Scheme,
    /// Who opens it first.
    pub annotator: AnnotatorId,
}

/// How to open a project.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// As whom; none means the one recorded for this project and user, else the only one.
    pub annotator: Option<AnnotatorId>,
    /// Whether only to read.
    pub read_only: bool,
}

/// Why a project cannot be made or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// Nobody said who annotates, and it cannot be told.
    #[error("say who annotates with --annotator: this project has {known}")]
    WhichAnnotator {
        /// Ids, joined.
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
    /// Reading or writing failed.
    #[error("{0}")]
    Storage(String),
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// The journal line.
    pub line: LineId,
    /// Whose.
    pub by: AnnotatorId,
    /// When; for people.
    pub at: Timestamp,
    /// The command (`add_mention`), `undo` or `redo`.
    pub cause: String,
    /// The batch it belongs to.
    pub batch: Option<String>,
    /// The line it reverses.
    pub reverses: Option<LineId>,
    /// Whether it is undone.
    pub undone: bool,
    /// What changed.
    pub edits: Vec<Edit>,
}

/// One opening of a project. See the module.
pub struct Session {
    dir: PathBuf,
    annotator: AnnotatorId,
    scheme: Arc<Scheme>,
    scheme_id: BlobId,
    state: State,
    others: BTreeMap<AnnotatorId, State>,
    rows: Vec<ArticleRow>,
    revision: u64,
}

impl Session {
    /// The project's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// As whom the project is open.
    #[must_use]
    pub fn annotator(&self) -> &AnnotatorId {
        &self.annotator
    }

    /// Everybody with work in the project, in order, the own annotator included.
    #[must_use]
    pub fn annotators(&self) -> Vec<AnnotatorId> {
        let mut all: Vec<AnnotatorId> = self.others.keys().cloned().chain([self.annotator.clone()]).collect();
        all.sort();
        all
    }

    /// How to annotate.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The blob of the scheme.
    #[must_use]
    pub fn scheme_id(&self) -> &BlobId {
        &self.scheme_id
    }

    /// A number that grows with every change of state; caches compare it.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The articles in project order. Cheap: call it in every frame.
    #[must_use]
    pub fn rows(&self) -> &[ArticleRow] {
        &self.rows
    }

    /// The own work on an article; empty where there is none.
    #[must_use]
    pub fn set(&self, article: &ArticleId) -> &AnnotationSet {
        self.state.set(article).unwrap_or(&NO_WORK)
    }

    /// Somebody's work on an article; empty where there is none.
    #[must_use]
    pub fn set_of(&self, annotator: &AnnotatorId, article: &ArticleId) -> &AnnotationSet {
        if *annotator == self.annotator {
            return self.set(article);
        }
        self.others.get(annotator).and_then(|state| state.set(article)).unwrap_or(&NO_WORK)
    }

    /// The own entities.
    #[must_use]
    pub fn entities(&self) -> &BTreeMap<EntityId, Entity> {
        self.state.entities()
    }

    /// The values of all places, as this annotator sees them.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }
}
