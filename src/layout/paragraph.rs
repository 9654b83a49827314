//! A laid out paragraph: lines, cluster table, glyphs.

use super::clusters::{Cluster, Line, LineBox, MeasuredLine, Outline, Part, PenGlyph, Tables};
use super::fonts::{FontId, extents, font_id};
use super::pieces::Piece;
use super::style::TextStyle;
use crate::text::Span;
use std::sync::Arc;

/// A glyph with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its font.
    pub font: FontId,
    /// Its number in the font.
    pub glyph: u16,
    /// Origin, from the left edge of the column.
    pub x_px: f32,
    /// Origin, from the top of the paragraph: the baseline, or above or below it for marks.
    pub y_px: f32,
    /// Size of the letters.
    pub size_px: f32,
    /// First byte of the text that it draws (of a ligature: of its first grapheme).
    pub start: usize,
}

/// Text laid out in a column: the shaped pieces are kept, so that another width costs no shaping.
///
/// A text may hold line separators; each begins a new line with a base direction of its own. A paragraph of more
/// than 64 KB is shaped in several parts, cut behind a sentence, with one base direction; a line ends at such a cut.
#[derive(Clone)]
pub struct Paragraph {
    pub(super) text: Arc<str>,
    pub(super) style: TextStyle,
    pub(super) width_px: Option<f32>,
    column_px: f32,
    pieces: Vec<Shaped>,
    pub(super) tables: Tables,
}

/// A piece with all that is kept of it between two widths.
#[derive(Clone)]
struct Shaped {
    piece: Piece,
    layout: Option<parley::Layout<()>>,
    outline: Outline,
}

impl Paragraph {
    /// `pieces` come with their shaped layouts; an empty piece has none.
    pub(super) fn new(
        text: Arc<str>,
        style: TextStyle,
        pieces: Vec<(Piece, Option<parley::Layout<()>>)>,
        width_px: Option<f32>,
    ) -> Self {
        let shaped = |(piece, layout): (Piece, _)| Shaped {
            piece,
            layout,
            outline: Outline::new(piece.text.slice(&text).unwrap_or_default(), piece.rtl),
        };
        let pieces = pieces.into_iter().map(shaped).collect();
        let mut paragraph = Self { text, style, width_px: None, column_px: 0.0, pieces, tables: Tables::default() };
        paragraph.rebreak(width_px);
        paragraph
    }

    /// Breaks the lines anew at another width (`None`: one line per paragraph of the text).
    pub fn rebreak(&mut self, width_px: Option<f32>) {
        let width_px =
            width_px.map(|width| if width.is_finite() { width.clamp(1.0, 1_000_000.0) } else { 1_000_000.0 });
        self.width_px = width_px;
        let line_box = line_box(self.style);
        let mut tables = Tables::default();
        let column_px = width_px.unwrap_or(0.0);
        for Shaped { piece, layout, outline } in &mut self.pieces {
            let measured = layout.as_mut().map(|layout| break_piece(layout, width_px)).unwrap_or_default();
            tables.push_piece(&self.text, *piece, outline, &measured, column_px, line_box);
        }
        self.column_px = column_px;
        if width_px.is_none() {
            self.column_px = tables.full_width_px();
            tables.align_unwrapped(self.column_px);
        }
        self.tables = tables;
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The style it was shaped with.
    #[must_use]
    pub const fn style(&self) -> TextStyle {
        self.style
    }

    /// Whether its first line runs right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.tables.lines.first().is_some_and(|line| line.rtl)
    }

    /// Its lines from top to bottom; at least one, also for an empty text.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.tables.lines
    }

    /// Height of all lines.
    #[must_use]
    pub fn height_px(&self) -> f32 {
        self.tables.lines.last().map_or(0.0, |line| line.top_px + line.height_px)
    }

    /// Width of the column: the width asked for, or that of the longest line if lines are not broken.
    #[must_use]
    pub const fn width_px(&self) -> f32 {
        self.column_px
    }

    /// The cluster table in logical order; it covers every byte of the text once.
    #[must_use]
    pub fn clusters(&self) -> &[Cluster] {
        &self.tables.clusters
    }

    /// The rows of one line, in logical order.
    #[must_use]
    pub fn line_clusters(&self, line: usize) -> &[Cluster] {
        let Some(line) = self.tables.lines.get(line) else { return &[] };
        self.tables.clusters.get(line.first_cluster..line.end_cluster).unwrap_or_default()
    }

    /// The rows of one line from left to right.
    pub fn line_clusters_visual(&self, line: usize) -> impl DoubleEndedIterator<Item = &Cluster> + ExactSizeIterator {
        self.visual_rows(line)
            .iter()
            .filter_map(|row| self.tables.clusters.get(*row as usize))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Row numbers of one line from left to right.
    pub(super) fn visual_rows(&self, line: usize) -> &[u32] {
        let Some(line) = self.tables.lines.get(line) else { return &[] };
        self.tables.visual.get(line.first_cluster..line.end_cluster).unwrap_or_default()
    }

    /// The glyphs of one line, each where unicode-bidi's order puts it.
    #[must_use]
    pub fn glyphs(&self, line: usize) -> &[Glyph] {
        let starts = &self.tables.glyph_starts;
        let (Some(from), Some(to)) = (starts.get(line), starts.get(line + 1)) else { return &[] };
        self.tables.glyphs.get(*from..*to).unwrap_or_default()
    }

    /// The row that holds byte `at`; none at the end of the text.
    #[must_use]
    pub fn cluster_at(&self, at: usize) -> Option<&Cluster> {
        self.row_at(at).and_then(|row| self.tables.clusters.get(row))
    }

    pub(super) fn row_at(&self, at: usize) -> Option<usize> {
        let row = self.tables.clusters.partition_point(|cluster| cluster.span.end() <= at);
        (row < self.tables.clusters.len()).then_some(row)
    }

    /// The line with that height; above the first it is the first, below the last it is the last.
    #[must_use]
    pub fn line_at_y(&self, y_px: f32) -> usize {
        let below = self.tables.lines.partition_point(|line| line.top_px + line.height_px <= y_px);
        below.min(self.tables.lines.len().saturating_sub(1))
    }

    /// Whether byte `at` stands between two rows.
    #[must_use]
    pub fn is_boundary(&self, at: usize) -> bool {
        self.row_at(at).map_or(at == self.text.len(), |row| {
            self.tables.clusters.get(row).is_some_and(|cluster| cluster.span.start() == at)
        })
    }

    /// Bytes of the text that this line shows, without the separator that ends it.
    #[must_use]
    pub fn line_text_span(&self, line: usize) -> Span {
        let Some(line) = self.tables.lines.get(line) else { return Span::new(0, 0) };
        let text = line.span.slice(&self.text).unwrap_or_default();
        let shown = text.trim_end_matches(super::pieces::is_separator);
        Span::new(line.span.start(), line.span.start() + shown.len())
    }
}

impl std::fmt::Debug for Paragraph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paragraph").field("text", &self.text).field("lines", &self.tables.lines).finish_non_exhaustive()
    }
}

/// Height and baseline of every line: the face's own extents centred in the line height, snapped to whole pixels, so
/// that lines stand on a grid however many fallback fonts they use.
fn line_box(style: TextStyle) -> LineBox {
    let extents = extents(style.face);
    let free_px = style.line_height_px - (extents.ascent + extents.descent) * style.size_px;
    let baseline_px = (free_px / 2.0 + extents.ascent * style.size_px).round();
    LineBox { height_px: style.line_height_px, baseline_px }
}

/// Breaks one shaped piece and reads what we need of each line, in logical order.
///
/// Lines are taken to be what their runs hold: in columns narrower than a letter parley also lists empty runs of later
/// text, and counts them into the line's own range.
fn break_piece(layout: &mut parley::Layout<()>, width_px: Option<f32>) -> Vec<MeasuredLine> {
    layout.break_all_lines(width_px);
    let mut lines: Vec<MeasuredLine> = Vec::new();
    for line in layout.lines() {
        let start = lines.last().map_or(0, |last| last.end);
        let measured = measured_line(&line, start);
        if measured.end > start {
            lines.push(measured);
        }
    }
    if let Some(last) = lines.last_mut() {
        last.end = layout.text_len();
    }
    lines
}

fn measured_line(line: &parley::layout::Line<'_, ()>, start: usize) -> MeasuredLine {
    let mut runs: Vec<_> = line.runs().filter(|run| !run.is_empty() && run.text_range().end > start).collect();
    runs.sort_by_key(|run| run.text_range().start);
    let end = runs.last().map_or(start, |run| run.text_range().end);
    // Most letters of news text take two bytes and one glyph.
    let capacity = (end - start) / 2 + 8;
    let (parts, glyphs) = (Vec::with_capacity(capacity), Vec::with_capacity(capacity));
    let mut measured = MeasuredLine { start, end, parts, glyphs };
    for run in runs {
        let font = font_id(run.font());
        let size_px = run.font_size();
        for cluster in run.clusters() {
            let first_glyph = measured.glyphs.len();
            measured.glyphs.extend(cluster.glyphs().map(|glyph| PenGlyph {
                glyph: Glyph {
                    font,
                    glyph: u16::try_from(glyph.id).unwrap_or_default(),
                    x_px: glyph.x,
                    y_px: glyph.y,
                    size_px,
                    start: 0,
                },
                advance_px: glyph.advance,
            }));
            measured.parts.push(Part {
                start: cluster.text_range().start,
                advance_px: cluster.advance(),
                continues: cluster.is_ligature_continuation(),
                first_glyph,
                end_glyph: measured.glyphs.len(),
            });
        }
    }
    measured
}
