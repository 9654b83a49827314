//! State is a function of the set of records, however they arrive.

use std::collections::BTreeSet;
use std::path::PathBuf;

use hashiya::edit::{Content, Place};
use hashiya::model::LineId;
use hashiya::storage::{MemFs, Records};
use proptest::prelude::*;

use super::hand::{Hand, article, claim, create, draft, entity, essence, files_under, mention, path, read, reopen};
use super::knowledge::{Known, Listed, check_listed, expected_clashes};
use crate::effort::rounds;

/// Who works where: three annotators, the first of them on two machines.
const MACHINES: [&str; 4] = ["ali", "omar", "zoe", "ali"];

/// One step: on which machine, what is done or from which machine files come, where, and where they are cut.
type Step = (usize, usize, usize, usize);

/// Journal files, by path.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// A copy of the project on a machine, open.
struct Machine {
    fs: MemFs,
    hand: Hand,
    /// Lines that were read or written.
    known: BTreeSet<LineId>,
}

impl Machine {
    fn open(fs: MemFs, annotator: &str, session: u64) -> Self {
        let known = read(&fs).history.into_iter().map(|line| line.id).collect();
        Self { hand: Hand::on(&fs, annotator, session), fs, known }
    }

    /// Changes something, and tells what was known then.
    fn change(&mut self, what: usize, at: usize) -> Known {
        let (place, after) = change(&self.hand, what, at);
        let over = self.hand.transaction(vec![(place.clone(), after.clone())]).edits.remove(0).over;
        let line = self.hand.set(place.clone(), after.clone());
        let known = self.known.clone();
        self.known.insert(line.clone());
        let (by, lamport) = (self.hand.annotator.clone(), self.hand.lamport);
        Known { by, line, lamport, place, after, over, read: known }
    }
}

/// Random work on four machines that hand files on to each other now and then, whole or cut anywhere. Returns a project
/// without journals, the files of all journals, and every edit.
fn work(steps: &[Step]) -> (MemFs, Files, Vec<Known>) {
    let base = MemFs::new();
    let import = create(&base).write_import(&draft(3)).unwrap();
    Hand::on(&base, "ali", 1).register(&import);
    let mut machines: Vec<Option<Machine>> = Vec::new();
    for (number, annotator) in MACHINES.iter().enumerate() {
        machines.push(Some(Machine::open(base.duplicate(), annotator, 10 + number as u64)));
    }
    let mut sessions = 20;
    let mut edits = Vec::new();
    for (machine, what, at, cut) in steps {
        let number = machine % MACHINES.len();
        if what % 14 < 11 {
            edits.push(machines[number].as_mut().unwrap().change(*what % 14, *at));
            continue;
        }
        let from = machines[(number + 1 + what % 3) % MACHINES.len()].as_ref().unwrap().fs.duplicate();
        let Machine { fs, hand, .. } = machines[number].take().unwrap();
        drop(hand);
        deliver(&from, &fs, *cut);
        sessions += 1;
        machines[number] = Some(Machine::open(fs, MACHINES[number], sessions));
    }
    let mut files: std::collections::BTreeMap<PathBuf, Vec<u8>> = std::collections::BTreeMap::new();
    for Machine { fs, hand, .. } in machines.into_iter().flatten() {
        drop(hand);
        for (file, bytes) in files_under(&fs, "journal") {
            let there = files.entry(file).or_default();
            if bytes.len() > there.len() {
                *there = bytes;
            }
        }
    }
    base.remove_all(&path("journal"));
    (base, files.into_iter().collect(), edits)
}

/// Brings journal files from one machine to another: the last of them cut anywhere, also in the middle of a line.
fn deliver(from: &MemFs, to: &MemFs, cut: usize) {
    let here = files_under(to, "journal");
    let mut news: Files = files_under(from, "journal").into_iter().collect();
    news.retain(|(file, bytes)| here.get(file).is_none_or(|old| old.len() < bytes.len()));
    let Some(last) = news.len().checked_sub(1) else { return };
    for (number, (file, bytes)) in news.iter().enumerate() {
        let whole = bytes.len();
        let old = here.get(file).map_or(0, Vec::len);
        let end = if number == last { old + cut % (whole - old + 1) } else { whole };
        to.put(file, &bytes[..end]);
    }
}

fn change(hand: &Hand, what: usize, at: usize) -> (Place, Option<Content>) {
    let id = format!("x{}", at % 2);
    // Few places, so that they are met often.
    let of = article(at % 3 / 2);
    match what % 11 {
        0 => (Place::Mention(of, id.as_str().into()), Some(mention(&id, "PER", None))),
        1 => (Place::Mention(of, id.as_str().into()), Some(mention(&id, "ORG", Some("x0")))),
        2 => (Place::Mention(of, id.as_str().into()), None),
        3 => (Place::Entity(id.as_str().into()), Some(entity(&id, hand.annotator.as_ref()))),
        4 => (Place::Entity(id.as_str().into()), None),
        5 => (Place::Claim(of, id.as_str().into()), Some(claim(&id, Some("x1")))),
        6 => (Place::Claim(of, id.as_str().into()), None),
        8 => {
            (Place::Dismissed(of, "edge_space".into(), id), Some(Content::Dismissed(format!("{} {at}", hand.lamport))))
        }
        9 => (Place::Dismissed(of, "edge_space".into(), id), None),
        7 => (Place::Note(of), Some(Content::Note(format!("{} {at}", hand.lamport)))),
        _ => (Place::Setting(id), Some(Content::Json(format!("{at}")))),
    }
}

/// The records and annotation files of a project with these journals.
fn state_of(base: &MemFs, files: &[(PathBuf, Vec<u8>)]) -> (Records, MemFs) {
    let fs = base.duplicate();
    for (file, bytes) in files {
        fs.put(file, bytes);
    }
    let records = read(&fs);
    for annotator in ["ali", "omar", "zoe"] {
        reopen(&fs).write_checkpoint(&annotator.into()).unwrap();
    }
    (records, fs)
}

fn annotation_files(fs: &MemFs) -> Files {
    files_under(fs, "annotations").into_iter().filter(|(file, _)| !file.ends_with("index.ron")).collect()
}

/// Deals the lines of each annotator out to files as `deal` says: any order, some twice, some torn as well.
fn redelivered(files: &[(PathBuf, Vec<u8>)], deal: &[usize]) -> Files {
    let mut found = Vec::new();
    for annotator in ["ali", "omar", "zoe"] {
        let folder = path(&format!("journal/{annotator}"));
        let own = files.iter().filter(|(file, _)| file.starts_with(&folder));
        let mut lines: Vec<&[u8]> = own.flat_map(|(_, bytes)| bytes.split_inclusive(|byte| *byte == b'\n')).collect();
        let mut parts = vec![Vec::new(); 3];
        let mut turn = deal.iter().cycle();
        while !lines.is_empty() {
            let dealt = *turn.next().unwrap();
            let line = lines.remove(dealt % lines.len());
            parts[dealt % 3].extend_from_slice(line);
            if dealt.is_multiple_of(4) {
                parts[(dealt + 1) % 3].extend_from_slice(line);
            }
        }
        parts[deal[0] % 3].extend_from_slice(b"0123 torn");
        for (number, part) in parts.into_iter().enumerate() {
            found.push((folder.join(format!("copy {number} (conflict).ron")), part));
        }
    }
    found
}

fn listed(records: &Records) -> BTreeSet<Listed> {
    let one = |clash: &hashiya::storage::Clash| {
        (clash.annotator.clone(), clash.place.clone(), clash.line.clone(), clash.standing_line.clone())
    };
    records.clashes.iter().map(one).collect()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..4_usize, 0..14_usize, 0..6_usize, any::<usize>()), 1..40)
}

/// Two machines of one annotator at few places, who meet often and often say the same.
fn close_steps() -> impl Strategy<Value = Vec<Step>> {
    let machine = prop::sample::select(vec![0_usize, 3]);
    let what = prop::sample::select(vec![0_usize, 1, 2, 8, 11, 12, 13]);
    prop::collection::vec((machine, what, 0..2_usize, any::<usize>()), 8..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(48, 2000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn state_is_a_function_of_the_set_of_records(
        steps in steps(),
        deal in prop::collection::vec(0..1000_usize, 1..40),
    ) {
        let (base, files, _) = work(&steps);
        let (records, fs) = state_of(&base, &files);
        let (again, other) = state_of(&base, &redelivered(&files, &deal));
        prop_assert_eq!(essence(again), essence(records.clone()));
        prop_assert_eq!(annotation_files(&other), annotation_files(&fs));
        // The short way over these checkpoints gives the same again.
        for fs in [&fs, &other] {
            let mut short = reopen(fs).read_records_shortly().unwrap();
            short.history.clone_from(&records.history);
            prop_assert_eq!(essence(short), essence(records.clone()));
        }
    }

    #[test]
    fn records_that_come_late_are_taken_in_over_old_checkpoints(
        steps in steps(),
        first in prop::collection::vec(0..100_000_usize, 7),
    ) {
        let (base, files, _) = work(&steps);
        let (records, fs) = state_of(&base, &files);
        // Some files first, whole or cut anywhere; checkpoints of that; then the rest. What registers the import is there
        // from the start: else every checkpoint would be rebuilt for its base values.
        let cut = |cut: usize, bytes: &[u8]| if cut.is_multiple_of(2) { bytes.len() } else { cut % (bytes.len() + 1) };
        let early: Files = files
            .iter()
            .enumerate()
            .zip(first.iter().cycle())
            .filter(|((number, _), cut)| *number == 0 || !cut.is_multiple_of(3))
            .map(|((number, (file, bytes)), at)| {
                let end = if number == 0 { bytes.len() } else { cut(*at, bytes) };
                (file.clone(), bytes[..end].to_vec())
            })
            .collect();
        prop_assert!(files[0].0.ends_with("2026-11-24-0000000000000001.ron"));
        let (_, late) = state_of(&base, &early);
        for (file, bytes) in &files {
            late.put(file, bytes);
        }
        let mut short = reopen(&late).read_records_shortly().unwrap();
        short.history.clone_from(&records.history);
        prop_assert_eq!(essence(short), essence(records));
        for annotator in ["ali", "omar", "zoe"] {
            reopen(&late).write_checkpoint(&annotator.into()).unwrap();
        }
        prop_assert_eq!(annotation_files(&late), annotation_files(&fs));
    }

    #[test]
    fn what_was_overridden_unaware_is_listed_and_nothing_else(steps in prop_oneof![steps(), close_steps()]) {
        let (base, files, edits) = work(&steps);
        let (records, _) = state_of(&base, &files);
        let listed = listed(&records);
        check_listed(&edits, &listed);
        prop_assert_eq!(listed, expected_clashes(&edits));
        // And nothing is lost: every edit is in the history.
        let lines: BTreeSet<&LineId> = records.history.iter().map(|line| &line.id).collect();
        prop_assert!(edits.iter().all(|edit| lines.contains(&edit.line)));
    }
}

#[test]
fn a_clash_is_what_two_copies_did_unaware_and_ends_when_one_decides() {
    let here = MemFs::new();
    create(&here);
    let place = || Place::Mention(article(0), "m".into());
    Hand::on(&here, "ali", 1).set(place(), mention("m", "ORG", None));
    let there = here.duplicate();
    let (mut one, mut two) = (Hand::on(&here, "ali", 2), Hand::on(&there, "ali", 3));
    let first = one.set(place(), mention("m", "PER", None));
    let second = two.set(place(), mention("m", "GPE", None));
    // Both made the same change elsewhere: no clash.
    one.set(Place::Flag(article(1)), Content::Marked);
    two.set(Place::Flag(article(1)), Content::Marked);
    drop((one, two));
    for (file, bytes) in files_under(&there, "journal") {
        here.put(&file, &bytes);
    }
    let clashes = read(&here).clashes;
    assert_eq!(clashes.len(), 1);
    let (stands, other) = if first > second { (first, second) } else { (second, first) };
    assert_eq!((&clashes[0].standing_line, &clashes[0].line), (&stands, &other));
    // Seen ends it for one annotator, and is on record.
    let mut ali = Hand::on(&here, "ali", 4);
    ali.set(Place::SeenClash(Box::new(place()), other.clone()), Content::Marked);
    assert_eq!(read(&here).clashes[0].seen_by, ["ali".into()].into());
    // Taking the other ends it for everybody.
    let value = clashes[0].other.clone();
    ali.set(place(), value);
    assert_eq!(read(&here).clashes, []);
}
