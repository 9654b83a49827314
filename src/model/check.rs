//! Rules that hold in a valid set of annotations. What breaks one is a finding for the Checks list, never a refusal.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AnnotationSet, Article, Claim, ClaimCluster, ClusterId, Diagnostic, Entity, EntityId, LabelId, Mention, Ref,
    Region, Scheme, Severity, Stance, Topic, TopicId, Verdict,
};
use crate::text::{Span, SpanSet};

/// Whether two sets of spans share text and neither lies wholly inside the other.
#[must_use]
pub fn crosses(a: &SpanSet, b: &SpanSet) -> bool {
    let shared: usize =
        a.iter().map(|x| b.iter().filter_map(|y| x.intersection(y)).map(Span::len).sum::<usize>()).sum();
    shared > 0 && shared < a.len_bytes() && shared < b.len_bytes()
}

/// Whether a verdict that says something rests on nothing.
#[must_use]
pub fn verdict_lacks_evidence(verdict: &Verdict) -> bool {
    !matches!(verdict.value.as_str(), "not_checked" | "not_enough_evidence") && verdict.evidence.is_empty()
}

/// What is missing in a stance: code and sentence.
#[must_use]
pub fn stance_findings(stance: &Stance) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let of_article = stance.holder == Ref::Author && matches!(stance.value.as_str(), "neutral" | "unrelated");
    if stance.evidence.is_none() && !of_article {
        found.push(("stance_without_evidence", "A stance needs the words that show it.".to_owned()));
    }
    if !stance.explicit && stance.note.trim().is_empty() {
        found.push(("implicit_without_note", "An implicit stance needs a note that says why.".to_owned()));
    }
    if !matches!(stance.target, Ref::Entity(_) | Ref::Claim(_) | Ref::ClaimOf(..) | Ref::Cluster(_) | Ref::Topic(_)) {
        found.push(("stance_target", "The target of a stance is an entity, a claim, a cluster or a topic.".to_owned()));
    }
    found
}

/// What annotations may refer to beside their own article.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// How to annotate.
    pub scheme: &'a Scheme,
    /// The annotator's entities.
    pub entities: &'a BTreeMap<EntityId, Entity>,
    /// The annotator's clusters of claims.
    pub clusters: &'a BTreeMap<ClusterId, ClaimCluster>,
    /// The annotator's topics.
    pub topics: &'a BTreeMap<TopicId, Topic>,
}

/// Everything that is worth a look in one annotator's work on `article`, in text order, worst first at one place.
#[must_use]
pub fn findings(article: &Article, set: &AnnotationSet, around: &Surroundings<'_>) -> Vec<Diagnostic> {
    let mut found = Findings { article, list: Vec::new() };
    let ordered = set.mentions_in_order();
    for mention in &ordered {
        found.of_mention(mention, around);
    }
    found.of_pairs(&ordered);
    for claim in set.claims.values() {
        found.of_claim(claim, set, around);
    }
    for stance in set.stances.values() {
        found.of_stance(stance, set, around);
    }
    found.of_regions(&article.facts.regions);
    let mut list = found.list;
    list.sort_by_key(|finding| (finding.span, std::cmp::Reverse(finding.severity), finding.code));
    list
}

struct Findings<'a> {
    article: &'a Article,
    list: Vec<Diagnostic>,
}

impl Findings<'_> {
    fn add(&mut self, severity: Severity, code: &'static str, span: Option<Span>, message: impl Into<String>) {
        let mut finding = Diagnostic::new(severity, code, message).on_article(self.article.facts.id.clone());
        finding.span = span;
        self.list.push(finding);
    }

    /// The quote must be what the text says; a difference means that text or annotation came from elsewhere.
    fn quote(&mut self, spans: &SpanSet, quote: &str, what: &str) {
        let span = Some(spans.hull());
        match spans.quote(&self.article.text) {
            None => {
                let message = format!("The {what} {quote:?} stands outside the text or splits a letter.");
                self.add(Severity::Error, "offset_out_of_text", span, message);
            }
            Some(text) if text != quote => {
                let message = format!("The {what} was made on {quote:?}, but the text there is {text:?}.");
                self.add(Severity::Error, "quote_drift", span, message);
            }
            Some(_) => {}
        }
    }

    fn of_mention(&mut self, mention: &Mention, around: &Surroundings<'_>) {
        let span = Some(mention.spans.hull());
        self.quote(&mention.spans, &mention.quote, "mention");
        if around.scheme.label(&mention.label).is_none() {
            let message = format!("The label {} is not in the scheme {}.", mention.label, around.scheme.name);
            self.add(Severity::Warning, "unknown_label", span, message);
        }
        for attribute in mention.attributes.keys() {
            let known = around.scheme.mention_attribute(attribute);
            if !known.is_some_and(|known| known.applies_to(&mention.label)) {
                let message = format!("The attribute {attribute} does not belong to {} in the scheme.", mention.label);
                self.add(Severity::Warning, "unknown_attribute", span, message);
            }
        }
        if mention.spans.iter().any(|piece| has_edge_space(piece, &self.article.text)) {
            let message = format!("The mention {:?} begins or ends with white space.", mention.quote);
            self.add(Severity::Hint, "edge_space", span, message);
        }
        if mention.spans.iter().any(|piece| self.is_left_out(piece)) {
            let message = format!("The mention {:?} lies in a region that is left out.", mention.quote);
            self.add(Severity::Hint, "region_left_out", span, message);
        }
        let Some(id) = &mention.entity else { return };
        match around.entities.get(id) {
            None => self.dangling(span, &format!("entity {id}")),
            Some(entity) => {
                if let Some(kind) = &entity.kind
                    && !label_fits(&mention.label, kind)
                {
                    let message = format!("It is labelled {}, its entity is of type {kind}.", mention.label);
                    self.add(Severity::Warning, "cluster_type", span, message);
                }
            }
        }
    }

    fn is_left_out(&self, piece: Span) -> bool {
        self.article.facts.regions.iter().any(|region| !region.include && region.span.overlaps(piece))
    }

    /// Crossing and equal mentions; `ordered` is sorted by start, so that a sweep meets only those that overlap.
    fn of_pairs(&mut self, ordered: &[&Mention]) {
        for (idx, mention) in ordered.iter().enumerate() {
            let hull = mention.spans.hull();
            for other in ordered.iter().skip(idx + 1).take_while(|other| other.spans.start() < hull.end()) {
                if other.spans == mention.spans && other.label == mention.label {
                    let message = format!("{:?} is labelled {} twice.", mention.quote, mention.label);
                    self.add(Severity::Warning, "duplicate_mention", Some(hull), message);
                } else if crosses(&mention.spans, &other.spans) {
                    let message = format!(
                        "The {} mention {:?} crosses the {} mention {:?}.",
                        mention.label, mention.quote, other.label, other.quote
                    );
                    self.add(Severity::Warning, "crossing_mention", Some(hull), message);
                }
            }
        }
    }

    fn of_claim(&mut self, claim: &Claim, set: &AnnotationSet, around: &Surroundings<'_>) {
        let span = Some(claim.content.hull());
        self.quote(&claim.content, &claim.quote, "claim");
        for link in &claim.chain {
            for reference in link.source.iter().chain(&link.on_behalf_of) {
                self.reference(reference, span, set, around);
            }
            for spans in link.spans.iter().chain(&link.cue) {
                if spans.quote(&self.article.text).is_none() {
                    let message = format!("A source or cue of the claim {:?} stands outside the text.", claim.quote);
                    self.add(Severity::Error, "offset_out_of_text", span, message);
                }
            }
        }
        if let Some(outer) = &claim.nested_in
            && !set.claims.contains_key(outer)
        {
            self.dangling(span, &format!("claim {outer}"));
        }
        if let Some(cluster) = &claim.cluster
            && !around.clusters.contains_key(cluster)
        {
            self.dangling(span, &format!("cluster {cluster}"));
        }
        if claim.verdict.as_ref().is_some_and(verdict_lacks_evidence) {
            self.add(Severity::Warning, "verdict_without_evidence", span, "A verdict needs its evidence.");
        }
    }

    fn of_stance(&mut self, stance: &Stance, set: &AnnotationSet, around: &Surroundings<'_>) {
        let span = stance.evidence.as_ref().map(SpanSet::hull);
        if let Some(evidence) = &stance.evidence {
            self.quote(evidence, &stance.quote, "evidence of a stance");
        }
        for reference in [&stance.holder, &stance.target].into_iter().chain(&stance.attributed_through) {
            self.reference(reference, span, set, around);
        }
        for (code, message) in stance_findings(stance) {
            self.add(Severity::Warning, code, span, message);
        }
        let scale = around.scheme.scales.iter().find(|scale| scale.id == stance.scale);
        if !scale.is_some_and(|scale| scale.values.iter().any(|value| value.id == stance.value)) {
            let message = format!("{} is not a value of the scale {} of the scheme.", stance.value, stance.scale);
            self.add(Severity::Warning, "unknown_value", span, message);
        }
    }

    fn reference(&mut self, to: &Ref, span: Option<Span>, set: &AnnotationSet, around: &Surroundings<'_>) {
        let missing = match to {
            Ref::Mention(id) if !set.mentions.contains_key(id) => format!("mention {id}"),
            Ref::Claim(id) if !set.claims.contains_key(id) => format!("claim {id}"),
            Ref::Entity(id) if !around.entities.contains_key(id) => format!("entity {id}"),
            Ref::Cluster(id) if !around.clusters.contains_key(id) => format!("cluster {id}"),
            Ref::Topic(id) if !around.topics.contains_key(id) => format!("topic {id}"),
            _ => return,
        };
        self.dangling(span, &missing);
    }

    fn dangling(&mut self, span: Option<Span>, what: &str) {
        let message = format!("It refers to the {what}, which does not exist here.");
        self.add(Severity::Error, "dangling_reference", span, message);
    }

    fn of_regions(&mut self, regions: &[Region]) {
        let mut seen = BTreeSet::new();
        for region in regions {
            if region.span.slice(&self.article.text).is_none() {
                let message = "A region stands outside the text; remove it.";
                self.add(Severity::Error, "offset_out_of_text", Some(region.span), message);
            }
            if seen.iter().any(|other: &Span| other.overlaps(region.span)) {
                let message = "This region overlaps another; remove one of them.";
                self.add(Severity::Warning, "overlapping_regions", Some(region.span), message);
            }
            seen.insert(region.span);
        }
    }
}

/// Whether a mention with this label may join an entity of this type: the same, or an affiliation in its country.
fn label_fits(label: &LabelId, kind: &LabelId) -> bool {
    label == kind || (label.as_str() == "NORP" && kind.as_str() == "GPE")
}

fn has_edge_space(span: Span, text: &str) -> bool {
    span.slice(text).is_some_and(|piece| piece.trim() != piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(spans: &[(usize, usize)]) -> SpanSet {
        SpanSet::new(spans.iter().map(|(start, end)| Span::new(*start, *end)).collect()).unwrap()
    }

    #[test]
    fn crossing_is_sharing_without_containing() {
        let check = |a: &[(usize, usize)], b: &[(usize, usize)], expect: bool| {
            assert_eq!(crosses(&set(a), &set(b)), expect, "{a:?} {b:?}");
            assert_eq!(crosses(&set(b), &set(a)), expect, "{b:?} {a:?}");
        };
        check(&[(0, 4)], &[(2, 6)], true);
        check(&[(0, 6)], &[(2, 4)], false);
        check(&[(0, 4)], &[(0, 4)], false);
        check(&[(0, 4)], &[(4, 6)], false);
        check(&[(0, 4)], &[(0, 6)], false);
        // In the gap of a discontinuous mention nothing is shared.
        check(&[(0, 2), (8, 10)], &[(4, 6)], false);
        check(&[(0, 2), (8, 10)], &[(0, 9)], true);
        check(&[(0, 2), (8, 10)], &[(0, 10)], false);
        check(&[(0, 2), (8, 10)], &[(1, 2), (8, 9)], false);
    }

    #[test]
    fn an_affiliation_may_join_its_country() {
        assert!(label_fits(&"NORP".into(), &"GPE".into()));
        assert!(!label_fits(&"GPE".into(), &"NORP".into()));
    }
}
