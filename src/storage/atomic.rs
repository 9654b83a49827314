//! Files that appear whole or not at all, and folders that survive a power cut.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{FileKind, Fs, StoreError};

/// What temporary names end in; readers pass such names over.
pub(super) const TEMP_SUFFIX: &str = ".tmp";

static NEXT_TEMP: AtomicU64 = AtomicU64::new(0);

/// Writes `bytes` under `path`, whatever was there: temporary file, sync, rename, sync of the folder.
pub(super) fn replace(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    let temp = temp_path(path);
    let written = fs.write_new(&temp, bytes).and_then(|()| fs.rename(&temp, path));
    if let Err(source) = written {
        // The temporary name is ours alone; what cannot be removed is passed over by readers.
        let _ = fs.remove_file(&temp);
        return Err(StoreError::Io { doing: "write", path: path.to_owned(), source });
    }
    fs.sync_dir(folder).map_err(StoreError::io("write", folder))
}

/// Writes `bytes` under `path` without waiting for the disk: for files that prove themselves and can be made again.
pub(super) fn replace_unsynced(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let temp = temp_path(path);
    let written = fs.create_append(&temp).and_then(|mut file| file.append(bytes)).and_then(|()| fs.rename(&temp, path));
    if written.is_err() {
        let _ = fs.remove_file(&temp);
    }
    written
}

/// A name beside `path` that is ours alone and that readers pass over.
fn temp_path(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let number = NEXT_TEMP.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}-{number}{TEMP_SUFFIX}", std::process::id()))
}

/// Writes a record: nothing is done where the same bytes are there already.
pub(super) fn write_record(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    match fs.metadata(path) {
        Ok(meta) if meta.len_bytes == bytes.len() as u64 && fs.read(path).is_ok_and(|there| there == bytes) => {
            // It may have been left behind by a process that was killed before it synced the name.
            let folder = path.parent().unwrap_or(path);
            fs.sync_dir(folder).map_err(StoreError::io("write", folder))
        }
        _ => replace(fs, path, bytes),
    }
}

/// Creates a folder under `root` and those between, each durably. `root` itself must exist.
pub(super) fn ensure_folder(fs: &dyn Fs, root: &Path, folder: &Path) -> Result<(), StoreError> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| *path != root && path.starts_with(root)).collect();
    for path in missing.into_iter().rev() {
        match fs.metadata(path) {
            Ok(meta) if meta.kind == FileKind::Folder => {}
            Ok(_) => {
                return Err(StoreError::damaged(
                    path,
                    "a folder is needed here; move what stands under this name away",
                ));
            }
            Err(_) => fs.create_dir_all(path).map_err(StoreError::io("create", path))?,
        }
        // Also where it existed: a process that was killed may not have synced the name.
        let parent = path.parent().unwrap_or(path);
        fs.sync_dir(parent).map_err(StoreError::io("create", path))?;
    }
    Ok(())
}

/// Reads a file of at most `limit_bytes`.
pub(super) fn read_limited(fs: &dyn Fs, path: &Path, limit_bytes: u64) -> Result<Vec<u8>, StoreError> {
    let meta = fs.metadata(path).map_err(StoreError::io("read", path))?;
    if meta.len_bytes > limit_bytes {
        return Err(StoreError::TooLarge { path: path.to_owned(), len_bytes: meta.len_bytes, limit_bytes });
    }
    fs.read(path).map_err(StoreError::io("read", path))
}
