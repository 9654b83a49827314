//! What one annotator's journals say, together with the base values of imports.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::journal::{FileMark, Journal};
use super::records::{OpenEdit, Standing};
use crate::edit::{Content, Edit, Place, references};
use crate::model::{AnnotatorId, ArticleId, Diagnostic, ImportId, LineId};

/// The order of edits: by Lamport number, then by line.
pub(super) type Key = (u64, LineId);

/// An edit of a shared place, which counts over the journals of all annotators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharedEdit {
    pub(super) lamport: u64,
    pub(super) line: LineId,
    pub(super) place: Place,
    pub(super) over: Vec<LineId>,
    pub(super) after: Option<Content>,
}

/// An import that an annotator registered at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registered {
    /// The key of the registration that stands, if one does.
    pub(super) stands: Option<Key>,
}

/// Everything one annotator's records say, before anything is hidden.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OwnState {
    pub(super) annotator: AnnotatorId,
    /// Own places that have, or had, a value.
    pub(super) places: BTreeMap<Place, Standing>,
    /// Own edits of shared places, by key.
    pub(super) shared: Vec<SharedEdit>,
    /// Imports registered at some time.
    pub(super) registered: BTreeMap<ImportId, Registered>,
    /// The greatest order key.
    pub(super) greatest: Option<Key>,
    /// Articles that edits name.
    pub(super) named: BTreeSet<ArticleId>,
    /// Last lines of sessions that no `seen` names.
    pub(super) tips: Vec<LineId>,
    pub(super) marks: Vec<FileMark>,
    pub(super) newer: Option<String>,
    pub(super) is_whole: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Deleted places with what the deleting edit found there.
    deleted: BTreeMap<Place, Content>,
}

/// An edit with what deciding needs of it.
#[derive(Clone, Copy)]
pub(super) struct Claimed<'a> {
    pub(super) line: &'a LineId,
    pub(super) over: &'a [LineId],
    pub(super) after: &'a Option<Content>,
}

/// What stands at a place after these edits, which are in order of their keys: the greatest gives the value, and those
/// that no edit names in `over` and that are not the greatest stay open.
pub(super) fn settle(edits: &[Claimed<'_>]) -> Standing {
    let Some((greatest, earlier)) = edits.split_last() else { return Standing::default() };
    let mut open = Vec::new();
    if !earlier.is_empty() {
        let replaced: BTreeSet<&LineId> = edits.iter().flat_map(|edit| edit.over).collect();
        let left = earlier.iter().filter(|edit| !replaced.contains(edit.line));
        open.extend(left.map(|edit| OpenEdit { line: edit.line.clone(), after: edit.after.clone() }));
        open.sort_by(|a, b| a.line.cmp(&b.line));
    }
    Standing { value: greatest.after.clone(), line: Some(greatest.line.clone()), held: false, open }
}

impl OwnState {
    /// Of somebody without journals.
    pub(super) fn empty(annotator: AnnotatorId) -> Self {
        Self {
            annotator,
            places: BTreeMap::new(),
            shared: Vec::new(),
            registered: BTreeMap::new(),
            greatest: None,
            named: BTreeSet::new(),
            tips: Vec::new(),
            marks: Vec::new(),
            newer: None,
            is_whole: true,
            diagnostics: Vec::new(),
            deleted: BTreeMap::new(),
        }
    }

    /// From the edits of a journal; base values and held things come later.
    pub(super) fn from_journal(journal: &Journal) -> Self {
        let mut state = Self::empty(journal.annotator());
        state.tips = journal.tips();
        state.marks.clone_from(&journal.marks);
        state.newer.clone_from(&journal.newer);
        state.is_whole = journal.is_whole;
        state.diagnostics.clone_from(&journal.diagnostics);
        let transactions = journal.transactions();
        let mut by_place: BTreeMap<&Place, Vec<(u64, &LineId, &Edit)>> = BTreeMap::new();
        for (line, transaction) in &transactions {
            for edit in &transaction.edits {
                state.named.extend(edit.place.article().cloned());
                if edit.place.is_shared() {
                    state.shared.push(shared_edit(transaction.lamport, line, edit));
                } else {
                    by_place.entry(&edit.place).or_default().push((transaction.lamport, line, edit));
                }
            }
        }
        if let Some((line, transaction)) = transactions.last() {
            state.greatest = Some((transaction.lamport, (*line).clone()));
        }
        for (place, edits) in by_place {
            let claimed: Vec<Claimed<'_>> =
                edits.iter().map(|(_, line, edit)| Claimed { line, over: &edit.over, after: &edit.after }).collect();
            if let Some((lamport, line, edit)) = edits.last() {
                state.note(*lamport, line, edit);
            }
            if let (Place::Registration(import), true) = (place, edits.iter().any(|(_, _, edit)| edit.after.is_some()))
            {
                state.registered.entry(import.clone()).or_insert(Registered { stands: None });
            }
            state.places.insert(place.clone(), settle(&claimed));
        }
        state
    }

    /// Takes in a further transaction whose key is greater than all here. Lines of the journal are the caller's.
    pub(super) fn apply(&mut self, lamport: u64, line: &LineId, edits: &[Edit]) {
        for edit in edits {
            self.named.extend(edit.place.article().cloned());
            if edit.place.is_shared() {
                self.shared.push(shared_edit(lamport, line, edit));
            } else {
                self.places.entry(edit.place.clone()).or_default().apply(line, edit);
                self.note(lamport, line, edit);
            }
        }
        self.greatest = Some((lamport, line.clone()));
    }

    /// Remembers of the greatest edit of an own place what its value alone does not tell.
    fn note(&mut self, lamport: u64, line: &LineId, edit: &Edit) {
        match (&edit.after, &edit.before) {
            (None, Some(before)) => {
                self.deleted.insert(edit.place.clone(), before.clone());
            }
            _ => {
                self.deleted.remove(&edit.place);
            }
        }
        if let Place::Registration(import) = &edit.place {
            let stands = edit.after.is_some().then(|| (lamport, line.clone()));
            if stands.is_some() || self.registered.contains_key(import) {
                self.registered.insert(import.clone(), Registered { stands });
            }
        }
    }

    /// Lays base values under the edits; of several imports the first wins.
    pub(super) fn add_base(&mut self, base: &BTreeMap<Place, Content>) {
        for (place, content) in base {
            self.places.entry(place.clone()).or_insert_with(|| Standing::base(content.clone()));
        }
    }

    /// Lets deleted things stand while something that stands refers to them: the least such set.
    pub(super) fn hold(&mut self) {
        if self.deleted.is_empty() {
            return;
        }
        let mut held: BTreeMap<Place, Content> = BTreeMap::new();
        let values = self.places.iter().filter_map(|(place, standing)| Some((place, standing.value.as_ref()?)));
        let mut waiting: Vec<Place> = values.flat_map(|(place, value)| references(place, value)).collect();
        while let Some(place) = waiting.pop() {
            if let Some(value) = self.deleted.get(&place)
                && !held.contains_key(&place)
            {
                waiting.extend(references(&place, value));
                held.insert(place, value.clone());
            }
        }
        for (place, value) in held {
            if let Some(standing) = self.places.get_mut(&place) {
                standing.value = Some(value);
                standing.held = true;
            }
        }
    }

    /// Whether something that stands refers to a place whose value is deleted.
    pub(super) fn refers_to_deleted(&self) -> bool {
        let is_deleted = |place: &Place| self.places.get(place).is_some_and(|standing| standing.value.is_none());
        let mut values = self.places.iter().filter_map(|(place, standing)| Some((place, standing.value.as_ref()?)));
        values.any(|(place, value)| references(place, value).iter().any(is_deleted))
    }
}

fn shared_edit(lamport: u64, line: &LineId, edit: &Edit) -> SharedEdit {
    SharedEdit {
        lamport,
        line: line.clone(),
        place: edit.place.clone(),
        over: edit.over.clone(),
        after: edit.after.clone(),
    }
}
