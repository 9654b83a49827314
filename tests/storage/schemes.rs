//! Schemes and plans: two leads, one parent; blobs that were edited by hand.

use std::path::Path;
use std::sync::Arc;

use hashiya::edit::{Content, Place};
use hashiya::env::Env;
use hashiya::model::{BlobId, Severity};
use hashiya::session::{OpenOptions, Session, schemes};
use hashiya::storage::{MemFs, StoreError};

use super::hand::{Hand, article, create, draft, files_under, path, read, reopen, root, shared};

/// A project whose current scheme is the preset `news`; the scheme's blob.
fn project() -> (MemFs, BlobId) {
    let fs = MemFs::new();
    let store = create(&fs);
    let import = store.write_import(&draft(1)).unwrap();
    let parent = store.put_scheme(&schemes::news()).unwrap();
    let mut ali = Hand::on(&fs, "ali", 1);
    ali.register(&import);
    ali.set(Place::Scheme, Content::Blob(parent.clone()));
    (fs, parent)
}

/// A lead changes the scheme: a label goes, the name changes.
fn change(fs: &MemFs, who: &str, session: u64, name: &str) -> BlobId {
    let mut scheme = schemes::news();
    scheme.name = name.to_owned();
    scheme.labels.truncate(6);
    let id = reopen(fs).put_scheme(&scheme).unwrap();
    Hand::on(fs, who, session).set(Place::Scheme, Content::Blob(id.clone()));
    id
}

fn bring(from: &MemFs, to: &MemFs) {
    crate::carry::carry((from, &root()), (to, &root()));
}

#[test]
fn two_leads_change_the_scheme_from_one_parent() {
    for (one, two) in [("ali", "omar"), ("ali", "ali")] {
        let (here, _) = project();
        let there = here.duplicate();
        let mine = change(&here, one, 2, "mine");
        let theirs = change(&there, two, 3, "theirs");
        bring(&there, &here);
        bring(&here, &there);
        assert_eq!(read(&here).clashes, read(&there).clashes);
        let records = read(&here);
        let standing = records.shared[&Place::Scheme].value.clone();
        let [clash] = records.clashes.as_slice() else { panic!("{:?}", records.clashes) };
        assert_eq!((&clash.annotator, &clash.place), (&None, &Place::Scheme));
        assert_eq!(clash.standing, standing);
        let mut both = [clash.standing.clone(), clash.other.clone()];
        both.sort_by_key(|content| format!("{content:?}"));
        let mut expected = [Some(Content::Blob(mine.clone())), Some(Content::Blob(theirs.clone()))];
        expected.sort_by_key(|content| format!("{content:?}"));
        assert_eq!(both, expected);
        // Both blobs are kept on both copies, and everybody opens with the one that stands.
        for fs in [&here, &there] {
            assert_eq!(reopen(fs).scheme(&mine).unwrap().name, "mine");
            assert_eq!(reopen(fs).scheme(&theirs).unwrap().name, "theirs");
            let options = OpenOptions { annotator: Some("omar".into()), ..OpenOptions::default() };
            let session = Session::open(shared(fs), &root(), &options, Arc::new(Env::fixed(9)), None).unwrap();
            assert_eq!(Some(Content::Blob(session.scheme_id().clone())), standing);
            assert_eq!(session.clashes().len(), 1);
        }
        // Taking the other ends it everywhere.
        let other = clash.other.clone();
        Hand::on(&there, "zoe", 4).set(Place::Scheme, other.clone());
        bring(&there, &here);
        assert_eq!(read(&here).clashes, []);
        assert_eq!(read(&here).shared[&Place::Scheme].value, other);
    }
}

#[test]
fn the_same_new_scheme_on_both_is_no_clash() {
    let (here, _) = project();
    let there = here.duplicate();
    let mine = change(&here, "ali", 2, "same");
    assert_eq!(change(&there, "omar", 3, "same"), mine);
    bring(&there, &here);
    assert_eq!(read(&here).clashes, []);
    assert_eq!(files_under(&here, "blobs").len(), 2);
}

#[test]
fn a_blob_edited_by_hand_is_refused_and_named() {
    let (fs, parent) = project();
    let file = path(&format!("blobs/{parent}.ron"));
    let bytes = fs.files()[&file].clone();
    let edited = String::from_utf8(bytes).unwrap().replacen("PER", "MAN", 1);
    fs.put(&file, edited.as_bytes());
    let error = reopen(&fs).scheme(&parent).unwrap_err();
    assert!(matches!(&error, StoreError::Damaged { path, .. } if *path == file), "{error}");
    assert!(error.to_string().contains("edited or damaged"), "{error}");
    let found = reopen(&fs).check().unwrap();
    let named = found.iter().find(|found| found.code == "blob_damaged").unwrap();
    assert_eq!(named.severity, Severity::Error);
    assert_eq!(named.file.as_deref(), Some(format!("blobs/{parent}.ron").as_str()));
    // The project opens for reading, says so, and nothing of it is lost.
    let options = OpenOptions { annotator: Some("ali".into()), ..OpenOptions::default() };
    let session = Session::open(shared(&fs), Path::new("/p"), &options, Arc::new(Env::fixed(9)), None).unwrap();
    assert!(session.read_only_reason().unwrap().contains("scheme"));
    assert!(session.article(&article(0)).is_ok());
    // Put back, all is well.
    drop(session);
    reopen(&fs).put_scheme(&schemes::news()).unwrap();
    assert!(reopen(&fs).scheme(&parent).is_ok());
    assert!(reopen(&fs).check().unwrap().iter().all(|found| found.code != "blob_damaged"));
}

#[test]
fn two_plans_clash_like_two_schemes() {
    let (here, _) = project();
    let there = here.duplicate();
    for (fs, who, session) in [(&here, "ali", 2), (&there, "omar", 3)] {
        let plan = reopen(fs).put_blob(format!("plan of {who}").as_bytes()).unwrap();
        Hand::on(fs, who, session).set(Place::Plan, Content::Blob(plan));
    }
    bring(&there, &here);
    let clashes = read(&here).clashes;
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].place, Place::Plan);
    for content in [&clashes[0].standing, &clashes[0].other] {
        let Some(Content::Blob(id)) = content else { panic!("{clashes:?}") };
        assert!(reopen(&here).blob(id).unwrap().starts_with(b"plan of "));
    }
}
