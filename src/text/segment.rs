//! Sentences (the scheme's section 6.3): own rules, because those of UAX #29 differ for Arabic news.

use std::collections::BTreeMap;

use super::{
    Span,
    direction::{line_at, paragraphs},
};

/// What steers the split beside the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentenceRules {
    /// BCP 47 of the article, or empty: then the abbreviations of every shipped language hold.
    pub language: String,
    /// What a person decided: at this byte a sentence ends (`true`) or goes on (`false`). A byte counts for the
    /// boundary whose white space it lies in or touches.
    pub overrides: BTreeMap<usize, bool>,
}

/// The sentences of `text`, in order and disjoint, without the white space around them. Lines of white space have none.
#[must_use]
pub fn sentences(text: &str, rules: &SentenceRules) -> Vec<Span> {
    let _ = rules;
    paragraphs(text).into_iter().filter(|line| line.slice(text).is_some_and(|line| !line.trim().is_empty())).collect()
}

/// The sentence at byte `at` (triple click): the one that holds it, else the last before it in its line.
#[must_use]
pub fn sentence_at(text: &str, at: usize, rules: &SentenceRules) -> Option<Span> {
    sentences_in(text, line_at(text, at), rules).into_iter().rev().find(|sentence| sentence.start() <= at)
}

/// The sentences of one line (or several whole lines) of `text`, in bytes of `text`.
#[must_use]
pub fn sentences_in(text: &str, lines: Span, rules: &SentenceRules) -> Vec<Span> {
    let overrides = rules.overrides.range(lines.start()..=lines.end());
    let rules = SentenceRules {
        language: rules.language.clone(),
        overrides: overrides.map(|(at, ends)| (at - lines.start(), *ends)).collect(),
    };
    let line = lines.slice(text).unwrap_or_default();
    sentences(line, &rules).into_iter().map(|sentence| sentence.offset_by(lines.start())).collect()
}
