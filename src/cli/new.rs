//! `hashiya new`: an empty project.

use std::sync::Arc;

use serde_json::json;

use super::args::New;
use super::open::annotator_id;
use super::{Failure, Output, Surroundings};
use crate::formats::{ImportOptions, SourceFile, jsonl};
use crate::model::Scheme;
use crate::session::{NewProject, Session, schemes};

/// Runs the command.
pub fn run(args: &New, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let scheme = scheme_from_argument(&args.scheme, surroundings)?;
    let folder = args.dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = args.name.clone().unwrap_or_else(|| folder.trim_end_matches(".hashiya").to_owned());
    let new = NewProject { name, scheme, annotator: annotator_id(&args.annotator)? };
    let data_dir = surroundings.data_dir.as_deref();
    let session =
        Session::create(Arc::clone(&surroundings.fs), &args.dir, &new, Arc::clone(&surroundings.env), data_dir)?;
    report(&session, out);
    Ok(session.close()?)
}

/// Says what was made.
pub fn report(session: &Session, out: &Output) {
    if out.is_json() {
        out.document(json!({
            "project": session.header().id,
            "name": session.header().name,
            "scheme": session.scheme().name,
            "annotator": session.annotator().as_str(),
            "articles": session.catalogue().len(),
        }));
    } else {
        let (dir, scheme, annotator) = (session.dir().display(), &session.scheme().name, session.annotator());
        out.say(&format!("made {dir} with the scheme {scheme}, for annotator {annotator}"));
    }
}

/// A shipped scheme, or one in a file: a scheme in RON, or an export that carries one.
fn scheme_from_argument(name: &str, surroundings: &Surroundings) -> Result<Scheme, Failure> {
    if let Some(scheme) = schemes::shipped(name) {
        return Ok(scheme);
    }
    let path = std::path::Path::new(name);
    if !name.contains('.') && !name.contains('/') {
        let known = schemes::NAMES.join(", ");
        return Err(Failure::usage(format!("no scheme is called {name:?}; shipped are {known}; or name a FILE.ron")));
    }
    let bytes = surroundings.fs.read(path).map_err(|error| Failure::io("read", path, &error))?;
    if jsonl::has_header(&bytes) {
        let (exchange, _) = jsonl::read(&SourceFile { name, bytes: &bytes }, &ImportOptions::default());
        let none = || Failure::content(format!("{name} carries no scheme that can be used"));
        return exchange.project.scheme.ok_or_else(none);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::content(format!("{name} is not UTF-8")))?;
    schemes::from_ron(text).map_err(|error| Failure::content(format!("{name} is no scheme: {error}")))
}
