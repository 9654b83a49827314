//! The file system as the store sees it: the only door to `std::fs` in the crate.
//!
//! [`DiskFs`] is the real one, [`super::MemFs`] lives in memory and can crash, and [`super::FaultyFs`] fails on demand.
//! Nothing here follows a symbolic link.
#![expect(clippy::disallowed_methods, reason = "the one place that touches the disk")]

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What stands under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, a device, a socket: never opened.
    Other,
}

/// Which file stands under a path, so that one put in its place is noticed: device and file number, where the system has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileIdentity(pub u64, pub u64);

/// Facts about what stands under a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// File, folder or something else.
    pub kind: FileKind,
    /// Length in bytes.
    pub len_bytes: u64,
    /// Which file it is.
    pub identity: FileIdentity,
    /// When its bytes last changed, nanoseconds since 1970; 0 where the system does not say. Only good for noticing.
    pub modified_nanos: u64,
}

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// The name; characters that are not Unicode are replaced, so such a name never fits a pattern.
    pub name: String,
    /// Whether it is a folder (not a link to one).
    pub is_folder: bool,
    /// Whether it is a regular file.
    pub is_file: bool,
}

/// A file that one session appends to.
pub trait AppendFile: Send + Debug {
    /// Adds bytes at the end. After an error any part of them may be there.
    ///
    /// # Errors
    /// What the system says.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once everything appended so far would survive a power cut.
    ///
    /// # Errors
    /// What the system says; then nothing since the last success may be taken as saved.
    fn sync(&mut self) -> io::Result<()>;

    /// Which file this is, whatever its path now leads to.
    ///
    /// # Errors
    /// What the system says.
    fn identity(&self) -> io::Result<FileIdentity>;
}

/// A lock held until it is dropped or the process ends.
pub trait HeldLock: Send + Sync + Debug {}

/// The operations a store needs.
pub trait Fs: Send + Sync + Debug {
    /// The whole content of a regular file.
    ///
    /// # Errors
    /// What the system says; `InvalidInput` where the path is not a regular file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Up to `len_bytes` bytes from byte `start`; fewer only at the end of the file.
    ///
    /// # Errors
    /// As [`Fs::read`].
    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>>;

    /// What stands under the path, links not followed.
    ///
    /// # Errors
    /// What the system says.
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// Names in a folder, sorted.
    ///
    /// # Errors
    /// What the system says; `InvalidInput` where the path is a link.
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>>;

    /// Creates a folder and those above it.
    ///
    /// # Errors
    /// What the system says.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that must not exist yet, and syncs it (not its folder).
    ///
    /// # Errors
    /// What the system says; `AlreadyExists`. After another error a part of it may be there.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Creates a file that must not exist yet, for appending.
    ///
    /// # Errors
    /// As [`Fs::write_new`].
    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>>;

    /// Gives a file or folder another name in the same file system; what had the name is replaced, at once.
    ///
    /// # Errors
    /// What the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Returns once names created, replaced or removed in the folder would survive a power cut.
    ///
    /// # Errors
    /// What the system says.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// Returns once everything that stands in a regular file would survive a power cut, whoever wrote it (not its name).
    ///
    /// # Errors
    /// What the system says; `InvalidInput` where the path is not a regular file.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// The path with links in it resolved, for telling whether two paths are one folder.
    ///
    /// # Errors
    /// What the system says.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;

    /// Locks the file (created where absent) for this process; `None` where another holds it.
    ///
    /// # Errors
    /// What the system says.
    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>>;
}

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFs;

impl Fs for DiskFs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        open_regular(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        let mut file = open_regular(path)?;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(len_bytes as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let meta = fs::symlink_metadata(path)?;
        Ok(Metadata {
            kind: kind_of(meta.file_type()),
            len_bytes: meta.len(),
            identity: identity_of(&meta),
            modified_nanos: nanos(meta.modified()),
        })
    }

    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        if fs::symlink_metadata(path)?.is_symlink() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is a symbolic link, and links are not followed",
            ));
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let kind = kind_of(entry.file_type()?);
            entries.push(FolderEntry {
                name: entry.file_name().to_string_lossy().into_owned(),
                is_folder: kind == FileKind::Folder,
                is_file: kind == FileKind::File,
            });
        }
        entries.sort();
        Ok(entries)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(DiskAppend(OpenOptions::new().append(true).create_new(true).open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        // Only Unix can sync a folder; elsewhere the file system journals names by itself.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        // Unix syncs through any handle; elsewhere only one that may write will do.
        let file = open_regular(path)?;
        if cfg!(unix) { file.sync_all() } else { OpenOptions::new().append(true).open(path)?.sync_all() }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(DiskLock { _file: file }))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

#[derive(Debug)]
struct DiskAppend(File);

impl AppendFile for DiskAppend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn identity(&self) -> io::Result<FileIdentity> {
        Ok(identity_of(&self.0.metadata()?))
    }
}

/// The system lets go when the file closes, also when the process is killed.
#[derive(Debug)]
struct DiskLock {
    _file: File,
}

impl HeldLock for DiskLock {}

fn open_regular(path: &Path) -> io::Result<File> {
    if kind_of(fs::symlink_metadata(path)?.file_type()) == FileKind::File {
        File::open(path)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

fn kind_of(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::File
    } else if file_type.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    }
}

/// Nanoseconds since 1970, 0 where unknown.
fn nanos(at: io::Result<std::time::SystemTime>) -> u64 {
    let since = at.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(unix)]
fn identity_of(meta: &fs::Metadata) -> FileIdentity {
    use std::os::unix::fs::MetadataExt;
    FileIdentity(meta.dev(), meta.ino())
}

/// Without file numbers the moment of creation has to do; the writer compares lengths as well.
#[cfg(not(unix))]
fn identity_of(meta: &fs::Metadata) -> FileIdentity {
    FileIdentity(0, nanos(meta.created()))
}
