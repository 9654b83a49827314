//! Walking through what lies at a place: from the innermost annotation outward, then on to the next one.

use crate::gui::ctx::{Layer, LayerLevel, Layers};
use crate::model::{AnnotationId, AnnotationSet};
use crate::text::SpanSet;

/// The annotations among which the walk goes at the moment, innermost first, and the place they were found at.
///
/// After a click these are all annotations under the pointer. After the walk went on to a next place they are only
/// those that begin there, so that a walk through an article meets every annotation once. Only layers in front count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FocusStack {
    at: usize,
    ids: Vec<AnnotationId>,
}

/// Which way a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Outward, then to the annotation that begins next.
    Outward,
    /// Inward, then to the annotation that begins before.
    Inward,
}

/// Everything that a walk meets, with the text it covers.
fn candidates(set: &AnnotationSet, layers: Layers) -> impl Iterator<Item = (AnnotationId, &SpanSet)> {
    let is_front = move |layer: Layer| layers.level(layer) == LayerLevel::Front;
    let mentions = set.mentions.values().map(|mention| (mention.id.clone().into(), &mention.spans));
    let claims = set.claims.values().map(|claim| (claim.id.clone().into(), &claim.content));
    let stances = set.stances.values().filter_map(|stance| Some((stance.id.clone().into(), stance.evidence.as_ref()?)));
    mentions
        .filter(move |_| is_front(Layer::Mentions))
        .chain(claims.filter(move |_| is_front(Layer::Claims)))
        .chain(stances.filter(move |_| is_front(Layer::Stances)))
}

/// Innermost first.
fn ordered(mut found: Vec<(AnnotationId, &SpanSet)>) -> Vec<AnnotationId> {
    found.sort_by(|a, b| (a.1.len_bytes(), &a.0).cmp(&(b.1.len_bytes(), &b.0)));
    found.into_iter().map(|(id, _)| id).collect()
}

impl FocusStack {
    /// The stack of all annotations that cover byte `at`.
    #[must_use]
    pub fn at(set: &AnnotationSet, layers: Layers, at: usize) -> Self {
        Self { at, ids: ordered(candidates(set, layers).filter(|(_, spans)| spans.contains(at)).collect()) }
    }

    /// The innermost annotation.
    #[must_use]
    pub fn innermost(&self) -> Option<&AnnotationId> {
        self.ids.first()
    }

    /// The innermost mention.
    #[must_use]
    pub fn innermost_mention(&self) -> Option<&crate::model::MentionId> {
        self.ids.iter().find_map(AnnotationId::mention)
    }

    /// Whether the same annotations lie here as there; not if there are none.
    #[must_use]
    pub fn is_same_stack(&self, other: &Self) -> bool {
        !self.ids.is_empty() && self.ids == other.ids
    }

    /// The annotation outside `focus`, or the innermost again after the outermost: what a repeated click does.
    #[must_use]
    pub fn next_around(&self, focus: Option<&AnnotationId>) -> Option<&AnnotationId> {
        let position = self.ids.iter().position(|id| Some(id) == focus);
        match position {
            Some(position) => self.ids.get(position + 1).or_else(|| self.ids.first()),
            None => self.ids.first(),
        }
    }

    /// Takes one step from `focus`, which may have vanished. Returns what comes into focus and the byte it begins at or
    /// was found at; nothing at the end of the article.
    pub fn step(
        &mut self,
        set: &AnnotationSet,
        layers: Layers,
        focus: Option<&AnnotationId>,
        caret: usize,
        way: Way,
    ) -> Option<(AnnotationId, usize)> {
        let place_of = |ids: &[AnnotationId]| ids.iter().position(|id| Some(id) == focus && set.contains(id));
        let mut position = place_of(&self.ids);
        if position.is_none() {
            *self = Self::at(set, layers, caret);
            position = place_of(&self.ids);
        }
        // What came into focus without the caret, from a list or a screen reader, is where the walk goes on.
        let elsewhere = focus.and_then(|id| set.spans_of(id));
        if let (None, Some(spans)) = (position, elsewhere) {
            *self = Self::at(set, layers, spans.start());
            position = place_of(&self.ids);
        }
        let next = match (position, way) {
            (None, Way::Outward) => self.ids.first(),
            (None, Way::Inward) => self.ids.last(),
            (Some(position), Way::Outward) => self.ids.get(position + 1),
            (Some(position), Way::Inward) => position.checked_sub(1).and_then(|before| self.ids.get(before)),
        };
        match next {
            Some(id) => Some((id.clone(), self.at)),
            None => self.leap(set, layers, self.edge(set, way), way, position.is_none()),
        }
    }

    /// From where the walk leaves the stack: what lies before it must begin before everything in it.
    fn edge(&self, set: &AnnotationSet, way: Way) -> usize {
        let starts = self.ids.iter().filter_map(|id| set.spans_of(id)).map(SpanSet::start);
        match way {
            Way::Outward => self.at,
            Way::Inward => starts.min().unwrap_or(self.at),
        }
    }

    /// Goes to the nearest place after or before `from` where annotations begin.
    fn leap(
        &mut self,
        set: &AnnotationSet,
        layers: Layers,
        from: usize,
        way: Way,
        from_included: bool,
    ) -> Option<(AnnotationId, usize)> {
        let starts = candidates(set, layers).map(|(_, spans)| spans.start());
        let at = match way {
            Way::Outward => starts.filter(|&start| start > from || (from_included && start == from)).min(),
            Way::Inward => starts.filter(|&start| start < from).max(),
        }?;
        self.at = at;
        self.ids = ordered(candidates(set, layers).filter(|(_, spans)| spans.start() == at).collect());
        let id = match way {
            Way::Outward => self.ids.first(),
            Way::Inward => self.ids.last(),
        };
        id.map(|id| (id.clone(), at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mention, set_of};
    use super::*;
    use crate::model::MentionId;

    const ALL: Layers = Layers { front: None, off: [false; 3] };

    fn id(id: &str) -> AnnotationId {
        MentionId::new(id).into()
    }

    fn name(id: &AnnotationId) -> &str {
        match id {
            AnnotationId::Mention(id) => id.as_str(),
            AnnotationId::Claim(id) => id.as_str(),
            AnnotationId::Stance(id) => id.as_str(),
        }
    }

    /// ROLE 0..30 around ORG 10..30 around NORP 20..30; PER 40..50.
    fn nested() -> AnnotationSet {
        set_of(vec![
            mention("role", "ROLE", &[(0, 30)]),
            mention("org", "ORG", &[(10, 30)]),
            mention("norp", "NORP", &[(20, 30)]),
            mention("per", "PER", &[(40, 50)]),
        ])
    }

    fn walk(caret: usize, way: Way, steps: usize) -> Vec<String> {
        let set = nested();
        let mut stack = FocusStack::default();
        let mut focus = None;
        let mut seen = Vec::new();
        for _ in 0..steps {
            match stack.step(&set, ALL, focus.as_ref(), caret, way) {
                Some((id, _)) => {
                    seen.push(name(&id).to_owned());
                    focus = Some(id);
                }
                None => seen.push("-".to_owned()),
            }
        }
        seen
    }

    #[test]
    fn outward_then_on_to_the_next() {
        assert_eq!(walk(25, Way::Outward, 5), ["norp", "org", "role", "per", "-"]);
        // From the start every mention is met once.
        assert_eq!(walk(0, Way::Outward, 5), ["role", "org", "norp", "per", "-"]);
        // From a place without mentions.
        assert_eq!(walk(33, Way::Outward, 2), ["per", "-"]);
    }

    #[test]
    fn inward_then_back() {
        assert_eq!(walk(45, Way::Inward, 5), ["per", "norp", "org", "role", "-"]);
        assert_eq!(walk(33, Way::Inward, 2), ["norp", "org"]);
    }

    #[test]
    fn a_repeated_click_goes_around() {
        let set = nested();
        let stack = FocusStack::at(&set, ALL, 25);
        assert_eq!(name(stack.next_around(None).unwrap()), "norp");
        assert_eq!(name(stack.next_around(Some(&id("norp"))).unwrap()), "org");
        assert_eq!(name(stack.next_around(Some(&id("role"))).unwrap()), "norp");
        assert!(FocusStack::at(&set, ALL, 35).innermost().is_none());
    }

    #[test]
    fn what_was_just_made_is_where_the_walk_goes_on() {
        let set = nested();
        let mut stack = FocusStack::default();
        assert_eq!(name(&stack.step(&set, ALL, Some(&id("norp")), 25, Way::Outward).unwrap().0), "org");
    }

    #[test]
    fn a_focus_away_from_the_caret_is_where_the_walk_goes_on() {
        let set = nested();
        let mut stack = FocusStack::at(&set, ALL, 45);
        assert_eq!(name(&stack.step(&set, ALL, Some(&id("norp")), 45, Way::Outward).unwrap().0), "org");
    }

    #[test]
    fn a_vanished_focus_starts_anew() {
        let set = nested();
        let mut stack = FocusStack::at(&set, ALL, 25);
        assert_eq!(name(&stack.step(&set, ALL, Some(&id("gone")), 25, Way::Outward).unwrap().0), "norp");
    }
}
