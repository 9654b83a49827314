//! Clitic ladders (the scheme's section 6.1): where the edges of a mention may lie inside a word, and which to offer.

use std::collections::{BTreeMap, BTreeSet};

use super::{FoldLevel, Span, fold_key, tokens};

/// How a form equals a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Equal at F1.
    Exact,
    /// Equal at F2 only; ranked after.
    Folded,
}

/// What is known as a name or mention: the annotator's mentions, the project's entities, attached and shipped lists.
pub trait Known {
    /// Whether and how `form` (stored spelling, not folded) is known.
    fn known(&self, form: &str) -> Option<Match>;

    /// Whether `form` is known at F1 or F2 as the name of a place or of its people (labels GPE, LOC, NORP).
    fn is_place_or_norp(&self, form: &str) -> bool;
}

/// A plain set of known forms. Add texts, norms, names and aliases; folding is done here.
#[derive(Clone, Debug, Default)]
pub struct KnownForms {
    exact: BTreeSet<String>,
    folded: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl KnownForms {
    /// Adds a form; `place_or_norp` where its label is GPE, LOC or NORP.
    pub fn insert(&mut self, form: &str, place_or_norp: bool) {
        let exact = fold_key(form, FoldLevel::F1);
        if exact.is_empty() {
            return;
        }
        let folded = fold_key(&exact, FoldLevel::F2);
        if place_or_norp {
            self.places.insert(folded.clone());
        }
        self.exact.insert(exact);
        self.folded.insert(folded);
    }
}

impl Known for KnownForms {
    fn known(&self, form: &str) -> Option<Match> {
        let exact = fold_key(form, FoldLevel::F1);
        if self.exact.contains(&exact) {
            Some(Match::Exact)
        } else {
            self.folded.contains(&fold_key(&exact, FoldLevel::F2)).then_some(Match::Folded)
        }
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.places.contains(&fold_key(form, FoldLevel::F2))
    }
}

/// Several sources of known forms as one; the better match wins.
impl Known for [&dyn Known] {
    fn known(&self, form: &str) -> Option<Match> {
        self.iter().filter_map(|known| known.known(form)).min()
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.iter().any(|known| known.is_place_or_norp(form))
    }
}

/// How often each whole word stands in the texts at hand, by F1 key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    counts: BTreeMap<String, u32>,
}

impl WordCounts {
    /// The counts of one text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut counts = Self::default();
        counts.add(text);
        counts
    }

    /// Adds the words of `text`.
    pub fn add(&mut self, text: &str) {
        for token in tokens(text) {
            if token.kind.is_word()
                && let Some(word) = token.span.slice(text)
            {
                *self.counts.entry(fold_key(word, FoldLevel::F1)).or_default() += 1;
            }
        }
    }

    /// How often `form` stands as a whole word.
    #[must_use]
    pub fn count(&self, form: &str) -> u32 {
        self.counts.get(&fold_key(form, FoldLevel::F1)).copied().unwrap_or(0)
    }
}

/// What the ladder is for: it decides how much a default cuts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A mention or a source: the whole stack may go.
    #[default]
    Mention,
    /// Claim content or a cue: the conjunction alone is cut by default.
    Content,
}

/// What the ladder knows beside the text.
#[derive(Clone, Copy)]
pub struct LadderContext<'a> {
    /// BCP 47 of the article, or empty: then the word's script decides.
    pub language: &'a str,
    /// Known names.
    pub known: &'a dyn Known,
    /// Whole words of the texts at hand.
    pub counts: &'a WordCounts,
    /// Mention and source, or claim content and cue.
    pub purpose: Purpose,
    /// Whether the project annotates pronouns: then enclitics are offered as spans of their own.
    pub pronouns: bool,
    /// Whether the text is in a dialect (or the user turned its stacks on).
    pub dialect: bool,
}

/// An edge that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Byte of the article's text.
    pub at: usize,
    /// The full form of the selection with this edge and the default other one, where the stored letters lack some.
    pub norm: Option<String>,
    /// Other full forms that the inspector offers, best first, without `norm`. The empty string stands for none.
    pub other_norms: Vec<String>,
}

/// The edges of one selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// Start edges, from the widest (the word's start) inwards. Never empty.
    pub starts: Vec<Rung>,
    /// End edges, from the widest (the word's end) inwards. Never empty.
    pub ends: Vec<Rung>,
    /// What is offered first.
    pub default: Span,
    /// The full form of `default`, where it lacks letters.
    pub norm: Option<String>,
    /// The enclitic pronoun at the word's end, where the project annotates pronouns.
    pub pronoun: Option<Span>,
}

/// The ladder of `span` in `text`: start rungs of its first word, end rungs of its last.
///
/// `span` is widened to the word around an edge only where it is empty; a selection that begins or ends inside a word
/// starts its ladder there.
#[must_use]
pub fn ladder(text: &str, span: Span, context: &LadderContext<'_>) -> Ladder {
    let _ = context;
    let span = super::grapheme_span(text, span);
    let rung = |at| Rung { at, norm: None, other_norms: Vec::new() };
    Ladder { starts: vec![rung(span.start())], ends: vec![rung(span.end())], default: span, norm: None, pronoun: None }
}

/// The full form of `span` where its stored letters lack some (after a contraction or a cut enclitic), for any pair of
/// edges a person chose.
#[must_use]
pub fn norm(text: &str, span: Span, context: &LadderContext<'_>) -> Option<String> {
    let _ = (text, span, context);
    None
}
