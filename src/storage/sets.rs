//! The annotation sets of one annotator, on demand: what a session asks when an article is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bases::{Distrust, distrust_from};
use super::digest::SetSummary;
use super::own_state::OwnState;
use super::records::{ImportStanding, Standing};
use super::set_files::Holds;
use super::{Store, StoreError};
use crate::edit::{Content, Place, references};
use crate::model::{ArticleId, Diagnostic, ImportId, LineId, Severity};

/// What one annotator's records say: values of no article in memory, those of articles on demand, hidden things left
/// out. Cheap to clone; clones are the same.
#[derive(Clone, Debug)]
pub struct Sets {
    store: Store,
    state: Arc<OwnState>,
    project: Arc<BTreeMap<Place, Standing>>,
    /// Imports that count and that somebody stands for; none where that is all of them, so that nothing is hidden.
    in_force: Option<Arc<BTreeSet<ImportId>>>,
    /// Last lines of sessions.
    tips: Arc<[LineId]>,
}

impl Sets {
    /// Hides base values of imports that nobody stands for any more, unless work rests on them.
    pub(super) fn new(
        store: &Store,
        state: OwnState,
        counting: &[ImportId],
        standings: &BTreeMap<ImportId, ImportStanding>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Distrust> {
        let in_force = |import: &ImportId| standings.get(import).is_some_and(ImportStanding::is_in_force);
        let mut sets = Self::plain(store, state);
        if !counting.iter().all(in_force) {
            let of_imports = counting.iter().filter(|import| in_force(import)).cloned().collect();
            sets.in_force = Some(Arc::new(of_imports));
            sets.hide(diagnostics).map_err(|error| distrust_from(store, &error))?;
        }
        Ok(sets)
    }

    /// Where nothing is hidden.
    pub(super) fn plain(store: &Store, state: OwnState) -> Self {
        let (project, tips) = (Arc::new(state.places.clone()), state.tips.as_slice().into());
        Self { store: store.clone(), state: Arc::new(state), project, in_force: None, tips }
    }

    /// Whether they are read over a checkpoint, or nothing was ever written that one would spare.
    #[must_use]
    pub fn is_over_checkpoint(&self) -> bool {
        self.state.is_short || self.state.count == 0
    }

    /// Number of transactions that are in.
    #[must_use]
    pub fn transactions(&self) -> u64 {
        self.state.count
    }

    /// The greatest Lamport number that is in, 0 for none.
    #[must_use]
    pub fn max_lamport(&self) -> u64 {
        self.state.greatest.as_ref().map_or(0, |greatest| greatest.0)
    }

    /// Whether a line is in: it is the last of its session, or `is_after` says so of the last of its session.
    pub fn has_line(&self, line: &LineId, is_after: impl Fn(&LineId) -> bool) -> bool {
        self.tips.iter().any(|tip| tip == line || is_after(tip))
    }

    /// Deleted places of an article.
    #[must_use]
    pub fn gone(&self, article: &ArticleId) -> Vec<Place> {
        let gone = self.state.gone.get(article).into_iter().flatten().map(|(place, _)| place.clone());
        let overlaid = self.state.overlay.get(article).into_iter().flatten();
        gone.chain(overlaid.filter(|(_, standing)| standing.value.is_none()).map(|(place, _)| place.clone())).collect()
    }

    /// Articles with something that was deleted, and stands because something refers to it.
    #[must_use]
    pub fn held_articles(&self) -> Vec<ArticleId> {
        let holds = |places: &BTreeMap<Place, Standing>| places.values().any(|standing| standing.held);
        let held = self.state.overlay.iter().filter(|(_, places)| holds(places));
        held.map(|(article, _)| article.clone()).collect()
    }

    /// Places that were deleted, and stand because something refers to them.
    #[must_use]
    pub fn held(&self) -> Vec<Place> {
        let all = self.project.iter().chain(self.state.overlay.values().flatten());
        let mut held: Vec<Place> = all.filter(|(_, standing)| standing.held).map(|(place, _)| place.clone()).collect();
        held.sort();
        held
    }

    /// Of somebody without work.
    #[must_use]
    pub fn none(store: &Store, annotator: &crate::model::AnnotatorId) -> Self {
        Self::plain(store, OwnState::empty(store, annotator.clone()))
    }

    /// Own places of no article: entities, clusters, topics, profile, registrations, seen clashes. An entry whose value
    /// is absent is a deleted place.
    #[must_use]
    pub fn project(&self) -> &BTreeMap<Place, Standing> {
        &self.project
    }

    /// The own places of an article.
    ///
    /// # Errors
    /// [`StoreError`] where a file does not hold what the index or the manifest says. Reading the project again then
    /// gives the right state: the store remembers what not to believe.
    pub fn article(&self, article: &ArticleId) -> Result<BTreeMap<Place, Standing>, StoreError> {
        self.read_article(article).inspect_err(|error| {
            self.store.distrust(distrust_from(&self.store, error));
        })
    }

    /// As [`Sets::article`], where the files are as they were; `None` where they are not, which may be because a thread
    /// writes them: nothing is concluded from it.
    #[must_use]
    pub fn article_as_it_was(&self, article: &ArticleId) -> Option<BTreeMap<Place, Standing>> {
        self.read_article(article).ok()
    }

    fn read_article(&self, article: &ArticleId) -> Result<BTreeMap<Place, Standing>, StoreError> {
        let mut places = self.state.article_places(article)?;
        if let Some(in_force) = &self.in_force
            && !self.state.named.contains(article)
        {
            let mut given: BTreeSet<Place> = BTreeSet::new();
            for slot in self.state.files.slots(article) {
                let import = self.state.files.file(slot.0).map(|(file, _)| &file.holds);
                if matches!(import, Some(Holds::Base(import)) if in_force.contains(import)) {
                    given.extend(self.state.files.load(*slot)?.into_keys());
                }
            }
            places.retain(|place, standing| standing.line.is_some() || given.contains(place));
        }
        Ok(places)
    }

    /// Articles with work, those that stand together in a file together.
    #[must_use]
    pub fn articles(&self) -> Vec<ArticleId> {
        self.state.articles().into_iter().cloned().collect()
    }

    /// Whether there may be work on the article.
    #[must_use]
    pub fn has(&self, article: &ArticleId) -> bool {
        self.state.overlay.contains_key(article) || !self.state.files.slots(article).is_empty()
    }

    /// What lists show of each article with work, in order of the articles.
    ///
    /// # Errors
    /// As [`Sets::article`].
    pub fn summaries(&self) -> Result<BTreeMap<ArticleId, SetSummary>, StoreError> {
        let mut found = BTreeMap::new();
        for article in self.state.articles() {
            let known = match self.state.files.slots(article) {
                [slot] if self.in_force.is_none() && !self.state.overlay.contains_key(article) => {
                    self.state.files.file(slot.0).map(|(_, digest)| digest.summary(slot.1 as usize))
                }
                _ => None,
            };
            let summary = match known {
                Some(summary) => summary,
                None => SetSummary::of_places(&self.article(article)?),
            };
            if summary != SetSummary::default() {
                found.insert(article.clone(), summary);
            }
        }
        Ok(found)
    }

    /// Articles whose sets may refer to the thing as the files have them: all that do, and by chance others.
    pub fn may_refer(&self, place: &Place) -> BTreeSet<ArticleId> {
        let mut found: BTreeSet<ArticleId> = self.state.files.may_refer(place).cloned().collect();
        let is_referrer = |places: &BTreeMap<Place, Standing>| {
            let mut values = places.iter().filter_map(|(of, standing)| Some((of, standing.value.as_ref()?)));
            values.any(|(of, value)| references(of, value).contains(place))
        };
        let changed = self.state.overlay.iter().filter(|(_, places)| is_referrer(places));
        found.extend(changed.map(|(article, _)| article.clone()));
        found
    }

    /// The names that mentions of all sets bear as the files have them: folded form, number of mentions, how many of
    /// them name places; and the articles whose sets are not as the files have them.
    ///
    /// # Errors
    /// As [`Sets::article`].
    pub fn forms(&self) -> Result<SetNames, StoreError> {
        if self.in_force.is_some() {
            // What is hidden makes nothing known: every set is looked at.
            return Ok(SetNames { forms: Vec::new(), other: self.articles() });
        }
        let forms = self.state.files.forms().inspect_err(|error| {
            self.store.distrust(distrust_from(&self.store, error));
        })?;
        let mut other: Vec<ArticleId> = self.state.overlay.keys().cloned().collect();
        other.extend(
            self.state.files.articles().filter(|(_, slots)| slots.len() > 1).map(|(article, _)| article.clone()),
        );
        other.sort();
        other.dedup();
        Ok(SetNames { forms: forms.into_iter().flat_map(|forms| forms.0).collect(), other })
    }

    /// The set of an article as the files have it, without what came after them: one for each file that holds it.
    ///
    /// # Errors
    /// As [`Sets::article`].
    pub fn as_filed(&self, article: &ArticleId) -> Result<Vec<BTreeMap<Place, Standing>>, StoreError> {
        if self.in_force.is_some() {
            return Ok(Vec::new());
        }
        self.state.files.slots(article).iter().map(|slot| self.state.files.load(*slot)).collect()
    }

    fn hide(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Result<(), StoreError> {
        let Some(in_force) = self.in_force.clone() else { return Ok(()) };
        let given = self.store.base_people(&self.state.annotator.folder(), &in_force)?;
        let may_hide = |place: &Place, standing: &Standing| standing.line.is_none() && !given.contains(place);
        // Entities and the like stay while something visible refers to them, directly or through others.
        let mut waiting: Vec<Place> = Vec::new();
        let mut left = 0;
        let mut see = |place: &Place, value: &Content| waiting.extend(references(place, value));
        for article in self.state.articles() {
            let places = self.read_article(article)?;
            let mut of_article: BTreeSet<Place> = BTreeSet::new();
            for slot in self.state.files.slots(article) {
                let import = self.state.files.file(slot.0).map(|(file, _)| &file.holds);
                if matches!(import, Some(Holds::Base(import)) if in_force.contains(import)) {
                    of_article.extend(self.state.files.load(*slot)?.into_keys());
                }
            }
            left += places
                .iter()
                .filter(|(place, standing)| standing.line.is_none() && !of_article.contains(*place))
                .count();
            places
                .iter()
                .filter_map(|(place, standing)| Some((place, standing.value.as_ref()?)))
                .for_each(|(place, value)| see(place, value));
        }
        let mut project = self.state.places.clone();
        for (place, standing) in &project {
            if let (false, Some(value)) = (is_thing(place) && may_hide(place, standing), &standing.value) {
                see(place, value);
            }
        }
        let mut wanted: BTreeSet<Place> = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            if let Some(value) = project.get(&place).and_then(|standing| standing.value.as_ref())
                && wanted.insert(place.clone())
            {
                waiting.extend(references(&place, value));
            }
        }
        project.retain(|place, standing| !may_hide(place, standing) || !is_thing(place) || wanted.contains(place));
        left += project.iter().filter(|(place, standing)| may_hide(place, standing)).count();
        self.project = Arc::new(project);
        if left > 0 {
            let message = format!(
                "{left} values of {} came with an import that nobody stands for any more; they stay, because work rests on them",
                self.state.annotator
            );
            diagnostics.push(Diagnostic::new(Severity::Hint, "import_withdrawn", message));
        }
        Ok(())
    }
}

/// Names that mentions bear; see [`Sets::forms`].
#[derive(Clone, Debug, Default)]
pub struct SetNames {
    /// Folded form, number of mentions, how many of them name places; a form may come several times.
    pub forms: Vec<(String, u32, u32)>,
    /// Articles whose sets are not as the files have them.
    pub other: Vec<ArticleId>,
}

fn is_thing(place: &Place) -> bool {
    matches!(place, Place::Entity(_) | Place::Cluster(_) | Place::Topic(_))
}
