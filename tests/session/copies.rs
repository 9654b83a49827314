//! Copied, restored, cloned while open, without a data folder: uniting the copies keeps every line of both.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashiya::env::Env;
use hashiya::model::{LineId, MentionId};
use hashiya::session::{Command, HistoryFilter, OpenOptions, Session};
use hashiya::storage::{Fault, FaultyFs, MemFs, Store};

use super::machines::{Machine, two, unite};
use super::world::{added, first, shown, span};
use crate::carry::{carry, conflict_name, lines};

const PUTIN: &str = "بوتين";

fn note(session: &mut Session, note: &str) -> LineId {
    let article = first(session);
    session.run(Command::SetArticleNote { article, note: note.to_owned() }).unwrap().line.unwrap()
}

/// Puts the mark, or takes it away.
fn flag(session: &mut Session) -> LineId {
    let article = first(session);
    let flagged = !session.set(&article).flagged;
    session.run(Command::SetFlag { article, flagged }).unwrap().line.unwrap()
}

fn ids(machine: &Machine) -> BTreeSet<LineId> {
    let store = Store::open(Arc::clone(&machine.world.fs), machine.root()).unwrap();
    store.read_records().unwrap().history.into_iter().map(|line| line.id).collect()
}

#[test]
fn a_folder_copied_to_another_path_is_a_further_copy() {
    let machine = Machine::of(MemFs::new(), 7);
    machine.world.with_news().close().unwrap();
    let other: PathBuf = "/p/copy of news".into();
    for (path, bytes) in machine.fs.files() {
        if let Ok(inside) = path.strip_prefix(machine.root()) {
            machine.fs.put(&other.join(inside), &bytes);
        }
    }
    // Both are open at once on one machine, with one data folder, as one annotator.
    let mut here = machine.open();
    let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
    let mut there = machine.world.open_at(&other, &options).unwrap();
    assert_eq!((here.read_only_reason(), there.read_only_reason()), (None, None));
    let (one, two) = (note(&mut here, "here"), flag(&mut there));
    here.close().unwrap();
    there.close().unwrap();
    // The same clock and the same random numbers gave the same session its name: that loses nothing either.
    carry((&machine.fs, &other), machine.side());
    assert!(ids(&machine).is_superset(&[one, two].into()));
    let session = machine.open();
    let set = session.set(&first(&session));
    assert!(set.flagged && set.note == "here" && session.clashes().is_empty());
}

#[test]
fn yesterdays_backup_and_what_came_after_it() {
    let machine = Machine::of(MemFs::new(), 7);
    machine.world.with_news().close().unwrap();
    machine.work("amal", |session| drop(note(session, "yesterday")));
    let restored = Machine::of(machine.fs.duplicate(), 11);
    machine.work("amal", |session| drop(note(session, "today, before the disk failed")));
    let failed = Machine::of(machine.fs.duplicate(), 12);
    // The backup is put in place; work goes on there.
    restored.work("amal", |session| {
        assert_eq!(session.set(&first(session)).note, "yesterday");
        note(session, "today, again");
    });
    // Later the failed disk can be read after all: both notes of today are there, and one of them is a clash.
    let machines = [restored, failed];
    unite(&machines);
    let session = machines[0].open();
    let notes: Vec<String> = session.history(&HistoryFilter::default()).iter().map(|line| line.cause.clone()).collect();
    assert_eq!(notes.iter().filter(|cause| *cause == "set_article_note").count(), 3);
    assert_eq!(session.clashes().len(), 1);
}

#[test]
fn a_folder_cloned_while_a_session_runs() {
    let machine = Machine::of(MemFs::new(), 7);
    let mut live = machine.world.with_news();
    let mut mine = vec![note(&mut live, "0")];
    for round in 0..6_u64 {
        live.wait_durable().unwrap();
        // The clone is made in the middle of everything: each journal is cut somewhere in its last lines.
        let clone = machine.fs.duplicate();
        for (path, bytes) in machine.fs.files() {
            if path.starts_with(machine.root().join("journal")) {
                let cut = bytes.len() - usize::try_from(round * 37).unwrap().min(bytes.len() / 3);
                clone.put(&path, &bytes[..cut]);
            }
        }
        let clone = Machine::of(clone, 100 + round);
        let mut there = clone.world.open_as("amal");
        assert_eq!(there.read_only_reason(), None);
        let theirs = flag(&mut there);
        there.close().unwrap();
        mine.push(note(&mut live, &format!("{}", round + 1)));
        live.wait_durable().unwrap();
        carry(machine.side(), clone.side());
        let found = ids(&clone);
        assert!(mine.iter().chain([&theirs]).all(|line| found.contains(line)), "round {round}");
        // And the other way, under the running session.
        carry(clone.side(), machine.side());
        live.reload().unwrap();
        assert_eq!(shown(&live).exchange, shown(&clone.open()).exchange, "round {round}");
    }
    live.close().unwrap();
    let found = ids(&machine);
    assert!(mine.iter().all(|line| found.contains(line)));
}

#[test]
fn without_a_usable_data_folder_both_write_and_nothing_is_lost() {
    let denied = |fs: &MemFs| -> Arc<dyn hashiya::storage::Fs> {
        let faulty = FaultyFs::new(Arc::new(fs.clone()), 1, Fault::Denied).within(Path::new("/data"));
        Arc::new(faulty)
    };
    for (what, data) in [("missing", None), ("read-only", Some(Path::new("/data")))] {
        let machine = Machine::of(MemFs::new(), 7);
        machine.world.with_news().close().unwrap();
        let open = |seed: u64| {
            let options = OpenOptions { annotator: Some("amal".into()), ..OpenOptions::default() };
            Session::open(denied(&machine.fs), machine.root(), &options, Arc::new(Env::fixed(seed)), data).unwrap()
        };
        let (mut one, mut two) = (open(21), open(22));
        assert_eq!((one.read_only_reason(), two.read_only_reason()), (None, None), "{what}");
        let mut done = BTreeSet::new();
        for round in 0..4_u32 {
            done.insert(note(&mut one, &format!("{round}")));
            done.insert(flag(&mut two));
        }
        one.close().unwrap();
        two.close().unwrap();
        assert!(ids(&machine).is_superset(&done), "{what}");
        let session = machine.open();
        assert_eq!(session.set(&first(&session)).note, "3", "{what}");
        assert_eq!(session.clashes(), [], "{what}");
    }
}

#[test]
fn the_same_path_on_two_hosts_with_the_same_clock() {
    // Even the random numbers are the same: both sessions have one name, and their files too.
    let machines = two(|_| {});
    let machines = machines.map(|machine| Machine::of(machine.fs, 7));
    let mut mention = MentionId::from("");
    machines[0].work("amal", |session| mention = added(session, "PER", span(PUTIN, 0)));
    machines[1].work("amal", |session| drop(flag(session)));
    machines[1].work("amal", |session| drop(note(session, "second")));
    unite(&machines);
    for machine in &machines {
        let session = machine.open();
        let set = session.set(&first(&session));
        assert!(set.mentions.contains_key(&mention) && set.flagged && set.note == "second");
    }
    assert!(machines[0].fs.files().keys().any(|path| path.to_string_lossy().contains("sync-conflict")));
}

#[test]
fn a_conflict_copy_of_a_journal_is_read_and_of_a_checkpoint_ignored() {
    let machines = two(|session| drop(note(session, "both")));
    machines[0].work("amal", |session| drop(flag(session)));
    machines[1].work("amal", |session| drop(note(session, "there")));
    // The tool brings the other side's files, each under a further name.
    for (path, bytes) in machines[1].fs.files() {
        let is_ours = path.starts_with(machines[1].root().join("journal"))
            || path.starts_with(machines[1].root().join("annotations"));
        if is_ours && machines[0].fs.files().get(&path) != Some(&bytes) {
            machines[0].fs.put(&conflict_name(&path), &bytes);
        }
    }
    let session = machines[0].open();
    let set = session.set(&first(&session));
    assert!(set.flagged && set.note == "there");
    let expected = shown(&session);
    session.close().unwrap();
    machines[0].work("amal", |session| drop(flag(session)));
    machines[0].work("amal", |session| drop(flag(session)));
    assert_eq!(shown(&machines[0].open()), expected, "also once checkpoints were written over it");
}

#[test]
fn a_live_journal_that_a_tool_replaces_loses_no_saved_line() {
    let machine = Machine::of(MemFs::new(), 7);
    let mut live = machine.world.with_news();
    let mut mine = vec![note(&mut live, "0")];
    live.wait_durable().unwrap();
    for round in 0..5 {
        for (path, bytes) in machine.fs.files() {
            if path.starts_with(machine.root().join("journal")) {
                match round % 4 {
                    0 => machine.fs.remove_all(&path),
                    1 => machine.fs.put(&path, &bytes[..bytes.len() / 2]),
                    2 => machine.fs.put(&path, b"<<<<<<< HEAD\n"),
                    _ => machine.fs.put(&path, &bytes),
                }
            }
        }
        mine.push(note(&mut live, &format!("{}", round + 1)));
        live.wait_durable().unwrap();
        let found = ids(&machine);
        assert!(mine.iter().all(|line| found.contains(line)), "round {round}");
    }
    let history = live.history(&HistoryFilter::default()).len();
    live.close().unwrap();
    assert_eq!(machine.open().history(&HistoryFilter::default()).len(), history);
    assert!(!lines(machine.side()).is_empty());
}
