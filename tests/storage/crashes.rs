//! Whatever the disk does, what was shown as saved is there, what is there is a prefix, and work goes on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use hashiya::edit::{Content, Place};
use hashiya::model::LineId;
use hashiya::storage::{Fault, FaultyFs, Fs, JournalWriter, MemFs, Records, SessionStart, Store};

use super::hand::{Hand, article, codes, create, draft, files_under, read, reopen, root, shared};
use crate::effort::rounds;

/// What a session did before the fault: its lines, and how many of them it showed as saved.
#[derive(Default)]
struct Done {
    lines: Vec<LineId>,
    durable: usize,
}

/// A long run over a file system that fails somewhere: import, edits, a checkpoint.
fn run(fs: Arc<dyn Fs>, done: &mut Done) -> Option<()> {
    let mut hand = Hand::open(Arc::clone(&fs), "ali", 7).ok()?;
    let import = hand.store.write_import(&draft(2)).ok()?;
    let mut changes = vec![(Place::Registration(import), Some(Content::Registered))];
    changes.extend((0..6).map(|number| (Place::Note(article(number % 2)), Some(Content::Note(format!("{number}"))))));
    for (number, change) in changes.into_iter().enumerate() {
        done.lines.push(hand.try_set(vec![change]).ok()?);
        if number % 2 == 0 {
            hand.writer.wait_durable().ok()?;
            done.durable = done.lines.len();
        }
    }
    hand.writer.wait_durable().ok()?;
    done.durable = done.lines.len();
    hand.store.write_checkpoint(&"ali".into()).ok()?;
    Some(())
}

fn lines_of(records: &Records, annotator: &str) -> Vec<LineId> {
    records.history.iter().filter(|line| line.annotator.as_str() == annotator).map(|line| line.id.clone()).collect()
}

fn check_survivor(left: &MemFs, done: &Done, honest_sync: bool, what: &str) {
    let records = read(left);
    let found = lines_of(&records, "ali");
    assert!(done.lines.starts_with(&found), "{what}: not a prefix");
    if honest_sync {
        assert!(found.len() >= done.durable, "{what}: {} of {} saved lines are here", found.len(), done.durable);
    }
    // A torn tail may be there; damage may not.
    assert!(!codes(&records).contains(&"journal_damaged"), "{what}: {:?}", records.diagnostics);
    // An import that counts is whole.
    if honest_sync {
        let store = reopen(left);
        for entry in store.read_records().unwrap().articles.iter() {
            store.text(&entry.id()).unwrap();
        }
    }
    // The project can be written again at once.
    let mut hand = Hand::on(left, "ali", 8);
    let line = hand.set(Place::Flag(article(0)), Content::Marked);
    hand.store.write_import(&draft(2)).unwrap();
    hand.store.write_checkpoint(&"ali".into()).unwrap();
    assert!(lines_of(&read(left), "ali").contains(&line), "{what}");
}

#[test]
fn saved_means_durable() {
    for fault in [Fault::Once, Fault::Freeze, Fault::Torn, Fault::Full, Fault::Denied, Fault::SyncIgnored] {
        let mut at = 1;
        loop {
            let fs = MemFs::new();
            create(&fs);
            let faulty = FaultyFs::new(shared(&fs), at, fault);
            let mut done = Done::default();
            let ended = run(Arc::new(faulty.clone()), &mut done);
            let is_past = faulty.operations() < at;
            for seed in 0..2 {
                let left = fs.after_power_cut(seed);
                check_survivor(&left, &done, fault != Fault::SyncIgnored, &format!("{fault:?} at {at}, seed {seed}"));
            }
            // A process that was killed, on a machine that stayed up.
            check_survivor(&fs.duplicate(), &done, true, &format!("{fault:?} at {at}, killed"));
            if is_past {
                assert!(ended.is_some() && done.durable == 7, "without a fault everything is saved");
                break;
            }
            // From a fault that lasts, the operations in between differ little.
            at +=
                if matches!(fault, Fault::Full | Fault::Denied | Fault::SyncIgnored) { rounds(4, 1).into() } else { 1 };
        }
        assert!(at > 40, "the loop reached every operation");
    }
}

#[test]
fn a_failed_write_is_told_and_never_tried_again() {
    let fs = MemFs::new();
    create(&fs);
    let faulty = Arc::new(FaultyFs::new(shared(&fs), 0, Fault::Once));
    let mut hand = Hand::open(Arc::clone(&faulty) as Arc<dyn Fs>, "ali", 1).unwrap();
    hand.set(Place::Note(article(0)), Content::Note("kept".into()));
    let next = faulty.operations() + 3;
    drop(hand);
    // Own-file check, append, then the sync fails, once.
    let fs = MemFs::new();
    create(&fs);
    let mut hand = Hand::open(Arc::new(FaultyFs::new(shared(&fs), next, Fault::Once)), "ali", 1).unwrap();
    hand.set(Place::Note(article(0)), Content::Note("kept".into()));
    let saved = hand.writer.watermark().durable;
    hand.try_set(vec![(Place::Note(article(1)), Some(Content::Note("lost".into())))]).unwrap();
    let reason = hand.writer.wait_durable().unwrap_err();
    assert!(reason.contains("the journal cannot be written") && reason.contains("injected fault"), "{reason}");
    assert_eq!(hand.writer.watermark().durable, saved);
    assert!(hand.try_set(vec![(Place::Flag(article(1)), Some(Content::Marked))]).is_err());
    // Save a copy rescues what is only in memory, with the same project id.
    let unsaved = hand.writer.unsaved();
    assert_eq!(unsaved.lines.len(), 1);
    hand.store.save_copy(Path::new("/copy"), &unsaved).unwrap();
    let copy = Store::open(shared(&fs), Path::new("/copy")).unwrap();
    assert_eq!(copy.header(), hand.store.header());
    let records = copy.read_records().unwrap();
    let own = &records.own["ali"];
    assert_eq!(own[&Place::Note(article(1))].value, Some(Content::Note("lost".into())));
    assert_eq!(own[&Place::Note(article(0))].value, Some(Content::Note("kept".into())));
    assert!(hand.store.save_copy(Path::new("/copy"), &unsaved).is_err(), "a copy never overwrites");
    // Bringing both together doubles nothing.
    for (file, bytes) in fs.files().into_iter().filter(|(file, _)| file.starts_with("/copy/journal")) {
        fs.put(&root().join(file.strip_prefix("/copy").unwrap()), &bytes);
    }
    assert_eq!(lines_of(&read(&fs), "ali").len(), 2);
}

#[test]
fn a_killed_import_leaves_nothing_visible() {
    let mut at = 1;
    loop {
        let fs = MemFs::new();
        let store = create(&fs);
        let mut whole = draft(2);
        whole.articles[0].source = Some(Arc::from(b"source".as_slice()));
        let faulty = FaultyFs::new(shared(&fs), at, Fault::Torn);
        let killed = Store::open(Arc::new(faulty.clone()), &root()).and_then(|store| store.write_import(&whole));
        let records = read(&fs);
        assert!(records.articles.is_empty() && records.imports.is_empty());
        // And can be repeated over what it left behind.
        let import = store.write_import(&whole).unwrap();
        Hand::on(&fs, "ali", 1).register(&import);
        let records = read(&fs);
        assert_eq!(records.articles.len(), 2);
        assert!(records.imports[&import].is_in_force());
        if faulty.operations() < at {
            assert_eq!(killed.unwrap(), import);
            break;
        }
        at += 1;
    }
}

#[test]
fn a_live_journal_that_is_replaced_loses_no_saved_line() {
    for (what, stub) in [("cut", b"".as_slice()), ("older", b"0123\n".as_slice()), ("gone", b"gone".as_slice())] {
        let fs = MemFs::new();
        create(&fs);
        let mut hand = Hand::on(&fs, "ali", 1);
        let one = hand.set(Place::Note(article(0)), Content::Note("one".into()));
        let (file, _) = super::hand::journal_file(&fs, "ali");
        if what == "gone" {
            fs.remove_all(&file);
        } else {
            fs.put(&file, stub);
        }
        let two = hand.set(Place::Note(article(1)), Content::Note("two".into()));
        let found = lines_of(&read(&fs), "ali");
        assert_eq!(found, [one, two], "{what}");
        // Another file took over; what the tool put there is left alone.
        let files: BTreeMap<_, _> = files_under(&fs, "journal");
        assert_eq!(files.get(&file).map(Vec::as_slice), (what != "gone").then_some(stub), "{what}");
    }
}

#[test]
fn a_removed_project_folder_is_told() {
    let fs = MemFs::new();
    create(&fs);
    let mut hand = Hand::on(&fs, "ali", 1);
    hand.set(Place::Note(article(0)), Content::Note("one".into()));
    fs.remove_all(&root());
    hand.try_set(vec![(Place::Flag(article(0)), Some(Content::Marked))]).unwrap();
    assert!(hand.writer.wait_durable().unwrap_err().contains("project.ron"));
}

#[test]
fn a_full_queue_refuses_and_never_waits() {
    /// Syncs only once it is let go on.
    #[derive(Debug)]
    struct SlowFs(MemFs, Arc<std::sync::Mutex<()>>);
    impl Fs for SlowFs {
        fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
            self.0.read(path)
        }
        fn read_range(&self, path: &Path, start: u64, len_bytes: usize) -> std::io::Result<Vec<u8>> {
            self.0.read_range(path, start, len_bytes)
        }
        fn metadata(&self, path: &Path) -> std::io::Result<hashiya::storage::Metadata> {
            self.0.metadata(path)
        }
        fn list(&self, path: &Path) -> std::io::Result<Vec<hashiya::storage::FolderEntry>> {
            self.0.list(path)
        }
        fn create_dir_all(&self, path: &Path) -> std::io::Result<()> {
            self.0.create_dir_all(path)
        }
        fn write_new(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
            self.0.write_new(path, bytes)
        }
        fn create_append(&self, path: &Path) -> std::io::Result<Box<dyn hashiya::storage::AppendFile>> {
            self.0.create_append(path)
        }
        fn rename(&self, from: &Path, to: &Path) -> std::io::Result<()> {
            self.0.rename(from, to)
        }
        fn sync_dir(&self, path: &Path) -> std::io::Result<()> {
            let _wait = self.1.lock().unwrap();
            self.0.sync_dir(path)
        }
        fn sync_file(&self, path: &Path) -> std::io::Result<()> {
            self.0.sync_file(path)
        }
        fn remove_file(&self, path: &Path) -> std::io::Result<()> {
            self.0.remove_file(path)
        }
        fn canonical(&self, path: &Path) -> std::io::Result<std::path::PathBuf> {
            self.0.canonical(path)
        }
        fn try_lock(&self, path: &Path) -> std::io::Result<Option<Box<dyn hashiya::storage::HeldLock>>> {
            self.0.try_lock(path)
        }
    }
    let fs = MemFs::new();
    create(&fs);
    let gate = Arc::new(std::sync::Mutex::new(()));
    let mut hand = Hand::open(Arc::new(SlowFs(fs.clone(), Arc::clone(&gate))), "ali", 1).unwrap();
    let held = gate.lock().unwrap();
    let mut taken = 0;
    let refused = loop {
        match hand.try_set(vec![(Place::Note(article(0)), Some(Content::Note(format!("{taken}"))))]) {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, hashiya::storage::QueueError::Full);
    assert_eq!(taken, 255, "256 lines with the first");
    assert_eq!(hand.writer.watermark().durable, 0, "nothing is saved before the folder is synced");
    drop(held);
    hand.writer.wait_durable().unwrap();
    assert_eq!(lines_of(&read(&fs), "ali").len(), 255);
}

#[test]
fn a_long_session_takes_further_files() {
    let fs = MemFs::new();
    create(&fs);
    let mut hand = Hand::on(&fs, "ali", 1);
    let long = "x".repeat(3 * 1024 * 1024);
    for number in 0..3 {
        hand.set(Place::Note(article(number)), Content::Note(long.clone()));
    }
    hand.set(Place::Note(article(3)), Content::Note("in the next file".into()));
    let files = files_under(&fs, "journal/ali");
    assert_eq!(files.len(), 2);
    let records = read(&fs);
    assert_eq!(records.history.len(), 4);
    assert!(records.diagnostics.is_empty() && records.history.iter().all(|line| line.session == "0000000000000001"));
    // A line beyond the limit is refused before anything is written.
    let huge = Content::Note("x".repeat(17 * 1024 * 1024));
    assert!(hand.try_set(vec![(Place::Note(article(9)), Some(huge))]).is_err());
    hand.set(Place::Flag(article(0)), Content::Marked);
}

#[test]
fn a_writer_that_wrote_nothing_leaves_no_file() {
    let fs = MemFs::new();
    let store = create(&fs);
    let start = SessionStart { annotator: "ali".into(), session: 1, date: "../../x".into(), seen: vec![] };
    JournalWriter::start(&store, start.clone()).unwrap().close().unwrap();
    assert!(files_under(&fs, "journal").is_empty());
    assert!(JournalWriter::start(&store, SessionStart { annotator: "../x".into(), ..start }).is_err());
}
