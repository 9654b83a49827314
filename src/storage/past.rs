//! The past: the newest lines of journals, for undo and for the history. Only lines that are asked for are parsed.

use std::collections::BTreeMap;

use super::hash::ZERO_HASH;
use super::journal::{self, Proven, Record};
use super::records::HistoryLine;
use super::{Store, StoreError, atomic};
use crate::model::{AnnotatorId, LineId};

/// Journal files are not read beyond this.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// A line that proves itself, not parsed.
struct Known {
    id: LineId,
    prev: LineId,
    /// None for the first line of a session.
    lamport: Option<u64>,
    session: Option<String>,
    /// Where it stands: file, first byte, length.
    at: (usize, usize, usize),
}

/// See [`Store::read_history`].
pub(super) fn read(store: &Store, annotators: &[AnnotatorId], count: usize) -> Result<Vec<HistoryLine>, StoreError> {
    let mut lines = Vec::new();
    for annotator in annotators {
        lines.extend(of_annotator(store, annotator, count)?);
    }
    lines.sort_by(|a, b| (a.transaction.lamport, &a.id).cmp(&(b.transaction.lamport, &b.id)));
    Ok(lines)
}

fn of_annotator(store: &Store, annotator: &AnnotatorId, count: usize) -> Result<Vec<HistoryLine>, StoreError> {
    let folder = &annotator.folder();
    // What is wrong with files and lines is reported when the records are read.
    let files = journal::files(store.fs(), store.root(), folder, &mut Vec::new())?;
    let mut known: Vec<Known> = Vec::new();
    for (number, (_, path)) in files.iter().enumerate() {
        let Ok(bytes) = atomic::read_limited(store.fs(), path, LIMIT_BYTES) else { continue };
        let mut start = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let whole = line.strip_suffix(b"\n");
            if let Some(Proven { id, prev, lamport, session }) =
                whole.and_then(|whole| journal::peek(&store.header().id, folder, whole))
            {
                known.push(Known { id, prev, lamport, session, at: (number, start, line.len() - 1) });
            }
            start += line.len();
        }
    }
    known.sort_by(|a, b| (a.lamport, &a.id).cmp(&(b.lamport, &b.id)));
    known.dedup_by(|a, b| a.id == b.id);
    let sessions = sessions(&known);
    let mut wanted: Vec<&Known> = known.iter().filter(|line| line.lamport.is_some()).collect();
    let mut newest = wanted.split_off(wanted.len().saturating_sub(count));
    newest.sort_by_key(|line| line.at);
    let mut found = Vec::new();
    let mut open: Option<(usize, Vec<u8>)> = None;
    for line in newest {
        let (number, start, len) = line.at;
        if open.as_ref().is_none_or(|(of, _)| *of != number) {
            let Some((_, path)) = files.get(number) else { continue };
            open = atomic::read_limited(store.fs(), path, LIMIT_BYTES).ok().map(|bytes| (number, bytes));
        }
        let Some(bytes) = open.as_ref().and_then(|(_, bytes)| bytes.get(start..start + len)) else { continue };
        if let Some((id, prev, Record::Tx(transaction))) = journal::parse(&store.header().id, folder, bytes) {
            let session = sessions.get(&id).cloned().unwrap_or_default();
            found.push(HistoryLine { id, annotator: annotator.clone(), session, prev, transaction });
        }
    }
    Ok(found)
}

/// The session that wrote each line, by following `prev`.
fn sessions(known: &[Known]) -> BTreeMap<LineId, String> {
    let by_id: BTreeMap<&LineId, &Known> = known.iter().map(|line| (&line.id, line)).collect();
    let mut found: BTreeMap<LineId, String> = BTreeMap::new();
    for start in known {
        let (mut way, mut at, mut session) = (Vec::new(), start, String::new());
        loop {
            if let Some(known) = found.get(&at.id) {
                session.clone_from(known);
                break;
            }
            way.push(&at.id);
            if let Some(first) = &at.session {
                session.clone_from(first);
                break;
            }
            match by_id.get(&at.prev) {
                Some(before) if at.prev.as_str() != ZERO_HASH => at = before,
                _ => break,
            }
        }
        found.extend(way.into_iter().map(|id| (id.clone(), session.clone())));
    }
    found
}
