//! The first articles whose title or name holds some words: for a search that shows a few rows, not a list.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::kept::Kept;
use super::titles::{CHUNK, Tier, TitleKeys, Word};
use super::{AT_ONCE, RowFacts, Rows, Wake};
use crate::model::{AnnotatorId, ArticleId};
use crate::session::Catalogue;

/// Rows whose headings are the names of the articles.
#[derive(Clone)]
struct Names(Catalogue);

impl Rows for Names {
    fn count(&self) -> usize {
        self.0.count()
    }

    fn facts(&self, row: usize) -> RowFacts<'_> {
        self.0.facts(row)
    }

    fn heading(&self, row: usize) -> &str {
        self.0.row(row).map_or("", |row| row.name)
    }

    fn article(&self, row: usize) -> ArticleId {
        self.0.article(row)
    }

    fn has_work(&self, row: usize, annotator: &AnnotatorId) -> bool {
        self.0.has_work(row, annotator)
    }
}

/// Words, and the revision of the texts in which they are looked for.
type Asked = (String, u64);

struct Job {
    asked: Asked,
    stop: Arc<AtomicBool>,
    rows: Receiver<Vec<u32>>,
}

/// Finds a few articles. Many are looked through on a thread of their own.
#[derive(Default)]
pub struct Finder {
    names: Kept<TitleKeys>,
    found: Vec<u32>,
    found_for: Option<Asked>,
    /// Grows whenever `found` changes.
    generation: u64,
    job: Option<Job>,
    waits: bool,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").field("found", &self.found.len()).field("busy", &self.waits).finish_non_exhaustive()
    }
}

impl Drop for Finder {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Finder {
    /// Rows of the catalogue that were found last, in project order.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.found
    }

    /// Grows whenever the rows found change.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether the rows are still those of an earlier search.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.waits
    }

    /// Looks for the first `most` articles that hold all words of `words`, in titles by their keys, which may still be
    /// on their way, or in names. Cheap where nothing has changed; what was found stays until the answer is there.
    pub fn find(
        &mut self,
        catalogue: &Catalogue,
        words: &str,
        most: usize,
        titles: Option<Arc<TitleKeys>>,
        wake: &Wake,
    ) {
        let texts = catalogue.texts_revision();
        self.take();
        let asked = (words.to_owned(), texts);
        self.waits = self.found_for.as_ref() != Some(&asked);
        if !self.waits {
            self.stop();
            return;
        }
        if self.job.as_ref().is_some_and(|job| job.asked == asked) {
            return;
        }
        self.stop();
        let words = Word::all(words);
        if words.is_empty() {
            let first = (0..catalogue.len().min(most) as u32).collect();
            self.show(asked, first);
            return;
        }
        let names = self.names.ask(&Names(catalogue.clone()), &texts, Some(wake));
        let (Some(titles), Some(names)) = (titles, names) else { return };
        if titles.len() <= AT_ONCE {
            let rows = first_rows(&[titles, names], &words, most, &|| false);
            self.show(asked, rows);
            return;
        }
        let (sender, rows) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (wake, stopped) = (Arc::clone(wake), Arc::clone(&stop));
        let work = move || {
            let rows = first_rows(&[titles, names], &words, most, &|| stopped.load(Ordering::Relaxed));
            let _ = sender.send(rows);
            wake();
        };
        if std::thread::Builder::new().name("finder".to_owned()).spawn(work).is_ok() {
            self.job = Some(Job { asked, stop, rows });
        }
    }

    fn take(&mut self) {
        let Some(job) = &self.job else { return };
        match job.rows.try_recv() {
            Ok(rows) => {
                if let Some(job) = self.job.take() {
                    self.show(job.asked, rows);
                }
            }
            // Whoever asks next asks again.
            Err(TryRecvError::Disconnected) => self.job = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    fn show(&mut self, asked: Asked, rows: Vec<u32>) {
        self.found = rows;
        self.found_for = Some(asked);
        self.waits = false;
        self.generation += 1;
    }

    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }
}

/// The first rows of which one of the keys holds all words.
fn first_rows(keys: &[Arc<TitleKeys>], words: &[Word], most: usize, stop: &dyn Fn() -> bool) -> Vec<u32> {
    let count = keys.iter().map(|keys| keys.len()).min().unwrap_or_default();
    let mut found = Vec::new();
    let (mut tiers, mut best) = (Vec::new(), Vec::new());
    for from in (0..count).step_by(CHUNK) {
        if stop() || found.len() >= most {
            break;
        }
        let to = (from + CHUNK).min(count);
        best.clear();
        best.resize(to - from, Tier::None);
        for keys in keys {
            keys.tiers(from, to, words, &mut tiers);
            best.iter_mut().zip(&tiers).for_each(|(best, tier)| *best = (*best).max(*tier));
        }
        let hits = best.iter().enumerate().filter(|(_, tier)| **tier != Tier::None);
        found.extend(hits.map(|(at, _)| (from + at) as u32));
    }
    found.truncate(most);
    found
}
