//! A small session for tests: makes transactions by hand and writes them through the real writer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::edit::{Content, Edit, Place, Transaction};
use hashiya::env::{Env, Timestamp};
use hashiya::model::{
    AnnotatorId, ArticleFacts, ArticleId, ArticleKey, BlobId, Claim, Entity, EntityId, ImportId, LineId, Mention,
    Provenance,
};
use hashiya::storage::{
    DraftArticle, Fs, ImportDraft, JournalWriter, MemFs, QueueError, Records, SessionStart, Standing, Store, StoreError,
};
use hashiya::text::{Span, SpanSet};

pub const TEXT: &str = "Blue Delta signed the accord in the harbour on Monday.";

pub fn root() -> PathBuf {
    PathBuf::from("/p")
}

/// One opening of a project for writing.
pub struct Hand {
    pub store: Store,
    pub annotator: AnnotatorId,
    pub places: BTreeMap<Place, Standing>,
    pub shared: BTreeMap<Place, Standing>,
    pub lamport: u64,
    pub writer: JournalWriter,
}

pub fn shared(fs: &MemFs) -> Arc<dyn Fs> {
    Arc::new(fs.clone())
}

pub fn create(fs: &MemFs) -> Store {
    Store::create(shared(fs), &root(), "Harbour", &Env::fixed(1)).unwrap()
}

pub fn reopen(fs: &MemFs) -> Store {
    Store::open(shared(fs), &root()).unwrap()
}

pub fn read(fs: &MemFs) -> Records {
    reopen(fs).read_records().unwrap()
}

impl Hand {
    pub fn open(fs: Arc<dyn Fs>, annotator: &str, session: u64) -> Result<Self, StoreError> {
        let store = Store::open(fs, &root())?;
        let records = store.read_records()?;
        let annotator = AnnotatorId::from(annotator);
        let seen = records.tips.get(&annotator).cloned().unwrap_or_default();
        let start = SessionStart { annotator: annotator.clone(), session, date: "2026-11-24".into(), seen };
        let writer = JournalWriter::start(&store, start)?;
        let places = records.own.get(&annotator).cloned().unwrap_or_default();
        Ok(Self { store, annotator, places, shared: records.shared, lamport: records.max_lamport, writer })
    }

    pub fn on(fs: &MemFs, annotator: &str, session: u64) -> Self {
        Self::open(shared(fs), annotator, session).unwrap()
    }

    /// The transaction that sets these places.
    pub fn transaction(&self, changes: Vec<(Place, Option<Content>)>) -> Transaction {
        let edit = |(place, after): (Place, Option<Content>)| {
            let places = if place.is_shared() { &self.shared } else { &self.places };
            let standing = places.get(&place).cloned().unwrap_or_default();
            Edit { over: standing.over(after.as_ref()), before: standing.value, place, after }
        };
        Transaction {
            lamport: self.lamport + 1,
            at: Timestamp("2026-11-24T09:30:00.000Z".into()),
            by: self.annotator.clone(),
            scheme: BlobId::from("none"),
            cause: "test".into(),
            batch: None,
            reverses: None,
            edits: changes.into_iter().map(edit).collect(),
        }
    }

    pub fn try_set(&mut self, changes: Vec<(Place, Option<Content>)>) -> Result<LineId, QueueError> {
        let transaction = self.transaction(changes);
        let line = self.writer.append(&transaction)?;
        self.lamport += 1;
        for edit in &transaction.edits {
            let places = if edit.place.is_shared() { &mut self.shared } else { &mut self.places };
            places.entry(edit.place.clone()).or_default().apply(&line, edit);
        }
        Ok(line)
    }

    pub fn set(&mut self, place: Place, after: impl Into<Option<Content>>) -> LineId {
        let line = self.try_set(vec![(place, after.into())]).unwrap();
        self.writer.wait_durable().unwrap();
        line
    }

    pub fn register(&mut self, import: &ImportId) {
        self.set(Place::Registration(import.clone()), Content::Registered);
    }
}

pub fn draft_article(name: &str, text: &str) -> DraftArticle {
    let facts = ArticleFacts::of(ArticleKey::Id(name.to_owned()), text);
    DraftArticle { facts, text: Arc::from(text), source: None }
}

/// An import of articles `a0`, `a1`, ... without annotations.
pub fn draft(count: usize) -> ImportDraft {
    let articles = (0..count).map(|number| draft_article(&format!("a{number}"), TEXT)).collect();
    ImportDraft { sources: vec!["news.txt".into()], articles, ..ImportDraft::default() }
}

pub fn article(number: usize) -> ArticleId {
    draft_article(&format!("a{number}"), TEXT).facts.id
}

pub fn provenance() -> Provenance {
    Provenance::manual(AnnotatorId::from("ali"), Timestamp("2026-11-24T09:30:00.000Z".into()))
}

pub fn mention(id: &str, label: &str, entity: Option<&str>) -> Content {
    let spans = SpanSet::one(Span::new(0, 10)).unwrap();
    Content::Mention(Box::new(Mention {
        id: id.into(),
        quote: spans.quote(TEXT).unwrap(),
        spans,
        label: label.into(),
        attributes: BTreeMap::new(),
        entity: entity.map(EntityId::from),
        note: String::new(),
        provenance: provenance(),
        extra: BTreeMap::new(),
    }))
}

pub fn claim(id: &str, nested_in: Option<&str>) -> Content {
    let content = SpanSet::one(Span::new(11, 28)).unwrap();
    Content::Claim(Box::new(Claim {
        id: id.into(),
        quote: content.quote(TEXT).unwrap(),
        content,
        chain: Vec::new(),
        attributes: BTreeMap::new(),
        nested_in: nested_in.map(Into::into),
        cluster: None,
        norm: BTreeMap::new(),
        verdict: None,
        note: String::new(),
        provenance: provenance(),
        extra: BTreeMap::new(),
    }))
}

pub fn entity(id: &str, name: &str) -> Content {
    Content::Entity(Box::new(Entity {
        id: id.into(),
        kind: None,
        name: BTreeMap::from([("en".to_owned(), name.to_owned())]),
        aliases: Vec::new(),
        members: Vec::new(),
        part_of: None,
        holder: None,
        qid: None,
        note: String::new(),
        extra: BTreeMap::new(),
    }))
}

/// Files under a folder of the project, by path.
pub fn files_under(fs: &MemFs, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = root().join(folder);
    fs.files().into_iter().filter(|(path, _)| path.starts_with(&folder)).collect()
}

/// The one journal file of an annotator.
pub fn journal_file(fs: &MemFs, annotator: &str) -> (PathBuf, Vec<u8>) {
    let mut files = files_under(fs, &format!("journal/{annotator}")).into_iter();
    let file = files.next().unwrap();
    assert!(files.next().is_none(), "more than one file");
    file
}

pub fn codes(records: &Records) -> Vec<&'static str> {
    records.diagnostics.iter().map(|found| found.code).collect()
}

/// What must be equal on all copies that hold the same records.
pub fn essence(mut records: Records) -> Records {
    records.diagnostics.clear();
    records
}

pub fn path(name: &str) -> PathBuf {
    Path::new("/p").join(name)
}
