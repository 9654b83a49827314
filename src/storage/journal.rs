//! Journal lines: how one is made, how it proves itself, how the files of an annotator are read.
//!
//! A line is `<hash> <prev> <ron>` and LF. The hash covers `<project id> <annotator> <prev> <ron>`, the annotator in the
//! lower-case form that folders use; so a line of another project or annotator does not prove itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hash::{HASH_LEN, ZERO_HASH, hash_parts, is_hash};
use super::{FORMAT, Fs, StoreError, atomic, ron};
use crate::edit::{Edit, Transaction, fits};
use crate::env::Timestamp;
use crate::model::{AnnotatorId, BlobId, Diagnostic, LineId, Severity};

/// Bytes that one line may have.
pub(super) const LINE_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// Length from which a session takes a further file.
pub(super) const FILE_ROLL_BYTES: u64 = 8 * 1024 * 1024;

/// Files that tools have united may be long; nothing reads more than this.
const FILE_LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// Lamport numbers from here on are damage.
const LAMPORT_LIMIT: u64 = 1 << 53;

/// What a line holds, as read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum LineIn {
    Begin {
        format: u32,
        session: String,
        seen: Vec<LineId>,
    },
    Tx {
        lamport: u64,
        at: Timestamp,
        by: AnnotatorId,
        scheme: BlobId,
        cause: String,
        batch: Option<String>,
        reverses: Option<LineId>,
        edits: Vec<Edit>,
    },
}

/// What a line holds, as written. Same shape as [`LineIn`].
#[derive(Serialize)]
pub(super) enum LineOut<'a> {
    /// The first line of a session.
    Begin {
        /// [`FORMAT`].
        format: u32,
        /// 16 hex digits.
        session: &'a str,
        /// Last lines of the annotator's other sessions.
        seen: &'a [LineId],
    },
    /// See [`Transaction`].
    Tx {
        lamport: u64,
        at: &'a Timestamp,
        by: &'a AnnotatorId,
        scheme: &'a BlobId,
        cause: &'a str,
        batch: &'a Option<String>,
        reverses: &'a Option<LineId>,
        edits: &'a [Edit],
    },
}

impl<'a> LineOut<'a> {
    /// The line of a transaction.
    pub(super) fn tx(transaction: &'a Transaction) -> Self {
        Self::Tx {
            lamport: transaction.lamport,
            at: &transaction.at,
            by: &transaction.by,
            scheme: &transaction.scheme,
            cause: &transaction.cause,
            batch: &transaction.batch,
            reverses: &transaction.reverses,
            edits: &transaction.edits,
        }
    }

    /// The RON of the line.
    pub(super) fn ron(&self) -> Result<String, StoreError> {
        ron::to_line("the line of the journal", self)
    }
}

/// The hash of a line.
pub(super) fn line_hash(project: &str, folder: &str, prev: &str, ron: &str) -> LineId {
    let space = b" ";
    LineId::from(hash_parts(&[
        project.as_bytes(),
        space,
        folder.as_bytes(),
        space,
        prev.as_bytes(),
        space,
        ron.as_bytes(),
    ]))
}

/// A whole line without LF, and its id.
pub(super) fn seal(project: &str, folder: &str, prev: &str, ron: &str) -> (LineId, String) {
    let id = line_hash(project, folder, prev, ron);
    let line = format!("{id} {prev} {ron}");
    (id, line)
}

/// The parts of a line that proves itself: id, `prev`, RON.
fn prove<'a>(project: &str, folder: &str, line: &'a [u8]) -> Option<(LineId, &'a str, &'a str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (hash, rest) = (line.get(..HASH_LEN)?, line.get(HASH_LEN..)?.strip_prefix(' ')?);
    let (prev, ron) = (rest.get(..HASH_LEN)?, rest.get(HASH_LEN..)?.strip_prefix(' ')?);
    (is_hash(prev) && line_hash(project, folder, prev, ron).as_str() == hash).then(|| (hash.into(), prev, ron))
}

/// Whether a line (without LF) proves itself, understood or not.
pub(super) fn proves(project: &str, folder: &str, line: &[u8]) -> bool {
    line.len() <= LINE_LIMIT_BYTES && prove(project, folder, line).is_some()
}

/// What can be told of a line that proves itself without parsing it.
#[derive(Debug)]
pub(super) struct Proven {
    pub(super) id: LineId,
    pub(super) prev: LineId,
    /// Of a transaction.
    pub(super) lamport: Option<u64>,
    /// Of the first line of a session.
    pub(super) session: Option<String>,
}

/// Looks at a line (without LF); `None` where it does not prove itself.
pub(super) fn peek(project: &str, folder: &str, line: &[u8]) -> Option<Proven> {
    let (id, prev, ron) = prove(project, folder, line).filter(|_| line.len() <= LINE_LIMIT_BYTES)?;
    let prev = LineId::from(prev);
    let number = ron.strip_prefix("Tx(lamport:").and_then(|rest| rest.split(',').next()?.parse().ok());
    let mut session = None;
    if number.is_none()
        && let Verdict::Good(_, Line { record: Record::Begin { session: found, .. }, .. }) =
            judge(project, folder, line)
    {
        session = Some(found);
    }
    Some(Proven { id, prev, lamport: number, session })
}

/// Parses a line (without LF); `None` where it does not prove itself or is not understood.
pub(super) fn parse(project: &str, folder: &str, line: &[u8]) -> Option<(LineId, LineId, Record)> {
    match judge(project, folder, line) {
        Verdict::Good(id, Line { prev, record }) => Some((id, prev, record)),
        _ => None,
    }
}

/// A line that proves itself and is understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The line before it in its session, or zeros.
    pub(super) prev: LineId,
    /// What it holds.
    pub(super) record: Record,
}

/// What a line holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Record {
    /// The start of a session.
    Begin {
        /// 16 hex digits.
        session: String,
        /// Last lines of other sessions.
        seen: Vec<LineId>,
    },
    /// A transaction.
    Tx(Arc<Transaction>),
}

/// Where a journal file was read up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileMark {
    /// Name in the annotator's folder.
    pub(super) name: String,
    /// Length up to the last LF, in bytes.
    pub(super) len: u64,
    /// Hash of those bytes.
    pub(super) hash: String,
}

/// The journal of one annotator, from all files of the folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    /// Lower-case form of the annotator's id.
    pub(super) folder: String,
    /// Lines by id; equal lines are one.
    pub(super) lines: BTreeMap<LineId, Line>,
    /// The files, by name.
    pub(super) marks: Vec<FileMark>,
    /// Why this version may not write here.
    pub(super) newer: Option<String>,
    /// Every line proved itself, was understood, and nothing that lines name is absent.
    pub(super) is_whole: bool,
    /// What was found.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What becomes of one line of a file.
enum Verdict {
    Good(LineId, Line),
    /// Proves itself, but this version does not know all of it. With the format, where it is known.
    Newer(Option<u32>, String),
    /// Proves itself, but no version wrote it.
    Wrong(String),
    Unproven,
}

impl Journal {
    /// Reads every file in `journal/<folder>`.
    ///
    /// # Errors
    /// [`StoreError::Io`] where the folder cannot be listed.
    pub(super) fn read(fs: &dyn Fs, root: &Path, project: &str, folder: &str) -> Result<Self, StoreError> {
        let mut journal = Self { folder: folder.to_owned(), is_whole: true, ..Self::default() };
        for (name, path) in files(fs, root, folder, &mut journal.diagnostics)? {
            match atomic::read_limited(fs, &path, FILE_LIMIT_BYTES) {
                Ok(bytes) => journal.take_file(project, &name, &bytes),
                Err(error) => {
                    journal.is_whole = false;
                    journal.found(&name, None, "journal_unreadable", error.to_string());
                }
            }
        }
        journal.look_for_gaps();
        Ok(journal)
    }

    /// Takes in the bytes of one file.
    pub(super) fn take_file(&mut self, project: &str, name: &str, bytes: &[u8]) {
        let whole_len = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let (whole, torn) = bytes.split_at_checked(whole_len).unwrap_or((bytes, &[]));
        self.take_lines(project, name, whole, 1);
        self.marks.push(FileMark { name: name.to_owned(), len: whole_len as u64, hash: super::hash_hex(whole) });
        self.report_torn(name, 0, whole, torn);
    }

    /// Reports what stands after the last LF of a file, of which so many lines stand before `whole`.
    pub(super) fn report_torn(&mut self, name: &str, lines_before: usize, whole: &[u8], torn: &[u8]) {
        if torn.is_empty() {
            return;
        }
        // The session that left it has not shown it as saved, or it is still arriving.
        let line = lines_before + whole.split(|byte| *byte == b'\n').count();
        let len = torn.len();
        let message = format!("the last line is not complete ({len} bytes); it was never saved, or is still arriving");
        self.found_as(Severity::Hint, name, Some(line), "journal_torn_tail", message);
    }

    /// Takes in whole lines that stand in a file from line `first` on.
    pub(super) fn take_lines(&mut self, project: &str, name: &str, whole: &[u8], first: usize) {
        let mut lines: Vec<&[u8]> = whole.split(|byte| *byte == b'\n').collect();
        lines.pop();
        let folder = self.folder.clone();
        let verdicts = in_parallel(&lines, &|line| judge(project, &folder, line));
        let last = lines.len();
        for (idx, verdict) in verdicts.into_iter().enumerate() {
            let number = Some(first + idx);
            match verdict {
                Verdict::Good(id, line) => {
                    self.lines.insert(id, line);
                }
                Verdict::Newer(format, reason) => {
                    let needs = format.map_or("a newer Hashiya".to_owned(), |format| {
                        format!("a Hashiya that writes format {format}")
                    });
                    let message =
                        format!("the line was written by {needs} ({reason}); this annotator is read-only here");
                    self.newer = Some(format!("{name}, line {}: {message}", first + idx));
                    self.is_whole = false;
                    self.found(name, number, "journal_newer", message);
                }
                Verdict::Wrong(reason) => {
                    self.is_whole = false;
                    self.found(name, number, "journal_damaged", format!("{reason}; the line is ignored"));
                }
                Verdict::Unproven if idx + 1 == last => {
                    self.is_whole = false;
                    let message = "the last line does not prove itself; it was never saved, or is still arriving";
                    self.found_as(Severity::Warning, name, number, "journal_torn_tail", message.into());
                }
                Verdict::Unproven => {
                    self.is_whole = false;
                    let message = "the line does not prove itself (damaged, or of another project or annotator) and is \
                                   ignored; restore the file from a copy";
                    self.found(name, number, "journal_damaged", message.into());
                }
            }
        }
    }

    /// Reports lines that other lines name and that are not here.
    pub(super) fn look_for_gaps(&mut self) {
        let mut absent: BTreeMap<LineId, &'static str> = BTreeMap::new();
        for line in self.lines.values() {
            if line.prev.as_str() != ZERO_HASH && !self.lines.contains_key(&line.prev) {
                absent.insert(line.prev.clone(), "a session's line before another");
            }
            if let Record::Begin { seen, .. } = &line.record {
                let missing = seen.iter().filter(|seen| !self.lines.contains_key(*seen));
                absent.extend(missing.map(|seen| (seen.clone(), "the last line of an earlier session")));
            }
        }
        for (id, what) in absent {
            self.is_whole = false;
            let message = format!("{what}, {id}, is not here; a file is missing or has not arrived yet");
            let file = format!("journal/{}", self.folder);
            self.diagnostics.push(Diagnostic::new(Severity::Warning, "journal_line_missing", message).in_file(file));
        }
    }

    /// Transactions by key: (Lamport number, line).
    pub(super) fn transactions(&self) -> Vec<(&LineId, &Arc<Transaction>)> {
        let mut found: Vec<(&LineId, &Arc<Transaction>)> = Vec::new();
        for (id, line) in &self.lines {
            if let Record::Tx(transaction) = &line.record {
                found.push((id, transaction));
            }
        }
        found.sort_by(|a, b| (a.1.lamport, a.0).cmp(&(b.1.lamport, b.0)));
        found
    }

    /// Last lines of sessions that no `seen` names.
    pub(super) fn tips(&self) -> Vec<LineId> {
        let mut tips: BTreeSet<&LineId> = self.lines.keys().collect();
        for line in self.lines.values() {
            tips.remove(&line.prev);
            if let Record::Begin { seen, .. } = &line.record {
                for seen in seen {
                    tips.remove(seen);
                }
            }
        }
        tips.into_iter().cloned().collect()
    }

    /// The session that wrote each line, by following `prev`; lines whose first line is absent have none.
    pub(super) fn sessions(&self) -> BTreeMap<&LineId, &str> {
        let mut known: BTreeMap<&LineId, &str> = BTreeMap::new();
        for start in self.lines.keys() {
            let mut way = Vec::new();
            let mut at = start;
            let mut session = "";
            while let Some(line) = self.lines.get(at) {
                if let Some(found) = known.get(at) {
                    session = found;
                    break;
                }
                way.push(at);
                if let Record::Begin { session: found, .. } = &line.record {
                    session = found;
                    break;
                }
                at = &line.prev;
            }
            known.extend(way.into_iter().map(|id| (id, session)));
        }
        known
    }

    /// The annotator's id as its own first transaction writes it; the folder's name where there is none.
    pub(super) fn annotator(&self) -> AnnotatorId {
        let own = |by: &AnnotatorId| by.folder() == self.folder;
        let transactions = self.transactions();
        let by = transactions.iter().map(|(_, transaction)| &transaction.by).find(|by| own(by));
        by.cloned().unwrap_or_else(|| AnnotatorId::from(self.folder.as_str()))
    }

    fn found(&mut self, name: &str, line: Option<usize>, code: &'static str, message: String) {
        self.found_as(Severity::Error, name, line, code, message);
    }

    fn found_as(&mut self, severity: Severity, name: &str, line: Option<usize>, code: &'static str, message: String) {
        let mut diagnostic =
            Diagnostic::new(severity, code, message).in_file(format!("journal/{}/{name}", self.folder));
        diagnostic.line = line;
        self.diagnostics.push(diagnostic);
    }
}

/// Names and paths of the files in `journal/<folder>`; whatever their names, but temporary ones. None where there is no folder.
pub(super) fn files(
    fs: &dyn Fs,
    root: &Path,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, PathBuf)>, StoreError> {
    let path = root.join("journal").join(folder);
    let entries = match fs.list(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StoreError::Io { doing: "read", path, source }),
    };
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_file && !entry.name.ends_with(atomic::TEMP_SUFFIX) && !entry.name.contains('\u{fffd}') {
            found.push((entry.name.clone(), path.join(&entry.name)));
        } else if !entry.is_file {
            let message = "it is no regular file (a link or a folder) and is ignored; move it away";
            let file = format!("journal/{folder}/{}", entry.name);
            diagnostics.push(Diagnostic::new(Severity::Warning, "foreign_file", message).in_file(file));
        }
    }
    Ok(found)
}

/// Folders in `journal/` that can be an annotator's.
pub(super) fn folders(fs: &dyn Fs, root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<String>, StoreError> {
    let path = root.join("journal");
    let entries = match fs.list(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StoreError::Io { doing: "read", path, source }),
    };
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_folder && is_annotator_folder(&entry.name) {
            found.push(entry.name);
        } else {
            let message = "it is not the folder of an annotator and is ignored; move it away";
            let file = format!("journal/{}", entry.name);
            diagnostics.push(Diagnostic::new(Severity::Warning, "foreign_file", message).in_file(file));
        }
    }
    Ok(found)
}

/// Whether a folder name is an annotator id in lower case.
pub(super) fn is_annotator_folder(name: &str) -> bool {
    AnnotatorId::is_valid(name) && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// What becomes of one line.
fn judge(project: &str, folder: &str, line: &[u8]) -> Verdict {
    if line.len() > LINE_LIMIT_BYTES {
        return Verdict::Wrong(format!("the line has {} bytes; at most {LINE_LIMIT_BYTES} are read", line.len()));
    }
    let Some((id, prev, text)) = prove(project, folder, line) else { return Verdict::Unproven };
    let prev = LineId::from(prev);
    match ron::from_text::<LineIn>(text) {
        Err(error) if error.is_unknown => Verdict::Newer(format_of(text), error.reason),
        Err(error) => Verdict::Wrong(error.reason),
        Ok(LineIn::Begin { format, .. }) if format > FORMAT => {
            Verdict::Newer(Some(format), format!("its format is {format}"))
        }
        Ok(LineIn::Begin { session, seen, .. }) => {
            Verdict::Good(id, Line { prev, record: Record::Begin { session, seen } })
        }
        Ok(LineIn::Tx { lamport, at, by, scheme, cause, batch, reverses, edits }) => {
            let transaction = Transaction { lamport, at, by, scheme, cause, batch, reverses, edits };
            match fault_of(&transaction) {
                Some(reason) => Verdict::Wrong(reason),
                None => Verdict::Good(id, Line { prev, record: Record::Tx(Arc::new(transaction)) }),
            }
        }
    }
}

/// Why no version can have written the transaction. Depends on the line alone, so that all copies agree.
fn fault_of(transaction: &Transaction) -> Option<String> {
    if transaction.lamport >= LAMPORT_LIMIT {
        return Some(format!("the Lamport number {} is out of range", transaction.lamport));
    }
    let mut places = BTreeSet::new();
    for edit in &transaction.edits {
        if !places.insert(&edit.place) {
            return Some("the line names a place twice".into());
        }
        if !fits(&edit.place, edit.before.as_ref()) || !fits(&edit.place, edit.after.as_ref()) {
            return Some("the line gives a place a value of another kind".into());
        }
    }
    None
}

/// The format that a `Begin` names, where the rest of it is not understood.
fn format_of(text: &str) -> Option<u32> {
    let rest = text.strip_prefix("Begin(")?;
    let digits = rest.split_once("format:")?.1;
    let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

/// Judges lines on all cores where there are many; the result is in order.
fn in_parallel<'a>(lines: &[&'a [u8]], judge: &(impl Fn(&'a [u8]) -> Verdict + Sync)) -> Vec<Verdict> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(16);
    if threads == 1 || lines.len() < 512 {
        return lines.iter().map(|line| judge(line)).collect();
    }
    let part_len = lines.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let run = |part: &'_ [&'a [u8]]| part.iter().map(|line| judge(line)).collect::<Vec<_>>();
        let parts: Vec<_> = lines.chunks(part_len).map(|part| (part, scope.spawn(move || run(part)))).collect();
        // A thread that died (it cannot, short of no memory) is made up for here.
        parts.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| run(part))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Content, Place};
    use crate::model::ArticleId;

    const PROJECT: &str = "0123456789abcdef0123456789abcdef";

    fn note(lamport: u64, text: &str) -> Transaction {
        let place = Place::Note(ArticleId::from("a"));
        let after = (!text.is_empty()).then(|| Content::Note(text.into()));
        Transaction {
            lamport,
            at: Timestamp("2026-01-01T00:00:00.000Z".into()),
            by: AnnotatorId::from("Ali"),
            scheme: BlobId::from("s"),
            cause: "set_note".into(),
            batch: None,
            reverses: None,
            edits: vec![Edit { place, over: vec![], before: None, after }],
        }
    }

    fn file(lines: &[LineOut<'_>]) -> (Vec<LineId>, Vec<u8>) {
        let (mut prev, mut ids, mut bytes) = (LineId::from(ZERO_HASH), Vec::new(), Vec::new());
        for line in lines {
            let (id, text) = seal(PROJECT, "ali", prev.as_str(), &line.ron().unwrap());
            bytes.extend_from_slice(text.as_bytes());
            bytes.push(b'\n');
            ids.push(id.clone());
            prev = id;
        }
        (ids, bytes)
    }

    fn read(bytes: &[u8]) -> Journal {
        let mut journal = Journal { folder: "ali".into(), is_whole: true, ..Journal::default() };
        journal.take_file(PROJECT, "x.ron", bytes);
        journal.look_for_gaps();
        journal
    }

    #[test]
    fn a_line_is_hash_prev_and_ron() {
        let begin = LineOut::Begin { format: FORMAT, session: "00000000000000aa", seen: &[] };
        let (ids, bytes) = file(&[begin, LineOut::tx(&note(1, "x"))]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            format!("{} {ZERO_HASH} Begin(format:{FORMAT},session:\"00000000000000aa\",seen:[])", ids[0])
        );
        assert_eq!(
            lines[1],
            format!(
                "{} {} Tx(lamport:1,at:\"2026-01-01T00:00:00.000Z\",by:\"Ali\",scheme:\"s\",cause:\"set_note\",\
                 batch:None,reverses:None,edits:[(place:Note(\"a\"),over:[],before:None,after:Some(Note(\"x\")))])",
                ids[1], ids[0]
            )
        );
        let journal = read(&bytes);
        assert_eq!(journal.annotator().as_str(), "Ali");
        assert!(journal.is_whole && journal.diagnostics.is_empty());
        assert_eq!(journal.tips(), [ids[1].clone()]);
        assert_eq!(journal.sessions()[&ids[1]], "00000000000000aa");
    }

    #[test]
    fn damage_is_told_apart() {
        let begin = || LineOut::Begin { format: FORMAT, session: "00000000000000aa", seen: &[] };
        let (one, two) = (note(1, "x"), note(2, "y"));
        let (_, good) = file(&[begin(), LineOut::tx(&one), LineOut::tx(&two)]);
        let check = |bytes: &[u8], lines: usize, expect: &[(&str, Option<usize>)]| {
            let journal = read(bytes);
            let found: Vec<_> = journal.diagnostics.iter().map(|found| (found.code, found.line)).collect();
            assert_eq!(found, expect);
            assert_eq!(journal.lines.len(), lines);
        };
        check(&good, 3, &[]);
        check(&[good.clone(), good.clone()].concat(), 3, &[]);
        check(&good[..good.len() - 1], 2, &[("journal_torn_tail", Some(3))]);
        let mut flipped = good.clone();
        let middle = good.len() / 2;
        flipped[middle] ^= 1;
        check(&flipped, 2, &[("journal_damaged", Some(2)), ("journal_line_missing", None)]);
        check(&[good.clone(), b"<<<<<<< HEAD\n".to_vec()].concat(), 3, &[("journal_torn_tail", Some(4))]);
        check(b"\xff\x00\n\n", 0, &[("journal_damaged", Some(1)), ("journal_torn_tail", Some(2))]);
        let (_, far) = file(&[begin(), LineOut::tx(&note(1 << 53, "x"))]);
        check(&far, 1, &[("journal_damaged", Some(2))]);
        let edits = [one.edits.clone(), one.edits.clone()].concat();
        let (_, twice) = file(&[begin(), LineOut::tx(&Transaction { edits, ..one.clone() })]);
        check(&twice, 1, &[("journal_damaged", Some(2))]);
    }

    #[test]
    fn what_this_version_does_not_know_makes_the_annotator_read_only() {
        let check = |ron: &str, expect: &str| {
            let (_, line) = seal(PROJECT, "ali", ZERO_HASH, ron);
            let journal = read(format!("{line}\n").as_bytes());
            let newer = journal.newer.unwrap();
            assert!(newer.contains(expect), "{newer}");
            assert!(!journal.is_whole);
        };
        check("Begin(format:7,session:\"x\",seen:[])", "format 7");
        check("Begin(format:7,session:\"x\",seen:[],more:1)", "format 7");
        check("Note(text:\"x\")", "a newer Hashiya");
        check("Tx(lamport:1,mood:\"x\")", "a newer Hashiya");
    }

    #[test]
    fn a_line_of_another_annotator_or_project_does_not_prove_itself() {
        let (_, bytes) = file(&[LineOut::tx(&note(1, "x"))]);
        let line = bytes.split(|byte| *byte == b'\n').next().unwrap();
        assert!(prove(PROJECT, "ali", line).is_some());
        assert!(prove(PROJECT, "omar", line).is_none());
        assert!(prove(ZERO_HASH, "ali", line).is_none());
    }
}
