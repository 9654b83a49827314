//! What own commands change of imports and scheme is read by a thread, while the session goes on.

use std::sync::Arc;
use std::time::Duration;

use hashiya::env::Env;
use hashiya::formats::ImportOptions;
use hashiya::model::{ArticleId, Exchange, ExchangeProject, ImportId};
use hashiya::session::{
    Command, CommandError, ImportBytes, ImportFile, ImportJob, ImportReport, ImportStage, JobState, OpenOptions,
    Session,
};
use hashiya::storage::{Fs, MemFs};

use super::gate::GateFs;
use super::world::{BRIEF, World, exchange_article, first, rows, shown};

const LONG: Duration = Duration::from_hours(1);

/// One article that the project has, and one that is new.
fn more() -> Exchange {
    let articles = vec![exchange_article("news-2", BRIEF), exchange_article("news-3", "Third.")];
    Exchange { project: ExchangeProject::default(), articles }
}

/// A session of amal's that reads beside, with a line of its own in its journal.
fn reading_beside(memory: &MemFs) -> (World, Session) {
    let world = World { fs: Arc::new(memory.clone()), ..World::new() };
    world.with_news().close().unwrap();
    let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
    let env = Arc::new(Env::fixed(31));
    let mut session = Session::open(Arc::clone(&world.fs), &world.dir, &options, env, Some(&world.data)).unwrap();
    session.start_following(LONG, || {}).unwrap();
    session.read_beside();
    note(&mut session, "before");
    session.wait_durable().unwrap();
    session.catch_up();
    (world, session)
}

fn note(session: &mut Session, note: &str) {
    let article = first(session);
    session.run(Command::SetArticleNote { article, note: note.into() }).unwrap();
}

fn note_of(session: &mut Session) -> String {
    let article = first(session);
    session.open_article(&article).unwrap();
    session.set(&article).note.clone()
}

/// Takes in what the thread reads until all that was done is in.
fn take_in(session: &mut Session) {
    for _ in 0..8 {
        session.catch_up();
        if !session.is_reading() {
            return;
        }
    }
    panic!("it is never read");
}

/// Lets the job go on until its import is registered.
fn register(session: &mut Session, job: &mut ImportJob) {
    while !session.is_reading() {
        assert!(matches!(session.poll_import(job), JobState::Running(..)), "it ended before its articles were there");
        std::thread::yield_now();
    }
}

fn report(session: &mut Session, job: &mut ImportJob) -> ImportReport {
    match session.poll_import(job) {
        JobState::Done(report) => report,
        other => panic!("{other:?}"),
    }
}

/// What a session that reads everything anew sees.
fn anew(world: &World) -> (Vec<String>, super::world::Shown) {
    let session = world.open_as("amal");
    (rows(&session), shown(&session))
}

#[test]
fn an_import_is_taken_in_later_and_nothing_done_meanwhile_is_lost() {
    let memory = MemFs::new();
    let (world, mut session) = reading_beside(&memory);
    let third: ArticleId = more().articles[1].facts.id.clone();
    let second: ArticleId = more().articles[0].facts.id.clone();
    let mut job = session.start_import_of(more(), vec!["more.jsonl".into()]).unwrap();
    register(&mut session, &mut job);
    // The catalogue is as it was, and the session works.
    assert_eq!(session.catalogue().len(), 2);
    assert!(matches!(session.poll_import(&mut job), JobState::Running(..)));
    let article = third.clone();
    let refused = session.run(Command::SetArticleNote { article, note: "too early".into() });
    assert!(matches!(refused, Err(CommandError::NoArticle { .. })), "{refused:?}");
    note(&mut session, "meanwhile");
    take_in(&mut session);
    let report = report(&mut session, &mut job);
    assert_eq!((report.added, report.known), (vec![third.clone()], vec![second]));
    assert!(report.line.is_some());
    assert_eq!(session.catalogue().len(), 3);
    assert_eq!(note_of(&mut session), "meanwhile");
    session.run(Command::SetArticleNote { article: third, note: "now".into() }).unwrap();
    session.open_all().unwrap();
    let seen = (rows(&session), shown(&session));
    session.close().unwrap();
    assert_eq!(anew(&world), seen);
}

#[test]
fn undo_and_redo_of_an_import_are_taken_in_later() {
    let memory = MemFs::new();
    let (world, mut session) = reading_beside(&memory);
    let mut job = session.start_import_of(more(), Vec::new()).unwrap();
    register(&mut session, &mut job);
    take_in(&mut session);
    report(&mut session, &mut job);
    for (command, len) in [(Command::Undo, 2), (Command::Redo, 3), (Command::Undo, 2)] {
        let before = session.catalogue().len();
        session.run(command).unwrap();
        assert!(session.is_reading());
        assert_eq!(session.catalogue().len(), before, "it was read at once");
        take_in(&mut session);
        assert_eq!(session.catalogue().len(), len);
    }
    // Both at once, and an edit between.
    session.run(Command::Redo).unwrap();
    session.run(Command::Undo).unwrap();
    note(&mut session, "between");
    take_in(&mut session);
    assert_eq!((session.catalogue().len(), note_of(&mut session).as_str()), (2, "between"));
    session.open_all().unwrap();
    let seen = (rows(&session), shown(&session));
    session.close().unwrap();
    assert_eq!(anew(&world), seen);
}

#[test]
fn another_scheme_is_taken_in_later() {
    let memory = MemFs::new();
    let (_, mut session) = reading_beside(&memory);
    let old = session.scheme_id().clone();
    let mut scheme = session.scheme().as_ref().clone();
    (scheme.parent, scheme.version) = (Some(old.clone()), "two".to_owned());
    let new = session.store().put_scheme(&scheme).unwrap();
    session.run(Command::SetScheme { scheme: new.clone() }).unwrap();
    assert_eq!(session.scheme_id(), &old, "it was read at once");
    note(&mut session, "meanwhile");
    take_in(&mut session);
    assert_eq!((session.scheme_id(), session.scheme().version.as_str()), (&new, "two"));
    assert_eq!(note_of(&mut session), "meanwhile");
}

#[test]
fn a_reading_that_failed_is_made_up_for() {
    let memory = MemFs::new();
    let (world, mut session) = reading_beside(&memory);
    let import: ImportId = session.state().registrations().iter().next_back().unwrap().clone();
    let (header, away) = (world.dir.join("project.ron"), world.dir.join("project.away"));
    memory.rename(&header, &away).unwrap();
    session.run(Command::WithdrawImport { import }).unwrap();
    session.wait_durable().unwrap();
    assert!(!session.catch_up().changed);
    assert!(session.is_reading() && !session.is_reachable());
    // The same file again: nothing in the folder is other than it was.
    memory.rename(&away, &header).unwrap();
    take_in(&mut session);
    assert!(session.is_reachable());
    // The article with the note stays, because somebody worked on it.
    assert_eq!(session.catalogue().len(), 1);
}

#[test]
fn who_wants_the_articles_at_once_gets_them() {
    let memory = MemFs::new();
    let (_, mut session) = reading_beside(&memory);
    let report = session.import(more(), Vec::new()).unwrap();
    assert_eq!((report.added.len(), report.known.len(), session.catalogue().len()), (1, 1, 3));
    assert!(!session.is_reading());
    // What the thread has read by then takes nothing back.
    session.catch_up();
    assert_eq!(session.catalogue().len(), 3);
}

/// Asks until the job has ended.
fn end(session: &mut Session, job: &mut ImportJob) -> JobState {
    loop {
        match session.poll_import(job) {
            JobState::Running(..) => std::thread::sleep(Duration::from_millis(2)),
            other => return other,
        }
    }
}

#[test]
fn an_import_that_waits_for_the_folder_says_so_and_is_stopped() {
    let memory = MemFs::new();
    let (world, mut session) = reading_beside(&memory);
    let (header, away) = (world.dir.join("project.ron"), world.dir.join("project.away"));
    let mut job = session.start_import_of(more(), vec!["more.jsonl".into()]).unwrap();
    // The thread may be faster than the loss of the folder: it is lost first.
    memory.rename(&header, &away).unwrap();
    register(&mut session, &mut job);
    assert!(!session.catch_up().changed);
    match session.import_stage(&job) {
        ImportStage::TakingIn(Some(reason)) => assert!(reason.contains("cannot be read"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(session.poll_import(&mut job), JobState::Running(..)));
    job.cancel();
    assert!(matches!(session.poll_import(&mut job), JobState::Cancelled));
    session.wait_durable().unwrap();
    // Once the folder is back, everything is as it was, and the same import can be made again.
    memory.rename(&away, &header).unwrap();
    take_in(&mut session);
    assert_eq!(session.catalogue().len(), 2);
    let mut job = session.start_import_of(more(), vec!["more.jsonl".into()]).unwrap();
    register(&mut session, &mut job);
    take_in(&mut session);
    assert_eq!(report(&mut session, &mut job).added.len(), 1);
    session.close().unwrap();
    assert_eq!(anew(&world).0.len(), 3);
}

#[test]
fn a_file_that_never_answers_is_named_and_left() {
    for name in ["slow.txt", "slow.jsonl"] {
        let memory = MemFs::new();
        let (_, mut session) = reading_beside(&memory);
        let (share, path) = (std::path::Path::new("/share"), std::path::PathBuf::from(format!("/share/{name}")));
        memory.create_dir_all(share).unwrap();
        memory.write_new(&path, b"A text that nobody gets.").unwrap();
        let gate = GateFs::hanging(&memory, share);
        let file = ImportFile {
            name: name.into(),
            shown: path.display().to_string(),
            bytes: ImportBytes::Disk(Arc::new(gate.clone()), path.clone()),
            format: None,
            encoding: None,
        };
        let mut job = session.start_import(vec![file], ImportOptions::default()).unwrap();
        gate.wait_for_someone();
        assert_eq!(session.import_stage(&job), ImportStage::Files(Some(path.display().to_string())));
        assert!(matches!(session.poll_import(&mut job), JobState::Running(..)));
        job.cancel();
        assert_eq!(session.import_stage(&job), ImportStage::Stopping);
        assert!(matches!(end(&mut session, &mut job), JobState::Cancelled));
        // Others go on meanwhile, and what comes of the file in the end is nothing.
        let mut other = session.start_import_of(more(), Vec::new()).unwrap();
        register(&mut session, &mut other);
        take_in(&mut session);
        assert_eq!(report(&mut session, &mut other).added.len(), 1);
        assert!(gate.open(), "it was let go before it gave up");
        std::thread::sleep(Duration::from_millis(50));
        take_in(&mut session);
        assert_eq!(session.catalogue().len(), 3);
    }
}
