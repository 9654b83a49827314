//! The store: one project folder.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Fs, ImportDraft, Records, StoreError, UnsavedLines};
use crate::env::{Env, Timestamp};
use crate::model::{AnnotatorId, ArticleId, BlobId, Diagnostic, ImportId, Scheme};

/// The format this version writes; it reads this one only, until format 1 is frozen.
pub const FORMAT: u32 = 0;

/// `project.ron`: written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectHeader {
    /// Format of the folder.
    pub format: u32,
    /// 128 random bits, 32 hex digits; the same in every copy.
    pub id: String,
    /// Name at creation.
    pub name: String,
    /// When it was created.
    pub created: Timestamp,
}

/// One project folder. Cheap to clone; clones are the same store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) header: ProjectHeader,
}

impl Store {
    /// Creates a project in `root`, which must be absent or an empty folder.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`], [`StoreError::Io`].
    pub fn create(fs: Arc<dyn Fs>, root: &Path, name: &str, env: &Env) -> Result<Self, StoreError> {
        let _ = (fs, name, env);
        Err(StoreError::AlreadyThere { path: root.to_owned() })
    }

    /// Opens the project in `root`. Reads only its header.
    ///
    /// # Errors
    /// [`StoreError::NotAProject`], [`StoreError::Newer`], [`StoreError::Damaged`], [`StoreError::Io`].
    pub fn open(fs: Arc<dyn Fs>, root: &Path) -> Result<Self, StoreError> {
        let _ = fs;
        Err(StoreError::NotAProject { path: root.to_owned() })
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &ProjectHeader {
        &self.inner.header
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        Path::new("")
    }

    /// Reads every record: journals, imports, base values.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a folder cannot be listed; damage inside files is in [`Records::diagnostics`].
    pub fn read_records(&self) -> Result<Records, StoreError> {
        Ok(Records::default())
    }

    /// The text of an article, checked against its hash. Knows the articles of the last [`Store::read_records`].
    ///
    /// # Errors
    /// [`StoreError::NoArticle`], [`StoreError::Io`], [`StoreError::Damaged`] where the text is not what was imported.
    pub fn text(&self, article: &ArticleId) -> Result<Arc<str>, StoreError> {
        Err(StoreError::NoArticle { article: article.clone() })
    }

    /// Writes the files of an import and returns its id; the same draft gives the same id and writes nothing twice.
    /// The import counts once a transaction registers it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the draft contradicts itself, [`StoreError::Io`].
    pub fn write_import(&self, draft: &ImportDraft) -> Result<ImportId, StoreError> {
        let _ = draft;
        Err(StoreError::Refused { reason: String::new() })
    }

    /// Stores bytes under their hash, durably.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::TooLarge`].
    pub fn put_blob(&self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        let _ = bytes;
        Err(StoreError::Refused { reason: String::new() })
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Damaged`] where the bytes do not have the hash (edited by hand).
    pub fn blob(&self, id: &BlobId) -> Result<Vec<u8>, StoreError> {
        let _ = id;
        Err(StoreError::Refused { reason: String::new() })
    }

    /// Stores a scheme as a blob.
    ///
    /// # Errors
    /// As [`Store::put_blob`].
    pub fn put_scheme(&self, scheme: &Scheme) -> Result<BlobId, StoreError> {
        let _ = scheme;
        Err(StoreError::Refused { reason: String::new() })
    }

    /// Reads a scheme.
    ///
    /// # Errors
    /// As [`Store::blob`].
    pub fn scheme(&self, id: &BlobId) -> Result<Scheme, StoreError> {
        let _ = id;
        Err(StoreError::Refused { reason: String::new() })
    }

    /// Brings the checkpoint of an annotator up to the journals on disk. Meant for a background thread: it reads and
    /// writes files only, and any copy may run it at any time.
    ///
    /// # Errors
    /// [`StoreError::Io`]; nothing is lost then.
    pub fn write_checkpoint(&self, annotator: &AnnotatorId) -> Result<(), StoreError> {
        let _ = annotator;
        Ok(())
    }

    /// Copies the project into `target` (absent or empty) with lines that may not be durable here. Files that cannot
    /// be read are named in the result.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`], [`StoreError::Io`] where the target cannot be written.
    pub fn save_copy(&self, target: &Path, unsaved: &UnsavedLines) -> Result<Vec<Diagnostic>, StoreError> {
        let _ = unsaved;
        Err(StoreError::AlreadyThere { path: target.to_owned() })
    }

    /// Verifies everything that can be verified without being told more: hashes, quotes, offsets, references, lines,
    /// manifests, and checkpoints against a full replay.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a folder cannot be listed.
    pub fn check(&self) -> Result<Vec<Diagnostic>, StoreError> {
        Ok(Vec::new())
    }
}
