//! Results of long reading work, kept in `.cache/` until what they were made of changes. Never needed, never shared.

use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::hash::{HASH_LEN, hash_hex};
use super::{Store, atomic};

const MAGIC: &[u8] = b"hashiya derived 1\n";
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

fn path(store: &Store, name: &str) -> PathBuf {
    store.root().join(".cache").join(format!("{name}.bin"))
}

/// See [`Store::derived`].
pub(super) fn load<T: DeserializeOwned>(store: &Store, name: &str) -> Option<T> {
    let bytes = atomic::read_limited(store.fs(), &path(store, name), LIMIT_BYTES).ok()?;
    let (hash, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH_LEN)?;
    if hash_hex(body).as_bytes() != hash {
        return None;
    }
    postcard::from_bytes(body).ok()
}

/// See [`Store::keep_derived`].
pub(super) fn save<T: Serialize>(store: &Store, name: &str, value: &T) {
    let Ok(body) = postcard::to_allocvec(value) else { return };
    let bytes = [MAGIC, hash_hex(&body).as_bytes(), &body].concat();
    // What cannot be written is made again.
    if store.fs().create_dir_all(&store.root().join(".cache")).is_ok() {
        let _ = atomic::replace_unsynced(store.fs(), &path(store, name), &bytes);
    }
}
