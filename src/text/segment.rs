//! Sentences (the scheme's section 6.3): own rules, because those of UAX #29 differ for Arabic news.
//!
//! The line is cut into tokens first, so that what lies inside a number, an address or a word is no terminator. Then
//! every run of terminators is a candidate, and the rules say which stand.

use std::collections::BTreeMap;

use super::direction::{line_at, paragraphs};
use super::script::{Class, Script, class, is_space, letter_count, script};
use super::token::{Token, TokenKind, tokens};
use super::units::{floor_char, is_grapheme_boundary, prev_grapheme};
use super::{ShippedLists, Span, grapheme_span};

/// What steers the split beside the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentenceRules {
    /// BCP 47 of the article, or empty: then the abbreviations of every shipped language hold.
    pub language: String,
    /// What a person decided: at this byte a sentence ends (`true`) or goes on (`false`). A byte counts for the
    /// boundary whose white space it lies in or touches.
    pub overrides: BTreeMap<usize, bool>,
}

/// Longest bracket pair, in characters, inside which no sentence ends.
const BRACKET_MAX_CHARS: usize = 300;

/// The sentences of `text`, in order and disjoint, without the white space around them. Lines of white space have none.
#[must_use]
pub fn sentences(text: &str, rules: &SentenceRules) -> Vec<Span> {
    sentences_in(text, Span::new(0, text.len()), rules)
}

/// The sentence at byte `at` (triple click): the one that holds it, else the last before it in its line, else the
/// line's first.
#[must_use]
pub fn sentence_at(text: &str, at: usize, rules: &SentenceRules) -> Option<Span> {
    let found = sentences_in(text, line_at(text, at), rules);
    found.iter().copied().rev().find(|sentence| sentence.start() <= at).or_else(|| found.first().copied())
}

/// The sentences of one line (or several whole lines) of `text`, in bytes of `text`.
#[must_use]
pub fn sentences_in(text: &str, lines: Span, rules: &SentenceRules) -> Vec<Span> {
    let mut found = Vec::new();
    for line in paragraphs(lines.slice(text).unwrap_or_default()) {
        let line = line.offset_by(lines.start());
        let Some(slice) = line.slice(text).filter(|slice| !is_empty_line(slice)) else { continue };
        let mut cuts = Line::new(slice, &rules.language).cuts();
        apply_overrides(slice, line, &rules.overrides, &mut cuts);
        let mut start = 0;
        for end in cuts.into_iter().chain([slice.len()]) {
            if let Some(sentence) = trimmed(slice, Span::new(start, end)) {
                found.push(sentence.offset_by(line.start()));
            }
            start = end;
        }
    }
    found
}

/// Whether `letter` can end a sentence.
#[must_use]
pub const fn may_end_sentence(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '\u{61F}' | '\u{2026}' | '\u{6D4}' | '\u{203C}' | '\u{2049}')
}

/// Whether a line shows nothing: white space and controls only.
fn is_empty_line(line: &str) -> bool {
    line.chars().all(|letter| is_space(letter) || class(letter) == Class::Control)
}

/// `piece` without the white space around it, or `None` where nothing is left.
fn trimmed(line: &str, piece: Span) -> Option<Span> {
    let text = piece.slice(line)?;
    let start = piece.start() + (text.len() - text.trim_start_matches(is_space).len());
    let rest = line.get(start..piece.end())?.trim_end_matches(is_space);
    (!rest.is_empty()).then(|| grapheme_span(line, Span::new(start, start + rest.len())))
}

/// Lays a person's decisions over the cuts of one line.
fn apply_overrides(slice: &str, line: Span, overrides: &BTreeMap<usize, bool>, cuts: &mut Vec<usize>) {
    if overrides.is_empty() {
        return;
    }
    let gap_end = |cut: usize| {
        let rest = slice.get(cut..).unwrap_or_default();
        cut + rest.len() - rest.trim_start_matches(is_space).len()
    };
    let mut kept: Vec<usize> = cuts
        .iter()
        .copied()
        .filter(|cut| {
            let mut said = overrides.range(line.start() + cut..=line.start() + gap_end(*cut));
            !said.any(|(_, ends)| !ends)
        })
        .collect();
    for (at, _) in overrides.range(line.start()..=line.end()).filter(|(_, ends)| **ends) {
        let at = floor_char(slice, at - line.start());
        let at = if is_grapheme_boundary(slice, at) { at } else { prev_grapheme(slice, at) };
        let before = kept.partition_point(|cut| *cut <= at).checked_sub(1).and_then(|idx| kept.get(idx));
        let in_gap = before.is_some_and(|cut| at <= gap_end(*cut));
        if at > 0 && at < slice.len() && !in_gap {
            kept.insert(kept.partition_point(|cut| *cut < at), at);
        }
    }
    *cuts = kept;
}

/// A line with what the rules look at.
struct Line<'a> {
    text: &'a str,
    language: &'a str,
    tokens: Vec<Token>,
    /// For each token: the byte at which the innermost short bracket pair around it ends, and the token that opens it.
    bracket: Vec<Option<(usize, usize)>>,
    /// For each token: whether it is a straight quote that closes a pair.
    closes: Vec<bool>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, language: &'a str) -> Self {
        let tokens = tokens(text);
        let bracket = brackets(text, &tokens);
        let closes = closing_quotes(text, &tokens);
        Self { text, language, tokens, bracket, closes }
    }

    fn piece(&self, idx: usize) -> &'a str {
        self.tokens.get(idx).and_then(|token| token.span.slice(self.text)).unwrap_or_default()
    }

    fn is_terminator(&self, idx: usize) -> bool {
        let mut letters = self.piece(idx).chars();
        letters.next().is_some_and(may_end_sentence) && letters.next().is_none()
    }

    fn is_closer(&self, idx: usize) -> bool {
        match self.piece(idx) {
            "\u{BB}" | "\u{201D}" | "\u{2019}" | "\u{203A}" | ")" | "]" | "}" => true,
            "\"" | "'" => self.closes.get(idx).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// Whether nothing but controls lies between token `idx` and the one before it.
    fn touches_before(&self, idx: usize) -> bool {
        let (Some(before), Some(token)) = (idx.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(idx))
        else {
            return false;
        };
        let between = Span::new(before.span.end(), token.span.start()).slice(self.text).unwrap_or_default();
        !between.contains(is_space)
    }

    /// Bytes at which a sentence ends, inside the line.
    fn cuts(&self) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut first = 0;
        let mut has_word = false;
        let mut idx = 0;
        while idx < self.tokens.len() {
            if !self.is_terminator(idx) {
                has_word |= self.tokens.get(idx).is_some_and(|token| token.kind != TokenKind::Punctuation);
                idx += 1;
                continue;
            }
            let from = idx;
            let mut to = idx + 1;
            while to < self.tokens.len() && self.touches_before(to) && (self.is_terminator(to) || self.is_closer(to)) {
                to += 1;
            }
            if to < self.tokens.len() && has_word && self.ends_sentence(from, to, first) {
                cuts.extend(self.tokens.get(to - 1).map(|token| token.span.end()));
                first = to;
                has_word = false;
            }
            idx = to;
        }
        cuts
    }

    /// Whether the terminators and closers `from..to` end the sentence whose first token is `first`.
    fn ends_sentence(&self, from: usize, to: usize, first: usize) -> bool {
        if matches!(self.piece(to), "\u{60C}" | "\u{61B}" | ":" | "," | ";") {
            return false;
        }
        if let Some((end, opener)) = self.bracket.get(from).copied().flatten() {
            let cut = self.tokens.get(to - 1).map_or(0, |token| token.span.end());
            // A closed bracket ends a sentence only where it held a whole one.
            if cut < end || opener != first || self.bracket.get(opener).copied().flatten().is_some() {
                return false;
            }
        }
        let single_stop = self.piece(from) == "." && !(from + 1..to).any(|idx| self.is_terminator(idx));
        if single_stop && self.is_abbreviation(from, to) {
            return false;
        }
        if self.touches_before(to) { self.splits_without_space(from, to, single_stop) } else { true }
    }

    /// Whether the full stop at token `stop` belongs to the word or number before it.
    fn is_abbreviation(&self, stop: usize, to: usize) -> bool {
        let Some(before) = stop.checked_sub(1).filter(|_| self.touches_before(stop)) else { return false };
        let word = self.piece(before);
        let kind = self.tokens.get(before).map(|token| token.kind);
        if kind == Some(TokenKind::Number) {
            return before == 0;
        }
        let short = kind == Some(TokenKind::Word) && letter_count(word) == 1;
        let listed = || ShippedLists::get().is_abbreviation(word, self.language);
        if kind != Some(TokenKind::Word) || !(short || listed() || ShippedLists::get().is_unit(word)) {
            return false;
        }
        let number = before
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|token| token.kind == TokenKind::Number);
        let unit = number && (short || ShippedLists::get().is_unit(word));
        if unit && !self.touches_before(to) {
            return false;
        }
        short || listed()
    }

    /// Whether a terminator without white space after it ends a sentence.
    fn splits_without_space(&self, from: usize, to: usize, single_stop: bool) -> bool {
        // What opens the next sentence may stand between: `."` and so on.
        let opens = |idx: usize| matches!(self.piece(idx), "\"" | "'" | "\u{AB}" | "\u{201C}" | "\u{2018}" | "(" | "[");
        let mut next = to;
        while opens(next) && next < self.tokens.len() {
            next += 1;
        }
        let Some(after) = self.piece(next).chars().find(|letter| class(*letter) == Class::Letter) else {
            return !single_stop && self.tokens.get(next).is_none_or(|token| token.kind != TokenKind::Punctuation);
        };
        if self.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Number) {
            return !single_stop;
        }
        let mut before = from;
        // A quote counts here also where its partner stands in another line.
        let closes = |idx: usize| self.is_closer(idx) || matches!(self.piece(idx), "\"" | "'");
        while before > 0 && (before == from || closes(before)) && self.touches_before(before) {
            before -= 1;
        }
        let word = self.piece(before);
        let kind = self.tokens.get(before).map(|token| token.kind);
        let numeric = kind == Some(TokenKind::Number) || matches!(word, "%" | "\u{66A}" | "\u{2030}");
        if !numeric && (kind == Some(TokenKind::Punctuation) || letter_count(word) < 2) {
            return false;
        }
        let own = |letter: char| matches!(script(letter), Script::Arabic | Script::Hebrew);
        let last = word.chars().rfind(|letter| class(*letter) == Class::Letter);
        if own(after) || last.is_some_and(own) {
            return true;
        }
        last.is_some_and(char::is_lowercase) && after.is_uppercase()
    }
}

/// For each token the innermost bracket pair around it that closes within [`BRACKET_MAX_CHARS`]: byte after the closing
/// bracket, and the opening token. The brackets themselves do not count as inside.
fn brackets(text: &str, tokens: &[Token]) -> Vec<Option<(usize, usize)>> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (idx, token) in tokens.iter().enumerate() {
        let piece = token.span.slice(text).unwrap_or_default();
        let opener = match piece {
            "(" | "[" | "{" => {
                open.push((idx, piece));
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        // Only the innermost open bracket can match; one that was never closed is dropped with what it holds.
        if let Some(at) = open.iter().rev().take(8).position(|(_, piece)| *piece == opener) {
            open.truncate(open.len() - at);
            if let Some((from, _)) = open.pop() {
                pairs.push((from, idx));
            }
        }
    }
    let short = |(from, to): &(usize, usize)| {
        let (Some(start), Some(end)) = (tokens.get(*from), tokens.get(*to)) else { return false };
        let inside = Span::new(start.span.end(), end.span.start()).slice(text).unwrap_or_default();
        inside.len() <= BRACKET_MAX_CHARS || inside.chars().nth(BRACKET_MAX_CHARS).is_none()
    };
    let mut around = vec![None; tokens.len()];
    // Pairs are listed from the inside out, and each short one holds at most 300 characters.
    for (from, to) in pairs.into_iter().filter(short) {
        let end = tokens.get(to).map_or(0, |token| token.span.end());
        for slot in around.get_mut(from + 1..to).unwrap_or_default() {
            let slot: &mut Option<(usize, usize)> = slot;
            slot.get_or_insert((end, from));
        }
    }
    around
}

/// For each token whether it is a straight quotation mark that closes a pair opened in the line.
fn closing_quotes(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut open = [false; 2];
    let mut closes = vec![false; tokens.len()];
    for (token, closes) in tokens.iter().zip(&mut closes) {
        let kind = match token.span.slice(text) {
            Some("\"") => 0,
            Some("'") => 1,
            _ => continue,
        };
        let Some(open) = open.get_mut(kind) else { continue };
        let before = text.get(..token.span.start()).and_then(|head| head.chars().next_back());
        let after = text.get(token.span.end()..).and_then(|tail| tail.chars().next());
        let can_open = after.is_some_and(|letter| !is_space(letter));
        let in_word =
            |letter: Option<char>| letter.is_some_and(|letter| matches!(class(letter), Class::Letter | Class::Digit));
        if *open {
            *closes = true;
            *open = false;
        } else if can_open && !(kind == 1 && in_word(before)) {
            *open = true;
        }
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{any_text, cases};
    use crate::text::units::check_span;
    use proptest::prelude::*;

    fn pieces<'a>(text: &'a str, rules: &SentenceRules) -> Vec<&'a str> {
        sentences(text, rules).iter().filter_map(|span| span.slice(text)).collect()
    }

    #[test]
    fn sentences_are_as_in_the_table() {
        let table = cases(include_str!("../../tests/fixtures/text/sentences.txt"));
        assert!(table.len() >= 40, "only {} cases", table.len());
        for case in table {
            assert_eq!(pieces(&case.input, &SentenceRules::default()), case.expected, "line {}", case.line);
        }
    }

    #[test]
    fn a_person_can_join_and_split() {
        let rules = |overrides: &[(usize, bool)]| SentenceRules {
            overrides: overrides.iter().copied().collect(),
            ..SentenceRules::default()
        };
        assert_eq!(pieces("Xy one. Two three", &rules(&[])), ["Xy one.", "Two three"]);
        assert_eq!(pieces("Xy one. Two three", &rules(&[(7, false)])), ["Xy one. Two three"]);
        assert_eq!(pieces("Xy one. Two three", &rules(&[(8, false), (11, true)])), ["Xy one. Two", "three"]);
        assert_eq!(pieces("Xy one. Two three", &rules(&[(8, true)])), ["Xy one.", "Two three"]);
        assert_eq!(pieces("a\nXy one. Two", &rules(&[(9, false)])), ["a", "Xy one. Two"]);
        assert_eq!(pieces("ab\ncd", &rules(&[(2, false), (3, false)])), ["ab", "cd"]);
    }

    #[test]
    fn a_triple_click_finds_the_sentence() {
        let text = " One is. Two is.\n\nThree is";
        let at = |at| sentence_at(text, at, &SentenceRules::default()).and_then(|span| span.slice(text));
        assert_eq!(at(0), Some("One is."));
        assert_eq!(at(8), Some("One is."));
        assert_eq!(at(9), Some("Two is."));
        assert_eq!(at(17), None);
        assert_eq!(at(99), Some("Three is"));
    }

    proptest! {
        #[test]
        fn any_text_gives_ordered_sentences_without_line_breaks(
            text in any_text(),
            overrides in proptest::collection::btree_map(0_usize..90, any::<bool>(), 0..4),
            at in 0_usize..90,
        ) {
            let rules = SentenceRules { language: String::new(), overrides };
            let mut before = 0;
            for span in sentences(&text, &rules) {
                prop_assert!(!span.is_empty() && span.start() >= before);
                prop_assert!(check_span(&text, span).is_ok());
                prop_assert!(span.slice(&text).is_some_and(|piece| !piece.contains(crate::text::direction::is_line_break)));
                before = span.end();
            }
            let all = sentences(&text, &rules);
            for token in tokens(&text) {
                let whole = || all.iter().any(|sentence| sentence.encloses(token.span));
                prop_assert!(!rules.overrides.is_empty() || whole(), "{:?} is in no sentence", token);
            }
            let one = sentence_at(&text, at, &rules);
            prop_assert!(one.is_none_or(|one| all.contains(&one)));
        }
    }
}
