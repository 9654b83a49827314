//! Shards: some hundred texts in one file, exact and readable by any tool, and the facts about them in another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hash::hash_hex;
use super::table::RecordPlace;
use super::{DraftArticle, FORMAT, Store, StoreError, ron};
use crate::model::{ArticleFacts, ImportId};

/// Articles that one shard may hold.
pub(super) const SHARD_LIMIT: usize = 256;

/// Bytes of text that one shard may hold; a larger article is a shard alone.
pub(super) const SHARD_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// `00000.ron`: what a shard holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShardFile {
    pub(super) format: u32,
    pub(super) articles: Vec<ShardArticle>,
}

/// One article of a shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShardArticle {
    /// First byte in the `.txt`.
    pub(super) start: u64,
    /// Length in bytes.
    pub(super) len: u64,
    /// Hash of the text.
    pub(super) hash: String,
    pub(super) facts: ArticleFacts,
}

/// The texts of a shard in one, and what its facts file says of each article.
pub(super) fn entries<'a>(articles: impl Iterator<Item = &'a DraftArticle>) -> (String, Vec<ShardArticle>) {
    let mut texts = String::new();
    let mut entries = Vec::new();
    for article in articles {
        if !entries.is_empty() {
            texts.push('\n');
        }
        entries.push(ShardArticle {
            start: texts.len() as u64,
            len: article.text.len() as u64,
            hash: hash_hex(article.text.as_bytes()),
            facts: article.facts.clone(),
        });
        texts.push_str(&article.text);
    }
    (texts, entries)
}

/// The facts file of a shard.
pub(super) fn facts_file(entries: &[ShardArticle]) -> Result<String, StoreError> {
    #[derive(Serialize)]
    #[serde(rename = "ShardFile")]
    struct File<'a> {
        format: u32,
        articles: &'a [ShardArticle],
    }
    ron::to_file("the facts about articles", &File { format: FORMAT, articles: entries })
}

/// Reads the facts file of a shard, whose bytes have been verified, against the length of its texts.
pub(super) fn read_facts(path: &Path, bytes: &[u8], text_len_bytes: u64) -> Result<Vec<ShardArticle>, StoreError> {
    let file: ShardFile = ron::from_file(path, bytes)?;
    let fits = |article: &ShardArticle| {
        article.start.checked_add(article.len).is_some_and(|end| end <= text_len_bytes)
            && super::is_hash(article.facts.id.as_str())
    };
    match file.articles.iter().find(|article| !fits(article)) {
        Some(article) => {
            let reason = format!("the article {:?} does not lie in the shard's text file", article.facts.id.as_str());
            Err(StoreError::damaged(path, reason))
        }
        None => Ok(file.articles),
    }
}

/// The path of a shard's file, `suffix` being `txt` or `ron`.
pub(super) fn path(store: &Store, import: &ImportId, shard: u32, suffix: &str) -> PathBuf {
    store.root().join("corpus").join(import.as_str()).join(format!("{shard:05}.{suffix}"))
}

/// Reads one text and compares its hash.
pub(super) fn read_text(store: &Store, place: &RecordPlace<'_>, hash: &str) -> Result<Arc<str>, StoreError> {
    let path = path(store, &ImportId::from(place.import), place.shard.number, "txt");
    let len_bytes = usize::try_from(place.len_bytes).unwrap_or(usize::MAX);
    let bytes = store.fs().read_range(&path, place.start, len_bytes).map_err(StoreError::io("read", &path))?;
    let drift = || {
        let reason = format!(
            "the text from byte {} on is not what was imported; restore the file from a copy, or import the source again",
            place.start
        );
        StoreError::damaged(&path, reason)
    };
    if hash_hex(&bytes) != hash {
        return Err(drift());
    }
    String::from_utf8(bytes).map(Arc::from).map_err(|_| drift())
}
