//! A file system that fails on demand: at its n-th operation, once or for ever. For tests.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fs::{AppendFile, FileIdentity, FolderEntry, Fs, HeldLock, Metadata};

/// How it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The operation fails; later ones work again.
    Once,
    /// The operation and all later ones fail, as if the process had been killed there.
    Freeze,
    /// As [`Fault::Freeze`], but a write leaves half of its bytes behind.
    Torn,
    /// From there on nothing can be written (disk full); reading works.
    Full,
    /// From there on nothing may be written (permission denied); reading works.
    Denied,
    /// From there on syncing does nothing and says it did.
    SyncIgnored,
}

/// A twin of another file system that fails at operation `at`, counted from 1; 0 never fails.
#[derive(Clone, Debug)]
pub struct FaultyFs {
    under: Arc<dyn Fs>,
    plan: Arc<Plan>,
    /// Paths elsewhere are on another disk, which is sound.
    within: Option<PathBuf>,
}

#[derive(Debug)]
struct Plan {
    at: AtomicU64,
    fault: Fault,
    count: AtomicU64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
    Sync,
}

enum Verdict {
    Do,
    Half,
    Skip,
}

impl Plan {
    fn next(&self, kind: Kind) -> io::Result<Verdict> {
        let count = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        let at = self.at.load(Ordering::SeqCst);
        if at == 0 || count < at {
            return Ok(Verdict::Do);
        }
        let broken = || io::Error::other("injected fault");
        match self.fault {
            Fault::Once if count > at => Ok(Verdict::Do),
            Fault::Torn if count == at && kind == Kind::Write => Ok(Verdict::Half),
            Fault::Once | Fault::Freeze | Fault::Torn => Err(broken()),
            Fault::Full | Fault::Denied if kind == Kind::Read => Ok(Verdict::Do),
            Fault::Full => Err(io::ErrorKind::StorageFull.into()),
            Fault::Denied => Err(io::ErrorKind::PermissionDenied.into()),
            Fault::SyncIgnored if kind == Kind::Sync => Ok(Verdict::Skip),
            Fault::SyncIgnored => Ok(Verdict::Do),
        }
    }

    fn write(&self, bytes: &[u8], write: impl FnOnce(&[u8]) -> io::Result<()>) -> io::Result<()> {
        match self.next(Kind::Write)? {
            Verdict::Half => {
                write(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                Err(io::Error::other("injected fault in the middle of a write"))
            }
            Verdict::Do | Verdict::Skip => write(bytes),
        }
    }

    fn sync(&self, sync: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.next(Kind::Sync)? {
            Verdict::Skip => Ok(()),
            Verdict::Do | Verdict::Half => sync(),
        }
    }
}

impl FaultyFs {
    /// A twin of `under` that fails at operation `at`.
    #[must_use]
    pub fn new(under: Arc<dyn Fs>, at: u64, fault: Fault) -> Self {
        let plan = Plan { at: AtomicU64::new(at), fault, count: AtomicU64::new(0) };
        Self { under, plan: Arc::new(plan), within: None }
    }

    /// The same, but only paths under `folder` are counted and fail: everything else is on another disk.
    #[must_use]
    pub fn within(mut self, folder: &Path) -> Self {
        self.within = Some(folder.to_owned());
        self
    }

    /// Fails from the next operation on.
    pub fn fail_now(&self) {
        self.plan.at.store(self.operations() + 1, Ordering::SeqCst);
    }

    /// Works again.
    pub fn heal(&self) {
        self.plan.at.store(0, Ordering::SeqCst);
    }

    /// How many operations were asked for.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.plan.count.load(Ordering::SeqCst)
    }
}

impl FaultyFs {
    /// The plan that holds for a path, if one does.
    fn plan(&self, path: &Path) -> Option<&Plan> {
        self.within.as_ref().is_none_or(|folder| path.starts_with(folder)).then_some(&*self.plan)
    }

    fn next(&self, path: &Path, kind: Kind) -> io::Result<()> {
        self.plan(path).map_or(Ok(()), |plan| plan.next(kind).map(|_| ()))
    }
}

impl Fs for FaultyFs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.next(path, Kind::Read)?;
        self.under.read(path)
    }

    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        self.next(path, Kind::Read)?;
        self.under.read_range(path, start, len_bytes)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.next(path, Kind::Read)?;
        self.under.metadata(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        self.next(path, Kind::Read)?;
        self.under.list(path)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        match self.plan(path) {
            Some(plan) => plan.write(&[], |_| self.under.create_dir_all(path)),
            None => self.under.create_dir_all(path),
        }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self.plan(path) {
            Some(plan) => plan.write(bytes, |bytes| self.under.write_new(path, bytes)),
            None => self.under.write_new(path, bytes),
        }
    }

    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.next(path, Kind::Write)?;
        let plan = self.plan(path).map(|_| Arc::clone(&self.plan));
        Ok(Box::new(FaultyAppend { under: self.under.create_append(path)?, plan }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.next(to, Kind::Write)?;
        self.under.rename(from, to)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        match self.plan(path) {
            Some(plan) => plan.sync(|| self.under.sync_dir(path)),
            None => self.under.sync_dir(path),
        }
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        match self.plan(path) {
            Some(plan) => plan.sync(|| self.under.sync_file(path)),
            None => self.under.sync_file(path),
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.next(path, Kind::Write)?;
        self.under.remove_file(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.next(path, Kind::Read)?;
        self.under.canonical(path)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>> {
        self.next(path, Kind::Write)?;
        self.under.try_lock(path)
    }
}

#[derive(Debug)]
struct FaultyAppend {
    under: Box<dyn AppendFile>,
    plan: Option<Arc<Plan>>,
}

impl AppendFile for FaultyAppend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let under = &mut self.under;
        match &self.plan {
            Some(plan) => plan.write(bytes, |bytes| under.append(bytes)),
            None => under.append(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let under = &mut self.under;
        match &self.plan {
            Some(plan) => plan.sync(|| under.sync()),
            None => under.sync(),
        }
    }

    fn identity(&self) -> io::Result<FileIdentity> {
        if let Some(plan) = &self.plan {
            plan.next(Kind::Read)?;
        }
        self.under.identity()
    }
}
