//! One article of the list: title, status, publisher, date, counts, what others have done, copies.

use egui::accesskit::Role;
use egui::{Painter, Rect, Response, Sense, Ui, vec2};

use super::PAD;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{CatalogueSegment, PanelCtx};
use crate::gui::i18n::{I18n, without_isolates};
use crate::gui::panels::status_word;
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Align, Icon, Pen, Text, paint_done, paint_icon, tooltip_ui};
use crate::layout::Base;
use crate::model::{ArticleId, Direction, Status};
use crate::session::ArticleRow;
use crate::session::listing::status_shown;

/// Most annotators whose progress is drawn in a row; the tooltip names all.
const OTHERS: usize = 3;

/// What a row shows; taken from the catalogue before anything is drawn.
struct Shown {
    id: ArticleId,
    title: String,
    base: Base,
    status: Status,
    flagged: bool,
    noted: bool,
    /// The note, in the list of flagged articles.
    note: String,
    outlet: String,
    date: String,
    counts: String,
    mentions: usize,
    others: Vec<(String, Status, u32)>,
    copies: usize,
    unfolded: bool,
}

/// Draws the row of the catalogue's article number `row` into `rect`.
pub(super) fn row_ui(ui: &mut Ui, rect: Rect, row: u32, ctx: &mut PanelCtx<'_>) {
    let Some(mut shown) = shown(row, ctx) else { return };
    if shown.noted && ctx.view.segment == CatalogueSegment::Flagged {
        shown.note = ctx.view.catalogue.notes_mut().of(&shown.id, ctx.session).unwrap_or_default();
    }
    let response = ui.interact(rect, egui::Id::unique(("article row", shown.id.as_str())), Sense::click());
    let is_current = ctx.view.article.as_ref() == Some(&shown.id);
    let is_chosen = ctx.view.catalogue.chosen.has(row);
    let several = !ctx.view.catalogue.chosen.is_empty();
    let name = spoken(ctx.i18n, &shown);
    response.widget_info(|| egui::WidgetInfo::selected(Role::ListItem, true, is_chosen, &name));
    let i18n = ctx.i18n;
    let tokens = ctx.theme.tokens.clone();
    let mut pen = ctx.pen();
    pen.row_ground(ui, rect, &response, is_current);
    pen.line_below(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(PAD, 5.0)), pen.flow());
    let title_rect = cut.top(26.0);
    let mut style = Text::new(TextRole::List, tokens.text).own();
    style.base = Some(shown.base);
    pen.paint_text(ui.painter(), title_rect, &shown.title, style);
    let mut second = Cut::new(cut.rest, pen.flow());
    let icon = middle_of(second.start(13.0), 13.0);
    if several {
        let box_ = if is_chosen { Icon::CheckOn } else { Icon::CheckOff };
        paint_icon(ui.painter(), icon, box_, tokens.text, pen.flow());
    } else if shown.flagged {
        paint_icon(ui.painter(), icon, Icon::Flag, tokens.warn, pen.flow());
    } else {
        paint_status(ui.painter(), icon, shown.status, &pen);
    }
    second.start(7.0);
    let width = pen.width(&shown.counts, TextRole::Hint);
    let end = second.end(width);
    let mut style = Text::new(TextRole::Hint, tokens.text2).align(Align::End);
    style.base = Some(Base::Ltr);
    pen.paint_text(ui.painter(), end, &shown.counts, style);
    second.end(6.0);
    if shown.noted {
        let place = middle_of(second.end(10.0), 10.0);
        paint_icon(ui.painter(), place, Icon::Note, tokens.text2, pen.flow());
        second.end(4.0);
    }
    for (_, status, _) in shown.others.iter().take(OTHERS) {
        let place = middle_of(second.end(10.0), 10.0);
        paint_small_status(ui.painter(), place, *status, &pen);
        second.end(3.0);
    }
    let mut unfold = false;
    if shown.copies > 0 {
        let name = i18n.with("row-copies", &[("n", shown.copies.into())]);
        unfold = pen.fold_box(ui, &mut second, ("copies", shown.id.as_str()), (shown.copies, shown.unfolded), &name);
    }
    words_ui(ui, &mut second, &shown, &mut pen);
    let more = tooltip_text(i18n, &shown);
    if !more.is_empty() {
        tooltip_ui(&mut pen, ui, &response, &more);
    }
    if unfold {
        ctx.view.catalogue.listing.unfold(row);
    } else if response.clicked() {
        clicked(ui, row, shown.id, &response, ctx);
    }
}

/// Publisher and date; who reads the list of flagged articles wants to know why instead.
fn words_ui(ui: &Ui, second: &mut Cut, shown: &Shown, pen: &mut Pen<'_>) {
    let tokens = pen.theme.tokens.clone();
    if !shown.note.is_empty() {
        pen.paint_text(ui.painter(), second.rest, &shown.note, Text::new(TextRole::Hint, tokens.text).auto());
        return;
    }
    if !shown.outlet.is_empty() {
        let date = pen.width(&shown.date, TextRole::Hint) + 8.0;
        let room = (second.rest.width() - date).max(second.rest.width() * 0.4);
        let width = pen.width(&shown.outlet, TextRole::Hint).min(room);
        let place = second.start(width);
        pen.paint_text(ui.painter(), place, &shown.outlet, Text::new(TextRole::Hint, tokens.text3).auto());
        second.start(8.0);
    }
    pen.paint_text(ui.painter(), second.rest, &shown.date, Text::new(TextRole::Hint, tokens.text3));
}

fn shown(row: u32, ctx: &PanelCtx<'_>) -> Option<Shown> {
    let catalogue = ctx.session.catalogue();
    let article = catalogue.row(row as usize)?;
    let listing = &ctx.view.catalogue.listing;
    let others = catalogue.others(row as usize).map(|(who, status, mentions)| (who.to_string(), status, mentions));
    Some(Shown {
        id: article.id(),
        title: if article.title.is_empty() { article.name } else { article.title }.to_owned(),
        base: title_base(article.direction, article.language),
        status: status_shown(article.status, article.mentions, article.claims, article.stances),
        flagged: article.flagged,
        noted: article.noted,
        note: String::new(),
        outlet: article.outlet.to_owned(),
        date: ctx.i18n.digits(article.date),
        counts: counts_text(ctx.i18n, &article),
        mentions: article.mentions as usize,
        others: others.collect(),
        copies: listing.behind(row).len(),
        unfolded: listing.is_unfolded(row),
    })
}

/// What a screen reader says of a row.
fn spoken(i18n: &I18n, shown: &Shown) -> String {
    let status = status_word(i18n, shown.status);
    let mut name = i18n.with(
        "article-row",
        &[("title", shown.title.as_str().into()), ("status", status.into()), ("n", shown.mentions.into())],
    );
    let comma = i18n.text("list-comma");
    if shown.flagged {
        name.push_str(comma);
        name.push_str(i18n.text("filter-flagged"));
    }
    if shown.noted {
        name.push_str(comma);
        if shown.note.is_empty() {
            name.push_str(i18n.text("row-noted"));
        } else {
            name.push_str(&i18n.with("row-note", &[("note", shown.note.as_str().into())]));
        }
    }
    if shown.copies > 0 {
        name.push_str(comma);
        name.push_str(&i18n.with("row-copies", &[("n", shown.copies.into())]));
    }
    without_isolates(&name)
}

/// The note, and what others have done.
fn tooltip_text(i18n: &I18n, shown: &Shown) -> String {
    let mut text = others_text(i18n, &shown.others);
    if !shown.note.is_empty() {
        let rest = if text.is_empty() { String::new() } else { format!("\n{text}") };
        text = format!("{}{rest}", shown.note);
    }
    text
}

fn others_text(i18n: &I18n, others: &[(String, Status, u32)]) -> String {
    let one = |(who, status, mentions): &(String, Status, u32)| {
        let status = status_shown(*status, *mentions, 0, 0);
        i18n.with(
            "row-other",
            &[
                ("who", who.as_str().into()),
                ("status", status_word(i18n, status).into()),
                ("n", (*mentions as usize).into()),
            ],
        )
    };
    others.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// A plain click opens; with Ctrl it chooses, with Shift it chooses up to here.
fn clicked(ui: &Ui, row: u32, id: ArticleId, response: &Response, ctx: &mut PanelCtx<'_>) {
    let modifiers = ui.input(|input| input.modifiers);
    let state = &mut ctx.view.catalogue;
    // While several are chosen the icon is a box, and a click on it ticks.
    let flow = crate::gui::theme::Flow { rtl: ctx.i18n.is_rtl() };
    let on_box = !state.chosen.is_empty()
        && response.interact_pointer_pos().is_some_and(|at| flow.at_start(response.rect, PAD + 20.0).contains(at));
    if modifiers.shift {
        let from = state.chosen.anchor.or_else(|| {
            let article = ctx.view.article.as_ref()?;
            ctx.session.catalogue().idx_of(article).map(|idx| idx as u32)
        });
        state.choose_range(from.unwrap_or(row), row);
        ctx.view.pane = crate::gui::ctx::Pane::Catalogue;
    } else if modifiers.command || on_box {
        state.toggle(row);
        ctx.view.pane = crate::gui::ctx::Pane::Catalogue;
    } else {
        state.chosen.clear();
        state.revealed = Some(id.clone());
        ctx.out.push(UiCommand::OpenArticle(id));
        ctx.view.catalogue_overlay = false;
        // Up, Down and the like go on from here; Enter leads to the text.
        ctx.view.pane = crate::gui::ctx::Pane::Catalogue;
        ui.memory_mut(egui::Memory::stop_text_input);
    }
}

/// Mentions, claims and stances of a row, as far as there are any.
fn counts_text(i18n: &I18n, row: &ArticleRow<'_>) -> String {
    let counts = [row.mentions, row.claims, row.stances];
    let Some(last) = counts.iter().rposition(|count| *count > 0) else { return "\u{2014}".to_owned() };
    let shown: Vec<String> = counts.iter().take(last + 1).map(|count| i18n.count(*count as usize)).collect();
    shown.join(" \u{b7} ")
}

/// Base direction of a title: the article's own, or that of its language.
fn title_base(direction: Direction, language: &str) -> Base {
    match direction {
        Direction::Rtl => Base::Rtl,
        Direction::Ltr => Base::Ltr,
        Direction::Auto => {
            let primary = language.split('-').next().unwrap_or_default();
            if matches!(primary, "ar" | "fa" | "ur" | "he" | "ckb" | "ps" | "sd" | "ug" | "yi") {
                Base::Rtl
            } else {
                Base::Auto
            }
        }
    }
}

/// The icon of a status.
pub(super) fn paint_status(painter: &Painter, rect: Rect, status: Status, pen: &Pen<'_>) {
    let tokens = &pen.theme.tokens;
    let color = if status == Status::New { tokens.control } else { tokens.text };
    match icon_of(status) {
        Some(icon) => paint_icon(painter, rect, icon, color, pen.flow()),
        None => paint_done(painter, rect, tokens.text, tokens.panel),
    }
}

/// The same for somebody else's progress: smaller, and greyer.
fn paint_small_status(painter: &Painter, rect: Rect, status: Status, pen: &Pen<'_>) {
    let tokens = &pen.theme.tokens;
    let status = if status == Status::New { Status::InProgress } else { status };
    match icon_of(status) {
        Some(icon) => paint_icon(painter, rect, icon, tokens.text3, pen.flow()),
        None => paint_done(painter, rect, tokens.text3, tokens.panel),
    }
}

fn icon_of(status: Status) -> Option<Icon> {
    Some(match status {
        Status::New => Icon::Ring,
        Status::InProgress => Icon::Half,
        Status::Done => return None,
        Status::InReview => Icon::Dot,
        Status::Adjudicated => Icon::DoubleTick,
        Status::Skipped => Icon::Slash,
    })
}
