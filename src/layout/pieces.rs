//! A text cut into pieces that are laid out one by one: at line separators, and where one paragraph is too long.

use super::style::Base;
use crate::text::Span;
use unicode_segmentation::GraphemeCursor;

/// Longest text given to the shaper at once; above it time and memory per keystroke would be felt.
pub(super) const MAX_PIECE_BYTES: usize = 64 * 1024;

/// How far back from the limit a good place to cut is looked for.
const LOOK_BACK_BYTES: usize = 8 * 1024;

/// One piece: text that is shaped together, and the separator behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its text, without the separator.
    pub text: Span,
    /// The separator (LF, CR LF, U+2029 ...); empty where the text ends or a long paragraph was cut.
    pub separator: Span,
    /// Base direction, resolved over the whole paragraph.
    pub rtl: bool,
}

/// Characters that end a paragraph: bidi class B, and the line, page and form breaks of Unicode.
pub(super) const fn is_separator(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Cuts `text` into pieces; there is always at least one, and a text that ends with a separator has an empty last one.
pub(super) fn pieces(text: &str, base: Base) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let Some(found) = rest.find(is_separator) else {
            push_paragraph(text, Span::new(start, text.len()), Span::new(text.len(), text.len()), base, &mut pieces);
            return pieces;
        };
        let at = start + found;
        let len = if text.get(at..).is_some_and(|tail| tail.starts_with("\r\n")) {
            2
        } else {
            text.get(at..).and_then(|tail| tail.chars().next()).map_or(1, char::len_utf8)
        };
        push_paragraph(text, Span::new(start, at), Span::new(at, at + len), base, &mut pieces);
        start = at + len;
    }
}

fn push_paragraph(text: &str, paragraph: Span, separator: Span, base: Base, pieces: &mut Vec<Piece>) {
    let rtl = base.resolve_rtl(paragraph.slice(text).unwrap_or_default());
    let mut start = paragraph.start();
    while paragraph.end() - start > MAX_PIECE_BYTES {
        let cut = cut_place(text, start, start + MAX_PIECE_BYTES);
        pieces.push(Piece { text: Span::new(start, cut), separator: Span::new(cut, cut), rtl });
        start = cut;
    }
    pieces.push(Piece { text: Span::new(start, paragraph.end()), separator, rtl });
}

/// The best place to cut in `(start, limit]`: behind a sentence, else behind a space, else between two graphemes.
fn cut_place(text: &str, start: usize, limit: usize) -> usize {
    let limit = floor_char(text, limit);
    let from = floor_char(text, limit.saturating_sub(LOOK_BACK_BYTES).max(start));
    let window = text.get(from..limit).unwrap_or_default();
    let mut after_space = None;
    let mut after_sentence = None;
    let mut previous = ' ';
    for (at, c) in window.char_indices() {
        if c == ' ' {
            after_space = Some(from + at + 1);
            if matches!(previous, '.' | '!' | '?' | '\u{61f}' | '\u{6d4}' | '\u{2026}') {
                after_sentence = after_space;
            }
        }
        previous = c;
    }
    let boundary = || {
        let mut cursor = GraphemeCursor::new(limit, text.len(), true);
        match cursor.is_boundary(text, 0) {
            Ok(true) => Some(limit),
            _ => cursor.prev_boundary(text, 0).ok().flatten(),
        }
    };
    after_sentence.or(after_space).or_else(boundary).filter(|cut| *cut > start).unwrap_or(limit)
}

/// The greatest character boundary not above `at`.
pub(super) fn floor_char(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(usize, usize, usize)]) {
        let got: Vec<_> = pieces(text, Base::Auto)
            .iter()
            .map(|piece| (piece.text.start(), piece.text.end(), piece.separator.end()))
            .collect();
        assert_eq!(got, expected, "{text:?}");
    }

    #[test]
    fn separators_belong_to_the_piece_before_them() {
        check("", &[(0, 0, 0)]);
        check("a", &[(0, 1, 1)]);
        check("a\n", &[(0, 1, 2), (2, 2, 2)]);
        check("a\r\nb", &[(0, 1, 3), (3, 4, 4)]);
        check("\n\n", &[(0, 0, 1), (1, 1, 2), (2, 2, 2)]);
        check("a\u{2029}b\u{85}c", &[(0, 1, 4), (4, 5, 7), (7, 8, 8)]);
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_a_sentence() {
        let sentence = "abc def. ";
        let text = sentence.repeat(20_000);
        let pieces = pieces(&text, Base::Auto);
        assert!(pieces.len() > 2);
        for pair in pieces.windows(2) {
            assert!(pair[0].text.len() <= MAX_PIECE_BYTES);
            assert_eq!(pair[0].text.end(), pair[1].text.start());
            assert!(pair[0].text.slice(&text).is_some_and(|piece| piece.ends_with(". ")));
        }
    }

    #[test]
    fn a_long_paragraph_without_spaces_is_cut_between_letters() {
        let text = "\u{628}\u{64e}".repeat(40_000);
        for piece in pieces(&text, Base::Auto) {
            assert!(piece.rtl && piece.text.start() % 4 == 0, "{piece:?}");
        }
    }
}
