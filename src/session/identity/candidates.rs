//! What is offered for a name: entities, and rows of the knowledge base that none of them stands for.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::rank::{Best, Reason, Score};
use super::table::{Form, Hit, key_of};
use super::{Given, exact_key};
use crate::edit::{Place, references_of_set};
use crate::formats::knowledge::KnownThing;
use crate::model::{ArticleId, EntityId, LabelId};
use crate::session::Session;
use crate::text::{FoldLevel, fold_key};

/// Of so many that fit best it is worked out exactly how they fit.
const LOOKED_AT: usize = 64;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words of the mention, or what was typed.
    pub typed: String,
    /// Label of the mention: entities of the same label come first.
    pub label: Option<LabelId>,
    /// The article in front of the person: how its mentions were given counts too.
    pub article: Option<ArticleId>,
    /// At most so many.
    pub limit: usize,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    /// An entity.
    Entity(EntityId),
    /// A row of the knowledge base that no entity stands for yet, by its number.
    Row(u32),
}

/// Something that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What.
    pub offer: Offered,
    /// Why.
    pub reason: Reason,
    /// Whether it has the label that was asked for.
    pub same_label: bool,
    /// Whether another one that is offered bears the same name, so that a person must be told what tells them apart.
    pub has_namesake: bool,
}

impl Session {
    /// What fits `query`, best first. Nothing while names are being put in order: see [`Session::has_names`].
    #[must_use]
    pub fn candidates(&self, query: &Query) -> Vec<Candidate> {
        if !self.has_names() {
            return Vec::new();
        }
        self.learn_lines();
        let (exact, key) = (fold_key(query.typed.trim(), FoldLevel::F1), key_of(&query.typed));
        let best = self.best_entities(query, &exact, &key);
        let identity = self.identity.borrow();
        let Some(names) = &identity.names else { return Vec::new() };
        let mut found: Vec<Candidate> = Vec::new();
        for score in best.into_iter().take(query.limit) {
            let offer = if score.is_row {
                Offered::Row(score.number)
            } else {
                let id = names.id(score.number).filter(|id| self.entities().contains_key(*id));
                let Some(id) = id else { continue };
                Offered::Entity(id.clone())
            };
            found.push(Candidate {
                offer,
                reason: score.reason,
                same_label: !score.other_label && query.label.is_some(),
                has_namesake: false,
            });
        }
        let equal = found.iter().filter(|candidate| candidate.reason.is_equal()).count();
        for candidate in found.iter_mut().filter(|candidate| candidate.reason.is_equal()) {
            candidate.has_namesake = equal > 1;
        }
        found
    }

    fn best_entities(&self, query: &Query, exact: &str, key: &str) -> Vec<Score> {
        let here = self.given_here(query);
        let identity = self.identity.borrow();
        let Some(names) = &identity.names else { return Vec::new() };
        let kind = query.label.as_ref().map(|label| names.kind_from_label(label));
        let score = |reason, number, len| {
            let (of, used) = names.kind_and_use(number);
            let other_label = kind.is_some_and(|kind| kind != Some(of));
            Score { reason, is_row: false, other_label, used: Reverse(used), len, number }
        };
        let mut best = Best::new(LOOKED_AT.max(query.limit));
        if key.is_empty() {
            names.all().for_each(|number| best.add(score(Reason::Recent, number, 0)));
            return best.finish();
        }
        for hit in names.beginning_with(key) {
            best.add(score(reason_of(hit, key), hit.thing, hit.len));
        }
        if let Some(knowledge) = &identity.knowledge {
            let label = query.label.as_ref().map(LabelId::as_str);
            knowledge.rank(key, label, names, |hit| reason_of(hit, key), &mut best, score);
        }
        // Numbers of what mentions with the same words were given to.
        let given = identity.given.get(exact).into_iter().chain(here.get(exact)).flatten();
        for (id, _) in given.filter(|(id, _)| self.entities().contains_key(*id)) {
            if let Some(number) = names.number_of(id) {
                best.add(score(Reason::Given, number, 0));
            }
        }
        // Whether a name is the same at F1 is looked at only where it is at F2.
        let mut scores = best.finish();
        for score in &mut scores {
            if !score.reason.is_equal() {
                continue;
            }
            let exactly = if score.is_row {
                let row = identity.knowledge.as_ref().and_then(|knowledge| knowledge.row(score.number));
                row.and_then(|row| exact_reason(names_of_row(row), exact))
            } else {
                let entity = names.id(score.number).and_then(|id| self.entities().get(id));
                entity.and_then(|entity| exact_reason(entity.names(), exact))
            };
            score.reason = score.reason.min(exactly.unwrap_or(Reason::Recent));
        }
        scores.sort();
        scores
    }

    /// How the mentions of the article were given.
    fn given_here(&self, query: &Query) -> Arc<Given> {
        let Some(article) = &query.article else { return Arc::default() };
        if let Some((revision, of, given)) = &self.identity.borrow().here
            && (*revision, of) == (self.revision, article)
        {
            return Arc::clone(given);
        }
        let mut given = Given::new();
        for mention in self.set(article).mentions.values() {
            if let Some(entity) = &mention.entity {
                *given.entry(exact_key(mention)).or_default().entry(entity.clone()).or_default() += 1;
            }
        }
        let given = Arc::new(given);
        self.identity.borrow_mut().here = Some((self.revision, article.clone(), Arc::clone(&given)));
        given
    }

    pub(super) fn refers_to(&self, article: &ArticleId, entity: &EntityId) -> bool {
        let set = self.set(article);
        let of_mentions = set.mentions.values().any(|mention| mention.entity.as_ref() == Some(entity));
        let of_others = || references_of_set(article, set).contains(&Place::Entity(entity.clone()));
        of_mentions || ((!set.claims.is_empty() || !set.stances.is_empty()) && of_others())
    }

    /// In how many articles something of the own work refers to each of these entities.
    #[must_use]
    pub fn articles_about(&self, entities: &[EntityId]) -> BTreeMap<EntityId, usize> {
        let opened = self.opened_articles();
        let mut found = BTreeMap::new();
        for id in entities {
            let place = Place::Entity(id.clone());
            let filed = self.sets.as_ref().map(|sets| sets.may_refer(&place)).unwrap_or_default();
            let filed = filed.iter().filter(|article| !opened.contains(*article)).count();
            let here = opened.iter().filter(|article| self.refers_to(article, id)).count();
            found.insert(id.clone(), filed + here);
        }
        found
    }
}

/// How a hit fits, as far as F2 tells.
fn reason_of(hit: Hit, key: &str) -> Reason {
    let is_all = usize::from(hit.len) == key.len();
    match hit.form {
        Form::Name if is_all => Reason::NameAlike,
        Form::Alias if is_all => Reason::AliasAlike,
        Form::Name => Reason::NameBegins,
        Form::Alias => Reason::AliasBegins,
        Form::WordOfName | Form::WordOfAlias => Reason::Word,
    }
}

fn exact_reason<'a>(names: impl Iterator<Item = (&'a str, bool)>, exact: &str) -> Option<Reason> {
    let same = names.filter(|(name, _)| fold_key(name.trim(), FoldLevel::F1) == exact);
    same.map(|(_, is_alias)| if is_alias { Reason::Alias } else { Reason::Name }).min()
}

fn names_of_row(row: &KnownThing) -> impl Iterator<Item = (&str, bool)> {
    let names = row.names.iter().map(|(_, name)| (&**name, false));
    names.chain(row.aliases.iter().map(|(_, alias)| (&**alias, true)))
}
