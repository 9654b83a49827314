//! All annotations of one person on one article.

use std::collections::BTreeMap;

use super::{AttributeValue, Claim, ClaimId, FindingKey, Mention, MentionId, Ref, Stance, StanceId, Status};
use crate::text::SpanSet;

/// One annotation of an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnnotationId {
    /// A mention.
    Mention(MentionId),
    /// A claim.
    Claim(ClaimId),
    /// A stance.
    Stance(StanceId),
}

impl AnnotationId {
    /// The mention, if it is one.
    #[must_use]
    pub const fn mention(&self) -> Option<&MentionId> {
        if let Self::Mention(id) = self { Some(id) } else { None }
    }

    /// The claim, if it is one.
    #[must_use]
    pub const fn claim(&self) -> Option<&ClaimId> {
        if let Self::Claim(id) = self { Some(id) } else { None }
    }

    /// The stance, if it is one.
    #[must_use]
    pub const fn stance(&self) -> Option<&StanceId> {
        if let Self::Stance(id) = self { Some(id) } else { None }
    }
}

impl From<MentionId> for AnnotationId {
    fn from(id: MentionId) -> Self {
        Self::Mention(id)
    }
}

impl From<ClaimId> for AnnotationId {
    fn from(id: ClaimId) -> Self {
        Self::Claim(id)
    }
}

impl From<StanceId> for AnnotationId {
    fn from(id: StanceId) -> Self {
        Self::Stance(id)
    }
}

/// One annotator's work on one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnnotationSet {
    /// How far it has come.
    pub status: Status,
    /// Why it was skipped, or empty.
    pub status_reason: String,
    /// Note on the article.
    pub note: String,
    /// Marked for the team.
    pub flagged: bool,
    /// Document fields (`genre`, `variety`, ...).
    pub fields: BTreeMap<String, AttributeValue>,
    /// Mentions by id.
    pub mentions: BTreeMap<MentionId, Mention>,
    /// Claims by id.
    pub claims: BTreeMap<ClaimId, Claim>,
    /// Stances by id.
    pub stances: BTreeMap<StanceId, Stance>,
    /// Findings of the checks that were dismissed, with the reason.
    pub dismissed: BTreeMap<FindingKey, String>,
}

impl AnnotationSet {
    /// Mentions in reading order: by first byte, longest first, then label and id.
    #[must_use]
    pub fn mentions_in_order(&self) -> Vec<&Mention> {
        let mut all: Vec<&Mention> = self.mentions.values().collect();
        all.sort_by(|a, b| {
            (a.spans.start(), std::cmp::Reverse(a.spans.end()), &a.label, &a.id).cmp(&(
                b.spans.start(),
                std::cmp::Reverse(b.spans.end()),
                &b.label,
                &b.id,
            ))
        });
        all
    }

    /// Mentions that cover byte `at`, innermost (shortest) first.
    #[must_use]
    pub fn mentions_at(&self, at: usize) -> Vec<&Mention> {
        let mut here: Vec<&Mention> = self.mentions.values().filter(|mention| mention.spans.contains(at)).collect();
        here.sort_by(|a, b| (a.spans.len_bytes(), &a.id).cmp(&(b.spans.len_bytes(), &b.id)));
        here
    }

    /// Whether it holds this annotation.
    #[must_use]
    pub fn contains(&self, id: &AnnotationId) -> bool {
        match id {
            AnnotationId::Mention(id) => self.mentions.contains_key(id),
            AnnotationId::Claim(id) => self.claims.contains_key(id),
            AnnotationId::Stance(id) => self.stances.contains_key(id),
        }
    }

    /// The text that an annotation covers: of a mention its own, of a claim the content, of a stance the evidence.
    #[must_use]
    pub fn spans_of(&self, id: &AnnotationId) -> Option<&SpanSet> {
        match id {
            AnnotationId::Mention(id) => self.mentions.get(id).map(|mention| &mention.spans),
            AnnotationId::Claim(id) => self.claims.get(id).map(|claim| &claim.content),
            AnnotationId::Stance(id) => self.stances.get(id)?.evidence.as_ref(),
        }
    }

    /// Its claims in reading order: by first byte, longest first, then id.
    #[must_use]
    pub fn claims_in_order(&self) -> Vec<&Claim> {
        let mut all: Vec<&Claim> = self.claims.values().collect();
        all.sort_by(|a, b| {
            (a.content.start(), std::cmp::Reverse(a.content.end()), &a.id).cmp(&(
                b.content.start(),
                std::cmp::Reverse(b.content.end()),
                &b.id,
            ))
        });
        all
    }

    /// The shortest claim whose content holds all of `content` and more.
    #[must_use]
    pub fn claim_around(&self, content: &SpanSet) -> Option<&Claim> {
        let (hull, len) = (content.hull(), content.len_bytes());
        let holds = |claim: &&Claim| {
            let around = claim.content.hull();
            around.start() <= hull.start() && hull.end() <= around.end() && claim.content.len_bytes() > len
        };
        self.claims.values().filter(holds).min_by_key(|claim| (claim.content.len_bytes(), claim.id.clone()))
    }

    /// Everything that its claims and stances refer to.
    pub fn references(&self) -> impl Iterator<Item = &Ref> {
        let links = self.claims.values().flat_map(|claim| &claim.chain);
        let sources = links.flat_map(|link| link.source.iter().chain(&link.on_behalf_of));
        let ends = self
            .stances
            .values()
            .flat_map(|stance| [&stance.holder, &stance.target].into_iter().chain(&stance.attributed_through));
        sources.chain(ends)
    }

    /// As [`AnnotationSet::references`], to change them.
    pub fn references_mut(&mut self) -> impl Iterator<Item = &mut Ref> {
        let links = self.claims.values_mut().flat_map(|claim| &mut claim.chain);
        let sources = links.flat_map(|link| link.source.iter_mut().chain(&mut link.on_behalf_of));
        let ends = self.stances.values_mut().flat_map(|stance| {
            [&mut stance.holder, &mut stance.target].into_iter().chain(&mut stance.attributed_through)
        });
        sources.chain(ends)
    }

    /// Whether nothing has been recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
