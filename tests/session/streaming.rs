//! Imports of files read in pieces, and the catalogue's cache.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use hashiya::formats::jsonl;
use hashiya::formats::{ImportOptions, SourceFile};
use hashiya::model::AnnotationId;
use hashiya::session::{Command, ImportBytes, ImportError, ImportFile, ImportProgress, JobState, OpenOptions, Session};
use hashiya::storage::{Fault, FaultyFs, Fs};

use super::replay::files;
use super::world::{World, rows};
use crate::synth;

const NAME: &str = "news.hashiya.jsonl";

/// A set whose stance is about a claim of another article, further down in the file.
const STANCE: &str =
    r#"{"stances":[{"id":"s","scale":"favor3","label":"favor","holder":"@author","target":"claim:later/c"}]}"#;

fn synthetic(count: usize, mentions: usize, size_bytes: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    synth::jsonl(&mut bytes, 11, count, mentions, size_bytes).unwrap();
    bytes
}

fn file(bytes: &[u8]) -> ImportFile {
    ImportFile {
        name: NAME.into(),
        shown: NAME.into(),
        bytes: ImportBytes::Memory(Arc::from(bytes)),
        format: None,
        encoding: None,
    }
}

fn options(session: &Session) -> ImportOptions {
    ImportOptions { scheme: Some(session.scheme().as_ref().clone()), ..ImportOptions::default() }
}

fn import(session: &mut Session, bytes: &[u8]) -> hashiya::session::ImportReport {
    let imported = session.importer().run(&[file(bytes)], &options(session), false, &ImportProgress::default());
    session.register_imports(imported.unwrap()).unwrap()
}

/// What stands under `corpus`, temporary names included.
fn corpus(world: &World) -> Vec<PathBuf> {
    files(world.fs.as_ref(), &world.dir.join("corpus")).into_keys().collect()
}

#[test]
fn a_file_in_pieces_is_the_import_it_was_in_memory() {
    // More than one piece, and more than one shard.
    let bytes = synthetic(300, 6, 900);
    let streamed = World::new();
    let mut session = streamed.create("amal");
    let report = import(&mut session, &bytes);
    assert_eq!(report.added.len(), 300);
    assert_eq!(report.notices, []);
    let whole = World::new();
    let mut other = whole.create("amal");
    let (exchange, findings) = jsonl::read(&SourceFile { name: NAME, bytes: &bytes }, &options(&other));
    assert_eq!(findings, []);
    let texts: Vec<_> = exchange.articles.iter().map(|article| Arc::clone(&article.text)).collect();
    let in_memory = other.import(exchange, vec![NAME.into()]).unwrap();
    assert_eq!(report.import, in_memory.import);
    assert_eq!(corpus(&streamed), corpus(&whole));
    assert_eq!(rows(&session), rows(&other));
    for (id, text) in report.added.iter().zip(texts) {
        assert_eq!(session.article(id).unwrap().text, text);
    }
    session.open_set_of(&"synth".into(), &report.added[7]).unwrap();
    assert_eq!(session.set_of(&"synth".into(), &report.added[7]).mentions.len(), 6);
    assert_eq!(session.store().check().unwrap(), []);
    // Again, also by somebody else, it adds nothing.
    let before = corpus(&streamed);
    let again = import(&mut session, &bytes);
    assert_eq!((again.added.len(), again.known.len(), &again.import), (0, 300, &report.import));
    assert_eq!(corpus(&streamed), before);
}

#[test]
fn names_further_down_and_articles_that_come_twice_are_settled() {
    let claim = r#"{"claims":[{"id":"c","content":[[0,3]]}]}"#;
    let text = [
        r#"{"hashiya_jsonl":1,"unit":"byte"}"#.to_owned(),
        format!(r#"{{"id":"first","text":"One two three.","annotators":{{"ann":{STANCE}}}}}"#),
        r#"{"id":"later","text":"Two three four."}"#.to_owned(),
        "no json".to_owned(),
        format!(r#"{{"id":"later","text":"Two three four.","annotators":{{"ann":{claim}}}}}"#),
        r#"{"id":"first","text":"Another text."}"#.to_owned(),
    ]
    .join("\n");
    let world = World::new();
    let mut session = world.create("amal");
    let report = import(&mut session, text.as_bytes());
    let codes: Vec<_> = report.notices.iter().map(|notice| (notice.code, notice.line)).collect();
    assert!(codes.contains(&("bad_json", Some(4))), "{codes:?}");
    assert!(codes.contains(&("article_again", Some(5))), "{codes:?}");
    assert!(codes.contains(&("same_id_other_text", Some(6))), "{codes:?}");
    assert!(!codes.iter().any(|(code, _)| *code == "dangling_reference"), "{codes:?}");
    let names: Vec<&str> = session.catalogue().rows().map(|row| row.name).collect();
    assert_eq!(names.len(), 3);
    assert!(names[0].starts_with("first~") && names[1] == "later" && names[2].starts_with("first~"), "{names:?}");
    assert_eq!(session.catalogue().row(2).unwrap().version_of, Some(0));
    let (first, later) = (report.added[0].clone(), report.added[1].clone());
    session.open_set_of(&"ann".into(), &first).unwrap();
    session.open_set_of(&"ann".into(), &later).unwrap();
    let claim = session.set_of(&"ann".into(), &later).claims.keys().next().unwrap().clone();
    let set = session.set_of(&"ann".into(), &first);
    let target = &set.stances.values().next().unwrap().target;
    assert_eq!(*target, hashiya::model::Ref::ClaimOf(later, claim));
}

/// What is remembered of files of sets, by name.
fn remembered(world: &World) -> BTreeMap<String, Vec<u8>> {
    let folder = world.dir.join(".cache/sets");
    let names = world.fs.list(&folder).unwrap_or_default().into_iter().map(|entry| entry.name);
    names.map(|name| (name.clone(), world.fs.read(&folder.join(name)).unwrap())).collect()
}

#[test]
fn what_an_import_remembers_of_its_sets_is_what_reading_them_tells() {
    let claim = r#"{"claims":[{"id":"c","content":[[0,3]]}],"mentions":[{"id":"m","label":"ORG","spans":[[0,3]]}]}"#;
    let text = [
        r#"{"hashiya_jsonl":1,"unit":"byte"}"#.to_owned(),
        format!(r#"{{"id":"first","text":"One two three.","annotators":{{"ann":{STANCE}}}}}"#),
        r#"{"id":"later","text":"Two three four."}"#.to_owned(),
        // Its sets come late, and the file of the shard is written once more.
        format!(r#"{{"id":"later","text":"Two three four.","annotators":{{"ann":{claim}}}}}"#),
    ]
    .join("\n");
    let world = World::new();
    let mut session = world.create("amal");
    let later = import(&mut session, text.as_bytes()).added[1].clone();
    session.close().unwrap();
    let kept = remembered(&world);
    assert_eq!(kept.len(), 2, "a digest and the names of one file: {:?}", kept.keys());
    for name in kept.keys() {
        world.fs.remove_file(&world.dir.join(".cache/sets").join(name)).unwrap();
    }
    let options = OpenOptions { annotator: Some("ann".into()), ..OpenOptions::default() };
    let mut ann = world.open_lazily(&world.dir, &options).unwrap();
    assert_eq!(remembered(&world), kept);
    // The stance is in an article that is not open, and stands in the file under another id than in the project.
    ann.open_set_of(&"ann".into(), &later).unwrap();
    let claim = ann.set(&later).claims.keys().next().unwrap().clone();
    let what = vec![AnnotationId::Claim(claim)];
    let refused = ann.run(Command::Delete { article: later, what }).unwrap_err().to_string();
    assert!(refused.contains("stance"), "{refused}");
}

#[test]
fn a_stopped_import_leaves_nothing_and_can_be_repeated() {
    let bytes = synthetic(40, 0, 300);
    let world = World::new();
    let mut session = world.create("amal");
    let mut job = session.start_import(vec![file(&bytes)], options(&session)).unwrap();
    job.cancel();
    while matches!(session.poll_import(&mut job), JobState::Running(..)) {
        std::thread::yield_now();
    }
    assert!(session.catalogue().is_empty());
    assert!(corpus(&world).iter().all(|path| !path.to_string_lossy().ends_with(".tmp")), "{:?}", corpus(&world));
    assert_eq!(import(&mut session, &bytes).added.len(), 40);
}

#[test]
fn what_a_killed_import_left_behind_is_taken_away_by_the_next() {
    let bytes = synthetic(20, 2, 300);
    let world = World::new();
    let mut session = world.create("amal");
    session.wait_durable().unwrap();
    let mut left_behind = 0;
    for at in (1..60).step_by(3) {
        let faulty: Arc<dyn Fs> = Arc::new(FaultyFs::new(Arc::clone(&world.fs), at, Fault::Torn));
        let options_for = OpenOptions { annotator: Some("amal".into()), read_only: true, any_annotator: false };
        if let Ok(reader) = Session::open(faulty, &world.dir, &options_for, world.env(), None) {
            match reader.importer().run(&[file(&bytes)], &options(&reader), false, &ImportProgress::default()) {
                Err(ImportError::Store(_) | ImportError::Read { .. }) => {}
                Err(error) => panic!("{error}"),
                Ok(_) => break,
            }
        }
        left_behind += corpus(&world).iter().filter(|path| path.to_string_lossy().ends_with(".tmp")).count();
        assert!(session.store().read_records().unwrap().articles.is_empty());
    }
    assert!(left_behind > 0, "some were killed between their first file and their manifest");
    assert_eq!(import(&mut session, &bytes).added.len(), 20);
    assert!(corpus(&world).iter().all(|path| !path.to_string_lossy().ends_with(".tmp")), "{:?}", corpus(&world));
    assert_eq!(session.store().check().unwrap(), []);
}

#[test]
fn the_catalogue_is_the_same_with_its_cache_without_it_and_with_a_damaged_one() {
    let bytes = synthetic(1100, 0, 60);
    let world = World::new();
    let mut session = world.create("amal");
    let report = import(&mut session, &bytes);
    let expected = rows(&session);
    session.close().unwrap();
    let cache = world.dir.join(".cache").join(format!("catalogue-{}.bin", report.import));
    let whole = world.fs.read(&cache).unwrap();
    let replace = |bytes: Option<&[u8]>| {
        world.fs.remove_file(&cache).unwrap();
        if let Some(bytes) = bytes {
            world.fs.write_new(&cache, bytes).unwrap();
        }
    };
    let check = |what: &str| {
        let session = world.open();
        assert_eq!(session.problems(), [], "{what}");
        assert_eq!(rows(&session), expected, "{what}");
        assert_eq!(world.fs.read(&cache).unwrap(), whole, "{what}: it is made again");
    };
    check("as it is");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut older = whole.clone();
    older[18] = b'0';
    let cut = &whole[..middle];
    for (what, bytes) in [
        ("absent", None),
        ("cut", Some(cut)),
        ("flipped", Some(&flipped[..])),
        ("of another version", Some(&older[..])),
        ("empty", Some(&[][..])),
        ("of something else", Some(&b"hashiya catalogue 1\n0123"[..])),
    ] {
        replace(bytes);
        check(what);
    }
    // A folder that cannot be written costs a reading of the shards, and nothing else.
    replace(None);
    let denied: Arc<dyn Fs> = Arc::new(FaultyFs::new(Arc::clone(&world.fs), 1, Fault::Denied));
    let reading = OpenOptions { read_only: true, annotator: Some("amal".into()), any_annotator: false };
    let session = Session::open(denied, &world.dir, &reading, world.env(), None).unwrap();
    assert_eq!(rows(&session), expected);
    assert!(world.fs.metadata(&cache).is_err());
}
