//! What goes on behind a session: checkpoints are written, and what threads have read is taken in.

use std::thread::JoinHandle;

use super::Session;
use crate::model::LineId;
use crate::storage::Sets;

/// A checkpoint being written.
#[derive(Debug)]
pub(super) struct CheckpointJob {
    thread: JoinHandle<Option<Sets>>,
    /// The last own line when it began.
    last: LineId,
    /// Own transactions by then.
    commits: u64,
}

impl Session {
    /// Takes in what threads have prepared: lines of the history, a checkpoint that was written. Quick: for between two
    /// frames. Answers whether what can be seen has changed.
    pub fn attend(&mut self) -> bool {
        if self.checkpoint.as_ref().is_some_and(|job| job.thread.is_finished()) {
            self.finish_checkpoint();
        }
        self.poll_history()
    }

    /// Whether there is something that the checkpoint does not have yet.
    #[must_use]
    pub fn wants_checkpoint(&self) -> bool {
        // After the long way a checkpoint spares the next opening, and this session the edited sets in memory.
        let is_long = self.checkpointed == 0 && self.sets.as_ref().is_some_and(|sets| !sets.is_over_checkpoint());
        let is_behind = self.commits > self.checkpointed || (is_long && !self.has_tried_checkpoint);
        self.checkpoint.is_none() && self.writer.is_some() && is_behind
    }

    /// Begins to bring the checkpoint up to date on a thread of its own: for a window that has been idle for some
    /// seconds. Does nothing where that is under way already.
    pub fn checkpoint_in_background(&mut self) {
        self.attend();
        if self.checkpoint.is_some() {
            return;
        }
        let (store, annotator) = (self.store.clone(), self.annotator.clone());
        let work = move || {
            // A checkpoint is a shortcut: without it the next opening reads the journals.
            store.write_checkpoint(&annotator).ok()?;
            store.open_sets(&annotator)
        };
        if let Ok(thread) = std::thread::Builder::new().name("checkpoint".to_owned()).spawn(work) {
            self.checkpointed = self.commits;
            self.has_tried_checkpoint = true;
            let last = self.last_line.clone();
            self.checkpoint = Some(CheckpointJob { thread, last, commits: self.commits });
        }
    }

    /// Waits for the checkpoint that is being written, if one is, and reads sets from it from then on.
    pub(super) fn finish_checkpoint(&mut self) {
        let Some(job) = self.checkpoint.take() else { return };
        let Ok(Some(sets)) = job.thread.join() else { return };
        // Only if all that this session had done by then is in: lines that were on their way to the disk may not be.
        let has_all = match job.commits {
            0 => self.sets.as_ref().is_none_or(|old| old.transactions() <= sets.transactions()),
            _ => sets.has_line(&job.last, |tip| self.history.is_at_or_after(tip, &job.last)),
        };
        if !has_all {
            return;
        }
        self.max_lamport = self.max_lamport.max(sets.max_lamport());
        self.replace_sets(sets, job.commits);
        self.opened.kept.retain(|_, number| *number > job.commits);
    }
}
