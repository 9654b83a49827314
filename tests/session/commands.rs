//! What commands do, what they refuse, and what they say.

use std::collections::BTreeMap;

use hashiya::edit::{ArticleFact, FactKind};
use hashiya::model::{
    AnnotationId, AttributeValue, Attributes, ChainLink, Claim, ClaimCluster, Direction, Entity, Extra, LinkRole,
    MentionId, Origin, Profile, Provenance, Ref, RegionKind, RegionState, Stance, Status, Topic,
};
use hashiya::session::{Command, CommandError, Edge, EdgeUnit, Session};
use hashiya::text::Span;

use super::world::{NEWS, World, add, added, codes, first, set, span};

const PUTIN: &str = "بوتين";
const AND_PUTIN: &str = "وبوتين";
const MINISTRY: &str = "وزارة الخارجية الروسية";
const FOREIGN_RUSSIAN: &str = "الخارجية الروسية تتوقع";
const COMMENTED: &str = "يعلّق";

fn text(value: &str) -> Option<AttributeValue> {
    Some(AttributeValue::Text(value.into()))
}

pub fn entity(id: &str) -> Entity {
    Entity {
        id: id.into(),
        kind: Some("PER".into()),
        name: BTreeMap::from([("en".into(), "Putin".into())]),
        aliases: Vec::new(),
        members: Vec::new(),
        part_of: None,
        holder: None,
        qid: None,
        note: String::new(),
        extra: Extra::new(),
    }
}

fn provenance() -> Provenance {
    Provenance { by: "somebody".into(), at: hashiya::env::Timestamp(String::new()), origin: Origin::Manual }
}

pub fn claim(id: &str, content: Span, source: Option<Ref>) -> Claim {
    let link =
        ChainLink { role: LinkRole::Origin, source, spans: None, cue: None, implicit: false, on_behalf_of: None };
    Claim {
        id: id.into(),
        content: set(&[content]),
        quote: String::new(),
        chain: vec![link],
        attributes: Attributes::new(),
        nested_in: None,
        cluster: None,
        norm: BTreeMap::new(),
        verdict: None,
        note: String::new(),
        provenance: provenance(),
        extra: Extra::new(),
    }
}

pub fn stance(id: &str, holder: Ref, target: Ref) -> Stance {
    Stance {
        id: id.into(),
        holder,
        target,
        scale: "favor3".into(),
        value: "favor".into(),
        explicit: true,
        evidence: Some(set(&[span(MINISTRY, 0)])),
        quote: String::new(),
        attributed_through: Vec::new(),
        attributes: Attributes::new(),
        note: String::new(),
        provenance: provenance(),
        extra: Extra::new(),
    }
}

/// The command is refused with a message that holds `says`, and nothing has changed.
pub fn refused(session: &mut Session, command: Command, says: &str) {
    let (state, revision, lines) = (session.state().clone(), session.revision(), session.history(&Default::default()));
    let error = session.run(command.clone()).expect_err(&format!("{command:?} should be refused"));
    assert!(error.to_string().contains(says), "{error} does not say {says:?}");
    assert_eq!((session.state(), session.revision()), (&state, revision));
    assert_eq!(session.history(&Default::default()), lines);
}

#[test]
fn a_mention_is_marked_with_quote_and_provenance() {
    let world = World::new();
    let mut session = world.with_news();
    let id = added(&mut session, "PER", span(PUTIN, 0));
    let article = first(&session);
    let mention = &session.set(&article).mentions[&id];
    assert_eq!(mention.quote, PUTIN);
    assert_eq!(mention.label.as_str(), "PER");
    assert_eq!(mention.provenance.by.as_str(), "amal");
    assert_eq!(session.row(&article).unwrap().mentions, 1);
    assert_eq!(session.mention_order(&article).as_ref(), [id]);
}

#[test]
fn the_same_span_and_label_is_there_once() {
    let world = World::new();
    let mut session = world.with_news();
    let id = added(&mut session, "PER", span(PUTIN, 0));
    let lines = session.history(&Default::default()).len();
    let again = add(&mut session, "PER", span(PUTIN, 0)).unwrap();
    assert_eq!((codes(&again), again.line.clone(), again.id), (vec!["already_there"], None, Some(id.to_string())));
    assert_eq!(session.history(&Default::default()).len(), lines);
    assert!(add(&mut session, "GPE", span(PUTIN, 0)).unwrap().line.is_some());
}

#[test]
fn spans_are_widened_to_whole_letters_with_a_word() {
    let world = World::new();
    let mut session = world.with_news();
    // Begins at the letter, ends before its shadda.
    let whole = span(COMMENTED, 0);
    let at_mark = whole.start() + COMMENTED.find('\u{651}').unwrap();
    let outcome = add(&mut session, "PER", Span::new(whole.start(), at_mark)).unwrap();
    assert_eq!(codes(&outcome), ["span_widened"]);
    assert_eq!(outcome.spans.unwrap().as_slice(), [Span::new(whole.start(), at_mark + '\u{651}'.len_utf8())]);
}

#[test]
fn wrong_spans_labels_and_attributes_are_refused() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let add = |label: &str, at: Span, attributes: Attributes| Command::AddMention {
        article: article.clone(),
        label: label.into(),
        spans: set(&[at]),
        attributes,
    };
    let end = NEWS.len();
    refused(&mut session, add("PER", Span::new(end - 1, end + 1), Attributes::new()), "ends after the text");
    refused(&mut session, add("PERSON", span(PUTIN, 0), Attributes::new()), "has no label PERSON; it has PER, ORG");
    let bad = Attributes::from([("level".into(), AttributeValue::Text("NAME".into()))]);
    refused(&mut session, add("PER", span(PUTIN, 0), bad), "use NAM, NOM, PRO");
    let elsewhere = Attributes::from([("adjectival".into(), AttributeValue::Flag(true))]);
    refused(&mut session, add("PER", span(PUTIN, 0), elsewhere), "mentions labelled PER");
    let nowhere = Command::SetFlag { article: "0123".into(), flagged: true };
    refused(&mut session, nowhere, "no article 0123");
    let missing = Command::SetLabel { article, mention: "m1".into(), label: "PER".into() };
    refused(&mut session, missing, "no mention m1");
}

#[test]
fn attributes_at_their_default_are_not_stored() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, mention) = (first(&session), added(&mut session, "PER", span(PUTIN, 0)));
    let set = |session: &mut Session, attribute: &str, value: Option<AttributeValue>| {
        let attribute = attribute.into();
        session.run(Command::SetAttribute { article: article.clone(), mention: mention.clone(), attribute, value })
    };
    assert!(set(&mut session, "level", text("NOM")).unwrap().line.is_some());
    assert_eq!(session.set(&article).mentions[&mention].attributes.get("level"), text("NOM").as_ref());
    assert!(set(&mut session, "level", text("NAM")).unwrap().line.is_some());
    assert!(session.set(&article).mentions[&mention].attributes.is_empty());
    let nothing = set(&mut session, "level", None).unwrap();
    assert_eq!((nothing.line.clone(), codes(&nothing)), (None, vec!["nothing_to_do"]));
    set(&mut session, "subtype", text("group")).unwrap();
    assert!(set(&mut session, "subtype", text("city")).is_err());
    // A new label drops what does not apply to it, and says so.
    let relabelled = Command::SetLabel { article: article.clone(), mention: mention.clone(), label: "GPE".into() };
    assert_eq!(codes(&session.run(relabelled).unwrap()), ["attribute_dropped"]);
    assert!(session.set(&article).mentions[&mention].attributes.is_empty());
}

#[test]
fn crossing_mentions_warn_and_are_stored() {
    let world = World::new();
    let mut session = world.with_news();
    added(&mut session, "ORG", span(MINISTRY, 0));
    let crossing = add(&mut session, "NORP", span(FOREIGN_RUSSIAN, 0)).unwrap();
    assert_eq!(codes(&crossing), ["crossing_mention"]);
    assert!(crossing.line.is_some());
    let found = session.checks(&first(&session)).unwrap();
    assert!(found.open.iter().any(|finding| finding.rule == hashiya::model::Rule::CrossingMention), "{found:?}");
    // Nested is not crossing.
    let nested = add(&mut session, "PER", span("\u{627}\u{644}\u{631}\u{648}\u{633}\u{64A}\u{629}", 0)).unwrap();
    assert!(codes(&nested).is_empty(), "{nested:?}");
}

#[test]
fn edges_move_by_letters_words_and_pieces() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, whole) = (first(&session), span(AND_PUTIN, 0));
    let mention = added(&mut session, "PER", whole);
    let moved = |session: &mut Session, edge, unit, steps| {
        let command = Command::MoveEdge { article: article.clone(), mention: mention.clone(), edge, unit, steps };
        session.run(command).unwrap().spans.unwrap().hull()
    };
    let waw = '\u{648}'.len_utf8();
    assert_eq!(moved(&mut session, Edge::Start, EdgeUnit::Grapheme, 1), Span::new(whole.start() + waw, whole.end()));
    assert_eq!(moved(&mut session, Edge::Start, EdgeUnit::Grapheme, -1), whole);
    let wider = moved(&mut session, Edge::End, EdgeUnit::Word, 1);
    assert!(wider.start() == whole.start() && wider.end() > whole.end());
    assert_eq!(moved(&mut session, Edge::End, EdgeUnit::Word, -1), whole);
    // An edge never passes the other one.
    assert_eq!(moved(&mut session, Edge::End, EdgeUnit::Grapheme, -100), whole);

    let piece = span("Putin", 0);
    let add = Command::AddFragment { article: article.clone(), mention: mention.clone(), span: piece };
    assert_eq!(session.run(add).unwrap().spans.unwrap().as_slice(), [whole, piece]);
    let remove = |at| Command::RemoveFragment { article: article.clone(), mention: mention.clone(), at };
    assert_eq!(session.run(remove(piece.start())).unwrap().spans.unwrap().as_slice(), [whole]);
    refused(&mut session, remove(whole.start()), "the only piece");
    refused(&mut session, remove(0), "no piece at byte 0");
}

#[test]
fn an_edge_steps_through_the_ladder_and_back() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, whole) = (first(&session), span(AND_PUTIN, 0));
    let mention = added(&mut session, "PER", whole);
    let step = |session: &mut Session, steps| {
        let (article, mention) = (article.clone(), mention.clone());
        session.run(Command::StepEdge { article, mention, edge: Edge::Start, steps }).unwrap()
    };
    let inside = step(&mut session, 1).spans.unwrap().hull();
    assert_eq!(inside, Span::new(whole.start() + '\u{648}'.len_utf8(), whole.end()));
    assert_eq!(session.set(&article).mentions[&mention].quote, PUTIN);
    assert_eq!(step(&mut session, -1).spans.unwrap().hull(), whole);
    let stays = step(&mut session, -1);
    assert_eq!((codes(&stays), stays.line), (vec!["edge_stays"], None));
}

#[test]
fn a_name_that_was_marked_is_suggested_inside_a_longer_word() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, whole) = (first(&session), span(AND_PUTIN, 0));
    added(&mut session, "PER", span(PUTIN, 0));
    let suggested = session.suggest_span(&article, whole.start()).unwrap().unwrap();
    assert_eq!(suggested.default, Span::new(whole.start() + '\u{648}'.len_utf8(), whole.end()));
    // Between words there is nothing to suggest.
    let gap = NEWS.find("\n\n").unwrap() + 1;
    assert_eq!(session.suggest_span(&article, gap).unwrap(), None);
}

#[test]
fn the_full_form_of_a_contraction_is_stored_and_taken_back() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    // li-l-sahafiyyin: the span begins after the first lam.
    let word = span("\u{644}\u{644}\u{635}\u{62D}\u{641}\u{64A}\u{64A}\u{646}", 0);
    let lam = '\u{644}'.len_utf8();
    let mention = added(&mut session, "PER", Span::new(word.start() + lam, word.end()));
    let norm = |session: &Session| session.set(&article).mentions[&mention].attributes.get("norm").cloned();
    let full = "\u{627}\u{644}\u{635}\u{62D}\u{641}\u{64A}\u{64A}\u{646}";
    assert_eq!(norm(&session), text(full));
    let (all, part) = (set(&[word]), set(&[Span::new(word.start() + lam, word.end())]));
    let respan = |spans| Command::SetSpans { article: article.clone(), mention: mention.clone(), spans };
    session.run(respan(all.clone())).unwrap();
    assert_eq!(norm(&session), None);
    session.run(respan(part)).unwrap();
    assert_eq!(norm(&session), text(full));
    // What a person wrote stays.
    let own = Command::SetAttribute {
        article: article.clone(),
        mention: mention.clone(),
        attribute: "norm".into(),
        value: text("journalists"),
    };
    session.run(own).unwrap();
    session.run(respan(all)).unwrap();
    assert_eq!(norm(&session), text("journalists"));
}

#[test]
fn what_is_referred_to_is_not_deleted() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, mention) = (first(&session), added(&mut session, "PER", span(PUTIN, 0)));
    let refers =
        Command::SetMentionEntity { article: article.clone(), mention: mention.clone(), entity: Some("putin".into()) };
    refused(&mut session, refers.clone(), "entity putin is referred to but does not exist");
    session.run(Command::PutEntity { entity: Box::new(entity("putin")) }).unwrap();
    session.run(refers).unwrap();
    let says = format!("the mention {mention} refers to it");
    refused(&mut session, Command::DeleteEntity { entity: "putin".into() }, &says);

    let put = claim("c1", span(MINISTRY, 0), Some(Ref::Mention(mention.clone())));
    session.run(Command::PutClaim { article: article.clone(), claim: Box::new(put) }).unwrap();
    let delete = |what: Vec<AnnotationId>| Command::Delete { article: article.clone(), what };
    refused(&mut session, delete(vec![AnnotationId::Mention(mention.clone())]), "the claim c1 refers to it");
    // Together they may go.
    let both = vec![AnnotationId::Mention(mention), AnnotationId::Claim("c1".into())];
    assert!(session.run(delete(both)).unwrap().line.is_some());
    assert!(session.run(Command::DeleteEntity { entity: "putin".into() }).unwrap().line.is_some());
    assert!(session.set(&article).is_empty() && session.entities().is_empty());
}

#[test]
fn claims_and_stances_are_kept_whole() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let author = Some(Ref::Author);
    let mut given = claim("", span(MINISTRY, 0), author);
    given.attributes.insert("check_worthiness".into(), AttributeValue::Text("2".into()));
    given.attributes.insert("polarity".into(), AttributeValue::Text("affirmative".into()));
    let put = |claim: Claim| Command::PutClaim { article: article.clone(), claim: Box::new(claim) };
    let id = session.run(put(given)).unwrap().id.unwrap();
    let stored = session.set(&article).claims[id.as_str()].clone();
    assert_eq!(stored.quote, MINISTRY);
    assert_eq!(stored.attributes, Attributes::from([("check_worthiness".into(), AttributeValue::Whole(2))]));
    assert_eq!(stored.provenance.by.as_str(), "amal");
    // A claim cannot be nested in itself.
    let mut inner = stored.clone();
    inner.nested_in = Some(inner.id.clone());
    refused(&mut session, put(inner), "nested in itself");

    session.run(Command::PutTopic { id: "t".into(), topic: topic("War is bad") }).unwrap();
    let put = |stance: Stance| Command::PutStance { article: article.clone(), stance: Box::new(stance) };
    let good = stance("s1", Ref::Author, Ref::Topic("t".into()));
    assert!(codes(&session.run(put(good.clone())).unwrap()).is_empty());
    let mut bad = good.clone();
    bad.value = "yes".into();
    refused(&mut session, put(bad), "use favor, against, neutral");
    let mut thin = good;
    thin.evidence = None;
    thin.explicit = false;
    let outcome = session.run(put(thin)).unwrap();
    assert_eq!(codes(&outcome), ["stance_without_evidence", "implicit_without_note"]);
    refused(&mut session, Command::DeleteTopic { topic: "t".into() }, "the stance s1 refers to it");
    let dangling = stance("s2", Ref::Author, Ref::Claim("c9".into()));
    refused(&mut session, put(dangling), "claim c9 is referred to");
}

fn topic(wording: &str) -> Box<Topic> {
    Box::new(Topic { wording: BTreeMap::from([("en".into(), wording.into())]) })
}

#[test]
fn facts_regions_and_directions_lie_over_the_shard() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let fact = |fact, value: ArticleFact| Command::SetFact { article: article.clone(), fact, value };
    session.run(fact(FactKind::Title, ArticleFact::Text("Better".into()))).unwrap();
    assert_eq!(session.row(&article).unwrap().title, "Better");
    assert_eq!(session.article(&article).unwrap().facts.title, "Better");
    refused(&mut session, fact(FactKind::Date, ArticleFact::Text("yesterday".into())), "use an ISO date");
    session.run(Command::Undo).unwrap();
    assert_eq!(session.row(&article).unwrap().title, "Title of news-1");

    let footer = session.article(&article).unwrap().facts.regions[1].span;
    let sentences = session.sentences(&article).unwrap().len();
    let switch = Command::SetRegion { article: article.clone(), span: footer, kind: None, include: Some(true) };
    session.run(switch).unwrap();
    let regions = session.article(&article).unwrap().facts.regions.clone();
    assert!(regions[1].include && regions[1].state == RegionState::Confirmed);
    assert_eq!(session.sentences(&article).unwrap().len(), sentences + 1);
    session.run(Command::ConfirmRegions { article: article.clone() }).unwrap();
    let confirmed = session.article(&article).unwrap();
    assert!(confirmed.facts.regions.iter().all(|region| region.state == RegionState::Confirmed));
    session.run(Command::RemoveRegion { article: article.clone(), span: footer }).unwrap();
    assert_eq!(session.article(&article).unwrap().facts.regions.len(), 1);
    let overlapping = Command::SetRegion {
        article: article.clone(),
        span: Span::new(2, 6),
        kind: Some(RegionKind::Blank),
        include: None,
    };
    refused(&mut session, overlapping, "remove it first");

    let direction = |at, direction| Command::SetParagraphDirection { article: article.clone(), at, direction };
    refused(&mut session, direction(2, Some(Direction::Ltr)), "No paragraph starts at byte 2");
    session.run(direction(0, Some(Direction::Ltr))).unwrap();
    assert_eq!(session.paragraph_directions(&article).get(&0), Some(&Direction::Ltr));
    session.run(direction(0, None)).unwrap();
    assert!(session.paragraph_directions(&article).is_empty());
}

#[test]
fn an_article_has_status_notes_and_fields() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let skipped = Status::Skipped;
    let status = |status, reason: &str| Command::SetStatus { article: article.clone(), status, reason: reason.into() };
    session.run(status(skipped, "truncated")).unwrap();
    assert_eq!(session.set(&article).status_reason, "truncated");
    session.run(status(Status::New, "x")).unwrap();
    assert!(session.set(&article).is_empty());
    let field = |field: &str, value| Command::SetField { article: article.clone(), field: field.into(), value };
    session.run(field("genre", text("brief"))).unwrap();
    refused(&mut session, field("genre", text("novel")), "use news_report, brief");
    refused(&mut session, field("colour", text("red")), "not an attribute of articles");
    session.run(Command::SetArticleNote { article: article.clone(), note: "look again".into() }).unwrap();
    session.run(Command::SetFlag { article: article.clone(), flagged: true }).unwrap();
    let row = session.row(&article).unwrap();
    assert!(row.flagged && row.noted);
    session.run(Command::SetProfile { profile: Profile { display_name: "Amal".into() } }).unwrap();
    assert_eq!(session.profile().unwrap().display_name, "Amal");
    let cluster = ClaimCluster {
        id: "k".into(),
        contradicts: vec!["other".into()],
        in_tension_with: Vec::new(),
        note: String::new(),
    };
    refused(&mut session, Command::PutCluster { cluster: Box::new(cluster) }, "cluster other is referred to");
}

#[test]
fn a_preview_changes_nothing() {
    let world = World::new();
    let mut session = world.with_news();
    let (article, spans) = (first(&session), set(&[span(PUTIN, 0)]));
    let command =
        Command::AddMention { article, label: "PER".into(), spans: spans.clone(), attributes: Attributes::new() };
    let revision = session.revision();
    assert_eq!(session.preview(&command).unwrap().spans, Some(spans));
    assert_eq!(session.revision(), revision);
    session.run(command).unwrap();
    assert_eq!(session.revision(), revision + 1);
}

#[test]
fn a_chosen_id_is_kept_and_checked() {
    let world = World::new();
    let mut session = world.with_news();
    let article = first(&session);
    let id = added(&mut session, "PER", span(PUTIN, 0));
    let mut mention = session.set(&article).mentions[&id].clone();
    mention.id = MentionId::from("own-1");
    mention.label = "ROLE".into();
    let put = |mention| Command::PutMention { article: article.clone(), mention: Box::new(mention) };
    assert_eq!(session.run(put(mention.clone())).unwrap().id.as_deref(), Some("own-1"));
    mention.id = MentionId::from("no spaces");
    assert!(matches!(session.run(put(mention)), Err(CommandError::BadId { .. })));
}
