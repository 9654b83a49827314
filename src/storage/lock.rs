//! The courtesy lock: two windows of one annotator on one machine do not write side by side. Safety never rests on it.
//!
//! In the same folder stands, as a hint for undo, which sessions were this copy's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::hash::{hash_parts, is_hash};
use super::{Fs, HeldLock, Store, StoreError, atomic};
use crate::env::Env;
use crate::model::AnnotatorId;

/// Hint files are short; more is not read.
const HINT_LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// Who holds a lock, as far as known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Process number.
    pub pid: Option<u32>,
    /// Since when, RFC 3339; empty where unknown.
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
        let Some(data_dir) = data_dir else {
            return LockOutcome::Unavailable("there is no folder for the user's data".into());
        };
        match try_acquire(fs, data_dir, store, annotator, env) {
            Ok(outcome) => outcome,
            Err(error) => LockOutcome::Unavailable(error.to_string()),
        }
    }
}

fn try_acquire(
    fs: &dyn Fs,
    data_dir: &Path,
    store: &Store,
    annotator: &AnnotatorId,
    env: &Env,
) -> Result<LockOutcome, StoreError> {
    let folder = data_dir.join("locks");
    fs.create_dir_all(&folder).map_err(StoreError::io("create", &folder))?;
    let name = hash_parts(&[copy_name(store).as_bytes(), b"\0", annotator.folder().as_bytes()]);
    let path = folder.join(format!("{name}.lock"));
    // Beside the lock, because some systems let nobody read a locked file.
    let holder_path = folder.join(format!("{name}.holder"));
    match fs.try_lock(&path).map_err(StoreError::io("lock", &path))? {
        Some(lock) => {
            let text = format!("{} {}\n", std::process::id(), env.now());
            // Only a courtesy: without it the message names nobody.
            let _ = atomic::replace(fs, &holder_path, text.as_bytes());
            Ok(LockOutcome::Ours(SessionLock { _lock: lock }))
        }
        None => Ok(LockOutcome::Taken(read_holder(fs, &holder_path))),
    }
}

fn read_holder(fs: &dyn Fs, path: &Path) -> Holder {
    let bytes = atomic::read_limited(fs, path, HINT_LIMIT_BYTES).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut words = text.split_whitespace();
    Holder {
        pid: words.next().and_then(|pid| pid.parse().ok()),
        since: words.next().unwrap_or_default().chars().take(40).collect(),
    }
}

/// This copy of the project: its id and where it stands.
fn copy_name(store: &Store) -> String {
    let path = store.fs().canonical(store.root()).unwrap_or_else(|_| store.root().to_owned());
    format!("{}\0{}", store.header().id, path.to_string_lossy())
}

fn sessions_path(data_dir: &Path, store: &Store) -> PathBuf {
    let name = hash_parts(&[copy_name(store).as_bytes()]);
    data_dir.join("sessions").join(format!("{name}.txt"))
}

/// The sessions that this copy of the project has had on this machine, as far as remembered.
#[must_use]
pub fn sessions_of_copy(fs: &dyn Fs, data_dir: Option<&Path>, store: &Store) -> BTreeSet<String> {
    let Some(data_dir) = data_dir else { return BTreeSet::new() };
    let bytes = atomic::read_limited(fs, &sessions_path(data_dir, store), HINT_LIMIT_BYTES).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    // A session is half a hash long.
    text.lines().filter(|line| is_hash(&format!("{line}{line}"))).map(str::to_owned).collect()
}

/// Remembers a session of this copy.
///
/// # Errors
/// [`StoreError::Io`]; then undo reaches less far after the project is opened again, and nothing else happens.
pub fn remember_session(fs: &dyn Fs, data_dir: Option<&Path>, store: &Store, session: &str) -> Result<(), StoreError> {
    let Some(data_dir) = data_dir else { return Ok(()) };
    let path = sessions_path(data_dir, store);
    let folder = data_dir.join("sessions");
    fs.create_dir_all(&folder).map_err(StoreError::io("create", &folder))?;
    let mut sessions = sessions_of_copy(fs, Some(data_dir), store);
    if sessions.insert(session.to_owned()) {
        let text: String = sessions.iter().flat_map(|session| [session.as_str(), "\n"]).collect();
        atomic::replace(fs, &path, text.as_bytes())?;
    }
    Ok(())
}
