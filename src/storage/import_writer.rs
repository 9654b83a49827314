//! Writing an import article by article: shards are cut, hashed and written as they fill, on all cores, and memory holds
//! a few shards only.
//!
//! An import is named by the hash of its manifest, which is known last. Until then its files stand in `corpus/` under
//! temporary names that every reader passes over; then they are given their own names, and the manifest comes after all
//! of them. Who stops before leaves nothing that counts, and the next import takes away what a killed one left behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rayon::prelude::*;

use super::atomic::TEMP_SUFFIX;
use super::hash::{hash_hex, sha256_hex};
use super::imports::{MANIFEST, Manifest, ManifestFile};
use super::table::{Table, bytes_from_id};
use super::{DraftArticle, DraftPeople, FORMAT, HeldLock, Store, StoreError, article_id, atomic, base, digest};
use super::{ron, shard, table_cache};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId, ImportId};

/// So many full shards are written at once; as many may wait, and as many fill meanwhile.
const SHARDS_AT_ONCE: usize = 4;

const STAGED_PREFIX: &str = "import-";
const LOCK_SUFFIX: &str = ".lock.tmp";

static NEXT_TAG: AtomicU64 = AtomicU64::new(0);

/// Length and hash of a file that was written.
#[derive(Clone, Debug)]
struct Written {
    len: u64,
    hash: String,
}

/// An article with the sets that come along.
#[derive(Debug)]
struct Pending {
    article: DraftArticle,
    sets: BTreeMap<AnnotatorId, AnnotationSet>,
}

/// Full shards with their numbers.
type Batch = Vec<(u32, Vec<Pending>)>;

/// The thread that writes full shards while the next ones fill.
#[derive(Debug)]
struct Background {
    /// Takes shards; gone once no more come.
    batches: Option<SyncSender<Batch>>,
    thread: Option<JoinHandle<Outcome>>,
}

/// What the thread has written, in order, and why it stopped early, if it did.
type Outcome = (Vec<Shard>, Result<(), StoreError>);

/// Writes one import. Dropping it before [`ImportWriter::finish`] takes its files away.
#[derive(Debug)]
pub struct ImportWriter {
    store: Store,
    staging: Arc<Staging>,
    background: Background,
    sources: Vec<String>,
    /// The shard of each article that was taken.
    seen: BTreeMap<[u8; 16], u32>,
    open: Vec<Pending>,
    open_bytes: usize,
    full: Vec<Vec<Pending>>,
    /// The number of the shard that is open.
    number: u32,
    files: BTreeMap<String, Written>,
    annotators: BTreeSet<AnnotatorId>,
    /// Sets of articles that came before in this import.
    late: BTreeMap<(AnnotatorId, u32), BTreeMap<ArticleId, AnnotationSet>>,
    table: Option<Table>,
    is_finished: bool,
}

impl Drop for ImportWriter {
    fn drop(&mut self) {
        if !self.is_finished {
            let (shards, _) = self.background.finish();
            self.files.extend(shards.into_iter().flat_map(|shard| shard.files));
            let sets = self.files.iter().filter(|(name, _)| name.starts_with("annotations/"));
            sets.for_each(|(_, written)| digest::forget(&self.store, &digest::key(&written.hash)));
        }
    }
}

impl ImportWriter {
    /// Begins an import of files with these base names.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn begin(store: &Store, sources: Vec<String>) -> Result<Self, StoreError> {
        let staging = Arc::new(Staging::begin(store)?);
        Ok(Self {
            store: store.clone(),
            background: Background::begin(store.clone(), Arc::clone(&staging))?,
            staging,
            sources,
            seen: BTreeMap::new(),
            open: Vec::new(),
            open_bytes: 0,
            full: Vec::new(),
            number: 0,
            files: BTreeMap::new(),
            annotators: BTreeSet::new(),
            late: BTreeMap::new(),
            table: Some(Table::default()),
            is_finished: false,
        })
    }

    /// Adds the base name of a further file.
    pub fn add_source(&mut self, name: String) {
        self.sources.push(name);
    }

    /// Number of articles so far, each counted once.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.seen.len()
    }

    /// Takes an article and the sets that come along. An article that came before is not stored again; sets of
    /// annotators who had none of it are added.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where it contradicts itself, [`StoreError::Io`].
    pub fn push(
        &mut self,
        article: DraftArticle,
        sets: BTreeMap<AnnotatorId, AnnotationSet>,
    ) -> Result<(), StoreError> {
        self.annotators.extend(sets.keys().cloned());
        if let Some(at) = article.text.find('\0') {
            let name = article.facts.name();
            let reason = format!("the text of the article {name} holds a NUL at byte {at}; it is no text file");
            return Err(StoreError::Refused { reason });
        }
        let Some(id) = bytes_from_id(article.facts.id.as_str()) else { return Err(wrong_id(&article)) };
        if let Some(shard) = self.seen.get(&id) {
            for (annotator, set) in sets.into_iter().filter(|(_, set)| !set.is_empty()) {
                let late = self.late.entry((annotator, *shard)).or_default();
                late.entry(article.facts.id.clone()).or_insert(set);
            }
            return Ok(());
        }
        // One LF stands between texts.
        let grown = self.open_bytes + 1 + article.text.len();
        if self.open.is_empty() {
            self.open_bytes = article.text.len();
        } else if self.open.len() < shard::SHARD_LIMIT && grown <= shard::SHARD_LIMIT_BYTES {
            self.open_bytes = grown;
        } else {
            self.open_bytes = article.text.len();
            let shard = std::mem::take(&mut self.open);
            self.full.push(shard);
            self.number += 1;
            if self.full.len() >= SHARDS_AT_ONCE {
                self.write_full()?;
            }
        }
        self.seen.insert(id, self.number);
        self.open.push(Pending { article, sets });
        Ok(())
    }

    /// Says that somebody brings something along, if only a name.
    pub fn add_annotator(&mut self, annotator: AnnotatorId) {
        self.annotators.insert(annotator);
    }

    fn write_full(&mut self) -> Result<(), StoreError> {
        let shards = std::mem::take(&mut self.full);
        let first = self.number - shards.len() as u32;
        if self.background.write((first..).zip(shards).collect()) { Ok(()) } else { self.await_written() }
    }

    /// Waits until everything is written.
    fn await_written(&mut self) -> Result<(), StoreError> {
        let (shards, outcome) = self.background.finish();
        for shard in shards {
            self.files.extend(shard.files);
            if let Some(table) = &mut self.table {
                table.append(shard.table);
            }
        }
        outcome
    }

    /// Writes what is left and the manifest, and returns the import's id: a function of what was pushed alone. The
    /// import counts once a transaction registers it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where annotators contradict themselves, [`StoreError::Io`].
    pub fn finish(mut self, people: BTreeMap<AnnotatorId, DraftPeople>) -> Result<ImportId, StoreError> {
        if !self.open.is_empty() {
            let shard = std::mem::take(&mut self.open);
            self.full.push(shard);
            self.number += 1;
        }
        self.write_full()?;
        self.await_written()?;
        self.add_late_sets()?;
        self.annotators.extend(people.keys().cloned());
        let mut folders = BTreeSet::new();
        for annotator in std::mem::take(&mut self.annotators) {
            if !AnnotatorId::is_valid(annotator.as_str()) || !folders.insert(annotator.folder()) {
                let reason =
                    format!("{annotator} cannot be an annotator id here, or differs from another only in case");
                return Err(StoreError::Refused { reason });
            }
            let bytes = base::people_file(&annotator, people.get(&annotator).cloned().unwrap_or_default())?;
            self.write(format!("annotations/{}/entities.ron", annotator.folder()), &bytes)?;
        }
        let file = |(name, written): (&String, &Written)| ManifestFile {
            name: name.clone(),
            len: written.len,
            hash: written.hash.clone(),
        };
        let manifest = Manifest {
            format: FORMAT,
            sources: std::mem::take(&mut self.sources),
            articles: self.seen.len() as u64,
            files: self.files.iter().map(file).collect(),
        };
        let text = ron::to_file("the manifest", &manifest)?;
        let id = ImportId::from(hash_hex(text.as_bytes()));
        self.put_in_place(&id, &text)?;
        self.is_finished = true;
        if let Some(mut table) = self.table.take() {
            table.import = id.to_string();
            let table = table.finish();
            table_cache::save(&self.store, &id, &table);
            self.store.keep_table(&id, table);
        }
        Ok(id)
    }

    fn write(&mut self, name: String, bytes: &[u8]) -> Result<(), StoreError> {
        self.staging.write(&self.store, &name, bytes)?;
        self.files.insert(name, Written { len: bytes.len() as u64, hash: hash_hex(bytes) });
        Ok(())
    }

    /// Sets that came with articles which were there already: their shards' files are made again.
    fn add_late_sets(&mut self) -> Result<(), StoreError> {
        for ((annotator, shard), sets) in std::mem::take(&mut self.late) {
            let name = sets_name(&annotator, shard);
            let path = self.staging.path(&name);
            let written = if self.files.contains_key(&name) {
                Some(self.store.fs().read(&path).map_err(StoreError::io("read", &path))?)
            } else {
                None
            };
            let (bytes, memory) = base::sets_file_with(&path, written.as_deref(), sets)?;
            if let Some(earlier) = self.files.get(&name) {
                digest::forget(&self.store, &digest::key(&earlier.hash));
                self.store.fs().remove_file(&path).map_err(StoreError::io("write", &path))?;
            }
            memory.keep(&self.store, &hash_hex(&bytes));
            self.write(name, &bytes)?;
        }
        Ok(())
    }

    /// Gives the files their own names, the manifest last.
    fn put_in_place(&self, id: &ImportId, manifest: &str) -> Result<(), StoreError> {
        let (fs, root) = (self.store.fs(), self.store.root());
        let folder = root.join("corpus").join(id.as_str());
        let mut folders: BTreeSet<PathBuf> = BTreeSet::from([folder.clone()]);
        folders.extend(self.files.keys().filter_map(|name| folder.join(name).parent().map(Path::to_path_buf)));
        for path in &folders {
            atomic::ensure_folder(fs, root, path)?;
        }
        for (name, written) in &self.files {
            let (from, to) = (self.staging.path(name), folder.join(name));
            let is_there = fs.metadata(&to).is_ok_and(|meta| meta.len_bytes == written.len)
                && fs.read(&to).is_ok_and(|bytes| hash_hex(&bytes) == written.hash);
            if is_there {
                fs.remove_file(&from).map_err(StoreError::io("write", &from))?;
            } else {
                fs.rename(&from, &to).map_err(StoreError::io("write", &to))?;
            }
        }
        for path in &folders {
            fs.sync_dir(path).map_err(StoreError::io("write", path))?;
        }
        atomic::write_record(fs, &folder.join(MANIFEST), manifest.as_bytes())
    }
}

fn wrong_id(article: &DraftArticle) -> StoreError {
    let reason = format!("the id of the article {} is not that of its key and text", article.facts.name());
    StoreError::Refused { reason }
}

fn sets_name(annotator: &AnnotatorId, shard: u32) -> String {
    format!("annotations/{}/{shard:05}.ron", annotator.folder())
}

/// What came of one shard.
#[derive(Debug)]
struct Shard {
    files: Vec<(String, Written)>,
    table: Table,
}

impl Background {
    fn begin(store: Store, staging: Arc<Staging>) -> Result<Self, StoreError> {
        let (batches, from) = sync_channel(1);
        let name = "import-writer".to_owned();
        let root = store.root().to_owned();
        let thread = std::thread::Builder::new().name(name).spawn(move || write_batches(&store, &staging, &from));
        let thread = thread.map_err(StoreError::io("begin to write", root))?;
        Ok(Self { batches: Some(batches), thread: Some(thread) })
    }

    /// Gives shards to the thread, waiting while it has enough. `false` where it has stopped.
    fn write(&self, batch: Batch) -> bool {
        self.batches.as_ref().is_some_and(|batches| batches.send(batch).is_ok())
    }

    /// Waits for the thread to write what it has. After the first time there is nothing any more.
    fn finish(&mut self) -> Outcome {
        self.batches = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => {
                let source = std::io::Error::other("the thread that writes it ended unexpectedly");
                (Vec::new(), Err(StoreError::Io { doing: "write", path: "the import".into(), source }))
            }
            None => (Vec::new(), Ok(())),
        }
    }
}

/// Writes shards as they come, those of a batch on all cores.
fn write_batches(store: &Store, staging: &Staging, from: &Receiver<Batch>) -> Outcome {
    let originals = Mutex::new(BTreeSet::new());
    let mut shards = Vec::new();
    for batch in from {
        let write = |(number, shard)| write_shard(store, staging, number, shard, &originals);
        let written: Vec<Result<Shard, StoreError>> = batch.into_par_iter().map(write).collect();
        for shard in written {
            match shard {
                Ok(shard) => shards.push(shard),
                Err(error) => return (shards, Err(error)),
            }
        }
    }
    (shards, Ok(()))
}

fn write_shard(
    store: &Store,
    staging: &Staging,
    number: u32,
    shard: Vec<Pending>,
    originals: &Mutex<BTreeSet<String>>,
) -> Result<Shard, StoreError> {
    let mut files = Vec::new();
    let mut write = |name: String, bytes: &[u8]| {
        staging.write(store, &name, bytes)?;
        files.push((name, Written { len: bytes.len() as u64, hash: hash_hex(bytes) }));
        Ok(())
    };
    for Pending { article, .. } in &shard {
        if article.facts.id != article_id(&article.facts.key, &article.text) {
            return Err(wrong_id(article));
        }
        if let Some(source) = &article.source {
            let name = format!("originals/{}", sha256_hex(source));
            // Articles of one file share it.
            if originals.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
                write(name, source)?;
            }
        }
    }
    let (texts, entries) = shard::entries(shard.iter().map(|pending| &pending.article));
    let facts = shard::facts_file(&entries)?;
    write(format!("{number:05}.txt"), texts.as_bytes())?;
    write(format!("{number:05}.ron"), facts.as_bytes())?;
    let mut by_annotator: BTreeMap<AnnotatorId, BTreeMap<ArticleId, AnnotationSet>> = BTreeMap::new();
    for Pending { article, sets } in shard {
        for (annotator, set) in sets.into_iter().filter(|(_, set)| !set.is_empty()) {
            by_annotator.entry(annotator).or_default().insert(article.facts.id.clone(), set);
        }
    }
    for (annotator, sets) in by_annotator {
        let name = sets_name(&annotator, number);
        let (bytes, memory) = base::sets_file_with(Path::new(&name), None, sets)?;
        // Read again, they would take longer than all the rest.
        memory.keep(store, &hash_hex(&bytes));
        write(name, &bytes)?;
    }
    let mut table = Table::default();
    table.begin_shard(number, &hash_hex(facts.as_bytes()));
    for entry in &entries {
        table.push(&entry.facts, entry.start, entry.len);
    }
    Ok(Shard { files, table })
}

/// Files of an import that has no name yet.
#[derive(Debug)]
struct Staging {
    store: Store,
    tag: String,
    /// Held while the import is under way, so that others leave its files alone.
    lock: Option<Box<dyn HeldLock>>,
}

impl Staging {
    fn begin(store: &Store) -> Result<Self, StoreError> {
        let corpus = store.root().join("corpus");
        atomic::ensure_folder(store.fs(), store.root(), &corpus)?;
        remove_abandoned(store, &corpus);
        let number = NEXT_TAG.fetch_add(1, Ordering::Relaxed);
        let mut tag = format!("{STAGED_PREFIX}{}-{number}", std::process::id());
        // Another machine may have a process of this number.
        while store.fs().metadata(&corpus.join(format!("{tag}{LOCK_SUFFIX}"))).is_ok() {
            tag.push('x');
        }
        // Where locks do not work, nobody can tell that the files are abandoned either, and they stay.
        let lock = store.fs().try_lock(&corpus.join(format!("{tag}{LOCK_SUFFIX}"))).unwrap_or_default();
        Ok(Self { store: store.clone(), tag, lock })
    }

    fn path(&self, name: &str) -> PathBuf {
        let name = name.replace('/', "+");
        self.store.root().join("corpus").join(format!("{}.{name}{TEMP_SUFFIX}", self.tag))
    }

    /// Writes a file and syncs it.
    fn write(&self, store: &Store, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(name);
        store.fs().write_new(&path, bytes).map_err(StoreError::io("write", path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let corpus = self.store.root().join("corpus");
        remove_staged(&self.store, &corpus, &self.tag);
        self.lock = None;
        // What cannot be removed is passed over by readers, and the next import tries again.
        let _ = self.store.fs().remove_file(&corpus.join(format!("{}{LOCK_SUFFIX}", self.tag)));
    }
}

/// Takes away the files of one import, its lock excepted.
fn remove_staged(store: &Store, corpus: &Path, tag: &str) {
    for entry in store.fs().list(corpus).unwrap_or_default() {
        let is_ours = entry.name.strip_prefix(tag).is_some_and(|rest| rest.starts_with('.'));
        if is_ours && entry.name.ends_with(TEMP_SUFFIX) && !entry.name.ends_with(LOCK_SUFFIX) {
            let _ = store.fs().remove_file(&corpus.join(&entry.name));
        }
    }
}

/// Takes away what imports left behind whose processes are gone.
fn remove_abandoned(store: &Store, corpus: &Path) {
    for entry in store.fs().list(corpus).unwrap_or_default() {
        let tag = entry.name.strip_suffix(LOCK_SUFFIX).filter(|tag| tag.starts_with(STAGED_PREFIX));
        if let Some(tag) = tag
            && let Ok(Some(lock)) = store.fs().try_lock(&corpus.join(&entry.name))
        {
            remove_staged(store, corpus, tag);
            drop(lock);
            let _ = store.fs().remove_file(&corpus.join(&entry.name));
        }
    }
}
