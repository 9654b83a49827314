//! The menus of the list: filters, order, and what is done to the chosen articles.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Popup, PopupCloseBehavior, Rect, RectAlign, Response, Sense, Ui, vec2};

use super::outlets::outlets_ui;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{CatalogueSegment, PanelCtx, ViewState};
use crate::gui::panels::status_word;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Field, FieldOptions, Icon, Pen, Text, announce, paint_icon};
use crate::model::{AnnotatorId, Status, localised};
use crate::session::BulkChange;
use crate::session::listing::{Facets, Query, STATUSES, SortKey};

pub(super) const WIDTH: f32 = 264.0;
pub(super) const LINE: f32 = 28.0;

/// One filter that holds, so that it can be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Status(Status),
    Outlet(String),
    Language(String),
    Dates,
    Label(u32),
    Flagged,
    Noisy,
    Annotator(AnnotatorId),
    OwnWork,
    Mine,
    Repeated,
}

/// The filters that hold, with their names.
pub(super) fn active(ctx: &PanelCtx<'_>) -> Vec<(String, Part)> {
    let (i18n, query) = (ctx.i18n, &ctx.view.catalogue.filters);
    let mut all = Vec::new();
    if query.mine {
        all.push((i18n.text("filter-mine").to_owned(), Part::Mine));
    }
    all.extend(query.statuses.iter().map(|status| (status_word(i18n, *status).to_owned(), Part::Status(*status))));
    if query.flagged {
        all.push((i18n.text("filter-flagged").to_owned(), Part::Flagged));
    }
    if query.noisy {
        all.push((i18n.text("filter-noisy").to_owned(), Part::Noisy));
    }
    if query.repeated {
        all.push((i18n.text("filter-repeated").to_owned(), Part::Repeated));
    }
    if !query.from.is_empty() || !query.to.is_empty() {
        let dates = format!("{}\u{2013}{}", query.from, query.to);
        all.push((crate::gui::i18n::left_to_right(&i18n.digits(&dates)), Part::Dates));
    }
    if query.own_work {
        all.push((i18n.with("filter-by", &[("who", ctx.session.annotator().as_str().into())]), Part::OwnWork));
    }
    let by = query.annotators.iter();
    all.extend(by.map(|who| (i18n.with("filter-by", &[("who", who.as_str().into())]), Part::Annotator(who.clone()))));
    all.extend(query.outlets.iter().map(|outlet| (outlet.clone(), Part::Outlet(outlet.clone()))));
    all.extend(query.languages.iter().map(|code| (code.clone(), Part::Language(code.clone()))));
    let labels = (0_u32..63).zip(&ctx.session.scheme().labels).filter(|(bit, _)| query.labels & (1 << bit) != 0);
    all.extend(labels.map(|(bit, label)| (label.id.to_string(), Part::Label(bit))));
    all
}

/// Takes one filter away.
pub(super) fn drop_filter(view: &mut ViewState, part: &Part) {
    let query = &mut view.catalogue.filters;
    match part {
        Part::Status(status) => {
            query.statuses.remove(status);
        }
        Part::Outlet(outlet) => {
            query.outlets.remove(outlet);
        }
        Part::Language(code) => {
            query.languages.remove(code);
        }
        Part::Annotator(who) => {
            query.annotators.remove(who);
        }
        Part::Dates => {
            (query.from, query.to) = (String::new(), String::new());
            (view.catalogue.from, view.catalogue.to) = (Field::default(), Field::default());
        }
        Part::Label(bit) => query.labels &= !(1 << bit),
        Part::Flagged => query.flagged = false,
        Part::Noisy => query.noisy = false,
        Part::OwnWork => query.own_work = false,
        Part::Mine => query.mine = false,
        Part::Repeated => query.repeated = false,
    }
}

fn card(ctx: &PanelCtx<'_>) -> egui::Frame {
    let tokens = &ctx.theme.tokens;
    egui::Frame::new()
        .fill(tokens.raised)
        .stroke(egui::Stroke::new(1.0, tokens.control))
        .corner_radius(8)
        .inner_margin(egui::Margin::symmetric(0, 6))
        .shadow(crate::gui::theme::popup_shadow(tokens))
}

/// Shows a menu under `response`; it stays open while choices in it are clicked if `stays`.
fn menu(response: &Response, ctx: &mut PanelCtx<'_>, stays: bool, content: impl FnOnce(&mut Ui, &mut PanelCtx<'_>)) {
    let align = if ctx.i18n.is_rtl() { RectAlign::BOTTOM_END } else { RectAlign::BOTTOM_START };
    let close = if stays { PopupCloseBehavior::CloseOnClickOutside } else { PopupCloseBehavior::CloseOnClick };
    let popup = Popup::menu(response).align(align).gap(2.0).frame(card(ctx)).close_behavior(close);
    popup.show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let room = ui.ctx().content_rect().height() - 150.0;
        let area = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room);
        let scroll = ctx.pen().scroll(area);
        scroll.show(ui, |ui| content(ui, ctx));
    });
}

/// The button that opens the filters.
pub(super) fn filter_button_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let holds = ctx.view.catalogue.filters.is_filtered();
    let response = ctx.pen().icon_button(ui, rect, Icon::Funnel, i18n.text("filter-menu"));
    if holds {
        let spot = ctx.flow().end(rect) - ctx.flow().along(7.0);
        ui.painter().circle_filled(egui::pos2(spot, rect.top() + 8.0), 3.0, ctx.theme.tokens.ink);
    }
    menu(&response, ctx, true, filters_ui);
}

/// The button that opens the orders.
pub(super) fn sort_button_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let response = ctx.pen().icon_button(ui, rect, Icon::Sort, i18n.text("sort-menu"));
    menu(&response, ctx, false, |ui, ctx| {
        let query = ctx.view.catalogue.filters.clone();
        for (key, name) in [
            (SortKey::Project, "sort-project"),
            (SortKey::Title, "sort-title"),
            (SortKey::Outlet, "sort-outlet"),
            (SortKey::Date, "sort-date"),
            (SortKey::Status, "sort-status"),
            (SortKey::Mentions, "sort-mentions"),
            (SortKey::Claims, "sort-claims"),
            (SortKey::Stances, "sort-stances"),
        ] {
            let line = Line { mark: Mark::Radio(query.sort == key), name: i18n.text(name), count: "" };
            if line_ui(ui, &line, &mut ctx.pen()) {
                ctx.view.catalogue.filters.sort = key;
                ui.close();
            }
        }
        let (_, gap) = ui.allocate_space(vec2(WIDTH, 5.0));
        ctx.pen().line_below(ui.painter(), gap);
        ui.add_space(4.0);
        let line = Line { mark: Mark::Box(query.descending), name: i18n.text("sort-descending"), count: "" };
        if line_ui(ui, &line, &mut ctx.pen()) {
            ctx.view.catalogue.filters.descending ^= true;
            ui.close();
        }
    });
}

/// What is done to the chosen articles.
pub(super) fn change_menu_ui(response: &Response, ctx: &mut PanelCtx<'_>) {
    menu(response, ctx, false, |ui, ctx| {
        let i18n = ctx.i18n;
        let mut change = None;
        heading_ui(ui, i18n.text("filter-status"), &mut ctx.pen());
        // Only whoever decides between others makes an article adjudicated.
        for status in STATUSES.into_iter().filter(|status| *status != Status::Adjudicated) {
            let line = Line { mark: Mark::Status(status), name: status_word(i18n, status), count: "" };
            if line_ui(ui, &line, &mut ctx.pen()) {
                change = Some(BulkChange::Status(status));
            }
        }
        heading_ui(ui, i18n.text("chosen-mark"), &mut ctx.pen());
        for (name, flagged) in [("chosen-flag", true), ("chosen-unflag", false)] {
            if line_ui(ui, &Line { mark: Mark::Nothing, name: i18n.text(name), count: "" }, &mut ctx.pen()) {
                change = Some(BulkChange::Flag(flagged));
            }
        }
        let mut assign = None;
        if let Some(plan) = ctx.session.assignment_plan() {
            heading_ui(ui, i18n.text("chosen-assign"), &mut ctx.pen());
            for who in &plan.annotators {
                let name = i18n.with("chosen-assign-to", &[("who", who.as_str().into())]);
                if line_ui(ui, &Line { mark: Mark::Nothing, name: &name, count: "" }, &mut ctx.pen()) {
                    assign = Some(who.clone());
                }
            }
        }
        if change.is_some() || assign.is_some() {
            ui.close();
        }
        let chosen = |ctx: &PanelCtx<'_>| ctx.view.catalogue.chosen_articles(ctx.session);
        if let Some(change) = change {
            let articles = chosen(ctx);
            ctx.out.push(UiCommand::Bulk { change, articles });
        } else if let Some(annotator) = assign {
            let articles = chosen(ctx);
            ctx.out.push(UiCommand::Assign { annotator, articles });
        }
    });
}

fn filters_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let facets = ctx.view.catalogue.listing.facets(ctx.session.catalogue()).unwrap_or_default();
    let mut query = ctx.view.catalogue.filters.clone();
    let switches = [
        ("filter-mine", &mut query.mine),
        ("filter-flagged", &mut query.flagged),
        ("filter-noisy", &mut query.noisy),
        ("filter-repeated", &mut query.repeated),
    ];
    for (name, on) in switches {
        *on ^= line_ui(ui, &Line { mark: Mark::Box(*on), name: i18n.text(name), count: "" }, &mut ctx.pen());
    }
    heading_ui(ui, i18n.text("filter-status"), &mut ctx.pen());
    for status in STATUSES {
        let line =
            Line { mark: Mark::Box(query.statuses.contains(&status)), name: status_word(i18n, status), count: "" };
        if line_ui(ui, &line, &mut ctx.pen()) {
            toggle(&mut query.statuses, status);
        }
    }
    dates_ui(ui, &mut query, &facets, ctx);
    heading_ui(ui, i18n.text("filter-annotator"), &mut ctx.pen());
    for who in ctx.session.annotators() {
        let own = who == *ctx.session.annotator();
        let on = if own { query.own_work } else { query.annotators.contains(&who) };
        if line_ui(ui, &Line { mark: Mark::Box(on), name: who.as_str(), count: "" }, &mut ctx.pen()) {
            if own {
                query.own_work ^= true;
            } else {
                toggle(&mut query.annotators, who);
            }
        }
    }
    outlets_ui(ui, &facets, &mut query.outlets, ctx);
    values_ui(ui, "filter-language", &facets.languages, &mut query.languages, ctx);
    labels_ui(ui, &mut query, ctx);
    if query.repeated && !ctx.view.catalogue.filters.repeated && ctx.view.catalogue.listing.groups().is_none() {
        // Nobody has looked yet.
        ctx.out.push(UiCommand::Do(crate::gui::command::CommandId::FindRepeated));
    }
    if query.flagged && ctx.view.segment == CatalogueSegment::Flagged {
        query.flagged = false;
    }
    ctx.view.catalogue.filters = query;
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

fn dates_ui(ui: &mut Ui, query: &mut Query, facets: &Facets, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    heading_ui(ui, i18n.text("filter-date"), &mut ctx.pen());
    let (_, line) = ui.allocate_space(vec2(WIDTH, LINE + 6.0));
    let mut cut = Cut::new(middle_of(line, 28.0).shrink2(vec2(14.0, 0.0)), ctx.flow());
    let half = (cut.rest.width() - 8.0) / 2.0;
    let places = [cut.start(half), {
        cut.start(8.0);
        cut.rest
    }];
    let written = |date: u32| format!("{:04}-{:02}-{:02}", date / 10_000, date / 100 % 100, date % 100);
    let hints = facets.dates.map_or_else(Default::default, |(from, to)| [written(from), written(to)]);
    let mut fields = [std::mem::take(&mut ctx.view.catalogue.from), std::mem::take(&mut ctx.view.catalogue.to)];
    let names = [i18n.text("filter-from"), i18n.text("filter-to")];
    for (at, ((field, place), value)) in fields.iter_mut().zip(places).zip([&mut query.from, &mut query.to]).enumerate()
    {
        let mut options = FieldOptions::new(names.get(at).copied().unwrap_or_default());
        options.hint = hints.get(at).map_or("", String::as_str);
        options.ltr = true;
        let text = field.text();
        options.error = !text.trim().is_empty() && crate::session::listing::packed_date(&text).is_none();
        let id = egui::Id::unique(("catalogue date", at));
        ctx.pen().text_field(ui, place, id, field, options);
        let text = field.text();
        let is_date = crate::session::listing::packed_date(&text).is_some();
        *value = if is_date { text.trim().to_owned() } else { String::new() };
    }
    let [from, to] = fields;
    (ctx.view.catalogue.from, ctx.view.catalogue.to) = (from, to);
}

fn values_ui(
    ui: &mut Ui,
    heading: &str,
    values: &[(String, usize)],
    chosen: &mut BTreeSet<String>,
    ctx: &mut PanelCtx<'_>,
) {
    if values.is_empty() {
        return;
    }
    heading_ui(ui, ctx.i18n.text(heading), &mut ctx.pen());
    for value in values {
        value_ui(ui, value, chosen, ctx);
    }
}

/// One value of a filter, with how many articles have it.
pub(super) fn value_ui(
    ui: &mut Ui,
    (name, count): &(String, usize),
    chosen: &mut BTreeSet<String>,
    ctx: &mut PanelCtx<'_>,
) {
    let count = ctx.i18n.count(*count);
    if line_ui(ui, &Line { mark: Mark::Box(chosen.contains(name)), name, count: &count }, &mut ctx.pen()) {
        toggle(chosen, name.clone());
    }
}

fn labels_ui(ui: &mut Ui, query: &mut Query, ctx: &mut PanelCtx<'_>) {
    heading_ui(ui, ctx.i18n.text("filter-label"), &mut ctx.pen());
    let language = ctx.i18n.language().code();
    let labels: Vec<(String, String)> = ctx
        .session
        .scheme()
        .labels
        .iter()
        .take(63)
        .map(|label| (label.id.to_string(), localised(&label.name, language).to_owned()))
        .collect();
    for (bit, (id, name)) in labels.iter().enumerate() {
        let on = query.labels & (1 << bit) != 0;
        if line_ui(ui, &Line { mark: Mark::Box(on), name, count: id }, &mut ctx.pen()) {
            query.labels ^= 1 << bit;
        }
    }
}

pub(super) fn heading_ui(ui: &mut Ui, text: &str, pen: &mut Pen<'_>) {
    let (_, line) = ui.allocate_space(vec2(WIDTH, 30.0));
    let place = Rect::from_min_max(egui::pos2(line.left(), line.top() + 8.0), line.max);
    let color = pen.theme.tokens.text3;
    pen.label(ui, place.shrink2(vec2(14.0, 0.0)), text, Text::new(TextRole::HintBold, color));
}

enum Mark {
    Box(bool),
    Radio(bool),
    Status(Status),
    Nothing,
}

struct Line<'a> {
    mark: Mark,
    name: &'a str,
    /// At the end of the line.
    count: &'a str,
}

/// One choice; whether it was clicked.
fn line_ui(ui: &mut Ui, line: &Line<'_>, pen: &mut Pen<'_>) -> bool {
    let (_, rect) = ui.allocate_space(vec2(WIDTH, LINE));
    let response = ui.interact(rect, ui.scope_id().with(("line", line.name, rect.top() as i32)), Sense::click());
    let name = crate::gui::i18n::without_isolates(line.name);
    match line.mark {
        Mark::Box(on) => {
            response.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, on, &name));
        }
        Mark::Radio(on) => {
            response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, true, on, &name));
        }
        Mark::Status(_) | Mark::Nothing => announce(&response, Role::MenuItem, &name),
    }
    let tokens = pen.theme.tokens.clone();
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, tokens.select);
    }
    let mut cut = Cut::new(rect.shrink2(vec2(14.0, 0.0)), pen.flow());
    let mark = middle_of(cut.start(14.0), 14.0);
    cut.start(10.0);
    match line.mark {
        Mark::Box(on) => {
            let icon = if on { Icon::CheckOn } else { Icon::CheckOff };
            paint_icon(ui.painter(), mark, icon, tokens.text2, pen.flow());
        }
        Mark::Radio(true) => paint_icon(ui.painter(), mark, Icon::Tick, tokens.text, pen.flow()),
        Mark::Status(status) => super::row::paint_status(ui.painter(), mark, status, pen),
        Mark::Radio(false) | Mark::Nothing => {}
    }
    let width = pen.width(line.count, TextRole::Hint);
    let end = cut.end(width);
    pen.paint_text(ui.painter(), end, line.count, Text::new(TextRole::Hint, tokens.text3));
    cut.end(8.0);
    pen.paint_text(ui.painter(), cut.rest, line.name, Text::new(TextRole::Ui, tokens.text).auto());
    response.clicked()
}
