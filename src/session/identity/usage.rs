//! Everything that is said about an entity over the corpus: mentions with the words around them, stances, claims.
//!
//! Reading goes on a thread of its own, from the records and from copies of the sets that this session has changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Place, State};
use crate::model::{AnnotationId, AnnotationSet, ArticleId, ClaimId, EntityId, MentionId, Ref, StanceId};
use crate::session::sets::lay;
use crate::session::{Session, TaskProgress};
use crate::storage::{Sets, Store};
use crate::text::Span;

/// Letters of the text on each side of a mention, at most.
const AROUND: usize = 70;

/// A quote in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where.
    pub article: ArticleId,
    /// The annotation.
    pub what: AnnotationId,
    /// First and last byte of it in the text.
    pub span: Span,
    /// The words, on one line.
    pub quote: String,
    /// The text before it in its line, cut between words.
    pub before: String,
    /// The text after it in its line, cut between words.
    pub after: String,
    /// For a mention the name it bears, in full form; for a stance its value; for a claim nothing.
    pub name: String,
    /// For a stance the other end: whom or what it is towards, or whose it is.
    pub other: Option<Ref>,
}

/// What is said about an entity. Lists are in project order, then in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityUse {
    /// Names that its mentions bear, the most frequent first, with how often.
    pub names: Vec<(String, usize)>,
    /// Its mentions.
    pub mentions: Vec<Use>,
    /// Stances that it holds.
    pub held: Vec<Use>,
    /// Stances towards it.
    pub received: Vec<Use>,
    /// Claims that it is a source of, or that are made on its behalf.
    pub claims: Vec<Use>,
    /// Articles with a mention of it.
    pub articles: usize,
    /// Articles whose text or sets could not be read.
    pub unread: usize,
}

/// Reads what is said about an entity, on whatever thread.
#[derive(Debug)]
pub struct EntityReader {
    entity: EntityId,
    sets: Option<Sets>,
    store: Store,
    /// In project order, each with its set where that is in memory.
    articles: Vec<(ArticleId, Option<AnnotationSet>)>,
}

impl Session {
    /// Prepares reading what is said about an entity, as this session sees it now. Quick: only looks up where.
    #[must_use]
    pub fn entity_reader(&self, entity: &EntityId) -> EntityReader {
        let place = Place::Entity(entity.clone());
        let mut wanted: BTreeSet<ArticleId> = self.sets.as_ref().map(|sets| sets.may_refer(&place)).unwrap_or_default();
        let opened = self.opened_articles();
        wanted.retain(|article| !opened.contains(article));
        wanted.extend(opened.iter().filter(|article| self.refers_to(article, entity)).cloned());
        let mut found: Vec<(usize, ArticleId)> =
            wanted.into_iter().filter_map(|article| Some((self.catalogue().idx_of(&article)?, article))).collect();
        found.sort();
        let set = |article: &ArticleId| opened.contains(article).then(|| self.set(article).clone());
        let articles = found.into_iter().map(|(_, article)| (set(&article), article)).map(|(set, id)| (id, set));
        EntityReader {
            entity: entity.clone(),
            sets: self.sets.clone(),
            store: self.store.clone(),
            articles: articles.collect(),
        }
    }
}

impl EntityReader {
    /// Reads; nothing where it was stopped.
    #[must_use]
    pub fn read(self, progress: &TaskProgress) -> Option<EntityUse> {
        let mut found = EntityUse::default();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let total = self.articles.len();
        for (done, (article, set)) in self.articles.iter().enumerate() {
            if !progress.report(done, total) {
                return None;
            }
            let filed = || {
                let mut state = State::default();
                lay(&mut state, &self.sets.as_ref()?.article_as_it_was(article)?);
                Some(state.take_set(article))
            };
            let (Some(set), Ok(text)) = (set.clone().or_else(filed), self.store.text(article)) else {
                found.unread += 1;
                continue;
            };
            let before = found.mentions.len();
            Reading { entity: &self.entity, article, set: &set, text: &text }.add_to(&mut found);
            for mention in found.mentions.get(before..).unwrap_or_default() {
                *names.entry(mention.name.clone()).or_default() += 1;
            }
            found.articles += usize::from(found.mentions.len() > before);
        }
        found.names = names.into_iter().collect();
        found.names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Some(found)
    }
}

/// One set, looked through for one entity.
struct Reading<'a> {
    entity: &'a EntityId,
    article: &'a ArticleId,
    set: &'a AnnotationSet,
    text: &'a str,
}

impl Reading<'_> {
    fn add_to(&self, found: &mut EntityUse) {
        let own: BTreeSet<&MentionId> = self
            .set
            .mentions
            .values()
            .filter(|mention| mention.entity.as_ref() == Some(self.entity))
            .map(|mention| &mention.id)
            .collect();
        let is_it = |reference: &Ref| match reference {
            Ref::Entity(id) => id == self.entity,
            Ref::Mention(id) => own.contains(id),
            _ => false,
        };
        let mentions = self.set.mentions_in_order().into_iter().filter(|mention| own.contains(&mention.id));
        found.mentions.extend(mentions.map(|mention| {
            let name = one_line(mention.key());
            self.place(mention.id.clone().into(), mention.spans.hull(), name, None)
        }));
        let mut claims: Vec<Use> = Vec::new();
        for claim in self.set.claims.values() {
            let mut sources = claim.chain.iter().flat_map(|link| link.source.iter().chain(&link.on_behalf_of));
            if sources.any(is_it) {
                let id: &ClaimId = &claim.id;
                claims.push(self.place(id.clone().into(), claim.content.hull(), String::new(), None));
            }
        }
        claims.sort_by_key(|claim| claim.span);
        found.claims.append(&mut claims);
        let mut held: Vec<Use> = Vec::new();
        let mut received: Vec<Use> = Vec::new();
        for stance in self.set.stances.values() {
            let id: &StanceId = &stance.id;
            let span = stance.evidence.as_ref().map_or(Span::new(0, 0), crate::text::SpanSet::hull);
            let place = |other: &Ref| self.place(id.clone().into(), span, stance.value.clone(), Some(other.clone()));
            if is_it(&stance.holder) {
                held.push(place(&stance.target));
            }
            if is_it(&stance.target) {
                received.push(place(&stance.holder));
            }
        }
        for (mut stances, list) in [(held, &mut found.held), (received, &mut found.received)] {
            stances.sort_by_key(|stance| stance.span);
            list.append(&mut stances);
        }
    }

    fn place(&self, what: AnnotationId, span: Span, name: String, other: Option<Ref>) -> Use {
        let (before, after) = around(self.text, span);
        let quote = one_line(span.slice(self.text).unwrap_or_default());
        Use { article: self.article.clone(), what, span, quote, before, after, name, other }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before and after a span in its lines, cut between words with an ellipsis at the far end.
fn around(text: &str, span: Span) -> (String, String) {
    let before = text.get(..span.start()).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let mut first = String::from(before);
    if let Some((at, _)) = before.char_indices().rev().nth(AROUND) {
        let rest = before.get(at..).unwrap_or_default();
        let rest = rest.split_once(char::is_whitespace).map_or(rest, |(_, rest)| rest);
        first = ["\u{2026} ", rest].concat();
    }
    let mut last = String::from(after);
    if let Some((at, _)) = after.char_indices().nth(AROUND) {
        let rest = after.get(..at).unwrap_or_default();
        let rest = rest.rsplit_once(char::is_whitespace).map_or(rest, |(rest, _)| rest);
        last = [rest, " \u{2026}"].concat();
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_are_cut_between_words_and_at_lines() {
        let text = "One line.\nBefore it stands this, and after it that.\nLast.";
        let at = text.find("stands").unwrap();
        let (before, after) = around(text, Span::new(at, at + 6));
        assert_eq!((before.as_str(), after.as_str()), ("Before it ", " this, and after it that."));
        let long = format!("{}X{}", "word ".repeat(40), " word".repeat(40));
        let (before, after) = around(&long, Span::new(200, 201));
        assert!(before.starts_with("\u{2026} word ") && before.ends_with("word "), "{before:?}");
        assert!(after.starts_with(" word") && after.ends_with("word \u{2026}"), "{after:?}");
        assert!(before.chars().count() <= AROUND + 3);
    }
}
