//! Making and opening a project, and taking in what its records say.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use super::cache::Cache;
use super::catalogue::ArticleProgress;
use super::hints::Hints;
use super::history::History;
use super::prepared::Prepared;
use super::sets::Opened;
use super::{CREATE_CAUSE, Catalogue, CommandError, Session, SessionError, schemes};
use crate::edit::{ArticleFact, Content, Edit, FactKind, Place, State};
use crate::env::Env;
use crate::model::{AnnotatorId, ArticleFacts, ArticleId, BlobId, Diagnostic, LineId, Scheme, Severity};
use crate::storage::{Fs, JournalWriter, OpenRecords, Standing, Store, ZERO_HASH};

/// What a new project is made of.
#[derive(Clone, Debug)]
pub struct NewProject {
    /// Its name.
    pub name: String,
    /// How to annotate; see [`super::schemes`] for the shipped ones.
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
    /// Whether, for reading, anybody's view will do where it cannot be told whose.
    pub any_annotator: bool,
}

impl Session {
    /// Makes a project in `dir`, which must be absent or an empty folder, and opens it for writing.
    ///
    /// `data_dir` is the user's data folder, for locks and hints; without one nobody is locked out.
    ///
    /// # Errors
    /// [`SessionError::BadAnnotator`], [`SessionError::Store`], [`SessionError::NotSaved`].
    pub fn create(
        fs: Arc<dyn Fs>,
        dir: &Path,
        new: &NewProject,
        env: Arc<Env>,
        data_dir: Option<&Path>,
    ) -> Result<Self, SessionError> {
        check_annotator(&new.annotator)?;
        let store = Store::create(Arc::clone(&fs), dir, &new.name, &env)?;
        let scheme_id = store.put_scheme(&new.scheme)?;
        let mut session = Self::new(fs, store, new.annotator.clone(), env, data_dir);
        session.scheme = Arc::new(new.scheme.clone());
        session.scheme_id = scheme_id.clone();
        session.history_is_whole = true;
        session.begin_writing(Vec::new())?;
        let edit = Edit { place: Place::Scheme, over: Vec::new(), before: None, after: Some(Content::Blob(scheme_id)) };
        let refused = |error| SessionError::NotSaved { reason: CommandError::from(error).to_string() };
        session.commit(CREATE_CAUSE, None, None, vec![edit]).map_err(refused)?;
        session.wait_durable()?;
        Ok(session)
    }

    /// Opens the project in `dir`.
    ///
    /// A broken file never keeps a project closed: see [`Session::problems`]. Where somebody else writes as the same
    /// annotator on this machine, or the records need a newer version, the session is read-only and says why.
    ///
    /// # Errors
    /// [`SessionError::WhichAnnotator`], [`SessionError::BadAnnotator`], [`SessionError::OnlyCase`],
    /// [`SessionError::Store`].
    pub fn open(
        fs: Arc<dyn Fs>,
        dir: &Path,
        options: &OpenOptions,
        env: Arc<Env>,
        data_dir: Option<&Path>,
    ) -> Result<Self, SessionError> {
        let store = Store::open(Arc::clone(&fs), dir)?;
        let listing = store.listing(None).ok();
        let records = store.read_on_demand()?;
        records.resume(&env);
        let hints = Hints::of(Arc::clone(&fs), data_dir, &store);
        let annotator = choose_annotator(options, &hints, &records)?;
        let tips = records.tips.get(&annotator).cloned().unwrap_or_default();
        let prepared = match Prepared::of(&store, &annotator, records) {
            Ok(prepared) => prepared,
            // A file of sets that does not hold what it should: it is known now.
            Err(_) => Prepared::read(&store, &annotator)?.0,
        };
        let mut session = Self::new(fs, store, annotator, env, data_dir);
        session.absorb(prepared);
        session.load_recent_history();
        session.listing = listing;
        if options.read_only {
            session.read_only = Some("it was opened for reading".to_owned());
        } else if session.read_only_reason().is_none() {
            session.begin_writing(tips)?;
        }
        Ok(session)
    }

    /// Who annotated in this copy of the project last, as the user's data folder remembers; nobody where this user is
    /// new here.
    ///
    /// # Errors
    /// [`SessionError::Store`] where it is no project.
    pub fn recorded_annotator(
        fs: Arc<dyn Fs>,
        dir: &Path,
        data_dir: Option<&Path>,
    ) -> Result<Option<AnnotatorId>, SessionError> {
        let store = Store::open(Arc::clone(&fs), dir)?;
        Ok(Hints::of(fs, data_dir, &store).annotator())
    }

    /// Reads what other sessions and copies have written meanwhile. What is waiting for the disk is written first.
    ///
    /// # Errors
    /// [`SessionError::NotSaved`], [`SessionError::Store`].
    pub fn reload(&mut self) -> Result<(), SessionError> {
        self.wait_durable()?;
        self.store.forget_what_was_found_out();
        let (prepared, _) = Prepared::read(&self.store, &self.annotator)?;
        self.absorb(prepared);
        Ok(())
    }

    fn new(fs: Arc<dyn Fs>, store: Store, annotator: AnnotatorId, env: Arc<Env>, data_dir: Option<&Path>) -> Self {
        let hints = Hints::of(Arc::clone(&fs), data_dir, &store);
        let our_sessions = hints.sessions(&store);
        Self {
            fs,
            store,
            env,
            data_dir: data_dir.map(Path::to_owned),
            hints,
            annotator,
            scheme: Arc::new(schemes::news()),
            scheme_id: BlobId::from(""),
            scheme_trouble: None,
            newer: None,
            state: State::default(),
            others: BTreeMap::new(),
            sets: None,
            other_sets: BTreeMap::new(),
            opened: Opened::default(),
            standings: BTreeMap::new(),
            catalogue: Catalogue::default(),
            history: History::default(),
            clashes: Vec::new(),
            held: Vec::new(),
            problems: Vec::new(),
            max_lamport: 0,
            our_sessions,
            writer: None,
            lock: None,
            locked_by: None,
            read_only: None,
            last_line: LineId::from(ZERO_HASH),
            commits: 0,
            checkpointed: 0,
            has_tried_checkpoint: false,
            commits_in_sets: 0,
            recent: VecDeque::new(),
            absorbed: 0,
            listing: None,
            follower: None,
            reads_beside: false,
            awaited: 0,
            unreachable: None,
            checkpoint: None,
            history_job: None,
            history_is_whole: false,
            next_undo: Vec::new(),
            next_redo: Vec::new(),
            reversal: None,
            revision: 0,
            cache: RefCell::new(Cache::default()),
            forms: RefCell::new(None),
            identity: RefCell::default(),
            kept_plan: RefCell::default(),
        }
    }

    /// Reads what the imports say about these articles, as the base of corrections, where that is not known yet.
    pub(super) fn learn_base(&mut self, articles: &[ArticleId]) {
        learn_base(&self.store, &mut self.state, articles.iter(), &mut self.problems);
    }

    /// Makes the row of an article again.
    pub(super) fn refresh_row(&mut self, article: &ArticleId) {
        self.catalogue.correct([article], &self.state);
        let progress = self.state.set(article).map(|set| ArticleProgress::of(set, &self.scheme));
        self.catalogue.set_progress(article, progress.unwrap_or_default());
    }

    /// Works out what undo and redo take next.
    pub(super) fn find_next(&mut self) {
        let session = self.writer.as_ref().map_or("", JournalWriter::session);
        let ours = self.our_sessions.as_ref();
        let is_ours = |session: &str| ours.is_none_or(|ours| ours.contains(session));
        self.next_undo = self.history.next_undo(&self.annotator, session, &is_ours);
        self.next_redo = self.history.next_redo(&self.annotator, session);
    }
}

fn check_annotator(id: &AnnotatorId) -> Result<(), SessionError> {
    if AnnotatorId::is_valid(id.as_str()) { Ok(()) } else { Err(SessionError::BadAnnotator { id: id.to_string() }) }
}

fn choose_annotator(options: &OpenOptions, hints: &Hints, records: &OpenRecords) -> Result<AnnotatorId, SessionError> {
    if let Some(given) = &options.annotator {
        check_annotator(given)?;
        return match records.annotator_like(given) {
            Some(other) if other != given => Err(SessionError::OnlyCase { id: given.clone(), other: other.clone() }),
            _ => Ok(given.clone()),
        };
    }
    if let Some(recorded) = hints.annotator() {
        return Ok(records.annotator_like(&recorded).cloned().unwrap_or(recorded));
    }
    let known: Vec<&AnnotatorId> = records.sets.keys().collect();
    match known.as_slice() {
        [only] => Ok((*only).clone()),
        [first, ..] if options.read_only && options.any_annotator => Ok((*first).clone()),
        [] if options.read_only => Ok(AnnotatorId::from("reader")),
        [] => Err(SessionError::WhichAnnotator { known: "this project has nobody yet".to_owned() }),
        several => {
            let ids: Vec<&str> = several.iter().map(|id| id.as_str()).collect();
            Err(SessionError::WhichAnnotator { known: format!("this project has {}", ids.join(", ")) })
        }
    }
}

/// Lays what these standings say over a state.
pub(super) fn overlay<'a>(
    state: &mut State,
    standings: impl Iterator<Item = (&'a Place, &'a Standing)>,
    problems: &mut Vec<Diagnostic>,
) {
    for (place, standing) in standings {
        // A shared place without a value was deleted: that lies over the shard's value too.
        if !state.overlay(place, standing.value.clone()) {
            let message = format!("{place:?} has a value of the wrong kind, which is left out.");
            problems.push(Diagnostic::new(Severity::Error, "wrong_kind", message));
        }
    }
}

/// Reads what the imports say about these articles, as the base of corrections, where that is not known yet.
pub(super) fn learn_base<'a>(
    store: &Store,
    state: &mut State,
    articles: impl Iterator<Item = &'a ArticleId>,
    problems: &mut Vec<Diagnostic>,
) {
    for article in articles {
        if state.has_base(article) {
            continue;
        }
        match store.facts(article) {
            Ok(facts) => state.set_base(article, base_facts(&facts), facts.regions),
            // An article that no import here holds: it has no base.
            Err(crate::storage::StoreError::NoArticle { .. }) => {}
            Err(error) => {
                let message = format!("What was imported about an article cannot be read: {error}");
                let problem = Diagnostic::new(Severity::Error, "facts_unreadable", message).on_article(article.clone());
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
}

pub(super) fn base_facts(facts: &ArticleFacts) -> BTreeMap<FactKind, ArticleFact> {
    let text = |text: &String| ArticleFact::Text(text.clone());
    BTreeMap::from([
        (FactKind::Title, text(&facts.title)),
        (FactKind::Outlet, text(&facts.outlet)),
        (FactKind::Date, text(&facts.date)),
        (FactKind::Byline, text(&facts.byline)),
        (FactKind::Url, text(&facts.url)),
        (FactKind::Language, text(&facts.language)),
        (FactKind::Direction, ArticleFact::Direction(facts.direction)),
    ])
}

/// The facts of an article with its corrections laid over.
pub(super) fn corrected_facts(facts: ArticleFacts, state: &State) -> ArticleFacts {
    let mut corrected = facts;
    let corrections = state.corrections(&corrected.id);
    let regions = corrections.iter().flat_map(|corrections| &corrections.regions);
    if regions.clone().next().is_some() {
        let mut all: BTreeMap<_, _> = corrected.regions.drain(..).map(|region| (region.span, region)).collect();
        for (span, region) in regions {
            match region {
                Some(region) => all.insert(*span, region.clone()),
                None => all.remove(span),
            };
        }
        corrected.regions = all.into_values().collect();
    }
    for (kind, fact) in corrections.iter().flat_map(|corrections| &corrections.facts) {
        match (kind, fact) {
            (FactKind::Title, ArticleFact::Text(text)) => corrected.title.clone_from(text),
            (FactKind::Outlet, ArticleFact::Text(text)) => corrected.outlet.clone_from(text),
            (FactKind::Date, ArticleFact::Text(text)) => corrected.date.clone_from(text),
            (FactKind::Byline, ArticleFact::Text(text)) => corrected.byline.clone_from(text),
            (FactKind::Url, ArticleFact::Text(text)) => corrected.url.clone_from(text),
            (FactKind::Language, ArticleFact::Text(text)) => corrected.language.clone_from(text),
            (FactKind::Direction, ArticleFact::Direction(direction)) => corrected.direction = *direction,
            _ => {}
        }
    }
    corrected
}
