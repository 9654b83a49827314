//! Claims and stances without focus: brackets and signs in the gutter, thin marks over the text, boxes around cues.

use std::collections::BTreeMap;

use egui::pos2;

use super::claim_focus::ShownClaim;
use super::frame::{Frame, ShownParagraph, band_rect};
use super::lanes::lanes_from_hulls;
use super::paint::Painting;
use super::pen::Pen;
use super::signs::{draw_sign, sign_color};
use crate::gui::ctx::{Layer, LayerLevel};
use crate::layout::LineRect;
use crate::model::{AnnotationSet, Claim, Stance, StanceSign};
use crate::text::Span;

/// First column of brackets, from the text.
const COLUMN: f32 = 13.0;
/// From one column of brackets to the next.
const COLUMN_PITCH: f32 = 17.0;
/// At most this many columns.
const COLUMNS: usize = 3;
/// At most this many signs of stances beside one line.
const SIGNS: usize = 3;
/// From one sign to the next.
const SIGN_PITCH: f32 = 12.0;
/// Length of a corner stroke.
const CORNER: f32 = 18.0;
/// Width of marks without focus.
const CALM: f32 = 1.25;
/// Width of the bracket of the claim in focus.
const FOCUSED: f32 = 2.5;
/// Length of a bracket's arms.
const ARM: f32 = 5.0;

impl Painting<'_> {
    /// Draws all claims and stances that are in view; `focus` in full.
    pub fn claims(&mut self, pen: &mut Pen, frame: &Frame, set: &AnnotationSet, focus: Option<ShownClaim<'_>>) {
        if set.claims.is_empty() && set.stances.is_empty() && focus.is_none() {
            return;
        }
        let is_drawn = |layer| self.layers.level(layer) != LayerLevel::Off;
        let claims = claims_with(if is_drawn(Layer::Claims) { set.claims_in_order() } else { Vec::new() }, focus);
        let hulls: Vec<Span> = claims.iter().map(|claim| claim.content.hull()).collect();
        let columns = lanes_from_hulls(&hulls);
        let view = frame.span();
        let mut widest = 0;
        for ((number, claim), column) in claims.iter().enumerate().zip(columns) {
            let cues = claim.chain.iter().filter_map(|link| link.cue.as_ref());
            let hull = cues.clone().fold(claim.content.hull(), |hull, cue| hull.hull(cue.hull()));
            if !hull.overlaps(view) {
                continue;
            }
            widest = widest.max(column.min(COLUMNS - 1));
            let is_focus = focus.is_some_and(|focus| focus.claim.id == claim.id);
            self.bracket(pen, frame, claim.content.hull(), column.min(COLUMNS - 1), number + 1, is_focus);
            if is_focus {
                continue;
            }
            if self.layers.level(Layer::Claims) != LayerLevel::Front {
                continue;
            }
            for piece in claim.content.iter() {
                self.corners(pen, frame, piece);
            }
            for piece in cues.flat_map(|cue| cue.iter().collect::<Vec<_>>()) {
                self.cue_box(pen, frame, piece);
            }
        }
        let at = if widest == 0 { 44.0 } else { 60.0 };
        let is_drawn_stance = self.layers.level(Layer::Stances) != LayerLevel::Off;
        // Signs of one line stand beside each other; what is more than three is left to the list.
        let mut on_line: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for stance in set.stances.values().filter(|_| is_drawn_stance) {
            let Some((place, sign)) = self.stance_line(pen, frame, stance) else { continue };
            let before = on_line.entry((place.0.span.start(), place.1)).or_default();
            if *before < SIGNS {
                let out = at + SIGN_PITCH * *before as f32;
                self.stance_sign(pen, frame, place, out, sign, stance.explicit);
            }
            *before += 1;
        }
    }

    /// A bracket beside the lines of a claim, on the side where they begin, with its number.
    fn bracket(&mut self, pen: &mut Pen, frame: &Frame, hull: Span, column: usize, number: usize, focus: bool) {
        let color = if focus { self.theme.parts.content } else { self.theme.calm.content };
        let mut ends: Option<(f32, f32, bool, f32)> = None;
        for shown in &frame.shown {
            for rect in shown.rects(hull) {
                let Some(line) = shown.paragraph.lines().get(rect.line) else { continue };
                let band = shown.band(rect.line, shown.anatomy.fill());
                let unit_px = shown.anatomy.scaled(1.0);
                ends = Some(match ends {
                    None => (band.top_px, band.bottom_px, line.rtl, unit_px),
                    Some((top_px, _, rtl, unit_px)) => (top_px, band.bottom_px, rtl, unit_px),
                });
            }
        }
        let Some((top_px, bottom_px, rtl, unit_px)) = ends else { return };
        let scale = frame.page.pixels_per_point;
        let out_px = (COLUMN + COLUMN_PITCH * column as f32) * scale;
        let (x_px, way) = side(frame, rtl, out_px);
        let width_px = if focus { FOCUSED } else { CALM } * scale;
        let arm_px = ARM * scale;
        pen.post(x_px.round(), top_px, bottom_px, width_px, color);
        let (left_px, right_px) = if way > 0.0 { (x_px - arm_px, x_px) } else { (x_px, x_px + arm_px) };
        pen.bar(left_px.round(), right_px.round(), top_px, width_px, color);
        pen.bar(left_px.round(), right_px.round(), bottom_px - width_px.ceil(), width_px, color);
        let text = number.to_string();
        let size_px = 9.5 * scale;
        let laid = self.tags.get(&mut self.text.engine, &text, size_px.max(unit_px * 9.5));
        let number_px = if way > 0.0 { x_px + 3.0 * scale } else { x_px - 3.0 * scale - laid.width_px() };
        let origin = pos2(number_px / scale, (top_px - 1.0 * scale) / scale);
        let color = if focus { self.theme.parts.content } else { self.theme.tokens.text2 };
        self.text.glyphs(pen.mesh_mut(), &laid, origin, color);
    }

    /// The strokes over the two ends of a claim's content.
    fn corners(&mut self, pen: &mut Pen, frame: &Frame, piece: Span) {
        let color = self.theme.calm.content;
        let rects = rects_in_order(frame, piece);
        for (rect, at_start) in
            [rects.first().map(|rect| (rect, true)), rects.last().map(|rect| (rect, false))].into_iter().flatten()
        {
            let (shown, rect) = rect;
            let rtl = shown.paragraph.lines().get(rect.line).is_some_and(|line| line.rtl);
            let length_px = shown.anatomy.scaled(CORNER).min(rect.right_px - rect.left_px);
            let at_right = rtl == at_start;
            let (left_px, right_px) = if at_right {
                (rect.right_px - length_px, rect.right_px)
            } else {
                (rect.left_px, rect.left_px + length_px)
            };
            let y_px = shown.baseline_px(rect.line) + shown.anatomy.claim_line_px();
            let (left_px, right_px) = ((frame.page.left_px + left_px).round(), (frame.page.left_px + right_px).round());
            let width_px = shown.anatomy.scaled(CALM).max(1.0);
            pen.bar(left_px, right_px, y_px, width_px, color);
            let post_px = if at_right { right_px - width_px.ceil() } else { left_px };
            pen.post(post_px, y_px, y_px + shown.anatomy.scaled(4.0).round(), width_px, color);
        }
    }

    fn cue_box(&mut self, pen: &mut Pen, frame: &Frame, piece: Span) {
        let color = self.theme.calm.cue;
        for shown in &frame.shown {
            for rect in shown.rects(piece) {
                let band = shown.band(rect.line, shown.anatomy.cue_box());
                let area = band_rect(frame.page, band, (rect.left_px - 1.0).round(), (rect.right_px + 1.0).round());
                pen.frame(area, shown.anatomy.snapped(1.0), color);
            }
        }
    }

    /// The line over a stance's evidence. Answers its first line in view and the sign that belongs beside it.
    fn stance_line<'f>(
        &mut self,
        pen: &mut Pen,
        frame: &'f Frame,
        stance: &Stance,
    ) -> Option<((&'f ShownParagraph, usize), StanceSign)> {
        let evidence = stance.evidence.as_ref()?;
        let sign = self.sign_of(stance);
        let calm = sign_color(&self.theme.calm, sign);
        let mut first = None;
        for piece in evidence.iter() {
            for (shown, rect) in rects_in_order(frame, piece) {
                first.get_or_insert((shown, rect.line));
                if self.layers.level(Layer::Stances) != LayerLevel::Front {
                    continue;
                }
                let y_px = shown.baseline_px(rect.line) + shown.anatomy.stance_line_px();
                let width_px = shown.anatomy.scaled(CALM).max(1.0);
                pen.bar(
                    (frame.page.left_px + rect.left_px).round(),
                    (frame.page.left_px + rect.right_px).round(),
                    y_px,
                    width_px,
                    calm,
                );
            }
        }
        first.map(|place| (place, sign))
    }

    /// A stance's sign in the gutter.
    fn stance_sign(
        &mut self,
        pen: &mut Pen,
        frame: &Frame,
        (shown, line): (&ShownParagraph, usize),
        at: f32,
        sign: StanceSign,
        explicit: bool,
    ) {
        let full = sign_color(&self.theme.parts, sign);
        let rtl = shown.paragraph.lines().get(line).is_some_and(|line| line.rtl);
        let scale = frame.page.pixels_per_point;
        let (x_px, _) = side(frame, rtl, at * scale);
        let middle_px = shown.baseline_px(line) - shown.anatomy.scaled(6.0);
        draw_sign(pen, sign, pos2(x_px, middle_px), 4.5 * scale, full, explicit);
    }
}

/// The claims in reading order, the one in focus among them, also where it is not stored yet.
fn claims_with<'a>(stored: Vec<&'a Claim>, focus: Option<ShownClaim<'a>>) -> Vec<&'a Claim> {
    let Some(focus) = focus else { return stored };
    let mut all: Vec<&Claim> = stored.into_iter().filter(|claim| claim.id != focus.claim.id).collect();
    let order = |claim: &Claim| (claim.content.start(), std::cmp::Reverse(claim.content.end()));
    let at = all.partition_point(|claim| order(claim) <= order(focus.claim));
    all.insert(at, focus.claim);
    all
}

/// A place `out_px` beside the column, on the side where lines begin, and the direction that leads away from it.
fn side(frame: &Frame, rtl: bool, out_px: f32) -> (f32, f32) {
    if rtl { (frame.page.left_px + frame.page.width_px + out_px, 1.0) } else { (frame.page.left_px - out_px, -1.0) }
}

/// The rectangles of a span in view, from top to bottom.
pub(super) fn rects_in_order(frame: &Frame, span: Span) -> Vec<(&ShownParagraph, LineRect)> {
    frame.shown.iter().flat_map(|shown| shown.rects(span).into_iter().map(move |rect| (shown, rect))).collect()
}
