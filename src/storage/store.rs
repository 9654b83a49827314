//! The store: one project folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

use super::bases::Distrust;
use super::hash::FileHasher;
use super::replay::ProjectState;
use super::table::Table;
use super::{
    Articles, FileIdentity, FileKind, Fs, HistoryLine, ImportDraft, OpenRecords, Records, Sets, StoreError,
    UnsavedLines, atomic, blobs, check, checkpoint,
};
use super::{copy, derived, facts, imports, journal, past, ron};
use crate::edit::Place;
use crate::env::{Env, Timestamp};
use crate::model::{AnnotatorId, ArticleFacts, ArticleId, AssignmentPlan, BlobId, Diagnostic, ImportId, Scheme};

/// The format this version writes. It is frozen: what a released version wrote is read for ever, and a change of any type
/// on disk is a new number. It reads 0 as well, from before.
///
/// The number stands in manifests too, and so in the ids of imports: a later format must go on writing 1 there, or the
/// same file would be another import.
pub const FORMAT: u32 = 1;

/// `project.ron` is short; more is not read.
const HEADER_LIMIT_BYTES: u64 = 1024 * 1024;

const GIT_ATTRIBUTES: &str = "\
# Texts and records are exact bytes: no tool may change line ends in them.
*.ron -text
corpus/**/*.txt -text
corpus/**/originals/* -text
# Lines of both sides count, in any order; a checkpoint that does not prove itself after a merge is rebuilt.
journal/** merge=union
annotations/** merge=union
";
const GIT_IGNORE: &str = "/.cache/\n*.tmp\n";
const SYNC_IGNORE: &str = "(?d).cache\n(?d)*.tmp\n";

/// `project.ron`: written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectHeader {
    /// Format of the folder.
    pub format: u32,
    /// 128 random bits, 32 hex digits; the same in every copy.
    pub id: String,
    /// Name at creation.
    pub name: String,
    /// When it was created.
    pub created: Timestamp,
}

/// One project folder. Cheap to clone; clones are the same store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

/// Tables of imports by import.
type Tables = Arc<RwLock<BTreeMap<ImportId, Arc<Table>>>>;

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) fs: Arc<dyn Fs>,
    root: PathBuf,
    header: ProjectHeader,
    /// The articles, as far as records have been read.
    articles: RwLock<Arc<Articles>>,
    pub(crate) open_shards: facts::OpenShards,
    /// Tables of imports that were read or written: imports never change.
    tables: Tables,
    /// What this process has found out.
    found_out: Arc<Mutex<FoundOut>>,
}

/// What a process finds out about files only when it reads them.
#[derive(Debug, Default)]
struct FoundOut {
    /// Imports with a damaged part, and why.
    imports: BTreeMap<ImportId, String>,
    /// Folders of annotators whose checkpoints do not hold.
    checkpoints: BTreeSet<String>,
    /// Imports that counted when the project was read last.
    counting: Option<Vec<ImportId>>,
    /// Somebody stood for each of them.
    is_plain: bool,
    /// Journal files as far as they were read.
    journals: BTreeMap<PathBuf, JournalRead>,
}

/// How far a journal file was read.
#[derive(Clone, Debug)]
pub(super) struct JournalRead {
    pub(super) identity: FileIdentity,
    pub(super) len: u64,
    /// Of those bytes.
    pub(super) hasher: FileHasher,
}

impl Store {
    /// Creates a project in `root`, which must be absent or an empty folder.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`], [`StoreError::Io`].
    pub fn create(fs: Arc<dyn Fs>, root: &Path, name: &str, env: &Env) -> Result<Self, StoreError> {
        make_root(&*fs, root)?;
        let id = format!("{:032x}", env.random_128());
        let header = ProjectHeader { format: FORMAT, id, name: name.to_owned(), created: env.now() };
        write_frame(&*fs, root, &header)?;
        Ok(Self::with(fs, root, header))
    }

    /// Opens the project in `root`. Reads only its header.
    ///
    /// # Errors
    /// [`StoreError::NotAProject`], [`StoreError::Newer`], [`StoreError::Damaged`], [`StoreError::Io`].
    pub fn open(fs: Arc<dyn Fs>, root: &Path) -> Result<Self, StoreError> {
        let path = root.join("project.ron");
        let bytes = match atomic::read_limited(&*fs, &path, HEADER_LIMIT_BYTES) {
            Err(error) if error.is_not_found() => return Err(StoreError::NotAProject { path: root.to_owned() }),
            other => other?,
        };
        let header = read_header(&path, &bytes)?;
        Ok(Self::with(fs, root, header))
    }

    fn with(fs: Arc<dyn Fs>, root: &Path, header: ProjectHeader) -> Self {
        Self::sharing(fs, root, header, Arc::default())
    }

    fn sharing(fs: Arc<dyn Fs>, root: &Path, header: ProjectHeader, tables: Tables) -> Self {
        let inner = Inner {
            fs,
            root: root.to_owned(),
            header,
            articles: RwLock::default(),
            open_shards: facts::OpenShards::default(),
            tables,
            found_out: Arc::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The same project through another file system.
    pub(super) fn with_fs(&self, fs: Arc<dyn Fs>) -> Self {
        let mut store = Self::sharing(fs, self.root(), self.header().clone(), Arc::clone(&self.inner.tables));
        if let Some(inner) = Arc::get_mut(&mut store.inner) {
            inner.found_out = Arc::clone(&self.inner.found_out);
        }
        store
    }

    /// Takes over what another opening of the project has learnt about texts.
    pub(super) fn take_texts(&self, other: &Self) {
        let articles = std::mem::take(&mut *other.inner.articles.write().unwrap_or_else(PoisonError::into_inner));
        *self.inner.articles.write().unwrap_or_else(PoisonError::into_inner) = articles;
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &ProjectHeader {
        &self.inner.header
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.inner.root
    }

    /// The file system under the project.
    #[must_use]
    pub fn shared_fs(&self) -> Arc<dyn Fs> {
        Arc::clone(&self.inner.fs)
    }

    pub(crate) fn fs(&self) -> &dyn Fs {
        &*self.inner.fs
    }

    /// Reads every record: journals, imports, base values.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a folder cannot be listed; damage inside files is in [`Records::diagnostics`].
    pub fn read_records(&self) -> Result<Records, StoreError> {
        self.forget_what_was_found_out();
        self.read_all(false)
    }

    /// As [`Store::read_records`], but takes the short way over checkpoints where they prove that they hold everything.
    /// [`Records::history`] is then empty for the annotators concerned; all else is equal.
    ///
    /// # Errors
    /// As [`Store::read_records`].
    pub fn read_records_shortly(&self) -> Result<Records, StoreError> {
        self.forget_what_was_found_out();
        self.read_all(true)
    }

    fn read_all(&self, shortly: bool) -> Result<Records, StoreError> {
        loop {
            let before = self.number_of_finds();
            match self.read_open(shortly)?.load_all() {
                // What was found out on reading a set is known now.
                Err(_) if self.number_of_finds() > before => {}
                other => return other,
            }
        }
    }

    /// Reads what the records say, annotation sets on demand, over checkpoints where they prove that they hold
    /// everything. What was found not to hold since the last [`Store::forget_what_was_found_out`] is not believed.
    ///
    /// # Errors
    /// As [`Store::read_records`].
    pub fn read_on_demand(&self) -> Result<OpenRecords, StoreError> {
        self.read_open(true)
    }

    fn read_open(&self, shortly: bool) -> Result<OpenRecords, StoreError> {
        loop {
            let state = if shortly { ProjectState::from_checkpoints(self) } else { ProjectState::from_records(self) }?;
            match state.into_open(self) {
                Ok(records) => {
                    self.learn_texts(&records);
                    return Ok(records);
                }
                Err(found) => {
                    if !self.distrust(found) {
                        let reason = "the annotations of an import cannot be read".to_owned();
                        return Err(StoreError::Refused { reason });
                    }
                }
            }
        }
    }

    /// Believes again what was found not to hold: files may have been restored.
    pub fn forget_what_was_found_out(&self) {
        let mut found = self.found_out();
        found.imports.clear();
        found.checkpoints.clear();
    }

    fn found_out(&self) -> MutexGuard<'_, FoundOut> {
        self.inner.found_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So much was found not to hold; grows when something new is found.
    #[must_use]
    pub fn number_of_finds(&self) -> usize {
        let found = self.found_out();
        found.imports.len() + found.checkpoints.len()
    }

    /// Remembers what does not hold. Answers whether it is news.
    pub(super) fn distrust(&self, what: Distrust) -> bool {
        let mut found = self.found_out();
        match what {
            Distrust::Import(import, reason) => found.imports.insert(import, reason).is_none(),
            Distrust::Checkpoint(folder) => found.checkpoints.insert(folder),
        }
    }

    /// Whether the checkpoint in this folder turned out not to hold.
    pub(super) fn distrusts(&self, folder: &str) -> bool {
        self.found_out().checkpoints.contains(folder)
    }

    /// Why an import does not count although its files are here.
    pub(super) fn distrusted_import(&self, import: &ImportId) -> Option<String> {
        self.found_out().imports.get(import).cloned()
    }

    /// Believes a checkpoint again, because it was written anew.
    pub(super) fn trust(&self, folder: &str) {
        self.found_out().checkpoints.remove(folder);
    }

    pub(super) fn learn_counting(&self, counting: Vec<ImportId>, is_plain: bool) {
        let mut found = self.found_out();
        found.counting = Some(counting);
        found.is_plain = is_plain;
    }

    /// Remembers how far a journal file was read.
    pub(super) fn remember_journal(&self, path: &Path, read: JournalRead) {
        self.found_out().journals.insert(path.to_owned(), read);
    }

    /// How far this process has read a journal file.
    pub(super) fn journal_read(&self, path: &Path) -> Option<JournalRead> {
        self.found_out().journals.get(path).cloned()
    }

    /// Imports that counted when the project was read last.
    pub(super) fn counting_imports(&self) -> Option<Vec<ImportId>> {
        self.found_out().counting.clone()
    }

    /// The shard an article's annotations are filed under, as far as records have been read.
    pub(super) fn home_of(&self, article: &ArticleId) -> Option<(ImportId, u32)> {
        let articles = self.inner.articles.read().unwrap_or_else(PoisonError::into_inner);
        let place = articles.place(articles.idx_of(article)?)?;
        Some((ImportId::from(place.import), place.shard.number))
    }

    /// Places of no article that these imports give an annotator.
    pub(super) fn base_people(
        &self,
        folder: &str,
        imports: &BTreeSet<ImportId>,
    ) -> Result<BTreeSet<Place>, StoreError> {
        let mut given = BTreeSet::new();
        for import in imports {
            given.extend(imports::people_of(self, import, folder)?.into_keys());
        }
        Ok(given)
    }

    fn learn_texts(&self, records: &OpenRecords) {
        *self.inner.articles.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&records.articles);
    }

    /// The text of an article, checked against its hash. Knows the articles of the last [`Store::read_records`].
    ///
    /// # Errors
    /// [`StoreError::NoArticle`], [`StoreError::Io`], [`StoreError::Damaged`] where the text is not what was imported.
    pub fn text(&self, article: &ArticleId) -> Result<Arc<str>, StoreError> {
        facts::text(self, &self.articles(), article)
    }

    /// Everything that an article's import says about it. Knows the articles of the last [`Store::read_records`].
    ///
    /// # Errors
    /// [`StoreError::NoArticle`], [`StoreError::Io`], [`StoreError::Damaged`] where the shard is not what was imported.
    pub fn facts(&self, article: &ArticleId) -> Result<ArticleFacts, StoreError> {
        facts::facts(self, &self.articles(), article)
    }

    /// The articles of the last [`Store::read_records`].
    #[must_use]
    pub fn articles(&self) -> Arc<Articles> {
        Arc::clone(&self.inner.articles.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The table of an import, where it is known.
    pub(super) fn kept_table(&self, import: &ImportId) -> Option<Arc<Table>> {
        self.inner.tables.read().unwrap_or_else(PoisonError::into_inner).get(import).cloned()
    }

    /// Keeps the table of an import for the next reading.
    pub(super) fn keep_table(&self, import: &ImportId, table: Table) -> Arc<Table> {
        let table = Arc::new(table);
        let mut tables = self.inner.tables.write().unwrap_or_else(PoisonError::into_inner);
        tables.insert(import.clone(), Arc::clone(&table));
        table
    }

    /// The imports that are here, registered or not, by id.
    ///
    /// # Errors
    /// [`StoreError::Io`] where the folder cannot be listed.
    pub fn imports(&self) -> Result<Vec<super::ImportSummary>, StoreError> {
        imports::summaries(self)
    }

    /// Writes the files of an import and returns its id; the same draft gives the same id and writes nothing twice.
    /// The import counts once a transaction registers it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the draft contradicts itself, [`StoreError::Io`].
    pub fn write_import(&self, draft: &ImportDraft) -> Result<ImportId, StoreError> {
        imports::write(self, draft)
    }

    /// The newest transactions of each of these annotators, at most `count` of each, by (Lamport number, line). Reads
    /// journals; lines that do not prove themselves are left out.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a folder cannot be listed.
    pub fn read_history(&self, annotators: &[AnnotatorId], count: usize) -> Result<Vec<HistoryLine>, StoreError> {
        past::read(self, annotators, count)
    }

    /// The length of all journals, as far as they can be seen.
    #[must_use]
    pub fn journal_bytes(&self) -> u64 {
        let mut found = Vec::new();
        let folders = self.journal_folders(&mut found).unwrap_or_default();
        let files = folders.iter().flat_map(|folder| journal::files(self.fs(), self.root(), folder, &mut Vec::new()));
        let files = files.flatten();
        files.filter_map(|(_, path)| self.fs().metadata(&path).ok()).map(|meta| meta.len_bytes).sum()
    }

    /// The sets of an annotator over the checkpoint that was written last; `None` where that does not hold everything,
    /// or something has to be hidden.
    #[must_use]
    pub fn open_sets(&self, annotator: &AnnotatorId) -> Option<Sets> {
        let loaded = checkpoint::load(self, &annotator.folder(), false)?;
        let is_plain = self.found_out().counting.as_ref() == Some(&loaded.imports) && self.found_out().is_plain;
        is_plain.then(|| Sets::plain(self, loaded.state))
    }

    /// Stores bytes under their hash, durably.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Refused`] where they are too many.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        blobs::put(self, bytes)
    }

    /// The bytes of a blob.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Damaged`] where the bytes do not have the hash (edited by hand).
    pub fn blob(&self, id: &BlobId) -> Result<Vec<u8>, StoreError> {
        blobs::get(self, id)
    }

    /// Stores a scheme as a blob.
    ///
    /// # Errors
    /// As [`Store::put_blob`].
    pub fn put_scheme(&self, scheme: &Scheme) -> Result<BlobId, StoreError> {
        self.put_blob(ron::to_file("the scheme", scheme)?.as_bytes())
    }

    /// Reads a scheme.
    ///
    /// # Errors
    /// As [`Store::blob`], and [`StoreError::Damaged`] where it is none.
    pub fn scheme(&self, id: &BlobId) -> Result<Scheme, StoreError> {
        ron::from_file(&blobs::path(self, id), &self.blob(id)?)
    }

    /// What [`Store::keep_derived`] kept under this name; none where nothing did, or it is damaged.
    #[must_use]
    pub fn derived<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        derived::load(self, name)
    }

    /// Keeps the result of long reading work in `.cache/`. What cannot be kept is made again.
    pub fn keep_derived<T: Serialize>(&self, name: &str, value: &T) {
        derived::save(self, name, value);
    }

    /// Stores an assignment plan as a blob.
    ///
    /// # Errors
    /// As [`Store::put_blob`].
    pub fn put_plan(&self, plan: &AssignmentPlan) -> Result<BlobId, StoreError> {
        self.put_blob(ron::to_file("the assignment plan", plan)?.as_bytes())
    }

    /// Reads an assignment plan.
    ///
    /// # Errors
    /// As [`Store::blob`], and [`StoreError::Damaged`] where it is none.
    pub fn plan(&self, id: &BlobId) -> Result<AssignmentPlan, StoreError> {
        ron::from_file(&blobs::path(self, id), &self.blob(id)?)
    }

    /// Brings the checkpoint of an annotator up to the journals on disk. Meant for a background thread: it reads and
    /// writes files only, and any copy may run it at any time.
    ///
    /// # Errors
    /// [`StoreError::Io`]; nothing is lost then.
    pub fn write_checkpoint(&self, annotator: &AnnotatorId) -> Result<(), StoreError> {
        checkpoint::refresh(self, annotator)
    }

    /// Copies the project into `target` (absent or empty) with lines that may not be durable here. Files that cannot
    /// be read are named in the result.
    ///
    /// # Errors
    /// [`StoreError::AlreadyThere`], [`StoreError::Io`] where the target cannot be written.
    pub fn save_copy(&self, target: &Path, unsaved: &UnsavedLines) -> Result<Vec<Diagnostic>, StoreError> {
        copy::save(self, target, unsaved)
    }

    /// Verifies everything that can be verified without being told more: hashes, quotes, offsets, references, lines,
    /// manifests, and checkpoints against a full replay.
    ///
    /// # Errors
    /// [`StoreError::Io`] where a folder cannot be listed.
    pub fn check(&self) -> Result<Vec<Diagnostic>, StoreError> {
        check::check(self)
    }

    /// Folders of annotators that have journals.
    pub(crate) fn journal_folders(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<String>, StoreError> {
        journal::folders(self.fs(), self.root(), diagnostics)
    }
}

/// Makes the folder, which must be absent or empty.
pub(crate) fn make_root(fs: &dyn Fs, root: &Path) -> Result<(), StoreError> {
    match fs.metadata(root) {
        Ok(meta) if meta.kind == FileKind::Folder => {
            if !fs.list(root).map_err(StoreError::io("read", root))?.is_empty() {
                return Err(StoreError::AlreadyThere { path: root.to_owned() });
            }
        }
        Ok(_) => return Err(StoreError::AlreadyThere { path: root.to_owned() }),
        Err(_) => {
            let missing =
                root.ancestors().take_while(|path| !path.as_os_str().is_empty() && fs.metadata(path).is_err());
            let missing: Vec<&Path> = missing.collect();
            fs.create_dir_all(root).map_err(StoreError::io("create", root))?;
            // Each new name must be as durable as what will be saved under it.
            for path in missing {
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs.sync_dir(parent).map_err(StoreError::io("create", path))?;
            }
        }
    }
    Ok(())
}

/// Writes what every project folder has; the header last, because it makes the folder a project.
pub(crate) fn write_frame(fs: &dyn Fs, root: &Path, header: &ProjectHeader) -> Result<(), StoreError> {
    for (name, text) in [(".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE), (".stignore", SYNC_IGNORE)] {
        atomic::replace(fs, &root.join(name), text.as_bytes())?;
    }
    let text = ron::to_file("the project's header", header)?;
    atomic::replace(fs, &root.join("project.ron"), text.as_bytes())
}

/// Reads `project.ron`.
pub(crate) fn read_header(path: &Path, bytes: &[u8]) -> Result<ProjectHeader, StoreError> {
    /// What every format's header has; the rest may be unknown here.
    #[derive(Deserialize)]
    struct Any {
        format: u32,
    }
    let header = match ron::from_file::<ProjectHeader>(path, bytes) {
        Ok(header) => header,
        Err(error) => {
            let found = ron::from_file::<Any>(path, bytes).map_or(FORMAT, |any| any.format);
            let newer = StoreError::Newer { path: path.to_owned(), found, known: FORMAT };
            return Err(if found > FORMAT { newer } else { error });
        }
    };
    if header.format > FORMAT {
        return Err(StoreError::Newer { path: path.to_owned(), found: header.format, known: FORMAT });
    }
    if !super::is_hash(&header.id) {
        let reason = "the project id is not 32 hex digits in lower case; restore the file from a copy";
        return Err(StoreError::damaged(path, reason));
    }
    Ok(header)
}
