//! What commands print: results on standard output, everything for people on standard error.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};

use serde_json::{Value, json};

use super::{DONE, Failure, PROBLEMS};
use crate::model::{ArticleId, Diagnostic, Severity};
use crate::text::escape_invisible;

/// Where a command writes, and what it found.
#[derive(Debug)]
pub struct Output {
    json: bool,
    quiet: bool,
    problems: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
    has_problems: bool,
    article_names: BTreeMap<ArticleId, String>,
}

impl Output {
    /// An output; `json` for one document instead of text, `quiet` for no messages.
    pub fn new(json: bool, quiet: bool) -> Self {
        Self {
            json,
            quiet,
            problems: Vec::new(),
            notes: Vec::new(),
            has_problems: false,
            article_names: BTreeMap::new(),
        }
    }

    /// Names of articles, for messages.
    pub fn name_articles(&mut self, names: impl IntoIterator<Item = (ArticleId, String)>) {
        self.article_names.extend(names);
    }

    /// Whether a machine reads.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// One line of a result. What nobody can see in it is escaped.
    #[expect(clippy::unused_self, reason = "printing goes through the command's output, wherever that goes")]
    pub fn print(&self, line: &str) {
        write_out(&format!("{}\n", escape_invisible(line)));
    }

    /// One line of a result in JSON, flushed.
    #[expect(clippy::unused_self, reason = "printing goes through the command's output, wherever that goes")]
    pub fn print_json(&self, value: &Value) {
        write_out(&format!("{value}\n"));
    }

    /// Text as it is.
    #[expect(clippy::unused_self, reason = "printing goes through the command's output, wherever that goes")]
    pub fn print_raw(&self, text: &str) {
        write_out(text);
    }

    /// The one document of a command in JSON mode; what was found is added to it: `problems`, which make the exit code 1,
    /// and `notes`, where there are any.
    pub fn document(&self, mut value: Value) {
        let list = |found: &[Diagnostic]| found.iter().map(|finding| self.json_from_finding(finding)).collect();
        if let Some(object) = value.as_object_mut() {
            object.insert("problems".to_owned(), list(&self.problems));
            if !self.notes.is_empty() {
                object.insert("notes".to_owned(), list(&self.notes));
            }
        }
        self.print_json(&value);
    }

    /// A message for people.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            write_error(&escape_invisible(message));
        }
    }

    /// How far a long command is; shown on a terminal only, on one line that goes away at the end.
    pub fn progress(&self, done: usize, total: usize, what: &str) {
        let mut error = std::io::stderr().lock();
        if self.quiet || total < 2 || !error.is_terminal() {
            return;
        }
        let line = if done < total { format!("\r{done} of {total} {what}") } else { "\r\x1b[K".to_owned() };
        // What cannot be shown is no reason to stop.
        let _ = error.write_all(line.as_bytes()).and_then(|()| error.flush());
    }

    /// Takes findings: hints are notes, anything more makes the exit code 1.
    pub fn report(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            if finding.severity == Severity::Hint {
                self.note([finding]);
                continue;
            }
            write_error(&self.sentence(&finding));
            self.has_problems = true;
            self.problems.push(finding);
        }
    }

    /// Takes findings that are worth knowing, and no problem.
    pub fn note(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            if !self.quiet {
                write_error(&self.sentence(&finding));
            }
            self.notes.push(finding);
        }
    }

    /// Makes the exit code 1.
    pub fn mark_problem(&mut self) {
        self.has_problems = true;
    }

    /// Whether something was found that makes the exit code 1.
    pub fn has_problems(&self) -> bool {
        self.has_problems
    }

    /// The exit code of a command that did its work.
    pub fn exit(&self) -> u8 {
        if self.has_problems { PROBLEMS } else { DONE }
    }

    /// Prints why a command failed, in JSON mode also as the document.
    pub fn fail(&self, failure: &Failure) {
        write_error(&format!("hashiya: {}", escape_invisible(&failure.sentence)));
        if self.json && failure.is_document {
            self.document(json!({ "error": failure.sentence }));
        }
    }

    /// One finding on one line: where, how bad, what, code.
    pub fn sentence(&self, finding: &Diagnostic) -> String {
        let severity = match finding.severity {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = match (&finding.file, finding.line, &finding.article) {
            (Some(file), None, _) => format!("{}: ", escape_invisible(file)),
            (Some(file), Some(line), _) => format!("{}:{line}: ", escape_invisible(file)),
            (None, _, Some(article)) => {
                let whose = finding.annotator.as_ref().map_or_else(String::new, |annotator| format!(" ({annotator})"));
                format!("{}{whose}: ", escape_invisible(self.article_name(article)))
            }
            (None, _, None) => String::new(),
        };
        format!("{place}{severity}: {} [{}]", escape_invisible(&finding.message), finding.code)
    }

    fn article_name<'a>(&'a self, article: &'a ArticleId) -> &'a str {
        self.article_names.get(article).map_or(article.as_str(), String::as_str)
    }

    /// A finding in JSON; what it is about, and in whose work, only where that is known.
    pub fn json_from_finding(&self, finding: &Diagnostic) -> Value {
        let mut value = json!({
            "severity": finding.severity,
            "code": finding.code,
            "file": finding.file,
            "line": finding.line,
            "article": finding.article.as_ref().map(|article| self.article_name(article)),
            "span": finding.span.map(|span| [span.start(), span.end()]),
            "message": finding.message,
        });
        if let Some(object) = value.as_object_mut() {
            object.extend(finding.about.iter().map(|id| ("about".to_owned(), json!(id))));
            object.extend(finding.annotator.iter().map(|id| ("annotator".to_owned(), json!(id.as_str()))));
        }
        value
    }
}

fn write_out(text: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that has gone away wants no more.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn write_error(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finding_is_one_line() {
        let finding = Diagnostic::new(Severity::Error, "bad", "a\nb \u{202E}c").in_file("x\ty").at_line(3);
        assert_eq!(Output::new(false, false).sentence(&finding), "x\\u{9}y:3: error: a\\u{A}b \\u{202E}c [bad]");
    }

    #[test]
    fn hints_do_not_change_the_exit_code() {
        let mut output = Output::new(true, true);
        output.report([Diagnostic::new(Severity::Hint, "h", "h")]);
        assert_eq!(output.exit(), DONE);
        output.report([Diagnostic::new(Severity::Warning, "w", "w")]);
        assert_eq!(output.exit(), PROBLEMS);
    }
}
