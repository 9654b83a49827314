//! Keys of all titles, folded once: for finding, and for the order of titles.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Rows;
use super::kept::Made;
use crate::text::{FoldLevel, fold_key};

/// Rows that are looked at in one go, between two looks at whether to stop.
pub(super) const CHUNK: usize = 8192;

/// Rows are looked at one by one when fewer than one in so many are left.
const FEW: usize = 4;

/// How well a title holds what is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Not at all.
    #[default]
    None,
    /// With letters that writers exchange (F2).
    Weak,
    /// As written, but for marks, digits, case and the like (F1).
    Exact,
}

/// The keys of all titles, one after the other, and their order.
///
/// Only the F2 keys are kept, and where they differ from the F1 keys: F2 exchanges single Arabic letters of two bytes.
#[derive(Debug, Default)]
pub struct TitleKeys {
    /// F2 keys, each followed by a line feed, which no key holds.
    keys: String,
    /// Where the key of each row ends in `keys`, line feed excluded.
    ends: Vec<u32>,
    /// `byte in the key << 8 | low byte of the F1 letter`, all of U+06xx.
    patches: Vec<u32>,
    /// Where the patches of each row end.
    patch_ends: Vec<u32>,
    /// F1 keys that patches cannot say.
    odd: BTreeMap<u32, Box<str>>,
    /// Place of each row in the order of titles.
    ranks: Vec<u32>,
}

/// What a chunk of rows comes to.
#[derive(Default)]
struct Part {
    keys: String,
    lens: Vec<u32>,
    patches: Vec<u32>,
    patch_lens: Vec<u32>,
    odd: Vec<(u32, Box<str>)>,
    order: Vec<u8>,
    order_lens: Vec<u32>,
}

impl Made for TitleKeys {
    /// The revision of the texts.
    type Key = u64;
    const NAME: &'static str = "titles";
    /// Folding takes some microseconds for each.
    const AT_ONCE: usize = 256;

    fn made(rows: &dyn Rows, _: &u64, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        Self::of(rows, stop)
    }
}

impl TitleKeys {
    /// Folds all titles, on all cores. `None` where `stop` said so.
    #[must_use]
    pub fn of(rows: &dyn Rows, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let count = rows.count();
        let chunks = count.div_ceil(CHUNK);
        let parts: Vec<Part> = (0..chunks)
            .into_par_iter()
            .map(|chunk| {
                if stop() {
                    return Part::default();
                }
                part(rows, chunk * CHUNK, (chunk * CHUNK + CHUNK).min(count))
            })
            .collect();
        if stop() {
            return None;
        }
        let mut all = Self::default();
        let (mut order, mut order_ends) = (Vec::new(), Vec::with_capacity(count));
        for part in parts {
            let mut end = all.keys.len();
            for len in &part.lens {
                end += *len as usize;
                all.ends.push(u32::try_from(end).ok()?);
                end += 1;
            }
            all.keys.push_str(&part.keys);
            let mut end = all.patches.len() as u32;
            for len in &part.patch_lens {
                end += len;
                all.patch_ends.push(end);
            }
            all.patches.extend_from_slice(&part.patches);
            all.odd.extend(part.odd);
            let mut end = order.len() as u32;
            for len in &part.order_lens {
                end = end.checked_add(*len)?;
                order_ends.push(end);
            }
            order.extend_from_slice(&part.order);
        }
        all.ranks = ranks(&order, &order_ends);
        Some(all)
    }

    /// How many rows there are keys of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The place of a row in the order of titles.
    #[must_use]
    pub fn rank(&self, row: usize) -> u32 {
        self.ranks.get(row).copied().unwrap_or(u32::MAX)
    }

    fn start(ends: &[u32], row: usize, gap: usize) -> usize {
        row.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize + gap)
    }

    /// Whether the F1 key of a row holds `word`. `scratch` is used again and again.
    fn holds_exactly(&self, row: usize, word: &str, scratch: &mut Vec<u8>) -> bool {
        if let Some(key) = self.odd.get(&(row as u32)) {
            return key.contains(word);
        }
        let start = Self::start(&self.ends, row, 1);
        let end = self.ends.get(row).map_or(start, |end| *end as usize);
        scratch.clear();
        scratch.extend_from_slice(self.keys.as_bytes().get(start..end).unwrap_or_default());
        let first = Self::start(&self.patch_ends, row, 0);
        let last = self.patch_ends.get(row).map_or(first, |end| *end as usize);
        for patch in self.patches.get(first..last).unwrap_or_default() {
            let letter = char::from_u32(0x600 | (patch & 0xFF)).unwrap_or(' ');
            let at = (patch >> 8) as usize;
            if let Some(slot) = scratch.get_mut(at..at + 2) {
                letter.encode_utf8(slot);
            }
        }
        std::str::from_utf8(scratch).is_ok_and(|key| key.contains(word))
    }

    /// Looks for a word in the rows that are not decided, of those from `from`.
    fn narrow(&self, from: usize, word: &Word, tiers: &mut [Tier], scratch: &mut Vec<u8>) {
        for (at, tier) in tiers.iter_mut().enumerate().filter(|(_, tier)| **tier != Tier::None) {
            let row = from + at;
            let start = Self::start(&self.ends, row, 1);
            let key = self.ends.get(row).and_then(|end| self.keys.get(start..*end as usize)).unwrap_or_default();
            if word.find(key).is_none() {
                *tier = Tier::None;
            } else if *tier == Tier::Exact && !self.holds_exactly(row, &word.exact, scratch) {
                *tier = Tier::Weak;
            }
        }
    }

    /// How well the titles of rows `from..to` hold all of `words`.
    pub(super) fn tiers(&self, from: usize, to: usize, words: &[Word], tiers: &mut Vec<Tier>) {
        tiers.clear();
        tiers.resize(to - from, Tier::Exact);
        let start = Self::start(&self.ends, from, 1);
        let end = to.checked_sub(1).and_then(|last| self.ends.get(last)).map_or(start, |end| *end as usize);
        let Some(stack) = self.keys.get(start..end) else { return tiers.fill(Tier::None) };
        let mut scratch = Vec::new();
        for (number, word) in words.iter().enumerate() {
            // Few rows are left after a first word that is rare: those are looked at one by one.
            let left = tiers.iter().filter(|tier| **tier != Tier::None).count();
            if number > 0 && left * FEW < tiers.len() {
                self.narrow(from, word, tiers, &mut scratch);
                continue;
            }
            // Rows before this one have been decided.
            let mut row = from;
            let mut at = 0;
            while let Some(hit) = stack.get(at..).and_then(|rest| word.find(rest)) {
                let place = (start + at + hit) as u32;
                let ahead = self.ends.get(row..to).unwrap_or_default().partition_point(|end| *end < place);
                for passed in row..row + ahead {
                    set(tiers, passed - from, Tier::None);
                }
                row += ahead;
                if row >= to {
                    break;
                }
                if tiers.get(row - from) == Some(&Tier::Exact) && !self.holds_exactly(row, &word.exact, &mut scratch) {
                    set(tiers, row - from, Tier::Weak);
                }
                at = self.ends.get(row).map_or(stack.len(), |end| *end as usize + 1 - start);
                row += 1;
            }
            for left in row..to {
                set(tiers, left - from, Tier::None);
            }
        }
    }
}

fn set(tiers: &mut [Tier], at: usize, tier: Tier) {
    if let Some(slot) = tiers.get_mut(at) {
        *slot = tier.min(*slot);
    }
}

/// A word that is looked for.
#[derive(Clone, Debug)]
pub(super) struct Word {
    exact: String,
    weak: String,
    /// The letter of `weak` that titles have most rarely, and its byte there.
    rare: (char, usize),
}

impl Word {
    /// The words of what somebody typed; also those they have not finished.
    pub fn all(find: &str) -> Vec<Self> {
        let mut words: Vec<Self> = find
            .split_whitespace()
            .filter_map(|word| {
                let (exact, weak) = (fold_key(word, FoldLevel::F1), fold_key(word, FoldLevel::F2));
                let weak = weak.trim().to_owned();
                let rare = weak
                    .char_indices()
                    .map(|(at, letter)| (letter, at))
                    .min_by_key(|(letter, _)| frequency(*letter))?;
                Some(Self { exact: exact.trim().to_owned(), weak, rare })
            })
            .collect();
        // The rarer ones leave less to look at for the others.
        words.sort_by_key(|word| (frequency(word.rare.0), std::cmp::Reverse(word.weak.len())));
        words
    }

    /// The first place of the word in `text`. Looks for its rarest letter first, which the standard library does fast.
    fn find(&self, text: &str) -> Option<usize> {
        let (letter, before) = self.rare;
        let mut from = 0;
        loop {
            let at = from + text.get(from..)?.find(letter)?;
            let start = at.checked_sub(before);
            if let Some(start) = start
                && text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(self.weak.as_bytes()))
            {
                return Some(start);
            }
            from = at + letter.len_utf8();
        }
    }
}

/// How frequent a letter is in news, very roughly: only the order of the few most frequent ones matters.
fn frequency(letter: char) -> usize {
    const FREQUENT: &str =
        "\u{627}\u{644}\u{64a}\u{645}\u{648}\u{646}\u{631}\u{62a}\u{628}\u{647}\u{639}\u{62f}eaitonsr";
    FREQUENT.chars().position(|other| other == letter).map_or(0, |place| 30 - place)
}

fn part(rows: &dyn Rows, from: usize, to: usize) -> Part {
    let mut part = Part::default();
    for row in from..to {
        let heading = rows.heading(row);
        let weak = one_line(fold_key(heading, FoldLevel::F2));
        let exact = one_line(fold_key(heading, FoldLevel::F1));
        let before = part.patches.len();
        if !patch(&weak, &exact, &mut part.patches) {
            part.patches.truncate(before);
            part.odd.push((row as u32, exact.into()));
        }
        part.patch_lens.push((part.patches.len() - before) as u32);
        part.lens.push(weak.len() as u32);
        let before = part.order.len();
        order_key(&weak, &mut part.order);
        part.order_lens.push((part.order.len() - before) as u32);
        part.keys.push_str(&weak);
        part.keys.push('\n');
    }
    part
}

fn one_line(key: String) -> String {
    if key.contains('\n') { key.replace('\n', " ") } else { key }
}

/// Notes where `exact` differs from `weak`; false where that cannot be said by letters of two bytes.
fn patch(weak: &str, exact: &str, patches: &mut Vec<u32>) -> bool {
    if weak == exact {
        return true;
    }
    let mut letters = exact.chars();
    for (at, letter) in weak.char_indices() {
        let Some(original) = letters.next() else { return false };
        if original == letter {
            continue;
        }
        let code = u32::from(original);
        if code & !0xFF != 0x600 || letter.len_utf8() != 2 || at >= 1 << 24 {
            return false;
        }
        patches.push((at as u32) << 8 | (code & 0xFF));
    }
    letters.next().is_none()
}

/// Arabic letters in the order of dictionaries, those of Persian and Urdu where their readers look for them.
const ARABIC: &str = "\u{621}\u{627}\u{628}\u{67e}\u{62a}\u{679}\u{62b}\u{62c}\u{686}\u{62d}\u{62e}\u{62f}\u{688}\u{630}\u{631}\u{691}\u{632}\u{698}\u{633}\u{634}\u{635}\u{636}\u{637}\u{638}\u{639}\u{63a}\u{641}\u{6a4}\u{642}\u{643}\u{6af}\u{644}\u{645}\u{646}\u{6ba}\u{647}\u{648}\u{64a}";

/// The bytes by which titles are ordered: numbers, Arabic, Latin, Hebrew, the rest. Signs count for nothing.
fn order_key(weak: &str, out: &mut Vec<u8>) {
    let start = out.len();
    for letter in weak.chars() {
        match letter {
            // No more than one, and none in front: signs between spaces have gone.
            ' ' if out.len() > start && out.last() != Some(&1) => out.push(1),
            ' ' => {}
            '0'..='9' => out.push(0x10 + (u32::from(letter) - u32::from('0')) as u8),
            'a'..='z' => out.push(0x80 + (u32::from(letter) - u32::from('a')) as u8),
            '\u{5d0}'..='\u{5ea}' => out.push(0xB0 + (u32::from(letter) - 0x5d0) as u8),
            other => {
                if let Some(place) = ARABIC.chars().position(|known| known == other) {
                    out.push(0x20 + place as u8);
                } else if other.is_alphanumeric() {
                    let [_, high, middle, low] = u32::from(other).to_be_bytes();
                    out.extend([0xF0, high, middle, low]);
                }
            }
        }
    }
}

/// The place of each row when all are ordered by their key, equal ones as they stand in the project.
fn ranks(keys: &[u8], ends: &[u32]) -> Vec<u32> {
    let key = |row: u32| {
        let row = row as usize;
        let start = TitleKeys::start(ends, row, 0);
        ends.get(row).and_then(|end| keys.get(start..*end as usize)).unwrap_or_default()
    };
    let mut order: Vec<(u64, u32)> = (0..ends.len() as u32)
        .into_par_iter()
        .map(|row| {
            let mut first = [0; 8];
            first.iter_mut().zip(key(row)).for_each(|(to, from)| *to = *from);
            // Titles without any letter come last.
            (if key(row).is_empty() { u64::MAX } else { u64::from_be_bytes(first) }, row)
        })
        .collect();
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(key(b.1))).then(a.1.cmp(&b.1)));
    let mut ranks = vec![0; ends.len()];
    for (rank, (_, row)) in order.iter().enumerate() {
        if let Some(slot) = ranks.get_mut(*row as usize) {
            *slot = rank as u32;
        }
    }
    ranks
}
