//! Who says what, as a sentence whose parts can be pressed: cues in boxes, sources underlined, the content last.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, pos2, vec2};

use super::super::{PAD, row};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Flow, TextRole, radius};
use crate::gui::widgets::announce;
use crate::layout::Base;
use crate::model::{AnnotationSet, Claim, Ref};
use crate::text::{ParagraphDirection, Span, SpanSet, first_strong};

/// Height of a line of the sentence.
const LINE: f32 = 30.0;
/// A longer content is cut.
const CONTENT_CHARS: usize = 160;

/// What a part of the sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A piece of the cue of this link.
    Cue(usize),
    /// The source of this link.
    Source(usize),
    /// What is claimed.
    Content,
}

/// A part of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// What it says.
    pub text: String,
    /// Where it stands in the article, if it does.
    pub span: Option<Span>,
}

/// What the sentence calls things that do not stand in the text.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The author of the article.
    pub author: &'a str,
    /// A subject that the verb alone implies.
    pub dropped: &'a str,
}

/// The parts of a claim's sentence, the chain from the outermost link inward.
#[must_use]
pub fn parts_of(
    claim: &Claim,
    set: &AnnotationSet,
    text: &str,
    name_of: &dyn Fn(&Ref) -> String,
    words: Words<'_>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, link) in claim.chain.iter().enumerate() {
        let mut here: Vec<(usize, Part)> = Vec::new();
        for piece in link.cue.iter().flat_map(SpanSet::iter) {
            let quote = piece.slice(text).unwrap_or_default().to_owned();
            here.push((piece.start(), Part { kind: PartKind::Cue(at), text: quote, span: Some(piece) }));
        }
        let mention = match &link.source {
            Some(Ref::Mention(id)) => set.mentions.get(id),
            _ => None,
        };
        let spans = link.spans.as_ref().or(mention.map(|mention| &mention.spans));
        // What does not stand in the text follows the verb.
        let start = spans.map_or(here.first().map_or(0, |(start, _)| start + 1), SpanSet::start);
        let source = match &link.source {
            Some(Ref::Author) => Some(format!("[{}]", words.author)),
            Some(source) => Some(spans.and_then(|spans| spans.quote(text)).unwrap_or_else(|| name_of(source))),
            None => link.implicit.then(|| format!("[{}]", words.dropped)),
        };
        if let Some(text) = source {
            here.push((start, Part { kind: PartKind::Source(at), text, span: spans.map(SpanSet::hull) }));
        }
        here.sort_by_key(|(start, _)| *start);
        parts.extend(here.into_iter().map(|(_, part)| part));
    }
    let mut content: String = claim.quote.chars().take(CONTENT_CHARS).collect();
    if claim.quote.chars().nth(CONTENT_CHARS).is_some() {
        content.push('\u{2026}');
    }
    parts.push(Part { kind: PartKind::Content, text: content, span: Some(claim.content.hull()) });
    parts
}

/// A word of the sentence with the part it belongs to.
struct Word {
    part: usize,
    text: String,
    width: f32,
}

/// The words of a part that stand in one line.
struct Stretch {
    part: usize,
    line: usize,
    /// From the start of the line.
    from: f32,
    to: f32,
}

/// Draws the sentence; a press shows the part in the article and makes its link the one that keys change.
pub fn sentence_ui(ui: &mut Ui, claim: &Claim, parts: &[Part], is_proposed: bool, ctx: &mut PanelCtx<'_>) {
    let rtl = first_strong(&claim.quote).unwrap_or(ParagraphDirection::Ltr) == ParagraphDirection::Rtl;
    let flow = Flow { rtl };
    let room = ui.available_width() - 2.0 * PAD - 12.0;
    let words = words_of(parts, ctx);
    let (stretches, placed, lines) = arrange(&words, room);
    let area = row(ui, lines as f32 * LINE + 6.0);
    let bar = flow.at_start(area, 3.0);
    ui.painter().rect_filled(bar, 0.0, ctx.theme.parts.content);
    let inner = flow.at_start(area, area.width()).shrink2(vec2(12.0, 3.0));
    let at = |line: usize, from: f32, to: f32| {
        let top = inner.top() + line as f32 * LINE;
        let frame = Rect::from_min_max(pos2(inner.left(), top), pos2(inner.right(), top + LINE));
        flow.rect(frame, Rect::from_min_max(pos2(frame.left() + from, top), pos2(frame.left() + to, top + LINE)))
    };
    for stretch in &stretches {
        let Some(part) = parts.get(stretch.part) else { continue };
        part_ui(ui, part, at(stretch.line, stretch.from, stretch.to), (stretch.part, stretch.line), is_proposed, ctx);
    }
    let color = ctx.theme.tokens.text;
    for (word, (line, from)) in words.iter().zip(placed) {
        let place = at(line, from, from + word.width);
        let base = if rtl { Base::Rtl } else { Base::Ltr };
        let laid = ctx.text.line(&word.text, TextRole::Quote, base, None);
        ctx.text.paint(ui.painter(), &laid, pos2(place.left(), place.center().y - laid.size.y / 2.0), color);
    }
    let spoken: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let response = ui.interact(area, ui.scope_id().with("claim sentence"), Sense::hover());
    announce(&response, Role::Label, &spoken.join(" "));
}

fn words_of(parts: &[Part], ctx: &mut PanelCtx<'_>) -> Vec<Word> {
    let mut words = Vec::new();
    let last_link = parts.iter().rposition(|part| part.kind != PartKind::Content);
    for (at, part) in parts.iter().enumerate() {
        for piece in part.text.split_whitespace() {
            words.push((at, piece.to_owned()));
        }
        if Some(at) == last_link
            && let Some((_, word)) = words.last_mut()
        {
            word.push(':');
        }
    }
    let mut pen = ctx.pen();
    let measure = |(part, text): (usize, String)| Word { part, width: pen.width(&text, TextRole::Quote), text };
    words.into_iter().map(measure).collect()
}

/// Words into lines: where each stands, and the stretches of the parts.
fn arrange(words: &[Word], room: f32) -> (Vec<Stretch>, Vec<(usize, f32)>, usize) {
    const SPACE: f32 = 5.0;
    const BETWEEN: f32 = 9.0;
    let (mut stretches, mut placed): (Vec<Stretch>, Vec<(usize, f32)>) = (Vec::new(), Vec::new());
    let (mut line, mut x) = (0, 0.0);
    for word in words {
        let goes_on = stretches.last().is_some_and(|last| last.part == word.part && last.line == line);
        let gap = if x == 0.0 {
            0.0
        } else if goes_on {
            SPACE
        } else {
            BETWEEN
        };
        let is_full = x > 0.0 && x + gap + word.width > room;
        let from = if is_full { 0.0 } else { x + gap };
        line += usize::from(is_full);
        match stretches.last_mut() {
            Some(last) if goes_on && !is_full => last.to = from + word.width,
            _ => stretches.push(Stretch { part: word.part, line, from, to: from + word.width }),
        }
        placed.push((line, from));
        x = from + word.width;
    }
    (stretches, placed, line + 1)
}

fn part_ui(ui: &Ui, part: &Part, rect: Rect, id: (usize, usize), is_proposed: bool, ctx: &mut PanelCtx<'_>) {
    let (PartKind::Cue(link) | PartKind::Source(link)) = part.kind else { return };
    let response = ui.interact(rect, ui.scope_id().with(("claim part", id)), Sense::click());
    announce(&response, Role::Button, &part.text);
    let is_current = ctx.view.link == Some(link);
    if is_current || response.hovered() {
        let fill = if is_current { ctx.theme.tokens.select } else { ctx.theme.tokens.hover };
        ui.painter().rect_filled(rect.expand2(vec2(2.0, -3.0)), radius::FILL, fill);
    }
    match part.kind {
        PartKind::Cue(_) => {
            let place = rect.expand2(vec2(3.0, -2.0));
            let stroke = egui::Stroke::new(1.0, ctx.theme.parts.cue);
            if is_proposed {
                let corners = [place.left_top(), place.right_top(), place.right_bottom(), place.left_bottom()];
                let closed: Vec<_> = corners.into_iter().chain([place.left_top()]).collect();
                ui.painter().extend(egui::Shape::dotted_line(&closed, stroke.color, 3.0, 0.9));
            } else {
                ui.painter().rect_stroke(place, radius::FILL, stroke, egui::StrokeKind::Middle);
            }
        }
        _ => {
            let (y, color) = (rect.bottom() - 3.0, ctx.theme.parts.source);
            let line = [pos2(rect.left(), y), pos2(rect.right(), y)];
            if is_proposed {
                ui.painter().extend(egui::Shape::dotted_line(&line, color, 4.0, 1.1));
            } else {
                ui.painter().extend(egui::Shape::dashed_line(&line, egui::Stroke::new(2.0, color), 6.0, 3.0));
            }
        }
    }
    if response.clicked() {
        ctx.view.link = Some(link);
        if let Some(span) = part.span {
            ctx.out.push(UiCommand::Reveal(span));
        }
    }
}
