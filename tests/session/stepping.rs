//! Undo, redo and revert of many transactions, step by step: the same as in one go, and all or nothing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use hashiya::env::Env;
use hashiya::model::{ArticleId, Direction, Exchange, ExchangeProject, Status};
use hashiya::session::{
    BulkChange, Command, CommandError, HistoryEntry, HistoryFilter, JobState, OpenOptions, Outcome, ReversalProgress,
    SaveState, Session,
};
use hashiya::storage::MemFs;

use super::gate::GateFs;
use super::world::{World, exchange_article, first, shown};

fn all_lines(session: &Session) -> Vec<HistoryEntry> {
    session.history(&HistoryFilter::default())
}

fn ids(session: &Session) -> Vec<ArticleId> {
    session.catalogue().rows().map(|row| row.id()).collect()
}

/// One batch of so many transactions, each over the one before it: only from the last back can they be undone.
fn changed(session: &mut Session, lines: usize) {
    let (batch, articles) = (session.env().new_id(), ids(session));
    for line in 0..lines {
        let article = &articles[line % articles.len()..][..1];
        let change = match line / articles.len() % 3 {
            0 => BulkChange::Status(Status::Done),
            1 => BulkChange::Skip(format!("reason {line}")),
            _ => BulkChange::Status(Status::InReview),
        };
        loop {
            match session.run_bulk(&batch, &change, article) {
                Ok(count) => break assert_eq!(count, 1),
                Err(CommandError::Busy) => session.wait_durable().unwrap(),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Does all steps, so many edits at a time, and answers how far it was after each.
fn stepped(session: &mut Session, command: &Command, edits: usize) -> (Vec<usize>, Result<Outcome, CommandError>) {
    session.begin_reversal(command).unwrap();
    let mut seen = Vec::new();
    loop {
        let result = session.step_reversal(edits);
        match (result, session.reversal()) {
            (Some(result), None) => return (seen, result),
            (None, Some(now)) => seen.push(now.done),
            other => panic!("{other:?}"),
        }
        session.wait_durable().unwrap();
    }
}

/// Flags all articles, in one batch of so many transactions.
fn wide(session: &mut Session, lines: usize) {
    let (batch, articles) = (session.env().new_id(), ids(session));
    for part in articles.chunks(articles.len() / lines) {
        session.run_bulk(&batch, &BulkChange::Flag(true), part).unwrap();
    }
}

fn crowd(world: &World, count: usize) -> Session {
    let mut session = world.create("amal");
    let articles = (0..count).map(|n| exchange_article(&format!("crowd-{n:04}"), "Late news.")).collect();
    session.import(Exchange { project: ExchangeProject::default(), articles }, vec!["crowd".into()]).unwrap();
    session
}

#[test]
fn in_steps_it_is_the_same_as_in_one_go() {
    let (here, there) = (World::new(), World::new());
    let (mut whole, mut steps) = (here.with_news(), there.with_news());
    changed(&mut whole, 9);
    changed(&mut steps, 9);
    let full = shown(&steps);
    for command in [Command::Undo, Command::Redo, Command::Undo] {
        let outcome = whole.run(command.clone()).unwrap();
        let (seen, result) = stepped(&mut steps, &command, 2);
        assert_eq!(seen, [2, 4, 6, 8]);
        assert_eq!(result.unwrap(), outcome);
        assert!(all_lines(&whole) == all_lines(&steps), "{command:?} has made other lines");
        assert_eq!(whole.state(), steps.state());
        assert_eq!((whole.can_undo(), whole.can_redo()), (steps.can_undo(), steps.can_redo()));
    }
    let newest = all_lines(&steps);
    assert!(newest[..9].iter().all(|line| line.batch.is_some() && line.batch == newest[0].batch));
    let (_, result) = stepped(&mut steps, &Command::Redo, 100);
    assert!(result.is_ok() && shown(&steps) == full);
    assert!(matches!(steps.begin_reversal(&Command::Redo), Err(CommandError::NothingTo { what: "redo" })));
    assert!(steps.reversal().is_none() && steps.step_reversal(1).is_none());
    let article = first(&steps);
    let other = Command::SetFlag { article, flagged: true };
    assert!(matches!(steps.begin_reversal(&other), Err(CommandError::Invalid { .. })));
}

#[test]
fn transactions_stay_whole_and_count_by_their_edits() {
    let world = World::new();
    let mut session = crowd(&world, 40);
    wide(&mut session, 4);
    let (seen, result) = stepped(&mut session, &Command::Undo, 11);
    // Ten edits are not enough, twenty are.
    assert_eq!((seen, result.unwrap().article), (vec![2], None));
    assert!(session.catalogue().rows().all(|row| !row.flagged));
}

#[test]
fn until_the_end_everything_else_is_refused_and_nothing_counts_as_saved() {
    let world = World::new();
    let mut session = world.with_news();
    changed(&mut session, 4);
    let article = first(&session);
    let mut job = session.start_import_of(more(), vec!["more".into()]).unwrap();
    session.begin_reversal(&Command::Undo).unwrap();
    assert!(session.step_reversal(1).is_none());
    session.wait_durable().unwrap();
    let lines = all_lines(&session).len();
    let other = Command::SetFlag { article: article.clone(), flagged: true };
    assert!(matches!(session.run(other.clone()), Err(CommandError::UnderWay)));
    assert!(matches!(session.run(Command::Undo), Err(CommandError::UnderWay)));
    assert!(matches!(session.begin_reversal(&Command::Redo), Err(CommandError::UnderWay)));
    let bulk = session.run_bulk("b", &BulkChange::Flag(true), std::slice::from_ref(&article));
    assert!(matches!(bulk, Err(CommandError::UnderWay)));
    assert!(!session.can_undo() && !session.can_redo());
    assert_eq!(session.save_state(), SaveState::Saving { waiting: 4 });
    // An import whose files are there waits to be registered.
    for _ in 0..50 {
        assert!(matches!(session.poll_import(&mut job), JobState::Running(..)));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(all_lines(&session).len(), lines);
    assert_eq!(session.reversal(), Some(ReversalProgress { done: 1, total: 4, goes_back: false }));
    session.finish_reversal().unwrap().unwrap();
    session.wait_durable().unwrap();
    assert_eq!((session.save_state(), session.catalogue().len()), (SaveState::Saved, 2));
    while !matches!(session.poll_import(&mut job), JobState::Done(_)) {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(session.catalogue().len(), 3);
    session.run(other).unwrap();
}

fn more() -> Exchange {
    let articles = vec![exchange_article("more-1", "More news.")];
    Exchange { project: ExchangeProject::default(), articles }
}

#[test]
fn whoever_stops_it_finds_everything_as_it_was() {
    let world = World::new();
    let mut session = world.with_news();
    let before = shown(&session);
    changed(&mut session, 7);
    let full = shown(&session);
    session.begin_reversal(&Command::Undo).unwrap();
    for _ in 0..5 {
        assert!(session.step_reversal(1).is_none());
    }
    session.stop_reversal();
    assert_eq!(session.reversal(), Some(ReversalProgress { done: 5, total: 7, goes_back: true }));
    assert!(session.step_reversal(3).is_none());
    assert_eq!(session.reversal().unwrap().done, 2);
    assert!(matches!(session.step_reversal(3), Some(Err(CommandError::Stopped))));
    assert!(session.reversal().is_none() && shown(&session) == full);
    // As if nobody had begun: undo takes the batch as a whole, and redo knows nothing of the attempt.
    assert!(session.can_undo() && !session.can_redo());
    session.run(Command::Undo).unwrap();
    assert!(shown(&session) == before);
    // A redo that is stopped can be begun again.
    session.begin_reversal(&Command::Redo).unwrap();
    assert!(session.step_reversal(3).is_none());
    session.stop_reversal();
    assert!(matches!(session.finish_reversal(), Some(Err(CommandError::Stopped))));
    assert!(shown(&session) == before);
    session.run(Command::Redo).unwrap();
    assert!(shown(&session) == full);
    // Stopped before the first step, nothing is written.
    let lines = all_lines(&session).len();
    session.begin_reversal(&Command::Undo).unwrap();
    session.stop_reversal();
    assert!(matches!(session.step_reversal(1), Some(Err(CommandError::Stopped))));
    assert_eq!(all_lines(&session).len(), lines);
    session.close().unwrap();
    assert!(shown(&world.open()) == full);
}

/// The directions of paragraphs of three articles, in one batch with their import; somebody else has changed the first
/// since, so that two steps can be done and the third cannot.
fn with_a_step_that_fails() -> (World, Session) {
    let world = World::new();
    let mut session = world.with_news();
    session.close().unwrap();
    let machine = |annotator: &str, seed| {
        let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
        let env = Arc::new(Env::fixed(seed));
        let mut session = Session::open(Arc::clone(&world.fs), &world.dir, &options, env, None).unwrap();
        session.open_all().unwrap();
        session.start_following(Duration::from_hours(1), || {}).unwrap();
        session
    };
    session = machine("amal", 21);
    let articles = ["left-1", "left-2", "left-3"].map(|name| {
        let mut article = exchange_article(name, "Late news from the harbour.");
        article.paragraph_directions = BTreeMap::from([(0, Direction::Rtl)]);
        article
    });
    let left = Exchange { project: ExchangeProject::default(), articles: articles.into() };
    session.import(left, vec!["left".into()]).unwrap();
    session.wait_durable().unwrap();
    let mut basim = machine("basim", 22);
    let article = session.article_from_name("left-1").unwrap();
    basim.run(Command::SetParagraphDirection { article, at: 0, direction: Some(Direction::Ltr) }).unwrap();
    basim.close().unwrap();
    assert!(session.catch_up().changed);
    (world, session)
}

#[test]
fn where_one_transaction_cannot_be_reversed_those_before_it_come_back() {
    for in_steps in [false, true] {
        let (world, mut session) = with_a_step_that_fails();
        let (before, lines) = (shown(&session), all_lines(&session).len());
        if in_steps {
            let (seen, result) = stepped(&mut session, &Command::Undo, 1);
            assert!(matches!(result, Err(CommandError::Changed { .. })), "{result:?}");
            // Two steps there; after the third, which fails, one back in the same go.
            assert_eq!(seen, [1, 2, 1]);
        } else {
            assert!(matches!(session.run(Command::Undo), Err(CommandError::Changed { .. })));
        }
        assert!(shown(&session) == before, "in steps: {in_steps}");
        // What was done and taken back stands in the history, each with what it reverses.
        let after = all_lines(&session);
        assert_eq!(after.len(), lines + 4);
        assert_eq!(
            (&after[0].reverses, &after[1].reverses),
            (&Some(after[3].line.clone()), &Some(after[2].line.clone()))
        );
        assert!(session.can_undo() && !session.can_redo());
        session.close().unwrap();
        assert!(shown(&world.open_as("amal")) == before);
    }
}

#[test]
fn who_leaves_before_the_end_finds_all_of_it_done() {
    for close in [true, false] {
        let world = World::new();
        let mut session = world.with_news();
        let before = shown(&session);
        changed(&mut session, 6);
        session.begin_reversal(&Command::Undo).unwrap();
        assert!(session.step_reversal(2).is_none());
        if close {
            session.close().unwrap();
        } else {
            drop(session);
        }
        assert!(shown(&world.open()) == before, "closed: {close}");
    }
}

#[test]
fn a_disk_that_is_behind_is_waited_for_without_standing_still() {
    let memory = MemFs::new();
    let world = World { fs: Arc::new(memory.clone()), ..World::new() };
    let session = world.with_news();
    let before = shown(&session);
    session.close().unwrap();
    let gate = GateFs::shut(&memory, &world.dir.join("journal"));
    let gated = World { fs: Arc::new(gate.clone()), dir: world.dir.clone(), data: world.data.clone(), seed: 8 };
    let mut session = gated.open();
    changed(&mut session, 150);
    let full = shown(&session);
    session.begin_reversal(&Command::Undo).unwrap();
    assert!(session.step_reversal(usize::MAX).is_none());
    let far = session.reversal().unwrap();
    assert!(far.done > 0 && far.done < far.total && !far.goes_back, "{far:?}");
    assert!(session.step_reversal(usize::MAX).is_none());
    assert_eq!(session.reversal(), Some(far));
    // The way back waits in the same way.
    session.stop_reversal();
    assert!(session.step_reversal(usize::MAX).is_none());
    assert_eq!(session.reversal().unwrap().done, far.done);
    assert!(gate.open());
    session.wait_durable().unwrap();
    assert!(matches!(session.step_reversal(usize::MAX), Some(Err(CommandError::Stopped))));
    assert!(shown(&session) == full);
    let (_, result) = stepped(&mut session, &Command::Undo, usize::MAX);
    assert!(result.is_ok() && shown(&session) == before);
}

#[test]
fn a_large_revert_has_steps_where_what_it_takes_back_had() {
    let world = World::new();
    let mut session = crowd(&world, 450);
    let before = shown(&session);
    wide(&mut session, 3);
    let full = shown(&session);
    let line = all_lines(&session)[0].line.clone();
    let lines = all_lines(&session).len();
    let revert = Command::Revert { line };
    session.begin_reversal(&revert).unwrap();
    assert!(session.step_reversal(1).is_none());
    session.stop_reversal();
    assert!(matches!(session.finish_reversal(), Some(Err(CommandError::Stopped))));
    assert!(shown(&session) == full && all_lines(&session).len() == lines + 2);
    let newest = session.run(revert).map(|_| all_lines(&session).remove(0));
    // The attempt left lines of its own on the places.
    assert!(newest.is_ok(), "{newest:?}");
    let after = all_lines(&session);
    assert_eq!(after.len(), lines + 2 + 3);
    assert!(
        after[..3].iter().all(|line| line.cause == "revert" && line.batch.is_some() && line.batch == after[0].batch)
    );
    assert!(shown(&session) == before);
    session.run(Command::Undo).unwrap();
    assert!(shown(&session) == full);
    // One transaction comes back as one, however large.
    session.run_bulk("one", &BulkChange::Status(Status::Done), &ids(&session)).unwrap();
    let line = all_lines(&session)[0].line.clone();
    let lines = all_lines(&session).len();
    let (seen, result) = stepped(&mut session, &Command::Revert { line }, 1);
    assert!(result.is_ok() && seen.is_empty() && shown(&session) == full);
    assert_eq!(all_lines(&session).len(), lines + 1);
}
