//! From records to state: a pure function of the set of records, whatever their order, the machine or the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bases::{Bases, Distrust};
use super::corpus::Corpus;
use super::journal::{Journal, Record};
use super::own_state::{Claimed, OwnState, SharedEdit, settle};
use super::records::{HistoryLine, ImportStanding, OpenRecords, Standing};
use super::sets::Sets;
use super::{Store, StoreError, checkpoint, clash};
use crate::edit::Place;
use crate::model::{AnnotatorId, ArticleId, Diagnostic, ImportId};

/// Everything read, before anything is hidden.
#[derive(Debug)]
pub(super) struct ProjectState {
    pub(super) own: Vec<OwnState>,
    pub(super) corpus: Corpus,
    history: Vec<HistoryLine>,
    diagnostics: Vec<Diagnostic>,
}

impl ProjectState {
    /// Reads every journal and looks at no checkpoint.
    pub(super) fn from_records(store: &Store) -> Result<Self, StoreError> {
        Self::read(store, false)
    }

    /// Takes the short way for every annotator whose checkpoint proves that it holds everything.
    pub(super) fn from_checkpoints(store: &Store) -> Result<Self, StoreError> {
        Self::read(store, true)
    }

    fn read(store: &Store, shortly: bool) -> Result<Self, StoreError> {
        loop {
            match Self::try_read(store, shortly)? {
                Ok(state) => return Ok(state),
                // A part of an import turned out damaged only now; it is remembered, and the import counts no longer.
                Err(found) => {
                    if !store.distrust(found) {
                        let reason = "the annotations of an import cannot be read".to_owned();
                        return Err(StoreError::Refused { reason });
                    }
                }
            }
        }
    }

    fn try_read(store: &Store, shortly: bool) -> Result<Result<Self, Distrust>, StoreError> {
        let mut diagnostics = Vec::new();
        let folders = store.journal_folders(&mut diagnostics)?;
        let mut short: BTreeMap<String, checkpoint::Loaded> = BTreeMap::new();
        let mut full: BTreeMap<String, OwnState> = BTreeMap::new();
        let mut history = Vec::new();
        for folder in folders {
            if let Some(loaded) = shortly.then(|| checkpoint::load(store, &folder, false)).flatten() {
                short.insert(folder, loaded);
            } else {
                read_fully(store, folder, &mut full, &mut history, &mut diagnostics)?;
            }
        }
        let states = full.values().chain(short.values().map(|loaded| &loaded.state));
        let ever: BTreeSet<ImportId> = states.flat_map(|state| state.registered.keys().cloned()).collect();
        let corpus = Corpus::read(store, &ever)?;
        // An annotator whose checkpoint holds other base values than count now, and imports that are withdrawn, take
        // the full way: what is hidden depends on which import a base value came from.
        let states = full.values().chain(short.values().map(|loaded| &loaded.state));
        let is_plain = corpus.standings(states).values().all(ImportStanding::is_in_force);
        let counting = corpus.counting();
        let stale: Vec<String> = short
            .iter()
            .filter(|(_, loaded)| !is_plain || loaded.imports != counting)
            .map(|(folder, _)| folder.clone())
            .collect();
        for folder in stale {
            short.remove(&folder);
            read_fully(store, folder, &mut full, &mut history, &mut diagnostics)?;
        }
        match add_bases(store, &corpus, &mut full, &short) {
            Ok(()) => {}
            Err(error) => return Ok(Err(error)),
        }
        let mut own: Vec<OwnState> = full.into_values().collect();
        own.extend(short.into_values().map(|loaded| loaded.state));
        own.sort_by_key(|state| state.annotator.folder());
        history.sort_by(|a, b| (a.transaction.lamport, &a.id).cmp(&(b.transaction.lamport, &b.id)));
        store.learn_counting(counting, is_plain);
        Ok(Ok(Self { own, corpus, history, diagnostics }))
    }

    /// What callers see, sets on demand.
    pub(super) fn into_open(mut self, store: &Store) -> Result<OpenRecords, Distrust> {
        let shared = shared_standings(&self.own);
        let clashes = clash::clashes(&self.own, &shared);
        let imports = self.corpus.standings(&self.own);
        let named: BTreeSet<&ArticleId> = self.own.iter().flat_map(|state| &state.named).collect();
        let articles = Arc::new(self.corpus.articles(&imports, &named));
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        diagnostics.append(&mut self.corpus.diagnostics);
        let mut records = OpenRecords {
            shared,
            sets: BTreeMap::new(),
            read_fully: self.own.iter().filter(|state| !state.is_short).map(|state| state.annotator.clone()).collect(),
            history: self.history,
            articles,
            max_lamport: self.own.iter().filter_map(|state| Some(state.greatest.as_ref()?.0)).max().unwrap_or(0),
            transactions: self.own.iter().map(|state| state.count).sum(),
            trace: self.own.iter().filter_map(|state| state.trace.clone()).max(),
            imports,
            clashes,
            read_only: BTreeMap::new(),
            tips: BTreeMap::new(),
            diagnostics,
        };
        let counting = self.corpus.counting();
        for mut state in self.own {
            records.diagnostics.append(&mut state.diagnostics);
            if let Some(newer) = state.newer.take() {
                records.read_only.insert(state.annotator.clone(), newer);
            }
            records.tips.insert(state.annotator.clone(), state.tips.clone());
            let annotator = state.annotator.clone();
            let sets = Sets::new(store, state, &counting, &records.imports, &mut records.diagnostics)?;
            records.sets.insert(annotator, sets);
        }
        Ok(records)
    }
}

/// Lays base values under the states that were read from journals, and makes states of those for whom only imports
/// bring something.
fn add_bases(
    store: &Store,
    corpus: &Corpus,
    full: &mut BTreeMap<String, OwnState>,
    short: &BTreeMap<String, checkpoint::Loaded>,
) -> Result<(), Distrust> {
    let bases = Bases::of(store, corpus);
    if full.is_empty() && bases.folders().iter().all(|folder| short.contains_key(*folder)) {
        return Ok(());
    }
    for folder in bases.folders() {
        if !full.contains_key(folder) && !short.contains_key(folder) {
            let annotator = bases.annotator(folder)?;
            full.insert(folder.to_owned(), OwnState::empty(store, annotator));
        }
    }
    for (folder, state) in full {
        bases.people(folder, &mut |_, base| state.add_base(&base.places))?;
        state.files = Arc::new(bases.sets(folder)?);
        state.hold().map_err(|error| bases.distrust(error))?;
    }
    Ok(())
}

/// Values of shared places over the journals of all annotators.
fn shared_standings(own: &[OwnState]) -> BTreeMap<Place, Standing> {
    let mut by_place: BTreeMap<&Place, Vec<&SharedEdit>> = BTreeMap::new();
    for edit in own.iter().flat_map(|state| &state.shared) {
        by_place.entry(&edit.place).or_default().push(edit);
    }
    let mut standings = BTreeMap::new();
    for (place, mut edits) in by_place {
        edits.sort_by(|a, b| (a.lamport, &a.line).cmp(&(b.lamport, &b.line)));
        let claimed: Vec<Claimed<'_>> =
            edits.iter().map(|edit| Claimed { line: &edit.line, over: &edit.over, after: &edit.after }).collect();
        standings.insert(place.clone(), settle(&claimed));
    }
    standings
}

/// Reads the journals of one annotator. A folder without a line makes nobody an annotator.
fn read_fully(
    store: &Store,
    folder: String,
    full: &mut BTreeMap<String, OwnState>,
    history: &mut Vec<HistoryLine>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), StoreError> {
    let journal = Journal::read(store.fs(), store.root(), &store.header().id, &folder)?;
    if journal.lines.is_empty() && journal.newer.is_none() {
        diagnostics.extend(journal.diagnostics);
    } else {
        history.extend(history_of(&journal));
        full.insert(folder, OwnState::from_journal(store, &journal));
    }
    Ok(())
}

/// The transactions of a journal.
fn history_of(journal: &Journal) -> Vec<HistoryLine> {
    let annotator: AnnotatorId = journal.annotator();
    let sessions = journal.sessions();
    let mut lines = Vec::new();
    for (id, line) in &journal.lines {
        if let Record::Tx(transaction) = &line.record {
            lines.push(HistoryLine {
                id: id.clone(),
                annotator: annotator.clone(),
                session: sessions.get(id).map(|session| (*session).to_owned()).unwrap_or_default(),
                prev: line.prev.clone(),
                transaction: transaction.clone(),
            });
        }
    }
    lines
}
