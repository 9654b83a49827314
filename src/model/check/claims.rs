//! Claims: section 2 of the scheme, without their chains.

use std::collections::BTreeMap;

use super::super::{Claim, ClaimId, ClusterId, Verdict};
use super::attributes::value_of;
use super::marks::{has_brackets_at_edge, has_lone_quote, is_enclosed, is_particle, is_quote};
use super::{About, Findings, Rule, short};
use crate::text::SpanSet;

/// Whether a verdict that says something rests on nothing.
#[must_use]
pub fn verdict_lacks_evidence(verdict: &Verdict) -> bool {
    says_something(verdict) && verdict.evidence.is_empty()
}

fn says_something(verdict: &Verdict) -> bool {
    !matches!(verdict.value.as_str(), "not_checked" | "not_enough_evidence")
}

impl Findings<'_> {
    pub(super) fn of_claims(&mut self) {
        let mut seen: BTreeMap<&[crate::text::Span], &ClaimId> = BTreeMap::new();
        let mut polarity: BTreeMap<&ClusterId, String> = BTreeMap::new();
        for claim in self.set.claims.values() {
            self.on(About::Claim(claim.id.clone()), Some(claim.content.hull()));
            self.quote(&claim.content, &claim.quote);
            self.place(&claim.content, &claim.quote);
            if seen.insert(claim.content.as_slice(), &claim.id).is_some() {
                self.add_on(Rule::DuplicateClaim, &claim.quote);
            }
            let known = &self.around.scheme.claim_attributes;
            self.attributes(known, None, &claim.attributes, &claim.note);
            self.of_content(claim);
            self.of_chain(claim);
            self.of_nesting(claim);
            self.of_verdict(claim);
            self.of_form(claim);
            if let Some(cluster) = &claim.cluster {
                self.refer_to_cluster(cluster);
                let own = value_of(&claim.attributes, "polarity").unwrap_or_else(|| "affirmative".to_owned());
                let first = polarity.entry(cluster).or_insert_with(|| own.clone());
                if *first != own {
                    self.add(Rule::ClusterPolarity, vec![("cluster", cluster.to_string())]);
                }
            }
        }
    }

    /// What the content takes in that is no part of it.
    fn of_content(&mut self, claim: &Claim) {
        let text = &self.article.text;
        let pieces: Vec<&str> = claim.content.iter().filter_map(|piece| piece.slice(text)).collect();
        if pieces.iter().any(|piece| is_enclosed(piece)) {
            self.add_on(Rule::QuotesAroundContent, &claim.quote);
        } else if has_lone_quote(&pieces.concat()) {
            self.add_on(Rule::UnpairedQuotes, &claim.quote);
        }
        if pieces.iter().any(|piece| has_brackets_at_edge(piece)) {
            self.add_on(Rule::BracketsAtEdge, &claim.quote);
        }
        let first = pieces.first().and_then(|piece| first_word(piece));
        if let Some(word) = first.filter(|word| is_particle(word)) {
            self.add(Rule::ParticleInClaim, vec![("word", word.to_owned())]);
        }
    }

    fn of_nesting(&mut self, claim: &Claim) {
        let Some(outer) = &claim.nested_in else { return };
        let outward =
            |id| self.set.claims.get(id).and_then(|claim: &Claim| claim.nested_in.as_ref()).into_iter().collect();
        if super::closure(&claim.id, outward).contains(&claim.id) {
            self.add_on(Rule::ClaimCycle, &claim.quote);
            return;
        }
        match self.set.claims.get(outer) {
            None => self.add(Rule::DanglingReference, vec![("id", outer.to_string())]),
            Some(outer) if !lies_in(&claim.content, &outer.content) => {
                let with = vec![("quote", short(&claim.quote)), ("outer", short(&outer.quote))];
                self.add(Rule::OutsideOuterClaim, with);
            }
            Some(_) => {}
        }
    }

    fn of_verdict(&mut self, claim: &Claim) {
        let Some(verdict) = &claim.verdict else { return };
        let id = "verdict".into();
        if self.around.scheme.claim_attributes.iter().any(|attribute| attribute.id == id) {
            let value = super::super::AttributeValue::Text(verdict.value.clone());
            self.attribute(&self.around.scheme.claim_attributes, None, &id, &value);
        }
        if verdict_lacks_evidence(verdict) {
            self.add(Rule::VerdictWithoutEvidence, Vec::new());
        }
        if verdict.evidence.iter().any(|piece| piece.url.trim().is_empty() && piece.quote.trim().is_empty()) {
            self.add(Rule::EvidenceWithoutAddress, Vec::new());
        }
        let is_unverifiable = value_of(&claim.attributes, "verifiability").as_deref() == Some("not_verifiable");
        if is_unverifiable && verdict.value != "not_checked" {
            self.add(Rule::VerdictOfUnverifiable, Vec::new());
        }
    }

    fn of_form(&mut self, claim: &Claim) {
        let kind = value_of(&claim.attributes, "type").filter(|kind| matches!(kind.as_str(), "opinion" | "normative"));
        let worth = value_of(&claim.attributes, "check_worthiness");
        if let (Some(kind), Some(_)) = (kind, worth.filter(|worth| worth != "0")) {
            self.add(Rule::OpinionWorthChecking, vec![("type", kind)]);
        }
        if value_of(&claim.attributes, "form").as_deref() != Some("verbatim") {
            return;
        }
        let text = &self.article.text;
        // A full stop or comma may stand between the last word and the mark.
        let is_stop =
            |letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | '\u{60C}' | '!' | '?' | '\u{61F}');
        let before = text.get(..claim.content.start()).unwrap_or_default().trim_end();
        let after = text.get(claim.content.end()..).unwrap_or_default().trim_start_matches(is_stop);
        let quoted = is_enclosed(&claim.quote) || (before.ends_with(is_quote) && after.starts_with(is_quote));
        if !quoted {
            self.add_on(Rule::VerbatimWithoutQuotes, &claim.quote);
        }
    }
}

/// Whether every piece of `inner` lies in the stretch from the first to the last byte of `outer`: the words between the
/// pieces of an interrupted quotation are no content, but nothing nested is cut by them.
fn lies_in(inner: &SpanSet, outer: &SpanSet) -> bool {
    inner.start() >= outer.start() && inner.end() <= outer.end()
}

/// The first word of a piece, without marks before it.
pub(super) fn first_word(piece: &str) -> Option<&str> {
    piece.split_whitespace().next().map(|word| word.trim_matches(|letter: char| is_quote(letter) || letter == '('))
}
