//! `hashiya check`: whether everything is as it should be.

use serde_json::json;

use super::args::Check;
use super::{Failure, Output, Surroundings, open};
use crate::model::{Diagnostic, Severity};

/// Runs the command.
pub fn run(args: &Check, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    if args.repair {
        return Err(Failure::usage("--repair is not available yet; hashiya check without it only reads"));
    }
    let session = open::for_reading(&args.dir, None, surroundings, out)?;
    let already = session.problems().to_vec();
    let found = session.store().check()?;
    out.report(found.into_iter().filter(|finding| !already.contains(finding)));
    for id in session.catalogue().rows().map(|row| row.id()) {
        match session.checks(&id) {
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
        out.document(json!({ "articles": session.catalogue().len(), "annotators": session.annotators().len() }));
    } else if !out.has_problems() {
        out.say(&format!("{} articles checked; nothing is wrong", session.catalogue().len()));
    }
    Ok(())
}
