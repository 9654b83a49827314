//! The writer: a thread of its own that appends journal lines and makes them durable, in order.

use super::{Store, StoreError};
use crate::edit::Transaction;
use crate::model::{AnnotatorId, LineId};

/// How a session begins.
#[derive(Clone, Debug)]
pub struct SessionStart {
    /// Whose journal.
    pub annotator: AnnotatorId,
    /// 64 random bits.
    pub session: u64,
    /// The day, `YYYY-MM-DD`; only the file's name shows it.
    pub date: String,
    /// [`super::Records::tips`] of this annotator.
    pub seen: Vec<LineId>,
}

/// Why a transaction was not taken. Nothing of it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// The disk is slower than the work: try again.
    #[error("the disk is still busy with earlier changes; try again in a moment")]
    Full,
    /// The transaction is larger than a line may be: split it into a batch.
    #[error("the change needs {len_bytes} bytes in one line of the journal; at most {limit_bytes} fit")]
    TooLarge {
        /// Bytes it needs.
        len_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// Writing has failed before, or a value cannot be written.
    #[error("{0}")]
    Failed(String),
}

/// How far writing has come, counted in transactions of this session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watermark {
    /// Taken into the queue.
    pub queued: u64,
    /// Synced, with the file's folder: what may be shown as saved.
    pub durable: u64,
}

/// Lines of a session that may not be durable, for *Save a copy*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsavedLines {
    /// Whose.
    pub annotator: String,
    /// Whole lines without LF, in order.
    pub lines: Vec<String>,
}

/// Appends transactions of one session to its journal file.
#[derive(Debug)]
pub struct JournalWriter {}

impl JournalWriter {
    /// Starts the thread. No file is created before the first transaction.
    ///
    /// # Errors
    /// Where the system refuses a thread.
    pub fn start(store: &Store, start: SessionStart) -> Result<Self, StoreError> {
        let _ = (store, start);
        Ok(Self {})
    }

    /// Queues a transaction and returns the id its line will have. Never waits for the disk.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing of it is or will be written.
    pub fn append(&self, transaction: &Transaction) -> Result<LineId, QueueError> {
        let _ = transaction;
        Err(QueueError::Full)
    }

    /// How far writing has come.
    #[must_use]
    pub fn watermark(&self) -> Watermark {
        Watermark::default()
    }

    /// Why nothing more is written, once writing has failed; the session is then read-only. A sentence.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        None
    }

    /// Waits until everything queued is durable.
    ///
    /// # Errors
    /// The failure, a sentence.
    pub fn wait_durable(&self) -> Result<(), String> {
        Ok(())
    }

    /// The session's bits, 16 hex digits.
    #[must_use]
    pub fn session(&self) -> &str {
        ""
    }

    /// Lines that are not known to be durable.
    #[must_use]
    pub fn unsaved(&self) -> UnsavedLines {
        UnsavedLines::default()
    }

    /// Writes what is queued and ends the thread. Dropping does the same but cannot say what went wrong.
    ///
    /// # Errors
    /// The failure, a sentence.
    pub fn close(self) -> Result<(), String> {
        Ok(())
    }
}
