//! Spans: where something stands in an article's text.
//!
//! One unit everywhere inside Hashiya: **UTF-8 bytes** of the stored text, half-open, in logical (reading) order.
//! Other units live in [`super::units`] and at the edge of `formats`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A half-open range `[start, end)` of UTF-8 bytes, in logical order. `start <= end` always.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    start: usize,
    end: usize,
}

/// Why a span or a set of spans cannot stand on a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The end lies before the start.
    #[error("the span {start}..{end} ends before it starts")]
    Backwards {
        /// First byte.
        start: usize,
        /// End, exclusive.
        end: usize,
    },
    /// The span covers nothing where something is needed.
    #[error("the span at byte {at} is empty")]
    Empty {
        /// Where it stands.
        at: usize,
    },
    /// The span ends after the text.
    #[error("the span {span} ends after the text, which has {text_len_bytes} bytes")]
    OutOfText {
        /// The span.
        span: Span,
        /// Length of the text in bytes.
        text_len_bytes: usize,
    },
    /// An edge falls between a letter and its marks, or inside a character.
    #[error("byte {at} lies inside a letter with its marks; the nearest edges are {before} and {after}")]
    SplitsGrapheme {
        /// The edge.
        at: usize,
        /// Start of the grapheme cluster.
        before: usize,
        /// End of the grapheme cluster.
        after: usize,
    },
    /// A set has no span at all.
    #[error("no span was given")]
    NoSpan,
    /// Two spans of one set share text.
    #[error("the spans {first} and {second} of one annotation overlap")]
    Overlap {
        /// The earlier span.
        first: Span,
        /// The later span.
        second: Span,
    },
}

impl Span {
    /// The span from `start` to `end`; arguments in the wrong order are exchanged, so that a drag in either direction works.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// End, exclusive.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `at` is one of its bytes.
    #[must_use]
    pub const fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly inside (equal counts).
    #[must_use]
    pub const fn encloses(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both cover, if anything.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span counted from `origin`, for text cut out of a larger one. Saturates at 0.
    #[must_use]
    pub const fn relative_to(self, origin: usize) -> Self {
        Self { start: self.start.saturating_sub(origin), end: self.end.saturating_sub(origin) }
    }

    /// The inverse of [`Span::relative_to`].
    #[must_use]
    pub const fn offset_by(self, origin: usize) -> Self {
        Self { start: self.start + origin, end: self.end + origin }
    }

    /// How `self` lies towards `other`.
    #[must_use]
    pub fn relation(self, other: Self) -> SpanRelation {
        use SpanRelation as R;
        if self == other {
            R::Equal
        } else if self.end <= other.start {
            R::Before
        } else if other.end <= self.start {
            R::After
        } else if self.encloses(other) {
            R::Encloses
        } else if other.encloses(self) {
            R::Inside
        } else {
            R::Crosses
        }
    }

    /// The text of the span, or `None` where it ends after the text or splits a character.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl TryFrom<(usize, usize)> for Span {
    type Error = SpanError;
    fn try_from((start, end): (usize, usize)) -> Result<Self, SpanError> {
        if start <= end { Ok(Self { start, end }) } else { Err(SpanError::Backwards { start, end }) }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// How two spans lie towards each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanRelation {
    /// The same bytes.
    Equal,
    /// Ends at or before the other's start.
    Before,
    /// Starts at or after the other's end.
    After,
    /// Contains the other.
    Encloses,
    /// Is contained in the other.
    Inside,
    /// Partial overlap without containment.
    Crosses,
}

/// One or more spans of one annotation: non-empty, in text order, disjoint (touching pieces are allowed).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>", into = "Vec<Span>")]
pub struct SpanSet(Vec<Span>);

impl SpanSet {
    /// A set of the given spans, sorted.
    ///
    /// # Errors
    /// [`SpanError::NoSpan`], [`SpanError::Empty`] or [`SpanError::Overlap`].
    pub fn new(mut spans: Vec<Span>) -> Result<Self, SpanError> {
        spans.sort_unstable();
        if let Some(empty) = spans.iter().find(|span| span.is_empty()) {
            return Err(SpanError::Empty { at: empty.start });
        }
        for (first, second) in spans.iter().zip(spans.iter().skip(1)) {
            if first.overlaps(*second) {
                return Err(SpanError::Overlap { first: *first, second: *second });
            }
        }
        if spans.is_empty() { Err(SpanError::NoSpan) } else { Ok(Self(spans)) }
    }

    /// A set of one span.
    ///
    /// # Errors
    /// [`SpanError::Empty`].
    pub fn one(span: Span) -> Result<Self, SpanError> {
        Self::new(vec![span])
    }

    /// The union with `span`: pieces that overlap or touch it become one with it.
    ///
    /// # Errors
    /// [`SpanError::Empty`].
    pub fn with(&self, span: Span) -> Result<Self, SpanError> {
        if span.is_empty() {
            return Err(SpanError::Empty { at: span.start });
        }
        let mut joined = span;
        let mut rest = Vec::new();
        for piece in &self.0 {
            if piece.start <= joined.end && joined.start <= piece.end {
                joined = joined.hull(*piece);
            } else {
                rest.push(*piece);
            }
        }
        rest.push(joined);
        Self::new(rest)
    }

    /// The pieces, in text order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// The pieces, in text order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Span> + ExactSizeIterator + '_ {
        self.0.iter().copied()
    }

    /// First byte of the first piece.
    #[must_use]
    pub fn start(&self) -> usize {
        self.0.first().map_or(0, |span| span.start)
    }

    /// End of the last piece, exclusive.
    #[must_use]
    pub fn end(&self) -> usize {
        self.0.last().map_or(0, |span| span.end)
    }

    /// From the first byte to the last, gaps included.
    #[must_use]
    pub fn hull(&self) -> Span {
        Span { start: self.start(), end: self.end() }
    }

    /// Whether it has more than one piece.
    #[must_use]
    pub fn is_discontinuous(&self) -> bool {
        self.0.len() > 1
    }

    /// Whether some piece covers byte `at`.
    #[must_use]
    pub fn contains(&self, at: usize) -> bool {
        self.0.iter().any(|span| span.contains(at))
    }

    /// Sum of the pieces' lengths in bytes.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.0.iter().map(|span| span.len()).sum()
    }

    /// The pieces' texts joined by an ellipsis between spaces, as shown in lists and stored as the quote; `None` where a piece does not fit `text`.
    #[must_use]
    pub fn quote(&self, text: &str) -> Option<String> {
        let pieces: Option<Vec<&str>> = self.0.iter().map(|span| span.slice(text)).collect();
        pieces.map(|pieces| pieces.join(" \u{2026} "))
    }
}

impl fmt::Debug for SpanSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0).finish()
    }
}

impl TryFrom<Vec<Span>> for SpanSet {
    type Error = SpanError;
    fn try_from(spans: Vec<Span>) -> Result<Self, SpanError> {
        Self::new(spans)
    }
}

impl From<SpanSet> for Vec<Span> {
    fn from(set: SpanSet) -> Self {
        set.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_told_apart() {
        let of = |a: (usize, usize), b: (usize, usize)| Span::new(a.0, a.1).relation(Span::new(b.0, b.1));
        assert_eq!(of((0, 4), (0, 4)), SpanRelation::Equal);
        assert_eq!(of((0, 4), (4, 6)), SpanRelation::Before);
        assert_eq!(of((4, 6), (0, 4)), SpanRelation::After);
        assert_eq!(of((0, 6), (2, 4)), SpanRelation::Encloses);
        assert_eq!(of((2, 4), (0, 6)), SpanRelation::Inside);
        assert_eq!(of((0, 4), (2, 6)), SpanRelation::Crosses);
    }

    #[test]
    fn sets_are_sorted_and_disjoint() {
        let set = SpanSet::new(vec![Span::new(6, 8), Span::new(0, 2)]).unwrap();
        assert_eq!(set.as_slice(), [Span::new(0, 2), Span::new(6, 8)]);
        assert_eq!(SpanSet::new(vec![]), Err(SpanError::NoSpan));
        assert!(matches!(SpanSet::new(vec![Span::new(0, 3), Span::new(2, 4)]), Err(SpanError::Overlap { .. })));
        assert!(matches!(SpanSet::one(Span::new(3, 3)), Err(SpanError::Empty { at: 3 })));
    }

    #[test]
    fn a_fragment_that_touches_joins() {
        let set = SpanSet::one(Span::new(0, 2)).unwrap();
        assert_eq!(set.with(Span::new(2, 4)).unwrap().as_slice(), [Span::new(0, 4)]);
        assert_eq!(set.with(Span::new(5, 6)).unwrap().as_slice(), [Span::new(0, 2), Span::new(5, 6)]);
    }
}
