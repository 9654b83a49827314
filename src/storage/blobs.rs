//! Blobs: schemes, plans and long lists, each a file named by the hash of its bytes.

use std::path::PathBuf;

use super::hash::{hash_hex, is_hash};
use super::{Store, StoreError, atomic};
use crate::model::{BlobId, Diagnostic, Severity};

/// Bytes that one blob may have.
const LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// The file of a blob; an id that is no hash leads to a name that no blob has.
pub(super) fn path(store: &Store, id: &BlobId) -> PathBuf {
    let name = if is_hash(id.as_str()) { id.as_str() } else { "unknown" };
    store.root().join("blobs").join(format!("{name}.ron"))
}

/// See [`Store::put_blob`].
pub(super) fn put(store: &Store, bytes: &[u8]) -> Result<BlobId, StoreError> {
    if bytes.len() as u64 > LIMIT_BYTES {
        let reason = format!("a blob of {} bytes is too large; at most {LIMIT_BYTES} are kept", bytes.len());
        return Err(StoreError::Refused { reason });
    }
    let id = BlobId::from(hash_hex(bytes));
    atomic::ensure_folder(store.fs(), store.root(), &store.root().join("blobs"))?;
    atomic::write_record(store.fs(), &path(store, &id), bytes)?;
    Ok(id)
}

/// See [`Store::blob`].
pub(super) fn get(store: &Store, id: &BlobId) -> Result<Vec<u8>, StoreError> {
    let path = path(store, id);
    let bytes = atomic::read_limited(store.fs(), &path, LIMIT_BYTES)?;
    if hash_hex(&bytes) == id.as_str() {
        Ok(bytes)
    } else {
        let reason = "the bytes do not have the hash that is the file's name; it was edited or damaged and is ignored. \
                      Restore it from a copy, or import it as a new scheme";
        Err(StoreError::damaged(path, reason))
    }
}

/// Reports blobs whose bytes do not have their name, and files that are none.
pub(super) fn check(store: &Store, found: &mut Vec<Diagnostic>) -> Result<(), StoreError> {
    let folder = store.root().join("blobs");
    let entries = match store.fs().list(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(StoreError::io("read", folder))?,
    };
    for entry in entries.into_iter().filter(|entry| !entry.name.ends_with(atomic::TEMP_SUFFIX)) {
        let file = format!("blobs/{}", entry.name);
        match entry.name.strip_suffix(".ron") {
            Some(id) if entry.is_file && is_hash(id) => {
                if let Err(error) = get(store, &BlobId::from(id)) {
                    found.push(Diagnostic::new(Severity::Error, "blob_damaged", error.to_string()).in_file(file));
                }
            }
            _ => {
                let message = "it is no blob and is ignored; move it away";
                found.push(Diagnostic::new(Severity::Warning, "foreign_file", message).in_file(file));
            }
        }
    }
    Ok(())
}
