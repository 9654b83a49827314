//! Checkpoints prove themselves or are rebuilt; both ways give the same bytes.

use hashiya::edit::{Content, Place, StatusValue};
use hashiya::model::{Severity, Status};
use hashiya::storage::MemFs;

use super::hand::{Hand, article, claim, create, draft, entity, essence, files_under, mention, path, read, reopen};

/// A project of two annotators who did something of everything.
fn two_annotators() -> MemFs {
    let fs = MemFs::new();
    let store = create(&fs);
    let import = store.write_import(&draft(300)).unwrap();
    let mut ali = Hand::on(&fs, "Ali", 1);
    ali.register(&import);
    for number in [0, 1, 299] {
        let id = format!("m{number}");
        ali.set(Place::Mention(article(number), id.as_str().into()), mention(&id, "ORG", Some("e1")));
    }
    ali.set(Place::Entity("e1".into()), entity("e1", "Blue Delta"));
    ali.set(Place::Mention(article(0), "m0".into()), mention("m0", "PER", None));
    ali.set(Place::Mention(article(1), "m1".into()), None);
    let done = StatusValue { status: Status::Done, reason: String::new() };
    ali.set(Place::Status(article(0)), Content::Status(done));
    let mut omar = Hand::on(&fs, "omar", 2);
    omar.set(Place::Claim(article(2), "c1".into()), claim("c1", None));
    omar.set(Place::Note(article(2)), Content::Note("\u{644}\u{627}".into()));
    omar.set(Place::Setting("x".into()), Content::Json("1".into()));
    let mut ali = Hand::on(&fs, "Ali", 3);
    ali.set(Place::Setting("x".into()), Content::Json("2".into()));
    ali.set(Place::Note(article(5)), Content::Note("later".into()));
    // Of something that is gone, of something that is there, and of an article that has nothing else.
    ali.set(Place::Dismissed(article(1), "edge_space".into(), "m1".into()), Content::Dismissed("meant so".into()));
    ali.set(Place::Dismissed(article(0), "edge_space".into(), "m0".into()), Content::Dismissed("meant so".into()));
    ali.set(Place::Dismissed(article(7), "date_shape".into(), String::new()), Content::Dismissed("as printed".into()));
    fs
}

fn write_all(fs: &MemFs) {
    for annotator in ["Ali", "omar"] {
        reopen(fs).write_checkpoint(&annotator.into()).unwrap();
    }
}

fn without_checkpoints(fs: &MemFs) -> MemFs {
    let copy = fs.duplicate();
    copy.remove_all(&path("annotations"));
    copy
}

#[test]
fn replay_from_records_alone_gives_equal_state_and_byte_equal_checkpoints() {
    let fs = two_annotators();
    write_all(&fs);
    let records = read(&fs);
    assert!(records.diagnostics.is_empty(), "{:?}", records.diagnostics);
    let bare = without_checkpoints(&fs);
    assert_eq!(read(&bare), records);
    write_all(&bare);
    let files = files_under(&fs, "annotations");
    assert_eq!(files_under(&bare, "annotations"), files);
    // Two shards that hold work of Ali, one of Omar, with entities and index each.
    assert_eq!(files.len(), 4 + 3);
    assert!(reopen(&fs).check().unwrap().is_empty());
}

#[test]
fn the_short_way_gives_what_the_records_give() {
    let fs = two_annotators();
    write_all(&fs);
    let compare = |fs: &MemFs, is_short: bool| {
        let mut full = read(fs);
        let short = reopen(fs).read_records_shortly().unwrap();
        assert_eq!(short.history.is_empty(), is_short, "which way was taken");
        full.history.clone_from(&short.history);
        assert_eq!(short, full);
    };
    compare(&fs, true);
    // Lines that came after the checkpoint are taken in.
    let mut ali = Hand::on(&fs, "Ali", 4);
    ali.set(Place::Mention(article(7), "m7".into()), mention("m7", "GPE", Some("e1")));
    ali.set(Place::Mention(article(0), "m0".into()), None);
    ali.set(Place::Setting("x".into()), Content::Json("3".into()));
    compare(&fs, true);
    // And brought into the checkpoint, with the bytes that a full rebuild gives.
    write_all(&fs);
    let bare = without_checkpoints(&fs);
    write_all(&bare);
    assert_eq!(files_under(&bare, "annotations"), files_under(&fs, "annotations"));
    compare(&fs, true);
}

#[test]
fn a_checkpoint_that_does_not_prove_itself_is_not_believed() {
    let fs = two_annotators();
    write_all(&fs);
    let records = read(&fs);
    for (file, bytes) in files_under(&fs, "annotations") {
        for (what, changed) in [
            ("cut", bytes[..bytes.len() / 2].to_vec()),
            ("flipped", [&bytes[..9], b"x", &bytes[10..]].concat()),
            ("emptied", Vec::new()),
            ("merged", [b"<<<<<<< ours\n".as_slice(), &bytes].concat()),
            ("edited by hand", String::from_utf8(bytes.clone()).unwrap().replace("ORG", "GPE").into_bytes()),
            ("edited by hand", String::from_utf8(bytes.clone()).unwrap().replace("Blue", "Red").into_bytes()),
        ] {
            if changed == bytes {
                continue;
            }
            let copy = fs.duplicate();
            copy.put(&file, &changed);
            let mut found = reopen(&copy).read_records_shortly().unwrap();
            found.history.clone_from(&records.history);
            assert_eq!(found, records, "{what}: {}", file.display());
            let report = reopen(&copy).check().unwrap();
            assert!(report.iter().any(|found| found.code == "checkpoint_differs"), "{what}: {}", file.display());
            write_all(&copy);
            assert_eq!(files_under(&copy, "annotations"), files_under(&fs, "annotations"));
        }
    }
}

#[test]
fn a_checkpoint_of_other_journals_is_not_believed() {
    let fs = two_annotators();
    let old = fs.duplicate();
    write_all(&old);
    let mut ali = Hand::on(&fs, "Ali", 9);
    ali.set(Place::Note(article(9)), Content::Note("n".into()));
    write_all(&fs);
    // The newer checkpoint over the older journals, as a checkout of an older commit leaves it.
    for (file, bytes) in files_under(&fs, "annotations") {
        old.put(&file, &bytes);
    }
    let mut short = reopen(&old).read_records_shortly().unwrap();
    let full = read(&old);
    short.history.clone_from(&full.history);
    assert_eq!(short, full);
}

#[test]
fn journals_that_changed_under_their_checkpoint_are_read_again() {
    let fs = two_annotators();
    write_all(&fs);
    for (file, bytes) in files_under(&fs, "journal/ali") {
        let copy = fs.duplicate();
        let mut changed = bytes.clone();
        // Of the same length, in the last line.
        let at = changed.len() - 20;
        changed[at] ^= 1;
        copy.put(&file, &changed);
        let full = read(&copy);
        assert_ne!(full.history.len(), read(&fs).history.len());
        let mut short = reopen(&copy).read_records_shortly().unwrap();
        short.history.clone_from(&full.history);
        assert_eq!(short, full, "{}", file.display());
    }
}

#[test]
fn what_is_referred_to_is_held() {
    let fs = MemFs::new();
    create(&fs);
    let copy = {
        let mut ali = Hand::on(&fs, "ali", 1);
        ali.set(Place::Claim(article(0), "outer".into()), claim("outer", None));
        ali.set(Place::Claim(article(0), "lonely".into()), claim("lonely", None));
        fs.duplicate()
    };
    // One machine deletes what the other, unaware, refers to.
    let mut here = Hand::on(&fs, "ali", 2);
    here.set(Place::Claim(article(0), "outer".into()), None);
    here.set(Place::Claim(article(0), "lonely".into()), None);
    let mut there = Hand::on(&copy, "ali", 3);
    there.set(Place::Claim(article(0), "inner".into()), claim("inner", Some("outer")));
    for (file, bytes) in files_under(&copy, "journal") {
        fs.put(&file, &bytes);
    }
    let records = read(&fs);
    let own = &records.own["ali"];
    let outer = &own[&Place::Claim(article(0), "outer".into())];
    assert!(outer.held && outer.value == Some(claim("outer", None)));
    assert_eq!(own[&Place::Claim(article(0), "lonely".into())].value, None);
    // The checkpoint says so, is not taken for more than it is, and an edit brings the thing back.
    reopen(&fs).write_checkpoint(&"ali".into()).unwrap();
    assert_eq!(essence(reopen(&fs).read_records_shortly().unwrap()), essence(records));
    let held = reopen(&fs).check().unwrap();
    assert!(held.iter().any(|found| found.code == "held" && found.severity == Severity::Warning));
    let mut ali = Hand::on(&fs, "ali", 4);
    ali.set(Place::Claim(article(0), "outer".into()), claim("outer", None));
    let outer = read(&fs).own["ali"][&Place::Claim(article(0), "outer".into())].clone();
    assert!(!outer.held && outer.value.is_some() && outer.open.is_empty());
}
