//! Counts over the whole project: how far everybody is, what was marked, and when articles were finished.

use std::collections::{BTreeMap, BTreeSet};

use super::history::History;
use super::listing::is_done as counts_as_done;
use super::{Session, SessionError};
use crate::edit::{Content, Place};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId, LabelId, Status};

/// Counts of one annotator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatorStatistics {
    /// Articles by status. Work that was begun without a change of status counts as in progress, as in the catalogue.
    pub statuses: BTreeMap<Status, usize>,
    /// Mentions by label.
    pub labels: BTreeMap<LabelId, usize>,
    /// Number of mentions.
    pub mentions: usize,
    /// Number of claims.
    pub claims: usize,
    /// Number of stances.
    pub stances: usize,
}

/// Counts over the whole project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Number of articles.
    pub articles: usize,
    /// Everybody with work in the project.
    pub annotators: BTreeMap<AnnotatorId, AnnotatorStatistics>,
    /// Names that annotators gave themselves.
    pub names: BTreeMap<AnnotatorId, String>,
    /// Articles that somebody finished, by UTC day (`2026-11-25`) and annotator. An article counts on the day on which
    /// it was last marked as done.
    pub days: BTreeMap<String, BTreeMap<AnnotatorId, usize>>,
}

impl Statistics {
    /// Mentions of all annotators by label.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<LabelId, usize> {
        let mut all = BTreeMap::new();
        for (label, count) in self.annotators.values().flat_map(|one| &one.labels) {
            *all.entry(label.clone()).or_default() += count;
        }
        all
    }
}

impl Session {
    /// Counts everything. `watch` hears of articles and answers whether to go on; nothing where it did not.
    ///
    /// # Errors
    /// [`SessionError::Store`] where the records cannot be read.
    pub fn statistics(&self, watch: &mut dyn FnMut(usize, usize) -> bool) -> Result<Option<Statistics>, SessionError> {
        let total = self.catalogue().len();
        let mut found = Statistics { articles: total, ..Statistics::default() };
        for id in self.annotators() {
            if let Some(name) =
                self.state_of(&id).and_then(|state| state.profile()).map(|profile| &profile.display_name)
                && !name.is_empty()
            {
                found.names.insert(id.clone(), name.clone());
            }
            found.annotators.insert(id, AnnotatorStatistics::default());
        }
        let (mut goes_on, mut done, mut last) = (watch(0, total), 0, None);
        self.for_each_set(None, None, &mut |article, annotator, set| {
            if !goes_on {
                return;
            }
            if last.as_ref() != Some(article) {
                last = Some(article.clone());
                done += 1;
                if done % 256 == 0 {
                    goes_on = watch(done, total);
                }
            }
            found.annotators.entry(annotator.clone()).or_default().add(set);
        })?;
        if !goes_on {
            return Ok(None);
        }
        for one in found.annotators.values_mut() {
            let begun: usize = one.statuses.values().sum();
            let rest = total.saturating_sub(begun);
            if rest > 0 {
                *one.statuses.entry(Status::New).or_default() += rest;
            }
        }
        found.days = if self.history_is_whole() {
            days_done(&self.history)
        } else {
            let mut history = History::from_lines(self.store().read_history(&self.annotators(), usize::MAX)?);
            history.take_in(self.history.iter().map(|(line, _)| line.clone()).collect());
            days_done(&history)
        };
        Ok(watch(total, total).then_some(found))
    }
}

/// On which UTC day articles were finished: the last time that each annotator marked each as done, where that stands.
fn days_done(history: &History) -> BTreeMap<String, BTreeMap<AnnotatorId, usize>> {
    let is_done =
        |content: &Option<Content>| matches!(content, Some(Content::Status(value)) if counts_as_done(value.status));
    let mut days: BTreeMap<String, BTreeMap<AnnotatorId, usize>> = BTreeMap::new();
    let mut seen: BTreeSet<(&AnnotatorId, &ArticleId)> = BTreeSet::new();
    for (line, undone) in history.iter().rev() {
        if undone || line.transaction.reverses.is_some() {
            continue;
        }
        for edit in &line.transaction.edits {
            let Place::Status(article) = &edit.place else { continue };
            // The newest word about an article decides; a second "done" on top of a done one is not a new one.
            if is_done(&edit.after) && is_done(&edit.before) {
                continue;
            }
            if seen.insert((&line.annotator, article)) && is_done(&edit.after) {
                let day = line.transaction.at.date().to_owned();
                *days.entry(day).or_default().entry(line.annotator.clone()).or_default() += 1;
            }
        }
    }
    days
}

impl AnnotatorStatistics {
    fn add(&mut self, set: &AnnotationSet) {
        let has_work = !(set.mentions.is_empty() && set.claims.is_empty() && set.stances.is_empty());
        let status = if set.status == Status::New && has_work { Status::InProgress } else { set.status };
        *self.statuses.entry(status).or_default() += 1;
        for mention in set.mentions.values() {
            *self.labels.entry(mention.label.clone()).or_default() += 1;
        }
        self.mentions += set.mentions.len();
        self.claims += set.claims.len();
        self.stances += set.stances.len();
    }
}
