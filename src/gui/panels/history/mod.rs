//! The history: who changed what when, newest first; jump to the place, take one change back.

mod listing;
pub mod sentence;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, vec2};

use super::annotator_name;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Pane, PanelCtx};
use crate::gui::i18n::{Language, left_to_right};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Align, ButtonKind, Text, announce, text_field_has_keyboard};
use crate::model::{AnnotationId, ArticleId, LineId};
use crate::text::Span;

use listing::Listing;
pub use listing::{ChangeFilter, ChangeKind};
use sentence::{Teller, Told, place_of};
pub use sentence::{direction_word, fact_word};

const ROW: f32 = 52.0;
const PAD: f32 = 14.0;
/// The same, for a frame.
const CARD_PAD: i8 = 14;
/// Height of what is said about the chosen change.
const CARD: f32 = 184.0;
/// Sentences of more lines than this are forgotten.
const KEPT: usize = 400;

/// Why a change could not be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The change that was to be taken back.
    pub of: LineId,
    /// Why not.
    pub sentence: String,
    /// The later change that stands in the way, if one does.
    pub later: Option<LineId>,
}

/// What the panel keeps.
#[derive(Debug, Default)]
pub struct HistoryState {
    /// Which lines are listed.
    pub filter: ChangeFilter,
    /// Whether only the open article counts.
    pub only_article: bool,
    listing: Listing,
    /// The line that was chosen.
    pub chosen: Option<LineId>,
    /// Why the last *Revert* was refused.
    pub refused: Option<Refusal>,
    /// Whether the chosen row should come into view.
    pub reveal: bool,
    told: BTreeMap<LineId, Arc<Row>>,
    told_in: Option<(Language, u64)>,
}

/// What a row shows.
#[derive(Debug)]
struct Row {
    told: Told,
    who: String,
    when: String,
    title: String,
    article: Option<ArticleId>,
    place: (Option<AnnotationId>, Option<Span>),
}

/// Draws the history in place of the inspector's content.
pub fn history_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let mut column = Cut::new(rect, ctx.flow());
    column.top(10.0);
    filters_ui(ui, column.top(2.0 * metrics::FIELD + 8.0).shrink2(vec2(PAD, 0.0)), ctx);
    let strip = column.top(10.0);
    ctx.pen().line_below(ui.painter(), strip);
    let state = &mut ctx.view.history;
    state.filter.article = ctx.view.article.clone().filter(|_| state.only_article);
    let filter = state.filter.clone();
    if !state.listing.refresh(ctx.session, &filter) {
        ui.ctx().request_repaint();
    }
    // Names of entities and articles may have changed; sentences are cheap to make again.
    let key = (ctx.i18n.language(), ctx.session.revision());
    if state.told_in != Some(key) || state.told.len() > KEPT {
        state.told.clear();
        state.told_in = Some(key);
    }
    let chosen = state.chosen.clone().and_then(|line| ctx.session.history_idx(&line));
    if chosen.is_some() {
        let card = column.bottom(CARD);
        card_ui(ui, card, chosen, ctx);
    }
    list_ui(ui, column.rest, chosen, ctx);
}

fn filters_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let mut rows = Cut::new(rect, ctx.flow());
    let first = rows.top(metrics::FIELD);
    let texts = [i18n.text("history-all-articles"), i18n.text("history-this-article")];
    let chosen = usize::from(ctx.view.history.only_article);
    if let Some(at) = ctx.pen().segments(ui, first, "history scope", &texts, Some(chosen)) {
        ctx.view.history.only_article = at == 1;
    }
    rows.top(8.0);
    let mut line = Cut::new(rows.rest, ctx.flow());
    let width = (rect.width() - 8.0) / 2.0;
    let annotators = ctx.session.annotators();
    let names: Vec<String> = annotators.iter().map(|id| annotator_name(ctx.session, id)).collect();
    let mut texts = vec![i18n.text("history-everybody")];
    texts.extend(names.iter().map(String::as_str));
    let who = ctx.view.history.filter.annotator.as_ref();
    let chosen = who.and_then(|who| annotators.iter().position(|id| id == who)).map_or(0, |at| at + 1);
    if let Some(at) = combo(ui, line.start(width), "history-who", &texts, chosen, ctx) {
        ctx.view.history.filter.annotator = at.checked_sub(1).and_then(|at| annotators.get(at)).cloned();
    }
    let mut texts = vec![i18n.text("history-everything")];
    texts.extend(ChangeKind::ALL.map(|kind| kind_word(i18n, kind)));
    let kind = ctx.view.history.filter.kind;
    let chosen = kind.and_then(|kind| ChangeKind::ALL.iter().position(|one| *one == kind)).map_or(0, |at| at + 1);
    line.start(8.0);
    if let Some(at) = combo(ui, line.rest, "history-what", &texts, chosen, ctx) {
        ctx.view.history.filter.kind = at.checked_sub(1).and_then(|at| ChangeKind::ALL.get(at)).copied();
    }
}

/// A list of choices of this panel, named by a message; the inspector knows that a list is open and leaves keys to it.
fn combo(
    ui: &mut Ui,
    rect: Rect,
    id: &'static str,
    texts: &[&str],
    chosen: usize,
    ctx: &mut PanelCtx<'_>,
) -> Option<usize> {
    let is_open = ctx.view.inspector.list_open.as_deref() == Some(id);
    let name = ctx.i18n.text(id);
    let response = ctx.pen().combo(ui, rect, name, texts, chosen, is_open);
    if response.open != is_open {
        ctx.view.inspector.list_open = response.open.then(|| id.to_owned());
    }
    response.picked
}

fn kind_word(i18n: &crate::gui::i18n::I18n, kind: ChangeKind) -> &str {
    match kind {
        ChangeKind::Mentions => i18n.text("history-mentions"),
        ChangeKind::Claims => i18n.text("history-claims"),
        ChangeKind::Stances => i18n.text("history-stances"),
        ChangeKind::Entities => i18n.text("history-entities"),
        ChangeKind::Articles => i18n.text("history-articles"),
        ChangeKind::Project => i18n.text("history-project"),
    }
}

fn list_ui(ui: &mut Ui, rect: Rect, chosen: Option<usize>, ctx: &mut PanelCtx<'_>) {
    let listing = std::mem::take(&mut ctx.view.history.listing);
    if listing.is_empty() {
        let color = ctx.theme.tokens.text2;
        let place = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * PAD, 24.0));
        let text = Text::new(TextRole::Ui, color).align(Align::Center);
        let sentence = ctx.i18n.text("history-none");
        ctx.pen().label(ui, place, sentence, text);
        ctx.view.history.listing = listing;
        return;
    }
    let row_chosen = chosen.and_then(|idx| listing.row_of(idx));
    if ctx.view.pane == Pane::Inspector && ctx.view.inspector.list_open.is_none() && !text_field_has_keyboard(ui.ctx())
    {
        keys(ui, &listing, row_chosen, ctx);
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("history list"));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("history rows");
    if std::mem::take(&mut ctx.view.history.reveal)
        && let Some(row) = row_chosen
    {
        area = area.vertical_scroll_offset((row as f32 * ROW - rect.height() / 3.0).max(0.0));
    }
    let scroll = ctx.pen().scroll(area);
    scroll.show_rows(&mut child, ROW, listing.len(), |ui, range| {
        for at in range {
            let (_, place) = ui.allocate_space(vec2(rect.width(), ROW));
            if let Some(idx) = listing.at(at) {
                row_ui(ui, place, idx, row_chosen == Some(at), ctx);
            }
        }
    });
    ctx.view.history.listing = listing;
}

/// Arrows move through the rows, Enter goes to the place, Esc back to the text.
fn keys(ui: &Ui, listing: &Listing, chosen: Option<usize>, ctx: &mut PanelCtx<'_>) {
    let (down, up, enter, escape) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::ArrowUp),
            input.key_pressed(Key::Enter),
            input.key_pressed(Key::Escape),
        )
    });
    let step = isize::from(down) - isize::from(up);
    if step != 0 {
        let next = chosen.map_or(0, |at| at.saturating_add_signed(step)).min(listing.len() - 1);
        let line = listing.at(next).and_then(|idx| ctx.session.history_line(idx)).map(|row| row.line.clone());
        choose(ctx, line);
        ctx.view.history.reveal = true;
    }
    let on_widget = ui.memory(|memory| memory.focused().is_some());
    if enter
        && !on_widget
        && let Some(idx) = chosen.and_then(|at| listing.at(at))
    {
        show(idx, ctx);
    }
    if escape {
        ctx.view.focus_reader = true;
    }
}

fn choose(ctx: &mut PanelCtx<'_>, line: Option<LineId>) {
    let state = &mut ctx.view.history;
    if state.refused.as_ref().is_some_and(|refused| Some(&refused.of) != line.as_ref()) {
        state.refused = None;
    }
    state.chosen = line;
}

/// Goes to where a change happened.
fn show(idx: usize, ctx: &mut PanelCtx<'_>) {
    let row = row_of(idx, ctx);
    if let Some(article) = row.as_ref().and_then(|row| row.article.clone()) {
        let (what, span) = row.map(|row| row.place.clone()).unwrap_or_default();
        ctx.out.push(UiCommand::ShowPlace { article, what, span });
    }
}

/// What a row shows, made once.
fn row_of(idx: usize, ctx: &mut PanelCtx<'_>) -> Option<Arc<Row>> {
    let line = ctx.session.history_line(idx)?;
    if let Some(row) = ctx.view.history.told.get(line.line) {
        return Some(Arc::clone(row));
    }
    let entity = |id: &crate::model::EntityId| {
        let names = ctx.session.entities().get(id.as_str()).map(|entity| &entity.name)?;
        Some(crate::model::localised(names, ctx.i18n.language().code()).to_owned()).filter(|name| !name.is_empty())
    };
    let created = line.transaction.cause == "create_project";
    let teller = Teller { i18n: ctx.i18n, scheme: ctx.session.scheme(), entity: &entity, created };
    let edits = &line.transaction.edits;
    let article = edits.iter().find_map(|edit| edit.place.article()).cloned();
    let title = article.as_ref().and_then(|article| ctx.session.row(article));
    let title = title.map(|row| if row.title.is_empty() { row.name.to_string() } else { row.title.to_string() });
    let row = Arc::new(Row {
        told: teller.tell(line.transaction),
        who: annotator_name(ctx.session, line.by),
        when: moment(&line.transaction.at.0),
        title: title.unwrap_or_default(),
        article,
        place: edits.first().map(place_of).unwrap_or_default(),
    });
    let key = line.line.clone();
    ctx.view.history.told.insert(key, Arc::clone(&row));
    Some(row)
}

/// `2026-11-25T03:12:40.120Z` as `2026-11-25 03:12`.
fn moment(at: &str) -> String {
    match (at.get(..10), at.get(11..16)) {
        (Some(date), Some(time)) => format!("{date} {time}"),
        _ => at.to_owned(),
    }
}

fn row_ui(ui: &mut Ui, rect: Rect, idx: usize, is_chosen: bool, ctx: &mut PanelCtx<'_>) {
    let Some(row) = row_of(idx, ctx) else { return };
    let Some(line) = ctx.session.history_line(idx).map(|line| (line.line.clone(), line.taken_back)) else { return };
    let (id, taken_back) = line;
    let tokens = ctx.theme.tokens.clone();
    let i18n = ctx.i18n;
    let response = ui.interact(rect, egui::Id::unique(("history row", id.as_str())), Sense::click());
    let when = left_to_right(&i18n.digits(&row.when));
    let message = if taken_back { "history-row-undone" } else { "history-row" };
    let name = i18n.with(
        message,
        &[
            ("what", row.told.sentence.as_str().into()),
            ("who", row.who.as_str().into()),
            ("when", when.as_str().into()),
        ],
    );
    announce(&response, Role::ListItem, &name);
    let sample = row.told.label.as_ref().map(|label| {
        let style = ctx.session.scheme().label(label).map_or(crate::model::LineStyle::Solid, |label| label.line);
        (style, ctx.theme.label(label).line)
    });
    let mut pen = ctx.pen();
    pen.row_ground(ui, rect, &response, is_chosen);
    pen.line_below(ui.painter(), rect);
    let mut lines = Cut::new(rect.shrink2(vec2(PAD, 5.0)), pen.flow());
    let mut first = Cut::new(lines.top(22.0), pen.flow());
    if let Some((style, color)) = sample {
        let place = middle_of(first.start(12.0), 4.0);
        pen.line_sample(ui.painter(), place, style, color);
        first.start(8.0);
    }
    let ink = if taken_back { tokens.text3 } else { tokens.text };
    let drawn = pen.paint_text(ui.painter(), first.rest, &row.told.sentence, Text::new(TextRole::Ui, ink));
    if taken_back {
        ui.painter().hline(drawn.x_range(), drawn.center().y + 1.0, Stroke::new(1.0, tokens.text3));
    }
    let mut second = Cut::new(lines.rest, pen.flow());
    let width = pen.width(&when, TextRole::Hint);
    let place = second.start(width);
    pen.paint_text(ui.painter(), place, &when, Text::new(TextRole::Hint, tokens.text3));
    second.start(10.0);
    let width = pen.width(&row.who, TextRole::Hint).min(second.rest.width() * 0.5);
    let place = second.start(width);
    pen.paint_text(ui.painter(), place, &row.who, Text::new(TextRole::Hint, tokens.text2));
    second.start(10.0);
    let title = Text::new(TextRole::Hint, tokens.text3).auto().align(Align::End);
    pen.paint_text(ui.painter(), second.rest, &row.title, title);
    if response.clicked() {
        ctx.view.pane = Pane::Inspector;
        choose(ctx, Some(id));
        show(idx, ctx);
    }
}

/// The chosen change in full, with what can be done about it.
fn card_ui(ui: &mut Ui, rect: Rect, chosen: Option<usize>, ctx: &mut PanelCtx<'_>) {
    let Some(idx) = chosen else { return };
    let line = ctx.session.history_line(idx).map(|line| (line.line.clone(), line.taken_back));
    let (Some(row), Some((line, taken_back))) = (row_of(idx, ctx), line) else { return };
    let tokens = ctx.theme.tokens.clone();
    let i18n = ctx.i18n;
    ui.painter().rect_filled(rect, 0.0, tokens.paper);
    ctx.pen().line_above(ui.painter(), rect);
    let mut column = Cut::new(rect.shrink2(vec2(PAD, 10.0)), ctx.flow());
    let buttons = column.bottom(metrics::FIELD);
    column.bottom(8.0);
    // The whole width: the bar has its place in the padding.
    let body = Rect::from_x_y_ranges(rect.x_range(), column.rest.y_range());
    let refused = ctx.view.history.refused.clone().filter(|refused| refused.of == line);
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("history card"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let mut pen = ctx.pen();
    let area = ScrollArea::vertical().auto_shrink(false).id_salt(("history card", line.as_str()));
    let padded = egui::Frame::new().inner_margin(egui::Margin::symmetric(CARD_PAD, 0));
    pen.scroll(area).show(&mut child, |ui| {
        padded.show(ui, |ui| {
            ui.set_width(column.rest.width());
            ui.spacing_mut().item_spacing.y = 2.0;
            if let Some(refused) = &refused {
                let place = pen.paragraph(ui, &refused.sentence, Text::new(TextRole::Ui, tokens.error));
                let response = ui.interact(place, ui.scope_id().with("refused"), Sense::hover());
                announce(&response, Role::Alert, &refused.sentence);
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
        })
    });
    let mut cut = Cut::new(buttons, pen.flow());
    let (show_text, revert_text) = (i18n.text("history-show"), i18n.text("history-revert"));
    if row.article.is_some() {
        let width = pen.button_width(show_text, "\u{21b5}");
        let place = cut.start(width);
        cut.start(8.0);
        if pen.button(ui, place, show_text, "\u{21b5}", ButtonKind::Plain).clicked() {
            show(idx, ctx);
        }
    }
    let later = refused.and_then(|refused| refused.later);
    let mut pen = ctx.pen();
    if let Some(later) = later {
        let text = i18n.text("history-show-later");
        let width = pen.button_width(text, "");
        if pen.button(ui, cut.start(width.min(cut.rest.width())), text, "", ButtonKind::Primary).clicked() {
            let idx = ctx.session.history_idx(&later);
            choose(ctx, Some(later));
            // It may be hidden by the filter.
            let state = &mut ctx.view.history;
            (state.filter, state.only_article, state.reveal) = (ChangeFilter::default(), false, true);
            if let Some(idx) = idx {
                show(idx, ctx);
            }
        }
    } else if !taken_back {
        let width = pen.button_width(revert_text, "");
        if pen.button(ui, cut.start(width), revert_text, "", ButtonKind::Plain).clicked() {
            ctx.out.push(UiCommand::Revert(line));
        }
    }
}
