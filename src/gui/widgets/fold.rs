//! `+2`: how many further rows stand behind one, to be shown one by one.

use std::hash::Hash;

use egui::accesskit::Role;
use egui::{Id, Sense, Ui};

use super::{Align, Pen, Text, announce, tooltip_ui};
use crate::gui::theme::{Cut, TextRole, middle_of, radius};
use crate::layout::Base;

impl Pen<'_> {
    /// The box at the end of `cut`: `+n`, or with the minus sign while the rows are shown. `name` says what a click
    /// does, for screen readers and as a hint. Answers whether it was clicked.
    pub fn fold_box(
        &mut self,
        ui: &mut Ui,
        cut: &mut Cut,
        id: impl Hash + std::fmt::Debug,
        (count, is_unfolded): (usize, bool),
        name: &str,
    ) -> bool {
        let tokens = self.theme.tokens.clone();
        let sign = if is_unfolded { "\u{2212}" } else { "+" };
        let text = format!("{sign}{}", self.i18n.count(count));
        let width = self.width(&text, TextRole::KeyCap) + 10.0;
        let place = middle_of(cut.end(width), 18.0);
        cut.end(6.0);
        let response = ui.interact(place, Id::unique(id), Sense::click());
        announce(&response, Role::Button, name);
        let fill = if response.hovered() { tokens.hover } else { tokens.raised };
        self.boxed(ui.painter(), place, radius::CAP, fill, tokens.control);
        let mut style = Text::new(TextRole::KeyCap, tokens.text2).align(Align::Center);
        style.base = Some(Base::Ltr);
        self.paint_text(ui.painter(), place, &text, style);
        tooltip_ui(self, ui, &response, name);
        response.clicked()
    }
}
