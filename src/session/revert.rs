//! Taking back one change, however old it is, by a new transaction.

use std::collections::BTreeMap;

use super::history::REVERT_CAUSE;
use super::plan::{check_references, named};
use super::reversal::Reversal;
use super::{CommandError, Session};
use crate::edit::{Edit, Place};
use crate::model::LineId;
use crate::storage::HistoryLine;

impl Session {
    /// How to take back what one line of the history did, a batch as a whole: every place gets the value that it had
    /// before.
    /// The new transaction is a command like any other, so undo takes it back.
    ///
    /// # Errors
    /// [`CommandError::ChangedLater`] where a later change stands on a place, [`CommandError::NotYours`] where the line
    /// changed what only its annotator may change, and as [`Session::run`].
    pub(super) fn plan_revert(&mut self, line: &LineId) -> Result<Reversal, CommandError> {
        // Batches and later changes may stand in lines that opening did not need.
        self.read_history().map_err(|error| CommandError::Storage(error.to_string()))?;
        let lines: Vec<HistoryLine> = self.history.batch_with(line).into_iter().cloned().collect();
        let Some(newest) = lines.first().cloned() else {
            return Err(CommandError::NotFound { what: "line of the history", id: line.to_string() });
        };
        if newest.transaction.cause == super::CREATE_CAUSE {
            let reason = "What made the project cannot be taken back.".to_owned();
            return Err(CommandError::Invalid { reason });
        }
        let edits = net_inverse(&lines);
        if newest.annotator != self.annotator && edits.iter().any(|edit| !edit.place.is_shared()) {
            return Err(CommandError::NotYours { by: newest.annotator });
        }
        self.open_around(&edits).map_err(|error| CommandError::Storage(error.to_string()))?;
        if let Some(edit) = edits.iter().find(|edit| self.state.value(&edit.place) != edit.before) {
            return Err(self.changed_later(&newest, &edit.place));
        }
        check_references(&self.state, &edits, &|article| self.catalogue.idx_of(article).is_some())?;
        // What was one transaction comes back as one, so that nothing in between can ever be met.
        Ok(Reversal::of_edits(REVERT_CAUSE, edits, lines.len() == 1, &self.env))
    }

    /// The refusal that names the newest change of a place after `line`.
    fn changed_later(&self, line: &HistoryLine, place: &Place) -> CommandError {
        let (what, id) = named(place);
        let place_text = if id.is_empty() { format!("the {what}") } else { format!("the {what} {id}") };
        let touches = |other: &HistoryLine| {
            let same_journal = place.is_shared() || other.annotator == line.annotator;
            same_journal && other.transaction.edits.iter().any(|edit| edit.place == *place)
        };
        let later = self.history.iter().rev().map(|(other, _)| other);
        let later = later.take_while(|other| other.id != line.id).find(|other| touches(other));
        match later {
            Some(later) => CommandError::ChangedLater {
                place: place_text,
                line: later.id.clone(),
                by: later.annotator.clone(),
                at: later.transaction.at.clone(),
                cause: later.transaction.cause.clone(),
            },
            None => CommandError::Changed { place: place_text },
        }
    }
}

/// The edits that take back all of `lines` (newest first) at once; each place is named once.
fn net_inverse(lines: &[HistoryLine]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut idx_from_place: BTreeMap<&Place, usize> = BTreeMap::new();
    for edit in lines.iter().flat_map(|line| line.transaction.edits.iter().rev()) {
        let earlier = idx_from_place.get(&edit.place).and_then(|idx| edits.get_mut(*idx));
        if let Some(earlier) = earlier {
            earlier.after.clone_from(&edit.before);
        } else {
            idx_from_place.insert(&edit.place, edits.len());
            edits.push(Edit {
                place: edit.place.clone(),
                over: Vec::new(),
                before: edit.after.clone(),
                after: edit.before.clone(),
            });
        }
    }
    edits.retain(|edit| edit.before != edit.after);
    edits
}
