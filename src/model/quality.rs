//! Quality flags of a text: what a careful reader of scraped news should know. Nothing is ever changed for them.

use std::collections::BTreeSet;

use crate::text::{SentenceRules, is_bidi_control, may_end_sentence, paragraphs, sentences};

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
    for line in paragraphs(text).into_iter().filter_map(|line| line.slice(text)) {
        if has_touching_sentences(line) {
            flags.insert("missing_space_after_full_stop");
        }
        if line.contains('\u{a0}') && line.trim().is_empty() {
            flags.insert("nbsp_line");
        }
    }
    flags
}

/// Whether two sentences of a line touch. The sentence rules tell a missing space from an abbreviation; they are asked
/// only where something follows what can end a sentence.
fn has_touching_sentences(line: &str) -> bool {
    let followed = line.char_indices().filter(|(_, letter)| may_end_sentence(*letter)).any(|(at, letter)| {
        let rest = line.get(at + letter.len_utf8()..).unwrap_or_default();
        rest.chars().next().is_some_and(|next| !next.is_whitespace())
    });
    if !followed {
        return false;
    }
    let found = sentences(line, &SentenceRules::default());
    found.iter().zip(found.iter().skip(1)).any(|(first, second)| first.end() == second.start())
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
    use crate::text::testing::any_text;

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

    proptest::proptest! {
        #[test]
        fn touching_sentences_are_missed_nowhere(text in any_text(), more in "([a-z\\u{628} .!\"\u{bb})]{0,8}){0,6}") {
            for line in [text, more].iter().flat_map(|text| text.lines()) {
                let found = sentences(line, &SentenceRules::default());
                let touch = found.iter().zip(found.iter().skip(1)).any(|(first, second)| first.end() == second.start());
                proptest::prop_assert_eq!(has_touching_sentences(line), touch, "{:?}", line);
            }
        }
    }
}
