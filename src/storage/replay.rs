//! From records to state: a pure function of the set of records, whatever their order, the machine or the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::corpus::{Corpus, annotator_from};
use super::journal::{Journal, Record};
use super::own_state::{Claimed, OwnState, SharedEdit, settle};
use super::records::{HistoryLine, ImportStanding, Records, Standing};
use super::{Store, StoreError, checkpoint, clash};
use crate::edit::{Place, references};
use crate::model::{AnnotatorId, ArticleId, Diagnostic, ImportId, Severity};

/// Everything read, before anything is hidden.
#[derive(Debug)]
pub(super) struct ProjectState {
    pub(super) own: Vec<OwnState>,
    pub(super) corpus: Corpus,
    history: Vec<HistoryLine>,
    diagnostics: Vec<Diagnostic>,
}

impl ProjectState {
    /// Reads every record and looks at no checkpoint.
    pub(super) fn from_records(store: &Store) -> Result<Self, StoreError> {
        Self::read(store, false)
    }

    /// Takes the short way for every annotator whose checkpoint proves that it holds everything.
    pub(super) fn from_checkpoints(store: &Store) -> Result<Self, StoreError> {
        Self::read(store, true)
    }

    fn read(store: &Store, shortly: bool) -> Result<Self, StoreError> {
        let mut diagnostics = Vec::new();
        let folders = store.journal_folders(&mut diagnostics)?;
        let mut short: BTreeMap<String, checkpoint::Loaded> = BTreeMap::new();
        let mut full: BTreeMap<String, OwnState> = BTreeMap::new();
        let mut history = Vec::new();
        for folder in folders {
            if let Some(loaded) = shortly.then(|| checkpoint::load(store, &folder)).flatten() {
                short.insert(folder, loaded);
            } else {
                read_fully(store, folder, &mut full, &mut history, &mut diagnostics)?;
            }
        }
        let states = full.values().chain(short.values().map(|loaded| &loaded.state));
        let ever: BTreeSet<ImportId> = states.flat_map(|state| state.registered.keys().cloned()).collect();
        let mut corpus = Corpus::read(store, &ever)?;
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
        let needs_base =
            !full.is_empty() || corpus.folders_in_manifests().iter().any(|folder| !short.contains_key(*folder));
        if needs_base {
            corpus.read_bases(store);
            if corpus.counting() != counting && !short.is_empty() {
                // A part of an import turned out damaged only now.
                return Self::read(store, false);
            }
        }
        for folder in corpus.base_folders() {
            if !full.contains_key(folder)
                && !short.contains_key(folder)
                && let Some((_, base)) = corpus.bases_of(folder).next()
            {
                full.insert(folder.to_owned(), OwnState::empty(annotator_from(folder, base)));
            }
        }
        let mut own = Vec::new();
        for (folder, mut state) in full {
            for (_, base) in corpus.bases_of(&folder) {
                state.add_base(&base.places);
            }
            state.hold();
            own.push(state);
        }
        own.extend(short.into_values().map(|loaded| loaded.state));
        own.sort_by_key(|state| state.annotator.folder());
        history.sort_by(|a, b| (a.transaction.lamport, &a.id).cmp(&(b.transaction.lamport, &b.id)));
        Ok(Self { own, corpus, history, diagnostics })
    }

    /// What callers see.
    pub(super) fn into_records(mut self) -> Records {
        let shared = shared_standings(&self.own);
        let clashes = clash::clashes(&self.own, &shared);
        let imports = self.corpus.standings(&self.own);
        let named: BTreeSet<&ArticleId> = self.own.iter().flat_map(|state| &state.named).collect();
        let articles = Arc::new(self.corpus.articles(&imports, &named));
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        diagnostics.append(&mut self.corpus.diagnostics);
        let mut records = Records {
            shared,
            own: BTreeMap::new(),
            history: self.history,
            articles,
            max_lamport: self.own.iter().filter_map(|state| Some(state.greatest.as_ref()?.0)).max().unwrap_or(0),
            imports,
            clashes,
            read_only: BTreeMap::new(),
            tips: BTreeMap::new(),
            diagnostics,
        };
        for mut state in self.own {
            records.diagnostics.append(&mut state.diagnostics);
            if let Some(newer) = state.newer.take() {
                records.read_only.insert(state.annotator.clone(), newer);
            }
            records.tips.insert(state.annotator.clone(), std::mem::take(&mut state.tips));
            hide(&mut state, &self.corpus, &records.imports, &mut records.diagnostics);
            records.own.insert(state.annotator, state.places);
        }
        records
    }
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

/// Hides base values of imports that nobody stands for any more, unless work rests on them.
fn hide(
    state: &mut OwnState,
    corpus: &Corpus,
    standings: &BTreeMap<ImportId, ImportStanding>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let in_force = |import: &ImportId| standings.get(import).is_some_and(ImportStanding::is_in_force);
    if corpus.counting().iter().all(in_force) {
        return;
    }
    let folder = state.annotator.folder();
    let given: BTreeSet<Place> = corpus
        .bases_of(&folder)
        .filter(|(import, _)| in_force(import))
        .flat_map(|(_, base)| base.places.keys().cloned())
        .collect();
    let may_hide = |place: &Place, standing: &Standing| standing.line.is_none() && !given.contains(place);
    let named = std::mem::take(&mut state.named);
    state.places.retain(|place, standing| {
        !may_hide(place, standing) || place.article().is_none_or(|article| named.contains(article))
    });
    state.named = named;
    // Of the rest, entities and the like stay while something visible refers to them, directly or through others.
    let mut wanted: BTreeSet<Place> = BTreeSet::new();
    let roots = state.places.iter().filter(|(place, standing)| !(is_thing(place) && may_hide(place, standing)));
    let mut waiting: Vec<Place> =
        roots.filter_map(|(place, standing)| Some(references(place, standing.value.as_ref()?))).flatten().collect();
    while let Some(place) = waiting.pop() {
        if let Some(value) = state.places.get(&place).and_then(|standing| standing.value.as_ref())
            && wanted.insert(place.clone())
        {
            waiting.extend(references(&place, value));
        }
    }
    state.places.retain(|place, standing| !(is_thing(place) && may_hide(place, standing)) || wanted.contains(place));
    let left = state.places.iter().filter(|(place, standing)| may_hide(place, standing)).count();
    if left > 0 {
        let message = format!(
            "{left} values of {} came with an import that nobody stands for any more; they stay, because work rests on them",
            state.annotator
        );
        diagnostics.push(Diagnostic::new(Severity::Hint, "import_withdrawn", message));
    }
}

fn is_thing(place: &Place) -> bool {
    matches!(place, Place::Entity(_) | Place::Cluster(_) | Place::Topic(_))
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
        full.insert(folder, OwnState::from_journal(&journal));
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
