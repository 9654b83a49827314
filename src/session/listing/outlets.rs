//! The order of publishers. A large corpus has few of them, and the catalogue holds each name once: so rows are told
//! apart by where their name stands, which is much faster than by its letters.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::Rows;
use super::kept::Made;
use super::titles::CHUNK;
use crate::text::{FoldLevel, fold_key, natural_key};

/// The place of each row in the order of its publisher's folded name, numbers counted; rows without a publisher have none.
#[derive(Debug)]
pub(super) struct OutletRanks(Vec<u32>);

/// In the place of a rank: there is no publisher.
const NONE: u32 = u32::MAX;

type ByStand<T> = HashMap<Stand, T, BuildHasherDefault<Spread>>;

impl Made for OutletRanks {
    /// The revision of the texts.
    type Key = u64;
    const NAME: &'static str = "outlets";
    const AT_ONCE: usize = super::AT_ONCE;

    fn made(rows: &dyn Rows, _: &u64, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        Self::of(rows, stop)
    }
}

impl OutletRanks {
    /// Of all rows, on all cores; `None` where `stop` said so.
    pub(super) fn of(rows: &dyn Rows, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let chunks = rows.count().div_ceil(CHUNK);
        let parts: Vec<Part<'_>> = (0..chunks)
            .into_par_iter()
            .map(|chunk| {
                let to = if stop() { 0 } else { (chunk * CHUNK + CHUNK).min(rows.count()) };
                Part::of(rows, chunk * CHUNK, to)
            })
            .collect();
        if stop() {
            return None;
        }
        let names: ByStand<&str> =
            parts.iter().flat_map(|part| &part.names).map(|name| (Stand::of(name), *name)).collect();
        let mut stands: BTreeMap<(String, &str), Vec<Stand>> = BTreeMap::new();
        for (stand, name) in names.into_iter().filter(|(_, name)| !name.is_empty()) {
            stands.entry((natural_key(&fold_key(name, FoldLevel::F2)), name)).or_default().push(stand);
        }
        let ranked = (0..).zip(stands.into_values());
        let ranks: ByStand<u32> =
            ranked.flat_map(|(rank, stands)| stands.into_iter().map(move |stand| (stand, rank))).collect();
        let ranks_of = |part: &Part<'_>| {
            let of_names: Vec<u32> =
                part.names.iter().map(|name| ranks.get(&Stand::of(name)).copied().unwrap_or(NONE)).collect();
            part.rows.iter().map(|name| of_names.get(*name as usize).copied().unwrap_or(NONE)).collect::<Vec<u32>>()
        };
        let all: Vec<Vec<u32>> = parts.par_iter().map(ranks_of).collect();
        Some(Self(all.concat()))
    }

    /// The place of a row, if it has a publisher.
    pub(super) fn rank(&self, row: usize) -> Option<u32> {
        self.0.get(row).copied().filter(|rank| *rank != NONE)
    }
}

/// The publishers of some rows: each name once, and for each row the number of its name. It knows the very strings that
/// the rows lend, and no copies of them.
struct Part<'a> {
    names: Vec<&'a str>,
    rows: Vec<u32>,
}

impl<'a> Part<'a> {
    fn of(rows: &'a dyn Rows, from: usize, to: usize) -> Self {
        let mut number_of: ByStand<u32> = ByStand::default();
        let mut names = Vec::new();
        let number = |row| {
            let name = rows.facts(row).outlet;
            *number_of.entry(Stand::of(name)).or_insert_with(|| {
                names.push(name);
                names.len() as u32 - 1
            })
        };
        let rows = (from..to).map(number).collect();
        Self { names, rows }
    }
}

/// Where a string stands in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stand {
    address: usize,
    len: usize,
}

impl Stand {
    fn of(text: &str) -> Self {
        Self { address: text.as_ptr().addr(), len: text.len() }
    }
}

/// Spreads addresses over a table; nobody outside chooses them, so no stronger hash is needed.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        // Fibonacci hashing: the golden ratio as a fraction of 2^64.
        self.0 = (self.0.rotate_left(5) ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
