//! Tables of large imports in `.cache/`, so that opening need not read every shard.
//!
//! A file proves itself: name of the import, version of the shape, hash of the rest. Whatever does not fit is made again
//! from the shards, silently; what cannot be written is not written.

use std::path::PathBuf;

use super::hash::{HASH_LEN, hash_hex};
use super::table::Table;
use super::{Store, atomic};
use crate::model::ImportId;

/// First line of a file; a change of [`Table`] changes it.
const MAGIC: &str = "hashiya catalogue 1\n";

/// Imports of fewer articles are read from their shards in no time.
const LEAST_ARTICLES: usize = 1000;

/// Cache files are not read beyond this.
const LIMIT_BYTES: u64 = 4 * 1024 * 1024 * 1024;

fn path(store: &Store, import: &ImportId) -> PathBuf {
    store.root().join(".cache").join(format!("catalogue-{import}.bin"))
}

/// The table of an import, if its file is there and proves itself.
pub(super) fn load(store: &Store, import: &ImportId, articles: u64) -> Option<Table> {
    if articles < LEAST_ARTICLES as u64 {
        return None;
    }
    let bytes = atomic::read_limited(store.fs(), &path(store, import), LIMIT_BYTES).ok()?;
    let rest = bytes.strip_prefix(MAGIC.as_bytes())?;
    let (hash, body) = rest.split_at_checked(HASH_LEN)?;
    if hash_hex(body).as_bytes() != hash {
        return None;
    }
    let table: Table = postcard::from_bytes(body).ok()?;
    let fits = table.import == import.as_str() && table.len() as u64 == articles && table.is_sound();
    fits.then(|| table.finish())
}

/// Writes the table of an import for the next opening.
pub(super) fn save(store: &Store, import: &ImportId, table: &Table) {
    if table.len() < LEAST_ARTICLES {
        return;
    }
    let Ok(body) = postcard::to_allocvec(table) else { return };
    let mut bytes = Vec::with_capacity(MAGIC.len() + HASH_LEN + body.len());
    bytes.extend_from_slice(MAGIC.as_bytes());
    bytes.extend_from_slice(hash_hex(&body).as_bytes());
    bytes.extend_from_slice(&body);
    drop(body);
    let path = path(store, import);
    // A cache that cannot be written is made again at the next opening.
    if store.fs().create_dir_all(&store.root().join(".cache")).is_ok() {
        let _ = atomic::replace_unsynced(store.fs(), &path, &bytes);
    }
}
