//! Keys that move the caret. All other keys are commands of the window's keymap and come back through [`ReaderState::act`].

use std::sync::Arc;

use egui::{Event, Key, Modifiers, Ui};

use super::act::{run, set_focus};
use super::state::ReaderState;
use crate::gui::ctx::PanelCtx;
use crate::layout::{Engine, Motion, TextPosition, WordMotion};
use crate::text::{Span, tokens};

/// A page keeps this much of what was seen.
const PAGE_SHARE: f32 = 0.9;

/// A move of the caret that a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Move {
    By(Motion),
    Word(WordMotion),
    Page(f32),
}

fn move_of(key: Key, modifiers: Modifiers) -> Option<Move> {
    if modifiers.alt {
        return None;
    }
    let word = modifiers.command || modifiers.ctrl;
    Some(match (key, word) {
        (Key::ArrowLeft, false) => Move::By(Motion::Left),
        (Key::ArrowRight, false) => Move::By(Motion::Right),
        (Key::ArrowLeft, true) => Move::Word(WordMotion::Left),
        (Key::ArrowRight, true) => Move::Word(WordMotion::Right),
        (Key::ArrowUp, false) => Move::By(Motion::Up),
        (Key::ArrowDown, false) => Move::By(Motion::Down),
        (Key::Home, false) => Move::By(Motion::LineStart),
        (Key::End, false) => Move::By(Motion::LineEnd),
        (Key::Home, true) => Move::By(Motion::TextStart),
        (Key::End, true) => Move::By(Motion::TextEnd),
        (Key::PageUp, false) => Move::Page(-PAGE_SHARE),
        (Key::PageDown, false) => Move::Page(PAGE_SHARE),
        _ => return None,
    })
}

impl ReaderState {
    /// Handles the keys of this frame; call it only while the reader has the keyboard.
    pub(super) fn keys(&mut self, ui: &Ui, ctx: &mut PanelCtx<'_>) {
        let now_s = ui.input(|input| input.time);
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Key { key, pressed: true, modifiers, .. } => self.key(ctx, key, modifiers, now_s),
                Event::Copy => {
                    if let Some(text) = self.copied() {
                        ui.ctx().copy_text(text);
                    }
                }
                _ => {}
            }
        }
    }

    fn key(&mut self, ctx: &mut PanelCtx<'_>, key: Key, modifiers: Modifiers, now_s: f64) {
        if let Some(asked) = move_of(key, modifiers) {
            self.fix_ladder(ctx);
            let extend = modifiers.shift;
            if !extend && !self.fragment && ctx.view.focus.is_some() {
                set_focus(ctx, None);
            }
            self.move_caret(&mut ctx.text.engine, asked, extend, now_s);
            return;
        }
        match key {
            Key::Enter if modifiers.is_none() || modifiers.shift_only() => {
                self.fix_ladder(ctx);
                if let Some(command) = ctx.view.take_draft(!modifiers.shift) {
                    run(ctx, command);
                }
            }
            Key::Escape if modifiers.is_none() => self.escape(ctx),
            Key::A if modifiers.command && !modifiers.shift && !modifiers.alt => {
                if let Some(loaded) = &self.loaded {
                    let all = Span::new(0, loaded.article.text.len());
                    self.selection.select(all);
                }
            }
            _ => {}
        }
    }

    fn move_caret(&mut self, engine: &mut Engine, asked: Move, extend: bool, now_s: f64) {
        self.caret_moved_s = now_s;
        self.follow_caret = true;
        let from = self.start_of_move(asked, extend);
        let page_px = self.page_height_px;
        let Some(loaded) = &mut self.loaded else { return };
        let keeps_goal = matches!(asked, Move::By(Motion::Up | Motion::Down) | Move::Page(_));
        if !keeps_goal {
            self.goal_px = None;
        } else if self.goal_px.is_none() {
            self.goal_px = loaded.document.caret(engine, from).map(|caret| caret.shape.x_px);
        }
        let goal_px = self.goal_px;
        let to = match asked {
            Move::By(motion) => loaded.document.move_caret(engine, from, motion, goal_px),
            Move::Word(motion) => {
                let (text, excluded) = (Arc::clone(&loaded.article.text), loaded.excluded.clone());
                let words_of = |span: Span| words_in(&text, &excluded, span);
                loaded.document.move_by_word(engine, from, motion, words_of)
            }
            Move::Page(share) => {
                let distance_px = share * page_px;
                let to = loaded.document.move_by_height(engine, from, distance_px, goal_px);
                loaded.document.scroll_by(distance_px);
                to
            }
        };
        self.selection.move_to(to.unwrap_or(from), extend);
    }

    /// Where a move starts: without Shift, an arrow leaves a selection at its end on that side.
    fn start_of_move(&self, asked: Move, extend: bool) -> TextPosition {
        let caret = self.selection.caret;
        let (Some(anchor), false) = (self.selection.anchor, extend) else { return caret };
        match asked {
            Move::Word(_) | Move::By(Motion::Left | Motion::Right) => caret,
            Move::By(Motion::Up | Motion::LineStart | Motion::TextStart) if anchor.at < caret.at => anchor,
            Move::By(Motion::Down | Motion::LineEnd | Motion::TextEnd) if anchor.at > caret.at => anchor,
            _ => caret,
        }
    }

    /// The selected text, in stored order.
    fn copied(&self) -> Option<String> {
        let text = &self.loaded.as_ref()?.article.text;
        let span = self.selection.span()?;
        span.slice(text).map(str::to_owned)
    }
}

/// The words of a stretch, found when a key asks: those of a whole long article would hold up its first frame. None
/// where the stretch is left out.
fn words_in(text: &str, excluded: &[Span], stretch: Span) -> Vec<Span> {
    if excluded.iter().any(|span| span.contains(stretch.start())) {
        return Vec::new();
    }
    let found = tokens(stretch.slice(text).unwrap_or_default());
    found.iter().filter(|token| token.kind.is_word()).map(|token| token.span.offset_by(stretch.start())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_caret() {
        assert_eq!(move_of(Key::ArrowLeft, Modifiers::NONE), Some(Move::By(Motion::Left)));
        assert_eq!(move_of(Key::ArrowLeft, Modifiers::COMMAND), Some(Move::Word(WordMotion::Left)));
        assert_eq!(move_of(Key::ArrowLeft, Modifiers::ALT), None, "moves an edge");
        assert_eq!(move_of(Key::PageUp, Modifiers::COMMAND), None, "another article");
        assert_eq!(move_of(Key::A, Modifiers::NONE), None);
    }

    #[test]
    fn words_of_a_stretch() {
        let text = "one two, six\nand more";
        assert_eq!(words_in(text, &[], Span::new(4, 12)), [Span::new(4, 7), Span::new(9, 12)]);
        assert_eq!(words_in(text, &[Span::new(12, 21)], Span::new(13, 21)), []);
    }
}
