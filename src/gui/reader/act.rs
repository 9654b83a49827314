//! Carries out the commands that belong to the reader: what a key or a menu says becomes a command of the session.

use super::ladder::{LadderPopup, words_around};
use super::state::ReaderState;
use super::walk::Way;
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::PanelCtx;
use crate::layout::TextPosition;
use crate::model::{AnnotationId, ArticleId, Attributes, Direction, LabelId, LabelKey, Scheme};
use crate::session::{Command, Edge, EdgeUnit};
use crate::text::{Span, SpanSet};

/// The label on the n-th key of the strip: 0 to 10 plain, 11 to 21 with Shift.
#[must_use]
pub fn label_on_strip(scheme: &Scheme, n: u8) -> Option<&LabelId> {
    const DIGITS: [char; 11] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'];
    let digit = *DIGITS.get(usize::from(n) % DIGITS.len())?;
    let shift = usize::from(n) >= DIGITS.len();
    scheme.label_on(LabelKey { digit, shift }).map(|label| &label.id)
}

impl ReaderState {
    /// Does what a command says.
    pub(super) fn act(&mut self, ctx: &mut PanelCtx<'_>, id: CommandId, now_s: f64) {
        let Some(article) = self.loaded.as_ref().map(|loaded| loaded.id.clone()) else { return };
        let steps_edge =
            matches!(id, CommandId::StartEdge | CommandId::StartEdgeBack | CommandId::EndEdge | CommandId::EndEdgeBack);
        if !steps_edge {
            self.fix_ladder(ctx);
        }
        match id {
            CommandId::Label(n) => self.label(ctx, &article, n),
            CommandId::StartEdge => self.step_edge(ctx, &article, Edge::Start, 1),
            CommandId::StartEdgeBack => self.step_edge(ctx, &article, Edge::Start, -1),
            CommandId::EndEdge => self.step_edge(ctx, &article, Edge::End, 1),
            CommandId::EndEdgeBack => self.step_edge(ctx, &article, Edge::End, -1),
            CommandId::EdgeLeft => self.move_edge(ctx, article, EdgeUnit::Grapheme, true),
            CommandId::EdgeRight => self.move_edge(ctx, article, EdgeUnit::Grapheme, false),
            CommandId::EdgeWordLeft => self.move_edge(ctx, article, EdgeUnit::Word, true),
            CommandId::EdgeWordRight => self.move_edge(ctx, article, EdgeUnit::Word, false),
            CommandId::Delete => delete(ctx, article),
            CommandId::AddFragment => self.add_fragment(ctx, article),
            CommandId::Outward => self.walk(ctx, &article, Way::Outward, now_s),
            CommandId::Inward => self.walk(ctx, &article, Way::Inward, now_s),
            CommandId::NewClaim => self.new_claim(ctx, &article),
            CommandId::ClaimCue => self.claim_cue(ctx, &article),
            CommandId::ClaimSource => self.claim_source(ctx, &article),
            CommandId::NewStance => self.new_stance(ctx, article),
            CommandId::ParagraphDirection => self.turn_paragraph(ctx, article),
            _ => {}
        }
    }

    /// Stores what the open ladder shows, and closes it.
    pub(super) fn fix_ladder(&mut self, ctx: &mut PanelCtx<'_>) {
        let Some(ladder) = self.ladder.take() else { return };
        if let (true, Some(loaded)) = (ladder.is_changed(), &self.loaded) {
            let (article, spans) = (loaded.id.clone(), ladder.chosen());
            run(ctx, Command::SetSpans { article, mention: ladder.mention, spans });
        }
    }

    /// One step back: the ladder, a draft, held pieces, the selection, the focus, the claim that was in focus.
    pub(super) fn escape(&mut self, ctx: &mut PanelCtx<'_>) {
        if self.ladder.take().is_some() {
            return;
        }
        if self.drag.take().is_some() || self.preview.take().is_some() {
            return;
        }
        if ctx.view.draft.take().is_some() {
            return;
        }
        if self.selection.is_some() {
            self.selection.clear();
        } else if self.fragment {
            self.fragment = false;
        } else if ctx.view.focus.is_some() {
            set_focus(ctx, None);
        } else {
            (ctx.view.held, ctx.view.link) = (None, None);
        }
    }

    fn label(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId, n: u8) {
        let Some(label) = label_on_strip(ctx.session.scheme(), n).cloned() else { return };
        let add = |spans| Command::AddMention {
            article: article.clone(),
            label: label.clone(),
            spans,
            attributes: Attributes::new(),
        };
        if let Some(spans) = self.selected() {
            self.clear_selection_after(ctx.session.revision());
            self.fragment = false;
            run(ctx, add(spans));
        } else if let Some(mention) = ctx.view.mention().cloned() {
            run(ctx, Command::SetLabel { article: article.clone(), mention, label });
        } else {
            let word = self.suggested_word(ctx, article).and_then(|span| SpanSet::one(span).ok());
            match word {
                Some(spans) => run(ctx, add(spans)),
                None => say(ctx, "reader-no-word"),
            }
        }
    }

    /// What a label key would take where the caret stands.
    pub(super) fn suggested_word(&self, ctx: &PanelCtx<'_>, article: &ArticleId) -> Option<Span> {
        let ladder = ctx.session.suggest_span(article, self.selection.caret.at).ok().flatten()?;
        (!ladder.default.is_empty()).then_some(ladder.default)
    }

    fn step_edge(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId, edge: Edge, steps: i32) {
        ctx.view.live_edge = Some(edge);
        if let Some(ladder) = &mut self.ladder {
            ladder.step(edge, steps);
            return;
        }
        let selects = self.selection.span();
        if let (None, Some(focus)) = (selects, ctx.view.mention().cloned()) {
            let Some(mention) = ctx.session.set(article).mentions.get(&focus) else { return };
            let Some(text) = self.loaded.as_ref().map(|loaded| loaded.article.text.clone()) else { return };
            let spans = mention.spans.clone();
            let around = words_around(&text, &spans);
            if let Ok(rungs) = ctx.session.ladder(article, around) {
                let mut ladder = LadderPopup::new(&text, focus, spans, rungs, edge);
                ladder.step(edge, steps);
                self.ladder = Some(ladder);
            }
            return;
        }
        if self.selection.pick.is_none() {
            let word = selects.or_else(|| {
                let at = self.selection.caret.at;
                let text = &self.loaded.as_ref()?.article.text;
                crate::text::word_at(text, at)
            });
            if let Some(word) = word {
                self.pick_word(ctx.session, word);
            }
        }
        if let Some(pick) = &mut self.selection.pick {
            pick.step(edge, steps);
        }
    }

    fn move_edge(&mut self, ctx: &mut PanelCtx<'_>, article: ArticleId, unit: EdgeUnit, left: bool) {
        let Some(mention) = ctx.view.mention().cloned() else { return };
        let Some(spans) = ctx.session.set(&article).mentions.get(&mention).map(|found| found.spans.clone()) else {
            return;
        };
        let edge = *ctx.view.live_edge.get_or_insert(Edge::End);
        let at = match edge {
            Edge::Start => spans.start(),
            Edge::End => spans.end(),
        };
        let rtl = self.loaded.as_mut().is_some_and(|loaded| {
            let index = loaded.document.index_of(at);
            loaded.document.is_rtl(index)
        });
        let steps = if left == rtl { 1 } else { -1 };
        run(ctx, Command::MoveEdge { article, mention, edge, unit, steps });
    }

    fn add_fragment(&mut self, ctx: &mut PanelCtx<'_>, article: ArticleId) {
        let focus = ctx.view.mention().cloned();
        let selected = self.selected();
        match (focus, selected) {
            (Some(mention), Some(spans)) => {
                self.clear_selection_after(ctx.session.revision());
                for span in spans.iter() {
                    run(ctx, Command::AddFragment { article: article.clone(), mention: mention.clone(), span });
                }
            }
            (None, Some(_)) => {
                if let Some(loaded) = &self.loaded {
                    self.selection.hold(&loaded.article.text);
                }
            }
            (Some(_), None) => {
                self.fragment = true;
                say(ctx, "reader-select-fragment");
            }
            (None, None) => say(ctx, "reader-nothing-in-focus"),
        }
    }

    fn walk(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId, way: Way, now_s: f64) {
        let focus = ctx.view.focus.clone();
        let set = ctx.session.set(article);
        let step = self.stack.step(set, ctx.view.layers, focus.as_ref(), self.selection.caret.at, way);
        let Some((id, at)) = step else { return };
        let span = set.spans_of(&id).map(crate::text::SpanSet::hull);
        self.selection.move_to(TextPosition::downstream(at), false);
        set_focus(ctx, Some(id));
        if let Some(span) = span {
            self.jump(&mut ctx.text.engine, span, now_s);
        }
    }

    /// Turns the paragraph of the caret the other way, or back to the rule of the article.
    fn turn_paragraph(&mut self, ctx: &mut PanelCtx<'_>, article: ArticleId) {
        let Some(loaded) = &self.loaded else { return };
        let index = loaded.document.index_of(self.selection.caret.at);
        let at = loaded.document.span(index).start();
        let direction = match ctx.session.paragraph_directions(&article).get(&at) {
            Some(_) => None,
            None if loaded.document.is_rtl(index) => Some(Direction::Ltr),
            None => Some(Direction::Rtl),
        };
        run(ctx, Command::SetParagraphDirection { article, at, direction });
    }
}

/// Removes the annotation in focus.
fn delete(ctx: &mut PanelCtx<'_>, article: ArticleId) {
    let Some(focus) = ctx.view.focus.clone() else {
        say(ctx, "reader-nothing-in-focus");
        return;
    };
    run(ctx, Command::Delete { article, what: vec![focus] });
    set_focus(ctx, None);
}

/// Asks the window to change the project.
pub(super) fn run(ctx: &mut PanelCtx<'_>, command: Command) {
    ctx.out.push(UiCommand::Run(Box::new(command)));
}

/// Gives an annotation, or none, the focus.
pub(super) fn set_focus(ctx: &mut PanelCtx<'_>, focus: Option<AnnotationId>) {
    if ctx.view.focus != focus {
        ctx.view.focus.clone_from(&focus);
        ctx.view.live_edge = None;
    }
    ctx.view.keep_focus(focus.as_ref());
    ctx.out.push(UiCommand::Focus(focus));
}

pub(super) fn say(ctx: &mut PanelCtx<'_>, message: &str) {
    let text = ctx.i18n.text(message).to_owned();
    ctx.out.push(UiCommand::Toast { text, undo: false });
}

#[cfg(test)]
mod tests {
    use super::super::sample::news;
    use super::*;

    #[test]
    fn keys_of_the_strip() {
        let scheme = news();
        assert_eq!(label_on_strip(&scheme, 0).unwrap().as_str(), "PER");
        assert_eq!(label_on_strip(&scheme, 9).unwrap().as_str(), "NUM");
        assert_eq!(label_on_strip(&scheme, 10).unwrap().as_str(), "WORK");
        assert!(label_on_strip(&scheme, 11).is_none());
    }
}
