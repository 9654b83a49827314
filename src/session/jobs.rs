//! Long work off the window's thread: importing. Reading files and writing imports happens on the job's thread,
//! registering them in the session.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::admission::Admission;
use super::importer::{ImportError, ImportFile, Imported, Importer};
use super::{Command, CommandError, Session};
use crate::formats::ImportOptions;
use crate::model::{ArticleId, Diagnostic, Direction, ImportId, LineId};

/// What an import brought.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// The import; of several the last, empty where there was nothing to import.
    pub import: ImportId,
    /// The line that registers it; none if this annotator stood for it already. Of several imports the last.
    pub line: Option<LineId>,
    /// Articles that the project did not have, in its order.
    pub added: Vec<ArticleId>,
    /// Articles of the import that were there already.
    pub known: Vec<ArticleId>,
    /// What the person should know.
    pub notices: Vec<Diagnostic>,
}

/// How far a job has come; shared between its thread and whoever watches.
#[derive(Debug, Default)]
pub struct ImportProgress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
}

impl ImportProgress {
    /// Says how far it is: bytes of the files done, of how many (0 where unknown).
    pub fn report(&self, done: usize, total: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Done, and of how many (0 where unknown).
    #[must_use]
    pub fn so_far(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Whether whoever reads should stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// An import under way.
#[derive(Debug)]
pub struct ImportJob {
    progress: Arc<ImportProgress>,
    result: Arc<Mutex<Option<Result<Imported, ImportError>>>>,
    thread: Option<JoinHandle<()>>,
}

/// What became of a job.
#[derive(Debug)]
pub enum JobState {
    /// Still at work: done, and of how many (0 where unknown).
    Running(usize, usize),
    /// It was cancelled; the project is as it was.
    Cancelled,
    /// It is registered.
    Done(ImportReport),
    /// It failed; the project is as it was.
    Failed(CommandError),
}

impl ImportJob {
    /// Asks the job to stop; nothing of it will be registered.
    pub fn cancel(&self) {
        self.progress.cancelled.store(true, Ordering::Relaxed);
    }

    /// Done, and of how many (0 where unknown).
    #[must_use]
    pub fn so_far(&self) -> (usize, usize) {
        self.progress.so_far()
    }
}

impl Session {
    /// Reads files and writes imports for this session, on whatever thread.
    #[must_use]
    pub fn importer(&self) -> Importer {
        Importer {
            store: self.store.clone(),
            admission: Admission::of(self),
            scheme: Arc::clone(&self.scheme),
            annotator: self.annotator.clone(),
        }
    }

    /// Starts an import of files on a thread of its own. Ask [`Session::poll_import`] what became of it.
    ///
    /// # Errors
    /// [`CommandError::ReadOnly`], or [`CommandError::Storage`] where the system refuses a thread.
    pub fn start_import(&self, files: Vec<ImportFile>, options: ImportOptions) -> Result<ImportJob, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let progress = Arc::new(ImportProgress::default());
        let result = Arc::new(Mutex::new(None));
        let importer = self.importer();
        let (their_progress, their_result) = (Arc::clone(&progress), Arc::clone(&result));
        let work = move || {
            let imported = importer.run(&files, &options, false, &their_progress);
            *their_result.lock().unwrap_or_else(PoisonError::into_inner) = Some(imported);
        };
        let thread = std::thread::Builder::new()
            .name("import".to_owned())
            .spawn(work)
            .map_err(|error| CommandError::Storage(format!("the system refuses a thread: {error}")))?;
        Ok(ImportJob { progress, result, thread: Some(thread) })
    }

    /// What became of a job; registers its import once its files are written. Call it until it is not running.
    pub fn poll_import(&mut self, job: &mut ImportJob) -> JobState {
        let result = job.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(result) = result else {
            let ended = job.thread.as_ref().is_none_or(JoinHandle::is_finished);
            let (done, total) = job.progress.so_far();
            // A thread that ended without a word has met a bug of ours; the panic hook wrote the report.
            return if ended && job.result.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
                JobState::Failed(CommandError::Storage(
                    "the import stopped unexpectedly; a report was written".to_owned(),
                ))
            } else {
                JobState::Running(done, total)
            };
        };
        job.thread = None;
        if job.progress.is_cancelled() {
            return JobState::Cancelled;
        }
        let imported = result.map_err(|error| CommandError::Storage(error.to_string()));
        match imported.and_then(|imported| self.register_imports(imported)) {
            Ok(report) => JobState::Done(report),
            Err(error) => JobState::Failed(error),
        }
    }

    /// Stands for imports whose files are written, in the order in which they were read: one batch, which undo takes
    /// together.
    ///
    /// # Errors
    /// [`CommandError`].
    pub fn register_imports(&mut self, imported: Imported) -> Result<ImportReport, CommandError> {
        let mut whole = ImportReport {
            import: ImportId::from(""),
            line: None,
            added: Vec::new(),
            known: Vec::new(),
            notices: imported.findings,
        };
        let batch = (imported.written.len() > 1).then(|| self.env.new_id());
        for written in imported.written {
            let report = self.register(&written.import, &written.articles, written.directions, batch.clone())?;
            whole.import = report.import;
            whole.line = report.line.or(whole.line);
            whole.added.extend(report.added);
            whole.known.extend(report.known);
            whole.notices.extend(written.notices);
            whole.notices.extend(report.notices);
        }
        Ok(whole)
    }

    /// Stands for an import whose files are written. Directions of paragraphs are edits, not facts of a shard: those of
    /// new articles follow the registration in one batch with it, which undo takes together.
    pub(super) fn register(
        &mut self,
        import: &ImportId,
        articles: &[ArticleId],
        directions: Vec<(ArticleId, usize, Direction)>,
        batch: Option<String>,
    ) -> Result<ImportReport, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let before = std::sync::Arc::clone(self.catalogue.articles());
        let batch = batch.or_else(|| (!directions.is_empty()).then(|| self.env.new_id()));
        let outcome = self.run_planned(&Command::RegisterImport { import: import.clone() }, batch.as_deref())?;
        let distinct: BTreeSet<&ArticleId> = articles.iter().collect();
        let (known, _): (Vec<&ArticleId>, Vec<&ArticleId>) =
            distinct.iter().partition(|id| before.idx_of(id).is_some());
        let now = self.catalogue.articles();
        let mut added: Vec<usize> = distinct.iter().filter_map(|id| now.idx_of(id)).collect();
        added.sort_unstable();
        let added = added.into_iter().filter_map(|idx| now.get(idx)).map(|entry| entry.id());
        let added = added.filter(|id| before.idx_of(id).is_none());
        let mut report = ImportReport {
            import: import.clone(),
            line: outcome.line,
            added: added.collect(),
            known: known.into_iter().cloned().collect(),
            notices: outcome.notices,
        };
        for (article, at, direction) in directions {
            if report.added.contains(&article) {
                let command = Command::SetParagraphDirection { article, at, direction: Some(direction) };
                report.notices.extend(self.run_planned(&command, batch.as_deref())?.notices);
            }
        }
        Ok(report)
    }
}
