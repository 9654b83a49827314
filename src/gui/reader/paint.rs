//! Paints a frame: text, lanes, tags, selection, caret. The focus has a file of its own.

use egui::{Color32, Pos2, Rect, pos2};

use super::anatomy::Anatomy;
use super::frame::{Frame, ShownParagraph, band_rect};
use super::marks::{ArticleMarks, MentionMark};
use super::pen::Pen;
use super::pieces::{TagText, is_too_deep};
use super::state::ReaderState;
use super::strokes::{Stretch, draw_hair, draw_proposed, draw_style, draw_theirs};
use super::tag_text::TagTexts;
use crate::gui::ctx::{LayerLevel, Layers};
use crate::gui::text::TextPainter;
use crate::gui::theme::{Theme, Tokens};
use crate::layout::{DocumentCaret, ParagraphRole};
use crate::model::{LineStyle, MentionId, Scheme};
use crate::text::Span;

/// What painting needs beside the frame.
pub struct Painting<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Styles of labels.
    pub scheme: &'a Scheme,
    /// The marks of the article.
    pub marks: &'a ArticleMarks,
    /// How the mentions are drawn.
    pub level: LayerLevel,
    /// How the layers are drawn.
    pub layers: Layers,
    /// Whether lanes are thin, because there are many.
    pub dense: bool,
    /// The mention in focus, which is drawn by itself.
    pub focus: Option<&'a MentionId>,
    /// The mention under the pointer.
    pub hover: Option<&'a MentionId>,
    /// Text and its texture.
    pub text: &'a mut TextPainter,
    /// Tags, laid out.
    pub tags: &'a mut TagTexts,
}

/// Colours of one mention.
#[derive(Clone, Copy, Debug)]
pub struct MarkColors {
    /// Lane.
    pub line: Color32,
    /// Tag.
    pub ink: Color32,
    /// Fill in focus.
    pub fill: Color32,
    /// Text on the filled tag.
    pub on: Color32,
    /// Style of the lane.
    pub style: LineStyle,
}

impl Painting<'_> {
    /// The colours of a mark.
    #[must_use]
    pub fn colors(&self, mark: &MentionMark) -> MarkColors {
        let label = mark.label_idx.and_then(|idx| self.scheme.labels.get(idx));
        let colors = match label {
            Some(label) => self.theme.label(&label.id),
            None => self.theme.label(&"".into()),
        };
        let style = label.map_or(LineStyle::Solid, |label| label.line);
        MarkColors { line: colors.line, ink: colors.ink, fill: colors.fill, on: colors.on, style }
    }

    /// Fills a span of the article in the height of its lines' ink.
    pub fn fill_span(&mut self, pen: &mut Pen, frame: &Frame, span: Span, color: Color32) {
        for shown in &frame.shown {
            for rect in shown.rects(span) {
                let band = shown.band(rect.line, shown.anatomy.fill());
                let area = band_rect(frame.page, band, rect.left_px, rect.right_px.max(rect.left_px + 2.0));
                pen.rect(snapped(area), color);
            }
        }
    }

    /// All glyphs, dimmed where a region is left out.
    pub fn glyphs(&mut self, pen: &mut Pen, frame: &Frame) {
        let Tokens { text, text3, .. } = self.theme.tokens;
        let scale = frame.page.pixels_per_point;
        for shown in &frame.shown {
            let color = if shown.role == ParagraphRole::Excluded { text3 } else { text };
            let origin = pos2(frame.page.left_px / scale, shown.top_px / scale);
            for (line_idx, line) in shown.paragraph.lines().iter().enumerate() {
                if is_in_view(frame, shown, line.top_px, line.height_px) {
                    self.text.line_glyphs(pen.mesh_mut(), &shown.paragraph, line_idx, origin, |_| color);
                }
            }
        }
    }

    /// The lanes of all mentions but the one in focus.
    pub fn lanes(&mut self, pen: &mut Pen, frame: &Frame) {
        if self.level == LayerLevel::Off {
            return;
        }
        for shown in &frame.shown {
            let unit_px = shown.anatomy.scaled(1.0);
            for piece in &shown.pieces.lanes {
                let mark = &self.marks.mentions()[piece.mark];
                if self.focus == Some(&mark.id) && !mark.theirs {
                    continue;
                }
                let colors = self.colors(mark);
                let hovered = self.hover == Some(&mark.id) && !mark.theirs;
                let calm = shown.anatomy.lane(mark.lane);
                let mut band = if hovered { shown.anatomy.focused_lane(mark.lane) } else { calm };
                let mut width_px = band.height_px();
                if self.level == LayerLevel::Calm {
                    width_px = shown.anatomy.snapped(1.0);
                } else if self.dense && !hovered {
                    width_px = width_px.min(shown.anatomy.scaled(1.5)).max(1.0);
                }
                band = shown.band(piece.line, band);
                let stretch = Stretch {
                    left_px: frame.page.left_px + piece.left_px,
                    right_px: frame.page.left_px + piece.right_px,
                    top_px: band.top_px,
                    width_px,
                };
                if mark.theirs && !piece.hair {
                    draw_theirs(pen, stretch, unit_px, colors.line);
                } else if piece.hair {
                    draw_hair(pen, stretch, unit_px, colors.line);
                } else if mark.excluded {
                    pen.bar(stretch.left_px, stretch.right_px, band.top_px, width_px, self.theme.tokens.control);
                } else if mark.proposed {
                    draw_proposed(pen, stretch, unit_px, colors.line);
                } else {
                    draw_style(pen, colors.style, stretch, unit_px, colors.line);
                }
            }
        }
    }

    /// The tags of all mentions but the one in focus. Tags come last, with a halo of paper.
    pub fn tags(&mut self, pen: &mut Pen, frame: &Frame) {
        if self.level == LayerLevel::Off {
            return;
        }
        let paper = self.theme.tokens.paper;
        for shown in &frame.shown {
            let deep_focus = self.focus.and_then(|id| self.marks.find(id)).map(|mark| mark.spans.hull());
            for tag in &shown.pieces.tags {
                let mark = &self.marks.mentions()[tag.mark];
                if self.focus == Some(&mark.id) && !mark.theirs {
                    continue;
                }
                let in_focused_stack = deep_focus.is_some_and(|span| mark.spans.hull().overlaps(span));
                if is_too_deep(tag.place.under_lane) && !in_focused_stack {
                    continue;
                }
                let color = if self.level == LayerLevel::Calm || mark.theirs {
                    self.theme.tokens.text3
                } else {
                    self.colors(mark).ink
                };
                let text = tag_text(mark, tag.text, tag.place.short);
                let row = shown.band(tag.line, shown.anatomy.tag_row(tag.place.under_lane));
                let left_px = frame.page.left_px + tag.place.left_px;
                self.tag(pen, frame, shown.anatomy, text, pos2(left_px, row.bottom_px), color, Some(paper));
            }
        }
    }

    /// One tag with its left end and baseline at `at_px`.
    pub fn tag(
        &mut self,
        pen: &mut Pen,
        frame: &Frame,
        anatomy: Anatomy,
        text: &str,
        at_px: Pos2,
        color: Color32,
        halo: Option<Color32>,
    ) {
        let scale = frame.page.pixels_per_point;
        let laid = self.tags.get(&mut self.text.engine, text, anatomy.tag_size_px(frame.page.display_scale));
        let baseline_px = laid.lines().first().map_or(0.0, |line| line.baseline_px);
        let origin_px = pos2(at_px.x, at_px.y - baseline_px);
        let to_points = |at: Pos2| pos2(at.x / scale, at.y / scale);
        if let Some(halo) = halo {
            let reach_px = anatomy.scaled(1.2).max(1.0);
            for (dx, dy) in HALO {
                let shifted = pos2(origin_px.x + dx * reach_px, origin_px.y + dy * reach_px);
                self.text.glyphs(pen.mesh_mut(), &laid, to_points(shifted), halo);
            }
        }
        self.text.glyphs(pen.mesh_mut(), &laid, to_points(origin_px), color);
    }

    /// The caret, split where the direction changes.
    pub fn caret(&mut self, pen: &mut Pen, frame: &Frame, caret: &DocumentCaret, at: usize) {
        let Some(shown) = frame.at(at) else { return };
        let band = shown.band(caret.shape.line, shown.anatomy.fill());
        let color = self.theme.tokens.focus;
        let left_px = frame.page.left_px;
        let strong_px = (2.0 * frame.page.pixels_per_point).round().max(1.0);
        let Some(other) = caret.shape.split else {
            pen.post(snap_post(left_px + caret.shape.x_px, strong_px), band.top_px, band.bottom_px, strong_px, color);
            return;
        };
        let middle_px = f32::midpoint(band.top_px, band.bottom_px).round();
        let foot_px = shown.anatomy.scaled(5.0).round();
        let weak_px = (strong_px / 2.0).max(1.0);
        for (x_px, rtl, width_px) in [(caret.shape.x_px, caret.shape.rtl, strong_px), (other.x_px, other.rtl, weak_px)]
        {
            let post_px = snap_post(left_px + x_px, width_px);
            let (top_px, bottom_px) = if rtl { (band.top_px, middle_px) } else { (middle_px, band.bottom_px) };
            pen.post(post_px, top_px, bottom_px, width_px, color);
            // The foot stands at the outer end and points the way the text goes on.
            let (foot_left_px, foot_top_px) =
                if rtl { (post_px + width_px - foot_px, top_px) } else { (post_px, bottom_px - width_px) };
            pen.bar(foot_left_px, foot_left_px + foot_px, foot_top_px, width_px, color);
        }
    }

    /// A thin line under what a label key would take.
    pub fn hint(&mut self, pen: &mut Pen, frame: &Frame, span: Option<Span>) {
        for shown in &frame.shown {
            for rect in span.into_iter().flat_map(|span| shown.rects(span)) {
                let band = shown.band(rect.line, shown.anatomy.lane(0));
                let left_px = frame.page.left_px + rect.left_px.round();
                let right_px = frame.page.left_px + rect.right_px.round();
                pen.bar(left_px, right_px, band.top_px, shown.anatomy.snapped(1.0), self.theme.tokens.text3);
            }
        }
    }
}

/// Directions in which a tag's halo is painted.
const HALO: [(f32, f32); 8] =
    [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)];

/// What a tag says.
#[must_use]
pub fn tag_text(mark: &MentionMark, text: TagText, short: bool) -> &str {
    match (text, short) {
        (TagText::Plus, _) => "+",
        (TagText::Label, true) => &mark.short_tag,
        (TagText::Label, false) => &mark.tag,
    }
}

/// Whether a line is seen; letters reach beyond their lines, so one line more counts at both ends.
fn is_in_view(frame: &Frame, shown: &ShownParagraph, top_px: f32, height_px: f32) -> bool {
    let scale = frame.page.pixels_per_point;
    let top = shown.top_px + top_px;
    top + 2.0 * height_px > frame.page.rect.top() * scale && top - height_px < frame.page.rect.bottom() * scale
}

fn snapped(rect: Rect) -> Rect {
    Rect::from_min_max(rect.min.round(), rect.max.round())
}

/// The left edge of a post of that width around `x_px`, on a device pixel.
fn snap_post(x_px: f32, width_px: f32) -> f32 {
    (x_px - width_px / 2.0).round()
}

impl ReaderState {
    /// Decides whether lanes are thin: over one mention per five words, back at under one per six.
    pub(super) fn decide_density(&mut self, frame: &Frame, at_rest: bool) {
        let Some(loaded) = &self.loaded else { return };
        if !at_rest {
            return;
        }
        let view = frame.span();
        let mentions = loaded.marks.touching(view).count() as f32;
        let words = loaded.words_in_view(view) as f32;
        let share = mentions / words.max(1.0);
        self.dense = if self.dense { share > 1.0 / 6.0 } else { share > 1.0 / 5.0 };
    }
}
