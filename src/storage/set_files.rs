//! Files of annotation sets, read article by article.
//!
//! Two kinds of files hold sets: annotation files of a checkpoint, and the parts of imports that bring annotations. Of
//! each only the digest stays in memory. The file itself is read, and its hash compared, when one of its articles is
//! asked for; then only that article's set is parsed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::base::Scope;
use super::digest::{self, Digest, FileForms, FormsBuilder, Remembered};
use super::hash::hash_hex;
use super::records::Standing;
use super::{Store, StoreError, atomic, base, kept};
use crate::edit::Place;
use crate::model::{ArticleId, ImportId};

/// Files of sets are not read beyond this.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// So many files are kept as they were read, because the next article is often in the same.
const RECENT_FILES: usize = 4;

/// The values of an article's places.
pub(super) type Places = BTreeMap<Place, Standing>;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Sets of a checkpoint.
    Kept,
    /// Sets that came with an import.
    Base(ImportId),
}

/// A file and what proves it.
#[derive(Clone, Debug)]
pub(super) struct FileRef {
    pub(super) path: PathBuf,
    pub(super) hash: String,
    pub(super) holds: Holds,
}

impl FileRef {
    /// The name under which things about the file are kept.
    pub(super) fn key(&self) -> String {
        digest::key(&self.hash)
    }

    /// Reads the file and compares its hash.
    pub(super) fn read(&self, store: &Store) -> Result<Vec<u8>, StoreError> {
        let bytes = atomic::read_limited(store.fs(), &self.path, LIMIT_BYTES)?;
        if hash_hex(&bytes) == self.hash {
            return Ok(bytes);
        }
        let reason = match self.holds {
            Holds::Kept => "the bytes are not those that the index names; the checkpoint is rebuilt",
            Holds::Base(_) => {
                "the bytes are not those that were imported; restore the file from a copy, or import the source again"
            }
        };
        Err(StoreError::damaged(&self.path, reason))
    }

    fn wrong_shape(&self) -> StoreError {
        StoreError::damaged(&self.path, "the file does not hold annotation sets as this version writes them")
    }

    /// What ids of the file are called inside the project.
    fn scope(&self) -> Scope {
        match &self.holds {
            Holds::Kept => Scope::as_written(),
            Holds::Base(import) => Scope::of(import),
        }
    }

    fn set(&self, text: &str, scope: &Scope) -> Option<(ArticleId, Places)> {
        match self.holds {
            Holds::Kept => kept::read_set(text),
            Holds::Base(_) => base::read_set(text, scope),
        }
    }

    /// All sets of the file.
    fn sets(&self, bytes: &[u8], scope: &Scope) -> Result<Vec<(ArticleId, Places)>, StoreError> {
        match self.holds {
            Holds::Kept => kept::read_sets(&self.path, bytes).ok_or_else(|| self.wrong_shape()),
            Holds::Base(_) => base::read_sets(&self.path, bytes, scope),
        }
    }

    /// Visits each set with where it stands, ids as the file writes them; with no length where the file is of another
    /// shape than ours.
    fn visit(&self, bytes: &[u8], visit: &mut dyn FnMut(&ArticleId, usize, usize, &Places)) -> Result<(), StoreError> {
        if let Some(found) = self.by_set(bytes) {
            for (start, len, article, places) in &found {
                visit(article, *start, *len, places);
            }
            return Ok(());
        }
        for (article, places) in &self.sets(bytes, &Scope::as_written())? {
            visit(article, 0, 0, places);
        }
        Ok(())
    }

    fn by_set(&self, bytes: &[u8]) -> Option<Vec<(usize, usize, ArticleId, Places)>> {
        let text = std::str::from_utf8(bytes).ok()?;
        let frame = kept::frame(text)?;
        let fits = match self.holds {
            Holds::Kept => kept::is_frame(&frame),
            Holds::Base(_) => base::is_frame(&frame),
        };
        fits.then_some(())?;
        let parse = |(start, len): (usize, usize)| {
            let (article, places) = self.set(kept::set_text(text, start, len)?, &Scope::as_written())?;
            Some((start, len, article, places))
        };
        kept::split(text)?.into_iter().map(parse).collect()
    }

    /// The digest, kept or made.
    fn digest(&self, store: &Store) -> Result<Arc<Digest>, StoreError> {
        let key = self.key();
        if let Some(digest) = digest::load_digest(store, &key) {
            return Ok(digest);
        }
        let bytes = self.read(store)?;
        let mut memory = Remembered::default();
        self.visit(&bytes, &mut |article, start, len, places| memory.add_places(article, start, len, places))?;
        Ok(Arc::new(memory.keep(store, &self.hash)))
    }

    /// The names in the file, kept or made.
    fn forms(&self, store: &Store) -> Result<FileForms, StoreError> {
        let key = self.key();
        if let Some(forms) = digest::load_forms(store, &key) {
            return Ok(forms);
        }
        let bytes = self.read(store)?;
        let mut forms = FormsBuilder::default();
        self.visit(&bytes, &mut |_, _, _, places| forms.add(places))?;
        let forms = forms.finish();
        digest::keep_forms(store, &key, &forms);
        Ok(forms)
    }
}

/// Where a set stands: which file, and which of its sets.
pub(super) type Slot = (u32, u32);

/// Files of one annotator's sets. Of files that hold one article, the earlier wins.
#[derive(Debug)]
pub(super) struct SetFiles {
    store: Store,
    files: Vec<(FileRef, Arc<Digest>)>,
    slots: BTreeMap<ArticleId, Vec<Slot>>,
    recent: Mutex<Vec<(u32, Arc<str>)>>,
}

impl SetFiles {
    /// Takes in files by their digests; those without one are read.
    ///
    /// # Errors
    /// With the file that cannot be read or does not prove itself.
    pub(super) fn open(store: &Store, files: Vec<FileRef>) -> Result<Self, Box<(FileRef, StoreError)>> {
        let with_digest = |file: FileRef| match file.digest(store) {
            Ok(digest) => Ok((file, digest)),
            Err(error) => Err(Box::new((file, error))),
        };
        let files: Result<Vec<_>, _> = files.into_par_iter().map(with_digest).collect();
        let files = files?;
        let mut slots: BTreeMap<ArticleId, Vec<Slot>> = BTreeMap::new();
        for (number, (_, digest)) in (0..).zip(&files) {
            for (idx, known) in (0..).zip(&digest.articles) {
                slots.entry(known.article.clone()).or_default().push((number, idx));
            }
        }
        Ok(Self { store: store.clone(), files, slots, recent: Mutex::new(Vec::new()) })
    }

    /// No files.
    pub(super) fn none(store: &Store) -> Self {
        Self { store: store.clone(), files: Vec::new(), slots: BTreeMap::new(), recent: Mutex::new(Vec::new()) }
    }

    /// Where an article's sets stand.
    pub(super) fn slots(&self, article: &ArticleId) -> &[Slot] {
        self.slots.get(article).map_or(&[], Vec::as_slice)
    }

    /// All articles with where their sets stand.
    pub(super) fn articles(&self) -> impl Iterator<Item = (&ArticleId, &[Slot])> {
        self.slots.iter().map(|(article, slots)| (article, slots.as_slice()))
    }

    /// The files.
    pub(super) fn files(&self) -> impl Iterator<Item = (&FileRef, &Arc<Digest>)> {
        self.files.iter().map(|(file, digest)| (file, digest))
    }

    /// A file by its number.
    pub(super) fn file(&self, number: u32) -> Option<&(FileRef, Arc<Digest>)> {
        self.files.get(number as usize)
    }

    /// Articles whose sets may refer to the thing.
    pub(super) fn may_refer<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a ArticleId> {
        self.files.iter().flat_map(move |(file, digest)| {
            // A file refers to what it can name.
            let written = file.scope().written(place);
            let found: Vec<usize> = written.iter().flat_map(|place| digest.may_refer(place)).collect();
            found.into_iter().filter_map(|idx| digest.articles.get(idx).map(|known| &known.article))
        })
    }

    /// The text of a file, its hash compared when it is read.
    pub(super) fn text(&self, number: u32) -> Result<Arc<str>, StoreError> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = recent.iter().position(|(of, _)| *of == number) {
            let found = recent.remove(at);
            let text = Arc::clone(&found.1);
            recent.push(found);
            return Ok(text);
        }
        drop(recent);
        let Some((file, _)) = self.file(number) else { return Ok(Arc::from("")) };
        let bytes = file.read(&self.store)?;
        let text: Arc<str> = String::from_utf8(bytes).map_err(|_| file.wrong_shape())?.into();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= RECENT_FILES {
            recent.remove(0);
        }
        recent.push((number, Arc::clone(&text)));
        Ok(text)
    }

    /// The set that stands in a slot.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read or does not prove itself.
    pub(super) fn load(&self, slot: Slot) -> Result<Places, StoreError> {
        let Some((file, digest)) = self.file(slot.0) else { return Ok(Places::new()) };
        let Some(known) = digest.articles.get(slot.1 as usize) else { return Ok(Places::new()) };
        let text = self.text(slot.0)?;
        if known.len > 0 {
            let (start, len) = (usize::try_from(known.start), usize::try_from(known.len));
            let cut = start.ok().zip(len.ok()).and_then(|(start, len)| kept::set_text(&text, start, len));
            let found = cut.and_then(|cut| file.set(cut, &file.scope()));
            return match found {
                Some((article, places)) if article == known.article => Ok(places),
                // The digest is not of this file after all.
                _ => Err(file.wrong_shape()),
            };
        }
        let sets = file.sets(text.as_bytes(), &file.scope())?;
        Ok(sets.into_iter().nth(slot.1 as usize).map(|(_, places)| places).unwrap_or_default())
    }

    /// The names in all files.
    pub(super) fn forms(&self) -> Result<Vec<FileForms>, StoreError> {
        self.files.par_iter().map(|(file, _)| file.forms(&self.store)).collect()
    }
}
