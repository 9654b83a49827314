//! What a session derives from the records, made in one go: on the caller's thread on opening, on a thread of its own
//! while a project is followed. Putting it in place is a swap.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalogue::{ArticleProgress, with_base};
use super::history::History;
use super::open::{learn_base, overlay};
use super::{Catalogue, Session, schemes};
use crate::edit::{Place, State};
use crate::model::{AnnotatorId, BlobId, Diagnostic, Scheme, Severity};
use crate::storage::{Clash, Records, Standing, Store};

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
    pub catalogue: Catalogue,
    pub history: History,
    pub clashes: Vec<Clash>,
    /// Own places that are deleted and stand all the same.
    pub held: Vec<Place>,
    pub problems: Vec<Diagnostic>,
}

impl Prepared {
    /// What `annotator` sees of these records.
    pub fn of(store: &Store, annotator: &AnnotatorId, mut records: Records) -> Self {
        let mut problems = std::mem::take(&mut records.diagnostics);
        let own = records.own.remove(annotator).unwrap_or_default();
        let corrected: Vec<_> = with_base(records.shared.keys()).into_iter().cloned().collect();
        let mut state = State::default();
        learn_base(store, &mut state, corrected.iter(), &mut problems);
        overlay(&mut state, own.iter().chain(&records.shared), &mut problems);
        let mut others = BTreeMap::new();
        for (other, standings) in &records.own {
            let mut state = State::default();
            overlay(&mut state, standings.iter().chain(&records.shared), &mut problems);
            others.insert(other.clone(), state);
        }
        let held = own.iter().filter(|(_, standing)| standing.held).map(|(place, _)| place.clone()).collect();
        let mut standings = own;
        standings.extend(records.shared);
        let mut prepared = Self {
            scheme: None,
            newer: records.read_only.remove(annotator),
            max_lamport: records.max_lamport,
            others,
            standings,
            catalogue: Catalogue::default(),
            state,
            history: History::from_lines(records.history),
            clashes: records.clashes,
            held,
            problems,
        };
        prepared.load_scheme(store);
        prepared.catalogue.set_articles(records.articles);
        prepared.catalogue.correct(&corrected, &prepared.state);
        prepared.fill_progress();
        prepared
    }

    /// Lays everybody's progress over the rows of the catalogue.
    fn fill_progress(&mut self) {
        let scheme = match &self.scheme {
            Some(Ok((_, scheme))) => Arc::clone(scheme),
            _ => Arc::new(schemes::news()),
        };
        for (article, set) in self.state.sets() {
            self.catalogue.set_progress(article, ArticleProgress::of(set, &scheme));
        }
        for (annotator, state) in &self.others {
            for (article, set) in state.sets() {
                self.catalogue.set_progress_of(annotator, article, ArticleProgress::of(set, &scheme));
            }
        }
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
        prepared.catalogue.follow(&self.catalogue);
        swap(&mut self.catalogue, &mut prepared.catalogue);
        swap(&mut self.history, &mut prepared.history);
        swap(&mut self.clashes, &mut prepared.clashes);
        swap(&mut self.held, &mut prepared.held);
        swap(&mut self.problems, &mut prepared.problems);
        self.cache.borrow_mut().after_reload();
        *self.forms.borrow_mut() = None;
        self.revision += 1;
        self.find_next();
        prepared
    }
}
