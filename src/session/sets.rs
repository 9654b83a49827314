//! Annotation sets on demand: who wants to read the set of an article opens the article first.

use std::collections::BTreeSet;

use super::{Session, SessionError};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId};

impl Session {
    /// Makes sure that the own set of an article is in memory, so that [`Session::set`] tells what stands.
    /// [`Session::run`] does it by itself.
    ///
    /// # Errors
    /// [`SessionError::NoArticle`], or [`SessionError::Store`] where the records cannot be read.
    pub fn open_article(&mut self, article: &ArticleId) -> Result<(), SessionError> {
        if self.catalogue.idx_of(article).is_some() {
            self.learn_base(std::slice::from_ref(article));
            Ok(())
        } else {
            Err(SessionError::NoArticle { article: article.clone() })
        }
    }

    /// Makes sure that somebody's set of an article is in memory, so that [`Session::set_of`] tells what stands.
    ///
    /// # Errors
    /// As [`Session::open_article`].
    pub fn open_set_of(&mut self, _annotator: &AnnotatorId, article: &ArticleId) -> Result<(), SessionError> {
        self.open_article(article)
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
        let wanted: Option<BTreeSet<&ArticleId>> = articles.map(|articles| articles.iter().collect());
        let everybody = self.annotators();
        let chosen = annotators.unwrap_or(&everybody);
        for entry in self.catalogue.articles().iter() {
            let id = &entry.id();
            if wanted.as_ref().is_some_and(|wanted| !wanted.contains(id)) {
                continue;
            }
            for annotator in chosen {
                if let Some(set) = self.state_of(annotator).and_then(|state| state.set(id)) {
                    visit(id, annotator, set);
                }
            }
        }
        Ok(())
    }
}
