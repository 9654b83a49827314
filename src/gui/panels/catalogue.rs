//! The list of articles: counts, filter, segments, and one row of 58 per article, however many there are.

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{CatalogueSegment, Pane, PanelCtx};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Align, FieldOptions, Icon, Text, announce, paint_done, paint_icon};
use crate::layout::Base;
use crate::model::{Direction, Status};
use crate::session::ArticleRow;

const ROW: f32 = 58.0;
const PAD: f32 = 12.0;

/// Which rows are listed, kept until something changes.
#[derive(Debug, Default)]
pub struct CatalogueState {
    listed: Vec<usize>,
    key: Option<(u64, String, CatalogueSegment)>,
    counts: Counts,
    /// The article that was last scrolled into view.
    shown: Option<crate::model::ArticleId>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    to_do: usize,
    done: usize,
    flagged: usize,
}

/// Draws the catalogue.
pub fn catalogue_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    let flow = ctx.flow();
    let edge = flow.end(rect) - flow.along(0.5);
    ui.painter().vline(edge, rect.y_range(), egui::Stroke::new(1.0, tokens.line));
    refresh(ctx);
    let mut column = Cut::new(rect, flow);
    let header = column.top(metrics::ARTICLE_HEADER).shrink2(vec2(PAD, 0.0));
    header_ui(ui, header, ctx);
    let field = column.top(metrics::FIELD).shrink2(vec2(PAD, 0.0));
    filter_ui(ui, field, ctx);
    column.top(8.0);
    let segments = column.top(metrics::FIELD).shrink2(vec2(PAD, 0.0));
    segments_ui(ui, segments, ctx);
    column.top(8.0);
    let mut list = column.rest;
    list.set_width(list.width() - 1.0);
    if flow.rtl {
        list = list.translate(vec2(1.0, 0.0));
    }
    list_ui(ui, list, ctx);
}

/// The rail that stands for the catalogue in narrow windows.
pub fn catalogue_rail_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    let flow = ctx.flow();
    let edge = flow.end(rect) - flow.along(0.5);
    ui.painter().vline(edge, rect.y_range(), egui::Stroke::new(1.0, tokens.line));
    let button = Rect::from_center_size(rect.center_top() + vec2(0.0, 22.0), vec2(30.0, 30.0));
    let i18n = ctx.i18n;
    if ctx.pen().icon_button(ui, button, Icon::List, i18n.text("cmd-catalogue")).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::ToggleCatalogue));
    }
}

fn refresh(ctx: &mut PanelCtx<'_>) {
    let filter = ctx.view.filter.text();
    let key = (ctx.session.revision(), filter, ctx.view.segment);
    if ctx.view.catalogue.key.as_ref() == Some(&key) {
        return;
    }
    let wanted = crate::text::fold_key(key.1.trim(), crate::text::FoldLevel::F2);
    let mut counts = Counts::default();
    let mut listed = Vec::new();
    for (at, row) in ctx.session.catalogue().rows().enumerate() {
        let open = is_open(&row);
        counts.to_do += usize::from(open);
        counts.done += usize::from(matches!(row.status, Status::Done | Status::InReview | Status::Adjudicated));
        counts.flagged += usize::from(row.flagged);
        let in_segment = match key.2 {
            CatalogueSegment::ToDo => open,
            CatalogueSegment::All => true,
            CatalogueSegment::Flagged => row.flagged,
        };
        if in_segment && (wanted.is_empty() || matches(&row, &wanted)) {
            listed.push(at);
        }
    }
    let state = &mut ctx.view.catalogue;
    (state.listed, state.counts, state.key) = (listed, counts, Some(key));
}

/// Whether there is still something to do.
pub fn is_open(row: &ArticleRow<'_>) -> bool {
    matches!(row.status, Status::New | Status::InProgress)
}

fn matches(row: &ArticleRow<'_>, wanted: &str) -> bool {
    [row.title, row.outlet, row.date, row.name]
        .into_iter()
        .any(|text| crate::text::fold_key(text, crate::text::FoldLevel::F2).contains(wanted))
}

fn header_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let (i18n, counts, total) = (ctx.i18n, ctx.view.catalogue.counts, ctx.session.catalogue().len());
    let mut pen = ctx.pen();
    let mut cut = Cut::new(rect, pen.flow());
    let done = i18n.with("catalogue-done", &[("n", counts.done.into())]);
    let width = pen.width(&done, TextRole::Ui);
    let end = cut.end(width);
    pen.label(ui, end, &done, Text::new(TextRole::Ui, tokens.text2));
    let title = i18n.text("catalogue-title");
    let width = pen.width(title, TextRole::UiBold);
    let start = cut.start(width);
    pen.label(ui, start, title, Text::new(TextRole::UiBold, tokens.text));
    cut.start(8.0);
    pen.label(ui, cut.rest, &i18n.count(total), Text::new(TextRole::Ui, tokens.text2));
}

fn filter_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let id = egui::Id::unique("catalogue filter");
    let (i18n, theme) = (ctx.i18n, ctx.theme);
    let mut options = FieldOptions::new(i18n.text("catalogue-filter")).hint(i18n.text("catalogue-filter"));
    let caption = ctx.keymap.caption(CommandId::Filter);
    (options.caption, options.indent) = (&caption, 20.0);
    let mut field = std::mem::take(&mut ctx.view.filter);
    let result = ctx.pen().text_field(ui, rect, id, &mut field, options);
    ctx.view.filter = field;
    let icon = ctx.flow().at_start(rect.shrink2(vec2(8.0, 0.0)), 13.0);
    paint_icon(ui.painter(), middle_of(icon, 13.0), Icon::Search, theme.tokens.text2, ctx.flow());
    if ctx.view.focus_filter {
        ctx.view.focus_filter = false;
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if result.cancelled {
        ctx.view.filter.set_text("");
        ctx.view.focus_reader = true;
    }
    if result.entered {
        ctx.view.pane = Pane::Catalogue;
    }
}

fn segments_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, counts) = (ctx.i18n, ctx.view.catalogue.counts);
    let to_do = i18n.with("segment-to-do", &[("n", counts.to_do.into())]);
    let flagged = i18n.with("segment-flagged", &[("n", counts.flagged.into())]);
    let texts = [to_do.as_str(), i18n.text("segment-all"), flagged.as_str()];
    let chosen = match ctx.view.segment {
        CatalogueSegment::ToDo => 0,
        CatalogueSegment::All => 1,
        CatalogueSegment::Flagged => 2,
    };
    if let Some(at) = ctx.pen().segments(ui, rect, "segments", &texts, Some(chosen)) {
        ctx.view.segment = [CatalogueSegment::ToDo, CatalogueSegment::All, CatalogueSegment::Flagged][at.min(2)];
    }
}

fn list_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("catalogue list"));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    let ui = &mut child;
    let listed = std::mem::take(&mut ctx.view.catalogue.listed);
    if listed.is_empty() {
        nothing_ui(ui, rect, ctx);
        ctx.view.catalogue.listed = listed;
        return;
    }
    let current = ctx.view.article.as_ref().and_then(|article| ctx.session.catalogue().idx_of(article));
    let current = current.and_then(|current| listed.binary_search(&current).ok());
    if ctx.view.pane == Pane::Catalogue && !crate::gui::widgets::text_field_has_keyboard(ui.ctx()) {
        arrows(ui, ctx, &listed, current);
    }
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("articles");
    if ctx.view.catalogue.shown != ctx.view.article {
        ctx.view.catalogue.shown.clone_from(&ctx.view.article);
        if let Some(at) = current {
            // About a third of the list stays above the row that was opened from elsewhere.
            area = area.vertical_scroll_offset((at as f32 * ROW - rect.height() / 3.0).max(0.0));
        }
    }
    area.show_rows(ui, ROW, listed.len(), |ui, range| {
        for at in range {
            let (_, row_rect) = ui.allocate_space(vec2(rect.width(), ROW));
            if let Some(at) = listed.get(at) {
                row_ui(ui, row_rect, *at, ctx);
            }
        }
    });
    ctx.view.catalogue.listed = listed;
}

fn arrows(ui: &Ui, ctx: &mut PanelCtx<'_>, listed: &[usize], current: Option<usize>) {
    let step: isize =
        ui.input(|input| isize::from(input.key_pressed(Key::ArrowDown)) - isize::from(input.key_pressed(Key::ArrowUp)));
    if step != 0 {
        let next = current.map_or(0, |at| at.saturating_add_signed(step)).min(listed.len() - 1);
        if let Some(row) = listed.get(next).and_then(|at| ctx.session.catalogue().row(*at)) {
            ctx.out.push(UiCommand::OpenArticle(row.id()));
            ctx.view.catalogue.shown = None;
        }
    }
    if ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape)) {
        ctx.view.focus_reader = true;
    }
}

fn nothing_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let is_filtered = !ctx.view.filter.text().is_empty() || ctx.view.segment != CatalogueSegment::All;
    let has_articles = !ctx.session.catalogue().is_empty();
    let (sentence, button) = if has_articles && is_filtered {
        (i18n.text("catalogue-no-match"), i18n.text("catalogue-show-all"))
    } else {
        (i18n.text("catalogue-empty"), i18n.text("cmd-open-articles"))
    };
    let caption = if has_articles { String::new() } else { ctx.keymap.caption(CommandId::OpenArticles) };
    let mut pen = ctx.pen();
    let middle = Rect::from_center_size(rect.center(), vec2(rect.width() - 32.0, 100.0));
    let mut cut = Cut::new(middle, pen.flow());
    let words = cut.top(44.0);
    pen.label(ui, words, sentence, Text::new(TextRole::Ui, tokens.text2).align(Align::Center));
    let width = pen.button_width(button, &caption);
    let place = Rect::from_center_size(cut.top(metrics::FIELD).center(), vec2(width, metrics::FIELD));
    if pen.button(ui, place, button, &caption, crate::gui::widgets::ButtonKind::Plain).clicked() {
        if has_articles {
            ctx.view.filter.set_text("");
            ctx.view.segment = CatalogueSegment::All;
        } else {
            ctx.out.push(UiCommand::Do(CommandId::OpenArticles));
        }
    }
}

fn row_ui(ui: &mut Ui, rect: Rect, at: usize, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let Some(row) = ctx.session.catalogue().row(at) else { return };
    let (id, counts, base, mentions) = (row.id(), counts_text(i18n, &row), title_base(&row), row.mentions as usize);
    let (status_now, flagged) = (status_shown(&row), row.flagged);
    let title = if row.title.is_empty() { row.name } else { row.title }.to_owned();
    let (outlet, date) = (row.outlet.to_owned(), i18n.digits(row.date));
    let response = ui.interact(rect, egui::Id::unique(("article row", id.as_str())), Sense::click());
    let tokens = ctx.theme.tokens.clone();
    let is_current = ctx.view.article.as_ref() == Some(&id);
    let status = status_word(i18n, status_now);
    let name = i18n
        .with("article-row", &[("title", title.as_str().into()), ("status", status.into()), ("n", mentions.into())]);
    announce(&response, Role::ListItem, &name);
    let mut pen = ctx.pen();
    pen.row_ground(ui, rect, &response, is_current);
    pen.line_below(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(PAD, 5.0)), pen.flow());
    let title_rect = cut.top(26.0);
    let mut style = Text::new(TextRole::List, tokens.text).own();
    style.base = Some(base);
    pen.paint_text(ui.painter(), title_rect, &title, style);
    let mut second = Cut::new(cut.rest, pen.flow());
    let icon = middle_of(second.start(13.0), 13.0);
    paint_status(ui.painter(), icon, status_now, flagged, &pen);
    second.start(7.0);
    let width = pen.width(&counts, TextRole::Hint);
    let end = second.end(width);
    let mut style = Text::new(TextRole::Hint, tokens.text2).align(Align::End);
    style.base = Some(Base::Ltr);
    pen.paint_text(ui.painter(), end, &counts, style);
    second.end(6.0);
    if !outlet.is_empty() {
        let width = pen.width(&outlet, TextRole::Hint).min(second.rest.width() * 0.6);
        let place = second.start(width);
        pen.paint_text(ui.painter(), place, &outlet, Text::new(TextRole::Hint, tokens.text3).auto());
        second.start(8.0);
    }
    pen.paint_text(ui.painter(), second.rest, &date, Text::new(TextRole::Hint, tokens.text3));
    if response.clicked() {
        ctx.out.push(UiCommand::OpenArticle(id.clone()));
        ctx.view.catalogue.shown = Some(id);
        ctx.view.catalogue_overlay = false;
    }
}

/// Mentions, claims and stances of a row, as far as there are any.
fn counts_text(i18n: &crate::gui::i18n::I18n, row: &ArticleRow<'_>) -> String {
    let counts = [row.mentions, row.claims, row.stances];
    let last = counts.iter().rposition(|count| *count > 0);
    match last {
        None => "\u{2014}".to_owned(),
        Some(last) => {
            let shown: Vec<String> = counts.iter().take(last + 1).map(|count| i18n.count(*count as usize)).collect();
            shown.join(" \u{b7} ")
        }
    }
}

/// The status as it is shown: work that has begun is seen, without a change of its own that undo would meet.
fn status_shown(row: &ArticleRow<'_>) -> Status {
    let has_work = row.mentions + row.claims + row.stances > 0;
    if row.status == Status::New && has_work { Status::InProgress } else { row.status }
}

/// Base direction of a title: the article's own, or that of its language.
fn title_base(row: &ArticleRow<'_>) -> Base {
    match row.direction {
        Direction::Rtl => Base::Rtl,
        Direction::Ltr => Base::Ltr,
        Direction::Auto => {
            let primary = row.language.split('-').next().unwrap_or_default();
            if matches!(primary, "ar" | "fa" | "ur" | "he" | "ckb" | "ps" | "sd" | "ug" | "yi") {
                Base::Rtl
            } else {
                Base::Auto
            }
        }
    }
}

/// The word for a status.
pub fn status_word(i18n: &crate::gui::i18n::I18n, status: Status) -> &str {
    match status {
        Status::New => i18n.text("status-new"),
        Status::InProgress => i18n.text("status-in-progress"),
        Status::Done => i18n.text("status-done"),
        Status::InReview => i18n.text("status-in-review"),
        Status::Adjudicated => i18n.text("status-adjudicated"),
        Status::Skipped => i18n.text("status-skipped"),
    }
}

fn paint_status(
    painter: &egui::Painter,
    rect: Rect,
    status: Status,
    flagged: bool,
    pen: &crate::gui::widgets::Pen<'_>,
) {
    let tokens = &pen.theme.tokens;
    if flagged {
        paint_icon(painter, rect, Icon::Flag, tokens.warn, pen.flow());
        return;
    }
    let icon = match status {
        Status::New => Icon::Ring,
        Status::InProgress => Icon::Half,
        Status::Done => return paint_done(painter, rect, tokens.text, tokens.panel),
        Status::InReview => Icon::Dot,
        Status::Adjudicated => Icon::DoubleTick,
        Status::Skipped => Icon::Slash,
    };
    let color = if status == Status::New { tokens.control } else { tokens.text };
    paint_icon(painter, rect, icon, color, pen.flow());
}
