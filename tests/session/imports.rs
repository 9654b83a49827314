//! Imports of one file: twice, in either order, by two copies that are then united.

use std::collections::BTreeMap;

use hashiya::model::{AnnotationSet, ArticleId, Exchange, ExchangeProject, Mention};
use hashiya::session::{Command, Session};
use hashiya::storage::MemFs;

use super::machines::{Machine, two, unite};
use super::world::{added, exchange_article, first, news, shown, span};

const PUTIN: &str = "بوتين";

/// The articles of [`news`] with a mention of somebody else, as an exchange file brings them.
fn annotated() -> Exchange {
    let donor = Machine::of(MemFs::new(), 50);
    let mut session = donor.world.with_news();
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    let article = first(&session);
    let mention: Mention = session.set(&article).mentions[&mention].clone();
    let set = AnnotationSet {
        mentions: BTreeMap::from([("m1".into(), Mention { id: "m1".into(), ..mention })]),
        ..AnnotationSet::default()
    };
    let mut exchange = news();
    exchange.articles[0].sets.insert("yara".into(), set);
    exchange
}

fn more() -> Exchange {
    let articles = vec![exchange_article("news-2", super::world::BRIEF), exchange_article("news-3", "Third.")];
    Exchange { project: ExchangeProject::default(), articles }
}

fn import(session: &mut Session, exchange: Exchange) -> (Vec<ArticleId>, Vec<ArticleId>) {
    let report = session.import(exchange, vec!["file.jsonl".into()]).unwrap();
    (report.added, report.known)
}

/// Article ids, and each annotator's number of mentions on the first.
fn content(session: &Session) -> (Vec<ArticleId>, usize) {
    let mut exchange = session.exchange(None, None).unwrap();
    exchange.articles.sort_by(|a, b| a.name.cmp(&b.name));
    let mentions = exchange.articles[0].sets.values().map(|set| set.mentions.len()).sum();
    (exchange.articles.into_iter().map(|article| article.facts.id).collect(), mentions)
}

#[test]
fn importing_again_adds_nothing() {
    let machine = Machine::of(MemFs::new(), 7);
    let mut session = machine.world.create("amal");
    let (added, known) = import(&mut session, annotated());
    assert_eq!((added.len(), known.len()), (2, 0));
    let before = shown(&session);
    let (added, known) = import(&mut session, annotated());
    assert_eq!((added.len(), known.len()), (0, 2));
    assert_eq!(shown(&session), before);
    session.close().unwrap();
    // Also by somebody else, whose registration then stands beside the first.
    machine.work("basim", |session| {
        assert_eq!(import(session, annotated()).0, []);
        assert_eq!(content(session), (content(session).0, 1));
    });
    let store = machine.open().store().clone();
    let imports = store.read_records().unwrap().imports;
    assert_eq!(imports.values().map(|import| import.registered_by.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn either_order_gives_the_same_articles_ids_and_sets() {
    let contents: Vec<_> = [[annotated(), more()], [more(), annotated()]]
        .into_iter()
        .map(|files| {
            let machine = Machine::of(MemFs::new(), 7);
            let mut session = machine.world.create("amal");
            for file in files {
                import(&mut session, file);
            }
            content(&session)
        })
        .collect();
    assert_eq!(contents[0], contents[1]);
    assert_eq!((contents[0].0.len(), contents[0].1), (3, 1));
}

#[test]
fn two_copies_import_and_are_united() {
    // Different files first, the same file on both, by different people.
    let machines = two(|_| {});
    machines[0].work("amal", |session| drop(import(session, annotated())));
    machines[1].work("basim", |session| drop(import(session, more())));
    machines[1].work("basim", |session| drop(import(session, annotated())));
    unite(&machines);
    let (ids, mentions) = content(&machines[0].open());
    assert_eq!((ids.len(), mentions), (3, 1));
    assert_eq!(machines[0].open().clashes(), []);
}

#[test]
fn one_taking_it_back_leaves_the_others() {
    let machines = two(|_| {});
    let of = |session: &Session| session.state().registrations().iter().next_back().unwrap().clone();
    let mut imports = Vec::new();
    for (machine, who) in machines.iter().zip(["yusuf", "basim"]) {
        machine.work(who, |session| {
            import(session, more());
            imports.push(of(session));
        });
    }
    assert_eq!(imports[0], imports[1]);
    unite(&machines);
    let withdraw = Command::WithdrawImport { import: imports[0].clone() };
    machines[0].work("yusuf", |session| drop(session.run(withdraw.clone()).unwrap()));
    unite(&machines);
    let third = more().articles[1].facts.id.clone();
    assert!(machines[1].open().article(&third).is_ok(), "Basim still stands for it");
    machines[1].work("basim", |session| drop(session.run(withdraw).unwrap()));
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        assert!(session.article(&third).is_err(), "nobody stands for it any more");
        assert_eq!(content(&session).0.len(), 2);
    }
    // Undo brings it back.
    machines[1].work("basim", |session| drop(session.run(Command::Undo).unwrap()));
    assert!(machines[1].open().article(&third).is_ok());
}

#[test]
fn the_same_source_with_changed_text_stands_beside_the_old_one() {
    let machine = Machine::of(MemFs::new(), 7);
    let mut session = machine.world.create("amal");
    import(&mut session, annotated());
    let old = first(&session);
    let mut changed = news();
    changed.articles.truncate(1);
    changed.articles[0] = exchange_article("news-1", "Quite another text.");
    let (added, _) = import(&mut session, changed);
    assert_ne!(added[0], old);
    let newer = session.article(&added[0]).unwrap();
    assert_eq!(&*newer.text, "Quite another text.");
    let exchange = session.exchange(None, None).unwrap();
    assert_eq!(exchange.articles.len(), 3);
    let versions: Vec<_> = exchange.articles.iter().filter_map(|article| article.facts.version_of.clone()).collect();
    assert!(versions == [old.clone()] || versions == [added[0].clone()], "{versions:?}");
    let of_old = exchange.articles.iter().find(|article| article.facts.id == old).unwrap();
    assert_eq!(
        of_old.sets.values().map(|set| set.mentions.len()).sum::<usize>(),
        1,
        "annotations stay where they were"
    );
}
