//! The real binary is killed at random moments: whatever it answered as done is there afterwards.

use std::collections::BTreeSet;

use hashiya::model::Severity;

use super::stand::{Annotating, Stand, line_of};
use crate::effort::{Chance, rounds, seed};

/// Commands of a script: marks that come and go, notes, undo.
fn script(chance: &Chance, length: usize) -> Vec<String> {
    let command = |number: usize| match chance.below(8) {
        0 => r#"{"undo":{}}"#.to_owned(),
        1 => format!(r#"{{"set_note":{{"article":"pier.txt","note":"note {number}"}}}}"#),
        2 => format!(r#"{{"set_flag":{{"article":"ferry.txt","flagged":{}}}}}"#, number.is_multiple_of(2)),
        3 => format!(r#"{{"put_entity":{{"id":"e{}","type":"LOC","name":{{"en":"Pier {number}"}}}}}}"#, number % 5),
        _ => {
            let start = chance.below(60);
            let end = start + 1 + chance.below(15);
            let label = ["PER", "ORG", "LOC", "GPE"][chance.below(4)];
            format!(r#"{{"add_mention":{{"article":"ferry.txt","label":"{label}","spans":[[{start},{end}]]}}}}"#)
        }
    };
    (0..length).map(command).collect()
}

/// Reads answers until the kill, which comes after so many of them; then what was printed before it.
fn until_killed(annotating: &mut Annotating, answers: usize) -> Vec<String> {
    let mut told = Vec::new();
    for _ in 0..answers {
        let Some(answer) = annotating.answer() else { break };
        told.extend(line_of(&answer));
    }
    annotating.kill();
    told.extend(annotating.rest());
    told
}

fn check(stand: &Stand, told: &BTreeSet<String>, round: u32) {
    let lines = stand.lines();
    let lost: Vec<&String> = told.iter().filter(|line| !lines.contains(*line)).collect();
    assert!(lost.is_empty(), "round {round}: {lost:?} were answered as done");
    let records = stand.records();
    let bad = records.diagnostics.iter().find(|found| found.severity == Severity::Error);
    assert!(bad.is_none(), "round {round}: {bad:?}");
    let mut short = stand.store().read_records_shortly().unwrap();
    short.history.clone_from(&records.history);
    assert!(short == records, "round {round}: the short way");
}

#[test]
fn what_was_answered_as_done_survives_a_kill() {
    let stand = Stand::new();
    let chance = Chance::new(seed() + 40);
    let mut told = BTreeSet::new();
    let mut cut = 0;
    for round in 0..rounds(15, 300) {
        let length = 40 + chance.below(160);
        let mut annotating = stand.annotate("amal", &script(&chance, length));
        // Now and then before the first answer, now and then after the last.
        let killed_after = chance.below(length + 20);
        let now = until_killed(&mut annotating, killed_after);
        cut += usize::from(now.len() < length / 2);
        told.extend(now);
        if round % 5 == 4 {
            check(&stand, &told, round);
        }
    }
    check(&stand, &told, u32::MAX);
    assert!(told.len() > 50 && cut > 0, "{} lines, {cut} scripts were cut short", told.len());
    // The next one works at once.
    let mut last = stand.annotate("amal", &[r#"{"set_flag":{"article":"pier.txt"}}"#.to_owned()]);
    assert!(last.rest().len() == 1);
    assert!(stand.store().check().unwrap().iter().all(|found| found.severity != Severity::Error));
}

#[test]
fn two_annotators_at_once_and_both_are_killed() {
    let stand = Stand::new();
    let chance = Chance::new(seed() + 41);
    let mut told = BTreeSet::new();
    for round in 0..rounds(10, 200) {
        let length = 40 + chance.below(120);
        let mut pair =
            [stand.annotate("amal", &script(&chance, length)), stand.annotate("basim", &script(&chance, length))];
        let [one, two] = &mut pair;
        std::thread::scope(|scope| {
            let (first, second) = (chance.below(length + 10), chance.below(length + 10));
            let other = scope.spawn(move || until_killed(two, second));
            told.extend(until_killed(one, first));
            told.extend(other.join().unwrap());
        });
        if round % 5 == 4 {
            check(&stand, &told, round);
        }
    }
    check(&stand, &told, u32::MAX);
    let records = stand.records();
    let by = |who: &str| records.history.iter().filter(|line| line.annotator.as_str() == who).count();
    assert!(by("amal") > 20 && by("basim") > 20, "both worked");
}
