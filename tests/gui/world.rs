//! Projects on disk for tests of the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::formats::{ImportOptions, SourceFile, format_for_import};
use hashiya::session::{NewProject, Session, schemes};
use hashiya::storage::DiskFs;

/// An article of our own with what scrapers leave in a text: titles twice, a credit, a footer.
pub const HARBOUR: &str = include_str!("../fixtures/articles/harbour.txt");

/// A folder that vanishes after the test.
pub fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A new project below `dir` that holds `text` as its only article.
pub fn project_with(dir: &Path, name: &str, text: &str) -> PathBuf {
    let root = dir.join("project");
    let new = NewProject { name: "Harbour".to_owned(), scheme: schemes::news(), annotator: "ann-01".into() };
    let mut session = Session::create(Arc::new(DiskFs), &root, &new, Arc::new(Env::fixed(1)), None).unwrap();
    let import = format_for_import("text").unwrap();
    let (exchange, _) = import(&SourceFile { name, bytes: text.as_bytes() }, &ImportOptions::default());
    session.import(exchange, vec![name.to_owned()]).unwrap();
    session.close().unwrap();
    root
}
