//! Reading a project: what the text functions say of an article, with what the annotator knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::known::{AllKnown, SetForms};
use super::{Session, SessionError};
use crate::model::{ArticleId, AttributeValue};
use crate::text::{
    Ladder, LadderContext, Purpose, SentenceRules, Span, WordCounts, clitic::norm, ladder, sentences, tokens, word_at,
};

/// Words are counted in so much of an article: enough to tell a name from its stack, and little enough that a book does
/// not hold up the first key.
const COUNTED_BYTES: usize = 128 * 1024;

/// The beginning of a text in which words are counted.
fn head(text: &str) -> &str {
    let end = (0..=COUNTED_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

impl Session {
    /// The words of an article in text order: what double-click selects.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn words(&self, article: &ArticleId) -> Result<Arc<[Span]>, SessionError> {
        let text = Arc::clone(&self.article(article)?.text);
        let mut cache = self.cache.borrow_mut();
        let find = || tokens(&text).into_iter().filter(|token| token.kind.is_word()).map(|token| token.span).collect();
        Ok(Arc::clone(cache.of(article).words.get_or_insert_with(find)))
    }

    /// The sentences of an article in text order, without those of regions that are left out.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn sentences(&self, article: &ArticleId) -> Result<Arc<[Span]>, SessionError> {
        let loaded = self.article(article)?;
        let mut cache = self.cache.borrow_mut();
        let find = || {
            let overrides = self.corrections(article).boundaries.clone();
            let rules = SentenceRules { language: loaded.facts.language.clone(), overrides };
            let left_out =
                |span: Span| loaded.facts.regions.iter().any(|region| !region.include && region.span.overlaps(span));
            sentences(&loaded.text, &rules).into_iter().filter(|span| !left_out(*span)).collect()
        };
        Ok(Arc::clone(cache.of(article).sentences.get_or_insert_with(find)))
    }

    /// The clitic ladder of a span: start edges of its first word, end edges of its last, and the default.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn ladder(&self, article: &ArticleId, span: Span) -> Result<Ladder, SessionError> {
        self.ladder_for(article, span, Purpose::Mention)
    }

    /// As [`Session::ladder`], for claim content and cues too.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn ladder_for(&self, article: &ArticleId, span: Span, purpose: Purpose) -> Result<Ladder, SessionError> {
        self.with_context(article, purpose, |text, context| ladder(text, span, context))
    }

    /// The full form of a span, where its stored letters lack some.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn norm(&self, article: &ArticleId, span: Span) -> Result<Option<String>, SessionError> {
        self.with_context(article, Purpose::Mention, |text, context| norm(text, span, context))
    }

    /// The ladder of the word at a byte (or that ends there): its `default` is what a label key takes when nothing is
    /// selected. None between words.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn suggest_span(&self, article: &ArticleId, at: usize) -> Result<Option<Ladder>, SessionError> {
        let text = Arc::clone(&self.article(article)?.text);
        word_at(&text, at).map(|word| self.ladder(article, word)).transpose()
    }

    /// Names that the own mentions and entities bear, of sets in memory and not.
    fn names(&self) -> SetForms {
        let mut forms = SetForms::default();
        for entity in self.state.entities().values() {
            forms.change_entity(entity, true);
        }
        // A file that does not hold what it should is found out when its articles are opened; then names are looked for
        // again.
        let filed = self.sets.as_ref().and_then(|sets| Some((sets, sets.forms().ok()?)));
        let mut other: BTreeSet<ArticleId> = self.opened_articles();
        if let Some((sets, names)) = filed {
            forms.add_filed(names.forms);
            other.extend(names.other);
            for places in other.iter().filter_map(|article| sets.as_filed(article).ok()).flatten() {
                let values = places.into_values().filter_map(|standing| standing.value);
                for value in values {
                    forms.change(Some(&value), None);
                }
            }
        }
        for set in other.iter().filter_map(|article| self.load_set(&self.annotator, article).ok()) {
            for mention in set.mentions.values() {
                forms.change_mention(mention, true);
            }
        }
        forms
    }

    /// Finds the names that the own work bears, which the clitic ladder asks for: for the thread that opens a project,
    /// so that the first key does not wait for them.
    pub fn know_names(&self) {
        self.forms.borrow_mut().get_or_insert_with(|| self.names());
    }

    fn with_context<T>(
        &self,
        article: &ArticleId,
        purpose: Purpose,
        ask: impl FnOnce(&str, &LadderContext<'_>) -> T,
    ) -> Result<T, SessionError> {
        let loaded = self.article(article)?;
        let counts = {
            let mut cache = self.cache.borrow_mut();
            let count = || Arc::new(WordCounts::of(head(&loaded.text)));
            Arc::clone(cache.of(article).counts.get_or_insert_with(count))
        };
        let mut forms = self.forms.borrow_mut();
        let forms = forms.get_or_insert_with(|| self.names());
        let variety = self.set(article).fields.get("variety");
        let is_dialect = matches!(
            variety,
            Some(AttributeValue::Text(variety)) if !matches!(variety.as_str(), "msa" | "unknown")
        );
        let context = LadderContext {
            language: &loaded.facts.language,
            known: &AllKnown(forms),
            counts: &counts,
            purpose,
            pronouns: self.scheme.annotate_pronouns,
            dialect: is_dialect,
        };
        Ok(ask(&loaded.text, &context))
    }
}
