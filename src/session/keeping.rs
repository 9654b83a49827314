//! What was done, and whether it is safe.

use std::path::Path;
use std::sync::Arc;

use super::reversal::Reversal;
use super::{HistoryEntry, HistoryFilter, SaveState, Session, SessionError};
use crate::edit::{Edit, Transaction};
use crate::model::{AnnotatorId, BlobId, Diagnostic, LineId, Scheme, Severity};
use crate::storage::{JournalWriter, Store, StoreError, UnsavedLines};

/// *Save a copy*, ready to run on any thread.
#[derive(Debug)]
pub struct CopyJob {
    store: Store,
    lines: UnsavedLines,
    scheme: Arc<Scheme>,
    scheme_id: BlobId,
}

impl CopyJob {
    /// Writes the copy; what could not be copied is named in the result.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn run(&self, target: &Path) -> Result<Vec<Diagnostic>, SessionError> {
        let mut found = self.store.save_copy(target, &self.lines)?;
        // The project's own folder may be gone; then the scheme is in memory alone.
        let copy = Store::open(self.store.shared_fs(), target)?;
        if !self.scheme_id.as_str().is_empty() && copy.blob(&self.scheme_id).is_err() {
            let written = copy.put_scheme(&self.scheme)?;
            if written != self.scheme_id {
                let message = "the scheme could not be copied; bring the copy together with the project to have it";
                found.push(Diagnostic::new(Severity::Warning, "not_copied", message));
            }
        }
        Ok(found)
    }
}

/// One line of the history, as it stands in memory.
#[derive(Clone, Copy, Debug)]
pub struct HistoryRow<'a> {
    /// The journal line.
    pub line: &'a LineId,
    /// Whose.
    pub by: &'a AnnotatorId,
    /// The session in which it happened.
    pub session: &'a str,
    /// What happened.
    pub transaction: &'a Transaction,
    /// Whether it is undone, or was taken back by a later line.
    pub taken_back: bool,
    /// How many lines its batch has, itself among them; 1 where it stands alone.
    pub mates: usize,
}

impl Session {
    /// Lines of the history, newest first.
    #[must_use]
    pub fn history(&self, filter: &HistoryFilter) -> Vec<HistoryEntry> {
        let concerns =
            |edit: &Edit| filter.article.as_ref().is_none_or(|article| edit.place.article() == Some(article));
        let lines = self.history.iter().rev().filter(|(line, _)| {
            filter.annotator.as_ref().is_none_or(|annotator| line.annotator == *annotator)
                && (filter.article.is_none() || line.transaction.edits.iter().any(concerns))
        });
        lines
            .take(filter.limit.unwrap_or(usize::MAX))
            .map(|(line, undone)| HistoryEntry {
                line: line.id.clone(),
                by: line.annotator.clone(),
                at: line.transaction.at.clone(),
                cause: line.transaction.cause.clone(),
                batch: line.transaction.batch.clone(),
                reverses: line.transaction.reverses.clone(),
                undone,
                reverted: self.history.idx(&line.id).is_some_and(|idx| self.history.is_reverted(idx)),
                edits: line.transaction.edits.clone(),
            })
            .collect()
    }

    /// How many lines of the history are known here; see [`Session::history_line`].
    #[must_use]
    pub fn history_len(&self) -> usize {
        self.history.len()
    }

    /// The n-th line of the history, oldest first. Cheap: a list asks for the lines in view only.
    #[must_use]
    pub fn history_line(&self, idx: usize) -> Option<HistoryRow<'_>> {
        let (line, undone) = self.history.at(idx)?;
        let taken_back = undone || self.history.is_reverted(idx);
        Some(HistoryRow {
            line: &line.id,
            by: &line.annotator,
            session: &line.session,
            transaction: &line.transaction,
            taken_back,
            mates: self.history.mates(line),
        })
    }

    /// Where a line stands among [`Session::history_line`].
    #[must_use]
    pub fn history_idx(&self, line: &LineId) -> Option<usize> {
        self.history.idx(line)
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.read_only_reason().is_none() && self.reversal.is_none() && !self.next_undo.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.read_only_reason().is_none() && self.reversal.is_none() && !self.next_redo.is_empty()
    }

    /// The command that undo would reverse (`add_mention`).
    #[must_use]
    pub fn undo_cause(&self) -> Option<&str> {
        let line = self.next_undo.first().and_then(|id| self.history.line(id))?;
        Some(&line.transaction.cause)
    }
}

impl Session {
    /// Whether what was done is safe. What is only half undone is not.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        let waiting = self.writer.as_ref().map_or(0, |writer| {
            let mark = writer.watermark();
            usize::try_from(mark.queued.saturating_sub(mark.durable)).unwrap_or(usize::MAX)
        });
        match self.read_only_reason() {
            Some(reason) => SaveState::ReadOnly { reason, unsaved: waiting },
            None => match waiting + self.reversal.as_ref().map_or(0, Reversal::steps_left) {
                0 => SaveState::Saved,
                waiting => SaveState::Saving { waiting },
            },
        }
    }

    /// Why nothing can be written, if so.
    #[must_use]
    pub fn read_only_reason(&self) -> Option<String> {
        let known =
            [&self.unreachable, &self.read_only, &self.newer, &self.scheme_trouble].into_iter().flatten().next();
        known.cloned().or_else(|| self.writer.as_ref().and_then(JournalWriter::failure))
    }

    /// Waits until everything that was done is on disk.
    ///
    /// # Errors
    /// [`SessionError::NotSaved`].
    pub fn wait_durable(&self) -> Result<(), SessionError> {
        self.writer
            .as_ref()
            .map_or(Ok(()), JournalWriter::wait_durable)
            .map_err(|reason| SessionError::NotSaved { reason })
    }

    /// Copies the project into `target` (absent or empty), with every line of this session, also those that could not
    /// be written here. Both copies can be brought together later: equal lines are one.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn save_copy(&self, target: &Path) -> Result<Vec<Diagnostic>, SessionError> {
        self.copy_job().run(target)
    }

    /// What [`Session::save_copy`] does, for a thread of its own.
    #[must_use]
    pub fn copy_job(&self) -> CopyJob {
        let lines = self.writer.as_ref().map(JournalWriter::all_lines).unwrap_or_default();
        CopyJob {
            store: self.store.clone(),
            lines,
            scheme: Arc::clone(&self.scheme),
            scheme_id: self.scheme_id.clone(),
        }
    }

    /// Does the rest of an undo that is under way, writes what waits, brings the checkpoint up to date and ends. Dropping
    /// does the same without the checkpoint.
    ///
    /// # Errors
    /// [`SessionError::NotSaved`]. A checkpoint that cannot be written loses nothing and is no error.
    pub fn close(mut self) -> Result<(), SessionError> {
        self.finish_reversal();
        self.follower = None;
        self.finish_checkpoint();
        let Some(writer) = self.writer.take() else { return Ok(()) };
        writer.close().map_err(|reason| SessionError::NotSaved { reason })?;
        if self.commits > self.checkpointed {
            let _: Result<(), StoreError> = self.store.write_checkpoint(&self.annotator);
        }
        Ok(())
    }
}
