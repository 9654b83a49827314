//! Checkpoints: the state of an annotator as files, with an index that proves what they hold.
//!
//! Losing, changing or deleting any of them loses nothing: whatever does not prove itself is rebuilt from the records.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::bases::distrust_from;
use super::digest::{self, Digest};
use super::hash::{FileHasher, hash_hex};
use super::journal::{self, FileMark, Journal, Record};
use super::kept::FileWriter;
use super::own_state::{Key, OwnState, Registered, SharedEdit};
use super::records::{OpenEdit, Standing};
use super::replay::ProjectState;
use super::set_files::{FileRef, Holds, SetFiles};
use super::store::JournalRead;
use super::{FORMAT, FileIdentity, Store, StoreError, atomic, kept, ron};
use crate::edit::{Content, Place};
use crate::model::{AnnotatorId, ArticleId, ImportId, LineId};

pub(super) const INDEX: &str = "index.ron";

/// Checkpoint files are not read beyond this.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// `index.ron`; its last line is a comment with the hash of all before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Index {
    format: u32,
    annotator: AnnotatorId,
    /// Every line proved itself, was understood, and nothing that lines name was absent.
    whole: bool,
    /// Each journal file, how far it was read.
    journals: Vec<FileMark>,
    /// Imports whose base values are in.
    imports: Vec<ImportId>,
    /// Imports this annotator registered at some time.
    registered: BTreeMap<ImportId, Registered>,
    /// The greatest order key.
    greatest: Option<Key>,
    /// The greatest Lamport number.
    lamport: u64,
    /// Last lines of sessions that no `seen` names.
    tips: Vec<LineId>,
    /// Own edits of shared places.
    shared: Vec<SharedEdit>,
    /// Edits of own places that nothing replaces and that do not stand.
    open: Vec<Open>,
    /// Own places whose value is deleted.
    deleted: Vec<Deleted>,
    /// Articles that edits name.
    articles: Vec<ArticleId>,
    /// The annotation files.
    files: Vec<KeptFile>,
    /// What the short way needs beside; earlier indexes do not have it.
    #[serde(default)]
    sums: Option<Sums>,
}

/// What only reading everything would tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sums {
    /// Number of transactions.
    transactions: u64,
    /// The greatest line of a transaction, whatever its Lamport number.
    line: Option<LineId>,
    /// Something is held, so the records have to be read.
    held: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    place: Place,
    line: LineId,
    after: Option<Content>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deleted {
    place: Place,
    line: LineId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptFile {
    name: String,
    hash: String,
}

/// What the short way gives.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) state: OwnState,
    /// Imports whose base values are in.
    pub(super) imports: Vec<ImportId>,
    /// The annotation files that the index names.
    files: Vec<KeptFile>,
    /// Articles whose places are not as their files say.
    changed: BTreeSet<ArticleId>,
}

/// The folder of an annotator's checkpoint.
pub(super) fn folder_path(store: &Store, folder: &str) -> PathBuf {
    store.root().join("annotations").join(folder)
}

/// Reads an index, if its last line proves it.
pub(super) fn parse_index(path: &Path, bytes: &[u8]) -> Option<Index> {
    let text = std::str::from_utf8(bytes).ok()?;
    let at = text.strip_suffix('\n')?.rfind('\n')? + 1;
    let (body, last) = (text.get(..at)?, text.get(at..)?);
    (last == seal(body)).then_some(())?;
    ron::from_file(path, body.as_bytes()).ok()
}

/// The last line of an index.
fn seal(body: &str) -> String {
    format!("// {}\n", hash_hex(body.as_bytes()))
}

/// Loads the index of an annotator's checkpoint and the lines that came after it; `None` where anything does not hold,
/// and the records have to be read. Annotation files of shards are read where a newer line or an edit that does not
/// stand names one of their articles; the others when they are needed.
///
/// With `was_read_here`, journals that this process has read before are not read again up to where it was: for writing
/// a checkpoint, which proves itself, and never for reading.
pub(super) fn load(store: &Store, folder: &str, was_read_here: bool) -> Option<Loaded> {
    if store.distrusts(folder) {
        return None;
    }
    let path = folder_path(store, folder);
    let read = |name: &str| atomic::read_limited(store.fs(), &path.join(name), LIMIT_BYTES).ok();
    let index = parse_index(&path.join(INDEX), &read(INDEX)?)?;
    let sums = index.sums?;
    if index.format != FORMAT || !index.whole || sums.held || index.annotator.folder() != folder {
        return None;
    }
    let mut state = OwnState::empty(store, index.annotator.clone());
    let mut shards = Vec::new();
    for file in &index.files {
        kept::is_annotation_file(&file.name).then_some(())?;
        if kept::is_people_file(&file.name) {
            let bytes = read(&file.name)?;
            (hash_hex(&bytes) == file.hash).then_some(())?;
            kept::read_people(&path.join(&file.name), &bytes, &mut state.places)?;
        } else {
            let path = path.join(&file.name);
            shards.push(FileRef { path, hash: file.hash.clone(), holds: Holds::Kept });
        }
    }
    let files = SetFiles::open(store, shards).ok()?;
    // Each article stands once.
    files.articles().all(|(_, slots)| slots.len() == 1).then_some(())?;
    state.files = Arc::new(files);
    state.is_short = true;
    for deleted in &index.deleted {
        match deleted.place.article_of_set() {
            Some(article) => {
                state.gone.entry(article.clone()).or_default().push((deleted.place.clone(), deleted.line.clone()));
            }
            None => {
                let standing = Standing { line: Some(deleted.line.clone()), ..Standing::default() };
                state.places.insert(deleted.place.clone(), standing).is_none().then_some(())?;
            }
        }
    }
    state.shared = index.shared;
    state.registered = index.registered;
    state.greatest = index.greatest;
    state.count = sums.transactions;
    state.trace = sums.line;
    state.named = index.articles.into_iter().collect();
    state.tips = index.tips;
    for open in index.open {
        let edit = OpenEdit { line: open.line, after: open.after };
        let places = match open.place.article_of_set() {
            Some(article) => {
                state.unfold(article).ok()?;
                state.overlay.get_mut(article)?
            }
            None => &mut state.places,
        };
        places.get_mut(&open.place)?.open.push(edit);
    }
    let changed = take_newer_lines(store, folder, &index.journals, was_read_here, &mut state)?;
    Some(Loaded { state, imports: index.imports, files: index.files, changed })
}

/// Takes in the lines that the index has not seen, and tells the articles that they change. `None` where one of them
/// needs the full way.
fn take_newer_lines(
    store: &Store,
    folder: &str,
    marks: &[FileMark],
    was_read_here: bool,
    state: &mut OwnState,
) -> Option<BTreeSet<ArticleId>> {
    let files = journal::files(store.fs(), store.root(), folder, &mut state.diagnostics).ok()?;
    let mut newer = Journal { folder: folder.to_owned(), is_whole: true, ..Journal::default() };
    let mut old = 0;
    for (name, path) in files {
        let mark = marks.iter().find(|mark| mark.name == name);
        old += usize::from(mark.is_some());
        let file = read_newer(store, &path, mark, was_read_here)?;
        let end = file.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        newer.take_lines(&store.header().id, &name, file.bytes.get(..end)?, 1);
        newer.report_torn(&name, file.lines_before, file.bytes.get(..end)?, file.bytes.get(end..)?);
        let mut hasher = file.hasher;
        let hash = hasher.add(file.bytes.get(..end)?);
        let len = file.start + end as u64;
        store.remember_journal(&path, JournalRead { identity: file.identity, len, hasher });
        state.marks.push(FileMark { name, len, hash });
    }
    if old != marks.len() || !newer.is_whole {
        return None;
    }
    let transactions = newer.transactions();
    if let Some((line, transaction)) = transactions.first() {
        let first = (transaction.lamport, (*line).clone());
        if state.greatest.as_ref().is_some_and(|greatest| *greatest >= first) {
            return None;
        }
    }
    // Before the first transaction here is one, the annotator's id as it is written is not settled.
    if state.greatest.is_none() && !transactions.is_empty() {
        return None;
    }
    let edits = || transactions.iter().flat_map(|(_, transaction)| &transaction.edits).map(|edit| &edit.place);
    let changed: BTreeSet<ArticleId> = edits().filter_map(|place| place.article_of_set().cloned()).collect();
    for article in &changed {
        state.unfold(article).ok()?;
    }
    for (line, transaction) in &transactions {
        state.apply(transaction.lamport, line, &transaction.edits);
    }
    if state.refers_to_deleted(&edits().collect()).ok()? {
        return None;
    }
    state.diagnostics.append(&mut newer.diagnostics);
    follow_tips(&newer, &mut state.tips)?;
    Some(changed)
}

/// What a journal file holds after a mark.
struct Newer {
    identity: FileIdentity,
    start: u64,
    /// Lines before, where they were read.
    lines_before: usize,
    bytes: Vec<u8>,
    /// Of all before.
    hasher: FileHasher,
}

/// Reads a journal file after its mark. `None` where what stands before is not what the mark says.
fn read_newer(store: &Store, path: &Path, mark: Option<&FileMark>, was_read_here: bool) -> Option<Newer> {
    let meta = store.fs().metadata(path).ok()?;
    (meta.len_bytes <= LIMIT_BYTES).then_some(())?;
    let Some(mark) = mark else {
        let bytes = store.fs().read(path).ok()?;
        return Some(Newer {
            identity: meta.identity,
            start: 0,
            lines_before: 0,
            bytes,
            hasher: FileHasher::default(),
        });
    };
    // A file that this process has read up to the mark and that has only grown since. Were it not so, the new index
    // would not fit the file, and so would not be believed.
    if was_read_here
        && let Some(known) = store.journal_read(path)
        && known.identity == meta.identity
        && known.len == mark.len
        && known.len <= meta.len_bytes
        && known.hasher.hash() == mark.hash
    {
        let len = usize::try_from(meta.len_bytes - known.len).ok()?;
        let bytes = if len == 0 { Vec::new() } else { store.fs().read_range(path, known.len, len).ok()? };
        return Some(Newer { identity: meta.identity, start: known.len, lines_before: 0, bytes, hasher: known.hasher });
    }
    let mut bytes = store.fs().read(path).ok()?;
    let len = usize::try_from(mark.len).ok()?;
    let mut hasher = FileHasher::default();
    (hasher.add(bytes.get(..len)?) == mark.hash).then_some(())?;
    // Only a torn tail is told by the number of its line.
    let is_torn = bytes.last().is_some_and(|byte| *byte != b'\n');
    let lines_before =
        if is_torn { bytes.get(..len)?.split(|byte| *byte == b'\n').count().saturating_sub(1) } else { 0 };
    bytes.drain(..len);
    Some(Newer { identity: meta.identity, start: mark.len, lines_before, bytes, hasher })
}

/// Moves the last lines of sessions over new lines. `None` where a line names one that is neither new nor a last line:
/// then only the whole journal tells whether it is absent.
fn follow_tips(newer: &Journal, tips: &mut Vec<LineId>) -> Option<()> {
    let is_known = |line: &LineId, tips: &[LineId]| newer.lines.contains_key(line) || tips.contains(line);
    for line in newer.lines.values() {
        let is_first = line.prev.as_str() == super::ZERO_HASH;
        (is_first || is_known(&line.prev, tips)).then_some(())?;
        if let Record::Begin { seen, .. } = &line.record {
            seen.iter().all(|seen| is_known(seen, tips)).then_some(())?;
        }
    }
    let mut all: std::collections::BTreeSet<LineId> = tips.drain(..).chain(newer.lines.keys().cloned()).collect();
    for line in newer.lines.values() {
        all.remove(&line.prev);
        if let Record::Begin { seen, .. } = &line.record {
            for seen in seen {
                all.remove(seen);
            }
        }
    }
    tips.extend(all);
    Some(())
}

/// The annotation files of an annotator as the state has them, by name, one at a time.
pub(super) fn annotation_files(
    state: &OwnState,
    home: &(dyn Fn(&ArticleId) -> Option<(ImportId, u32)> + Sync),
    take: &(dyn Fn(&str, Vec<u8>, Option<Digest>) -> Result<(), StoreError> + Sync),
) -> Result<(), StoreError> {
    take(kept::PEOPLE_FILE, kept::people_file(&state.annotator, &state.places)?, None)?;
    let mut by_file: BTreeMap<String, BTreeSet<&ArticleId>> = BTreeMap::new();
    for article in state.articles() {
        let home = home(article);
        let name = kept::shard_file_name(home.as_ref().map(|(import, shard)| (import, *shard)));
        by_file.entry(name).or_default().insert(article);
    }
    by_file.into_par_iter().try_for_each(|(name, articles)| {
        let mut file = FileWriter::new(&state.annotator)?;
        for article in articles {
            file.add(article, &state.article_places(article)?)?;
        }
        file.finish().map_or(Ok(()), |(bytes, digest)| take(&name, bytes, Some(digest)))
    })
}

/// The hashes of the annotation files as the state has them, by name.
pub(super) fn file_hashes(project: &ProjectState, state: &OwnState) -> Result<BTreeMap<String, String>, StoreError> {
    let hashes = Mutex::new(BTreeMap::new());
    let homes = project.corpus.homes();
    let home = |article: &ArticleId| homes.get(article).map(|(import, shard)| (ImportId::from(import), shard));
    annotation_files(state, &home, &|name, bytes, _| {
        hashes.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), hash_hex(&bytes));
        Ok(())
    })?;
    Ok(hashes.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// See [`Store::write_checkpoint`].
pub(super) fn refresh(store: &Store, annotator: &AnnotatorId) -> Result<(), StoreError> {
    // A project that was moved away must not be half there again.
    let header = store.root().join("project.ron");
    store.fs().metadata(&header).map_err(StoreError::io("find", &header))?;
    loop {
        match try_refresh(store, &annotator.folder()) {
            // A file that does not hold is known now, and is not believed the next time.
            Err(error) if store.distrust(distrust_from(store, &error)) => {}
            other => return other,
        }
    }
}

fn try_refresh(store: &Store, folder: &str) -> Result<(), StoreError> {
    if let Some(counting) = store.counting_imports()
        && let Some(loaded) = load(store, folder, true)
        && loaded.imports == counting
        && write_changed(store, &loaded)?
    {
        return Ok(());
    }
    let project = ProjectState::from_checkpoints(store)?;
    let Some(state) = project.own.iter().find(|state| state.annotator.folder() == folder) else { return Ok(()) };
    write_all(store, &project, state)?;
    store.trust(folder);
    Ok(())
}

/// Writes every file of a checkpoint that differs from what the state says.
fn write_all(store: &Store, project: &ProjectState, state: &OwnState) -> Result<(), StoreError> {
    let path = folder_path(store, &state.annotator.folder());
    atomic::ensure_folder(store.fs(), store.root(), &path)?;
    let files = Mutex::new(Vec::new());
    let homes = project.corpus.homes();
    let home = |article: &ArticleId| homes.get(article).map(|(import, shard)| (ImportId::from(import), shard));
    annotation_files(state, &home, &|name, bytes, digest| {
        let hash = write_if_changed(store, &path.join(name), &bytes)?;
        if let Some(digest) = digest {
            digest::keep_digest(store, &digest::key(&hash), &digest);
        }
        files.lock().unwrap_or_else(PoisonError::into_inner).push(KeptFile { name: name.to_owned(), hash });
        Ok(())
    })?;
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    finish(store, &path, state, project.corpus.counting(), files)
}

/// Brings a checkpoint that was loaded up to its newer lines: only files of articles that changed are written. Answers
/// whether it could; where not, nothing has been written.
fn write_changed(store: &Store, loaded: &Loaded) -> Result<bool, StoreError> {
    let state = &loaded.state;
    let Some(changes) = changed_files(store, loaded) else { return Ok(false) };
    let path = folder_path(store, &state.annotator.folder());
    let mut files: BTreeMap<String, String> =
        loaded.files.iter().map(|file| (file.name.clone(), file.hash.clone())).collect();
    let people = kept::people_file(&state.annotator, &state.places)?;
    if files.keys().any(|name| kept::is_people_file(name) && name != kept::PEOPLE_FILE) {
        return Ok(false);
    }
    let hash = write_if_changed(store, &path.join(kept::PEOPLE_FILE), &people)?;
    files.insert(kept::PEOPLE_FILE.to_owned(), hash);
    let mut stale = Vec::new();
    for (name, change) in changes {
        let before = files.remove(&name);
        let after = match change {
            Some((bytes, digest)) => {
                let hash = write_if_changed(store, &path.join(&name), &bytes)?;
                let key = digest::key(&hash);
                digest::keep_digest(store, &key, &digest);
                files.insert(name, hash.clone());
                Some(hash)
            }
            None => None,
        };
        stale.extend(before.filter(|before| Some(before) != after.as_ref()));
    }
    let files = files.into_iter().map(|(name, hash)| KeptFile { name, hash }).collect();
    finish(store, &path, state, loaded.imports.clone(), files)?;
    for hash in stale {
        digest::forget(store, &digest::key(&hash));
    }
    Ok(true)
}

/// A file's new bytes and what is remembered of them; none where no set is left.
type Change = Option<(Vec<u8>, Digest)>;

/// The shard files that hold articles that changed. `None` where that cannot be told from what is here.
fn changed_files(store: &Store, loaded: &Loaded) -> Option<Vec<(String, Change)>> {
    let state = &loaded.state;
    let name_of = |file: &FileRef| Some(file.path.file_name()?.to_string_lossy().into_owned());
    let mut by_file: BTreeMap<String, (Option<u32>, BTreeSet<&ArticleId>)> = BTreeMap::new();
    for article in &loaded.changed {
        let (name, number) = match state.files.slots(article) {
            [(number, _)] => (name_of(&state.files.file(*number)?.0)?, Some(*number)),
            _ => {
                let home = store.home_of(article);
                let name = kept::shard_file_name(home.as_ref().map(|(import, shard)| (import, *shard)));
                // An article whose import came only now may have stood in another file.
                let number = state.files.files().position(|(file, _)| name_of(file).as_ref() == Some(&name));
                (name, number.and_then(|number| u32::try_from(number).ok()))
            }
        };
        let (known, articles) = by_file.entry(name).or_default();
        *known = number;
        articles.insert(article);
    }
    let mut changes = Vec::new();
    for (name, (number, articles)) in by_file {
        changes.push((name, changed_file(state, number, articles)?));
    }
    Some(changes)
}

/// A shard file with these articles as the state has them, and all others as they stand in it.
fn changed_file(state: &OwnState, number: Option<u32>, articles: BTreeSet<&ArticleId>) -> Option<Change> {
    let mut out = FileWriter::new(&state.annotator).ok()?;
    let mut changed = articles.into_iter().peekable();
    let add = |out: &mut FileWriter, article: &ArticleId| out.add(article, &state.article_places(article).ok()?).ok();
    if let Some(number) = number {
        let (_, digest) = state.files.file(number)?;
        let text = state.files.text(number).ok()?;
        for (idx, known) in digest.articles.iter().enumerate() {
            while let Some(article) = changed.next_if(|article| **article < known.article) {
                add(&mut out, article)?;
            }
            if let Some(article) = changed.next_if(|article| **article == known.article) {
                add(&mut out, article)?;
            } else {
                let (start, len) = (usize::try_from(known.start).ok()?, usize::try_from(known.len).ok()?);
                let chunk = text.get(start..start.checked_add(len)?).filter(|chunk| !chunk.is_empty())?;
                out.add_known(chunk, digest, idx);
            }
        }
    }
    for article in changed {
        add(&mut out, article)?;
    }
    Some(out.finish())
}

/// Writes the index, last, and removes what it no longer names.
fn finish(
    store: &Store,
    path: &Path,
    state: &OwnState,
    imports: Vec<ImportId>,
    files: Vec<KeptFile>,
) -> Result<(), StoreError> {
    let index = index_of(state, imports, files);
    let body = ron::to_file("the index of a checkpoint", &index)?;
    let text = format!("{body}{}", seal(&body));
    write_if_changed(store, &path.join(INDEX), text.as_bytes())?;
    let names: BTreeSet<&str> = index.files.iter().map(|file| file.name.as_str()).collect();
    for entry in store.fs().list(path).map_err(StoreError::io("read", path))? {
        if entry.is_file && kept::is_annotation_file(&entry.name) && !names.contains(entry.name.as_str()) {
            // A file of an earlier state; the index names it no longer.
            let path = path.join(&entry.name);
            store.fs().remove_file(&path).map_err(StoreError::io("remove", &path))?;
        }
    }
    Ok(())
}

/// Answers the hash of the bytes.
fn write_if_changed(store: &Store, path: &Path, bytes: &[u8]) -> Result<String, StoreError> {
    let is_there = store.fs().metadata(path).is_ok_and(|meta| meta.len_bytes == bytes.len() as u64)
        && store.fs().read(path).is_ok_and(|there| there == bytes);
    if !is_there {
        atomic::replace(store.fs(), path, bytes)?;
    }
    Ok(hash_hex(bytes))
}

fn index_of(state: &OwnState, imports: Vec<ImportId>, files: Vec<KeptFile>) -> Index {
    let mut open = Vec::new();
    let mut deleted = Vec::new();
    let mut all: Vec<(&Place, &Standing)> = state.places.iter().collect();
    all.extend(state.overlay.values().flatten());
    for (place, standing) in all {
        open.extend(standing.open.iter().map(|edit| Open {
            place: place.clone(),
            line: edit.line.clone(),
            after: edit.after.clone(),
        }));
        if let (None, Some(line)) = (&standing.value, &standing.line) {
            deleted.push(Deleted { place: place.clone(), line: line.clone() });
        }
    }
    for (article, gone) in &state.gone {
        if !state.overlay.contains_key(article) {
            deleted.extend(gone.iter().map(|(place, line)| Deleted { place: place.clone(), line: line.clone() }));
        }
    }
    open.sort_by(|a, b| (&a.place, &a.line).cmp(&(&b.place, &b.line)));
    deleted.sort_by(|a, b| a.place.cmp(&b.place));
    Index {
        format: FORMAT,
        annotator: state.annotator.clone(),
        whole: state.is_whole,
        journals: state.marks.clone(),
        imports,
        registered: state.registered.clone(),
        greatest: state.greatest.clone(),
        lamport: state.greatest.as_ref().map_or(0, |greatest| greatest.0),
        tips: state.tips.clone(),
        shared: state.shared.clone(),
        open,
        deleted,
        articles: state.named.iter().cloned().collect(),
        files,
        sums: Some(Sums { transactions: state.count, line: state.trace.clone(), held: state.holds() }),
    }
}

/// Whether an index was made by this format from exactly the journals that the state was read from.
pub(super) fn is_current(path: &Path, index: &[u8], state: &OwnState) -> bool {
    parse_index(path, index).is_some_and(|index| index.format == FORMAT && index.journals == state.marks)
}
