//! What a session derives from the records, made in one go: on the caller's thread on opening, on a thread of its own
//! while a project is followed. Putting it in place is a swap.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::history::History;
use super::open::{row, state_from};
use super::{ArticleRow, Session};
use crate::edit::{Place, State};
use crate::model::{AnnotatorId, ArticleId, BlobId, Diagnostic, Scheme, Severity};
use crate::storage::{ArticleEntry, Clash, Records, Standing, Store};

/// Everything that follows from the records alone.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    /// The current scheme, or why it cannot be read.
    pub scheme: Option<Result<(BlobId, Arc<Scheme>), String>>,
    /// Why this version may not write as the annotator.
    pub newer: Option<String>,
    /// The largest Lamport number read.
    pub max_lamport: u64,
    pub state: State,
    pub others: BTreeMap<AnnotatorId, State>,
    pub standings: BTreeMap<Place, Standing>,
    pub entries: Vec<ArticleEntry>,
    pub idx_from_article: BTreeMap<ArticleId, usize>,
    pub rows: Vec<ArticleRow>,
    pub history: History,
    pub clashes: Vec<Clash>,
    pub problems: Vec<Diagnostic>,
}

impl Prepared {
    /// What `annotator` sees of these records.
    pub fn of(store: &Store, annotator: &AnnotatorId, mut records: Records) -> Self {
        let mut problems = std::mem::take(&mut records.diagnostics);
        let own = records.own.remove(annotator).unwrap_or_default();
        let state = state_from(own.iter().chain(&records.shared), &records.articles, &mut problems);
        let mut others = BTreeMap::new();
        for (other, standings) in &records.own {
            let state = state_from(standings.iter().chain(&records.shared), &[], &mut problems);
            others.insert(other.clone(), state);
        }
        let mut standings = own;
        standings.extend(records.shared);
        let ids = records.articles.iter().enumerate().map(|(idx, entry)| (entry.facts.id.clone(), idx));
        let mut prepared = Self {
            scheme: None,
            newer: records.read_only.remove(annotator),
            max_lamport: records.max_lamport,
            others,
            standings,
            idx_from_article: ids.collect(),
            rows: records.articles.iter().map(|entry| row(entry, &state)).collect(),
            entries: records.articles,
            state,
            history: History::from_lines(records.history),
            clashes: records.clashes,
            problems,
        };
        prepared.load_scheme(store);
        prepared
    }

    /// Reads the current scheme; where it cannot be read, what was current stays, for reading only.
    fn load_scheme(&mut self, store: &Store) {
        let found = match self.state.scheme() {
            Some(id) => {
                store.scheme(id).map(|scheme| (id.clone(), Arc::new(scheme))).map_err(|error| error.to_string())
            }
            None => Err("no journal that is here says which scheme is current".to_owned()),
        };
        if let Err(reason) = &found {
            let message = format!("The scheme cannot be read: {reason}. Another stands in, for reading only.");
            self.problems.push(Diagnostic::new(Severity::Error, "scheme_unreadable", message));
        }
        self.scheme = Some(found);
    }
}

impl Session {
    /// Puts what was prepared in the place of what was known, and returns that: dropping it may take long.
    pub(super) fn swap(&mut self, mut prepared: Prepared) -> Prepared {
        use std::mem::swap;
        match prepared.scheme.take() {
            Some(Ok((id, scheme))) => {
                (self.scheme_id, self.scheme, self.scheme_trouble) = (id, scheme, None);
            }
            Some(Err(reason)) => self.scheme_trouble = Some(format!("the scheme cannot be read: {reason}")),
            None => {}
        }
        self.newer = prepared.newer.take();
        self.max_lamport = self.max_lamport.max(prepared.max_lamport);
        swap(&mut self.state, &mut prepared.state);
        swap(&mut self.others, &mut prepared.others);
        swap(&mut self.standings, &mut prepared.standings);
        swap(&mut self.entries, &mut prepared.entries);
        swap(&mut self.idx_from_article, &mut prepared.idx_from_article);
        swap(&mut self.rows, &mut prepared.rows);
        swap(&mut self.history, &mut prepared.history);
        swap(&mut self.clashes, &mut prepared.clashes);
        swap(&mut self.problems, &mut prepared.problems);
        self.cache.borrow_mut().after_reload();
        *self.forms.borrow_mut() = None;
        self.revision += 1;
        self.find_next();
        prepared
    }
}
