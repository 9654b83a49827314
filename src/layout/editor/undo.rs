//! Undo within one field.

use super::super::caret::TextPosition;

/// One change of the text.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub at: usize,
    pub removed: String,
    pub inserted: String,
    /// Selection anchor and caret before it.
    pub before: (usize, TextPosition),
}

/// Changes that can be taken back, and those that were.
#[derive(Clone, Debug, Default)]
pub(super) struct UndoStack {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A field is small; more steps than this are forgotten from the oldest on.
const MAX_STEPS: usize = 500;

impl UndoStack {
    /// Adds a change. Letters typed one behind the other become one step, up to and with the space behind a word.
    pub(in crate::layout) fn push(&mut self, step: Step) {
        self.undone.clear();
        let typed = |step: &Step| step.removed.is_empty() && !step.inserted.is_empty();
        if let Some(last) = self.done.last_mut()
            && typed(last)
            && typed(&step)
            && last.at + last.inserted.len() == step.at
            && step.inserted.chars().count() == 1
            && !last.inserted.ends_with(char::is_whitespace)
        {
            last.inserted.push_str(&step.inserted);
            return;
        }
        if self.done.len() == MAX_STEPS {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// The change to take back.
    pub(in crate::layout) fn back(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    /// The change to make again.
    pub(in crate::layout) fn forth(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}
