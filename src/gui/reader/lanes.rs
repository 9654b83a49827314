//! Which lane under the text each mention is drawn in.
//!
//! Lane 0 is the nearest to the letters. An inner mention stands nearer than every mention around it, so that nesting
//! reads like a stack of underlines; mentions that cross never share a lane. Pure, deterministic, and the same for all
//! lines of a mention, so that nothing moves when the window gets narrower.

use crate::text::{Span, SpanRelation};

/// Gives each hull its lane. The result has the length and order of `hulls`.
///
/// A hull runs from a mention's first byte to its last, gaps included: the hair line that joins the pieces of a
/// discontinuous mention needs the room. Equal hulls are stacked in the order in which they are given, the first one
/// innermost.
#[must_use]
pub fn lanes_from_hulls(hulls: &[Span]) -> Vec<usize> {
    let mut by_start: Vec<usize> = (0..hulls.len()).collect();
    by_start.sort_by_key(|&idx| (hulls[idx].start(), hulls[idx].end(), idx));
    let mut lanes = vec![0; hulls.len()];
    let mut from = 0;
    while from < by_start.len() {
        let to = group_end(hulls, &by_start, from);
        if to - from > 1 {
            stack_group(hulls, by_start[from..to].to_vec(), &mut lanes);
        }
        from = to;
    }
    lanes
}

/// The end of the run of hulls, in order of their starts, that hang together by overlaps.
fn group_end(hulls: &[Span], by_start: &[usize], from: usize) -> usize {
    let mut reach = hulls[by_start[from]].end();
    let mut to = from + 1;
    while to < by_start.len() && hulls[by_start[to]].start() < reach {
        reach = reach.max(hulls[by_start[to]].end());
        to += 1;
    }
    to
}

/// Stacks one group: from the shortest hull to the longest, each over what it encloses and beside what it crosses.
fn stack_group(hulls: &[Span], mut group: Vec<usize>, lanes: &mut [usize]) {
    group.sort_by_key(|&idx| (hulls[idx].len(), hulls[idx].start(), idx));
    for (position, &idx) in group.iter().enumerate() {
        let mut least = 0;
        let mut taken = Vec::new();
        for &inner in &group[..position] {
            match hulls[idx].relation(hulls[inner]) {
                SpanRelation::Encloses | SpanRelation::Equal => least = least.max(lanes[inner] + 1),
                SpanRelation::Crosses | SpanRelation::Inside => taken.push(lanes[inner]),
                SpanRelation::Before | SpanRelation::After => {}
            }
        }
        let mut lane = least;
        while taken.contains(&lane) {
            lane += 1;
        }
        lanes[idx] = lane;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(hulls: &[(usize, usize)], expect: &[usize]) {
        let hulls: Vec<Span> = hulls.iter().map(|&(start, end)| Span::new(start, end)).collect();
        assert_eq!(lanes_from_hulls(&hulls), expect, "{hulls:?}");
    }

    #[test]
    fn lanes_follow_nesting() {
        check(&[], &[]);
        check(&[(0, 4)], &[0]);
        // Neighbours that touch do not overlap.
        check(&[(0, 4), (4, 8)], &[0, 0]);
        // ROLE around ORG around NORP.
        check(&[(0, 30), (10, 30), (20, 30)], &[2, 1, 0]);
        // Two inner mentions share the lane under their common outer one.
        check(&[(0, 30), (0, 10), (20, 30)], &[1, 0, 0]);
        // The outer lane keeps clear of the deepest inner stack.
        check(&[(0, 40), (0, 10), (20, 40), (25, 30)], &[2, 0, 1, 0]);
        // Crossing: the shorter one stays near the text.
        check(&[(0, 10), (6, 20)], &[0, 1]);
        check(&[(0, 20), (16, 22)], &[1, 0]);
        // A chain of crossings needs two lanes, not three.
        check(&[(0, 10), (8, 18), (16, 26)], &[0, 1, 0]);
        // Equal spans: the first given is the inner one.
        check(&[(3, 9), (3, 9), (3, 9)], &[0, 1, 2]);
        // A mention in the gap of a discontinuous one (hull 0..40).
        check(&[(0, 40), (12, 20)], &[1, 0]);
    }

    proptest! {
        #[test]
        fn overlapping_hulls_never_share_a_lane(pairs in prop::collection::vec((0usize..60, 1usize..20), 0..40)) {
            let hulls: Vec<Span> = pairs.iter().map(|&(start, len)| Span::new(start, start + len)).collect();
            let lanes = lanes_from_hulls(&hulls);
            for a in 0..hulls.len() {
                for b in 0..hulls.len() {
                    if a != b && hulls[a].overlaps(hulls[b]) {
                        prop_assert_ne!(lanes[a], lanes[b]);
                    }
                    if hulls[a].relation(hulls[b]) == SpanRelation::Encloses {
                        prop_assert!(lanes[a] > lanes[b], "the inner one is nearer to the text");
                    }
                }
            }
        }

        #[test]
        fn lanes_do_not_depend_on_order(pairs in prop::collection::btree_set((0usize..60, 1usize..20), 0..30)) {
            let hulls: Vec<Span> = pairs.iter().map(|&(start, len)| Span::new(start, start + len)).collect();
            let backwards: Vec<Span> = hulls.iter().rev().copied().collect();
            let mut lanes = lanes_from_hulls(&backwards);
            lanes.reverse();
            prop_assert_eq!(lanes_from_hulls(&hulls), lanes);
        }
    }
}
