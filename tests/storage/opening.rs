//! Creating and opening a project, blobs, and files that are not what they should be.

use std::path::Path;
use std::sync::Arc;

use hashiya::edit::{Content, Place};
use hashiya::env::Env;
use hashiya::storage::{DiskFs, Fs, JournalWriter, MemFs, SessionStart, Store, StoreError};

use super::hand::{article, create, mention, path, read, reopen, root, shared};

#[test]
fn a_project_folder_has_what_tools_need() {
    let fs = MemFs::new();
    let store = create(&fs);
    let names: Vec<String> = fs.list(&root()).unwrap().into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, [".gitattributes", ".gitignore", ".stignore", "project.ron"]);
    let header = String::from_utf8(fs.read(&path("project.ron")).unwrap()).unwrap();
    let id = &store.header().id;
    assert_eq!(
        header,
        format!(
            "(\n  format: 1,\n  id: \"{id}\",\n  name: \"Harbour\",\n  created: \"{}\",\n)\n",
            store.header().created
        )
    );
    let attributes = String::from_utf8(fs.read(&path(".gitattributes")).unwrap()).unwrap();
    assert!(attributes.contains("*.ron -text\ncorpus/**/*.txt -text\n"));
    assert!(matches!(Store::create(shared(&fs), &root(), "x", &Env::fixed(1)), Err(StoreError::AlreadyThere { .. })));
    assert_eq!(reopen(&fs).header(), store.header());
}

#[test]
fn headers_that_cannot_be_read_are_refused_with_a_sentence() {
    let check = |text: &[u8], expect: &str| {
        let fs = MemFs::new();
        fs.put(&path("project.ron"), text);
        let error = Store::open(shared(&fs), &root()).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    let id = "0123456789abcdef0123456789abcdef";
    check(format!("(format:9,id:\"{id}\",name:\"\",created:\"\")").as_bytes(), "format 9");
    check(b"(format:9,more:[1,2],id:(x:1))", "format 9, and this version reads formats up to 1");
    check(format!("(format:0,id:\"{id}\",name:\"\",created:\"\",more:1)").as_bytes(), "project.ron:1:");
    check(b"(format:0,id:\"../x\",name:\"\",created:\"\")", "not 32 hex digits");
    check(b"(format:0,\nid:3)", "project.ron:2:");
    check(b"\xff\xfe(", "project.ron:1:1: the bytes here are not UTF-8");
    check(b"", "project.ron:1:1");
    check("(".repeat(5_000).as_bytes(), "brackets");
    check("x".repeat(2_000_000).as_bytes(), "at most 1048576 are read");
    let nothing = Store::open(shared(&MemFs::new()), &root()).unwrap_err();
    assert!(matches!(nothing, StoreError::NotAProject { .. }));
}

#[test]
fn a_blob_edited_by_hand_is_refused_and_named() {
    let fs = MemFs::new();
    let store = create(&fs);
    let id = store.put_blob(b"[1]").unwrap();
    assert_eq!(store.blob(&id).unwrap(), b"[1]");
    assert_eq!(store.put_blob(b"[1]").unwrap(), id);
    let file = path(&format!("blobs/{id}.ron"));
    fs.put(&file, b"[2]");
    let error = store.blob(&id).unwrap_err().to_string();
    assert!(error.contains(id.as_str()) && error.contains("edited or damaged"), "{error}");
    assert_eq!(store.check().unwrap()[0].code, "blob_damaged");
    assert!(store.blob(&"../project".into()).is_err());
    // Storing it again mends it.
    store.put_blob(b"[1]").unwrap();
    assert_eq!(store.blob(&id).unwrap(), b"[1]");
}

#[test]
fn a_fixed_environment_never_repeats_an_id_in_one_project() {
    let fs = MemFs::new();
    create(&fs);
    let mut ids = Vec::new();
    for _ in 0..4 {
        let env = Env::fixed(5);
        let records = read(&fs);
        records.resume(&env);
        let mut hand = super::hand::Hand::on(&fs, "ali", env.random_64());
        for _ in 0..3 {
            let id = env.new_id();
            ids.push(id.clone());
            hand.set(Place::Mention(article(0), id.as_str().into()), mention(&id, "PER", None));
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert_eq!(read(&fs).own["ali"].len(), count);
}

#[test]
#[cfg(unix)]
fn links_in_a_project_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (project, outside) = (folder.path().join("p"), folder.path().join("outside"));
    let store = Store::create(Arc::new(DiskFs), &project, "Harbour", &Env::fixed(1)).unwrap();
    std::fs::create_dir_all(outside.join("ali")).unwrap();
    std::fs::write(outside.join("ali/x.ron"), "x\n").unwrap();
    std::fs::create_dir(project.join("journal")).unwrap();
    symlink(outside.join("ali"), project.join("journal/ali")).unwrap();
    std::fs::create_dir(project.join("journal/omar")).unwrap();
    symlink(outside.join("ali/x.ron"), project.join("journal/omar/x.ron")).unwrap();
    let records = store.read_records().unwrap();
    let codes: Vec<_> = records.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["foreign_file", "foreign_file"]);
    // Nor is anything written through one.
    let start = SessionStart { annotator: "ali".into(), session: 1, date: "2026-11-24".into(), seen: vec![] };
    let writer = JournalWriter::start(&store, start).unwrap();
    let transaction = hashiya::edit::Transaction {
        lamport: 1,
        at: hashiya::env::Timestamp("2026-11-24T09:30:00.000Z".into()),
        by: "ali".into(),
        scheme: "none".into(),
        cause: "test".into(),
        batch: None,
        reverses: None,
        edits: vec![hashiya::edit::Edit {
            place: Place::Flag(article(0)),
            over: vec![],
            before: None,
            after: Some(Content::Marked),
        }],
    };
    writer.append(&transaction).unwrap();
    assert!(writer.close().unwrap_err().contains("a folder is needed here"));
    assert_eq!(std::fs::read_dir(outside.join("ali")).unwrap().count(), 1);
}

#[test]
fn a_project_works_on_a_real_disk() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("new/deeper/p");
    let store = Store::create(Arc::new(DiskFs), &project, "Harbour", &Env::fixed(1)).unwrap();
    let import = store.write_import(&super::hand::draft(2)).unwrap();
    let start = SessionStart { annotator: "ali".into(), session: 1, date: "2026-11-24".into(), seen: vec![] };
    let writer = JournalWriter::start(&store, start).unwrap();
    let transaction = hashiya::edit::Transaction {
        lamport: 1,
        at: hashiya::env::Timestamp("2026-11-24T09:30:00.000Z".into()),
        by: "ali".into(),
        scheme: "none".into(),
        cause: "import".into(),
        batch: None,
        reverses: None,
        edits: vec![hashiya::edit::Edit {
            place: Place::Registration(import),
            over: vec![],
            before: None,
            after: Some(Content::Registered),
        }],
    };
    let line = writer.append(&transaction).unwrap();
    writer.close().unwrap();
    store.write_checkpoint(&"ali".into()).unwrap();
    let store = Store::open(Arc::new(DiskFs), &project).unwrap();
    let records = store.read_records().unwrap();
    assert_eq!(records.history[0].id, line);
    assert_eq!(&*store.text(&article(1)).unwrap(), super::hand::TEXT);
    assert!(store.check().unwrap().is_empty());
    let copy = folder.path().join("copy");
    assert!(store.save_copy(&copy, &hashiya::storage::UnsavedLines::default()).unwrap().is_empty());
    assert_eq!(Store::open(Arc::new(DiskFs), &copy).unwrap().read_records().unwrap(), records);
    assert!(!Path::new(&copy).join(".cache").exists());
}
