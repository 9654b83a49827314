//! Taking back one line of the history, however old.

use hashiya::edit::{ArticleFact, FactKind};
use hashiya::model::{AnnotationId, LineId, Profile, Status};
use hashiya::session::{Command, CommandError, HistoryFilter, Session};

use super::commands::entity;
use super::world::{World, added, first, span};

const PUTIN: &str = "بوتين";

fn newest(session: &Session) -> LineId {
    session.history(&HistoryFilter::default())[0].line.clone()
}

fn flags(session: &Session, line: &LineId) -> (bool, bool) {
    let all = session.history(&HistoryFilter::default());
    let entry = all.iter().find(|entry| entry.line == *line).unwrap();
    (entry.undone, entry.reverted)
}

#[test]
fn an_old_line_is_taken_back_and_later_work_stays() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    let line = newest(&session);
    session.run(Command::SetFlag { article: article.clone(), flagged: true }).unwrap();
    let outcome = session.run(Command::Revert { line: line.clone() }).unwrap();
    assert_eq!(outcome.article.as_ref(), Some(&article));
    assert!(session.set(&article).mentions.is_empty());
    assert!(session.set(&article).flagged);
    assert_eq!(flags(&session, &line), (false, true));
    assert_eq!(session.history(&HistoryFilter::default())[0].cause, "revert");
    // It is a command like any other: undo takes it back, and then the line stands again.
    session.run(Command::Undo).unwrap();
    assert!(session.set(&article).mentions.contains_key(&mention));
    assert_eq!(flags(&session, &line), (false, false));
    session.run(Command::Redo).unwrap();
    assert!(session.set(&article).mentions.is_empty());
    // After reopening the same is known from the records alone.
    session.close().unwrap();
    let mut session = world.open();
    assert_eq!(flags(&session, &line), (false, true));
    // A revert can be reverted.
    let revert = session.history(&HistoryFilter::default());
    let revert = revert.iter().find(|entry| entry.cause == "revert").unwrap().line.clone();
    session.run(Command::Revert { line: revert }).unwrap();
    assert!(session.set(&article).mentions.contains_key(&mention));
    assert_eq!(flags(&session, &line), (false, false));
}

#[test]
fn a_later_change_is_named_and_nothing_happens() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    let line = newest(&session);
    session.run(Command::SetLabel { article: article.clone(), mention: mention.clone(), label: "ORG".into() }).unwrap();
    let later = newest(&session);
    let before = session.state().clone();
    match session.run(Command::Revert { line: line.clone() }) {
        Err(CommandError::ChangedLater { line: named, cause, by, .. }) => {
            assert_eq!((named, cause.as_str(), by.as_str()), (later.clone(), "set_label", "amal"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(*session.state(), before);
    assert_eq!(newest(&session), later);
    // From the top down it works.
    session.run(Command::Revert { line: later }).unwrap();
    match session.run(Command::Revert { line: line.clone() }) {
        // The revert itself stands on the place, with the same value: the line is in force again.
        Ok(_) => assert!(session.set(&article).mentions.is_empty()),
        other => panic!("{other:?}"),
    }
    assert!(matches!(session.run(Command::Revert { line }), Err(CommandError::ChangedLater { .. })));
}

#[test]
fn what_others_refer_to_stays() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    session.run(Command::PutEntity { entity: Box::new(entity("e")) }).unwrap();
    let line = newest(&session);
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    session.run(Command::SetMentionEntity { article, mention, entity: Some("e".into()) }).unwrap();
    assert!(matches!(session.run(Command::Revert { line }), Err(CommandError::Referred { .. })));
    assert!(session.entities().contains_key("e"));
}

#[test]
fn several_places_of_one_line_go_together() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let a = added(&mut session, "PER", span(PUTIN, 0));
    let b = added(&mut session, "PER", span(PUTIN, 1));
    let what = vec![AnnotationId::Mention(a.clone()), AnnotationId::Mention(b)];
    session.run(Command::Delete { article: article.clone(), what }).unwrap();
    let line = newest(&session);
    session.run(Command::Revert { line }).unwrap();
    assert_eq!(session.set(&article).mentions.len(), 2);
}

#[test]
fn own_work_of_others_is_theirs_and_shared_facts_are_everybodys() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    session.run(Command::SetProfile { profile: Profile { display_name: "Amal".into() } }).unwrap();
    let own = newest(&session);
    let title = session.article(&article).unwrap().facts.title.clone();
    let value = ArticleFact::Text("Other".into());
    session.run(Command::SetFact { article: article.clone(), fact: FactKind::Title, value }).unwrap();
    let shared = newest(&session);
    session.close().unwrap();
    let mut basim = world.open_as("basim");
    match basim.run(Command::Revert { line: own }) {
        Err(CommandError::NotYours { by }) => assert_eq!(by.as_str(), "amal"),
        other => panic!("{other:?}"),
    }
    basim.run(Command::Revert { line: shared }).unwrap();
    assert_eq!(basim.article(&article).unwrap().facts.title, title);
    basim.run(Command::Undo).unwrap();
    assert_eq!(basim.article(&article).unwrap().facts.title, "Other");
}

#[test]
fn the_project_itself_and_unknown_lines_are_refused() {
    let world = World::new();
    let mut session = world.with_news();
    let made = session.history(&HistoryFilter::default()).last().unwrap().line.clone();
    assert!(matches!(session.run(Command::Revert { line: made }), Err(CommandError::Invalid { .. })));
    let unknown = LineId::from("00000000000000000000000000000000");
    assert!(matches!(session.run(Command::Revert { line: unknown }), Err(CommandError::NotFound { .. })));
}

#[test]
fn statistics_count_work_and_days() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    added(&mut session, "PER", span(PUTIN, 0));
    added(&mut session, "ORG", span(PUTIN, 1));
    let found = session.statistics(&mut |_, _| true).unwrap().unwrap();
    let amal = &found.annotators["amal"];
    assert_eq!((amal.mentions, amal.labels["PER"], amal.labels["ORG"]), (2, 1, 1));
    assert_eq!((amal.statuses.get(&Status::InProgress), amal.statuses.get(&Status::New)), (Some(&1), Some(&1)));
    assert!(found.days.is_empty());
    let done = Command::SetStatus { article: article.clone(), status: Status::Done, reason: String::new() };
    session.run(done.clone()).unwrap();
    let found = session.statistics(&mut |_, _| true).unwrap().unwrap();
    let per_day: usize = found.days.values().flat_map(|by| by.values()).sum();
    assert_eq!((found.days.len(), per_day), (1, 1));
    assert!(found.days.contains_key("2026-01-01"), "{:?}", found.days);
    // What is taken back does not count; what is done twice counts once.
    session.run(Command::Undo).unwrap();
    assert!(session.statistics(&mut |_, _| true).unwrap().unwrap().days.is_empty());
    session.run(done).unwrap();
    let review = Command::SetStatus { article, status: Status::Adjudicated, reason: String::new() };
    session.run(review).unwrap();
    let days = session.statistics(&mut |_, _| true).unwrap().unwrap().days;
    assert_eq!(days.values().flat_map(|by| by.values()).sum::<usize>(), 1);
    // Who stops it gets nothing.
    assert!(session.statistics(&mut |_, _| false).unwrap().is_none());
}

#[test]
fn an_export_that_is_stopped_leaves_nothing_half() {
    let world = World::new();
    let session = world.with_news();
    let request = |format: &str| hashiya::session::ExportRequest { format: format.into(), ..Default::default() };
    let target = std::path::Path::new("/out.hashiya.jsonl");
    // Looked at both articles, then stopped while writing.
    let mut calls = 0;
    let stopped = session.export(&request("hashiya-jsonl"), Some(target), &mut |_, _| {
        calls += 1;
        calls < 2
    });
    assert!(matches!(stopped, Err(hashiya::session::ExportError::Stopped { .. })), "{stopped:?}");
    let names = |dir: &str| -> Vec<String> {
        let entries = world.fs.list(std::path::Path::new(dir)).unwrap_or_default();
        entries.into_iter().map(|entry| entry.name).filter(|name| name.contains("out")).collect()
    };
    assert!(names("/").is_empty(), "{:?}", names("/"));
    let mut seen = Vec::new();
    let report = session.export(&request("hashiya-jsonl"), Some(target), &mut |done, total| {
        seen.push((done, total));
        true
    });
    let report = report.unwrap();
    assert_eq!((report.articles, report.files.as_slice()), (2, [target.to_owned()].as_slice()));
    assert_eq!(seen.last(), Some(&(4, 4)), "each article is looked at and written: {seen:?}");
    assert_eq!(names("/"), ["out.hashiya.jsonl"]);
    // Nobody but those who are here.
    let nobody = hashiya::session::ExportRequest { annotators: Some(vec!["zaki".into()]), ..request("text") };
    let refused = session.export(&nobody, None, &mut |_, _| true).unwrap_err().to_string();
    assert_eq!(refused, "there is no annotator zaki; this project has amal");
}
