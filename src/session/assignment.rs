//! The assignment plan of a project: which one is current, and what a plan would come to.

use std::sync::Arc;

use super::listing::{Rows, Wake};
use super::{Catalogue, Session, Task};
use crate::model::{AssignmentPlan, BlobId};
use crate::storage::Store;

/// The plan that was read last; reading a blob takes a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptPlan {
    id: Option<BlobId>,
    plan: Option<Result<Arc<AssignmentPlan>, String>>,
}

impl Session {
    /// The current assignment plan; none where there is none or it cannot be used (see [`Session::plan_trouble`]).
    #[must_use]
    pub fn assignment_plan(&self) -> Option<Arc<AssignmentPlan>> {
        self.read_plan().and_then(Result::ok)
    }

    /// Why the current assignment plan cannot be used, if so: for example because its blob has not arrived yet.
    #[must_use]
    pub fn plan_trouble(&self) -> Option<String> {
        self.read_plan().and_then(Result::err)
    }

    fn read_plan(&self) -> Option<Result<Arc<AssignmentPlan>, String>> {
        let id = self.state().plan();
        let mut kept = self.kept_plan.borrow_mut();
        if kept.id.as_ref() != id {
            let read = |id| {
                let plan: AssignmentPlan = self.store().plan(id).map_err(|error| error.to_string())?;
                plan.check().map_err(|error| error.to_string())?;
                Ok(Arc::new(plan))
            };
            *kept = KeptPlan { id: id.cloned(), plan: id.map(read) };
        }
        kept.plan.clone()
    }
}

/// Writes a plan as a blob on a thread of its own, because that waits for the disk; making it current is
/// [`super::Command::SetPlan`]. `None` where the system refuses a thread.
pub fn write_plan(store: Store, plan: AssignmentPlan, wake: Wake) -> Option<Task<Result<BlobId, String>>> {
    Task::start("plan", move || wake(), move |_| store.put_plan(&plan).map_err(|error| error.to_string()))
}

/// What a plan comes to: how many articles each annotator gets, and how many are annotated twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// In the order of the plan's list; articles that are annotated twice count for both.
    pub each: Vec<usize>,
    /// Annotated twice.
    pub twice: usize,
    /// All articles.
    pub total: usize,
}

impl PlanCounts {
    /// Counts over all rows, on all cores.
    #[must_use]
    pub fn of(plan: &AssignmentPlan, rows: &dyn Rows) -> Self {
        use rayon::prelude::*;
        let assigner = plan.assigner();
        let nothing = || Self { each: vec![0; plan.annotators.len()], twice: 0, total: 0 };
        (0..rows.count())
            .into_par_iter()
            .fold(nothing, |mut counts, row| {
                let (first, second) = assigner.assign(&rows.article(row), rows.facts(row).language);
                for at in [first, second].into_iter().flatten() {
                    counts.each.iter_mut().skip(at).take(1).for_each(|count| *count += 1);
                }
                counts.twice += usize::from(second.is_some());
                counts.total += 1;
                counts
            })
            .reduce(nothing, |mut a, b| {
                a.each.iter_mut().zip(b.each).for_each(|(a, b)| *a += b);
                Self { twice: a.twice + b.twice, total: a.total + b.total, ..a }
            })
    }

    /// Begins to count on a thread of its own; `None` where the system refuses one.
    #[must_use]
    pub fn start(plan: AssignmentPlan, rows: Catalogue, wake: Wake) -> Option<Task<Self>> {
        Task::start("plan preview", move || wake(), move |_| Self::of(&plan, &rows))
    }
}
