//! Where an importer collects what it finds.

use crate::model::{ArticleId, Diagnostic, Severity};
use crate::text::Span;

/// Findings of one import: the first ones in full, the rest as a count.
#[derive(Debug)]
pub struct Findings {
    file: String,
    line: Option<usize>,
    article: Option<ArticleId>,
    limit: usize,
    unlisted: usize,
    list: Vec<Diagnostic>,
}

impl Findings {
    /// An empty list about the file called `file`.
    #[must_use]
    pub fn new(file: &str, limit: usize) -> Self {
        Self { file: file.to_owned(), line: None, article: None, limit, unlisted: 0, list: Vec::new() }
    }

    /// Later findings are about this line, from 1.
    pub fn at_line(&mut self, line: usize) {
        self.line = Some(line);
        self.article = None;
    }

    /// Later findings are about the whole file.
    pub fn at_file(&mut self) {
        self.line = None;
        self.article = None;
    }

    /// Later findings are about this article.
    pub fn on_article(&mut self, article: ArticleId) {
        self.article = Some(article);
    }

    /// Adds a finding.
    pub fn add(&mut self, severity: Severity, code: &'static str, message: impl Into<String>) {
        self.add_at(severity, code, message, None);
    }

    /// Adds a finding about a place in the article.
    pub fn add_at(&mut self, severity: Severity, code: &'static str, message: impl Into<String>, span: Option<Span>) {
        if self.list.len() >= self.limit {
            self.unlisted += 1;
            return;
        }
        let mut diagnostic = Diagnostic::new(severity, code, message);
        diagnostic.file = (!self.file.is_empty()).then(|| self.file.clone());
        diagnostic.line = self.line;
        diagnostic.article.clone_from(&self.article);
        diagnostic.span = span;
        self.list.push(diagnostic);
    }

    /// Adds findings that were made elsewhere.
    pub fn take(&mut self, findings: Vec<Diagnostic>) {
        for finding in findings {
            if self.list.len() >= self.limit {
                self.unlisted += 1;
            } else {
                self.list.push(finding);
            }
        }
    }

    /// How many findings there are so far, listed or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.unlisted
    }

    /// The list; where it was cut, its last entry says how many more there are.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        if self.unlisted > 0 {
            let message = format!("{} more findings are not listed", self.unlisted);
            let diagnostic = Diagnostic::new(Severity::Warning, "more_findings", message).in_file(&self.file);
            self.list.push(diagnostic);
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_cut_and_says_so() {
        let mut findings = Findings::new("a.jsonl", 2);
        for line in 1..=5 {
            findings.at_line(line);
            findings.add(Severity::Error, "bad", "bad");
        }
        let list = findings.finish();
        assert_eq!(list.len(), 3);
        assert_eq!(list[1].line, Some(2));
        assert_eq!(list[2].message, "3 more findings are not listed");
    }
}
