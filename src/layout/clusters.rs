//! The cluster table: one row per grapheme and line, with its place on screen, in our own visual order.

use super::order::{Bidi, BidiLevels};
use super::paragraph::Glyph;
use super::pieces::Piece;
use crate::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// A painted line of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Bytes of the paragraph on this line, with trailing spaces and the separator that ends it.
    pub span: Span,
    /// Top edge, from the top of the paragraph.
    pub top_px: f32,
    /// Baseline, from the top of the paragraph; a whole number of pixels below `top_px`.
    pub baseline_px: f32,
    /// Height; the same for all lines of a paragraph.
    pub height_px: f32,
    /// Left end of the visible text: trailing spaces that hang over the column's end do not count.
    pub left_px: f32,
    /// Right end of the visible text.
    pub right_px: f32,
    /// Base direction.
    pub rtl: bool,
    /// Whether the line ends because the paragraph ends there, not because the column is full.
    pub ends_paragraph: bool,
    /// First row of the cluster table on this line.
    pub(super) first_cluster: usize,
    /// One behind its last row.
    pub(super) end_cluster: usize,
}

/// One grapheme on a line. A grapheme that a line break cuts (it can happen in very narrow columns) has a row on each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Bytes of the paragraph.
    pub span: Span,
    /// Number of its line.
    pub line: usize,
    /// Left edge, from the left edge of the column.
    pub left_px: f32,
    /// Right edge; equal to the left edge for graphemes without width (an alef in a lam-alef of Noto Naskh, RLM ...).
    pub right_px: f32,
    /// Whether it is read from right to left.
    pub rtl: bool,
}

impl Cluster {
    /// Width; 0 for graphemes that take no room.
    #[must_use]
    pub fn width_px(&self) -> f32 {
        self.right_px - self.left_px
    }

    /// The edge where reading of it begins.
    #[must_use]
    pub const fn start_edge_px(&self) -> f32 {
        if self.rtl { self.right_px } else { self.left_px }
    }

    /// The edge where reading of it ends.
    #[must_use]
    pub const fn end_edge_px(&self) -> f32 {
        if self.rtl { self.left_px } else { self.right_px }
    }
}

/// A stretch of text with one advance as parley measured it: a grapheme within one font run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// First byte, within the piece.
    pub start: usize,
    pub advance_px: f32,
    /// Whether it continues a ligature that an earlier part began.
    pub continues: bool,
    /// Its glyphs in the list of the line.
    pub first_glyph: usize,
    pub end_glyph: usize,
}

/// A glyph as parley gives it: offsets from the pen, and how far the pen moves.
#[derive(Clone, Copy, Debug)]
pub(super) struct PenGlyph {
    pub glyph: Glyph,
    pub advance_px: f32,
}

/// What parley says of one line.
#[derive(Debug, Default)]
pub(super) struct MeasuredLine {
    /// Bytes of the piece.
    pub start: usize,
    pub end: usize,
    /// In logical order.
    pub parts: Vec<Part>,
    pub glyphs: Vec<PenGlyph>,
}

/// What Unicode says of a piece, whatever its width: computed once.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    levels: BidiLevels,
    /// First byte of every grapheme.
    graphemes: Vec<u32>,
}

impl Outline {
    pub(super) fn new(piece: &str, rtl: bool) -> Self {
        let mut graphemes = Vec::with_capacity(piece.len() / 2 + 1);
        graphemes.extend(piece.grapheme_indices(true).map(|(at, _)| u32_from(at)));
        Self { levels: Bidi::new(piece, rtl).into_levels(), graphemes }
    }
}

/// Tables under construction, over all pieces of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    pub lines: Vec<Line>,
    pub clusters: Vec<Cluster>,
    /// Row numbers from left to right, line by line.
    pub visual: Vec<u32>,
    pub glyphs: Vec<Glyph>,
    /// Where each line's glyphs begin; one more entry than lines.
    pub glyph_starts: Vec<usize>,
}

/// Vertical measures shared by all lines of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineBox {
    pub height_px: f32,
    pub baseline_px: f32,
}

impl Tables {
    /// Appends the lines of one piece. Without `column_px` the lines are placed later by [`Tables::align_unwrapped`].
    pub(super) fn push_piece(
        &mut self,
        text: &str,
        piece: Piece,
        outline: &mut Outline,
        measured: &[MeasuredLine],
        column_px: f32,
        line_box: LineBox,
    ) {
        let piece_text = piece.text.slice(text).unwrap_or_default();
        let bidi = Bidi::from_levels(piece_text, std::mem::take(&mut outline.levels));
        let mut boundaries = outline.graphemes.iter().map(|at| *at as usize).peekable();
        self.clusters.reserve(outline.graphemes.len() + 1);
        self.visual.reserve(outline.graphemes.len() + 1);
        let empty = [MeasuredLine::default()];
        let measured = if measured.is_empty() { &empty[..] } else { measured };
        for (idx, line) in measured.iter().enumerate() {
            let last = idx + 1 == measured.len();
            let mut starts = Vec::with_capacity((line.end - line.start) / 2 + 1);
            if line.end > line.start {
                starts.push(line.start);
            }
            while let Some(at) = boundaries.next_if(|at| *at < line.end) {
                if at > line.start {
                    starts.push(at);
                }
            }
            let separator = if last { piece.separator } else { Span::new(0, 0) };
            self.push_line(text, piece, &bidi, line, &starts, separator, column_px, line_box);
            if let (true, Some(line)) = (last, self.lines.last_mut()) {
                line.ends_paragraph = !piece.separator.is_empty() || piece.text.end() == text.len();
            }
        }
        outline.levels = bidi.into_levels();
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one private step of push_piece, its arguments are that step's state"
    )]
    fn push_line(
        &mut self,
        text: &str,
        piece: Piece,
        bidi: &Bidi<'_>,
        line: &MeasuredLine,
        starts: &[usize],
        separator: Span,
        column_px: f32,
        line_box: LineBox,
    ) {
        let order = bidi.order(Span::new(line.start, line.end), starts.iter().copied());
        let first = self.clusters.len();
        let line_idx = self.lines.len();
        let advances = advances_of(starts, &line.parts);
        let total_px: f32 = advances.iter().sum();
        let mut x_px = if piece.rtl { column_px - total_px } else { 0.0 };
        for (idx, start) in starts.iter().enumerate() {
            let end = starts.get(idx + 1).copied().unwrap_or(line.end);
            let rtl = order.levels.get(idx).is_some_and(|level| level % 2 == 1);
            let span = Span::new(*start, end).offset_by(piece.text.start());
            self.clusters.push(Cluster { span, line: line_idx, left_px: 0.0, right_px: 0.0, rtl });
        }
        // The right end is computed from the left by the same sum that filled the table, so widths add up exactly.
        for unit in &order.visual {
            let width_px = advances.get(*unit).copied().unwrap_or_default();
            if let Some(cluster) = self.clusters.get_mut(first + unit) {
                cluster.left_px = x_px;
                x_px += width_px;
                cluster.right_px = x_px;
            }
        }
        let end_px = if piece.rtl { self.left_of(&order.visual, first, column_px) } else { x_px };
        self.push_visual(&order.visual, first, piece.rtl, separator, end_px, line_idx);
        let glyphs_from = self.glyphs.len();
        if self.glyph_starts.is_empty() {
            self.glyph_starts.push(0);
        }
        let top_px = f32_from(line_idx) * line_box.height_px;
        place_glyphs(
            line,
            starts,
            self.clusters.get(first..).unwrap_or_default(),
            piece.text.start(),
            top_px + line_box.baseline_px,
            &mut self.glyphs,
        );
        debug_assert!(self.glyphs.len() >= glyphs_from);
        self.glyph_starts.push(self.glyphs.len());
        let rows = self.clusters.get(first..).unwrap_or_default();
        let (left_px, right_px) = visible_extent(text, rows, piece.rtl, column_px);
        let span = Span::new(
            piece.text.start() + line.start,
            if separator.is_empty() { piece.text.start() + line.end } else { separator.end() },
        );
        self.lines.push(Line {
            span,
            top_px,
            baseline_px: top_px + line_box.baseline_px,
            height_px: line_box.height_px,
            left_px,
            right_px,
            rtl: piece.rtl,
            ends_paragraph: false,
            first_cluster: first,
            end_cluster: self.clusters.len(),
        });
    }

    fn left_of(&self, visual: &[usize], first: usize, column_px: f32) -> f32 {
        visual.first().and_then(|unit| self.clusters.get(first + unit)).map_or(column_px, |cluster| cluster.left_px)
    }

    /// Rows of the line from left to right; the separator stands, without width, where the line ends.
    fn push_visual(&mut self, visual: &[usize], first: usize, rtl: bool, separator: Span, end_px: f32, line: usize) {
        let separator_row = u32_from(self.clusters.len());
        if !separator.is_empty() {
            self.clusters.push(Cluster { span: separator, line, left_px: end_px, right_px: end_px, rtl });
        }
        if rtl && !separator.is_empty() {
            self.visual.push(separator_row);
        }
        self.visual.extend(visual.iter().map(|unit| u32_from(first + unit)));
        if !rtl && !separator.is_empty() {
            self.visual.push(separator_row);
        }
    }

    /// Moves right-to-left lines so that their right ends meet at `column_px`, after they were placed at column 0.
    pub(super) fn align_unwrapped(&mut self, column_px: f32) {
        for (idx, line) in self.lines.iter_mut().enumerate().filter(|(_, line)| line.rtl) {
            line.left_px += column_px;
            line.right_px += column_px;
            for cluster in self.clusters.get_mut(line.first_cluster..line.end_cluster).unwrap_or_default() {
                cluster.left_px += column_px;
                cluster.right_px += column_px;
            }
            let from = self.glyph_starts.get(idx).copied().unwrap_or_default();
            let to = self.glyph_starts.get(idx + 1).copied().unwrap_or_default();
            for glyph in self.glyphs.get_mut(from..to).unwrap_or_default() {
                glyph.x_px += column_px;
            }
        }
    }

    /// Width that the widest line takes, trailing spaces included.
    pub(super) fn full_width_px(&self) -> f32 {
        let width_of = |line: &Line| {
            let rows = self.clusters.get(line.first_cluster..line.end_cluster).unwrap_or_default();
            rows.iter().map(Cluster::width_px).sum()
        };
        self.lines.iter().map(width_of).fold(0.0, f32::max)
    }
}

/// Sums the parts of each grapheme.
fn advances_of(starts: &[usize], parts: &[Part]) -> Vec<f32> {
    let mut advances = vec![0.0; starts.len()];
    let mut unit = 0;
    for part in parts {
        while starts.get(unit + 1).is_some_and(|next| *next <= part.start) {
            unit += 1;
        }
        if let Some(advance) = advances.get_mut(unit) {
            *advance += part.advance_px;
        }
    }
    advances
}

/// Puts the glyphs of a line where the table says, not where parley's own order would put them.
fn place_glyphs(
    line: &MeasuredLine,
    starts: &[usize],
    rows: &[Cluster],
    origin: usize,
    baseline_px: f32,
    glyphs: &mut Vec<Glyph>,
) {
    let lefts = left_edges(line, starts, rows);
    for (idx, part) in line.parts.iter().enumerate() {
        if part.first_glyph == part.end_glyph {
            continue;
        }
        // A ligature's glyphs hang on its first part and are drawn from the left end of all its parts.
        let rest = line.parts.get(idx + 1..).unwrap_or_default();
        let continued = rest.iter().take_while(|next| next.continues).count();
        let own = lefts.get(idx..=idx + continued).unwrap_or_default();
        let mut pen_px = own.iter().copied().fold(f32::INFINITY, f32::min);
        for pen in line.glyphs.get(part.first_glyph..part.end_glyph).unwrap_or_default() {
            let glyph = pen.glyph;
            glyphs.push(Glyph {
                x_px: pen_px + glyph.x_px,
                y_px: baseline_px + glyph.y_px,
                start: origin + part.start,
                ..glyph
            });
            pen_px += pen.advance_px;
        }
    }
}

/// The left edge of every part: the parts of one grapheme lie side by side within its row.
fn left_edges(line: &MeasuredLine, starts: &[usize], rows: &[Cluster]) -> Vec<f32> {
    let mut lefts = Vec::with_capacity(line.parts.len());
    let mut unit = 0;
    let mut used_px = 0.0;
    for part in &line.parts {
        while starts.get(unit + 1).is_some_and(|next| *next <= part.start) {
            unit += 1;
            used_px = 0.0;
        }
        let row = rows.get(unit);
        let left_px = row
            .map_or(0.0, |row| if row.rtl { row.right_px - used_px - part.advance_px } else { row.left_px + used_px });
        lefts.push(left_px);
        used_px += part.advance_px;
    }
    lefts
}

/// Left and right end of a line's text without the spaces at its logical end.
fn visible_extent(text: &str, rows: &[Cluster], rtl: bool, column_px: f32) -> (f32, f32) {
    let visible = rows.iter().rposition(|row| !row.span.slice(text).is_some_and(hangs)).map_or(0, |last| last + 1);
    let seen = rows.get(..visible).unwrap_or_default();
    let left_px = seen.iter().map(|row| row.left_px).fold(f32::INFINITY, f32::min);
    let right_px = seen.iter().map(|row| row.right_px).fold(f32::NEG_INFINITY, f32::max);
    if left_px <= right_px {
        (left_px, right_px)
    } else {
        let start_px = if rtl { column_px } else { 0.0 };
        (start_px, start_px)
    }
}

/// Whether a grapheme may hang over the end of a line: white space that may break, and separators.
fn hangs(grapheme: &str) -> bool {
    grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'))
}

/// Line and row counts fit f32 and u32: a paragraph is cut long before.
pub(super) fn f32_from(count: usize) -> f32 {
    count as f32
}

pub(super) fn u32_from(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
