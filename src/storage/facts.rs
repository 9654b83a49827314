//! Records of single articles, read from their shards on demand: memory follows what is open.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::catalogue::Articles;
use super::hash::hash_hex;
use super::shard::{self, ShardArticle};
use super::table::RecordPlace;
use super::{Store, StoreError, atomic, ron};
use crate::model::{ArticleFacts, ArticleId, ImportId};

/// Shards whose facts files are kept.
const KEPT_SHARDS: usize = 4;

/// Facts files are not read beyond this.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// The facts files that were read last.
#[derive(Debug, Default)]
pub(crate) struct OpenShards {
    kept: Mutex<VecDeque<Arc<OpenShard>>>,
}

/// A facts file whose bytes have been verified, not taken apart: one record is a hundredth of the work.
#[derive(Debug)]
struct OpenShard {
    import: String,
    number: u32,
    path: PathBuf,
    text: String,
    /// The records in the text, where it has the shape that this version writes.
    records: Vec<Range<usize>>,
}

impl OpenShard {
    fn read(store: &Store, place: &RecordPlace<'_>) -> Result<Self, StoreError> {
        let path = shard::path(store, &ImportId::from(place.import), place.shard.number, "ron");
        let bytes = atomic::read_limited(store.fs(), &path, LIMIT_BYTES)?;
        let damaged = || {
            let reason =
                "the bytes are not those that were imported; restore the file from a copy, or import the source again";
            StoreError::damaged(&path, reason)
        };
        if hash_hex(&bytes) != place.shard.hash {
            return Err(damaged());
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        let records = records_in(&text);
        Ok(Self { import: place.import.to_owned(), number: place.shard.number, path, text, records })
    }

    fn record(&self, place: &RecordPlace<'_>, id: &ArticleId) -> Result<ShardArticle, StoreError> {
        let is_it = |article: &ShardArticle| {
            article.facts.id == *id && article.start == place.start && article.len == place.len_bytes
        };
        let piece = self.records.get(place.record).and_then(|range| self.text.get(range.clone()));
        if let Some(article) = piece.and_then(|piece| ron::from_text::<ShardArticle>(piece).ok()).filter(is_it) {
            return Ok(article);
        }
        // A file of another shape, which its import vouches for all the same.
        let all = shard::read_facts(&self.path, self.text.as_bytes(), u64::MAX)?;
        all.into_iter().find(is_it).ok_or_else(|| StoreError::NoArticle { article: id.clone() })
    }
}

/// Where the records of a facts file stand: between lines of one bracket, four spaces in.
fn records_in(text: &str) -> Vec<Range<usize>> {
    let mut records = Vec::new();
    let (mut at, mut open) = (0, None);
    for line in text.split_inclusive('\n') {
        match (line, open) {
            ("    (\n", None) => open = Some(at),
            ("    ),\n", Some(start)) => {
                records.push(start..at + "    )".len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    records
}

impl OpenShards {
    fn get(&self, store: &Store, place: &RecordPlace<'_>) -> Result<Arc<OpenShard>, StoreError> {
        let is_it = |shard: &Arc<OpenShard>| shard.number == place.shard.number && shard.import == place.import;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(is_it)
            && let Some(shard) = kept.remove(at)
        {
            kept.push_back(Arc::clone(&shard));
            return Ok(shard);
        }
        drop(kept);
        // Two threads may read one file at once; that is rarer than one waiting for another's disk would be.
        let shard = Arc::new(OpenShard::read(store, place)?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_SHARDS {
            kept.pop_front();
        }
        kept.push_back(Arc::clone(&shard));
        Ok(shard)
    }
}

/// The record of an article.
pub(super) fn record(store: &Store, articles: &Articles, id: &ArticleId) -> Result<(usize, ShardArticle), StoreError> {
    let missing = || StoreError::NoArticle { article: id.clone() };
    let idx = articles.idx_of(id).ok_or_else(missing)?;
    let place = articles.place(idx).ok_or_else(missing)?;
    Ok((idx, store.inner.open_shards.get(store, &place)?.record(&place, id)?))
}

/// Facts of an article as imported, with the version that the project found.
pub(super) fn facts(store: &Store, articles: &Articles, id: &ArticleId) -> Result<ArticleFacts, StoreError> {
    let (idx, article) = record(store, articles, id)?;
    let mut facts = article.facts;
    if facts.version_of.is_none() {
        let earlier = articles.get(idx).and_then(|entry| entry.version_of);
        facts.version_of = earlier.and_then(|idx| articles.get(idx)).map(|entry| entry.id());
    }
    Ok(facts)
}

/// The text of an article, compared with its hash.
pub(super) fn text(store: &Store, articles: &Articles, id: &ArticleId) -> Result<Arc<str>, StoreError> {
    let (idx, article) = record(store, articles, id)?;
    let place = articles.place(idx).ok_or_else(|| StoreError::NoArticle { article: id.clone() })?;
    shard::read_text(store, &place, &article.hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_between_brackets_of_their_own() {
        let text = "(\n  articles: [\n    (\n      a: 1,\n    ),\n    (\n      b: [\n        (\n        ),\n      ],\n    ),\n  ],\n)\n";
        let found: Vec<&str> = records_in(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, ["    (\n      a: 1,\n    )", "    (\n      b: [\n        (\n        ),\n      ],\n    )"]);
        assert!(records_in("(format:0,articles:[])").is_empty());
    }
}
