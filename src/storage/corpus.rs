//! The imports that somebody registered, and the articles they give.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::base::BasePlaces;
use super::imports::{self, Import};
use super::own_state::{Key, OwnState};
use super::records::{ArticleEntry, ImportStanding, TextPlace};
use super::shard::ShardArticle;
use super::{Store, StoreError};
use crate::model::{AnnotatorId, ArticleFacts, ArticleId, ArticleKey, Diagnostic, ImportId, Severity};

/// Imports that are here, as far as read.
#[derive(Debug)]
pub(super) struct Corpus {
    imports: BTreeMap<ImportId, Import>,
    /// Shards of imports that were registered at some time and are complete.
    shards: BTreeMap<ImportId, BTreeMap<u32, Vec<ShardArticle>>>,
    /// Base values of these imports, by annotator's folder; read when asked for.
    bases: BTreeMap<ImportId, BTreeMap<String, BasePlaces>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    /// Lists imports, and reads the shards of those that were ever registered.
    pub(super) fn read(store: &Store, ever: &BTreeSet<ImportId>) -> Result<Self, StoreError> {
        let mut diagnostics = Vec::new();
        let imports = imports::list(store, &mut diagnostics)?;
        let mut corpus = Self { imports, shards: BTreeMap::new(), bases: BTreeMap::new(), diagnostics };
        for id in ever {
            corpus.read_shards(store, id);
        }
        for id in corpus.imports.keys().filter(|id| !ever.contains(*id)) {
            let message = "nobody has registered this import, so it does not count; import the source again to use it";
            let found = Diagnostic::new(Severity::Hint, "import_unregistered", message);
            corpus.diagnostics.push(found.in_file(format!("corpus/{id}")));
        }
        Ok(corpus)
    }

    fn read_shards(&mut self, store: &Store, id: &ImportId) {
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
        match import.shards(store, id) {
            Ok(shards) => {
                self.shards.insert(id.clone(), shards);
            }
            Err(error) => {
                import.is_complete = false;
                self.diagnostics.push(damaged(id, &error));
            }
        }
    }

    /// Reads base values of every import that counts; one that cannot be read counts no longer.
    pub(super) fn read_bases(&mut self, store: &Store) {
        let ids: Vec<ImportId> = self.shards.keys().cloned().collect();
        for id in ids {
            let Some(import) = self.imports.get_mut(&id) else { continue };
            match import.base(store, &id) {
                Ok(base) => {
                    self.bases.insert(id, base);
                }
                Err(error) => {
                    import.is_complete = false;
                    self.shards.remove(&id);
                    self.diagnostics.push(damaged(&id, &error));
                }
            }
        }
    }

    /// Imports that were registered at some time and whose files are all here: those whose base values count.
    pub(super) fn counting(&self) -> Vec<ImportId> {
        self.shards.keys().cloned().collect()
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
        let counting = self.imports.iter().filter(|(id, _)| self.shards.contains_key(*id));
        let names = counting.flat_map(|(_, import)| import.manifest.files.iter().map(|file| file.name.as_str()));
        names
            .filter_map(|name| match imports::Part::of(name)? {
                imports::Part::People(folder) => Some(folder),
                _ => None,
            })
            .collect()
    }

    /// The shard each article's annotations are filed under: of the smallest import that holds it.
    pub(super) fn homes(&self) -> BTreeMap<&ArticleId, (&ImportId, u32)> {
        let mut homes = BTreeMap::new();
        for (import, number, article) in self.articles() {
            homes.entry(&article.facts.id).or_insert((import, number));
        }
        homes
    }

    fn articles(&self) -> impl Iterator<Item = (&ImportId, u32, &ShardArticle)> {
        self.shards.iter().flat_map(|(import, shards)| {
            shards
                .iter()
                .flat_map(move |(number, articles)| articles.iter().map(move |article| (import, *number, article)))
        })
    }

    /// How each import that was ever registered stands.
    pub(super) fn standings<'a>(
        &self,
        own: impl IntoIterator<Item = &'a OwnState>,
    ) -> BTreeMap<ImportId, ImportStanding> {
        let mut standings: BTreeMap<ImportId, ImportStanding> = BTreeMap::new();
        for state in own {
            for (import, registered) in &state.registered {
                let is_complete = self.shards.contains_key(import);
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
    pub(super) fn entries(
        &self,
        standings: &BTreeMap<ImportId, ImportStanding>,
        named: &BTreeSet<&ArticleId>,
    ) -> Vec<ArticleEntry> {
        type Order<'a> = (bool, Option<&'a Key>, &'a ImportId, u32, usize);
        let mut order: BTreeMap<&ArticleId, Order<'_>> = BTreeMap::new();
        let mut source: BTreeMap<&ArticleId, (TextPlace, &ArticleFacts)> = BTreeMap::new();
        for (record, (import, shard, article)) in self.articles().enumerate() {
            let id = &article.facts.id;
            let standing = standings.get(import);
            let in_force = standing.is_some_and(ImportStanding::is_in_force);
            source.entry(id).or_insert_with(|| (text_place(import, shard, article), &article.facts));
            if in_force || named.contains(id) {
                let key = standing.and_then(|standing| standing.order.as_ref());
                let here = (!in_force, key, import, shard, record);
                order.entry(id).and_modify(|known| *known = here.min(*known)).or_insert(here);
            }
        }
        let mut ids: Vec<(&ArticleId, Order<'_>)> = order.into_iter().collect();
        ids.sort_by(|a, b| a.1.cmp(&b.1));
        named_entries(ids.into_iter().filter_map(|(id, _)| source.remove(id)).collect())
    }
}

/// Finds names that are unique in the project, and earlier versions of the same article.
fn named_entries(found: Vec<(TextPlace, &ArticleFacts)>) -> Vec<ArticleEntry> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (_, facts) in &found {
        *count.entry(facts.name().to_owned()).or_default() += 1;
    }
    let mut latest: BTreeMap<(u8, String), ArticleId> = BTreeMap::new();
    let mut entries = Vec::with_capacity(found.len());
    for (text, facts) in found {
        let mut facts = facts.clone();
        if let Some(key) = comparable(&facts.key) {
            let earlier = latest.insert(key, facts.id.clone());
            facts.version_of = facts.version_of.take().or(earlier);
        }
        let name = match count.get(facts.name()) {
            Some(1) | None => facts.name().to_owned(),
            Some(_) => format!("{}~{}", facts.name(), facts.id.as_str().get(..8).unwrap_or_default()),
        };
        entries.push(ArticleEntry { facts: Arc::new(facts), name, text });
    }
    entries
}

fn comparable(key: &ArticleKey) -> Option<(u8, String)> {
    match key {
        ArticleKey::Id(key) => Some((0, key.clone())),
        ArticleKey::Url(key) => Some((1, key.clone())),
        ArticleKey::File(key) => Some((2, key.clone())),
        ArticleKey::None => None,
    }
}

fn text_place(import: &ImportId, shard: u32, article: &ShardArticle) -> TextPlace {
    TextPlace {
        import: import.clone(),
        shard,
        start: article.start,
        len_bytes: article.len,
        hash: article.hash.clone(),
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
