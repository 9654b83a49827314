//! Undo, redo and revert: transaction by transaction, all of them or none.
//!
//! What was done to very many articles takes longer to reverse than a frame may last. So a window begins a reversal with
//! [`Session::begin_reversal`] and goes on with [`Session::step_reversal`], frame by frame; until the end, other commands
//! are refused. [`Session::run`] does the same steps in one go.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use super::plan::{check_references, named};
use super::run::{CommitError, storage};
use super::{Command, CommandError, Outcome, Session};
use crate::edit::{Edit, Place, inverse};
use crate::env::Env;
use crate::model::{ArticleId, LineId};

/// Edits of a large revert that go into one transaction, so that its own undo has steps too.
const EDITS_OF_STEP: usize = 200;

/// What one step does.
#[derive(Debug)]
enum Step {
    /// Reverses a line of the history.
    Reverse(LineId),
    /// Makes these edits, which have been checked.
    Make(Vec<Edit>),
}

/// An undo, redo or revert, from where it has come to.
#[derive(Debug)]
pub(super) struct Reversal {
    cause: &'static str,
    batch: Option<String>,
    left: VecDeque<Step>,
    done: Vec<LineId>,
    total: usize,
    /// Why what is done is being taken back.
    refusal: Option<CommandError>,
    /// Whether imports or the scheme have changed.
    reloads: bool,
    /// The articles that have changed; no more than two.
    articles: BTreeSet<ArticleId>,
    /// The ids of the things that have changed; no more than two.
    ids: Vec<String>,
}

/// How far a reversal has come, in transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReversalProgress {
    /// Done, and not taken back again.
    pub done: usize,
    /// All.
    pub total: usize,
    /// Whether what was done is being taken back, because a step could not be done or somebody stopped it.
    pub goes_back: bool,
}

/// Why a step did not happen.
enum NoStep {
    /// The disk has to catch up first.
    Later,
    /// It cannot be.
    Never(CommandError),
}

/// What happens where the disk is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// The step is tried again later: a frame must not wait.
    None,
    /// The first step is refused, because nothing is done yet; the others wait.
    OnceBegun,
    /// Every step waits.
    Whole,
}

impl Reversal {
    fn new(cause: &'static str, left: VecDeque<Step>, env: &Env) -> Self {
        let total = left.len();
        Self {
            cause,
            batch: (total > 1).then(|| env.new_id()),
            left,
            done: Vec::new(),
            total,
            refusal: None,
            reloads: false,
            articles: BTreeSet::new(),
            ids: Vec::new(),
        }
    }

    /// Makes edits that have been checked together. Where they need not be one transaction, many have steps too.
    pub fn of_edits(cause: &'static str, mut edits: Vec<Edit>, needs_one: bool, env: &Env) -> Self {
        let mut left = VecDeque::new();
        while !edits.is_empty() {
            let count = if needs_one { edits.len() } else { edits.len().min(EDITS_OF_STEP) };
            let rest = edits.split_off(count);
            left.push_back(Step::Make(std::mem::replace(&mut edits, rest)));
        }
        Self::new(cause, left, env)
    }

    /// Transactions until the end.
    pub fn steps_left(&self) -> usize {
        // One for the end itself.
        1 + if self.refusal.is_some() { self.done.len() } else { self.left.len() }
    }

    fn note(&mut self, line: LineId, edits: &[Edit]) {
        self.done.push(line);
        self.reloads |= edits.iter().any(|edit| matches!(edit.place, Place::Registration(_) | Place::Scheme));
        for edit in edits {
            if self.articles.len() < 2 {
                self.articles.extend(edit.place.article().cloned());
            }
            if self.ids.len() < 2 {
                self.ids.push(named(&edit.place).1);
            }
        }
    }
}

impl Session {
    /// Begins to undo, redo or revert; [`Session::step_reversal`] does it.
    ///
    /// # Errors
    /// As [`Session::run`], where it is known before the first step; nothing is under way then.
    pub fn begin_reversal(&mut self, command: &Command) -> Result<(), CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        self.refuse_while_reversing()?;
        let reversal = match command {
            Command::Undo => self.plan_undo("undo")?,
            Command::Redo => self.plan_undo("redo")?,
            Command::Revert { line } => self.plan_revert(line)?,
            _ => {
                let reason = "only undo, redo and revert are done step by step".to_owned();
                return Err(CommandError::Invalid { reason });
            }
        };
        self.reversal = Some(reversal);
        Ok(())
    }

    /// Goes on with what is under way until it has made or unmade `edits` edits; a transaction is always done whole. Does
    /// not wait for the disk. The result comes with the last step: all is done, or all that was done is taken back.
    pub fn step_reversal(&mut self, edits: usize) -> Option<Result<Outcome, CommandError>> {
        self.step(edits, Patience::None)
    }

    /// How far an undo, redo or revert has come, if one is under way.
    #[must_use]
    pub fn reversal(&self) -> Option<ReversalProgress> {
        let reversal = self.reversal.as_ref()?;
        let goes_back = reversal.refusal.is_some();
        Some(ReversalProgress { done: reversal.done.len(), total: reversal.total, goes_back })
    }

    /// From now on the steps take back what is done. The result will be [`CommandError::Stopped`].
    pub fn stop_reversal(&mut self) {
        if let Some(reversal) = &mut self.reversal {
            reversal.refusal.get_or_insert(CommandError::Stopped);
        }
    }

    /// Does the rest of what is under way, if anything is, and waits for the disk where it is behind.
    pub fn finish_reversal(&mut self) -> Option<Result<Outcome, CommandError>> {
        self.step(usize::MAX, Patience::Whole)
    }

    pub(super) fn refuse_while_reversing(&self) -> Result<(), CommandError> {
        if self.reversal.is_some() { Err(CommandError::UnderWay) } else { Ok(()) }
    }

    /// All steps in one go.
    pub(super) fn reverse(&mut self, command: &Command) -> Result<Outcome, CommandError> {
        self.begin_reversal(command)?;
        self.step(usize::MAX, Patience::OnceBegun).unwrap_or_else(|| Ok(Outcome::default()))
    }

    fn plan_undo(&mut self, what: &'static str) -> Result<Reversal, CommandError> {
        self.need_own_history();
        if what == "undo" && self.next_undo.is_empty() {
            // What was read for undo may not reach far enough.
            self.read_history().map_err(storage)?;
        }
        let lines = std::mem::take(if what == "undo" { &mut self.next_undo } else { &mut self.next_redo });
        if lines.is_empty() {
            return Err(CommandError::NothingTo { what });
        }
        Ok(Reversal::new(what, lines.into_iter().map(Step::Reverse).collect(), &self.env))
    }

    fn step(&mut self, edits: usize, patience: Patience) -> Option<Result<Outcome, CommandError>> {
        let mut reversal = self.reversal.take()?;
        let mut spent = 0;
        while spent < edits {
            let step = if reversal.refusal.is_some() {
                let Some(line) = reversal.done.pop() else { break };
                let step = self.take_back(&line, patience);
                if matches!(step, Err(NoStep::Later)) {
                    reversal.done.push(line);
                }
                step
            } else {
                let Some(step) = reversal.left.pop_front() else { break };
                self.go_on(&mut reversal, step, patience)
            };
            match step {
                Ok(count) => spent += count.max(1),
                Err(NoStep::Later) => break,
                Err(NoStep::Never(error)) => reversal.refusal = Some(error),
            }
        }
        let is_over = if reversal.refusal.is_some() { reversal.done.is_empty() } else { reversal.left.is_empty() };
        if !is_over {
            self.reversal = Some(reversal);
            return None;
        }
        Some(self.end_reversal(reversal))
    }

    /// The next step. Answers how many edits it was.
    fn go_on(&mut self, reversal: &mut Reversal, step: Step, patience: Patience) -> Result<usize, NoStep> {
        let (reverses, edits) = match &step {
            Step::Make(edits) => (None, edits.clone()),
            Step::Reverse(id) => {
                let Some(line) = self.history.line(id) else {
                    let error = CommandError::NotFound { what: "line of the history", id: id.to_string() };
                    return Err(NoStep::Never(error));
                };
                (Some(id.clone()), inverse(&line.transaction.edits))
            }
        };
        if reverses.is_some() {
            let opened = self.open_around(&edits).map_err(storage);
            let checked = opened.and_then(|()| {
                check_references(&self.state, &edits, &|article| self.catalogue.idx_of(article).is_some())
            });
            checked.map_err(NoStep::Never)?;
        }
        let waits = match patience {
            Patience::None => false,
            Patience::OnceBegun => !reversal.done.is_empty(),
            Patience::Whole => true,
        };
        let commit = if waits { Self::commit_waiting } else { Self::commit };
        match commit(self, reversal.cause, reversal.batch.clone(), reverses, edits) {
            Ok(line) => {
                let made = self.history.line(&line).map(|line| Arc::clone(&line.transaction));
                let edits = made.as_ref().map_or(&[][..], |made| &made.edits);
                reversal.note(line, edits);
                Ok(edits.len())
            }
            Err(CommitError::Busy) if patience == Patience::None => {
                reversal.left.push_front(step);
                Err(NoStep::Later)
            }
            Err(CommitError::TooLarge(reason)) => match step {
                Step::Make(mut edits) if edits.len() > 1 => {
                    reversal.batch.get_or_insert_with(|| self.env.new_id());
                    let rest = edits.split_off(edits.len() / 2);
                    reversal.left.push_front(Step::Make(rest));
                    reversal.left.push_front(Step::Make(edits));
                    reversal.total += 1;
                    Ok(0)
                }
                _ => Err(NoStep::Never(CommitError::TooLarge(reason).into())),
            },
            Err(error) => Err(NoStep::Never(error.into())),
        }
    }

    /// Reverses a line that was done in vain. Answers how many edits it had.
    fn take_back(&mut self, line: &LineId, patience: Patience) -> Result<usize, NoStep> {
        let Some(edits) = self.history.line(line).map(|line| inverse(&line.transaction.edits)) else { return Ok(0) };
        let count = edits.len();
        let commit = if patience == Patience::None { Self::commit } else { Self::commit_waiting };
        match commit(self, "undo", None, Some(line.clone()), edits) {
            Err(CommitError::Busy) if patience == Patience::None => Err(NoStep::Later),
            // If even this cannot be written, writing has failed and the session says so.
            _ => Ok(count),
        }
    }

    /// Reverses lines of a batch that came before one that failed, so that all or nothing holds for the whole.
    pub(super) fn take_back_all(&mut self, done: &[LineId]) {
        for line in done.iter().rev() {
            let _ = self.take_back(line, Patience::Whole);
        }
        self.find_next();
    }

    fn end_reversal(&mut self, reversal: Reversal) -> Result<Outcome, CommandError> {
        if let Some(refusal) = reversal.refusal {
            self.find_next();
            return Err(refusal);
        }
        let only = |mut all: Vec<String>| if all.len() == 1 { all.pop() } else { None };
        let mut outcome = Outcome {
            article: if reversal.articles.len() == 1 { reversal.articles.into_iter().next() } else { None },
            id: only(reversal.ids),
            ..Outcome::default()
        };
        let mut done = reversal.done;
        outcome.line = done.pop();
        if outcome.line.is_some() {
            self.after_commit(reversal.reloads, &mut outcome.notices);
        }
        Ok(outcome)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // After a bug nobody knows what the steps would meet; the journal holds what was done.
        if !std::thread::panicking() {
            self.finish_reversal();
        }
    }
}
