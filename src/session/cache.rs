//! What is kept of the articles that are looked at: texts, words, sentences. Memory follows what is open.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Checks;
use crate::edit::{Edit, Place};
use crate::model::{Article, ArticleId, BlobId, MentionId};
use crate::text::{CueHit, Span, WordCounts};

/// At most this many articles are kept.
const KEPT_ARTICLES: usize = 16;

/// What was computed of one article; each part is absent until somebody asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub text: Option<Arc<str>>,
    pub article: Option<Arc<Article>>,
    pub words: Option<Arc<[Span]>>,
    pub counts: Option<Arc<WordCounts>>,
    pub sentences: Option<Arc<[Span]>>,
    pub order: Option<Arc<[MentionId]>>,
    /// With the scheme whose lists they were found by.
    pub cues: Option<(BlobId, Arc<[CueHit]>)>,
    /// With the revision they were found at: they depend on more than the article.
    pub checks: Option<(u64, Arc<Checks>)>,
    used: u64,
}

/// The articles that were asked for last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cache {
    kept: BTreeMap<ArticleId, Kept>,
    clock: u64,
}

impl Cache {
    /// The place of an article; the one that was not asked for the longest makes room.
    pub fn of(&mut self, article: &ArticleId) -> &mut Kept {
        self.clock += 1;
        if !self.kept.contains_key(article) && self.kept.len() >= KEPT_ARTICLES {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used).map(|(id, _)| id.clone());
            if let Some(oldest) = oldest {
                self.kept.remove(&oldest);
            }
        }
        let kept = self.kept.entry(article.clone()).or_default();
        kept.used = self.clock;
        kept
    }

    /// Forgets what an edit makes stale. The text of an article never changes.
    pub fn after_edit(&mut self, edit: &Edit) {
        let Some(kept) = edit.place.article().and_then(|article| self.kept.get_mut(article)) else { return };
        match &edit.place {
            Place::Mention(..) => kept.order = None,
            place if place.is_shared() => {
                kept.article = None;
                kept.sentences = None;
                kept.cues = None;
            }
            _ => {}
        }
    }

    /// Forgets everything but texts.
    pub fn after_reload(&mut self) {
        for kept in self.kept.values_mut() {
            *kept = Kept { text: kept.text.take(), words: kept.words.take(), used: kept.used, ..Kept::default() };
        }
    }
}
