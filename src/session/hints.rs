//! Hints in the user's data folder: who annotates in this copy of a project, and which sessions were this copy's.
//!
//! They are a convenience. Without a usable folder, or when it is lost, nothing of a project is lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::env::Env;
use crate::model::AnnotatorId;
use crate::storage::{Fs, Store, hash_hex};

/// The hints of one copy of one project.
#[derive(Debug)]
pub(crate) struct Hints {
    fs: Arc<dyn Fs>,
    /// `<data folder>/projects/<project id>-<hash of the path>`; none without a data folder.
    folder: Option<PathBuf>,
}

impl Hints {
    /// The hints of the project in `store`.
    pub fn of(fs: Arc<dyn Fs>, data_dir: Option<&Path>, store: &Store) -> Self {
        let path = fs.canonical(store.root()).unwrap_or_else(|_| store.root().to_owned());
        let hash = hash_hex(path.to_string_lossy().as_bytes());
        let key = format!("{}-{}", store.header().id, hash.get(..8).unwrap_or_default());
        Self { fs, folder: data_dir.map(|dir| dir.join("projects").join(key)) }
    }

    /// Who annotated here last.
    pub fn annotator(&self) -> Option<AnnotatorId> {
        let bytes = self.fs.read(&self.folder.as_ref()?.join("annotator")).ok()?;
        let id = String::from_utf8(bytes).ok()?.trim().to_owned();
        AnnotatorId::is_valid(&id).then(|| AnnotatorId::from(id))
    }

    /// Remembers who annotates here. What cannot be written is simply not remembered.
    pub fn set_annotator(&self, annotator: &AnnotatorId, env: &Env) {
        let Some(folder) = &self.folder else { return };
        if self.annotator().as_ref() == Some(annotator) || self.fs.create_dir_all(folder).is_err() {
            return;
        }
        let temporary = folder.join(format!("annotator.{:016x}", env.random_64()));
        if self.fs.write_new(&temporary, annotator.as_str().as_bytes()).is_ok()
            && self.fs.rename(&temporary, &folder.join("annotator")).is_err()
        {
            // Left over, it would only be litter; a second failure changes nothing.
            let _ = self.fs.remove_file(&temporary);
        }
    }

    /// The sessions of `annotator` that were this copy's; `None` where nothing can be remembered, so that all count.
    pub fn sessions(&self, annotator: &AnnotatorId) -> Option<BTreeSet<String>> {
        let folder = self.sessions_folder(annotator)?;
        let entries = self.fs.list(&folder).unwrap_or_default();
        Some(entries.into_iter().filter(|entry| entry.is_file).map(|entry| entry.name).collect())
    }

    /// Remembers that a session is this copy's.
    pub fn add_session(&self, annotator: &AnnotatorId, session: &str) {
        let Some(folder) = self.sessions_folder(annotator) else { return };
        if self.fs.create_dir_all(&folder).is_ok() {
            // It may be there already; else the hint is lost, and nothing more.
            let _ = self.fs.write_new(&folder.join(session), b"");
        }
    }

    fn sessions_folder(&self, annotator: &AnnotatorId) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("sessions").join(annotator.folder()))
    }
}
