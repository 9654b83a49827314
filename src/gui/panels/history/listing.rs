//! Which lines of the history are listed: found a few thousand per frame, newest first, and kept.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::Batch;
use crate::edit::{Edit, Place};
use crate::model::{AnnotatorId, ArticleId, LineId};
use crate::session::{HistoryRow, Session};

/// So many lines are looked at in one frame; what is in view is found in the first.
const PER_FRAME: usize = 2000;
/// So many edits cost as much as a line.
const EDITS_PER_LINE: usize = 16;

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Mentions.
    Mentions,
    /// Claims and what groups them.
    Claims,
    /// Stances and topics.
    Stances,
    /// Entities.
    Entities,
    /// Status, notes, marks, facts and parts of an article.
    Articles,
    /// Scheme, imports, settings, people.
    Project,
}

impl ChangeKind {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 6] =
        [Self::Mentions, Self::Claims, Self::Stances, Self::Entities, Self::Articles, Self::Project];

    /// The kind of a place.
    #[must_use]
    pub fn of(place: &Place) -> Self {
        match place {
            Place::Mention(..) => Self::Mentions,
            Place::Claim(..) | Place::Cluster(_) => Self::Claims,
            Place::Stance(..) | Place::Topic(_) => Self::Stances,
            Place::Entity(_) => Self::Entities,
            Place::Status(_)
            | Place::Note(_)
            | Place::Flag(_)
            | Place::DocumentField(..)
            | Place::Dismissed(..)
            | Place::Fact(..)
            | Place::ParagraphDirection(..)
            | Place::Region(..)
            | Place::SentenceOverride(..) => Self::Articles,
            Place::SeenClash(place, _) => Self::of(place),
            Place::Profile
            | Place::ExportProfile(_)
            | Place::Registration(_)
            | Place::Scheme
            | Place::Plan
            | Place::Setting(_) => Self::Project,
        }
    }
}

/// Which lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Only lines that touch this article.
    pub article: Option<ArticleId>,
    /// Only lines of this annotator.
    pub annotator: Option<AnnotatorId>,
    /// Only lines that touch a thing of this kind.
    pub kind: Option<ChangeKind>,
}

impl ChangeFilter {
    fn fits(&self, row: &HistoryRow<'_>) -> bool {
        let fits = |edit: &Edit| {
            self.article.as_ref().is_none_or(|article| edit.place.article() == Some(article))
                && self.kind.is_none_or(|kind| ChangeKind::of(&edit.place) == kind)
        };
        self.annotator.as_ref().is_none_or(|annotator| annotator == row.by)
            && ((self.article.is_none() && self.kind.is_none()) || row.transaction.edits.iter().any(fits))
    }
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A line, as a place in the session's history.
    Line(usize),
    /// All lines of a batch.
    Batch(usize),
    /// One edit of a batch that is unfolded: the line's place and the number of the edit in it.
    Part(usize, usize),
}

/// A place of the list while nothing is unfolded.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The line that was found first.
    idx: usize,
    batch: Option<usize>,
}

/// A batch that is unfolded: its row while nothing is unfolded, the batch, and how many rows it adds.
type Open = (usize, usize, usize);

/// The lines that fit a filter, as places in the session's history.
#[derive(Debug, Default)]
pub struct Listing {
    filter: Option<ChangeFilter>,
    /// Found since the list was begun, oldest first.
    newer: Vec<Slot>,
    /// Found on the way back from where it was begun, newest first.
    older: Vec<Slot>,
    batches: Vec<Batch>,
    batch_from_key: BTreeMap<String, usize>,
    batch_from_line: BTreeMap<usize, usize>,
    /// Batches whose edits are shown one by one, by key; they stay so when the list is begun again.
    unfolded: BTreeSet<String>,
    /// The same as rows, from the top.
    open: Vec<Open>,
    /// Lines before this one are still to be looked at.
    open_before: usize,
    /// Lines up to here have been looked at.
    seen_to: usize,
    /// The last line that was looked at: if it stands elsewhere now, older lines have come in.
    last: Option<LineId>,
}

impl Listing {
    /// Takes in what is new and looks further back. Answers whether it is complete.
    pub fn refresh(&mut self, session: &Session, filter: &ChangeFilter) -> bool {
        let len = session.history_len();
        let line_at = |idx: usize| session.history_line(idx).map(|row| row.line);
        let is_same = self.seen_to <= len && self.last.as_ref() == self.seen_to.checked_sub(1).and_then(line_at);
        if self.filter.as_ref() != Some(filter) || !is_same {
            let unfolded = std::mem::take(&mut self.unfolded);
            *self = Self { filter: Some(filter.clone()), open_before: len, seen_to: len, unfolded, ..Self::default() };
            self.last = len.checked_sub(1).and_then(line_at).cloned();
        }
        if self.seen_to < len {
            for idx in self.seen_to..len {
                self.look_at(session, idx, true);
            }
            self.seen_to = len;
            self.last = len.checked_sub(1).and_then(line_at).cloned();
        }
        let mut looked = 0;
        while self.open_before > 0 && looked < PER_FRAME {
            self.open_before -= 1;
            looked += 1 + self.look_at(session, self.open_before, false) / EDITS_PER_LINE;
        }
        self.note_open(session);
        self.open_before == 0
    }

    /// Lists a line if it fits; answers how many edits it has.
    fn look_at(&mut self, session: &Session, idx: usize, is_new: bool) -> usize {
        let (Some(row), Some(filter)) = (session.history_line(idx), &self.filter) else { return 0 };
        let edits = row.transaction.edits.len();
        if !filter.fits(&row) {
            return edits;
        }
        // In the history of one article only what happened to it counts.
        let key = if filter.article.is_none() { Batch::key(&row) } else { None };
        let mut batch = None;
        if let Some(key) = key {
            let known = self.batch_from_key.get(&key).copied();
            let at = known.unwrap_or(self.batches.len());
            self.batch_from_line.insert(idx, at);
            if let Some(known) = self.batches.get_mut(at) {
                known.push(idx, row.transaction);
                return edits;
            }
            self.batches.push(Batch::new(key.clone(), idx, row.transaction));
            self.batch_from_key.insert(key, at);
            batch = Some(at);
        }
        let list = if is_new { &mut self.newer } else { &mut self.older };
        list.push(Slot { idx, batch });
        edits
    }

    /// Works out where the rows of unfolded batches stand; there are few.
    fn note_open(&mut self, session: &Session) {
        self.open.clear();
        for key in &self.unfolded {
            let Some(at) = self.batch_from_key.get(key).copied() else { continue };
            let Some(batch) = self.batches.get_mut(at) else { continue };
            batch.put_in_order(session);
            let (first, count) = (batch.found_first(), batch.edits());
            if count > 1
                && let Some(row) = slot_row(&self.newer, &self.older, first)
            {
                self.open.push((row, at, count));
            }
        }
        self.open.sort_unstable();
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.newer.len() + self.older.len() + self.open.iter().map(|(.., count)| count).sum::<usize>()
    }

    /// Whether no line was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.newer.is_empty() && self.older.is_empty()
    }

    /// The n-th row, newest first.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<Entry> {
        let mut row = row;
        for (at, batch, count) in &self.open {
            if row <= *at {
                break;
            }
            let inside = row - at - 1;
            if inside < *count {
                let (line, edit) = self.batches.get(*batch)?.part(inside)?;
                return Some(Entry::Part(line, edit));
            }
            row -= count;
        }
        let slot = match row.checked_sub(self.newer.len()) {
            None => self.newer.iter().rev().nth(row),
            Some(row) => self.older.get(row),
        }?;
        let batch = slot.batch.filter(|batch| self.batches.get(*batch).is_some_and(|batch| batch.edits() > 1));
        Some(batch.map_or(Entry::Line(slot.idx), Entry::Batch))
    }

    /// The row of a line, of its batch, or of one edit of it if that is shown.
    #[must_use]
    pub fn row_of(&self, idx: usize, edit: Option<usize>) -> Option<usize> {
        let batch = self.batch_from_line.get(&idx).copied();
        let found = batch.and_then(|batch| self.batches.get(batch));
        let slot = slot_row(&self.newer, &self.older, found.map_or(idx, Batch::found_first))?;
        let above: usize = self.open.iter().take_while(|(at, ..)| *at < slot).map(|(.., count)| count).sum();
        let is_open = self.open.iter().any(|(_, at, _)| Some(*at) == batch);
        let inside = edit.filter(|_| is_open).and_then(|edit| found?.row_of_part(idx, edit));
        Some(slot + above + inside.map_or(0, |inside| inside + 1))
    }

    /// A batch.
    #[must_use]
    pub fn batch(&self, at: usize) -> Option<&Batch> {
        self.batches.get(at)
    }

    /// The batch that a line is folded into, if it has more than one edit.
    #[must_use]
    pub fn batch_of(&self, idx: usize) -> Option<usize> {
        let at = self.batch_from_line.get(&idx).copied()?;
        self.batches.get(at).filter(|batch| batch.edits() > 1).map(|_| at)
    }

    /// Whether the edits of a batch are shown one by one.
    #[must_use]
    pub fn is_unfolded(&self, batch: usize) -> bool {
        self.batches.get(batch).is_some_and(|batch| self.unfolded.contains(batch.name()))
    }

    /// Shows the edits of a batch one by one, or no longer.
    pub fn unfold(&mut self, batch: usize, unfolded: bool) {
        let Some(batch) = self.batches.get(batch) else { return };
        if unfolded {
            self.unfolded.insert(batch.name().to_owned());
        } else {
            self.unfolded.remove(batch.name());
        }
    }
}

/// The row of the slot that begins with a line, while nothing is unfolded.
fn slot_row(newer: &[Slot], older: &[Slot], idx: usize) -> Option<usize> {
    if let Ok(at) = newer.binary_search_by(|slot| slot.idx.cmp(&idx)) {
        return Some(newer.len() - 1 - at);
    }
    older.binary_search_by(|slot| idx.cmp(&slot.idx)).ok().map(|at| at + newer.len())
}
