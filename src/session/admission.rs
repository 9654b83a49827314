//! Which records of a file belong to articles that the project has.
//!
//! A record with the name and text of an article here adds its annotations to that article, however the article came
//! in. A record with such a name and another text is a newer version, unless it brings annotations: those would stand on
//! a text that is not the one here, so the record is left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Session;
use crate::model::{ArticleFacts, ArticleId, Diagnostic, Exchange, ExchangeArticle, Severity};
use crate::storage::{Articles, Store};

/// What a project knows by name; taken when an import starts, so that it can run on a thread of its own.
#[derive(Debug)]
pub(super) struct Admission {
    store: Store,
    articles: Arc<Articles>,
}

impl Admission {
    /// What `session` knows now.
    pub fn of(session: &Session) -> Self {
        Self { store: session.store.clone(), articles: Arc::clone(session.catalogue.articles()) }
    }

    /// Gives records the identity of the articles they belong to, and takes out those that cannot be.
    pub fn admit(&self, exchange: &mut Exchange) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut renamed: BTreeMap<ArticleId, ArticleId> = BTreeMap::new();
        exchange.articles.retain_mut(|article| {
            let before = article.facts.id.clone();
            let (stays, found) = self.admit_one(article);
            findings.extend(found);
            if stays && before != article.facts.id {
                renamed.insert(before, article.facts.id.clone());
            }
            stays
        });
        if !renamed.is_empty() {
            let references = exchange.articles.iter_mut().flat_map(|article| article.sets.values_mut());
            for reference in references.flat_map(crate::model::AnnotationSet::references_mut) {
                if let crate::model::Ref::ClaimOf(article, _) = reference
                    && let Some(id) = renamed.get(article)
                {
                    *article = id.clone();
                }
            }
        }
        findings
    }

    /// Whether the project has this article.
    pub fn knows(&self, article: &ArticleId) -> bool {
        self.articles.idx_of(article).is_some()
    }

    /// Gives one record the identity of the article it belongs to. Answers whether it may stay; the findings say why not.
    pub fn admit_one(&self, article: &mut ExchangeArticle) -> (bool, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let stays = self.admit_into(article, &mut findings);
        (stays, findings)
    }

    fn admit_into(&self, article: &mut ExchangeArticle, findings: &mut Vec<Diagnostic>) -> bool {
        let known = self.articles.all_called(&article.name);
        let known: Vec<ArticleId> =
            known.into_iter().filter_map(|idx| self.articles.get(idx)).map(|entry| entry.id()).collect();
        if known.is_empty() || known.contains(&article.facts.id) {
            return true;
        }
        let mut difference = None;
        for id in known {
            let Ok(text) = self.store.text(&id) else { continue };
            if text == article.text
                && let Ok(facts) = self.store.facts(&id)
            {
                // The facts of both imports are then the same, whichever is read; corrections are edits over them.
                article.facts = ArticleFacts { version_of: None, ..facts };
                return true;
            }
            difference.get_or_insert_with(|| first_difference(&text, &article.text));
        }
        let (Some(at), true) = (difference, article.sets.values().any(|set| !set.is_empty())) else { return true };
        let message = format!(
            "The article {:?} is here with another text, first different at byte {at}, so the annotations of this record do not fit it; the record was left out. Give the article another id, or mend its text.",
            article.name
        );
        findings.push(Diagnostic::new(Severity::Error, "same_id_other_text", message));
        false
    }
}

/// The byte at which two texts begin to differ.
fn first_difference(a: &str, b: &str) -> usize {
    let at = a.char_indices().zip(b.chars()).find(|((_, left), right)| left != right);
    at.map_or_else(|| a.len().min(b.len()), |((at, _), _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_a_byte_of_the_first_text() {
        assert_eq!(first_difference("\u{E9}a", "\u{E9}b"), 2);
        assert_eq!(first_difference("ab", "abc"), 2);
        assert_eq!(first_difference("", "abc"), 0);
    }
}
