//! Findings about content: shown in a list, never a failure.

use serde::Serialize;

use super::{AnnotatorId, ArticleId};
use crate::text::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Probably not meant.
    Warning,
    /// Something is wrong or was left out.
    Error,
}

/// One finding: what, where. User text inside `message` is escaped by whoever prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable ASCII code (`offset_out_of_text`), for filters and tests.
    pub code: &'static str,
    /// One English sentence that says what is the matter and what to do.
    pub message: String,
    /// File it concerns, relative or as given.
    pub file: Option<String>,
    /// Line of the file, from 1.
    pub line: Option<usize>,
    /// Article it concerns.
    pub article: Option<ArticleId>,
    /// Place in the article, UTF-8 bytes.
    pub span: Option<Span>,
    /// The annotation or entity it is about.
    pub about: Option<String>,
    /// In whose work, where several people work.
    pub annotator: Option<AnnotatorId>,
}

impl Diagnostic {
    /// A finding without a place.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            file: None,
            line: None,
            article: None,
            span: None,
            about: None,
            annotator: None,
        }
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Names the line, from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Names the article.
    #[must_use]
    pub fn on_article(mut self, article: ArticleId) -> Self {
        self.article = Some(article);
        self
    }

    /// Names the place in the article.
    #[must_use]
    pub fn at_span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}
