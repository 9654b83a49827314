//! Who is who: what is offered for a name, and why.

use hashiya::model::{AttributeValue, Entity, EntityId, MentionId};
use hashiya::session::{Candidate, Command, KnowledgeBase, KnowledgeError, Offered, Query, Reason, Session};

use super::world::{World, added, first, span};

const PUTIN: &str = "بوتين";
const VLADIMIR_PUTIN: &str = "فلاديمير بوتين";
const WHITE_HOUSE: &str = "البيت الأبيض";
/// The same but for the hamza.
const WHITE_HOUSE_PLAIN: &str = "البيت الابيض";

pub fn entity(id: &str, label: &str, name: &str, aliases: &[&str]) -> Entity {
    let mut entity = Entity::new(id.into(), Some(label.into()));
    entity.name.insert("ar".into(), name.into());
    entity.aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    entity
}

pub fn put(session: &mut Session, entity: Entity) {
    session.run(Command::PutEntity { entity: Box::new(entity) }).unwrap();
}

pub fn join(session: &mut Session, mention: &MentionId, entity: Option<&str>) {
    let (article, entity) = (first(session), entity.map(EntityId::from));
    session.run(Command::SetMentionEntity { article, mention: mention.clone(), entity }).unwrap();
}

fn offered(session: &Session, typed: &str, label: Option<&str>) -> Vec<Candidate> {
    session.candidates(&Query { typed: typed.into(), label: label.map(Into::into), article: None, limit: 8 })
}

fn name(candidate: &Candidate) -> String {
    match &candidate.offer {
        Offered::Entity(id) => id.to_string(),
        Offered::Row(number) => format!("row {number}"),
    }
}

fn told(session: &Session, typed: &str, label: Option<&str>) -> Vec<(String, Reason)> {
    offered(session, typed, label).into_iter().map(|found| (name(&found), found.reason)).collect()
}

#[test]
fn the_nearest_name_comes_first_with_its_reason() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("e1", "PER", VLADIMIR_PUTIN, &[PUTIN]));
    put(&mut session, entity("e2", "PER", PUTIN, &[]));
    put(&mut session, entity("e3", "ORG", "بوتينكو", &[]));
    put(&mut session, entity("e4", "ORG", "شركة بوتين", &[]));
    put(&mut session, entity("e5", "GPE", "لندن", &[]));
    let expected = [("e2", Reason::Name), ("e1", Reason::Alias), ("e3", Reason::NameBegins), ("e4", Reason::Word)];
    assert_eq!(told(&session, PUTIN, Some("PER")), expected.map(|(id, reason)| (id.to_owned(), reason)));
    // Marks do not matter, and what was typed so far is enough.
    assert_eq!(told(&session, "بُوتي", None).len(), 4);
    assert_eq!(told(&session, "ندن", None), []);
}

#[test]
fn homonyms_are_ordered_by_label_and_told_apart() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("building", "FAC", WHITE_HOUSE, &[]));
    put(&mut session, entity("administration", "ORG", WHITE_HOUSE, &[]));
    let for_org = offered(&session, WHITE_HOUSE, Some("ORG"));
    assert_eq!(for_org.iter().map(name).collect::<Vec<_>>(), ["administration", "building"]);
    assert!(for_org.iter().all(|found| found.has_namesake));
    assert_eq!(for_org.iter().map(|found| found.same_label).collect::<Vec<_>>(), [true, false]);
    assert_eq!(name(&offered(&session, WHITE_HOUSE, Some("FAC"))[0]), "building");
    assert_eq!(told(&session, WHITE_HOUSE_PLAIN, None)[0].1, Reason::NameAlike);
}

#[test]
fn what_was_used_last_comes_first_among_equals() {
    let world = World::new();
    let mut session = world.with_news();
    for id in ["e1", "e2", "e3"] {
        put(&mut session, entity(id, "PER", PUTIN, &[]));
    }
    let order = |session: &Session| told(session, PUTIN, None).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(order(&session), ["e3", "e2", "e1"], "the newest edit");
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    join(&mut session, &mention, Some("e1"));
    assert_eq!(order(&session), ["e1", "e3", "e2"]);
    assert_eq!(told(&session, "", None)[0], ("e1".to_owned(), Reason::Recent));
    session.wait_durable().unwrap();
    drop(session);
    // Also the next day.
    let session = world.open();
    assert_eq!(order(&session), ["e1", "e3", "e2"]);
}

#[test]
fn a_name_once_given_to_an_entity_leads_to_it_again() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("e1", "PER", "الرئيس", &[]));
    put(&mut session, entity("e2", "PER", VLADIMIR_PUTIN, &[]));
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    assert_eq!(told(&session, PUTIN, None), [("e2".to_owned(), Reason::Word)]);
    join(&mut session, &mention, Some("e1"));
    assert_eq!(told(&session, PUTIN, None)[0], ("e1".to_owned(), Reason::Given));
    session.run(Command::Undo).unwrap();
    assert_eq!(told(&session, PUTIN, None), [("e2".to_owned(), Reason::Word)]);
    // Mentions of the article count wherever they come from.
    session.run(Command::Redo).unwrap();
    let query = Query { typed: PUTIN.into(), label: None, article: Some(first(&session)), limit: 1 };
    assert_eq!(session.candidates(&query)[0].reason, Reason::Given);
}

#[test]
fn changes_are_seen_at_once_and_after_reading_again() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("e1", "PER", "Port", &[]));
    assert_eq!(told(&session, "port", None).len(), 1);
    put(&mut session, entity("e1", "PER", "Harbour", &["Quay"]));
    assert_eq!(told(&session, "port", None), []);
    assert_eq!(told(&session, "quay", None), [("e1".to_owned(), Reason::Alias)]);
    session.run(Command::DeleteEntity { entity: "e1".into() }).unwrap();
    assert_eq!(told(&session, "quay", None), []);
    session.run(Command::Undo).unwrap();
    assert_eq!(told(&session, "harb", None), [("e1".to_owned(), Reason::NameBegins)]);
    session.reload().unwrap();
    assert_eq!(told(&session, "harb", None), [("e1".to_owned(), Reason::NameBegins)]);
}

#[test]
fn many_names_are_put_in_order_beside_and_mended_with_what_came_meanwhile() {
    let world = World::new();
    let mut session = world.with_news();
    let mut exchange = super::world::news();
    exchange.project.entities.insert(
        "amal".into(),
        (0..6000)
            .map(|n| (EntityId::new(format!("e{n}")), entity(&format!("e{n}"), "ORG", &format!("Body {n}"), &[])))
            .collect(),
    );
    session.import(exchange, vec!["entities.jsonl".into()]).unwrap();
    session.warm_names(|| {});
    put(&mut session, entity("late", "ORG", "Body 77", &[]));
    session.wait_names();
    let found = told(&session, "body 77", None);
    assert_eq!(found[0], ("late".to_owned(), Reason::Name));
    assert_eq!((found[1].1, found.len()), (Reason::Name, 8));
    assert!(found[1].0.starts_with("e77"));
    put(&mut session, entity("late", "ORG", "Other", &[]));
    assert!(told(&session, "body 77", None).iter().all(|(id, _)| id != "late"));
}

#[test]
fn articles_about_an_entity_are_counted_in_memory_and_on_disk() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("e1", "PER", PUTIN, &[]));
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    let count = |session: &Session| session.articles_about(&["e1".into()])[&EntityId::from("e1")];
    assert_eq!(count(&session), 0);
    join(&mut session, &mention, Some("e1"));
    assert_eq!(count(&session), 1);
    session.close().unwrap();
    let mut session = world.open_lazily(&world.dir, &Default::default()).unwrap();
    assert_eq!(count(&session), 1, "nothing is open");
    let article = first(&session);
    session.open_article(&article).unwrap();
    assert_eq!(count(&session), 1);
    join(&mut session, &mention, None);
    assert_eq!(count(&session), 0);
}

#[test]
fn a_mention_is_looked_up_by_its_full_form() {
    let world = World::new();
    let mut session = world.with_news();
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    let article = first(&session);
    let mut changed = session.set(&article).mentions[&mention].clone();
    assert_eq!(changed.key(), PUTIN);
    changed.attributes.insert("norm".into(), AttributeValue::Text(VLADIMIR_PUTIN.into()));
    assert_eq!(changed.key(), VLADIMIR_PUTIN);
}

#[test]
fn a_knowledge_base_is_attached_beside_the_project_and_its_rows_are_offered() {
    let world = World::new();
    let mut session = world.with_news();
    put(&mut session, entity("e1", "ORG", WHITE_HOUSE, &[]));
    let path = std::path::Path::new("/home/amal/things.csv");
    let text = format!("id,names,aliases,type\nQ1,ar:{WHITE_HOUSE}|en:White House,,FAC\nQ2,White Hall,,ORG\nQ3\n");
    world.fs.create_dir_all(path.parent().unwrap()).unwrap();
    world.fs.write_new(path, text.as_bytes()).unwrap();
    let knowledge = KnowledgeBase::read(world.fs.as_ref(), path).unwrap();
    assert_eq!((knowledge.len(), knowledge.problems().len()), (2, 1));
    session.attach_knowledge(Some(knowledge));
    assert_eq!(
        told(&session, "white", None),
        [("row 1".into(), Reason::NameBegins), ("row 0".into(), Reason::NameBegins)]
    );
    // What is an entity comes before what is not.
    let both = offered(&session, WHITE_HOUSE, None);
    assert_eq!(both.iter().map(name).collect::<Vec<_>>(), ["e1", "row 0"]);
    assert!(both.iter().all(|found| found.has_namesake));
    // Taken, a row is its entity, by all the names that it has.
    let row = session.knowledge().unwrap().row(0).unwrap().clone();
    let mut taken = row.entity(Some("FAC".into()), |_| "en".into());
    taken.name.remove("en");
    let id = session.run(Command::PutEntity { entity: Box::new(taken) }).unwrap().id.unwrap();
    assert_eq!(session.entities()[&EntityId::new(&id)].qid.as_deref(), Some("Q1"));
    assert_eq!(told(&session, "white house", None), [(id, Reason::NameAlike)]);
    session.wait_durable().unwrap();
    drop(session);
    // Nothing of it stands in the project.
    let files = super::replay::files(world.fs.as_ref(), &world.dir);
    assert!(files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("/home/amal")));
    let mut session = world.open();
    assert_eq!(session.knowledge_path().as_deref(), Some(path));
    session.attach_knowledge(None);
    assert_eq!(session.knowledge_path(), None);
}

#[test]
fn what_is_no_knowledge_base_is_refused_with_a_reason() {
    let world = World::new();
    let path = std::path::Path::new("/things.csv");
    let missing = KnowledgeBase::read(world.fs.as_ref(), path).unwrap_err();
    assert!(matches!(missing, KnowledgeError::Read { .. }), "{missing}");
    world.fs.write_new(path, b"not,what\nis,meant\n").unwrap();
    let empty = KnowledgeBase::read(world.fs.as_ref(), path).unwrap_err().to_string();
    assert!(empty.contains("columns id and names"), "{empty}");
}
