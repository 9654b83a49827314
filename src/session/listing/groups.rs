//! Articles with the same text, and with nearly the same.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Rows, Wake};
use crate::session::{Catalogue, Task, TaskProgress};
use crate::storage::Store;
use crate::text::minhash::{BANDS, Sketch};

/// Texts that share at least this part of their shingles count as nearly the same.
pub const NEARLY: f32 = 0.8;
/// Name under which groups are kept.
const KEPT: &str = "repeated";
/// Texts that are read and sketched between two looks at whether to stop.
const CHUNK: usize = 256;

/// Which rows have equal or nearly equal texts. Rows stand in their groups in project order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    equal: Vec<Vec<u32>>,
    near: Vec<Vec<u32>>,
    equal_of: BTreeMap<u32, u32>,
    near_of: BTreeMap<u32, u32>,
}

impl Groups {
    /// Groups of rows with equal texts, and groups of rows with nearly equal ones; groups of one count for nothing.
    #[must_use]
    pub fn new(equal: Vec<Vec<u32>>, near: Vec<Vec<u32>>) -> Self {
        let tidy = |groups: Vec<Vec<u32>>| {
            let mut groups: Vec<Vec<u32>> = groups.into_iter().filter(|group| group.len() > 1).collect();
            for group in &mut groups {
                group.sort_unstable();
            }
            groups.sort_unstable();
            groups
        };
        let number = |groups: &[Vec<u32>]| {
            let numbered = (0..).zip(groups);
            numbered.flat_map(|(number, group)| group.iter().map(move |row| (*row, number))).collect()
        };
        let (equal, near) = (tidy(equal), tidy(near));
        let (equal_of, near_of) = (number(&equal), number(&near));
        Self { equal, near, equal_of, near_of }
    }

    /// The number of the group of equal texts that a row belongs to.
    #[must_use]
    pub fn equal(&self, row: u32) -> Option<u32> {
        self.equal_of.get(&row).copied()
    }

    /// The other rows with the same text.
    pub fn equals(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        others(&self.equal, self.equal_of.get(&row), row)
    }

    /// The other rows with nearly the same text.
    pub fn nears(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        others(&self.near, self.near_of.get(&row), row)
    }

    /// Whether there are other rows with the same or nearly the same text.
    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        self.equal_of.contains_key(&row) || self.near_of.contains_key(&row)
    }

    /// How many groups of equal texts there are, and of nearly equal ones.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.equal.len(), self.near.len())
    }

    /// Groups what is equal in `hashes`, and what is nearly equal in `sketches`, one of each for every row.
    #[must_use]
    pub fn of(hashes: &[[u8; 16]], sketches: &[Option<Sketch>]) -> Self {
        let mut by_hash: Vec<(&[u8; 16], u32)> = hashes.iter().zip(0..).collect();
        by_hash.par_sort_unstable();
        let equal: Vec<Vec<u32>> = by_hash
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|(_, row)| *row).collect())
            .collect();
        let mut joined = Joined::new(sketches.len());
        for band in 0..BANDS {
            let of_band = |(row, sketch): (u32, &Option<Sketch>)| {
                sketch.as_ref().and_then(|sketch| sketch.bands.get(band)).map(|hash| (*hash, row))
            };
            let mut met: Vec<(u32, u32)> = (0..).zip(sketches).filter_map(of_band).collect();
            met.par_sort_unstable();
            for bucket in met.chunk_by(|a, b| a.0 == b.0) {
                // Each is compared with the first, and with the one before it: comparing all with all would make one
                // boilerplate text in ten thousand copies a day's work.
                for pair in bucket.windows(2) {
                    let (Some(first), [(_, before), (_, row)]) = (bucket.first(), pair) else { continue };
                    for other in [first.1, *before] {
                        let sketch = |row: u32| sketches.get(row as usize).and_then(Option::as_ref);
                        if !joined.same(other, *row)
                            && let (Some(a), Some(b)) = (sketch(other), sketch(*row))
                            && a.likeness(b) >= NEARLY
                        {
                            joined.join(other, *row);
                        }
                    }
                }
            }
        }
        Self::new(equal, joined.groups())
    }
}

fn others<'a>(groups: &'a [Vec<u32>], number: Option<&u32>, row: u32) -> impl Iterator<Item = u32> + 'a {
    let group = number.and_then(|number| groups.get(*number as usize)).map_or(&[][..], Vec::as_slice);
    group.iter().copied().filter(move |other| *other != row)
}

/// Union-find over rows.
struct Joined(Vec<u32>);

impl Joined {
    fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    fn root(&mut self, row: u32) -> u32 {
        let mut at = row;
        while let Some(up) = self.0.get(at as usize).copied().filter(|up| *up != at) {
            let above = self.0.get(up as usize).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at as usize) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    fn same(&mut self, a: u32, b: u32) -> bool {
        self.root(a) == self.root(b)
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }

    fn groups(mut self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for row in 0..self.0.len() as u32 {
            let root = self.root(row);
            if root != row {
                groups.entry(root).or_insert_with(|| vec![root]).push(row);
            }
        }
        groups.into_values().collect()
    }
}

/// Looks for repeated texts on a thread of its own: reads every text once, and changes nothing but the cache, which
/// keeps what was found. Answers nothing where it was stopped. `None` where the system refuses a thread.
pub fn find_groups(store: Store, rows: Catalogue, wake: Wake) -> Option<Task<Option<Groups>>> {
    let work = move |progress: &TaskProgress| {
        let groups = look(&store, &rows, progress)?;
        store.keep_derived(KEPT, &(key(&rows), &groups.equal, &groups.near));
        Some(groups)
    };
    Task::start("repeated texts", move || wake(), work)
}

/// What was found before, if the project still has the same articles. `None` where the system refuses a thread.
pub fn recall_groups(store: Store, rows: Catalogue, wake: Wake) -> Option<Task<Option<Groups>>> {
    let work = move |_: &TaskProgress| {
        type Body = ([u8; 16], Vec<Vec<u32>>, Vec<Vec<u32>>);
        let (of, equal, near): Body = store.derived(KEPT)?;
        let is_row = |row: &u32| (*row as usize) < rows.len();
        let fits = of == key(&rows) && equal.iter().chain(&near).flatten().all(is_row);
        fits.then(|| Groups::new(equal, near))
    };
    Task::start("recall repeated texts", move || wake(), work)
}

/// Stands for the articles and their order; an id stands for a text.
fn key(rows: &Catalogue) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for row in rows.rows() {
        hasher.update(row.id().as_str().as_bytes());
    }
    let mut short = [0; 16];
    short.iter_mut().zip(hasher.finalize().as_bytes()).for_each(|(to, from)| *to = *from);
    short
}

fn look(store: &Store, rows: &Catalogue, progress: &TaskProgress) -> Option<Groups> {
    let count = rows.len();
    let done = AtomicUsize::new(0);
    let stopped = AtomicBool::new(!progress.report(0, count));
    let chunks: Vec<Vec<([u8; 16], Option<Sketch>)>> = (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            if stopped.load(Ordering::Relaxed) {
                return Vec::new();
            }
            let (from, to) = (chunk * CHUNK, (chunk * CHUNK + CHUNK).min(count));
            let found = (from..to).map(|row| {
                let article = rows.article(row);
                match store.text(&article) {
                    Ok(text) => (hash(text.as_bytes()), Sketch::of(&text)),
                    // A text that cannot be read is like no other; opening the article says why.
                    Err(_) => (hash(article.as_str().as_bytes()), None),
                }
            });
            let found = found.collect();
            let so_far = done.fetch_add(to - from, Ordering::Relaxed) + to - from;
            if !progress.report(so_far, count) {
                stopped.store(true, Ordering::Relaxed);
            }
            found
        })
        .collect();
    if stopped.load(Ordering::Relaxed) {
        return None;
    }
    let (hashes, sketches): (Vec<_>, Vec<_>) = chunks.into_iter().flatten().unzip();
    Some(Groups::of(&hashes, &sketches))
}

fn hash(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(blake3::hash(bytes).as_bytes()).for_each(|(to, from)| *to = *from);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: std::ops::Range<usize>) -> String {
        words.map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn equal_and_nearly_equal_texts_meet() {
        let texts =
            [text(0..300), text(500..800), text(0..300), text(6..306), text(900..1200), text(500..800), text(0..2)];
        let hashes: Vec<[u8; 16]> = texts.iter().map(|text| hash(text.as_bytes())).collect();
        let sketches: Vec<Option<Sketch>> = texts.iter().map(|text| Sketch::of(text)).collect();
        let groups = Groups::of(&hashes, &sketches);
        assert_eq!(groups.equals(0).collect::<Vec<_>>(), [2]);
        assert_eq!(groups.equals(5).collect::<Vec<_>>(), [1]);
        assert_eq!(groups.nears(3).collect::<Vec<_>>(), [0, 2]);
        assert!(!groups.has(4) && !groups.has(6));
        assert_eq!(groups.counts(), (2, 2));
    }
}
