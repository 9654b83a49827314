//! The one hash of the format: the first 32 hex digits of BLAKE3 over bytes as they stand in a file.

use crate::model::{ArticleId, ArticleKey};

/// Length of a hash in hex digits.
pub const HASH_LEN: usize = 32;

/// The hash that stands as `prev` in the first line of a session.
pub const ZERO_HASH: &str = "00000000000000000000000000000000";

/// The first 32 hex digits of BLAKE3 over `bytes`.
#[must_use]
pub fn hash_hex(bytes: &[u8]) -> String {
    hash_parts(&[bytes])
}

/// The hash of the parts written one after the other.
#[must_use]
pub fn hash_parts(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let mut hex = hasher.finalize().to_hex().as_str().to_owned();
    hex.truncate(HASH_LEN);
    hex
}

/// Hashes bytes that come in parts, and tells the hash after each part.
#[derive(Clone, Debug, Default)]
pub(super) struct FileHasher(blake3::Hasher);

impl FileHasher {
    /// Takes in more bytes and returns the hash of all so far.
    pub(super) fn add(&mut self, bytes: &[u8]) -> String {
        self.0.update(bytes);
        self.hash()
    }

    /// The hash of all so far.
    pub(super) fn hash(&self) -> String {
        let mut hex = self.0.finalize().to_hex().as_str().to_owned();
        hex.truncate(HASH_LEN);
        hex
    }
}

/// Whether `text` has the shape of a hash: 32 lower-case hex digits.
#[must_use]
pub fn is_hash(text: &str) -> bool {
    text.len() == HASH_LEN && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The id of the article with this key and stored text: the hash of `hashiya article 1`, kind of key, key and text,
/// separated by NUL. The same article imported anywhere, by anybody, has the same id.
#[must_use]
pub fn article_id(key: &ArticleKey, text: &str) -> ArticleId {
    ArticleId::of(key, text)
}

/// SHA-256 of bytes as lower-case hex, the hash of source files that other tools can check.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in sha2::Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_32_hex_digits_of_blake3() {
        assert_eq!(hash_hex(b""), "af1349b9f5f9a1a6a0404dea36dcc949");
        assert_eq!(hash_parts(&[b"a", b"b"]), hash_hex(b"ab"));
        assert!(is_hash(ZERO_HASH) && !is_hash("AF1349B9F5F9A1A6A0404DEA36DCC949") && !is_hash("../x"));
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn article_ids_depend_on_kind_key_and_text() {
        let id = |key: ArticleKey, text| article_id(&key, text);
        let base = id(ArticleKey::Id("a".into()), "t");
        assert_eq!(base.as_str(), hash_hex(b"hashiya article 1\0id\0a\0t"));
        assert_eq!(base, id(ArticleKey::Id("a".into()), "t"));
        assert_ne!(base, id(ArticleKey::Url("a".into()), "t"));
        assert_ne!(base, id(ArticleKey::Id("a".into()), "u"));
        assert_eq!(id(ArticleKey::None, "t").as_str(), hash_hex(b"hashiya article 1\0none\0\0t"));
    }
}
