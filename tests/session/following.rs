//! What others do in the folder while it is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hashiya::edit::Place;
use hashiya::env::Env;
use hashiya::model::{AnnotationId, ArticleId, MentionId};
use hashiya::session::{Command, CommandError, OpenOptions, Session};
use hashiya::storage::{MemFs, Store};

use super::world::{World, add, added, first, span};

const PUTIN: &str = "بوتين";
const LONG: Duration = Duration::from_hours(1);

/// A project in memory with a mention by amal, who has closed it.
fn project() -> (MemFs, World, MentionId) {
    let fs = MemFs::new();
    let world = World { fs: Arc::new(fs.clone()), ..World::new() };
    let mut session = world.with_news();
    let mention = added(&mut session, "PER", span(PUTIN, 0));
    session.close().unwrap();
    (fs, world, mention)
}

/// One more machine, without a lock, that follows.
fn machine(world: &World, annotator: &str, seed: u64) -> Session {
    let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
    let env = Arc::new(Env::fixed(seed));
    let mut session = Session::open(Arc::clone(&world.fs), &world.dir, &options, env, None).unwrap();
    session.open_all().unwrap();
    session.start_following(LONG, || {}).unwrap();
    let article = first(&session);
    session.open_article(&article).unwrap();
    session
}

fn relabel(session: &mut Session, mention: &MentionId, label: &str) {
    let article = first(session);
    session.run(Command::SetLabel { article, mention: mention.clone(), label: label.into() }).unwrap();
    session.wait_durable().unwrap();
}

fn label_of(session: &mut Session, mention: &MentionId) -> String {
    let article = first(session);
    session.open_article(&article).unwrap();
    session.set(&article).mentions[mention].label.to_string()
}

fn clash_of(session: &Session) -> (Box<Place>, hashiya::model::LineId) {
    let clash = session.open_clashes().next().unwrap();
    (Box::new(clash.place.clone()), clash.line.clone())
}

/// The journal files of an annotator.
fn journals(fs: &MemFs, world: &World, annotator: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = world.dir.join("journal").join(annotator);
    fs.files().into_iter().filter(|(path, _)| path.starts_with(&folder)).collect()
}

#[test]
fn others_work_appears_and_own_work_stays() {
    let (_, world, mention) = project();
    let mut amal = machine(&world, "amal", 21);
    let mut basim = machine(&world, "basim", 22);
    let own = added(&mut amal, "GPE", span(PUTIN, 0));
    let theirs = added(&mut basim, "ORG", span(PUTIN, 1));
    basim.wait_durable().unwrap();
    let before = amal.revision();
    assert!(amal.catch_up().changed);
    assert!(amal.revision() > before);
    let article = first(&amal);
    amal.open_article(&article).unwrap();
    amal.open_set_of(&"basim".into(), &article).unwrap();
    assert!(amal.set_of(&"basim".into(), &article).mentions.contains_key(&theirs));
    let mentions = &amal.set(&article).mentions;
    assert!(mentions.contains_key(&own) && mentions.contains_key(&mention));
    // Nothing more happened: nothing is read again.
    assert!(!amal.catch_up().changed);
    // Undo still knows what this session did last, and not what others did.
    assert_eq!(amal.undo_cause(), Some("add_mention"));
    amal.run(Command::Undo).unwrap();
    assert!(!amal.set(&article).mentions.contains_key(&own));
    assert!(amal.set(&article).mentions.contains_key(&mention));
    amal.run(Command::Redo).unwrap();
    assert!(amal.set(&article).mentions.contains_key(&own));
    amal.close().unwrap();
    basim.close().unwrap();
}

#[test]
fn what_is_done_between_reading_and_taking_in_is_never_hidden() {
    let (_, world, mention) = project();
    let (news, waits) = std::sync::mpsc::channel();
    let mut here = machine(&world, "amal", 31);
    here.start_following(Duration::from_millis(5), move || {
        let _ = news.send(());
    })
    .unwrap();
    let mut there = machine(&world, "amal", 32);
    let article = first(&here);
    for round in 0..6 {
        let label = ["GPE", "LOC"][round % 2];
        relabel(&mut there, &mention, label);
        waits.recv_timeout(Duration::from_secs(20)).unwrap();
        // It has been read, but not taken in; the line that is made now is not greater than what was read.
        let own = added(&mut here, "NUM", span("76.68%", 0));
        for _ in 0..200 {
            here.follow();
            here.open_article(&article).unwrap();
            assert!(here.set(&article).mentions.contains_key(&own), "round {round}");
            if here.set(&article).mentions[&mention].label.as_str() == label {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(here.set(&article).mentions[&mention].label.as_str(), label, "round {round}");
        here.run(Command::Delete { article: article.clone(), what: vec![AnnotationId::Mention(own)] }).unwrap();
        here.wait_durable().unwrap();
        there.catch_up();
        while waits.try_recv().is_ok() {}
    }
    assert_eq!(here.open_clashes().count(), 0);
}

#[test]
fn two_machines_change_one_place() {
    let (_, world, mention) = project();
    let mut here = machine(&world, "amal", 41);
    let mut there = machine(&world, "amal", 42);
    relabel(&mut here, &mention, "GPE");
    relabel(&mut there, &mention, "LOC");
    assert_eq!(here.catch_up().new_clashes, 1);
    assert_eq!(there.catch_up().new_clashes, 1);
    assert_eq!(label_of(&mut here, &mention), label_of(&mut there, &mention));
    assert_eq!(here.clashes(), there.clashes());
    // It is told once.
    assert_eq!(here.catch_up().new_clashes, 0);
    // Taking the other ends it everywhere, and is an ordinary command.
    let stood = label_of(&mut here, &mention);
    let (place, line) = clash_of(&here);
    here.run(Command::TakeOther { place, line }).unwrap();
    here.wait_durable().unwrap();
    assert_eq!(here.clashes(), []);
    assert_ne!(label_of(&mut here, &mention), stood);
    there.catch_up();
    assert_eq!(there.clashes(), []);
    assert_eq!(label_of(&mut here, &mention), label_of(&mut there, &mention));
    here.run(Command::Undo).unwrap();
    assert_eq!(label_of(&mut here, &mention), stood);
    here.wait_durable().unwrap();
    there.catch_up();
    // The same change twice is no clash.
    relabel(&mut here, &mention, "ORG");
    relabel(&mut there, &mention, "ORG");
    here.catch_up();
    there.catch_up();
    assert_eq!((here.clashes(), there.clashes()), (&[][..], &[][..]));
}

#[test]
fn a_clash_that_was_seen_is_over_for_who_saw_it() {
    let (_, world, mention) = project();
    let mut here = machine(&world, "amal", 51);
    let mut there = machine(&world, "amal", 52);
    relabel(&mut here, &mention, "GPE");
    relabel(&mut there, &mention, "LOC");
    here.catch_up();
    let (place, line) = clash_of(&here);
    here.run(Command::SeenClash { place: place.clone(), line: line.clone() }).unwrap();
    assert_eq!(here.open_clashes().count(), 0);
    here.wait_durable().unwrap();
    there.catch_up();
    assert_eq!(there.open_clashes().count(), 0);
    assert_eq!(there.clashes().len(), 1, "both versions stay in the records");
    // Undo passes over it: it takes the label back instead.
    assert_eq!(here.undo_cause(), Some("set_label"));
    let gone = here.run(Command::TakeOther { place, line: "0".repeat(32).as_str().into() });
    assert!(matches!(gone, Err(CommandError::NotFound { .. })), "{gone:?}");
}

#[test]
fn shared_places_clash_between_annotators() {
    let (_, world, _) = project();
    let mut amal = machine(&world, "amal", 61);
    let mut basim = machine(&world, "basim", 62);
    let article: ArticleId = first(&amal);
    let title = |session: &mut Session, text: &str| {
        let (fact, value) = (hashiya::edit::FactKind::Title, hashiya::edit::ArticleFact::Text(text.into()));
        session.run(Command::SetFact { article: article.clone(), fact, value }).unwrap();
        session.wait_durable().unwrap();
    };
    title(&mut amal, "One");
    title(&mut basim, "Two");
    amal.catch_up();
    basim.catch_up();
    let shown = |session: &Session| session.catalogue().row(0).unwrap().title.to_owned();
    assert_eq!(shown(&amal), shown(&basim));
    assert_eq!((amal.open_clashes().count(), basim.open_clashes().count()), (1, 1));
    let (place, line) = clash_of(&basim);
    basim.run(Command::SeenClash { place, line }).unwrap();
    basim.wait_durable().unwrap();
    amal.catch_up();
    assert_eq!((amal.open_clashes().count(), basim.open_clashes().count()), (1, 0));
    let (place, line) = clash_of(&amal);
    amal.run(Command::TakeOther { place, line }).unwrap();
    amal.wait_durable().unwrap();
    basim.catch_up();
    assert_eq!((amal.clashes(), basim.clashes()), (&[][..], &[][..]));
    assert_eq!(shown(&amal), shown(&basim));
}

#[test]
fn what_vanishes_or_goes_back_is_named_and_counts_again_when_it_returns() {
    let (fs, world, mention) = project();
    let mut amal = machine(&world, "amal", 71);
    let mut basim = machine(&world, "basim", 72);
    let one = added(&mut basim, "ORG", span(PUTIN, 0));
    let two = added(&mut basim, "GPE", span(PUTIN, 1));
    basim.close().unwrap();
    amal.catch_up();
    let article = first(&amal);
    let theirs = |session: &mut Session| {
        session.open_set_of(&"basim".into(), &article).unwrap();
        session.set_of(&"basim".into(), &article).mentions.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(theirs(&mut amal).len(), 2);
    let [(path, bytes)] = &journals(&fs, &world, "basim")[..] else { panic!("one file") };
    let problem = |session: &Session, code: &str| {
        session.problems().iter().find(|found| found.code == code).map(|found| (found.file.clone(), found.line))
    };
    let name = format!("journal/basim/{}", path.file_name().unwrap().to_string_lossy());
    // Back by a line and a half: the torn line is still on its way.
    let last = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    fs.put(path, &bytes[..last + 40]);
    amal.catch_up();
    assert_eq!(theirs(&mut amal), std::slice::from_ref(&one));
    assert_eq!(problem(&amal, "record_went_back"), Some((Some(name.clone()), Some(3))));
    assert!(
        amal.problems().iter().all(|found| found.severity != hashiya::model::Severity::Error),
        "a torn tail is none"
    );
    fs.remove_all(path);
    fs.remove_all(&world.dir.join("annotations"));
    amal.catch_up();
    assert!(theirs(&mut amal).is_empty());
    assert_eq!(problem(&amal, "record_vanished"), Some((Some(name), None)));
    assert!(amal.set(&article).mentions.contains_key(&mention));
    fs.put(path, bytes);
    amal.catch_up();
    let mut both = vec![one, two];
    both.sort();
    assert_eq!(theirs(&mut amal), both);
    assert_eq!(problem(&amal, "record_vanished"), None);
}

#[test]
fn what_arrives_late_doubled_or_in_pieces_gives_the_same_state() {
    let (fs, world, mention) = project();
    let fork = World { fs: Arc::new(fs.duplicate()), dir: world.dir.clone(), data: world.data.clone(), seed: 7 };
    let mut here = machine(&world, "amal", 151);
    relabel(&mut here, &mention, "GPE");
    // On another machine: somebody else, and the same annotator.
    let mut basim = machine(&fork, "basim", 152);
    for at in 0..2 {
        let theirs = added(&mut basim, "ORG", span(PUTIN, at));
        relabel(&mut basim, &theirs, "FAC");
    }
    basim.close().unwrap();
    let mut there = machine(&fork, "amal", 153);
    relabel(&mut there, &mention, "LOC");
    added(&mut there, "NUM", span("76.68%", 0));
    there.close().unwrap();
    let article = first(&here);
    let picture = |session: &mut Session| {
        session.open_article(&article).unwrap();
        session.open_set_of(&"basim".into(), &article).unwrap();
        let theirs = session.set_of(&"basim".into(), &article).clone();
        (session.set(&article).clone(), theirs, session.clashes().to_vec())
    };
    for annotator in ["basim", "amal"] {
        let folder = world.dir.join("journal").join(annotator);
        let known: Vec<PathBuf> = journals(&fs, &world, annotator).into_iter().map(|(path, _)| path).collect();
        let names = fork.fs.list(&folder).unwrap().into_iter().map(|entry| folder.join(entry.name));
        for path in names.filter(|path| !known.contains(path)) {
            let bytes = fork.fs.read(&path).unwrap();
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let (head, tail) = lines.split_at(lines.len() / 2);
            // The end first, then the beginning cut within a line, then all of it twice under another name.
            fs.put(&path.with_extension("tail.ron"), &tail.concat());
            here.catch_up();
            fs.put(&path, &head.concat()[..head.concat().len() - 9]);
            here.catch_up();
            fs.put(&path.with_extension("copy.ron"), &[bytes.clone(), bytes.clone()].concat());
            here.catch_up();
        }
    }
    let mut fresh = machine(&world, "amal", 154);
    let (mine, theirs, clashes) = picture(&mut here);
    assert_eq!((theirs.mentions.len(), mine.mentions.len(), clashes.len()), (2, 2, 1));
    assert_eq!((mine, theirs, clashes), picture(&mut fresh));
    assert!(here.problems().iter().all(|found| found.severity != hashiya::model::Severity::Error));
}

#[test]
fn lines_of_an_own_file_that_vanished_are_written_again() {
    let (fs, world, _) = project();
    let mut amal = machine(&world, "amal", 81);
    let own = added(&mut amal, "GPE", span(PUTIN, 0));
    amal.wait_durable().unwrap();
    let newest = journals(&fs, &world, "amal").pop().unwrap().0;
    let live = journals(&fs, &world, "amal")
        .into_iter()
        .find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(own.as_str()));
    let live = live.map_or(newest, |(path, _)| path);
    fs.remove_all(&live);
    amal.catch_up();
    assert!(amal.read_only_reason().is_none());
    let article = first(&amal);
    amal.open_article(&article).unwrap();
    assert!(amal.set(&article).mentions.contains_key(&own));
    let mut reader = machine(&world, "amal", 82);
    let article = first(&reader);
    reader.open_article(&article).unwrap();
    assert!(reader.set(&article).mentions.contains_key(&own), "it is on disk again");
    // Also where the session only ends.
    for (path, bytes) in journals(&fs, &world, "amal") {
        if String::from_utf8_lossy(&bytes).contains(own.as_str()) {
            fs.remove_all(&path);
        }
    }
    amal.close().unwrap();
    let again = machine(&world, "amal", 83);
    assert!(again.set(&article).mentions.contains_key(&own));
}

#[test]
fn a_folder_that_is_gone_is_said_and_a_copy_rescues_the_work() {
    let (fs, world, mention) = project();
    let backup = fs.duplicate();
    let mut amal = machine(&world, "amal", 91);
    let own = added(&mut amal, "GPE", span(PUTIN, 0));
    amal.wait_durable().unwrap();
    fs.remove_all(&world.dir);
    assert!(amal.catch_up().reach_changed);
    let reason = amal.read_only_reason().unwrap();
    assert!(reason.contains("cannot be read"), "{reason}");
    let refused = add(&mut amal, "ORG", span(PUTIN, 1));
    assert!(matches!(refused, Err(CommandError::ReadOnly { .. })));
    let article = first(&amal);
    assert!(amal.set(&article).mentions.contains_key(&mention), "what was shown is still shown");
    amal.copy_job().run(Path::new("/q/copy")).unwrap();
    // The copy and a backup together are everything, and nothing is there twice.
    for (path, bytes) in backup.files().into_iter().filter(|(path, _)| path.starts_with(&world.dir)) {
        fs.put(&path, &bytes);
    }
    let united: Vec<_> = fs.files().into_iter().filter(|(path, _)| path.starts_with("/q/copy/journal")).collect();
    assert!(!united.is_empty());
    for (path, bytes) in united {
        fs.put(&world.dir.join(path.strip_prefix("/q/copy").unwrap()), &bytes);
    }
    assert!(amal.catch_up().reach_changed);
    assert_eq!(amal.read_only_reason(), None);
    assert!(add(&mut amal, "ORG", span(PUTIN, 1)).unwrap().line.is_some());
    amal.close().unwrap();
    let after = machine(&world, "amal", 92);
    assert_eq!(after.set(&article).mentions.len(), 3);
    assert!(after.set(&article).mentions.contains_key(&own));
    assert_eq!(after.clashes(), []);
}

#[test]
fn a_second_window_follows_and_takes_over_by_asking() {
    let (_, world, _) = project();
    let mut first_window = world.open_as("amal");
    let mut second = world.open_as("amal");
    second.start_following(LONG, || {}).unwrap();
    assert!(second.locked_by().is_some());
    let own = added(&mut first_window, "GPE", span(PUTIN, 0));
    first_window.wait_durable().unwrap();
    assert!(second.catch_up().changed);
    let article = first(&second);
    second.open_article(&article).unwrap();
    assert!(second.set(&article).mentions.contains_key(&own));
    second.ask_to_take_over();
    assert_eq!(second.catch_up().taken_over, Some(false));
    assert!(second.locked_by().is_some());
    added(&mut first_window, "ORG", span(PUTIN, 1));
    first_window.close().unwrap();
    second.ask_to_take_over();
    assert_eq!(second.catch_up().taken_over, Some(true));
    assert_eq!(second.read_only_reason(), None);
    second.open_article(&article).unwrap();
    assert_eq!(second.set(&article).mentions.len(), 3);
    // What the first window did is this copy's, so undo reaches it.
    assert_eq!(second.undo_cause(), Some("add_mention"));
    added(&mut second, "LOC", span(PUTIN, 0));
    second.close().unwrap();
}

#[test]
fn two_leads_change_the_scheme_from_one_parent() {
    let (fs, world, _) = project();
    let mut amal = machine(&world, "amal", 101);
    let mut basim = machine(&world, "basim", 102);
    let child = |session: &Session, name: &str| {
        let mut scheme = session.scheme().as_ref().clone();
        scheme.parent = Some(session.scheme_id().clone());
        scheme.version = name.to_owned();
        session.store().put_scheme(&scheme).unwrap()
    };
    let (one, two) = (child(&amal, "one"), child(&basim, "two"));
    amal.run(Command::SetScheme { scheme: one.clone() }).unwrap();
    basim.run(Command::SetScheme { scheme: two.clone() }).unwrap();
    amal.wait_durable().unwrap();
    basim.wait_durable().unwrap();
    amal.catch_up();
    basim.catch_up();
    assert_eq!(amal.scheme_id(), basim.scheme_id());
    assert_eq!(amal.scheme(), basim.scheme());
    assert_eq!((amal.open_clashes().count(), basim.open_clashes().count()), (1, 1));
    let store = Store::open(Arc::clone(&world.fs), &world.dir).unwrap();
    assert!(store.scheme(&one).is_ok() && store.scheme(&two).is_ok(), "both are kept");
    // A blob edited by hand is refused, and the clash stays.
    let loser = if amal.scheme_id() == &one { &two } else { &one };
    let path = world.dir.join("blobs").join(format!("{loser}.ron"));
    let bytes = world.fs.read(&path).unwrap();
    let mut edited = bytes.clone();
    edited.extend_from_slice(b"\n");
    fs.put(&path, &edited);
    let (place, line) = clash_of(&amal);
    let refused = amal.run(Command::TakeOther { place: place.clone(), line: line.clone() });
    assert!(matches!(&refused, Err(CommandError::Invalid { reason }) if reason.contains("edited")), "{refused:?}");
    let found = store.check().unwrap();
    assert!(found.iter().any(|found| found.code == "blob_damaged" && found.file.as_deref().is_some()));
    // Such a file can be imported as a scheme of its own.
    let id = amal.scheme_importer().run(&edited).unwrap();
    assert_ne!(&id, loser);
    let imported = store.scheme(&id).unwrap();
    assert_eq!(imported.parent.as_ref(), Some(amal.scheme_id()));
    assert!(amal.scheme_importer().run(b"no scheme").is_err());
    fs.put(&path, &bytes);
    amal.run(Command::TakeOther { place, line }).unwrap();
    assert_eq!(amal.scheme_id(), loser);
    amal.wait_durable().unwrap();
    basim.catch_up();
    assert_eq!(basim.scheme_id(), loser);
    assert_eq!((amal.clashes(), basim.clashes()), (&[][..], &[][..]));
}

#[test]
fn a_scheme_that_arrives_late_lets_work_begin() {
    let (fs, world, _) = project();
    let blobs: Vec<_> = fs.files().into_iter().filter(|(path, _)| path.starts_with(world.dir.join("blobs"))).collect();
    for (path, _) in &blobs {
        fs.remove_all(path);
    }
    let mut amal = machine(&world, "amal", 131);
    assert!(amal.read_only_reason().unwrap().contains("scheme"));
    assert!(add(&mut amal, "PER", span(PUTIN, 1)).is_err());
    for (path, bytes) in &blobs {
        fs.put(path, bytes);
    }
    amal.catch_up();
    assert_eq!(amal.catch_up().taken_over, Some(true));
    assert_eq!(amal.read_only_reason(), None);
    added(&mut amal, "PER", span(PUTIN, 1));
    amal.close().unwrap();
}

#[test]
fn lines_of_a_newer_version_make_the_session_read_only_while_they_are_here() {
    let (fs, world, _) = project();
    let mut amal = machine(&world, "amal", 141);
    let (path, _) = journals(&fs, &world, "amal").pop().unwrap();
    // A line that proves itself and holds what this version does not know.
    let ron = "Note(text:\"x\")";
    let zeros = "0".repeat(32);
    let covered = format!("{} amal {zeros} {ron}", amal.header().id);
    let line = format!("{} {zeros} {ron}\n", hashiya::storage::hash_hex(covered.as_bytes()));
    fs.put(&path.with_file_name("newer.ron"), line.as_bytes());
    amal.catch_up();
    let reason = amal.read_only_reason().unwrap();
    assert!(reason.contains("newer"), "{reason}");
    assert!(matches!(add(&mut amal, "PER", span(PUTIN, 1)), Err(CommandError::ReadOnly { .. })));
    fs.remove_all(&path.with_file_name("newer.ron"));
    amal.catch_up();
    assert_eq!(amal.read_only_reason(), None);
    added(&mut amal, "PER", span(PUTIN, 1));
}

#[test]
fn new_topics_and_annotators_clash_with_nothing() {
    let (_, world, _) = project();
    let mut here = machine(&world, "amal", 111);
    let mut there = machine(&world, "amal", 112);
    for session in [&mut here, &mut there] {
        let topic = hashiya::model::Topic { wording: [("en".to_owned(), "Harbour".to_owned())].into_iter().collect() };
        session.run(Command::PutTopic { id: "".into(), topic: Box::new(topic) }).unwrap();
        session.wait_durable().unwrap();
    }
    let mut new = machine(&world, "new", 113);
    added(&mut new, "PER", span(PUTIN, 0));
    new.wait_durable().unwrap();
    here.catch_up();
    there.catch_up();
    assert_eq!((here.clashes(), there.clashes()), (&[][..], &[][..]));
    assert_eq!(here.state().topics().len(), 2);
    assert_eq!(here.state().topics(), there.state().topics());
}

#[test]
fn deleted_and_referred_to_elsewhere_is_held_and_listed() {
    let (_, world, _) = project();
    let mut session = machine(&world, "amal", 121);
    let entity = hashiya::model::Entity {
        id: "".into(),
        kind: None,
        name: [("en".to_owned(), "Vladimir".to_owned())].into_iter().collect(),
        aliases: Vec::new(),
        members: Vec::new(),
        part_of: None,
        holder: None,
        qid: None,
        note: String::new(),
        extra: hashiya::model::Extra::new(),
    };
    let entity = session.run(Command::PutEntity { entity: Box::new(entity) }).unwrap().id.unwrap();
    session.wait_durable().unwrap();
    let mut here = machine(&world, "amal", 122);
    let mut there = machine(&world, "amal", 123);
    here.run(Command::DeleteEntity { entity: entity.as_str().into() }).unwrap();
    here.wait_durable().unwrap();
    let article = first(&there);
    let mention = there.set(&article).mentions.keys().next().unwrap().clone();
    let refer = Command::SetMentionEntity { article, mention, entity: Some(entity.as_str().into()) };
    there.run(refer).unwrap();
    there.wait_durable().unwrap();
    for session in [&mut here, &mut there] {
        session.catch_up();
        let held: Vec<_> = session.held().map(|(place, _)| place.clone()).collect();
        assert_eq!(held, [Place::Entity(entity.as_str().into())]);
        assert!(session.state().entities().contains_key(entity.as_str()));
    }
}
