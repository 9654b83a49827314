//! The stances of the article: the one in focus in full, and all of them in reading order.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Sense, Ui, vec2};

use super::{FIELD_ROW, PAD, hint, row, section_line};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::reader::signs::{paint_sign, sign_color};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{Align, Text, announce};
use crate::model::{AnnotationId, ArticleId, Scheme, Stance, StanceId, StanceSign, localised};
use crate::session::Command;

const NAME_WIDTH: f32 = 92.0;

/// Sign and name of a stance's value.
fn value_of<'s>(scheme: &'s Scheme, stance: &Stance, language: &str) -> (StanceSign, &'s str) {
    let value = scheme.scale_value(&stance.scale, &stance.value);
    value.map_or((StanceSign::Neutral, ""), |value| (value.sign, localised(&value.name, language)))
}

/// A row of the list, as it is shown and said.
#[derive(Debug)]
pub struct StanceRow {
    id: StanceId,
    sign: StanceSign,
    holder: String,
    target: String,
    spoken: String,
}

/// The rows in reading order, made once for each state of the project: by evidence; those without come first, being
/// about the whole article.
fn rows(article: &ArticleId, ctx: &mut PanelCtx<'_>) -> Arc<[StanceRow]> {
    let key = (ctx.session.revision(), article.clone(), ctx.i18n.language());
    if let Some((known, rows)) = &ctx.view.inspector.stances
        && *known == key
    {
        return Arc::clone(rows);
    }
    let mut all: Vec<&Stance> = ctx.session.set(article).stances.values().collect();
    let start = |stance: &Stance| stance.evidence.as_ref().map(crate::text::SpanSet::start);
    all.sort_by(|a, b| (start(a), &a.id).cmp(&(start(b), &b.id)));
    let row = |stance: &Stance| {
        let (sign, value) = value_of(ctx.session.scheme(), stance, ctx.i18n.language().code());
        let holder = super::name_of_ref(ctx, article, &stance.holder);
        let target = super::name_of_ref(ctx, article, &stance.target);
        let args = [("holder", (&holder).into()), ("value", value.into()), ("target", (&target).into())];
        let spoken = crate::gui::i18n::without_isolates(&ctx.i18n.with("stance-row", &args));
        StanceRow { id: stance.id.clone(), sign, holder, target, spoken }
    };
    let rows: Arc<[StanceRow]> = all.into_iter().map(row).collect();
    ctx.view.inspector.stances = Some((key, Arc::clone(&rows)));
    rows
}

/// Draws the stance in focus and below it the list.
pub fn stances_ui(ui: &mut Ui, article: &ArticleId, ctx: &mut PanelCtx<'_>) {
    let focus = ctx.view.focus.as_ref().and_then(AnnotationId::stance).cloned();
    let rows = rows(article, ctx);
    if let Some(focus) = focus.filter(|id| rows.iter().any(|row| row.id == *id)) {
        stance_ui(ui, article, &focus, ctx);
        section_line(ui, &ctx.pen());
    }
    if rows.is_empty() {
        ui.add_space(10.0);
        let key = ctx.keymap.caption(CommandId::NewStance);
        let text = ctx.i18n.with("stances-none", &[("key", key.as_str().into())]);
        hint(ui, &mut ctx.pen(), &text);
    }
    for stance in rows.iter() {
        stance_row(ui, stance, ctx);
    }
}

/// Draws a stance in full.
pub fn stance_ui(ui: &mut Ui, article: &ArticleId, id: &StanceId, ctx: &mut PanelCtx<'_>) {
    let Some(stance) = ctx.session.set(article).stances.get(id).cloned() else { return };
    let (i18n, language) = (ctx.i18n, ctx.i18n.language().code());
    let scheme = Arc::clone(ctx.session.scheme());
    let (sign, value) = value_of(&scheme, &stance, language);
    ctx.view.inspector.show(ctx.session.revision(), article, stance.id.clone().into());
    ui.add_space(12.0);
    let holder = super::name_of_ref(ctx, article, &stance.holder);
    let target = super::name_of_ref(ctx, article, &stance.target);
    title_ui(ui, sign, value, ctx);
    fact_ui(ui, i18n.text("stance-holder-name"), &holder, ctx);
    fact_ui(ui, i18n.text("stance-target-name"), &target, ctx);
    let through: Vec<String> =
        stance.attributed_through.iter().map(|by| super::name_of_ref(ctx, article, by)).collect();
    if !through.is_empty() {
        fact_ui(ui, i18n.text("stance-through"), &through.join(" \u{b7} "), ctx);
    }
    let quote = if stance.evidence.is_some() { stance.quote.as_str() } else { i18n.text("stance-no-evidence") };
    hint(ui, &mut ctx.pen(), &quote.replace('\n', " "));
    section_line(ui, &ctx.pen());
    mode_ui(ui, article, &stance, ctx);
    section_line(ui, &ctx.pen());
    super::notes::note_ui(ui, article, &AnnotationId::Stance(stance.id.clone()), &stance.note, ctx);
}

fn title_ui(ui: &mut Ui, sign: StanceSign, value: &str, ctx: &mut PanelCtx<'_>) {
    let (color, ink) = (sign_color(&ctx.theme.parts, sign), ctx.theme.tokens.text);
    let place = row(ui, 28.0);
    let mut pen = ctx.pen();
    let mut cut = Cut::new(place, pen.flow());
    paint_sign(ui.painter(), sign, cut.start(18.0).center(), 7.0, color);
    cut.start(8.0);
    pen.paint_text(ui.painter(), cut.rest, value, Text::new(TextRole::Heading, ink));
    let response = ui.interact(place, ui.scope_id().with("stance title"), Sense::hover());
    announce(&response, Role::Heading, value);
}

fn fact_ui(ui: &mut Ui, name: &str, value: &str, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    let place = row(ui, 28.0);
    let mut pen = ctx.pen();
    let mut cut = Cut::new(place, pen.flow());
    pen.paint_text(ui.painter(), cut.start(NAME_WIDTH), name, Text::new(TextRole::Ui, tokens.text2));
    pen.paint_text(ui.painter(), cut.rest, value, Text::new(TextRole::Ui, tokens.text).auto().align(Align::Start));
    let response = ui.interact(place, ui.scope_id().with(("stance fact", name)), Sense::hover());
    announce(&response, Role::Label, &format!("{name}: {value}"));
}

/// Said or inferred.
fn mode_ui(ui: &mut Ui, article: &ArticleId, stance: &Stance, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let texts = [i18n.text("stance-explicit"), i18n.text("stance-implicit")];
    let place = middle_of(row(ui, FIELD_ROW), metrics::FIELD);
    let width = ctx.pen().segments_width(&texts);
    let place = ctx.flow().at_start(place, width);
    let chosen = usize::from(!stance.explicit);
    if let Some(at) = ctx.pen().segments(ui, place, "stance mode", &texts, Some(chosen)) {
        let changed = Stance { explicit: at == 0, ..stance.clone() };
        put(article, changed, ctx);
    }
}

fn put(article: &ArticleId, stance: Stance, ctx: &mut PanelCtx<'_>) {
    let command = Command::PutStance { article: article.clone(), stance: Box::new(stance) };
    ctx.out.push(UiCommand::Run(Box::new(command)));
}

fn stance_row(ui: &mut Ui, stance: &StanceRow, ctx: &mut PanelCtx<'_>) {
    let is_chosen = ctx.view.focus.as_ref().and_then(AnnotationId::stance) == Some(&stance.id);
    let place = row(ui, 48.0);
    let id = ui.scope_id().with(("stance row", stance.id.as_str()));
    let response = ui.interact(place.expand2(vec2(PAD, 0.0)), id, Sense::click());
    announce(&response, Role::ListItem, &stance.spoken);
    let tokens = ctx.theme.tokens.clone();
    let color = sign_color(&ctx.theme.parts, stance.sign);
    let mut pen = ctx.pen();
    pen.row_ground(ui, response.rect, &response, is_chosen);
    let mut cut = Cut::new(place.shrink2(vec2(0.0, 4.0)), pen.flow());
    paint_sign(ui.painter(), stance.sign, cut.start(18.0).center(), 5.0, color);
    cut.start(6.0);
    let (top, under) = (cut.top(20.0), Text::new(TextRole::Hint, tokens.text2).auto());
    pen.paint_text(ui.painter(), top, &stance.holder, Text::new(TextRole::Ui, tokens.text).auto());
    pen.paint_text(ui.painter(), middle_of(cut.rest, 18.0), &stance.target, under);
    if response.clicked() {
        ctx.out.push(UiCommand::Focus(Some(stance.id.clone().into())));
    }
}
