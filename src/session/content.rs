//! Reading a project: articles and what people said about them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{ArticleRow, Catalogue, Session, SessionError, open};
use crate::edit::{Corrections, State};
use crate::model::{
    AnnotationSet, AnnotatorId, Article, ArticleId, ClaimCluster, ClusterId, Direction, Entity, EntityId, MentionId,
    Profile, Topic, TopicId,
};

static NO_WORK: LazyLock<AnnotationSet> = LazyLock::new(AnnotationSet::default);
static NO_CORRECTIONS: LazyLock<Corrections> = LazyLock::new(Corrections::default);

impl Session {
    /// The articles in project order. Cheap: call it in every frame.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The row of an article.
    #[must_use]
    pub fn row(&self, article: &ArticleId) -> Option<ArticleRow<'_>> {
        self.catalogue.idx_of(article).and_then(|idx| self.catalogue.row(idx))
    }

    /// The article that people call `name`: by its name in the project, or by its id.
    #[must_use]
    pub fn article_from_name(&self, name: &str) -> Option<ArticleId> {
        let articles = self.catalogue.articles();
        let idx = articles.idx_of_name(name).or_else(|| articles.idx_of(&ArticleId::from(name)))?;
        articles.get(idx).map(|entry| entry.id())
    }

    /// An article with its text and corrected facts; kept while it is among the last that were asked for.
    ///
    /// # Errors
    /// [`SessionError::NoArticle`], or [`SessionError::Store`] where its text cannot be read or is not what was imported.
    pub fn article(&self, article: &ArticleId) -> Result<Arc<Article>, SessionError> {
        if self.catalogue.idx_of(article).is_none() {
            return Err(SessionError::NoArticle { article: article.clone() });
        }
        let mut cache = self.cache.borrow_mut();
        let kept = cache.of(article);
        if let Some(article) = &kept.article {
            return Ok(Arc::clone(article));
        }
        let text = match &kept.text {
            Some(text) => Arc::clone(text),
            None => Arc::clone(kept.text.insert(self.store.text(article)?)),
        };
        let facts = open::corrected_facts(self.store.facts(article)?, &self.state);
        Ok(Arc::clone(kept.article.insert(Arc::new(Article { facts, text }))))
    }

    /// The facts of an article as its import gave them, without corrections. Reads them from the disk.
    ///
    /// # Errors
    /// [`SessionError::Store`] where they cannot be read.
    pub fn imported_facts(&self, article: &ArticleId) -> Result<crate::model::ArticleFacts, SessionError> {
        Ok(self.store.facts(article)?)
    }

    /// Who stands for an import.
    #[must_use]
    pub fn standing_for(&self, import: &crate::model::ImportId) -> Vec<AnnotatorId> {
        let stands = |id: &AnnotatorId| self.state_of(id).is_some_and(|state| state.registrations().contains(import));
        self.annotators().into_iter().filter(stands).collect()
    }

    /// The own work on an article; empty where there is none.
    #[must_use]
    pub fn set(&self, article: &ArticleId) -> &AnnotationSet {
        self.state.set(article).unwrap_or(&NO_WORK)
    }

    /// The own note on an article, in memory or not.
    ///
    /// # Errors
    /// [`SessionError::Store`] where the records cannot be read.
    pub fn note_on(&self, article: &ArticleId) -> Result<String, SessionError> {
        Ok(self.load_set(&self.annotator, article)?.note)
    }

    /// Somebody's work on an article; empty where there is none.
    #[must_use]
    pub fn set_of(&self, annotator: &AnnotatorId, article: &ArticleId) -> &AnnotationSet {
        self.state_of(annotator).and_then(|state| state.set(article)).unwrap_or(&NO_WORK)
    }

    /// Values of the own and the shared places, as this annotator sees them.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Values of somebody's own places; of other annotators as they were when the project was read.
    #[must_use]
    pub fn state_of(&self, annotator: &AnnotatorId) -> Option<&State> {
        if *annotator == self.annotator { Some(&self.state) } else { self.others.get(annotator) }
    }

    /// The own entities.
    #[must_use]
    pub fn entities(&self) -> &BTreeMap<EntityId, Entity> {
        self.state.entities()
    }

    /// The own clusters of claims.
    #[must_use]
    pub fn clusters(&self) -> &BTreeMap<ClusterId, ClaimCluster> {
        self.state.clusters()
    }

    /// The own topics.
    #[must_use]
    pub fn topics(&self) -> &BTreeMap<TopicId, Topic> {
        self.state.topics()
    }

    /// What the annotator says about themselves.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        self.state.profile()
    }

    /// What was corrected about an article; directions of its paragraphs stand here.
    #[must_use]
    pub fn corrections(&self, article: &ArticleId) -> &Corrections {
        self.state.corrections(article).unwrap_or(&NO_CORRECTIONS)
    }

    /// Directions given to single paragraphs, by the paragraph's first byte.
    #[must_use]
    pub fn paragraph_directions(&self, article: &ArticleId) -> &BTreeMap<usize, Direction> {
        &self.corrections(article).directions
    }

    /// The own mentions of an article in reading order: by first byte, longest first.
    #[must_use]
    pub fn mention_order(&self, article: &ArticleId) -> Arc<[MentionId]> {
        let mut cache = self.cache.borrow_mut();
        let order = &mut cache.of(article).order;
        let sorted = || self.set(article).mentions_in_order().into_iter().map(|mention| mention.id.clone()).collect();
        Arc::clone(order.get_or_insert_with(sorted))
    }
}
