//! Dialogs: one question on a card in the middle of the window.

use egui::{Align2, Frame, Id, Margin, Modal, Stroke, Ui, vec2};

use super::Pen;
use super::label::Text;
use crate::gui::theme::{TextRole, popup_shadow, with_alpha};

/// How a dialog looks.
#[derive(Clone, Copy, Debug)]
pub struct DialogFrame<'a> {
    /// Name of the dialog for egui.
    pub id: &'a str,
    /// What it asks, or nothing.
    pub title: &'a str,
    /// Width of the card.
    pub width: f32,
    /// Whether it stands for something that failed.
    pub error: bool,
    /// Distance from the top of the window; none stands in the middle.
    pub top: Option<f32>,
    /// Space inside the card.
    pub margin: i8,
}

impl<'a> DialogFrame<'a> {
    /// A dialog of the usual size.
    #[must_use]
    pub fn new(id: &'a str, title: &'a str) -> Self {
        Self { id, title, width: 520.0, error: false, top: None, margin: 20 }
    }
}

/// Draws a dialog; returns what `content` returned, and whether the user wants it gone (`Esc`, or a click beside it).
pub fn dialog_ui<R>(
    pen: &mut Pen<'_>,
    ctx: &egui::Context,
    frame: DialogFrame<'_>,
    content: impl FnOnce(&mut Pen<'_>, &mut Ui) -> R,
) -> (R, bool) {
    let tokens = pen.theme.tokens.clone();
    let id = Id::unique(("dialog", frame.id));
    let border = if frame.error { Stroke::new(2.0, tokens.error) } else { Stroke::new(1.0, tokens.control) };
    let card = Frame::new()
        .fill(tokens.raised)
        .stroke(border)
        .corner_radius(8)
        .inner_margin(Margin::same(frame.margin))
        .shadow(popup_shadow(&tokens));
    let mut area = Modal::default_area(id);
    if let Some(top) = frame.top {
        area = area.anchor(Align2::CENTER_TOP, vec2(0.0, top));
    }
    let title = super::super::i18n::without_isolates(frame.title);
    let area = if title.is_empty() { area } else { area.accessible_name(title) };
    let backdrop = with_alpha(tokens.shadow, if tokens.dark { 0.45 } else { 0.25 });
    let response = Modal::new(id).area(area).frame(card).backdrop_color(backdrop).show(ctx, |ui| {
        let width = frame.width.min(ctx.content_rect().width() - 48.0);
        ui.set_width(width);
        if !frame.title.is_empty() {
            pen.paragraph(ui, frame.title, Text::new(TextRole::Heading, tokens.text));
            ui.add_space(8.0);
        }
        content(pen, ui)
    });
    let close = response.should_close();
    (response.inner, close)
}
