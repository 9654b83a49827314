//! Keys of all headings, made once for each state of the texts, whatever is asked in the meantime.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::titles::TitleKeys;
use super::{Rows, Wake};

/// Up to so many headings are folded in the frame that asks.
pub(super) const AT_ONCE: usize = 256;

struct Job {
    /// The revision of the texts that the keys will be of.
    texts: u64,
    stop: Arc<AtomicBool>,
    keys: Receiver<Option<TitleKeys>>,
}

/// Keys, or the work on them. Letters typed while the keys are being made wait for the same work.
#[derive(Default)]
pub(super) struct KeptKeys {
    known: Option<(u64, Arc<TitleKeys>)>,
    job: Option<Job>,
    /// How often keys were begun.
    #[cfg(test)]
    pub begun: usize,
}

impl Drop for KeptKeys {
    fn drop(&mut self) {
        self.stop();
    }
}

impl KeptKeys {
    /// The keys of this revision of the texts, if they are there.
    pub fn get(&self, texts: u64) -> Option<Arc<TitleKeys>> {
        self.known.as_ref().filter(|(of, _)| *of == texts).map(|(_, keys)| Arc::clone(keys))
    }

    /// Whether keys are being made.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// The keys of this revision of the texts; begins to make them where that has not been done. Few are made at once.
    pub fn ask<R: Rows + Clone + 'static>(
        &mut self,
        rows: &R,
        texts: u64,
        wake: Option<&Wake>,
    ) -> Option<Arc<TitleKeys>> {
        self.take();
        let known = self.get(texts);
        if known.is_some() || self.job.as_ref().is_some_and(|job| job.texts == texts) {
            return known;
        }
        self.stop();
        #[cfg(test)]
        {
            self.begun += 1;
        }
        if rows.count() <= AT_ONCE {
            self.known = TitleKeys::of(rows, &|| false).map(|keys| (texts, Arc::new(keys)));
            return self.get(texts);
        }
        let (sender, keys) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (rows, wake, stopped) = (rows.clone(), wake.cloned(), Arc::clone(&stop));
        let work = move || {
            let keys = TitleKeys::of(&rows, &|| stopped.load(Ordering::Relaxed));
            // The snapshot goes before anybody changes the catalogue again.
            drop(rows);
            let _ = sender.send(keys);
            if let Some(wake) = wake {
                wake();
            }
        };
        if std::thread::Builder::new().name("titles".to_owned()).spawn(work).is_ok() {
            self.job = Some(Job { texts, stop, keys });
        }
        None
    }

    /// Takes in keys that have been made.
    pub fn take(&mut self) {
        let Some(job) = &self.job else { return };
        match job.keys.try_recv() {
            Ok(keys) => self.accept(keys),
            // Whoever asks next asks again.
            Err(TryRecvError::Disconnected) => self.job = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    /// Waits for keys that are being made.
    pub fn wait(&mut self) {
        if let Some(job) = &self.job {
            let keys = job.keys.recv().ok().flatten();
            self.accept(keys);
        }
    }

    fn accept(&mut self, keys: Option<TitleKeys>) {
        if let Some(job) = self.job.take()
            && let Some(keys) = keys
        {
            self.known = Some((job.texts, Arc::new(keys)));
        }
    }

    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}
