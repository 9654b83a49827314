//! The mention in focus: one fill, a thicker lane, a filled tag, two handles. Rebuilt on every key, alone.

use egui::{Pos2, Rect, pos2};

use super::frame::{Frame, ShownParagraph, band_rect};
use super::marks::MentionMark;
use super::paint::Painting;
use super::pen::Pen;
use super::strokes::{Stretch, draw_hair, draw_style};
use crate::session::Edge;
use crate::text::{Span, SpanSet};

/// The mention in focus with the edges that are shown now.
#[derive(Clone, Debug)]
pub struct Focused<'a> {
    /// Its mark.
    pub mark: &'a MentionMark,
    /// Its spans as stored, or as they would be stored.
    pub spans: SpanSet,
    /// The edge that was moved last.
    pub live: Option<Edge>,
}

/// Free room at an edge of a span where a space is beside it.
const EDGE_ROOM: f32 = 2.0;

impl Painting<'_> {
    /// What lies under the text: the fill.
    pub fn focus_ground(&mut self, pen: &mut Pen, frame: &Frame, text: &str, focused: &Focused<'_>) {
        let colors = self.colors(focused.mark);
        for piece in focused.spans.iter() {
            for (shown, rect) in padded_rects(frame, text, piece) {
                let band = shown.band(rect.0, shown.anatomy.fill());
                let area = band_rect(frame.page, band, rect.1.round(), rect.2.round());
                pen.rounded(area, shown.anatomy.scaled(3.0), colors.fill);
            }
        }
    }

    /// What lies over it: lane, tag and handles.
    pub fn focus_marks(&mut self, pen: &mut Pen, frame: &Frame, focused: &Focused<'_>) {
        let colors = self.colors(focused.mark);
        let lane = focused.mark.lane;
        let mut tagged = false;
        let pieces: Vec<Span> = focused.spans.iter().collect();
        for piece in &pieces {
            for shown in &frame.shown {
                let unit_px = shown.anatomy.scaled(1.0);
                for rect in shown.rects(*piece) {
                    let band = shown.band(rect.line, shown.anatomy.focused_lane(lane));
                    let stop_px = shown.anatomy.stop_px();
                    let (left_px, right_px) = ((rect.left_px + stop_px).round(), (rect.right_px - stop_px).round());
                    let middle_px = f32::midpoint(rect.left_px, rect.right_px);
                    let stretch = Stretch {
                        left_px: frame.page.left_px + left_px.min(middle_px - 1.0),
                        right_px: frame.page.left_px + right_px.max(middle_px + 1.0),
                        top_px: band.top_px,
                        width_px: band.height_px(),
                    };
                    draw_style(pen, colors.style, stretch, unit_px, colors.line);
                    if !tagged {
                        tagged = true;
                        self.focus_tag(pen, frame, shown, rect.line, *piece, focused);
                    }
                }
            }
        }
        for gap in pieces.windows(2) {
            let between = Span::new(gap[0].end(), gap[1].start());
            for shown in &frame.shown {
                for rect in shown.rects(between) {
                    let band = shown.band(rect.line, shown.anatomy.lane(lane));
                    let stretch = Stretch {
                        left_px: frame.page.left_px + rect.left_px,
                        right_px: frame.page.left_px + rect.right_px,
                        top_px: band.top_px,
                        width_px: band.height_px(),
                    };
                    draw_hair(pen, stretch, shown.anatomy.scaled(1.0), colors.line);
                }
            }
        }
        let handles = handle_places(frame, &focused.spans);
        for (place, edge) in handles.into_iter().zip([Edge::Start, Edge::End]) {
            if let Some(place) = place {
                self.handle(pen, place, focused.live == Some(edge));
            }
        }
    }

    fn focus_tag(
        &mut self,
        pen: &mut Pen,
        frame: &Frame,
        shown: &ShownParagraph,
        line_idx: usize,
        piece: Span,
        focused: &Focused<'_>,
    ) {
        let colors = self.colors(focused.mark);
        let rects = shown.rects(piece);
        let here = rects.iter().filter(|rect| rect.line == line_idx);
        let rtl = shown.paragraph.lines().get(line_idx).is_some_and(|line| line.rtl);
        let placed = shown.pieces.tags.iter().find(|tag| {
            let mark = &self.marks.mentions()[tag.mark];
            mark.id == focused.mark.id && !mark.theirs
        });
        let under = placed.map_or(focused.mark.lane, |tag| tag.place.under_lane);
        let row = shown.band(line_idx, shown.anatomy.tag_row(under));
        let size_px = shown.anatomy.tag_size_px(frame.page.display_scale);
        let width_px = self.tags.get(&mut self.text.engine, &focused.mark.tag, size_px).width_px();
        let room_px = shown.anatomy.scaled(3.5).round();
        // The filled tag stands where the thin one stood, so that nothing moves when the focus does.
        let moved =
            placed.filter(|tag| tag.line == line_idx && !tag.place.short && focused.mark.spans == focused.spans);
        let left_px = match moved {
            Some(tag) => tag.place.left_px,
            None if rtl => here.map(|rect| rect.right_px).fold(f32::NEG_INFINITY, f32::max) - width_px,
            None => here.map(|rect| rect.left_px).fold(f32::INFINITY, f32::min),
        };
        let left_px = (frame.page.left_px + left_px).round();
        let (above_px, below_px) = (shown.anatomy.scaled(2.0).round(), shown.anatomy.scaled(3.0).round());
        let pill = Rect::from_min_max(
            pos2(left_px - room_px, row.top_px - above_px),
            pos2(left_px + width_px.ceil() + room_px, row.bottom_px + below_px),
        );
        pen.rounded(pill, shown.anatomy.scaled(3.0), colors.line);
        self.tag(pen, frame, shown.anatomy, &focused.mark.tag, pos2(left_px, row.bottom_px), colors.on, None);
    }

    /// A stem with a ring on top; the live one is solid.
    fn handle(&mut self, pen: &mut Pen, place: HandlePlace, live: bool) {
        let (color, paper) = (self.theme.tokens.focus, self.theme.tokens.paper);
        let stem_px = (1.25 * place.unit_px).max(1.0);
        let ring = pos2(place.x_px, place.top_px);
        pen.post((place.x_px - stem_px / 2.0).round(), place.top_px, place.bottom_px, stem_px, color);
        let radius_px = 3.4 * place.unit_px;
        pen.disc(ring, radius_px + 0.6 * place.unit_px, color);
        if !live {
            pen.disc(ring, radius_px - 0.8 * place.unit_px, paper);
        }
    }
}

/// Where a handle stands in the window, physical px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandlePlace {
    /// Its stem.
    pub x_px: f32,
    /// Upper end, where the ring is.
    pub top_px: f32,
    /// Lower end.
    pub bottom_px: f32,
    /// A pixel of the 22 px drawing.
    pub unit_px: f32,
}

impl HandlePlace {
    /// Its middle, logical px.
    #[must_use]
    pub fn center(self, pixels_per_point: f32) -> Pos2 {
        pos2(self.x_px / pixels_per_point, f32::midpoint(self.top_px, self.bottom_px) / pixels_per_point)
    }
}

/// The handles at the start and the end of a mention, as far as they are in view.
#[must_use]
pub fn handle_places(frame: &Frame, spans: &SpanSet) -> [Option<HandlePlace>; 2] {
    [place_of(frame, spans, true), place_of(frame, spans, false)]
}

fn place_of(frame: &Frame, spans: &SpanSet, start: bool) -> Option<HandlePlace> {
    let letter = if start { spans.start() } else { spans.end().checked_sub(1)? };
    let shown = frame.shown.iter().find(|shown| shown.span.contains(letter))?;
    let cluster = shown.paragraph.cluster_at(letter - shown.span.start())?;
    let line = shown.paragraph.lines().get(cluster.line)?;
    let x_px = if cluster.rtl == line.rtl {
        if start { cluster.start_edge_px() } else { cluster.end_edge_px() }
    } else {
        // A number or a foreign word at the edge: the handle stands at the outer end of what is filled there.
        let rects = spans.iter().flat_map(|piece| shown.rects(piece));
        let around = rects.into_iter().find(|rect| {
            rect.line == cluster.line
                && rect.left_px <= cluster.left_px + 0.1
                && cluster.right_px <= rect.right_px + 0.1
        })?;
        if start == line.rtl { around.right_px } else { around.left_px }
    };
    let band = shown.band(cluster.line, shown.anatomy.fill());
    Some(HandlePlace {
        x_px: (frame.page.left_px + x_px.clamp(0.0, shown.paragraph.width_px())).round(),
        top_px: band.top_px,
        bottom_px: band.bottom_px,
        unit_px: shown.anatomy.scaled(1.0),
    })
}

/// The rectangles of a span (line, left, right): widened by a little of the space beside it, never into a letter.
fn padded_rects<'a>(frame: &'a Frame, text: &str, span: Span) -> Vec<(&'a ShownParagraph, (usize, f32, f32))> {
    let free_before = is_free(text.get(..span.start()).and_then(|before| before.chars().next_back()));
    let free_after = is_free(text.get(span.end()..).and_then(|after| after.chars().next()));
    let mut found = Vec::new();
    for shown in &frame.shown {
        let room_px = shown.anatomy.scaled(EDGE_ROOM);
        let edge_x = |letter: usize, start: bool| {
            let cluster = shown.span.contains(letter).then(|| shown.paragraph.cluster_at(letter - shown.span.start()));
            cluster
                .flatten()
                .map(|cluster| (cluster.line, if start { cluster.start_edge_px() } else { cluster.end_edge_px() }))
        };
        let start = edge_x(span.start(), true).filter(|_| free_before);
        let end = span.end().checked_sub(1).and_then(|last| edge_x(last, false)).filter(|_| free_after);
        for rect in shown.rects(span) {
            let (mut left_px, mut right_px) = (rect.left_px, rect.right_px.max(rect.left_px + 2.0));
            for (line, x_px) in [start, end].into_iter().flatten() {
                if line == rect.line && (x_px - rect.left_px).abs() < 0.5 {
                    left_px -= room_px;
                }
                if line == rect.line && (x_px - rect.right_px).abs() < 0.5 {
                    right_px += room_px;
                }
            }
            found.push((shown, (rect.line, left_px, right_px)));
        }
    }
    found
}

/// Whether an edge beside this character may take a little of its room.
fn is_free(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(char::is_whitespace)
}
