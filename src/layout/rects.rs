//! Rectangles of a span: the rows that it touches, merged from left to right, line by line.

use super::engine::clamp_span;
use super::paragraph::Paragraph;
use crate::text::Span;

/// A stretch of one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineRect {
    /// Number of the line in its paragraph.
    pub line: usize,
    /// Left edge, from the left edge of the column.
    pub left_px: f32,
    /// Right edge. May equal the left edge (an alef without advance): draw at least 2 px.
    pub right_px: f32,
}

/// Edges nearer than this are one edge.
const TOUCH_PX: f32 = 0.01;

impl Paragraph {
    /// Where a span (bytes of the paragraph) is seen: one rectangle per stretch of a line, from top to bottom and from
    /// left to right, kept within the column, because trailing spaces hang over its end. Edges inside a grapheme widen
    /// to it. An empty span has no rectangle.
    #[must_use]
    pub fn rects(&self, span: Span) -> Vec<LineRect> {
        let mut rects = self.rects_with_hanging_spaces(span);
        if self.width_px.is_some() {
            for rect in &mut rects {
                rect.left_px = rect.left_px.clamp(0.0, self.width_px());
                rect.right_px = rect.right_px.clamp(rect.left_px, self.width_px());
            }
        }
        rects
    }

    /// The same with the spaces that hang over the end of the column.
    #[must_use]
    pub fn rects_with_hanging_spaces(&self, span: Span) -> Vec<LineRect> {
        let span = clamp_span(span, self.text.len());
        let mut rects: Vec<LineRect> = Vec::new();
        if span.is_empty() {
            return rects;
        }
        let from = self.row_at(span.start()).unwrap_or(self.tables.clusters.len());
        let touched = self.tables.clusters.get(from..).unwrap_or_default();
        let mut first_of_line = 0;
        for cluster in touched.iter().take_while(|cluster| cluster.span.start() < span.end()) {
            if rects.last().is_some_and(|last| last.line != cluster.line) {
                merge_from(&mut rects, first_of_line);
                first_of_line = rects.len();
            }
            match rects.last_mut() {
                Some(last) if last.line == cluster.line && (cluster.right_px - last.left_px).abs() < TOUCH_PX => {
                    last.left_px = cluster.left_px;
                }
                Some(last) if last.line == cluster.line && (cluster.left_px - last.right_px).abs() < TOUCH_PX => {
                    last.right_px = cluster.right_px;
                }
                _ => rects.push(LineRect { line: cluster.line, left_px: cluster.left_px, right_px: cluster.right_px }),
            }
        }
        merge_from(&mut rects, first_of_line);
        rects
    }
}

/// Sorts the rectangles of one line from left to right and joins those that touch.
fn merge_from(rects: &mut Vec<LineRect>, from: usize) {
    let mut line: Vec<LineRect> = rects.drain(from.min(rects.len())..).collect();
    line.sort_by(|a, b| a.left_px.total_cmp(&b.left_px).then(a.right_px.total_cmp(&b.right_px)));
    for rect in line {
        match rects.get_mut(from..).and_then(<[LineRect]>::last_mut) {
            Some(last) if rect.left_px <= last.right_px + TOUCH_PX => last.right_px = last.right_px.max(rect.right_px),
            _ => rects.push(rect),
        }
    }
}
