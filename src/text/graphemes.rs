//! Grapheme clusters of a text (UAX #29), with a short way through the letters that news is made of.

use unicode_segmentation::UnicodeSegmentation as _;

/// The extended grapheme clusters of `text` with their first bytes, exactly as `unicode-segmentation` cuts them.
pub(super) const fn graphemes(text: &str) -> Graphemes<'_> {
    Graphemes { text, at: 0 }
}

/// See [`graphemes`].
#[derive(Clone, Debug)]
pub(super) struct Graphemes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let mut letters = rest.chars();
        let first = letters.next()?;
        let is_alone = is_plain(first) && letters.next().is_none_or(is_plain);
        // No rule looks behind a cluster that is whole, so every cluster can be found from its own start.
        let len = if is_alone { first.len_utf8() } else { rest.graphemes(true).next()?.len() };
        let start = self.at;
        self.at += len;
        Some((start, rest.get(..len)?))
    }
}

/// Whether a character of the break class Other: between two of them a cluster always ends. Not all of them are here.
const fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{AB}' | '\u{BB}' | '\u{5D0}'..='\u{5EA}' | '\u{60C}' | '\u{61B}' | '\u{61F}'
        | '\u{621}'..='\u{64A}' | '\u{660}'..='\u{669}' | '\u{2018}'..='\u{201E}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::any_text;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str) {
        let found: Vec<(usize, &str)> = graphemes(text).collect();
        assert_eq!(found, text.grapheme_indices(true).collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn every_plain_letter_stands_alone_beside_any_other() {
        let plain: Vec<char> = ('\0'..='\u{FFFF}').filter(|letter| is_plain(*letter)).collect();
        for first in &plain {
            for second in &plain {
                check(&format!("{first}{second}"));
            }
        }
    }

    #[test]
    fn clusters_of_several_characters_stay_whole() {
        check(
            "a\u{301}b \u{628}\u{651}\u{64E}\u{631} \u{1F468}\u{200D}\u{1F469} \u{1F1E9}\u{1F1FF}\u{1F1EA}\r\n1\u{20E3}",
        );
        check("\u{600}\u{661} \u{915}\u{94D}\u{937} x\u{200D}y \u{200F}a");
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_the_library(text in any_text()) {
            check(&text);
        }
    }
}
