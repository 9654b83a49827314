//! Promises that show in the files: what `src/lib.rs` says of records, seen from outside. `session/invariants.rs` has those of
//! the session.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hashiya::formats::{ImportOptions, SourceFile, format_for_import};
use hashiya::model::{AnnotationId, ArticleId};
use hashiya::session::{Command, HistoryFilter, SaveState, Session};
use hashiya::storage::MemFs;

use crate::project::{HARBOUR, create, folder, import_text, made, mention, open};
use crate::synth;

/// A project with some work of `annotator` on one article.
fn worked(fs: &MemFs, annotator: &str) -> (Session, ArticleId) {
    let mut session = create(fs, annotator, 1);
    let article = import_text(&mut session, "harbour.txt", HARBOUR);
    work(&mut session, &article);
    (session, article)
}

fn work(session: &mut Session, article: &ArticleId) {
    let name = "\u{627}\u{644}\u{635}\u{641}\u{648}\u{627}\u{646}\u{64a}";
    let first = mention(session, article, "PER", name, 0);
    mention(session, article, "NUM", "62.35%", 0);
    mention(session, article, "ORG", "AquaTrack", 0);
    session.run(Command::Delete { article: article.clone(), what: vec![AnnotationId::Mention(made(&first))] }).unwrap();
    session.run(Command::Undo).unwrap();
    session.run(Command::SetFlag { article: article.clone(), flagged: true }).unwrap();
    session.wait_durable().unwrap();
}

fn files(fs: &MemFs) -> BTreeMap<PathBuf, Vec<u8>> {
    fs.files().into_iter().filter(|(path, _)| path.starts_with(folder())).collect()
}

/// Files that are records: written once, or only appended to.
fn records(fs: &MemFs) -> BTreeMap<PathBuf, Vec<u8>> {
    let is_record = |path: &PathBuf| {
        let inner = path.strip_prefix(folder()).unwrap();
        ["project.ron", "corpus", "blobs", "layers", "journal"].iter().any(|top| inner.starts_with(top))
    };
    files(fs).into_iter().filter(|(path, _)| is_record(path)).collect()
}

#[test]
fn text_is_frozen() {
    let fs = MemFs::new();
    let (session, article) = worked(&fs, "ann");
    assert_eq!(&*session.article(&article).unwrap().text, HARBOUR);
    let stored = files(&fs);
    let shard = stored.iter().find(|(path, _)| path.ends_with("00000.txt")).unwrap();
    assert!(String::from_utf8_lossy(shard.1).contains(HARBOUR), "the text stands in the shard as it is");
    for item in session.set(&article).mentions.values() {
        assert_eq!(Some(item.quote.clone()), item.spans.quote(HARBOUR), "each annotation keeps its quote");
    }
    session.close().unwrap();

    // A text that changed behind our back is not shown as if nothing had happened.
    let mut changed = shard.1.clone();
    changed[0] ^= 1;
    fs.put(shard.0, &changed);
    let session = open(&fs, "ann", 2);
    assert!(session.article(&article).is_err());
}

#[test]
fn records_only_grow() {
    let fs = MemFs::new();
    let (mut session, article) = worked(&fs, "ann");
    let mut before = records(&fs);
    let lines = session.history(&HistoryFilter::default()).len();
    for command in [Command::Undo, Command::Undo, Command::Redo] {
        session.run(command).unwrap();
        session.wait_durable().unwrap();
        let after = records(&fs);
        for (path, bytes) in &before {
            let now = after.get(path).unwrap_or_else(|| panic!("{} vanished", path.display()));
            assert!(now.starts_with(bytes), "{} was rewritten", path.display());
        }
        before = after;
    }
    assert_eq!(session.history(&HistoryFilter::default()).len(), lines + 3, "undo is a new entry");
    let (state, set) = (session.state().clone(), session.set(&article).clone());
    session.close().unwrap();

    // The state is what the records give; a checkpoint is a shortcut to it.
    for keep_checkpoints in [true, false] {
        let copy = fs.duplicate();
        if !keep_checkpoints {
            copy.remove_all(&folder().join("annotations"));
            copy.remove_all(&folder().join(".cache"));
        }
        let session = open(&copy, "ann", 3);
        assert_eq!(session.state(), &state, "checkpoints: {keep_checkpoints}");
        assert_eq!(session.set(&article), &set);
    }
}

#[test]
fn saved_means_durable() {
    let fs = MemFs::new();
    let (mut session, article) = worked(&fs, "ann");
    for flagged in [false, true, false] {
        session.run(Command::SetFlag { article: article.clone(), flagged }).unwrap();
        // Whatever the writer is doing: once the session says "saved", a power cut leaves it.
        while session.save_state() != SaveState::Saved {
            std::thread::yield_now();
        }
        for seed in 0..8 {
            let left = fs.after_power_cut(seed);
            let reopened = open(&left, "ann", 9);
            assert_eq!(reopened.set(&article), session.set(&article), "seed {seed}");
        }
    }
}

#[test]
fn content_never_fails_an_import() {
    let mut dice = synth::Dice::new(5);
    let text = synth::noisy_article(7, 3000);
    for name in ["text", "hashiya-jsonl"] {
        let import = format_for_import(name).unwrap();
        for round in 0..200 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=round % 20 {
                let at = dice.below(bytes.len());
                bytes[at] = dice.next() as u8;
            }
            bytes.truncate(dice.below(bytes.len()) + 1);
            // Returns articles or findings, or both; it never panics and never stays silent.
            let (exchange, findings) = import(&SourceFile { name: "a.txt", bytes: &bytes }, &ImportOptions::default());
            assert!(!exchange.articles.is_empty() || !findings.is_empty());
        }
    }
}

#[test]
fn order_is_deterministic() {
    let once = || {
        let fs = MemFs::new();
        let (session, _) = worked(&fs, "ann");
        let rows: Vec<_> = session.catalogue().rows().map(|row| row.name.to_owned()).collect();
        session.close().unwrap();
        (rows, files(&fs))
    };
    let (first, second) = (once(), once());
    assert_eq!(first.0, second.0);
    assert_eq!(first.1.keys().collect::<Vec<_>>(), second.1.keys().collect::<Vec<_>>());
    for (path, bytes) in &first.1 {
        assert_eq!(Some(bytes), second.1.get(path), "{}", path.display());
    }
}

#[test]
fn a_record_is_written_once() {
    let fs = MemFs::new();
    let (session, article) = worked(&fs, "ann");
    session.close().unwrap();
    let before = records(&fs);
    let mut session = open(&fs, "ann", 2);
    mention(&mut session, &article, "TIME", "(18/03)", 0);
    session.close().unwrap();
    let after = records(&fs);
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{} belongs to an earlier session", path.display());
    }
    let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert_eq!(new.len(), 1, "one session, one new journal file: {new:?}");
}

#[test]
fn state_is_a_function_of_the_set_of_records() {
    // Two people work on two copies of one project without knowing of each other.
    let fs = MemFs::new();
    let (session, article) = worked(&fs, "ann");
    session.close().unwrap();
    let left = fs.duplicate();
    let right = fs.duplicate();
    let mut first = open(&left, "ann", 11);
    mention(&mut first, &article, "TIME", "(18/03)", 0);
    first.close().unwrap();
    let mut second = open(&right, "bea", 12);
    mention(&mut second, &article, "NUM", "42.5%", 0);
    second.run(Command::SetFlag { article: article.clone(), flagged: true }).unwrap();
    second.close().unwrap();

    // Whichever copy the other's records arrive in, and however often, the states and the checkpoints are the same.
    let arrive = |into: &MemFs, from: &MemFs| {
        let united = into.duplicate();
        for (path, bytes) in records(from) {
            united.put(&path, &bytes);
        }
        united.remove_all(&folder().join("annotations"));
        united.remove_all(&folder().join(".cache"));
        united
    };
    let unions = [arrive(&left, &right), arrive(&right, &left), arrive(&arrive(&left, &right), &left)];
    let mut seen = Vec::new();
    for fs in &unions {
        let states = ["ann", "bea"].map(|name| {
            let session = open(fs, name, 20);
            session.store().write_checkpoint(&name.into()).unwrap();
            (
                session.state().clone(),
                session.set_of(&"ann".into(), &article).clone(),
                session.set_of(&"bea".into(), &article).clone(),
            )
        });
        let checkpoints: BTreeMap<_, _> = files(fs)
            .into_iter()
            .filter(|(path, _)| path.starts_with(folder().join("annotations")) && !path.ends_with("index.ron"))
            .collect();
        assert!(!checkpoints.is_empty());
        seen.push((states, checkpoints));
    }
    for other in &seen[1..] {
        assert!(other.0 == seen[0].0, "the states differ");
        assert_eq!(other.1, seen[0].1);
    }
    // Both people's work is there.
    assert_eq!(seen[0].0[0].1.mentions.len(), 4);
    assert_eq!(seen[0].0[0].2.mentions.len(), 1);
}
