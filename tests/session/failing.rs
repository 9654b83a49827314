//! What happens when the disk fails: nothing is called saved that is not, and nothing that is shown is lost.

use std::path::Path;
use std::sync::Arc;

use hashiya::model::Attributes;
use hashiya::session::{Command, CommandError, OpenOptions, SaveState, Session};
use hashiya::storage::{Fault, FaultyFs, MemFs};

use super::world::{World, added, first, set, span};

const PUTIN: &str = "بوتين";

fn mark(session: &mut Session, label: &str) -> Result<bool, CommandError> {
    let command = Command::AddMention {
        article: first(session),
        label: label.into(),
        spans: set(&[span(PUTIN, 0)]),
        attributes: Attributes::new(),
    };
    session.run(command).map(|outcome| outcome.line.is_some())
}

/// Reads and writes what is still to be read or written, so that the next operations are those of the next command.
fn ready(session: &Session) {
    session.article(&first(session)).unwrap();
    session.wait_durable().unwrap();
}

/// A project on a file system that fails once, `at` operations after the project was made.
fn world_that_fails(at: u64) -> (World, Session) {
    let made_by = {
        let counted = FaultyFs::new(Arc::new(MemFs::new()), 0, Fault::Once);
        let world = World { fs: Arc::new(counted.clone()), ..World::new() };
        let session = world.with_news();
        ready(&session);
        counted.operations()
    };
    let fs = FaultyFs::new(Arc::new(MemFs::new()), made_by + at, Fault::Once);
    let world = World { fs: Arc::new(fs), ..World::new() };
    let session = world.with_news();
    ready(&session);
    (world, session)
}

#[test]
fn after_a_failed_write_the_session_only_reads_and_can_be_copied() {
    let mut failures = 0;
    for at in 1..=12 {
        let (world, mut session) = world_that_fails(at);
        added(&mut session, "PER", span(PUTIN, 0));
        let saved = session.wait_durable();
        let state = session.state().clone();
        if saved.is_ok() {
            assert_eq!(session.save_state(), SaveState::Saved);
            continue;
        }
        failures += 1;
        let SaveState::ReadOnly { reason, unsaved } = session.save_state() else { panic!("it goes on writing") };
        assert!(!reason.is_empty() && unsaved == 1, "{unsaved} unsaved: {reason}");
        assert!(matches!(mark(&mut session, "GPE"), Err(CommandError::ReadOnly { .. })));
        assert!(!session.can_undo());
        assert_eq!(session.state(), &state, "what is shown stays as it is");
        let copy = Path::new("/p/rescued");
        session.save_copy(copy).unwrap();
        let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
        assert_eq!(world.open_at(copy, &options).unwrap().state(), &state);
    }
    assert!(failures > 0, "no fault met the journal");
}

#[test]
fn what_was_called_saved_is_there_after_a_power_cut() {
    for seed in 0..8 {
        let memory = MemFs::new();
        let world = World { fs: Arc::new(memory.clone()), ..World::new() };
        let mut session = world.with_news();
        added(&mut session, "PER", span(PUTIN, 0));
        session.wait_durable().unwrap();
        let saved = session.state().clone();
        // Not waited for: it may be there afterwards or not, but never in part.
        mark(&mut session, "GPE").unwrap();
        let after = session.state().clone();
        let survivor = World { fs: Arc::new(memory.after_power_cut(seed)), ..World::new() };
        let reopened = survivor.open();
        assert!(reopened.state() == &saved || reopened.state() == &after, "after a cut with seed {seed}");
    }
}

#[test]
fn one_broken_file_never_keeps_a_project_closed() {
    let memory = MemFs::new();
    let world = World { fs: Arc::new(memory.clone()), ..World::new() };
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    session.close().unwrap();
    let files: Vec<_> = memory.files().into_iter().filter(|(path, _)| path.starts_with(&world.dir)).collect();
    let named = |path: &Path, name: &str| path.to_string_lossy().contains(name);
    for (path, bytes) in files {
        if path.ends_with("project.ron") {
            continue;
        }
        for broken in [Vec::new(), bytes[..bytes.len() / 2].to_vec(), b"\xff not RON at all".to_vec()] {
            let twin = memory.duplicate();
            twin.put(&path, &broken);
            let damaged = World { fs: Arc::new(twin), ..World::new() };
            let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
            let opened = damaged.open_with(&options);
            let mut opened = opened.unwrap_or_else(|error| panic!("{} broken: {error}", path.display()));
            // Whatever can be shown is shown, whatever cannot says why, and nothing ends the program.
            let readable = opened.catalogue().rows().filter(|row| opened.article(&row.id()).is_ok()).count();
            let says_so = !opened.problems().is_empty() || readable < 2;
            let matters = named(&path, "/journal/") || named(&path, "/blobs/") || named(&path, "/corpus/");
            assert!(says_so || !matters, "{} is broken and nobody says so", path.display());
            if named(&path, "/blobs/") {
                assert_eq!(opened.catalogue().len(), 2);
                assert!(matches!(opened.save_state(), SaveState::ReadOnly { .. }));
                assert!(matches!(mark(&mut opened, "GPE"), Err(CommandError::ReadOnly { .. })));
            }
        }
    }
}

/// A session whose first line met a fault, and ended; whether the next one that opens reads that line.
fn after_a_failed_session(memory: &MemFs, at: u64) -> (World, bool) {
    let on = |fs: FaultyFs| World { fs: Arc::new(fs), ..World::new() };
    let counted = FaultyFs::new(Arc::new(MemFs::new()), 0, Fault::Once);
    ready(&on(counted.clone()).with_news());
    let faulty = FaultyFs::new(Arc::new(memory.clone()), counted.operations() + at, Fault::Once);
    let mut session = on(faulty).with_news();
    ready(&session);
    added(&mut session, "PER", span(PUTIN, 0));
    let failed = session.wait_durable().is_err();
    let article = first(&session);
    drop(session);
    // Another process: nothing fails any more, and nobody knows what did.
    let world = World { fs: Arc::new(memory.clone()), seed: 8, ..World::new() };
    let found = !world.open().set(&article).mentions.is_empty();
    (world, failed && found)
}

#[test]
fn what_a_failed_session_left_is_durable_before_the_next_one_calls_it_saved() {
    let mut met = 0;
    for at in 1..=12 {
        for seed in 0..8 {
            let memory = MemFs::new();
            let (world, unsaved_line_is_shown) = after_a_failed_session(&memory, at);
            if !unsaved_line_is_shown {
                continue;
            }
            met += 1;
            let mut session = world.open();
            assert_eq!(session.save_state(), SaveState::Saved);
            let article = first(&session);
            session.run(Command::SetArticleNote { article: article.clone(), note: "built on it".into() }).unwrap();
            session.wait_durable().unwrap();
            let shown = session.set(&article).clone();
            let survivor = World { fs: Arc::new(memory.after_power_cut(seed)), ..World::new() };
            let left = survivor.open();
            assert_eq!(left.set(&article), &shown, "operation {at} failed, power cut {seed}");
        }
    }
    assert!(met > 0, "no fault left a line that is not durable");
}

#[test]
fn where_earlier_lines_cannot_be_made_durable_the_project_opens_for_reading_and_says_so() {
    let memory = MemFs::new();
    let dir = World::new().dir;
    let faulty = FaultyFs::new(Arc::new(memory), 0, Fault::Full).within(&dir);
    let world = World { fs: Arc::new(faulty.clone()), ..World::new() };
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let shown = session.state().clone();
    session.close().unwrap();
    faulty.fail_now();
    let mut session = world.open();
    assert_eq!(session.state(), &shown, "everything is there to be read");
    let SaveState::ReadOnly { reason, .. } = session.save_state() else { panic!("it calls that saved") };
    assert!(reason.contains("may not be on the disk"), "{reason}");
    assert!(matches!(mark(&mut session, "GPE"), Err(CommandError::ReadOnly { .. })));
    drop(session);
    faulty.heal();
    let mut session = world.open();
    assert_eq!(session.save_state(), SaveState::Saved);
    mark(&mut session, "GPE").unwrap();
    session.wait_durable().unwrap();
}

#[test]
fn a_session_is_known_to_its_copy_before_it_writes() {
    // What is left by a session that nobody knows would never be made durable by the next one.
    let fs = MemFs::new();
    let world = World { fs: Arc::new(fs.clone()), ..World::new() };
    world.with_news().close().unwrap();
    let known = |fs: &MemFs| -> usize {
        let files = fs.files();
        let lists = files.iter().filter(|(path, _)| path.starts_with(world.data.join("sessions")));
        lists.map(|(_, bytes)| String::from_utf8_lossy(bytes).lines().count()).sum()
    };
    let before = known(&fs);
    let session = world.open_as("ann-01");
    assert_eq!(session.read_only_reason(), None);
    assert_eq!(known(&fs), before + 1, "it has written nothing yet");
}
