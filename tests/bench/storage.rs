//! How long keeping takes: from a command to the disk, and from the records back to a state.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that fails may panic, and it tells people what it found"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group};
use hashiya::edit::{Content, Edit, Place, Transaction};
use hashiya::env::{Env, Stopwatch, Timestamp};
use hashiya::model::{AnnotationSet, AnnotatorId, ArticleFacts, ArticleId, ArticleKey, LineId, Mention, Provenance};
use hashiya::session::{OpenOptions, Session, schemes};
use hashiya::storage::{DiskFs, DraftArticle, Fs, ImportDraft, JournalWriter, QueueError, SessionStart, Store};
use hashiya::text::{Span, SpanSet};

/// Articles of the project with transactions: 40 shards.
const ARTICLES: u64 = 10_000;

/// Mentions of each article of the annotated corpus.
const MENTIONS: u64 = 60;

/// Names the folder that a child of this process opens to tell how much memory that takes.
const OPEN: &str = "HASHIYA_BENCH_OPEN";

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
            place: Place::Mention(article(lamport % ARTICLES), id.as_str().into()),
            over,
            before: None,
            after: Some(Content::Mention(Box::new(mention))),
        }],
    }
}

/// A project with `count` transactions on its articles.
fn project(root: &Path, count: u64) -> Store {
    let store = Store::create(Arc::new(DiskFs), root, "bench", &Env::fixed(1)).unwrap();
    let article = |number| DraftArticle {
        facts: ArticleFacts::of(ArticleKey::Id(format!("a{number}")), TEXT),
        text: Arc::from(TEXT),
        source: None,
    };
    let draft = ImportDraft { articles: (0..ARTICLES).map(article).collect(), ..ImportDraft::default() };
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
    let store = project(&folder.path().join("p"), 100_000);
    let mut group = bench.benchmark_group("opening");
    group.sample_size(10);
    group.bench_function("replay of 100000 transactions", |timer| timer.iter(|| store.read_records().unwrap()));
    store.write_checkpoint(&"ann".into()).unwrap();
    group.bench_function("100000 transactions by checkpoint", |timer| {
        timer.iter(|| store.read_on_demand().unwrap());
    });
    let writer = writer(&store, 3);
    let mut lamport = 200_000;
    group.bench_function("checkpoint after an edit", |timer| {
        timer.iter_custom(|rounds| {
            let mut all = std::time::Duration::ZERO;
            for _ in 0..rounds {
                lamport += 1;
                writer.append(&mention(lamport, vec![])).unwrap();
                writer.wait_durable().unwrap();
                let stopwatch = Stopwatch::start();
                store.write_checkpoint(&"ann".into()).unwrap();
                all += stopwatch.elapsed();
            }
            all
        });
    });
    group.finish();
}

/// 10,000 articles that come with 60 mentions each.
fn annotated(root: &Path) {
    let store = Store::create(Arc::new(DiskFs), root, "bench", &Env::fixed(1)).unwrap();
    let annotator = AnnotatorId::from("ann");
    let mut draft = ImportDraft::default();
    let mut sets = BTreeMap::new();
    for number in 0..ARTICLES {
        let facts = ArticleFacts::of(ArticleKey::Id(format!("a{number}")), TEXT);
        let mut set = AnnotationSet::default();
        for count in 0..MENTIONS {
            let edit = mention(number * MENTIONS + count, vec![]).edits.remove(0);
            let Some(Content::Mention(mention)) = edit.after else { continue };
            set.mentions.insert(mention.id.clone(), *mention);
        }
        sets.insert(facts.id.clone(), set);
        draft.articles.push(DraftArticle { facts, text: Arc::from(TEXT), source: None });
    }
    draft.sets.insert(annotator.clone(), sets);
    let import = store.write_import(&draft).unwrap();
    let scheme = store.put_scheme(&schemes::news()).unwrap();
    let writer = writer(&store, 1);
    let mut register = mention(1, vec![]);
    register.edits[0].place = Place::Registration(import);
    register.edits[0].after = Some(Content::Registered);
    register.edits.push(Edit { place: Place::Scheme, over: vec![], before: None, after: Some(Content::Blob(scheme)) });
    writer.append(&register).unwrap();
    writer.close().unwrap();
}

/// Memory that this process has in use, in MiB; 0 where the system does not tell.
fn resident_mib() -> u64 {
    let status = DiskFs.read(Path::new("/proc/self/status")).unwrap_or_default();
    let status = String::from_utf8_lossy(&status);
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// The child: opens the project and tells what that took.
fn open_and_tell(root: &Path) {
    let options = OpenOptions { annotator: Some("ann".into()), read_only: true, ..OpenOptions::default() };
    let before = resident_mib();
    let stopwatch = Stopwatch::start();
    let mut session = Session::open(Arc::new(DiskFs), root, &options, Arc::new(Env::fixed(1)), None).unwrap();
    println!("  opening took {:?} and {} MiB", stopwatch.elapsed(), resident_mib() - before);
    let first = session.catalogue().row(0).unwrap().id();
    let stopwatch = Stopwatch::start();
    session.open_article(&first).unwrap();
    println!("  an article of a shard that was not read: {:?}", stopwatch.elapsed());
    let second = session.catalogue().row(1).unwrap().id();
    let stopwatch = Stopwatch::start();
    session.open_article(&second).unwrap();
    println!("  the next article: {:?}", stopwatch.elapsed());
    let stopwatch = Stopwatch::start();
    let mut mentions = 0;
    session.for_each_set(None, None, &mut |_, _, set| mentions += set.mentions.len()).unwrap();
    println!("  all {mentions} mentions, set by set: {:?}, {} MiB", stopwatch.elapsed(), resident_mib() - before);
    session.open_all().unwrap();
    println!("  all sets in memory: {} MiB", resident_mib() - before);
}

fn memory(_: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("p");
    annotated(&root);
    let open = |what: &str| {
        println!("{ARTICLES} articles with {MENTIONS} mentions each, {what}:");
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.env(OPEN, &root).status().unwrap();
    };
    open("for the first time");
    open("again");
    let store = Store::open(Arc::new(DiskFs), &root).unwrap();
    let stopwatch = Stopwatch::start();
    store.write_checkpoint(&"ann".into()).unwrap();
    println!("a whole checkpoint: {:?}", stopwatch.elapsed());
    open("over the checkpoint");
}

criterion_group!(benches, memory, durable, replay);

fn main() {
    match std::env::var_os(OPEN) {
        Some(root) => open_and_tell(Path::new(&root)),
        None => benches(),
    }
}
