//! What the checks find in somebody's work on an article, and what of it was dismissed.

use std::sync::Arc;

use super::{Session, SessionError, plan};
use crate::edit::{Place, State};
use crate::model::{About, AnnotationSet, AnnotatorId, ArticleId, Finding, Rule, Surroundings, findings};

/// The findings about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Those that stand: worst first, and then in text order.
    pub open: Vec<Finding>,
    /// Those that were dismissed, each with the reason; in the same order. A dismissal of something that is found no more
    /// is not among them.
    pub dismissed: Vec<(Finding, String)>,
}

impl Checks {
    /// The findings that stand, without what is held: that has a list of its own, beside the clashes.
    pub fn listed(&self) -> impl Iterator<Item = &Finding> {
        self.open.iter().filter(|finding| finding.rule != Rule::Held)
    }

    /// How many findings stand, as [`Checks::listed`].
    #[must_use]
    pub fn count(&self) -> usize {
        self.listed().count()
    }
}

impl Session {
    /// What is worth a look in the own work on an article. Kept until something changes.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn checks(&self, article: &ArticleId) -> Result<Arc<Checks>, SessionError> {
        let kept = self.cache.borrow_mut().of(article).checks.clone();
        if let Some((revision, checks)) = kept
            && revision == self.revision
        {
            return Ok(checks);
        }
        let checks = Arc::new(self.find(&self.state, article, self.set(article), self.held_things(article))?);
        self.cache.borrow_mut().of(article).checks = Some((self.revision, Arc::clone(&checks)));
        Ok(checks)
    }

    /// As [`Session::checks`], in somebody's work, in memory or not; nothing where that person did no work on the
    /// article. Not kept.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn checks_of(&self, annotator: &AnnotatorId, article: &ArticleId) -> Result<Arc<Checks>, SessionError> {
        let Some(state) = self.state_of(annotator).filter(|_| *annotator != self.annotator) else {
            return self.checks(article);
        };
        let set = self.load_set(annotator, article)?;
        if set.is_empty() {
            return Ok(Arc::default());
        }
        Ok(Arc::new(self.find(state, article, &set, Vec::new())?))
    }

    fn find(
        &self,
        state: &State,
        article: &ArticleId,
        set: &AnnotationSet,
        also: Vec<Finding>,
    ) -> Result<Checks, SessionError> {
        // Sentences take longer to find than all the rest, and only cues are asked where they stand.
        let has_cue = set.claims.values().flat_map(|claim| &claim.chain).any(|link| link.cue.is_some());
        let sentences = if has_cue { self.sentences(article)? } else { Arc::default() };
        let around = Surroundings {
            scheme: &self.scheme,
            entities: state.entities(),
            clusters: state.clusters(),
            topics: state.topics(),
            sentences: &sentences,
        };
        let mut checks = Checks::default();
        for finding in findings(&*self.article(article)?, set, &around).into_iter().chain(also) {
            match set.dismissed.get(&finding.key()) {
                Some(reason) => checks.dismissed.push((finding, reason.clone())),
                None => checks.open.push(finding),
            }
        }
        Ok(checks)
    }

    /// Things that were deleted elsewhere, and stand because something refers to them.
    fn held_things(&self, article: &ArticleId) -> Vec<Finding> {
        let here = |place: &Place| place.article().is_none_or(|of| of == article);
        let finding = |place: &Place| {
            let (what, id) = plan::named(place);
            let with = vec![("id", format!("{what} {id}"))];
            Finding { rule: Rule::Held, about: about(place), span: None, with }
        };
        self.held().map(|(place, _)| place).filter(|place| here(place)).map(finding).collect()
    }
}

fn about(place: &Place) -> About {
    match place {
        Place::Mention(_, id) => About::Mention(id.clone()),
        Place::Claim(_, id) => About::Claim(id.clone()),
        Place::Stance(_, id) => About::Stance(id.clone()),
        Place::Entity(id) => About::Entity(id.clone()),
        Place::Cluster(id) => About::Cluster(id.clone()),
        Place::Topic(id) => About::Topic(id.clone()),
        _ => About::Article,
    }
}
