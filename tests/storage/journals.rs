//! Journals on disk: what is torn, damaged, unknown or absent, and who may write.

use std::path::Path;
use std::sync::Arc;

use hashiya::edit::{Content, Place};
use hashiya::env::Env;
use hashiya::model::LineId;
use hashiya::storage::{DiskFs, Fs, LockOutcome, MemFs, SessionLock, Store, remember_session, sessions_of_copy};

use super::hand::{Hand, article, codes, create, files_under, journal_file, path, read, reopen};

/// A project with three notes of one session.
fn three_notes() -> (MemFs, Vec<LineId>) {
    let fs = MemFs::new();
    create(&fs);
    let mut hand = Hand::on(&fs, "Ali", 1);
    let lines = (0..3).map(|at| hand.set(Place::Note(article(at)), Content::Note(format!("{at}")))).collect();
    (fs, lines)
}

fn ids(fs: &MemFs) -> Vec<LineId> {
    read(fs).history.into_iter().map(|line| line.id).collect()
}

#[test]
fn a_torn_tail_is_passed_over_and_work_goes_on() {
    let (fs, lines) = three_notes();
    let (file, bytes) = journal_file(&fs, "ali");
    fs.put(&file, &bytes[..bytes.len() - 1]);
    assert_eq!(ids(&fs), lines[..2]);
    let records = read(&fs);
    let found = &records.diagnostics[0];
    assert_eq!((found.code, found.line), ("journal_torn_tail", Some(4)));
    assert!(found.file.as_deref().unwrap().starts_with("journal/ali/2026-11-24-"));
    reopen(&fs).write_checkpoint(&"Ali".into()).unwrap();
    let short = reopen(&fs).read_records_shortly().unwrap();
    assert!(short.history.is_empty() && short.diagnostics == records.diagnostics, "told on the short way too");
    // A new session writes a file of its own and does not touch this one.
    let next = Hand::on(&fs, "Ali", 2).set(Place::Note(article(5)), Content::Note("n".into()));
    assert_eq!(ids(&fs), [lines[0].clone(), lines[1].clone(), next]);
    assert_eq!(fs.read(&file).unwrap(), bytes[..bytes.len() - 1]);
    // The rest arrives.
    fs.put(&file, &bytes);
    assert_eq!(ids(&fs).len(), 4);
}

#[test]
fn a_damaged_line_is_named_and_the_others_count() {
    let (fs, lines) = three_notes();
    let (file, mut bytes) = journal_file(&fs, "ali");
    let second = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    bytes[second + 80] ^= 1;
    fs.put(&file, &bytes);
    assert_eq!(ids(&fs), [lines[0].clone(), lines[2].clone()]);
    let records = read(&fs);
    assert_eq!(codes(&records), ["journal_damaged", "journal_line_missing"]);
    assert_eq!(records.diagnostics[0].line, Some(3));
    assert!(records.read_only.is_empty());
    assert!(reopen(&fs).check().unwrap().iter().any(|found| found.code == "journal_damaged"));
}

#[test]
fn conflict_markers_and_foreign_lines_take_nothing_with_them() {
    let (fs, lines) = three_notes();
    let (file, bytes) = journal_file(&fs, "ali");
    let (other, _) = three_notes();
    let mut omar = Hand::on(&other, "omar", 5);
    omar.set(Place::Note(article(0)), Content::Note("x".into()));
    let (_, foreign) = journal_file(&other, "omar");
    fs.put(&file, &[b"<<<<<<< HEAD\n".as_slice(), &bytes, b"=======\n", &foreign, b">>>>>>> theirs\n"].concat());
    assert_eq!(ids(&fs), lines);
    assert!(codes(&read(&fs)).iter().filter(|code| **code == "journal_damaged").count() >= 3);
}

#[test]
fn a_line_kind_of_the_future_makes_its_annotator_read_only() {
    let (fs, lines) = three_notes();
    let project = reopen(&fs).header().id.clone();
    let ron = "Begin(format:3,session:\"x\",seen:[])";
    let zero = hashiya::storage::ZERO_HASH;
    let hash = hashiya::storage::hash_hex(format!("{project} ali {zero} {ron}").as_bytes());
    fs.put(&path("journal/ali/future.ron"), format!("{hash} {zero} {ron}\n").as_bytes());
    let records = read(&fs);
    assert_eq!(ids(&fs), lines, "what is known still counts");
    assert!(records.read_only["Ali"].contains("format 3"));
    reopen(&fs).write_checkpoint(&"Ali".into()).unwrap();
    assert_eq!(reopen(&fs).read_records_shortly().unwrap(), records, "a checkpoint does not hide it");
}

#[test]
fn a_file_that_vanished_is_noticed() {
    let (fs, _) = three_notes();
    let (file, _) = journal_file(&fs, "ali");
    Hand::on(&fs, "Ali", 2).set(Place::Note(article(5)), Content::Note("n".into()));
    reopen(&fs).write_checkpoint(&"Ali".into()).unwrap();
    assert!(codes(&read(&fs)).is_empty());
    fs.remove_all(&file);
    assert_eq!(codes(&read(&fs)), ["journal_line_missing"]);
    assert_eq!(codes(&reopen(&fs).read_records_shortly().unwrap()), ["journal_line_missing"]);
}

#[test]
fn every_session_names_the_ones_before_it_once() {
    let (fs, _) = three_notes();
    for session in 2..6 {
        let hand_tips = read(&fs).tips["Ali"].len();
        assert_eq!(hand_tips, 1);
        Hand::on(&fs, "Ali", session).set(Place::Note(article(5)), Content::Note(format!("{session}")));
    }
    // Two sessions side by side are two ends, until a third has seen both.
    let (mut one, mut two) = (Hand::on(&fs, "Ali", 6), Hand::on(&fs, "Ali", 7));
    one.set(Place::Flag(article(1)), Content::Marked);
    two.set(Place::Flag(article(2)), Content::Marked);
    assert_eq!(read(&fs).tips["Ali"].len(), 2);
    Hand::on(&fs, "Ali", 8).set(Place::Flag(article(3)), Content::Marked);
    assert_eq!(read(&fs).tips["Ali"].len(), 1);
    assert!(read(&fs).diagnostics.is_empty());
    assert_eq!(files_under(&fs, "journal").len(), 8);
}

#[test]
fn two_sessions_with_one_name_do_not_meet() {
    // As with a fixed environment in two copies: the second takes another file.
    let (fs, lines) = three_notes();
    Hand::on(&fs, "ali", 1).set(Place::Flag(article(0)), Content::Marked);
    assert_eq!(files_under(&fs, "journal/ali").len(), 2);
    assert_eq!(ids(&fs).len(), lines.len() + 1);
}

#[test]
fn ids_that_differ_only_in_case_are_one_annotator() {
    let (fs, _) = three_notes();
    let records = read(&fs);
    assert_eq!(records.annotator_like(&"ALI".into()), Some(&"Ali".into()));
    Hand::on(&fs, "ALI", 2).set(Place::Flag(article(0)), Content::Marked);
    assert_eq!(read(&fs).own.keys().map(hashiya::model::AnnotatorId::as_str).collect::<Vec<_>>(), ["Ali"]);
}

fn check_lock(fs: &dyn Fs, data: &Path, store: &Store) {
    let env = Env::fixed(3);
    let ask = |annotator: &str| SessionLock::acquire(fs, Some(data), store, &annotator.into(), &env);
    let first = ask("ali");
    assert!(matches!(first, LockOutcome::Ours(_)), "{first:?}");
    // The same annotator, however the id is written; the message can name the process.
    match ask("ALI") {
        LockOutcome::Taken(holder) => {
            assert_eq!(holder.pid, Some(std::process::id()));
            assert!(holder.since.starts_with("2026-"), "{holder:?}");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(ask("omar"), LockOutcome::Ours(_)));
    drop(first);
    assert!(matches!(ask("ali"), LockOutcome::Ours(_)));
    assert!(matches!(SessionLock::acquire(fs, None, store, &"ali".into(), &env), LockOutcome::Unavailable(_)));
    assert_eq!(sessions_of_copy(fs, Some(data), store).len(), 0);
    for session in ["00000000000000aa", "00000000000000ab", "00000000000000aa"] {
        remember_session(fs, Some(data), store, session).unwrap();
    }
    assert_eq!(sessions_of_copy(fs, Some(data), store).len(), 2);
}

#[test]
fn a_second_lock_holder_is_told_who_has_it() {
    let fs = MemFs::new();
    let store = create(&fs);
    check_lock(&fs, Path::new("/data"), &store);
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("p");
    let store = Store::create(Arc::new(DiskFs), &project, "Harbour", &Env::fixed(1)).unwrap();
    check_lock(&DiskFs, &folder.path().join("data"), &store);
    // A data folder that cannot be used locks nobody out.
    let no_folder = project.join("project.ron");
    let outcome = SessionLock::acquire(&DiskFs, Some(&no_folder), &store, &"ali".into(), &Env::fixed(1));
    assert!(matches!(outcome, LockOutcome::Unavailable(_)), "{outcome:?}");
}

#[test]
fn foreign_files_in_the_journal_are_named_and_ignored() {
    let (fs, lines) = three_notes();
    fs.put(&path("journal/README.txt"), b"x");
    fs.put(&path("journal/Not An Id/x.ron"), b"x");
    fs.put(&path("journal/ali/sub/x.ron"), b"x");
    fs.put(&path("journal/ali/.x.ron.1-2.tmp"), b"x");
    assert_eq!(ids(&fs), lines);
    assert_eq!(codes(&read(&fs)), ["foreign_file", "foreign_file", "foreign_file"]);
}
