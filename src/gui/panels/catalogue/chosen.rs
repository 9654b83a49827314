//! The rows that were chosen for something that is done to several articles.

/// A set of rows, one bit each: a million can be chosen at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    bits: Vec<u64>,
    count: usize,
    /// The row from which Shift chooses.
    pub anchor: Option<u32>,
}

impl Chosen {
    /// How many rows are chosen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no row is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a row is chosen.
    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        self.bits.get(row as usize / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    /// Chooses a row, or not.
    pub fn set(&mut self, row: u32, chosen: bool) {
        let at = row as usize / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        let Some(word) = self.bits.get_mut(at) else { return };
        let bit = 1 << (row % 64);
        match (*word & bit != 0, chosen) {
            (false, true) => {
                *word |= bit;
                self.count += 1;
            }
            (true, false) => {
                *word &= !bit;
                self.count -= 1;
            }
            _ => {}
        }
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The chosen rows, in project order.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..)
            .zip(&self.bits)
            .filter(|(_, word)| **word != 0)
            .flat_map(|(at, word)| (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at * 64 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_once() {
        let mut chosen = Chosen::default();
        for row in [3, 700, 3, 64] {
            chosen.set(row, true);
        }
        chosen.set(5, false);
        assert_eq!((chosen.len(), chosen.rows().collect::<Vec<_>>()), (3, vec![3, 64, 700]));
        chosen.set(64, false);
        assert!(!chosen.has(64) && chosen.has(700));
        chosen.clear();
        assert!(chosen.is_empty() && chosen.rows().next().is_none());
    }
}
