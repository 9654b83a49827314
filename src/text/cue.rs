//! Words that show attribution ("said", "according to"), found by a list that people edit. They are shown and proposed;
//! nothing here annotates.
//!
//! An entry is one or more words. An ellipsis between two words says that others may stand between them; so they may
//! before a preposition that ends an Arabic entry, because the subject stands there. A last word of one letter with
//! tatweel is a preposition that is written together with the next word: it is no part of the cue. An Arabic verb is
//! listed as "he did"; its other persons of the perfect, and the imperfect where its letters stay, are found too.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{FoldLevel, FoldRule, FoldRules, fold_with};
use super::{Span, SpanSet, Token, tokens};

/// So many tokens may stand between two pieces of a cue.
const GAP_TOKENS: usize = 14;
/// Longer entries are not looked for; nobody's list has them.
const MOST_WORDS: usize = 8;

/// Arabic prepositions that may stand away from their verb.
const GOVERNED: &str = "على الى عن من في";
/// Endings of an Arabic verb in the perfect.
const ENDINGS: &str = "ت وا ا تا ن";
/// The same where the verb loses a weak last letter.
const WEAK_ENDINGS: &str = "ت وا تا يا";
/// What an Arabic verb in the imperfect begins with: ya or ta.
const PREFIXES: [char; 2] = ['\u{64A}', '\u{62A}'];
/// The conjunctions waw and fa.
const CONJUNCTIONS: [char; 2] = ['\u{648}', '\u{641}'];
const ALEF: char = '\u{627}';
const ALEF_MAQSURA: char = '\u{649}';
const TA: char = '\u{62A}';

/// Forms of alef are one letter here, alef maqsura and ya are not: they tell "saw" from "opinion".
const fn rules() -> FoldRules {
    FoldRules::of(FoldLevel::F2).without(FoldRule::Ya)
}

/// A word of an entry.
#[derive(Clone, Debug)]
struct Word {
    keys: BTreeSet<String>,
    /// Whether other words may stand before it.
    gap: bool,
}

/// A cue that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueHit {
    /// Its words, UTF-8 bytes of the text; a conjunction that is written together with the first is left out.
    pub spans: SpanSet,
    /// Place of the entry in the list.
    pub entry: usize,
    /// Whether a conjunction is written together with its first word.
    pub is_joined: bool,
}

/// A list of cues, ready to look for them.
#[derive(Clone, Debug, Default)]
pub struct CueLexicon {
    entries: Vec<Vec<Word>>,
    /// Entries by the keys of their first word.
    by_key: BTreeMap<String, Vec<usize>>,
}

impl CueLexicon {
    /// Of a list of entries; what has no word is passed over and keeps its place in the count.
    #[must_use]
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lexicon = Self::default();
        for (idx, entry) in entries.into_iter().enumerate() {
            let words = words_of(entry);
            for key in words.first().into_iter().flat_map(|word| &word.keys) {
                lexicon.by_key.entry(key.clone()).or_default().push(idx);
            }
            lexicon.entries.push(words);
        }
        lexicon
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The cues in a piece of text, such as a sentence, in order; no two begin at the same word.
    #[must_use]
    pub fn find(&self, text: &str, piece: Span) -> Vec<CueHit> {
        if self.is_empty() {
            return Vec::new();
        }
        let words: Vec<Read> = piece
            .slice(text)
            .map(tokens)
            .unwrap_or_default()
            .into_iter()
            .map(|token| Read::of(text, token, piece.start()))
            .collect();
        let mut hits = Vec::new();
        let mut past = 0;
        for at in 0..words.len() {
            if at >= past
                && let Some((hit, end)) = self.longest_at(&words, at)
            {
                // Words between two pieces may hold further cues.
                past = end;
                hits.push(hit);
            }
        }
        hits
    }

    /// The entry with most words that begins at a word, and the word after its first run.
    fn longest_at(&self, words: &[Read], at: usize) -> Option<(CueHit, usize)> {
        let first = words.get(at)?;
        let mut best: Option<(usize, CueHit, usize)> = None;
        for (is_joined, form) in first.forms.iter().enumerate() {
            for entry in self.by_key.get(&form.key).into_iter().flatten() {
                let Some(pattern) = self.entries.get(*entry) else { continue };
                let Some((rest, end)) = match_rest(pattern.get(1..).unwrap_or_default(), words, at) else { continue };
                let pieces = std::iter::once(form.span).chain(rest).collect();
                if let Ok(spans) = SpanSet::new(joined(pieces, words))
                    && best.as_ref().is_none_or(|(count, ..)| pattern.len() > *count)
                {
                    best = Some((pattern.len(), CueHit { spans, entry: *entry, is_joined: is_joined > 0 }, end));
                }
            }
        }
        best.map(|(_, hit, end)| (hit, end))
    }
}

/// A token as it can be matched: as it is, and without a conjunction.
struct Read {
    span: Span,
    forms: Vec<Form>,
}

struct Form {
    key: String,
    span: Span,
}

impl Read {
    fn of(text: &str, token: Token, origin: usize) -> Self {
        let span = token.span.offset_by(origin);
        let folded = fold_with(span.slice(text).unwrap_or_default(), rules());
        let mut forms = vec![Form { key: folded.key.clone(), span }];
        let without = folded.key.strip_prefix(CONJUNCTIONS).filter(|rest| rest.chars().count() >= 2);
        if let Some(rest) = without
            && let Some(stored) = folded.stored_span(Span::new(folded.key.len() - rest.len(), folded.key.len()))
        {
            forms.push(Form { key: rest.to_owned(), span: Span::new(span.start() + stored.start(), span.end()) });
        }
        Self { span, forms }
    }

    fn is(&self, word: &Word) -> bool {
        self.forms.first().is_some_and(|form| word.keys.contains(&form.key))
    }
}

/// The spans of the words after the first, and the word after the first run.
fn match_rest(rest: &[Word], words: &[Read], at: usize) -> Option<(Vec<Span>, usize)> {
    let (mut spans, mut next, mut run_end) = (Vec::new(), at + 1, None);
    for word in rest {
        let reach = if word.gap { GAP_TOKENS + 1 } else { 1 };
        let found = words.get(next..)?.iter().take(reach).position(|read| read.is(word))?;
        if found > 0 {
            run_end.get_or_insert(next);
        }
        spans.push(words.get(next + found)?.span);
        next += found + 1;
    }
    Some((spans, run_end.unwrap_or(next)))
}

/// Neighbouring words become one piece.
fn joined(pieces: Vec<Span>, words: &[Read]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for piece in pieces {
        let next_word = |end: usize| words.iter().find(|word| word.span.start() >= end).map(|word| word.span.start());
        match out.last_mut() {
            Some(last) if next_word(last.end()) == Some(piece.start()) => *last = last.hull(piece),
            _ => out.push(piece),
        }
    }
    out
}

fn words_of(entry: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut gap = false;
    let parts: Vec<&str> = entry.split_whitespace().take(MOST_WORDS).collect();
    for (at, part) in parts.iter().enumerate() {
        if matches!(*part, "\u{2026}" | "...") {
            gap = true;
            continue;
        }
        let is_last = at + 1 == parts.len();
        let key = fold_with(part, rules()).key;
        let is_fused = part.ends_with('\u{640}') && key.chars().count() == 1;
        if key.is_empty() || (is_fused && is_last) {
            continue;
        }
        let governed = is_last && GOVERNED.split(' ').any(|known| known == key);
        let keys = if words.is_empty() { forms_of(&key) } else { BTreeSet::from([key]) };
        words.push(Word { keys, gap: !words.is_empty() && (gap || governed) });
        gap = false;
    }
    words
}

/// The forms in which the first word of an entry is found.
fn forms_of(key: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([key.to_owned()]);
    let is_arabic = key.chars().all(|letter| matches!(letter, '\u{621}'..='\u{64A}'));
    // Two letters are a particle or a negation.
    if !is_arabic || key.chars().count() < 3 {
        return forms;
    }
    let base = key.strip_suffix(TA).filter(|base| base.chars().count() >= 3).unwrap_or(key);
    forms.insert(base.to_owned());
    // A weak last letter gives way to the ending.
    let (stem, endings) = match base.strip_suffix([ALEF_MAQSURA, ALEF]) {
        Some(stem) => (stem, WEAK_ENDINGS),
        None => (base, ENDINGS),
    };
    forms.extend(endings.split(' ').map(|ending| format!("{stem}{ending}")));
    let imperfect = base.strip_prefix(ALEF).filter(|rest| rest.chars().count() >= 3).unwrap_or(base);
    forms.extend(PREFIXES.iter().map(|prefix| format!("{prefix}{imperfect}")));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{any_text, cases};
    use proptest::prelude::*;

    #[test]
    fn cues_are_found_as_in_the_table() {
        let list = [
            "قال",
            "أضاف",
            "نقلت … عن",
            "قوله",
            "أشار إلى",
            "رحّب بـ",
            "نفى",
            "دعا إلى",
            "رأى",
            "لا يعتبر",
            "أعلن",
            "أعرب عن",
            "according to",
            "said",
            "לדברי",
        ];
        let lexicon = CueLexicon::new(list);
        let table = cases(include_str!("../../tests/fixtures/text/cues.txt"));
        assert!(table.len() >= 18, "only {} cases", table.len());
        for case in table {
            let shown = |hit: &CueHit| {
                let pieces: Vec<&str> = hit.spans.iter().filter_map(|span| span.slice(&case.input)).collect();
                pieces.join(" + ")
            };
            let hits = lexicon.find(&case.input, Span::new(0, case.input.len()));
            let found: Vec<String> = hits.iter().map(shown).collect();
            let expected: Vec<&str> = case.expected.iter().flat_map(|line| line.split(" | ")).collect();
            assert_eq!(found, expected, "line {}", case.line);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in any_text(), entries in prop::collection::vec(any_text(), 0..6)) {
            let lexicon = CueLexicon::new(entries.iter().map(String::as_str));
            let mut before = 0;
            for hit in lexicon.find(&text, Span::new(0, text.len())) {
                prop_assert!(hit.entry < entries.len());
                prop_assert!(hit.spans.quote(&text).is_some());
                prop_assert!(hit.spans.start() >= before);
                before = hit.spans.start();
            }
        }
    }
}
