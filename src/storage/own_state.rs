//! What one annotator's journals say, together with the base values of imports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::journal::{FileMark, Journal};
use super::records::{OpenEdit, Standing};
use super::set_files::{Places, SetFiles, Slot};
use super::{Store, StoreError};
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
#[derive(Clone, Debug)]
pub(super) struct OwnState {
    pub(super) annotator: AnnotatorId,
    /// Own places of no article that have, or had, a value.
    pub(super) places: Places,
    /// Places of articles that are not as the files say: all places of an article over the files of a checkpoint, those
    /// that edits name over the base values of imports.
    pub(super) overlay: BTreeMap<ArticleId, Places>,
    /// Where the other places of articles stand.
    pub(super) files: Arc<SetFiles>,
    /// The files are those of a checkpoint.
    pub(super) is_short: bool,
    /// Places of articles whose value is deleted, with the line, as the index of a checkpoint names them.
    pub(super) gone: BTreeMap<ArticleId, Vec<(Place, LineId)>>,
    /// Own edits of shared places, by key.
    pub(super) shared: Vec<SharedEdit>,
    /// Imports registered at some time.
    pub(super) registered: BTreeMap<ImportId, Registered>,
    /// The greatest order key.
    pub(super) greatest: Option<Key>,
    /// Number of transactions.
    pub(super) count: u64,
    /// The greatest line of a transaction.
    pub(super) trace: Option<LineId>,
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
    pub(super) fn empty(store: &Store, annotator: AnnotatorId) -> Self {
        Self {
            annotator,
            places: Places::new(),
            overlay: BTreeMap::new(),
            files: Arc::new(SetFiles::none(store)),
            is_short: false,
            gone: BTreeMap::new(),
            shared: Vec::new(),
            registered: BTreeMap::new(),
            greatest: None,
            count: 0,
            trace: None,
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
    pub(super) fn from_journal(store: &Store, journal: &Journal) -> Self {
        let mut state = Self::empty(store, journal.annotator());
        state.tips = journal.tips();
        state.marks.clone_from(&journal.marks);
        state.newer.clone_from(&journal.newer);
        state.is_whole = journal.is_whole;
        state.diagnostics.clone_from(&journal.diagnostics);
        let transactions = journal.transactions();
        let mut by_place: BTreeMap<&Place, Vec<(u64, &LineId, &Edit)>> = BTreeMap::new();
        for (line, transaction) in &transactions {
            for edit in &transaction.edits {
                state.name(edit);
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
        state.count = transactions.len() as u64;
        state.trace = transactions.iter().map(|(line, _)| *line).max().cloned();
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
            state.places_with(place).insert(place.clone(), settle(&claimed));
        }
        state
    }

    /// Remembers the article that an edit names.
    fn name(&mut self, edit: &Edit) {
        if let Some(article) = edit.place.article().filter(|article| !self.named.contains(*article)) {
            self.named.insert(article.clone());
        }
    }

    /// The places among which `place` is kept.
    fn places_with(&mut self, place: &Place) -> &mut Places {
        match place.article_of_set() {
            None => &mut self.places,
            Some(article) => {
                if !self.overlay.contains_key(article) {
                    self.overlay.insert(article.clone(), Places::new());
                }
                // It was just made sure of.
                self.overlay.get_mut(article).unwrap_or(&mut self.places)
            }
        }
    }

    /// Takes in a further transaction whose key is greater than all here. Lines of the journal are the caller's, and so
    /// is to have [`OwnState::unfold`] called for the articles before, over a checkpoint.
    pub(super) fn apply(&mut self, lamport: u64, line: &LineId, edits: &[Edit]) {
        for edit in edits {
            self.name(edit);
            if edit.place.is_shared() {
                self.shared.push(shared_edit(lamport, line, edit));
            } else {
                self.places_with(&edit.place).entry(edit.place.clone()).or_default().apply(line, edit);
                self.note(lamport, line, edit);
            }
        }
        self.greatest = Some((lamport, line.clone()));
        self.count += 1;
        if self.trace.as_ref().is_none_or(|trace| trace < line) {
            self.trace = Some(line.clone());
        }
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

    /// Lays base values of no article under the edits; of several imports the first wins.
    pub(super) fn add_base(&mut self, base: &BTreeMap<Place, Content>) {
        for (place, content) in base {
            self.places.entry(place.clone()).or_insert_with(|| Standing::base(content.clone()));
        }
    }

    /// The values of an article's places, before anything is hidden.
    ///
    /// # Errors
    /// [`StoreError`] where a file cannot be read or does not prove itself.
    pub(super) fn article_places(&self, article: &ArticleId) -> Result<Places, StoreError> {
        let mut places = self.overlay.get(article).cloned().unwrap_or_default();
        if self.is_short && self.overlay.contains_key(article) {
            return Ok(places);
        }
        for slot in self.files.slots(article) {
            for (place, standing) in self.files.load(*slot)? {
                places.entry(place).or_insert(standing);
            }
        }
        for (place, line) in self.gone.get(article).into_iter().flatten() {
            let standing = Standing { line: Some(line.clone()), ..Standing::default() };
            places.entry(place.clone()).or_insert(standing);
        }
        Ok(places)
    }

    /// Articles with a set, those of one file together.
    pub(super) fn articles(&self) -> Vec<&ArticleId> {
        let mut found: Vec<(Option<Slot>, &ArticleId)> =
            self.files.articles().map(|(article, slots)| (slots.first().copied(), article)).collect();
        let others: BTreeSet<&ArticleId> = self.overlay.keys().chain(self.gone.keys()).collect();
        let others = others.into_iter().filter(|article| self.files.slots(article).is_empty());
        found.extend(others.map(|article| (None, article)));
        found.sort();
        found.into_iter().map(|(_, article)| article).collect()
    }

    /// Over a checkpoint: takes an article's places out of its file, so that edits can be applied to them.
    pub(super) fn unfold(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        if !self.overlay.contains_key(article) {
            let places = self.article_places(article)?;
            self.overlay.insert(article.clone(), places);
        }
        Ok(())
    }

    /// Visits everything that stands and may refer to one of `targets`.
    fn visit_referrers(
        &self,
        targets: &BTreeSet<&Place>,
        visit: &mut dyn FnMut(&Place, &Content),
    ) -> Result<(), StoreError> {
        let mut articles: BTreeSet<&ArticleId> = self.overlay.keys().collect();
        for target in targets {
            articles.extend(self.files.may_refer(target));
            articles.extend(target.article_of_set());
        }
        let mut visit_all = |places: &Places| {
            for (place, standing) in places {
                if let Some(value) = &standing.value {
                    visit(place, value);
                }
            }
        };
        visit_all(&self.places);
        for article in articles {
            visit_all(&self.article_places(article)?);
        }
        Ok(())
    }

    /// Lets deleted things stand while something that stands refers to them: the least such set.
    ///
    /// # Errors
    /// As [`OwnState::article_places`].
    pub(super) fn hold(&mut self) -> Result<(), StoreError> {
        if self.deleted.is_empty() {
            return Ok(());
        }
        let mut held: BTreeMap<Place, Content> = BTreeMap::new();
        let mut waiting: Vec<Place> = Vec::new();
        self.visit_referrers(&self.deleted.keys().collect(), &mut |place, value| {
            waiting.extend(references(place, value).into_iter().filter(|place| self.deleted.contains_key(place)));
        })?;
        while let Some(place) = waiting.pop() {
            if let Some(value) = self.deleted.get(&place)
                && !held.contains_key(&place)
            {
                waiting.extend(references(&place, value));
                held.insert(place, value.clone());
            }
        }
        for (place, value) in held {
            if let Some(standing) = self.places_with(&place).get_mut(&place) {
                standing.value = Some(value);
                standing.held = true;
            }
        }
        Ok(())
    }

    /// Whether a thing is held.
    pub(super) fn holds(&self) -> bool {
        let mut all = self.places.values().chain(self.overlay.values().flat_map(BTreeMap::values));
        all.any(|standing| standing.held)
    }

    /// Whether something that stands refers to a place whose value is deleted, where that was not so before these edits
    /// were taken in.
    ///
    /// # Errors
    /// As [`OwnState::article_places`].
    pub(super) fn refers_to_deleted(&self, edited: &BTreeSet<&Place>) -> Result<bool, StoreError> {
        let standing = |place: &Place| match place.article_of_set() {
            None => self.places.get(place),
            Some(article) => self.overlay.get(article).and_then(|places| places.get(place)),
        };
        let is_deleted = |place: &Place| {
            let gone = || {
                let of = place.article_of_set().filter(|article| !self.overlay.contains_key(*article));
                let gone = of.and_then(|article| self.gone.get(article));
                gone.is_some_and(|gone| gone.iter().any(|(known, _)| known == place))
            };
            standing(place).map_or_else(gone, |standing| standing.value.is_none())
        };
        let value = |place: &Place| standing(place).and_then(|standing| standing.value.as_ref());
        let mut values = edited.iter().filter_map(|place| Some((place, value(place)?)));
        if values.any(|(place, value)| references(place, value).iter().any(is_deleted)) {
            return Ok(true);
        }
        let deleted: BTreeSet<&Place> = edited.iter().filter(|place| is_deleted(place)).copied().collect();
        if deleted.is_empty() {
            return Ok(false);
        }
        let mut found = false;
        self.visit_referrers(&deleted, &mut |place, value| {
            found |= references(place, value).iter().any(|place| deleted.contains(place));
        })?;
        Ok(found)
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
