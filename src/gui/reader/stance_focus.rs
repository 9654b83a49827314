//! The stance in focus: its evidence filled, boxes around holder and target, and an arc between them with its sign.

use egui::{Pos2, pos2};

use super::claims::rects_in_order;
use super::frame::{Frame, band_rect};
use super::paint::Painting;
use super::pen::Pen;
use super::signs::{draw_sign, sign_color};
use crate::gui::theme::mix;
use crate::model::{AnnotationSet, Ref, Stance, StanceSign};
use crate::text::{Span, SpanSet};

/// Width of boxes and arc.
const LINE: f32 = 1.25;
/// How far the arc rises above the words it joins.
const RISE: f32 = 15.0;

impl Painting<'_> {
    /// The sign of a stance's value.
    #[must_use]
    pub fn sign_of(&self, stance: &Stance) -> StanceSign {
        self.scheme.scale_value(&stance.scale, &stance.value).map_or(StanceSign::Neutral, |value| value.sign)
    }

    /// What lies under the text: the fill of the evidence.
    pub fn stance_ground(&mut self, pen: &mut Pen, frame: &Frame, stance: &Stance) {
        let share = if self.theme.tokens.dark { 0.28 } else { 0.18 };
        let color = sign_color(&self.theme.parts, self.sign_of(stance));
        let fill = mix(self.theme.tokens.paper, color, share);
        for piece in stance.evidence.iter().flat_map(SpanSet::iter) {
            self.fill_span(pen, frame, piece, fill);
        }
    }

    /// What lies over it.
    pub fn stance_marks(&mut self, pen: &mut Pen, frame: &Frame, stance: &Stance, set: &AnnotationSet) {
        let sign = self.sign_of(stance);
        let color = sign_color(&self.theme.parts, sign);
        let near = stance.evidence.as_ref().map_or(0, SpanSet::start);
        let ends = [&stance.holder, &stance.target].map(|end| {
            let span = place_of(end, set, near)?;
            let (shown, rect) = rects_in_order(frame, span).into_iter().next()?;
            let band = shown.band(rect.line, shown.anatomy.cue_box());
            let area = band_rect(frame.page, band, (rect.left_px - 1.0).round(), (rect.right_px + 1.0).round());
            pen.frame(area, shown.anatomy.scaled(LINE).max(1.0), color);
            Some((pos2(area.center().x, area.top()), shown.anatomy.scaled(1.0)))
        });
        let [Some((from, unit_px)), Some((to, _))] = ends else { return };
        let rise_px = RISE * unit_px;
        let top_px = from.y.min(to.y) - rise_px;
        let middle = pos2(f32::midpoint(from.x, to.x), 2.0 * top_px - f32::midpoint(from.y, to.y));
        let along = |share: f32| -> Pos2 {
            let (a, b, c) = ((1.0 - share).powi(2), 2.0 * share * (1.0 - share), share.powi(2));
            pos2(a * from.x + b * middle.x + c * to.x, a * from.y + b * middle.y + c * to.y)
        };
        let points: Vec<Pos2> = (0..=24_u8).map(|step| along(f32::from(step) / 24.0)).collect();
        pen.polyline(&points, (LINE * unit_px).max(1.0), color);
        let radius_px = 5.0 * unit_px;
        // The sign stands on paper, so that the arc does not cross it.
        pen.disc(along(0.5), radius_px * 1.5, self.theme.tokens.paper);
        draw_sign(pen, sign, along(0.5), radius_px, color, stance.explicit);
    }
}

/// Where a holder or target stands in the article; of an entity the mention nearest to the evidence.
fn place_of(end: &Ref, set: &AnnotationSet, near: usize) -> Option<Span> {
    match end {
        Ref::Mention(id) => set.mentions.get(id).map(|mention| mention.spans.hull()),
        Ref::Entity(id) => {
            let of_entity = set.mentions.values().filter(|mention| mention.entity.as_ref() == Some(id));
            of_entity.min_by_key(|mention| mention.spans.start().abs_diff(near)).map(|mention| mention.spans.hull())
        }
        Ref::Claim(id) => set.claims.get(id).and_then(|claim| claim.content.iter().next()),
        Ref::ClaimOf(..) | Ref::Cluster(_) | Ref::Topic(_) | Ref::Author | Ref::Text(_) => None,
    }
}
