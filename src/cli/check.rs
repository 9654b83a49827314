//! `hashiya check`: whether everything is as it should be; with `--repair`, mending what can be mended first.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::args::Check;
use super::{Failure, Output, Surroundings, open};
use crate::model::{About, AnnotatorId, ArticleId, Diagnostic, Finding, FindingKey, Rule, Severity};
use crate::session::{Session, SessionError};
use crate::storage::{Repaired, Store};
use crate::text::Span;

/// Runs the command.
pub fn run(args: &Check, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let repaired = if args.repair { Some(repair(args, surroundings, out)?) } else { None };
    let mut session = open::for_reading(&args.dir, None, surroundings, out)?;
    let already = session.problems().to_vec();
    let found = session.store().check()?;
    out.report(found.into_iter().filter(|finding| !already.contains(finding)));
    let dismissed = check_work(&mut session, args.dismissed, out);
    if out.is_json() {
        let mut document = json!({
            "articles": session.catalogue().len(),
            "annotators": session.annotators().len(),
            "dismissed": dismissed.count,
        });
        if let (true, Some(object)) = (args.dismissed, document.as_object_mut()) {
            object.insert("dismissals".to_owned(), Value::Array(dismissed.list));
        }
        if let (Some(repaired), Some(object)) = (&repaired, document.as_object_mut()) {
            object.insert("repaired".to_owned(), json_from_repaired(repaired));
        }
        out.document(document);
    } else if !out.has_problems() {
        out.say(&format!("{} articles checked; nothing is wrong", session.catalogue().len()));
    }
    if dismissed.count > 0 && !out.is_json() {
        let hint = if args.dismissed { "" } else { "; --dismissed lists them" };
        out.say(&format!("{} dismissed{hint}", dismissed.count));
    }
    match repaired.as_ref().and_then(|repaired| repaired.refused.first()) {
        Some((annotator, holder)) => {
            let process =
                holder.pid.map_or_else(String::new, |pid| format!(" (process {pid}, since {})", holder.since));
            let sentence = format!(
                "another window or command{process} writes as {annotator}; its journals were left alone. Close it and \
                 repair again"
            );
            Err(Failure { is_document: false, ..Failure::locked(sentence) })
        }
        None => Ok(()),
    }
}

/// What was found and dismissed.
#[derive(Default)]
struct Dismissed {
    count: usize,
    /// In JSON, where that was asked for.
    list: Vec<Value>,
}

/// Checks everybody's work on every article against the rules of the scheme, as the window does.
fn check_work(session: &mut Session, lists_dismissed: bool, out: &mut Output) -> Dismissed {
    let annotators = session.annotators();
    let articles: Vec<ArticleId> = session.catalogue().rows().map(|row| row.id()).collect();
    let mut dismissed = Dismissed::default();
    // What belongs to the project is said once, not with every article that refers to it.
    let mut said: BTreeSet<(AnnotatorId, FindingKey)> = BTreeSet::new();
    for article in articles {
        if let Err(error) = session.open_article(&article) {
            out.report([unreadable(&article, error)]);
            continue;
        }
        let mut of_article: BTreeSet<(Rule, Option<Span>)> = BTreeSet::new();
        let own = session.annotator().clone();
        let others = annotators.iter().filter(|annotator| **annotator != own);
        for annotator in std::iter::once(&own).chain(others) {
            let checks = match session.checks_of(annotator, &article) {
                Ok(checks) => checks,
                Err(error) => {
                    out.report([unreadable(&article, error)]);
                    break;
                }
            };
            let mut is_new = |finding: &Finding| match &finding.about {
                About::Article => of_article.insert((finding.rule, finding.span)),
                about if about.is_of_project() => said.insert((annotator.clone(), finding.key())),
                _ => true,
            };
            let whose = (annotators.len() > 1).then_some(annotator);
            let diagnostic =
                |finding: &Finding| Diagnostic { annotator: whose.cloned(), ..finding.diagnostic(&article) };
            let open: Vec<Diagnostic> = checks.open.iter().filter(|finding| is_new(finding)).map(diagnostic).collect();
            // What is only worth a look, such as mentions that cross, is no problem of the project.
            let (broken, worth_a_look): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|finding| finding.severity == Severity::Error);
            out.report(broken);
            out.note(worth_a_look);
            for (finding, reason) in checks.dismissed.iter().filter(|(finding, _)| is_new(finding)) {
                dismissed.count += 1;
                if lists_dismissed {
                    dismissed.list.push(list_dismissed(&diagnostic(finding), reason, out));
                }
            }
        }
    }
    dismissed
}

fn unreadable(article: &ArticleId, error: SessionError) -> Diagnostic {
    let failure = Failure::from(error);
    Diagnostic::new(Severity::Error, "article_unreadable", failure.sentence).on_article(article.clone())
}

/// Says that a finding was dismissed, and why; answers the same in JSON.
fn list_dismissed(finding: &Diagnostic, reason: &str, out: &Output) -> Value {
    if !out.is_json() {
        out.say(&format!("{}: dismissed: {reason}", out.sentence(finding)));
    }
    let mut value = out.json_from_finding(finding);
    if let Some(object) = value.as_object_mut() {
        object.insert("reason".to_owned(), reason.into());
    }
    value
}

fn repair(args: &Check, surroundings: &Surroundings, out: &Output) -> Result<Repaired, Failure> {
    let dir = open::project_dir(&args.dir);
    let store = Store::open(Arc::clone(&surroundings.fs), &dir)?;
    let repaired = store.repair(surroundings.data_dir.as_deref(), &surroundings.env)?;
    if !out.is_json() {
        for (file, why) in &repaired.moved {
            out.print(&format!("set aside: {file}: {why}"));
        }
        for annotator in &repaired.rewritten {
            out.print(&format!("checkpoint made again: {annotator}"));
        }
        if let Some(folder) = &repaired.set_aside {
            out.say(&format!("what was set aside is in {folder}; nothing was deleted"));
        }
    }
    Ok(repaired)
}

fn json_from_repaired(repaired: &Repaired) -> Value {
    let moved = repaired.moved.iter().map(|(file, why)| json!({ "file": file, "why": why }));
    let refused = repaired.refused.iter();
    json!({
        "moved": moved.collect::<Vec<_>>(),
        "set_aside": repaired.set_aside,
        "checkpoints": repaired.rewritten,
        "left_alone": refused.map(|(annotator, holder)| json!({ "annotator": annotator, "pid": holder.pid })).collect::<Vec<_>>(),
    })
}
