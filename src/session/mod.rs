//! The application without a screen: the only door through which window, command line and tests reach a project.
//!
//! A [`Session`] is one opening of a project as one annotator. It is read through its accessors and changed only by
//! [`Session::run`] with a [`Command`]: planning turns the command into edits, the edits are applied to the state all
//! or nothing and handed to the journal's writer, and [`Session::save_state`] says when they are durable.

mod admission;
mod assignment;
mod bulk;
mod cache;
mod catalogue;
mod checks;
mod claims;
mod clashes;
mod command;
mod content;
pub mod demo;
mod error;
mod exchange;
mod export;
mod follow;
mod hints;
mod history;
mod identity;
mod importer;
mod jobs;
mod keeping;
mod known;
pub mod listing;
mod open;
mod past;
mod places;
mod plan;
mod prepared;
mod reversal;
mod revert;
mod run;
mod scheme_import;
pub mod schemes;
mod sets;
mod stances;
mod statistics;
mod take_over;
mod task;
mod upkeep;
mod words;

pub use assignment::{PlanCounts, write_plan};
pub use bulk::BulkChange;
pub use catalogue::{ArticleRow, Catalogue, LabelBits, OTHER_LABELS, label_bit};
pub use checks::Checks;
pub use command::{Command, CommandError, Edge, EdgeUnit, HistoryFilter, Outcome, SaveState};
pub use error::SessionError;
pub use exchange::draft_from_exchange;
pub use export::{ExportError, ExportReport, ExportRequest, exportable_formats};
pub use follow::Followed;
pub use identity::{
    Candidate, EntityReader, EntityUse, KnowledgeBase, KnowledgeError, Offered, Query, Reason, Use, WideJob, WideState,
};
pub use importer::{ImportBytes, ImportCounts, ImportError, ImportFile, Imported, Importer};
pub use jobs::{Asked, ImportJob, ImportProgress, ImportReport, ImportStage, JobState};
pub use keeping::{CopyJob, HistoryRow};
pub use open::{NewProject, OpenOptions};
pub use places::{Place as ReaderPlace, Places, PlacesFile};
pub use reversal::ReversalProgress;
pub use scheme_import::SchemeImporter;
pub use stances::{StanceChoice, StanceDraft, StanceOffer, StancePart};
pub use statistics::{AnnotatorStatistics, Statistics};
pub use task::{ReadingCopy, Task, TaskProgress, TaskState};

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::{Edit, Place, State};
use crate::env::{Env, Timestamp};
use crate::model::{AnnotatorId, BlobId, Diagnostic, LineId, Scheme};
use crate::storage::{
    Clash, Fs, HistoryLine, Holder, JournalWriter, Listing, ProjectHeader, SessionLock, Sets, Standing, Store,
};

use cache::Cache;
use follow::Follower;
use hints::Hints;
use history::History;
use identity::Identity;
use known::SetForms;
use past::HistoryJob;
use reversal::Reversal;
use sets::Opened;
use upkeep::CheckpointJob;

/// Cause of the transaction that makes a project; never undone.
pub(crate) const CREATE_CAUSE: &str = "create_project";

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
    /// Whether a later line took it back without being its undo ([`Command::Revert`]).
    pub reverted: bool,
    /// What changed.
    pub edits: Vec<Edit>,
}

/// One opening of a project. See the module.
pub struct Session {
    fs: Arc<dyn Fs>,
    store: Store,
    env: Arc<Env>,
    data_dir: Option<PathBuf>,
    hints: Hints,
    annotator: AnnotatorId,
    scheme: Arc<Scheme>,
    scheme_id: BlobId,
    /// Why the current scheme cannot be read; nothing is written then.
    scheme_trouble: Option<String>,
    /// Why this version may not write as the annotator.
    newer: Option<String>,
    state: State,
    /// What others say that belongs to no article, and the sets of theirs that are open.
    others: BTreeMap<AnnotatorId, State>,
    /// The own sets as the records have them, on demand; [`Session::state`] holds those that are open.
    sets: Option<Sets>,
    /// Everybody else's.
    other_sets: BTreeMap<AnnotatorId, Sets>,
    opened: Opened,
    /// What stands at the own and the shared places, with the lines that new edits must name.
    standings: BTreeMap<Place, Standing>,
    catalogue: Catalogue,
    history: History,
    clashes: Vec<Clash>,
    held: Vec<Place>,
    problems: Vec<Diagnostic>,
    max_lamport: u64,
    /// Sessions that were this copy's; `None` where nothing can be remembered, so that all count.
    our_sessions: Option<BTreeSet<String>>,
    writer: Option<JournalWriter>,
    /// Held while this process writes as the annotator.
    lock: Option<SessionLock>,
    locked_by: Option<Holder>,
    read_only: Option<String>,
    last_line: LineId,
    commits: u64,
    /// So many of them are in the checkpoint, or will be when the thread that writes it ends.
    checkpointed: u64,
    has_tried_checkpoint: bool,
    /// So many of them are in `sets`.
    commits_in_sets: u64,
    /// Transactions of this session that may not be in what was read last, with their numbers.
    recent: VecDeque<(u64, HistoryLine)>,
    /// So many transactions of this session were in what was read last.
    absorbed: u64,
    /// What stood in the folder before the records were read.
    listing: Option<Listing>,
    follower: Option<Follower>,
    /// What own commands change of imports and scheme is read by the follower, not at once.
    reads_beside: bool,
    /// So many own transactions have to be in what is read next.
    awaited: u64,
    /// Why the folder cannot be reached, while it cannot.
    unreachable: Option<String>,
    checkpoint: Option<CheckpointJob>,
    /// Reads lines of the history that opening did not need.
    history_job: Option<HistoryJob>,
    /// Everybody's lines are known, not only those that opening needed.
    history_is_whole: bool,
    next_undo: Vec<LineId>,
    next_redo: Vec<LineId>,
    /// Undo, redo or revert under way.
    reversal: Option<Reversal>,
    revision: u64,
    cache: RefCell<Cache>,
    forms: RefCell<Option<SetForms>>,
    identity: RefCell<Identity>,
    kept_plan: RefCell<assignment::KeptPlan>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("dir", &self.dir())
            .field("annotator", &self.annotator)
            .field("revision", &self.revision)
            .field("articles", &self.catalogue.len())
            .finish_non_exhaustive()
    }
}

/// Who, where, what.
impl Session {
    /// The project's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.store.root()
    }

    /// What is written once about the project.
    #[must_use]
    pub fn header(&self) -> &ProjectHeader {
        self.store.header()
    }

    /// The store, for jobs that only read: checks, blobs.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Clock and ids of this session.
    #[must_use]
    pub fn env(&self) -> &Arc<Env> {
        &self.env
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
    pub fn scheme(&self) -> &Arc<Scheme> {
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

    /// What was found on opening: torn tails, damage, files that are absent.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Edits that do not stand because another copy changed the same place.
    #[must_use]
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// The process that writes as this annotator, where that is why the session is read-only.
    #[must_use]
    pub fn locked_by(&self) -> Option<&Holder> {
        self.locked_by.as_ref()
    }
}
