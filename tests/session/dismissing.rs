//! Findings are dismissed with a reason, listed apart, and taken back.

use hashiya::model::{AnnotationId, ArticleId, Attributes};
use hashiya::session::{Command, Session};

use super::commands::refused;
use super::world::{World, added, first, set, span};

const PUTIN: &str = "بوتين";

/// Two mentions that cross, in the first article.
fn crossing(session: &mut Session) -> (ArticleId, String) {
    let article = first(session);
    let putin = span(PUTIN, 0);
    let id = added(session, "PER", putin).to_string();
    let over = hashiya::text::Span::new(putin.start() + 2, putin.end() + 3);
    let spans = set(&[over]);
    let command =
        Command::AddMention { article: article.clone(), label: "GPE".into(), spans, attributes: Attributes::new() };
    session.run(command).unwrap();
    (article, id)
}

fn dismiss(article: &ArticleId, code: &str, id: &str, reason: &str) -> Command {
    Command::DismissFinding { article: article.clone(), code: code.into(), id: id.into(), reason: reason.into() }
}

/// Codes of what stands, and codes with reasons of what was dismissed.
fn listed(session: &Session, article: &ArticleId) -> (Vec<&'static str>, Vec<(&'static str, String)>) {
    let checks = session.checks(article).unwrap();
    let open = checks.open.iter().map(|finding| finding.rule.code()).collect();
    let dismissed = checks.dismissed.iter().map(|(finding, reason)| (finding.rule.code(), reason.clone())).collect();
    (open, dismissed)
}

#[test]
fn a_dismissed_finding_is_listed_apart_until_it_is_taken_back() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, id) = crossing(&mut session);
    assert_eq!(listed(&session, &article), (vec!["crossing_mention"], vec![]));
    session.run(dismiss(&article, "crossing_mention", &id, " both are right ")).unwrap();
    let apart = (vec![], vec![("crossing_mention", "both are right".to_owned())]);
    assert_eq!(listed(&session, &article), apart);
    // Another reason replaces the first.
    session.run(dismiss(&article, "crossing_mention", &id, "asked the team")).unwrap();
    assert_eq!(listed(&session, &article).1[0].1, "asked the team");
    session.run(Command::Undo).unwrap();
    assert_eq!(listed(&session, &article), apart);
    let restore = Command::RestoreFinding { article: article.clone(), code: "crossing_mention".into(), id: id.clone() };
    session.run(restore.clone()).unwrap();
    assert_eq!(listed(&session, &article), (vec!["crossing_mention"], vec![]));
    refused(&mut session, restore, "there is no dismissed finding");
    session.run(Command::Undo).unwrap();
    assert_eq!(listed(&session, &article), apart);
    session.close().unwrap();
    assert_eq!(listed(&world.open(), &article), apart);
}

#[test]
fn a_dismissal_needs_a_rule_a_thing_and_a_reason_of_one_line() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, id) = crossing(&mut session);
    refused(&mut session, dismiss(&article, "crossing", &id, "x"), "No rule of the checks has the code");
    refused(&mut session, dismiss(&article, "crossing_mention", "gone", "x"), "there is no annotation or entity gone");
    refused(&mut session, dismiss(&article, "crossing_mention", &id, "  "), "with a reason");
    refused(&mut session, dismiss(&article, "crossing_mention", &id, "a\nb"), "one line");
    refused(&mut session, dismiss(&"0123".into(), "crossing_mention", &id, "x"), "there is no article");
    session.run(dismiss(&article, "date_shape", "", "as printed")).unwrap();
}

#[test]
fn what_is_deleted_leaves_no_broken_dismissal_behind() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, id) = crossing(&mut session);
    session.run(dismiss(&article, "crossing_mention", &id, "both are right")).unwrap();
    session
        .run(Command::Delete { article: article.clone(), what: vec![AnnotationId::Mention(id.as_str().into())] })
        .unwrap();
    assert_eq!(listed(&session, &article), (vec![], vec![]));
    session.close().unwrap();
    let mut session = world.open();
    assert_eq!(session.problems(), &[]);
    assert!(session.store().check().unwrap().is_empty());
    assert_eq!(listed(&session, &article), (vec![], vec![]));
    // Back with the mention comes what was said about it.
    session.run(Command::Undo).unwrap();
    assert_eq!(listed(&session, &article).1.len(), 1);
}

#[test]
fn dismissals_travel_with_an_import_and_stay_each_annotators_own() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, id) = crossing(&mut session);
    session.run(dismiss(&article, "crossing_mention", &id, "both are right")).unwrap();
    session.run(dismiss(&article, "date_shape", "", "as printed")).unwrap();
    let exchange = session.exchange(None, None).unwrap();
    session.close().unwrap();
    let other = World { dir: "/p/other".into(), fs: world.fs.clone(), ..World::new() };
    let mut session = other.create("basim");
    session.import(exchange, vec!["news.jsonl".into()]).unwrap();
    session.open_all().unwrap();
    let amal = "amal".into();
    // The id got the mark of the import, in the dismissal as in the mention.
    let checks = session.checks_of(&amal, &article).unwrap();
    assert_eq!(checks.open, []);
    assert_eq!(checks.dismissed[0].1, "both are right");
    assert!(checks.dismissed[0].0.about.id().starts_with(&format!("{id}~")));
    assert_eq!(session.set_of(&amal, &article).dismissed.len(), 2);
    assert_eq!(listed(&session, &article), (vec![], vec![]));
}
