//! Articles: immutable text and the facts about it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Extra};
use crate::text::Span;

/// Base direction of a text or paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// By the first strong character of each paragraph.
    #[default]
    Auto,
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// How an article was identified outside; part of its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleKey {
    /// The record's own id.
    Id(String),
    /// Its address.
    Url(String),
    /// Base name of the file in NFC, with `#n` for record `n` of a file of many.
    File(String),
    /// Pasted text.
    None,
}

/// Everything known about an article but its text. What a shard file holds; corrections lie over it as edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFacts {
    /// Its id.
    pub id: ArticleId,
    /// How it was identified outside.
    pub key: ArticleKey,
    /// Headline; empty where unknown.
    pub title: String,
    /// Who published it.
    pub outlet: String,
    /// ISO date, or empty.
    pub date: String,
    /// Author line.
    pub byline: String,
    /// Address.
    pub url: String,
    /// BCP 47, or empty.
    pub language: String,
    /// Base direction.
    pub direction: Direction,
    /// Parts of the text, in text order, disjoint.
    pub regions: Vec<Region>,
    /// Quality flags (`duplicate_title`, `nbsp_line`, ...).
    pub quality_flags: Vec<String>,
    /// SHA-256 of the source bytes, hex.
    pub source_sha256: String,
    /// The article this is a newer text of.
    pub version_of: Option<ArticleId>,
    /// Unknown keys of an import.
    pub extra: Extra,
}

impl ArticleFacts {
    /// The name people use: the id it had outside, or else its own id. Where two share it, the project adds `~<8 hex>`.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.key {
            ArticleKey::Id(name) | ArticleKey::Url(name) | ArticleKey::File(name) => name,
            ArticleKey::None => self.id.as_str(),
        }
    }
}

/// An article with its text loaded.
#[derive(Clone, Debug)]
pub struct Article {
    /// Facts with corrections applied.
    pub facts: ArticleFacts,
    /// The stored text; never changes.
    pub text: Arc<str>,
}

/// What a part of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// Headline.
    Title,
    /// Teaser or first paragraph.
    Lead,
    /// The article itself.
    Body,
    /// Under a picture.
    Caption,
    /// Photo or agency credit.
    Credit,
    /// Links to other articles.
    Related,
    /// Comments footer.
    Comments,
    /// Share buttons, tags, navigation.
    Boilerplate,
    /// A line of white space.
    Blank,
}

/// Whether a person has looked at a proposed region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionState {
    /// Detected; in effect, but marked as a proposal.
    Proposed,
    /// Confirmed or set by a person.
    Confirmed,
}

/// Whole lines of an article that belong together, without their final line break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where, UTF-8 bytes.
    pub span: Span,
    /// Whether sentences, counts, exports and propagation look at it.
    pub include: bool,
    /// Proposed or confirmed.
    pub state: RegionState,
    /// The region that this one repeats.
    pub duplicate_of: Option<Span>,
}

/// How far one annotator's work on one article has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not begun.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// Finished by the annotator.
    Done,
    /// With a reviewer.
    InReview,
    /// Decided by a curator.
    Adjudicated,
    /// Left out, with a reason.
    Skipped,
}
