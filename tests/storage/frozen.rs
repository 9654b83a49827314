//! Frozen projects of format 1: they open for ever, with what they held when they were made.
//!
//! Each stands in `tests/fixtures/projects/format-1-<name>`, beside it `format-1-<name>.said.txt`, what its records said
//! then. They were made by `HASHIYA_FREEZE=1 cargo test --test main freeze_the_projects`, which makes only those that are
//! not there. A frozen project is never made again; a new format gets projects of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::edit::{Content, Place, StatusValue};
use hashiya::env::Env;
use hashiya::formats::jsonl;
use hashiya::model::{Status, Topic};
use hashiya::session::{OpenOptions, Session, schemes};
use hashiya::storage::{DiskFs, FORMAT, MemFs, Records, Store, ZERO_HASH, hash_hex};

use super::hand::{
    Hand, article, claim, create, draft, entity, files_under, journal_file, mention, path, reopen, root,
};

const NAMES: [&str; 7] = ["plain", "torn-tail", "damaged-line", "clash", "two-schemes", "batch", "unknown-line-kind"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/projects/format-1-{name}"))
}

/// What every one begins with: an import, a scheme, work of two annotators.
fn base() -> MemFs {
    let fs = MemFs::new();
    let store = create(&fs);
    let import = store.write_import(&draft(3)).unwrap();
    let scheme = store.put_scheme(&schemes::news()).unwrap();
    let mut ali = Hand::on(&fs, "Ali", 1);
    ali.set(Place::Scheme, Content::Blob(scheme));
    ali.register(&import);
    ali.set(Place::Entity("e1".into()), entity("e1", "Blue Delta"));
    ali.set(Place::Mention(article(0), "m1".into()), mention("m1", "ORG", Some("e1")));
    ali.set(Place::Claim(article(0), "c1".into()), claim("c1", None));
    let mut omar = Hand::on(&fs, "omar", 2);
    omar.set(Place::Mention(article(0), "m1".into()), mention("m1", "PER", None));
    omar.set(Place::Setting("colour".into()), Content::Json("\"blue\"".into()));
    fs
}

fn bring(from: &MemFs, to: &MemFs) {
    crate::carry::carry((from, &root()), (to, &root()));
}

fn make(name: &str) -> MemFs {
    let fs = base();
    match name {
        "plain" => plain(&fs),
        "torn-tail" => {
            let (file, bytes) = journal_file(&fs, "omar");
            fs.put(&file, &bytes[..bytes.len() - 9]);
        }
        "damaged-line" => {
            let (file, mut bytes) = journal_file(&fs, "ali");
            let third = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2).unwrap().0;
            bytes[third + 90] ^= 1;
            fs.put(&file, &bytes);
        }
        "clash" => {
            let there = fs.duplicate();
            let place = || Place::Mention(article(0), "m1".into());
            Hand::on(&fs, "Ali", 3).set(place(), mention("m1", "GPE", None));
            Hand::on(&there, "Ali", 4).set(place(), mention("m1", "FAC", None));
            Hand::on(&fs, "Ali", 5).set(Place::Claim(article(0), "c1".into()), None);
            Hand::on(&there, "Ali", 6).set(Place::Claim(article(0), "c2".into()), claim("c2", Some("c1")));
            bring(&there, &fs);
        }
        "two-schemes" => {
            let there = fs.duplicate();
            for (fs, who, session, name) in [(&fs, "Ali", 3, "ours"), (&there, "omar", 4, "theirs")] {
                let mut scheme = schemes::news();
                scheme.name = name.to_owned();
                let id = reopen(fs).put_scheme(&scheme).unwrap();
                Hand::on(fs, who, session).set(Place::Scheme, Content::Blob(id));
            }
            bring(&there, &fs);
        }
        "batch" => {
            let mut ali = Hand::on(&fs, "Ali", 3);
            for number in 0..3 {
                let done = StatusValue { status: Status::Done, reason: String::new() };
                let mut transaction =
                    ali.transaction(vec![(Place::Status(article(number)), Some(Content::Status(done)))]);
                transaction.cause = "set_status".to_owned();
                transaction.batch = Some("B1".to_owned());
                ali.writer.append(&transaction).unwrap();
                ali.lamport += 1;
            }
            ali.writer.wait_durable().unwrap();
        }
        "unknown-line-kind" => {
            let (file, bytes) = journal_file(&fs, "omar");
            let project = reopen(&fs).header().id.clone();
            let ron = "Vote(ballot:\"yes\")";
            let hash = hash_hex(format!("{project} omar {ZERO_HASH} {ron}").as_bytes());
            fs.put(&file, &[bytes, format!("{hash} {ZERO_HASH} {ron}\n").into_bytes()].concat());
        }
        other => panic!("{other}"),
    }
    for annotator in ["Ali", "omar"] {
        reopen(&fs).write_checkpoint(&annotator.into()).unwrap();
    }
    fs
}

/// Something of every kind of place, and an undo.
fn plain(fs: &MemFs) {
    let mut ali = Hand::on(fs, "Ali", 3);
    ali.set(
        Place::Status(article(1)),
        Content::Status(StatusValue { status: Status::Skipped, reason: "short".into() }),
    );
    ali.set(Place::Note(article(1)), Content::Note("\u{645}\u{644}\u{627}\u{62D}\u{638}\u{629}".into()));
    ali.set(Place::Flag(article(2)), Content::Marked);
    let wording = [("en".to_owned(), "the harbour".to_owned())].into();
    ali.set(Place::Topic("t1".into()), Content::Topic(Box::new(Topic { wording })));
    let title = hashiya::edit::ArticleFact::Text("A better title".into());
    ali.set(Place::Fact(article(1), hashiya::edit::FactKind::Title), Content::Fact(title));
    ali.set(Place::SentenceOverride(article(0), 11), Content::Boundary(true));
    let gone = ali.set(Place::Mention(article(2), "m2".into()), mention("m2", "LOC", None));
    let mut undo = ali.transaction(vec![(Place::Mention(article(2), "m2".into()), None)]);
    undo.cause = "undo".to_owned();
    undo.reverses = Some(gone);
    ali.writer.append(&undo).unwrap();
    ali.writer.wait_durable().unwrap();
}

/// What the records say, in words that no later version may change the meaning of.
fn said(store: &Store, records: &Records) -> String {
    let mut text = String::new();
    for line in &records.history {
        let tx = &line.transaction;
        let batch = tx.batch.as_deref().unwrap_or("-");
        let reverses = tx.reverses.as_ref().map_or("-", |line| line.as_str());
        writeln!(text, "line {} {} {} {} {batch} {reverses}", line.id, tx.lamport, line.annotator, tx.cause).unwrap();
    }
    for (annotator, places) in &records.own {
        for (place, standing) in places {
            let line = standing.line.as_ref().map_or("-", |line| line.as_str());
            let state = match (&standing.value, standing.held) {
                (None, _) => "deleted",
                (Some(_), true) => "held",
                (Some(_), false) => "stands",
            };
            writeln!(text, "place of {annotator} {} {state} {line}", name(place)).unwrap();
        }
    }
    for (place, standing) in &records.shared {
        writeln!(text, "shared {} {}", name(place), standing.line.as_ref().unwrap()).unwrap();
    }
    for clash in &records.clashes {
        writeln!(text, "clash {} {} not {}", name(&clash.place), clash.standing_line, clash.line).unwrap();
    }
    for found in &records.diagnostics {
        let file = found.file.as_deref().unwrap_or("-");
        writeln!(text, "found {} {file} {}", found.code, found.line.unwrap_or(0)).unwrap();
    }
    for annotator in records.read_only.keys() {
        writeln!(text, "read-only {annotator}").unwrap();
    }
    for entry in records.articles.iter() {
        writeln!(text, "article {} {} {}", entry.name, entry.id(), store.text(&entry.id()).unwrap()).unwrap();
    }
    text
}

fn name(place: &Place) -> String {
    match place {
        Place::Mention(article, id) => format!("mention {article} {id}"),
        Place::Claim(article, id) => format!("claim {article} {id}"),
        Place::Entity(id) => format!("entity {id}"),
        Place::Topic(id) => format!("topic {id}"),
        Place::Status(article) => format!("status {article}"),
        Place::Note(article) => format!("note {article}"),
        Place::Flag(article) => format!("flag {article}"),
        Place::Fact(article, _) => format!("fact {article}"),
        Place::SentenceOverride(article, at) => format!("sentence {article} {at}"),
        Place::Setting(name) => format!("setting {name}"),
        Place::Registration(import) => format!("registration {import}"),
        Place::Scheme => "scheme".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// The values, in the exchange format.
fn values(dir: &Path) -> String {
    let options = OpenOptions { annotator: Some("Ali".into()), read_only: true, ..OpenOptions::default() };
    let session = Session::open(Arc::new(DiskFs), dir, &options, Arc::new(Env::fixed(1)), None).unwrap();
    let exchange = session.exchange(None, None).unwrap();
    let mut exporter = jsonl::exporter();
    exchange.articles.iter().for_each(|article| exporter.survey(article));
    let mut text = exporter.begin(&exchange.project);
    exchange.articles.iter().for_each(|article| text.push_str(&exporter.article(article)));
    text
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Makes the frozen projects that are not there yet, where that is asked for.
#[test]
fn freeze_the_projects_of_this_format() {
    if std::env::var_os("HASHIYA_FREEZE").is_none() {
        return;
    }
    assert_eq!(FORMAT, 1, "these are projects of format 1");
    for name in NAMES {
        let folder = folder(name);
        if folder.exists() {
            continue;
        }
        let fs = make(name);
        for (file, bytes) in files_under(&fs, "") {
            let target = folder.join(file.strip_prefix(root()).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, bytes).unwrap();
        }
        let store = Store::open(Arc::new(DiskFs), &folder).unwrap();
        std::fs::write(folder.with_extension("said.txt"), said(&store, &store.read_records().unwrap())).unwrap();
        std::fs::write(folder.with_extension("hashiya.jsonl"), values(&folder)).unwrap();
    }
}

#[test]
fn frozen_projects_say_what_they_said() {
    for name in NAMES {
        for with_checkpoints in [true, false] {
            let temporary = tempfile::tempdir().unwrap();
            let dir = temporary.path().join("p");
            copy(&folder(name), &dir);
            if !with_checkpoints {
                std::fs::remove_dir_all(dir.join("annotations")).unwrap();
            }
            let store = Store::open(Arc::new(DiskFs), &dir).unwrap();
            let records = store.read_records().unwrap();
            let expected = std::fs::read_to_string(folder(name).with_extension("said.txt")).unwrap();
            assert_eq!(said(&store, &records), expected, "{name}");
            let mut short = store.read_records_shortly().unwrap();
            short.history.clone_from(&records.history);
            assert_eq!(short, records, "{name}");
            let expected = std::fs::read_to_string(folder(name).with_extension("hashiya.jsonl")).unwrap();
            assert_eq!(values(&dir), expected, "{name}, checkpoints: {with_checkpoints}");
        }
    }
}

/// What makes each of them special, in words of this test.
#[test]
fn frozen_projects_hold_what_they_were_made_for() {
    let read = |name: &str| Store::open(Arc::new(DiskFs), &folder(name)).unwrap().read_records().unwrap();
    let found = |name: &str| read(name).diagnostics.iter().map(|found| (found.code, found.line)).collect::<Vec<_>>();
    assert_eq!(found("plain"), []);
    assert_eq!(read("plain").history.len(), 7 + 8);
    assert_eq!(found("torn-tail"), [("journal_torn_tail", Some(3))]);
    assert_eq!(found("damaged-line"), [("journal_damaged", Some(4)), ("journal_line_missing", None)]);
    assert!(!read("damaged-line").own["Ali"].contains_key(&Place::Entity("e1".into())));
    let clash = read("clash");
    assert_eq!(clash.clashes.len(), 1);
    assert!(clash.own["Ali"][&Place::Claim(article(0), "c1".into())].held);
    let schemes = read("two-schemes");
    assert_eq!(schemes.clashes.iter().map(|clash| &clash.place).collect::<Vec<_>>(), [&Place::Scheme]);
    let batch = read("batch");
    assert_eq!(batch.history.iter().filter(|line| line.transaction.batch.as_deref() == Some("B1")).count(), 3);
    let unknown = read("unknown-line-kind");
    assert_eq!(unknown.read_only.keys().map(hashiya::model::AnnotatorId::as_str).collect::<Vec<_>>(), ["omar"]);
    assert_eq!(found("unknown-line-kind"), [("journal_newer", Some(4))]);
    assert!(unknown.own["omar"].contains_key(&Place::Mention(article(0), "m1".into())), "what is known counts");
}

#[test]
fn a_format_of_the_future_is_refused_with_a_sentence() {
    let fs = base();
    let file = path("project.ron");
    let text = String::from_utf8(fs.files()[&file].clone()).unwrap();
    let newer = text.replacen(&format!("format: {FORMAT}"), "format: 7,\n  colour: \"blue\"", 1);
    fs.put(&file, newer.as_bytes());
    let error = Store::open(super::hand::shared(&fs), &root()).unwrap_err().to_string();
    assert!(error.contains("format 7") && error.contains("newer Hashiya"), "{error}");
}
