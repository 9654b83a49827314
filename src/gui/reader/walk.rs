//! Walking through what lies at a place: from the innermost mention outward, then on to the next one.

use crate::model::{AnnotationSet, MentionId};

/// The mentions among which the walk goes at the moment, innermost first, and the place they were found at.
///
/// After a click these are all mentions under the pointer. After the walk went on to a next place they are only those
/// that begin there, so that a walk through an article meets every mention once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FocusStack {
    at: usize,
    ids: Vec<MentionId>,
}

/// Which way a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Outward, then to the mention that begins next.
    Outward,
    /// Inward, then to the mention that begins before.
    Inward,
}

impl FocusStack {
    /// The stack of all mentions that cover byte `at`.
    #[must_use]
    pub fn at(set: &AnnotationSet, at: usize) -> Self {
        Self { at, ids: set.mentions_at(at).into_iter().map(|mention| mention.id.clone()).collect() }
    }

    /// The innermost mention.
    #[must_use]
    pub fn innermost(&self) -> Option<&MentionId> {
        self.ids.first()
    }

    /// Whether the same mentions lie here as there; not if there are none.
    #[must_use]
    pub fn is_same_stack(&self, other: &Self) -> bool {
        !self.ids.is_empty() && self.ids == other.ids
    }

    /// The mention outside `focus`, or the innermost again after the outermost: what a repeated click does.
    #[must_use]
    pub fn next_around(&self, focus: Option<&MentionId>) -> Option<&MentionId> {
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
        focus: Option<&MentionId>,
        caret: usize,
        way: Way,
    ) -> Option<(MentionId, usize)> {
        let place_of = |ids: &[MentionId]| ids.iter().position(|id| Some(id) == focus && set.mentions.contains_key(id));
        let mut position = place_of(&self.ids);
        if position.is_none() {
            *self = Self::at(set, caret);
            position = place_of(&self.ids);
        }
        // What came into focus without the caret, from a list or a screen reader, is where the walk goes on.
        let elsewhere = focus.and_then(|id| set.mentions.get(id));
        if let (None, Some(mention)) = (position, elsewhere) {
            *self = Self::at(set, mention.spans.start());
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
            None => self.leap(set, self.edge(set, way), way, position.is_none()),
        }
    }

    /// From where the walk leaves the stack: what lies before it must begin before everything in it.
    fn edge(&self, set: &AnnotationSet, way: Way) -> usize {
        let starts = self.ids.iter().filter_map(|id| set.mentions.get(id)).map(|mention| mention.spans.start());
        match way {
            Way::Outward => self.at,
            Way::Inward => starts.min().unwrap_or(self.at),
        }
    }

    /// Goes to the nearest place after or before `from` where mentions begin.
    fn leap(&mut self, set: &AnnotationSet, from: usize, way: Way, from_included: bool) -> Option<(MentionId, usize)> {
        let starts = set.mentions.values().map(|mention| mention.spans.start());
        let at = match way {
            Way::Outward => starts.filter(|&start| start > from || (from_included && start == from)).min(),
            Way::Inward => starts.filter(|&start| start < from).max(),
        }?;
        let mut here: Vec<_> = set.mentions.values().filter(|mention| mention.spans.start() == at).collect();
        here.sort_by(|a, b| (a.spans.len_bytes(), &a.id).cmp(&(b.spans.len_bytes(), &b.id)));
        self.at = at;
        self.ids = here.into_iter().map(|mention| mention.id.clone()).collect();
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
            match stack.step(&set, focus.as_ref(), caret, way) {
                Some((id, _)) => {
                    seen.push(id.to_string());
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
        let stack = FocusStack::at(&set, 25);
        assert_eq!(stack.next_around(None).unwrap().as_str(), "norp");
        assert_eq!(stack.next_around(Some(&"norp".into())).unwrap().as_str(), "org");
        assert_eq!(stack.next_around(Some(&"role".into())).unwrap().as_str(), "norp");
        assert!(FocusStack::at(&set, 35).innermost().is_none());
    }

    #[test]
    fn what_was_just_made_is_where_the_walk_goes_on() {
        let set = nested();
        let mut stack = FocusStack::default();
        assert_eq!(stack.step(&set, Some(&"norp".into()), 25, Way::Outward).unwrap().0.as_str(), "org");
    }

    #[test]
    fn a_focus_away_from_the_caret_is_where_the_walk_goes_on() {
        let set = nested();
        let mut stack = FocusStack::at(&set, 45);
        assert_eq!(stack.step(&set, Some(&"norp".into()), 45, Way::Outward).unwrap().0.as_str(), "org");
    }

    #[test]
    fn a_vanished_focus_starts_anew() {
        let set = nested();
        let mut stack = FocusStack::at(&set, 25);
        assert_eq!(stack.step(&set, Some(&"gone".into()), 25, Way::Outward).unwrap().0.as_str(), "norp");
    }
}
