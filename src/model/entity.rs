//! Entities (clusters of mentions), clusters of claims, and topics.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ClusterId, EntityId, Extra, LabelId};

/// A thing in the world that mentions refer to, possibly across articles. Membership is stored on the mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// A label of the scheme.
    pub kind: Option<LabelId>,
    /// Preferred name per language (BCP 47).
    pub name: BTreeMap<String, String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Members of a group.
    pub members: Vec<EntityId>,
    /// The whole it belongs to.
    pub part_of: Option<EntityId>,
    /// Who holds it, for a role.
    pub holder: Option<EntityId>,
    /// Wikidata `Q...`, `NIL`, or nothing.
    pub qid: Option<String>,
    /// Free text.
    pub note: String,
    /// Unknown keys of an import.
    pub extra: Extra,
}

/// Claims, also of several articles, that say the same. Membership is stored on the claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimCluster {
    /// Its id.
    pub id: ClusterId,
    /// Clusters that cannot be true together with this one.
    pub contradicts: Vec<ClusterId>,
    /// Clusters that sit badly with this one.
    pub in_tension_with: Vec<ClusterId>,
    /// Free text.
    pub note: String,
}

/// A topic or proposition that stances can be about, worded affirmatively.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Wording per language (BCP 47).
    pub wording: BTreeMap<String, String>,
}
