//! What is made of all rows once for each state of the texts, and then looked at again and again: keys of headings,
//! places of publishers, values to choose from, who an article is assigned to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::{Rows, Wake};

/// Something that is made of all rows, and takes too long for a frame where there are many.
pub(super) trait Made: Sized + Send + Sync + 'static {
    /// Of what it is made beside the rows, first of all of which revision of the texts: equal keys, equal values.
    type Key: Clone + PartialEq + Send + 'static;
    /// Name of the thread that makes it.
    const NAME: &'static str;
    /// Up to so many rows it is made in the frame that asks.
    const AT_ONCE: usize;

    /// Makes it; `None` where `stop` said so.
    fn made(rows: &dyn Rows, key: &Self::Key, stop: &(dyn Fn() -> bool + Sync)) -> Option<Self>;
}

struct Job<T: Made> {
    key: T::Key,
    stop: Arc<AtomicBool>,
    value: Receiver<Option<T>>,
}

/// A value, or the work on it. Whoever asks for the same while it is being made waits for the same work.
pub(super) struct Kept<T: Made> {
    known: Option<(T::Key, Arc<T>)>,
    job: Option<Job<T>>,
    /// How often a value was begun.
    #[cfg(test)]
    pub begun: usize,
}

impl<T: Made> Default for Kept<T> {
    fn default() -> Self {
        Self {
            known: None,
            job: None,
            #[cfg(test)]
            begun: 0,
        }
    }
}

impl<T: Made> Drop for Kept<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<T: Made> Kept<T> {
    /// The value for this key, if it is there.
    pub fn get(&self, key: &T::Key) -> Option<Arc<T>> {
        self.known.as_ref().filter(|(of, _)| of == key).map(|(_, value)| Arc::clone(value))
    }

    /// Whether a value is being made.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// The value for this key; begins to make it where that has not been done. Of few rows it is made at once.
    pub fn ask<R: Rows + Clone + 'static>(&mut self, rows: &R, key: &T::Key, wake: Option<&Wake>) -> Option<Arc<T>> {
        self.take();
        let known = self.get(key);
        if known.is_some() || self.job.as_ref().is_some_and(|job| job.key == *key) {
            return known;
        }
        self.stop();
        #[cfg(test)]
        {
            self.begun += 1;
        }
        if rows.count() <= T::AT_ONCE {
            self.known = T::made(rows, key, &|| false).map(|value| (key.clone(), Arc::new(value)));
            return self.get(key);
        }
        let (sender, value) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (rows, of, wake, stopped) = (rows.clone(), key.clone(), wake.cloned(), Arc::clone(&stop));
        let work = move || {
            let value = T::made(&rows, &of, &|| stopped.load(Ordering::Relaxed));
            // The snapshot goes before anybody changes the catalogue again.
            drop(rows);
            let _ = sender.send(value);
            if let Some(wake) = wake {
                wake();
            }
        };
        if std::thread::Builder::new().name(T::NAME.to_owned()).spawn(work).is_ok() {
            self.job = Some(Job { key: key.clone(), stop, value });
        }
        None
    }

    /// Takes in a value that has been made.
    pub fn take(&mut self) {
        let Some(job) = &self.job else { return };
        match job.value.try_recv() {
            Ok(value) => self.accept(value),
            // Whoever asks next asks again.
            Err(TryRecvError::Disconnected) => self.job = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    /// Waits for a value that is being made.
    pub fn wait(&mut self) {
        if let Some(job) = &self.job {
            let value = job.value.recv().ok().flatten();
            self.accept(value);
        }
    }

    fn accept(&mut self, value: Option<T>) {
        if let Some(job) = self.job.take()
            && let Some(value) = value
        {
            self.known = Some((job.key, Arc::new(value)));
        }
    }

    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}
