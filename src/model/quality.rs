//! Quality flags of a text: what a careful reader of scraped news should know. Nothing is ever changed for them.

use std::collections::BTreeSet;

use crate::text::{SentenceRules, is_bidi_control, paragraphs, sentences};

/// Flags that follow from the characters alone.
pub(super) fn quality_flags(text: &str) -> BTreeSet<&'static str> {
    let mut flags = BTreeSet::new();
    let mut digits = BTreeSet::new();
    let mut before = ['\n'; 2];
    for letter in text.chars() {
        let [older, last] = before;
        match letter {
            '"' => _ = flags.insert("straight_quotes"),
            '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => _ = flags.insert("presentation_forms"),
            '0'..='9' => _ = digits.insert(0),
            '\u{660}'..='\u{669}' => _ = digits.insert(1),
            '\u{6f0}'..='\u{6f9}' => _ = digits.insert(2),
            ' ' if last == '-' && older == ' ' => _ = flags.insert("ascii_hyphen_as_dash"),
            '\u{fffd}' => _ = flags.insert("mojibake"),
            _ if is_bidi_control(letter) => _ = flags.insert("bidi_controls"),
            _ => {}
        }
        if is_mojibake(last, letter) {
            flags.insert("mojibake");
        }
        before = [last, letter];
    }
    if digits.len() > 1 {
        flags.insert("mixed_digits");
    }
    // Two sentences that touch: the sentence rules tell a missing space from an abbreviation.
    let found = sentences(text, &SentenceRules::default());
    let touching = found.iter().zip(found.iter().skip(1)).find(|(first, second)| first.end() == second.start());
    if touching.is_some() {
        flags.insert("missing_space_after_full_stop");
    }
    let has_nbsp_line = paragraphs(text)
        .into_iter()
        .filter_map(|line| line.slice(text))
        .any(|line| line.contains('\u{a0}') && line.trim().is_empty());
    if has_nbsp_line {
        flags.insert("nbsp_line");
    }
    flags
}

/// UTF-8 of Arabic read as Latin-1 or windows-1252: `\u{d8}` or `\u{d9}` before a sign that no word has there.
const fn is_mojibake(last: char, letter: char) -> bool {
    matches!(last, '\u{d8}' | '\u{d9}' | '\u{da}' | '\u{db}')
        && (matches!(letter, '\u{80}'..='\u{bf}')
            || matches!(letter, '\u{2020}' | '\u{2021}' | '\u{201e}' | '\u{2026}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quality_flags(text).into_iter().collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn each_flag_has_its_sign() {
        check("plain text", &[]);
        check("he said \"no\"", &["straight_quotes"]);
        check("one - two", &["ascii_hyphen_as_dash"]);
        check("12 \u{661}\u{662}", &["mixed_digits"]);
        check("\u{feff}\u{fefb}", &["presentation_forms"]);
        check("a\u{200f}b", &["bidi_controls"]);
        check("x\n\u{a0}\ny", &["nbsp_line"]);
        check("\u{62f}.\u{623}\u{62d}\u{645}\u{62f}", &[]);
        check("\u{648}\u{62f}\u{64a}\".\u{648}\u{623}", &["missing_space_after_full_stop", "straight_quotes"]);
        check("\u{d8}\u{a7}\u{d9}\u{84}", &["mojibake"]);
    }
}
