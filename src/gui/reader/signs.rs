//! Signs of stances: the shape alone tells them apart; hollow where a stance is implicit.

use egui::{Color32, Painter, Pos2, Shape, Stroke};

use super::pen::Pen;
use crate::gui::theme::Parts;
use crate::model::StanceSign;

/// The colour of a sign: favour and against have their own, all others are grey.
#[must_use]
pub fn sign_color(parts: &Parts, sign: StanceSign) -> Color32 {
    match sign {
        StanceSign::Favour => parts.favour,
        StanceSign::Against => parts.against,
        StanceSign::Neutral | StanceSign::Discuss | StanceSign::Unrelated => parts.neutral,
    }
}

/// The corners of a sign around its middle; none for those that are round.
fn corners(sign: StanceSign, at: Pos2, radius: f32) -> Vec<Pos2> {
    let angles: &[f32] = match sign {
        StanceSign::Favour => &[-90.0, 30.0, 150.0],
        StanceSign::Against => &[-150.0, -30.0, 90.0],
        StanceSign::Discuss => &[-90.0, 0.0, 90.0, 180.0],
        StanceSign::Neutral | StanceSign::Unrelated => &[],
    };
    angles.iter().map(|angle| at + egui::Vec2::angled(angle.to_radians()) * radius * 1.2).collect()
}

/// Draws a sign into the reader's mesh, physical px.
pub(super) fn draw_sign(pen: &mut Pen, sign: StanceSign, at_px: Pos2, radius_px: f32, color: Color32, filled: bool) {
    let line_px = (radius_px / 3.0).max(1.0);
    let mut shape = corners(sign, at_px, radius_px);
    match (sign, filled) {
        (StanceSign::Neutral, true) => pen.disc(at_px, radius_px, color),
        (StanceSign::Neutral, false) | (StanceSign::Unrelated, _) => pen.ring(at_px, radius_px, line_px, color),
        (_, true) => pen.convex(&shape, color),
        (_, false) => {
            shape.extend(shape.first().copied());
            pen.polyline(&shape, line_px, color);
        }
    }
}

/// Paints a filled sign on a panel, logical px.
pub fn paint_sign(painter: &Painter, sign: StanceSign, at: Pos2, radius: f32, color: Color32) {
    match sign {
        StanceSign::Neutral => {
            painter.circle_filled(at, radius, color);
        }
        StanceSign::Unrelated => {
            painter.circle_stroke(at, radius, Stroke::new(1.5, color));
        }
        _ => {
            painter.add(Shape::convex_polygon(corners(sign, at, radius), color, Stroke::NONE));
        }
    }
}
