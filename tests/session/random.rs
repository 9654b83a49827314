//! Random commands: undo takes each back, redo does it again, and the records say what the state says.

use hashiya::edit::{ArticleFact, FactKind, State};
use hashiya::model::{
    AnnotationId, ArticleId, AttributeValue, Attributes, ClaimCluster, Direction, MentionId, Profile, Ref, RegionKind,
    Status, Topic,
};
use hashiya::session::{Command, CommandError, Edge, EdgeUnit, HistoryFilter, Session};
use hashiya::text::{Span, SpanSet};
use proptest::prelude::*;

use super::commands::{claim, entity, stance};
use super::world::{World, first, rows};

/// Numbers that [`command`] turns into a command about what is there.
pub type Dice = (u8, u16, u16, u16);

pub fn dice() -> impl Strategy<Value = Vec<Dice>> {
    prop::collection::vec((0u8..38, any::<u16>(), any::<u16>(), any::<u16>()), 1..24)
}

fn pick<T: Clone>(all: impl IntoIterator<Item = T>, number: u16) -> Option<T> {
    let all: Vec<T> = all.into_iter().collect();
    (!all.is_empty()).then(|| all[usize::from(number) % all.len()].clone())
}

fn some_span(text: &str, a: u16, b: u16) -> Span {
    // Now and then it ends after the text or splits a letter: that is part of the game.
    let start = usize::from(a) % text.len();
    Span::new(start, start + 1 + usize::from(b) % 12)
}

/// A command, perhaps one that will be refused.
pub fn command(session: &Session, (kind, a, b, c): Dice) -> Command {
    let article =
        pick(session.catalogue().rows().map(|row| row.id()), c / 7).unwrap_or_else(|| ArticleId::from("gone"));
    let text = session.article(&article).map_or_else(|_| " ".into(), |loaded| loaded.text.to_string());
    let set = session.set(&article);
    let mention = pick(set.mentions.keys().cloned(), a).unwrap_or_else(|| MentionId::from("none"));
    let claim_id = pick(set.claims.keys().cloned(), a);
    let entity_id = pick(session.entities().keys().cloned(), b);
    let spans = SpanSet::one(some_span(&text, a, b)).unwrap();
    let label = pick(session.scheme().labels.iter().map(|label| label.id.clone()), c).unwrap();
    let edge = if c.is_multiple_of(2) { Edge::Start } else { Edge::End };
    let steps = i32::from(b % 7) - 3;
    match kind {
        0..=5 => Command::AddMention { article, label, spans, attributes: Attributes::new() },
        6 => Command::SetLabel { article, mention, label },
        7 => Command::SetSpans { article, mention, spans },
        8 => Command::StepEdge { article, mention, edge, steps },
        9 => {
            let unit = if a.is_multiple_of(2) { EdgeUnit::Grapheme } else { EdgeUnit::Word };
            Command::MoveEdge { article, mention, edge, unit, steps }
        }
        10 => Command::AddFragment { article, mention, span: some_span(&text, b, c) },
        11 => Command::RemoveFragment { article, mention, at: usize::from(b) % text.len() },
        12 => {
            let value = AttributeValue::Text(["NAM", "NOM", "PRO", "?"][usize::from(b % 4)].into());
            Command::SetAttribute { article, mention, attribute: "level".into(), value: Some(value) }
        }
        13 => Command::SetMentionEntity { article, mention, entity: entity_id },
        14 => Command::SetNote { article, what: mention.into(), note: "n".repeat(usize::from(b % 3)) },
        15 => {
            let mut claim = claim(&format!("c{}", c % 3), some_span(&text, a, b), Some(Ref::Mention(mention)));
            claim.nested_in = claim_id;
            Command::PutClaim { article, claim: Box::new(claim) }
        }
        16 => {
            let target = claim_id.map_or(Ref::Topic("t".into()), Ref::Claim);
            let mut stance = stance(&format!("s{}", c % 3), Ref::Author, target);
            stance.evidence = Some(spans);
            Command::PutStance { article, stance: Box::new(stance) }
        }
        17 | 18 => Command::Delete { article, what: vec![AnnotationId::Mention(mention)] },
        19 => {
            let mut what: Vec<AnnotationId> = set.claims.keys().cloned().map(AnnotationId::Claim).collect();
            what.extend(set.stances.keys().take(usize::from(b % 4)).cloned().map(AnnotationId::Stance));
            Command::Delete { article, what }
        }
        _ => project_command(session, article, (kind, a, b, c)),
    }
}

fn project_command(session: &Session, article: ArticleId, (kind, a, b, c): Dice) -> Command {
    let regions = session.article(&article).map(|loaded| loaded.facts.regions.clone()).unwrap_or_default();
    let region = pick(regions.iter().map(|region| region.span), a).unwrap_or(Span::new(0, 2));
    match kind {
        20 => {
            let mut entity = entity(&format!("e{}", a % 4));
            entity.part_of = pick(session.entities().keys().cloned(), b);
            Command::PutEntity { entity: Box::new(entity) }
        }
        21 => Command::DeleteEntity { entity: format!("e{}", a % 4).into() },
        22 => {
            let status = [Status::New, Status::InProgress, Status::Done, Status::Skipped][usize::from(a % 4)];
            Command::SetStatus { article, status, reason: "r".repeat(usize::from(b % 2)) }
        }
        23 => Command::SetFlag { article, flagged: a.is_multiple_of(2) },
        24 => Command::SetArticleNote { article, note: "n".repeat(usize::from(b % 3)) },
        25 => {
            let value = pick([None, Some("brief"), Some("opinion"), Some("novel")], b).flatten();
            let value = value.map(|value| AttributeValue::Text(value.into()));
            Command::SetField { article, field: "genre".into(), value }
        }
        26 => {
            let kind = pick([None, Some(RegionKind::Body), Some(RegionKind::Credit)], b).flatten();
            Command::SetRegion { article, span: region, kind, include: Some(c.is_multiple_of(2)) }
        }
        27 => Command::RemoveRegion { article, span: region },
        28 => Command::ConfirmRegions { article },
        29 => {
            let value = ArticleFact::Text(["", "2026-11-24", "never"][usize::from(b % 3)].into());
            Command::SetFact { article, fact: [FactKind::Date, FactKind::Title][usize::from(a % 2)], value }
        }
        30 => Command::SetParagraphDirection {
            article,
            at: 0,
            direction: pick([None, Some(Direction::Ltr)], b).flatten(),
        },
        31 => Command::SetSentenceBoundary { article, at: usize::from(a % 80), boundary: Some(b.is_multiple_of(2)) },
        32 => {
            let wording = std::collections::BTreeMap::from([("en".to_owned(), format!("w{}", b % 2))]);
            Command::PutTopic { id: "t".into(), topic: Box::new(Topic { wording }) }
        }
        33 => {
            let contradicts = session.clusters().keys().take(usize::from(b % 2)).cloned().collect();
            let id = format!("k{}", a % 3).into();
            let cluster = ClaimCluster { id, contradicts, in_tension_with: Vec::new(), note: String::new() };
            Command::PutCluster { cluster: Box::new(cluster) }
        }
        36 => {
            let code = ["crossing_mention", "region_left_out", "no such rule"][usize::from(a % 3)].into();
            let ids = session.set(&article).mentions.keys().map(ToString::to_string).take(2);
            let id = pick(ids.chain([String::new(), "gone".into()]), b).unwrap();
            Command::DismissFinding { article, code, id, reason: "r".repeat(usize::from(c % 3)) }
        }
        37 => {
            let (code, id) = pick(session.set(&article).dismissed.keys().cloned(), b).unwrap_or_default();
            Command::RestoreFinding { article, code, id }
        }
        34 => Command::SetProfile { profile: Profile { display_name: format!("Amal {}", b % 2) } },
        _ => Command::SetSetting { name: "s".into(), json: pick([None, Some("1".to_owned())], b).flatten() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn undo_after_do_is_identity(all in dice()) {
        let world = World::new();
        let mut session = world.with_news();
        for dice in all {
            let (before, rows_before) = (session.state().clone(), rows(&session));
            let command = command(&session, dice);
            match session.run(command.clone()) {
                Ok(outcome) if outcome.line.is_some() => {
                    let (after, rows_after) = (session.state().clone(), rows(&session));
                    prop_assert_ne!(&after, &before, "{:?} was written but changed nothing", command);
                    session.run(Command::Undo).unwrap();
                    prop_assert_eq!(session.state(), &before, "undo of {:?}", command);
                    prop_assert_eq!(rows(&session), rows_before);
                    session.run(Command::Redo).unwrap();
                    prop_assert_eq!(session.state(), &after, "redo of {:?}", command);
                    prop_assert_eq!(rows(&session), rows_after);
                }
                Ok(outcome) => {
                    prop_assert!(!outcome.notices.is_empty(), "{:?} did nothing and said nothing", command);
                    prop_assert_eq!(session.state(), &before);
                }
                Err(CommandError::Storage(error)) => prop_assert!(false, "{}", error),
                Err(_) => prop_assert_eq!(session.state(), &before, "{:?} was refused", command),
            }
        }
    }

    #[test]
    fn replay_of_the_records_is_the_state_after_each_command(all in dice(), undos in prop::collection::vec(any::<u8>(), 24)) {
        let world = World::new();
        let mut session = world.with_news();
        // What the imports say about articles is part of a state once they are open.
        let articles: Vec<_> = session.catalogue().rows().map(|row| row.id()).collect();
        for article in &articles {
            session.open_article(article).unwrap();
        }
        let mut replayed: State = session.state().clone();
        let known = session.history(&HistoryFilter::default()).len();
        let mut states = Vec::new();
        for (dice, undo) in all.into_iter().zip(undos) {
            let command = match undo {
                0..=50 => Command::Undo,
                51..=80 => Command::Redo,
                _ => command(&session, dice),
            };
            // The import itself stays: an article that is gone cannot be annotated.
            if command == Command::Undo && session.undo_cause() == Some("register_import") {
                continue;
            }
            if session.run(command).is_ok_and(|outcome| outcome.line.is_some()) {
                states.push(session.state().clone());
            }
        }
        let mut lines = session.history(&HistoryFilter::default());
        lines.reverse();
        prop_assert_eq!(lines.len(), known + states.len());
        for (line, state) in lines.iter().skip(known).zip(&states) {
            replayed.apply(&line.edits).unwrap();
            prop_assert_eq!(&replayed, state);
        }
        let article = first(&session);
        let (state, checks) = (session.state().clone(), session.checks(&article).unwrap());
        session.wait_durable().unwrap();
        drop(session);
        let reopened = world.open();
        prop_assert_eq!(reopened.problems(), &[][..]);
        prop_assert_eq!(reopened.state(), &state);
        prop_assert_eq!(reopened.checks(&article).unwrap(), checks);
        let mut again = reopened.history(&HistoryFilter::default());
        again.reverse();
        prop_assert_eq!(again, lines);
    }
}
