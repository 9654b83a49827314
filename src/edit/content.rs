//! The value of a place.

use serde::{Deserialize, Serialize};

use crate::model::{
    AttributeValue, BlobId, Claim, ClaimCluster, Direction, Entity, Mention, Profile, Region, Stance, Status, Topic,
};

/// The value of a place; absent means deleted or never made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Of [`super::Place::Mention`].
    Mention(Box<Mention>),
    /// Of [`super::Place::Claim`].
    Claim(Box<Claim>),
    /// Of [`super::Place::Stance`].
    Stance(Box<Stance>),
    /// Of [`super::Place::Status`].
    Status(StatusValue),
    /// Of [`super::Place::Note`].
    Note(String),
    /// Of [`super::Place::Flag`] and [`super::Place::SeenClash`].
    Marked,
    /// Of [`super::Place::DocumentField`].
    Field(AttributeValue),
    /// Of [`super::Place::Entity`].
    Entity(Box<Entity>),
    /// Of [`super::Place::Cluster`].
    Cluster(Box<ClaimCluster>),
    /// Of [`super::Place::Topic`].
    Topic(Box<Topic>),
    /// Of [`super::Place::Profile`].
    Profile(Profile),
    /// Of [`super::Place::ExportProfile`] and [`super::Place::Setting`]: JSON text.
    Json(String),
    /// Of [`super::Place::Registration`].
    Registered,
    /// Of [`super::Place::Fact`].
    Fact(ArticleFact),
    /// Of [`super::Place::ParagraphDirection`].
    Direction(Direction),
    /// Of [`super::Place::Region`].
    Region(Region),
    /// Of [`super::Place::SentenceOverride`]: whether a boundary stands there.
    Boundary(bool),
    /// Of [`super::Place::Scheme`] and [`super::Place::Plan`].
    Blob(BlobId),
    /// Of [`super::Place::Dismissed`]: why; one line, not empty.
    Dismissed(String),
}

/// Status of an article with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusValue {
    /// The status.
    pub status: Status,
    /// Why skipped, or empty.
    pub reason: String,
}

/// A corrected fact about an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleFact {
    /// Title, outlet, date, byline, URL or language.
    Text(String),
    /// Base direction.
    Direction(Direction),
}
