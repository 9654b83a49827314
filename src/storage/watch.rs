//! Noticing: what stands in a project's folder, cheap enough to ask every other second, also over a network.
//!
//! A listing says that something changed, never what; reading the records tells that. Checkpoints and caches are not
//! looked at: they say nothing that records do not.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::fs::{FileIdentity, FileKind};
use super::journal::is_annotator_folder;
use super::overlay::Overlay;
use super::writer::WriterWatch;
use super::{OpenRecords, Store, StoreError, atomic, store};
use crate::model::{Diagnostic, Severity};

/// What was seen of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    len_bytes: u64,
    modified_nanos: u64,
    identity: FileIdentity,
}

/// The files of a project that hold records, by their path inside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Journals, blobs, manifests: what may grow, go back or be replaced.
    files: BTreeMap<String, Seen>,
    /// Parts of imports, which are written once, by name alone.
    parts: BTreeMap<String, usize>,
}

/// Records read while a session writes, with what else is known of the moment.
#[derive(Debug)]
pub struct Reading {
    /// What the records say, lines that are still on their way to the disk included.
    pub records: OpenRecords,
    /// What else is known.
    pub moment: Moment,
}

/// What is known of the moment at which a session's folder was read.
#[derive(Clone, Debug, Default)]
pub struct Moment {
    /// So many transactions of the session are in.
    pub queued: u64,
    /// Why the session's own files could not be verified; the lines count all the same.
    pub unverified: Option<String>,
}

impl Store {
    /// What stands in the folder now, but not files that the session of `own` has left as they are.
    ///
    /// # Errors
    /// [`StoreError::Io`] or [`StoreError::NotAProject`] where the folder cannot be reached.
    pub fn listing(&self, own: Option<&WriterWatch>) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let path = self.root().join("project.ron");
        match self.fs().metadata(&path) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::NotAProject { path: self.root().to_owned() });
            }
            Err(source) => return Err(StoreError::Io { doing: "read", path, source }),
        }
        listing.take(self, "project.ron", "")?;
        for (folder, is_folder) in self.names("journal")? {
            if is_folder && is_annotator_folder(&folder) {
                let own_folder = own.filter(|own| own.folder() == folder);
                listing.take_journals(self, &folder, own_folder)?;
            }
        }
        for (name, is_folder) in self.names("blobs")? {
            if !is_folder {
                listing.take(self, "blobs", &name)?;
            }
        }
        for (import, is_folder) in self.names("corpus")? {
            if is_folder {
                listing.take_import(self, &import)?;
            }
        }
        Ok(listing)
    }

    /// Names in a folder of the project, but not temporary ones; none where it is absent.
    fn names(&self, folder: &str) -> Result<Vec<(String, bool)>, StoreError> {
        let path = self.root().join(folder);
        let entries = match self.fs().list(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(StoreError::io("read", &path))?,
        };
        let kept = entries.into_iter().filter(|entry| !entry.name.ends_with(atomic::TEMP_SUFFIX));
        Ok(kept.map(|entry| (entry.name, entry.is_folder)).collect())
    }

    /// Whether the folder still holds this project, and in a format that is known here.
    ///
    /// # Errors
    /// As [`Store::open`], and [`StoreError::Damaged`] where it holds another one.
    pub fn verify_header(&self) -> Result<(), StoreError> {
        let path = self.root().join("project.ron");
        let bytes = self.fs().read(&path).map_err(StoreError::io("read", &path))?;
        if store::read_header(&path, &bytes)?.id == self.header().id {
            Ok(())
        } else {
            Err(StoreError::damaged(path, "another project stands in this folder now"))
        }
    }

    /// Reads the records as [`Store::read_records`] does, beside a session that goes on writing: its lines
    /// count, whether they have reached the disk or not. Meant for a thread of its own.
    ///
    /// # Errors
    /// As [`Store::read_records`].
    pub fn read_beside(&self, own: Option<&WriterWatch>) -> Result<Reading, StoreError> {
        let Some(own) = own else {
            return Ok(Reading { records: self.read_on_demand()?, moment: Moment::default() });
        };
        let unverified = own.verify().err();
        let in_flight = own.in_flight(unverified.is_some());
        let records = if in_flight.lines.is_empty() {
            self.read_on_demand()?
        } else {
            let fs = Arc::new(Overlay::new(Arc::clone(&self.inner.fs), self.root(), &in_flight));
            let beside = self.with_fs(fs);
            let records = beside.read_on_demand()?;
            self.take_texts(&beside);
            records
        };
        Ok(Reading { records, moment: Moment { queued: in_flight.queued, unverified } })
    }
}

impl Listing {
    fn take(&mut self, store: &Store, folder: &str, name: &str) -> Result<(), StoreError> {
        let inner = if name.is_empty() { folder.to_owned() } else { format!("{folder}/{name}") };
        let path = store.root().join(&inner);
        match store.fs().metadata(&path) {
            Ok(meta) if meta.kind == FileKind::File => {
                let seen =
                    Seen { len_bytes: meta.len_bytes, modified_nanos: meta.modified_nanos, identity: meta.identity };
                self.files.insert(inner, seen);
                Ok(())
            }
            Ok(_) => Ok(()),
            // It went away between listing and asking.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(StoreError::Io { doing: "read", path, source }),
        }
    }

    fn take_journals(&mut self, store: &Store, folder: &str, own: Option<&WriterWatch>) -> Result<(), StoreError> {
        let inner = format!("journal/{folder}");
        for (name, is_folder) in store.names(&inner)? {
            if !is_folder {
                self.take(store, &inner, &name)?;
            }
        }
        // Asked after the lengths, so that what the session has written meanwhile is known.
        for file in own.map(WriterWatch::files).unwrap_or_default() {
            let name = format!("{inner}/{}", file.name);
            let is_own = |seen: &Seen| seen.identity == file.identity && seen.len_bytes <= file.len_bytes;
            if self.files.get(&name).is_some_and(is_own) {
                self.files.remove(&name);
            } else {
                // Gone or replaced: a change until the session has written its lines again.
                self.parts.insert(format!("{name} is not as it was left"), 1);
            }
        }
        Ok(())
    }

    fn take_import(&mut self, store: &Store, import: &str) -> Result<(), StoreError> {
        let inner = format!("corpus/{import}");
        let names = store.names(&inner)?;
        if names.iter().any(|(name, _)| name == "manifest.ron") {
            self.take(store, &inner, "manifest.ron")?;
        }
        let has_people = names.iter().any(|(name, is_folder)| *is_folder && name == "annotations");
        self.parts.insert(inner.clone(), names.len());
        if has_people {
            for (folder, _) in store.names(&format!("{inner}/annotations"))? {
                let people = format!("{inner}/annotations/{folder}");
                let count = store.names(&people)?.len();
                self.parts.insert(people, count);
            }
        }
        Ok(())
    }
}

/// How long every file of a project has been, so that what goes back or vanishes is named.
#[derive(Clone, Debug, Default)]
pub struct Longest {
    lens: BTreeMap<String, u64>,
}

impl Longest {
    /// Takes in a listing and tells which files are shorter than they were, or gone.
    pub fn losses(&mut self, store: &Store, listing: &Listing, own: Option<&WriterWatch>) -> Vec<Diagnostic> {
        for (name, seen) in &listing.files {
            let len = self.lens.entry(name.clone()).or_default();
            *len = (*len).max(seen.len_bytes);
        }
        let own_files: Vec<String> = own.map_or_else(Vec::new, |own| {
            own.files().iter().map(|file| format!("journal/{}/{}", own.folder(), file.name)).collect()
        });
        let mut found = Vec::new();
        for (name, len) in &self.lens {
            if own_files.contains(name) {
                continue;
            }
            match listing.files.get(name) {
                None => {
                    let message = "the file was here and is gone; what only it held does not count any more. It counts \
                                   again as soon as the file is back";
                    found.push(Diagnostic::new(Severity::Warning, "record_vanished", message).in_file(name));
                }
                Some(seen) if seen.len_bytes < *len => {
                    let message = format!(
                        "the file has gone back from {len} to {} bytes; its later lines do not count any more, unless \
                         another file holds them",
                        seen.len_bytes
                    );
                    let line = first_missing_line(store, name);
                    found.push(
                        Diagnostic::new(Severity::Warning, "record_went_back", message).in_file(name).at_line(line),
                    );
                }
                Some(_) => {}
            }
        }
        found
    }
}

/// The number of the first line that a file does not hold any more, from 1.
fn first_missing_line(store: &Store, name: &str) -> usize {
    let bytes = store.fs().read(&store.root().join(Path::new(name))).unwrap_or_default();
    bytes.split(|byte| *byte == b'\n').count()
}
