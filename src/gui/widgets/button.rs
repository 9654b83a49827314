//! Buttons, chips, segments, key caps, rows.

use egui::accesskit::Role;
use egui::{Color32, Id, Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::icon::{Icon, paint_icon};
use super::label::{Align, Text};
use super::{Pen, announce};
use crate::gui::theme::{Cut, TextRole, middle_of, mix, radius, stroke};

/// How a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Bordered.
    #[default]
    Plain,
    /// Filled: the one that is most likely meant.
    Primary,
    /// Without a border: menus, icon buttons, tabs.
    Quiet,
}

const CAP_HEIGHT: f32 = 18.0;
const CAP_GAP: f32 = 8.0;
const CAP_PART_GAP: f32 = 4.0;
const SIGN: f32 = 9.0;

/// Signs on key caps that are drawn as paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeySign {
    Shift,
    Enter,
    Left,
    Right,
    Up,
    Down,
}

impl KeySign {
    fn of(part: &str) -> Option<Self> {
        Some(match part {
            "\u{21e7}" => Self::Shift,
            "\u{21b5}" => Self::Enter,
            "\u{2190}" => Self::Left,
            "\u{2192}" => Self::Right,
            "\u{2191}" => Self::Up,
            "\u{2193}" => Self::Down,
            _ => return None,
        })
    }

    /// Paints the sign into a square; points are tenths of its side.
    fn paint(self, painter: &Painter, rect: Rect, color: Color32) {
        let pen = Stroke::new(1.2, color);
        let at = |(x, y): (f32, f32)| rect.min + vec2(x, y) * rect.width() / 10.0;
        let line = |points: &[(f32, f32)]| {
            painter.add(egui::Shape::line(points.iter().copied().map(at).collect(), pen));
        };
        match self {
            Self::Shift => {
                let outline = [(5.0, 0.5), (9.5, 5.0), (7.0, 5.0), (7.0, 9.5), (3.0, 9.5), (3.0, 5.0), (0.5, 5.0)];
                painter.add(egui::Shape::closed_line(outline.into_iter().map(at).collect(), pen));
            }
            Self::Enter => {
                line(&[(9.0, 1.0), (9.0, 6.0), (1.0, 6.0)]);
                line(&[(4.0, 3.0), (1.0, 6.0), (4.0, 9.0)]);
            }
            Self::Left => {
                line(&[(9.5, 5.0), (0.8, 5.0)]);
                line(&[(4.0, 1.8), (0.8, 5.0), (4.0, 8.2)]);
            }
            Self::Right => {
                line(&[(0.5, 5.0), (9.2, 5.0)]);
                line(&[(6.0, 1.8), (9.2, 5.0), (6.0, 8.2)]);
            }
            Self::Up => {
                line(&[(5.0, 9.5), (5.0, 0.8)]);
                line(&[(1.8, 4.0), (5.0, 0.8), (8.2, 4.0)]);
            }
            Self::Down => {
                line(&[(5.0, 0.5), (5.0, 9.2)]);
                line(&[(1.8, 6.0), (5.0, 9.2), (8.2, 6.0)]);
            }
        }
    }
}

impl Pen<'_> {
    /// Width of a key cap with this caption; 0 for none.
    pub fn cap_width(&mut self, caption: &str) -> f32 {
        if caption.is_empty() {
            return 0.0;
        }
        (self.caption_width(caption) + 10.0).max(CAP_HEIGHT)
    }

    /// Width of the legends of a caption: words, and signs that no font of ours has.
    fn caption_width(&mut self, caption: &str) -> f32 {
        let mut width = 0.0;
        for part in caption.split(' ') {
            let sign = KeySign::of(part);
            width += CAP_PART_GAP + if sign.is_some() { SIGN } else { self.width(part, TextRole::KeyCap) };
        }
        width - CAP_PART_GAP
    }

    /// A key cap in the middle of `rect`.
    pub fn key_cap(&mut self, painter: &Painter, rect: Rect, caption: &str) {
        let tokens = &self.theme.tokens;
        let (ink, fill, border) = (tokens.text2, tokens.raised, tokens.control);
        self.key_cap_in(painter, rect, caption, ink, fill, border);
    }

    fn key_cap_in(
        &mut self,
        painter: &Painter,
        rect: Rect,
        caption: &str,
        ink: Color32,
        fill: Color32,
        border: Color32,
    ) {
        if caption.is_empty() {
            return;
        }
        let cap = Rect::from_center_size(rect.center(), vec2(self.cap_width(caption), CAP_HEIGHT));
        self.boxed(painter, cap, radius::CAP, fill, border);
        // A caption is a legend on a keyboard: left to right in both interfaces.
        let mut left = cap.center().x - self.caption_width(caption) / 2.0;
        for part in caption.split(' ') {
            if let Some(sign) = KeySign::of(part) {
                let place = Rect::from_center_size(pos2(left + SIGN / 2.0, cap.center().y), vec2(SIGN, SIGN));
                sign.paint(painter, place, ink);
                left += SIGN + CAP_PART_GAP;
            } else {
                let laid = self.text.line(part, TextRole::KeyCap, crate::layout::Base::Ltr, None);
                let top = cap.center().y - laid.size.y / 2.0;
                self.text.paint(painter, &laid, pos2(left, top), ink);
                left += laid.size.x + CAP_PART_GAP;
            }
        }
    }

    /// Width that [`Pen::button`] needs.
    pub fn button_width(&mut self, text: &str, caption: &str) -> f32 {
        let cap = self.cap_width(caption);
        self.width(text, TextRole::UiBold) + 24.0 + if cap > 0.0 { cap + CAP_GAP } else { 0.0 }
    }

    /// A button with a text, and its key if `caption` is not empty.
    pub fn button(&mut self, ui: &mut Ui, rect: Rect, text: &str, caption: &str, kind: ButtonKind) -> Response {
        self.button_if(ui, rect, text, caption, kind, true)
    }

    /// A button that can be off.
    pub fn button_if(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        text: &str,
        caption: &str,
        kind: ButtonKind,
        enabled: bool,
    ) -> Response {
        let id = ui.scope_id().with(("button", text));
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, id, sense);
        let label = super::super::i18n::without_isolates(text);
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, enabled, &label));
        self.button_face(ui, rect, kind, &response, enabled);
        let tokens = &self.theme.tokens;
        let (ink, cap_ground) = match (enabled, kind) {
            (false, _) => (mix(tokens.raised, tokens.text3, 0.6), tokens.raised),
            (true, ButtonKind::Primary) => (tokens.on_ink, tokens.ink),
            (true, _) => (tokens.text, tokens.raised),
        };
        let role = if kind == ButtonKind::Primary { TextRole::UiBold } else { TextRole::Ui };
        let cap = self.cap_width(caption);
        let content = self.width(text, role) + if cap > 0.0 { cap + CAP_GAP } else { 0.0 };
        let inner = Rect::from_center_size(rect.center(), vec2(content.min(rect.width() - 8.0), rect.height()));
        let mut cut = Cut::new(inner, self.flow());
        if cap > 0.0 {
            let cap_rect = cut.end(cap);
            cut.end(CAP_GAP);
            let border = if kind == ButtonKind::Primary { tokens.on_ink } else { tokens.control };
            let cap_ink = if kind == ButtonKind::Primary { tokens.on_ink } else { tokens.text2 };
            self.key_cap_in(ui.painter(), cap_rect, caption, cap_ink, cap_ground, border);
        }
        self.paint_text(ui.painter(), cut.rest, text, Text::new(role, ink));
        self.ring_if_focused(ui, &response, radius::BUTTON);
        response
    }

    fn button_face(&self, ui: &Ui, rect: Rect, kind: ButtonKind, response: &Response, enabled: bool) {
        let tokens = &self.theme.tokens;
        let hovered = enabled && response.hovered();
        let (fill, border) = match kind {
            ButtonKind::Primary if enabled => (tokens.ink, tokens.ink),
            ButtonKind::Primary | ButtonKind::Plain => {
                let border = if enabled { tokens.control } else { tokens.line };
                (if hovered { tokens.hover } else { tokens.raised }, border)
            }
            ButtonKind::Quiet => {
                let fill = if hovered { tokens.hover } else { Color32::TRANSPARENT };
                (fill, Color32::TRANSPARENT)
            }
        };
        let edge = Stroke::new(stroke::HAIR, border);
        ui.painter().rect(rect, radius::BUTTON, fill, edge, StrokeKind::Inside);
    }

    /// A button that shows only an icon; `name` is its tooltip and its name for screen readers.
    pub fn icon_button(&mut self, ui: &mut Ui, rect: Rect, icon: Icon, name: &str) -> Response {
        let id = ui.scope_id().with(("icon button", name));
        let response = ui.interact(rect, id, Sense::click());
        announce(&response, Role::Button, name);
        if response.hovered() {
            ui.painter().rect_filled(rect, radius::BUTTON, self.theme.tokens.hover);
        }
        let glyph = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
        paint_icon(ui.painter(), glyph, icon, self.theme.tokens.text2, self.flow());
        self.ring_if_focused(ui, &response, radius::BUTTON);
        super::tooltip_ui(self, ui, &response, name);
        response
    }

    /// One choice of several, as a row of joined buttons; returns the one that was clicked.
    pub fn segments(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        salt: &str,
        texts: &[&str],
        chosen: Option<usize>,
    ) -> Option<usize> {
        let tokens = self.theme.tokens.clone();
        self.boxed(ui.painter(), rect, radius::BUTTON, tokens.raised, tokens.control);
        let widths: Vec<f32> = texts.iter().map(|text| self.width(text, TextRole::UiBold) + 20.0).collect();
        let total: f32 = widths.iter().sum();
        let stretch = rect.width() / total.max(1.0);
        let mut cut = Cut::new(rect, self.flow());
        let mut clicked = None;
        for (at, text) in texts.iter().enumerate() {
            let width = widths.get(at).copied().unwrap_or_default() * stretch;
            let part = if at + 1 == texts.len() { cut.rest } else { cut.start(width) };
            let response = ui.interact(part, ui.scope_id().with((salt, at)), Sense::click());
            let is_chosen = chosen == Some(at);
            let label = super::super::i18n::without_isolates(text);
            response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, true, is_chosen, &label));
            let ink = if is_chosen {
                ui.painter().rect_filled(part, radius::BUTTON, tokens.ink);
                tokens.on_ink
            } else {
                if response.hovered() {
                    ui.painter().rect_filled(part.shrink(1.0), radius::BUTTON - 1.0, tokens.hover);
                }
                tokens.text
            };
            if at > 0 && !is_chosen && chosen != Some(at - 1) {
                let x = self.flow().start(part);
                ui.painter().vline(x, part.y_range().shrink(1.0), Stroke::new(stroke::HAIR, tokens.line));
            }
            let role = if is_chosen { TextRole::UiBold } else { TextRole::Ui };
            self.paint_text(
                ui.painter(),
                part.shrink2(vec2(2.0, 0.0)),
                text,
                Text::new(role, ink).align(Align::Center),
            );
            self.ring_if_focused(ui, &response, radius::BUTTON);
            if response.clicked() {
                clicked = Some(at);
            }
        }
        clicked
    }

    /// Width that [`Pen::segments`] needs.
    pub fn segments_width(&mut self, texts: &[&str]) -> f32 {
        texts.iter().map(|text| self.width(text, TextRole::UiBold) + 22.0).sum()
    }

    /// Ground of a row of a list: hover, selection with its bar, and the ring.
    pub fn row_ground(&self, ui: &Ui, rect: Rect, response: &Response, selected: bool) {
        let tokens = &self.theme.tokens;
        if selected {
            ui.painter().rect_filled(rect, 0.0, tokens.select);
            ui.painter().rect_filled(self.flow().at_start(rect, 3.0), 0.0, tokens.ink);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, tokens.hover);
        }
        if response.has_focus() {
            let ring = Stroke::new(stroke::RING, tokens.focus);
            ui.painter().rect_stroke(rect, 0.0, ring, StrokeKind::Inside);
        }
    }

    /// A chip with a count: a short sample of its line, a name, a number.
    pub fn chip(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        sample: ChipSample,
        name: &str,
        count: &str,
        level: ChipLevel,
    ) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(("chip", name)), Sense::click());
        let tokens = self.theme.tokens.clone();
        let fill = if response.hovered() { tokens.hover } else { tokens.raised };
        self.boxed(ui.painter(), rect, radius::FIELD, fill, tokens.control);
        let mut cut = Cut::new(rect.shrink2(vec2(8.0, 0.0)), self.flow());
        let line = cut.start(12.0);
        paint_sample(ui.painter(), line, sample, level);
        cut.start(6.0);
        let ink = if level == ChipLevel::Off { tokens.text3 } else { tokens.text };
        let number = cut.end(self.width(count, TextRole::UiBold));
        self.paint_text(ui.painter(), number, count, Text::new(TextRole::UiBold, ink));
        self.paint_text(ui.painter(), cut.rest, name, Text::new(TextRole::Ui, ink));
        if level == ChipLevel::Off {
            ui.painter().hline(rect.x_range().shrink(8.0), rect.center().y, Stroke::new(stroke::HAIR, tokens.text3));
        }
        self.ring_if_focused(ui, &response, radius::FIELD);
        response
    }

    /// Width that [`Pen::chip`] needs.
    pub fn chip_width(&mut self, name: &str, count: &str) -> f32 {
        16.0 + 12.0 + 6.0 + self.width(name, TextRole::Ui) + 8.0 + self.width(count, TextRole::UiBold)
    }

    /// A label's code on its own colour.
    pub fn label_pill(
        &mut self,
        painter: &Painter,
        rect: Rect,
        code: &str,
        colors: crate::gui::theme::LabelColors,
    ) -> Rect {
        let width = self.width(code, TextRole::TagBig) + 16.0;
        let pill = self.flow().at_start(middle_of(rect, 24.0), width);
        painter.rect_filled(pill, radius::CAP, colors.line);
        self.paint_text(painter, pill, code, Text::new(TextRole::TagBig, colors.on).align(Align::Center));
        pill
    }

    /// A choice that is on or off, with its text.
    pub fn check_box(&mut self, ui: &mut Ui, rect: Rect, text: &str, on: bool) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(("check", text)), Sense::click());
        let label = super::super::i18n::without_isolates(text);
        response.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, on, &label));
        let mut cut = Cut::new(rect, self.flow());
        let square = cut.start(16.0);
        cut.start(8.0);
        let icon = if on { Icon::CheckOn } else { Icon::CheckOff };
        paint_icon(ui.painter(), middle_of(square, 15.0), icon, self.theme.tokens.text2, self.flow());
        let ink = self.theme.tokens.text;
        self.paint_text(ui.painter(), cut.rest, text, Text::new(TextRole::Ui, ink));
        self.ring_if_focused(ui, &response, radius::CAP);
        response
    }

    /// A small slanted sign that a list opens here.
    pub fn open_mark(&self, painter: &Painter, rect: Rect) {
        let color = self.theme.tokens.text3;
        paint_icon(painter, Rect::from_center_size(rect.center(), vec2(10.0, 10.0)), Icon::Down, color, self.flow());
    }

    /// A sample of a label's line, 12 px long.
    pub fn line_sample(&self, painter: &Painter, rect: Rect, style: crate::model::LineStyle, color: Color32) {
        use crate::model::LineStyle;
        let (left, right, y) = (rect.left(), rect.right(), rect.center().y);
        let bar = |from: f32, to: f32, top: f32, height: f32| {
            painter.rect_filled(Rect::from_min_max(pos2(from, top), pos2(to.min(right), top + height)), 0.0, color);
        };
        match style {
            LineStyle::Solid => bar(left, right, y - 1.5, 3.0),
            LineStyle::Double => {
                bar(left, right, y - 2.0, 1.5);
                bar(left, right, y + 1.0, 1.5);
            }
            LineStyle::Dashed | LineStyle::Dotted => {
                let (on, off) = if style == LineStyle::Dashed { (5.0, 3.0) } else { (2.0, 2.0) };
                let mut at = left;
                while at < right {
                    bar(at, at + on, y - 1.0, 2.0);
                    at += on + off;
                }
            }
            LineStyle::Wavy => {
                let wave = (0..=24).map(|step| {
                    let x = left + (right - left) * step as f32 / 24.0;
                    pos2(x, y + 2.0 * ((x - left) * std::f32::consts::TAU / 4.0).sin())
                });
                painter.add(egui::Shape::line(wave.collect(), Stroke::new(1.4, color)));
            }
        }
    }
}

/// How much of its layer a chip stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipLevel {
    /// Drawn in full.
    Front,
    /// Drawn thin.
    Calm,
    /// Not drawn.
    Off,
}

/// What a chip shows of its layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChipSample {
    /// A lane.
    Line(Color32),
    /// The double line over a claim.
    DoubleLine(Color32),
    /// The sign of a stance.
    Triangle(Color32),
}

/// Draws the sample of a layer, as thick as the layer is drawn.
fn paint_sample(painter: &Painter, rect: Rect, sample: ChipSample, level: ChipLevel) {
    let thickness = match level {
        ChipLevel::Front => 3.0,
        ChipLevel::Calm => 1.0,
        ChipLevel::Off => return,
    };
    match sample {
        ChipSample::Line(color) => {
            painter.rect_filled(middle_of(rect, thickness), 0.0, color);
        }
        ChipSample::DoubleLine(color) => {
            let line = middle_of(rect, (thickness / 2.0).max(1.0));
            for away in [-2.0, 2.0] {
                painter.rect_filled(line.translate(vec2(0.0, away)), 0.0, color);
            }
        }
        ChipSample::Triangle(color) => {
            let (middle, radius) = (rect.center(), if level == ChipLevel::Front { 5.0 } else { 3.5 });
            let corners = vec![
                middle + vec2(0.0, -radius),
                middle + vec2(radius, radius * 0.8),
                middle + vec2(-radius, radius * 0.8),
            ];
            painter.add(egui::Shape::convex_polygon(corners, color, Stroke::NONE));
        }
    }
}

/// An id that does not depend on a translated text.
#[must_use]
pub fn stable_id(ui: &Ui, salt: &str) -> Id {
    ui.scope_id().with(salt)
}
