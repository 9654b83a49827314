//! Shows characters that are not seen: on demand, and always those that can turn the reading order around.

use egui::{Rect, pos2};

use super::frame::Frame;
use super::paint::Painting;
use super::pen::Pen;
use crate::layout::MarkKind;

impl Painting<'_> {
    /// Draws the signs of invisible characters; without `all` only those that reorder text.
    pub fn invisible_marks(&mut self, pen: &mut Pen, frame: &Frame, all: bool) {
        let (calm, warn) = (self.theme.tokens.control, self.theme.tokens.warn);
        for shown in &frame.shown {
            let marks = shown.paragraph.invisible_marks();
            for mark in marks.into_iter().filter(|mark| all || mark.kind.is_always_shown()) {
                let unit_px = shown.anatomy.scaled(1.0);
                let x_px = (frame.page.left_px + mark.x_px).round();
                let band = shown.band(mark.line, shown.anatomy.fill());
                let baseline_px = shown.baseline_px(mark.line);
                let line_px = shown.anatomy.snapped(1.0);
                match mark.kind {
                    MarkKind::NoBreakSpace => {
                        let left_px = frame.page.left_px + mark.left_px + unit_px;
                        let right_px = (frame.page.left_px + mark.right_px - unit_px).max(left_px + 3.0 * unit_px);
                        let top_px = (baseline_px + 2.0 * unit_px).round();
                        pen.bar(left_px, right_px, top_px, line_px, calm);
                        pen.post(left_px, top_px - 3.0 * unit_px, top_px, line_px, calm);
                        pen.post(right_px - line_px, top_px - 3.0 * unit_px, top_px, line_px, calm);
                    }
                    MarkKind::Tatweel => {
                        let left_px = frame.page.left_px + mark.left_px;
                        let right_px = frame.page.left_px + mark.right_px;
                        pen.bar(left_px, right_px, (baseline_px + 4.0 * unit_px).round(), line_px, calm);
                    }
                    MarkKind::NonJoiner | MarkKind::Joiner | MarkKind::Other => {
                        pen.post(x_px, band.top_px, band.bottom_px, line_px, calm);
                        pen.bar(x_px - 2.0 * unit_px, x_px + 3.0 * unit_px, band.top_px, line_px, calm);
                    }
                    MarkKind::DirectionMark => {
                        let rtl = matches!(mark.character, '\u{200f}' | '\u{61c}');
                        pen.post(x_px, band.top_px, band.bottom_px, line_px, calm);
                        let foot_px = 5.0 * unit_px;
                        let left_px = if rtl { x_px - foot_px } else { x_px };
                        pen.bar(left_px, left_px + foot_px, band.top_px, line_px, calm);
                    }
                    MarkKind::Isolate | MarkKind::Embedding | MarkKind::Override => {
                        let half_px = 3.0 * unit_px;
                        let sign = Rect::from_min_max(
                            pos2(x_px - half_px, band.top_px),
                            pos2(x_px + half_px, band.top_px + 2.0 * half_px),
                        );
                        pen.frame(sign, line_px, warn);
                        pen.post(x_px, sign.bottom(), band.bottom_px, line_px, warn);
                    }
                }
            }
        }
    }
}
