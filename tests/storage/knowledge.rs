//! The rule of clashes once more, from the definition and from what each writer knew, without the store's code.

use std::collections::{BTreeMap, BTreeSet};

use hashiya::edit::{Content, Place};
use hashiya::model::{AnnotatorId, LineId};

/// One edit, with every line that its writer had read when it was made.
#[derive(Clone, Debug)]
pub struct Known {
    pub by: AnnotatorId,
    pub line: LineId,
    pub lamport: u64,
    pub place: Place,
    pub after: Option<Content>,
    pub over: Vec<LineId>,
    pub read: BTreeSet<LineId>,
}

/// Whose place, which, the line that does not stand, the line that stands.
pub type Listed = (Option<AnnotatorId>, Place, LineId, LineId);

/// Edits by whose place it is, in order of their keys.
fn by_place(edits: &[Known]) -> BTreeMap<(Option<&AnnotatorId>, &Place), Vec<&Known>> {
    let mut places: BTreeMap<_, Vec<&Known>> = BTreeMap::new();
    for edit in edits {
        let owner = (!edit.place.is_shared()).then_some(&edit.by);
        places.entry((owner, &edit.place)).or_default().push(edit);
    }
    for edits in places.values_mut() {
        edits.sort_by(|a, b| (a.lamport, &a.line).cmp(&(b.lamport, &b.line)));
    }
    places
}

/// What each edit should name in `over`, by line: of what its writer knew at the place and nothing there replaced, what
/// stood or had the new value.
fn expected_over<'a>(edits: &[&'a Known]) -> BTreeMap<&'a LineId, BTreeSet<&'a LineId>> {
    let mut over: BTreeMap<&LineId, BTreeSet<&LineId>> = BTreeMap::new();
    for edit in edits {
        let known: Vec<&&Known> = edits.iter().filter(|other| edit.read.contains(&other.line)).collect();
        let replaced: BTreeSet<&LineId> = known.iter().flat_map(|other| over[&other.line].iter().copied()).collect();
        let stood = known.last().map(|other| &other.after);
        let named = known.iter().filter(|other| !replaced.contains(&other.line));
        let named = named.filter(|other| Some(&other.after) == stood || other.after == edit.after);
        over.insert(&edit.line, named.map(|other| &other.line).collect());
    }
    over
}

/// The clashes that must be listed once all these edits are in one place, and no others.
pub fn expected_clashes(edits: &[Known]) -> BTreeSet<Listed> {
    let mut found = BTreeSet::new();
    for ((owner, place), edits) in by_place(edits) {
        let over = expected_over(&edits);
        let greatest = edits.last().unwrap();
        for edit in &edits {
            let is_replaced = over.values().any(|over| over.contains(&edit.line));
            if !is_replaced && edit.after != greatest.after {
                found.insert((owner.cloned(), place.clone(), edit.line.clone(), greatest.line.clone()));
            }
        }
    }
    found
}

/// What every person would ask of a list of clashes, whatever the rule is called.
pub fn check_listed(edits: &[Known], listed: &BTreeSet<Listed>) {
    for ((owner, place), edits) in by_place(edits) {
        let over = expected_over(&edits);
        let greatest = edits.last().unwrap();
        for edit in &edits {
            let names: BTreeSet<&LineId> = edit.over.iter().collect();
            assert_eq!(names, over[&edit.line], "what line {} names at {place:?}", edit.line);
            let is_listed = listed.contains(&(owner.cloned(), place.clone(), edit.line.clone(), greatest.line.clone()));
            let knew = |other: &&&Known| other.read.contains(&edit.line);
            if edit.after != greatest.after && edits.iter().filter(knew).count() == 0 {
                assert!(is_listed, "line {} was overridden at {place:?} by one that did not know it", edit.line);
            }
            // A successor that knew it as what stood has replaced it.
            let took = |other: &&&Known| {
                let known = edits.iter().rfind(|before| other.read.contains(&before.line));
                known.is_some_and(|before| before.line == edit.line)
            };
            assert!(!is_listed || edits.iter().filter(took).count() == 0, "line {} was known", edit.line);
        }
    }
}
