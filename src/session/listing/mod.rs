//! What the list of articles shows: filter, order, and finding in titles, at a million rows.
//!
//! A [`Listing`] keeps the rows of the last [`Query`] until the query or the catalogue changes. Few rows are looked at
//! at once; many on a thread of their own, and what was shown stays until the answer is there. After a small change
//! only the rows that changed are looked at.

mod assigned;
mod evaluate;
mod finder;
mod groups;
mod kept;
mod outlets;
mod query;
mod titles;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

pub use assigned::Mine;
pub use evaluate::{Counts, Facets, Listed};
pub use finder::Finder;
pub use groups::{Groups, find_groups, recall_groups};
pub use query::{Query, STATUSES, SortKey, is_done, is_open, packed_date};
pub use titles::{Tier, TitleKeys};

use assigned::Assigned;
use evaluate::Aids;
use kept::{Kept, Made};
use outlets::OutletRanks;

use super::Catalogue;
use crate::model::{AnnotatorId, ArticleId, Status};

/// Up to so many rows are looked at in the frame that asks; four milliseconds are not reached by far.
const AT_ONCE: usize = 16_384;
/// Up to so many changed rows are mended one by one.
const FEW: usize = 64;

/// What filters and orders look at.
#[derive(Clone, Copy, Debug)]
pub struct RowFacts<'a> {
    /// Publisher, or empty.
    pub outlet: &'a str,
    /// ISO date, or empty.
    pub date: &'a str,
    /// BCP 47, or empty.
    pub language: &'a str,
    /// The status as it is shown: new articles with work are in progress.
    pub status: Status,
    /// Whether it is marked.
    pub flagged: bool,
    /// Whether a region is left out.
    pub noisy: bool,
    /// Labels of the own mentions, as bits over the scheme's labels.
    pub labels: u64,
    /// Own mentions.
    pub mentions: u32,
    /// Own claims.
    pub claims: u32,
    /// Own stances.
    pub stances: u32,
}

/// Rows that can be listed. The catalogue is the one implementation outside tests.
pub trait Rows: Send + Sync {
    /// How many rows there are.
    fn count(&self) -> usize;
    /// The facts of a row; empty ones beyond the last.
    fn facts(&self, row: usize) -> RowFacts<'_>;
    /// The title of a row, or else its name.
    fn heading(&self, row: usize) -> &str;
    /// The article.
    fn article(&self, row: usize) -> ArticleId;
    /// Whether somebody else has begun with an article.
    fn has_work(&self, row: usize, annotator: &AnnotatorId) -> bool;
}

/// The status as it is shown: work that has begun is seen, without a change of its own that undo would meet.
#[must_use]
pub fn status_shown(status: Status, mentions: u32, claims: u32, stances: u32) -> Status {
    if status == Status::New && (mentions | claims | stances) > 0 { Status::InProgress } else { status }
}

impl Rows for Catalogue {
    fn count(&self) -> usize {
        self.len()
    }

    fn facts(&self, row: usize) -> RowFacts<'_> {
        let Some(row) = self.row(row) else { return NOTHING };
        RowFacts {
            outlet: row.outlet,
            date: row.date,
            language: row.language,
            status: status_shown(row.status, row.mentions, row.claims, row.stances),
            flagged: row.flagged,
            noisy: row.noisy,
            labels: row.labels,
            mentions: row.mentions,
            claims: row.claims,
            stances: row.stances,
        }
    }

    fn heading(&self, row: usize) -> &str {
        self.row(row).map_or("", |row| if row.title.is_empty() { row.name } else { row.title })
    }

    fn article(&self, row: usize) -> ArticleId {
        self.row(row).map_or_else(|| ArticleId::new(""), |row| row.id())
    }

    fn has_work(&self, row: usize, annotator: &AnnotatorId) -> bool {
        self.others(row).any(|(other, ..)| other == annotator)
    }
}

const NOTHING: RowFacts<'static> = RowFacts {
    outlet: "",
    date: "",
    language: "",
    status: Status::New,
    flagged: false,
    noisy: false,
    labels: 0,
    mentions: 0,
    claims: 0,
    stances: 0,
};

/// What was asked for; equal questions have equal answers.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    query: Query,
    revision: u64,
    texts: u64,
    mine: Option<Mine>,
    groups: u64,
    unfolded: Arc<BTreeSet<u32>>,
}

impl Asked {
    fn needs_titles(&self) -> bool {
        !self.query.find.trim().is_empty() || self.query.sort == SortKey::Title
    }

    fn needs_outlets(&self) -> bool {
        self.query.sort == SortKey::Outlet
    }

    /// What the own annotator's bits are made of, where they are needed.
    fn assigned_key(&self) -> Option<(u64, Mine)> {
        self.mine.clone().map(|mine| (self.texts, mine))
    }

    fn differs_in_rows_only(&self, other: &Self) -> bool {
        *self == Self { revision: self.revision, ..other.clone() }
    }
}

struct Job {
    asked: Asked,
    stop: Arc<AtomicBool>,
    answer: Receiver<Option<Listed>>,
}

/// Wakes whoever shows the list when an answer is there.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The rows that are shown, and how they are kept right.
#[derive(Default)]
pub struct Listing {
    shown: Listed,
    shown_for: Option<Asked>,
    /// Grows whenever `shown` changes.
    generation: u64,
    job: Option<Job>,
    titles: Kept<TitleKeys>,
    outlets: Kept<OutletRanks>,
    assigned: Kept<Assigned>,
    facets: Kept<Facets>,
    /// The question waits for something that is being made.
    waits: bool,
    groups: Option<(u64, Arc<Groups>)>,
    /// The revision of the articles that the groups are about, and how often there were new ones.
    groups_of: (u64, u64),
    unfolded: Arc<BTreeSet<u32>>,
    /// The row that was looked for last, and where it stood.
    place: Option<(u64, u32, Option<usize>)>,
    wake: Option<Wake>,
}

impl std::fmt::Debug for Listing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listing")
            .field("rows", &self.shown.rows.len())
            .field("generation", &self.generation)
            .field("busy", &self.is_busy())
            .finish_non_exhaustive()
    }
}

impl Listing {
    /// Says how to wake whoever shows the list.
    pub fn set_wake(&mut self, wake: impl FnOnce() -> Wake) {
        self.wake.get_or_insert_with(wake);
    }

    /// Rows of the catalogue in the order in which they are shown.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.shown.rows
    }

    /// How many articles there are of each kind, whatever the filter.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shown.counts
    }

    /// Rows with the same text as this one that stand behind it.
    #[must_use]
    pub fn behind(&self, row: u32) -> &[u32] {
        self.shown.behind.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Whether the rows behind this one are shown after it.
    #[must_use]
    pub fn is_unfolded(&self, row: u32) -> bool {
        self.unfolded.contains(&row)
    }

    /// Shows or hides the rows behind this one.
    pub fn unfold(&mut self, row: u32) {
        let unfolded = Arc::make_mut(&mut self.unfolded);
        if !unfolded.remove(&row) {
            unfolded.insert(row);
        }
    }

    /// Takes in which texts are equal or nearly so, as they were found at this [`Catalogue::articles_revision`].
    pub fn set_groups(&mut self, groups: Arc<Groups>, articles: u64) {
        let number = self.groups_of.1 + 1;
        self.groups_of = (articles, number);
        self.groups = Some((number, groups));
    }

    /// Which texts are equal or nearly so, if that is known.
    #[must_use]
    pub fn groups(&self) -> Option<&Arc<Groups>> {
        self.groups.as_ref().map(|(_, groups)| groups)
    }

    /// Grows whenever the rows shown change.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether an answer is on the way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || self.waits || self.facets.is_busy() || self.titles.is_busy()
    }

    /// Where a row of the catalogue stands in the list.
    pub fn place_of(&mut self, row: usize) -> Option<usize> {
        let row = row as u32;
        if let Some((generation, of, place)) = self.place
            && generation == self.generation
            && of == row
        {
            return place;
        }
        let place = self.shown.rows.iter().position(|other| *other == row);
        self.place = Some((self.generation, row, place));
        place
    }

    /// Brings the rows up to date with `query` and the catalogue, or begins to. Cheap where nothing has changed.
    pub fn update(&mut self, catalogue: &Catalogue, query: &Query, mine: Option<&Mine>) {
        self.take_answer();
        self.facets.take();
        self.titles.take();
        self.waits = false;
        if self.groups_of.0 != catalogue.articles_revision() {
            // Rows have other numbers now.
            self.groups = None;
            self.unfolded = Arc::default();
        }
        let asked = Asked {
            query: query.clone(),
            revision: catalogue.revision(),
            texts: catalogue.texts_revision(),
            mine: mine.filter(|_| query.mine).cloned(),
            groups: self.groups.as_ref().map_or(0, |(number, _)| *number),
            unfolded: Arc::clone(&self.unfolded),
        };
        if self.shown_for.as_ref() == Some(&asked) {
            // Somebody changed their mind and back.
            self.stop();
            self.prepare(catalogue, mine);
            return;
        }
        if self.mend(catalogue, &asked) {
            return;
        }
        if let Some(job) = &self.job {
            // A few changed rows are mended once the answer is there.
            if job.asked.differs_in_rows_only(&asked) {
                return;
            }
            self.stop();
        }
        self.ask(catalogue, asked);
    }

    /// As [`Listing::update`], but waits for the answer: for commands and tests.
    pub fn update_now(&mut self, catalogue: &Catalogue, query: &Query, mine: Option<&Mine>) {
        self.update(catalogue, query, mine);
        while self.job.is_some() || self.waits {
            self.titles.wait();
            self.outlets.wait();
            if self.waits && query.mine {
                self.assigned.wait();
            }
            if let Some(job) = self.job.take()
                && let Ok(answer) = job.answer.recv()
            {
                self.accept(job.asked, answer);
            }
            self.update(catalogue, query, mine);
        }
    }

    /// The keys of all titles; begins to make them where that has not been done.
    pub fn title_keys(&mut self, catalogue: &Catalogue) -> Option<Arc<TitleKeys>> {
        self.titles.ask(catalogue, &catalogue.texts_revision(), self.wake.as_ref())
    }

    /// The values that filters can choose from; begins to collect them where they are not known.
    pub fn facets(&mut self, catalogue: &Catalogue) -> Option<Arc<Facets>> {
        self.facets.ask(catalogue, &catalogue.texts_revision(), self.wake.as_ref())
    }

    /// While nothing else is asked: begins to work out what the plan gives to the own annotator, so that choosing it
    /// answers at once.
    fn prepare(&mut self, catalogue: &Catalogue, mine: Option<&Mine>) {
        if let Some(mine) = mine.filter(|_| catalogue.len() > Assigned::AT_ONCE) {
            self.assigned.ask(catalogue, &(catalogue.texts_revision(), mine.clone()), self.wake.as_ref());
        }
    }

    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }

    fn take_answer(&mut self) {
        let Some(job) = &self.job else { return };
        match job.answer.try_recv() {
            Ok(answer) => {
                if let Some(job) = self.job.take() {
                    self.accept(job.asked, answer);
                }
            }
            // Whoever asks next asks again.
            Err(TryRecvError::Disconnected) => self.job = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    fn accept(&mut self, asked: Asked, listed: Option<Listed>) {
        if let Some(listed) = listed {
            self.shown = listed;
            self.shown_for = Some(asked);
            self.generation += 1;
        }
    }

    /// What a question needs, as far as it is here and still right; `None` where something is not.
    fn aids(&self, asked: &Asked) -> Option<Aids> {
        let titles = self.titles.get(&asked.texts).filter(|_| asked.needs_titles());
        let outlets = self.outlets.get(&asked.texts).filter(|_| asked.needs_outlets());
        let key = asked.assigned_key();
        let mine = key.as_ref().and_then(|key| self.assigned.get(key));
        let is_whole = titles.is_some() == asked.needs_titles()
            && outlets.is_some() == asked.needs_outlets()
            && mine.is_some() == key.is_some();
        is_whole.then(|| Aids {
            titles,
            outlets,
            mine,
            groups: self.groups.as_ref().map(|(_, groups)| Arc::clone(groups)),
            unfolded: Arc::clone(&asked.unfolded),
        })
    }

    /// Begins to make what a question needs.
    fn ask_for_aids(&mut self, catalogue: &Catalogue, asked: &Asked) {
        let wake = self.wake.as_ref();
        if asked.needs_titles() {
            self.titles.ask(catalogue, &asked.texts, wake);
            self.waits |= self.titles.is_busy();
        }
        if asked.needs_outlets() {
            self.outlets.ask(catalogue, &asked.texts, wake);
            self.waits |= self.outlets.is_busy();
        }
        if let Some(key) = asked.assigned_key() {
            self.assigned.ask(catalogue, &key, wake);
            self.waits |= self.assigned.is_busy();
        }
    }

    /// Where only a few rows have changed since, looks at these alone.
    fn mend(&mut self, catalogue: &Catalogue, asked: &Asked) -> bool {
        let Some(before) = &self.shown_for else { return false };
        if !before.differs_in_rows_only(asked) {
            return false;
        }
        let Some(changed) = catalogue.changed_since(before.revision).filter(|changed| changed.len() <= FEW) else {
            return false;
        };
        let Some(aids) = self.aids(asked) else { return false };
        if !evaluate::mend(&mut self.shown, catalogue, &asked.query, &aids, &changed) {
            return false;
        }
        self.stop();
        self.shown_for = Some(asked.clone());
        self.generation += 1;
        true
    }

    fn ask(&mut self, catalogue: &Catalogue, asked: Asked) {
        self.ask_for_aids(catalogue, &asked);
        // Asked again once everything is there.
        let Some(aids) = self.aids(&asked) else { return };
        if catalogue.len() <= AT_ONCE {
            let listed = evaluate::evaluate(catalogue, &asked.query, &aids, &|| false);
            self.accept(asked, listed);
            return;
        }
        let (sender, receiver) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (rows, query, wake, stopped) =
            (catalogue.clone(), asked.query.clone(), self.wake.clone(), Arc::clone(&stop));
        let work = move || {
            let answer = evaluate::evaluate(&rows, &query, &aids, &|| stopped.load(Ordering::Relaxed));
            // The snapshot goes before anybody changes the catalogue again.
            drop(rows);
            let _ = sender.send(answer);
            if let Some(wake) = wake {
                wake();
            }
        };
        if std::thread::Builder::new().name("listing".to_owned()).spawn(work).is_ok() {
            self.job = Some(Job { asked, stop, answer: receiver });
        }
    }
}

#[cfg(test)]
mod tests;
