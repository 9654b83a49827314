//! A file system in memory that remembers what would survive a power cut. For tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::fs::{AppendFile, FileIdentity, FileKind, FolderEntry, Fs, HeldLock, Metadata};

/// A file system in memory. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct MemFs {
    disk: Arc<Mutex<Disk>>,
}

/// What is known of every folder.
const FOLDER: Metadata =
    Metadata { kind: FileKind::Folder, len_bytes: 0, identity: FileIdentity(1, 0), modified_nanos: 0 };

#[derive(Debug, Default)]
struct Disk {
    next: u64,
    files: BTreeMap<u64, Content>,
    /// What running processes see.
    live: BTreeMap<PathBuf, Node>,
    /// What a power cut would leave.
    durable: BTreeMap<PathBuf, Node>,
    locked: BTreeSet<PathBuf>,
}

#[derive(Clone, Debug, Default)]
struct Content {
    bytes: Vec<u8>,
    synced_bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Folder,
    File(u64),
}

impl MemFs {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is left after a power cut: everything synced, and of the rest what chance (drawn from `seed`) left behind:
    /// names that were not synced may be there or not, and bytes that were not synced may be there in part.
    #[must_use]
    pub fn after_power_cut(&self, seed: u64) -> Self {
        let disk = self.lock();
        let mut chance = Chance(seed);
        let mut left = Disk { next: disk.next, files: disk.files.clone(), ..Disk::default() };
        let paths: BTreeSet<&PathBuf> = disk.live.keys().chain(disk.durable.keys()).collect();
        for path in paths {
            let (live, durable) = (disk.live.get(path), disk.durable.get(path));
            let node = if live == durable || chance.coin() { live } else { durable };
            let has_parent = path.parent().is_none_or(|parent| is_root(parent) || left.live.contains_key(parent));
            if let (Some(node), true) = (node, has_parent) {
                left.live.insert(path.clone(), *node);
            }
        }
        for content in left.files.values_mut() {
            let unsynced = content.bytes.len() - content.synced_bytes;
            let kept = content.synced_bytes + chance.below(unsynced + 1);
            content.bytes.truncate(kept);
            content.synced_bytes = kept;
        }
        left.durable = left.live.clone();
        drop(disk);
        Self { disk: Arc::new(Mutex::new(left)) }
    }

    /// An independent copy of everything, as if all of it had been synced.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let disk = self.lock();
        let mut files = disk.files.clone();
        for content in files.values_mut() {
            content.synced_bytes = content.bytes.len();
        }
        let copy = Disk {
            next: disk.next,
            files,
            live: disk.live.clone(),
            durable: disk.live.clone(),
            locked: BTreeSet::new(),
        };
        drop(disk);
        Self { disk: Arc::new(Mutex::new(copy)) }
    }

    /// Puts a file in place as a sync tool does: a new file under the path, folders made as needed, all of it durable.
    pub fn put(&self, path: &Path, bytes: &[u8]) {
        let mut disk = self.lock();
        disk.folders(path.parent().unwrap_or(path));
        let id = disk.new_file(bytes.to_vec(), bytes.len());
        disk.live.insert(path.to_owned(), Node::File(id));
        disk.durable = disk.live.clone();
    }

    /// Every file with its content, by path.
    #[must_use]
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let disk = self.lock();
        let file = |(path, node): (&PathBuf, &Node)| match node {
            Node::File(id) => Some((path.clone(), disk.files.get(id)?.bytes.clone())),
            Node::Folder => None,
        };
        disk.live.iter().filter_map(file).collect()
    }

    /// Removes a file, or a folder with everything in it.
    pub fn remove_all(&self, path: &Path) {
        let mut disk = self.lock();
        disk.live.retain(|known, _| !known.starts_with(path));
        disk.durable.retain(|known, _| !known.starts_with(path));
    }

    fn lock(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk {
    fn new_file(&mut self, bytes: Vec<u8>, synced_bytes: usize) -> u64 {
        self.next += 1;
        self.files.insert(self.next, Content { bytes, synced_bytes });
        self.next
    }

    fn folders(&mut self, path: &Path) {
        for folder in path.ancestors().filter(|folder| !is_root(folder)) {
            self.live.entry(folder.to_owned()).or_insert(Node::Folder);
        }
    }

    fn create(&mut self, path: &Path, bytes: Vec<u8>, synced_bytes: usize) -> io::Result<u64> {
        let parent = path.parent().unwrap_or(path);
        if !is_root(parent) && self.live.get(parent) != Some(&Node::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if self.live.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let id = self.new_file(bytes, synced_bytes);
        self.live.insert(path.to_owned(), Node::File(id));
        Ok(id)
    }

    fn content(&self, path: &Path) -> io::Result<&Content> {
        match self.live.get(path) {
            Some(Node::File(id)) => self.files.get(id).ok_or_else(|| io::ErrorKind::NotFound.into()),
            Some(Node::Folder) => Err(io::ErrorKind::InvalidInput.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Fs for MemFs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(self.lock().content(path)?.bytes.clone())
    }

    fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> io::Result<Vec<u8>> {
        let disk = self.lock();
        let bytes = &disk.content(path)?.bytes;
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(len_bytes).min(bytes.len());
        Ok(bytes.get(start..end).unwrap_or_default().to_vec())
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let disk = self.lock();
        match disk.live.get(path) {
            Some(Node::File(id)) => {
                let len_bytes = disk.files.get(id).map_or(0, |content| content.bytes.len() as u64);
                Ok(Metadata { kind: FileKind::File, len_bytes, identity: FileIdentity(0, *id), modified_nanos: 0 })
            }
            Some(Node::Folder) => Ok(FOLDER),
            None if is_root(path) => Ok(FOLDER),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let disk = self.lock();
        match disk.live.get(path) {
            Some(Node::Folder) => {}
            None if is_root(path) => {}
            Some(Node::File(_)) => return Err(io::ErrorKind::InvalidInput.into()),
            None => return Err(io::ErrorKind::NotFound.into()),
        }
        let children = disk.live.iter().filter(|(known, _)| known.parent() == Some(path));
        let mut entries: Vec<FolderEntry> = children
            .map(|(known, node)| FolderEntry {
                name: known.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                is_folder: *node == Node::Folder,
                is_file: *node != Node::Folder,
            })
            .collect();
        entries.sort();
        Ok(entries)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.lock().folders(path);
        Ok(())
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.lock().create(path, bytes.to_vec(), bytes.len()).map(|_| ())
    }

    fn create_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        let id = self.lock().create(path, Vec::new(), 0)?;
        Ok(Box::new(MemAppend { fs: self.clone(), id }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.lock();
        let node = disk.live.remove(from).ok_or(io::ErrorKind::NotFound)?;
        disk.live.insert(to.to_owned(), node);
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.lock();
        let disk = &mut *disk;
        if !is_root(path) && disk.live.get(path) != Some(&Node::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        disk.durable.retain(|known, _| known.parent() != Some(path));
        let children = disk.live.iter().filter(|(known, _)| known.parent() == Some(path));
        disk.durable.extend(children.map(|(known, node)| (known.clone(), *node)));
        Ok(())
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.lock();
        let id = match disk.live.get(path) {
            Some(Node::File(id)) => *id,
            Some(Node::Folder) => return Err(io::ErrorKind::InvalidInput.into()),
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        let content = disk.files.entry(id).or_default();
        content.synced_bytes = content.bytes.len();
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.lock().live.remove(path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn HeldLock>>> {
        let mut disk = self.lock();
        if !disk.live.contains_key(path) {
            disk.create(path, Vec::new(), 0)?;
        }
        if !disk.locked.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemLock { fs: self.clone(), path: path.to_owned() })))
    }
}

#[derive(Debug)]
struct MemAppend {
    fs: MemFs,
    id: u64,
}

impl AppendFile for MemAppend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.fs.lock();
        disk.files.entry(self.id).or_default().bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut disk = self.fs.lock();
        let content = disk.files.entry(self.id).or_default();
        content.synced_bytes = content.bytes.len();
        Ok(())
    }

    fn identity(&self) -> io::Result<FileIdentity> {
        Ok(FileIdentity(0, self.id))
    }
}

#[derive(Debug)]
struct MemLock {
    fs: MemFs,
    path: PathBuf,
}

impl HeldLock for MemLock {}

impl Drop for MemLock {
    fn drop(&mut self) {
        self.fs.lock().locked.remove(&self.path);
    }
}

fn is_root(path: &Path) -> bool {
    path.parent().is_none()
}

/// A few reproducible random numbers (splitmix64).
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn coin(&mut self) -> bool {
        self.next() & 1 == 0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_cut_keeps_what_was_synced_and_nothing_is_certain_about_the_rest() {
        let fs = MemFs::new();
        let (dir, path) = (Path::new("/p"), Path::new("/p/a"));
        fs.create_dir_all(dir).unwrap();
        fs.sync_dir(Path::new("/")).unwrap();
        let mut file = fs.create_append(path).unwrap();
        file.append(b"one").unwrap();
        file.sync().unwrap();
        fs.sync_dir(dir).unwrap();
        file.append(b"two").unwrap();
        fs.write_new(Path::new("/p/b"), b"x").unwrap();
        let outcomes: BTreeSet<(Vec<u8>, bool)> = (0..64)
            .map(|seed| {
                let left = fs.after_power_cut(seed);
                (left.read(path).unwrap(), left.metadata(Path::new("/p/b")).is_ok())
            })
            .collect();
        assert!(outcomes.iter().all(|(bytes, _)| bytes.starts_with(b"one")));
        assert!(outcomes.iter().any(|(bytes, _)| bytes == b"one"));
        assert!(outcomes.iter().any(|(bytes, _)| bytes == b"onetwo"));
        assert!(outcomes.iter().any(|(_, there)| *there) && outcomes.iter().any(|(_, there)| !*there));
    }
}
