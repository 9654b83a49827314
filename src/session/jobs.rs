//! Long work off the window's thread: importing. Reading and decoding is the caller's part, handed in as a closure;
//! writing the import's files happens on the job's thread, registering it in the session.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::admission::Admission;
use super::exchange::{draft_from_exchange, paragraph_directions, unknown_labels};
use super::{Command, CommandError, Session};
use crate::model::{ArticleId, Diagnostic, Direction, Exchange, ImportId, LineId};

/// What an import brought.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// The import.
    pub import: ImportId,
    /// The line that registers it; none if this annotator stood for it already.
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
    /// Says how far it is: files or records done, of how many (0 where unknown).
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

/// What the reading part hands over: content, base names of the files, findings.
type Read = (Exchange, Vec<String>, Vec<Diagnostic>);

struct Written {
    import: ImportId,
    articles: Vec<ArticleId>,
    directions: Vec<(ArticleId, usize, Direction)>,
    notices: Vec<Diagnostic>,
}

/// An import under way.
#[derive(Debug)]
pub struct ImportJob {
    progress: Arc<ImportProgress>,
    result: Arc<Mutex<Option<Result<Written, String>>>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written").field("import", &self.import).finish_non_exhaustive()
    }
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
    /// Starts an import: `read` runs on a thread of its own, and so does the writing of files. Ask
    /// [`Session::poll_import`] what became of it.
    ///
    /// # Errors
    /// [`CommandError::ReadOnly`], or [`CommandError::Storage`] where the system refuses a thread.
    pub fn start_import(
        &self,
        read: impl FnOnce(&ImportProgress) -> Result<Read, String> + Send + 'static,
    ) -> Result<ImportJob, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let progress = Arc::new(ImportProgress::default());
        let result = Arc::new(Mutex::new(None));
        let (store, scheme, importer) = (self.store.clone(), Arc::clone(&self.scheme), self.annotator.clone());
        let admission = Admission::of(self);
        let (their_progress, their_result) = (Arc::clone(&progress), Arc::clone(&result));
        let work = move || {
            let written = read(&their_progress).and_then(|(mut exchange, sources, mut notices)| {
                notices.extend(admission.admit(&mut exchange));
                notices.extend(unknown_labels(&exchange, &scheme));
                let directions = paragraph_directions(&exchange);
                let draft = draft_from_exchange(exchange, sources, &importer);
                if their_progress.is_cancelled() {
                    return Err("cancelled".to_owned());
                }
                let articles = draft.articles.iter().map(|article| article.facts.id.clone()).collect();
                let import = store.write_import(&draft).map_err(|error| error.to_string())?;
                Ok(Written { import, articles, directions, notices })
            });
            *their_result.lock().unwrap_or_else(PoisonError::into_inner) = Some(written);
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
        let finish = |session: &mut Self, written: Written| {
            let mut report = session.register(&written.import, &written.articles, written.directions)?;
            report.notices.splice(0..0, written.notices);
            Ok(report)
        };
        match result.map_err(CommandError::Storage).and_then(|written| finish(self, written)) {
            Ok(report) => JobState::Done(report),
            Err(error) => JobState::Failed(error),
        }
    }

    /// Stands for an import whose files are written. Directions of paragraphs are edits, not facts of a shard: those of
    /// new articles follow the registration in one batch with it, which undo takes together.
    pub(super) fn register(
        &mut self,
        import: &ImportId,
        articles: &[ArticleId],
        directions: Vec<(ArticleId, usize, Direction)>,
    ) -> Result<ImportReport, CommandError> {
        if let Some(reason) = self.read_only_reason() {
            return Err(CommandError::ReadOnly { reason });
        }
        let before = std::sync::Arc::clone(self.catalogue.articles());
        let batch = (!directions.is_empty()).then(|| self.env.new_id());
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
