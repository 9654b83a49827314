//! The claim in focus: its content filled under a double line, boxes around its cues, dashes over its sources, and what
//! joins a source to its cue. What is only proposed is dotted.

use egui::{Color32, pos2};

use super::claims::rects_in_order;
use super::frame::{Frame, ShownParagraph, band_rect};
use super::paint::Painting;
use super::pen::Pen;
use super::strokes::{Stretch, dashes, draw_proposed};
use crate::gui::theme::mix;
use crate::layout::LineRect;
use crate::model::{AnnotationSet, ChainLink, Claim, Ref};
use crate::text::{Span, SpanSet};

/// A claim that is drawn in full.
#[derive(Clone, Copy, Debug)]
pub struct ShownClaim<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Whether it is not stored yet.
    pub is_proposed: bool,
}

/// Width of a connector.
const CONNECTOR: f32 = 1.25;
/// How far a connector rises above the sources.
const RISE: f32 = 5.0;

/// Where the source of a link stands in the text.
#[must_use]
pub fn source_spans<'a>(link: &'a ChainLink, set: &'a AnnotationSet) -> Option<&'a SpanSet> {
    link.spans.as_ref().or_else(|| match &link.source {
        Some(Ref::Mention(id)) => set.mentions.get(id).map(|mention| &mention.spans),
        _ => None,
    })
}

impl Painting<'_> {
    /// What lies under the text: the fill of the content.
    pub fn claim_ground(&mut self, pen: &mut Pen, frame: &Frame, shown: ShownClaim<'_>) {
        let share = if self.theme.tokens.dark { 0.28 } else { 0.18 };
        let fill = mix(self.theme.tokens.paper, self.theme.parts.content, share * 0.75);
        for piece in shown.claim.content.iter() {
            self.fill_span(pen, frame, piece, fill);
        }
    }

    /// What lies over it.
    pub fn claim_marks(&mut self, pen: &mut Pen, frame: &Frame, shown: ShownClaim<'_>, set: &AnnotationSet) {
        let parts = self.theme.parts;
        for piece in shown.claim.content.iter() {
            double_line(pen, frame, piece, parts.content);
        }
        for link in &shown.claim.chain {
            for piece in link.cue.iter().flat_map(SpanSet::iter) {
                self.strong_cue(pen, frame, piece, shown.is_proposed);
            }
            if let Some(spans) = source_spans(link, set) {
                for piece in spans.iter() {
                    self.source_dashes(pen, frame, piece, shown.is_proposed);
                }
                if let Some(cue) = &link.cue {
                    self.connector(pen, frame, spans, cue, shown.is_proposed);
                }
            }
        }
    }

    fn strong_cue(&mut self, pen: &mut Pen, frame: &Frame, piece: Span, is_proposed: bool) {
        let color = self.theme.parts.cue;
        for (shown, rect) in rects_in_order(frame, piece) {
            let band = shown.band(rect.line, shown.anatomy.cue_box());
            let area = band_rect(frame.page, band, (rect.left_px - 1.0).round(), (rect.right_px + 1.0).round());
            let width_px = shown.anatomy.snapped(2.0);
            if !is_proposed {
                pen.frame(area, width_px, color);
                continue;
            }
            let unit_px = shown.anatomy.scaled(1.0);
            for top_px in [area.top(), area.bottom() - width_px] {
                let stretch = Stretch { left_px: area.left(), right_px: area.right(), top_px, width_px };
                draw_proposed(pen, stretch, unit_px, color);
            }
            for x_px in [area.left() + width_px / 2.0, area.right() - width_px / 2.0] {
                for (from_px, _) in dashes(area.top() + width_px, area.bottom() - width_px, width_px, 3.0 * unit_px) {
                    pen.disc(pos2(x_px, from_px + width_px / 2.0), width_px / 2.0, color);
                }
            }
        }
    }

    fn source_dashes(&mut self, pen: &mut Pen, frame: &Frame, piece: Span, is_proposed: bool) {
        let color = self.theme.parts.source;
        for (shown, rect) in rects_in_order(frame, piece) {
            let y_px = shown.baseline_px(rect.line) + shown.anatomy.claim_line_px();
            let (width_px, unit_px) = (shown.anatomy.snapped(2.0), shown.anatomy.scaled(1.0));
            let (left_px, right_px) = across(frame, &rect);
            if is_proposed {
                let stretch = Stretch { left_px, right_px, top_px: y_px.round(), width_px };
                draw_proposed(pen, stretch, unit_px, color);
            } else {
                for (from_px, to_px) in dashes(left_px, right_px, 6.0 * unit_px, 3.0 * unit_px) {
                    pen.bar(from_px, to_px, y_px.round(), width_px, color);
                }
            }
        }
    }

    /// Joins a source to the piece of the cue that stands nearest to it, where both stand in one line.
    fn connector(&mut self, pen: &mut Pen, frame: &Frame, source: &SpanSet, cue: &SpanSet, is_proposed: bool) {
        let sources: Vec<_> = source.iter().flat_map(|piece| rects_in_order(frame, piece)).collect();
        let cues: Vec<_> = cue.iter().flat_map(|piece| rects_in_order(frame, piece)).collect();
        let pairs = sources.iter().flat_map(|source| cues.iter().map(move |cue| (source, cue)));
        let in_line = pairs.filter(|(source, cue)| is_same_line(source, cue));
        let nearest = in_line.min_by(|a, b| distance(&a.0.1, &a.1.1).total_cmp(&distance(&b.0.1, &b.1.1)));
        let Some(((shown, from), (_, to))) = nearest else { return };
        let color = self.theme.parts.source;
        let (unit_px, width_px) = (shown.anatomy.scaled(1.0), shown.anatomy.scaled(CONNECTOR).max(1.0));
        let base_px = shown.baseline_px(from.line) + shown.anatomy.claim_line_px();
        let left_px = frame.page.left_px;
        let (start_px, end_px) = (left_px + middle(from), left_px + middle(to));
        let reach_px = (end_px - start_px).abs();
        if reach_px < 4.0 * unit_px {
            return;
        }
        let rise_px = (RISE * unit_px).min(reach_px / 4.0);
        // A flat arc: up within a quarter of the way, along, and down again.
        let steps = 24;
        let at = |step: usize| {
            let share = step as f32 / steps as f32;
            let height = (share * std::f32::consts::PI).sin().sqrt();
            pos2(start_px + (end_px - start_px) * share, base_px - rise_px * height)
        };
        let points: Vec<_> = (0..=steps).map(at).collect();
        if is_proposed {
            let count = (reach_px / (4.0 * unit_px)).floor().max(1.0) as usize;
            for dot in 0..=count {
                let step = dot as f32 / count as f32 * steps as f32;
                pen.disc(at(step.round() as usize), width_px * 0.7, color);
            }
        } else {
            pen.polyline(&points, width_px, color);
        }
    }
}

/// Two thin lines over the whole of a content.
fn double_line(pen: &mut Pen, frame: &Frame, piece: Span, color: Color32) {
    for (shown, rect) in rects_in_order(frame, piece) {
        let middle_px = shown.baseline_px(rect.line) + shown.anatomy.claim_line_px();
        let (away_px, width_px) = (shown.anatomy.scaled(2.0).round(), shown.anatomy.snapped(1.0));
        let (left_px, right_px) = across(frame, &rect);
        for y_px in [middle_px - away_px, middle_px + away_px - width_px] {
            pen.bar(left_px, right_px, y_px.round(), width_px, color);
        }
    }
}

fn across(frame: &Frame, rect: &LineRect) -> (f32, f32) {
    ((frame.page.left_px + rect.left_px).round(), (frame.page.left_px + rect.right_px).round())
}

fn middle(rect: &LineRect) -> f32 {
    f32::midpoint(rect.left_px, rect.right_px)
}

fn distance(a: &LineRect, b: &LineRect) -> f32 {
    (middle(a) - middle(b)).abs()
}

fn is_same_line(a: &(&ShownParagraph, LineRect), b: &(&ShownParagraph, LineRect)) -> bool {
    a.0.span == b.0.span && a.1.line == b.1.line
}
