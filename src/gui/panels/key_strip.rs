//! The strip under the article: what the digit keys do now.

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::{label_caption, label_command};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::gui::theme::{Cut, TextRole, middle_of, radius};
use crate::gui::widgets::{Text, announce, tooltip_ui};
use crate::model::{Label, localised};

/// Line samples are shown in windows of at least this width.
const SAMPLES_FROM: f32 = 1152.0;

/// Draws the strip; `window_width` decides what fits.
pub fn key_strip_ui(ui: &mut Ui, rect: Rect, window_width: f32, ctx: &mut PanelCtx<'_>) {
    ui.painter().rect_filled(rect, 0.0, ctx.theme.tokens.panel);
    ctx.pen().line_above(ui.painter(), rect);
    if let Some(title) = claim_title(ctx) {
        claim_strip_ui(ui, rect, &title, ctx);
        return;
    }
    let shift = ui.input(|input| input.modifiers.shift);
    let all = &ctx.session.scheme().labels;
    let has_second = all.iter().any(|label| label.key.shift);
    let labels: Vec<Label> = all.iter().filter(|label| label.key.shift == (shift && has_second)).cloned().collect();
    let inner = rect.shrink2(vec2(4.0, 0.0));
    let mut samples = window_width >= SAMPLES_FROM;
    let mut widths: Vec<f32> = labels.iter().map(|label| cell_width(ctx, label, samples)).collect();
    if samples && widths.iter().sum::<f32>() > inner.width() {
        samples = false;
        widths = labels.iter().map(|label| cell_width(ctx, label, false)).collect();
    }
    let total: f32 = widths.iter().sum();
    let gap =
        if labels.len() > 1 { ((inner.width() - total) / (labels.len() - 1) as f32).clamp(0.0, 4.0) } else { 0.0 };
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("key strip"));
    child.set_clip_rect(inner.intersect(ui.clip_rect()));
    let wide = total + gap * labels.len().saturating_sub(1) as f32;
    ScrollArea::horizontal().auto_shrink(false).id_salt("strip").stick_to_right(ctx.i18n.is_rtl()).show(
        &mut child,
        |ui| {
            let (_, row) = ui.allocate_space(vec2(wide.max(inner.width()), rect.height()));
            let mut cut = Cut::new(row, ctx.flow());
            for (label, width) in labels.iter().zip(widths) {
                let cell = middle_of(cut.start(width), 30.0);
                cut.start(gap);
                cell_ui(ui, cell, label, samples, ctx);
            }
        },
    );
}

/// The claim that the keys are about now, if they are.
fn claim_title(ctx: &PanelCtx<'_>) -> Option<String> {
    let article = ctx.view.article.as_ref()?;
    let set = ctx.session.set(article);
    let draft = ctx.view.draft.as_ref().filter(|draft| draft.article == *article).map(|draft| &draft.claim);
    let claim = draft.or_else(|| set.claims.get(ctx.view.focus.as_ref()?.claim()?))?;
    let number = super::number_of_claim(set, claim);
    Some(ctx.i18n.with("claim-title", &[("n", number.into())]))
}

/// What the keys do with a claim: its name, then each key with what it does.
fn claim_strip_ui(ui: &mut Ui, rect: Rect, title: &str, ctx: &mut PanelCtx<'_>) {
    let i18n = ctx.i18n;
    let fields: Vec<String> = (0..4).map(|at| ctx.keymap.caption(CommandId::Field(at))).collect();
    let (cue, source) = (ctx.keymap.caption(CommandId::ClaimCue), ctx.keymap.caption(CommandId::ClaimSource));
    let outward = ctx.keymap.caption(CommandId::Outward);
    let mut entries: Vec<(String, &str)> = Vec::new();
    let is_draft = ctx.view.draft.is_some();
    if is_draft {
        entries.push(("\u{21b5}".to_owned(), i18n.text("strip-accept")));
    }
    entries.push((cue, i18n.text("strip-cue")));
    entries.push((source, i18n.text("strip-source")));
    if !is_draft {
        entries.push((outward, i18n.text("strip-next")));
    }
    entries.push((fields.join(" "), i18n.text("strip-fields")));
    entries.push(("Esc".to_owned(), i18n.text(if is_draft { "strip-drop" } else { "strip-back" })));
    let tokens = ctx.theme.tokens.clone();
    let mut pen = ctx.pen();
    let mut cut = Cut::new(rect.shrink2(vec2(14.0, 0.0)), pen.flow());
    let width = pen.width(title, TextRole::UiBold);
    pen.paint_text(ui.painter(), cut.start(width), title, Text::new(TextRole::UiBold, tokens.text));
    let mut spoken = title.to_owned();
    for (caption, text) in &entries {
        cut.start(14.0);
        let cap = middle_of(cut.start(pen.cap_width(caption)), 20.0);
        pen.key_cap(ui.painter(), cap, caption);
        cut.start(6.0);
        let width = pen.width(text, TextRole::Ui);
        pen.paint_text(ui.painter(), cut.start(width), text, Text::new(TextRole::Ui, tokens.text2));
        for part in [", ", caption, " ", text] {
            spoken.push_str(part);
        }
    }
    let response = ui.interact(rect, ui.scope_id().with("claim strip"), Sense::hover());
    announce(&response, Role::Label, &crate::gui::i18n::without_isolates(&spoken));
}

/// What stands on the strip for a label: its id, or in Arabic the first word of its name.
fn short_name<'a>(ctx: &PanelCtx<'_>, label: &'a Label) -> &'a str {
    if ctx.i18n.is_rtl() {
        let name = localised(&label.name, "ar");
        name.split(' ').next().filter(|word| !word.is_empty()).unwrap_or(label.id.as_str())
    } else {
        label.id.as_str()
    }
}

fn cell_width(ctx: &mut PanelCtx<'_>, label: &Label, samples: bool) -> f32 {
    let name = short_name(ctx, label);
    let caption = label_caption(label.key);
    let mut pen = ctx.pen();
    let sample = if samples { 12.0 + 3.0 } else { 0.0 };
    3.0 + pen.cap_width(&caption) + 4.0 + sample + pen.width(name, TextRole::Ui) + 1.0 + 3.0
}

fn cell_ui(ui: &mut Ui, rect: Rect, label: &Label, samples: bool, ctx: &mut PanelCtx<'_>) {
    let Some(command) = label_command(label.key) else { return };
    let response = ui.interact(rect, egui::Id::unique(("label key", label.id.as_str())), Sense::click());
    let language = ctx.i18n.language().code();
    let name = localised(&label.name, language).to_owned();
    announce(
        &response,
        Role::Button,
        &ctx.i18n.with("label-key", &[("id", label.id.as_str().into()), ("name", (&name).into())]),
    );
    let tokens = ctx.theme.tokens.clone();
    let is_current = ctx.view.mention().zip(ctx.view.article.as_ref()).is_some_and(|(focus, article)| {
        ctx.session.set(article).mentions.get(focus).is_some_and(|mention| mention.label == label.id)
    });
    if is_current {
        ui.painter().rect_filled(rect, radius::BUTTON, tokens.select);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::BUTTON, tokens.hover);
    }
    let color = ctx.theme.label(&label.id).line;
    let short = short_name(ctx, label);
    let caption = label_caption(label.key);
    let mut pen = ctx.pen();
    let mut cut = Cut::new(rect.shrink2(vec2(3.0, 0.0)), pen.flow());
    let cap = cut.start(pen.cap_width(&caption));
    pen.key_cap(ui.painter(), cap, &caption);
    cut.start(4.0);
    if samples {
        let sample = cut.start(12.0);
        pen.line_sample(ui.painter(), sample, label.line, color);
        cut.start(3.0);
    }
    pen.paint_text(ui.painter(), cut.rest, short, Text::new(TextRole::Ui, tokens.text));
    pen.ring_if_focused(ui, &response, radius::BUTTON);
    let definition = localised(&label.definition, language);
    tooltip_ui(&mut pen, ui, &response, &format!("{name}\n{definition}"));
    if response.clicked() {
        ctx.out.push(UiCommand::Do(command));
    }
}
