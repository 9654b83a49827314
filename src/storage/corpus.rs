//! The imports that somebody registered, and the articles they give.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::base::BasePlaces;
use super::catalogue::{Articles, Homes};
use super::imports::{self, Import};
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
    /// Base values of these imports, by annotator's folder; read when asked for.
    bases: BTreeMap<ImportId, BTreeMap<String, BasePlaces>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    /// Lists imports, and reads the shards of those that were ever registered.
    pub(super) fn read(store: &Store, ever: &BTreeSet<ImportId>) -> Result<Self, StoreError> {
        let mut diagnostics = Vec::new();
        let imports = imports::list(store, &mut diagnostics)?;
        let mut corpus = Self { imports, tables: BTreeMap::new(), bases: BTreeMap::new(), diagnostics };
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
                self.diagnostics.push(damaged(id, &error));
            }
        }
    }

    /// Reads base values of every import that counts; one that cannot be read counts no longer.
    pub(super) fn read_bases(&mut self, store: &Store) {
        let ids: Vec<ImportId> = self.tables.keys().cloned().collect();
        for id in ids {
            let Some(import) = self.imports.get_mut(&id) else { continue };
            match import.base(store, &id) {
                Ok(base) => {
                    self.bases.insert(id, base);
                }
                Err(error) => {
                    import.is_complete = false;
                    self.tables.remove(&id);
                    self.diagnostics.push(damaged(&id, &error));
                }
            }
        }
    }

    /// Imports that were registered at some time and whose files are all here: those whose base values count.
    pub(super) fn counting(&self) -> Vec<ImportId> {
        self.tables.keys().cloned().collect()
    }

    /// Base values of one annotator, smallest import first.
    pub(super) fn bases_of<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a ImportId, &'a BasePlaces)> {
        self.bases.iter().filter_map(move |(id, base)| Some((id, base.get(folder)?)))
    }

    /// Folders of annotators for whom an import brings something.
    pub(super) fn base_folders(&self) -> BTreeSet<&str> {
        self.bases.values().flat_map(|base| base.keys().map(String::as_str)).collect()
    }

    /// Whether a part named as this annotator's folder stands in an import that counts. Needs no base values read.
    pub(super) fn folders_in_manifests(&self) -> BTreeSet<&str> {
        let counting = self.imports.iter().filter(|(id, _)| self.tables.contains_key(*id));
        let names = counting.flat_map(|(_, import)| import.manifest.files.iter().map(|file| file.name.as_str()));
        names
            .filter_map(|name| match imports::Part::of(name)? {
                imports::Part::People(folder) => Some(folder),
                _ => None,
            })
            .collect()
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

fn damaged(id: &ImportId, error: &StoreError) -> Diagnostic {
    let message = format!("the import does not count, because a part of it is damaged: {error}");
    Diagnostic::new(Severity::Error, "import_damaged", message).in_file(format!("corpus/{id}"))
}

/// The id an import gives for an annotator's folder, where no journal does.
pub(super) fn annotator_from(folder: &str, base: &BasePlaces) -> AnnotatorId {
    let fits = base.annotator.as_ref().filter(|annotator| annotator.folder() == folder);
    fits.cloned().unwrap_or_else(|| AnnotatorId::from(folder))
}
