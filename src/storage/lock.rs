//! The courtesy lock: two windows of one annotator on one machine do not write side by side. Safety never rests on it.

use std::path::Path;

use super::{Fs, HeldLock, Store};
use crate::env::Env;
use crate::model::AnnotatorId;

/// Who holds a lock, as far as known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Process number.
    pub pid: Option<u32>,
    /// Since when, RFC 3339.
    pub since: String,
}

/// Held while a process writes as an annotator; let go on drop, also when the process is killed.
#[derive(Debug)]
pub struct SessionLock {
    _lock: Box<dyn HeldLock>,
}

/// What came of asking for the lock.
#[derive(Debug)]
pub enum LockOutcome {
    /// It is ours.
    Ours(SessionLock),
    /// Another process writes as this annotator in this project: open read-only.
    Taken(Holder),
    /// There is no usable data folder: nobody is locked out. The reason, a sentence.
    Unavailable(String),
}

impl SessionLock {
    /// Asks for the lock of `annotator` in the project of `store`, in the user's data folder `data_dir`.
    #[must_use]
    pub fn acquire(
        fs: &dyn Fs,
        data_dir: Option<&Path>,
        store: &Store,
        annotator: &AnnotatorId,
        env: &Env,
    ) -> LockOutcome {
        let _ = (fs, data_dir, store, annotator, env);
        LockOutcome::Unavailable("the lock is not built yet".into())
    }
}
