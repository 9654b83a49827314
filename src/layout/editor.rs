//! The model of a text field: text, caret and selection, input methods, undo. One line or several.
//!
//! Offsets are bytes of the field's text. The text during composition holds the preedit; [`TextEditor::text`] leaves
//! it out.

mod undo;

use super::caret::{CaretShape, TextPosition};
use super::engine::{Engine, clamp_span};
use super::motion::{Motion, WordMotion};
use super::paragraph::Paragraph;
use super::pieces::is_separator;
use super::rects::LineRect;
use super::style::{Base, Face, TextStyle};
use crate::text::Span;
use std::borrow::Cow;
use std::sync::Arc;
use undo::{Step, UndoStack};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// How a field is laid out at the moment.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Frame {
    style: TextStyle,
    base: Base,
    width_px: f32,
}

/// A field ready to be painted. Add `origin_px` to every x of the paragraph.
#[derive(Clone, Debug)]
pub struct EditorLayout {
    /// The text, the preedit included.
    pub paragraph: Arc<Paragraph>,
    /// Where the paragraph's column begins, from the left edge of the field: one-line fields are scrolled by it.
    pub origin_px: f32,
    /// The caret, in the paragraph's coordinates.
    pub caret: CaretShape,
    /// Rectangles of the selection, in the paragraph's coordinates.
    pub selection: Vec<LineRect>,
    /// Rectangles of the preedit, to be underlined.
    pub compose: Vec<LineRect>,
}

/// A text field's text and state.
#[derive(Clone, Debug)]
pub struct TextEditor {
    text: String,
    multi_line: bool,
    caret: TextPosition,
    /// The other end of the selection.
    anchor: usize,
    /// The preedit within `text`.
    compose: Option<Span>,
    goal_px: Option<f32>,
    undo: UndoStack,
    frame: Frame,
    laid_out: Option<Arc<Paragraph>>,
    origin_px: f32,
}

impl TextEditor {
    /// An empty field of one line: separators that are typed or pasted become spaces.
    #[must_use]
    pub fn one_line() -> Self {
        Self::new(false)
    }

    /// An empty field of several lines.
    #[must_use]
    pub fn multi_line() -> Self {
        Self::new(true)
    }

    fn new(multi_line: bool) -> Self {
        let style = TextStyle::new(Face::Sans, 13.0, 20.0);
        Self {
            text: String::new(),
            multi_line,
            caret: TextPosition::default(),
            anchor: 0,
            compose: None,
            goal_px: None,
            undo: UndoStack::default(),
            frame: Frame { style, base: Base::Auto, width_px: 200.0 },
            laid_out: None,
            origin_px: 0.0,
        }
    }

    /// The text without what an input method is still composing.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        let Some(compose) = self.compose else { return Cow::Borrowed(&self.text) };
        let before = self.text.get(..compose.start()).unwrap_or_default();
        let after = self.text.get(compose.end()..).unwrap_or_default();
        Cow::Owned(format!("{before}{after}"))
    }

    /// Replaces all of the text from outside; undo begins anew, the caret goes to the end.
    pub fn set_text(&mut self, text: &str) {
        self.text = self.admitted(text).into_owned();
        self.compose = None;
        self.undo = UndoStack::default();
        self.touch();
        self.put_caret(TextPosition::upstream(self.text.len()), false);
    }

    /// Whether it may hold several lines.
    #[must_use]
    pub const fn is_multi_line(&self) -> bool {
        self.multi_line
    }

    /// The place of the caret.
    #[must_use]
    pub const fn caret(&self) -> TextPosition {
        self.caret
    }

    /// The selected bytes; empty if nothing is selected.
    #[must_use]
    pub fn selection(&self) -> Span {
        clamp_span(Span::new(self.anchor, self.caret.at), self.text.len())
    }

    /// The selected text, for the clipboard.
    #[must_use]
    pub fn selected_text(&self) -> &str {
        self.selection().slice(&self.text).unwrap_or_default()
    }

    /// Whether an input method is composing.
    #[must_use]
    pub const fn is_composing(&self) -> bool {
        self.compose.is_some()
    }

    // ---- changing text -------------------------------------------------------------------------------------------

    /// Types or pastes text in place of the selection.
    pub fn insert(&mut self, text: &str) {
        self.clear_compose();
        let text = self.admitted(text).into_owned();
        self.replace(self.selection(), &text);
    }

    /// Deletes the selection, or what is before the caret: a mark on a letter alone, else a whole grapheme.
    pub fn backspace(&mut self) {
        self.clear_compose();
        let selection = self.selection();
        let span = if selection.is_empty() { self.backspace_span() } else { selection };
        self.replace(span, "");
    }

    /// Deletes the selection, or the grapheme behind the caret.
    pub fn delete(&mut self) {
        self.clear_compose();
        let selection = self.selection();
        let at = self.caret.at;
        let span =
            if selection.is_empty() { Span::new(at, crate::text::next_grapheme(&self.text, at)) } else { selection };
        self.replace(span, "");
    }

    /// Deletes the selection, or from the caret to the start of the word before it (`words` ascending).
    pub fn delete_word_before(&mut self, words: &[Span]) {
        let at = self.caret.at;
        let before = words.partition_point(|word| word.start() < at);
        let start = before.checked_sub(1).and_then(|word| words.get(word)).map_or(0, |word| word.start());
        self.delete_to(start);
    }

    /// Deletes the selection, or from the caret to the end of the word behind it (`words` ascending).
    pub fn delete_word_behind(&mut self, words: &[Span]) {
        let at = self.caret.at;
        let word = words.get(words.partition_point(|word| word.end() <= at));
        self.delete_to(word.map_or(self.text.len(), |word| word.end()));
    }

    fn delete_to(&mut self, to: usize) {
        self.clear_compose();
        let selection = self.selection();
        let span =
            if selection.is_empty() { clamp_span(Span::new(self.caret.at, to), self.text.len()) } else { selection };
        self.replace(span, "");
    }

    /// Removes the selected text and gives it, for the clipboard.
    pub fn cut(&mut self) -> String {
        self.clear_compose();
        let cut = self.selected_text().to_owned();
        self.replace(self.selection(), "");
        cut
    }

    /// Takes the last change back. False if there is none.
    pub fn undo(&mut self) -> bool {
        self.clear_compose();
        let Some(step) = self.undo.back() else { return false };
        let span = Span::new(step.at, step.at + step.inserted.len());
        self.splice(span, &step.removed);
        self.anchor = step.before.0.min(self.text.len());
        self.caret = step.before.1;
        true
    }

    /// Makes a change that was taken back again. False if there is none.
    pub fn redo(&mut self) -> bool {
        self.clear_compose();
        let Some(step) = self.undo.forth() else { return false };
        let span = Span::new(step.at, step.at + step.removed.len());
        self.splice(span, &step.inserted);
        self.put_caret(TextPosition::upstream(step.at + step.inserted.len()), false);
        true
    }

    // ---- input methods -------------------------------------------------------------------------------------------

    /// Shows what an input method is composing in place of the selection or of the earlier preedit. `cursor` is the
    /// place of the caret in it, in bytes; without it the caret stands behind it.
    pub fn set_compose(&mut self, preedit: &str, cursor: Option<usize>) {
        self.clear_compose();
        if preedit.is_empty() {
            return;
        }
        if !self.selection().is_empty() {
            self.replace(self.selection(), "");
        }
        let at = self.caret.at;
        let preedit = self.admitted(preedit).into_owned();
        self.splice(Span::new(at, at), &preedit);
        self.compose = Some(Span::new(at, at + preedit.len()));
        let cursor = cursor.unwrap_or(preedit.len()).min(preedit.len());
        self.put_caret(TextPosition::upstream(at + cursor), false);
    }

    /// Takes the preedit away.
    pub fn clear_compose(&mut self) {
        if let Some(compose) = self.compose.take() {
            self.splice(compose, "");
            self.put_caret(TextPosition::upstream(compose.start()), false);
        }
    }

    /// Types what an input method decided on, in place of its preedit.
    pub fn commit(&mut self, text: &str) {
        self.insert(text);
    }

    // ---- caret ---------------------------------------------------------------------------------------------------

    /// Selects bytes; the caret stands at the end.
    pub fn select(&mut self, span: Span) {
        let span = clamp_span(span, self.text.len());
        self.put_caret(TextPosition::upstream(span.end()), false);
        self.anchor = self.text.floor_char_boundary(span.start());
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.select(Span::new(0, self.text.len()));
    }

    /// Moves the caret; `extend` keeps the other end of the selection. Without `extend` Left and Right first go to
    /// that side of a selection. False if nothing moved.
    pub fn move_caret(&mut self, engine: &mut Engine, motion: Motion, extend: bool) -> bool {
        self.clear_compose();
        let paragraph = self.laid_out(engine);
        if !extend && !self.selection().is_empty() && matches!(motion, Motion::Left | Motion::Right) {
            let place = self.selection_side(&paragraph, motion == Motion::Right);
            self.put_caret(place, false);
            return true;
        }
        let vertical = matches!(motion, Motion::Up | Motion::Down);
        let goal_px = if vertical { self.goal_px.or_else(|| Some(paragraph.caret(self.caret).x_px)) } else { None };
        let moved = paragraph.move_caret(self.caret, motion, goal_px);
        // Up on the first line goes to the start, Down on the last to the end, as everywhere.
        let moved = moved.or(match motion {
            Motion::Up => Some(TextPosition::downstream(0)),
            Motion::Down => Some(TextPosition::upstream(self.text.len())),
            _ => None,
        });
        let changed = moved.is_some_and(|moved| moved != self.caret) || (!extend && !self.selection().is_empty());
        self.put_caret(moved.unwrap_or(self.caret), extend);
        self.goal_px = goal_px;
        changed
    }

    /// Moves by words (`words` in bytes of the text, ascending), to the ends of the text behind the last of them.
    pub fn move_by_word(&mut self, engine: &mut Engine, motion: WordMotion, words: &[Span], extend: bool) {
        self.clear_compose();
        let paragraph = self.laid_out(engine);
        let rtl = paragraph.lines().get(paragraph.line_of(self.caret)).is_some_and(|line| line.rtl);
        let onwards = match motion {
            WordMotion::Next => true,
            WordMotion::Previous => false,
            WordMotion::Left => rtl,
            WordMotion::Right => !rtl,
        };
        let end = if onwards { TextPosition::upstream(self.text.len()) } else { TextPosition::downstream(0) };
        let moved = paragraph.move_by_word(self.caret, motion, words).unwrap_or(end);
        self.put_caret(moved, extend);
    }

    /// Puts the caret at a point of the field (its top left corner is 0, 0), as a click or a drag does.
    pub fn point(&mut self, engine: &mut Engine, x_px: f32, y_px: f32, extend: bool) {
        self.clear_compose();
        let place = self.laid_out(engine).hit(x_px - self.origin_px, y_px);
        self.put_caret(place, extend);
    }

    // ---- layout --------------------------------------------------------------------------------------------------

    /// Lays the field out in that width; a one-line field is scrolled so that its caret is seen.
    pub fn layout(&mut self, engine: &mut Engine, style: &TextStyle, base: Base, width_px: f32) -> EditorLayout {
        let frame = Frame { style: *style, base, width_px: width_px.max(1.0) };
        if frame != self.frame {
            self.frame = frame;
            self.laid_out = None;
        }
        let paragraph = self.laid_out(engine);
        self.caret = paragraph.settled(self.caret);
        let mut caret = paragraph.caret(self.caret);
        if self.multi_line {
            // Behind spaces that hang over the end of the column the caret stays at its edge.
            caret.x_px = caret.x_px.clamp(0.0, paragraph.width_px());
            self.origin_px = 0.0;
        } else {
            self.scroll_to_caret(&paragraph, caret.x_px);
        }
        let selection = paragraph.rects(self.selection());
        let compose = self.compose.map(|span| paragraph.rects(span)).unwrap_or_default();
        EditorLayout { origin_px: self.origin_px, caret, selection, compose, paragraph }
    }

    fn scroll_to_caret(&mut self, paragraph: &Paragraph, caret_px: f32) {
        /// Room that the caret itself takes beside the last letter.
        const CARET_PX: f32 = 2.0;
        let free_px = self.frame.width_px - paragraph.width_px() - CARET_PX;
        if free_px >= 0.0 {
            self.origin_px = if paragraph.is_rtl() { free_px + CARET_PX } else { 0.0 };
            return;
        }
        let at_left_px = -caret_px;
        let at_right_px = self.frame.width_px - CARET_PX - caret_px;
        self.origin_px = self.origin_px.clamp(free_px, CARET_PX).max(at_left_px).min(at_right_px);
    }

    fn laid_out(&mut self, engine: &mut Engine) -> Arc<Paragraph> {
        if let Some(paragraph) = &self.laid_out {
            return Arc::clone(paragraph);
        }
        let Frame { style, base, width_px } = self.frame;
        let width_px = self.multi_line.then_some(width_px);
        let paragraph = Arc::new(engine.paragraph(&self.text, &style, base, width_px));
        self.laid_out = Some(Arc::clone(&paragraph));
        paragraph
    }

    // ---- inside --------------------------------------------------------------------------------------------------

    /// The text as this field may hold it.
    fn admitted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.multi_line {
            if text.contains('\r') {
                Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
            } else {
                Cow::Borrowed(text)
            }
        } else if text.contains(is_separator) {
            Cow::Owned(text.trim_matches(is_separator).replace("\r\n", " ").replace(is_separator, " "))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// A change that can be undone.
    fn replace(&mut self, span: Span, text: &str) {
        if span.is_empty() && text.is_empty() {
            return;
        }
        let removed = span.slice(&self.text).unwrap_or_default().to_owned();
        let before = (self.anchor, self.caret);
        self.undo.push(Step { at: span.start(), removed, inserted: text.to_owned(), before });
        self.splice(span, text);
        self.put_caret(TextPosition::upstream(span.start() + text.len()), false);
    }

    fn splice(&mut self, span: Span, text: &str) {
        let start = self.text.floor_char_boundary(span.start());
        let end = self.text.floor_char_boundary(span.end()).max(start);
        self.text.replace_range(start..end, text);
        self.touch();
    }

    fn touch(&mut self) {
        self.laid_out = None;
        self.goal_px = None;
    }

    fn put_caret(&mut self, place: TextPosition, extend: bool) {
        let at = self.text.floor_char_boundary(place.at);
        self.caret = TextPosition { at, ..place };
        if !extend {
            self.anchor = at;
        }
        self.goal_px = None;
    }

    fn selection_side(&self, paragraph: &Paragraph, right: bool) -> TextPosition {
        let selection = self.selection();
        let start = TextPosition::downstream(selection.start());
        let end = TextPosition::upstream(selection.end());
        let (start_caret, end_caret) = (paragraph.caret(start), paragraph.caret(end));
        let start_is_right =
            if start_caret.line == end_caret.line { start_caret.x_px > end_caret.x_px } else { paragraph.is_rtl() };
        if start_is_right == right { start } else { end }
    }

    /// What one backspace deletes. Platforms take a mark off its letter first (tashkeel, a Latin accent), and delete
    /// an emoji or any other grapheme whole.
    fn backspace_span(&self) -> Span {
        let at = self.caret.at;
        let start = crate::text::prev_grapheme(&self.text, at);
        let grapheme = self.text.get(start..at).unwrap_or_default();
        let last = grapheme.char_indices().next_back();
        match last {
            Some((offset, c)) if offset > 0 && is_mark(c) => Span::new(start + offset, at),
            _ => Span::new(start, at),
        }
    }
}

/// A mark that was typed on its own, and the joiners of Persian and Arabic spelling. Variation selectors are part of
/// an emoji.
fn is_mark(c: char) -> bool {
    match c {
        '\u{200c}' => true,
        '\u{fe00}'..='\u{fe0f}' => false,
        _ => c.general_category() == GeneralCategory::NonspacingMark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> TextEditor {
        let mut editor = TextEditor::one_line();
        editor.insert(text);
        editor
    }

    #[test]
    fn typing_replaces_the_selection_and_can_be_undone() {
        let mut editor = field("abc def");
        editor.select(Span::new(4, 7));
        editor.insert("xyz");
        assert_eq!(editor.text(), "abc xyz");
        assert!(editor.undo());
        assert_eq!((editor.text().as_ref(), editor.selection()), ("abc def", Span::new(4, 7)));
        assert!(editor.redo());
        assert_eq!(editor.text(), "abc xyz");
        assert!(editor.undo() && editor.undo() && !editor.undo());
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn letters_typed_one_by_one_are_undone_by_word() {
        let mut editor = TextEditor::one_line();
        for letter in ["a", "b", " ", "c", "d"] {
            editor.insert(letter);
        }
        assert!(editor.undo());
        assert_eq!(editor.text(), "ab ");
        assert!(editor.undo());
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn backspace_takes_a_mark_then_its_letter_and_an_emoji_at_once() {
        let mut editor = field("\u{645}\u{64f}\u{1f469}\u{200d}\u{1f467}");
        editor.backspace();
        assert_eq!(editor.text(), "\u{645}\u{64f}");
        editor.backspace();
        assert_eq!(editor.text(), "\u{645}");
        editor.backspace();
        assert_eq!(editor.text(), "");
        editor.backspace();
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn delete_takes_a_letter_with_its_marks() {
        let mut editor = field("\u{645}\u{64f}\u{62d}");
        editor.select(Span::new(0, 0));
        editor.delete();
        assert_eq!(editor.text(), "\u{62d}");
    }

    #[test]
    fn a_field_of_one_line_takes_no_separators() {
        assert_eq!(field("a\r\nb\u{2029}c\n").text(), "a b c");
        let mut editor = TextEditor::multi_line();
        editor.insert("a\r\nb\rc");
        assert_eq!(editor.text(), "a\nb\nc");
    }

    #[test]
    fn a_preedit_is_no_text_until_it_is_committed() {
        let mut editor = field("ab");
        editor.select(Span::new(1, 1));
        editor.set_compose("\u{6a9}\u{627}", Some(2));
        assert!(editor.is_composing());
        assert_eq!((editor.text().as_ref(), editor.caret().at), ("ab", 3));
        editor.set_compose("\u{6a9}", None);
        assert_eq!(editor.caret().at, 3);
        editor.commit("\u{6a9}\u{6a9}");
        assert_eq!(editor.text(), "a\u{6a9}\u{6a9}b");
        assert!(editor.undo());
        assert_eq!(editor.text(), "ab");
        editor.set_compose("x", None);
        editor.clear_compose();
        assert_eq!((editor.text().as_ref(), editor.caret().at), ("ab", 1));
    }

    #[test]
    fn left_moves_left_in_both_directions_of_text() {
        let mut engine = Engine::new();
        let style = TextStyle::new(Face::Sans, 13.0, 20.0);
        let mut editor = field("\u{633}\u{644}\u{645}");
        editor.layout(&mut engine, &style, Base::Auto, 200.0);
        assert!(!editor.move_caret(&mut engine, Motion::Left, false), "the end of Arabic text is at its left");
        assert!(editor.move_caret(&mut engine, Motion::Right, false));
        assert_eq!(editor.caret().at, 4);
        assert!(editor.move_caret(&mut engine, Motion::Right, true));
        assert_eq!(editor.selection(), Span::new(2, 4));
        // Without Shift, Left goes to the left side of the selection, which is its end.
        assert!(editor.move_caret(&mut engine, Motion::Left, false));
        assert_eq!((editor.caret().at, editor.selection().is_empty()), (4, true));
        let mut editor = field("abc");
        editor.layout(&mut engine, &style, Base::Auto, 200.0);
        assert!(editor.move_caret(&mut engine, Motion::Left, false));
        assert_eq!(editor.caret().at, 2);
    }

    #[test]
    fn a_long_line_is_scrolled_to_its_caret() {
        let mut engine = Engine::new();
        let style = TextStyle::new(Face::Sans, 13.0, 20.0);
        for text in ["abcdef ".repeat(20), "\u{633}\u{644}\u{627}\u{645} ".repeat(20)] {
            let mut editor = field(&text);
            for motion in [Motion::TextEnd, Motion::TextStart, Motion::TextEnd] {
                editor.move_caret(&mut engine, motion, false);
                let layout = editor.layout(&mut engine, &style, Base::Auto, 100.0);
                let seen_px = layout.origin_px + layout.caret.x_px;
                assert!((0.0..=100.0).contains(&seen_px), "{motion:?} in {text:?}: {seen_px}");
            }
        }
    }

    #[test]
    fn a_click_lands_between_the_letters_under_it() {
        let mut engine = Engine::new();
        let style = TextStyle::new(Face::Sans, 13.0, 20.0);
        let mut editor = field("abc");
        let layout = editor.layout(&mut engine, &style, Base::Rtl, 200.0);
        let x_px = layout.origin_px + layout.paragraph.clusters()[1].left_px + 0.5;
        editor.point(&mut engine, x_px, 10.0, false);
        assert_eq!(editor.caret().at, 1);
        editor.point(&mut engine, 199.0, 10.0, true);
        assert_eq!(editor.selection(), Span::new(1, 3));
    }

    #[test]
    fn lines_are_walked_with_the_remembered_x() {
        let mut engine = Engine::new();
        let style = TextStyle::new(Face::Sans, 13.0, 20.0);
        let mut editor = TextEditor::multi_line();
        editor.insert("abcdef\nx\nabcdef");
        editor.layout(&mut engine, &style, Base::Auto, 300.0);
        assert!(editor.move_caret(&mut engine, Motion::Up, false));
        assert_eq!(editor.caret().at, 8);
        assert!(editor.move_caret(&mut engine, Motion::Up, false));
        assert_eq!(editor.caret().at, 6);
        assert!(editor.move_caret(&mut engine, Motion::Down, true));
        assert_eq!(editor.selection(), Span::new(6, 8));
    }

    #[test]
    fn words_are_deleted_whole() {
        let words = [Span::new(0, 3), Span::new(4, 7)];
        let mut editor = field("abc def");
        editor.delete_word_before(&words);
        assert_eq!(editor.text(), "abc ");
        let mut editor = field("abc def");
        editor.select(Span::new(0, 0));
        editor.delete_word_behind(&words);
        assert_eq!(editor.text(), " def");
        assert!(editor.undo());
        editor.select_all();
        assert_eq!(editor.cut(), "abc def");
        assert_eq!(editor.text(), "");
    }
}
