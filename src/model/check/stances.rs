//! Stances: section 3 of the scheme.

use std::collections::BTreeSet;

use super::super::{Ref, Stance};
use super::{About, Findings, Rule};
use crate::text::{Span, SpanSet};

/// Rules that a stance breaks by itself, whatever stands around it.
#[must_use]
pub fn stance_rules(stance: &Stance) -> Vec<Rule> {
    let mut broken = Vec::new();
    let of_article = stance.holder == Ref::Author && matches!(stance.value.as_str(), "neutral" | "unrelated");
    if stance.evidence.is_none() && !of_article {
        broken.push(Rule::StanceWithoutEvidence);
    }
    if !stance.explicit && stance.note.trim().is_empty() {
        broken.push(Rule::ImplicitWithoutNote);
    }
    if !matches!(stance.holder, Ref::Entity(_) | Ref::Mention(_) | Ref::Author) {
        broken.push(Rule::StanceHolder);
    }
    if !matches!(stance.target, Ref::Entity(_) | Ref::Claim(_) | Ref::ClaimOf(..) | Ref::Cluster(_) | Ref::Topic(_)) {
        broken.push(Rule::StanceTarget);
    }
    if stance.holder == Ref::Author && !stance.attributed_through.is_empty() {
        broken.push(Rule::AuthorReported);
    }
    broken
}

impl Findings<'_> {
    pub(super) fn of_stances(&mut self) {
        let mut seen = BTreeSet::new();
        for stance in self.set.stances.values() {
            self.on(About::Stance(stance.id.clone()), self.place_of(stance));
            if let Some(evidence) = &stance.evidence {
                self.quote(evidence, &stance.quote);
                self.place(evidence, &stance.quote);
            }
            for reference in [&stance.holder, &stance.target].into_iter().chain(&stance.attributed_through) {
                self.reference(reference);
            }
            for rule in stance_rules(stance) {
                self.add(rule, Vec::new());
            }
            let pieces = stance.evidence.as_ref().map(SpanSet::as_slice);
            if !seen.insert((&stance.holder, &stance.target, &stance.value, pieces)) {
                self.add(Rule::DuplicateStance, Vec::new());
            }
            let known = &self.around.scheme.stance_attributes;
            self.attributes(known, None, &stance.attributes, &stance.note);
            self.of_scale(stance);
        }
    }

    /// Where a stance can be looked at: its evidence, else its holder or its target, where that stands in the text.
    fn place_of(&self, stance: &Stance) -> Option<Span> {
        let of_ref = |reference: &Ref| match reference {
            Ref::Mention(id) => self.set.mentions.get(id).map(|mention| mention.spans.hull()),
            Ref::Claim(id) => self.set.claims.get(id).map(|claim| claim.content.hull()),
            _ => None,
        };
        let evidence = stance.evidence.as_ref().map(SpanSet::hull);
        evidence.or_else(|| of_ref(&stance.holder)).or_else(|| of_ref(&stance.target))
    }

    fn of_scale(&mut self, stance: &Stance) {
        match self.around.scheme.scales.iter().find(|scale| scale.id == stance.scale) {
            None => self.add(Rule::UnknownScale, vec![("scale", stance.scale.to_string())]),
            Some(scale) if !scale.values.iter().any(|value| value.id == stance.value) => {
                let with = vec![("value", stance.value.clone()), ("attribute", stance.scale.to_string())];
                self.add(Rule::UnknownValue, with);
            }
            Some(_) => {}
        }
    }
}
