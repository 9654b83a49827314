//! Annotation sets on demand: who wants to read the set of an article opens the article first.
//!
//! In memory are the sets that were opened last and those that were changed since the last checkpoint. A file of sets
//! that turns out not to hold what it should is not believed from then on: the records are read again, unasked.

use std::collections::{BTreeMap, BTreeSet};

use super::prepared::Prepared;
use super::{Session, SessionError};
use crate::edit::{Edit, Place, State, references};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId};
use crate::storage::{Sets, Standing, StoreError};

/// So many articles are open before those that were not asked for the longest are let go.
const OPEN_LIMIT: usize = 256;

/// So many stay open then, and so many at most are opened again when the records were read again.
const OPEN_KEPT: usize = 64;
const OPENED_AGAIN: usize = 16;

/// Which sets are in memory.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// Own sets, with when they were asked for.
    own: BTreeMap<ArticleId, u64>,
    /// Sets of others.
    others: BTreeSet<(ArticleId, AnnotatorId)>,
    /// Own sets that have to stay: those that are not as [`Session::sets`] has them, with the number of the transaction
    /// that changed them last.
    pub(super) kept: BTreeMap<ArticleId, u64>,
    clock: u64,
}

impl Session {
    /// Makes sure that the own set of an article is in memory, so that [`Session::set`] tells what stands.
    /// [`Session::run`] does it by itself.
    ///
    /// # Errors
    /// [`SessionError::NoArticle`], or [`SessionError::Store`] where the records cannot be read.
    pub fn open_article(&mut self, article: &ArticleId) -> Result<(), SessionError> {
        if self.catalogue.idx_of(article).is_none() {
            return Err(SessionError::NoArticle { article: article.clone() });
        }
        self.learn_base(std::slice::from_ref(article));
        self.open_own(article)
    }

    /// Makes sure that somebody's set of an article is in memory, so that [`Session::set_of`] tells what stands.
    ///
    /// # Errors
    /// As [`Session::open_article`].
    pub fn open_set_of(&mut self, annotator: &AnnotatorId, article: &ArticleId) -> Result<(), SessionError> {
        if *annotator == self.annotator {
            return self.open_article(article);
        }
        if self.catalogue.idx_of(article).is_none() {
            return Err(SessionError::NoArticle { article: article.clone() });
        }
        let key = (article.clone(), annotator.clone());
        if self.opened.others.contains(&key) || !self.other_sets.contains_key(annotator) {
            return Ok(());
        }
        let places = match self.other_sets.get(annotator).map(|sets| sets.article(article)) {
            Some(Ok(places)) => places,
            Some(Err(_)) => {
                self.read_again()?;
                self.other_sets.get(annotator).map_or_else(|| Ok(BTreeMap::new()), |sets| sets.article(article))?
            }
            None => return Ok(()),
        };
        if let Some(state) = self.others.get_mut(annotator) {
            lay(state, &places);
        }
        self.opened.others.insert(key);
        Ok(())
    }

    /// As [`Session::open_article`], also for articles that no list shows.
    pub(super) fn open_own(&mut self, article: &ArticleId) -> Result<(), SessionError> {
        self.opened.clock += 1;
        let now = self.opened.clock;
        if let Some(used) = self.opened.own.get_mut(article) {
            *used = now;
            return Ok(());
        }
        if self.checkpoint.is_some() {
            // Files change under the thread that writes them. Only where this article's has been changed already,
            // nothing is left but to wait for the rest.
            if let Some(places) = self.sets.as_ref().and_then(|sets| sets.article_as_it_was(article)) {
                self.keep_open(article, places, now);
                return Ok(());
            }
            self.finish_checkpoint();
        }
        let places = match self.sets.as_ref().map(|sets| sets.article(article)) {
            None => BTreeMap::new(),
            Some(Ok(places)) => places,
            Some(Err(_)) => {
                self.read_again()?;
                if self.opened.own.contains_key(article) {
                    return Ok(());
                }
                self.sets.as_ref().map_or_else(|| Ok(BTreeMap::new()), |sets| sets.article(article))?
            }
        };
        self.keep_open(article, places, now);
        Ok(())
    }

    /// Takes in the set of an article that is not open, as it was read elsewhere.
    pub(super) fn put_set(&mut self, article: &ArticleId, places: BTreeMap<Place, Standing>) {
        self.opened.clock += 1;
        self.keep_open(article, places, self.opened.clock);
    }

    fn keep_open(&mut self, article: &ArticleId, places: BTreeMap<Place, Standing>, now: u64) {
        lay(&mut self.state, &places);
        self.standings.extend(places);
        self.opened.own.insert(article.clone(), now);
        self.let_go();
    }

    /// Lets sets go that were not asked for lately and are as the files have them.
    fn let_go(&mut self) {
        if self.opened.own.len() <= OPEN_LIMIT + self.opened.kept.len() {
            return;
        }
        let mut used: Vec<(u64, ArticleId)> =
            self.opened.own.iter().map(|(article, used)| (*used, article.clone())).collect();
        used.sort();
        used.truncate(used.len().saturating_sub(OPEN_KEPT));
        for (_, article) in used {
            if !self.opened.kept.contains_key(&article) {
                let places: Vec<Place> = self.state.places_of_set(&article);
                self.state.forget_set(&article);
                for place in &places {
                    self.standings.remove(place);
                }
                // Deleted places are in nobody's set.
                for place in &self.gone_places(&article) {
                    self.standings.remove(place);
                }
                self.opened.own.remove(&article);
            }
        }
    }

    /// Whether the own set of an article is in memory.
    pub(super) fn opened_has(&self, article: &ArticleId) -> bool {
        self.opened.own.contains_key(article)
    }

    /// Own sets in memory.
    pub(super) fn opened_articles(&self) -> BTreeSet<ArticleId> {
        self.opened.own.keys().cloned().collect()
    }

    fn gone_places(&self, article: &ArticleId) -> Vec<Place> {
        self.sets.as_ref().map(|sets| sets.gone(article)).unwrap_or_default()
    }

    /// Opens again what was open, after the records were read again.
    pub(super) fn open_again(&mut self) {
        let opened = std::mem::take(&mut self.opened);
        self.opened.clock = opened.clock;
        let mut used: Vec<(u64, ArticleId)> = opened.own.into_iter().map(|(article, used)| (used, article)).collect();
        used.sort();
        for (_, article) in used.iter().rev().take(OPENED_AGAIN) {
            // Who asks for an article that cannot be opened is told then.
            let _ = self.open_own(article);
        }
        for (article, annotator) in opened.others.into_iter().take(OPENED_AGAIN) {
            if self.opened.own.contains_key(&article) {
                let _ = self.open_set_of(&annotator, &article);
            }
        }
        for article in self.sets.as_ref().map(Sets::held_articles).unwrap_or_default() {
            if self.open_own(&article).is_ok() {
                self.opened.kept.insert(article, u64::MAX);
            }
        }
    }

    /// Reads sets from other files from now on, in which so many transactions of this session are in.
    pub(super) fn replace_sets(&mut self, sets: Sets, commits: u64) {
        // Names that mentions bear change with the own journals alone; what this session did itself is in them.
        let of_others = |sets: &Sets, own: u64| sets.transactions().saturating_sub(own);
        let is_same =
            self.sets.as_ref().is_some_and(|old| of_others(old, self.commits_in_sets) == of_others(&sets, commits));
        if !is_same {
            *self.forms.borrow_mut() = None;
        }
        self.commits_in_sets = commits;
        self.sets = Some(sets);
    }

    /// Reads the records again because a file did not hold what it should.
    fn read_again(&mut self) -> Result<(), SessionError> {
        self.wait_durable()?;
        let (prepared, _) = Prepared::read(&self.store, &self.annotator)?;
        self.absorb(prepared);
        Ok(())
    }

    /// Makes sure that everything is in memory that edits change, refer to, or take away under something.
    pub(super) fn open_around(&mut self, edits: &[Edit]) -> Result<(), SessionError> {
        let mut needed: BTreeSet<ArticleId> = BTreeSet::new();
        for edit in edits {
            needed.extend(edit.place.article().cloned());
            let referred = edit.after.iter().flat_map(|after| references(&edit.place, after));
            needed.extend(referred.filter_map(|place| place.article_of_set().cloned()));
        }
        for article in &needed {
            self.open_own(article)?;
            // What one of many needs must not make room for another of them.
            self.opened.kept.entry(article.clone()).or_insert(self.commits);
        }
        for edit in edits.iter().filter(|edit| edit.after.is_none() && edit.before.is_some()) {
            self.open_referrer(&edit.place)?;
        }
        Ok(())
    }

    /// Opens an article that refers to the thing, if one that is not open does.
    fn open_referrer(&mut self, place: &Place) -> Result<(), SessionError> {
        let may_refer = self.sets.as_ref().map(|sets| sets.may_refer(place)).unwrap_or_default();
        for article in may_refer {
            if self.opened.own.contains_key(&article) {
                continue;
            }
            let Some(found) = self.sets.as_ref().map(|sets| sets.article(&article)) else { return Ok(()) };
            let Ok(places) = found else {
                self.read_again()?;
                return self.open_referrer(place);
            };
            let mut values = places.iter().filter_map(|(of, standing)| Some((of, standing.value.as_ref()?)));
            if values.any(|(of, value)| references(of, value).contains(place)) {
                return self.open_own(&article);
            }
        }
        Ok(())
    }

    /// Somebody's set of an article, in memory or not.
    pub(super) fn load_set(&self, annotator: &AnnotatorId, article: &ArticleId) -> Result<AnnotationSet, StoreError> {
        let is_own = *annotator == self.annotator;
        if is_own && self.opened.own.contains_key(article) {
            return Ok(self.set(article).clone());
        }
        let sets = if is_own { self.sets.as_ref() } else { self.other_sets.get(annotator) };
        let Some(sets) = sets.filter(|sets| sets.has(article)) else { return Ok(AnnotationSet::default()) };
        let mut state = State::default();
        lay(&mut state, &sets.article(article)?);
        Ok(state.take_set(article))
    }

    /// Visits the sets that hold something, of `annotators` (all if none are named) on `articles` (all if none are
    /// named): articles in project order, annotators in theirs. Holds one shard at a time, and changes nothing of what
    /// is open.
    ///
    /// # Errors
    /// [`SessionError::Store`] where the records cannot be read.
    pub fn for_each_set(
        &self,
        annotators: Option<&[AnnotatorId]>,
        articles: Option<&[ArticleId]>,
        visit: &mut dyn FnMut(&ArticleId, &AnnotatorId, &AnnotationSet),
    ) -> Result<(), SessionError> {
        let everybody = self.annotators();
        let chosen = annotators.unwrap_or(&everybody);
        let wanted: Vec<usize> = match articles {
            Some(articles) => {
                let found: BTreeSet<usize> = articles.iter().filter_map(|id| self.catalogue.idx_of(id)).collect();
                found.into_iter().collect()
            }
            None => (0..self.catalogue.len()).collect(),
        };
        for id in wanted.into_iter().filter_map(|idx| self.catalogue.row(idx)).map(|row| row.id()) {
            for annotator in chosen {
                let set = self.load_set(annotator, &id)?;
                if !set.is_empty() {
                    visit(&id, annotator, &set);
                }
            }
        }
        Ok(())
    }

    /// Opens every set of everybody: for small projects and tests.
    ///
    /// # Errors
    /// As [`Session::open_article`].
    pub fn open_all(&mut self) -> Result<(), SessionError> {
        let articles: Vec<ArticleId> = self.catalogue.rows().map(|row| row.id()).collect();
        for article in articles {
            self.open_article(&article)?;
            self.opened.kept.insert(article.clone(), u64::MAX);
            for annotator in self.annotators() {
                self.open_set_of(&annotator, &article)?;
            }
        }
        Ok(())
    }

    /// What is read of the project again from its records, in place of what was known.
    pub(super) fn absorb(&mut self, prepared: Prepared) {
        self.recent.clear();
        self.absorbed = self.commits;
        drop(self.swap(prepared));
    }
}

/// Lays the values of an article's places over a state.
pub(super) fn lay(state: &mut State, places: &BTreeMap<Place, Standing>) {
    for (place, standing) in places {
        if let Some(value) = &standing.value {
            state.overlay(place, Some(value.clone()));
        }
    }
}
