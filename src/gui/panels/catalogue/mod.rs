//! The list of articles: counts, quick find, filters, segments, and one row of 58 per article, however many there are.

mod chosen;
mod list;
mod menus;
mod notes;
mod outlets;
mod row;

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, vec2};

pub use chosen::Chosen;

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{CatalogueSegment, Pane, PanelCtx, ViewState};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of, radius};
use crate::gui::widgets::{Align, ButtonKind, Field, FieldOptions, Icon, Text, announce, paint_icon, tooltip_ui};
use crate::model::ArticleId;
use crate::session::Session;
use crate::session::listing::{Listing, Mine, Query};

/// A filter that is cut to fewer points says nothing; it is only counted.
const CHIP_MIN: f32 = 72.0;

const ROW: f32 = 58.0;
const PAD: f32 = 12.0;
const CHIP: f32 = 24.0;

/// What the list keeps between frames.
#[derive(Debug, Default)]
pub struct CatalogueState {
    /// The rows.
    pub listing: Listing,
    /// Filters and order, without the words and the segment above the list.
    pub filters: Query,
    /// Rows chosen for something that is done to several articles.
    pub chosen: Chosen,
    /// What was asked of the listing last.
    asked: Query,
    /// The articles that `chosen` counts.
    chosen_of: u64,
    scroll_top: f64,
    /// The article that was last brought into view.
    revealed: Option<ArticleId>,
    /// A row and how far below the top of the list it stands.
    anchor: Option<(u32, f64)>,
    seen_generation: u64,
    seen_query: Option<Query>,
    from: Field,
    to: Field,
    outlet_find: outlets::OutletFind,
    notes: notes::Notes,
}

impl CatalogueState {
    fn toggle(&mut self, row: u32) {
        let chosen = !self.chosen.has(row);
        self.chosen.set(row, chosen);
        self.chosen.anchor = Some(row);
    }

    /// Chooses everything in the list between two rows, both included.
    fn choose_range(&mut self, from: u32, to: u32) {
        let (Some(a), Some(b)) = (self.listing.place_of(from as usize), self.listing.place_of(to as usize)) else {
            self.chosen.set(to, true);
            return;
        };
        for row in self.listing.rows().get(a.min(b)..=a.max(b)).unwrap_or_default() {
            self.chosen.set(*row, true);
        }
        self.chosen.anchor = Some(from);
    }

    /// The articles that are chosen, in project order.
    #[must_use]
    pub fn chosen_articles(&self, session: &Session) -> Vec<ArticleId> {
        let rows = self.chosen.rows().filter_map(|row| session.catalogue().row(row as usize));
        rows.map(|row| row.id()).collect()
    }
}

/// What is asked of the catalogue: filters, words, segment.
fn query(view: &ViewState) -> Query {
    let mut query = view.catalogue.filters.clone();
    view.filter.text().trim().clone_into(&mut query.find);
    match view.segment {
        CatalogueSegment::ToDo => query.open = true,
        CatalogueSegment::All => {}
        CatalogueSegment::Flagged => query.flagged = true,
    }
    query
}

/// Brings the rows up to date; called in every frame, also while the list is hidden, because keys go through it.
pub fn refresh_catalogue(ui: &Ui, ctx: &mut PanelCtx<'_>) {
    let query = query(ctx.view);
    let mine = ctx.session.assignment_plan().map(|plan| Mine { plan, annotator: ctx.session.annotator().clone() });
    let window = ui.ctx();
    let state = &mut ctx.view.catalogue;
    state.listing.set_wake(|| {
        let window = window.clone();
        std::sync::Arc::new(move || window.request_repaint())
    });
    let articles = ctx.session.catalogue().articles_revision();
    if state.chosen_of != articles {
        // Rows have other numbers now.
        state.chosen_of = articles;
        state.chosen.clear();
    }
    state.listing.update(ctx.session.catalogue(), &query, mine.as_ref());
    state.asked = query;
}

/// Draws the catalogue.
pub fn catalogue_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    let flow = ctx.flow();
    let edge = flow.end(rect) - flow.along(0.5);
    ui.painter().vline(edge, rect.y_range(), egui::Stroke::new(1.0, tokens.line));
    let mut column = Cut::new(rect, flow);
    let header = column.top(metrics::ARTICLE_HEADER).shrink2(vec2(PAD, 0.0));
    header_ui(ui, header, ctx);
    let field = column.top(metrics::FIELD).shrink2(vec2(PAD, 0.0));
    find_ui(ui, field, ctx);
    column.top(8.0);
    let segments = column.top(metrics::FIELD).shrink2(vec2(PAD, 0.0));
    if ctx.view.catalogue.chosen.is_empty() {
        segments_ui(ui, segments, ctx);
    } else {
        chosen_ui(ui, segments, ctx);
    }
    column.top(8.0);
    if menus::active(ctx).is_empty() {
        ctx.pen().line_below(ui.painter(), column.rest.with_max_y(column.rest.top()));
    } else {
        let chips = column.top(CHIP + 8.0).shrink2(vec2(PAD, 0.0));
        chips_ui(ui, chips.with_max_y(chips.top() + CHIP), ctx);
    }
    let mut list = column.rest;
    list.set_width(list.width() - 1.0);
    if flow.rtl {
        list = list.translate(vec2(1.0, 0.0));
    }
    if ctx.view.catalogue.listing.rows().is_empty() {
        // The reader's page may offer the same verb.
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("empty catalogue"));
        nothing_ui(&mut child, list, ctx);
    } else {
        list::list_ui(ui, list, ctx);
    }
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

/// One step back, for `Esc`: lets go of what is chosen, then of the filters. False where there was nothing.
fn step_back(ctx: &mut PanelCtx<'_>) -> bool {
    let view = &mut *ctx.view;
    if !view.catalogue.chosen.is_empty() {
        view.catalogue.chosen.clear();
        return true;
    }
    let is_filtered = view.catalogue.filters.is_filtered() || !view.filter.text().is_empty();
    if is_filtered {
        clear_filters(view);
    }
    is_filtered
}

/// Takes away words and filters; the order stays.
fn clear_filters(view: &mut ViewState) {
    view.filter.set_text("");
    let state = &mut view.catalogue;
    state.filters = Query { sort: state.filters.sort, descending: state.filters.descending, ..Query::default() };
    (state.from, state.to) = (Field::default(), Field::default());
}

fn header_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let listing = &ctx.view.catalogue.listing;
    let (i18n, counts) = (ctx.i18n, listing.counts());
    let (total, shown) = (ctx.session.catalogue().len(), listing.rows().len());
    let is_narrowed = ctx.view.catalogue.asked.is_filtered();
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
    let count = if is_narrowed {
        i18n.with("catalogue-shown", &[("n", shown.into()), ("total", total.into())])
    } else {
        i18n.count(total)
    };
    pen.label(ui, cut.rest, &count, Text::new(TextRole::Ui, tokens.text2));
}

fn find_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let mut cut = Cut::new(rect, ctx.flow());
    let sort = cut.end(metrics::FIELD);
    let filter = cut.end(metrics::FIELD);
    cut.end(4.0);
    menus::filter_button_ui(ui, filter, ctx);
    menus::sort_button_ui(ui, sort, ctx);
    let rect = cut.rest;
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
    if result.cancelled && !step_back(ctx) {
        ctx.view.focus_reader = true;
    }
    if result.entered {
        ctx.view.pane = Pane::Catalogue;
    }
}

fn segments_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, counts) = (ctx.i18n, ctx.view.catalogue.listing.counts());
    let to_do = i18n.with("segment-to-do", &[("n", counts.open.into())]);
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

/// In the place of the segments while rows are chosen: how many, and what can be done to them.
fn chosen_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let count = i18n.with("chosen-count", &[("n", ctx.view.catalogue.chosen.len().into())]);
    let mut cut = Cut::new(rect, ctx.flow());
    let drop = cut.end(metrics::FIELD);
    cut.end(4.0);
    let title = i18n.text("chosen-change");
    let mut pen = ctx.pen();
    let width = pen.button_width(title, "") + 14.0;
    let change = cut.end(width);
    pen.label(ui, cut.rest, &count, Text::new(TextRole::UiBold, tokens.text));
    if pen.icon_button(ui, drop, Icon::Close, i18n.text("chosen-none")).clicked() {
        ctx.view.catalogue.chosen.clear();
        return;
    }
    let response = pen.button(ui, change, title, "", ButtonKind::Plain);
    menus::change_menu_ui(&response, ctx);
}

/// The filters that hold, each with a way to take it away.
fn chips_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let active = menus::active(ctx);
    let mut cut = Cut::new(rect, ctx.flow());
    let clear = i18n.text("filter-clear");
    let mut pen = ctx.pen();
    let width = pen.width(clear, TextRole::Hint) + pen.cap_width("Esc") + 10.0;
    let all = cut.end(width);
    cut.end(6.0);
    let response = ui.interact(all, ui.scope_id().with("clear filters"), Sense::click());
    announce(&response, Role::Button, clear);
    let mut inner = Cut::new(all, pen.flow());
    let cap = inner.end(pen.cap_width("Esc"));
    pen.key_cap(ui.painter(), cap, "Esc");
    let ink = if response.hovered() { tokens.text } else { tokens.text2 };
    pen.paint_text(ui.painter(), inner.rest, clear, Text::new(TextRole::Hint, ink));
    pen.ring_if_focused(ui, &response, radius::CAP);
    let mut dropped = response.clicked().then_some(None);
    let mut left = active.len();
    for (name, part) in active {
        let more = format!("+{}", i18n.count(left));
        let reserved = if left > 1 { pen.width(&more, TextRole::Hint) + 6.0 } else { 0.0 };
        let whole = pen.width(&name, TextRole::Hint) + 30.0;
        let width = whole.min(cut.rest.width() - reserved);
        if width < whole.min(CHIP_MIN) {
            pen.label(ui, cut.rest, &more, Text::new(TextRole::Hint, tokens.text2));
            break;
        }
        left -= 1;
        let place = cut.start(width);
        cut.start(6.0);
        let response = ui.interact(place, ui.scope_id().with(("filter chip", &name)), Sense::click());
        announce(&response, Role::Button, &i18n.with("filter-drop", &[("filter", name.as_str().into())]));
        let fill = if response.hovered() { tokens.hover } else { tokens.raised };
        pen.boxed(ui.painter(), place, radius::FIELD, fill, tokens.control);
        let mut inner = Cut::new(place.shrink2(vec2(8.0, 0.0)), pen.flow());
        let cross = middle_of(inner.end(9.0), 9.0);
        paint_icon(ui.painter(), cross, Icon::Close, tokens.text2, pen.flow());
        inner.end(5.0);
        pen.paint_text(ui.painter(), inner.rest, &name, Text::new(TextRole::Hint, tokens.text).auto());
        pen.ring_if_focused(ui, &response, radius::FIELD);
        tooltip_ui(&mut pen, ui, &response, &name);
        if response.clicked() {
            dropped = Some(Some(part));
        }
    }
    match dropped {
        Some(Some(part)) => menus::drop_filter(ctx.view, &part),
        Some(None) => clear_filters(ctx.view),
        None => {}
    }
}

fn nothing_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let has_articles = !ctx.session.catalogue().is_empty();
    let busy = ctx.view.catalogue.listing.is_busy();
    let nothing_mine = ctx.view.catalogue.filters.mine && ctx.session.assignment_plan().is_none();
    let (sentence, button, caption) = if !has_articles {
        (i18n.text("catalogue-empty"), i18n.text("cmd-open-articles"), ctx.keymap.caption(CommandId::OpenArticles))
    } else if busy {
        // Rows are on the way for the first time; a sentence that flashes by would only startle.
        return;
    } else if nothing_mine {
        (i18n.text("catalogue-no-plan"), i18n.text("cmd-assignment"), String::new())
    } else {
        (i18n.text("catalogue-no-match"), i18n.text("catalogue-show-all"), "Esc".to_owned())
    };
    let mut pen = ctx.pen();
    let middle = Rect::from_center_size(rect.center(), vec2(rect.width() - 32.0, 100.0));
    let mut cut = Cut::new(middle, pen.flow());
    let words = cut.top(44.0);
    pen.label(ui, words, sentence, Text::new(TextRole::Ui, tokens.text2).align(Align::Center));
    let width = pen.button_width(button, &caption);
    let place = Rect::from_center_size(cut.top(metrics::FIELD).center(), vec2(width, metrics::FIELD));
    let clicked = pen.button(ui, place, button, &caption, ButtonKind::Plain).clicked();
    let escaped = has_articles
        && ctx.view.pane == Pane::Catalogue
        && ctx.view.dialog.is_none()
        && ui.input(|input| input.key_pressed(egui::Key::Escape));
    if clicked && !has_articles {
        ctx.out.push(UiCommand::Do(CommandId::OpenArticles));
    } else if clicked && nothing_mine {
        ctx.out.push(UiCommand::Do(CommandId::AssignmentPlan));
    } else if clicked || escaped {
        clear_filters(ctx.view);
        ctx.view.segment = CatalogueSegment::All;
    }
}
