//! A field that opens a list of choices; digits take the first ones.

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::label::Text;
use super::{Pen, announce, popup_at};
use crate::gui::command::{Chord, STRIP_KEYS};
use crate::gui::keymap::chord_from_event;
use crate::gui::theme::{Cut, TextRole, radius};

const ROW: f32 = 28.0;
/// More rows scroll.
const MOST_ROWS: usize = 12;

/// What happened to a list of choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComboResponse {
    /// The row that was taken.
    pub picked: Option<usize>,
    /// Whether the list should now be open.
    pub open: bool,
}

impl Pen<'_> {
    /// A field called `name` that shows the chosen one of `texts` and, while `open`, the list of them.
    pub fn combo(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        name: &str,
        texts: &[&str],
        chosen: usize,
        open: bool,
    ) -> ComboResponse {
        let id = ui.scope_id().with(("combo", name));
        let response = ui.interact(rect, id, Sense::click());
        let tokens = self.theme.tokens.clone();
        let shown = texts.get(chosen).copied().unwrap_or_default();
        let (label, value) = (name.to_owned(), super::super::i18n::without_isolates(shown));
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(Role::ComboBox, true, &label);
            info.current_text_value = Some(value.clone());
            info
        });
        let border = if response.hovered() { tokens.text3 } else { tokens.control };
        self.boxed(ui.painter(), rect, radius::FIELD, tokens.raised, border);
        let mut cut = Cut::new(rect.shrink2(vec2(8.0, 0.0)), self.flow());
        let mark = cut.end(10.0);
        cut.end(4.0);
        self.open_mark(ui.painter(), mark);
        self.paint_text(ui.painter(), cut.rest, shown, Text::new(TextRole::Ui, tokens.text));
        self.ring_if_focused(ui, &response, radius::FIELD);
        let mut result = ComboResponse { picked: None, open: open ^ response.clicked() };
        if !open {
            return result;
        }
        let rows = texts.len().min(MOST_ROWS);
        let widest = texts.iter().map(|text| self.width(text, TextRole::Ui)).fold(0.0, f32::max) + 64.0;
        let size = vec2(rect.width().max(widest.min(320.0)), rows as f32 * ROW + 8.0);
        let left = if self.flow().rtl { rect.right() - size.x } else { rect.left() };
        let at = pos2(left, rect.bottom() + 3.0);
        result.picked = popup_at(self, ui, id.with("popup"), at, size, |pen, ui, card| {
            let list = card.shrink2(vec2(1.0, 4.0));
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(list));
            child.set_clip_rect(list);
            let area = ScrollArea::vertical().auto_shrink(false).id_salt("combo rows");
            pen.scroll(area).show(&mut child, |ui| pen.combo_rows(ui, list.width(), texts, chosen))
        });
        let outside = ui.input(|input| input.pointer.any_click()) && !response.clicked();
        if result.picked.is_some() || outside || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            result.open = false;
        }
        result
    }

    fn combo_rows(&mut self, ui: &mut Ui, width: f32, texts: &[&str], chosen: usize) -> Option<usize> {
        let tokens = self.theme.tokens.clone();
        let mut picked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, text) in texts.iter().enumerate() {
            let (_, line) = ui.allocate_space(vec2(width, ROW));
            let response = ui.interact(line, ui.scope_id().with(("choice", at)), Sense::click());
            announce(&response, Role::ListBoxOption, text);
            self.row_ground(ui, line, &response, at == chosen);
            let mut inner = Cut::new(line.shrink2(vec2(10.0, 0.0)), self.flow());
            let caption = if at < 9 { (at + 1).to_string() } else { String::new() };
            let cap = inner.end(self.cap_width(&caption));
            self.key_cap(ui.painter(), cap, &caption);
            inner.end(6.0);
            self.paint_text(ui.painter(), inner.rest, text, Text::new(TextRole::Ui, tokens.text));
            let pressed = STRIP_KEYS.get(at).filter(|_| at < 9).is_some_and(|key| {
                ui.input(|input| input.events.iter().any(|event| chord_from_event(event) == Some(Chord::plain(*key))))
            });
            if response.clicked() || pressed {
                picked = Some(at);
            }
        }
        picked
    }
}
