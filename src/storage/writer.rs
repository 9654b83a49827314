//! The writer: a thread of its own that appends journal lines and makes them durable, in order.
//!
//! A line's hash is known when it is queued, so a transaction has its id at once. The thread takes everything that
//! waits, appends it with one write, syncs once, and only then moves the watermark. After a failure it never writes
//! again: what a failed sync left behind is not known.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::fs::{AppendFile, FileIdentity};
use super::hash::ZERO_HASH;
use super::journal::{FILE_ROLL_BYTES, LINE_LIMIT_BYTES, LineOut, seal};
use super::{FORMAT, Fs, Store, StoreError, atomic};
use crate::edit::Transaction;
use crate::model::{AnnotatorId, LineId};

/// Transactions that may wait for the disk.
const QUEUE_LIMIT: usize = 256;

/// Bytes that may wait for the disk.
const QUEUE_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// How often one batch may find its file replaced before the session gives up.
const REPLACED_LIMIT: usize = 5;

/// How a session begins.
#[derive(Clone, Debug)]
pub struct SessionStart {
    /// Whose journal.
    pub annotator: AnnotatorId,
    /// 64 random bits.
    pub session: u64,
    /// The day, `YYYY-MM-DD`; only the file's name shows it.
    pub date: String,
    /// [`super::Records::tips`] of this annotator.
    pub seen: Vec<LineId>,
}

/// Why a transaction was not taken. Nothing of it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// The disk is slower than the work: try again.
    #[error("the disk is still busy with earlier changes; try again in a moment")]
    Full,
    /// The transaction is larger than a line may be: split it into a batch.
    #[error("the change needs {len_bytes} bytes in one line of the journal; at most {limit_bytes} fit")]
    TooLarge {
        /// Bytes it needs.
        len_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// Writing has failed before, or a value cannot be written.
    #[error("{0}")]
    Failed(String),
}

/// How far writing has come, counted in transactions of this session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watermark {
    /// Taken into the queue.
    pub queued: u64,
    /// Synced, with the file's folder: what may be shown as saved.
    pub durable: u64,
}

/// Lines of a session, for *Save a copy*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsavedLines {
    /// Folder of the annotator: the id in lower case.
    pub folder: String,
    /// Whole lines without LF, in order.
    pub lines: Vec<String>,
}

/// Appends transactions of one session to its journal file.
#[derive(Debug)]
pub struct JournalWriter {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    project: String,
    folder: String,
    session: String,
}

/// A file of a session as the session left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFile {
    /// Name in the annotator's folder.
    pub name: String,
    /// Which file it is.
    pub identity: FileIdentity,
    /// Its length once what is being written is there, in bytes.
    pub len_bytes: u64,
}

/// What whoever follows a project needs to know of its writer, from any thread.
#[derive(Clone, Debug)]
pub struct WriterWatch {
    shared: Arc<Shared>,
    folder: String,
}

/// Lines of a session that may not be in its files, and how many transactions stand in those and in the files.
#[derive(Clone, Debug, Default)]
pub(super) struct InFlight {
    pub(super) folder: String,
    pub(super) lines: Vec<Arc<str>>,
    pub(super) queued: u64,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// Something waits, or the end has come.
    work: Condvar,
    /// Something became durable, or failed.
    progress: Condvar,
}

#[derive(Debug)]
struct State {
    /// Lines not yet taken by the thread.
    queue: Vec<Arc<str>>,
    /// Lines not known to be durable, with those that the thread is writing.
    unsaved: VecDeque<Arc<str>>,
    /// All lines before those: this session's own, for a file that vanishes.
    kept: Vec<Arc<str>>,
    /// The session's files.
    files: Vec<OwnFile>,
    /// What the first line will name as seen.
    seen: Vec<LineId>,
    /// How often somebody asked whether the files are still the session's own, and how often that was answered.
    verify_asked: u64,
    verify_done: u64,
    /// The last answer.
    verify_error: Option<String>,
    unsaved_bytes: usize,
    /// Transactions among them and before.
    mark: Watermark,
    last: LineId,
    has_begun: bool,
    failure: Option<String>,
    is_closing: bool,
    /// The thread is gone: nobody answers any more.
    has_ended: bool,
}

impl JournalWriter {
    /// Starts the thread. No file is created before the first transaction.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for an id that cannot be an annotator's; [`StoreError::Io`] where the system refuses a
    /// thread.
    pub fn start(store: &Store, start: SessionStart) -> Result<Self, StoreError> {
        if !AnnotatorId::is_valid(start.annotator.as_str()) {
            return Err(StoreError::Refused { reason: format!("{} cannot be an annotator id", start.annotator) });
        }
        let folder = start.annotator.folder();
        let session = format!("{:016x}", start.session);
        let date = if is_day(&start.date) { start.date } else { "session".to_owned() };
        let state = State {
            queue: Vec::new(),
            unsaved: VecDeque::new(),
            kept: Vec::new(),
            files: Vec::new(),
            seen: start.seen,
            verify_asked: 0,
            verify_done: 0,
            verify_error: None,
            unsaved_bytes: 0,
            mark: Watermark::default(),
            last: LineId::from(ZERO_HASH),
            has_begun: false,
            failure: None,
            is_closing: false,
            has_ended: false,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), work: Condvar::new(), progress: Condvar::new() });
        let mut file = LiveFile {
            fs: Arc::clone(&store.inner.fs),
            root: store.root().to_owned(),
            folder: store.root().join("journal").join(&folder),
            stem: format!("{date}-{session}"),
            number: 0,
            open: None,
            closed: Vec::new(),
        };
        let of_thread = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("hashiya-journal".into())
            .spawn(move || run(&of_thread, &mut file))
            .map_err(StoreError::io("start a thread for", store.root()))?;
        let project = store.header().id.clone();
        Ok(Self { shared, thread: Some(thread), project, folder, session })
    }

    /// Queues a transaction and returns the id its line will have. Never waits for the disk.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing of it is or will be written.
    pub fn append(&self, transaction: &Transaction) -> Result<LineId, QueueError> {
        let ron = LineOut::tx(transaction).ron().map_err(|error| QueueError::Failed(error.to_string()))?;
        let len_bytes = ron.len() + ZERO_HASH.len() * 2 + 2;
        if len_bytes > LINE_LIMIT_BYTES {
            return Err(QueueError::TooLarge { len_bytes, limit_bytes: LINE_LIMIT_BYTES });
        }
        let mut state = self.shared.lock();
        if let Some(failure) = &state.failure {
            return Err(QueueError::Failed(failure.clone()));
        }
        let is_full = state.unsaved.len() >= QUEUE_LIMIT || state.unsaved_bytes + len_bytes > QUEUE_LIMIT_BYTES;
        if is_full && !state.unsaved.is_empty() {
            return Err(QueueError::Full);
        }
        if !state.has_begun {
            let begin = LineOut::Begin { format: FORMAT, session: &self.session, seen: &state.seen };
            let ron = begin.ron().map_err(|error| QueueError::Failed(error.to_string()))?;
            self.push(&mut state, &ron);
            state.has_begun = true;
        }
        let id = self.push(&mut state, &ron);
        state.mark.queued += 1;
        self.shared.work.notify_one();
        Ok(id)
    }

    fn push(&self, state: &mut State, ron: &str) -> LineId {
        let (id, line) = seal(&self.project, &self.folder, state.last.as_str(), ron);
        let line: Arc<str> = Arc::from(line);
        state.last = id.clone();
        state.unsaved_bytes += line.len();
        state.unsaved.push_back(Arc::clone(&line));
        state.queue.push(line);
        id
    }

    /// How far writing has come.
    #[must_use]
    pub fn watermark(&self) -> Watermark {
        self.shared.lock().mark
    }

    /// Why nothing more is written, once writing has failed; the session is then read-only. A sentence.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        self.shared.lock().failure.clone()
    }

    /// Waits until everything queued is durable.
    ///
    /// # Errors
    /// The failure, a sentence.
    pub fn wait_durable(&self) -> Result<(), String> {
        let mut state = self.shared.lock();
        loop {
            if let Some(failure) = &state.failure {
                return Err(failure.clone());
            }
            if state.mark.durable >= state.mark.queued {
                return Ok(());
            }
            state = self.shared.progress.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The session's bits, 16 hex digits.
    #[must_use]
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Lines that are not known to be durable.
    #[must_use]
    pub fn unsaved(&self) -> UnsavedLines {
        let lines = self.shared.lock().unsaved.iter().map(ToString::to_string).collect();
        UnsavedLines { folder: self.folder.clone(), lines }
    }

    /// Every line of the session: those that are durable may have been taken away since.
    #[must_use]
    pub fn all_lines(&self) -> UnsavedLines {
        let state = self.shared.lock();
        let lines = state.kept.iter().chain(&state.unsaved).map(ToString::to_string).collect();
        drop(state);
        UnsavedLines { folder: self.folder.clone(), lines }
    }

    /// Says which last lines of other sessions have been read; counts until the session has begun.
    pub fn see(&self, tips: Vec<LineId>) {
        self.shared.lock().seen = tips;
    }

    /// What whoever follows the project needs to know.
    #[must_use]
    pub fn watch(&self) -> WriterWatch {
        WriterWatch { shared: Arc::clone(&self.shared), folder: self.folder.clone() }
    }

    /// Writes what is queued and ends the thread. Dropping does the same but cannot say what went wrong.
    ///
    /// # Errors
    /// The failure, a sentence.
    pub fn close(mut self) -> Result<(), String> {
        self.finish();
        self.failure().map_or(Ok(()), Err)
    }

    fn finish(&mut self) {
        self.shared.lock().is_closing = true;
        self.shared.work.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            self.shared.fail("the thread that writes the journal ended early".into());
        }
    }
}

impl WriterWatch {
    /// Folder of the annotator: the id in lower case.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The session's files as it left them.
    pub(super) fn files(&self) -> Vec<OwnFile> {
        self.shared.lock().files.clone()
    }

    /// Lets the writer look whether its files are still its own, and write their lines again where they are not.
    /// Waits for the answer.
    ///
    /// # Errors
    /// A sentence: the folder cannot be reached, or writing has failed.
    pub(super) fn verify(&self) -> Result<(), String> {
        let mut state = self.shared.lock();
        state.verify_asked += 1;
        let asked = state.verify_asked;
        self.shared.work.notify_one();
        loop {
            if let Some(failure) = &state.failure {
                return Err(failure.clone());
            }
            if state.verify_done >= asked {
                return state.verify_error.clone().map_or(Ok(()), Err);
            }
            if state.has_ended {
                return Err("the session has ended".to_owned());
            }
            state = self.shared.progress.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lines that may not be in the files; all of the session's where its files could not be verified.
    pub(super) fn in_flight(&self, all: bool) -> InFlight {
        let state = self.shared.lock();
        let kept: &[Arc<str>] = if all { &state.kept } else { &[] };
        let lines = kept.iter().chain(&state.unsaved).cloned().collect();
        InFlight { folder: self.folder.clone(), lines, queued: state.mark.queued }
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, reason: String) {
        self.lock().failure = Some(reason);
        self.progress.notify_all();
    }
}

/// The thread.
fn run(shared: &Shared, file: &mut LiveFile) {
    work(shared, file);
    shared.lock().has_ended = true;
    shared.progress.notify_all();
}

fn work(shared: &Shared, file: &mut LiveFile) {
    loop {
        let mut state = shared.lock();
        while state.queue.is_empty() && !state.is_closing && state.verify_asked == state.verify_done {
            state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let lines = std::mem::take(&mut state.queue);
        let (queued, asked, is_closing) = (state.mark.queued, state.verify_asked, state.is_closing);
        let verifies = asked != state.verify_done;
        drop(state);
        if lines.is_empty() && !verifies {
            // Once more before the session ends: what it showed as saved must be here.
            if is_closing && file.has_written() {
                let _ = file.verify(shared);
            }
            return;
        }
        let count = lines.len();
        let mut verdict = None;
        let mut result = Ok(());
        if verifies {
            match file.verify(shared) {
                Err(Lost::Unreachable(reason)) => verdict = Some(reason),
                Err(Lost::Unwritable(error)) => result = Err(error),
                Ok(()) => {}
            }
        }
        if result.is_ok() && !lines.is_empty() {
            result = file.write(lines, shared);
        }
        if let Err(error) = result {
            shared.fail(format!("the journal cannot be written: {error}; save a copy to keep what is not on disk yet"));
            return;
        }
        let mut state = shared.lock();
        state.verify_done = asked;
        state.verify_error = verdict;
        state.mark.durable = queued;
        for _ in 0..count {
            if let Some(line) = state.unsaved.pop_front() {
                state.unsaved_bytes = state.unsaved_bytes.saturating_sub(line.len());
                state.kept.push(line);
            }
        }
        drop(state);
        shared.progress.notify_all();
    }
}

/// The session's files.
#[derive(Debug)]
struct LiveFile {
    fs: Arc<dyn Fs>,
    root: PathBuf,
    folder: PathBuf,
    stem: String,
    /// Files that this session has tried to name.
    number: u32,
    open: Option<Open>,
    /// Earlier files.
    closed: Vec<Written>,
}

#[derive(Debug)]
struct Open {
    file: Box<dyn AppendFile>,
    written: Written,
}

/// What a file was left as.
#[derive(Debug)]
struct Written {
    path: PathBuf,
    identity: FileIdentity,
    len_bytes: u64,
    /// Everything in it, for a new file if this one is replaced.
    lines: Vec<Arc<str>>,
}

/// Why it is not known whether the files are the session's own.
enum Lost {
    /// Nothing was tried.
    Unreachable(String),
    /// Writing them again failed.
    Unwritable(StoreError),
}

impl LiveFile {
    /// Whether the session has a file.
    fn has_written(&self) -> bool {
        self.open.is_some() || !self.closed.is_empty()
    }

    /// Writes the lines of files that are no longer the session's own again, into a new one.
    fn verify(&mut self, shared: &Shared) -> Result<(), Lost> {
        let header = self.root.join("project.ron");
        self.fs.metadata(&header).map_err(|error| Lost::Unreachable(format!("{}: {error}", header.display())))?;
        let mut lost = Vec::new();
        let is_open_own = match &self.open {
            Some(open) => self.is_own(&open.written).map_err(|error| Lost::Unreachable(error.to_string()))?,
            None => true,
        };
        for written in std::mem::take(&mut self.closed) {
            match self.is_own(&written) {
                Ok(true) => self.closed.push(written),
                Ok(false) => lost.extend(written.lines),
                Err(error) => {
                    self.closed.push(written);
                    return Err(Lost::Unreachable(error.to_string()));
                }
            }
        }
        if !is_open_own || !lost.is_empty() {
            self.write(lost, shared).map_err(Lost::Unwritable)?;
        }
        Ok(())
    }

    /// Appends the lines and returns once they are durable in a file that is still this session's own.
    fn write(&mut self, lines: Vec<Arc<str>>, shared: &Shared) -> Result<(), StoreError> {
        let mut lines = lines;
        for _ in 0..REPLACED_LIMIT {
            if let Some(open) = self.open.take() {
                if !self.is_own(&open.written)? {
                    lines = [open.written.lines, lines].concat();
                } else if open.written.len_bytes < FILE_ROLL_BYTES {
                    self.open = Some(open);
                } else {
                    self.closed.push(open.written);
                }
            }
            let mut open = match self.open.take() {
                Some(open) => open,
                None => self.create()?,
            };
            let is_new = open.written.len_bytes == 0;
            let mut bytes = lines.join("\n").into_bytes();
            bytes.push(b'\n');
            self.announce(&open.written, bytes.len() as u64, shared);
            let path = &open.written.path;
            open.file.append(&bytes).and_then(|()| open.file.sync()).map_err(StoreError::io("write", path))?;
            open.written.len_bytes += bytes.len() as u64;
            open.written.lines.append(&mut lines);
            if is_new {
                self.fs.sync_dir(&self.folder).map_err(StoreError::io("write", &self.folder))?;
            }
            let is_own = self.is_own(&open.written)?;
            self.open = Some(open);
            if is_own {
                return Ok(());
            }
        }
        let reason = "another program replaces the session's file as soon as it is written; pause the sync tool";
        Err(StoreError::damaged(&self.folder, reason))
    }

    /// Tells whoever follows which files are the session's own, before `more` bytes are added to the open one.
    fn announce(&self, open: &Written, more: u64, shared: &Shared) {
        let file = |written: &Written, more: u64| OwnFile {
            name: written.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            identity: written.identity,
            len_bytes: written.len_bytes + more,
        };
        let closed = self.closed.iter().map(|written| file(written, 0));
        shared.lock().files = closed.chain([file(open, more)]).collect();
    }

    /// Whether the file under the path is still the one that was opened, with exactly what was written.
    fn is_own(&self, open: &Written) -> Result<bool, StoreError> {
        match self.fs.metadata(&open.path) {
            Ok(meta) => Ok(meta.identity == open.identity && meta.len_bytes == open.len_bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(StoreError::Io { doing: "read", path: open.path.clone(), source }),
        }
    }

    fn create(&mut self) -> Result<Open, StoreError> {
        let header = self.root.join("project.ron");
        self.fs.metadata(&header).map_err(StoreError::io("find", &header))?;
        atomic::ensure_folder(&*self.fs, &self.root, &self.folder)?;
        loop {
            self.number += 1;
            let name = match self.number {
                1 => format!("{}.ron", self.stem),
                number => format!("{}-{number}.ron", self.stem),
            };
            let path = self.folder.join(name);
            match self.fs.create_append(&path) {
                Ok(file) => {
                    let identity = file.identity().map_err(StoreError::io("read", &path))?;
                    return Ok(Open { file, written: Written { path, identity, len_bytes: 0, lines: Vec::new() } });
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && self.number < u32::MAX => {}
                Err(source) => return Err(StoreError::Io { doing: "create", path, source }),
            }
        }
    }
}

/// Whether the text can stand in a file name as a day.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
