//! From a point to a place in text.

use super::caret::TextPosition;
use super::clusters::Cluster;
use super::paragraph::Paragraph;

/// Rows narrower than this cannot be hit: the two carets around them coincide.
const MIN_WIDTH_PX: f32 = 0.01;

impl Paragraph {
    /// The place nearest to a point: the line by `y_px` (above the first line counts as the first), then the nearer
    /// edge of the grapheme under `x_px`. Graphemes without width are passed over.
    #[must_use]
    pub fn hit(&self, x_px: f32, y_px: f32) -> TextPosition {
        self.hit_on_line(self.line_at_y(y_px), x_px)
    }

    /// The place on that line nearest to `x_px`.
    #[must_use]
    pub fn hit_on_line(&self, line: usize, x_px: f32) -> TextPosition {
        let Some(cluster) = self.cluster_on_line(line, x_px) else {
            let start = self.tables.lines.get(line).map_or(0, |line| line.span.start());
            return self.settled(TextPosition::downstream(start));
        };
        let left_half = x_px < f32::midpoint(cluster.left_px, cluster.right_px);
        let position = if left_half == cluster.rtl {
            TextPosition::upstream(cluster.span.end())
        } else {
            TextPosition::downstream(cluster.span.start())
        };
        self.settled(position)
    }

    /// The grapheme under a point, if one is there: for pointing at mentions, where beside the text is not in it.
    #[must_use]
    pub fn cluster_under(&self, x_px: f32, y_px: f32) -> Option<&Cluster> {
        if y_px < 0.0 || y_px >= self.height_px() {
            return None;
        }
        let cluster = self.cluster_on_line(self.line_at_y(y_px), x_px)?;
        (cluster.left_px <= x_px && x_px < cluster.right_px).then_some(cluster)
    }

    /// The grapheme with width at or nearest to `x_px`.
    fn cluster_on_line(&self, line: usize, x_px: f32) -> Option<&Cluster> {
        let row = |at: &u32| self.tables.clusters.get(*at as usize);
        let rows = self.visual_rows(line);
        // Rows without width have equal edges, so the order by right edge holds with them in it.
        let at = rows.partition_point(|at| row(at).is_some_and(|cluster| cluster.right_px <= x_px));
        let wide = |at: &u32| row(at).filter(|cluster| cluster.width_px() > MIN_WIDTH_PX);
        let right = rows.get(at..).unwrap_or_default().iter().find_map(wide);
        right.or_else(|| rows.get(..at).unwrap_or_default().iter().rev().find_map(wide))
    }
}
