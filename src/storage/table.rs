//! What a list of articles shows of one import, as columns.
//!
//! A table is a function of its import alone, and imports never change: so it may be kept in memory and in a cache under
//! the import's name. What lists do not show (key, byline, address, regions, hashes, extra) stays in the shards and is
//! read on demand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{ArticleFacts, ArticleId, ArticleKey, Direction, ImportId, RegionKind};

/// The 16 bytes of an id of 32 hex digits; `None` where it is none.
pub(super) fn bytes_from_id(id: &str) -> Option<[u8; 16]> {
    let digits = id.as_bytes();
    let mut bytes = [0; 16];
    if digits.len() != 32 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = (hex_value(high)? << 4) | hex_value(low)?;
    }
    Some(bytes)
}

const fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// The id as it is written.
pub(super) fn id_from_bytes(bytes: [u8; 16]) -> ArticleId {
    ArticleId::new(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Whether a part of the article other than blank lines is left out: scraped pages leave repeats, credits, footers.
#[must_use]
pub fn is_noisy<'a>(regions: impl IntoIterator<Item = &'a crate::model::Region>) -> bool {
    regions.into_iter().any(|region| !region.include && region.kind != RegionKind::Blank)
}

/// A shard in a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableShard {
    pub(super) number: u32,
    /// Its first row.
    pub(super) first: u32,
    /// Hash of its `.ron`, from the manifest.
    pub(super) hash: String,
}

/// The articles of one import, in the order of its shards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) import: String,
    pub(super) shards: Vec<TableShard>,
    ids: Vec<[u8; 16]>,
    /// Name and title of each row, one after the other.
    arena: String,
    /// First byte of a row in the arena.
    starts: Vec<u64>,
    name_lens: Vec<u32>,
    title_lens: Vec<u32>,
    /// Outlets, dates and languages, each once.
    words: Vec<String>,
    outlets: Vec<u32>,
    dates: Vec<u32>,
    languages: Vec<u32>,
    /// Direction, kind of key, whether noisy.
    bits: Vec<u8>,
    text_starts: Vec<u64>,
    text_lens: Vec<u64>,
    /// Articles that the source says are newer texts of others.
    versions: BTreeMap<u32, [u8; 16]>,
    /// Only while rows are added.
    #[serde(skip)]
    idx_from_word: BTreeMap<String, u32>,
}

const NOISY: u8 = 0x80;

impl Table {
    /// An empty table of an import.
    pub(super) fn new(import: &ImportId) -> Self {
        Self { import: import.to_string(), ..Self::default() }
    }

    /// Begins a shard; rows that follow are its articles.
    pub(super) fn begin_shard(&mut self, number: u32, hash: &str) {
        self.shards.push(TableShard { number, first: self.len() as u32, hash: hash.to_owned() });
    }

    /// Adds an article. Answers whether it could: ids that are no hashes have no row.
    pub(super) fn push(&mut self, facts: &ArticleFacts, text_start: u64, text_len: u64) -> bool {
        let Some(id) = bytes_from_id(facts.id.as_str()) else { return false };
        let row = self.len() as u32;
        self.ids.push(id);
        self.starts.push(self.arena.len() as u64);
        let name = facts.name();
        self.arena.push_str(name);
        self.name_lens.push(name.len() as u32);
        self.arena.push_str(&facts.title);
        self.title_lens.push(facts.title.len() as u32);
        let (outlet, date) = (self.learn(&facts.outlet), self.learn(&facts.date));
        let language = self.learn(&facts.language);
        self.outlets.push(outlet);
        self.dates.push(date);
        self.languages.push(language);
        let direction = match facts.direction {
            Direction::Auto => 0,
            Direction::Rtl => 1,
            Direction::Ltr => 2,
        };
        let kind = match facts.key {
            ArticleKey::Id(_) => 0,
            ArticleKey::Url(_) => 1,
            ArticleKey::File(_) => 2,
            ArticleKey::None => 3,
        };
        let noisy = if is_noisy(&facts.regions) { NOISY } else { 0 };
        self.bits.push(direction | kind << 2 | noisy);
        self.text_starts.push(text_start);
        self.text_lens.push(text_len);
        if let Some(earlier) = facts.version_of.as_ref().and_then(|id| bytes_from_id(id.as_str())) {
            self.versions.insert(row, earlier);
        }
        true
    }

    fn learn(&mut self, word: &str) -> u32 {
        if let Some(idx) = self.idx_from_word.get(word) {
            return *idx;
        }
        let idx = self.words.len() as u32;
        self.words.push(word.to_owned());
        self.idx_from_word.insert(word.to_owned(), idx);
        idx
    }

    /// Number of articles.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    fn word(&self, column: &[u32], row: usize) -> &str {
        column.get(row).and_then(|word| self.words.get(*word as usize)).map_or("", String::as_str)
    }

    /// Byte ranges of name and title in the arena.
    fn name_and_title(&self, row: usize) -> (&str, &str) {
        let len = |lens: &[u32]| lens.get(row).map_or(0, |len| *len as usize);
        let start = self.starts.get(row).map_or(0, |start| *start as usize);
        let middle = start + len(&self.name_lens);
        let end = middle + len(&self.title_lens);
        (self.arena.get(start..middle).unwrap_or_default(), self.arena.get(middle..end).unwrap_or_default())
    }

    /// The name that people use, not yet made unique.
    pub(super) fn name(&self, row: usize) -> &str {
        self.name_and_title(row).0
    }

    pub(super) fn title(&self, row: usize) -> &str {
        self.name_and_title(row).1
    }

    pub(super) fn outlet(&self, row: usize) -> &str {
        self.word(&self.outlets, row)
    }

    pub(super) fn date(&self, row: usize) -> &str {
        self.word(&self.dates, row)
    }

    pub(super) fn language(&self, row: usize) -> &str {
        self.word(&self.languages, row)
    }

    fn bits(&self, row: usize) -> u8 {
        self.bits.get(row).copied().unwrap_or_default()
    }

    pub(super) fn direction(&self, row: usize) -> Direction {
        match self.bits(row) & 3 {
            1 => Direction::Rtl,
            2 => Direction::Ltr,
            _ => Direction::Auto,
        }
    }

    pub(super) fn is_noisy(&self, row: usize) -> bool {
        self.bits(row) & NOISY != 0
    }

    /// The kind of the key: two articles of one kind and name are versions of each other. `None` for pasted text.
    pub(super) fn key_kind(&self, row: usize) -> Option<u8> {
        Some(self.bits(row) >> 2 & 3).filter(|kind| *kind != 3)
    }

    pub(super) fn id(&self, row: usize) -> [u8; 16] {
        self.ids.get(row).copied().unwrap_or_default()
    }

    /// The article that the source says this is a newer text of.
    pub(super) fn version_of(&self, row: usize) -> Option<[u8; 16]> {
        self.versions.get(&(row as u32)).copied()
    }

    /// Number and place of the record, and first byte and length of the text in the shard.
    pub(super) fn place(&self, row: usize) -> Option<RecordPlace<'_>> {
        let after = self.shards.partition_point(|shard| shard.first as usize <= row);
        let shard = self.shards.get(after.checked_sub(1)?)?;
        Some(RecordPlace {
            import: &self.import,
            shard,
            record: row - shard.first as usize,
            start: *self.text_starts.get(row)?,
            len_bytes: *self.text_lens.get(row)?,
        })
    }

    /// Whether columns and shards fit each other: asked of tables that were read from a cache.
    pub(super) fn is_sound(&self) -> bool {
        let count = self.ids.len();
        let lens = [
            self.starts.len(),
            self.name_lens.len(),
            self.title_lens.len(),
            self.outlets.len(),
            self.dates.len(),
            self.languages.len(),
            self.bits.len(),
            self.text_starts.len(),
            self.text_lens.len(),
        ];
        lens.iter().all(|len| *len == count)
            && self.shards.first().is_none_or(|shard| shard.first == 0)
            && self.shards.is_sorted_by_key(|shard| shard.first)
    }

    /// Takes in the rows of a table of later shards of the same import.
    pub(super) fn append(&mut self, later: Self) {
        let (rows, bytes) = (self.len() as u32, self.arena.len() as u64);
        let words: Vec<u32> = later.words.iter().map(|word| self.learn(word)).collect();
        let word = |idx: u32| words.get(idx as usize).copied().unwrap_or_default();
        let shard = |shard: TableShard| TableShard { first: shard.first + rows, ..shard };
        self.shards.extend(later.shards.into_iter().map(shard));
        self.ids.extend(later.ids);
        self.arena.push_str(&later.arena);
        self.starts.extend(later.starts.into_iter().map(|start| start + bytes));
        self.name_lens.extend(later.name_lens);
        self.title_lens.extend(later.title_lens);
        self.outlets.extend(later.outlets.into_iter().map(word));
        self.dates.extend(later.dates.into_iter().map(word));
        self.languages.extend(later.languages.into_iter().map(word));
        self.bits.extend(later.bits);
        self.text_starts.extend(later.text_starts);
        self.text_lens.extend(later.text_lens);
        self.versions.extend(later.versions.into_iter().map(|(row, id)| (row + rows, id)));
    }

    /// No rows will be added: gives back what only adding needed.
    pub(super) fn finish(mut self) -> Self {
        self.idx_from_word = BTreeMap::new();
        self.arena.shrink_to_fit();
        self.ids.shrink_to_fit();
        for column in [&mut self.starts, &mut self.text_starts, &mut self.text_lens] {
            column.shrink_to_fit();
        }
        let columns =
            [&mut self.name_lens, &mut self.title_lens, &mut self.outlets, &mut self.dates, &mut self.languages];
        columns.into_iter().for_each(Vec::shrink_to_fit);
        self.bits.shrink_to_fit();
        self
    }
}

/// Where the record of an article and its text stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordPlace<'a> {
    pub(super) import: &'a str,
    pub(super) shard: &'a TableShard,
    /// Number in the shard, from 0.
    pub(super) record: usize,
    /// First byte in the shard's `.txt`.
    pub(super) start: u64,
    /// Length in bytes.
    pub(super) len_bytes: u64,
}
