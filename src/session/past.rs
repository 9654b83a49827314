//! The past: lines of the history that opening did not need, read when somebody wants them.
//!
//! Opening takes the short way over checkpoints, so what was done before is not in memory. Undo wants the newest lines
//! of this copy's earlier sessions; the history panel and `hashiya history` want everybody's. A small project's lines are
//! read at once, a large one's on a thread of its own.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::{Session, SessionError};
use crate::storage::{HistoryLine, JournalWriter};

/// So many of the own newest lines are read for undo.
const OWN_LINES: usize = 4096;

/// Lines under way.
#[derive(Debug)]
pub(super) struct HistoryJob {
    lines: Receiver<Vec<HistoryLine>>,
    /// Everybody's lines, not only the own newest.
    is_whole: bool,
}

impl Session {
    /// After opening: begins to read the own newest lines, for undo.
    pub(super) fn load_recent_history(&mut self) {
        if !self.history_is_whole {
            self.start_history_job(false);
        }
    }

    /// Begins to read everybody's lines, if they are not here yet; [`Session::attend`] takes them in.
    pub fn load_history(&mut self) {
        let is_coming = self.history_job.as_ref().is_some_and(|job| job.is_whole);
        if !self.history_is_whole && !is_coming {
            self.start_history_job(true);
        }
    }

    /// Whether lines are on their way.
    #[must_use]
    pub const fn is_reading_history(&self) -> bool {
        self.history_job.is_some()
    }

    /// Whether everybody's lines are here.
    #[must_use]
    pub const fn history_is_whole(&self) -> bool {
        self.history_is_whole
    }

    /// Waits for lines that are being read.
    pub fn wait_history(&mut self) {
        if let Some(job) = self.history_job.take()
            && let Ok(lines) = job.lines.recv()
        {
            self.take_history(lines, job.is_whole);
        }
    }

    pub(super) fn start_history_job(&mut self, is_whole: bool) {
        let (sender, lines) = channel();
        let store = self.store.clone();
        let (annotators, count) =
            if is_whole { (self.annotators(), usize::MAX) } else { (vec![self.annotator.clone()], OWN_LINES) };
        let work = move || {
            // Lines that cannot be read were reported when the records were; who closed the project wants no answer.
            let _ = sender.send(store.read_history(&annotators, count).unwrap_or_default());
        };
        if std::thread::Builder::new().name("hashiya-history".to_owned()).spawn(work).is_ok() {
            self.history_job = Some(HistoryJob { lines, is_whole });
        }
    }

    /// Takes in lines that were read, if they are here.
    pub(super) fn poll_history(&mut self) -> bool {
        let Some(job) = &self.history_job else { return false };
        match job.lines.try_recv() {
            Ok(lines) => {
                let is_whole = job.is_whole;
                self.history_job = None;
                self.take_history(lines, is_whole);
                true
            }
            Err(TryRecvError::Empty) => false,
            Err(TryRecvError::Disconnected) => {
                self.history_job = None;
                false
            }
        }
    }

    fn take_history(&mut self, lines: Vec<HistoryLine>, is_whole: bool) {
        self.history.take_in(lines);
        self.history_is_whole |= is_whole;
        self.revision += 1;
        self.find_next();
    }

    /// Before undo: this copy's earlier lines must be here.
    pub(super) fn need_own_history(&mut self) {
        let session = self.writer.as_ref().map_or("", JournalWriter::session);
        if self.history_job.is_some() && !self.history.has_undoable(&self.annotator, session) {
            self.wait_history();
        }
    }

    /// Everybody's lines, waited for: for commands, never for a window.
    ///
    /// # Errors
    /// [`SessionError::Store`] where the journals cannot be read.
    pub fn read_history(&mut self) -> Result<(), SessionError> {
        if !self.history_is_whole {
            self.history_job = None;
            let lines = self.store.read_history(&self.annotators(), usize::MAX)?;
            self.take_history(lines, true);
        }
        Ok(())
    }
}
