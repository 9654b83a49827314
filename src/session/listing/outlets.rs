//! The order of publishers. A large corpus has few of them, and the catalogue holds each name once: so rows are told
//! apart by where their name stands, which is much faster than by its letters.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::Rows;
use super::titles::CHUNK;
use crate::text::{FoldLevel, fold_key};

/// The place of each publisher in the order of their folded names; the empty one has none.
#[derive(Debug)]
pub(super) struct OutletRanks(HashMap<Stand, u32, BuildHasherDefault<Spread>>);

impl OutletRanks {
    /// Of all rows, on all cores. It knows the very strings that the rows lend, and no copies of them.
    pub(super) fn of(rows: &dyn Rows) -> Self {
        type Found<'a> = HashMap<Stand, &'a str, BuildHasherDefault<Spread>>;
        let chunks = rows.count().div_ceil(CHUNK);
        let found = (0..chunks)
            .into_par_iter()
            .map(|chunk| {
                let outlets =
                    (chunk * CHUNK..(chunk * CHUNK + CHUNK).min(rows.count())).map(|row| rows.facts(row).outlet);
                outlets.map(|outlet| (Stand::of(outlet), outlet)).collect::<Found<'_>>()
            })
            .reduce(Found::default, |mut a, b| {
                a.extend(b);
                a
            });
        let mut stands: BTreeMap<(String, &str), Vec<Stand>> = BTreeMap::new();
        for (stand, outlet) in found.into_iter().filter(|(_, outlet)| !outlet.is_empty()) {
            stands.entry((fold_key(outlet, FoldLevel::F2), outlet)).or_default().push(stand);
        }
        let ranked = (0..).zip(stands.into_values());
        Self(ranked.flat_map(|(rank, stands)| stands.into_iter().map(move |stand| (stand, rank))).collect())
    }

    /// The place of a publisher, by the string that a row lends.
    pub(super) fn rank(&self, outlet: &str) -> Option<u32> {
        self.0.get(&Stand::of(outlet)).copied()
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
