//! A file system that stops whoever writes into one folder, or reads from it, until it is let go on.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use hashiya::storage::{AppendFile, FolderEntry, Fs, HeldLock, MemFs, Metadata};

/// Nobody is stopped for longer: a test that waits for somebody who waits for it fails instead of standing still.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
struct Gate {
    is_open: bool,
    someone_waits: bool,
    lost_patience: bool,
}

/// See the module. Clones are the same.
#[derive(Clone, Debug)]
pub struct GateFs {
    under: MemFs,
    folder: PathBuf,
    /// Stops who reads, in place of who writes.
    reads: bool,
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

impl GateFs {
    /// The gate before `folder` is shut.
    pub fn shut(under: &MemFs, folder: &Path) -> Self {
        Self { under: under.clone(), folder: folder.to_owned(), reads: false, gate: Arc::default() }
    }

    /// The gate before `folder` is shut for those who read there, as a network folder is that gives no answer.
    pub fn hanging(under: &MemFs, folder: &Path) -> Self {
        Self { reads: true, ..Self::shut(under, folder) }
    }

    /// Waits until somebody stands before the gate.
    pub fn wait_for_someone(&self) {
        let (gate, changed) = &*self.gate;
        let waiting = |gate: &mut Gate| !gate.someone_waits;
        let (gate, _) = changed.wait_timeout_while(gate.lock().unwrap(), PATIENCE, waiting).unwrap();
        assert!(gate.someone_waits, "nobody comes there");
    }

    /// Lets everybody go on, and answers whether they waited for it.
    pub fn open(&self) -> bool {
        let (gate, changed) = &*self.gate;
        let mut gate = gate.lock().unwrap();
        gate.is_open = true;
        changed.notify_all();
        !gate.lost_patience
    }

    fn pass(&self, path: &Path, reads: bool) {
        if reads != self.reads || !path.starts_with(&self.folder) {
            return;
        }
        let (gate, changed) = &*self.gate;
        let mut gate = gate.lock().unwrap();
        gate.someone_waits = true;
        changed.notify_all();
        let (mut gate, _) = changed.wait_timeout_while(gate, PATIENCE, |gate| !gate.is_open).unwrap();
        gate.lost_patience |= !gate.is_open;
    }
}

impl Fs for GateFs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.pass(path, true);
        self.under.read(path)
    }
    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        self.pass(path, true);
        self.under.read_range(path, start, len_bytes)
    }
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.under.metadata(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        self.under.list(path)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.under.create_dir_all(path)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.pass(path, false);
        self.under.write_new(path, bytes)
    }
    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.pass(path, false);
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
