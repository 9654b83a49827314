//! Fills egui's own style from the tokens, once per theme.

use egui::style::{Selection, WidgetVisuals};
use egui::{Color32, CornerRadius, Shadow, Stroke};

use super::Tokens;

/// The shadow under popups and toasts.
pub fn popup_shadow(tokens: &Tokens) -> Shadow {
    Shadow { offset: [0, 6], blur: 20, spread: 0, color: tokens.shadow }
}

pub fn apply(tokens: &Tokens, ctx: &egui::Context) {
    let widget = |fill: Color32, stroke: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: CornerRadius::same(5),
        fg_stroke: Stroke::new(1.0, tokens.text),
        expansion: 0.0,
    };
    let mut visuals = if tokens.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    visuals.dark_mode = tokens.dark;
    visuals.override_text_color = Some(tokens.text);
    visuals.widgets.noninteractive = widget(tokens.panel, tokens.line);
    visuals.widgets.inactive = widget(tokens.control, tokens.control);
    visuals.widgets.hovered = widget(tokens.text3, tokens.text3);
    visuals.widgets.active = widget(tokens.text2, tokens.text2);
    visuals.widgets.open = widget(tokens.select, tokens.control);
    visuals.selection = Selection { bg_fill: tokens.sel_text, stroke: Stroke::new(1.0, tokens.text) };
    visuals.hyperlink_color = tokens.text;
    visuals.faint_bg_color = tokens.hover;
    visuals.extreme_bg_color = tokens.panel;
    visuals.code_bg_color = tokens.panel;
    visuals.warn_fg_color = tokens.warn;
    visuals.error_fg_color = tokens.error;
    visuals.window_fill = tokens.raised;
    visuals.window_stroke = Stroke::new(1.0, tokens.control);
    visuals.panel_fill = tokens.panel;
    visuals.window_shadow = popup_shadow(tokens);
    visuals.popup_shadow = popup_shadow(tokens);
    ctx.set_theme(if tokens.dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.set_visuals(visuals);
    ctx.all_styles_mut(|style| {
        style.spacing.item_spacing = egui::Vec2::ZERO;
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.selectable_labels = false;
    });
}
