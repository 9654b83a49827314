//! What the records of a project say: the value of every place, and where it comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::sets::Sets;
use super::{Articles, StoreError};
use crate::edit::{Content, Edit, Place, Transaction};
use crate::env::Env;
use crate::model::{AnnotatorId, Diagnostic, ImportId, LineId};

/// An edit that no edit known here replaces, and that does not stand.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenEdit {
    /// Its line.
    pub line: LineId,
    /// The value it gave.
    pub after: Option<Content>,
}

/// What stands at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// The value; absent where the place is deleted.
    pub value: Option<Content>,
    /// The line whose edit gave it; absent for base values of imports.
    pub line: Option<LineId>,
    /// Deleted, but something that stands refers to it, so it stands all the same.
    pub held: bool,
    /// Edits of this place that nothing replaces and that do not stand, by line.
    pub open: Vec<OpenEdit>,
}

impl Standing {
    /// The value that an import gave.
    #[must_use]
    pub fn base(value: Content) -> Self {
        Self { value: Some(value), ..Self::default() }
    }

    /// What [`Edit::over`] of a new edit of this place must name when it sets `after`: the lines whose edits nothing
    /// replaces and that hold what stands or the new value. Sorted.
    #[must_use]
    pub fn over(&self, after: Option<&Content>) -> Vec<LineId> {
        let holds = |edit: &&OpenEdit| edit.after == self.value || edit.after.as_ref() == after;
        let open = self.open.iter().filter(holds).map(|edit| edit.line.clone());
        let mut lines: Vec<LineId> = self.line.iter().cloned().chain(open).collect();
        lines.sort();
        lines
    }

    /// The clashes at this place, nobody having seen them: edits that nothing replaces and whose value differs from the
    /// greatest edit's.
    pub fn clashes<'a>(
        &'a self,
        annotator: Option<&'a AnnotatorId>,
        place: &'a Place,
    ) -> impl Iterator<Item = Clash> + 'a {
        // A held thing stands, but what its greatest edit says is that it is deleted.
        let greatest = if self.held { None } else { self.value.as_ref() };
        let standing_line = self.line.as_ref().filter(|_| !self.open.is_empty());
        let open = standing_line.into_iter().flat_map(|line| self.open.iter().map(move |open| (line, open)));
        open.filter(move |(_, open)| open.after.as_ref() != greatest).map(move |(line, open)| Clash {
            annotator: annotator.cloned(),
            place: place.clone(),
            line: open.line.clone(),
            other: open.after.clone(),
            standing_line: line.clone(),
            standing: greatest.cloned(),
            seen_by: BTreeSet::new(),
        })
    }

    /// Takes in an edit of a line that is greater than every line known here, as all lines of a live session are.
    pub fn apply(&mut self, line: &LineId, edit: &Edit) {
        if let Some(line) = self.line.take() {
            self.open.push(OpenEdit { line, after: self.value.take() });
        }
        self.open.retain(|open| !edit.over.contains(&open.line));
        self.open.sort_by(|a, b| a.line.cmp(&b.line));
        self.value.clone_from(&edit.after);
        self.line = Some(line.clone());
        self.held = false;
    }
}

/// One line of a journal that proves itself and holds a transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// Its id: its hash.
    pub id: LineId,
    /// Whose journal it stands in.
    pub annotator: AnnotatorId,
    /// The session that wrote it, 16 hex digits; empty where the session's first line is not here.
    pub session: String,
    /// The line before it in its session.
    pub prev: LineId,
    /// What happened.
    pub transaction: Arc<Transaction>,
}

/// An import that was registered at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportStanding {
    /// All its files are here (by name and length).
    pub is_complete: bool,
    /// Who stands for it now.
    pub registered_by: BTreeSet<AnnotatorId>,
    /// Least key of a registration that stands; decides the order of articles.
    pub order: Option<(u64, LineId)>,
}

impl ImportStanding {
    /// Whether its articles and annotations count.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.is_complete && !self.registered_by.is_empty()
    }
}

/// Two copies changed one place without knowing of each other, and this edit does not stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Whose place it is; absent for shared places.
    pub annotator: Option<AnnotatorId>,
    /// The place.
    pub place: Place,
    /// The line that does not stand.
    pub line: LineId,
    /// Its value.
    pub other: Option<Content>,
    /// The line that stands.
    pub standing_line: LineId,
    /// What stands.
    pub standing: Option<Content>,
    /// Annotators who have marked it as seen.
    pub seen_by: BTreeSet<AnnotatorId>,
}

/// Everything that the records of a project say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Values of shared places, over the journals of all annotators. Without an entry the article's import counts.
    pub shared: BTreeMap<Place, Standing>,
    /// Values of own places per annotator, base values of imports included, hidden things left out.
    /// An entry whose value is absent is a deleted place.
    pub own: BTreeMap<AnnotatorId, BTreeMap<Place, Standing>>,
    /// All transactions, by (Lamport number, line).
    pub history: Vec<HistoryLine>,
    /// Articles in project order.
    pub articles: Arc<Articles>,
    /// Imports that somebody registered at some time.
    pub imports: BTreeMap<ImportId, ImportStanding>,
    /// The largest Lamport number read, 0 for none.
    pub max_lamport: u64,
    /// Clashes by annotator and place; those an annotator has seen are marked.
    pub clashes: Vec<Clash>,
    /// Annotators whose journals hold something this version does not know, with the reason: they may only be read.
    pub read_only: BTreeMap<AnnotatorId, String>,
    /// Per annotator the last lines of sessions that no later session has named as seen: what the next `Begin` names.
    pub tips: BTreeMap<AnnotatorId, Vec<LineId>>,
    /// What was found on reading: torn tails, damage, files that are absent.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the records of a project say, with annotation sets on demand.
#[derive(Debug)]
pub struct OpenRecords {
    /// As [`Records::shared`].
    pub shared: BTreeMap<Place, Standing>,
    /// Own places of each annotator; those of articles on demand.
    pub sets: BTreeMap<AnnotatorId, Sets>,
    /// Annotators whose journals had to be read.
    pub read_fully: BTreeSet<AnnotatorId>,
    /// Their transactions.
    pub history: Vec<HistoryLine>,
    /// As [`Records::articles`].
    pub articles: Arc<Articles>,
    /// As [`Records::imports`].
    pub imports: BTreeMap<ImportId, ImportStanding>,
    /// As [`Records::max_lamport`].
    pub max_lamport: u64,
    /// Number of transactions of everybody.
    pub transactions: u64,
    /// The greatest line of a transaction.
    pub trace: Option<LineId>,
    /// As [`Records::clashes`].
    pub clashes: Vec<Clash>,
    /// As [`Records::read_only`].
    pub read_only: BTreeMap<AnnotatorId, String>,
    /// As [`Records::tips`].
    pub tips: BTreeMap<AnnotatorId, Vec<LineId>>,
    /// As [`Records::diagnostics`].
    pub diagnostics: Vec<Diagnostic>,
}

impl OpenRecords {
    /// The id of this annotator as it is written here; `None` for somebody new. Ids that differ only in case are one.
    #[must_use]
    pub fn annotator_like(&self, id: &AnnotatorId) -> Option<&AnnotatorId> {
        self.sets.keys().find(|known| known.as_str().eq_ignore_ascii_case(id.as_str()))
    }

    /// As [`Records::resume`].
    pub fn resume(&self, env: &Env) {
        let last = self.trace.as_ref().map_or("", LineId::as_str);
        env.resume(self.transactions.max(self.max_lamport), last);
    }

    /// All sets in memory.
    ///
    /// # Errors
    /// As [`Sets::article`].
    pub(super) fn load_all(self) -> Result<Records, StoreError> {
        let mut own = BTreeMap::new();
        for (annotator, sets) in &self.sets {
            let mut places = sets.project().clone();
            for article in sets.articles() {
                places.extend(sets.article(&article)?);
            }
            own.insert(annotator.clone(), places);
        }
        Ok(Records {
            shared: self.shared,
            own,
            history: self.history,
            articles: self.articles,
            max_lamport: self.max_lamport,
            imports: self.imports,
            clashes: self.clashes,
            read_only: self.read_only,
            tips: self.tips,
            diagnostics: self.diagnostics,
        })
    }
}

impl Records {
    /// The id of this annotator as it is written here; `None` for somebody new. Ids that differ only in case are one.
    #[must_use]
    pub fn annotator_like(&self, id: &AnnotatorId) -> Option<&AnnotatorId> {
        self.own.keys().find(|known| known.as_str().eq_ignore_ascii_case(id.as_str()))
    }

    /// Moves a fixed [`Env`] past everything that the project's earlier processes may have drawn from it, so that ids
    /// never repeat within a project. Does nothing with the system's clock and random numbers.
    pub fn resume(&self, env: &Env) {
        let last = self.history.iter().map(|line| line.id.as_str()).max().unwrap_or("");
        let count = self.history.len() as u64;
        env.resume(count.max(self.max_lamport), last);
    }
}
