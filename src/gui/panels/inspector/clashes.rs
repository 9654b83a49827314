//! Clashes and held things: what copies did to one place without knowing of each other. A list and two keys.

use egui::accesskit::Role;
use egui::{Sense, Ui, vec2};

use super::{PAD, row};
use crate::edit::{Content, Edit, Place};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::panels::history::sentence::Teller;
use crate::gui::theme::{Cut, TextRole};
use crate::gui::widgets::{ButtonKind, Icon, announce, paint_icon};
use crate::model::{EntityId, localised};
use crate::storage::Clash;

/// More rows than this help nobody; deciding some brings up the next.
const SHOWN: usize = 50;

/// What a row shows.
struct Row {
    /// What the other copy would change.
    title: String,
    /// What stands, and what does not.
    sides: Option<(String, String)>,
}

/// Draws one row per clash, and one per thing that was deleted and still stands; answers whether there are any.
pub fn clashes_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>) -> bool {
    let clashes: Vec<Clash> = ctx.session.open_clashes().take(SHOWN).cloned().collect();
    let held: Vec<Place> = ctx.session.held().take(SHOWN).map(|(place, _)| place.clone()).collect();
    ctx.view.new_clashes = 0;
    let first = clashes.first().map(|clash| (clash.place.clone(), clash.line.clone()));
    let is_open = |key: &(Place, crate::model::LineId)| {
        clashes.iter().any(|clash| (&clash.place, &clash.line) == (&key.0, &key.1))
    };
    ctx.view.clash = ctx.view.clash.take().filter(is_open).or(first);
    for (at, clash) in clashes.iter().enumerate() {
        let shown = row_of(clash, ctx);
        let key = (clash.place.clone(), clash.line.clone());
        let is_chosen = ctx.view.clash.as_ref() == Some(&key);
        if row_ui(ui, ("clash", at), &shown, is_chosen, ctx) {
            ctx.view.clash = Some(key);
            ctx.view.inspector.findings.let_go();
            ctx.out.push(UiCommand::ShowValue(Box::new(clash.place.clone())));
        }
        if is_chosen {
            verbs_ui(ui, ctx);
        }
    }
    for (at, place) in held.iter().enumerate() {
        let value = ctx.session.held().find(|(known, _)| *known == place).map(|(_, value)| value.clone());
        let what = tell(place, value.as_ref(), None, ctx);
        let shown = Row { title: ctx.i18n.with("held", &[("what", what.as_str().into())]), sides: None };
        if row_ui(ui, ("held", at), &shown, false, ctx) {
            ctx.out.push(UiCommand::ShowValue(Box::new(place.clone())));
        }
    }
    if !clashes.is_empty() || !held.is_empty() {
        super::section_line(ui, &ctx.pen());
    }
    !clashes.is_empty() || !held.is_empty()
}

fn row_of(clash: &Clash, ctx: &PanelCtx<'_>) -> Row {
    let i18n = ctx.i18n;
    let side = |id: &str, value: Option<&Content>| {
        let text = value.map_or_else(|| i18n.text("clash-nothing").to_owned(), |value| words(value, ctx));
        i18n.with(id, &[("value", text.as_str().into())])
    };
    let title = tell(&clash.place, clash.standing.as_ref(), clash.other.as_ref(), ctx);
    let title = i18n.with("clash-title", &[("what", title.as_str().into())]);
    let sides = (side("clash-stands", clash.standing.as_ref()), side("clash-other", clash.other.as_ref()));
    Row { title, sides: Some(sides) }
}

/// What would change, as the history tells it.
fn tell(place: &Place, before: Option<&Content>, after: Option<&Content>, ctx: &PanelCtx<'_>) -> String {
    let language = ctx.i18n.language().code();
    let entity = |id: &EntityId| {
        ctx.session.state().entities().get(id).map(|entity| localised(&entity.name, language).to_owned())
    };
    let teller = Teller { i18n: ctx.i18n, scheme: ctx.session.scheme(), entity: &entity, created: false };
    let edit = Edit { place: place.clone(), over: Vec::new(), before: before.cloned(), after: after.cloned() };
    teller.tell_edit(&edit)
}

/// A value in few words: the label and the quote, or what it is.
fn words(value: &Content, ctx: &PanelCtx<'_>) -> String {
    let i18n = ctx.i18n;
    let quoted = |word: &str, quote: &str| {
        let word = crate::gui::i18n::left_to_right(word);
        i18n.with("clash-quote", &[("label", word.as_str().into()), ("quote", quote.into())])
    };
    match value {
        Content::Mention(mention) => quoted(mention.label.as_str(), &mention.quote),
        Content::Stance(stance) => quoted(&stance.value, &stance.quote),
        Content::Claim(claim) => claim.quote.clone(),
        Content::Note(text) | Content::Dismissed(text) => text.clone(),
        Content::Status(status) => crate::gui::panels::status_word(i18n, status.status).to_owned(),
        Content::Region(region) => crate::gui::panels::region_word(i18n, region.kind).to_owned(),
        Content::Fact(crate::edit::ArticleFact::Text(text)) | Content::Json(text) => text.clone(),
        Content::Fact(crate::edit::ArticleFact::Direction(direction)) | Content::Direction(direction) => {
            crate::gui::panels::history::sentence::direction_word(i18n, *direction).to_owned()
        }
        Content::Entity(entity) => localised(&entity.name, i18n.language().code()).to_owned(),
        Content::Topic(topic) => localised(&topic.wording, i18n.language().code()).to_owned(),
        Content::Profile(profile) => profile.display_name.clone(),
        Content::Cluster(cluster) => cluster.id.to_string(),
        Content::Field(value) => match value {
            crate::model::AttributeValue::Text(text) => text.clone(),
            crate::model::AttributeValue::Whole(number) => number.to_string(),
            crate::model::AttributeValue::Flag(on) => i18n.text(if *on { "value-yes" } else { "value-no" }).to_owned(),
        },
        Content::Boundary(on) => i18n.text(if *on { "value-yes" } else { "value-no" }).to_owned(),
        Content::Marked | Content::Registered => i18n.text("value-yes").to_owned(),
        Content::Blob(blob) => blob_words(blob, ctx),
    }
}

/// A scheme by its name and version; another list by its hash.
fn blob_words(blob: &crate::model::BlobId, ctx: &PanelCtx<'_>) -> String {
    let short = blob.as_str().get(..8).unwrap_or_default();
    let scheme = (ctx.session.scheme_id() == blob).then(|| ctx.session.scheme());
    let text =
        scheme.map_or_else(|| short.to_owned(), |scheme| format!("{} {} ({short})", scheme.name, scheme.version));
    crate::gui::i18n::left_to_right(&text)
}

/// Draws a row; answers whether it was clicked.
fn row_ui(ui: &mut Ui, salt: (&str, usize), shown: &Row, is_chosen: bool, ctx: &mut PanelCtx<'_>) -> bool {
    let tokens = ctx.theme.tokens.clone();
    let pen = ctx.pen();
    let width = ui.available_width() - 2.0 * PAD - 24.0;
    let mut lay = |text: &str, role| pen.text.wrapped(text, role, crate::layout::Base::Auto, width);
    let title = lay(&shown.title, TextRole::Ui);
    let sides: Vec<_> = shown
        .sides
        .iter()
        .flat_map(|(stands, other)| [lay(stands, TextRole::Hint), lay(other, TextRole::Hint)])
        .collect();
    let height = title.size.y + sides.iter().map(|side| side.size.y + 2.0).sum::<f32>();
    let place = row(ui, height + 12.0);
    let response = ui.interact(place.expand2(vec2(6.0, 0.0)), ui.scope_id().with(salt), Sense::click());
    let name = match &shown.sides {
        Some((stands, other)) => format!("{}. {stands}; {other}", shown.title),
        None => shown.title.clone(),
    };
    announce(&response, Role::ListItem, &name);
    pen.row_ground(ui, response.rect, &response, is_chosen);
    let mut cut = Cut::new(place.shrink2(vec2(0.0, 6.0)), pen.flow());
    let mut icon = cut.start(14.0);
    icon.set_height(18.0);
    paint_icon(ui.painter(), icon, Icon::Warning, tokens.warn, pen.flow());
    cut.start(10.0);
    let mut at = cut.rest.min;
    pen.text.paint(ui.painter(), &title, at, tokens.text);
    at.y += title.size.y + 2.0;
    for side in &sides {
        pen.text.paint(ui.painter(), side, at, tokens.text2);
        at.y += side.size.y + 2.0;
    }
    response.clicked()
}

/// The two verbs under the chosen clash, with their keys.
fn verbs_ui(ui: &mut Ui, ctx: &mut PanelCtx<'_>) {
    let (i18n, keymap) = (ctx.i18n, ctx.keymap);
    let mut cut = Cut::new(row(ui, 34.0), ctx.flow());
    cut.start(24.0);
    for command in [CommandId::TakeOther, CommandId::SeenClash] {
        let (title, caption) = (i18n.text(command.spec().title), keymap.caption(command));
        let mut pen = ctx.pen();
        let width = pen.button_width(title, &caption) + 6.0;
        let place = crate::gui::theme::middle_of(cut.start(width), 28.0);
        cut.start(8.0);
        if pen.button(ui, place, title, &caption, ButtonKind::Plain).clicked() {
            ctx.out.push(UiCommand::Do(command));
        }
    }
}
