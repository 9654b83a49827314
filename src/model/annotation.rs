//! The three kinds of annotation: [`Mention`], [`Claim`] and [`Stance`], and what they refer to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, AttributeId, ClaimId, ClusterId, EntityId, LabelId, MentionId, Provenance, ScaleId, StanceId, TopicId,
};
use crate::text::SpanSet;

/// The value of one attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttributeValue {
    /// Yes or no (`uncertain`).
    Flag(bool),
    /// A whole number (`check_worthiness`).
    Whole(i64),
    /// A value id of the scheme, or free text.
    Text(String),
}

/// Attributes that differ from their default, by id. An attribute at its default is absent.
pub type Attributes = BTreeMap<AttributeId, AttributeValue>;

/// What an annotation brought along that this version does not know: key to JSON text, written back on export.
pub type Extra = BTreeMap<String, String>;

/// A reference to an entity in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// Where it stands, UTF-8 bytes of the article's text.
    pub spans: SpanSet,
    /// The text it covers, to notice drift.
    pub quote: String,
    /// Label of the scheme.
    pub label: LabelId,
    /// Attributes that differ from their default.
    pub attributes: Attributes,
    /// The entity it refers to, if any.
    pub entity: Option<EntityId>,
    /// Free text.
    pub note: String,
    /// Who, when, how.
    pub provenance: Provenance,
    /// Unknown keys of an import.
    pub extra: Extra,
}

/// Something an annotation points to. In exchange files a string: `<mention id>`, `entity:<id>`, `claim:<id>`,
/// `claim:<article name>/<id>`, `cluster:<id>`, `topic:<id>`, `@author`, `text:<free text>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ref {
    /// A mention of the same article.
    Mention(MentionId),
    /// An entity.
    Entity(EntityId),
    /// A claim of the same article.
    Claim(ClaimId),
    /// A claim of another article.
    ClaimOf(ArticleId, ClaimId),
    /// A cluster of claims.
    Cluster(ClusterId),
    /// A topic of the project.
    Topic(TopicId),
    /// The author of the article.
    Author,
    /// Free text.
    Text(String),
}

/// Place of a link in an attribution chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkRole {
    /// Passes on what another said (an agency).
    Relay,
    /// Said it.
    Origin,
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainLink {
    /// Relay or origin.
    pub role: LinkRole,
    /// Who.
    pub source: Option<Ref>,
    /// Where the source stands, if it stands in the text.
    pub spans: Option<SpanSet>,
    /// The words that show the attribution.
    pub cue: Option<SpanSet>,
    /// Author's own voice, passive, or dropped subject.
    pub implicit: bool,
    /// Whom a document speaks for.
    pub on_behalf_of: Option<Ref>,
}

/// A proposition that the text or a quoted source presents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// What is claimed, UTF-8 bytes.
    pub content: SpanSet,
    /// The text it covers.
    pub quote: String,
    /// Who says so, outermost first.
    pub chain: Vec<ChainLink>,
    /// `type`, `form`, `check_worthiness` and so on.
    pub attributes: Attributes,
    /// The claim that contains this one.
    pub nested_in: Option<ClaimId>,
    /// Claims that say the same.
    pub cluster: Option<ClusterId>,
    /// Normalised sentence per language (BCP 47).
    pub norm: BTreeMap<String, String>,
    /// What a check found.
    pub verdict: Option<Verdict>,
    /// Free text.
    pub note: String,
    /// Who, when, how.
    pub provenance: Provenance,
    /// Unknown keys of an import.
    pub extra: Extra,
}

/// Outcome of checking a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Value id of the scheme.
    pub value: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Outside evidence of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Address.
    pub url: String,
    /// Title.
    pub title: String,
    /// ISO date, or empty.
    pub date: String,
    /// The deciding words.
    pub quote: String,
    /// Whether it supports or refutes, value id, or empty.
    pub stance: String,
}

/// Somebody's position towards something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stance {
    /// Its id.
    pub id: StanceId,
    /// Whose position.
    pub holder: Ref,
    /// Towards what.
    pub target: Ref,
    /// The scale its value belongs to.
    pub scale: ScaleId,
    /// Value id of the scale.
    pub value: String,
    /// Said, or inferred.
    pub explicit: bool,
    /// The deciding words; none for some article-level stances.
    pub evidence: Option<SpanSet>,
    /// The text of the evidence.
    pub quote: String,
    /// Who reports it, outermost first.
    pub attributed_through: Vec<Ref>,
    /// `uncertain`, `sentiment`.
    pub attributes: Attributes,
    /// Free text.
    pub note: String,
    /// Who, when, how.
    pub provenance: Provenance,
    /// Unknown keys of an import.
    pub extra: Extra,
}
