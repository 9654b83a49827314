//! The disk fails while a project is open: the session lives, only reads, says so, and a saved copy rescues everything.

use std::path::Path;
use std::sync::Arc;

use hashiya::session::{Command, CommandError, OpenOptions, SaveState, Session};
use hashiya::storage::{Fault, FaultyFs, MemFs};

use super::machines::{Machine, unite};
use super::world::{World, first, shown};
use crate::carry::{carry, lines};

/// Work until the session says that it cannot write; answers how many changes are shown.
fn work_until_read_only(session: &mut Session) -> usize {
    let article = first(session);
    for number in 0..2000 {
        let note = format!("note {number}");
        match session.run(Command::SetArticleNote { article: article.clone(), note }) {
            Ok(_) if matches!(session.save_state(), SaveState::ReadOnly { .. }) => return number + 1,
            Ok(_) | Err(CommandError::Busy) => {
                if session.wait_durable().is_err() {
                    return number + 1;
                }
            }
            Err(CommandError::ReadOnly { .. }) => return number,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("it never failed");
}

fn rescue(fault: Option<Fault>) {
    let memory = MemFs::new();
    let world = World { fs: Arc::new(memory.clone()), ..World::new() };
    world.with_news().close().unwrap();
    let whole = memory.duplicate();
    let faulty = FaultyFs::new(Arc::new(memory.clone()), 0, fault.unwrap_or(Fault::Once)).within(&world.dir);
    let world = World { fs: Arc::new(faulty.clone()), ..World::new() };
    let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
    let mut session = world.open_with(&options).unwrap();
    let article = first(&session);
    session.run(Command::SetFlag { article: article.clone(), flagged: true }).unwrap();
    session.wait_durable().unwrap();
    let journals = lines((&memory, &world.dir));
    let before = shown(&session);
    match fault {
        Some(_) => faulty.fail_now(),
        None => memory.remove_all(&world.dir),
    }
    let changes = work_until_read_only(&mut session);
    assert!(changes > 0);
    // It is alive: it shows what was done, refuses more, and says why and how much is at stake.
    let expected = if fault.is_some() { shown(&session) } else { before };
    let note = session.set(&article).note.clone();
    let SaveState::ReadOnly { reason, unsaved } = session.save_state() else { panic!("it goes on writing") };
    assert!(reason.len() > 20 && unsaved > 0, "{reason}");
    let refused = session.run(Command::SetFlag { article: article.clone(), flagged: false });
    assert!(matches!(refused, Err(CommandError::ReadOnly { .. })), "{refused:?}");
    assert!(!session.can_undo() && session.set(&article).flagged);

    let rescued = Path::new("/usb/news");
    let missed = session.save_copy(rescued).unwrap();
    // What went with the folder cannot be copied from there, and that is said.
    assert_eq!(missed.len(), usize::from(fault.is_none()), "{missed:?}");
    if fault.is_some() {
        let copy = world.open_at(rescued, &options).unwrap();
        assert_eq!(shown(&copy), expected, "the copy shows what the window showed");
        drop(copy);
    }
    drop(session);
    faulty.heal();
    // The original is found again, and both are brought together: nothing is doubled, nothing missing.
    let original = Machine::of(if fault.is_some() { memory.duplicate() } else { whole }, 21);
    carry((&memory, rescued), original.side());
    let again = original.open();
    assert!(again.set(&article).flagged && again.set(&article).note == note);
    assert_eq!(shown(&again).exchange.articles.len(), expected.exchange.articles.len());
    drop(again);
    let united = lines(original.side());
    if fault.is_some() {
        assert!(united.is_superset(&journals));
        assert_eq!(united.len(), journals.len() + unsaved, "equal lines are one");
    }
    if fault.is_some() {
        let copy = Machine::of(memory.duplicate(), 22);
        carry((&memory, rescued), copy.side());
        unite(&[original, copy]);
    }
}

#[test]
fn the_disk_is_full() {
    rescue(Some(Fault::Full));
}

#[test]
fn the_folder_may_only_be_read() {
    rescue(Some(Fault::Denied));
}

#[test]
fn the_folder_is_removed() {
    rescue(None);
}
