//! Making, opening, and who may write.

use std::path::Path;
use std::sync::Arc;

use hashiya::model::{Direction, Exchange};
use hashiya::session::{
    Command, CommandError, JobState, NewProject, OpenOptions, SaveState, Session, SessionError, schemes,
};
use hashiya::storage::{DiskFs, Fs};

use super::world::{World, add, added, first, news, span};

const PUTIN: &str = "بوتين";

#[test]
fn a_second_window_of_the_same_annotator_only_reads() {
    let folder = tempfile::tempdir().unwrap();
    let world =
        World { fs: Arc::new(DiskFs), dir: folder.path().join("news"), data: folder.path().join("data"), seed: 3 };
    let mut first_window = world.with_news();
    let mut second = world.open();
    assert!(second.locked_by().is_some());
    let SaveState::ReadOnly { reason, unsaved: 0 } = second.save_state() else { panic!("it can write") };
    assert!(reason.contains("another window") && reason.contains("amal"), "{reason}");
    let refused = add(&mut second, "PER", span(PUTIN, 0));
    assert!(matches!(refused, Err(CommandError::ReadOnly { .. })));
    assert!(!second.can_undo());
    // Another annotator is not in the way.
    let other = world.open_as("basim");
    assert!(other.locked_by().is_none() && other.read_only_reason().is_none());
    // It takes over once the first is gone, and has what was done there.
    assert!(!second.take_over().unwrap());
    added(&mut first_window, "PER", span(PUTIN, 0));
    let state = first_window.state().clone();
    first_window.close().unwrap();
    assert!(second.take_over().unwrap());
    assert_eq!(second.state(), &state);
    assert!(add(&mut second, "GPE", span(PUTIN, 0)).unwrap().line.is_some());
    second.close().unwrap();
}

#[test]
fn the_annotator_is_given_recorded_or_the_only_one() {
    let world = World::new();
    world.with_news().close().unwrap();
    let forgetful =
        |options: &OpenOptions| Session::open(Arc::clone(&world.fs), &world.dir, options, world.env(), None);
    assert_eq!(forgetful(&OpenOptions::default()).unwrap().annotator().as_str(), "amal");
    let mut other = world.open_as("basim");
    let article = first(&other);
    other.run(Command::SetFlag { article, flagged: true }).unwrap();
    other.close().unwrap();
    // Recorded last.
    assert_eq!(world.open().annotator().as_str(), "basim");
    let error = forgetful(&OpenOptions::default()).unwrap_err();
    assert!(error.to_string().contains("amal, basim"), "{error}");
    let any = OpenOptions { read_only: true, any_annotator: true, ..OpenOptions::default() };
    let reader = forgetful(&any).unwrap();
    assert_eq!(
        reader.annotators().iter().map(hashiya::model::AnnotatorId::as_str).collect::<Vec<_>>(),
        ["amal", "basim"]
    );
    assert!(matches!(reader.save_state(), SaveState::ReadOnly { .. }));
    let as_id = |id: &str| OpenOptions { annotator: Some(id.into()), ..OpenOptions::default() };
    assert!(matches!(world.open_with(&as_id("Amal")), Err(SessionError::OnlyCase { .. })));
    assert!(matches!(world.open_with(&as_id("no spaces")), Err(SessionError::BadAnnotator { .. })));
}

#[test]
fn who_made_an_empty_project_is_its_only_annotator() {
    let world = World::new();
    world.create("amal").close().unwrap();
    let session = Session::open(Arc::clone(&world.fs), &world.dir, &OpenOptions::default(), world.env(), None).unwrap();
    assert_eq!(session.annotator().as_str(), "amal");
    assert_eq!(session.problems(), &[]);
    assert!(session.catalogue().is_empty());
}

#[test]
fn one_annotator_sees_the_others_sets_and_shared_corrections() {
    let world = World::new();
    let mut amal = world.with_news();
    added(&mut amal, "PER", span(PUTIN, 0));
    let article = first(&amal);
    let fact = hashiya::edit::FactKind::Title;
    let value = hashiya::edit::ArticleFact::Text("Shared".into());
    amal.run(Command::SetFact { article: article.clone(), fact, value }).unwrap();
    amal.close().unwrap();
    let basim = world.open_as("basim");
    assert!(basim.set(&article).is_empty());
    assert_eq!(basim.set_of(&"amal".into(), &article).mentions.len(), 1);
    assert_eq!(basim.row(&article).unwrap().title, "Shared");
    assert_eq!(basim.exchange(None, None).unwrap().articles[0].sets.len(), 1);
}

#[test]
fn an_import_brings_each_article_once() {
    let world = World::new();
    let mut session = world.with_news();
    let again = session.import(news(), vec!["news.jsonl".into()]).unwrap();
    assert_eq!((again.line, again.added.len(), again.known.len()), (None, 0, 2));
    assert_eq!(session.catalogue().len(), 2);
    let empty = session.import(Exchange::default(), Vec::new());
    assert!(empty.is_err() || session.catalogue().len() == 2);
}

#[test]
fn directions_that_come_along_are_undone_with_their_import() {
    let world = World::new();
    let mut session = world.create("amal");
    let mut exchange = news();
    exchange.articles[1].paragraph_directions.insert(0, Direction::Ltr);
    session.import(exchange, vec!["news.jsonl".into()]).unwrap();
    let second = session.catalogue().row(1).unwrap().id();
    assert_eq!(session.paragraph_directions(&second).get(&0), Some(&Direction::Ltr));
    session.run(Command::Undo).unwrap();
    assert!(session.state().registrations().is_empty());
    assert!(session.paragraph_directions(&second).is_empty());
    assert!(!session.can_undo());
    session.run(Command::Redo).unwrap();
    assert_eq!(session.paragraph_directions(&second).get(&0), Some(&Direction::Ltr));
}

#[test]
fn an_import_runs_beside_the_window_and_can_be_cancelled() {
    let world = World::new();
    let mut session = world.create("amal");
    let wait = |session: &mut Session, mut job| loop {
        match session.poll_import(&mut job) {
            JobState::Running(..) => std::thread::yield_now(),
            state => return state,
        }
    };
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"Text of {id}.\"}}\n");
    let file = |bytes| hashiya::session::ImportFile {
        name: "news.hashiya.jsonl".into(),
        shown: "news.hashiya.jsonl".into(),
        bytes,
        format: None,
        encoding: None,
    };
    let in_memory = || {
        let text = format!("{{\"hashiya_jsonl\":1}}\n{}{}", line("a"), line("b"));
        vec![file(hashiya::session::ImportBytes::Memory(text.into_bytes().into()))]
    };
    let job = session.start_import(in_memory(), hashiya::formats::ImportOptions::default()).unwrap();
    job.cancel();
    assert!(matches!(wait(&mut session, job), JobState::Cancelled));
    assert!(session.catalogue().is_empty());

    let job = session.start_import(in_memory(), hashiya::formats::ImportOptions::default()).unwrap();
    let JobState::Done(report) = wait(&mut session, job) else { panic!("it is not done") };
    assert_eq!(report.added.len(), 2);
    assert_eq!(session.catalogue().len(), 2);

    let missing = hashiya::session::ImportBytes::Disk(world.fs.clone(), "/p/missing.hashiya.jsonl".into());
    let job = session.start_import(vec![file(missing)], hashiya::formats::ImportOptions::default()).unwrap();
    let JobState::Failed(error) = wait(&mut session, job) else { panic!("it did not fail") };
    assert!(error.to_string().contains("cannot read /p/missing.hashiya.jsonl"), "{error}");
}

#[test]
fn a_copy_opens_with_everything() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let state = session.state().clone();
    session.wait_durable().unwrap();
    let copy = Path::new("/p/copy");
    assert!(session.save_copy(copy).unwrap().is_empty());
    let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
    let copied = world.open_at(copy, &options).unwrap();
    assert_eq!(copied.state(), &state);
    assert_eq!(copied.header().id, session.header().id);
}

#[test]
fn what_is_not_a_project_says_so() {
    let world = World::new();
    let error = world.open_with(&OpenOptions::default()).unwrap_err();
    assert!(error.to_string().contains("/p/news"), "{error}");
    world.with_news().close().unwrap();
    let new = NewProject { name: "x".into(), scheme: schemes::news(), annotator: "amal".into() };
    let again = Session::create(Arc::clone(&world.fs), &world.dir, &new, world.env(), None);
    assert!(again.is_err());
    let bad = NewProject { annotator: "a b".into(), ..new };
    let fs: Arc<dyn Fs> = Arc::clone(&world.fs);
    assert!(matches!(
        Session::create(fs, Path::new("/q"), &bad, world.env(), None),
        Err(SessionError::BadAnnotator { .. })
    ));
}
