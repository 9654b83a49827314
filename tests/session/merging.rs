//! Merging, splitting and moving: over the whole corpus, all or nothing, and taken back exactly.

use std::sync::Arc;

use hashiya::edit::State;
use hashiya::model::{
    ArticleId, Attributes, Entity, EntityId, Exchange, ExchangeArticle, MentionId, Provenance, Ref, Topic,
};
use hashiya::session::{Command, CommandError, OpenOptions, Session, WideState};
use hashiya::storage::{Fault, FaultyFs, Fs};
use hashiya::text::{Span, SpanSet};
use proptest::prelude::*;

use super::commands::{claim, stance};
use super::identity::{entity, join, put};
use super::world::{World, added, exchange_article, first, news, span};

const PUTIN: &str = "بوتين";

fn merge(session: &mut Session, kept: &str, others: &[&str]) -> Result<(), CommandError> {
    let others = others.iter().map(|id| EntityId::from(*id)).collect();
    session.run(Command::MergeEntities { kept: kept.into(), others }).map(drop)
}

fn refused(result: Result<(), CommandError>, says: &str) {
    let error = result.expect_err("it should be refused").to_string();
    assert!(error.contains(says), "{error} does not say {says:?}");
}

/// Two people who are one, with a mention of each, a claim, a stance, and entities that name them.
fn with_two(world: &World) -> Session {
    let mut session = world.with_news();
    put(&mut session, entity("e1", "PER", PUTIN, &["V. P."]));
    put(&mut session, entity("e2", "PER", "Putin", &["V. P.", "The president"]));
    let (one, two) = (added(&mut session, "PER", span(PUTIN, 0)), added(&mut session, "PER", span(PUTIN, 1)));
    join(&mut session, &one, Some("e1"));
    join(&mut session, &two, Some("e2"));
    let mut both = entity("both", "PER", "Both", &[]);
    both.members = vec!["e2".into(), "e1".into()];
    put(&mut session, both);
    let mut role = entity("role", "ROLE", "President", &[]);
    role.holder = Some("e2".into());
    put(&mut session, role);
    let article = first(&session);
    let said = claim("c1", span(PUTIN, 0), Some(Ref::Entity("e2".into())));
    session.run(Command::PutClaim { article: article.clone(), claim: Box::new(said) }).unwrap();
    let wording = [("en".into(), "Peace".into())].into();
    session.run(Command::PutTopic { id: "t".into(), topic: Box::new(Topic { wording }) }).unwrap();
    let holds = stance("s1", Ref::Entity("e2".into()), Ref::Topic("t".into()));
    session.run(Command::PutStance { article, stance: Box::new(holds) }).unwrap();
    session
}

fn entities_of(session: &Session, article: &ArticleId) -> Vec<Option<String>> {
    session.set(article).mentions.values().map(|mention| mention.entity.as_ref().map(ToString::to_string)).collect()
}

#[test]
fn merging_moves_everything_and_undo_gives_it_back() {
    let world = World::new();
    let mut session = with_two(&world);
    let (before, article) = (session.state().clone(), first(&session));
    merge(&mut session, "e1", &["e2"]).unwrap();
    assert_eq!(entities_of(&session, &article), [Some("e1".to_owned()), Some("e1".to_owned())]);
    let set = session.set(&article);
    assert_eq!(set.claims["c1"].chain[0].source, Some(Ref::Entity("e1".into())));
    assert_eq!(set.stances["s1"].holder, Ref::Entity("e1".into()));
    let entities = session.entities();
    assert!(!entities.contains_key("e2"));
    assert_eq!(entities[&EntityId::from("both")].members, [EntityId::from("e1")]);
    assert_eq!(entities[&EntityId::from("role")].holder, Some("e1".into()));
    assert_eq!(entities[&EntityId::from("e1")].aliases, ["V. P.", "Putin", "The president"]);
    session.run(Command::Undo).unwrap();
    assert_eq!(session.state(), &before);
    session.run(Command::Redo).unwrap();
    assert!(!session.entities().contains_key("e2"));
    session.run(Command::Undo).unwrap();
    session.wait_durable().unwrap();
    drop(session);
    assert_eq!(world.open().state(), &before);
}

#[test]
fn what_cannot_be_one_stays_two() {
    let world = World::new();
    let mut session = with_two(&world);
    let before = session.state().clone();
    refused(merge(&mut session, "e1", &[]), "two entities or more");
    refused(merge(&mut session, "e1", &["e1"]), "two entities or more");
    refused(merge(&mut session, "e1", &["e9"]), "no entity e9");
    refused(merge(&mut session, "both", &["e1"]), "itself");
    refused(merge(&mut session, "role", &["e2"]), "own holder");
    assert_eq!(session.state(), &before);
    for (id, qid) in [("q1", "Q1"), ("q2", "Q2")] {
        put(&mut session, Entity { qid: Some(qid.into()), ..entity(id, "PER", id, &[]) });
    }
    refused(merge(&mut session, "q1", &["q2"]), "two things in Wikidata");
}

#[test]
fn nothing_becomes_a_part_of_itself() {
    let world = World::new();
    let mut session = world.with_news();
    for id in ["a", "b", "c"] {
        put(&mut session, entity(id, "ORG", id, &[]));
    }
    let link = |session: &mut Session, id: &str, part_of: Option<&str>, members: &[&str]| {
        let mut changed = session.entities()[&EntityId::from(id)].clone();
        changed.part_of = part_of.map(Into::into);
        changed.members = members.iter().map(|id| (*id).into()).collect();
        session.run(Command::PutEntity { entity: Box::new(changed) }).map(drop)
    };
    link(&mut session, "a", Some("b"), &[]).unwrap();
    link(&mut session, "c", None, &["b"]).unwrap();
    refused(link(&mut session, "c", Some("a"), &["b"]), "by way of");
    refused(link(&mut session, "a", Some("b"), &["c"]), "part of itself");
    refused(link(&mut session, "a", Some("a"), &[]), "itself");
    // The same link said from the other end is no circle.
    link(&mut session, "b", None, &["a"]).unwrap();
    refused(merge(&mut session, "a", &["c"]), "part of itself");
}

#[test]
fn a_split_gives_some_mentions_to_a_new_entity() {
    let world = World::new();
    let mut session = with_two(&world);
    merge(&mut session, "e1", &["e2"]).unwrap();
    let (before, article) = (session.state().clone(), first(&session));
    let ids: Vec<MentionId> = session.set(&article).mentions.keys().cloned().collect();
    let chosen = vec![(article.clone(), ids[1].clone())];
    let into = Box::new(entity("", "PER", "Another", &[]));
    let command = Command::SplitEntity { entity: "e1".into(), mentions: chosen.clone(), into: into.clone() };
    let outcome = session.run(command.clone()).unwrap();
    let new = outcome.id.unwrap();
    assert_eq!(entities_of(&session, &article), [Some("e1".to_owned()), Some(new.clone())]);
    refused(session.run(command).map(drop), "not one of the entity's");
    session.run(Command::Undo).unwrap();
    assert_eq!(session.state(), &before);
    // Into one that is there already it is moving.
    let there = Box::new(entity("both", "PER", "Both", &[]));
    let command = Command::SplitEntity { entity: "e1".into(), mentions: chosen.clone(), into: there };
    refused(session.run(command).map(drop), "already");
    session.run(Command::MoveMentions { mentions: chosen, entity: "both".into() }).unwrap();
    assert_eq!(entities_of(&session, &article), [Some("e1".to_owned()), Some("both".to_owned())]);
    let gone = vec![(article, MentionId::from("gone"))];
    refused(session.run(Command::MoveMentions { mentions: gone, entity: "both".into() }).map(drop), "no mention gone");
}

#[test]
fn everything_said_about_an_entity_is_found_in_memory_and_on_disk() {
    let world = World::new();
    let mut session = with_two(&world);
    let (article, scale) = (first(&session), "favor3");
    let mut towards = stance("s2", Ref::Author, Ref::Entity("e1".into()));
    towards.scale = scale.into();
    session.run(Command::PutStance { article: article.clone(), stance: Box::new(towards) }).unwrap();
    // Through a mention of it, too.
    let mention = session.set(&article).mentions.values().find(|mention| mention.entity == Some("e1".into()));
    let said = claim("c2", span(PUTIN, 1), Some(Ref::Mention(mention.unwrap().id.clone())));
    session.run(Command::PutClaim { article: article.clone(), claim: Box::new(said) }).unwrap();
    let read = |session: &Session, id: &str| session.entity_reader(&id.into()).read(&Default::default()).unwrap();
    let (one, two) = (read(&session, "e1"), read(&session, "e2"));
    let ids = |uses: &[hashiya::session::Use]| uses.iter().map(|one| format!("{:?}", one.what)).collect::<Vec<_>>();
    assert_eq!(one.names, [(PUTIN.to_owned(), 1)]);
    assert_eq!((one.mentions.len(), one.articles, one.unread), (1, 1, 0));
    let place = &one.mentions[0];
    assert_eq!((place.quote.as_str(), place.span), (PUTIN, span(PUTIN, 0)));
    assert!(super::world::NEWS.contains(&[place.before.as_str(), PUTIN].concat()));
    assert_eq!(
        (ids(&one.claims), ids(&one.received), ids(&one.held)),
        (vec!["Claim(c2)".into()], vec!["Stance(s2)".into()], vec![])
    );
    assert_eq!((ids(&two.claims), ids(&two.held)), (vec!["Claim(c1)".into()], vec!["Stance(s1)".to_owned()]));
    assert_eq!(two.held[0].other, Some(Ref::Topic("t".into())));
    session.close().unwrap();
    let session = world.open_lazily(&world.dir, &OpenOptions::default()).unwrap();
    assert_eq!((read(&session, "e1"), read(&session, "e2")), (one, two));
}

/// A corpus in which each of two entities has a mention in every article.
fn corpus(articles: usize, annotator: &str) -> Exchange {
    let mut exchange = Exchange { articles: Vec::new(), ..news() };
    for n in 0..articles {
        let mut article: ExchangeArticle = exchange_article(&format!("a{n}"), &format!("Putin met Putin {n}."));
        let mut set = hashiya::model::AnnotationSet::default();
        for (id, at, of) in [("m1", 0, "e1"), ("m2", 10, "e2")] {
            let mention = hashiya::model::Mention {
                id: id.into(),
                spans: SpanSet::one(Span::new(at, at + 5)).unwrap(),
                quote: "Putin".into(),
                label: "PER".into(),
                attributes: Attributes::new(),
                entity: Some(of.into()),
                note: String::new(),
                provenance: Provenance::manual(annotator.into(), hashiya::env::Timestamp(String::new())),
                extra: Default::default(),
            };
            set.mentions.insert(id.into(), mention);
        }
        article.sets.insert(annotator.into(), set);
        exchange.articles.push(article);
    }
    let both = ["e1", "e2"].map(|id| (EntityId::from(id), entity(id, "PER", "Putin", &[])));
    exchange.project.entities.insert(annotator.into(), both.into());
    exchange
}

fn with_corpus(world: &World, articles: usize) -> (Session, Vec<EntityId>) {
    let mut session = world.create("amal");
    session.import(corpus(articles, "amal"), vec!["corpus.jsonl".into()]).unwrap();
    session.close().unwrap();
    let session = world.open_lazily(&world.dir, &OpenOptions::default()).unwrap();
    let ids = session.entities().keys().cloned().collect();
    (session, ids)
}

/// How many mentions each entity has, over the whole corpus.
fn counts(session: &Session, ids: &[EntityId]) -> Vec<usize> {
    let mut counts = vec![0; ids.len()];
    session
        .for_each_set(None, None, &mut |_, _, set| {
            for entity in set.mentions.values().filter_map(|mention| mention.entity.as_ref()) {
                if let Some(at) = ids.iter().position(|id| id == entity) {
                    counts[at] += 1;
                }
            }
        })
        .unwrap();
    counts
}

fn drive(session: &mut Session, command: Command) -> WideState {
    let mut job = session.start_wide(command).unwrap();
    loop {
        match session.poll_wide(&mut job, &|| Box::new(|| {})) {
            WideState::Running(..) => std::thread::yield_now(),
            state => return state,
        }
    }
}

#[test]
fn a_merge_reaches_every_article_in_one_go_and_part_by_part() {
    const ARTICLES: usize = 600;
    let world = World::new();
    let (mut session, ids) = with_corpus(&world, ARTICLES);
    assert_eq!(counts(&session, &ids), [ARTICLES, ARTICLES]);
    let command = Command::MergeEntities { kept: ids[0].clone(), others: vec![ids[1].clone()] };
    session.run(command.clone()).unwrap();
    assert_eq!(counts(&session, &ids), [2 * ARTICLES, 0]);
    session.run(Command::Undo).unwrap();
    assert_eq!((counts(&session, &ids), session.entities().len()), (vec![ARTICLES, ARTICLES], 2));
    session.close().unwrap();

    let mut session = world.open_lazily(&world.dir, &OpenOptions::default()).unwrap();
    let lines = session.history(&Default::default()).len();
    let state = drive(&mut session, command);
    assert!(matches!(&state, WideState::Done(outcome) if outcome.id.as_deref() == Some(ids[0].as_str())), "{state:?}");
    assert_eq!(counts(&session, &ids), [2 * ARTICLES, 0]);
    assert!(session.history(&Default::default()).len() > lines + 1, "it was written in parts");
    // The parts are undone together.
    session.run(Command::Undo).unwrap();
    assert_eq!((counts(&session, &ids), session.entities().len()), (vec![ARTICLES, ARTICLES], 2));
    session.close().unwrap();
    assert_eq!(world.open_as("amal").store().check().unwrap(), []);
}

#[test]
fn a_merge_that_is_stopped_or_disturbed_changes_nothing() {
    const ARTICLES: usize = 300;
    let world = World::new();
    let (mut session, ids) = with_corpus(&world, ARTICLES);
    let command = Command::MergeEntities { kept: ids[0].clone(), others: vec![ids[1].clone()] };
    for disturb in [false, true] {
        let mut job = session.start_wide(command.clone()).unwrap();
        let written = loop {
            match session.poll_wide(&mut job, &|| Box::new(|| {})) {
                WideState::Running(done, _) if done > 0 && job.is_writing() => break done,
                WideState::Running(..) => std::thread::yield_now(),
                state => panic!("{state:?}"),
            }
        };
        assert!(written < ARTICLES, "it is only half done");
        if disturb {
            put(&mut session, entity("new", "PER", "New", &[]));
            let state = session.poll_wide(&mut job, &|| Box::new(|| {}));
            assert!(matches!(state, WideState::Failed(CommandError::Changed { .. })), "{state:?}");
        } else {
            session.stop_wide(job);
        }
        assert_eq!(counts(&session, &ids), [ARTICLES, ARTICLES]);
        assert!(session.entities().contains_key(&ids[1]));
    }
}

#[test]
fn what_is_changed_while_sets_are_read_is_moved_too() {
    let world = World::new();
    let (mut session, ids) = with_corpus(&world, 40);
    let mut job =
        session.start_wide(Command::MergeEntities { kept: ids[0].clone(), others: vec![ids[1].clone()] }).unwrap();
    session.poll_wide(&mut job, &|| Box::new(|| {}));
    let article = first(&session);
    session.open_article(&article).unwrap();
    let mention = session.set(&article).mentions.keys().next().unwrap().clone();
    join(&mut session, &mention, Some(ids[1].as_str()));
    while let WideState::Running(..) = session.poll_wide(&mut job, &|| Box::new(|| {})) {}
    assert_eq!(counts(&session, &ids), [80, 0]);
}

#[test]
fn a_merge_that_cannot_be_read_changes_nothing() {
    let world = World::new();
    let (session, ids) = with_corpus(&world, 40);
    session.close().unwrap();
    let command = Command::MergeEntities { kept: ids[0].clone(), others: vec![ids[1].clone()] };
    let mut refused = 0;
    for at in 1..400 {
        let faulty: Arc<dyn Fs> = Arc::new(FaultyFs::new(Arc::clone(&world.fs), at, Fault::Denied));
        let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
        let Ok(mut session) = Session::open(faulty, &world.dir, &options, world.env(), None) else { continue };
        let before: State = session.state().clone();
        if session.run(command.clone()).is_err() {
            refused += 1;
            assert_eq!(session.entities(), before.entities());
        }
        drop(session);
        let session = world.open_lazily(&world.dir, &OpenOptions::default()).unwrap();
        let counts = counts(&session, &ids);
        assert!(counts == [40, 40] || counts == [80, 0], "{counts:?} after a fault at {at}");
        if counts == [80, 0] {
            break;
        }
    }
    assert!(refused > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merging_splitting_and_moving_are_taken_back_exactly(
        steps in prop::collection::vec((0u8..5, 0usize..5, 0usize..5, 0usize..6), 1..10),
    ) {
        let world = World::new();
        let mut session = with_two(&world);
        for id in ["x", "y"] {
            put(&mut session, entity(id, "PER", id, &[]));
        }
        let mut states = vec![session.state().clone()];
        for (kind, a, b, c) in steps {
            let ids: Vec<EntityId> = session.entities().keys().cloned().collect();
            let article = first(&session);
            let mentions: Vec<MentionId> = session.set(&article).mentions.keys().cloned().collect();
            let (one, two) = (ids[a % ids.len()].clone(), ids[b % ids.len()].clone());
            let chosen = vec![(article, mentions[c % mentions.len()].clone())];
            let command = match kind {
                0 | 1 => Command::MergeEntities { kept: one, others: vec![two, ids[c % ids.len()].clone()] },
                2 => Command::SplitEntity { entity: one, mentions: chosen, into: Box::new(entity("", "PER", "New", &[])) },
                3 => Command::MoveMentions { mentions: chosen, entity: one },
                _ => {
                    let mut changed = session.entities()[&one].clone();
                    changed.part_of = Some(two);
                    Command::PutEntity { entity: Box::new(changed) }
                }
            };
            if session.run(command).is_ok_and(|outcome| outcome.line.is_some()) {
                states.push(session.state().clone());
            } else {
                prop_assert_eq!(session.state(), states.last().unwrap(), "what was refused changed something");
            }
        }
        let last = states.pop().unwrap();
        for state in states.iter().rev() {
            session.run(Command::Undo).unwrap();
            prop_assert_eq!(session.state(), state);
        }
        for _ in &states {
            session.run(Command::Redo).unwrap();
        }
        prop_assert_eq!(session.state(), &last);
        session.wait_durable().unwrap();
        drop(session);
        let reopened = world.open();
        prop_assert_eq!(reopened.state(), &last);
    }
}
