//! Labels: one line cut at its logical end, or several lines.

use egui::accesskit::Role;
use egui::{Color32, Painter, Pos2, Rect, Sense, Ui, pos2, vec2};

use super::Pen;
use crate::gui::text::Laid;
use crate::gui::theme::TextRole;
use crate::layout::Base;

/// Side on which a label stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// The interface's start side.
    #[default]
    Start,
    /// The interface's end side.
    End,
    /// The middle.
    Center,
    /// The start side of the text's own direction: article text in lists and panels.
    Own,
}

/// How a label looks.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Face and size.
    pub role: TextRole,
    /// Colour.
    pub color: Color32,
    /// Side.
    pub align: Align,
    /// Base direction: of the interface (`None`) or another.
    pub base: Option<Base>,
}

impl Text {
    /// Interface text at the start side.
    #[must_use]
    pub fn new(role: TextRole, color: Color32) -> Self {
        Self { role, color, align: Align::Start, base: None }
    }

    /// On another side.
    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// User text: in its own direction, and on its own side unless told otherwise.
    #[must_use]
    pub fn own(mut self) -> Self {
        self.base = Some(Base::Auto);
        self.align = Align::Own;
        self
    }

    /// User text in its own direction, but on the side that stands in `align`.
    #[must_use]
    pub fn auto(mut self) -> Self {
        self.base = Some(Base::Auto);
        self
    }
}

impl Pen<'_> {
    fn base(&self, style: Text) -> Base {
        style.base.unwrap_or(Base::from_rtl(self.i18n.is_rtl()))
    }

    /// Width of a text on one line, logical px.
    pub fn width(&mut self, text: &str, role: TextRole) -> f32 {
        let base = Base::from_rtl(self.i18n.is_rtl());
        self.text.line(text, role, base, None).size.x
    }

    /// Paints one line in `rect`, vertically in its middle, cut at its logical end if it is too long; returns the box
    /// of the ink. Nothing is said to screen readers.
    pub fn paint_text(&mut self, painter: &Painter, rect: Rect, text: &str, style: Text) -> Rect {
        let base = self.base(style);
        let laid = self.text.line(text, style.role, base, Some(rect.width()));
        let left = self.left(rect, &laid, style.align);
        let top = rect.center().y - laid.size.y / 2.0;
        self.paint_laid(painter, &laid, pos2(left, top), style.color)
    }

    /// Paints several lines from the top of `rect`, as wide as `rect`; returns their box.
    pub fn paint_wrapped(&mut self, painter: &Painter, rect: Rect, text: &str, style: Text) -> Rect {
        let base = self.base(style);
        let laid = self.text.wrapped(text, style.role, base, rect.width());
        self.paint_laid(painter, &laid, rect.min, style.color);
        Rect::from_min_size(rect.min, vec2(rect.width(), laid.size.y))
    }

    /// Height of a text that is wrapped at `width`.
    pub fn wrapped_height(&mut self, text: &str, role: TextRole, width: f32) -> f32 {
        let base = Base::from_rtl(self.i18n.is_rtl());
        self.text.wrapped(text, role, base, width).size.y
    }

    fn left(&self, rect: Rect, laid: &Laid, align: Align) -> f32 {
        let at_right = match align {
            Align::Center => return rect.center().x - laid.size.x / 2.0,
            Align::Start => self.i18n.is_rtl(),
            Align::End => !self.i18n.is_rtl(),
            Align::Own => laid.rtl,
        };
        if at_right { rect.right() - laid.size.x } else { rect.left() }
    }

    fn paint_laid(&mut self, painter: &Painter, laid: &Laid, at: Pos2, color: Color32) -> Rect {
        self.text.paint(painter, laid, at, color);
        Rect::from_min_size(at, laid.size)
    }

    /// A label of one line, with its node for screen readers.
    pub fn label(&mut self, ui: &mut Ui, rect: Rect, text: &str, style: Text) -> Rect {
        let ink = self.paint_text(ui.painter(), rect, text, style);
        let id = ui.scope_id().with(("label", text, rect.top() as i32, rect.left() as i32));
        super::announce(&ui.interact(ink, id, Sense::hover()), Role::Label, text);
        ink
    }

    /// A label of several lines that takes its height from `ui`.
    pub fn paragraph(&mut self, ui: &mut Ui, text: &str, style: Text) -> Rect {
        let base = self.base(style);
        let width = ui.available_width();
        let height = self.text.wrapped(text, style.role, base, width).size.y;
        let (id, rect) = ui.allocate_space(vec2(width, height));
        self.paint_wrapped(ui.painter(), rect, text, style);
        super::announce(&ui.interact(rect, id, Sense::hover()), Role::Label, text);
        rect
    }
}
