//! Widgets: every text goes through our own engine, because egui cannot order mixed-direction text.

mod button;
mod combo;
mod dialog;
mod fold;
mod icon;
mod label;
mod popup;
mod scroll;
mod text_input;

use egui::accesskit::Role;
use egui::{Color32, Painter, Rect, Response, Stroke, StrokeKind, Ui};

pub use button::{ButtonKind, ChipLevel, ChipSample, stable_id};
pub use combo::ComboResponse;
pub use dialog::{DialogFrame, dialog_ui};
pub use icon::{Icon, paint_done, paint_icon};
pub use label::{Align, Text};
pub use popup::{popup_at, tooltip_ui};
pub use scroll::{BarLook, BarStyle, Scroll, Scrolled, scroll_bar};
pub use text_input::{Field, FieldOptions, FieldResponse, text_field_has_keyboard};

use super::i18n::I18n;
use super::keymap::Keymap;
use super::text::TextPainter;
use super::theme::{Flow, Theme, radius, stroke};

/// What every widget draws with.
pub struct Pen<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Words, for the few that widgets say themselves.
    pub i18n: &'a I18n,
    /// Keys, to print beside what they do.
    pub keymap: &'a Keymap,
    /// The text engine.
    pub text: &'a mut TextPainter,
}

impl Pen<'_> {
    /// The direction in which the interface reads.
    #[must_use]
    pub fn flow(&self) -> Flow {
        Flow { rtl: self.i18n.is_rtl() }
    }

    /// The same pen for a shorter while.
    pub fn again(&mut self) -> Pen<'_> {
        Pen { theme: self.theme, i18n: self.i18n, keymap: self.keymap, text: self.text }
    }

    /// The ring around what has the keyboard: 2 px, 1 px away from the control.
    pub fn focus_ring(&self, painter: &Painter, rect: Rect, corner: f32) {
        let ring = Stroke::new(stroke::RING, self.theme.tokens.focus);
        painter.rect_stroke(rect.expand(1.0), corner + 2.0, ring, StrokeKind::Outside);
    }

    /// The ring, if the response has the keyboard.
    pub fn ring_if_focused(&self, ui: &Ui, response: &Response, corner: f32) {
        if response.has_focus() {
            self.focus_ring(ui.painter(), response.rect, corner);
        }
    }

    /// A separator along the bottom of `rect`.
    pub fn line_below(&self, painter: &Painter, rect: Rect) {
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(stroke::HAIR, self.theme.tokens.line));
    }

    /// A separator along the top of `rect`.
    pub fn line_above(&self, painter: &Painter, rect: Rect) {
        painter.hline(rect.x_range(), rect.top() + 0.5, Stroke::new(stroke::HAIR, self.theme.tokens.line));
    }

    /// A bordered box.
    pub fn boxed(&self, painter: &Painter, rect: Rect, corner: f32, fill: Color32, border: Color32) {
        painter.rect(rect, corner, fill, Stroke::new(stroke::HAIR, border), StrokeKind::Inside);
    }

    /// The card of a popup, with its shadow.
    pub fn card(&self, painter: &Painter, rect: Rect) {
        let shadow = crate::gui::theme::popup_shadow(&self.theme.tokens);
        painter.add(shadow.as_shape(rect, radius::POPUP));
        self.boxed(painter, rect, radius::POPUP, self.theme.tokens.raised, self.theme.tokens.control);
    }
}

/// Says to screen readers what a widget is; `label` may hold isolates, which are left out.
pub fn announce(response: &Response, role: Role, label: &str) {
    let label = super::i18n::without_isolates(label);
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, &label));
}
