//! Entities: what is offered for a name, and the page of one.

mod editor;
mod lists;
mod offers;
mod picker;

pub use offers::{Ask, Choice, Offers, entity_name, label_of_row, mentions_here, whole_of};

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::formats::guess_language;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Page, PanelCtx};
use crate::gui::i18n::left_to_right;
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{ButtonKind, Text, announce, text_field_has_keyboard};
use crate::model::{ArticleId, Entity, EntityId, MentionId};
use crate::session::{Command, EntityUse};

const PAD: f32 = 16.0;
const EDITOR: f32 = 320.0;

/// Which list of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntityList {
    /// Mentions in their places.
    #[default]
    Mentions,
    /// Stances that it holds.
    Held,
    /// Stances towards it.
    Received,
    /// Claims that it makes.
    Claims,
}

/// What the page shows, and drafts.
#[derive(Debug, Default)]
pub struct EntityPageState {
    /// The entity that is shown.
    pub shown: Option<EntityId>,
    /// What is said about an entity, in which state of the project.
    pub found: Option<(EntityId, u64, Arc<EntityUse>)>,
    /// Articles read, of how many, while it is read.
    pub reading: Option<(usize, usize)>,
    /// Mentions that are ticked.
    pub chosen: BTreeSet<(ArticleId, MentionId)>,
    /// The list in view.
    pub list: EntityList,
    /// The row that keys act on.
    row: usize,
    editor: editor::Draft,
    merge: picker::Picker,
    give: picker::Picker,
}

impl EntityPageState {
    /// Turns to an entity.
    pub fn show(&mut self, entity: &EntityId) {
        if self.shown.as_ref() != Some(entity) {
            *self = Self { shown: Some(entity.clone()), ..Self::default() };
        }
    }
}

/// Draws the page in the whole work area.
pub fn entity_page_ui(ui: &mut Ui, rect: Rect, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.paper);
    let shown = ctx.view.entity.shown.clone();
    let Some(entity) = shown.and_then(|id| ctx.session.entities().get(&id).cloned()) else {
        // It is gone: merged, or taken back.
        ctx.view.page = Page::Article;
        ctx.view.focus_reader = true;
        return;
    };
    // A field that gives the keyboard back with Esc must not close the page with it.
    let is_free = ctx.view.dialog.is_none() && !text_field_has_keyboard(ui.ctx());
    let mut column = Cut::new(rect, ctx.flow());
    let header = column.top(metrics::ARTICLE_HEADER + 8.0);
    header_ui(ui, header, &entity, ctx);
    let side = column.start(EDITOR.min(rect.width() * 0.4));
    ui.painter().rect_filled(side, 0.0, tokens.panel);
    let edge = ctx.flow().end(side);
    ui.painter().vline(edge, side.y_range(), egui::Stroke::new(1.0, tokens.line));
    let mut child = ui.new_child(UiBuilder::new().max_rect(side).id_salt("entity editor"));
    child.set_clip_rect(side.intersect(ui.clip_rect()));
    let scroll = ctx.pen().scroll(ScrollArea::vertical().auto_shrink(false).id_salt("entity editor"));
    scroll.show(&mut child, |ui| {
        ui.set_width(side.width());
        editor::editor_ui(ui, &entity, ctx);
    });
    let found = ctx.view.entity.found.clone().filter(|(of, ..)| *of == entity.id).map(|(.., found)| found);
    if let Some(found) = found {
        let bar = column.top(44.0).shrink2(vec2(PAD, 0.0));
        bar_ui(ui, bar, &entity, &found, ctx);
        lists::lists_ui(ui, column.rest, &found, ctx);
    } else {
        let place = Rect::from_center_size(column.rest.center(), vec2(column.rest.width() - 64.0, 24.0));
        let text = Text::new(TextRole::Lead, tokens.text2).align(crate::gui::widgets::Align::Center);
        let sentence = ctx.i18n.text("entity-reading");
        ctx.pen().label(ui, place, sentence, text);
    }
    if is_free && ui.input(|input| input.key_pressed(Key::Escape)) {
        ctx.view.page = Page::Article;
        ctx.view.focus_reader = true;
    }
}

/// Name, label, id, how far reading is, merging, the way back.
fn header_ui(ui: &mut Ui, rect: Rect, entity: &Entity, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    ui.painter().rect_filled(rect, 0.0, tokens.panel);
    ctx.pen().line_below(ui.painter(), rect);
    let mut cut = Cut::new(rect.shrink2(vec2(PAD, 0.0)), ctx.flow());
    let mut pen = ctx.pen();
    let back = i18n.text("statistics-back");
    let width = pen.button_width(back, "Esc");
    if pen.button(ui, middle_of(cut.end(width), metrics::FIELD), back, "Esc", ButtonKind::Plain).clicked() {
        ctx.view.page = Page::Article;
        ctx.view.focus_reader = true;
    }
    cut.end(12.0);
    let place = middle_of(cut.end(220.0), metrics::FIELD);
    let mut picker = std::mem::take(&mut ctx.view.entity.merge);
    let name = i18n.text("entity-merge");
    if let Some(other) = picker.ui(ui, place, name, name, Some(&entity.id), ctx) {
        // What is shown stays.
        let command = Command::MergeEntities { kept: entity.id.clone(), others: vec![other] };
        ctx.out.push(UiCommand::Wide(Box::new(command)));
    }
    ctx.view.entity.merge = picker;
    cut.end(12.0);
    if let Some(kind) = &entity.kind {
        let colors = ctx.theme.label(kind);
        let pill = ctx.pen().label_pill(ui.painter(), cut.rest, kind.as_str(), colors);
        cut.start(pill.width() + 8.0);
    }
    let name = entity_name(entity, i18n.language().code());
    let mut pen = ctx.pen();
    let width = pen.width(&name, TextRole::Heading).min(cut.rest.width() * 0.6);
    let place = cut.start(width + 2.0);
    pen.label(ui, place, &name, Text::new(TextRole::Heading, tokens.text).auto());
    cut.start(10.0);
    let facts: Vec<String> =
        entity.qid.iter().map(|qid| left_to_right(qid)).chain(whole_of(entity, ctx.session, i18n)).collect();
    ctx.pen().label(ui, cut.rest, &facts.join(" \u{b7} "), Text::new(TextRole::Ui, tokens.text2));
}

/// Which list, and what can be done with ticked mentions.
fn bar_ui(ui: &mut Ui, rect: Rect, entity: &Entity, found: &EntityUse, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let lists = [
        (EntityList::Mentions, "entity-mentions", found.mentions.len()),
        (EntityList::Held, "entity-held", found.held.len()),
        (EntityList::Received, "entity-received", found.received.len()),
        (EntityList::Claims, "entity-claims", found.claims.len()),
    ];
    let texts: Vec<String> = lists.iter().map(|(_, id, count)| i18n.with(id, &[("n", (*count).into())])).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let chosen = lists.iter().position(|(list, ..)| *list == ctx.view.entity.list);
    let mut cut = Cut::new(rect, ctx.flow());
    let mut pen = ctx.pen();
    let place = middle_of(cut.start(pen.segments_width(&texts)), metrics::FIELD);
    let clicked = pen.segments(ui, place, "entity lists", &texts, chosen);
    if let Some((list, ..)) = clicked.and_then(|at| lists.get(at)) {
        (ctx.view.entity.list, ctx.view.entity.row) = (*list, 0);
    }
    cut.start(12.0);
    let ticked = ctx.view.entity.chosen.len();
    if ticked > 0 && ctx.view.entity.list == EntityList::Mentions {
        chosen_ui(ui, cut, entity, found, ctx);
        return;
    }
    let mut state = vec![i18n.with("count-articles", &[("n", found.articles.into())])];
    if let Some((done, total)) = ctx.view.entity.reading {
        state = vec![i18n.with("entity-progress", &[("n", done.into()), ("total", total.into())])];
    }
    if found.unread > 0 {
        state.push(i18n.with("entity-unread", &[("n", found.unread.into())]));
    }
    let text = state.join(" \u{b7} ");
    let response = ui.interact(cut.rest, ui.scope_id().with("entity state"), Sense::hover());
    announce(&response, Role::Status, &text);
    ctx.pen().paint_text(ui.painter(), cut.rest, &text, Text::new(TextRole::Ui, tokens.text2));
}

/// Splitting off and moving what is ticked.
fn chosen_ui(ui: &mut Ui, mut cut: Cut, entity: &Entity, found: &EntityUse, ctx: &mut PanelCtx<'_>) {
    let (i18n, tokens) = (ctx.i18n, ctx.theme.tokens.clone());
    let chosen: Vec<(ArticleId, MentionId)> = ctx.view.entity.chosen.iter().cloned().collect();
    let text = i18n.with("entity-ticked", &[("n", chosen.len().into())]);
    let mut pen = ctx.pen();
    let width = pen.width(&text, TextRole::Ui);
    pen.label(ui, cut.start(width + 2.0), &text, Text::new(TextRole::Ui, tokens.text2));
    cut.start(10.0);
    let split = i18n.text("entity-split");
    let width = pen.button_width(split, "");
    let place = middle_of(cut.start(width), metrics::FIELD);
    if pen.button(ui, place, split, "", ButtonKind::Plain).clicked() {
        let is_ticked = |mention: &&crate::session::Use| match mention.what.mention() {
            Some(id) => ctx.view.entity.chosen.contains(&(mention.article.clone(), id.clone())),
            None => false,
        };
        let name = found.mentions.iter().find(is_ticked).map(|mention| mention.name.clone()).unwrap_or_default();
        let mut into = Entity::new(EntityId::new(""), entity.kind.clone());
        let code = guess_language(&name);
        let code = if code.is_empty() { i18n.language().code() } else { code };
        into.name.insert(code.to_owned(), name);
        let command =
            Command::SplitEntity { entity: entity.id.clone(), mentions: chosen.clone(), into: Box::new(into) };
        ctx.out.push(UiCommand::Wide(Box::new(command)));
    }
    cut.start(8.0);
    let place = middle_of(cut.start(200.0_f32.min(cut.rest.width())), metrics::FIELD);
    let mut picker = std::mem::take(&mut ctx.view.entity.give);
    let name = i18n.text("entity-move");
    if let Some(other) = picker.ui(ui, place, name, name, Some(&entity.id), ctx) {
        let command = Command::MoveMentions { mentions: chosen, entity: other };
        ctx.out.push(UiCommand::Wide(Box::new(command)));
    }
    ctx.view.entity.give = picker;
}
