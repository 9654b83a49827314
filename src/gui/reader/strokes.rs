//! The line styles of labels, cut into bars.

use egui::{Color32, Rect, pos2};

use super::pen::Pen;
use crate::model::LineStyle;

/// A horizontal stretch of a lane, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Left end.
    pub left_px: f32,
    /// Right end.
    pub right_px: f32,
    /// Top of the lane, on a device pixel.
    pub top_px: f32,
    /// Width of the line.
    pub width_px: f32,
}

/// Draws one stretch in a label's style. `unit_px` is a pixel of the 22 px drawing.
pub fn draw_style(pen: &mut Pen, style: LineStyle, stretch: Stretch, unit_px: f32, color: Color32) {
    let Stretch { left_px, right_px, top_px, width_px } = stretch;
    match style {
        LineStyle::Solid => pen.bar(left_px, right_px, top_px, width_px, color),
        LineStyle::Double => {
            let thin_px = (width_px / 2.0).round().max(1.0);
            pen.bar(left_px, right_px, top_px, thin_px, color);
            pen.bar(left_px, right_px, top_px + thin_px + unit_px.round().max(1.0), thin_px, color);
        }
        LineStyle::Dashed => {
            for (from_px, to_px) in dashes(left_px, right_px, 5.0 * unit_px, 3.0 * unit_px) {
                pen.bar(from_px, to_px, top_px, width_px, color);
            }
        }
        LineStyle::Dotted => {
            for (from_px, to_px) in dashes(left_px, right_px, 2.0 * unit_px, 2.0 * unit_px) {
                pen.bar(from_px, to_px, top_px, width_px, color);
            }
        }
        LineStyle::Wavy => {
            let middle_px = top_px + width_px / 2.0;
            let (period_px, swing_px) = (4.0 * unit_px, 1.4 * unit_px);
            let steps = ((right_px - left_px) / (period_px / 6.0)).ceil().max(1.0) as usize;
            let points: Vec<_> = (0..=steps)
                .map(|step| {
                    let x_px = left_px + (right_px - left_px) * step as f32 / steps as f32;
                    let phase = (x_px - left_px) / period_px * std::f32::consts::TAU;
                    pos2(x_px, middle_px - phase.sin() * swing_px)
                })
                .collect();
            pen.polyline(&points, (width_px * 0.6).max(1.0), color);
        }
    }
}

/// Draws a stretch in the round dots that mean "proposed".
pub fn draw_proposed(pen: &mut Pen, stretch: Stretch, unit_px: f32, color: Color32) {
    let radius_px = stretch.width_px / 2.0;
    let mut x_px = stretch.left_px + radius_px;
    while x_px + radius_px <= stretch.right_px + 0.01 {
        pen.disc(pos2(x_px, stretch.top_px + radius_px), radius_px, color);
        x_px += 5.0 * unit_px;
    }
}

/// Draws a stretch of somebody else's mention: thin dashes.
pub fn draw_theirs(pen: &mut Pen, stretch: Stretch, unit_px: f32, color: Color32) {
    let thin_px = unit_px.round().max(1.0);
    for (from_px, to_px) in dashes(stretch.left_px, stretch.right_px, 4.0 * unit_px, 3.0 * unit_px) {
        pen.bar(from_px, to_px, stretch.top_px, thin_px, color);
    }
}

/// Draws the hair line that joins the pieces of a discontinuous mention: one pixel dots.
pub fn draw_hair(pen: &mut Pen, stretch: Stretch, unit_px: f32, color: Color32) {
    let dot_px = unit_px.round().max(1.0);
    let top_px = stretch.top_px + ((stretch.width_px - dot_px) / 2.0).floor();
    for (from_px, to_px) in dashes(stretch.left_px.round(), stretch.right_px, dot_px, 2.0 * dot_px) {
        pen.rect(Rect::from_min_max(pos2(from_px, top_px), pos2(to_px, top_px + dot_px)), color);
    }
}

/// Cuts a stretch into dashes of `on_px` with gaps of `off_px`, from the left; the last one may be shorter.
pub fn dashes(left_px: f32, right_px: f32, on_px: f32, off_px: f32) -> impl Iterator<Item = (f32, f32)> {
    let step_px = (on_px + off_px).max(0.5);
    let count = ((right_px - left_px) / step_px).ceil().max(0.0) as usize;
    (0..count).map(move |idx| {
        let from_px = left_px + idx as f32 * step_px;
        (from_px, (from_px + on_px).min(right_px))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Mesh, Pos2};

    #[test]
    fn dashes_end_with_the_stretch() {
        let cut: Vec<_> = dashes(10.0, 30.0, 5.0, 3.0).collect();
        assert_eq!(cut, [(10.0, 15.0), (18.0, 23.0), (26.0, 30.0)]);
        assert_eq!(dashes(10.0, 10.0, 5.0, 3.0).count(), 0);
        assert_eq!(dashes(10.0, 4.0, 5.0, 3.0).count(), 0);
    }

    #[test]
    fn styles_are_told_apart_by_shape() {
        let vertices = |style| {
            let mut pen = Pen::new(Mesh::default(), Pos2::ZERO, 1.0);
            let stretch = Stretch { left_px: 0.0, right_px: 40.0, top_px: 10.0, width_px: 2.0 };
            draw_style(&mut pen, style, stretch, 1.0, Color32::WHITE);
            pen.into_mesh().vertices.len()
        };
        let mut counts: Vec<usize> =
            [LineStyle::Solid, LineStyle::Double, LineStyle::Dashed, LineStyle::Dotted, LineStyle::Wavy]
                .into_iter()
                .map(vertices)
                .collect();
        assert_eq!(counts[0], 4);
        counts.sort_unstable();
        counts.dedup();
        assert_eq!(counts.len(), 5);
    }

    #[test]
    fn a_span_of_no_width_still_shows() {
        let mut pen = Pen::new(Mesh::default(), Pos2::ZERO, 1.0);
        let stretch = Stretch { left_px: 5.0, right_px: 7.0, top_px: 10.0, width_px: 2.0 };
        draw_proposed(&mut pen, stretch, 1.0, Color32::WHITE);
        assert!(!pen.into_mesh().vertices.is_empty());
    }
}
