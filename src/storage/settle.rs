//! Settling: what earlier sessions left in their journals is made durable before a new one builds on it.
//!
//! A session that was killed, or whose last sync failed, leaves lines that can be read and that a power cut would take.
//! Whoever opens the project next shows them as saved, so they have to be on the disk first.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};

use super::{Store, StoreError, journal};
use crate::model::AnnotatorId;

impl Store {
    /// Returns once the journals of these sessions (16 hex digits each; all sessions, where `None`) of an annotator, and
    /// the names of their files, would survive a power cut. Files of other sessions came from elsewhere, and are theirs
    /// to keep.
    ///
    /// # Errors
    /// [`StoreError::Io`]: then nothing of what can be read there may be called saved.
    pub fn settle_journals(
        &self,
        annotator: &AnnotatorId,
        sessions: Option<&BTreeSet<String>>,
    ) -> Result<(), StoreError> {
        let is_one = |name: &str| {
            let mut parts = name.split(|at: char| !at.is_ascii_hexdigit());
            sessions.is_none_or(|sessions| parts.any(|part| sessions.contains(part)))
        };
        let files = journal::files(self.fs(), self.root(), &annotator.folder(), &mut Vec::new())?;
        let mut has_any = false;
        for (_, path) in files.iter().filter(|(name, _)| is_one(name)) {
            unless_gone(self.fs().sync_file(path)).map_err(StoreError::io("sync", path))?;
            has_any = true;
        }
        if !has_any {
            return Ok(());
        }
        let journals = self.root().join("journal");
        for folder in [&journals.join(annotator.folder()), &journals, self.root()] {
            unless_gone(self.fs().sync_dir(folder)).map_err(StoreError::io("sync", folder))?;
        }
        Ok(())
    }
}

/// What was taken away meanwhile needs no sync.
fn unless_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
