//! Commands about what stands where copies changed one place without knowing of each other.

use super::{Plan, View};
use crate::edit::{Content, Place};
use crate::model::LineId;
use crate::session::command::{Command, CommandError};
use crate::storage::Clash;

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    let mut plan = Plan::default();
    match command {
        Command::SetScheme { scheme } => {
            plan.id = Some(scheme.to_string());
            plan.put(view, Place::Scheme, Some(Content::Blob(scheme.clone())));
        }
        Command::TakeOther { place, line } => {
            let clash = find(view, place, line)?;
            plan.put(view, clash.place.clone(), clash.other.clone());
        }
        Command::SeenClash { place, line } => {
            let clash = find(view, place, line)?;
            let place = Place::SeenClash(Box::new(clash.place.clone()), clash.line.clone());
            plan.put(view, place, Some(Content::Marked));
        }
        _ => {}
    }
    Ok(plan)
}

/// The clash at a place of the annotator's own, or a shared one.
fn find<'a>(view: &View<'a>, place: &Place, line: &LineId) -> Result<&'a Clash, CommandError> {
    let mut at_place = view.clashes.iter().filter(|clash| clash.place == *place && clash.line == *line);
    let not_found = || CommandError::NotFound { what: "clash with the line", id: line.to_string() };
    let is_mine = |clash: &&Clash| clash.annotator.as_ref().is_none_or(|annotator| annotator == view.by);
    at_place.find(is_mine).ok_or_else(not_found)
}
