//! What was done, what is undone, and what undo and redo take next.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnnotatorId, LineId};
use crate::storage::HistoryLine;

/// Causes that undo passes over: they make the project what it is, or only mark something as seen.
const NOT_UNDONE: [&str; 2] = [super::CREATE_CAUSE, SEE_CLASH];

/// Cause of the transaction that marks a clash as seen.
pub(crate) const SEE_CLASH: &str = "see_clash";

/// Cause of a transaction that takes back one earlier line; what it took back stands in the `over` of its edits.
pub(crate) const REVERT_CAUSE: &str = "revert";

/// Every line of every journal, by (Lamport number, line), and which of them are undone.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    lines: Vec<HistoryLine>,
    idx_from_id: BTreeMap<LineId, usize>,
    reversed_by: BTreeMap<LineId, Vec<usize>>,
    /// A line is undone while a line that reverses it is not itself undone. Parallel to `lines`.
    undone: Vec<bool>,
    /// Lines of each batch.
    batches: BTreeMap<String, Vec<usize>>,
    /// Lines that take back a line without being its undo, by that line.
    reverted_by: BTreeMap<LineId, BTreeSet<usize>>,
    /// The same by the batch of the line that is taken back, so that a large batch is not walked for each of its lines.
    batch_reverted_by: BTreeMap<String, BTreeSet<usize>>,
}

impl History {
    /// The history of these lines, oldest first.
    pub fn from_lines(lines: Vec<HistoryLine>) -> Self {
        let mut history = Self::default();
        for line in lines {
            history.push(line);
        }
        history
    }

    /// Takes in lines that were read, in any order; those that are known already stay once.
    pub fn take_in(&mut self, lines: Vec<HistoryLine>) {
        let mut new: Vec<HistoryLine> =
            lines.into_iter().filter(|line| !self.idx_from_id.contains_key(&line.id)).collect();
        if new.is_empty() {
            return;
        }
        let mut all: Vec<HistoryLine> = std::mem::take(&mut self.lines);
        all.append(&mut new);
        all.sort_by(|a, b| (a.transaction.lamport, &a.id).cmp(&(b.transaction.lamport, &b.id)));
        *self = Self::from_lines(all);
    }

    /// Whether undo finds something among the lines of this session.
    pub fn has_undoable(&self, me: &AnnotatorId, session: &str) -> bool {
        !self.next_undo(me, session, &|_| false).is_empty()
    }

    /// Whether a line stands at another's place or after it.
    pub fn is_at_or_after(&self, line: &LineId, other: &LineId) -> bool {
        self.idx(line).zip(self.idx(other)).is_some_and(|(line, other)| line >= other)
    }

    /// Puts lines in the place of all that these annotators' journals held.
    pub fn replace(&mut self, annotators: &BTreeSet<AnnotatorId>, lines: Vec<HistoryLine>) {
        if self.lines.iter().any(|line| annotators.contains(&line.annotator)) {
            let mut kept = std::mem::take(&mut self.lines);
            kept.retain(|line| !annotators.contains(&line.annotator));
            *self = Self::from_lines(kept);
        }
        self.take_in(lines);
    }

    /// Adds a line.
    pub fn push(&mut self, line: HistoryLine) {
        let idx = self.lines.len();
        let reversed = line.transaction.reverses.clone();
        // A line may be known only now although one that reverses it stood before it.
        let is_undone = self.reversed_by.get(&line.id).is_some_and(|by| by.iter().any(|by| !self.is_undone_idx(*by)));
        self.idx_from_id.insert(line.id.clone(), idx);
        if let Some(batch) = &line.transaction.batch {
            self.batches.entry(batch.clone()).or_default().push(idx);
            // What takes it back may have been known before it.
            if let Some(by) = self.reverted_by.get(&line.id) {
                self.batch_reverted_by.entry(batch.clone()).or_default().extend(by);
            }
        }
        if line.transaction.cause == REVERT_CAUSE {
            for over in line.transaction.edits.iter().flat_map(|edit| &edit.over) {
                // A line that was undone and done again stands by its redo.
                let reversed = |id: &LineId| self.line(id).and_then(|line| line.transaction.reverses.clone());
                let mut id = over.clone();
                while let Some(first) = reversed(&id).as_ref().and_then(reversed) {
                    id = first;
                }
                if let Some(batch) = self.line(&id).and_then(|line| line.transaction.batch.clone()) {
                    self.batch_reverted_by.entry(batch).or_default().insert(idx);
                }
                self.reverted_by.entry(id).or_default().insert(idx);
            }
        }
        self.lines.push(line);
        self.undone.push(is_undone);
        if let Some(reversed) = reversed {
            self.reversed_by.entry(reversed.clone()).or_default().push(idx);
            self.settle(reversed);
        }
    }

    /// Works out again whether `id` is undone, and from there what it reverses, and so on.
    fn settle(&mut self, id: LineId) {
        let mut next = Some(id);
        let mut steps = self.lines.len();
        while let Some(id) = next.take()
            && steps > 0
        {
            steps -= 1;
            let Some(idx) = self.idx_from_id.get(&id).copied() else { return };
            let is_undone = self.reversed_by.get(&id).is_some_and(|by| by.iter().any(|by| !self.is_undone_idx(*by)));
            if self.is_undone_idx(idx) == is_undone {
                return;
            }
            if let Some(slot) = self.undone.get_mut(idx) {
                *slot = is_undone;
            }
            next = self.lines.get(idx).and_then(|line| line.transaction.reverses.clone());
        }
    }

    fn is_undone_idx(&self, idx: usize) -> bool {
        self.undone.get(idx).copied().unwrap_or(false)
    }

    /// All lines, the newest first.
    pub fn newest(&self) -> impl Iterator<Item = &HistoryLine> {
        self.lines.iter().rev()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The n-th line, oldest first, and whether it is undone.
    pub fn at(&self, idx: usize) -> Option<(&HistoryLine, bool)> {
        self.lines.get(idx).map(|line| (line, self.is_undone_idx(idx)))
    }

    /// Where a line stands.
    pub fn idx(&self, id: &LineId) -> Option<usize> {
        self.idx_from_id.get(id).copied()
    }

    /// Whether a line, or another of its batch, was taken back by a later line that is not its undo.
    pub fn is_reverted(&self, idx: usize) -> bool {
        self.is_reverted_within(idx, 8)
    }

    /// As [`History::is_reverted`]; a chain of reverts of reverts ends after `steps`.
    fn is_reverted_within(&self, idx: usize, steps: usize) -> bool {
        let Some(line) = self.lines.get(idx).filter(|_| steps > 0) else { return false };
        let by = match &line.transaction.batch {
            Some(batch) => self.batch_reverted_by.get(batch),
            None => self.reverted_by.get(&line.id),
        };
        by.into_iter().flatten().any(|by| !self.is_undone_idx(*by) && !self.is_reverted_within(*by, steps - 1))
    }

    /// How many lines the batch of a line has, itself among them; 1 where it stands alone.
    pub fn mates(&self, line: &HistoryLine) -> usize {
        let mates = line.transaction.batch.as_ref().and_then(|batch| self.batches.get(batch));
        mates.map_or(1, Vec::len)
    }

    /// The line and all others of its batch, undone or not, newest first; empty where there is no such line.
    pub fn batch_with(&self, id: &LineId) -> Vec<&HistoryLine> {
        let Some(line) = self.line(id) else { return Vec::new() };
        let mates = line.transaction.batch.as_ref().and_then(|batch| self.batches.get(batch));
        let is_mate = |other: &&HistoryLine| other.annotator == line.annotator && other.session == line.session;
        match mates {
            Some(mates) => mates.iter().rev().filter_map(|idx| self.lines.get(*idx)).filter(is_mate).collect(),
            None => vec![line],
        }
    }

    /// All lines with whether they are undone, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&HistoryLine, bool)> {
        self.lines.iter().zip(self.undone.iter().copied())
    }

    /// A line.
    pub fn line(&self, id: &LineId) -> Option<&HistoryLine> {
        self.idx_from_id.get(id).and_then(|idx| self.lines.get(*idx))
    }

    /// What undo takes: the newest line of `session` that reverses nothing and is not undone, else one of this copy's
    /// earlier sessions; its whole batch, last line first. Empty when there is nothing.
    pub fn next_undo(&self, me: &AnnotatorId, session: &str, is_ours: &dyn Fn(&str) -> bool) -> Vec<LineId> {
        let can = |line: &HistoryLine| {
            line.annotator == *me
                && line.transaction.reverses.is_none()
                && !NOT_UNDONE.contains(&line.transaction.cause.as_str())
        };
        let newest = |here: &dyn Fn(&HistoryLine) -> bool| {
            self.iter().rev().find(|(line, undone)| !undone && here(line) && can(line)).map(|(line, _)| line)
        };
        let found = newest(&|line| line.session == session).or_else(|| newest(&|line| is_ours(&line.session)));
        found.map_or_else(Vec::new, |line| self.batch_of(line))
    }

    /// What redo takes: this session's last undo that still holds, while no new command came after it.
    pub fn next_redo(&self, me: &AnnotatorId, session: &str) -> Vec<LineId> {
        for (line, undone) in self.iter().rev() {
            if line.annotator != *me || line.session != session {
                continue;
            }
            let Some(reversed) = &line.transaction.reverses else { return Vec::new() };
            let is_undo = self.line(reversed).is_some_and(|reversed| reversed.transaction.reverses.is_none());
            if is_undo && !undone {
                return self.batch_of(line);
            }
        }
        Vec::new()
    }

    /// The line with those of its batch that are not undone, last first.
    pub fn with_batch(&self, line: &LineId) -> Vec<LineId> {
        self.line(line).map(|line| self.batch_of(line)).unwrap_or_default()
    }

    /// The lines of the same batch that are not undone, last first; or the line alone.
    fn batch_of(&self, line: &HistoryLine) -> Vec<LineId> {
        let Some(mates) = line.transaction.batch.as_ref().and_then(|batch| self.batches.get(batch)) else {
            return vec![line.id.clone()];
        };
        let is_same = |other: &HistoryLine| other.annotator == line.annotator && other.session == line.session;
        let lines = mates.iter().rev().filter(|idx| !self.is_undone_idx(**idx)).filter_map(|idx| self.lines.get(*idx));
        lines.filter(|other| is_same(other)).map(|line| line.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::edit::Transaction;
    use crate::env::Timestamp;

    fn line(id: &str, session: &str, reverses: Option<&str>, batch: Option<&str>) -> HistoryLine {
        HistoryLine {
            id: id.into(),
            annotator: "amal".into(),
            session: session.to_owned(),
            prev: "".into(),
            transaction: Arc::new(Transaction {
                lamport: 1,
                at: Timestamp(String::new()),
                by: "amal".into(),
                scheme: "".into(),
                cause: "set_flag".to_owned(),
                batch: batch.map(str::to_owned),
                reverses: reverses.map(LineId::from),
                edits: Vec::new(),
            }),
        }
    }

    /// Lines as `id`, `id<reversed`, or `id*batch`, of session `s` unless written `old/id`.
    fn history(lines: &str) -> History {
        let of = |word: &str| {
            let (session, word) = word.split_once('/').unwrap_or(("s", word));
            let (word, batch) = word.split_once('*').map_or((word, None), |(word, batch)| (word, Some(batch)));
            let (id, reverses) = word.split_once('<').map_or((word, None), |(id, of)| (id, Some(of)));
            line(id, session, reverses, batch)
        };
        History::from_lines(lines.split_whitespace().map(of).collect())
    }

    #[test]
    fn undo_and_redo_take_the_right_line() {
        let check = |lines: &str, undo: &[&str], redo: &[&str]| {
            let history = history(lines);
            let ids = |ids: &[&str]| ids.iter().map(|id| LineId::from(*id)).collect::<Vec<_>>();
            let me = AnnotatorId::from("amal");
            assert_eq!(history.next_undo(&me, "s", &|session| session == "old"), ids(undo), "undo of {lines}");
            assert_eq!(history.next_redo(&me, "s"), ids(redo), "redo of {lines}");
        };
        check("", &[], &[]);
        check("a b", &["b"], &[]);
        check("a b u<b", &["a"], &["u"]);
        check("a b u<b v<a", &[], &["v"]);
        check("a b u<b v<a r<v", &["a"], &["u"]);
        check("a b u<b v<a r<v q<u", &["b"], &[]);
        // A command after an undo ends redo, and undo goes past what is undone.
        check("a b u<b c", &["c"], &[]);
        check("a b u<b c w<c", &["a"], &["w"]);
        // Undone, redone, undone again.
        check("a u<a r<u v<a", &[], &["v"]);
        check("a u<a r<u v<a q<v", &["a"], &[]);
        // Earlier sessions of this copy come after this one's; others never.
        check("old/a b", &["b"], &[]);
        check("old/a b u<b", &["a"], &["u"]);
        check("old/a old/u<a", &[], &[]);
        check("other/a", &[], &[]);
        check("old/a u<a", &[], &["u"]);
        // Batches go together, from the last line back.
        check("a b*x c*x", &["c", "b"], &[]);
        check("a b*x c*x u<c*y v<b*y", &["a"], &["v", "u"]);
    }

    #[test]
    fn a_line_is_undone_while_what_reverses_it_is_not() {
        let undone = |lines: &str| {
            let history = history(lines);
            history
                .iter()
                .filter(|(_, undone)| *undone)
                .map(|(line, _)| line.id.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(undone("a u<a"), "a");
        assert_eq!(undone("a u<a r<u"), "u");
        assert_eq!(undone("a u<a r<u q<r"), "a r");
        // Order of arrival does not matter.
        assert_eq!(undone("u<a a"), "a");
        assert_eq!(undone("r<u u<a a"), "u");
    }
}
