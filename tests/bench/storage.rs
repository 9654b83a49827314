//! How long keeping takes: from a command to the disk, and from the records back to a state.
#![expect(clippy::unwrap_used, reason = "a bench that fails may panic")]

use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use hashiya::edit::{Content, Edit, Place, Transaction};
use hashiya::env::{Env, Timestamp};
use hashiya::model::{ArticleFacts, ArticleId, ArticleKey, LineId, Mention, Provenance};
use hashiya::storage::{DiskFs, DraftArticle, ImportDraft, JournalWriter, QueueError, SessionStart, Store};
use hashiya::text::{Span, SpanSet};

const TEXT: &str = "Blue Delta signed the accord in the harbour on Monday.";

fn writer(store: &Store, session: u64) -> JournalWriter {
    let start = SessionStart { annotator: "ann".into(), session, date: "2026-11-24".into(), seen: vec![] };
    JournalWriter::start(store, start).unwrap()
}

fn article(number: u64) -> ArticleId {
    ArticleFacts::of(ArticleKey::Id(format!("a{number}")), TEXT).id
}

fn mention(lamport: u64, over: Vec<LineId>) -> Transaction {
    let at = Timestamp("2026-11-24T09:30:00.000Z".into());
    let spans = SpanSet::one(Span::new(0, 10)).unwrap();
    let id = format!("01JD{lamport:022}");
    let mention = Mention {
        id: id.as_str().into(),
        quote: spans.quote(TEXT).unwrap(),
        spans,
        label: "ORG".into(),
        attributes: std::collections::BTreeMap::new(),
        entity: None,
        note: String::new(),
        provenance: Provenance::manual("ann".into(), at.clone()),
        extra: std::collections::BTreeMap::new(),
    };
    Transaction {
        lamport,
        at,
        by: "ann".into(),
        scheme: "0123456789abcdef0123456789abcdef".into(),
        cause: "add_mention".into(),
        batch: None,
        reverses: None,
        edits: vec![Edit {
            place: Place::Mention(article(lamport % 500), id.as_str().into()),
            over,
            before: None,
            after: Some(Content::Mention(Box::new(mention))),
        }],
    }
}

/// A project with `count` transactions on 500 articles.
fn project(root: &Path, count: u64) -> Store {
    let store = Store::create(Arc::new(DiskFs), root, "bench", &Env::fixed(1)).unwrap();
    let article = |number| DraftArticle {
        facts: ArticleFacts::of(ArticleKey::Id(format!("a{number}")), TEXT),
        text: Arc::from(TEXT),
        source: None,
    };
    let draft = ImportDraft { articles: (0..500).map(article).collect(), ..ImportDraft::default() };
    let import = store.write_import(&draft).unwrap();
    let writer = writer(&store, 1);
    let mut register = mention(1, vec![]);
    register.edits[0].place = Place::Registration(import);
    register.edits[0].after = Some(Content::Registered);
    writer.append(&register).unwrap();
    for lamport in 2..=count {
        while writer.append(&mention(lamport, vec![])) == Err(QueueError::Full) {
            writer.wait_durable().unwrap();
        }
    }
    writer.close().unwrap();
    store
}

fn durable(bench: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let store = project(&folder.path().join("p"), 10);
    let writer = writer(&store, 2);
    let mut lamport = 100;
    bench.bench_function("command to durable", |timer| {
        timer.iter(|| {
            lamport += 1;
            writer.append(&mention(lamport, vec![])).unwrap();
            writer.wait_durable().unwrap();
        });
    });
}

fn replay(bench: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let store = project(&folder.path().join("p"), 10_000);
    let mut group = bench.benchmark_group("opening");
    group.sample_size(10);
    group.bench_function("replay of 10000 transactions", |timer| timer.iter(|| store.read_records().unwrap()));
    store.write_checkpoint(&"ann".into()).unwrap();
    group.bench_function("10000 transactions by checkpoint", |timer| {
        timer.iter(|| store.read_records_shortly().unwrap());
    });
    let writer = writer(&store, 3);
    let mut lamport = 20_000;
    group.bench_function("checkpoint after an edit", |timer| {
        timer.iter(|| {
            lamport += 1;
            writer.append(&mention(lamport, vec![])).unwrap();
            writer.wait_durable().unwrap();
            store.write_checkpoint(&"ann".into()).unwrap();
        });
    });
    group.finish();
}

criterion_group!(benches, durable, replay);
criterion_main!(benches);
