//! Small projects in memory for tests of the session.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::formats::{ImportOptions, SourceFile, format_for_import};
use hashiya::model::{ArticleId, Attributes, LabelId, MentionId};
use hashiya::session::{Command, NewProject, OpenOptions, Outcome, Session, schemes};
use hashiya::storage::{Fs, MemFs};
use hashiya::text::{Span, SpanSet};

/// An article of our own with what scrapers leave in a text: titles twice, a credit, a footer.
pub const HARBOUR: &str = include_str!("../fixtures/articles/harbour.txt");

/// Where test projects stand in their file system.
pub fn folder() -> PathBuf {
    PathBuf::from("/project")
}

/// A new project with the `news` labels.
pub fn create(fs: &MemFs, annotator: &str, seed: u64) -> Session {
    let new = NewProject { name: "Harbour".to_owned(), scheme: schemes::news(), annotator: annotator.into() };
    Session::create(shared(fs), &folder(), &new, Arc::new(Env::fixed(seed)), Some(Path::new("/data"))).unwrap()
}

/// The project in `fs`, opened once more.
pub fn open(fs: &MemFs, annotator: &str, seed: u64) -> Session {
    let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
    let env = Arc::new(Env::fixed(seed));
    let mut session = Session::open(shared(fs), &folder(), &options, env, Some(Path::new("/data"))).unwrap();
    // Whole states are compared.
    session.open_all().unwrap();
    session
}

fn shared(fs: &MemFs) -> Arc<dyn Fs> {
    Arc::new(fs.clone())
}

/// Imports a plain text and returns its article.
pub fn import_text(session: &mut Session, name: &str, text: &str) -> ArticleId {
    let import = format_for_import("text").unwrap();
    let (exchange, _) = import(&SourceFile { name, bytes: text.as_bytes() }, &ImportOptions::default());
    let report = session.import(exchange, vec![name.to_owned()]).unwrap();
    report.added.first().unwrap().clone()
}

/// The span of the n-th (from 0) `quote` in an article.
pub fn find(session: &Session, article: &ArticleId, quote: &str, n: usize) -> Span {
    let text = session.article(article).unwrap().text.clone();
    let (start, _) = text.match_indices(quote).nth(n).unwrap();
    Span::new(start, start + quote.len())
}

/// Labels the n-th (from 0) `quote` of an article.
pub fn mention(session: &mut Session, article: &ArticleId, label: &str, quote: &str, n: usize) -> Outcome {
    let span = find(session, article, quote, n);
    let command = Command::AddMention {
        article: article.clone(),
        label: LabelId::new(label),
        spans: SpanSet::one(span).unwrap(),
        attributes: Attributes::default(),
    };
    session.run(command).unwrap()
}

/// The mention that a command made.
pub fn made(outcome: &Outcome) -> MentionId {
    MentionId::new(outcome.id.as_deref().unwrap())
}
