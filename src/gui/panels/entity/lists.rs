//! Lists of the entity's page: rows that show words in their places and open them.

use egui::accesskit::Role;
use egui::{Key, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{EntityList, PAD, entity_name};
use crate::gui::command::UiCommand;
use crate::gui::ctx::PanelCtx;
use crate::gui::i18n::isolated;
use crate::gui::text::{Laid, TextPainter};
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{Text, announce, text_field_has_keyboard};
use crate::layout::Base;
use crate::model::{ArticleId, MentionId, Ref, localised};
use crate::session::{EntityUse, Use};

/// Height of a row.
const ROW: f32 = 36.0;
/// At most so many names are shown.
const NAMES: usize = 24;

/// Draws the names seen and the list in view.
pub fn lists_ui(ui: &mut Ui, rect: Rect, found: &EntityUse, ctx: &mut PanelCtx<'_>) {
    let mut column = Cut::new(rect, ctx.flow());
    let list = ctx.view.entity.list;
    let rows = match list {
        EntityList::Mentions => &found.mentions,
        EntityList::Held => &found.held,
        EntityList::Received => &found.received,
        EntityList::Claims => &found.claims,
    };
    if list == EntityList::Mentions && !found.names.is_empty() {
        let names = column.top(30.0).shrink2(vec2(PAD, 0.0));
        names_ui(ui, names, found, ctx);
    }
    if rows.is_empty() {
        let place = Rect::from_center_size(column.rest.center(), vec2(column.rest.width() - 64.0, 24.0));
        let text = Text::new(TextRole::Lead, ctx.theme.tokens.text2).align(crate::gui::widgets::Align::Center);
        let sentence = ctx.i18n.text("entity-nothing");
        ctx.pen().label(ui, place, sentence, text);
        return;
    }
    keys(ui, rows, ctx);
    let body = column.rest;
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("entity rows"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    child.spacing_mut().item_spacing.y = 0.0;
    let scroll = ctx.pen().scroll(ScrollArea::vertical().auto_shrink(false).id_salt(("entity rows", list as u8)));
    scroll.show_rows(&mut child, ROW, rows.len(), |ui, shown| {
        for at in shown {
            let (_, line) = ui.allocate_space(vec2(body.width(), ROW));
            if let Some(one) = rows.get(at) {
                row_ui(ui, line, at, one, list, ctx);
            }
        }
    });
}

/// The names that mentions bear, with how often.
fn names_ui(ui: &mut Ui, rect: Rect, found: &EntityUse, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let mut cut = Cut::new(rect, ctx.flow());
    let mut pen = ctx.pen();
    let title = pen.i18n.text("entity-names");
    let width = pen.width(title, TextRole::HintBold) + 2.0;
    pen.label(ui, cut.start(width), title, Text::new(TextRole::HintBold, tokens.text2));
    cut.start(10.0);
    for (name, count) in found.names.iter().take(NAMES) {
        let number = pen.i18n.digits(&count.to_string());
        let (name_width, number_width) = (pen.width(name, TextRole::Ui), pen.width(&number, TextRole::Hint));
        if name_width + number_width + 20.0 > cut.rest.width() {
            break;
        }
        let place = cut.start(name_width + 1.0);
        pen.paint_text(ui.painter(), place, name, Text::new(TextRole::Ui, tokens.text).auto());
        cut.start(4.0);
        let count_place = cut.start(number_width + 1.0);
        pen.paint_text(ui.painter(), count_place, &number, Text::new(TextRole::Hint, tokens.text3));
        let response = ui.interact(place, ui.scope_id().with(("name seen", name)), Sense::hover());
        announce(&response, Role::Label, &format!("{name}: {number}"));
        cut.start(12.0);
    }
}

/// Up and down, open, tick.
fn keys(ui: &Ui, rows: &[Use], ctx: &mut PanelCtx<'_>) {
    if ctx.view.dialog.is_some() || text_field_has_keyboard(ui.ctx()) {
        return;
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let step = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
    let at = ctx.view.entity.row.saturating_add_signed(step).min(rows.len().saturating_sub(1));
    ctx.view.entity.row = at;
    let Some(row) = rows.get(at) else { return };
    if pressed(Key::O) || pressed(Key::Enter) {
        open(row, ctx);
    } else if pressed(Key::Space) {
        toggle(row, ctx);
    }
}

fn open(row: &Use, ctx: &mut PanelCtx<'_>) {
    let (article, what, span) = (row.article.clone(), Some(row.what.clone()), Some(row.span));
    ctx.out.push(UiCommand::ShowPlace { article, what, span });
}

fn key_of(row: &Use) -> Option<(ArticleId, MentionId)> {
    row.what.mention().map(|id| (row.article.clone(), id.clone()))
}

fn toggle(row: &Use, ctx: &mut PanelCtx<'_>) {
    if ctx.view.entity.list == EntityList::Mentions
        && let Some(key) = key_of(row)
        && !ctx.view.entity.chosen.remove(&key)
    {
        ctx.view.entity.chosen.insert(key);
    }
}

fn row_ui(ui: &mut Ui, line: Rect, at: usize, row: &Use, list: EntityList, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let response = ui.interact(line, ui.scope_id().with(("use", at)), Sense::click());
    let facts = ctx.session.row(&row.article).map(|of| (of.outlet.to_owned(), of.date.to_owned(), of.title.to_owned()));
    let (outlet, date, title) = facts.unwrap_or_default();
    announce(&response, Role::ListItem, &format!("{}{}{} \u{b7} {title}", row.before, row.quote, row.after));
    let is_current = at == ctx.view.entity.row;
    ctx.pen().row_ground(ui, line, &response, is_current);
    let mut cut = Cut::new(line.shrink2(vec2(PAD, 0.0)), ctx.flow());
    if list == EntityList::Mentions {
        let place = middle_of(cut.start(22.0), 22.0);
        let is_on = key_of(row).is_some_and(|key| ctx.view.entity.chosen.contains(&key));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("tick", at)));
        if ctx.pen().check_box(&mut child, place, "", is_on).clicked() {
            ctx.view.entity.row = at;
            toggle(row, ctx);
        }
        cut.start(6.0);
    }
    let date = ctx.i18n.digits(&date);
    let place = cut.end(78.0);
    let mut pen = ctx.pen();
    pen.paint_text(ui.painter(), place, &date, Text::new(TextRole::Hint, tokens.text3));
    let place = cut.end(96.0);
    let source = if outlet.is_empty() { &title } else { &outlet };
    pen.paint_text(ui.painter(), place.shrink2(vec2(4.0, 0.0)), source, Text::new(TextRole::Hint, tokens.text3));
    if matches!(list, EntityList::Held | EntityList::Received) {
        let place = cut.end((cut.rest.width() * 0.3).min(200.0));
        let words = stance_words(row, ctx);
        ctx.pen().paint_text(ui.painter(), place.shrink2(vec2(6.0, 0.0)), &words, Text::new(TextRole::Ui, tokens.text));
    }
    concordance_ui(ui, cut.rest, row, ctx);
    if response.clicked() {
        ctx.view.entity.row = at;
        open(row, ctx);
    }
}

/// The value of the stance and its other end.
fn stance_words(row: &Use, ctx: &PanelCtx<'_>) -> String {
    let values = ctx.session.scheme().scales.iter().flat_map(|scale| &scale.values);
    let value = values.into_iter().find(|value| value.id == row.name);
    let language = ctx.i18n.language().code();
    let word = value.map_or(row.name.as_str(), |value| localised(&value.name, language)).to_owned();
    let other = match &row.other {
        Some(Ref::Entity(id)) => ctx.session.entities().get(id).map(|entity| entity_name(entity, language)),
        Some(Ref::Topic(id)) => {
            ctx.session.topics().get(id).map(|topic| localised(&topic.wording, language).to_owned())
        }
        Some(Ref::Mention(id)) => ctx.session.set(&row.article).mentions.get(id).map(|mention| mention.quote.clone()),
        Some(Ref::Text(text)) => Some(text.clone()),
        Some(Ref::Author) => Some(ctx.i18n.text("entity-author").to_owned()),
        Some(Ref::Claim(_) | Ref::ClaimOf(..) | Ref::Cluster(_)) => Some(ctx.i18n.text("entity-a-claim").to_owned()),
        None => None,
    };
    let parts: Vec<String> = std::iter::once(word).chain(other.map(|other| isolated(&other))).collect();
    parts.join(" \u{b7} ")
}

/// A text in one line that is not wider than `width`: words go, from the start or from the end, until it fits.
fn fit(painter: &mut TextPainter, text: &str, base: Base, width: f32, from_start: bool) -> Laid {
    let mut rest = text.to_owned();
    loop {
        let laid = painter.line(&rest, TextRole::Quote, base, None);
        let bare = rest.trim_matches(['\u{2026}', ' ']);
        if laid.size.x <= width || !bare.contains(char::is_whitespace) {
            return if laid.size.x <= width { laid } else { painter.line("", TextRole::Quote, base, None) };
        }
        // Most of what is too much goes at once.
        let count = bare.chars().count();
        let keep = ((count as f32 * width / laid.size.x) as usize).clamp(1, count - 1);
        rest = if from_start {
            let at = bare.char_indices().nth(count - keep).map_or(0, |(at, _)| at);
            let tail = bare.get(at..).unwrap_or_default();
            let tail = tail.split_once(char::is_whitespace).map_or("", |(_, tail)| tail);
            let end = if text.ends_with(char::is_whitespace) { " " } else { "" };
            ["\u{2026} ", tail, end].concat()
        } else {
            let at = bare.char_indices().nth(keep).map_or(bare.len(), |(at, _)| at);
            let head = bare.get(..at).unwrap_or_default();
            let head = head.rsplit_once(char::is_whitespace).map_or("", |(head, _)| head);
            let start = if text.starts_with(char::is_whitespace) { " " } else { "" };
            [start, head, " \u{2026}"].concat()
        };
    }
}

/// The hit with the text before and after it, in columns that stand in the order of the text's own direction.
fn concordance_ui(ui: &Ui, rect: Rect, row: &Use, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let whole = [row.before.as_str(), &row.quote, &row.after].concat();
    let rtl = Base::Auto.resolve_rtl(&whole);
    let base = Base::from_rtl(rtl);
    let pen = ctx.pen();
    let hit = pen.text.line(&row.quote, TextRole::Quote, base, Some(rect.width() * 0.5));
    let middle = Rect::from_center_size(rect.center(), vec2(hit.size.x, rect.height()));
    let left = Rect::from_min_max(rect.min, pos2(middle.left(), rect.bottom()));
    let right = Rect::from_min_max(pos2(middle.right(), rect.top()), rect.max);
    let (first, last) = if rtl { (right, left) } else { (left, right) };
    let before = fit(pen.text, &row.before, base, first.width(), true);
    let after = fit(pen.text, &row.after, base, last.width(), false);
    // Both touch the hit: what comes before ends there, what comes after begins there.
    let at = |place: Rect, width: f32, is_left: bool| if is_left { place.right() - width } else { place.left() };
    let top = |height: f32| rect.center().y - height / 2.0;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let before_at = pos2(at(first, before.size.x, !rtl), top(before.size.y));
    let after_at = pos2(at(last, after.size.x, rtl), top(after.size.y));
    pen.text.paint(&painter, &before, before_at, tokens.text3);
    pen.text.paint(&painter, &after, after_at, tokens.text3);
    pen.text.paint(&painter, &hit, pos2(middle.left(), top(hit.size.y)), tokens.text);
}
