//! Long work off the window's thread: importing. Reading files and writing imports happens on the job's thread,
//! registering them in the session.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::admission::Admission;
use super::importer::{ImportError, ImportFile, Imported, Importer};
use super::{Command, CommandError, Session};
use crate::env::Stopwatch;
use crate::formats::ImportOptions;
use crate::model::{ArticleId, Diagnostic, Direction, Exchange, ImportId, LineId};
use crate::storage::Articles;

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

impl ImportReport {
    fn new(notices: Vec<Diagnostic>) -> Self {
        Self { import: ImportId::from(""), line: None, added: Vec::new(), known: Vec::new(), notices }
    }
}

/// A thread that was asked to stop and gives no answer for so long is left behind: it hangs in the system.
const STOP_WAIT: Duration = Duration::from_secs(1);

/// How far a job has come; shared between its thread and whoever watches.
#[derive(Debug, Default)]
pub struct ImportProgress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
    /// Files that the system was asked for and has not given yet, as people know them.
    asked: Mutex<Vec<String>>,
    answers: AtomicUsize,
}

/// A file that the system was asked for; gone once it has answered.
#[derive(Debug)]
pub struct Asked<'p> {
    progress: &'p ImportProgress,
    file: &'p str,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let mut asked = self.progress.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = asked.iter().position(|file| file == self.file) {
            asked.remove(at);
        }
        self.progress.answers.fetch_add(1, Ordering::Relaxed);
    }
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

    /// Notes that the system is asked for a file, until what is returned is dropped.
    #[must_use]
    pub fn asks<'p>(&'p self, file: &'p str) -> Asked<'p> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(file.to_owned());
        Asked { progress: self, file }
    }

    /// The file that the system was asked for first and has not given yet.
    #[must_use]
    pub fn waits_for(&self) -> Option<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// Grows whenever something has come further; where it does not, somebody may want to know why.
    #[must_use]
    pub fn pulse(&self) -> usize {
        self.answers.load(Ordering::Relaxed).wrapping_add(self.done.load(Ordering::Relaxed))
    }

    /// Asks whoever reads to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
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
    /// Since when it is asked to stop.
    stopping: Option<Stopwatch>,
    registered: Option<Registered>,
}

/// What a job is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportStage {
    /// Files are read, and what they hold is written into the project. The file is one that the system was asked for
    /// and has not given yet.
    Files(Option<String>),
    /// The project is read with the new articles; the sentence says why that has not been possible so far.
    TakingIn(Option<String>),
    /// It was asked to stop.
    Stopping,
}

/// Imports that the session stands for, while the records are read with them.
#[derive(Debug)]
struct Registered {
    /// What the project had before.
    before: Arc<Articles>,
    /// Imports that were registered for this job, and not before it.
    imports: Vec<ImportId>,
    /// Articles of the imports.
    articles: Vec<ArticleId>,
    report: ImportReport,
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
    /// Asks the job to stop. Nothing of it will be registered; what is registered already is withdrawn.
    pub fn cancel(&self) {
        self.progress.cancel();
    }

    /// See [`ImportProgress::pulse`].
    #[must_use]
    pub fn pulse(&self) -> usize {
        self.progress.pulse()
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
        let importer = self.importer();
        self.start_job(move |progress| importer.run(&files, &options, false, progress))
    }

    /// Starts an import of what an importer made, as [`Session::start_import`] does.
    ///
    /// # Errors
    /// As [`Session::start_import`].
    pub fn start_import_of(&self, exchange: Exchange, sources: Vec<String>) -> Result<ImportJob, CommandError> {
        let importer = self.importer();
        self.start_job(move |_| importer.write(exchange, sources))
    }

    fn start_job(
        &self,
        run: impl FnOnce(&ImportProgress) -> Result<Imported, ImportError> + Send + 'static,
    ) -> Result<ImportJob, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let progress = Arc::new(ImportProgress::default());
        let result = Arc::new(Mutex::new(None));
        let (their_progress, their_result) = (Arc::clone(&progress), Arc::clone(&result));
        let work = move || {
            let imported = run(&their_progress);
            *their_result.lock().unwrap_or_else(PoisonError::into_inner) = Some(imported);
        };
        let thread = std::thread::Builder::new()
            .name("import".to_owned())
            .spawn(work)
            .map_err(|error| CommandError::Storage(format!("the system refuses a thread: {error}")))?;
        Ok(ImportJob { progress, result, thread: Some(thread), stopping: None, registered: None })
    }

    /// What became of a job; registers its import once its files are written. Call it until it is not running. Where
    /// the session reads beside ([`Session::read_beside`]), the job runs until the articles have been taken in.
    pub fn poll_import(&mut self, job: &mut ImportJob) -> JobState {
        if job.registered.is_some() {
            return self.poll_registered(job);
        }
        if self.reversal.is_some() {
            // What is written waits to be registered.
            let (done, total) = job.progress.so_far();
            return JobState::Running(done, total);
        }
        let result = job.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(result) = result else {
            let ended = job.thread.as_ref().is_none_or(JoinHandle::is_finished);
            let (done, total) = job.progress.so_far();
            if !ended && job.progress.is_cancelled() {
                let since = *job.stopping.get_or_insert_with(Stopwatch::start);
                // Wherever it hangs, it stops as soon as it goes on: nobody has to wait for that.
                return if since.elapsed() < STOP_WAIT { JobState::Running(done, total) } else { JobState::Cancelled };
            }
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
        let imported = match result {
            Ok(imported) => imported,
            Err(error) => return JobState::Failed(CommandError::Storage(error.to_string())),
        };
        // Directions of paragraphs are edits of articles that have to be known first.
        let is_plain = imported.written.iter().all(|written| written.directions.is_empty());
        if self.reads_beside && is_plain {
            return match self.register_for_later(imported) {
                Ok(registered) => {
                    job.registered = Some(registered);
                    self.poll_registered(job)
                }
                Err(error) => JobState::Failed(error),
            };
        }
        match self.register_imports(imported) {
            Ok(report) => JobState::Done(report),
            Err(error) => JobState::Failed(error),
        }
    }

    /// Stands for imports without directions of paragraphs, and leaves it to the follower to read their articles.
    fn register_for_later(&mut self, imported: Imported) -> Result<Registered, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let before = Arc::clone(self.catalogue.articles());
        let mut report = ImportReport::new(imported.findings);
        let (mut imports, mut articles) = (Vec::new(), Vec::new());
        let batch = (imported.written.len() > 1).then(|| self.env.new_id());
        for written in imported.written {
            let command = Command::RegisterImport { import: written.import.clone() };
            let outcome = self.run_planned(&command, batch.as_deref())?;
            imports.extend(outcome.line.is_some().then(|| written.import.clone()));
            report.import = written.import;
            report.line = outcome.line.or(report.line);
            report.notices.extend(written.notices);
            report.notices.extend(outcome.notices);
            articles.extend(written.articles);
        }
        Ok(Registered { before, imports, articles, report })
    }

    /// What a job is at, for whoever wonders why it takes so long.
    #[must_use]
    pub fn import_stage(&self, job: &ImportJob) -> ImportStage {
        if job.progress.is_cancelled() {
            ImportStage::Stopping
        } else if job.registered.is_some() {
            ImportStage::TakingIn(self.unreachable.clone())
        } else {
            ImportStage::Files(job.progress.waits_for())
        }
    }

    /// Takes back imports whose articles nobody has seen yet, last first.
    fn withdraw_unseen(&mut self, imports: &[ImportId]) -> Result<(), CommandError> {
        let batch = (imports.len() > 1).then(|| self.env.new_id());
        for import in imports.iter().rev() {
            self.run_planned(&Command::WithdrawImport { import: import.clone() }, batch.as_deref())?;
        }
        Ok(())
    }

    /// Ends a job once the articles of its imports have been taken in.
    fn poll_registered(&mut self, job: &mut ImportJob) -> JobState {
        if self.is_reading() && !job.progress.is_cancelled() {
            if let Err(error) = self.read_without_thread() {
                return JobState::Failed(error);
            }
            let (done, total) = job.progress.so_far();
            return JobState::Running(done, total);
        }
        let Some(Registered { before, imports, articles, mut report }) = job.registered.take() else {
            return JobState::Cancelled;
        };
        if self.is_reading() {
            return match self.withdraw_unseen(&imports) {
                Ok(()) => JobState::Cancelled,
                Err(error) => JobState::Failed(error),
            };
        }
        (report.added, report.known) = self.added_and_known(&before, &articles);
        JobState::Done(report)
    }

    /// Which of these articles the project has now and did not have before, in its order, and which it had.
    fn added_and_known(&self, before: &Articles, articles: &[ArticleId]) -> (Vec<ArticleId>, Vec<ArticleId>) {
        let distinct: BTreeSet<&ArticleId> = articles.iter().collect();
        let (known, new): (Vec<&ArticleId>, Vec<&ArticleId>) =
            distinct.into_iter().partition(|id| before.idx_of(id).is_some());
        let now = self.catalogue.articles();
        let mut added: Vec<usize> = new.into_iter().filter_map(|id| now.idx_of(id)).collect();
        added.sort_unstable();
        let added = added.into_iter().filter_map(|idx| now.get(idx)).map(|entry| entry.id());
        (added.collect(), known.into_iter().cloned().collect())
    }

    /// Stands for imports whose files are written, in the order in which they were read: one batch, which undo takes
    /// together.
    ///
    /// # Errors
    /// [`CommandError`].
    pub fn register_imports(&mut self, imported: Imported) -> Result<ImportReport, CommandError> {
        let mut whole = ImportReport::new(imported.findings);
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
        let before = Arc::clone(self.catalogue.articles());
        let batch = batch.or_else(|| (!directions.is_empty()).then(|| self.env.new_id()));
        let outcome = self.run_planned(&Command::RegisterImport { import: import.clone() }, batch.as_deref())?;
        if self.is_reading() {
            // Whoever calls this wants to know at once.
            self.reload().map_err(|error| CommandError::Storage(error.to_string()))?;
        }
        let (added, known) = self.added_and_known(&before, articles);
        let mut report =
            ImportReport { import: import.clone(), line: outcome.line, added, known, notices: outcome.notices };
        for (article, at, direction) in directions {
            if report.added.contains(&article) {
                let command = Command::SetParagraphDirection { article, at, direction: Some(direction) };
                report.notices.extend(self.run_planned(&command, batch.as_deref())?.notices);
            }
        }
        Ok(report)
    }
}
