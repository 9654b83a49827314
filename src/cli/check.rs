//! `hashiya check`: whether everything is as it should be; with `--repair`, mending what can be mended first.

use std::sync::Arc;

use serde_json::{Value, json};

use super::args::Check;
use super::{Failure, Output, Surroundings, open};
use crate::model::{Diagnostic, Severity};
use crate::storage::{Repaired, Store};

/// Runs the command.
pub fn run(args: &Check, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let repaired = if args.repair { Some(repair(args, surroundings, out)?) } else { None };
    let mut session = open::for_reading(&args.dir, None, surroundings, out)?;
    let already = session.problems().to_vec();
    let found = session.store().check()?;
    out.report(found.into_iter().filter(|finding| !already.contains(finding)));
    let articles: Vec<_> = session.catalogue().rows().map(|row| row.id()).collect();
    for id in articles {
        match session.open_article(&id).and_then(|()| session.checks(&id)) {
            // What is only worth a look, such as mentions that cross, is no problem of the project.
            Ok(found) => {
                let (broken, worth_a_look): (Vec<_>, Vec<_>) =
                    found.iter().cloned().partition(|finding| finding.severity == Severity::Error);
                out.report(broken);
                out.note(worth_a_look);
            }
            Err(error) => {
                let failure = Failure::from(error);
                let finding = Diagnostic::new(Severity::Error, "article_unreadable", failure.sentence);
                out.report([finding.on_article(id)]);
            }
        }
    }
    if out.is_json() {
        let mut document = json!({ "articles": session.catalogue().len(), "annotators": session.annotators().len() });
        if let (Some(repaired), Some(object)) = (&repaired, document.as_object_mut()) {
            object.insert("repaired".to_owned(), json_from_repaired(repaired));
        }
        out.document(document);
    } else if !out.has_problems() {
        out.say(&format!("{} articles checked; nothing is wrong", session.catalogue().len()));
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
