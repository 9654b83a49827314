//! A finding: a rule that something breaks, where, and with which particulars.

use serde::{Deserialize, Serialize};

use super::super::{
    AnnotationId, ArticleId, ClaimId, ClusterId, Diagnostic, EntityId, MentionId, Severity, StanceId, TopicId,
};
use super::Rule;
use crate::text::Span;

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The article itself.
    Article,
    /// A mention.
    Mention(MentionId),
    /// A claim.
    Claim(ClaimId),
    /// A stance.
    Stance(StanceId),
    /// An entity that the article refers to.
    Entity(EntityId),
    /// A cluster of claims that the article refers to.
    Cluster(ClusterId),
    /// A topic that the article refers to.
    Topic(TopicId),
}

impl About {
    /// The id of what it is about; empty for the article.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Article => "",
            Self::Mention(id) => id.as_str(),
            Self::Claim(id) => id.as_str(),
            Self::Stance(id) => id.as_str(),
            Self::Entity(id) => id.as_str(),
            Self::Cluster(id) => id.as_str(),
            Self::Topic(id) => id.as_str(),
        }
    }

    /// The annotation, if it is one.
    #[must_use]
    pub fn annotation(&self) -> Option<AnnotationId> {
        match self {
            Self::Mention(id) => Some(id.clone().into()),
            Self::Claim(id) => Some(id.clone().into()),
            Self::Stance(id) => Some(id.clone().into()),
            _ => None,
        }
    }

    /// Whether it belongs to no article, so that several articles find the same.
    #[must_use]
    pub const fn is_of_project(&self) -> bool {
        matches!(self, Self::Entity(_) | Self::Cluster(_) | Self::Topic(_))
    }
}

/// One finding. Its sentence is [`Finding::message`] in English; the window has it in its own languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// What breaks it.
    pub about: About,
    /// Where that stands, UTF-8 bytes of the article.
    pub span: Option<Span>,
    /// The particulars that the sentence names.
    pub with: Vec<(&'static str, String)>,
}

/// What a dismissal names: code of the rule, and id of what it is about, or nothing for the article.
pub type FindingKey = (String, String);

/// A finding that somebody dismissed, as files write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// Code of the rule.
    pub code: String,
    /// What it is about; empty for the article.
    pub id: String,
    /// Why; one line.
    pub reason: String,
}

impl Dismissal {
    /// Of an entry of a set.
    #[must_use]
    pub fn of((code, id): &FindingKey, reason: &str) -> Self {
        Self { code: code.clone(), id: id.clone(), reason: reason.to_owned() }
    }

    /// What it is about is a topic: ids of topics are the same everywhere, those of other things belong to an import.
    #[must_use]
    pub fn is_of_topic(&self) -> bool {
        self.code.starts_with("topic_")
    }

    /// As an entry of a set.
    #[must_use]
    pub fn into_entry(self) -> (FindingKey, String) {
        ((self.code, self.id), self.reason)
    }
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What a dismissal of it names.
    #[must_use]
    pub fn key(&self) -> FindingKey {
        (self.rule.code().to_owned(), self.about.id().to_owned())
    }

    /// One English sentence that says what is the matter and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = String::new();
        let mut rest = self.rule.sentence();
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            message.push_str(self.with.iter().find(|(known, _)| *known == name).map_or(name, |(_, value)| value));
            rest = after;
        }
        message.push_str(rest);
        message
    }

    /// As a diagnostic of an article.
    #[must_use]
    pub fn diagnostic(&self, article: &ArticleId) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.severity(), self.rule.code(), self.message());
        diagnostic.article = Some(article.clone());
        diagnostic.span = self.span;
        diagnostic.about = Some(self.about.id().to_owned()).filter(|id| !id.is_empty());
        diagnostic
    }
}
