//! Undo and redo, also after reopening.

use hashiya::model::{AnnotationId, AttributeValue, Attributes};
use hashiya::session::{Command, CommandError, HistoryFilter, Session};
use hashiya::text::Span;

use super::commands::entity;
use super::world::{World, added, first, span};

const PUTIN: &str = "بوتين";

fn undo(session: &mut Session) {
    session.run(Command::Undo).unwrap();
}

#[test]
fn undo_is_a_new_transaction() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let done = session.history(&HistoryFilter::default());
    undo(&mut session);
    let undone = session.history(&HistoryFilter::default());
    assert_eq!(undone.len(), done.len() + 1);
    assert_eq!(undone[0].reverses.as_ref(), Some(&done[0].line));
    assert_eq!((undone[0].cause.as_str(), undone[1].undone), ("undo", true));
    let (edit, swapped) = (&done[0].edits[0], &undone[0].edits[0]);
    assert_eq!((&edit.before, &edit.after), (&swapped.after, &swapped.before));
    assert_eq!(swapped.over, vec![done[0].line.clone()]);
}

#[test]
fn everything_can_be_undone_and_done_again() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let mut states = vec![session.state().clone()];
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    states.push(session.state().clone());
    session.run(Command::PutEntity { entity: Box::new(entity("e")) }).unwrap();
    states.push(session.state().clone());
    session.run(Command::SetMentionEntity { article, mention, entity: Some("e".into()) }).unwrap();
    states.push(session.state().clone());
    for state in states.iter().rev().skip(1) {
        assert_eq!(session.undo_cause().is_some(), session.can_undo());
        undo(&mut session);
        assert_eq!(session.state(), state);
    }
    for state in states.iter().skip(1) {
        assert!(session.can_redo());
        session.run(Command::Redo).unwrap();
        assert_eq!(session.state(), state);
    }
    assert!(!session.can_redo());
    assert!(matches!(session.run(Command::Redo), Err(CommandError::NothingTo { what: "redo" })));
}

#[test]
fn the_import_can_be_undone_but_not_the_project() {
    let world = World::new();
    let mut session = world.with_news();
    assert_eq!(session.catalogue().len(), 2);
    undo(&mut session);
    assert!(session.catalogue().is_empty());
    assert!(!session.can_undo());
    assert!(matches!(session.run(Command::Undo), Err(CommandError::NothingTo { what: "undo" })));
    session.run(Command::Redo).unwrap();
    assert_eq!(session.catalogue().len(), 2);
    assert_eq!(session.scheme().name, "news");
}

#[test]
fn articles_with_work_stay_when_their_import_goes() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let import = session.state().registrations().iter().next().unwrap().clone();
    session.run(Command::WithdrawImport { import: import.clone() }).unwrap();
    let names: Vec<&str> = session.catalogue().rows().map(|row| row.name).collect();
    assert_eq!(names, ["news-1"]);
    assert!(matches!(session.run(Command::WithdrawImport { import }), Err(CommandError::Invalid { .. })));
}

#[test]
fn a_new_command_ends_redo() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    undo(&mut session);
    added(&mut session, "GPE", span(PUTIN, 0));
    assert!(!session.can_redo());
    undo(&mut session);
    let article = first(&session);
    assert!(session.set(&article).is_empty());
}

#[test]
fn undo_reaches_this_copys_work_after_reopening() {
    let world = World::new();
    let mut session = world.with_news();
    let before = session.state().clone();
    added(&mut session, "PER", span(PUTIN, 0));
    let after = session.state().clone();
    session.close().unwrap();

    let mut session = world.open();
    assert_eq!(session.state(), &after);
    assert!(!session.can_redo());
    undo(&mut session);
    assert_eq!(session.state(), &before);
    session.run(Command::Redo).unwrap();
    assert_eq!(session.state(), &after);
    undo(&mut session);
    session.close().unwrap();

    // Redo is of this session only; what was undone stays so.
    let session = world.open();
    assert_eq!(session.state(), &before);
    assert!(!session.can_redo());
}

#[test]
fn work_of_another_copy_is_not_undone_here() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    session.close().unwrap();
    // The same folder with another user's data folder: nothing in it was this copy's.
    let elsewhere =
        World { fs: std::sync::Arc::clone(&world.fs), data: "/other".into(), dir: world.dir.clone(), seed: 9 };
    let session = elsewhere.open();
    assert!(!session.can_undo());
}

#[test]
fn undo_goes_past_what_is_undone_already() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, mention) = (first(&session), added(&mut session, "PER", span(PUTIN, 0)));
    let level = |value: &str| Command::SetAttribute {
        article: article.clone(),
        mention: mention.clone(),
        attribute: "level".into(),
        value: Some(AttributeValue::Text(value.into())),
    };
    session.run(level("NOM")).unwrap();
    undo(&mut session);
    session.run(level("PRO")).unwrap();
    undo(&mut session);
    assert_eq!(session.set(&article).mentions[&mention].attributes, Attributes::new());
    undo(&mut session);
    assert!(session.set(&article).is_empty());
}

#[test]
fn history_tells_what_happened_to_an_article() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let second = session.catalogue().row(1).unwrap().id();
    session.run(Command::SetFlag { article: second.clone(), flagged: true }).unwrap();
    let of = |filter| session.history(&filter).into_iter().map(|entry| entry.cause).collect::<Vec<_>>();
    assert_eq!(of(HistoryFilter { article: Some(second), ..HistoryFilter::default() }), ["set_flag"]);
    assert_eq!(of(HistoryFilter { limit: Some(2), ..HistoryFilter::default() }), ["set_flag", "add_mention"]);
    assert_eq!(of(HistoryFilter::default()), ["set_flag", "add_mention", "register_import", "create_project"]);
    assert!(of(HistoryFilter { annotator: Some("basim".into()), ..HistoryFilter::default() }).is_empty());
}

#[test]
fn a_hundred_undos_come_back_to_the_start() {
    let world = World::new();
    let mut session = world.with_news();
    let start = session.state().clone();
    let words = session.words(&first(&session)).unwrap();
    let made = words.iter().map(|word: &Span| added(&mut session, "PER", *word)).count();
    let full = session.state().clone();
    (0..made).for_each(|_| undo(&mut session));
    assert_eq!(session.state(), &start);
    for _ in 0..made {
        session.run(Command::Redo).unwrap();
    }
    assert_eq!(session.state(), &full);
}

#[test]
fn a_command_too_large_for_a_line_is_one_batch() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let words = session.words(&article).unwrap();
    let mut what = Vec::new();
    for (word, letter) in words.iter().zip(["a", "b"]) {
        let mention = added(&mut session, "PER", *word);
        let note = letter.repeat(9 * 1024 * 1024);
        what.push(AnnotationId::Mention(mention.clone()));
        session.wait_durable().unwrap();
        session.run(Command::SetNote { article: article.clone(), what: mention.into(), note }).unwrap();
    }
    session.wait_durable().unwrap();
    let (full, lines) = (session.state().clone(), session.history(&HistoryFilter::default()).len());
    session.run(Command::Delete { article: article.clone(), what }).unwrap();
    assert!(session.set(&article).is_empty());
    let newest = session.history(&HistoryFilter::default());
    assert!(newest.len() > lines + 1, "it went into one line");
    assert!(newest[0].batch.is_some() && newest[0].batch == newest[1].batch);
    undo(&mut session);
    assert!(session.state() == &full, "undo takes the batch together");
}
