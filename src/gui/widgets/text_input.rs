//! Text fields over the layout engine's editor: Arabic with the right caret, selection, clipboard, input methods.

use egui::accesskit::Role;
use egui::{Event, EventFilter, ImeEvent, Key, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::Pen;
use super::label::Text;
use crate::gui::text::TextPainter;
use crate::gui::theme::{TextRole, radius, stroke};
use crate::layout::{Base, Motion, TextEditor, WordMotion};
use crate::text::Span;

/// Half a period of the caret's blinking, seconds.
const BLINK_S: f64 = 0.53;

/// A text field's content, caret and undo.
#[derive(Clone, Debug)]
pub struct Field {
    editor: TextEditor,
    touched_s: f64,
}

impl Default for Field {
    fn default() -> Self {
        Self::one_line("")
    }
}

impl Field {
    /// One line with this text.
    #[must_use]
    pub fn one_line(text: &str) -> Self {
        let mut editor = TextEditor::one_line();
        editor.set_text(text);
        // A field at rest shows where its text begins.
        editor.select(Span::new(0, 0));
        Self { editor, touched_s: 0.0 }
    }

    /// Several lines with this text.
    #[must_use]
    pub fn multi_line(text: &str) -> Self {
        let mut editor = TextEditor::multi_line();
        editor.set_text(text);
        Self { editor, touched_s: 0.0 }
    }

    /// The text, without what an input method is still composing.
    #[must_use]
    pub fn text(&self) -> String {
        self.editor.text().into_owned()
    }

    /// Replaces the text from outside, if it differs.
    pub fn set_text(&mut self, text: &str) {
        if self.editor.text() != text {
            self.editor.set_text(text);
            self.editor.select(Span::new(0, 0));
        }
    }

    /// Selects everything, as on entering a field whose value will be replaced.
    pub fn select_all(&mut self) {
        self.editor.select_all();
    }
}

/// How a field looks and behaves.
#[derive(Clone, Copy, Debug)]
pub struct FieldOptions<'a> {
    /// Name for screen readers, and for tests.
    pub name: &'a str,
    /// Stands in an empty field.
    pub hint: &'a str,
    /// Printed at the end of an empty or resting field.
    pub caption: &'a str,
    /// Face of the text.
    pub role: TextRole,
    /// Whether something is wrong with the text.
    pub error: bool,
    /// Space before the text, for an icon that the caller draws.
    pub indent: f32,
    /// Whether the box is drawn.
    pub boxed: bool,
    /// Whether text, path or code always runs left to right.
    pub ltr: bool,
}

impl<'a> FieldOptions<'a> {
    /// A plain field.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self { name, hint: "", caption: "", role: TextRole::Ui, error: false, indent: 0.0, boxed: true, ltr: false }
    }

    /// With a hint for an empty field.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }
}

/// What happened to a field.
#[derive(Clone, Debug)]
pub struct FieldResponse {
    /// The box.
    pub response: Response,
    /// The text is another than before.
    pub changed: bool,
    /// Enter was pressed (in several lines: Ctrl+Enter), or the keyboard went elsewhere: time to keep the text.
    pub committed: bool,
    /// Enter was pressed.
    pub entered: bool,
    /// Esc was pressed; the keyboard is given back.
    pub cancelled: bool,
}

/// Whether a text field has the keyboard, so that letters are text.
#[must_use]
pub fn text_field_has_keyboard(ctx: &egui::Context) -> bool {
    let id = ctx.data(|data| data.get_temp::<egui::Id>(marker()));
    id.is_some() && ctx.memory(egui::Memory::focused) == id
}

fn marker() -> egui::Id {
    egui::Id::unique("text field with keyboard")
}

impl Pen<'_> {
    /// A text field.
    pub fn text_field(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        id: egui::Id,
        field: &mut Field,
        options: FieldOptions<'_>,
    ) -> FieldResponse {
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let before = field.text();
        let mut result = FieldResponse { response, changed: false, committed: false, entered: false, cancelled: false };
        let inner = self.field_inner(rect, field, options);
        if result.response.clicked() || result.response.drag_started() {
            result.response.request_focus();
        }
        let has_focus = result.response.has_focus();
        if result.response.gained_focus() && !result.response.contains_pointer() && field.editor.selection().is_empty()
        {
            let end = before.len();
            field.editor.select(Span::new(end, end));
        }
        if has_focus {
            self.keyboard(ui, id, field, &mut result);
        }
        if result.entered || result.cancelled {
            // The key was for this field; whoever gets the keyboard next must not see it in this frame.
            ui.input_mut(|input| {
                input
                    .events
                    .retain(|event| !matches!(event, Event::Key { key: Key::Enter | Key::Escape, pressed: true, .. }));
            });
        }
        let layout = self.field_layout(field, inner, options);
        self.mouse(ui, field, &result.response, inner, layout.1);
        if result.response.lost_focus() && !result.cancelled {
            result.committed = true;
        }
        let after = field.text();
        result.changed = after != before;
        self.field_face(ui, rect, &result.response, options);
        self.field_text(ui, inner, field, options, result.response.has_focus());
        let name = crate::gui::i18n::without_isolates(options.name);
        result.response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(Role::TextInput, true, &name);
            info.current_text_value = Some(after.clone());
            info
        });
        result
    }

    fn field_inner(&mut self, rect: Rect, field: &Field, options: FieldOptions<'_>) -> Rect {
        let multi = field.editor.is_multi_line();
        let mut cut = crate::gui::theme::Cut::new(rect.shrink2(vec2(8.0, if multi { 6.0 } else { 0.0 })), self.flow());
        cut.start(options.indent);
        let cap = self.cap_width(options.caption);
        if cap > 0.0 {
            cut.end(cap + 4.0);
        }
        cut.rest
    }

    fn field_layout(
        &mut self,
        field: &mut Field,
        inner: Rect,
        options: FieldOptions<'_>,
    ) -> (crate::layout::EditorLayout, f32) {
        let style = self.text.style(options.role);
        // An empty field shows its caret where the interface starts; text decides for itself.
        let base = match (options.ltr, field.text().is_empty()) {
            (true, _) => Base::Ltr,
            (false, true) => Base::from_rtl(self.i18n.is_rtl()),
            (false, false) => Base::Auto,
        };
        let scale = self.text.pixels_per_point();
        let layout = field.editor.layout(&mut self.text.engine, &style, base, inner.width() * scale);
        let top = if field.editor.is_multi_line() {
            inner.top()
        } else {
            self.text.snap(inner.center().y - layout.paragraph.height_px() / scale / 2.0)
        };
        (layout, top)
    }

    fn mouse(&mut self, ui: &Ui, field: &mut Field, response: &Response, inner: Rect, top: f32) {
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let scale = self.text.pixels_per_point();
        let (x, y) = ((pointer.x - inner.left()) * scale, (pointer.y - top) * scale);
        let extend = ui.input(|input| input.modifiers.shift);
        let pressed = ui.input(|input| input.pointer.any_pressed());
        if response.triple_clicked() {
            field.editor.select_all();
        } else if response.double_clicked() {
            let text = field.text();
            if let Some(word) = crate::text::word_at(&text, field.editor.caret().at) {
                field.editor.select(word);
            }
        } else if pressed {
            field.editor.point(&mut self.text.engine, x, y, extend);
        } else if response.dragged() {
            field.editor.point(&mut self.text.engine, x, y, true);
        }
        field.touched_s = ui.input(|input| input.time);
    }

    fn keyboard(&mut self, ui: &Ui, id: egui::Id, field: &mut Field, result: &mut FieldResponse) {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        ui.ctx().data_mut(|data| data.insert_temp(marker(), id));
        let events = ui.input(|input| input.events.clone());
        for event in events {
            if self.event(ui, field, result, &event) {
                field.touched_s = ui.input(|input| input.time);
            }
        }
    }

    /// Applies one event; says whether it was one for a text field.
    fn event(&mut self, ui: &Ui, field: &mut Field, result: &mut FieldResponse, event: &Event) -> bool {
        match event {
            Event::Text(text) => field.editor.insert(text),
            Event::Paste(text) => field.editor.insert(text),
            Event::Copy => ui.ctx().copy_text(field.editor.selected_text().to_owned()),
            Event::Cut => ui.ctx().copy_text(field.editor.cut()),
            Event::Ime(ImeEvent::Preedit { text, active_range_chars }) => {
                let cursor = active_range_chars.as_ref().map(|range| byte_of_char(text, range.end));
                field.editor.set_compose(text, cursor);
            }
            Event::Ime(ImeEvent::Commit(text)) => field.editor.commit(text),
            Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                return self.key(ui, field, result, *key, *physical_key, *modifiers);
            }
            _ => return false,
        }
        true
    }

    fn key(
        &mut self,
        ui: &Ui,
        field: &mut Field,
        result: &mut FieldResponse,
        key: Key,
        physical: Option<Key>,
        modifiers: Modifiers,
    ) -> bool {
        let ctrl = modifiers.command || modifiers.ctrl;
        let extend = modifiers.shift;
        let words = || words_of(&field.editor.text());
        let position = physical.unwrap_or(key);
        let engine = &mut self.text.engine;
        match key {
            Key::Enter if field.editor.is_multi_line() && !ctrl => field.editor.insert("\n"),
            Key::Enter => {
                (result.entered, result.committed) = (true, true);
                result.response.surrender_focus();
            }
            Key::Escape => {
                result.cancelled = true;
                result.response.surrender_focus();
            }
            Key::Backspace if ctrl => {
                let words = words();
                field.editor.delete_word_before(&words);
            }
            Key::Delete if ctrl => {
                let words = words();
                field.editor.delete_word_behind(&words);
            }
            Key::Backspace => field.editor.backspace(),
            Key::Delete => field.editor.delete(),
            Key::ArrowLeft | Key::ArrowRight if ctrl => {
                let words = words();
                let motion = if key == Key::ArrowLeft { WordMotion::Left } else { WordMotion::Right };
                field.editor.move_by_word(engine, motion, &words, extend);
            }
            Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home | Key::End => {
                if let Some(motion) = motion_of(key, ctrl) {
                    field.editor.move_caret(engine, motion, extend);
                }
            }
            _ if ctrl && position == Key::A => field.editor.select_all(),
            _ if ctrl && position == Key::Z && extend => {
                field.editor.redo();
            }
            _ if ctrl && position == Key::Z => {
                field.editor.undo();
            }
            _ => return false,
        }
        ui.ctx().request_repaint();
        true
    }

    fn field_face(&mut self, ui: &Ui, rect: Rect, response: &Response, options: FieldOptions<'_>) {
        let tokens = self.theme.tokens.clone();
        if options.boxed {
            let border = match (options.error, response.hovered()) {
                (true, _) => Stroke::new(2.0, tokens.error),
                (false, true) => Stroke::new(stroke::HAIR, tokens.text3),
                (false, false) => Stroke::new(stroke::HAIR, tokens.control),
            };
            ui.painter().rect(rect, radius::FIELD, tokens.raised, border, StrokeKind::Inside);
            self.ring_if_focused(ui, response, radius::FIELD);
        }
        let cap = self.cap_width(options.caption);
        if cap > 0.0 && !response.has_focus() {
            let place = self.flow().at_end(rect.shrink2(vec2(5.0, 0.0)), cap);
            self.key_cap(ui.painter(), place, options.caption);
        }
    }

    fn field_text(&mut self, ui: &Ui, inner: Rect, field: &mut Field, options: FieldOptions<'_>, has_focus: bool) {
        let tokens = self.theme.tokens.clone();
        let scale = self.text.pixels_per_point();
        let (layout, top) = self.field_layout(field, inner, options);
        let painter = ui.painter().with_clip_rect(inner.expand2(vec2(3.0, 2.0)).intersect(ui.clip_rect()));
        let is_empty = field.text().is_empty() && layout.compose.is_empty();
        if is_empty && !options.hint.is_empty() {
            let line =
                Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), layout.paragraph.height_px() / scale));
            self.paint_text(&painter, line, options.hint, Text::new(options.role, tokens.text3));
        }
        let left = inner.left() + layout.origin_px / scale;
        let mut mesh = self.text.mesh();
        let band = |line: usize, from: f32, to: f32| {
            let line = layout.paragraph.lines().get(line)?;
            let corner = pos2(left + from / scale, top + line.top_px / scale);
            Some(Rect::from_min_size(corner, vec2((to - from) / scale, line.height_px / scale)))
        };
        if has_focus {
            for piece in &layout.selection {
                if let Some(area) = band(piece.line, piece.left_px, piece.right_px) {
                    TextPainter::flat(&mut mesh, area, tokens.sel_text);
                }
            }
        }
        self.text.glyphs(&mut mesh, &layout.paragraph, pos2(left, top), tokens.text);
        for piece in &layout.compose {
            if let Some(area) = band(piece.line, piece.left_px, piece.right_px) {
                let under =
                    Rect::from_min_max(pos2(area.left(), area.bottom() - 3.0), pos2(area.right(), area.bottom() - 2.0));
                TextPainter::flat(&mut mesh, under, tokens.text);
            }
        }
        painter.add(egui::Shape::mesh(mesh));
        if !has_focus {
            return;
        }
        let corner = pos2(left + layout.caret.x_px / scale, top + layout.caret.top_px / scale);
        let caret = Rect::from_min_size(corner - vec2(0.75, 0.0), vec2(1.5, layout.caret.height_px / scale));
        let time = ui.input(|input| input.time);
        if ((time - field.touched_s) / BLINK_S) as i64 % 2 == 0 {
            painter.rect_filled(caret, 0.0, tokens.focus);
        }
        ui.ctx().request_repaint_after_secs(BLINK_S as f32);
        ui.ctx().output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect: inner,
                cursor_rect: caret,
                should_interrupt_composition: false,
            });
        });
    }
}

fn motion_of(key: Key, ctrl: bool) -> Option<Motion> {
    Some(match (key, ctrl) {
        (Key::ArrowLeft, _) => Motion::Left,
        (Key::ArrowRight, _) => Motion::Right,
        (Key::ArrowUp, _) => Motion::Up,
        (Key::ArrowDown, _) => Motion::Down,
        (Key::Home, false) => Motion::LineStart,
        (Key::End, false) => Motion::LineEnd,
        (Key::Home, true) => Motion::TextStart,
        (Key::End, true) => Motion::TextEnd,
        _ => return None,
    })
}

/// Words of a field, for moving and deleting by word: runs without white space.
fn words_of(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(Span::new(from, text.len()));
    }
    words
}

fn byte_of_char(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_between_spaces() {
        let spans = |text| words_of(text).iter().map(|word| (word.start(), word.end())).collect::<Vec<_>>();
        assert_eq!(spans(" ab  c"), [(1, 3), (5, 6)]);
        assert_eq!(spans(""), []);
        assert_eq!(byte_of_char("\u{645}a", 1), 2);
        assert_eq!(byte_of_char("a", 5), 1);
    }
}
