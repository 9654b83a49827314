//! Where the small label tags of one line go.
//!
//! A tag stands at its mention's start corner, one row under the deepest lane of the stack it belongs to. A tag that is
//! wider than its mention becomes the label's initial; a tag that would touch an earlier one moves on in reading
//! direction. No tag is ever dropped.

/// What a line knows about one mention that wants a tag on it. Lengths in physical pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct TagWish {
    /// Left end of what the mention covers on this line.
    pub left_px: f32,
    /// Right end of it.
    pub right_px: f32,
    /// The mention's own lane.
    pub lane: usize,
    /// Width of the whole tag.
    pub full_width_px: f32,
    /// Width of the short tag.
    pub short_width_px: f32,
}

/// Where one tag goes. The order of places is the order of wishes.
#[derive(Clone, Debug, PartialEq)]
pub struct TagPlace {
    /// Left end of the tag.
    pub left_px: f32,
    /// Right end of the tag.
    pub right_px: f32,
    /// The tag stands under this lane: the deepest one of its stack on this line.
    pub under_lane: usize,
    /// Whether the initial is drawn in place of the whole id.
    pub short: bool,
}

/// A stretch of a lane on the line, with or without a tag of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaneStretch {
    /// Left end.
    pub left_px: f32,
    /// Right end.
    pub right_px: f32,
    /// Which lane.
    pub lane: usize,
}

/// Places the tags of one line of a paragraph that runs right to left (`rtl`) or left to right.
///
/// `lanes` are all lanes of the line, also of mentions whose tag stands on another line: they deepen the stacks.
/// `gap_px` stays free between two tags. The result does not depend on the order of wishes except between wishes that
/// start at the same place, where the outer mention goes first, as it does in reading order.
#[must_use]
pub fn place_tags(wishes: &[TagWish], lanes: &[LaneStretch], rtl: bool, gap_px: f32) -> Vec<TagPlace> {
    let under = deepest_lanes(wishes, lanes);
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    let start_px = |wish: &TagWish| if rtl { -wish.right_px } else { wish.left_px };
    order.sort_by(|&a, &b| {
        start_px(&wishes[a]).total_cmp(&start_px(&wishes[b])).then(wishes[b].lane.cmp(&wishes[a].lane)).then(a.cmp(&b))
    });
    let mut places = vec![TagPlace { left_px: 0.0, right_px: 0.0, under_lane: 0, short: false }; wishes.len()];
    // In the direction of reading, measured from the side where it starts.
    let mut free_from_px = f32::NEG_INFINITY;
    for idx in order {
        let wish = &wishes[idx];
        let short = wish.full_width_px > wish.right_px - wish.left_px;
        let width_px = if short { wish.short_width_px } else { wish.full_width_px };
        let from_px = start_px(wish).max(free_from_px);
        free_from_px = from_px + width_px + gap_px;
        let (left_px, right_px) = if rtl { (-from_px - width_px, -from_px) } else { (from_px, from_px + width_px) };
        places[idx] = TagPlace { left_px, right_px, under_lane: under[idx], short };
    }
    places
}

/// For each wish the deepest lane among all that hang together with it by overlaps on this line.
fn deepest_lanes(wishes: &[TagWish], lanes: &[LaneStretch]) -> Vec<usize> {
    let own = wishes.iter().map(|wish| LaneStretch { left_px: wish.left_px, right_px: wish.right_px, lane: wish.lane });
    let mut all: Vec<LaneStretch> = own.chain(lanes.iter().copied()).collect();
    all.sort_by(|a, b| a.left_px.total_cmp(&b.left_px).then(a.lane.cmp(&b.lane)));
    let mut stacks: Vec<LaneStretch> = Vec::new();
    for stretch in all {
        match stacks.last_mut() {
            Some(stack) if stretch.left_px < stack.right_px => {
                stack.right_px = stack.right_px.max(stretch.right_px);
                stack.lane = stack.lane.max(stretch.lane);
            }
            _ => stacks.push(stretch),
        }
    }
    let stack_of = |wish: &TagWish| {
        let before = stacks.partition_point(|stack| stack.left_px <= wish.left_px);
        before.checked_sub(1).and_then(|idx| stacks.get(idx)).map_or(wish.lane, |stack| stack.lane)
    };
    wishes.iter().map(stack_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(left_px: f32, right_px: f32, lane: usize) -> TagWish {
        TagWish { left_px, right_px, lane, full_width_px: 20.0, short_width_px: 7.0 }
    }

    #[test]
    fn a_tag_stands_at_the_start_corner() {
        let one = [wish(100.0, 160.0, 0)];
        assert_eq!(
            place_tags(&one, &[], true, 3.0)[0],
            TagPlace { left_px: 140.0, right_px: 160.0, under_lane: 0, short: false }
        );
        assert_eq!(
            place_tags(&one, &[], false, 3.0)[0],
            TagPlace { left_px: 100.0, right_px: 120.0, under_lane: 0, short: false }
        );
    }

    #[test]
    fn a_wide_tag_becomes_its_initial() {
        let places = place_tags(&[wish(100.0, 112.0, 0)], &[], true, 3.0);
        assert!(places[0].short);
        assert_eq!((places[0].left_px, places[0].right_px), (105.0, 112.0));
    }

    #[test]
    fn the_stack_has_one_row() {
        // ROLE (lane 1) around NORP (lane 0); PER beside them keeps its own row.
        let places = place_tags(&[wish(100.0, 200.0, 1), wish(100.0, 140.0, 0), wish(20.0, 90.0, 0)], &[], true, 3.0);
        assert_eq!(places.iter().map(|place| place.under_lane).collect::<Vec<_>>(), [1, 1, 0]);
    }

    #[test]
    fn a_lane_that_only_passes_by_deepens_the_stack() {
        let passing = [LaneStretch { left_px: 0.0, right_px: 300.0, lane: 2 }];
        assert_eq!(place_tags(&[wish(100.0, 160.0, 0)], &passing, true, 3.0)[0].under_lane, 2);
    }

    #[test]
    fn the_later_of_two_touching_tags_moves_on() {
        // Same start: the outer one is read first, the inner one moves left in right-to-left text.
        let places = place_tags(&[wish(100.0, 140.0, 0), wish(60.0, 140.0, 1)], &[], true, 3.0);
        assert_eq!((places[1].left_px, places[1].right_px), (120.0, 140.0));
        assert_eq!((places[0].left_px, places[0].right_px), (97.0, 117.0));
    }

    proptest! {
        #[test]
        fn tags_never_touch_and_none_is_dropped(
            spans in prop::collection::vec((0.0f32..600.0, 2.0f32..120.0, 0usize..4), 0..30),
            rtl in any::<bool>(),
        ) {
            let wishes: Vec<TagWish> = spans.iter().map(|&(left, width, lane)| wish(left, left + width, lane)).collect();
            let mut places = place_tags(&wishes, &[], rtl, 3.0);
            prop_assert_eq!(places.len(), wishes.len());
            for (place, wish) in places.iter().zip(&wishes) {
                prop_assert!(place.under_lane >= wish.lane);
                // Never before the start corner.
                if rtl {
                    prop_assert!(place.right_px <= wish.right_px + 0.01);
                } else {
                    prop_assert!(place.left_px >= wish.left_px - 0.01);
                }
            }
            places.sort_by(|a, b| a.left_px.total_cmp(&b.left_px));
            for pair in places.windows(2) {
                prop_assert!(pair[0].right_px + 2.9 <= pair[1].left_px);
            }
        }
    }
}
