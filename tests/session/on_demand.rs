//! Memory follows what is open: sets come when they are asked for, and what is not open is guarded all the same.

use std::path::PathBuf;
use std::sync::Arc;

use hashiya::model::{AnnotationId, AnnotationSet, AnnotatorId, ArticleId, Ref, Status};
use hashiya::session::{Command, HistoryFilter, OpenOptions, Session};

use super::commands::{claim, entity};
use super::gate::GateFs;
use super::world::{NEWS, World, added, first, span};
use hashiya::storage::MemFs;
use hashiya::text::Span;

const PUTIN: &str = "بوتين";

fn lazily(world: &World, annotator: &str) -> Session {
    let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
    world.open_lazily(&world.dir, &options).unwrap()
}

fn second(session: &Session) -> ArticleId {
    session.catalogue().row(1).unwrap().id()
}

/// A mention of an entity in the first article, a claim there, and a claim in the second that refers to the first's.
fn work(world: &World) -> (ArticleId, ArticleId) {
    let mut amal = world.with_news();
    let (one, two) = (first(&amal), second(&amal));
    let mention = added(&mut amal, "PER", span(PUTIN, 0));
    amal.run(Command::PutEntity { entity: Box::new(entity("putin")) }).unwrap();
    let link = Command::SetMentionEntity { article: one.clone(), mention, entity: Some("putin".into()) };
    amal.run(link).unwrap();
    let put = claim("c1", span(PUTIN, 0), None);
    amal.run(Command::PutClaim { article: one.clone(), claim: Box::new(put) }).unwrap();
    let put = claim("c2", Span::new(0, 8), Some(Ref::ClaimOf(one.clone(), "c1".into())));
    amal.run(Command::PutClaim { article: two.clone(), claim: Box::new(put) }).unwrap();
    amal.close().unwrap();
    (one, two)
}

fn all_sets(session: &Session) -> Vec<(ArticleId, AnnotatorId, AnnotationSet)> {
    let mut found = Vec::new();
    let mut visit = |article: &ArticleId, by: &AnnotatorId, set: &AnnotationSet| {
        found.push((article.clone(), by.clone(), set.clone()));
    };
    session.for_each_set(None, None, &mut visit).unwrap();
    found
}

#[test]
fn nothing_is_open_until_it_is_asked_for() {
    let world = World::new();
    let (one, two) = work(&world);
    for annotator in ["amal", "basim"] {
        let mut session = lazily(&world, annotator);
        assert!(session.set(&one).is_empty() && session.set_of(&"amal".into(), &one).is_empty());
        // Lists know what is not in memory.
        let mentions = session.catalogue().row(0).map(|row| row.mentions);
        assert_eq!(mentions, Some(u32::from(annotator == "amal")));
        assert_eq!(all_sets(&session).len(), 2);
        assert!(session.set(&one).is_empty(), "whole-corpus work opens nothing");
        session.open_set_of(&"amal".into(), &one).unwrap();
        assert_eq!(session.set_of(&"amal".into(), &one).mentions.len(), 1);
        assert!(session.set_of(&"amal".into(), &two).is_empty());
    }
}

#[test]
fn what_is_not_open_is_not_deleted_under_what_refers_to_it() {
    let world = World::new();
    let (one, _) = work(&world);
    for with_checkpoint in [true, false] {
        if !with_checkpoint {
            for file in ["index.ron", "entities.ron"] {
                world.fs.remove_file(&world.dir.join("annotations/amal").join(file)).unwrap();
            }
        }
        let mut amal = lazily(&world, "amal");
        let refused = amal.run(Command::DeleteEntity { entity: "putin".into() }).unwrap_err().to_string();
        assert!(refused.contains("mention"), "{refused}");
        let what = vec![AnnotationId::Claim("c1".into())];
        let refused = amal.run(Command::Delete { article: one.clone(), what }).unwrap_err().to_string();
        assert!(refused.contains("c2"), "{refused}");
    }
}

#[test]
fn references_to_other_articles_are_looked_up() {
    let world = World::new();
    let (one, two) = work(&world);
    let mut amal = lazily(&world, "amal");
    let put = |target: &str| claim("c3", Span::new(0, 8), Some(Ref::ClaimOf(one.clone(), target.into())));
    let command = |target: &str| Command::PutClaim { article: two.clone(), claim: Box::new(put(target)) };
    assert!(amal.run(command("nothing")).is_err());
    amal.run(command("c1")).unwrap();
}

#[test]
fn undo_reaches_earlier_sessions_of_this_copy_in_articles_that_are_not_open() {
    let world = World::new();
    let (_, two) = work(&world);
    let mut amal = lazily(&world, "amal");
    assert_eq!(amal.undo_cause(), Some("put_claim"));
    amal.run(Command::Undo).unwrap();
    assert!(amal.set(&two).is_empty());
    assert_eq!(amal.history(&HistoryFilter::default()).len(), amal.history_len());
}

#[test]
fn a_checkpoint_in_the_background_changes_nothing_that_is_seen() {
    let world = World::new();
    let (one, two) = work(&world);
    let mut amal = lazily(&world, "amal");
    let set = |status| Command::SetStatus { article: two.clone(), status, reason: String::new() };
    amal.run(set(Status::Done)).unwrap();
    assert!(amal.wants_checkpoint());
    amal.wait_durable().unwrap();
    amal.checkpoint_in_background();
    // While it is being written, and after.
    amal.open_article(&one).unwrap();
    assert_eq!(amal.set(&one).mentions.len(), 1);
    amal.run(set(Status::InProgress)).unwrap();
    while !{
        amal.attend();
        amal.wants_checkpoint()
    } {
        std::thread::yield_now();
    }
    let before = all_sets(&amal);
    amal.wait_durable().unwrap();
    amal.close().unwrap();
    assert_eq!(all_sets(&lazily(&world, "amal")), before);
    assert!(lazily(&world, "amal").store().check().unwrap().is_empty());
}

#[test]
fn an_article_opens_while_its_checkpoint_is_being_written() {
    let memory = MemFs::new();
    let (one, two) = work(&World { fs: Arc::new(memory.clone()), ..World::new() });
    let gate = GateFs::shut(&memory, &World::new().dir.join("annotations"));
    let world = World { fs: Arc::new(gate.clone()), ..World::new() };
    let mut amal = lazily(&world, "amal");
    let done = Command::SetStatus { article: two, status: Status::Done, reason: String::new() };
    amal.run(done).unwrap();
    amal.wait_durable().unwrap();
    amal.checkpoint_in_background();
    gate.wait_for_someone();
    amal.open_article(&one).unwrap();
    assert_eq!(amal.set(&one).mentions.len(), 1);
    let note = Command::SetArticleNote { article: one.clone(), note: "meanwhile".into() };
    amal.run(note).unwrap();
    assert!(gate.open(), "opening an article waited for the checkpoint");
    let before = all_sets(&amal);
    amal.close().unwrap();
    assert_eq!(all_sets(&lazily(&world, "amal")), before);
    assert!(lazily(&world, "amal").store().check().unwrap().is_empty());
}

/// The shard files of amal's checkpoint.
fn shard_files(world: &World) -> Vec<PathBuf> {
    let folder = world.dir.join("annotations/amal");
    let names = world.fs.list(&folder).unwrap().into_iter().map(|entry| entry.name);
    let names = names.filter(|name| name.ends_with("-00000.ron"));
    names.map(|name| folder.join(name)).collect()
}

#[test]
fn a_shard_file_that_changed_after_opening_is_not_believed() {
    let world = World::new();
    let (one, two) = work(&world);
    let before = all_sets(&lazily(&world, "amal"));
    let mut amal = lazily(&world, "amal");
    for file in shard_files(&world) {
        let text = String::from_utf8(world.fs.read(&file).unwrap()).unwrap().replace("c1", "c9");
        world.fs.remove_file(&file).unwrap();
        world.fs.write_new(&file, text.as_bytes()).unwrap();
    }
    amal.open_article(&one).unwrap();
    assert!(amal.set(&one).claims.contains_key("c1"));
    assert_eq!(all_sets(&amal), before);
    let status = Command::SetStatus { article: two, status: Status::Done, reason: String::new() };
    amal.run(status).unwrap();
    amal.close().unwrap();
    // And the checkpoint is right again.
    assert!(lazily(&world, "amal").store().check().unwrap().is_empty());
}

#[test]
fn a_folder_that_cannot_be_written_is_read_all_the_same() {
    let world = World::new();
    let (one, _) = work(&world);
    let before = all_sets(&lazily(&world, "amal"));
    for file in shard_files(&world) {
        world.fs.remove_file(&file).unwrap();
    }
    let options = OpenOptions { annotator: Some("amal".into()), read_only: true, ..OpenOptions::default() };
    let mut reader = world.open_lazily(&world.dir, &options).unwrap();
    reader.open_article(&one).unwrap();
    assert_eq!(reader.set(&one).mentions.len(), 1);
    assert_eq!(all_sets(&reader), before);
}

#[test]
fn names_of_articles_that_are_not_open_are_known() {
    let world = World::new();
    let mut amal = world.with_news();
    let one = first(&amal);
    let word = "\u{648}\u{628}\u{648}\u{62A}\u{64A}\u{646}";
    let at = NEWS.find(word).map(|at| Span::new(at, at + word.len())).unwrap();
    added(&mut amal, "PER", span(PUTIN, 0));
    let known = amal.ladder(&one, at).unwrap();
    amal.close().unwrap();
    let reopened = lazily(&world, "amal");
    assert!(reopened.set(&one).is_empty());
    assert_eq!(reopened.ladder(&one, at).unwrap(), known);
    // Made again from nothing, the same.
    for entry in world.fs.list(&world.dir.join(".cache/sets")).unwrap() {
        world.fs.remove_file(&world.dir.join(".cache/sets").join(entry.name)).unwrap();
    }
    assert_eq!(lazily(&world, "amal").ladder(&one, at).unwrap(), known);
}
