//! Who writes: the courtesy lock, and becoming the writer once another process is gone.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::hints::Hints;
use super::prepared::Prepared;
use super::{Session, SessionError};
use crate::env::Env;
use crate::model::{AnnotatorId, LineId};
use crate::storage::{Fs, Holder, JournalWriter, LockOutcome, SessionLock, SessionStart, Store};

/// Everything that claiming the lock needs, for any thread.
#[derive(Clone, Debug)]
pub(super) struct Claimant {
    pub fs: Arc<dyn Fs>,
    pub store: Store,
    pub env: Arc<Env>,
    pub data_dir: Option<PathBuf>,
    pub annotator: AnnotatorId,
}

/// What came of claiming.
#[derive(Debug)]
pub(super) enum Claim {
    /// This process writes.
    Ours {
        /// The lock, where there is a folder for locks.
        lock: Option<SessionLock>,
        /// Why what earlier sessions wrote cannot be made durable, if so.
        unsettled: Option<String>,
        /// The bits of the session that begins.
        session: u64,
    },
    /// Another process writes.
    Taken(Holder),
}

impl Claimant {
    /// Asks for the lock, remembers who annotates here, and makes durable what earlier sessions left. Waits for the disk.
    pub fn claim(&self) -> Claim {
        let data_dir = self.data_dir.as_deref();
        let lock = match SessionLock::acquire(self.fs.as_ref(), data_dir, &self.store, &self.annotator, &self.env) {
            LockOutcome::Ours(lock) => Some(lock),
            LockOutcome::Taken(holder) => return Claim::Taken(holder),
            LockOutcome::Unavailable(_) => None,
        };
        let hints = Hints::of(Arc::clone(&self.fs), data_dir, &self.store);
        hints.set_annotator(&self.annotator);
        let known = hints.sessions(&self.store);
        // Before it writes: what a session leaves that is not known here would never be settled. Where it cannot be
        // remembered, earlier ones may not have been either, so all are settled.
        let session = self.env.random_64();
        let known = known.filter(|_| hints.add_session(&self.store, &format!("{session:016x}")));
        // With the lock: nobody adds lines to those journals any more.
        let settled = self.store.settle_journals(&self.annotator, known.as_ref());
        let unsettled = settled.err().map(|error| {
            format!(
                "what was written before may not be on the disk: {error}; save a copy, and open the project again once \
                 the disk works"
            )
        });
        Claim::Ours { lock, unsettled, session }
    }

    /// The sessions that were this copy's.
    pub fn sessions(&self) -> Option<BTreeSet<String>> {
        Hints::of(Arc::clone(&self.fs), self.data_dir.as_deref(), &self.store).sessions(&self.store)
    }
}

impl Session {
    pub(super) fn claimant(&self) -> Claimant {
        Claimant {
            fs: Arc::clone(&self.fs),
            store: self.store.clone(),
            env: Arc::clone(&self.env),
            data_dir: self.data_dir.clone(),
            annotator: self.annotator.clone(),
        }
    }

    /// Asks for the lock and starts the writer; without the lock the session stays read-only and says why.
    pub(super) fn begin_writing(&mut self, seen: Vec<LineId>) -> Result<(), SessionError> {
        let claim = self.claimant().claim();
        self.take_claim(claim, seen)
    }

    /// Starts the writer if the lock is ours.
    pub(super) fn take_claim(&mut self, claim: Claim, seen: Vec<LineId>) -> Result<(), SessionError> {
        let session = match claim {
            Claim::Ours { lock, unsettled, session } => {
                self.lock = lock;
                self.locked_by = None;
                self.read_only = unsettled;
                if self.read_only.is_some() {
                    // Nothing is built on lines that may not stay.
                    return Ok(());
                }
                session
            }
            Claim::Taken(holder) => {
                let process =
                    holder.pid.map_or_else(String::new, |pid| format!(" (process {pid}, since {})", holder.since));
                let annotator = &self.annotator;
                self.read_only =
                    Some(format!("another window or command{process} writes as {annotator} in this project"));
                self.locked_by = Some(holder);
                return Ok(());
            }
        };
        let start =
            SessionStart { annotator: self.annotator.clone(), session, date: self.env.now().date().to_owned(), seen };
        let writer = JournalWriter::start(&self.store, start)?;
        if let Some(follower) = &self.follower {
            follower.watch(writer.watch());
        }
        self.writer = Some(writer);
        self.find_next();
        Ok(())
    }

    /// Becomes the writer once the process that wrote as this annotator is gone. Answers whether it did. Waits for the
    /// disk; a window asks with [`Session::ask_to_take_over`].
    ///
    /// # Errors
    /// [`SessionError::Store`] where the records cannot be read again.
    pub fn take_over(&mut self) -> Result<bool, SessionError> {
        if self.locked_by.is_none() {
            return Ok(self.read_only_reason().is_none());
        }
        // The lock first: what the other process still wrote must be read.
        let claim = match self.claimant().claim() {
            Claim::Taken(_) => return Ok(false),
            ours @ Claim::Ours { .. } => ours,
        };
        self.store.forget_what_was_found_out();
        let (prepared, tips) = Prepared::read(&self.store, &self.annotator)?;
        self.our_sessions = self.hints.sessions(&self.store);
        self.read_only = None;
        self.locked_by = None;
        self.absorb(prepared);
        if self.read_only_reason().is_none() {
            self.take_claim(claim, tips)?;
        }
        Ok(self.read_only_reason().is_none())
    }
}
