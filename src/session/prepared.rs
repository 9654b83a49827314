//! What a session derives from the records, made in one go: on the caller's thread on opening, on a thread of its own
//! while a project is followed. Putting it in place is a swap.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalogue::{ArticleProgress, with_base};
use super::open::{learn_base, overlay};
use super::{Catalogue, Session, schemes};
use crate::edit::{Place, State};
use crate::model::{AnnotatorId, BlobId, Diagnostic, LineId, Scheme, Severity};
use crate::storage::{Clash, HistoryLine, OpenRecords, Sets, Standing, Store, StoreError};

/// Journals up to this many bytes are read for the history whenever the records are.
const AT_ONCE_BYTES: u64 = 1024 * 1024;

/// Everything that follows from the records alone.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    /// The current scheme, or why it cannot be read.
    pub scheme: Option<Result<(BlobId, Arc<Scheme>), String>>,
    /// Why this version may not write as the annotator.
    pub newer: Option<String>,
    /// The largest Lamport number read.
    pub max_lamport: u64,
    pub state: State,
    pub others: BTreeMap<AnnotatorId, State>,
    /// The own sets, on demand.
    pub sets: Option<Sets>,
    /// Everybody else's.
    pub other_sets: BTreeMap<AnnotatorId, Sets>,
    pub standings: BTreeMap<Place, Standing>,
    pub catalogue: Catalogue,
    /// Annotators whose journals were read, and their lines.
    pub read_fully: BTreeSet<AnnotatorId>,
    pub history: Vec<HistoryLine>,
    /// Lines of everybody else's are here too, because they are few.
    pub history_is_whole: bool,
    pub clashes: Vec<Clash>,
    /// Own places that are deleted and stand all the same.
    pub held: Vec<Place>,
    pub problems: Vec<Diagnostic>,
}

impl Prepared {
    /// What `annotator` sees of the records as they are now.
    ///
    /// # Errors
    /// [`StoreError`] where the folder cannot be read.
    pub fn read(store: &Store, annotator: &AnnotatorId) -> Result<(Self, Vec<LineId>), StoreError> {
        loop {
            let finds = store.number_of_finds();
            let records = store.read_on_demand()?;
            let tips = records.tips.get(annotator).cloned().unwrap_or_default();
            match Self::of(store, annotator, records) {
                // A file that does not hold what it should is known now, and not believed the next time.
                Err(_) if store.number_of_finds() > finds => {}
                other => return Ok((other?, tips)),
            }
        }
    }

    /// What `annotator` sees of these records.
    ///
    /// # Errors
    /// [`StoreError`] where a file of annotation sets does not hold what it should; reading the records again then gives
    /// what the others say.
    pub fn of(store: &Store, annotator: &AnnotatorId, mut records: OpenRecords) -> Result<Self, StoreError> {
        let mut problems = std::mem::take(&mut records.diagnostics);
        let sets = records.sets.remove(annotator).unwrap_or_else(|| Sets::none(store, annotator));
        let corrected: Vec<_> = with_base(records.shared.keys()).into_iter().cloned().collect();
        let mut state = State::default();
        learn_base(store, &mut state, corrected.iter(), &mut problems);
        overlay(&mut state, sets.project().iter().chain(&records.shared), &mut problems);
        let mut others = BTreeMap::new();
        for (other, sets) in &records.sets {
            let mut state = State::default();
            overlay(&mut state, sets.project().iter().chain(&records.shared), &mut problems);
            others.insert(other.clone(), state);
        }
        let held = sets.held();
        let mut history = records.history;
        let history_is_whole = store.journal_bytes() <= AT_ONCE_BYTES;
        if history_is_whole {
            let all = records.sets.keys().chain([annotator]);
            let others: Vec<AnnotatorId> = all.filter(|id| !records.read_fully.contains(*id)).cloned().collect();
            // What cannot be read was reported when the records were.
            history.extend(store.read_history(&others, usize::MAX).unwrap_or_default());
        }
        let mut standings = sets.project().clone();
        standings.extend(records.shared);
        let mut prepared = Self {
            scheme: None,
            newer: records.read_only.remove(annotator),
            max_lamport: records.max_lamport,
            others,
            sets: Some(sets),
            other_sets: records.sets,
            standings,
            catalogue: Catalogue::default(),
            state,
            read_fully: records.read_fully,
            history,
            history_is_whole,
            clashes: records.clashes,
            held,
            problems,
        };
        prepared.load_scheme(store);
        prepared.catalogue.set_articles(records.articles);
        prepared.catalogue.correct(&corrected, &prepared.state);
        prepared.fill_progress()?;
        Ok(prepared)
    }

    /// Lays everybody's progress over the rows of the catalogue.
    fn fill_progress(&mut self) -> Result<(), StoreError> {
        let scheme = match &self.scheme {
            Some(Ok((_, scheme))) => Arc::clone(scheme),
            _ => Arc::new(schemes::news()),
        };
        for (article, summary) in self.sets.as_ref().map_or_else(|| Ok(BTreeMap::new()), Sets::summaries)? {
            self.catalogue.set_progress(&article, ArticleProgress::from_summary(&summary, &scheme));
        }
        for (annotator, sets) in &self.other_sets {
            for (article, summary) in sets.summaries()? {
                let progress = ArticleProgress::from_summary(&summary, &scheme);
                self.catalogue.set_progress_of(annotator, &article, progress);
            }
        }
        Ok(())
    }

    /// Reads the current scheme; where it cannot be read, what was current stays, for reading only.
    fn load_scheme(&mut self, store: &Store) {
        let found = match self.state.scheme() {
            Some(id) => {
                store.scheme(id).map(|scheme| (id.clone(), Arc::new(scheme))).map_err(|error| error.to_string())
            }
            None => Err("no journal that is here says which scheme is current".to_owned()),
        };
        if let Err(reason) = &found {
            let message = format!("The scheme cannot be read: {reason}. Another stands in, for reading only.");
            self.problems.push(Diagnostic::new(Severity::Error, "scheme_unreadable", message));
        }
        self.scheme = Some(found);
    }
}

impl Session {
    /// Puts what was prepared in the place of what was known, and returns that: dropping it may take long.
    pub(super) fn swap(&mut self, mut prepared: Prepared) -> Prepared {
        use std::mem::swap;
        match prepared.scheme.take() {
            Some(Ok((id, scheme))) => {
                (self.scheme_id, self.scheme, self.scheme_trouble) = (id, scheme, None);
            }
            Some(Err(reason)) => self.scheme_trouble = Some(format!("the scheme cannot be read: {reason}")),
            None => {}
        }
        self.newer = prepared.newer.take();
        self.max_lamport = self.max_lamport.max(prepared.max_lamport);
        swap(&mut self.state, &mut prepared.state);
        swap(&mut self.others, &mut prepared.others);
        swap(&mut self.standings, &mut prepared.standings);
        if let Some(sets) = prepared.sets.take() {
            self.replace_sets(sets, self.absorbed);
        }
        swap(&mut self.other_sets, &mut prepared.other_sets);
        prepared.catalogue.follow(&self.catalogue);
        swap(&mut self.catalogue, &mut prepared.catalogue);
        self.history.replace(&prepared.read_fully, std::mem::take(&mut prepared.history));
        let total: u64 = self.sets.iter().chain(self.other_sets.values()).map(Sets::transactions).sum();
        let is_whole = self.history_is_whole && self.history.len() as u64 >= total;
        if self.history_is_whole && !is_whole && !prepared.history_is_whole {
            // Somebody wanted to see them all.
            self.start_history_job(true);
        }
        self.history_is_whole = is_whole || prepared.history_is_whole;
        swap(&mut self.clashes, &mut prepared.clashes);
        swap(&mut self.held, &mut prepared.held);
        swap(&mut self.problems, &mut prepared.problems);
        self.cache.borrow_mut().after_reload();
        self.identity.borrow_mut().after_reload();
        self.revision += 1;
        self.open_again();
        self.find_next();
        prepared
    }
}
