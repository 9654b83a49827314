//! Paragraphs and their base direction, and the characters that nobody sees.

use std::fmt::Write as _;

use unicode_bidi::{BidiClass, bidi_class};

use super::Span;

/// Base direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphDirection {
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// Whether `letter` ends a paragraph on screen and a sentence: LF, VT, FF, CR, U+0085, U+2028 or U+2029.
#[must_use]
pub const fn is_line_break(letter: char) -> bool {
    matches!(letter, '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The paragraphs of `text` in order, empty ones included; the separators belong to none, and CR LF is one separator.
///
/// A text without a line break is one paragraph; a break at the end is followed by an empty last paragraph.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if !is_line_break(letter) {
            continue;
        }
        found.push(Span::new(start, at));
        start = at + letter.len_utf8();
        if letter == '\r'
            && let Some((lf, _)) = letters.next_if(|(_, next)| *next == '\n')
        {
            start = lf + 1;
        }
    }
    found.push(Span::new(start, text.len()));
    found
}

/// The line (paragraph) that holds byte `at`, without its break. A byte of a separator belongs to the line before it.
#[must_use]
pub fn line_at(text: &str, at: usize) -> Span {
    let at = super::units::floor_char(text, at);
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let in_cr_lf = head.ends_with('\r') && tail.starts_with('\n');
    let (head, at) = if in_cr_lf { (head.strip_suffix('\r').unwrap_or(head), at - 1) } else { (head, at) };
    let start = head.char_indices().rev().find(|(_, letter)| is_line_break(*letter));
    let start = start.map_or(0, |(byte, letter)| byte + letter.len_utf8());
    let tail = text.get(at..).unwrap_or_default();
    let end = tail.find(is_line_break).map_or(text.len(), |len| at + len);
    Span::new(start, end)
}

/// The direction of the first strong character of `text`, by rules P2 and P3 of UAX #9 (isolates are skipped).
#[must_use]
pub fn first_strong(text: &str) -> Option<ParagraphDirection> {
    let mut isolates = 0_usize;
    for letter in text.chars() {
        match bidi_class(letter) {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => isolates += 1,
            BidiClass::PDI => isolates = isolates.saturating_sub(1),
            BidiClass::B => isolates = 0,
            BidiClass::L if isolates == 0 => return Some(ParagraphDirection::Ltr),
            BidiClass::R | BidiClass::AL if isolates == 0 => return Some(ParagraphDirection::Rtl),
            _ => {}
        }
    }
    None
}

/// The direction of a paragraph, `otherwise` where it has no strong character.
#[must_use]
pub fn paragraph_direction(paragraph: &str, otherwise: ParagraphDirection) -> ParagraphDirection {
    first_strong(paragraph).unwrap_or(otherwise)
}

/// Whether `letter` steers the bidirectional algorithm and is not seen: LRM, RLM, ALM, the embeddings, overrides and
/// isolates with their ends.
#[must_use]
pub const fn is_bidi_control(letter: char) -> bool {
    matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether `letter` cannot be seen and would spoil a one-line message: controls, line breaks, bidi and format controls.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || is_line_break(letter)
        || is_bidi_control(letter)
        || matches!(letter, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// `text` fit for a one-line message: what nobody can see stands as `\u{...}`, so that it cannot break or reorder the line.
#[must_use]
pub fn escape_invisible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_invisible(letter) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{{{:X}}}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::any_text;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_end_at_every_line_break() {
        let text = "a\r\nb\nc\rd\u{85}e\u{2028}f\u{2029}g\u{B}h\u{C}";
        let pieces: Vec<&str> = paragraphs(text).iter().filter_map(|span| span.slice(text)).collect();
        assert_eq!(pieces, ["a", "b", "c", "d", "e", "f", "g", "h", ""]);
        assert_eq!(paragraphs(""), [Span::new(0, 0)]);
        assert_eq!(line_at("ab\r\ncd", 3), Span::new(0, 2));
        assert_eq!(line_at("ab\r\ncd", 4), Span::new(4, 6));
    }

    #[test]
    fn the_first_strong_character_decides() {
        use ParagraphDirection::{Ltr, Rtl};
        assert_eq!(first_strong("76.68% \u{628} a"), Some(Rtl));
        assert_eq!(first_strong("(a \u{628}"), Some(Ltr));
        assert_eq!(first_strong("\u{2067}\u{628}\u{2069} a"), Some(Ltr));
        assert_eq!(first_strong("12 - 34"), None);
        assert_eq!(paragraph_direction("12", Rtl), Rtl);
    }

    #[test]
    fn messages_show_what_cannot_be_seen() {
        assert_eq!(escape_invisible("a\n\u{202E}b\u{1B}"), "a\\u{A}\\u{202E}b\\u{1B}");
        assert_eq!(escape_invisible("caf\u{E9}"), "caf\u{E9}");
    }

    proptest! {
        #[test]
        fn paragraphs_and_breaks_make_up_the_text(text in any_text()) {
            let mut at = 0;
            for span in paragraphs(&text) {
                let gap = text.get(at..span.start());
                prop_assert!(gap.is_some_and(|gap| gap.chars().all(is_line_break) && gap.chars().count() <= 2));
                prop_assert!(span.slice(&text).is_some_and(|line| !line.contains(is_line_break)));
                for byte in span.start()..=span.end() {
                    prop_assert_eq!(line_at(&text, byte), span);
                }
                at = span.end();
            }
            prop_assert_eq!(at, text.len());
            prop_assert!(!escape_invisible(&text).chars().any(is_invisible));
            let _ = first_strong(&text);
        }
    }
}
