//! Imports: folders of shards that are written once, named by the hash of their manifest, which is written last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::base;
use super::hash::{hash_hex, is_hash};
use super::shard;
use super::table::Table;
use super::{FileKind, Fs, ImportDraft, ImportWriter, Store, StoreError, atomic, journal, ron};
use crate::edit::{Content, Place};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId, Diagnostic, ImportId, Severity};

pub(super) const MANIFEST: &str = "manifest.ron";

/// Manifests and facts files are not read beyond this.
const FILE_LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// `manifest.ron`: what an import is made of. No time, no person: the same source gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) format: u32,
    /// Base names of the source files.
    pub(super) sources: Vec<String>,
    /// Number of articles.
    pub(super) articles: u64,
    /// Every other file of the import, by name.
    pub(super) files: Vec<ManifestFile>,
}

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestFile {
    /// Path in the import's folder, with `/`.
    pub(super) name: String,
    /// Length in bytes.
    pub(super) len: u64,
    pub(super) hash: String,
}

/// What a name in a manifest stands for. Names of another shape are never used as paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Texts(u32),
    Facts(u32),
    Original(&'a str),
    People(&'a str),
    Sets(&'a str, u32),
}

impl<'a> Part<'a> {
    /// The part with this name.
    pub(super) fn of(name: &'a str) -> Option<Self> {
        let mut steps = name.split('/');
        let part = match (steps.next()?, steps.next(), steps.next()) {
            (file, None, None) => match file.split_once('.')? {
                (number, "txt") => Self::Texts(shard_number(number)?),
                (number, "ron") => Self::Facts(shard_number(number)?),
                _ => return None,
            },
            ("originals", Some(hash), None)
                if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                Self::Original(hash)
            }
            ("annotations", Some(folder), Some("entities.ron")) if journal::is_annotator_folder(folder) => {
                Self::People(folder)
            }
            ("annotations", Some(folder), Some(file)) if journal::is_annotator_folder(folder) => {
                Self::Sets(folder, shard_number(file.strip_suffix(".ron")?)?)
            }
            _ => return None,
        };
        steps.next().is_none().then_some(part)
    }
}

fn shard_number(digits: &str) -> Option<u32> {
    let number = digits.parse().ok()?;
    (digits.len() >= 5 && digits == format!("{number:05}")).then_some(number)
}

/// See [`Store::write_import`].
pub(super) fn write(store: &Store, draft: &ImportDraft) -> Result<ImportId, StoreError> {
    let mut writer = ImportWriter::begin(store, draft.sources.clone())?;
    draft.sets.keys().for_each(|annotator| writer.add_annotator(annotator.clone()));
    for article in &draft.articles {
        let of = |(annotator, sets): (&AnnotatorId, &BTreeMap<ArticleId, AnnotationSet>)| {
            Some((annotator.clone(), sets.get(&article.facts.id)?.clone()))
        };
        writer.push(article.clone(), draft.sets.iter().filter_map(of).collect())?;
    }
    let known: BTreeSet<&ArticleId> = draft.articles.iter().map(|article| &article.facts.id).collect();
    for (annotator, sets) in &draft.sets {
        if let Some(article) = sets.keys().find(|article| !known.contains(article)) {
            let reason =
                format!("{annotator} brings annotations of the article {article}, which the import does not hold");
            return Err(StoreError::Refused { reason });
        }
    }
    writer.finish(draft.people.clone())
}

/// An import that is here.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) manifest: Manifest,
    /// All files are here with the lengths of the manifest.
    pub(super) is_complete: bool,
}

/// What an import is made of, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSummary {
    /// The import.
    pub id: ImportId,
    /// Base names of its source files.
    pub sources: Vec<String>,
    /// Number of its articles.
    pub articles: u64,
    /// Whether all of its files are here.
    pub is_complete: bool,
}

/// The imports that are here, by id.
pub(super) fn summaries(store: &Store) -> Result<Vec<ImportSummary>, StoreError> {
    // What is wrong with them was said on opening.
    let imports = list(store, &mut Vec::new())?;
    let of = |(id, import): (ImportId, Import)| ImportSummary {
        id,
        sources: import.manifest.sources,
        articles: import.manifest.articles,
        is_complete: import.is_complete,
    };
    Ok(imports.into_iter().map(of).collect())
}

/// Every import that has a manifest.
pub(super) fn list(store: &Store, found: &mut Vec<Diagnostic>) -> Result<BTreeMap<ImportId, Import>, StoreError> {
    let folder = store.root().join("corpus");
    let entries = match store.fs().list(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        other => other.map_err(StoreError::io("read", folder))?,
    };
    let mut imports = BTreeMap::new();
    for entry in entries.into_iter().filter(|entry| !entry.name.ends_with(atomic::TEMP_SUFFIX)) {
        let file = format!("corpus/{}", entry.name);
        if !entry.is_folder || !is_hash(&entry.name) {
            let message = "it is no import and is ignored; move it away";
            found.push(Diagnostic::new(Severity::Warning, "foreign_file", message).in_file(file));
            continue;
        }
        let id = ImportId::from(entry.name);
        match read_manifest(store, &id) {
            Ok(Some(manifest)) => {
                let absent = absent_files(store.fs(), &store.root().join("corpus").join(id.as_str()), &manifest);
                if let Some(absent) = absent.first() {
                    let message = format!(
                        "the file {absent} is missing or has another length (as {} in all may have); it has not arrived yet or was lost",
                        absent.len()
                    );
                    found.push(Diagnostic::new(Severity::Error, "import_incomplete", message).in_file(file));
                }
                let is_complete = absent.is_empty();
                imports.insert(id, Import { manifest, is_complete });
            }
            Ok(None) => {
                let message = "an import was not finished and does not count; import the source again";
                found.push(Diagnostic::new(Severity::Hint, "import_unfinished", message).in_file(file));
            }
            Err(error) => {
                found.push(
                    Diagnostic::new(Severity::Error, "import_damaged", error.to_string())
                        .in_file(format!("{file}/{MANIFEST}")),
                );
            }
        }
    }
    Ok(imports)
}

fn read_manifest(store: &Store, id: &ImportId) -> Result<Option<Manifest>, StoreError> {
    let path = store.root().join("corpus").join(id.as_str()).join(MANIFEST);
    let bytes = match atomic::read_limited(store.fs(), &path, FILE_LIMIT_BYTES) {
        Err(error) if error.is_not_found() => return Ok(None),
        other => other?,
    };
    if hash_hex(&bytes) != id.as_str() {
        let reason = "the manifest does not have the hash that is the folder's name; restore it from a copy";
        return Err(StoreError::damaged(path, reason));
    }
    parse_manifest(&path, &bytes).map(Some)
}

/// Reads a manifest whose bytes have been verified.
pub(super) fn parse_manifest(path: &Path, bytes: &[u8]) -> Result<Manifest, StoreError> {
    let manifest: Manifest = ron::from_file(path, bytes)?;
    match manifest.files.iter().find(|file| Part::of(&file.name).is_none()) {
        Some(file) => {
            let reason = format!("{:?} is not the name of a part of an import", file.name);
            Err(StoreError::damaged(path, reason))
        }
        None => Ok(manifest),
    }
}

fn absent_files<'a>(fs: &dyn Fs, folder: &Path, manifest: &'a Manifest) -> Vec<&'a str> {
    let is_here = |file: &ManifestFile| {
        fs.metadata(&folder.join(&file.name))
            .is_ok_and(|meta| meta.kind == FileKind::File && meta.len_bytes == file.len)
    };
    manifest.files.iter().filter(|file| !is_here(file)).map(|file| file.name.as_str()).collect()
}

impl Import {
    /// The articles, read from the shards on all cores.
    pub(super) fn table(&self, store: &Store, id: &ImportId) -> Result<Table, StoreError> {
        let lens: BTreeMap<&str, u64> = self.manifest.files.iter().map(|file| (file.name.as_str(), file.len)).collect();
        let facts = self.manifest.files.iter().filter_map(|file| match Part::of(&file.name) {
            Some(Part::Facts(number)) => Some((number, file)),
            _ => None,
        });
        let mut facts: Vec<(u32, &ManifestFile)> = facts.collect();
        facts.sort_by_key(|(number, _)| *number);
        let read = |(number, file): &(u32, &ManifestFile)| {
            let len = lens.get(format!("{number:05}.txt").as_str()).copied().unwrap_or_default();
            let bytes = read_part(store, id, file)?;
            let articles = shard::read_facts(&shard::path(store, id, *number, "ron"), &bytes, len)?;
            let mut table = Table::new(id);
            table.begin_shard(*number, &file.hash);
            for article in &articles {
                table.push(&article.facts, article.start, article.len);
            }
            Ok(table)
        };
        let tables: Vec<Result<Table, StoreError>> = facts.par_iter().map(read).collect();
        let mut whole = Table::new(id);
        for table in tables {
            whole.append(table?);
        }
        Ok(whole.finish())
    }
}

/// What an import gives an annotator that belongs to no article.
pub(super) fn people_of(store: &Store, id: &ImportId, folder: &str) -> Result<BTreeMap<Place, Content>, StoreError> {
    let mut found = base::BasePlaces::default();
    if let Some(manifest) = read_manifest(store, id)? {
        for file in manifest.files.iter().filter(|file| Part::of(&file.name) == Some(Part::People(folder))) {
            let path = store.root().join("corpus").join(id.as_str()).join(&file.name);
            base::read_people(&path, &read_part(store, id, file)?, id, &mut found)?;
        }
    }
    Ok(found.places)
}

/// Reads a part and compares its hash.
pub(super) fn read_part(store: &Store, id: &ImportId, file: &ManifestFile) -> Result<Vec<u8>, StoreError> {
    let path = store.root().join("corpus").join(id.as_str()).join(&file.name);
    let bytes = atomic::read_limited(store.fs(), &path, FILE_LIMIT_BYTES)?;
    if hash_hex(&bytes) == file.hash {
        Ok(bytes)
    } else {
        let reason =
            "the bytes are not those that were imported; restore the file from a copy, or import the source again";
        Err(StoreError::damaged(path, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_expected_shape_are_parts() {
        let check = |name: &str, expect: Option<Part<'_>>| assert_eq!(Part::of(name), expect, "{name}");
        check("00000.txt", Some(Part::Texts(0)));
        check("00012.ron", Some(Part::Facts(12)));
        check("123456.ron", Some(Part::Facts(123_456)));
        check("annotations/ali/entities.ron", Some(Part::People("ali")));
        check("annotations/ali/00001.ron", Some(Part::Sets("ali", 1)));
        check("annotations/../00001.ron", None);
        check("annotations/Ali/00001.ron", None);
        check("../00000.txt", None);
        check("/00000.txt", None);
        check("0.txt", None);
        check("00000.txt/", None);
        check("00000.txt\0", None);
        check("manifest.ron", None);
        check("originals/x", None);
        check("annotations/ali/00001.ron/x", None);
        check("", None);
    }
}
