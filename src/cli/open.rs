//! Opening a project for a command.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Failure, Output, Surroundings};
use crate::model::{AnnotatorId, ArticleId, Severity};
use crate::session::{OpenOptions, Session};

/// The project's folder, also where its `project.ron` was named.
pub fn project_dir(dir: &Path) -> PathBuf {
    match dir.parent() {
        Some(parent) if dir.file_name().is_some_and(|name| name == "project.ron") => {
            if parent.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                parent.to_owned()
            }
        }
        _ => dir.to_owned(),
    }
}

/// An annotator id from the command line.
pub fn annotator_id(id: &str) -> Result<AnnotatorId, Failure> {
    if AnnotatorId::is_valid(id) {
        Ok(AnnotatorId::new(id))
    } else {
        let sentence = format!("{id:?} cannot be an annotator id: use 1 to 32 of the letters A-Z a-z, digits, _ and -");
        Err(Failure::usage(sentence))
    }
}

/// Opens a project to write in it; another process that writes as this annotator is exit code 4.
pub fn for_writing(
    dir: &Path,
    annotator: Option<&str>,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Result<Session, Failure> {
    let annotator = annotator.map(annotator_id).transpose()?;
    let options = OpenOptions { annotator, ..OpenOptions::default() };
    let session = open(dir, &options, surroundings, out)?;
    if session.locked_by().is_some() {
        let reason = session.read_only_reason().unwrap_or_default();
        let sentence = format!("cannot write in {} as {}: {reason}", session.dir().display(), session.annotator());
        return Err(Failure::locked(sentence));
    }
    if let Some(reason) = session.read_only_reason() {
        return Err(Failure::refused(format!("cannot write in {}: {reason}", session.dir().display())));
    }
    out.report(session.problems().iter().cloned());
    Ok(session)
}

/// Opens a project to read it. What is damaged is reported; where nothing at all can be shown, that is a failure.
pub fn for_reading(
    dir: &Path,
    annotator: Option<&str>,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Result<Session, Failure> {
    let annotator = annotator.map(annotator_id).transpose()?;
    let options = OpenOptions { annotator, read_only: true, any_annotator: true };
    let session = open(dir, &options, surroundings, out)?;
    out.report(session.problems().iter().cloned());
    let is_damaged = session.problems().iter().any(|problem| problem.severity == Severity::Error);
    if is_damaged && session.catalogue().is_empty() {
        let sentence = format!("no article of {} can be shown; see the problems listed", session.dir().display());
        return Err(Failure::refused(sentence));
    }
    Ok(session)
}

fn open(dir: &Path, options: &OpenOptions, surroundings: &Surroundings, out: &mut Output) -> Result<Session, Failure> {
    let data_dir = surroundings.data_dir.as_deref();
    let env = Arc::clone(&surroundings.env);
    let session = Session::open(Arc::clone(&surroundings.fs), &project_dir(dir), options, env, data_dir)?;
    out.name_articles(session.catalogue().rows().map(|row| (row.id(), row.name.to_owned())));
    Ok(session)
}

/// The article with this name or id.
pub fn article(session: &Session, name: &str) -> Result<ArticleId, Failure> {
    session.article_from_name(name).ok_or_else(|| {
        let sentence = format!("there is no article {name:?} in this project; hashiya show lists them");
        Failure::usage(sentence)
    })
}
