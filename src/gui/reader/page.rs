//! The page: where the text column stands in the window, and from points of the window to places in text.

use egui::{Pos2, Rect, pos2};

/// Room beside the column on the line-start side: the gutter with claims and stance signs.
const START_MARGIN: f32 = 120.0;
/// Room beside the column on the line-end side.
const END_MARGIN: f32 = 48.0;
/// Widest text column, logical px.
const MEASURE: f32 = 656.0;
/// Widest text column in windows over [`WIDE_WINDOW`].
const WIDE_MEASURE: f32 = 720.0;
const WIDE_WINDOW: f32 = 1600.0;
/// Free room above the first line; it scrolls away.
const TOP_PADDING: f32 = 12.0;

/// The page of one frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// All of it, logical px.
    pub rect: Rect,
    /// Physical pixels per logical pixel.
    pub pixels_per_point: f32,
    /// Physical pixels per logical pixel of the display alone: the interface's zoom does not enlarge the article.
    pub display_scale: f32,
    /// Left edge of the column, physical px of the window.
    pub left_px: f32,
    /// Top of the viewport, physical px of the window.
    pub top_px: f32,
    /// Width of the column, physical px.
    pub width_px: f32,
    /// Height of the viewport, physical px.
    pub height_px: f32,
}

impl Page {
    /// Width of the text column for a page, logical px.
    #[must_use]
    pub fn measure(page_width: f32, window_width: f32, widest: Option<f32>) -> f32 {
        let widest = widest.unwrap_or(if window_width > WIDE_WINDOW { WIDE_MEASURE } else { MEASURE });
        (page_width - START_MARGIN - END_MARGIN).min(widest).max(120.0)
    }

    /// Places the column on the page. `rtl` is the direction of the article: it decides on which side the gutter is.
    #[must_use]
    pub fn new(rect: Rect, measure: f32, rtl: bool, pixels_per_point: f32, scroll_top_px: f64) -> Self {
        let spare = (rect.width() - measure - START_MARGIN - END_MARGIN) / 2.0;
        let left = rect.left() + spare + if rtl { END_MARGIN } else { START_MARGIN };
        let padding_px = (TOP_PADDING * pixels_per_point - scroll_top_px as f32).max(0.0).round();
        let top_px = (rect.top() * pixels_per_point).round() + padding_px;
        Self {
            rect,
            pixels_per_point,
            display_scale: pixels_per_point,
            left_px: (left * pixels_per_point).round(),
            top_px,
            width_px: (measure * pixels_per_point).floor(),
            height_px: (rect.bottom() * pixels_per_point - top_px).max(1.0),
        }
    }

    /// The same page in an interface that is enlarged by `zoom`.
    #[must_use]
    pub fn zoomed(self, zoom: f32) -> Self {
        Self { display_scale: self.pixels_per_point / zoom.max(0.1), ..self }
    }

    /// A point of the window in pixels of the viewport, from the column's left top.
    #[must_use]
    pub fn to_text(self, at: Pos2) -> Pos2 {
        pos2(at.x * self.pixels_per_point - self.left_px, at.y * self.pixels_per_point - self.top_px)
    }

    /// A rectangle of the viewport (physical px) in the window (logical px).
    #[must_use]
    pub fn to_window(self, rect_px: Rect) -> Rect {
        let scale = self.pixels_per_point;
        rect_px.translate(egui::vec2(self.left_px, self.top_px)) * (1.0 / scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_the_windows_of_the_design() {
        assert_eq!(Page::measure(848.0, 1440.0, None), 656.0);
        assert_eq!(Page::measure(744.0, 1280.0, None), 576.0);
        assert_eq!(Page::measure(696.0, 1024.0, None), 528.0);
        assert_eq!(Page::measure(1200.0, 1900.0, None), 720.0);
        assert_eq!(Page::measure(848.0, 1440.0, Some(500.0)), 500.0);
    }

    #[test]
    fn the_gutter_is_on_the_side_where_lines_begin() {
        let rect = Rect::from_min_max(pos2(264.0, 84.0), pos2(1112.0, 830.0));
        let rtl = Page::new(rect, 656.0, true, 1.0, 0.0);
        let ltr = Page::new(rect, 656.0, false, 1.0, 0.0);
        assert_eq!(rect.right() - (rtl.left_px + rtl.width_px), 132.0);
        assert_eq!(ltr.left_px - rect.left(), 132.0);
        assert_eq!(rtl.top_px, 96.0);
        assert_eq!(Page::new(rect, 656.0, true, 1.0, 500.0).top_px, 84.0);
    }
}
