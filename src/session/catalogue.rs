//! The list of articles as the window and commands see it: what imports say with corrections laid over, the own progress,
//! and that of others. Columns, so that a million rows cost what they hold; looking costs nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::edit::{ArticleFact, FactKind, State};
use crate::model::{AnnotationSet, AnnotatorId, ArticleId, Direction, LabelId, Scheme, Status};
use crate::storage::{ArticleEntry, Articles, SetSummary, is_noisy};

/// Labels of a scheme as bits: bit `n` is the scheme's label number `n`, the last bit every other label.
pub type LabelBits = u64;

/// The bit for labels that the scheme does not have, or has beyond the 63rd.
pub const OTHER_LABELS: LabelBits = 1 << 63;

/// The bit of a label.
#[must_use]
pub fn label_bit(scheme: &Scheme, label: &LabelId) -> LabelBits {
    let at = scheme.labels.iter().position(|known| known.id == *label).filter(|at| *at < 63);
    at.map_or(OTHER_LABELS, |at| 1 << at)
}

/// One line of the catalogue: what a list of articles shows, without loading texts. What the import says of the article,
/// corrections laid over it, is read through it: `row.title`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleRow<'a> {
    entry: ArticleEntry<'a>,
    /// How far the annotator's work has come.
    pub status: Status,
    /// Whether it is marked for the team.
    pub flagged: bool,
    /// Whether it has a note.
    pub noted: bool,
    /// Number of mentions.
    pub mentions: u32,
    /// Number of claims.
    pub claims: u32,
    /// Number of stances.
    pub stances: u32,
    /// Labels of the mentions.
    pub labels: LabelBits,
}

impl<'a> std::ops::Deref for ArticleRow<'a> {
    type Target = ArticleEntry<'a>;

    fn deref(&self) -> &Self::Target {
        &self.entry
    }
}

/// What stands in place of an import's facts.
#[derive(Clone, Debug, Default, PartialEq)]
struct Corrected {
    title: Option<Box<str>>,
    outlet: Option<Box<str>>,
    date: Option<Box<str>>,
    language: Option<Box<str>>,
    direction: Option<Direction>,
    noisy: Option<bool>,
}

/// The columns of the own progress.
#[derive(Clone, Debug, Default, PartialEq)]
struct Progress {
    status: Vec<Status>,
    flags: Vec<u8>,
    counts: Vec<[u32; 3]>,
    labels: Vec<LabelBits>,
}

const FLAGGED: u8 = 1;
const NOTED: u8 = 2;

/// How far somebody has come with one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ArticleProgress {
    pub status: Status,
    pub flagged: bool,
    pub noted: bool,
    pub counts: [u32; 3],
    pub labels: LabelBits,
}

impl ArticleProgress {
    /// What is known of a set that is not in memory.
    pub fn from_summary(summary: &SetSummary, scheme: &Scheme) -> Self {
        Self {
            status: summary.status,
            flagged: summary.flagged,
            noted: summary.noted,
            counts: [summary.mentions, summary.claims, summary.stances],
            labels: summary.labels.iter().fold(0, |bits, (label, _)| bits | label_bit(scheme, label)),
        }
    }

    /// What a set says.
    pub fn of(set: &AnnotationSet, scheme: &Scheme) -> Self {
        let labels = set.mentions.values().fold(0, |bits, mention| bits | label_bit(scheme, &mention.label));
        Self {
            status: set.status,
            flagged: set.flagged,
            noted: !set.note.is_empty(),
            counts: [set.mentions.len() as u32, set.claims.len() as u32, set.stances.len() as u32],
            labels,
        }
    }
}

/// Status and mentions of one annotator, by place.
type ProgressOfOther = BTreeMap<usize, (Status, u32)>;

/// So many changes of rows are known one by one.
const KNOWN_CHANGES: usize = 1024;

/// The articles of a project. Cheap to look at in every frame, and to clone: a clone shares everything until one of the
/// two changes.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    articles: Arc<Articles>,
    corrected: Arc<BTreeMap<usize, Corrected>>,
    own: Arc<Progress>,
    /// Everybody else.
    others: Arc<BTreeMap<AnnotatorId, ProgressOfOther>>,
    revision: u64,
    /// The revision at which titles, publishers, dates or languages changed last, or articles came or went.
    texts: u64,
    /// The revision at which articles came or went last.
    order: u64,
    /// The last changes of rows: at which revision, which row.
    changes: VecDeque<(u64, u32)>,
    /// The revision from which on `changes` is complete.
    known_from: u64,
}

impl Catalogue {
    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// A number that changes with every change of a row.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The revision at which titles or other facts changed last, or articles came or went.
    #[must_use]
    pub const fn texts_revision(&self) -> u64 {
        self.texts
    }

    /// The revision at which articles came or went last; until then each article keeps its place.
    #[must_use]
    pub const fn articles_revision(&self) -> u64 {
        self.order
    }

    /// The places of the rows that have changed since a revision; none where that is too long ago to be known.
    #[must_use]
    pub fn changed_since(&self, revision: u64) -> Option<Vec<u32>> {
        if revision < self.known_from || revision > self.revision {
            return None;
        }
        let newer = self.changes.iter().rev().take_while(|(at, _)| *at > revision);
        let mut rows: Vec<u32> = newer.map(|(_, row)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }

    /// Notes that a row has changed.
    fn note_change(&mut self, idx: usize) {
        self.revision += 1;
        self.changes.push_back((self.revision, idx as u32));
        if self.changes.len() > KNOWN_CHANGES
            && let Some((revision, _)) = self.changes.pop_front()
        {
            self.known_from = revision;
        }
    }

    /// Forgets which rows have changed: all may have.
    fn all_changed(&mut self) {
        self.revision += 1;
        (self.texts, self.order, self.known_from) = (self.revision, self.revision, self.revision);
        self.changes.clear();
    }

    /// The row at a place in project order.
    #[must_use]
    pub fn row(&self, idx: usize) -> Option<ArticleRow<'_>> {
        self.articles.get(idx).map(|entry| self.row_from_entry(idx, entry))
    }

    /// All rows in project order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = ArticleRow<'_>> + DoubleEndedIterator {
        (0..self.len()).zip(self.articles.iter()).map(|(idx, entry)| self.row_from_entry(idx, entry))
    }

    /// The place of an article in project order.
    #[must_use]
    pub fn idx_of(&self, article: &ArticleId) -> Option<usize> {
        self.articles.idx_of(article)
    }

    /// Everybody else's progress with the article at a place, as far as they have begun: who, status, mentions.
    pub fn others(&self, idx: usize) -> impl Iterator<Item = (&AnnotatorId, Status, u32)> {
        self.others.iter().filter_map(move |(annotator, rows)| {
            let (status, mentions) = rows.get(&idx)?;
            Some((annotator, *status, *mentions))
        })
    }

    fn row_from_entry<'a>(&'a self, idx: usize, mut entry: ArticleEntry<'a>) -> ArticleRow<'a> {
        if let Some(corrected) = self.corrected.get(&idx) {
            let lay = |over: &'a Option<Box<str>>, under: &mut &'a str| *under = over.as_deref().unwrap_or(*under);
            lay(&corrected.title, &mut entry.title);
            lay(&corrected.outlet, &mut entry.outlet);
            lay(&corrected.date, &mut entry.date);
            lay(&corrected.language, &mut entry.language);
            entry.direction = corrected.direction.unwrap_or(entry.direction);
            entry.noisy = corrected.noisy.unwrap_or(entry.noisy);
        }
        let flags = self.own.flags.get(idx).copied().unwrap_or_default();
        let [mentions, claims, stances] = self.own.counts.get(idx).copied().unwrap_or_default();
        ArticleRow {
            entry,
            status: self.own.status.get(idx).copied().unwrap_or_default(),
            flagged: flags & FLAGGED != 0,
            noted: flags & NOTED != 0,
            mentions,
            claims,
            stances,
            labels: self.own.labels.get(idx).copied().unwrap_or_default(),
        }
    }
}

/// Keeping it in step.
impl Catalogue {
    /// What stands in the imports, under all corrections.
    pub(super) fn articles(&self) -> &Arc<Articles> {
        &self.articles
    }

    /// Takes articles in the place of those that were here; nobody has begun with any.
    pub(super) fn set_articles(&mut self, articles: Arc<Articles>) {
        let count = articles.len();
        self.own = Arc::new(Progress {
            status: vec![Status::New; count],
            flags: vec![0; count],
            counts: vec![[0; 3]; count],
            labels: vec![0; count],
        });
        self.articles = articles;
        self.corrected = Arc::default();
        self.others = Arc::default();
        self.all_changed();
    }

    /// Takes the place of an earlier catalogue: the revision goes on from there.
    pub(super) fn follow(&mut self, earlier: &Self) {
        self.revision = self.revision.max(earlier.revision);
        self.all_changed();
        if Arc::ptr_eq(&self.articles, &earlier.articles) {
            self.order = earlier.order;
            if self.corrected == earlier.corrected {
                self.texts = earlier.texts;
            }
        }
    }

    /// Lays the corrections of these articles over their rows.
    pub(super) fn correct<'a>(&mut self, articles: impl IntoIterator<Item = &'a ArticleId>, state: &State) {
        for article in articles {
            let Some(idx) = self.idx_of(article) else { continue };
            let corrected = corrected(article, state);
            if corrected == self.corrected.get(&idx).cloned().unwrap_or_default() {
                continue;
            }
            let all = Arc::make_mut(&mut self.corrected);
            if corrected == Corrected::default() {
                all.remove(&idx);
            } else {
                all.insert(idx, corrected);
            }
            self.note_change(idx);
            self.texts = self.revision;
        }
    }

    /// Sets the own progress with an article.
    pub(super) fn set_progress(&mut self, article: &ArticleId, progress: ArticleProgress) {
        let Some(idx) = self.idx_of(article) else { return };
        let ArticleProgress { status, flagged, noted, counts, labels } = progress;
        let flags = if flagged { FLAGGED } else { 0 } | if noted { NOTED } else { 0 };
        let own = Arc::make_mut(&mut self.own);
        if let (Some(status_slot), Some(flags_slot), Some(counts_slot), Some(labels_slot)) =
            (own.status.get_mut(idx), own.flags.get_mut(idx), own.counts.get_mut(idx), own.labels.get_mut(idx))
        {
            (*status_slot, *flags_slot, *counts_slot, *labels_slot) = (status, flags, counts, labels);
            self.note_change(idx);
        }
    }

    /// Sets somebody else's progress with an article.
    pub(super) fn set_progress_of(&mut self, annotator: &AnnotatorId, article: &ArticleId, progress: ArticleProgress) {
        let Some(idx) = self.idx_of(article) else { return };
        let rows = Arc::make_mut(&mut self.others).entry(annotator.clone()).or_default();
        if progress == ArticleProgress::default() {
            rows.remove(&idx);
        } else {
            rows.insert(idx, (progress.status, progress.counts.first().copied().unwrap_or_default()));
        }
        self.note_change(idx);
    }
}

fn corrected(article: &ArticleId, state: &State) -> Corrected {
    let mut corrected = Corrected::default();
    let Some(corrections) = state.corrections(article) else { return corrected };
    for (kind, fact) in &corrections.facts {
        let text = || match fact {
            ArticleFact::Text(text) => Some(text.as_str().into()),
            ArticleFact::Direction(_) => None,
        };
        match (kind, fact) {
            (FactKind::Title, _) => corrected.title = text(),
            (FactKind::Outlet, _) => corrected.outlet = text(),
            (FactKind::Date, _) => corrected.date = text(),
            (FactKind::Language, _) => corrected.language = text(),
            (FactKind::Direction, ArticleFact::Direction(direction)) => corrected.direction = Some(*direction),
            _ => {}
        }
    }
    if !corrections.regions.is_empty() {
        corrected.noisy = Some(is_noisy(&state.regions(article)));
    }
    corrected
}

/// The articles whose facts or regions are among these edited places: their imports' facts must be known.
pub(super) fn with_base<'a>(places: impl Iterator<Item = &'a crate::edit::Place>) -> BTreeSet<&'a ArticleId> {
    use crate::edit::Place;
    places.filter(|place| matches!(place, Place::Fact(..) | Place::Region(..))).filter_map(Place::article).collect()
}
