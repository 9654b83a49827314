//! The statistics page: how far everybody is, mentions per label, articles finished per day.
//!
//! Charts are egui_plot's, in grey; every word beside them is ours, because the plot's own text does not order Arabic.

mod cards;
mod table;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Page, PanelCtx};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Align, ButtonKind, Text, announce, text_field_has_keyboard};
use crate::model::AnnotatorId;
use crate::session::Statistics;

const PAD: f32 = 16.0;
const GAP: f32 = 14.0;

/// What the page shows.
#[derive(Debug, Default)]
pub struct StatisticsState {
    /// What was counted last.
    pub found: Option<Arc<Statistics>>,
    /// Articles counted, of how many, while it is under way.
    pub counting: Option<(usize, usize)>,
    /// Whether counting was stopped before it came to an end.
    pub stopped: bool,
    /// Why counting failed.
    pub failed: Option<String>,
    /// Whose labels are shown; everybody's where absent.
    pub whose: Option<AnnotatorId>,
}

/// Draws the page in the whole work area.
pub fn statistics_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    let mut column = Cut::new(rect, ctx.flow());
    let header = column.top(metrics::ARTICLE_HEADER + 8.0).shrink2(vec2(PAD, 0.0));
    header_ui(ui, header, ctx);
    let body = column.rest;
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("statistics"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    match ctx.view.statistics.found.clone() {
        Some(found) => {
            let scroll = ctx.pen().scroll(ScrollArea::vertical().auto_shrink(false).id_salt("statistics body"));
            scroll.show(&mut child, |ui| {
                ui.set_width(body.width());
                cards_ui(ui, body.width(), &found, ctx);
            });
        }
        None => nothing_ui(&mut child, body, ctx),
    }
    let is_list_open = ctx.view.inspector.list_open.is_some();
    if !is_list_open
        && ctx.view.dialog.is_none()
        && !text_field_has_keyboard(ui.ctx())
        && ui.input(|input| input.key_pressed(Key::Escape))
    {
        ctx.view.page = Page::Article;
        ctx.view.focus_reader = true;
    }
}

fn header_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let mut cut = Cut::new(rect, ctx.flow());
    let found = ctx.view.statistics.found.clone();
    let mut pen = ctx.pen();
    let back = i18n.text("statistics-back");
    let width = pen.button_width(back, "Esc");
    let place = middle_of(cut.end(width), metrics::FIELD);
    let go_back = pen.button(ui, place, back, "Esc", ButtonKind::Plain).clicked();
    cut.end(8.0);
    let copy = i18n.text("statistics-copy");
    let width = pen.button_width(copy, "");
    let place = middle_of(cut.end(width), metrics::FIELD);
    if pen.button_if(ui, place, copy, "", ButtonKind::Plain, found.is_some()).clicked()
        && let Some(found) = &found
    {
        ui.ctx().copy_text(table::text(found, i18n, ctx.session.scheme()));
        ctx.out.push(UiCommand::Toast { text: i18n.text("statistics-copied").to_owned(), undo: false });
    }
    cut.end(16.0);
    let title = i18n.text("cmd-statistics");
    let mut pen = ctx.pen();
    let width = pen.width(title, TextRole::Heading);
    let place = cut.start(width);
    pen.label(ui, place, title, Text::new(TextRole::Heading, tokens.text));
    cut.start(12.0);
    state_ui(ui, cut, ctx);
    if go_back {
        ctx.out.push(UiCommand::Do(CommandId::Statistics));
    }
}

/// How many articles were counted, or how far counting is.
fn state_ui(ui: &mut Ui, mut cut: Cut, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let state = &ctx.view.statistics;
    let (text, color, verb) = if let Some((done, total)) = state.counting {
        let text = i18n.with("statistics-counting", &[("n", done.into()), ("total", total.into())]);
        (text, tokens.text2, Some(("verb-stop", UiCommand::StopCounting)))
    } else if let Some(reason) = &state.failed {
        (reason.clone(), tokens.error, Some(("statistics-again", UiCommand::CountAgain)))
    } else if state.stopped {
        (i18n.text("statistics-stopped").to_owned(), tokens.text2, Some(("statistics-again", UiCommand::CountAgain)))
    } else if let Some(found) = &state.found {
        (i18n.with("count-articles", &[("n", found.articles.into())]), tokens.text2, None)
    } else {
        (String::new(), tokens.text2, None)
    };
    let mut pen = ctx.pen();
    let width = pen.width(&text, TextRole::Ui).min(cut.rest.width() - 120.0).max(0.0);
    let place = cut.start(width);
    pen.label(ui, place, &text, Text::new(TextRole::Ui, color));
    let response = ui.interact(place, ui.scope_id().with("statistics state"), egui::Sense::hover());
    announce(&response, Role::Status, &text);
    cut.start(10.0);
    if let Some((verb, command)) = verb {
        let title = i18n.text(verb);
        let width = pen.button_width(title, "");
        let place = middle_of(cut.start(width), metrics::FIELD);
        if pen.button(ui, place, title, "", ButtonKind::Plain).clicked() {
            ctx.out.push(command);
        }
    }
}

fn nothing_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let color = ctx.theme.tokens.text2;
    let place = Rect::from_center_size(rect.center(), vec2(rect.width() - 64.0, 24.0));
    let text = Text::new(TextRole::Lead, color).align(Align::Center);
    let stopped = ctx.view.statistics.stopped || ctx.view.statistics.failed.is_some();
    let sentence = ctx.i18n.text(if stopped { "statistics-none" } else { "statistics-wait" });
    ctx.pen().label(ui, place, sentence, text);
}

/// Progress over the days on the start side, labels on the end side; one under the other in narrow windows.
fn cards_ui(ui: &mut Ui, width: f32, found: &Statistics, ctx: &mut PanelCtx<'_>) {
    let inner = width - 2.0 * PAD;
    let beside = inner >= 960.0;
    let start_width = if beside { (inner - GAP) * 0.56 } else { inner };
    let end_width = if beside { inner - GAP - start_width } else { inner };
    let progress = cards::progress_height(found);
    let days = cards::days_height(found);
    let labels = cards::labels_height(ctx.session.scheme().labels.len(), found);
    let start_height = progress + GAP + days;
    let height = if beside { start_height.max(labels) } else { start_height + GAP + labels };
    let (_, area) = ui.allocate_space(vec2(width, height + PAD));
    let flow = ctx.flow();
    let mut column = Cut::new(area.shrink2(vec2(PAD, 0.0)), flow);
    let mut second;
    if beside {
        let mut first = Cut::new(column.start(start_width), flow);
        column.start(GAP);
        second = Cut::new(column.start(end_width), flow);
        cards::progress_ui(ui, first.top(progress), found, ctx);
        first.top(GAP);
        cards::days_ui(ui, first.top(days), found, ctx);
    } else {
        cards::progress_ui(ui, column.top(progress), found, ctx);
        column.top(GAP);
        cards::days_ui(ui, column.top(days), found, ctx);
        column.top(GAP);
        second = column;
    }
    cards::labels_ui(ui, second.top(labels), found, ctx);
}
