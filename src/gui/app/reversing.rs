//! Undo, redo and revert. What was done to very many articles takes many frames to reverse: it goes on some steps in each,
//! with progress; what else is asked of the project meanwhile is done after it, in order.

use super::App;
use crate::gui::command::UiCommand;
use crate::gui::ctx::Progress;
use crate::session::{Command, CommandError, Outcome, Session};

/// Edits in one frame; about four milliseconds where each is a transaction of its own.
const PER_FRAME: usize = 200;

/// What is under way, and what waits for it.
#[derive(Debug, Default)]
pub struct Reversing {
    command: Option<Command>,
    waiting: Vec<UiCommand>,
}

impl App {
    /// Whether a large change is being taken back or done again.
    pub(super) fn is_reversing(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.reversal().is_some())
    }

    /// Keeps a command back while a reversal is under way, where it changes the project and says by itself what it is
    /// about; gives it back otherwise.
    pub(super) fn or_wait(&mut self, command: UiCommand) -> Option<UiCommand> {
        use UiCommand as U;
        let changes = matches!(command, U::Run(_) | U::RunAll(_) | U::NewEntity { .. } | U::Bulk { .. } | U::Revert(_));
        if changes && self.is_reversing() {
            self.wait_for_reversal(command);
            return None;
        }
        Some(command)
    }

    /// Keeps something until the reversal that is under way has ended.
    pub(super) fn wait_for_reversal(&mut self, command: UiCommand) {
        self.reversing.waiting.push(command);
    }

    /// Undoes, redoes or reverts; what is small is done when this returns.
    pub(super) fn reverse(&mut self, command: Command) {
        let Some(session) = &mut self.session else { return };
        if let Command::Revert { .. } = command {
            self.view.history.refused = None;
        }
        match session.begin_reversal(&command) {
            Ok(()) => {
                self.reversing.command = Some(command);
                self.reverse_further(|session| session.step_reversal(PER_FRAME));
                self.opener.window().request_repaint();
            }
            Err(error) => self.reversed(command, Err(error)),
        }
    }

    pub(super) fn reverse_in_background(&mut self, ctx: &egui::Context) {
        if self.is_reversing() {
            self.reverse_further(|session| session.step_reversal(PER_FRAME));
            ctx.request_repaint();
        }
    }

    /// From now on the steps go back; nothing will have changed.
    pub(super) fn stop_reversing(&mut self) {
        if let Some(session) = &mut self.session {
            session.stop_reversal();
        }
    }

    /// Does the rest, and all that waits for it: before the project is left.
    pub(super) fn finish_reversing(&mut self) {
        while self.is_reversing() {
            self.reverse_further(Session::finish_reversal);
            let ctx = self.opener.window().clone();
            for command in std::mem::take(&mut self.out) {
                self.apply(&ctx, command);
            }
        }
    }

    fn reverse_further(&mut self, step: impl FnOnce(&mut Session) -> Option<Result<Outcome, CommandError>>) {
        let Some(session) = &mut self.session else { return };
        let result = step(session);
        if let Some(now) = session.reversal() {
            let message = match self.reversing.command {
                _ if now.goes_back => "reversal-back",
                Some(Command::Redo) => "redo-progress",
                _ => "undo-progress",
            };
            self.view.progress = Some(Progress { message, done: now.done, total: now.total });
        } else {
            self.view.progress = None;
            if let (Some(command), Some(result)) = (self.reversing.command.take(), result) {
                self.reversed(command, result);
            }
            self.out.append(&mut self.reversing.waiting);
        }
    }

    /// Shows what became of it.
    fn reversed(&mut self, command: Command, result: Result<Outcome, CommandError>) {
        match (command, result) {
            (_, Err(CommandError::Stopped)) => self.toast(self.i18n.text("reversal-stopped").to_owned(), false),
            (Command::Revert { line }, result) => self.reverted(line, result),
            (_, Ok(outcome)) => self.after_reversal(&outcome),
            (_, Err(error)) => self.refused(&error),
        }
    }
}
