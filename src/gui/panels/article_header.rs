//! The header of the article: back and next, who and when, layers with counts, *Done and next*.

use egui::accesskit::Role;
use egui::{Rect, Ui, vec2};

use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Layer, LayerLevel, PanelCtx};
use crate::gui::theme::{Cut, TextRole, metrics, middle_of};
use crate::gui::widgets::{ButtonKind, ChipLevel, ChipSample, Icon, Text};

/// Buttons print their keys in windows of at least this width.
const CAPS_FROM: f32 = 1360.0;
/// The date is shown in windows of at least this width.
const DATE_FROM: f32 = 1152.0;

/// Draws the header; `window_width` decides what fits.
pub fn article_header_ui(ui: &mut Ui, rect: Rect, window_width: f32, ctx: &mut PanelCtx<'_>) {
    let tokens = ctx.theme.tokens.clone();
    ui.painter().rect_filled(rect, 0.0, tokens.paper);
    ctx.pen().line_below(ui.painter(), rect);
    let i18n = ctx.i18n;
    let mut cut = Cut::new(rect.shrink2(vec2(12.0, 0.0)), ctx.flow());
    let back = middle_of(cut.start(24.0), 24.0);
    if ctx.pen().icon_button(ui, back, Icon::Back, i18n.text("cmd-previous-article")).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::PreviousArticle));
    }
    let next = middle_of(cut.start(24.0), 24.0);
    if ctx.pen().icon_button(ui, next, Icon::Next, i18n.text("cmd-next-article")).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::NextArticle));
    }
    cut.start(8.0);
    let Some(article) = ctx.view.article.clone() else { return };
    let caption = if window_width >= CAPS_FROM { ctx.keymap.caption(CommandId::DoneAndNext) } else { String::new() };
    let title = i18n.text("cmd-done-and-next");
    let width = ctx.pen().button_width(title, &caption);
    let done = middle_of(cut.end(width), metrics::FIELD);
    if ctx.pen().button(ui, done, title, &caption, ButtonKind::Plain).clicked() {
        ctx.out.push(UiCommand::Do(CommandId::DoneAndNext));
    }
    cut.end(18.0);
    chips_ui(ui, &mut cut, ctx, &article);
    let Some(row) = ctx.session.row(&article) else { return };
    let (outlet, date) = (row.outlet.to_owned(), i18n.digits(row.date));
    let outlet = if outlet.is_empty() { row.name.to_owned() } else { outlet };
    let mut pen = ctx.pen();
    let width = pen.width(&outlet, TextRole::Ui).min(cut.rest.width());
    let place = cut.start(width);
    pen.label(ui, place, &outlet, Text::new(TextRole::Ui, tokens.text2).auto());
    cut.start(10.0);
    if window_width >= DATE_FROM && !date.is_empty() {
        pen.label(ui, cut.rest, &date, Text::new(TextRole::Ui, tokens.text2));
    }
}

/// One chip per layer; a click stops drawing it, or draws it again.
fn chips_ui(ui: &mut Ui, cut: &mut Cut, ctx: &mut PanelCtx<'_>, article: &crate::model::ArticleId) {
    let set = ctx.session.set(article);
    let counts = [set.mentions.len(), set.claims.len(), set.stances.len()];
    // The end of the header comes first.
    for (layer, count) in Layer::ALL.into_iter().zip(counts).rev() {
        // What nobody has used yet takes no room.
        if layer == Layer::Mentions || count > 0 {
            chip_ui(ui, cut, ctx, layer, count);
        }
    }
    cut.end(8.0);
}

fn chip_ui(ui: &mut Ui, cut: &mut Cut, ctx: &mut PanelCtx<'_>, layer: Layer, count: usize) {
    let i18n = ctx.i18n;
    let (name, message) = match layer {
        Layer::Mentions => ("layer-mentions", "layer-mentions-count"),
        Layer::Claims => ("layer-claims", "layer-claims-count"),
        Layer::Stances => ("layer-stances", "layer-stances-count"),
    };
    let (name, shown) = (i18n.text(name), i18n.count(count));
    let width = ctx.pen().chip_width(name, &shown);
    let rect = middle_of(cut.end(width), 26.0);
    let sample = match layer {
        Layer::Mentions => {
            let labels = &ctx.session.scheme().labels;
            let first = labels.iter().find(|label| label.id.as_str() == "GPE").or(labels.first());
            ChipSample::Line(first.map_or(ctx.theme.tokens.control, |label| ctx.theme.label(&label.id).line))
        }
        Layer::Claims => ChipSample::DoubleLine(ctx.theme.parts.content),
        Layer::Stances => ChipSample::Triangle(ctx.theme.parts.favour),
    };
    let level = match ctx.view.layers.level(layer) {
        LayerLevel::Front => ChipLevel::Front,
        LayerLevel::Calm => ChipLevel::Calm,
        LayerLevel::Off => ChipLevel::Off,
    };
    let response = ctx.pen().chip(ui, rect, sample, name, &shown, level);
    let label = crate::gui::i18n::without_isolates(&i18n.with(message, &[("n", count.into())]));
    let is_on = level != ChipLevel::Off;
    response.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, is_on, &label));
    if response.clicked() {
        ctx.view.layers.toggle(layer);
    }
    cut.end(8.0);
}
