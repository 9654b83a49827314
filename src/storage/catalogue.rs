//! The articles of a project in project order: tables of columns, one per import, and the order over them.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::table::{RecordPlace, Table, bytes_from_id, id_from_bytes};
use crate::model::{ArticleId, Direction};

/// Stands for no article.
const NONE: u32 = u32::MAX;

/// The articles of a project, in project order, as their imports describe them; corrections lie over it. Clones share
/// the tables.
#[derive(Clone, Default)]
pub struct Articles {
    tables: Vec<Arc<Table>>,
    /// Table and row of each article.
    order: Vec<(u32, u32)>,
    /// Names that had to be made unique.
    renamed: BTreeMap<u32, Box<str>>,
    /// The articles that are newer texts of others.
    version_of: BTreeMap<u32, u32>,
    ids: Index,
    /// The first article of each name.
    names: Index,
}

impl std::fmt::Debug for Articles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Articles {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

/// One article as its import describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleEntry<'a> {
    id: [u8; 16],
    /// Name in lists and exchange files: unique in the project.
    pub name: &'a str,
    /// Headline, or empty.
    pub title: &'a str,
    /// Publisher, or empty.
    pub outlet: &'a str,
    /// ISO date, or empty.
    pub date: &'a str,
    /// BCP 47, or empty.
    pub language: &'a str,
    /// Base direction.
    pub direction: Direction,
    /// Whether a part other than blank lines is left out.
    pub noisy: bool,
    /// The article this is a newer text of: its place in the project's order.
    pub version_of: Option<usize>,
}

impl ArticleEntry<'_> {
    /// The article's id.
    #[must_use]
    pub fn id(&self) -> ArticleId {
        id_from_bytes(self.id)
    }

    /// Whether it is this article; makes no id.
    #[must_use]
    pub fn is(&self, article: &ArticleId) -> bool {
        bytes_from_id(article.as_str()) == Some(self.id)
    }
}

/// Stands where nothing can stand: indexes come from the order itself.
const NOBODY: ArticleEntry<'static> = ArticleEntry {
    id: [0; 16],
    name: "",
    title: "",
    outlet: "",
    date: "",
    language: "",
    direction: Direction::Auto,
    noisy: false,
    version_of: None,
};

impl Articles {
    /// Puts articles in order: rows of `tables` as `rows` gives them, each article once, the first place counting.
    ///
    /// `source` says from which table and row an article is read that stands in several.
    pub(super) fn in_order(
        tables: Vec<Arc<Table>>,
        rows: impl Iterator<Item = (u32, u32)>,
        source: impl Fn([u8; 16]) -> Option<(u32, u32)>,
    ) -> Self {
        let most = tables.iter().map(|table| table.len()).sum();
        let mut articles = Self { tables, ids: Index::with_room_for(most), ..Self::default() };
        articles.order.reserve(most);
        for (table, row) in rows {
            let Some(id) = articles.tables.get(table as usize).map(|table| table.id(row as usize)) else { continue };
            let idx = articles.order.len();
            let (tables, order) = (&articles.tables, &articles.order);
            if articles.ids.insert(&id, idx, |idx| id_at(tables, order, idx) == Some(id)) == idx {
                articles.order.push(source(id).unwrap_or((table, row)));
            }
        }
        articles.order.shrink_to_fit();
        articles.find_names();
        articles
    }

    /// Finds names that are not unique, and earlier versions of the same article.
    fn find_names(&mut self) {
        let mut names = Index::with_room_for(self.len());
        let mut twice: BTreeSet<u32> = BTreeSet::new();
        let mut latest: BTreeMap<(u8, &str), u32> = BTreeMap::new();
        let mut version_of = BTreeMap::new();
        for idx in 0..self.len() {
            let name = self.plain_name(idx);
            let first = names.insert(name.as_bytes(), idx, |idx| self.plain_name(idx) == name);
            let kind = self.row(idx).and_then(|(table, row)| table.key_kind(row));
            let mut earlier = None;
            if first != idx {
                twice.insert(first as u32);
                twice.insert(idx as u32);
                if let Some(kind) = kind {
                    let of_first = self.row(first).and_then(|(table, row)| table.key_kind(row)) == Some(kind);
                    earlier = latest.insert((kind, name), idx as u32).or(of_first.then_some(first as u32));
                }
            }
            // What the source says comes first.
            let said = self.row(idx).and_then(|(table, row)| table.version_of(row));
            if let Some(said) = said {
                earlier = self.ids.find(&said, |idx| self.id_at(idx) == Some(said)).map(|idx| idx as u32);
            }
            if let Some(earlier) = earlier {
                version_of.insert(idx as u32, earlier);
            }
        }
        let unique = |idx: u32| {
            let id = self.id_at(idx as usize).map(id_from_bytes)?;
            let name = format!("{}~{}", self.plain_name(idx as usize), id.as_str().get(..8)?);
            Some((idx, name.into_boxed_str()))
        };
        self.renamed = twice.into_iter().filter_map(unique).collect();
        self.version_of = version_of;
        self.names = names;
    }

    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    fn row(&self, idx: usize) -> Option<(&Table, usize)> {
        let (table, row) = *self.order.get(idx)?;
        Some((self.tables.get(table as usize)?, row as usize))
    }

    fn id_at(&self, idx: usize) -> Option<[u8; 16]> {
        id_at(&self.tables, &self.order, idx)
    }

    /// The name that an article has outside, or its id: several articles may bear it.
    #[must_use]
    pub fn plain_name(&self, idx: usize) -> &str {
        self.row(idx).map_or("", |(table, row)| table.name(row))
    }

    /// The article at a place in the project's order.
    #[must_use]
    pub fn get(&self, idx: usize) -> Option<ArticleEntry<'_>> {
        let (table, row) = self.row(idx)?;
        Some(ArticleEntry {
            id: table.id(row),
            name: self.renamed.get(&(idx as u32)).map_or(table.name(row), AsRef::as_ref),
            title: table.title(row),
            outlet: table.outlet(row),
            date: table.date(row),
            language: table.language(row),
            direction: table.direction(row),
            noisy: table.is_noisy(row),
            version_of: self.version_of.get(&(idx as u32)).map(|idx| *idx as usize),
        })
    }

    /// All articles in project order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ArticleEntry<'_>> + DoubleEndedIterator {
        (0..self.len()).map(|idx| self.get(idx).unwrap_or(NOBODY))
    }

    /// The place of an article in the project's order.
    #[must_use]
    pub fn idx_of(&self, id: &ArticleId) -> Option<usize> {
        let bytes = bytes_from_id(id.as_str())?;
        self.ids.find(&bytes, |idx| self.id_at(idx) == Some(bytes))
    }

    /// The place of the article with this unique name.
    #[must_use]
    pub fn idx_of_name(&self, name: &str) -> Option<usize> {
        let plain = self.names.find(name.as_bytes(), |idx| self.plain_name(idx) == name);
        let plain = plain.filter(|idx| !self.renamed.contains_key(&(*idx as u32)));
        plain.or_else(|| self.renamed.iter().find(|(_, renamed)| &***renamed == name).map(|(idx, _)| *idx as usize))
    }

    /// The places of all articles that are called `name` outside or here.
    #[must_use]
    pub fn all_called(&self, name: &str) -> Vec<usize> {
        let first = self.names.find(name.as_bytes(), |idx| self.plain_name(idx) == name);
        let mut all: Vec<usize> = first.into_iter().collect();
        let renamed = self.renamed.iter().map(|(idx, renamed)| (*idx as usize, &**renamed));
        all.extend(
            renamed.filter(|(idx, renamed)| *renamed == name || self.plain_name(*idx) == name).map(|(idx, _)| idx),
        );
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Where the record of an article and its text stand.
    pub(super) fn place(&self, idx: usize) -> Option<RecordPlace<'_>> {
        let (table, row) = self.row(idx)?;
        table.place(row)
    }
}

fn id_at(tables: &[Arc<Table>], order: &[(u32, u32)], idx: usize) -> Option<[u8; 16]> {
    let (table, row) = *order.get(idx)?;
    tables.get(table as usize).map(|table| table.id(row as usize))
}

/// The rows of several tables by article id: the first table that holds an article is where it is at home.
#[derive(Debug, Default)]
pub(super) struct Homes {
    tables: Vec<Arc<Table>>,
    rows: Vec<(u32, u32)>,
    ids: Index,
}

impl Homes {
    pub(super) fn of(tables: Vec<Arc<Table>>) -> Self {
        let most = tables.iter().map(|table| table.len()).sum();
        let mut homes = Self { tables, rows: Vec::with_capacity(most), ids: Index::with_room_for(most) };
        for (number, table) in (0..).zip(&homes.tables) {
            for row in 0..table.len() {
                let (id, idx) = (table.id(row), homes.rows.len());
                let (tables, rows) = (&homes.tables, &homes.rows);
                if homes.ids.insert(&id, idx, |idx| id_at(tables, rows, idx) == Some(id)) == idx {
                    homes.rows.push((number, row as u32));
                }
            }
        }
        homes
    }

    /// Table and row of an article.
    pub(super) fn find(&self, id: [u8; 16]) -> Option<(u32, u32)> {
        let idx = self.ids.find(&id, |idx| id_at(&self.tables, &self.rows, idx) == Some(id))?;
        self.rows.get(idx).copied()
    }

    /// Import and shard of an article.
    pub(super) fn get(&self, article: &ArticleId) -> Option<(&str, u32)> {
        let (table, row) = self.find(bytes_from_id(article.as_str())?)?;
        let place = self.tables.get(table as usize)?.place(row as usize)?;
        Some((place.import, place.shard.number))
    }
}

/// A hash table from keys to numbers that says nothing about the keys: whoever asks compares.
#[derive(Clone, Debug, Default)]
struct Index {
    /// At least twice as many as keys, a power of two; [`NONE`] where free.
    slots: Vec<u32>,
    /// Drawn anew each time, so that no file can be made whose names all fall on one slot.
    state: RandomState,
}

impl Index {
    fn with_room_for(count: usize) -> Self {
        Self { slots: vec![NONE; (count * 2).next_power_of_two()], state: RandomState::new() }
    }

    /// Adds a number for a key unless it is there; answers the number that it has then.
    fn insert(&mut self, key: &[u8], number: usize, is_it: impl Fn(usize) -> bool) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = self.state.hash_one(key) as usize & mask;
        loop {
            match self.slots.get_mut(slot) {
                Some(free) if *free == NONE => {
                    *free = number as u32;
                    return number;
                }
                Some(taken) if is_it(*taken as usize) => return *taken as usize,
                Some(_) => slot = (slot + 1) & mask,
                None => return number,
            }
        }
    }

    fn find(&self, key: &[u8], is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = self.state.hash_one(key) as usize & mask;
        loop {
            match *self.slots.get(slot)? {
                NONE => return None,
                taken if is_it(taken as usize) => return Some(taken as usize),
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}
