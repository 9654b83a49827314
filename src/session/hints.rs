//! Hints in the user's data folder: who annotates in this copy of a project, and which sessions were this copy's.
//!
//! They are a convenience. Without a usable folder, or when it is lost, nothing of a project is lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::AnnotatorId;
use crate::storage::{Fs, Store, hash_hex, remember_session, sessions_of_copy};

/// The hints of one copy of one project.
#[derive(Debug)]
pub(crate) struct Hints {
    fs: Arc<dyn Fs>,
    data_dir: Option<PathBuf>,
    /// `<data folder>/projects/<project id>-<hash of the path>`; none without a data folder.
    folder: Option<PathBuf>,
}

impl Hints {
    /// The hints of the project in `store`.
    pub fn of(fs: Arc<dyn Fs>, data_dir: Option<&Path>, store: &Store) -> Self {
        let path = fs.canonical(store.root()).unwrap_or_else(|_| store.root().to_owned());
        let hash = hash_hex(path.to_string_lossy().as_bytes());
        let key = format!("{}-{}", store.header().id, hash.get(..8).unwrap_or_default());
        Self { fs, data_dir: data_dir.map(Path::to_owned), folder: data_dir.map(|dir| dir.join("projects").join(key)) }
    }

    /// The folder of this copy's hints.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Who annotated here last.
    pub fn annotator(&self) -> Option<AnnotatorId> {
        let bytes = self.fs.read(&self.folder.as_ref()?.join("annotator")).ok()?;
        let id = String::from_utf8(bytes).ok()?.trim().to_owned();
        AnnotatorId::is_valid(&id).then(|| AnnotatorId::from(id))
    }

    /// Remembers who annotates here. What cannot be written is simply not remembered.
    pub fn set_annotator(&self, annotator: &AnnotatorId) {
        let Some(folder) = &self.folder else { return };
        if self.annotator().as_ref() == Some(annotator) || self.fs.create_dir_all(folder).is_err() {
            return;
        }
        // Not drawn from `Env`: what a project holds must not depend on what the data folder held.
        let temporary = folder.join(format!("annotator.{}", std::process::id()));
        let _ = self.fs.remove_file(&temporary);
        if self.fs.write_new(&temporary, annotator.as_str().as_bytes()).is_ok()
            && self.fs.rename(&temporary, &folder.join("annotator")).is_err()
        {
            // Left over, it would only be litter; a second failure changes nothing.
            let _ = self.fs.remove_file(&temporary);
        }
    }

    /// The sessions that were this copy's; `None` where nothing can be remembered, so that all count.
    pub fn sessions(&self, store: &Store) -> Option<BTreeSet<String>> {
        let data_dir = self.data_dir.as_deref()?;
        Some(sessions_of_copy(self.fs.as_ref(), Some(data_dir), store))
    }

    /// Remembers that a session is this copy's. Answers whether that could be written.
    pub fn add_session(&self, store: &Store, session: &str) -> bool {
        remember_session(self.fs.as_ref(), self.data_dir.as_deref(), store, session).is_ok()
    }
}
