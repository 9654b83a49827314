//! Sums of many heights, with changes, in logarithmic time (a binary indexed tree).

/// Heights of stretches that stand below each other. In f64: an article of 10 MB is millions of pixels high.
#[derive(Debug, Default)]
pub(super) struct Heights {
    each: Vec<f64>,
    tree: Vec<f64>,
}

impl Heights {
    pub(in crate::layout) fn new(each: Vec<f64>) -> Self {
        let mut tree = vec![0.0; each.len() + 1];
        for (idx, height) in each.iter().enumerate() {
            let node = idx + 1;
            if let Some(sum) = tree.get_mut(node) {
                *sum += height;
            }
            let sum = tree.get(node).copied().unwrap_or_default();
            let parent = node + (node & node.wrapping_neg());
            if let Some(parent) = tree.get_mut(parent) {
                *parent += sum;
            }
        }
        Self { each, tree }
    }

    pub(in crate::layout) fn get(&self, idx: usize) -> f64 {
        self.each.get(idx).copied().unwrap_or_default()
    }

    pub(in crate::layout) fn set(&mut self, idx: usize, height: f64) {
        let Some(old) = self.each.get_mut(idx) else { return };
        let change = height - *old;
        *old = height;
        let mut node = idx + 1;
        while let Some(sum) = self.tree.get_mut(node) {
            *sum += change;
            node += node & node.wrapping_neg();
        }
    }

    /// Sum of the heights before `idx`.
    pub(in crate::layout) fn before(&self, idx: usize) -> f64 {
        let mut node = idx.min(self.each.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree.get(node).copied().unwrap_or_default();
            node &= node - 1;
        }
        sum
    }

    pub(in crate::layout) fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// The stretch at distance `y` from the top, and how far below its top that is.
    pub(in crate::layout) fn find(&self, y: f64) -> (usize, f64) {
        let mut node = 0;
        let mut rest = y.max(0.0);
        let mut step = self.each.len().checked_next_power_of_two().unwrap_or(1);
        while step > 0 {
            if let Some(sum) = self.tree.get(node + step).filter(|sum| **sum <= rest) {
                node += step;
                rest -= sum;
            }
            step /= 2;
        }
        let idx = node.min(self.each.len().saturating_sub(1));
        (idx, y.max(0.0) - self.before(idx))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_follow_changes() {
        let mut heights = Heights::new((0..100_u32).map(f64::from).collect());
        assert_eq!(heights.total(), 4950.0);
        assert_eq!(heights.before(10), 45.0);
        heights.set(3, 10.0);
        assert_eq!((heights.before(3), heights.before(4), heights.total()), (3.0, 13.0, 4957.0));
    }

    #[test]
    fn finds_the_stretch_at_a_distance() {
        let heights = Heights::new(vec![10.0, 20.0, 0.0, 5.0]);
        assert_eq!(heights.find(-1.0), (0, 0.0));
        assert_eq!(heights.find(9.5), (0, 9.5));
        assert_eq!(heights.find(10.0), (1, 0.0));
        assert_eq!(heights.find(30.0), (3, 0.0));
        assert_eq!(heights.find(99.0), (3, 69.0));
        assert_eq!(Heights::new(vec![]).find(5.0), (0, 5.0));
    }
}
