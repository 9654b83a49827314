//! State is a function of the set of records, however they arrive.

use hashiya::edit::{Content, Place};
use hashiya::storage::{MemFs, Records};
use proptest::prelude::*;

use super::hand::{Hand, article, claim, create, draft, entity, essence, files_under, mention, path, read, reopen};

/// One step of somebody's work: who, on which of two machines, does what, where.
type Step = (usize, bool, usize, usize);

/// Random work of three annotators, the first of them on two machines. Returns the files of all journals.
fn work(steps: &[Step]) -> (MemFs, Vec<(std::path::PathBuf, Vec<u8>)>) {
    let here = MemFs::new();
    let import = create(&here).write_import(&draft(3)).unwrap();
    Hand::on(&here, "ali", 1).register(&import);
    let there = here.duplicate();
    let mut hands = [
        Hand::on(&here, "ali", 10),
        Hand::on(&here, "omar", 11),
        Hand::on(&here, "zoe", 12),
        Hand::on(&there, "ali", 13),
    ];
    for (who, is_there, what, at) in steps {
        let hand = if *is_there { 3 } else { who % 3 };
        change(&mut hands[hand], *what, *at);
    }
    drop(hands);
    let mut files: Vec<_> = files_under(&here, "journal").into_iter().collect();
    files.extend(files_under(&there, "journal"));
    here.remove_all(&path("journal"));
    (here, files)
}

fn change(hand: &mut Hand, what: usize, at: usize) {
    let id = format!("x{}", at % 2);
    let of = article(at % 3);
    let (place, after) = match what % 9 {
        0 => (Place::Mention(of, id.as_str().into()), Some(mention(&id, "PER", None))),
        1 => (Place::Mention(of, id.as_str().into()), Some(mention(&id, "ORG", Some("x0")))),
        2 => (Place::Mention(of, id.as_str().into()), None),
        3 => (Place::Entity(id.as_str().into()), Some(entity(&id, hand.annotator.as_ref()))),
        4 => (Place::Entity(id.as_str().into()), None),
        5 => (Place::Claim(of, id.as_str().into()), Some(claim(&id, Some("x1")))),
        6 => (Place::Claim(of, id.as_str().into()), None),
        7 => (Place::Note(of), Some(Content::Note(format!("{} {at}", hand.lamport)))),
        _ => (Place::Setting(id), Some(Content::Json(format!("{at}")))),
    };
    hand.set(place, after);
}

/// The records and annotation files of a project with these journals.
fn state_of(base: &MemFs, files: &[(std::path::PathBuf, Vec<u8>)]) -> (Records, MemFs) {
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

fn annotation_files(fs: &MemFs) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    files_under(fs, "annotations").into_iter().filter(|(file, _)| !file.ends_with("index.ron")).collect()
}

/// Deals the lines of each annotator out to files as `deal` says: any order, some twice, some torn as well.
fn redelivered(files: &[(std::path::PathBuf, Vec<u8>)], deal: &[usize]) -> Vec<(std::path::PathBuf, Vec<u8>)> {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn state_is_a_function_of_the_set_of_records(
        steps in prop::collection::vec((0..3_usize, any::<bool>(), 0..9_usize, 0..6_usize), 1..24),
        deal in prop::collection::vec(0..1000_usize, 1..40),
    ) {
        let (base, files) = work(&steps);
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
        steps in prop::collection::vec((0..3_usize, any::<bool>(), 0..9_usize, 0..6_usize), 1..24),
        first in prop::collection::vec(0..1000_usize, 4),
    ) {
        let (base, files) = work(&steps);
        let (records, fs) = state_of(&base, &files);
        // Some files first, cut anywhere; checkpoints of that; then the rest.
        let early: Vec<_> = files
            .iter()
            .zip(first.iter().cycle())
            .filter(|(_, cut)| !cut.is_multiple_of(3))
            .map(|((file, bytes), cut)| (file.clone(), bytes[..cut % (bytes.len() + 1)].to_vec()))
            .collect();
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
