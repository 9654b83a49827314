//! Units of text: bytes inside, and code points, UTF-16 units and graphemes at the edges.
//!
//! Everything stored counts UTF-8 bytes. Other tools count code points (Python), UTF-16 units (browsers) or
//! graphemes (people); [`OffsetMap`] translates at the boundary, with one type per unit so that they cannot be mixed.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::{Span, SpanError};

/// An offset in Unicode code points from the start of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharOffset(pub usize);

/// An offset in UTF-16 code units from the start of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(pub usize);

/// An offset in extended grapheme clusters from the start of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraphemeOffset(pub usize);

/// Bytes between two milestones. A look-up walks at most this far; ten million bytes need about 160 KB of milestones.
const STEP_BYTES: usize = 1024;

/// What is known at a character that begins at or just after a multiple of [`STEP_BYTES`].
#[derive(Clone, Copy, Debug, Default)]
struct Milestone {
    byte: usize,
    chars: usize,
    utf16: usize,
}

/// Translates offsets of one text between bytes, code points, UTF-16 units and graphemes.
///
/// Building walks the text once. A look-up is a binary search and a walk of at most one kilobyte; graphemes keep a
/// table of their own, built at the first use.
#[derive(Debug)]
pub struct OffsetMap<'a> {
    text: &'a str,
    milestones: Vec<Milestone>,
    end: Milestone,
    graphemes: std::sync::OnceLock<Vec<(usize, usize)>>,
}

impl<'a> OffsetMap<'a> {
    /// The map of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut milestones = Vec::with_capacity(text.len() / STEP_BYTES + 1);
        let mut now = Milestone::default();
        let mut next_byte = 0;
        for (byte, letter) in text.char_indices() {
            now.byte = byte;
            if byte >= next_byte {
                milestones.push(now);
                next_byte = byte + STEP_BYTES;
            }
            now.chars += 1;
            now.utf16 += letter.len_utf16();
        }
        now.byte = text.len();
        if milestones.is_empty() {
            milestones.push(Milestone::default());
        }
        Self { text, milestones, end: now, graphemes: std::sync::OnceLock::new() }
    }

    /// The text it was made of.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Length of the text in code points.
    #[must_use]
    pub const fn len_chars(&self) -> CharOffset {
        CharOffset(self.end.chars)
    }

    /// Length of the text in UTF-16 units.
    #[must_use]
    pub const fn len_utf16(&self) -> Utf16Offset {
        Utf16Offset(self.end.utf16)
    }

    /// Length of the text in graphemes.
    #[must_use]
    pub fn len_graphemes(&self) -> GraphemeOffset {
        let (byte, count) = self.grapheme_milestones().last().copied().unwrap_or((0, 0));
        GraphemeOffset(count + self.text.get(byte..).map_or(0, |rest| rest.graphemes(true).count()))
    }

    /// The byte at which code point number `at` begins; the length is a valid answer, `None` lies after it.
    #[must_use]
    pub fn byte_from_char(&self, at: CharOffset) -> Option<usize> {
        if at.0 >= self.end.chars {
            return (at.0 == self.end.chars).then_some(self.text.len());
        }
        let from = self.before(|milestone| milestone.chars <= at.0);
        let mut letters = self.text.get(from.byte..)?.chars();
        // The library steps over many characters at once, but only where nobody asks for their places.
        if let Some(last) = (at.0 - from.chars).checked_sub(1) {
            letters.nth(last)?;
        }
        Some(self.text.len() - letters.as_str().len())
    }

    /// The byte at which UTF-16 unit number `at` begins; `None` after the text or between two surrogates.
    #[must_use]
    pub fn byte_from_utf16(&self, at: Utf16Offset) -> Option<usize> {
        if at.0 >= self.end.utf16 {
            return (at.0 == self.end.utf16).then_some(self.text.len());
        }
        let from = self.before(|milestone| milestone.utf16 <= at.0);
        let mut units = from.utf16;
        for (byte, letter) in self.text.get(from.byte..)?.char_indices() {
            if units >= at.0 {
                return (units == at.0).then_some(from.byte + byte);
            }
            units += letter.len_utf16();
        }
        (units == at.0).then_some(self.text.len())
    }

    /// The byte at which grapheme number `at` begins; the length is a valid answer, `None` lies after it.
    #[must_use]
    pub fn byte_from_grapheme(&self, at: GraphemeOffset) -> Option<usize> {
        let table = self.grapheme_milestones();
        let idx = table.partition_point(|(_, count)| *count <= at.0).saturating_sub(1);
        let (byte, count) = table.get(idx).copied().unwrap_or((0, 0));
        let rest = self.text.get(byte..)?;
        let mut left = at.0.checked_sub(count)?;
        for (start, _) in rest.grapheme_indices(true) {
            if left == 0 {
                return Some(byte + start);
            }
            left -= 1;
        }
        (left == 0).then_some(self.text.len())
    }

    /// Number of whole code points before byte `at`. A byte inside a character counts as its start; one after the
    /// text as its end.
    #[must_use]
    pub fn char_from_byte(&self, at: usize) -> CharOffset {
        CharOffset(self.walk(at).chars)
    }

    /// Number of UTF-16 units before byte `at`. A byte inside a character counts as its start; one after the text as
    /// its end.
    #[must_use]
    pub fn utf16_from_byte(&self, at: usize) -> Utf16Offset {
        Utf16Offset(self.walk(at).utf16)
    }

    /// Number of whole graphemes before byte `at`. A byte inside a grapheme counts as its start; one after the text
    /// as its end.
    #[must_use]
    pub fn grapheme_from_byte(&self, at: usize) -> GraphemeOffset {
        let table = self.grapheme_milestones();
        let idx = table.partition_point(|(byte, _)| *byte <= at).saturating_sub(1);
        let (byte, count) = table.get(idx).copied().unwrap_or((0, 0));
        let rest = self.text.get(byte..).unwrap_or_default();
        let whole = rest.grapheme_indices(true).take_while(|(start, piece)| byte + start + piece.len() <= at).count();
        GraphemeOffset(count + whole)
    }

    /// `span` in code points.
    #[must_use]
    pub fn chars_from_span(&self, span: Span) -> (CharOffset, CharOffset) {
        (self.char_from_byte(span.start()), self.char_from_byte(span.end()))
    }

    /// The span of code points `start..end`, or `None` where it is backwards or ends after the text.
    #[must_use]
    pub fn span_from_chars(&self, start: CharOffset, end: CharOffset) -> Option<Span> {
        let (from, to) = (self.byte_from_char(start)?, self.byte_from_char(end)?);
        (from <= to).then(|| Span::new(from, to))
    }

    /// The span of UTF-16 units `start..end`, or `None` where it is backwards, splits a character or ends after the text.
    #[must_use]
    pub fn span_from_utf16(&self, start: Utf16Offset, end: Utf16Offset) -> Option<Span> {
        let (from, to) = (self.byte_from_utf16(start)?, self.byte_from_utf16(end)?);
        (from <= to).then(|| Span::new(from, to))
    }

    /// The span of graphemes `start..end`, or `None` where it is backwards or ends after the text.
    #[must_use]
    pub fn span_from_graphemes(&self, start: GraphemeOffset, end: GraphemeOffset) -> Option<Span> {
        let (from, to) = (self.byte_from_grapheme(start)?, self.byte_from_grapheme(end)?);
        (from <= to).then(|| Span::new(from, to))
    }

    /// The last milestone of which `holds` is true; it is true of the first.
    fn before(&self, holds: impl Fn(&Milestone) -> bool) -> Milestone {
        let idx = self.milestones.partition_point(holds).saturating_sub(1);
        self.milestones.get(idx).copied().unwrap_or_default()
    }

    /// Counts at byte `at`, floored to a character.
    fn walk(&self, at: usize) -> Milestone {
        if at >= self.text.len() {
            return self.end;
        }
        let mut now = self.before(|milestone| milestone.byte <= at);
        for letter in self.text.get(now.byte..).unwrap_or_default().chars() {
            if now.byte + letter.len_utf8() > at {
                break;
            }
            now.byte += letter.len_utf8();
            now.chars += 1;
            now.utf16 += letter.len_utf16();
        }
        now
    }

    /// `(byte, graphemes before it)` about every kilobyte, always at a grapheme's start.
    fn grapheme_milestones(&self) -> &[(usize, usize)] {
        self.graphemes.get_or_init(|| {
            let mut table = vec![(0, 0)];
            let mut next_byte = STEP_BYTES;
            for (count, (byte, _)) in self.text.grapheme_indices(true).enumerate() {
                if byte >= next_byte {
                    table.push((byte, count));
                    next_byte = byte + STEP_BYTES;
                }
            }
            table
        })
    }
}

/// The start of the nearest character at or before `at`, or the text's length.
#[must_use]
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether byte `at` lies between two graphemes (both ends of the text count).
#[must_use]
pub fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// The last grapheme boundary before byte `at`; 0 stays 0. A byte inside a grapheme gives that grapheme's start.
#[must_use]
pub fn prev_grapheme(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let floor = floor_char(text, at);
    if floor < at && is_grapheme_boundary(text, floor) {
        return floor;
    }
    GraphemeCursor::new(floor, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The first grapheme boundary after byte `at`; the text's end stays. A byte inside a grapheme gives that grapheme's end.
#[must_use]
pub fn next_grapheme(text: &str, at: usize) -> usize {
    let at = floor_char(text, at);
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// Widens `span` to grapheme boundaries and into the text: the start moves back, the end moves on. An empty span
/// between graphemes stays empty.
#[must_use]
pub fn grapheme_span(text: &str, span: Span) -> Span {
    let start = span.start().min(text.len());
    let end = span.end().min(text.len());
    let start = if is_grapheme_boundary(text, start) { start } else { prev_grapheme(text, start) };
    let end = if is_grapheme_boundary(text, end) { end } else { next_grapheme(text, end) };
    Span::new(start, end)
}

/// Whether `span` can stand in `text`: inside it, and both edges between graphemes. An empty span may.
///
/// # Errors
/// [`SpanError::OutOfText`] or [`SpanError::SplitsGrapheme`].
pub fn check_span(text: &str, span: Span) -> Result<(), SpanError> {
    if span.end() > text.len() {
        return Err(SpanError::OutOfText { span, text_len_bytes: text.len() });
    }
    for at in [span.start(), span.end()] {
        if !is_grapheme_boundary(text, at) {
            let wide = grapheme_span(text, Span::new(at, at));
            return Err(SpanError::SplitsGrapheme { at, before: wide.start(), after: wide.end() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::any_text;
    use proptest::prelude::*;

    #[test]
    fn offsets_are_told_in_every_unit() {
        // a, alef with hamza and shadda, an emoji of two surrogates, a flag of two code points
        let text = "a\u{623}\u{651}\u{1F600}\u{1F1F8}\u{1F1FE}b";
        let map = OffsetMap::new(text);
        assert_eq!((map.len_chars().0, map.len_utf16().0, map.len_graphemes().0), (7, 10, 5));
        assert_eq!(map.byte_from_char(CharOffset(3)), Some(5));
        assert_eq!(map.byte_from_utf16(Utf16Offset(4)), None);
        assert_eq!(map.byte_from_utf16(Utf16Offset(5)), Some(9));
        assert_eq!(map.byte_from_grapheme(GraphemeOffset(4)), Some(17));
        assert_eq!(map.byte_from_grapheme(GraphemeOffset(6)), None);
        assert_eq!(map.grapheme_from_byte(5), GraphemeOffset(2));
        assert_eq!(map.grapheme_from_byte(4), GraphemeOffset(1));
        assert_eq!(map.char_from_byte(7), CharOffset(3));
        assert_eq!(map.char_from_byte(99), CharOffset(7));
    }

    #[test]
    fn spans_are_checked_and_widened() {
        let text = "\u{628}\u{64E}\u{62A}";
        assert_eq!(check_span(text, Span::new(0, 4)), Ok(()));
        assert_eq!(check_span(text, Span::new(0, 2)), Err(SpanError::SplitsGrapheme { at: 2, before: 0, after: 4 }));
        assert!(matches!(check_span(text, Span::new(0, 9)), Err(SpanError::OutOfText { .. })));
        assert_eq!(grapheme_span(text, Span::new(2, 5)), Span::new(0, 6));
        assert_eq!(grapheme_span(text, Span::new(4, 4)), Span::new(4, 4));
        assert_eq!((prev_grapheme(text, 3), prev_grapheme(text, 5), next_grapheme(text, 1)), (0, 4, 4));
        assert_eq!((prev_grapheme(text, 0), next_grapheme(text, 6), next_grapheme(text, 60)), (0, 6, 6));
        assert_eq!(grapheme_span("a\r\nb", Span::new(2, 2)), Span::new(1, 3));
    }

    proptest! {
        #[test]
        fn every_unit_comes_back(text in any_text(), repeat in prop_oneof![9 => Just(1_usize), 1 => Just(40)]) {
            let text = text.repeat(repeat);
            let map = OffsetMap::new(&text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.char_from_byte(byte), CharOffset(chars));
                prop_assert_eq!(map.byte_from_char(CharOffset(chars)), Some(byte));
                prop_assert_eq!(map.byte_from_utf16(map.utf16_from_byte(byte)), Some(byte));
            }
            for (count, (byte, _)) in text.grapheme_indices(true).enumerate() {
                prop_assert_eq!(map.grapheme_from_byte(byte), GraphemeOffset(count));
                prop_assert_eq!(map.byte_from_grapheme(GraphemeOffset(count)), Some(byte));
                prop_assert!(is_grapheme_boundary(&text, byte));
            }
            prop_assert_eq!(map.byte_from_char(map.len_chars()), Some(text.len()));
            prop_assert_eq!(map.byte_from_utf16(map.len_utf16()), Some(text.len()));
            prop_assert_eq!(map.byte_from_grapheme(map.len_graphemes()), Some(text.len()));
        }

        #[test]
        fn widening_covers_and_passes_the_check(text in any_text(), a in 0_usize..80, b in 0_usize..80) {
            let span = Span::new(a, b);
            let wide = grapheme_span(&text, span);
            prop_assert!(check_span(&text, wide).is_ok());
            prop_assert!(wide.start() <= a.min(b));
            prop_assert!(wide.end() >= a.max(b).min(text.len()));
            prop_assert_eq!(grapheme_span(&text, wide), wide);
            prop_assert!(a == 0 || prev_grapheme(&text, a) < a);
            prop_assert!(a >= text.len() || next_grapheme(&text, a) > a);
            prop_assert!(is_grapheme_boundary(&text, prev_grapheme(&text, a)));
            prop_assert!(is_grapheme_boundary(&text, next_grapheme(&text, a)));
        }
    }
}
