//! Folding for search, suggestion and propagation (the scheme's section 6.2): a temporary key with a map back.
//!
//! Nothing here changes a stored text. A text is folded line by line, because no rule looks across a line break.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::direction::{is_bidi_control, is_line_break};
use super::script::{Class, class};
use super::{Span, strip};

/// How much is folded; each level includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoldLevel {
    /// Exact code points.
    F0,
    /// Presentation forms, marks, tatweel, controls, white space, digits, quotes, dashes and case.
    F1,
    /// Also the letters that writers exchange: forms of alef, ya, ha, waw, kaf.
    F2,
    /// Also without proclitics, article and enclitics of each Arabic word. For suggestions only.
    F3,
}

/// One rule, to switch it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum FoldRule {
    /// Presentation forms to base letters, and canonical composition.
    Forms = 1,
    /// Arabic marks and Hebrew points are dropped.
    Marks = 1 << 1,
    /// Tatweel is dropped.
    Tatweel = 1 << 2,
    /// ZWNJ, ZWJ, ZWSP, word joiner, BOM, soft hyphen and bidi controls are dropped.
    Invisible = 1 << 3,
    /// White space but line breaks to one space.
    Spaces = 1 << 4,
    /// Digits, percent signs, decimal and group separators.
    Digits = 1 << 5,
    /// Quotation marks to one.
    Quotes = 1 << 6,
    /// Dashes to one.
    Dashes = 1 << 7,
    /// Case folding.
    Case = 1 << 8,
    /// Forms of alef (F2).
    Alef = 1 << 9,
    /// Forms of ya (F2).
    Ya = 1 << 10,
    /// Forms of ha and ta marbuta (F2).
    Ha = 1 << 11,
    /// Hamza on waw and on ya (F2).
    Hamza = 1 << 12,
    /// Forms of kaf (F2).
    Kaf = 1 << 13,
    /// Proclitics, article and enclitics (F3).
    Clitics = 1 << 14,
}

/// Which rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldRules(u32);

impl FoldRules {
    /// The rules of a level.
    #[must_use]
    pub const fn of(level: FoldLevel) -> Self {
        Self(match level {
            FoldLevel::F0 => 0,
            FoldLevel::F1 => (1 << 9) - 1,
            FoldLevel::F2 => (1 << 14) - 1,
            FoldLevel::F3 => (1 << 15) - 1,
        })
    }

    /// These without `rule`.
    #[must_use]
    pub const fn without(self, rule: FoldRule) -> Self {
        Self(self.0 & !(rule as u32))
    }

    /// Whether `rule` holds.
    #[must_use]
    pub const fn has(self, rule: FoldRule) -> bool {
        self.0 & rule as u32 != 0
    }
}

/// A folded text and the way back to the stored one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The key.
    pub key: String,
    runs: Vec<Run>,
}

/// Key bytes and the stored bytes they came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    key_start: usize,
    stored_start: usize,
    stored_end: usize,
    /// Whether both sides have the same characters' lengths, so that offsets inside correspond.
    parallel: bool,
}

impl Folded {
    /// The stored span of the key's bytes `hit`: whole stored characters, with dropped marks, tatweel and ZWNJ after the
    /// last letter, without controls and spaces after it and without anything before the first letter.
    ///
    /// `None` where `hit` is empty, does not fit the key or splits a character of it.
    #[must_use]
    pub fn stored_span(&self, hit: Span) -> Option<Span> {
        let last = hit.slice(&self.key)?.char_indices().next_back()?.0 + hit.start();
        let start = self.run_at(hit.start())?;
        let end = self.run_at(last)?;
        let from = start.stored_start + if start.parallel { hit.start() - start.key_start } else { 0 };
        let to = if end.parallel { end.stored_start + (hit.end() - end.key_start) } else { end.stored_end };
        Some(Span::new(from, to))
    }

    /// The byte of the key at or after which the stored byte `at` begins.
    #[must_use]
    pub fn key_from_stored(&self, at: usize) -> usize {
        let idx = self.runs.partition_point(|run| run.stored_end <= at);
        self.runs.get(idx).map_or(self.key.len(), |run| {
            run.key_start + if run.parallel { at.saturating_sub(run.stored_start) } else { 0 }
        })
    }

    fn run_at(&self, key_byte: usize) -> Option<Run> {
        let idx = self.runs.partition_point(|run| run.key_start <= key_byte).checked_sub(1)?;
        self.runs.get(idx).copied()
    }

    /// Adds stored text that folding leaves as it is; its first byte is byte `start` of the whole.
    fn push_same(&mut self, text: &str, start: usize) {
        let key_start = self.key.len();
        self.key.push_str(text);
        let stored_end = start + text.len();
        match self.runs.last_mut() {
            Some(last) if last.parallel && last.stored_end == start => last.stored_end = stored_end,
            _ => self.runs.push(Run { key_start, stored_start: start, stored_end, parallel: true }),
        }
    }

    /// Adds a line by the rules; its first byte is byte `start` of the whole. `units` is room to work in.
    fn push_line(&mut self, line: &str, start: usize, rules: FoldRules, units: &mut Vec<Unit>) {
        units.extend(
            line.char_indices()
                .map(|(at, letter)| Unit { letter, stored: Span::new(start + at, start + at + letter.len_utf8()) }),
        );
        for unit in fold_line(units, rules) {
            self.push(unit);
        }
    }

    fn push(&mut self, unit: Unit) {
        let len = unit.letter.len_utf8();
        let parallel = unit.stored.len() == len;
        let key_start = self.key.len();
        self.key.push(unit.letter);
        if let Some(last) = self.runs.last_mut().filter(|last| parallel && last.parallel)
            && last.stored_end == unit.stored.start()
        {
            last.stored_end = unit.stored.end();
            return;
        }
        self.runs.push(Run { key_start, stored_start: unit.stored.start(), stored_end: unit.stored.end(), parallel });
    }
}

/// Folds `text` to `level`, with the map.
#[must_use]
pub fn fold(text: &str, level: FoldLevel) -> Folded {
    fold_with(text, FoldRules::of(level))
}

/// Folds `text` to `level`. `fold_key(fold_key(x)) == fold_key(x)` at every level.
#[must_use]
pub fn fold_key(text: &str, level: FoldLevel) -> String {
    fold(text, level).key
}

/// Folds `text` by `rules`, with the map.
#[must_use]
pub fn fold_with(text: &str, rules: FoldRules) -> Folded {
    let mut folded = Folded { key: String::with_capacity(text.len()), runs: Vec::new() };
    let mut units = Vec::new();
    let mut start = 0;
    let is_f1 = rules == FoldRules::of(FoldLevel::F1);
    for line in text.split_inclusive(is_line_break) {
        if is_f1 && is_f1_key(line) {
            folded.push_same(line, start);
        } else {
            folded.push_line(line, start, rules, &mut units);
        }
        start += line.len();
    }
    folded
}

/// Whether a line surely is its own key at F1: letters without case and marks, and signs that no rule touches. Most
/// lines of news are.
fn is_f1_key(line: &str) -> bool {
    let mut before = '\n';
    line.chars().all(|letter| {
        let same = match letter {
            'a'..='z' | '0'..='9' | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' => true,
            '.' | ':' | ';' | '!' | '?' | '(' | ')' | '"' | '-' | '\u{61B}' | '\u{61F}' | '\n' => true,
            // Between digits they separate groups and decimals.
            ',' | '\u{60C}' => !before.is_ascii_digit(),
            // A run of white space becomes one space.
            ' ' => before != ' ',
            _ => false,
        };
        before = letter;
        same
    })
}

/// A character on its way into the key, with the stored bytes it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) letter: char,
    pub(super) stored: Span,
}

/// Applies the rules to one line, in the order that makes a second folding change nothing.
fn fold_line(units: &mut Vec<Unit>, rules: FoldRules) -> std::vec::Drain<'_, Unit> {
    if rules.has(FoldRule::Forms) {
        expand_forms(units);
        recompose(units, |text, out| out.extend(text.nfc()));
    }
    drop_unseen(units, rules);
    if rules.has(FoldRule::Digits) {
        fold_digits(units);
    }
    if rules.has(FoldRule::Spaces) {
        fold_spaces(units);
    }
    for unit in units.iter_mut() {
        unit.letter = fold_sign(unit.letter, rules);
    }
    if rules.has(FoldRule::Case) && units.iter().any(|unit| !has_no_case(unit.letter)) {
        recompose(units, |text, out| out.extend(text.nfd().flat_map(fold_case).nfc()));
    } else if rules.has(FoldRule::Forms) {
        recompose(units, |text, out| out.extend(text.nfc()));
    }
    for unit in units.iter_mut() {
        unit.letter = fold_letter(unit.letter, rules);
    }
    if rules.has(FoldRule::Clitics) {
        strip::strip_words(units);
    }
    units.drain(..)
}

/// Presentation forms become their letters; a spacing form of a mark becomes the mark alone.
fn expand_forms(units: &mut Vec<Unit>) {
    let is_form =
        |letter: char| matches!(letter, '\u{FB1D}'..='\u{FB4F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    if !units.iter().any(|unit| is_form(unit.letter)) {
        return;
    }
    let mut out = Vec::with_capacity(units.len());
    for unit in units.iter() {
        if !is_form(unit.letter) {
            out.push(*unit);
            continue;
        }
        let letters: Vec<char> = std::iter::once(unit.letter).nfkd().collect();
        let is_mark = |letter: &char| class(*letter) == Class::Mark;
        let marks_only = letters.iter().all(|letter| matches!(letter, ' ' | '\u{640}') || is_mark(letter));
        let marks_only = marks_only && letters.iter().any(is_mark);
        let kept = letters.into_iter().filter(|letter| !marks_only || is_mark(letter));
        out.extend(kept.map(|letter| Unit { letter, stored: unit.stored }));
    }
    *units = out;
}

/// Rewrites every piece of text that composition can touch; where the piece changes, its characters share its bytes.
fn recompose(units: &mut Vec<Unit>, rewrite: impl Fn(&str, &mut String)) {
    let starts = |letter: char| {
        matches!(letter, ' '..='~' | '\u{621}'..='\u{64A}' | '\u{5D0}'..='\u{5EA}')
            || (unicode_normalization::char::canonical_combining_class(letter) == 0
                && is_nfc_quick(std::iter::once(letter)) == IsNormalized::Yes)
    };
    let mut out = Vec::with_capacity(units.len());
    let (mut before, mut after) = (String::new(), String::new());
    for piece in units.chunk_by(|_, next| !starts(next.letter)) {
        // Most pieces are one letter that nothing changes.
        if let [unit] = piece
            && has_no_case(unit.letter)
            && starts(unit.letter)
        {
            out.push(*unit);
            continue;
        }
        before.clear();
        after.clear();
        before.extend(piece.iter().map(|unit| unit.letter));
        rewrite(&before, &mut after);
        if before == after {
            out.extend_from_slice(piece);
        } else if before.chars().count() == after.chars().count() {
            out.extend(piece.iter().zip(after.chars()).map(|(unit, letter)| Unit { letter, stored: unit.stored }));
        } else {
            let hull = piece.iter().map(|unit| unit.stored).reduce(Span::hull).unwrap_or(Span::new(0, 0));
            out.extend(after.chars().map(|letter| Unit { letter, stored: hull }));
        }
    }
    *units = out;
}

/// Whether F1 drops `letter` as a mark.
const fn is_dropped_mark(letter: char) -> bool {
    matches!(letter, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' | '\u{591}'..='\u{5BD}'
        | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}')
}

/// Whether F1 drops `letter` because nobody sees it.
const fn is_dropped_control(letter: char) -> bool {
    matches!(letter, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
        || is_bidi_control(letter)
}

/// Drops marks, tatweel and controls. Marks, tatweel and joiners directly after a letter become part of what it covers.
fn drop_unseen(units: &mut Vec<Unit>, rules: FoldRules) {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units.iter() {
        let letter = unit.letter;
        let joins = (rules.has(FoldRule::Marks) && is_dropped_mark(letter))
            || (rules.has(FoldRule::Tatweel) && letter == '\u{640}')
            || (rules.has(FoldRule::Invisible) && matches!(letter, '\u{200C}' | '\u{200D}'));
        if joins {
            let letter_before =
                |last: &&mut Unit| last.stored.end() == unit.stored.start() && !last.letter.is_whitespace();
            if let Some(last) = out.last_mut().filter(letter_before) {
                last.stored = last.stored.hull(unit.stored);
            }
        } else if !(rules.has(FoldRule::Invisible) && is_dropped_control(letter)) {
            out.push(*unit);
        }
    }
    *units = out;
}

/// Digits to ASCII, percent and decimal signs, and no separators between groups of three digits.
fn fold_digits(units: &mut Vec<Unit>) {
    for unit in units.iter_mut() {
        unit.letter = match unit.letter {
            digit @ '\u{660}'..='\u{669}' => ascii_digit(digit, 0x660),
            digit @ '\u{6F0}'..='\u{6F9}' => ascii_digit(digit, 0x6F0),
            '\u{66A}' => '%',
            '\u{66B}' => '.',
            other => other,
        };
    }
    let is_digit =
        |idx: Option<usize>| idx.and_then(|idx| units.get(idx)).is_some_and(|unit| unit.letter.is_ascii_digit());
    // At most four digits matter on each side, so that a long number costs nothing.
    let left = |idx: usize| (1..=4).take_while(|step| is_digit(idx.checked_sub(*step))).count();
    let right = |idx: usize| (1..=4).take_while(|step| is_digit(Some(idx + step))).count();
    let mut groups = Vec::new();
    let mut decimals = Vec::new();
    for (idx, unit) in units.iter().enumerate() {
        match unit.letter {
            '\u{66C}' | ',' | '\u{A0}' | '\u{202F}' if right(idx) == 3 && (1..=3).contains(&left(idx)) => {
                groups.push(idx);
            }
            '\u{60C}' if is_digit(idx.checked_sub(1)) && is_digit(Some(idx + 1)) => decimals.push(idx),
            _ => {}
        }
    }
    for idx in decimals {
        if let Some(unit) = units.get_mut(idx) {
            unit.letter = '.';
        }
    }
    if !groups.is_empty() {
        let mut groups = groups.into_iter().peekable();
        let mut idx = 0;
        units.retain(|_| {
            let drop = groups.next_if_eq(&idx).is_some();
            idx += 1;
            !drop
        });
    }
}

fn ascii_digit(digit: char, zero: u32) -> char {
    char::from_digit(u32::from(digit).saturating_sub(zero), 10).unwrap_or(digit)
}

/// White space but line breaks to one space, which covers the whole run.
fn fold_spaces(units: &mut Vec<Unit>) {
    let is_blank = |letter: char| letter.is_whitespace() && !is_line_break(letter);
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    let mut in_run = false;
    for unit in units.iter() {
        let blank = is_blank(unit.letter);
        match out.last_mut() {
            Some(last) if blank && in_run => last.stored = last.stored.hull(unit.stored),
            _ => out.push(Unit { letter: if blank { ' ' } else { unit.letter }, stored: unit.stored }),
        }
        in_run = blank;
    }
    *units = out;
}

/// Quotation marks and dashes to one of each.
const fn fold_sign(letter: char, rules: FoldRules) -> char {
    match letter {
        '\'' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2018}' | '\u{2019}' | '\u{201A}'
        | '\u{201B}' | '\u{AB}' | '\u{BB}' | '\u{2039}' | '\u{203A}' | '\u{5F3}' | '\u{5F4}' | '\u{FF02}'
            if rules.has(FoldRule::Quotes) =>
        {
            '"'
        }
        '\u{2010}'..='\u{2014}' | '\u{2015}' | '\u{2212}' | '\u{5BE}' | '\u{FE58}' | '\u{FF0D}'
            if rules.has(FoldRule::Dashes) =>
        {
            '-'
        }
        other => other,
    }
}

/// The letters that writers exchange (F2).
const fn fold_letter(letter: char, rules: FoldRules) -> char {
    match letter {
        '\u{623}' | '\u{625}' | '\u{622}' | '\u{671}' | '\u{672}' | '\u{673}' | '\u{675}'
            if rules.has(FoldRule::Alef) =>
        {
            '\u{627}'
        }
        '\u{649}' | '\u{6CC}' | '\u{6D0}' | '\u{6CD}' | '\u{6D2}' | '\u{6D3}' if rules.has(FoldRule::Ya) => '\u{64A}',
        '\u{629}' | '\u{6C1}' | '\u{6BE}' | '\u{6D5}' | '\u{6C0}' | '\u{6C2}' | '\u{6C3}'
            if rules.has(FoldRule::Ha) =>
        {
            '\u{647}'
        }
        '\u{624}' if rules.has(FoldRule::Hamza) => '\u{648}',
        '\u{626}' if rules.has(FoldRule::Hamza) => '\u{64A}',
        '\u{6A9}' | '\u{6AA}' if rules.has(FoldRule::Kaf) => '\u{643}',
        other => other,
    }
}

/// Whether case folding and decomposition surely leave `letter` alone.
const fn has_no_case(letter: char) -> bool {
    matches!(letter, ' '..='@' | '['..='~' | '\u{590}'..='\u{8FF}' | '\u{2000}'..='\u{206F}')
}

/// Full case folding: by way of upper case, so that sharp s and final sigma meet their partners. Dotless i stays.
fn fold_case(letter: char) -> impl Iterator<Item = char> {
    let keep = (has_no_case(letter) || letter == '\u{131}').then_some(letter);
    let folded =
        keep.is_none().then(|| letter.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    keep.into_iter().chain(folded.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{any_text, cases};
    use proptest::prelude::*;

    #[test]
    fn every_rule_folds_as_in_the_table() {
        for case in cases(include_str!("../../tests/fixtures/text/folding.txt")) {
            let keys: Vec<String> = [FoldLevel::F1, FoldLevel::F2, FoldLevel::F3]
                .into_iter()
                .take(case.expected.len())
                .map(|level| fold_key(&case.input, level))
                .collect();
            assert_eq!(keys, case.expected, "line {}", case.line);
            assert_eq!(fold_key(&case.input, FoldLevel::F0), case.input);
        }
    }

    /// A hit is the needle's first place in the key; the stored text it covers is the third line.
    #[test]
    fn hits_cover_whole_stored_characters() {
        for case in cases(include_str!("../../tests/fixtures/text/hits.txt")) {
            let [needle, stored] = case.expected.as_slice() else { panic!("line {}", case.line) };
            let folded = fold(&case.input, FoldLevel::F1);
            let at = folded.key.find(needle.as_str()).expect("the needle is in the key");
            let span = folded.stored_span(Span::new(at, at + needle.len())).expect("it has a place");
            assert_eq!(span.slice(&case.input), Some(stored.as_str()), "line {}", case.line);
        }
    }

    #[test]
    fn rules_can_be_switched_off() {
        let rules = FoldRules::of(FoldLevel::F1).without(FoldRule::Case).without(FoldRule::Tatweel);
        assert_eq!(fold_with("A\u{640}\u{64E} \u{661}", rules).key, "A\u{640} 1");
        assert_eq!(fold_with("A", FoldRules::of(FoldLevel::F2)).key, "a");
    }

    #[test]
    fn no_character_needs_two_foldings() {
        for letter in (0..=0x10_FFFF_u32).filter_map(char::from_u32) {
            for level in [FoldLevel::F1, FoldLevel::F2] {
                let once = fold_key(letter.encode_utf8(&mut [0; 4]), level);
                assert_eq!(fold_key(&once, level), once, "U+{:04X} at {level:?}", u32::from(letter));
            }
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any_text()) {
            for level in [FoldLevel::F0, FoldLevel::F1, FoldLevel::F2, FoldLevel::F3] {
                let once = fold_key(&text, level);
                prop_assert_eq!(fold_key(&once, level), once.clone(), "{:?}", level);
            }
            prop_assert_eq!(fold_key(&text, FoldLevel::F0), text);
        }

        #[test]
        fn lines_that_are_taken_as_they_are_would_fold_to_themselves(
            text in any_text(),
            news in "[a-z0-9 .,;:!?()\"\n\u{60C}\u{61B}\u{61F}\u{628}\u{621}\u{64A}\u{5D0}-]{0,40}",
        ) {
            for text in [text, news] {
                let rules = FoldRules::of(FoldLevel::F1);
                let mut slow = Folded { key: String::new(), runs: Vec::new() };
                let mut start = 0;
                for line in text.split_inclusive(is_line_break) {
                    slow.push_line(line, start, rules, &mut Vec::new());
                    start += line.len();
                }
                prop_assert_eq!(fold(&text, FoldLevel::F1), slow);
            }
        }

        #[test]
        fn every_key_character_has_a_stored_place(text in any_text()) {
            for level in [FoldLevel::F0, FoldLevel::F1, FoldLevel::F2, FoldLevel::F3] {
                let folded = fold(&text, level);
                let mut before = 0;
                for (at, letter) in folded.key.char_indices() {
                    let hit = Span::new(at, at + letter.len_utf8());
                    let stored = folded.stored_span(hit).expect("inside the key");
                    prop_assert!(stored.slice(&text).is_some_and(|piece| !piece.is_empty()));
                    prop_assert!(stored.start() >= before);
                    prop_assert!(folded.key_from_stored(stored.start()) <= at);
                    before = stored.start();
                }
                prop_assert_eq!(folded.stored_span(Span::new(0, 0)), None);
                prop_assert_eq!(folded.stored_span(Span::new(0, folded.key.len() + 1)), None);
            }
        }
    }
}
