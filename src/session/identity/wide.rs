//! Commands about mentions of many articles, at once or part by part.
//!
//! A window starts a [`WideJob`] and looks after it between frames. First the sets that the command is about are read, on
//! a thread of their own; nothing has changed then. Then everything is checked, and the edits are handed over in parts of
//! one batch, so that no frame has to wait for thousands of them. Whatever goes wrong on the way takes all parts back.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::edit::{Edit, Place};
use crate::model::{ArticleId, Diagnostic, EntityId, LineId};
use crate::session::plan::check_references;
use crate::session::{Command, CommandError, Outcome, Session, SessionError, Task, TaskProgress, TaskState};
use crate::storage::{Sets, Standing};

/// Sets that are taken in between two frames; about a millisecond.
const SETS_A_PART: usize = 200;

/// Edits that are handed over between two frames; some milliseconds.
const EDITS_A_PART: usize = 100;

/// Sets of articles, as the records have them; nothing where files changed while they were read.
type Read = Option<Vec<(ArticleId, BTreeMap<Place, Standing>)>>;

impl Command {
    /// Whether it may be about the sets of very many articles, so that a window starts it with
    /// [`Session::start_wide`] and never runs it in a frame.
    #[must_use]
    pub const fn is_wide(&self) -> bool {
        matches!(self, Self::MergeEntities { .. } | Self::SplitEntity { .. } | Self::MoveMentions { .. })
    }
}

/// A wide command under way.
#[derive(Debug)]
pub struct WideJob {
    command: Command,
    step: Step,
    /// Articles that the command is about.
    total: usize,
}

#[derive(Debug)]
enum Step {
    /// Finding out what has to be in memory.
    Look,
    /// Sets are read, of the records with so many transactions.
    Read(Task<Read>, u64),
    /// Sets were read and are taken in.
    TakeIn(VecDeque<(ArticleId, BTreeMap<Place, Standing>)>, u64),
    /// Edits are handed over.
    Write(Box<Part>),
}

/// What became of a wide command.
#[derive(Debug)]
pub enum WideState {
    /// Still at work: done, and of how many steps.
    Running(usize, usize),
    /// Done.
    Done(Box<Outcome>),
    /// Refused, or stopped on the way; everything is as it was.
    Failed(CommandError),
}

impl WideJob {
    /// What was asked for.
    #[must_use]
    pub const fn command(&self) -> &Command {
        &self.command
    }

    /// Whether something has been written, so that other commands have to wait.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        matches!(self.step, Step::Write(_))
    }
}

impl Session {
    /// The articles whose sets a wide command looks at or changes.
    fn wide_articles(&self, command: &Command) -> BTreeSet<ArticleId> {
        match command {
            Command::MergeEntities { kept, others } => {
                let about = |id: &EntityId| {
                    let place = Place::Entity(id.clone());
                    self.sets.as_ref().map(|sets| sets.may_refer(&place)).unwrap_or_default()
                };
                others.iter().filter(|id| *id != kept).flat_map(about).collect()
            }
            Command::SplitEntity { mentions, .. } | Command::MoveMentions { mentions, .. } => {
                mentions.iter().map(|(article, _)| article.clone()).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Brings everything into memory that a wide command is about.
    pub(in crate::session) fn open_wide(&mut self, command: &Command) -> Result<(), SessionError> {
        for article in self.wide_articles(command) {
            self.open_own(&article)?;
            // What one of many needs must not make room for another of them.
            self.opened.kept.entry(article).or_insert(self.commits);
        }
        Ok(())
    }

    /// Starts a wide command. Call [`Session::poll_wide`] until it is not running.
    ///
    /// # Errors
    /// [`CommandError::ReadOnly`].
    pub fn start_wide(&self, command: Command) -> Result<WideJob, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        Ok(WideJob { command, step: Step::Look, total: 0 })
    }

    /// Gives a wide command up and takes back what it has written.
    pub fn stop_wide(&mut self, job: WideJob) {
        if let Step::Write(part) = job.step {
            self.take_back_part(&part);
        }
    }

    /// Goes on with a wide command, for some milliseconds; `wake` is called when there is more to do. Between two calls
    /// nothing else should be written: where something was, the command is taken back.
    pub fn poll_wide(&mut self, job: &mut WideJob, wake: &dyn Fn() -> Box<dyn FnOnce() + Send>) -> WideState {
        if self.reversal.is_some() {
            // An undo under way is done first.
            return WideState::Running(0, job.total);
        }
        match std::mem::replace(&mut job.step, Step::Look) {
            Step::Look => self.look_around(job, wake),
            Step::Read(task, of) => match task.poll() {
                TaskState::Running(done, total) => {
                    job.step = Step::Read(task, of);
                    WideState::Running(done, total)
                }
                TaskState::Done(Some(read)) => {
                    job.step = Step::TakeIn(read.into(), of);
                    WideState::Running(0, job.total)
                }
                // The files have changed under the thread: they are read here, with all that this brings.
                TaskState::Done(None) | TaskState::Ended => match self.open_wide(&job.command) {
                    Ok(()) => WideState::Running(0, job.total),
                    Err(error) => WideState::Failed(CommandError::Storage(error.to_string())),
                },
            },
            Step::TakeIn(mut read, of) => {
                for (article, places) in read.drain(..read.len().min(SETS_A_PART)) {
                    self.take_in_set(article, places, of);
                }
                if !read.is_empty() {
                    job.step = Step::TakeIn(read, of);
                }
                WideState::Running(0, job.total)
            }
            Step::Write(part) => self.write_part(job, part),
        }
    }

    /// Reads what is missing; where nothing is, checks everything and begins to write.
    fn look_around(&mut self, job: &mut WideJob, wake: &dyn Fn() -> Box<dyn FnOnce() + Send>) -> WideState {
        let wanted = self.wide_articles(&job.command);
        job.total = wanted.len();
        let opened = self.opened_articles();
        let missing: Vec<ArticleId> = wanted.difference(&opened).cloned().collect();
        if let (false, Some(sets)) = (missing.is_empty(), self.sets.clone()) {
            let of = sets.transactions();
            let work = move |progress: &TaskProgress| read_sets(&sets, missing, progress);
            if let Some(task) = Task::start("sets", wake(), work) {
                job.step = Step::Read(task, of);
                return WideState::Running(0, job.total);
            }
            if let Err(error) = self.open_wide(&job.command) {
                return WideState::Failed(CommandError::Storage(error.to_string()));
            }
        }
        match self.plan_wide(&job.command) {
            Ok((outcome, edits)) if edits.is_empty() => WideState::Done(Box::new(outcome)),
            Ok((outcome, edits)) => {
                let (batch, total) = (self.env.new_id(), edits.len());
                let outcome = Box::new(outcome);
                let part = Part { batch, left: edits.into(), last: None, commits: self.commits, outcome, total };
                job.step = Step::Write(Box::new(part));
                WideState::Running(0, total)
            }
            Err(error) => WideState::Failed(error),
        }
    }

    /// Everything a wide command comes to, with every check passed.
    fn plan_wide(&mut self, command: &Command) -> Result<(Outcome, Vec<Edit>), CommandError> {
        for article in self.wide_articles(command) {
            self.opened.kept.entry(article).or_insert(self.commits);
        }
        let plan = self.plan(command)?;
        check_references(&self.state, &plan.edits, &|article| self.catalogue.idx_of(article).is_some())?;
        let outcome = Outcome { id: plan.id, notices: plan.notices, ..Outcome::default() };
        Ok((outcome, plan.edits))
    }

    /// A set that a thread has read, unless it was opened or the records have changed meanwhile.
    fn take_in_set(&mut self, article: ArticleId, places: BTreeMap<Place, Standing>, of: u64) {
        let is_same = self.sets.as_ref().is_some_and(|sets| sets.transactions() == of);
        if is_same && !self.opened_has(&article) {
            self.put_set(&article, places);
            self.opened.kept.entry(article).or_insert(self.commits);
        }
    }

    fn write_part(&mut self, job: &mut WideJob, mut part: Box<Part>) -> WideState {
        if self.commits != part.commits {
            self.take_back_part(&part);
            let place = "the project".to_owned();
            return WideState::Failed(CommandError::Changed { place });
        }
        let count = part.left.len().min(EDITS_A_PART);
        let edits: Vec<Edit> = part.left.iter().take(count).cloned().collect();
        let is_small = part.last.is_none() && count == part.left.len();
        let batch = (!is_small).then_some(part.batch.as_str());
        let mut notices: Vec<Diagnostic> = Vec::new();
        match self.commit_split(job.command.cause(), batch, edits, &mut notices) {
            Ok(line) => {
                part.left.drain(..count);
                part.outcome.line.clone_from(&line);
                part.last = line;
                part.commits = self.commits;
            }
            // The disk is behind; the next call tries again.
            Err(CommandError::Busy) => {}
            Err(error) => {
                self.take_back_part(&part);
                return WideState::Failed(error);
            }
        }
        if part.left.is_empty() {
            return WideState::Done(part.outcome);
        }
        let (total, written) = (part.total, part.total - part.left.len());
        job.step = Step::Write(part);
        WideState::Running(written, total)
    }

    /// Reverses what was written of a command that cannot go on.
    fn take_back_part(&mut self, part: &Part) {
        if let Some(last) = &part.last {
            let mut lines = self.history.with_batch(last);
            lines.reverse();
            self.take_back_all(&lines);
        }
    }
}

/// What is left to write.
#[derive(Debug)]
struct Part {
    batch: String,
    left: VecDeque<Edit>,
    /// The last line that was written.
    last: Option<LineId>,
    /// Own transactions when it was; more mean that something else was written.
    commits: u64,
    outcome: Box<Outcome>,
    total: usize,
}

fn read_sets(sets: &Sets, articles: Vec<ArticleId>, progress: &TaskProgress) -> Read {
    let total = articles.len();
    let mut read = Vec::with_capacity(total);
    for (done, article) in articles.into_iter().enumerate() {
        if !progress.report(done, total) {
            break;
        }
        // Files may be written anew meanwhile: nothing is concluded from that.
        let places = sets.article_as_it_was(&article)?;
        read.push((article, places));
    }
    Some(read)
}
