//! The history: who changed what when, newest first; jump to the place, take one change back.

mod batch;
mod card;
mod listing;
mod refusal;
mod row;
pub mod sentence;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::annotator_name;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Pane, PanelCtx};
use crate::gui::i18n::Language;
use crate::gui::theme::{Cut, TextRole, metrics};
use crate::gui::widgets::{Align, Text, text_field_has_keyboard};
use crate::model::{ArticleId, LineId};

use card::card_ui;
pub use listing::{ChangeFilter, ChangeKind};
use listing::{Entry, Listing};
pub use refusal::{Refusal, RefusalReason};
use row::{Row, RowKey, entry_of, row_of, row_ui};
pub use sentence::{direction_word, fact_word};

const ROW: f32 = 52.0;
const PAD: f32 = 14.0;
/// Sentences of more lines than this are forgotten.
const KEPT: usize = 400;

/// What the panel keeps.
#[derive(Debug, Default)]
pub struct HistoryState {
    /// Which lines are listed.
    pub filter: ChangeFilter,
    /// Whether only the open article counts.
    pub only_article: bool,
    listing: Listing,
    /// The line that was chosen, or any of the batch that was.
    pub chosen: Option<LineId>,
    /// The edit of it, where those of a batch are shown one by one.
    pub chosen_edit: Option<usize>,
    /// Why the last *Revert* was refused.
    pub refused: Option<Refusal>,
    /// Whether the chosen row should come into view.
    pub reveal: bool,
    told: BTreeMap<RowKey, Arc<Row>>,
    told_in: Option<(Language, u64, Option<ArticleId>)>,
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
    let key = (ctx.i18n.language(), ctx.session.revision(), filter.article);
    if state.told_in.as_ref() != Some(&key) || state.told.len() > KEPT {
        state.told.clear();
        state.told_in = Some(key);
    }
    let listing = std::mem::take(&mut ctx.view.history.listing);
    let chosen = entry_of(&listing, ctx);
    if let Some(entry) = chosen {
        let card = column.bottom(card::HEIGHT);
        card_ui(ui, card, entry, &listing, ctx);
    }
    ctx.view.history.listing = list_ui(ui, column.rest, listing, ctx);
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

fn list_ui(ui: &mut Ui, rect: Rect, mut listing: Listing, ctx: &mut PanelCtx<'_>) -> Listing {
    if listing.is_empty() {
        let color = ctx.theme.tokens.text2;
        let place = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * PAD, 24.0));
        let text = Text::new(TextRole::Ui, color).align(Align::Center);
        let sentence = ctx.i18n.text("history-none");
        ctx.pen().label(ui, place, sentence, text);
        return listing;
    }
    let chosen = |listing: &Listing, ctx: &PanelCtx<'_>| {
        let state = &ctx.view.history;
        let idx = state.chosen.as_ref().and_then(|line| ctx.session.history_idx(line))?;
        listing.row_of(idx, state.chosen_edit)
    };
    let mut folding = None;
    if ctx.view.pane == Pane::Inspector && ctx.view.inspector.list_open.is_none() && !text_field_has_keyboard(ui.ctx())
    {
        folding = keys(ui, &listing, chosen(&listing, ctx), ctx);
    }
    let row_chosen = chosen(&listing, ctx);
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
            if let Some(entry) = listing.at(at)
                && row_ui(ui, place, entry, &listing, row_chosen == Some(at), ctx)
                && let Entry::Batch(batch) = entry
            {
                folding = Some((batch, !listing.is_unfolded(batch)));
            }
        }
    });
    if let Some((batch, unfolded)) = folding {
        listing.unfold(batch, unfolded);
        ui.ctx().request_repaint();
    }
    listing
}

/// Arrows move through the rows, Enter goes to the place, Esc back to the text; the arrow in the direction of reading
/// shows the changes of a batch one by one, the other one folds them. Answers what is to be unfolded or folded.
fn keys(ui: &Ui, listing: &Listing, chosen: Option<usize>, ctx: &mut PanelCtx<'_>) -> Option<(usize, bool)> {
    let (onwards, back) =
        if ctx.i18n.is_rtl() { (Key::ArrowLeft, Key::ArrowRight) } else { (Key::ArrowRight, Key::ArrowLeft) };
    let [down, up, onwards, back, enter, escape] = ui.input(|input| {
        [Key::ArrowDown, Key::ArrowUp, onwards, back, Key::Enter, Key::Escape].map(|key| input.key_pressed(key))
    });
    let step = isize::from(down) - isize::from(up);
    if step != 0 {
        let next = chosen.map_or(0, |at| at.saturating_add_signed(step)).min(listing.len() - 1);
        if let Some(entry) = listing.at(next) {
            choose_entry(entry, listing, ctx);
        }
        ctx.view.history.reveal = true;
    }
    let entry = chosen.and_then(|at| listing.at(at));
    let on_widget = ui.memory(|memory| memory.focused().is_some());
    if enter
        && !on_widget
        && let Some(entry) = entry
    {
        show(entry, listing, ctx);
    }
    if escape {
        ctx.view.focus_reader = true;
    }
    match entry {
        Some(Entry::Batch(batch)) if onwards || back => Some((batch, onwards)),
        Some(Entry::Part(line, _)) if back => {
            let batch = listing.batch_of(line)?;
            choose_entry(Entry::Batch(batch), listing, ctx);
            ctx.view.history.reveal = true;
            Some((batch, false))
        }
        _ => None,
    }
}

fn choose_entry(entry: Entry, listing: &Listing, ctx: &mut PanelCtx<'_>) {
    let (idx, edit) = match entry {
        Entry::Line(idx) => (Some(idx), None),
        Entry::Batch(batch) => (listing.batch(batch).map(batch::Batch::first), None),
        Entry::Part(idx, edit) => (Some(idx), Some(edit)),
    };
    let line = idx.and_then(|idx| ctx.session.history_line(idx)).map(|row| row.line.clone());
    choose(ctx, line);
    ctx.view.history.chosen_edit = edit;
}

fn choose(ctx: &mut PanelCtx<'_>, line: Option<LineId>) {
    let state = &mut ctx.view.history;
    if state.refused.as_ref().is_some_and(|refused| Some(&refused.of) != line.as_ref()) {
        state.refused = None;
    }
    (state.chosen, state.chosen_edit) = (line, None);
}

/// Goes to where a change happened; of a batch, to its first article.
fn show(entry: Entry, listing: &Listing, ctx: &mut PanelCtx<'_>) {
    let row = row_of(entry, listing, ctx);
    if let Some(article) = row.as_ref().and_then(|row| row.article.clone()) {
        let (what, span) = row.map(|row| row.place.clone()).unwrap_or_default();
        ctx.out.push(UiCommand::ShowPlace { article, what, span });
    }
}

/// `2026-11-25T03:12:40.120Z` as `2026-11-25 03:12`.
fn moment(at: &str) -> String {
    match (at.get(..10), at.get(11..16)) {
        (Some(date), Some(time)) => format!("{date} {time}"),
        _ => at.to_owned(),
    }
}
