//! Long reading work off the window's thread: a task with progress and *Stop*, over a reading copy of the project.
//!
//! A task reads what is on disk through a session of its own, so the window's session stays free and nothing is shared
//! but counters. Whoever starts one waits until the window's session is saved.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::{OpenOptions, Session, SessionError};
use crate::env::Env;
use crate::model::AnnotatorId;
use crate::storage::Fs;

/// How far a task has come; shared between its thread and whoever watches.
#[derive(Debug, Default)]
pub struct TaskProgress {
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
}

impl TaskProgress {
    /// Says how far it is, of how much (0 where unknown). Answers whether to go on.
    pub fn report(&self, done: usize, total: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        !self.stopped.load(Ordering::Relaxed)
    }
}

/// What became of a task.
#[derive(Debug)]
pub enum TaskState<T> {
    /// Still at work: done, and of how much (0 where unknown).
    Running(usize, usize),
    /// Finished, with what it made.
    Done(T),
    /// Its thread ended without a word, by a bug of ours; the panic hook wrote a report.
    Ended,
}

/// Work on a thread of its own. Dropping it stops the work.
#[derive(Debug)]
pub struct Task<T> {
    progress: Arc<TaskProgress>,
    result: Receiver<T>,
}

impl<T: Send + 'static> Task<T> {
    /// Starts `work`; `wake` is called at its end. Nothing where the system refuses a thread.
    pub fn start(
        name: &str,
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&TaskProgress) -> T + Send + 'static,
    ) -> Option<Self> {
        let progress = Arc::new(TaskProgress::default());
        let (sender, result) = channel();
        let theirs = Arc::clone(&progress);
        let run = move || {
            // Who dropped the task wants no answer.
            let _ = sender.send(work(&theirs));
            wake();
        };
        std::thread::Builder::new().name(name.to_owned()).spawn(run).ok()?;
        Some(Self { progress, result })
    }

    /// What became of it; call it until it is not running.
    pub fn poll(&self) -> TaskState<T> {
        match self.result.try_recv() {
            Ok(result) => TaskState::Done(result),
            Err(TryRecvError::Empty) => TaskState::Running(
                self.progress.done.load(Ordering::Relaxed),
                self.progress.total.load(Ordering::Relaxed),
            ),
            Err(TryRecvError::Disconnected) => TaskState::Ended,
        }
    }
}

impl<T> Task<T> {
    /// Asks the work to stop; it still answers.
    pub fn stop(&self) {
        self.progress.stopped.store(true, Ordering::Relaxed);
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a thread needs to read the project as its session sees it.
#[derive(Clone, Debug)]
pub struct ReadingCopy {
    fs: Arc<dyn Fs>,
    dir: PathBuf,
    annotator: AnnotatorId,
}

impl ReadingCopy {
    /// Opens the project for reading, as it is on disk now.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open(&self) -> Result<Session, SessionError> {
        let options =
            OpenOptions { annotator: Some(self.annotator.clone()), read_only: true, ..OpenOptions::default() };
        // Reading draws no ids and writes no times.
        Session::open(Arc::clone(&self.fs), &self.dir, &options, Arc::new(Env::system()), None)
    }

    /// Where files are read and written.
    #[must_use]
    pub fn fs(&self) -> &Arc<dyn Fs> {
        &self.fs
    }
}

impl Session {
    /// What a task on another thread needs to read this project. It sees what is on disk: see [`Session::save_state`].
    #[must_use]
    pub fn reading_copy(&self) -> ReadingCopy {
        ReadingCopy { fs: Arc::clone(&self.fs), dir: self.dir().to_owned(), annotator: self.annotator.clone() }
    }
}
