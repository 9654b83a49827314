//! Rules that hold in a valid set of annotations. What breaks one is a finding for the Checks list, never a refusal.
//!
//! [`Rule`] lists them in the order of the scheme; each file here looks after one kind of thing.

mod article;
mod attributes;
mod chain;
mod claims;
mod entities;
mod finding;
mod marks;
mod mentions;
mod roles;
mod rule;
mod stances;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use claims::verdict_lacks_evidence;
pub use finding::{About, Dismissal, Finding, FindingKey};
pub use mentions::crosses;
pub use rule::Rule;
pub use stances::stance_rules;

use super::{AnnotationSet, Article, ClaimCluster, ClusterId, Entity, EntityId, Ref, Scheme, Topic, TopicId};
use crate::text::{Span, SpanSet};

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
    /// Sentences of the article in text order; those of regions that are left out may be absent.
    pub sentences: &'a [Span],
}

/// Everything that is worth a look in one annotator's work on `article`: worst first, and then in text order.
#[must_use]
pub fn findings(article: &Article, set: &AnnotationSet, around: &Surroundings<'_>) -> Vec<Finding> {
    let mut found = Findings::new(article, set, around);
    found.of_article();
    found.of_mentions();
    found.of_roles();
    found.of_claims();
    found.of_stances();
    found.of_project();
    let mut list = found.list;
    list.sort_by(|a, b| {
        let place = |finding: &Finding| (std::cmp::Reverse(finding.severity()), finding.span, finding.rule);
        place(a).cmp(&place(b)).then_with(|| a.about.cmp(&b.about))
    });
    list
}

/// Collects findings; what is added is about the thing named last by [`Findings::on`].
struct Findings<'a> {
    article: &'a Article,
    set: &'a AnnotationSet,
    around: &'a Surroundings<'a>,
    about: About,
    span: Option<Span>,
    /// Things of the project that the article refers to, with where it first does so.
    entities: BTreeMap<&'a EntityId, Option<Span>>,
    clusters: BTreeMap<&'a ClusterId, Option<Span>>,
    topics: BTreeMap<&'a TopicId, Option<Span>>,
    list: Vec<Finding>,
    /// First words of the scheme's cues, folded; made when a cue needs them.
    lexicon: Option<BTreeSet<String>>,
}

impl<'a> Findings<'a> {
    const fn new(article: &'a Article, set: &'a AnnotationSet, around: &'a Surroundings<'a>) -> Self {
        Self {
            article,
            set,
            around,
            about: About::Article,
            span: None,
            entities: BTreeMap::new(),
            clusters: BTreeMap::new(),
            topics: BTreeMap::new(),
            list: Vec::new(),
            lexicon: None,
        }
    }

    /// Turns to another thing.
    fn on(&mut self, about: About, span: Option<Span>) {
        (self.about, self.span) = (about, span);
    }

    fn add(&mut self, rule: Rule, with: Vec<(&'static str, String)>) {
        self.list.push(Finding { rule, about: self.about.clone(), span: self.span, with });
    }

    /// A finding whose only particular is the quote.
    fn add_on(&mut self, rule: Rule, quote: &str) {
        self.add(rule, vec![("quote", short(quote))]);
    }

    /// The quote must be what the text says; a difference means that text or annotation came from elsewhere.
    fn quote(&mut self, spans: &SpanSet, quote: &str) {
        match spans.quote(&self.article.text) {
            None => self.add_on(Rule::OffsetOutOfText, quote),
            Some(text) if text != quote => {
                self.add(Rule::QuoteDrift, vec![("quote", short(quote)), ("text", short(&text))]);
            }
            Some(_) => {}
        }
    }

    /// Where a thing stands, and whether anybody will see it there.
    fn place(&mut self, spans: &SpanSet, quote: &str) {
        let text = &self.article.text;
        let has_edge_space = |span: Span| span.slice(text).is_some_and(|piece| piece.trim() != piece);
        if spans.iter().any(has_edge_space) {
            self.add_on(Rule::EdgeSpace, quote);
        }
        let regions = &self.article.facts.regions;
        let is_left_out = |piece: Span| regions.iter().any(|region| !region.include && region.span.overlaps(piece));
        if spans.iter().any(is_left_out) {
            self.add_on(Rule::RegionLeftOut, quote);
        }
    }

    /// What is referred to must be there.
    fn reference(&mut self, to: &'a Ref) {
        let is_there = match to {
            Ref::Mention(id) => self.set.mentions.contains_key(id),
            Ref::Claim(id) => self.set.claims.contains_key(id),
            Ref::Entity(id) => return self.refer_to_entity(id),
            Ref::Cluster(id) => return self.refer_to_cluster(id),
            Ref::Topic(id) => {
                self.topics.entry(id).or_insert(self.span);
                self.around.topics.contains_key(id)
            }
            // Another article's set may not be in memory; what it lacks is found when the folder is checked.
            Ref::ClaimOf(..) | Ref::Author | Ref::Text(_) => true,
        };
        if !is_there {
            let id = match to {
                Ref::Mention(id) => id.to_string(),
                Ref::Claim(id) => id.to_string(),
                Ref::Topic(id) => id.to_string(),
                _ => String::new(),
            };
            self.add(Rule::DanglingReference, vec![("id", id)]);
        }
    }

    fn refer_to_entity(&mut self, id: &'a EntityId) {
        self.entities.entry(id).or_insert(self.span);
        if !self.around.entities.contains_key(id) {
            self.add(Rule::DanglingReference, vec![("id", id.to_string())]);
        }
    }

    fn refer_to_cluster(&mut self, id: &'a ClusterId) {
        self.clusters.entry(id).or_insert(self.span);
        if !self.around.clusters.contains_key(id) {
            self.add(Rule::DanglingReference, vec![("id", id.to_string())]);
        }
    }
}

/// A quote of a length that fits a sentence.
fn short(quote: &str) -> String {
    const LONGEST: usize = 60;
    match quote.char_indices().nth(LONGEST) {
        None => quote.to_owned(),
        Some((at, _)) => format!("{}\u{2026}", quote.get(..at).unwrap_or_default().trim_end()),
    }
}

/// Everything that can be reached from `from` by steps, without `from` unless a step leads back to it.
fn closure<'a, T: Ord>(from: &'a T, steps: impl Fn(&'a T) -> Vec<&'a T>) -> BTreeSet<&'a T> {
    let mut reached = BTreeSet::new();
    let mut waiting = steps(from);
    while let Some(next) = waiting.pop() {
        if reached.insert(next) {
            waiting.extend(steps(next));
        }
    }
    reached
}
