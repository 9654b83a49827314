//! Mending: what proves nothing is set aside, never deleted; checkpoints are made again from the records.
//!
//! Everything that moves goes into `set-aside/<time>/` under the path that it had, so that a person can look at it and
//! put it back. Records that prove themselves are never touched. Doing it twice changes nothing.

use std::path::{Path, PathBuf};

use super::fs::FileKind;
use super::hash::{hash_hex, is_hash};
use super::{Holder, LockOutcome, SessionLock, Store, StoreError, atomic, blobs, check, checkpoint, journal};
use crate::env::Env;
use crate::model::{AnnotatorId, BlobId};

/// Where things go that prove nothing.
pub(super) const SET_ASIDE: &str = "set-aside";

/// Longer journal files are left alone.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// What was mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// What was set aside: its path in the project, and in a few words why.
    pub moved: Vec<(String, String)>,
    /// The folder it went to, relative; none if nothing had to move.
    pub set_aside: Option<String>,
    /// Annotators whose checkpoint was made again.
    pub rewritten: Vec<String>,
    /// Annotators in whose files there is something to mend while another process writes them.
    pub refused: Vec<(String, Holder)>,
}

impl Store {
    /// Mends what can be mended without being told more. Files of annotators as whom another process of this machine
    /// writes are left alone and named.
    ///
    /// # Errors
    /// [`StoreError::Io`]; what was moved until then is where it was moved to.
    pub fn repair(&self, data_dir: Option<&Path>, env: &Env) -> Result<Repaired, StoreError> {
        let mut work = Work { store: self, time: file_time(env), done: Repaired::default() };
        let mut locks: Vec<SessionLock> = Vec::new();
        for (folder, is_folder) in work.names("journal")? {
            let inner = format!("journal/{folder}");
            if !is_folder || !journal::is_annotator_folder(&folder) {
                work.move_away(&inner, "it is no annotator's folder")?;
                continue;
            }
            let annotator = AnnotatorId::from(folder.as_str());
            let holder = match SessionLock::acquire(self.fs(), data_dir, self, &annotator, env) {
                LockOutcome::Ours(lock) => {
                    // Held to the end, so that nobody begins to write meanwhile.
                    locks.push(lock);
                    None
                }
                LockOutcome::Taken(holder) => Some(holder),
                LockOutcome::Unavailable(_) => None,
            };
            work.journals(&folder, holder)?;
        }
        work.blobs()?;
        work.checkpoints()?;
        drop(locks);
        Ok(work.done)
    }
}

struct Work<'a> {
    store: &'a Store,
    time: String,
    done: Repaired,
}

impl Work<'_> {
    /// Names in a folder of the project, but not temporary ones; none where it is absent.
    fn names(&self, folder: &str) -> Result<Vec<(String, bool)>, StoreError> {
        let path = self.store.root().join(folder);
        let entries = match self.store.fs().list(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(StoreError::io("read", &path))?,
        };
        let kept = entries.into_iter().filter(|entry| !entry.name.ends_with(atomic::TEMP_SUFFIX));
        Ok(kept.map(|entry| (entry.name, entry.is_folder)).collect())
    }

    fn journals(&mut self, folder: &str, holder: Option<Holder>) -> Result<(), StoreError> {
        let inner = format!("journal/{folder}");
        for (name, _) in self.names(&inner)? {
            let file = format!("{inner}/{name}");
            let path = self.store.root().join(&file);
            let meta = self.store.fs().metadata(&path).map_err(StoreError::io("read", &path))?;
            let sorted = if meta.kind != FileKind::File {
                None
            } else if meta.len_bytes > LIMIT_BYTES {
                continue;
            } else {
                Some(self.sort(folder, &path)?)
            };
            let needs = sorted.as_ref().is_none_or(|sorted| !sorted.bad.is_empty() || sorted.good.is_empty());
            if !needs {
                continue;
            }
            if let Some(holder) = &holder {
                if !self.done.refused.iter().any(|(known, _)| known == folder) {
                    self.done.refused.push((folder.to_owned(), holder.clone()));
                }
                continue;
            }
            match sorted {
                None => self.move_away(&file, "it is no regular file")?,
                Some(sorted) if sorted.good.is_empty() => self.move_away(&file, "no line of it proves itself")?,
                Some(sorted) => self.set_lines_aside(&file, &path, meta.len_bytes, &sorted)?,
            }
        }
        Ok(())
    }

    /// Tells the lines of a journal that prove themselves from the rest.
    fn sort(&self, folder: &str, path: &Path) -> Result<Sorted, StoreError> {
        let bytes = self.store.fs().read(path).map_err(StoreError::io("read", path))?;
        let mut sorted = Sorted::default();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let line = piece.strip_suffix(b"\n");
            let proves = line.is_some_and(|line| journal::proves(&self.store.header().id, folder, line));
            let into = if proves { &mut sorted.good } else { &mut sorted.bad };
            into.extend_from_slice(piece);
        }
        Ok(sorted)
    }

    /// Writes the bytes that prove nothing into a file of their own, and then the journal without them.
    fn set_lines_aside(&mut self, file: &str, path: &Path, len_bytes: u64, sorted: &Sorted) -> Result<(), StoreError> {
        let target = self.place_for(&format!("{file}.lines"))?;
        self.store.fs().write_new(&target, &sorted.bad).map_err(StoreError::io("write", &target))?;
        self.sync_parent(&target)?;
        // A file that grew since it was read is in use after all, perhaps by another machine.
        let now = self.store.fs().metadata(path).map_err(StoreError::io("read", path))?;
        if now.len_bytes == len_bytes {
            atomic::replace(self.store.fs(), path, &sorted.good)?;
        }
        let count = sorted.bad.split_inclusive(|byte| *byte == b'\n').count();
        self.done.moved.push((file.to_owned(), format!("{count} lines that do not prove themselves")));
        Ok(())
    }

    fn blobs(&mut self) -> Result<(), StoreError> {
        for (name, _) in self.names("blobs")? {
            let file = format!("blobs/{name}");
            match name.strip_suffix(".ron").filter(|id| is_hash(id)) {
                None => self.move_away(&file, "it is no blob")?,
                Some(id) => {
                    let id = BlobId::from(id);
                    if matches!(blobs::get(self.store, &id), Err(StoreError::Damaged { .. })) {
                        self.move_away(&file, "its bytes are not those that its name says")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Moves what is no checkpoint's file away, and makes checkpoints again that are not what the records say.
    fn checkpoints(&mut self) -> Result<(), StoreError> {
        let findings = check::checkpoint_findings(self.store)?;
        let mut again: Vec<AnnotatorId> = findings.behind.clone();
        for (annotator, name) in &findings.foreign {
            let file = format!("annotations/{}/{name}", annotator.folder());
            self.move_away(&file, "no checkpoint has such a file")?;
        }
        for annotator in findings.wrong {
            // Without its index nothing of a checkpoint is trusted, and all of it is made again.
            let index = format!("annotations/{}/{}", annotator.folder(), checkpoint::INDEX);
            self.move_away(&index, "the checkpoint is not what the records say")?;
            again.push(annotator);
        }
        for folder in findings.nobody {
            self.move_away(&format!("annotations/{folder}"), "nobody here has this name")?;
        }
        again.sort();
        again.dedup();
        for annotator in again {
            self.store.write_checkpoint(&annotator)?;
            self.done.rewritten.push(annotator.to_string());
        }
        Ok(())
    }

    /// Moves a file or folder into `set-aside`, where it is there.
    fn move_away(&mut self, file: &str, why: &str) -> Result<(), StoreError> {
        let path = self.store.root().join(file);
        if self.store.fs().metadata(&path).is_err() {
            return Ok(());
        }
        let target = self.place_for(file)?;
        self.store.fs().rename(&path, &target).map_err(StoreError::io("move", &path))?;
        self.sync_parent(&target)?;
        self.sync_parent(&path)?;
        self.done.moved.push((file.to_owned(), why.to_owned()));
        Ok(())
    }

    fn sync_parent(&self, path: &Path) -> Result<(), StoreError> {
        let folder = path.parent().unwrap_or(path);
        self.store.fs().sync_dir(folder).map_err(StoreError::io("write", folder))
    }

    /// The path of `file` in this run's folder, which is made if need be; no other file has it.
    fn place_for(&mut self, file: &str) -> Result<PathBuf, StoreError> {
        let (store, fs) = (self.store, self.store.fs());
        let folder = match &self.done.set_aside {
            Some(folder) => folder.clone(),
            None => {
                let mut folder = format!("{SET_ASIDE}/{}", self.time);
                let mut number = 1;
                while fs.metadata(&store.root().join(&folder)).is_ok() {
                    number += 1;
                    folder = format!("{SET_ASIDE}/{}-{number}", self.time);
                }
                self.done.set_aside.get_or_insert(folder).clone()
            }
        };
        let path = store.root().join(folder).join(file);
        atomic::ensure_folder(fs, store.root(), path.parent().unwrap_or(&path))?;
        Ok(path)
    }
}

/// The bytes of a journal file, told apart.
#[derive(Debug, Default)]
struct Sorted {
    good: Vec<u8>,
    bad: Vec<u8>,
}

/// The moment as a file's name.
fn file_time(env: &Env) -> String {
    let now = env.now();
    let kept = now.0.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' });
    let name: String = kept.collect();
    // Never empty, whatever the clock says.
    if name.is_empty() { hash_hex(now.0.as_bytes()) } else { name }
}
