//! What imports bring for annotators: the parts of each, in order, without reading their sets.

use std::collections::BTreeSet;

use super::base::{self, BasePlaces};
use super::corpus::{Corpus, annotator_from};
use super::imports::{self, ManifestFile, Part};
use super::set_files::{FileRef, Holds, SetFiles};
use super::{Store, StoreError};
use crate::model::{AnnotatorId, ImportId};

/// What turned out not to hold only when it was read. Reading again with that known gives the right state.
#[derive(Debug)]
pub(super) enum Distrust {
    /// A part of an import is damaged, so the import does not count.
    Import(ImportId, String),
    /// The checkpoint in this folder does not hold.
    Checkpoint(String),
}

/// The parts of imports that count.
#[derive(Debug)]
pub(super) struct Bases<'a> {
    store: &'a Store,
    parts: Vec<(&'a ImportId, &'a ManifestFile)>,
}

impl<'a> Bases<'a> {
    /// The parts of the imports that count, smallest import first.
    pub(super) fn of(store: &'a Store, corpus: &'a Corpus) -> Self {
        Self { store, parts: corpus.annotation_parts() }
    }

    /// Folders of annotators for whom an import brings something.
    pub(super) fn folders(&self) -> BTreeSet<&'a str> {
        let folder = |file: &'a ManifestFile| match Part::of(&file.name)? {
            Part::People(folder) | Part::Sets(folder, _) => Some(folder),
            _ => None,
        };
        self.parts.iter().filter_map(|(_, file)| folder(file)).collect()
    }

    /// Visits what each import brings that belongs to no article.
    pub(super) fn people(&self, folder: &str, visit: &mut dyn FnMut(&ImportId, BasePlaces)) -> Result<(), Distrust> {
        for (import, file) in &self.parts {
            if Part::of(&file.name) == Some(Part::People(folder)) {
                let path = self.store.root().join("corpus").join(import.as_str()).join(&file.name);
                let mut places = BasePlaces::default();
                imports::read_part(self.store, import, file)
                    .and_then(|bytes| base::read_people(&path, &bytes, import, &mut places))
                    .map_err(|error| Distrust::Import((*import).clone(), error.to_string()))?;
                visit(import, places);
            }
        }
        Ok(())
    }

    /// The id an import gives for a folder without a journal.
    pub(super) fn annotator(&self, folder: &str) -> Result<AnnotatorId, Distrust> {
        let mut found = None;
        self.people(folder, &mut |_, base| {
            found.get_or_insert_with(|| annotator_from(folder, &base));
        })?;
        Ok(found.unwrap_or_else(|| AnnotatorId::from(folder)))
    }

    /// The sets that imports bring.
    pub(super) fn sets(&self, folder: &str) -> Result<SetFiles, Distrust> {
        let of_folder = |file: &ManifestFile| matches!(Part::of(&file.name), Some(Part::Sets(of, _)) if of == folder);
        let parts = self.parts.iter().filter(|(_, file)| of_folder(file));
        let files = parts.map(|(import, file)| FileRef {
            path: self.store.root().join("corpus").join(import.as_str()).join(&file.name),
            hash: file.hash.clone(),
            holds: Holds::Base((*import).clone()),
        });
        SetFiles::open(self.store, files.collect()).map_err(|found| found.0.distrust(&found.1))
    }

    /// What an error on reading a part means.
    pub(super) fn distrust(&self, error: StoreError) -> Distrust {
        distrust_from(self.store, &error)
    }
}

impl FileRef {
    /// What it means that this file cannot be read.
    pub(super) fn distrust(&self, error: &StoreError) -> Distrust {
        match &self.holds {
            Holds::Base(import) => Distrust::Import(import.clone(), error.to_string()),
            Holds::Kept => Distrust::Checkpoint(folder_of(&self.path)),
        }
    }
}

fn folder_of(path: &std::path::Path) -> String {
    path.parent()
        .and_then(|folder| folder.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// What an error about a file of sets means, by where the file stands.
pub(super) fn distrust_from(store: &Store, error: &StoreError) -> Distrust {
    let path = match error {
        StoreError::Io { path, .. } | StoreError::Damaged { path, .. } | StoreError::TooLarge { path, .. } => path,
        _ => store.root(),
    };
    let steps = path.strip_prefix(store.root()).unwrap_or(path).components();
    let mut steps = steps.map(|step| step.as_os_str().to_string_lossy().into_owned());
    match (steps.next().as_deref(), steps.next()) {
        (Some("corpus"), Some(import)) => Distrust::Import(ImportId::from(import), error.to_string()),
        (_, folder) => Distrust::Checkpoint(folder.unwrap_or_default()),
    }
}
