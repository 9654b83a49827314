//! From a query to rows: one pass over all rows on all cores, then a sort of small numbers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::assigned::Assigned;
use super::kept::Made;
use super::outlets::OutletRanks;
use super::query::{SortKey, is_done, is_open, packed_date, status_rank};
use super::titles::{CHUNK, Tier, TitleKeys, Word};
use super::{Groups, Query, RowFacts, Rows};
use crate::model::Status;
use crate::text::{FoldLevel, fold_key, natural_key};

/// How many articles there are of each kind, whatever the filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// New or in progress.
    pub open: usize,
    /// Done or adjudicated; see [`is_done`].
    pub done: usize,
    /// Marked.
    pub flagged: usize,
}

const OPEN: u8 = 1;
const DONE: u8 = 2;
const FLAGGED: u8 = 4;

fn kind(facts: &RowFacts<'_>) -> u8 {
    let mut kind = if facts.flagged { FLAGGED } else { 0 };
    if is_open(facts.status) {
        kind |= OPEN;
    } else if is_done(facts.status) {
        kind |= DONE;
    }
    kind
}

impl Counts {
    fn change(&mut self, kind: u8, more: bool) {
        for (bit, count) in [(OPEN, &mut self.open), (DONE, &mut self.done), (FLAGGED, &mut self.flagged)] {
            if kind & bit != 0 {
                *count = if more { *count + 1 } else { count.saturating_sub(1) };
            }
        }
    }
}

/// What a query comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Rows of the catalogue, in the order asked for; titles that hold the words as written come first.
    pub rows: Vec<u32>,
    /// Over all rows.
    pub counts: Counts,
    /// Further rows that stand behind the first of their group of equal texts, by that row.
    pub behind: BTreeMap<u32, Vec<u32>>,
    /// What each row counts as.
    kinds: Vec<u8>,
}

/// What is known beside the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Aids {
    /// Needed by a query that looks for words or orders by title.
    pub titles: Option<Arc<TitleKeys>>,
    /// Needed by a query that orders by publisher.
    pub outlets: Option<Arc<OutletRanks>>,
    /// Needed by a query for what is assigned to the own annotator.
    pub mine: Option<Arc<Assigned>>,
    /// Equal and nearly equal texts.
    pub groups: Option<Arc<Groups>>,
    /// Groups that are shown row by row, by their first row.
    pub unfolded: Arc<BTreeSet<u32>>,
}

/// Decides about single rows.
pub(super) struct Judge<'a> {
    rows: &'a dyn Rows,
    query: &'a Query,
    aids: &'a Aids,
    words: Vec<Word>,
    dates: (u32, u32),
}

impl<'a> Judge<'a> {
    /// Prepares a query.
    pub fn new(rows: &'a dyn Rows, query: &'a Query, aids: &'a Aids) -> Self {
        Self { rows, query, aids, words: Word::all(&query.find), dates: query.dates() }
    }

    fn is_mine(&self, row: usize) -> bool {
        !self.query.mine || self.aids.mine.as_ref().is_some_and(|assigned| assigned.has(row))
    }

    /// Looks at rows `from..to`: the keys by which those that pass are ordered, and what kind each row is of.
    pub fn look(&self, from: usize, to: usize, found: &mut Vec<u64>, kinds: &mut Vec<u8>) {
        let (query, titles) = (self.query, self.aids.titles.as_deref());
        let mut tiers = Vec::new();
        if !self.words.is_empty() {
            match titles {
                Some(titles) if titles.len() >= to => titles.tiers(from, to, &self.words, &mut tiers),
                _ => tiers.resize(to - from, Tier::None),
            }
        }
        for row in from..to {
            let facts = self.rows.facts(row);
            kinds.push(kind(&facts));
            let no_words = self.words.is_empty();
            let tier = if no_words { Tier::Exact } else { tiers.get(row - from).copied().unwrap_or_default() };
            let by = &query.annotators;
            let own_work = query.own_work && facts.status != Status::New;
            let passes = tier != Tier::None
                && query.lets_through(&facts, self.dates)
                && self.is_mine(row)
                && (!query.repeated || self.aids.groups.as_ref().is_some_and(|groups| groups.has(row as u32)))
                && ((by.is_empty() && !query.own_work) || own_work || by.iter().any(|by| self.rows.has_work(row, by)));
            if passes {
                let key = sort_key(query, &facts, row, self.aids);
                found.push(u64::from(tier == Tier::Weak) << 63 | u64::from(key) << 32 | row as u64);
            }
        }
    }
}

/// Carries out a query; `None` where `stop` said so.
pub(super) fn evaluate(
    rows: &dyn Rows,
    query: &Query,
    aids: &Aids,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Listed> {
    let count = rows.count();
    let judge = Judge::new(rows, query, aids);
    let chunk = |chunk: usize| {
        let (mut found, mut kinds) = (Vec::new(), Vec::new());
        if !stop() {
            judge.look(chunk * CHUNK, (chunk * CHUNK + CHUNK).min(count), &mut found, &mut kinds);
        }
        (found, kinds)
    };
    let chunks = count.div_ceil(CHUNK);
    let parts: Vec<(Vec<u64>, Vec<u8>)> =
        if chunks < 2 { (0..chunks).map(chunk).collect() } else { (0..chunks).into_par_iter().map(chunk).collect() };
    if stop() {
        return None;
    }
    let mut all = Vec::with_capacity(parts.iter().map(|(found, _)| found.len()).sum());
    let mut kinds = Vec::with_capacity(count);
    for (found, part) in parts {
        all.extend(found);
        kinds.extend(part);
    }
    let mut counts = Counts { total: count, ..Counts::default() };
    for kind in &kinds {
        counts.change(*kind, true);
    }
    if query.sort != SortKey::Project || query.descending || !judge.words.is_empty() {
        all.par_sort_unstable();
    }
    let mut rows: Vec<u32> = all.into_iter().map(|key| key as u32).collect();
    let behind = aids.groups.as_ref().filter(|_| !query.repeated).map(|groups| fold_groups(&mut rows, groups, aids));
    (!stop()).then(|| Listed { rows, counts, behind: behind.unwrap_or_default(), kinds })
}

/// Brings what was listed up to date after a few rows have changed. False where everything has to be looked at anew.
pub(super) fn mend(listed: &mut Listed, rows: &dyn Rows, query: &Query, aids: &Aids, changed: &[u32]) -> bool {
    let in_group = |row: &u32| aids.groups.as_ref().is_some_and(|groups| groups.equal(*row).is_some());
    if listed.kinds.len() != rows.count() || changed.iter().any(in_group) {
        return false;
    }
    let judge = Judge::new(rows, query, aids);
    let key_of = |row: u32| {
        let (mut found, mut kinds) = (Vec::new(), Vec::new());
        judge.look(row as usize, row as usize + 1, &mut found, &mut kinds);
        (found.first().copied(), kinds.first().copied().unwrap_or_default())
    };
    // All of them go first: where one of them stood says nothing about where the others belong.
    listed.rows.retain(|row| !changed.contains(row));
    for row in changed {
        let (key, kind) = key_of(*row);
        if let Some(slot) = listed.kinds.get_mut(*row as usize) {
            listed.counts.change(*slot, false);
            listed.counts.change(kind, true);
            *slot = kind;
        }
        if let Some(key) = key {
            let at = listed.rows.partition_point(|other| key_of(*other).0.is_some_and(|other| other < key));
            listed.rows.insert(at, *row);
        }
    }
    true
}

/// Leaves only the first listed row of each group of equal texts, unless the group is unfolded.
fn fold_groups(rows: &mut Vec<u32>, groups: &Groups, aids: &Aids) -> BTreeMap<u32, Vec<u32>> {
    let mut first_of: BTreeMap<u32, u32> = BTreeMap::new();
    let mut behind: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    rows.retain(|row| {
        let Some(group) = groups.equal(*row) else { return true };
        match first_of.get(&group) {
            None => {
                first_of.insert(group, *row);
                true
            }
            Some(first) => {
                behind.entry(*first).or_default().push(*row);
                aids.unfolded.contains(first)
            }
        }
    });
    behind
}

/// 31 bits that order a row.
fn sort_key(query: &Query, facts: &RowFacts<'_>, row: usize, aids: &Aids) -> u32 {
    const LAST: u32 = (1 << 31) - 1;
    let key = match query.sort {
        SortKey::Project => row as u32,
        SortKey::Title => aids.titles.as_ref().map_or(0, |titles| titles.rank(row)),
        SortKey::Outlet => match aids.outlets.as_ref().and_then(|outlets| outlets.rank(row)) {
            Some(rank) => rank,
            None => return LAST,
        },
        // What is missing comes last both ways.
        SortKey::Date => match packed_date(facts.date) {
            Some(date) => date,
            None => return LAST,
        },
        SortKey::Status => status_rank(facts.status),
        SortKey::Mentions => facts.mentions,
        SortKey::Claims => facts.claims,
        SortKey::Stances => facts.stances,
    };
    let key = key.min(LAST - 2);
    if query.descending { LAST - 1 - key } else { key }
}

/// The values that a filter can choose from, with how many articles have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Publishers, the most frequent first, equally frequent ones by name.
    pub outlets: Vec<(String, usize)>,
    /// Languages, the most frequent first.
    pub languages: Vec<(String, usize)>,
    /// First and last date, `yyyymmdd`.
    pub dates: Option<(u32, u32)>,
}

impl Made for Facets {
    /// The revision of the texts.
    type Key = u64;
    const NAME: &'static str = "facets";
    const AT_ONCE: usize = super::AT_ONCE;

    fn made(rows: &dyn Rows, _: &u64, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        facets(rows, stop)
    }
}

/// Collects the values that a filter can choose from.
pub(super) fn facets(rows: &dyn Rows, stop: &(dyn Fn() -> bool + Sync)) -> Option<Facets> {
    type Tally<'a> = BTreeMap<&'a str, usize>;
    fn join<'a>(mut a: Tally<'a>, b: Tally<'a>) -> Tally<'a> {
        for (name, count) in b {
            *a.entry(name).or_default() += count;
        }
        a
    }
    fn sorted(tally: Tally<'_>) -> Vec<(String, usize)> {
        let mut all: Vec<(String, usize)> = tally
            .into_iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        let key = |(name, count): &(String, usize)| {
            (Reverse(*count), natural_key(&fold_key(name, FoldLevel::F2)), name.clone())
        };
        all.sort_by_cached_key(key);
        all
    }
    let chunks = rows.count().div_ceil(CHUNK);
    let (outlets, languages, dates) = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            let (mut outlets, mut languages) = (Tally::new(), Tally::new());
            let mut dates: Option<(u32, u32)> = None;
            let to = if stop() { 0 } else { (chunk * CHUNK + CHUNK).min(rows.count()) };
            for row in chunk * CHUNK..to {
                let facts = rows.facts(row);
                *outlets.entry(facts.outlet).or_default() += 1;
                *languages.entry(facts.language).or_default() += 1;
                if let Some(date) = packed_date(facts.date) {
                    dates = Some(dates.map_or((date, date), |(from, to)| (from.min(date), to.max(date))));
                }
            }
            (outlets, languages, dates)
        })
        .reduce(
            || (Tally::new(), Tally::new(), None),
            |a, b| {
                let dates = match (a.2, b.2) {
                    (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                    (a, b) => a.or(b),
                };
                (join(a.0, b.0), join(a.1, b.1), dates)
            },
        );
    (!stop()).then(|| Facets { outlets: sorted(outlets), languages: sorted(languages), dates })
}
