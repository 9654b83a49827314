//! Changing who says a claim: cues and sources are given link by link, as a person points at them.

use super::{ChainLink, Claim, LinkRole, Ref};
use crate::text::SpanSet;

impl ChainLink {
    /// A link that says nothing yet.
    #[must_use]
    pub const fn empty() -> Self {
        Self { role: LinkRole::Origin, source: None, spans: None, cue: None, implicit: false, on_behalf_of: None }
    }

    /// Whether it is only the author's own voice, which the first cue or source takes the place of.
    #[must_use]
    pub fn is_authors_voice(&self) -> bool {
        self.source == Some(Ref::Author) && self.cue.is_none() && self.implicit
    }
}

impl Claim {
    /// Gives the link at `at` (the innermost where there is none) a cue. Answers which link that was.
    pub fn set_cue(&mut self, at: Option<usize>, cue: SpanSet) -> usize {
        self.drop_authors_voice();
        let at = self.link_or_new(at);
        if let Some(link) = self.chain.get_mut(at) {
            link.cue = Some(cue);
        }
        self.order_roles();
        at
    }

    /// Gives the innermost link a source; where it has one, a further link is put around the chain: who passes it on.
    /// Answers which link got it.
    pub fn add_source(&mut self, source: Ref, spans: Option<SpanSet>) -> usize {
        self.drop_authors_voice();
        let last = self.chain.len().checked_sub(1);
        let is_free = last.and_then(|last| self.chain.get(last)).is_none_or(|link| link.source.is_none());
        let at = if is_free {
            self.link_or_new(None)
        } else {
            self.chain.insert(0, ChainLink::empty());
            0
        };
        if let Some(link) = self.chain.get_mut(at) {
            (link.source, link.spans, link.implicit) = (Some(source), spans, false);
        }
        self.order_roles();
        at
    }

    /// Takes a link out of the chain; what is left is in order.
    pub fn remove_link(&mut self, at: usize) {
        if at < self.chain.len() {
            self.chain.remove(at);
        }
        self.order_roles();
    }

    /// The last link said it, those around it pass it on.
    pub fn order_roles(&mut self) {
        let last = self.chain.len().saturating_sub(1);
        for (at, link) in self.chain.iter_mut().enumerate() {
            link.role = if at == last { LinkRole::Origin } else { LinkRole::Relay };
        }
    }

    fn drop_authors_voice(&mut self) {
        if self.chain.iter().all(ChainLink::is_authors_voice) {
            self.chain.clear();
        }
    }

    fn link_or_new(&mut self, at: Option<usize>) -> usize {
        if self.chain.is_empty() {
            self.chain.push(ChainLink::empty());
        }
        let last = self.chain.len().saturating_sub(1);
        at.filter(|at| *at <= last).unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Timestamp;
    use crate::model::{Attributes, Extra, Origin, Provenance};
    use crate::text::Span;

    fn spans(start: usize) -> SpanSet {
        SpanSet::one(Span::new(start, start + 3)).unwrap()
    }

    fn claim() -> Claim {
        Claim {
            id: "c1".into(),
            content: spans(20),
            quote: String::new(),
            chain: vec![ChainLink { source: Some(Ref::Author), implicit: true, ..ChainLink::empty() }],
            attributes: Attributes::new(),
            nested_in: None,
            cluster: None,
            norm: std::collections::BTreeMap::new(),
            verdict: None,
            note: String::new(),
            provenance: Provenance { by: "ann-01".into(), at: Timestamp::from_unix_millis(0), origin: Origin::Manual },
            extra: Extra::new(),
        }
    }

    #[test]
    fn the_first_source_takes_the_place_of_the_author_and_the_next_goes_around() {
        let mut claim = claim();
        assert_eq!(claim.add_source(Ref::Mention("m1".into()), None), 0);
        assert_eq!(claim.set_cue(None, spans(3)), 0);
        assert_eq!(claim.add_source(Ref::Mention("m2".into()), None), 0);
        assert_eq!(claim.set_cue(Some(0), spans(9)), 0);
        let sources: Vec<_> = claim.chain.iter().map(|link| link.source.clone().unwrap()).collect();
        assert_eq!(sources, [Ref::Mention("m2".into()), Ref::Mention("m1".into())]);
        assert_eq!(claim.chain.iter().map(|link| link.role).collect::<Vec<_>>(), [LinkRole::Relay, LinkRole::Origin]);
        assert_eq!(claim.chain[1].cue, Some(spans(3)));
        claim.remove_link(1);
        assert_eq!(claim.chain[0].role, LinkRole::Origin);
    }

    #[test]
    fn a_cue_without_a_source_waits_for_one() {
        let mut claim = claim();
        claim.set_cue(None, spans(0));
        assert_eq!((claim.chain.len(), claim.chain[0].source.clone()), (1, None));
        claim.add_source(Ref::Mention("m1".into()), None);
        assert_eq!((claim.chain.len(), claim.chain[0].cue.clone()), (1, Some(spans(0))));
    }
}
