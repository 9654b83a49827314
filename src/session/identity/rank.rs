//! The order of what is offered: how the name fits, then the same label, then what was used last.

use std::cmp::Reverse;

/// Why something is offered, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A preferred name is the same.
    Name,
    /// An alias is the same.
    Alias,
    /// A mention with the same words was given to it.
    Given,
    /// A preferred name is the same but for letters that writers exchange.
    NameAlike,
    /// An alias is the same but for letters that writers exchange.
    AliasAlike,
    /// A preferred name begins so.
    NameBegins,
    /// An alias begins so.
    AliasBegins,
    /// A word of a name begins so.
    Word,
    /// It was used lately, or has the same label.
    Recent,
}

impl Reason {
    /// Whether the name is the same, so that several such are homonyms.
    #[must_use]
    pub const fn is_equal(self) -> bool {
        matches!(self, Self::Name | Self::Alias | Self::Given | Self::NameAlike | Self::AliasAlike)
    }
}

/// What order is made of; the least comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    pub reason: Reason,
    /// From the knowledge base, not yet an entity.
    pub is_row: bool,
    pub other_label: bool,
    pub used: Reverse<u64>,
    /// Length of what was found: short names are nearer to what was typed.
    pub len: u16,
    pub number: u32,
}

/// Keeps the best of many, each thing once.
#[derive(Debug)]
pub(super) struct Best {
    limit: usize,
    kept: Vec<Score>,
}

impl Best {
    pub const fn new(limit: usize) -> Self {
        Self { limit, kept: Vec::new() }
    }

    pub fn add(&mut self, score: Score) {
        let worst = self.kept.last().filter(|_| self.kept.len() >= self.limit);
        if worst.is_some_and(|worst| *worst <= score) {
            return;
        }
        let same = |kept: &Score| kept.number == score.number && kept.is_row == score.is_row;
        if let Some(at) = self.kept.iter().position(same) {
            if self.kept.get(at).is_some_and(|kept| *kept <= score) {
                return;
            }
            self.kept.remove(at);
        }
        let at = self.kept.partition_point(|kept| *kept < score);
        self.kept.insert(at, score);
        self.kept.truncate(self.limit);
    }

    pub fn finish(self) -> Vec<Score> {
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score((reason, is_row, other_label, used, number): (u8, bool, bool, u64, u32)) -> Score {
        let reason = [Reason::Name, Reason::Given, Reason::Word][usize::from(reason % 3)];
        Score { reason, is_row, other_label, used: Reverse(used % 4), len: 3, number: number % 9 }
    }

    proptest! {
        #[test]
        fn the_best_are_those_of_sorting_all(
            all in prop::collection::vec((0u8..3, any::<bool>(), any::<bool>(), 0u64..4, 0u32..9), 0..60),
        ) {
            let mut best = Best::new(5);
            for dice in &all {
                best.add(score(*dice));
            }
            let mut sorted: Vec<Score> = all.into_iter().map(score).collect();
            sorted.sort();
            let mut seen = std::collections::BTreeSet::new();
            sorted.retain(|score| seen.insert((score.number, score.is_row)));
            sorted.truncate(5);
            prop_assert_eq!(best.finish(), sorted);
        }
    }
}
