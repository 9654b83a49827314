//! What travels between a project and exchange files, in neither the project's nor any format's own terms.
//!
//! Importers make an [`Exchange`] out of bytes, the session makes one out of a project for exporters. Offsets are UTF-8
//! bytes on grapheme boundaries; ids are those of the file: an import gives them their `~<8 hex>` when it is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    AnnotationSet, AnnotatorId, ArticleFacts, ArticleId, ArticleKey, ClaimCluster, ClusterId, Direction, Entity,
    EntityId, Extra, Profile, Scheme, Topic, TopicId,
};

/// Articles and what people said about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exchange {
    /// What is not of one article.
    pub project: ExchangeProject,
    /// The articles, in order.
    pub articles: Vec<ExchangeArticle>,
}

/// What a file says that is not of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExchangeProject {
    /// The project's name, or empty.
    pub name: String,
    /// The scheme the annotations were made under, where the file carries one.
    pub scheme: Option<Scheme>,
    /// Everybody who is named, with what they say about themselves.
    pub annotators: BTreeMap<AnnotatorId, Profile>,
    /// Topics that stances are about.
    pub topics: BTreeMap<TopicId, Topic>,
    /// Entities of each annotator.
    pub entities: BTreeMap<AnnotatorId, BTreeMap<EntityId, Entity>>,
    /// Clusters of claims of each annotator.
    pub clusters: BTreeMap<AnnotatorId, BTreeMap<ClusterId, ClaimCluster>>,
}

/// One article with its sets.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeArticle {
    /// Its name: unique in the project it came from, and what files call it.
    pub name: String,
    /// What is known about it.
    pub facts: ArticleFacts,
    /// Its text.
    pub text: Arc<str>,
    /// The bytes it was read from, where they are not the bytes of `text`.
    pub source: Option<Vec<u8>>,
    /// Directions of single paragraphs, by the byte the paragraph starts at.
    pub paragraph_directions: BTreeMap<usize, Direction>,
    /// Each annotator's work on it.
    pub sets: BTreeMap<AnnotatorId, AnnotationSet>,
}

impl ArticleId {
    /// The id of the article with this key and text: the first 32 hex digits of BLAKE3 over `hashiya article 1`, the
    /// kind of key, the key and the text, separated by NUL. So importing again adds nothing.
    #[must_use]
    pub fn of(key: &ArticleKey, text: &str) -> Self {
        let (kind, value) = match key {
            ArticleKey::Id(value) => ("id", value.as_str()),
            ArticleKey::Url(value) => ("url", value.as_str()),
            ArticleKey::File(value) => ("file", value.as_str()),
            ArticleKey::None => ("none", ""),
        };
        let mut hasher = blake3::Hasher::new();
        for part in ["hashiya article 1", kind, value] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        hasher.update(text.as_bytes());
        let hex = hasher.finalize().to_hex();
        Self::new(hex.as_str().get(..32).unwrap_or_default())
    }
}

impl ArticleFacts {
    /// Facts of an article of which only key and text are known.
    #[must_use]
    pub fn of(key: ArticleKey, text: &str) -> Self {
        Self {
            id: ArticleId::of(&key, text),
            key,
            title: String::new(),
            outlet: String::new(),
            date: String::new(),
            byline: String::new(),
            url: String::new(),
            language: String::new(),
            direction: Direction::Auto,
            regions: Vec::new(),
            quality_flags: Vec::new(),
            source_sha256: String::new(),
            version_of: None,
            extra: Extra::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_id_depends_on_kind_of_key_key_and_text() {
        let ids = [
            ArticleId::of(&ArticleKey::Id("a".into()), "text"),
            ArticleId::of(&ArticleKey::File("a".into()), "text"),
            ArticleId::of(&ArticleKey::Url("a".into()), "text"),
            ArticleId::of(&ArticleKey::None, "text"),
            ArticleId::of(&ArticleKey::Id("b".into()), "text"),
            ArticleId::of(&ArticleKey::Id("a".into()), "other"),
        ];
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        assert!(ids.iter().all(|id| id.as_str().len() == 32));
        assert_eq!(ids[0], ArticleId::of(&ArticleKey::Id("a".into()), "text"));
    }
}
