//! What an importer hands over to be stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    AnnotationSet, AnnotatorId, ArticleFacts, ArticleId, ClaimCluster, ClusterId, Entity, EntityId, Profile, Topic,
    TopicId,
};

/// One article to import.
#[derive(Clone, Debug)]
pub struct DraftArticle {
    /// Facts; the id must be [`super::article_id`] of key and text.
    pub facts: ArticleFacts,
    /// The text as it will be stored for ever.
    pub text: Arc<str>,
    /// The bytes of the source file where they differ from the text; articles of one file share them.
    pub source: Option<Arc<[u8]>>,
}

/// What one annotator brings along beside annotation sets.
#[derive(Clone, Debug, Default)]
pub struct DraftPeople {
    /// Display name and so on.
    pub profile: Option<Profile>,
    /// Entities by id.
    pub entities: BTreeMap<EntityId, Entity>,
    /// Clusters of claims by id.
    pub clusters: BTreeMap<ClusterId, ClaimCluster>,
    /// Topics by id. Topic ids are not changed by an import.
    pub topics: BTreeMap<TopicId, Topic>,
}

/// An import, complete in memory. Ids of annotations, entities and clusters are the plain ones of the source: inside
/// the project they read `<id>~<8 hex of import>`, and so do references to them.
#[derive(Clone, Debug, Default)]
pub struct ImportDraft {
    /// Base names of the source files, for people.
    pub sources: Vec<String>,
    /// Articles in source order; an id that comes twice is stored once.
    pub articles: Vec<DraftArticle>,
    /// Annotation sets that come along, all of articles of this draft.
    pub sets: BTreeMap<AnnotatorId, BTreeMap<ArticleId, AnnotationSet>>,
    /// Entities and so on that come along.
    pub people: BTreeMap<AnnotatorId, DraftPeople>,
}
