//! Which lines of the history are listed: found a few thousand per frame, newest first, and kept.

use crate::edit::{Edit, Place};
use crate::model::{AnnotatorId, ArticleId, LineId};
use crate::session::{HistoryRow, Session};

/// So many lines are looked at in one frame; what is in view is found in the first.
const PER_FRAME: usize = 2000;

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

/// The lines that fit a filter, as places in the session's history.
#[derive(Debug, Default)]
pub struct Listing {
    filter: Option<ChangeFilter>,
    /// Found since the list was begun, oldest first.
    newer: Vec<usize>,
    /// Found on the way back from where it was begun, newest first.
    older: Vec<usize>,
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
            *self = Self { filter: Some(filter.clone()), open_before: len, seen_to: len, ..Self::default() };
            self.last = len.checked_sub(1).and_then(line_at).cloned();
        }
        let fits = |idx: &usize| session.history_line(*idx).is_some_and(|row| filter.fits(&row));
        if self.seen_to < len {
            self.newer.extend((self.seen_to..len).filter(fits));
            self.seen_to = len;
            self.last = len.checked_sub(1).and_then(line_at).cloned();
        }
        let from = self.open_before.saturating_sub(PER_FRAME);
        self.older.extend((from..self.open_before).rev().filter(fits));
        self.open_before = from;
        from == 0
    }

    /// How many lines were found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.newer.len() + self.older.len()
    }

    /// Whether no line was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The n-th row, newest first, as a place in the session's history.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<usize> {
        match row.checked_sub(self.newer.len()) {
            None => self.newer.iter().rev().nth(row).copied(),
            Some(row) => self.older.get(row).copied(),
        }
    }

    /// The row of a place in the session's history.
    #[must_use]
    pub fn row_of(&self, idx: usize) -> Option<usize> {
        let newer = self.newer.iter().rev().position(|at| *at == idx);
        newer.or_else(|| {
            let at = self.older.binary_search_by(|at| idx.cmp(at)).ok()?;
            Some(at + self.newer.len())
        })
    }
}
