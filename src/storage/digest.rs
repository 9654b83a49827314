//! What is remembered of a file of annotation sets, so that the file need not be read to list articles, to find what
//! refers to a thing, or to know which names occur.
//!
//! Everything here is a function of the file's bytes and kept in `.cache/` under their hash: it may be deleted at any
//! time, and what does not prove itself is made again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::hash::hash_parts;
use super::records::Standing;
use super::{Store, atomic};
use crate::edit::{Content, Place, references, references_of_set};
use crate::model::{AnnotationSet, ArticleId, AttributeValue, Entity, LabelId, Mention, Status};
use crate::text::{FoldLevel, fold_key};

/// Changes whenever the shape of what is kept, or how it is found, changes.
const SHAPE: &str = "hashiya digest 2";

/// Digests are not read beyond this.
const LIMIT_BYTES: u64 = 256 * 1024 * 1024;

/// What lists show of one annotator's work on one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetSummary {
    /// How far it has come.
    pub status: Status,
    /// Marked for the team.
    pub flagged: bool,
    /// Has a note.
    pub noted: bool,
    /// Number of mentions.
    pub mentions: u32,
    /// Number of claims.
    pub claims: u32,
    /// Number of stances.
    pub stances: u32,
    /// Labels of mentions with how often each stands, in order.
    pub labels: Vec<(LabelId, u32)>,
}

impl SetSummary {
    /// Of a set in memory.
    #[must_use]
    pub fn of(set: &AnnotationSet) -> Self {
        let mut labels: BTreeMap<&LabelId, u32> = BTreeMap::new();
        for mention in set.mentions.values() {
            *labels.entry(&mention.label).or_default() += 1;
        }
        Self {
            status: set.status,
            flagged: set.flagged,
            noted: !set.note.is_empty(),
            mentions: count(set.mentions.len()),
            claims: count(set.claims.len()),
            stances: count(set.stances.len()),
            labels: labels.into_iter().map(|(label, number)| (label.clone(), number)).collect(),
        }
    }

    /// Of the values of an article's places.
    pub(super) fn of_places(places: &BTreeMap<Place, Standing>) -> Self {
        let mut summary = Self::default();
        let mut labels: BTreeMap<&LabelId, u32> = BTreeMap::new();
        for value in places.values().filter_map(|standing| standing.value.as_ref()) {
            match value {
                Content::Mention(mention) => {
                    summary.mentions += 1;
                    *labels.entry(&mention.label).or_default() += 1;
                }
                Content::Claim(_) => summary.claims += 1,
                Content::Stance(_) => summary.stances += 1,
                Content::Status(value) => summary.status = value.status,
                Content::Note(_) => summary.noted = true,
                Content::Marked => summary.flagged = true,
                _ => {}
            }
        }
        summary.labels = labels.into_iter().map(|(label, number)| (label.clone(), number)).collect();
        summary
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What is remembered of one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Digest {
    /// Labels that occur, each once.
    labels: Vec<LabelId>,
    /// The articles in the order of the file.
    pub(super) articles: Vec<Digested>,
    /// Hashed things outside their article that sets refer to, by the ids that the file writes, with the article's place
    /// above. Sorted.
    referred: Vec<(u32, u32)>,
}

/// One set of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Digested {
    pub(super) article: ArticleId,
    /// First byte and length of the set in the file; no length where the file is of another shape than ours.
    pub(super) start: u64,
    pub(super) len: u64,
    status: Status,
    flagged: bool,
    noted: bool,
    mentions: u32,
    claims: u32,
    stances: u32,
    labels: Vec<(u32, u32)>,
}

/// The names that occur in a file: the folded form, how many mentions bear it, and how many of them are places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct FileForms(pub(super) Vec<(String, u32, u32)>);

/// Collects what is remembered of a file, set by set.
#[derive(Debug, Default)]
pub(super) struct DigestBuilder {
    digest: Digest,
    idx_from_label: BTreeMap<LabelId, u32>,
}

impl DigestBuilder {
    /// Adds a set that stands at these bytes of the file.
    pub(super) fn add(&mut self, article: &ArticleId, start: u64, len: u64, places: &BTreeMap<Place, Standing>) {
        self.add_summary(article, start, len, &SetSummary::of_places(places));
        for (place, standing) in places {
            if let Some(value) = &standing.value {
                self.add_references(article, references(place, value));
            }
        }
    }

    /// Adds a set whose bytes are told later, by [`Self::stand`].
    fn add_set(&mut self, article: &ArticleId, set: &AnnotationSet) {
        self.add_summary(article, 0, 0, &SetSummary::of(set));
        self.add_references(article, references_of_set(article, set));
    }

    /// Tells at which bytes the sets stand, in order.
    fn stand(&mut self, places: &[(usize, usize)]) {
        for (digested, (start, len)) in self.digest.articles.iter_mut().zip(places) {
            (digested.start, digested.len) = (*start as u64, *len as u64);
        }
    }

    fn add_summary(&mut self, article: &ArticleId, start: u64, len: u64, summary: &SetSummary) {
        let labels = summary.labels.iter().map(|(label, number)| (self.label(label), *number)).collect();
        self.digest.articles.push(Digested {
            article: article.clone(),
            start,
            len,
            status: summary.status,
            flagged: summary.flagged,
            noted: summary.noted,
            mentions: summary.mentions,
            claims: summary.claims,
            stances: summary.stances,
            labels,
        });
    }

    /// Adds what the set added last refers to.
    fn add_references(&mut self, article: &ArticleId, referred: Vec<Place>) {
        let idx = count(self.digest.articles.len().saturating_sub(1));
        let outside = referred.into_iter().filter(|referred| referred.article() != Some(article));
        self.digest.referred.extend(outside.map(|referred| (key_of(&referred), idx)));
    }

    /// Adds a set that stands in another file as well, at other bytes.
    pub(super) fn add_known(&mut self, from: &Digest, from_idx: usize, start: u64, len: u64) {
        let Some(known) = from.articles.get(from_idx) else { return };
        let idx = count(self.digest.articles.len());
        let labels =
            known.labels.iter().filter_map(|(label, number)| Some((from.labels.get(*label as usize)?, number)));
        let labels = labels.map(|(label, number)| (self.label(label), *number)).collect();
        self.digest.articles.push(Digested { start, len, labels, ..known.clone() });
        let from_idx = count(from_idx);
        let here = from.referred.iter().filter(|(_, of)| *of == from_idx);
        self.digest.referred.extend(here.map(|(key, _)| (*key, idx)));
    }

    fn label(&mut self, label: &LabelId) -> u32 {
        if let Some(idx) = self.idx_from_label.get(label) {
            return *idx;
        }
        let idx = count(self.digest.labels.len());
        self.digest.labels.push(label.clone());
        self.idx_from_label.insert(label.clone(), idx);
        idx
    }

    pub(super) fn finish(mut self) -> Digest {
        self.digest.referred.sort_unstable();
        self.digest.referred.dedup();
        self.digest
    }
}

impl Digest {
    /// What lists show of a set.
    pub(super) fn summary(&self, idx: usize) -> SetSummary {
        let Some(known) = self.articles.get(idx) else { return SetSummary::default() };
        let labels =
            known.labels.iter().filter_map(|(label, number)| Some((self.labels.get(*label as usize)?, number)));
        let mut labels: Vec<(LabelId, u32)> = labels.map(|(label, number)| (label.clone(), *number)).collect();
        labels.sort();
        SetSummary {
            status: known.status,
            flagged: known.flagged,
            noted: known.noted,
            mentions: known.mentions,
            claims: known.claims,
            stances: known.stances,
            labels,
        }
    }

    /// Places of the articles whose sets may refer to the thing: all that do, and by chance others.
    pub(super) fn may_refer(&self, place: &Place) -> impl Iterator<Item = usize> + '_ {
        let key = key_of(place);
        let first = self.referred.partition_point(|(known, _)| *known < key);
        let from = self.referred.get(first..).unwrap_or_default();
        from.iter().take_while(move |(known, _)| *known == key).map(|(_, idx)| *idx as usize)
    }
}

/// A short hash of a thing that sets can refer to.
fn key_of(place: &Place) -> u32 {
    let (kind, article, id) = match place {
        Place::Mention(article, id) => ("m", article.as_str(), id.as_str()),
        Place::Claim(article, id) => ("c", article.as_str(), id.as_str()),
        Place::Stance(article, id) => ("s", article.as_str(), id.as_str()),
        Place::Entity(id) => ("e", "", id.as_str()),
        Place::Cluster(id) => ("k", "", id.as_str()),
        Place::Topic(id) => ("t", "", id.as_str()),
        _ => ("", "", ""),
    };
    let hash = blake3::hash(&[kind, "\0", article, "\0", id].concat().into_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The folded forms that a mention makes known, each with whether it names a place or a group of people.
#[must_use]
pub fn forms_of_mention(mention: &Mention) -> Vec<(String, bool)> {
    let is_place = is_place_or_norp(&mention.label);
    let quote = (!mention.spans.is_discontinuous()).then_some(mention.quote.as_str());
    let norm = match mention.attributes.get("norm") {
        Some(AttributeValue::Text(norm)) => Some(norm.as_str()),
        _ => None,
    };
    folded(quote.into_iter().chain(norm), is_place)
}

/// The folded forms that an entity makes known.
#[must_use]
pub fn forms_of_entity(entity: &Entity) -> Vec<(String, bool)> {
    let is_place = entity.kind.as_ref().is_some_and(is_place_or_norp);
    folded(entity.name.values().chain(&entity.aliases).map(String::as_str), is_place)
}

fn folded<'a>(forms: impl Iterator<Item = &'a str>, is_place: bool) -> Vec<(String, bool)> {
    let forms = forms.map(|form| fold_key(form, FoldLevel::F1)).filter(|form| !form.is_empty());
    forms.map(|form| (form, is_place)).collect()
}

fn is_place_or_norp(label: &LabelId) -> bool {
    matches!(label.as_str(), "GPE" | "LOC" | "NORP")
}

/// Adds up the names of a file, set by set.
#[derive(Debug, Default)]
pub(super) struct FormsBuilder(BTreeMap<String, (u32, u32)>);

impl FormsBuilder {
    pub(super) fn add(&mut self, places: &BTreeMap<Place, Standing>) {
        for standing in places.values() {
            if let Some(Content::Mention(mention)) = &standing.value {
                self.add_mention(mention);
            }
        }
    }

    fn add_mention(&mut self, mention: &Mention) {
        for (form, is_place) in forms_of_mention(mention) {
            let (all, of_places) = self.0.entry(form).or_default();
            *all += 1;
            *of_places += u32::from(is_place);
        }
    }

    pub(super) fn finish(self) -> FileForms {
        FileForms(self.0.into_iter().map(|(form, (all, places))| (form, all, places)).collect())
    }
}

/// The name under which things about a file are kept.
pub(super) fn key(file_hash: &str) -> String {
    hash_parts(&[SHAPE.as_bytes(), b"\0", file_hash.as_bytes()])
}

fn path(store: &Store, key: &str, kind: &str) -> PathBuf {
    store.root().join(".cache").join("sets").join(format!("{key}.{kind}"))
}

/// What is kept under a key, if it proves itself.
fn load<T: DeserializeOwned>(store: &Store, key: &str, kind: &str) -> Option<T> {
    let bytes = atomic::read_limited(store.fs(), &path(store, key, kind), LIMIT_BYTES).ok()?;
    let (body, seal) = bytes.split_at_checked(bytes.len().checked_sub(super::HASH_LEN)?)?;
    (super::hash_hex(body).as_bytes() == seal).then_some(())?;
    postcard::from_bytes(body).ok()
}

/// Keeps a value. What cannot be written is made again when it is needed.
fn keep<T: Serialize>(store: &Store, key: &str, kind: &str, value: &T) {
    let Ok(mut bytes) = postcard::to_stdvec(value) else { return };
    let seal = super::hash_hex(&bytes);
    bytes.extend_from_slice(seal.as_bytes());
    let path = path(store, key, kind);
    let folder = path.parent().unwrap_or(&path);
    // A project that was moved away must not be half there again.
    if store.fs().metadata(&store.root().join("project.ron")).is_err() {
        return;
    }
    // Neither the order of these steps nor what becomes of them matters: a digest proves itself.
    if store.fs().metadata(folder).is_err() && store.fs().create_dir_all(folder).is_err() {
        return;
    }
    let _ = atomic::replace_unsynced(store.fs(), &path, &bytes);
}

pub(super) fn load_digest(store: &Store, key: &str) -> Option<Arc<Digest>> {
    load(store, key, "digest").map(Arc::new)
}

pub(super) fn keep_digest(store: &Store, key: &str, digest: &Digest) {
    keep(store, key, "digest", digest);
}

pub(super) fn load_forms(store: &Store, key: &str) -> Option<FileForms> {
    load(store, key, "forms")
}

pub(super) fn keep_forms(store: &Store, key: &str, forms: &FileForms) {
    keep(store, key, "forms", forms);
}

/// What is remembered of a file whose sets are at hand.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    digest: DigestBuilder,
    forms: FormsBuilder,
}

impl Remembered {
    /// Adds a set that was read from these bytes of the file.
    pub(super) fn add_places(
        &mut self,
        article: &ArticleId,
        start: usize,
        len: usize,
        places: &BTreeMap<Place, Standing>,
    ) {
        self.digest.add(article, start as u64, len as u64, places);
        self.forms.add(places);
    }

    /// Adds the next set of a file that is about to be written.
    pub(super) fn add(&mut self, article: &ArticleId, set: &AnnotationSet) {
        self.digest.add_set(article, set);
        set.mentions.values().for_each(|mention| self.forms.add_mention(mention));
    }

    /// Tells first byte and length of each set in the file.
    pub(super) fn stand(&mut self, places: &[(usize, usize)]) {
        self.digest.stand(places);
    }

    /// Keeps it for the file of this hash.
    pub(super) fn keep(self, store: &Store, file_hash: &str) -> Digest {
        let (key, digest) = (key(file_hash), self.digest.finish());
        keep_digest(store, &key, &digest);
        keep_forms(store, &key, &self.forms.finish());
        digest
    }
}

/// Forgets what was kept of a file that is no more.
pub(super) fn forget(store: &Store, key: &str) {
    for kind in ["digest", "forms"] {
        // Left over, it would only be litter.
        let _ = store.fs().remove_file(&path(store, key, kind));
    }
}
