//! The history panel's work: showing it, going to places, taking one change back.

use super::App;
use crate::gui::ctx::{Dialog, InspectorTab, Page, Pane};
use crate::gui::panels::{Refusal, other_annotator};
use crate::model::{AnnotationId, ArticleId, LineId};
use crate::session::{CommandError, Outcome};
use crate::text::Span;

impl App {
    /// Shows the history in the inspector's place; again gives the place back.
    pub(super) fn show_history(&mut self, ctx: &egui::Context) {
        self.view.page = Page::Article;
        if self.view.tab == InspectorTab::History && self.view.settings.inspector {
            self.view.tab = InspectorTab::Details;
            self.view.focus_reader = true;
            return;
        }
        self.view.tab = InspectorTab::History;
        self.show_inspector(ctx);
        self.view.pane = Pane::Inspector;
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
    }

    /// Shows the counts over the project; again goes back to the article.
    pub(super) fn show_statistics(&mut self) {
        self.view.page = match self.view.page {
            Page::Statistics => Page::Article,
            Page::Article | Page::Entity => Page::Statistics,
        };
        self.view.focus_reader = self.view.page == Page::Article;
    }

    /// Lays the set of the n-th other annotator beside the own one, or the last one's; again takes it away.
    pub(super) fn lay_beside(&mut self, at: Option<usize>) {
        let Some(session) = &self.session else { return };
        let who = match at {
            Some(at) => other_annotator(session, at),
            None if self.view.beside.is_some() => self.view.beside.clone(),
            None => self.view.beside_last.clone().or_else(|| other_annotator(session, 0)),
        };
        let Some(who) = who else {
            let text = self.i18n.text("beside-nobody").to_owned();
            self.toast(text, false);
            return;
        };
        if self.view.beside.as_ref() == Some(&who) {
            self.view.beside = None;
        } else {
            self.view.beside = Some(who.clone());
        }
        self.view.beside_last = Some(who);
        self.view.hover_theirs = None;
        self.load_shown();
    }

    /// Opens an article and shows a place in it; the keyboard stays where it is.
    pub(super) fn show_place(&mut self, article: &ArticleId, what: Option<AnnotationId>, span: Option<Span>) {
        let Some(session) = &self.session else { return };
        if session.row(article).is_none() {
            let text = self.i18n.text("history-no-article").to_owned();
            self.toast(text, false);
            return;
        }
        self.open_article(article);
        self.load_shown();
        let is_here =
            |id: &AnnotationId| self.session.as_ref().is_some_and(|session| session.set(article).contains(id));
        match what.filter(is_here) {
            Some(what) => self.focus(Some(what)),
            None => {
                self.view.focus = None;
                self.view.reveal = span.or(self.view.reveal);
            }
        }
    }

    /// Shows what became of taking back a line; a refusal is kept for the panel, with the change that stands in the way.
    pub(super) fn reverted(&mut self, line: LineId, result: Result<Outcome, CommandError>) {
        match result {
            Ok(outcome) => {
                self.after_reversal(&outcome);
                // The new line stands at the top; the old one stays chosen, struck out.
                self.toast(self.i18n.text("history-done").to_owned(), true);
            }
            Err(CommandError::ReadOnly { .. }) => self.view.dialog = Some(Dialog::ReadOnly),
            Err(error) => self.view.history.refused = Some(Refusal { of: line, reason: error.into() }),
        }
    }
}
