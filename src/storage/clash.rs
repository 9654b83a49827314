//! Clashes: edits that nobody who came later knew of.

use std::collections::{BTreeMap, BTreeSet};

use super::own_state::OwnState;
use super::records::{Clash, Standing};
use crate::edit::Place;
use crate::model::{AnnotatorId, LineId};

/// Clashes of own and shared places: open edits whose value differs from the greatest edit's.
pub(super) fn clashes(own: &[OwnState], shared: &BTreeMap<Place, Standing>) -> Vec<Clash> {
    let mut seen: BTreeMap<(&Place, &LineId), BTreeSet<&AnnotatorId>> = BTreeMap::new();
    for state in own {
        for (place, standing) in &state.places {
            if let (Place::SeenClash(of, line), Some(_)) = (place, &standing.value) {
                seen.entry((of, line)).or_default().insert(&state.annotator);
            }
        }
    }
    let mut found = Vec::new();
    for state in own {
        let mut all: Vec<(&Place, &Standing)> = state.places.iter().collect();
        // Over a checkpoint these are at least the articles with edits that do not stand.
        all.extend(state.overlay.values().flatten());
        all.sort_by(|a, b| a.0.cmp(b.0));
        at_places(Some(&state.annotator), all, &seen, &mut found);
    }
    at_places(None, shared.iter().collect(), &seen, &mut found);
    found
}

fn at_places(
    annotator: Option<&AnnotatorId>,
    places: Vec<(&Place, &Standing)>,
    seen: &BTreeMap<(&Place, &LineId), BTreeSet<&AnnotatorId>>,
    found: &mut Vec<Clash>,
) {
    for (place, standing) in places {
        found.extend(standing.clashes(annotator, place).map(|mut clash| {
            let by = seen.get(&(place, &clash.line));
            clash.seen_by.extend(by.into_iter().flatten().map(|by| (*by).clone()));
            clash
        }));
    }
}
