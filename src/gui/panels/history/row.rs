//! One row of the history: what happened, who, when, and in which article.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Rect, Sense, Stroke, Ui, vec2};

use super::batch::{Batch, is_turned};
use super::listing::{Entry, Listing};
use super::sentence::{Teller, Told, place_of};
use super::{PAD, choose_entry, moment, show};
use crate::edit::Edit;
use crate::gui::ctx::{Pane, PanelCtx};
use crate::gui::i18n::left_to_right;
use crate::gui::panels::annotator_name;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Align, Text, announce};
use crate::model::{AnnotationId, ArticleId, LineId};
use crate::session::HistoryRow;
use crate::text::Span;

/// How far the changes of a batch stand in from it.
const INDENT: f32 = 16.0;

/// What of a line a row tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// All of it.
    Whole,
    /// It and the others of its batch, so many edits together.
    Batch(usize),
    /// One edit.
    Edit(usize),
}

/// Tells rows that are kept from one another.
pub type RowKey = (LineId, Part);

/// What a row shows.
#[derive(Debug)]
pub struct Row {
    /// What happened.
    pub told: Told,
    /// Who did it, for people.
    pub who: String,
    /// When, to the minute.
    pub when: String,
    /// The title of the article, unless that is the one whose history is shown.
    pub title: String,
    /// The article that it leads to.
    pub article: Option<ArticleId>,
    /// The place in the article.
    pub place: (Option<AnnotationId>, Option<Span>),
    /// Whether other articles changed with it that the row does not tell of.
    pub is_part: bool,
}

/// The chosen row, if it is listed or known at all.
pub fn entry_of(listing: &Listing, ctx: &PanelCtx<'_>) -> Option<Entry> {
    let state = &ctx.view.history;
    let idx = state.chosen.as_ref().and_then(|line| ctx.session.history_idx(line))?;
    Some(match (listing.batch_of(idx), state.chosen_edit) {
        (Some(_), Some(edit)) => Entry::Part(idx, edit),
        (Some(batch), None) => Entry::Batch(batch),
        (None, _) => Entry::Line(idx),
    })
}

/// The line that a row is about; of a batch the one with the first article.
pub fn line_of(entry: Entry, listing: &Listing) -> Option<usize> {
    match entry {
        Entry::Line(idx) | Entry::Part(idx, _) => Some(idx),
        Entry::Batch(batch) => listing.batch(batch).map(Batch::first),
    }
}

/// What a row shows, made once.
pub fn row_of(entry: Entry, listing: &Listing, ctx: &mut PanelCtx<'_>) -> Option<Arc<Row>> {
    let line = ctx.session.history_line(line_of(entry, listing)?)?;
    let batch = match entry {
        Entry::Batch(batch) => listing.batch(batch),
        _ => None,
    };
    let part = match entry {
        Entry::Part(_, edit) => Part::Edit(edit),
        _ => batch.map_or(Part::Whole, |batch| Part::Batch(batch.edits())),
    };
    let key = (line.line.clone(), part);
    if let Some(row) = ctx.view.history.told.get(&key) {
        return Some(Arc::clone(row));
    }
    let row = Arc::new(made(&line, part, batch, ctx)?);
    ctx.view.history.told.insert(key, Arc::clone(&row));
    Some(row)
}

fn made(line: &HistoryRow<'_>, part: Part, batch: Option<&Batch>, ctx: &PanelCtx<'_>) -> Option<Row> {
    let entity = |id: &crate::model::EntityId| {
        let names = ctx.session.entities().get(id.as_str()).map(|entity| &entity.name)?;
        Some(crate::model::localised(names, ctx.i18n.language().code()).to_owned()).filter(|name| !name.is_empty())
    };
    let created = line.transaction.cause == "create_project";
    let teller = Teller { i18n: ctx.i18n, scheme: ctx.session.scheme(), entity: &entity, created };
    let (transaction, edits) = (line.transaction, &line.transaction.edits);
    let here = ctx.view.history.filter.article.as_ref();
    let of_here = |edit: &&Edit| here.is_some() && edit.place.article() == here;
    let first = match part {
        Part::Edit(n) => edits.get(n),
        Part::Batch(_) if is_turned(transaction) => edits.last(),
        Part::Batch(_) => edits.first(),
        // A row of an article's history is about that article.
        Part::Whole => edits.iter().find(of_here).or_else(|| edits.iter().find(|edit| edit.place.article().is_some())),
    };
    let told = match (part, first) {
        (Part::Edit(_), first) => teller.tell_part(transaction, first?),
        (Part::Batch(count), first) => teller.tell_batch(transaction, first?, batch.and_then(Batch::alike), count),
        (Part::Whole, _) => teller.tell(transaction, here),
    };
    let article = first.and_then(|edit| edit.place.article()).cloned();
    let named = article.as_ref().filter(|article| Some(*article) != here && !matches!(part, Part::Batch(_)));
    let title = named.and_then(|article| ctx.session.row(article));
    let title = title.map(|row| if row.title.is_empty() { row.name.to_string() } else { row.title.to_string() });
    let beside = |edit: &Edit| edit.place.article().is_some_and(|other| Some(other) != here);
    let is_part = match part {
        Part::Edit(_) => true,
        Part::Batch(_) => false,
        Part::Whole => here.is_some() && (line.mates > 1 || edits.iter().any(beside)),
    };
    Some(Row {
        told,
        who: annotator_name(ctx.session, line.by),
        when: moment(&transaction.at.0),
        title: title.unwrap_or_default(),
        article,
        place: first.or(edits.first()).map(place_of).unwrap_or_default(),
        is_part,
    })
}

/// Draws a row. Answers whether its changes are to be shown one by one, or no longer.
pub fn row_ui(
    ui: &mut Ui,
    rect: Rect,
    entry: Entry,
    listing: &Listing,
    is_chosen: bool,
    ctx: &mut PanelCtx<'_>,
) -> bool {
    let Some(row) = row_of(entry, listing, ctx) else { return false };
    let line = line_of(entry, listing).and_then(|idx| ctx.session.history_line(idx));
    let Some((id, taken_back)) = line.map(|line| (line.line.clone(), line.taken_back)) else { return false };
    let edit = if let Entry::Part(_, edit) = entry { Some(edit) } else { None };
    let response = ui.interact(rect, egui::Id::unique(("history row", id.as_str(), edit)), Sense::click());
    announce(&response, Role::ListItem, &spoken(&row, taken_back, edit.is_some(), ctx));
    let sample = row.told.label.as_ref().map(|label| {
        let style = ctx.session.scheme().label(label).map_or(crate::model::LineStyle::Solid, |label| label.line);
        (style, ctx.theme.label(label).line)
    });
    let tokens = ctx.theme.tokens.clone();
    let mut pen = ctx.pen();
    pen.row_ground(ui, rect, &response, is_chosen);
    pen.line_below(ui.painter(), rect);
    let mut lines = Cut::new(rect.shrink2(vec2(PAD, 5.0)), pen.flow());
    if edit.is_some() {
        lines.start(INDENT);
    }
    let mut first = Cut::new(lines.top(22.0), pen.flow());
    let mut unfold = false;
    if let Entry::Batch(batch) = entry
        && let Some(count) = listing.batch(batch).map(Batch::edits)
    {
        let unfolded = listing.is_unfolded(batch);
        let name = pen.i18n.with(if unfolded { "history-fold" } else { "history-unfold" }, &[("n", count.into())]);
        unfold = pen.fold_box(ui, &mut first, ("history fold", id.as_str()), (count, unfolded), &name);
    }
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
    let mut title = Text::new(TextRole::Hint, tokens.text3).auto();
    // Who and when stand with the batch.
    if edit.is_none() {
        let when = left_to_right(&pen.i18n.digits(&row.when));
        for (text, color) in [(&when, tokens.text3), (&row.who, tokens.text2)] {
            let width = pen.width(text, TextRole::Hint).min(second.rest.width() * 0.5);
            let place = second.start(width);
            pen.paint_text(ui.painter(), place, text, Text::new(TextRole::Hint, color));
            second.start(10.0);
        }
        title = title.align(Align::End);
    }
    pen.paint_text(ui.painter(), second.rest, &row.title, title);
    if response.clicked() && !unfold {
        ctx.view.pane = Pane::Inspector;
        choose_entry(entry, listing, ctx);
        show(entry, listing, ctx);
    }
    unfold
}

/// What a screen reader says of a row.
fn spoken(row: &Row, taken_back: bool, is_part: bool, ctx: &PanelCtx<'_>) -> String {
    let mut name = row.told.sentence.clone();
    if !is_part {
        let when = left_to_right(&ctx.i18n.digits(&row.when));
        let args = [
            ("what", row.told.sentence.as_str().into()),
            ("who", row.who.as_str().into()),
            ("when", when.as_str().into()),
        ];
        name = ctx.i18n.with(if taken_back { "history-row-undone" } else { "history-row" }, &args);
    }
    if !row.title.is_empty() {
        name.push_str(ctx.i18n.text("list-comma"));
        name.push_str(&row.title);
    }
    name
}
