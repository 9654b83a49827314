//! The application without a screen: the only door through which window, command line and tests reach a project.
//!
//! A [`Session`] is one opening of a project as one annotator. It is read through its accessors and changed only by
//! [`Session::run`] with a [`Command`]: planning turns the command into edits, the edits are applied to the state all
//! or nothing and handed to the journal's writer, and [`Session::save_state`] says when they are durable.

mod cache;
mod command;
mod error;
mod exchange;
mod hints;
mod history;
mod jobs;
mod known;
mod open;
mod plan;
mod run;
pub mod schemes;

pub use command::{AnnotationId, ArticleRow, Command, CommandError, Edge, EdgeUnit, HistoryFilter, Outcome, SaveState};
pub use error::SessionError;
pub use exchange::draft_from_exchange;
pub use jobs::{ImportJob, ImportProgress, ImportReport, JobState};
pub use open::{NewProject, OpenOptions};

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;

use crate::edit::{Corrections, Edit, Place, State};
use crate::env::{Env, Timestamp};
use crate::model::{
    AnnotationSet, AnnotatorId, Article, ArticleId, BlobId, ClaimCluster, ClusterId, Diagnostic, Direction, Entity,
    EntityId, LineId, MentionId, Profile, Scheme, Severity, Surroundings, Topic, TopicId, findings,
};
use crate::storage::{
    ArticleEntry, Clash, Fs, Holder, JournalWriter, ProjectHeader, SessionLock, Standing, Store, StoreError,
};
use crate::text::{
    Ladder, LadderContext, Purpose, SentenceRules, Span, WordCounts, clitic::norm, ladder, sentences, tokens, word_at,
};

use cache::Cache;
use hints::Hints;
use history::History;
use known::{AllKnown, SetForms};

static NO_WORK: LazyLock<AnnotationSet> = LazyLock::new(AnnotationSet::default);
static NO_CORRECTIONS: LazyLock<Corrections> = LazyLock::new(Corrections::default);

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
    /// What changed.
    pub edits: Vec<Edit>,
}

/// One opening of a project. See the module.
pub struct Session {
    fs: Arc<dyn Fs>,
    store: Store,
    env: Arc<Env>,
    data_dir: Option<std::path::PathBuf>,
    hints: Hints,
    annotator: AnnotatorId,
    scheme: Arc<Scheme>,
    scheme_id: BlobId,
    state: State,
    others: BTreeMap<AnnotatorId, State>,
    /// What stands at the own and the shared places, with the lines that new edits must name.
    standings: BTreeMap<Place, Standing>,
    entries: Vec<ArticleEntry>,
    idx_from_article: BTreeMap<ArticleId, usize>,
    rows: Vec<ArticleRow>,
    history: History,
    clashes: Vec<Clash>,
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
    checkpoint: Option<JoinHandle<()>>,
    next_undo: Vec<LineId>,
    next_redo: Vec<LineId>,
    revision: u64,
    cache: RefCell<Cache>,
    forms: RefCell<Option<SetForms>>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("dir", &self.dir())
            .field("annotator", &self.annotator)
            .field("revision", &self.revision)
            .field("articles", &self.rows.len())
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

/// Articles and what people said about them.
impl Session {
    /// The articles in project order. Cheap: call it in every frame.
    #[must_use]
    pub fn rows(&self) -> &[ArticleRow] {
        &self.rows
    }

    /// The row of an article.
    #[must_use]
    pub fn row(&self, article: &ArticleId) -> Option<&ArticleRow> {
        self.idx_from_article.get(article).and_then(|idx| self.rows.get(*idx))
    }

    /// The article that people call `name`: by its name in the project, or by its id.
    #[must_use]
    pub fn article_from_name(&self, name: &str) -> Option<ArticleId> {
        let by_name = self.rows.iter().find(|row| row.name == name);
        by_name.or_else(|| self.rows.iter().find(|row| row.id.as_str() == name)).map(|row| row.id.clone())
    }

    /// An article with its text and corrected facts; kept while it is among the last that were asked for.
    ///
    /// # Errors
    /// [`SessionError::NoArticle`], or [`SessionError::Store`] where its text cannot be read or is not what was imported.
    pub fn article(&self, article: &ArticleId) -> Result<Arc<Article>, SessionError> {
        let missing = || SessionError::NoArticle { article: article.clone() };
        let entry = self.idx_from_article.get(article).and_then(|idx| self.entries.get(*idx)).ok_or_else(missing)?;
        let mut cache = self.cache.borrow_mut();
        let kept = cache.of(article);
        if let Some(article) = &kept.article {
            return Ok(article.clone());
        }
        let text = match &kept.text {
            Some(text) => text.clone(),
            None => kept.text.insert(self.store.text(article)?).clone(),
        };
        let facts = open::corrected_facts(&entry.facts, &self.state);
        Ok(kept.article.insert(Arc::new(Article { facts, text })).clone())
    }

    /// The own work on an article; empty where there is none.
    #[must_use]
    pub fn set(&self, article: &ArticleId) -> &AnnotationSet {
        self.state.set(article).unwrap_or(&NO_WORK)
    }

    /// Somebody's work on an article; empty where there is none.
    #[must_use]
    pub fn set_of(&self, annotator: &AnnotatorId, article: &ArticleId) -> &AnnotationSet {
        self.state_of(annotator).and_then(|state| state.set(article)).unwrap_or(&NO_WORK)
    }

    /// Values of the own and the shared places, as this annotator sees them.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Values of somebody's own places; of other annotators as they were when the project was read.
    #[must_use]
    pub fn state_of(&self, annotator: &AnnotatorId) -> Option<&State> {
        if *annotator == self.annotator { Some(&self.state) } else { self.others.get(annotator) }
    }

    /// The own entities.
    #[must_use]
    pub fn entities(&self) -> &BTreeMap<EntityId, Entity> {
        self.state.entities()
    }

    /// The own clusters of claims.
    #[must_use]
    pub fn clusters(&self) -> &BTreeMap<ClusterId, ClaimCluster> {
        self.state.clusters()
    }

    /// The own topics.
    #[must_use]
    pub fn topics(&self) -> &BTreeMap<TopicId, Topic> {
        self.state.topics()
    }

    /// What the annotator says about themselves.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        self.state.profile()
    }

    /// What was corrected about an article; directions of its paragraphs stand here.
    #[must_use]
    pub fn corrections(&self, article: &ArticleId) -> &Corrections {
        self.state.corrections(article).unwrap_or(&NO_CORRECTIONS)
    }

    /// Directions given to single paragraphs, by the paragraph's first byte.
    #[must_use]
    pub fn paragraph_directions(&self, article: &ArticleId) -> &BTreeMap<usize, Direction> {
        &self.corrections(article).directions
    }

    /// The own mentions of an article in reading order: by first byte, longest first.
    #[must_use]
    pub fn mention_order(&self, article: &ArticleId) -> Arc<[MentionId]> {
        let mut cache = self.cache.borrow_mut();
        let order = &mut cache.of(article).order;
        let sorted = || self.set(article).mentions_in_order().into_iter().map(|mention| mention.id.clone()).collect();
        order.get_or_insert_with(sorted).clone()
    }

    /// What is worth a look in the own work on an article.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn checks(&self, article: &ArticleId) -> Result<Vec<Diagnostic>, SessionError> {
        let around = Surroundings {
            scheme: &self.scheme,
            entities: self.entities(),
            clusters: self.clusters(),
            topics: self.topics(),
        };
        let mut found = findings(&*self.article(article)?, self.set(article), &around);
        found.extend(self.held_things(article));
        Ok(found)
    }

    /// Things that were deleted elsewhere, and stand because something refers to them.
    fn held_things<'a>(&'a self, article: &'a ArticleId) -> impl Iterator<Item = Diagnostic> + 'a {
        let here = move |place: &Place| place.article().is_none_or(|of| of == article);
        self.standings.iter().filter(move |(place, standing)| standing.held && here(place)).map(|(place, _)| {
            let (what, id) = plan::named(place);
            let message =
                format!("The {what} {id} was deleted in another copy, and stands because something refers to it.");
            Diagnostic::new(Severity::Warning, "held", message).on_article(article.clone())
        })
    }
}

/// What the text functions say of an article.
impl Session {
    /// The words of an article in text order: what double-click selects.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn words(&self, article: &ArticleId) -> Result<Arc<[Span]>, SessionError> {
        let text = self.article(article)?.text.clone();
        let mut cache = self.cache.borrow_mut();
        let find = || tokens(&text).into_iter().filter(|token| token.kind.is_word()).map(|token| token.span).collect();
        Ok(cache.of(article).words.get_or_insert_with(find).clone())
    }

    /// The sentences of an article in text order, without those of regions that are left out.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn sentences(&self, article: &ArticleId) -> Result<Arc<[Span]>, SessionError> {
        let loaded = self.article(article)?;
        let mut cache = self.cache.borrow_mut();
        let find = || {
            let overrides = self.corrections(article).boundaries.clone();
            let rules = SentenceRules { language: loaded.facts.language.clone(), overrides };
            let left_out =
                |span: Span| loaded.facts.regions.iter().any(|region| !region.include && region.span.overlaps(span));
            sentences(&loaded.text, &rules).into_iter().filter(|span| !left_out(*span)).collect()
        };
        Ok(cache.of(article).sentences.get_or_insert_with(find).clone())
    }

    /// The clitic ladder of a span: start edges of its first word, end edges of its last, and the default.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn ladder(&self, article: &ArticleId, span: Span) -> Result<Ladder, SessionError> {
        self.ladder_for(article, span, Purpose::Mention)
    }

    /// As [`Session::ladder`], for claim content and cues too.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn ladder_for(&self, article: &ArticleId, span: Span, purpose: Purpose) -> Result<Ladder, SessionError> {
        self.with_context(article, purpose, |text, context| ladder(text, span, context))
    }

    /// The full form of a span, where its stored letters lack some.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn norm(&self, article: &ArticleId, span: Span) -> Result<Option<String>, SessionError> {
        self.with_context(article, Purpose::Mention, |text, context| norm(text, span, context))
    }

    /// The ladder of the word at a byte (or that ends there): its `default` is what a label key takes when nothing is
    /// selected. None between words.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn suggest_span(&self, article: &ArticleId, at: usize) -> Result<Option<Ladder>, SessionError> {
        let text = self.article(article)?.text.clone();
        word_at(&text, at).map(|word| self.ladder(article, word)).transpose()
    }

    fn with_context<T>(
        &self,
        article: &ArticleId,
        purpose: Purpose,
        ask: impl FnOnce(&str, &LadderContext<'_>) -> T,
    ) -> Result<T, SessionError> {
        let loaded = self.article(article)?;
        let counts = {
            let mut cache = self.cache.borrow_mut();
            cache.of(article).counts.get_or_insert_with(|| Arc::new(WordCounts::of(&loaded.text))).clone()
        };
        let mut forms = self.forms.borrow_mut();
        let forms = forms.get_or_insert_with(|| SetForms::of(&self.state));
        let variety = self.set(article).fields.get("variety");
        let is_dialect = matches!(
            variety,
            Some(crate::model::AttributeValue::Text(variety)) if !matches!(variety.as_str(), "msa" | "unknown")
        );
        let context = LadderContext {
            language: &loaded.facts.language,
            known: &AllKnown(forms),
            counts: &counts,
            purpose,
            pronouns: self.scheme.annotate_pronouns,
            dialect: is_dialect,
        };
        Ok(ask(&loaded.text, &context))
    }
}

/// What was done.
impl Session {
    /// Lines of the history, newest first.
    #[must_use]
    pub fn history(&self, filter: &HistoryFilter) -> Vec<HistoryEntry> {
        let concerns =
            |edit: &Edit| filter.article.as_ref().is_none_or(|article| edit.place.article() == Some(article));
        let lines = self.history.iter().rev().filter(|(line, _)| {
            filter.annotator.as_ref().is_none_or(|annotator| line.annotator == *annotator)
                && (filter.article.is_none() || line.transaction.edits.iter().any(concerns))
        });
        lines
            .take(filter.limit.unwrap_or(usize::MAX))
            .map(|(line, undone)| HistoryEntry {
                line: line.id.clone(),
                by: line.annotator.clone(),
                at: line.transaction.at.clone(),
                cause: line.transaction.cause.clone(),
                batch: line.transaction.batch.clone(),
                reverses: line.transaction.reverses.clone(),
                undone,
                edits: line.transaction.edits.clone(),
            })
            .collect()
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.read_only_reason().is_none() && !self.next_undo.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.read_only_reason().is_none() && !self.next_redo.is_empty()
    }

    /// The command that undo would reverse (`add_mention`).
    #[must_use]
    pub fn undo_cause(&self) -> Option<&str> {
        let line = self.next_undo.first().and_then(|id| self.history.line(id))?;
        Some(&line.transaction.cause)
    }
}

/// Keeping.
impl Session {
    /// Whether what was done is safe.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        if let Some(reason) = self.read_only_reason() {
            let unsaved = self.writer.as_ref().map_or(0, |writer| writer.unsaved().lines.len());
            return SaveState::ReadOnly { reason, unsaved };
        }
        let waiting = self.writer.as_ref().map_or(0, |writer| {
            let mark = writer.watermark();
            mark.queued.saturating_sub(mark.durable)
        });
        if waiting == 0 {
            SaveState::Saved
        } else {
            SaveState::Saving { waiting: usize::try_from(waiting).unwrap_or(usize::MAX) }
        }
    }

    /// Why nothing can be written, if so.
    #[must_use]
    pub fn read_only_reason(&self) -> Option<String> {
        self.read_only.clone().or_else(|| self.writer.as_ref().and_then(JournalWriter::failure))
    }

    /// Waits until everything that was done is on disk.
    ///
    /// # Errors
    /// [`SessionError::NotSaved`].
    pub fn wait_durable(&self) -> Result<(), SessionError> {
        self.writer
            .as_ref()
            .map_or(Ok(()), JournalWriter::wait_durable)
            .map_err(|reason| SessionError::NotSaved { reason })
    }

    /// Copies the project into `target` (absent or empty), with what could not be written here. Both copies can be
    /// brought together later: equal lines are one.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn save_copy(&self, target: &Path) -> Result<Vec<Diagnostic>, SessionError> {
        let unsaved = self.writer.as_ref().map(JournalWriter::unsaved).unwrap_or_default();
        Ok(self.store.save_copy(target, &unsaved)?)
    }

    /// Writes what waits, brings the checkpoint up to date and ends. Dropping does the same without the checkpoint.
    ///
    /// # Errors
    /// [`SessionError::NotSaved`]. A checkpoint that cannot be written loses nothing and is no error.
    pub fn close(mut self) -> Result<(), SessionError> {
        if let Some(job) = self.checkpoint.take() {
            // A checkpoint is a shortcut: what became of it shows at the next opening.
            let _ = job.join();
        }
        let Some(writer) = self.writer.take() else { return Ok(()) };
        writer.close().map_err(|reason| SessionError::NotSaved { reason })?;
        if self.commits > 0 {
            let _: Result<(), StoreError> = self.store.write_checkpoint(&self.annotator);
        }
        Ok(())
    }
}
