//! The popup of the clitic ladder: the forms an edge can give, from the longest to the shortest in reading order.

use egui::{Pos2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::frame::Frame;
use super::ladder::Form;
use super::state::ReaderState;
use crate::gui::command::CommandId;
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Flow, TextRole, radius, stroke};
use crate::gui::widgets::{Align, Pen, Text, announce, popup_at};
use crate::session::Edge;
use crate::text::Span;

/// Distance from the line with its marks.
const BELOW: f32 = 8.0;
const PADDING: f32 = 12.0;
const FORM_HEIGHT: f32 = 34.0;
const FORM_PADDING: f32 = 11.0;
const GAP: f32 = 6.0;
const HINT_HEIGHT: f32 = 20.0;

/// What the popup shows.
struct Shown {
    forms: Vec<(String, bool)>,
    edge: Edge,
    rtl: bool,
    above: Pos2,
    below: Pos2,
}

/// Draws the popup while a ladder is open or a picked word has one. A click chooses a form.
pub fn ladder_ui(ui: &Ui, ctx: &mut PanelCtx<'_>, state: &mut ReaderState, frame: &Frame) {
    let Some(shown) = shown_forms(ctx, state, frame) else { return };
    let next = if shown.edge == Edge::Start { CommandId::StartEdge } else { CommandId::EndEdge };
    let hints = [
        (ctx.keymap.caption(next), ctx.i18n.text("reader-ladder-next").to_owned()),
        ("Enter".to_owned(), ctx.i18n.text("reader-ladder-fix").to_owned()),
        ("Esc".to_owned(), ctx.i18n.text("reader-ladder-back").to_owned()),
    ];
    let mut pen = ctx.pen();
    let widths: Vec<f32> = shown
        .forms
        .iter()
        .map(|(form, _)| (pen.width(form, TextRole::Rung) + 2.0 * FORM_PADDING).max(FORM_HEIGHT))
        .collect();
    let forms_width = widths.iter().sum::<f32>() + GAP * (widths.len() as f32 - 1.0);
    let hint_widths: Vec<f32> =
        hints.iter().map(|(cap, text)| pen.cap_width(cap) + 6.0 + pen.width(text, TextRole::Hint)).collect();
    let hints_width = hint_widths.iter().sum::<f32>() + 2.0 * 10.0;
    let size = vec2(forms_width.max(hints_width) + 2.0 * PADDING, FORM_HEIGHT + GAP + HINT_HEIGHT + 2.0 * PADDING);
    let window = ui.ctx().content_rect();
    let fits = shown.below.y + size.y + 4.0 <= window.bottom();
    let at = if fits { shown.below } else { pos2(shown.above.x, shown.above.y - size.y) };
    let id = ui.scope_id().with("ladder");
    let chosen = popup_at(&mut pen, ui, id, at, size, |pen, ui, rect| {
        let inner = rect.shrink(PADDING);
        let forms_rect = Rect::from_min_size(inner.min, vec2(inner.width(), FORM_HEIGHT));
        let chosen = forms_ui(pen, ui, forms_rect, &shown, &widths);
        let hints_rect =
            Rect::from_min_size(pos2(inner.left(), inner.bottom() - HINT_HEIGHT), vec2(inner.width(), HINT_HEIGHT));
        hints_ui(pen, ui, hints_rect, &hints, &hint_widths);
        chosen
    });
    if let Some(index) = chosen {
        if let Some(ladder) = &mut state.ladder {
            ladder.choose(index);
        } else if let Some(pick) = &mut state.selection.pick {
            match shown.edge {
                Edge::Start => pick.start = index,
                Edge::End => pick.end = index,
            }
        }
    }
}

/// The forms in the direction of the text, whatever the interface's is.
fn forms_ui(pen: &mut Pen<'_>, ui: &Ui, rect: Rect, shown: &Shown, widths: &[f32]) -> Option<usize> {
    let flow = Flow { rtl: shown.rtl };
    let mut along = 0.0;
    let mut clicked = None;
    for (index, ((form, chosen), width)) in shown.forms.iter().zip(widths).enumerate() {
        let left = Rect::from_min_size(pos2(rect.left() + along, rect.top()), vec2(*width, rect.height()));
        let cell = flow.rect(rect, left);
        along += width + GAP;
        let response = ui.interact(cell, ui.scope_id().with(("form", index)), Sense::click());
        let tokens = &pen.theme.tokens;
        let fill = if response.hovered() { tokens.hover } else { tokens.raised };
        let edge =
            if *chosen { Stroke::new(stroke::RING, tokens.focus) } else { Stroke::new(stroke::HAIR, tokens.line) };
        let color = if *chosen { tokens.text } else { tokens.text2 };
        ui.painter().rect(cell, radius::BUTTON, fill, edge, StrokeKind::Inside);
        pen.paint_text(ui.painter(), cell, form, Text::new(TextRole::Rung, color).auto().align(Align::Center));
        announce(&response, accesskit::Role::Button, form);
        if response.clicked() {
            clicked = Some(index);
        }
    }
    clicked
}

fn hints_ui(pen: &mut Pen<'_>, ui: &Ui, rect: Rect, hints: &[(String, String)], widths: &[f32]) {
    let flow = pen.flow();
    let mut along = 0.0;
    for ((cap, text), width) in hints.iter().zip(widths) {
        let cell =
            flow.rect(rect, Rect::from_min_size(pos2(rect.left() + along, rect.top()), vec2(*width, rect.height())));
        let cap_width = pen.cap_width(cap);
        pen.key_cap(ui.painter(), flow.at_start(cell, cap_width), cap);
        let color = pen.theme.tokens.text2;
        pen.paint_text(
            ui.painter(),
            flow.at_end(cell, width - cap_width - 6.0),
            text,
            Text::new(TextRole::Hint, color),
        );
        along += width + 10.0;
    }
}

fn shown_forms(ctx: &PanelCtx<'_>, state: &ReaderState, frame: &Frame) -> Option<Shown> {
    let loaded = state.loaded.as_ref()?;
    let (forms, edge, span) = if let Some(ladder) = &state.ladder {
        (ladder.forms(), ladder.edge, ladder.chosen().hull())
    } else {
        let pick = state.selection.pick.as_ref()?;
        let edge = ctx.view.live_edge.unwrap_or(Edge::Start);
        let starts = pick.ladder.starts.len() > 1 && (edge == Edge::Start || pick.ladder.ends.len() < 2);
        let edge = if starts { Edge::Start } else { Edge::End };
        (pick_forms(pick, edge), edge, pick.word)
    };
    if state.ladder.is_none() && forms.len() < 2 {
        return None;
    }
    let place = match edge {
        Edge::Start => span.start(),
        Edge::End => span.end().saturating_sub(1),
    };
    let shown = frame.shown.iter().find(|shown| shown.span.contains(place))?;
    let cluster = shown.paragraph.cluster_at(place - shown.span.start())?;
    let line = shown.paragraph.lines().get(cluster.line)?;
    let rects = shown.rects(span);
    let left_px =
        rects.iter().filter(|rect| rect.line == cluster.line).map(|rect| rect.left_px).fold(f32::INFINITY, f32::min);
    let scale = frame.page.pixels_per_point;
    let tags = shown.band(cluster.line, shown.anatomy.tag_row(0)).bottom_px + shown.anatomy.scaled(3.0);
    let line_bottom_px = shown.top_px + line.top_px + line.height_px;
    let x = (frame.page.left_px + left_px) / scale - PADDING;
    Some(Shown {
        forms: forms
            .into_iter()
            .map(|form| (form.span.slice(&loaded.article.text).unwrap_or_default().to_owned(), form.chosen))
            .collect(),
        edge,
        rtl: line.rtl,
        above: pos2(x, (shown.top_px + line.top_px) / scale - BELOW),
        below: pos2(x, tags.max(line_bottom_px) / scale + BELOW),
    })
}

fn pick_forms(pick: &super::selection::WordPick, edge: Edge) -> Vec<Form> {
    let offered = pick.offered();
    match edge {
        Edge::Start => {
            let forms = pick.ladder.starts.iter().enumerate();
            forms
                .map(|(idx, rung)| Form {
                    span: Span::new(rung.at.min(offered.end()), offered.end()),
                    chosen: idx == pick.start,
                })
                .collect()
        }
        Edge::End => {
            let forms = pick.ladder.ends.iter().enumerate();
            forms
                .map(|(idx, rung)| Form {
                    span: Span::new(offered.start(), rung.at.max(offered.start())),
                    chosen: idx == pick.end,
                })
                .collect()
        }
    }
}
