//! Where copies changed one place without knowing of each other: what is listed, and how it ends.

use std::collections::BTreeSet;

use super::{Command, CommandError, Session};
use crate::edit::{Content, Place};
use crate::model::{AnnotatorId, BlobId};
use crate::storage::Clash;

impl Session {
    /// The clashes that this annotator may decide and has not seen: at own and at shared places, in order.
    pub fn open_clashes(&self) -> impl Iterator<Item = &Clash> {
        self.clashes.iter().filter(|clash| {
            clash.annotator.as_ref().is_none_or(|annotator| *annotator == self.annotator)
                && !clash.seen_by.contains(&self.annotator)
        })
    }

    /// Own things that were deleted while something else came to refer to them, and so stand all the same.
    pub fn held(&self) -> impl Iterator<Item = (&Place, &Content)> {
        // Any edit of a held thing brings it back.
        let standing = |place: &Place| self.standings.get(place).filter(|standing| standing.held);
        self.held.iter().filter_map(move |place| Some((place, standing(place)?.value.as_ref()?)))
    }

    /// Lists the clashes of a place, or those that a mark of having seen is about, as they are after an edit.
    pub(super) fn refresh_clashes(&mut self, place: &Place) {
        if let Place::SeenClash(of, line) = place {
            let me = self.annotator.clone();
            let is_seen = self.standings.get(place).is_some_and(|standing| standing.value.is_some());
            for clash in self.clashes.iter_mut().filter(|clash| clash.place == **of && clash.line == *line) {
                if is_seen {
                    clash.seen_by.insert(me.clone());
                } else {
                    clash.seen_by.remove(&me);
                }
            }
            return;
        }
        let whose: Option<AnnotatorId> = (!place.is_shared()).then(|| self.annotator.clone());
        let standing = self.standings.get(place);
        let has_open = standing.is_some_and(|standing| !standing.open.is_empty());
        let is_here = |clash: &Clash| clash.place == *place && clash.annotator == whose;
        if !has_open && !self.clashes.iter().any(is_here) {
            return;
        }
        let old: Vec<Clash> = self.clashes.iter().filter(|clash| is_here(clash)).cloned().collect();
        let mut now: Vec<Clash> =
            standing.map(|standing| standing.clashes(whose.as_ref(), place).collect()).unwrap_or_default();
        for clash in &mut now {
            let before = old.iter().find(|old| old.line == clash.line);
            clash.seen_by = before.map(|before| before.seen_by.clone()).unwrap_or_default();
        }
        let at = self.clashes.iter().position(is_here).unwrap_or(self.clashes.len());
        self.clashes.retain(|clash| !is_here(clash));
        let at = at.min(self.clashes.len());
        self.clashes.splice(at..at, now);
    }

    /// A scheme that becomes current must be one that can be read.
    pub(super) fn check_scheme(&self, command: &Command) -> Result<(), CommandError> {
        let wanted: Option<&BlobId> = match command {
            Command::SetScheme { scheme } => Some(scheme),
            Command::TakeOther { place, line } if **place == Place::Scheme => {
                let clash = self.clashes.iter().find(|clash| clash.place == **place && clash.line == *line);
                match clash.and_then(|clash| clash.other.as_ref()) {
                    Some(Content::Blob(blob)) => Some(blob),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(wanted) = wanted else { return Ok(()) };
        let unreadable = |reason: String| CommandError::Invalid { reason };
        let scheme = self.store.scheme(wanted).map_err(|error| unreadable(error.to_string()))?;
        super::schemes::validate(&scheme).map_err(|error| unreadable(error.to_string()))
    }

    /// Clashes by what tells them apart.
    pub(super) fn clash_keys(&self) -> BTreeSet<(Place, crate::model::LineId)> {
        self.open_clashes().map(|clash| (clash.place.clone(), clash.line.clone())).collect()
    }
}
