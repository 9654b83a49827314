//! What an edit changes.

use serde::{Deserialize, Serialize};

use crate::model::{ArticleId, ClaimId, ClusterId, EntityId, ImportId, LineId, MentionId, StanceId, TopicId};
use crate::text::Span;

/// A thing that has one value. Never names an annotator, an import that holds it, or a shard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    // Own places: of the annotator whose journal the edit stands in.
    /// A mention.
    Mention(ArticleId, MentionId),
    /// A claim.
    Claim(ArticleId, ClaimId),
    /// A stance.
    Stance(ArticleId, StanceId),
    /// How far the work on an article has come.
    Status(ArticleId),
    /// Note on an article.
    Note(ArticleId),
    /// Mark for the team.
    Flag(ArticleId),
    /// A field of an article (`genre`).
    DocumentField(ArticleId, String),
    /// An entity.
    Entity(EntityId),
    /// A cluster of claims.
    Cluster(ClusterId),
    /// A topic.
    Topic(TopicId),
    /// What the annotator says about themselves.
    Profile,
    /// A saved export, by name.
    ExportProfile(String),
    /// The annotator stands for this import.
    Registration(ImportId),
    /// A clash the annotator has seen: the place and the line that does not stand.
    SeenClash(Box<Place>, LineId),
    // Shared places: over the journals of all annotators.
    /// A fact about an article.
    Fact(ArticleId, FactKind),
    /// Direction of the paragraph that starts at this byte.
    ParagraphDirection(ArticleId, usize),
    /// The region with exactly this span.
    Region(ArticleId, Span),
    /// Whether a sentence boundary stands at this byte.
    SentenceOverride(ArticleId, usize),
    /// The current scheme.
    Scheme,
    /// The current assignment plan.
    Plan,
    /// A project setting, by name.
    Setting(String),
    // Came later, and so stands last; an own place.
    /// A finding of the checks that the annotator dismissed: code of the rule, and id of the annotation, entity, cluster
    /// or topic that it is about, or nothing for the article.
    Dismissed(ArticleId, String, String),
}

/// Which fact about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Headline.
    Title,
    /// Publisher.
    Outlet,
    /// ISO date.
    Date,
    /// Author line.
    Byline,
    /// Address.
    Url,
    /// BCP 47.
    Language,
    /// Base direction.
    Direction,
}

impl Place {
    /// Whether the value is taken over the journals of all annotators.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(
            self,
            Self::Fact(..)
                | Self::ParagraphDirection(..)
                | Self::Region(..)
                | Self::SentenceOverride(..)
                | Self::Scheme
                | Self::Plan
                | Self::Setting(_)
        )
    }

    /// The article whose annotation set holds the value, if one does: of own places, those of an article.
    #[must_use]
    pub fn article_of_set(&self) -> Option<&ArticleId> {
        match self {
            Self::SeenClash(..) => None,
            place if place.is_shared() => None,
            place => place.article(),
        }
    }

    /// The article the place belongs to, if it belongs to one.
    #[must_use]
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Mention(article, _)
            | Self::Claim(article, _)
            | Self::Stance(article, _)
            | Self::Status(article)
            | Self::Note(article)
            | Self::Flag(article)
            | Self::DocumentField(article, _)
            | Self::Dismissed(article, ..)
            | Self::Fact(article, _)
            | Self::ParagraphDirection(article, _)
            | Self::Region(article, _)
            | Self::SentenceOverride(article, _) => Some(article),
            Self::SeenClash(place, _) => place.article(),
            Self::Entity(_)
            | Self::Cluster(_)
            | Self::Topic(_)
            | Self::Profile
            | Self::ExportProfile(_)
            | Self::Registration(_)
            | Self::Scheme
            | Self::Plan
            | Self::Setting(_) => None,
        }
    }
}
