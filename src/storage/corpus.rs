//! The imports that somebody registered, and the articles they give.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::base::BasePlaces;
use super::catalogue::{Articles, Homes};
use super::imports::{self, Import, ManifestFile, Part};
use super::own_state::OwnState;
use super::records::ImportStanding;
use super::table::{Table, bytes_from_id};
use super::{Store, StoreError, table_cache};
use crate::model::{AnnotatorId, ArticleId, Diagnostic, ImportId, Severity};

/// Imports that are here, as far as read.
#[derive(Debug)]
pub(super) struct Corpus {
    imports: BTreeMap<ImportId, Import>,
    /// Articles of imports that were registered at some time and are complete.
    tables: BTreeMap<ImportId, Arc<Table>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    /// Lists imports, and reads the shards of those that were ever registered.
    pub(super) fn read(store: &Store, ever: &BTreeSet<ImportId>) -> Result<Self, StoreError> {
        let mut diagnostics = Vec::new();
        let imports = imports::list(store, &mut diagnostics)?;
        let mut corpus = Self { imports, tables: BTreeMap::new(), diagnostics };
        for id in ever {
            corpus.read_table(store, id);
        }
        for id in corpus.imports.keys().filter(|id| !ever.contains(*id)) {
            let message = "nobody has registered this import, so it does not count; import the source again to use it";
            let found = Diagnostic::new(Severity::Hint, "import_unregistered", message);
            corpus.diagnostics.push(found.in_file(format!("corpus/{id}")));
        }
        Ok(corpus)
    }

    fn read_table(&mut self, store: &Store, id: &ImportId) {
        let Some(import) = self.imports.get_mut(id) else {
            let message = format!(
                "the import {id} is registered, but its files are not here; they have not arrived yet or were lost"
            );
            self.diagnostics.push(Diagnostic::new(Severity::Error, "import_incomplete", message));
            return;
        };
        if !import.is_complete {
            return;
        }
        if let Some(reason) = store.distrusted_import(id) {
            import.is_complete = false;
            self.diagnostics.push(damaged(id, &reason));
            return;
        }
        if let Some(table) = store.kept_table(id) {
            self.tables.insert(id.clone(), table);
            return;
        }
        let cached = table_cache::load(store, id, import.manifest.articles).map(Ok);
        let is_cached = cached.is_some();
        match cached.unwrap_or_else(|| import.table(store, id)) {
            Ok(table) => {
                if !is_cached {
                    table_cache::save(store, id, &table);
                }
                self.tables.insert(id.clone(), store.keep_table(id, table));
            }
            Err(error) => {
                import.is_complete = false;
                self.diagnostics.push(damaged(id, &error.to_string()));
            }
        }
    }

    /// Imports that were registered at some time and whose files are all here: those whose base values count.
    pub(super) fn counting(&self) -> Vec<ImportId> {
        self.tables.keys().cloned().collect()
    }

    /// The parts with annotations of the imports that count, smallest import first.
    pub(super) fn annotation_parts(&self) -> Vec<(&ImportId, &ManifestFile)> {
        let counting = self.imports.iter().filter(|(id, _)| self.tables.contains_key(*id));
        let parts = counting.flat_map(|(id, import)| import.manifest.files.iter().map(move |file| (id, file)));
        parts.filter(|(_, file)| matches!(Part::of(&file.name), Some(Part::People(_) | Part::Sets(..)))).collect()
    }

    /// The shard each article's annotations are filed under: of the smallest import that holds it.
    pub(super) fn homes(&self) -> Homes {
        Homes::of(self.tables.values().cloned().collect())
    }

    /// How each import that was ever registered stands.
    pub(super) fn standings<'a>(
        &self,
        own: impl IntoIterator<Item = &'a OwnState>,
    ) -> BTreeMap<ImportId, ImportStanding> {
        let mut standings: BTreeMap<ImportId, ImportStanding> = BTreeMap::new();
        for state in own {
            for (import, registered) in &state.registered {
                let is_complete = self.tables.contains_key(import);
                let standing = standings.entry(import.clone()).or_insert_with(|| ImportStanding {
                    is_complete,
                    registered_by: BTreeSet::new(),
                    order: None,
                });
                if let Some(key) = &registered.stands {
                    standing.registered_by.insert(state.annotator.clone());
                    if standing.order.as_ref().is_none_or(|order| key < order) {
                        standing.order = Some(key.clone());
                    }
                }
            }
        }
        standings
    }

    /// The articles in project order: those of imports in force, and those that edits name.
    pub(super) fn articles(
        &self,
        standings: &BTreeMap<ImportId, ImportStanding>,
        named: &BTreeSet<&ArticleId>,
    ) -> Articles {
        let rank = |(number, (import, table)): (u32, (&ImportId, &Arc<Table>))| {
            let standing = standings.get(import);
            let is_hidden = !standing.is_some_and(ImportStanding::is_in_force);
            (is_hidden, standing.and_then(|standing| standing.order.clone()), number, Arc::clone(table))
        };
        let mut ranked: Vec<_> = (0..).zip(&self.tables).map(rank).collect();
        ranked.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
        let tables: Vec<Arc<Table>> = self.tables.values().cloned().collect();
        let homes = (tables.len() > 1).then(|| self.homes());
        let named: BTreeSet<[u8; 16]> = if ranked.iter().any(|rank| rank.0) {
            named.iter().filter_map(|id| bytes_from_id(id.as_str())).collect()
        } else {
            BTreeSet::new()
        };
        let named = &named;
        let rows = ranked.iter().flat_map(|(is_hidden, _, number, table)| {
            let shows = move |row: &usize| !is_hidden || named.contains(&table.id(*row));
            (0..table.len()).filter(shows).map(move |row| (*number, row as u32))
        });
        Articles::in_order(tables, rows, |id| homes.as_ref().and_then(|homes| homes.find(id)))
    }
}

fn damaged(id: &ImportId, error: &str) -> Diagnostic {
    let message = format!("the import does not count, because a part of it is damaged: {error}");
    Diagnostic::new(Severity::Error, "import_damaged", message).in_file(format!("corpus/{id}"))
}

/// The id an import gives for an annotator's folder, where no journal does.
pub(super) fn annotator_from(folder: &str, base: &BasePlaces) -> AnnotatorId {
    let fits = base.annotator.as_ref().filter(|annotator| annotator.folder() == folder);
    fits.cloned().unwrap_or_else(|| AnnotatorId::from(folder))
}
