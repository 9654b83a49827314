//! Who is who: looking entities up by name while somebody types, fast with a hundred thousand of them.
//!
//! Names stand folded in a sorted table that is made once, on a thread of its own where there are many, and mended with
//! each edit. What is offered comes with the reason, so that homonyms can be told apart.

mod candidates;
mod knowledge;
mod names;
mod rank;
mod table;
mod usage;
mod wide;

pub use candidates::{Candidate, Offered, Query};
pub use knowledge::{KnowledgeBase, KnowledgeError};
pub use rank::Reason;
pub use usage::{EntityReader, EntityUse, Use};
pub use wide::{WideJob, WideState};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Session, Task, TaskState};
use crate::edit::{Content, Edit, Place};
use crate::model::{ArticleId, Entity, EntityId, Mention};
use crate::storage::Sets;
use crate::text::{FoldLevel, fold_key};
use names::EntityNames;

/// So many entities are put in order at once, when they are asked for; about ten milliseconds.
const AT_ONCE: usize = 5000;

/// So many of the last own lines tell what was used lately.
const LINES: usize = 4096;

/// Mentions with the name `key` that were given to an entity: how many.
type Given = BTreeMap<String, BTreeMap<EntityId, u32>>;

/// What a session keeps for looking entities up. Nothing of it is stored.
#[derive(Debug, Default)]
pub(super) struct Identity {
    names: Option<EntityNames>,
    /// The entities were read again since `names` was made.
    is_stale: bool,
    job: Option<Task<EntityNames>>,
    /// Entities that this session changed: a job reads what the records say, perhaps without that.
    edited: BTreeSet<EntityId>,
    /// What mentions were called that were given to entities lately, by key at F1.
    given: Given,
    /// The same of the article that was asked about last, with the state of the project.
    here: Option<(u64, ArticleId, Arc<Given>)>,
    /// When entities were used last, as Lamport numbers.
    used: BTreeMap<EntityId, u64>,
    /// Lines of the history that `given` and `used` know.
    lines: usize,
    knowledge: Option<Arc<KnowledgeBase>>,
}

impl Identity {
    /// Takes in an edit that was made; `entities` are those after it.
    pub fn take_in(&mut self, edit: &Edit, lamport: u64, entities: &BTreeMap<EntityId, Entity>) {
        self.learn(edit, lamport);
        if let Place::Entity(id) = &edit.place {
            self.edited.insert(id.clone());
            if let Some(names) = &mut self.names {
                names.mend(id, entities.get(id));
            }
        }
        if let Some((names, id)) = self.names.as_mut().zip(used_by(edit)) {
            names.note_use(id, lamport);
        }
    }

    /// A line was added to the history, with its edits taken in.
    pub const fn add_line(&mut self) {
        self.lines += 1;
    }

    /// The entities may be others now.
    pub const fn after_reload(&mut self) {
        self.is_stale = true;
    }

    fn learn(&mut self, edit: &Edit, lamport: u64) {
        if let Some(id) = used_by(edit) {
            let used = self.used.entry(id.clone()).or_default();
            *used = lamport.max(*used);
        }
        let (before, after) = (given(edit.before.as_ref()), given(edit.after.as_ref()));
        if before == after {
            return;
        }
        if let Some((key, id)) = before
            && let Some(of_key) = self.given.get_mut(&key)
            && let Some(count) = of_key.get_mut(&id)
        {
            *count -= 1;
            if *count == 0 {
                of_key.remove(&id);
            }
        }
        if let Some((key, id)) = after {
            *self.given.entry(key).or_default().entry(id).or_default() += 1;
        }
    }
}

/// The entity that an edit uses or changes.
fn used_by(edit: &Edit) -> Option<&EntityId> {
    match (&edit.place, &edit.after) {
        (Place::Entity(id), Some(_)) => Some(id),
        (Place::Mention(..), Some(Content::Mention(mention))) => {
            let before = match &edit.before {
                Some(Content::Mention(before)) => before.entity.as_ref(),
                _ => None,
            };
            mention.entity.as_ref().filter(|id| before != Some(*id))
        }
        _ => None,
    }
}

fn given(content: Option<&Content>) -> Option<(String, EntityId)> {
    match content {
        Some(Content::Mention(mention)) => Some((exact_key(mention), mention.entity.clone()?)),
        _ => None,
    }
}

fn exact_key(mention: &Mention) -> String {
    fold_key(mention.key().trim(), FoldLevel::F1)
}

fn names_of_records(sets: &Sets) -> EntityNames {
    let entities = sets.project().iter().filter_map(|(place, standing)| match (place, &standing.value) {
        (Place::Entity(id), Some(Content::Entity(entity))) => Some((id, entity.as_ref())),
        _ => None,
    });
    EntityNames::of(entities)
}

impl Session {
    /// Begins to put the names of entities in order, on a thread of its own where there are many: for a window that
    /// opens a project. `wake` is called when they are.
    pub fn warm_names(&self, wake: impl FnOnce() + Send + 'static) {
        let mut identity = self.identity.borrow_mut();
        let is_wanted = identity.names.is_none() || identity.is_stale;
        if !is_wanted || identity.job.is_some() {
            return;
        }
        if let Some(sets) = self.sets.clone().filter(|_| self.entities().len() > AT_ONCE) {
            identity.job = Task::start("names", wake, move |_| names_of_records(&sets));
            identity.is_stale = false;
        }
    }

    /// Whether entities can be looked up now. Takes in what a thread has made.
    #[must_use]
    pub fn has_names(&self) -> bool {
        let state = self.identity.borrow().job.as_ref().map(Task::poll);
        match state {
            Some(TaskState::Running(..)) => {}
            Some(TaskState::Done(names)) => self.put_names(names),
            Some(TaskState::Ended) => self.identity.borrow_mut().job = None,
            None => {}
        }
        let (is_made, is_stale, is_busy) = {
            let identity = self.identity.borrow();
            let is_worn = identity.names.as_ref().is_some_and(EntityNames::is_worn);
            (identity.names.is_some(), identity.is_stale || is_worn, identity.job.is_some())
        };
        if is_busy || (is_made && !is_stale) {
            return is_made;
        }
        if self.entities().len() <= AT_ONCE || self.sets.is_none() {
            self.put_names(EntityNames::of(self.entities().iter()));
            return true;
        }
        self.identity.borrow_mut().is_stale = true;
        self.warm_names(|| {});
        if self.identity.borrow().job.is_none() {
            // The system refuses a thread.
            self.put_names(EntityNames::of(self.entities().iter()));
        }
        self.identity.borrow().names.is_some()
    }

    /// Waits until entities can be looked up: for commands and tests, never for a window.
    pub fn wait_names(&self) {
        while !self.has_names() {
            std::thread::yield_now();
        }
    }

    fn put_names(&self, mut names: EntityNames) {
        let mut identity = self.identity.borrow_mut();
        for id in &identity.edited {
            names.mend(id, self.entities().get(id));
        }
        for (id, lamport) in &identity.used {
            names.note_use(id, *lamport);
        }
        identity.names = Some(names);
        identity.is_stale = false;
        identity.job = None;
    }

    /// Learns from the last own lines what was used, where lines have come that are not this session's edits.
    fn learn_lines(&self) {
        if self.identity.borrow().lines == self.history.len() {
            return;
        }
        let mut identity = self.identity.borrow_mut();
        identity.given.clear();
        let mut lines: Vec<_> =
            self.history.newest().filter(|line| line.annotator == self.annotator).take(LINES).collect();
        lines.reverse();
        for line in lines {
            for edit in &line.transaction.edits {
                identity.learn(edit, line.transaction.lamport);
            }
        }
        identity.lines = self.history.len();
        let Identity { names, used, .. } = &mut *identity;
        if let Some(names) = names {
            for (id, lamport) in used.iter() {
                names.note_use(id, *lamport);
            }
        }
    }
}
