//! What commands print: results on standard output, everything for people on standard error.

use std::io::Write as _;

use serde_json::{Value, json};

use super::{DONE, Failure, PROBLEMS};
use crate::model::{Diagnostic, Severity};
use crate::text::escape_invisible;

/// Where a command writes, and what it found.
#[derive(Debug)]
pub struct Output {
    json: bool,
    quiet: bool,
    problems: Vec<Diagnostic>,
    has_problems: bool,
}

impl Output {
    /// An output; `json` for one document instead of text, `quiet` for no messages.
    pub fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet, problems: Vec::new(), has_problems: false }
    }

    /// Whether a machine reads.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// One line of a result. What nobody can see in it is escaped.
    pub fn print(&self, line: &str) {
        write_out(&format!("{}\n", escape_invisible(line)));
    }

    /// One line of a result in JSON, flushed.
    pub fn print_json(&self, value: &Value) {
        write_out(&format!("{value}\n"));
    }

    /// Text as it is.
    pub fn print_raw(&self, text: &str) {
        write_out(text);
    }

    /// The one document of a command in JSON mode; the problems found are added to it.
    pub fn document(&self, mut value: Value) {
        let problems: Vec<Value> = self.problems.iter().map(json_from_diagnostic).collect();
        if let Some(object) = value.as_object_mut() {
            object.insert("problems".to_owned(), Value::Array(problems));
        }
        self.print_json(&value);
    }

    /// A message for people.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            write_error(&escape_invisible(message));
        }
    }

    /// Takes findings: hints are said, anything more makes the exit code 1.
    pub fn report(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            let is_hint = finding.severity == Severity::Hint;
            self.has_problems |= !is_hint;
            if !(self.quiet && is_hint) {
                write_error(&sentence(&finding));
            }
            self.problems.push(finding);
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
}

fn write_out(text: &str) {
    let mut out = std::io::stdout().lock();
    // A reader that has gone away wants no more.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn write_error(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// One finding on one line: where, how bad, what, code.
fn sentence(finding: &Diagnostic) -> String {
    let severity = match finding.severity {
        Severity::Hint => "hint",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let file = finding.file.as_deref().map(escape_invisible).unwrap_or_default();
    let place = match (file.is_empty(), finding.line) {
        (true, _) => finding.article.as_ref().map(|article| format!("{article}: ")).unwrap_or_default(),
        (false, None) => format!("{file}: "),
        (false, Some(line)) => format!("{file}:{line}: "),
    };
    format!("{place}{severity}: {} [{}]", escape_invisible(&finding.message), finding.code)
}

/// A finding as JSON.
pub fn json_from_diagnostic(finding: &Diagnostic) -> Value {
    let span = finding.span.map(|span| [span.start(), span.end()]);
    json!({
        "severity": finding.severity,
        "code": finding.code,
        "file": finding.file,
        "line": finding.line,
        "article": finding.article.as_ref().map(crate::model::ArticleId::as_str),
        "span": span,
        "message": finding.message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finding_is_one_line() {
        let finding = Diagnostic::new(Severity::Error, "bad", "a\nb \u{202E}c").in_file("x\ty").at_line(3);
        assert_eq!(sentence(&finding), "x\\u{9}y:3: error: a\\u{A}b \\u{202E}c [bad]");
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
