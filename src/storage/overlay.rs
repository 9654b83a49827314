//! A project with the lines of a session that are still on their way to the disk: reading it is reading the records as
//! they will be, so that what the session has done counts by the same rules as everything else.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fs::{AppendFile, FileIdentity, FileKind, FolderEntry, Fs, HeldLock, Metadata};
use super::writer::InFlight;

/// The name under which the lines stand; no session's file has it.
const NAME: &str = "(in flight).ron";

/// Another file system, with one journal file more. For reading.
#[derive(Debug)]
pub(super) struct Overlay {
    under: Arc<dyn Fs>,
    journals: PathBuf,
    folder: PathBuf,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Overlay {
    /// The project in `root` with the lines that are in flight.
    pub(super) fn new(under: Arc<dyn Fs>, root: &Path, in_flight: &InFlight) -> Self {
        let journals = root.join("journal");
        let folder = journals.join(&in_flight.folder);
        let path = folder.join(NAME);
        let mut bytes = in_flight.lines.join("\n").into_bytes();
        bytes.push(b'\n');
        Self { under, journals, folder, path, bytes }
    }

    /// The entries of a folder with one more.
    fn list_with(&self, path: &Path, name: &str, is_folder: bool) -> io::Result<Vec<FolderEntry>> {
        let mut entries = match self.under.list(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            other => other?,
        };
        if !entries.iter().any(|entry| entry.name == name) {
            entries.push(FolderEntry { name: name.to_owned(), is_folder, is_file: !is_folder });
            entries.sort();
        }
        Ok(entries)
    }
}

impl Fs for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == self.path { Ok(self.bytes.clone()) } else { self.under.read(path) }
    }

    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        if path != self.path {
            return self.under.read_range(path, start, len_bytes);
        }
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.bytes.len());
        let end = start.saturating_add(len_bytes).min(self.bytes.len());
        Ok(self.bytes.get(start..end).unwrap_or_default().to_vec())
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        if path == self.path {
            let len_bytes = self.bytes.len() as u64;
            Ok(Metadata { kind: FileKind::File, len_bytes, identity: FileIdentity(0, 0), modified_nanos: 0 })
        } else {
            self.under.metadata(path)
        }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        if path == self.folder {
            self.list_with(path, NAME, false)
        } else if path == self.journals {
            let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            self.list_with(path, &name, true)
        } else {
            self.under.list(path)
        }
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.under.create_dir_all(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.under.write_new(path, bytes)
    }

    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.under.create_append(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.under.rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.under.sync_dir(path)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.under.sync_file(path)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.under.remove_file(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.under.canonical(path)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>> {
        self.under.try_lock(path)
    }
}
