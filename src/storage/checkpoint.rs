//! Checkpoints: the state of an annotator as files, with an index that proves what they hold.
//!
//! Losing, changing or deleting any of them loses nothing: whatever does not prove itself is rebuilt from the records.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::hash::hash_hex;
use super::journal::{self, FileMark, Journal, Record};
use super::own_state::{Key, OwnState, Registered, SharedEdit};
use super::records::{OpenEdit, Standing};
use super::replay::ProjectState;
use super::{FORMAT, Store, StoreError, atomic, kept, ron};
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
}

/// The folder of an annotator's checkpoint.
pub(super) fn folder_path(store: &Store, folder: &str) -> PathBuf {
    store.root().join("annotations").join(folder)
}

/// Reads an index, if its last line proves it.
pub(super) fn parse_index(path: &std::path::Path, bytes: &[u8]) -> Option<Index> {
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

/// Loads the checkpoint of an annotator and the lines that came after it; `None` where anything does not hold, and the
/// records have to be read.
pub(super) fn load(store: &Store, folder: &str) -> Option<Loaded> {
    let path = folder_path(store, folder);
    let read = |name: &str| atomic::read_limited(store.fs(), &path.join(name), LIMIT_BYTES).ok();
    let index = parse_index(&path.join(INDEX), &read(INDEX)?)?;
    if index.format != FORMAT || !index.whole || index.annotator.folder() != folder {
        return None;
    }
    let mut places = BTreeMap::new();
    for file in &index.files {
        let bytes = kept::is_annotation_file(&file.name).then(|| read(&file.name)).flatten()?;
        (hash_hex(&bytes) == file.hash).then_some(())?;
        kept::read(&path.join(&file.name), &file.name, &bytes, &mut places)?;
    }
    if places.values().any(|standing| standing.held) {
        return None;
    }
    for deleted in &index.deleted {
        let standing = Standing { line: Some(deleted.line.clone()), ..Standing::default() };
        places.insert(deleted.place.clone(), standing).is_none().then_some(())?;
    }
    for open in &index.open {
        let edit = OpenEdit { line: open.line.clone(), after: open.after.clone() };
        places.get_mut(&open.place)?.open.push(edit);
    }
    let mut state = OwnState::empty(index.annotator.clone());
    state.places = places;
    state.shared = index.shared;
    state.registered = index.registered;
    state.greatest = index.greatest;
    state.named = index.articles.into_iter().collect();
    state.tips = index.tips;
    take_newer_lines(store, folder, &index.journals, &mut state)?;
    Some(Loaded { state, imports: index.imports })
}

/// Takes in the lines that the index has not seen. `None` where one of them needs the full way.
fn take_newer_lines(store: &Store, folder: &str, marks: &[FileMark], state: &mut OwnState) -> Option<()> {
    let files = journal::files(store.fs(), store.root(), folder, &mut state.diagnostics).ok()?;
    let mut newer = Journal { folder: folder.to_owned(), is_whole: true, ..Journal::default() };
    let mut old = 0;
    for (name, path) in files {
        let bytes = atomic::read_limited(store.fs(), &path, LIMIT_BYTES).ok()?;
        let start = match marks.iter().find(|mark| mark.name == name) {
            Some(mark) => {
                old += 1;
                let len = usize::try_from(mark.len).ok()?;
                (hash_hex(bytes.get(..len)?) == mark.hash).then_some(len)?
            }
            None => 0,
        };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1).max(start);
        newer.take_lines(&store.header().id, &name, bytes.get(start..end)?, 1);
        newer.report_torn(&name, bytes.get(..end)?, bytes.get(end..)?);
        let hash = hash_hex(bytes.get(..end)?);
        state.marks.push(FileMark { name, len: end as u64, hash });
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
    for (line, transaction) in transactions {
        state.apply(transaction.lamport, line, &transaction.edits);
    }
    if state.refers_to_deleted() {
        return None;
    }
    state.diagnostics.append(&mut newer.diagnostics);
    follow_tips(&newer, &mut state.tips)
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

/// The annotation files of an annotator as the state has them.
pub(super) fn annotation_files(
    project: &ProjectState,
    state: &OwnState,
) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
    kept::write(&state.annotator, &state.places, &project.corpus.homes())
}

/// See [`Store::write_checkpoint`].
pub(super) fn refresh(store: &Store, annotator: &AnnotatorId) -> Result<(), StoreError> {
    let project = ProjectState::from_checkpoints(store)?;
    let folder = annotator.folder();
    let Some(state) = project.own.iter().find(|state| state.annotator.folder() == folder) else { return Ok(()) };
    let files = annotation_files(&project, state)?;
    let path = folder_path(store, &folder);
    atomic::ensure_folder(store.fs(), store.root(), &path)?;
    for (name, bytes) in &files {
        write_if_changed(store, &path.join(name), bytes)?;
    }
    let index = index_of(state, project.corpus.counting(), &files);
    let body = ron::to_file("the index of a checkpoint", &index)?;
    let text = format!("{body}{}", seal(&body));
    write_if_changed(store, &path.join(INDEX), text.as_bytes())?;
    for entry in store.fs().list(&path).map_err(StoreError::io("read", &path))? {
        if entry.is_file && kept::is_annotation_file(&entry.name) && !files.contains_key(&entry.name) {
            // A file of an earlier state; the index names it no longer.
            store
                .fs()
                .remove_file(&path.join(&entry.name))
                .map_err(StoreError::io("remove", path.join(&entry.name)))?;
        }
    }
    Ok(())
}

fn write_if_changed(store: &Store, path: &std::path::Path, bytes: &[u8]) -> Result<(), StoreError> {
    if store.fs().read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    atomic::replace(store.fs(), path, bytes)
}

fn index_of(state: &OwnState, imports: Vec<ImportId>, files: &BTreeMap<String, Vec<u8>>) -> Index {
    let mut open = Vec::new();
    let mut deleted = Vec::new();
    for (place, standing) in &state.places {
        open.extend(standing.open.iter().map(|edit| Open {
            place: place.clone(),
            line: edit.line.clone(),
            after: edit.after.clone(),
        }));
        if let (None, Some(line)) = (&standing.value, &standing.line) {
            deleted.push(Deleted { place: place.clone(), line: line.clone() });
        }
    }
    let file = |(name, bytes): (&String, &Vec<u8>)| KeptFile { name: name.clone(), hash: hash_hex(bytes) };
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
        files: files.iter().map(file).collect(),
    }
}

/// Whether an index was made by this format from exactly the journals that the state was read from.
pub(super) fn is_current(path: &std::path::Path, index: &[u8], state: &OwnState) -> bool {
    parse_index(path, index).is_some_and(|index| index.format == FORMAT && index.journals == state.marks)
}
