//! Places of the caret: a byte and the side on which it leans.

use super::clusters::{Cluster, Line};
use super::paragraph::Paragraph;

/// On which neighbour a place between two graphemes leans. It matters where a line was broken and where the direction
/// changes: there one byte has two places on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affinity {
    /// With the grapheme that begins here.
    #[default]
    Downstream,
    /// With the grapheme that ends here.
    Upstream,
}

/// A place in text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPosition {
    /// Byte of the text.
    pub at: usize,
    /// The side on which it leans.
    pub affinity: Affinity,
}

impl TextPosition {
    /// Before the grapheme that begins at `at`.
    #[must_use]
    pub const fn downstream(at: usize) -> Self {
        Self { at, affinity: Affinity::Downstream }
    }

    /// Behind the grapheme that ends at `at`.
    #[must_use]
    pub const fn upstream(at: usize) -> Self {
        Self { at, affinity: Affinity::Upstream }
    }
}

/// The other place of a byte where the direction changes on one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitCaret {
    /// Its place, from the left edge of the column.
    pub x_px: f32,
    /// Direction of the text there.
    pub rtl: bool,
}

/// Where to draw a caret.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaretShape {
    /// Number of the line.
    pub line: usize,
    /// Its place, from the left edge of the column.
    pub x_px: f32,
    /// Top edge of its line, from the top of the paragraph.
    pub top_px: f32,
    /// Height of its line.
    pub height_px: f32,
    /// Direction of the text on which it leans; a small flag at the top may show it.
    pub rtl: bool,
    /// The second half where the direction changes.
    pub split: Option<SplitCaret>,
}

/// The two rows around a byte.
pub(super) struct Neighbours<'a> {
    pub before: Option<&'a Cluster>,
    pub after: Option<&'a Cluster>,
}

impl Paragraph {
    /// The caret at a place. A byte inside a grapheme counts as the grapheme's start; one behind the text as its end.
    #[must_use]
    pub fn caret(&self, position: TextPosition) -> CaretShape {
        let position = self.settled(position);
        let near = self.neighbours(position.at);
        let (own, other) = match position.affinity {
            Affinity::Downstream => (near.after.map(start_place), near.before.map(end_place)),
            Affinity::Upstream => (near.before.map(end_place), near.after.map(start_place)),
        };
        let line_idx = self.line_of(position);
        let line = self.tables.lines.get(line_idx).copied().unwrap_or(EMPTY_LINE);
        let (x_px, rtl) = match own {
            Some((at_line, x_px, rtl)) if at_line == line_idx => (x_px, rtl),
            // An empty last line, or an empty text: the caret stands where reading begins.
            _ => (if line.rtl { self.width_px() } else { 0.0 }, line.rtl),
        };
        let split = other.filter(|(at_line, other_px, _)| *at_line == line_idx && (other_px - x_px).abs() > 0.5);
        let split = split.filter(|_| own.is_some_and(|(at_line, ..)| at_line == line_idx));
        CaretShape {
            line: line_idx,
            x_px,
            top_px: line.top_px,
            height_px: line.height_px,
            rtl,
            split: split.map(|(_, x_px, rtl)| SplitCaret { x_px, rtl }),
        }
    }

    /// The same place with an affinity that exists: at the start and end of the text and behind a line separator there
    /// is only one side, and a byte inside a grapheme moves to its start.
    #[must_use]
    pub fn settled(&self, position: TextPosition) -> TextPosition {
        let at = position.at.min(self.text.len());
        let at = self.cluster_at(at).map_or(at, |cluster| cluster.span.start());
        let near = self.neighbours(at);
        let affinity = match (near.before, near.after) {
            (None, _) => Affinity::Downstream,
            (Some(before), _) if self.is_separator_row(before) => Affinity::Downstream,
            (Some(_), None) => Affinity::Upstream,
            _ => position.affinity,
        };
        TextPosition { at, affinity }
    }

    /// Number of the line on which a place is shown.
    #[must_use]
    pub fn line_of(&self, position: TextPosition) -> usize {
        let position = self.settled(position);
        let near = self.neighbours(position.at);
        let row = match position.affinity {
            Affinity::Downstream => near.after,
            Affinity::Upstream => near.before,
        };
        row.map_or(self.tables.lines.len().saturating_sub(1), |row| row.line)
    }

    pub(super) fn neighbours(&self, at: usize) -> Neighbours<'_> {
        let row = self.row_at(at).unwrap_or(self.tables.clusters.len());
        let before = row.checked_sub(1).and_then(|row| self.tables.clusters.get(row));
        Neighbours { before, after: self.tables.clusters.get(row) }
    }

    pub(super) fn is_separator_row(&self, cluster: &Cluster) -> bool {
        cluster.span.slice(&self.text).is_some_and(|text| text.starts_with(super::pieces::is_separator))
    }
}

/// A line for a paragraph without lines; there is none, but nothing may panic.
const EMPTY_LINE: Line = Line {
    span: crate::text::Span::new(0, 0),
    top_px: 0.0,
    baseline_px: 0.0,
    height_px: 0.0,
    left_px: 0.0,
    right_px: 0.0,
    rtl: false,
    ends_paragraph: true,
    first_cluster: 0,
    end_cluster: 0,
};

fn start_place(cluster: &Cluster) -> (usize, f32, bool) {
    (cluster.line, cluster.start_edge_px(), cluster.rtl)
}

fn end_place(cluster: &Cluster) -> (usize, f32, bool) {
    (cluster.line, cluster.end_edge_px(), cluster.rtl)
}
