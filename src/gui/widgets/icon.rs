//! Our own icons, drawn as paths in a box of 14 px.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::PathShape, pos2};

use crate::gui::theme::{Flow, stroke};

/// All icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it shows")]
pub enum Icon {
    Back,
    Next,
    Search,
    Tick,
    DoubleTick,
    Warning,
    Flag,
    Ring,
    Half,
    Dot,
    Slash,
    List,
    Close,
    File,
    Folder,
    Book,
    Down,
    Info,
    CheckOff,
    CheckOn,
    Funnel,
    Sort,
    Reset,
    Note,
}

impl Icon {
    /// Directional icons turn round in a mirrored interface; signs do not.
    fn is_mirrored(self) -> bool {
        matches!(self, Self::Back | Self::Next | Self::List | Self::Reset)
    }
}

type Points = &'static [(f32, f32)];

/// The open lines of an icon, in its box of 14 px.
fn lines(icon: Icon) -> &'static [Points] {
    match icon {
        Icon::Back => &[&[(9.0, 2.5), (4.5, 7.0), (9.0, 11.5)]],
        Icon::Next => &[&[(5.0, 2.5), (9.5, 7.0), (5.0, 11.5)]],
        Icon::Down => &[&[(3.0, 5.0), (7.0, 9.0), (11.0, 5.0)]],
        Icon::Search => &[&[(9.2, 9.2), (12.6, 12.6)]],
        Icon::Tick => &[&[(2.0, 7.5), (5.5, 11.0), (12.0, 3.5)]],
        Icon::DoubleTick => &[&[(0.5, 7.5), (3.8, 11.0), (9.0, 3.5)], &[(6.8, 10.2), (7.6, 11.0), (13.5, 3.5)]],
        Icon::Warning => &[&[(7.0, 5.5), (7.0, 9.0)]],
        Icon::Flag => &[&[(2.5, 13.0), (2.5, 1.5), (11.5, 1.5), (9.0, 4.7), (11.5, 8.0), (2.5, 8.0)]],
        Icon::Slash => &[&[(3.5, 10.5), (10.5, 3.5)]],
        Icon::List => &[&[(1.5, 3.0), (12.5, 3.0)], &[(1.5, 7.0), (12.5, 7.0)], &[(1.5, 11.0), (12.5, 11.0)]],
        Icon::Close => &[&[(3.0, 3.0), (11.0, 11.0)], &[(11.0, 3.0), (3.0, 11.0)]],
        Icon::File => &[&[(8.5, 1.0), (8.5, 4.0), (11.5, 4.0)], &[(4.8, 7.3), (9.2, 7.3)], &[(4.8, 9.8), (9.2, 9.8)]],
        Icon::Book => &[&[(7.0, 2.2), (7.0, 11.8)]],
        Icon::Info => &[&[(7.0, 6.4), (7.0, 10.0)]],
        Icon::Sort => &[
            &[(4.0, 2.0), (4.0, 12.0)],
            &[(1.5, 9.5), (4.0, 12.0), (6.5, 9.5)],
            &[(10.0, 12.0), (10.0, 2.0)],
            &[(7.5, 4.5), (10.0, 2.0), (12.5, 4.5)],
        ],
        Icon::Note => &[&[(4.2, 5.0), (9.8, 5.0)], &[(4.2, 7.6), (8.0, 7.6)]],
        Icon::Reset => &[
            &[(5.2, 2.2), (2.2, 5.2), (5.2, 8.2)],
            &[(2.2, 5.2), (9.2, 5.2), (11.6, 7.0), (11.6, 9.6), (9.2, 11.4), (5.0, 11.4)],
        ],
        Icon::CheckOn => &[&[(3.8, 7.4), (6.2, 9.8), (10.4, 4.4)]],
        Icon::Ring | Icon::Half | Icon::Dot | Icon::Folder | Icon::CheckOff | Icon::Funnel => &[],
    }
}

/// The closed outline of an icon.
fn outline(icon: Icon) -> Points {
    match icon {
        Icon::Warning => &[(7.0, 1.5), (13.2, 12.5), (0.8, 12.5)],
        Icon::File => &[(2.5, 1.0), (8.5, 1.0), (11.5, 4.0), (11.5, 13.0), (2.5, 13.0)],
        Icon::Folder => &[(1.0, 2.8), (5.0, 2.8), (6.4, 4.4), (13.0, 4.4), (13.0, 11.8), (1.0, 11.8)],
        Icon::Funnel => &[(1.5, 2.5), (12.5, 2.5), (8.4, 7.4), (8.4, 11.5), (5.6, 12.8), (5.6, 7.4)],
        Icon::Book => &[(1.0, 2.2), (13.0, 2.2), (13.0, 11.8), (1.0, 11.8)],
        Icon::Note => &[(1.5, 2.0), (12.5, 2.0), (12.5, 10.5), (6.5, 10.5), (3.5, 13.0), (3.5, 10.5), (1.5, 10.5)],
        Icon::CheckOff | Icon::CheckOn => &[(1.5, 1.5), (12.5, 1.5), (12.5, 12.5), (1.5, 12.5)],
        _ => &[],
    }
}

/// Draws an icon in the middle of `rect`, as large as its shorter side.
pub fn paint_icon(painter: &Painter, rect: Rect, icon: Icon, color: Color32, flow: Flow) {
    let side = rect.width().min(rect.height());
    let scale = side / 14.0;
    let origin = rect.center() - egui::vec2(side, side) / 2.0;
    let mirrored = flow.rtl && icon.is_mirrored();
    let at = |(x, y): (f32, f32)| -> Pos2 {
        let x = if mirrored { 14.0 - x } else { x };
        pos2(origin.x + x * scale, origin.y + y * scale)
    };
    let pen = Stroke::new(stroke::ICON * scale.clamp(0.8, 1.0), color);
    for line in lines(icon) {
        painter.add(Shape::line(line.iter().copied().map(at).collect(), pen));
    }
    let closed = outline(icon);
    if !closed.is_empty() {
        painter.add(Shape::closed_line(closed.iter().copied().map(at).collect(), pen));
    }
    let middle = at((7.0, 7.0));
    match icon {
        Icon::Search => {
            painter.circle_stroke(at((6.0, 6.0)), 4.2 * scale, pen);
        }
        Icon::Warning => {
            painter.circle_filled(at((7.0, 10.7)), 0.9 * scale, color);
        }
        Icon::Info => {
            painter.circle_stroke(middle, 5.6 * scale, pen);
            painter.circle_filled(at((7.0, 4.2)), 0.9 * scale, color);
        }
        Icon::Ring | Icon::Slash => {
            painter.circle_stroke(middle, 5.2 * scale, pen);
        }
        Icon::Dot => {
            painter.circle_stroke(middle, 5.2 * scale, pen);
            painter.circle_filled(middle, 2.4 * scale, color);
        }
        Icon::Half => {
            painter.circle_stroke(middle, 5.2 * scale, pen);
            let arc = (0..=16).map(|step| {
                let angle = std::f32::consts::PI * (step as f32 / 16.0 - 0.5);
                at((7.0 + 5.2 * angle.cos(), 7.0 + 5.2 * angle.sin()))
            });
            painter.add(PathShape::convex_polygon(arc.collect(), color, Stroke::NONE));
        }
        _ => {}
    }
}

/// A tick in a filled disc, for what is done.
pub fn paint_done(painter: &Painter, rect: Rect, color: Color32, ground: Color32) {
    let side = rect.width().min(rect.height());
    let scale = side / 14.0;
    painter.circle_filled(rect.center(), 5.9 * scale, color);
    let origin = rect.center() - egui::vec2(side, side) / 2.0;
    let points = [(4.2, 7.2), (6.3, 9.2), (9.8, 5.0)];
    let points = points.iter().map(|(x, y)| pos2(origin.x + x * scale, origin.y + y * scale));
    painter.add(Shape::line(points.collect(), Stroke::new(1.5 * scale, ground)));
}
