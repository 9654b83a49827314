//! The chosen change in full, with what can be done about it.

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::listing::{Entry, Listing};
use super::row::{Row, line_of, row_of};
use super::{ChangeFilter, PAD, choose, show};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::left_to_right;
use crate::gui::theme::{Cut, TextRole, metrics};
use crate::gui::widgets::{ButtonKind, Text, announce};
use crate::model::LineId;

/// Height of what is said about the chosen change.
pub const HEIGHT: f32 = 184.0;
/// The padding of the panel, for a frame.
const CARD_PAD: i8 = 14;

/// Draws what is said about the chosen change.
pub fn card_ui(ui: &mut Ui, rect: Rect, entry: Entry, listing: &Listing, ctx: &mut PanelCtx<'_>) {
    let line = line_of(entry, listing).and_then(|idx| ctx.session.history_line(idx));
    let line = line.map(|line| (line.line.clone(), line.taken_back || line.transaction.cause == "create_project"));
    let (Some(row), Some((line, is_fixed))) = (row_of(entry, listing, ctx), line) else { return };
    ui.painter().rect_filled(rect, 0.0, ctx.theme.tokens.paper);
    ctx.pen().line_above(ui.painter(), rect);
    let mut column = Cut::new(rect.shrink2(vec2(PAD, 10.0)), ctx.flow());
    let buttons = column.bottom(metrics::FIELD);
    column.bottom(8.0);
    // The whole width: the bar has its place in the padding.
    let body = Rect::from_x_y_ranges(rect.x_range(), column.rest.y_range());
    let refused = ctx.view.history.refused.as_ref().filter(|refused| refused.of == line);
    let later = refused.and_then(|refused| refused.later().cloned());
    let refusal = refused.map(|refused| refused.sentence(ctx.session, ctx.i18n));
    body_ui(ui, body, column.rest.width(), (&line, &row), refusal.as_deref(), ctx);
    let (show_text, revert_text) = (ctx.i18n.text("history-show"), ctx.i18n.text("history-revert"));
    let mut cut = Cut::new(buttons, ctx.flow());
    let mut pen = ctx.pen();
    if row.article.is_some() {
        let width = pen.button_width(show_text, "\u{21b5}");
        let place = cut.start(width);
        cut.start(8.0);
        if pen.button(ui, place, show_text, "\u{21b5}", ButtonKind::Plain).clicked() {
            show(entry, listing, ctx);
        }
    }
    let mut pen = ctx.pen();
    if let Some(later) = later {
        let text = pen.i18n.text("history-show-later");
        let width = pen.button_width(text, "");
        if pen.button(ui, cut.start(width.min(cut.rest.width())), text, "", ButtonKind::Primary).clicked() {
            let idx = ctx.session.history_idx(&later);
            choose(ctx, Some(later));
            // It may be hidden by the filter.
            let state = &mut ctx.view.history;
            (state.filter, state.only_article, state.reveal) = (ChangeFilter::default(), false, true);
            if let Some(idx) = idx {
                let batch = listing.batch_of(idx);
                show(batch.map_or(Entry::Line(idx), Entry::Batch), listing, ctx);
            }
        }
    } else if !is_fixed {
        let width = pen.button_width(revert_text, "");
        if pen.button(ui, cut.start(width), revert_text, "", ButtonKind::Plain).clicked() {
            ctx.out.push(UiCommand::Revert(line));
        }
    }
}

/// What is said, with its own bar where it is longer than its place.
fn body_ui(
    ui: &mut Ui,
    body: Rect,
    width: f32,
    (line, row): (&LineId, &Row),
    refusal: Option<&str>,
    ctx: &mut PanelCtx<'_>,
) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("history card"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let mut pen = ctx.pen();
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(("history card", line.as_str()));
    let padded = egui::Frame::new().inner_margin(egui::Margin::symmetric(CARD_PAD, 0));
    pen.scroll(area).show(&mut child, |ui| {
        padded.show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 2.0;
            if let Some(sentence) = refusal {
                let place = pen.paragraph(ui, sentence, Text::new(TextRole::Ui, tokens.error));
                let response = ui.interact(place, ui.scope_id().with("refused"), Sense::hover());
                announce(&response, Role::Alert, sentence);
            }
            pen.paragraph(ui, &row.told.sentence, Text::new(TextRole::UiBold, tokens.text));
            for more in &row.told.more {
                pen.paragraph(ui, more, Text::new(TextRole::Hint, tokens.text2));
            }
            let when = left_to_right(&i18n.digits(&row.when));
            let by = i18n.with("history-by", &[("who", row.who.as_str().into()), ("when", when.as_str().into())]);
            pen.paragraph(ui, &by, Text::new(TextRole::Hint, tokens.text3));
            if !row.title.is_empty() {
                pen.paragraph(ui, &row.title, Text::new(TextRole::Hint, tokens.text3).own());
            }
            if row.is_part {
                pen.paragraph(ui, i18n.text("history-together"), Text::new(TextRole::Hint, tokens.text2));
            }
        })
    });
}
