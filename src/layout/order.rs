//! Visual order of a line: UAX #9 through unicode-bidi, rules L1 and L2 applied per line.
//!
//! Parley orders runs too, but without rule L1: a line that ends in Latin letters or digits and a space comes out
//! one space off. So parley's order is never painted; ours is.

use crate::text::Span;
use unicode_bidi::{BidiInfo, Level};

/// The order of the units (graphemes, characters) of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineOrder {
    /// Embedding level of each unit, in logical order; odd levels run right to left.
    pub levels: Vec<u8>,
    /// Logical numbers of the units, from left to right.
    pub visual: Vec<usize>,
}

/// The levels of one paragraph, ready to be asked line by line.
pub(super) struct Bidi<'text> {
    info: BidiInfo<'text>,
}

/// What [`Bidi`] computes of a text, without the text: kept with a paragraph, so that other widths cost nothing of it.
#[derive(Clone, Debug, Default)]
pub(super) struct BidiLevels {
    classes: Vec<unicode_bidi::BidiClass>,
    levels: Vec<Level>,
    paragraphs: Vec<unicode_bidi::ParagraphInfo>,
}

impl<'text> Bidi<'text> {
    /// From what [`Bidi::into_levels`] gave for the same text.
    pub(super) fn from_levels(text: &'text str, kept: BidiLevels) -> Self {
        let BidiLevels { classes, levels, paragraphs } = kept;
        Self { info: BidiInfo { text, original_classes: classes, levels, paragraphs } }
    }

    pub(super) fn into_levels(self) -> BidiLevels {
        let BidiInfo { original_classes, levels, paragraphs, .. } = self.info;
        BidiLevels { classes: original_classes, levels, paragraphs }
    }

    pub(super) fn new(text: &'text str, rtl: bool) -> Self {
        Self { info: BidiInfo::new(text, Some(if rtl { Level::rtl() } else { Level::ltr() })) }
    }

    /// Order of the units that start at `starts` (bytes of the paragraph, ascending) within the line `line`.
    pub(super) fn order(&self, line: Span, starts: impl ExactSizeIterator<Item = usize>) -> LineOrder {
        let paragraph = self
            .info
            .paragraphs
            .iter()
            .find(|paragraph| line.start() < paragraph.range.end || paragraph.range.is_empty());
        // An empty text has no paragraph at all, and then no unit either.
        let Some(paragraph) = paragraph.or(self.info.paragraphs.last()) else { return LineOrder::default() };
        let end = line.end().min(self.info.levels.len());
        let start = line.start().min(end);
        let levels = self.info.reordered_levels(paragraph, start..end);
        let of_units: Vec<Level> = starts.map(|at| levels.get(at).copied().unwrap_or(paragraph.level)).collect();
        let visual = BidiInfo::reorder_visual(&of_units);
        LineOrder { levels: of_units.iter().map(Level::number).collect(), visual }
    }
}

/// The visual order of the characters of `line` within a paragraph of that base direction: exactly what is painted.
/// `line` is in bytes of `paragraph`; a line that cuts a character is widened to it.
#[must_use]
pub fn order_line(paragraph: &str, rtl: bool, line: Span) -> LineOrder {
    let starts: Vec<usize> = paragraph
        .char_indices()
        .filter(|(at, c)| *at < line.end() && at + c.len_utf8() > line.start())
        .map(|(at, _)| at)
        .collect();
    let start = starts.first().copied().unwrap_or(line.start());
    let end = starts
        .last()
        .and_then(|last| paragraph.get(*last..)?.chars().next().map(|c| last + c.len_utf8()))
        .unwrap_or(start);
    Bidi::new(paragraph, rtl).order(Span::new(start, end), starts.into_iter())
}
