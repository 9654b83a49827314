//! A stance on its way: whose position, towards what, and which; each part offered as a list that typing narrows.

use std::collections::BTreeSet;

use super::{Offered, Query, Session};
use crate::model::{
    AnnotationId, ArticleId, Attributes, Claim, Extra, Mention, Origin, Provenance, Ref, ScaleId, Stance, StanceId,
    StanceSign, localised,
};
use crate::text::{FoldLevel, SpanSet, fold_key};

/// No list is longer; typing narrows it.
const MOST: usize = 60;
/// So many rows can be taken by a digit.
const FIRST: usize = 9;
/// Names that are quoted are cut.
const NAME_CHARS: usize = 60;

/// A stance of which some parts are chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceDraft {
    /// The article.
    pub article: ArticleId,
    /// The mention or claim it was begun at, if it was.
    pub from: Option<AnnotationId>,
    /// Whose position.
    pub holder: Option<Ref>,
    /// Towards what.
    pub target: Option<Ref>,
    /// The deciding words.
    pub evidence: Option<SpanSet>,
}

/// The part of a stance that is chosen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StancePart {
    /// Whose position.
    Holder,
    /// Towards what.
    Target,
    /// Which position.
    Value,
}

/// What a list offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StanceOffer {
    /// A holder or a target.
    Ref(Ref),
    /// A topic that does not exist yet, in these words.
    NewTopic(String),
    /// A value of a scale.
    Value(ScaleId, String, StanceSign),
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceChoice {
    /// What it stands for.
    pub offer: StanceOffer,
    /// What it is called.
    pub name: String,
}

impl StanceDraft {
    /// Begins a stance at what is in focus: of a mention the holder is chosen first, of a claim its target is known.
    #[must_use]
    pub fn begin(article: ArticleId, from: Option<AnnotationId>, evidence: Option<SpanSet>) -> Self {
        let target = from.as_ref().and_then(AnnotationId::claim).map(|claim| Ref::Claim(claim.clone()));
        Self { article, from, holder: None, target, evidence }
    }

    /// The part that is chosen next.
    #[must_use]
    pub const fn part(&self) -> StancePart {
        match (&self.holder, &self.target) {
            (None, _) => StancePart::Holder,
            (Some(_), None) => StancePart::Target,
            (Some(_), Some(_)) => StancePart::Value,
        }
    }

    /// Takes the part back that was chosen last; `false` where nothing was.
    pub fn step_back(&mut self) -> bool {
        let is_given = self.from.as_ref().is_some_and(|from| from.claim().is_some());
        if self.target.is_some() && !is_given {
            self.target = None;
            return true;
        }
        self.holder.take().is_some()
    }
}

impl Session {
    /// What can be chosen next, the likeliest first: what the article has and names that hold `typed` (folded), then
    /// entities of the project as [`Session::candidates`] finds them. `author` is the window's word for the outlet.
    #[must_use]
    pub fn stance_choices(&self, draft: &StanceDraft, typed: &str, language: &str, author: &str) -> Vec<StanceChoice> {
        let wanted = fold_key(typed.trim(), FoldLevel::F2);
        let fits = |choice: &StanceChoice| fold_key(&choice.name, FoldLevel::F2).contains(&wanted);
        let part = draft.part();
        if part == StancePart::Value {
            return self.values(draft, language).into_iter().filter(fits).collect();
        }
        let here = if part == StancePart::Holder { self.holders(draft) } else { self.targets(draft) };
        let named = |reference: Ref| {
            let name = match &reference {
                Ref::Author => Some(author.to_owned()),
                other => self.name_of_ref(&draft.article, other, language),
            };
            Some(StanceChoice { name: name?, offer: StanceOffer::Ref(reference) })
        };
        let query = Query { typed: typed.to_owned(), article: Some(draft.article.clone()), limit: MOST, label: None };
        let elsewhere = self.candidates(&query).into_iter().filter_map(|candidate| match candidate.offer {
            Offered::Entity(entity) => Some(Ref::Entity(entity)),
            Offered::Row(_) => None,
        });
        let mut seen: BTreeSet<Ref> = draft.holder.iter().cloned().collect();
        let mut found: Vec<StanceChoice> = Vec::new();
        let here = here.into_iter().filter_map(named).filter(fits);
        for choice in here.chain(elsewhere.filter_map(named)).take(MOST) {
            if let StanceOffer::Ref(reference) = &choice.offer
                && seen.insert(reference.clone())
            {
                found.push(choice);
            }
        }
        if part == StancePart::Target && !wanted.is_empty() {
            let name = typed.trim().to_owned();
            // Among those that a digit takes, however many there are.
            let at = found.len().min(FIRST - 1);
            found.insert(at, StanceChoice { offer: StanceOffer::NewTopic(name.clone()), name });
        }
        found
    }

    /// The stance that a value completes; it has no id, and nothing is stored. `None` while a part is missing.
    #[must_use]
    pub fn completed_stance(&self, draft: &StanceDraft, scale: ScaleId, value: String) -> Option<Stance> {
        Some(Stance {
            id: StanceId::new(""),
            holder: draft.holder.clone()?,
            target: draft.target.clone()?,
            scale,
            value,
            explicit: true,
            evidence: draft.evidence.clone(),
            quote: String::new(),
            attributed_through: Vec::new(),
            attributes: Attributes::new(),
            note: String::new(),
            provenance: Provenance { by: self.annotator.clone(), at: self.env.now(), origin: Origin::Manual },
            extra: Extra::new(),
        })
    }

    /// What a reference of an article is called.
    #[must_use]
    pub fn name_of_ref(&self, article: &ArticleId, reference: &Ref, language: &str) -> Option<String> {
        let set = self.set(article);
        Some(match reference {
            Ref::Mention(id) => shortened(&set.mentions.get(id)?.quote),
            Ref::Entity(id) => {
                let entity = self.entities().get(id)?;
                let name = localised(&entity.name, language);
                if name.is_empty() { id.to_string() } else { name.to_owned() }
            }
            Ref::Claim(id) => shortened(&set.claims.get(id)?.quote),
            Ref::Topic(id) => localised(&self.topics().get(id)?.wording, language).to_owned(),
            Ref::Text(text) => text.clone(),
            Ref::ClaimOf(..) | Ref::Cluster(_) | Ref::Author => return None,
        })
    }

    fn holders(&self, draft: &StanceDraft) -> Vec<Ref> {
        let set = self.set(&draft.article);
        let mut refs: Vec<Ref> = Vec::new();
        match &draft.from {
            Some(AnnotationId::Mention(id)) => refs.extend(set.mentions.get(id).map(meant)),
            Some(AnnotationId::Claim(id)) => refs.extend(set.claims.get(id).into_iter().flat_map(|c| speakers(c, set))),
            Some(AnnotationId::Stance(_)) | None => {}
        }
        refs.push(Ref::Author);
        refs.extend(set.mentions_in_order().into_iter().map(meant));
        refs
    }

    fn targets(&self, draft: &StanceDraft) -> Vec<Ref> {
        let set = self.set(&draft.article);
        let entities =
            set.mentions_in_order().into_iter().filter_map(|mention| mention.entity.clone()).map(Ref::Entity);
        let claims = set.claims_in_order().into_iter().map(|claim| Ref::Claim(claim.id.clone()));
        let topics = self.topics().keys().cloned().map(Ref::Topic);
        entities.chain(claims).chain(topics).collect()
    }

    /// The values of the scale that fits the target first: what an article says of a claim has a scale of its own.
    fn values(&self, draft: &StanceDraft, language: &str) -> Vec<StanceChoice> {
        let is_article_on_claim =
            draft.holder == Some(Ref::Author) && matches!(draft.target, Some(Ref::Claim(_) | Ref::ClaimOf(..)));
        let first = if is_article_on_claim { "fnc4" } else { "favor3" };
        let scales = &self.scheme.scales;
        let (preferred, rest): (Vec<_>, Vec<_>) = scales.iter().partition(|scale| scale.id.as_str() == first);
        let values = preferred.into_iter().chain(rest).flat_map(|scale| {
            scale.values.iter().map(|value| StanceChoice {
                offer: StanceOffer::Value(scale.id.clone(), value.id.clone(), value.sign),
                name: localised(&value.name, language).to_owned(),
            })
        });
        values.collect()
    }
}

/// Whom a mention means: its entity where it has one.
fn meant(mention: &Mention) -> Ref {
    mention.entity.clone().map_or_else(|| Ref::Mention(mention.id.clone()), Ref::Entity)
}

/// Who says a claim, the innermost first.
fn speakers(claim: &Claim, set: &crate::model::AnnotationSet) -> Vec<Ref> {
    let sources = claim.chain.iter().rev().filter_map(|link| link.source.clone());
    let meant = sources.map(|source| match &source {
        Ref::Mention(id) => set.mentions.get(id).map_or(source.clone(), meant),
        _ => source,
    });
    meant.filter(|source| !matches!(source, Ref::Author)).collect()
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(NAME_CHARS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(NAME_CHARS).is_some() {
        short.push('\u{2026}');
    }
    short
}
