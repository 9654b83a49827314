//! Which rows the assignment plan gives to the own annotator.

use std::sync::Arc;

use rayon::prelude::*;

use super::Rows;
use super::kept::Made;
use crate::model::{AnnotatorId, AssignmentPlan};

/// The plan that is current, and whose view of it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The plan.
    pub plan: Arc<AssignmentPlan>,
    /// Who wants to see their own articles.
    pub annotator: AnnotatorId,
}

/// One bit for each row: whether the plan gives it to the own annotator.
#[derive(Debug)]
pub(super) struct Assigned(Vec<u64>);

impl Assigned {
    /// Whether a row is the own annotator's.
    pub fn has(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }
}

impl Made for Assigned {
    /// The revision of the texts, because languages count, and the plan.
    type Key = (u64, Mine);
    const NAME: &'static str = "assigned";
    /// Some hashes for each row.
    const AT_ONCE: usize = 256;

    fn made(rows: &dyn Rows, (_, mine): &Self::Key, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let count = rows.count();
        let Some(own) = mine.plan.annotators.iter().position(|other| *other == mine.annotator) else {
            return Some(Self(Vec::new()));
        };
        let assigner = mine.plan.assigner();
        let words = (0..count.div_ceil(64)).into_par_iter().map(|word| {
            if stop() {
                return 0;
            }
            let of_row = |bit: usize| {
                let row = word * 64 + bit;
                let is_own = row < count && assigner.is_assigned(&rows.article(row), rows.facts(row).language, own);
                u64::from(is_own) << bit
            };
            (0..64).map(of_row).fold(0, |all, bit| all | bit)
        });
        let words = words.collect();
        (!stop()).then_some(Self(words))
    }
}
