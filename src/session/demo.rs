//! The demo project: short articles in five languages, written for this program, partly annotated.

use std::path::Path;
use std::sync::Arc;

use super::{NewProject, Session, SessionError, schemes};
use crate::env::Env;
use crate::formats::{ImportOptions, SourceFile, jsonl};
use crate::model::AnnotatorId;
use crate::storage::Fs;

/// The articles with their annotations.
const ARTICLES: &[u8] = include_bytes!("../../assets/demo/demo.hashiya.jsonl");

/// Who made the annotations, and who the project is opened as.
pub const ANNOTATOR: &str = "ann-01";

/// Makes the demo project in `dir`, which must be absent or an empty folder, and opens it for writing.
///
/// # Errors
/// As [`Session::create`]; [`SessionError::NotSaved`] where the articles cannot be written.
pub fn create(fs: Arc<dyn Fs>, dir: &Path, env: Arc<Env>, data_dir: Option<&Path>) -> Result<Session, SessionError> {
    let file = SourceFile { name: "demo.hashiya.jsonl", bytes: ARTICLES };
    let scheme = schemes::news();
    let options = ImportOptions { scheme: Some(scheme.clone()), ..ImportOptions::default() };
    let (exchange, _) = jsonl::read(&file, &options);
    let new = NewProject { name: exchange.project.name.clone(), scheme, annotator: AnnotatorId::new(ANNOTATOR) };
    let mut session = Session::create(fs, dir, &new, env, data_dir)?;
    let imported = session.import(exchange, vec![file.name.to_owned()]);
    imported.map_err(|error| SessionError::NotSaved { reason: error.to_string() })?;
    session.wait_durable()?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_fits_its_scheme() {
        let file = SourceFile { name: "demo", bytes: ARTICLES };
        let options = ImportOptions { scheme: Some(schemes::news()), ..ImportOptions::default() };
        assert_eq!(jsonl::read(&file, &options).1, []);
    }
}
