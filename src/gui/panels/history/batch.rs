//! Many edits as one row: a change to many articles, and what took it back.

use crate::edit::{Content, Edit, Place, StatusValue, Transaction};
use crate::model::Status;
use crate::session::{HistoryRow, Session};

/// What all edits of a batch do alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// They give this status.
    Status(Status),
    /// They mark for the team, or take the mark away.
    Flag(bool),
}

impl Alike {
    /// What one edit does, if it is of a kind that is told for many articles at once. What was `turned` is told as it
    /// had been done.
    fn of(edit: &Edit, turned: bool) -> Option<Self> {
        let after = if turned { &edit.before } else { &edit.after };
        match (&edit.place, after) {
            (Place::Status(_), Some(Content::Status(value))) => Some(Self::Status(value.status)),
            (Place::Status(_), None) => Some(Self::Status(StatusValue::default().status)),
            (Place::Flag(_), after) => Some(Self::Flag(after.is_some())),
            _ => None,
        }
    }

    fn of_all(transaction: &Transaction) -> Option<Self> {
        let turned = is_turned(transaction);
        let mut all = transaction.edits.iter().map(|edit| Self::of(edit, turned));
        let first = all.next()??;
        all.all(|one| one == Some(first)).then_some(first)
    }
}

/// Whether a transaction takes back: it is told as what it took back, and its edits stand in reverse.
pub fn is_turned(transaction: &Transaction) -> bool {
    matches!(transaction.cause.as_str(), "undo" | "revert")
}

/// The lines of a batch, or a line alone that changes many articles alike.
#[derive(Debug)]
pub struct Batch {
    key: String,
    /// In the order in which they were found.
    lines: Vec<usize>,
    edits: usize,
    alike: Option<Alike>,
    turned: bool,
    /// The line with the first article.
    first: usize,
    /// Lines in the order of the articles, each with the number of edits up to its end; made when asked for.
    order: Vec<(usize, usize)>,
}

impl Batch {
    /// What tells its batch from others, if the line is of one.
    pub fn key(row: &HistoryRow<'_>) -> Option<String> {
        if let Some(batch) = &row.transaction.batch {
            return Some(format!("{}/{}/{batch}", row.by, row.session));
        }
        let is_large = row.transaction.edits.len() > 1 && Alike::of_all(row.transaction).is_some();
        is_large.then(|| row.line.to_string())
    }

    /// The batch of a line.
    pub fn new(key: String, idx: usize, transaction: &Transaction) -> Self {
        let (edits, alike) = (transaction.edits.len(), Alike::of_all(transaction));
        let turned = is_turned(transaction);
        Self { key, lines: vec![idx], edits, alike, turned, first: idx, order: Vec::new() }
    }

    /// Adds a further line.
    pub fn push(&mut self, idx: usize, transaction: &Transaction) {
        if self.alike != Alike::of_all(transaction) {
            self.alike = None;
        }
        self.edits += transaction.edits.len();
        self.first = if self.turned { self.first.max(idx) } else { self.first.min(idx) };
        self.lines.push(idx);
        self.order.clear();
    }

    /// What tells it from others.
    pub fn name(&self) -> &str {
        &self.key
    }

    /// How many edits it has.
    pub const fn edits(&self) -> usize {
        self.edits
    }

    /// What all its edits do alike.
    pub const fn alike(&self) -> Option<Alike> {
        self.alike
    }

    /// The line that was found first: its row stands there.
    pub fn found_first(&self) -> usize {
        self.lines.first().copied().unwrap_or_default()
    }

    /// The line with the first article.
    pub const fn first(&self) -> usize {
        self.first
    }

    /// Works out which part is which, unless that is known.
    pub fn put_in_order(&mut self, session: &Session) {
        if !self.order.is_empty() {
            return;
        }
        let mut lines = self.lines.clone();
        lines.sort_unstable();
        if self.turned {
            lines.reverse();
        }
        let mut end = 0;
        self.order.extend(lines.into_iter().map(|idx| {
            end += edits_of(session, idx);
            (idx, end)
        }));
    }

    /// The n-th edit in the order of the articles: the line and the number of the edit in it. Needs
    /// [`Batch::put_in_order`].
    pub fn part(&self, n: usize) -> Option<(usize, usize)> {
        let at = self.order.partition_point(|(_, end)| *end <= n);
        let (line, end) = self.order.get(at).copied()?;
        let start = self.start(at);
        Some((line, if self.turned { end - 1 - n } else { n - start }))
    }

    /// The reverse of [`Batch::part`].
    pub fn row_of_part(&self, line: usize, edit: usize) -> Option<usize> {
        let place = |(idx, _): &(usize, usize)| if self.turned { line.cmp(idx) } else { idx.cmp(&line) };
        let at = self.order.binary_search_by(place).ok()?;
        let (_, end) = self.order.get(at).copied()?;
        let start = self.start(at);
        (edit < end - start).then(|| if self.turned { end - 1 - edit } else { start + edit })
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|at| self.order.get(at)).map_or(0, |(_, end)| *end)
    }
}

fn edits_of(session: &Session, idx: usize) -> usize {
    session.history_line(idx).map_or(0, |row| row.transaction.edits.len())
}
