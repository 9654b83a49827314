//! The promises of the design that fall to the session, each under its name.

use std::collections::BTreeMap;

use hashiya::edit::{ApplyError, State, inverse};
use hashiya::model::{Attributes, Exchange, ExchangeProject};
use hashiya::session::{Command, HistoryFilter, SaveState};
use hashiya::text::{Span, is_grapheme_boundary};
use proptest::prelude::*;

use super::random::{command, dice};
use super::world::{NEWS, World, added, exchange_article, first, rows, set, span};

const PUTIN: &str = "بوتين";

#[test]
fn text_is_frozen() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    added(&mut session, "PER", span(PUTIN, 0));
    let fact = hashiya::edit::FactKind::Title;
    session
        .run(Command::SetFact { article: article.clone(), fact, value: hashiya::edit::ArticleFact::Text("x".into()) })
        .unwrap();
    assert_eq!(&*session.article(&article).unwrap().text, NEWS);
    // A mention whose quote is not what the text says is found.
    let mut set = session.set(&article).clone();
    for mention in set.mentions.values_mut() {
        mention.quote.push('x');
    }
    let around = hashiya::model::Surroundings {
        scheme: session.scheme(),
        entities: session.entities(),
        clusters: session.clusters(),
        topics: session.topics(),
        sentences: &[],
    };
    let found = hashiya::model::findings(&session.article(&article).unwrap(), &set, &around);
    assert_eq!(found.iter().map(|finding| finding.rule.code()).collect::<Vec<_>>(), ["quote_drift"]);
}

#[test]
fn saved_means_durable() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let state = session.state().clone();
    session.wait_durable().unwrap();
    assert_eq!(session.save_state(), SaveState::Saved);
    // Nothing of this session is asked any more: what it called saved is in the files.
    drop(session);
    assert_eq!(world.open().state(), &state);
}

#[test]
fn only_apply_changes_what_people_made() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "PER", span(PUTIN, 0));
    let line = session.history(&HistoryFilter::default()).remove(0);
    let mut state = session.state().clone();
    // What is there already is refused, and nothing of a transaction is applied when one edit does not fit.
    let before = state.clone();
    assert!(matches!(state.apply(&line.edits), Err(ApplyError::BeforeDiffers { .. })));
    assert_eq!(state, before);
    let mut both = inverse(&line.edits);
    let mut flag = both[0].clone();
    flag.place = hashiya::edit::Place::Flag(first(&session));
    both.push(flag);
    assert!(state.apply(&both).is_err());
    assert_eq!(state, before);
    let twice = [inverse(&line.edits), inverse(&line.edits)].concat();
    assert!(matches!(state.apply(&twice), Err(ApplyError::NamedTwice { .. })));
    assert_eq!(state, before);
}

#[test]
fn memory_follows_what_is_open() {
    let world = World::new();
    let mut session = world.create("amal");
    let articles = (0..200).map(|number| exchange_article(&format!("a{number}"), &format!("text {number}")));
    let exchange = Exchange { project: ExchangeProject::default(), articles: articles.collect() };
    session.import(exchange, vec!["many.jsonl".into()]).unwrap();
    let ids: Vec<_> = session.catalogue().rows().map(|row| row.id()).collect();
    let weak: Vec<_> = ids.iter().map(|id| std::sync::Arc::downgrade(&session.article(id).unwrap())).collect();
    // All were looked at; only the last few are still in memory.
    let kept = weak.iter().filter(|article| article.strong_count() > 0).count();
    assert!((1..=32).contains(&kept), "{kept} articles are kept");
    assert_eq!(&*session.article(&ids[0]).unwrap().text, "text 0");
}

#[test]
fn order_is_deterministic() {
    let run = || {
        let world = World::new();
        let mut session = world.with_news();
        for word in session.words(&first(&session)).unwrap().iter() {
            added(&mut session, "PER", *word);
        }
        let article = first(&session);
        session.wait_durable().unwrap();
        let lines: Vec<_> = session.history(&HistoryFilter::default()).into_iter().map(|entry| entry.line).collect();
        (lines, session.mention_order(&article).to_vec(), rows(&session))
    };
    assert_eq!(run(), run());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn edits_are_self_inverse_by_swap(all in dice()) {
        let world = World::new();
        let mut session = world.with_news();
        for dice in all {
            let before: State = session.state().clone();
            let command = command(&session, dice);
            let Ok(outcome) = session.run(command) else { continue };
            if outcome.line.is_none() {
                continue;
            }
            let edits = session.history(&HistoryFilter { limit: Some(1), ..HistoryFilter::default() }).remove(0).edits;
            let mut state = session.state().clone();
            state.apply(&inverse(&edits)).unwrap();
            prop_assert_eq!(&state, &before);
            state.apply(&inverse(&inverse(&edits))).unwrap();
            prop_assert_eq!(&state, session.state());
        }
    }

    #[test]
    fn records_only_grow(all in dice()) {
        let world = World::new();
        let mut session = world.with_news();
        let mut known = BTreeMap::new();
        for dice in all {
            let command = if dice.0.is_multiple_of(5) { Command::Undo } else { command(&session, dice) };
            if command == Command::Undo && session.undo_cause() == Some("register_import") {
                continue;
            }
            // Refused commands count too: they must not take anything away.
            let _ = session.run(command);
            let lines = session.history(&HistoryFilter::default());
            let now: BTreeMap<_, _> = lines.iter().map(|entry| (entry.line.clone(), entry.edits.clone())).collect();
            prop_assert!(known.iter().all(|(line, edits)| now.get(line) == Some(edits)));
            known = now;
        }
    }

    #[test]
    fn offsets_are_bytes(start in 0usize..400, len in 1usize..40) {
        let world = World::new();
        let mut session = world.with_news();
        let article = first(&session);
        let spans = set(&[Span::new(start, start + len)]);
        let command = Command::AddMention { article: article.clone(), label: "PER".into(), spans, attributes: Attributes::new() };
        match session.run(command) {
            Ok(outcome) => {
                for piece in outcome.spans.unwrap().iter() {
                    prop_assert!(is_grapheme_boundary(NEWS, piece.start()) && is_grapheme_boundary(NEWS, piece.end()));
                    prop_assert!(piece.start() <= start && piece.end() >= start + len);
                }
                let mention = session.set(&article).mentions.values().next().unwrap();
                prop_assert_eq!(Some(mention.quote.clone()), mention.spans.quote(NEWS));
            }
            Err(error) => prop_assert!(start + len > NEWS.len(), "{}", error),
        }
    }
}
