//! Annotation files: the state of an annotator in readable RON, with the line beside each value that an edit gave.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::digest::{Digest, DigestBuilder};
use super::records::Standing;
use super::{FORMAT, StoreError, ron};
use crate::edit::{Content, Place, StatusValue, fits};
use crate::model::{
    AnnotatorId, ArticleId, AttributeValue, Claim, ClaimCluster, Dismissal, Entity, ImportId, LineId, Mention, Profile,
    Stance, Topic, TopicId,
};

/// The file of everything that belongs to no article.
pub(super) const PEOPLE_FILE: &str = "entities.ron";

/// The file of articles that no import here holds.
pub(super) const UNPLACED_FILE: &str = "unplaced.ron";

/// A value with where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept<T> {
    /// The line that gave it; none for a base value of an import.
    line: Option<LineId>,
    /// Deleted, but still referred to.
    held: bool,
    value: T,
}

/// `<import>-00000.ron`: the sets of the articles of one shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetsFile {
    format: u32,
    annotator: AnnotatorId,
    sets: Vec<KeptSet>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptSet {
    article: ArticleId,
    status: Option<Kept<StatusValue>>,
    note: Option<Kept<String>>,
    flag: Option<Kept<bool>>,
    fields: BTreeMap<String, Kept<AttributeValue>>,
    mentions: Vec<Kept<Mention>>,
    claims: Vec<Kept<Claim>>,
    stances: Vec<Kept<Stance>>,
    // Came later: absent where there are none, so that files without are as they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    dismissed: Vec<Kept<Dismissal>>,
}

/// `entities.ron`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    format: u32,
    annotator: AnnotatorId,
    profile: Option<Kept<Profile>>,
    entities: Vec<Kept<Entity>>,
    clusters: Vec<Kept<ClaimCluster>>,
    topics: BTreeMap<TopicId, Kept<Topic>>,
    export_profiles: BTreeMap<String, Kept<String>>,
    registrations: Vec<Kept<ImportId>>,
    seen_clashes: Vec<Kept<(Place, LineId)>>,
}

/// Whether a file name is one of an annotator's annotation files.
pub(super) fn is_annotation_file(name: &str) -> bool {
    let is_shard = || {
        let Some((import, number)) = name.strip_suffix(".ron").and_then(|stem| stem.split_once('-')) else {
            return false;
        };
        super::is_hash(import) && number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    name == UNPLACED_FILE || is_people_file(name) || is_shard()
}

/// Whether a file of this name holds what belongs to no article.
pub(super) fn is_people_file(name: &str) -> bool {
    name.strip_suffix(".ron").is_some_and(|stem| stem.starts_with("entities"))
}

/// The bytes of `entities.ron` for these places.
pub(super) fn people_file(annotator: &AnnotatorId, places: &BTreeMap<Place, Standing>) -> Result<Vec<u8>, StoreError> {
    let mut people = PeopleFile::new(annotator.clone());
    for (place, standing) in places {
        let Some(value) = &standing.value else { continue };
        people.put(place, Kept { line: standing.line.clone(), held: standing.held, value: value.clone() });
    }
    Ok(ron::to_file("entities", &people)?.into_bytes())
}

/// The name of the annotation file for the articles of a shard.
pub(super) fn shard_file_name(home: Option<(&ImportId, u32)>) -> String {
    home.map_or_else(|| UNPLACED_FILE.to_owned(), |(import, shard)| format!("{import}-{shard:05}.ron"))
}

/// What stands before the sets of a file.
const BEFORE_SETS: &str = "  sets: [\n";
/// What stands after them.
const AFTER_SETS: &str = "  ],\n)\n";
/// How a set begins.
const SET_BEGIN: &str = "    (\n";
/// How a set ends.
const SET_END: &str = "\n    ),\n";

/// Writes one annotation file set by set; sets come in order of their articles. The bytes are those of writing the
/// whole file at once.
#[derive(Debug)]
pub(super) struct FileWriter {
    annotator: AnnotatorId,
    text: String,
    digest: DigestBuilder,
    is_empty: bool,
}

impl FileWriter {
    pub(super) fn new(annotator: &AnnotatorId) -> Result<Self, StoreError> {
        let file = SetsFile { format: FORMAT, annotator: annotator.clone(), sets: Vec::new() };
        let empty = ron::to_file("annotations", &file)?;
        let before = empty.find("  sets: ").and_then(|at| empty.get(..at)).unwrap_or_default();
        let text = format!("{before}{BEFORE_SETS}");
        Ok(Self { annotator: annotator.clone(), text, digest: DigestBuilder::default(), is_empty: true })
    }

    /// Adds the set of an article, if any of its places has a value.
    pub(super) fn add(&mut self, article: &ArticleId, places: &BTreeMap<Place, Standing>) -> Result<(), StoreError> {
        let mut set = KeptSet::new(article.clone());
        let mut is_empty = true;
        for (place, standing) in places {
            let Some(value) = &standing.value else { continue };
            is_empty = false;
            set.put(place, Kept { line: standing.line.clone(), held: standing.held, value: value.clone() });
        }
        if is_empty {
            return Ok(());
        }
        let file = SetsFile { format: FORMAT, annotator: self.annotator.clone(), sets: vec![set] };
        let whole = ron::to_file("annotations", &file)?;
        let cut = whole.find(BEFORE_SETS).and_then(|at| whole.get(at + BEFORE_SETS.len()..));
        let chunk = cut.and_then(|rest| rest.strip_suffix(AFTER_SETS)).unwrap_or_default();
        self.digest.add(article, self.text.len() as u64, chunk.len() as u64, places);
        self.text.push_str(chunk);
        self.is_empty = false;
        Ok(())
    }

    /// Adds a set as it stands in another file.
    pub(super) fn add_known(&mut self, chunk: &str, from: &Digest, idx: usize) {
        self.digest.add_known(from, idx, self.text.len() as u64, chunk.len() as u64);
        self.text.push_str(chunk);
        self.is_empty = false;
    }

    /// The bytes and what is remembered of them; none where no set was added.
    pub(super) fn finish(mut self) -> Option<(Vec<u8>, Digest)> {
        self.text.push_str(AFTER_SETS);
        (!self.is_empty).then(|| (self.text.into_bytes(), self.digest.finish()))
    }
}

/// Where the sets of a file stand: first byte and length, with the comma and the line's end. `None` where the file is
/// not of the shape that is written here; then it can only be read as a whole.
pub(super) fn split(text: &str) -> Option<Vec<(usize, usize)>> {
    let mut at = text.find(BEFORE_SETS)? + BEFORE_SETS.len();
    let mut found = Vec::new();
    while let Some(rest) = text.get(at..).filter(|rest| rest.starts_with(SET_BEGIN)) {
        let len = rest.find(SET_END)? + SET_END.len();
        found.push((at, len));
        at += len;
    }
    (text.get(at..)? == AFTER_SETS).then_some(found)
}

/// The file without its sets: what stands around them must be right as well.
pub(super) fn frame(text: &str) -> Option<String> {
    let before = text.find(BEFORE_SETS).and_then(|at| text.get(..at))?;
    Some(format!("{before}{BEFORE_SETS}{AFTER_SETS}"))
}

/// Whether the frame is that of an annotation file.
pub(super) fn is_frame(frame: &str) -> bool {
    ron::from_text::<SetsFile>(frame).is_ok()
}

/// The RON of one set, from where [`split`] says that it stands.
pub(super) fn set_text(text: &str, start: usize, len: usize) -> Option<&str> {
    text.get(start..start.checked_add(len)?)?.trim().strip_suffix(',')
}

/// Reads `entities.ron` into `places`. `None` where it is not one that this version would have written.
pub(super) fn read_people(path: &Path, bytes: &[u8], places: &mut BTreeMap<Place, Standing>) -> Option<()> {
    ron::from_file::<PeopleFile>(path, bytes).ok()?.spread(places)
}

/// Reads one set of an annotation file, as [`set_text`] gives it.
pub(super) fn read_set(text: &str) -> Option<(ArticleId, BTreeMap<Place, Standing>)> {
    ron::from_text::<KeptSet>(text).ok()?.places()
}

/// Reads all sets of an annotation file.
pub(super) fn read_sets(path: &Path, bytes: &[u8]) -> Option<Vec<(ArticleId, BTreeMap<Place, Standing>)>> {
    let file = ron::from_file::<SetsFile>(path, bytes).ok()?;
    file.sets.into_iter().map(KeptSet::places).collect()
}

impl<T> Kept<T> {
    fn with<U>(self, value: impl FnOnce(T) -> U) -> Kept<U> {
        Kept { line: self.line, held: self.held, value: value(self.value) }
    }
}

/// Takes the value out of one kind of content.
macro_rules! only {
    ($kept:expr, $kind:ident) => {{
        let Kept { line, held, value } = $kept;
        match value {
            Content::$kind(value) => Some(Kept { line, held, value }),
            _ => None,
        }
    }};
}

impl KeptSet {
    fn new(article: ArticleId) -> Self {
        Self {
            article,
            status: None,
            note: None,
            flag: None,
            fields: BTreeMap::new(),
            mentions: Vec::new(),
            claims: Vec::new(),
            stances: Vec::new(),
            dismissed: Vec::new(),
        }
    }

    /// Files a value; those of the wrong kind were refused when lines were read.
    fn put(&mut self, place: &Place, kept: Kept<Content>) {
        match place {
            Place::Mention(..) => self.mentions.extend(only!(kept, Mention).map(|kept| kept.with(|value| *value))),
            Place::Claim(..) => self.claims.extend(only!(kept, Claim).map(|kept| kept.with(|value| *value))),
            Place::Stance(..) => self.stances.extend(only!(kept, Stance).map(|kept| kept.with(|value| *value))),
            Place::Status(_) => self.status = only!(kept, Status),
            Place::Note(_) => self.note = only!(kept, Note),
            Place::Flag(_) => self.flag = Some(kept.with(|_| true)),
            Place::DocumentField(_, field) => {
                self.fields.extend(only!(kept, Field).map(|kept| (field.clone(), kept)));
            }
            Place::Dismissed(_, code, id) => {
                let of = |reason| Dismissal { code: code.clone(), id: id.clone(), reason };
                self.dismissed.extend(only!(kept, Dismissed).map(|kept| kept.with(of)));
            }
            _ => {}
        }
    }

    fn places(self) -> Option<(ArticleId, BTreeMap<Place, Standing>)> {
        let article = self.article.clone();
        let mut places = BTreeMap::new();
        self.spread(&mut places)?;
        Some((article, places))
    }

    fn spread(self, into: &mut BTreeMap<Place, Standing>) -> Option<()> {
        let article = || self.article.clone();
        if let Some(kept) = self.status {
            put(into, Place::Status(article()), kept.with(Content::Status))?;
        }
        if let Some(kept) = self.note {
            put(into, Place::Note(article()), kept.with(Content::Note))?;
        }
        if let Some(kept) = self.flag {
            put(into, Place::Flag(article()), kept.with(|_| Content::Marked))?;
        }
        for (field, kept) in self.fields {
            put(into, Place::DocumentField(article(), field), kept.with(Content::Field))?;
        }
        for kept in self.mentions {
            let place = Place::Mention(article(), kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Mention(Box::new(value))))?;
        }
        for kept in self.claims {
            let place = Place::Claim(article(), kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Claim(Box::new(value))))?;
        }
        for kept in self.stances {
            let place = Place::Stance(article(), kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Stance(Box::new(value))))?;
        }
        for kept in self.dismissed {
            let place = Place::Dismissed(article(), kept.value.code.clone(), kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Dismissed(value.reason)))?;
        }
        Some(())
    }
}

impl PeopleFile {
    fn new(annotator: AnnotatorId) -> Self {
        Self {
            format: FORMAT,
            annotator,
            profile: None,
            entities: Vec::new(),
            clusters: Vec::new(),
            topics: BTreeMap::new(),
            export_profiles: BTreeMap::new(),
            registrations: Vec::new(),
            seen_clashes: Vec::new(),
        }
    }

    fn put(&mut self, place: &Place, kept: Kept<Content>) {
        match place {
            Place::Profile => self.profile = only!(kept, Profile),
            Place::Entity(_) => self.entities.extend(only!(kept, Entity).map(|kept| kept.with(|value| *value))),
            Place::Cluster(_) => self.clusters.extend(only!(kept, Cluster).map(|kept| kept.with(|value| *value))),
            Place::Topic(id) => {
                self.topics.extend(only!(kept, Topic).map(|kept| (id.clone(), kept.with(|value| *value))));
            }
            Place::ExportProfile(name) => {
                self.export_profiles.extend(only!(kept, Json).map(|kept| (name.clone(), kept)));
            }
            Place::Registration(import) => self.registrations.push(kept.with(|_| import.clone())),
            Place::SeenClash(of, line) => {
                self.seen_clashes.push(kept.with(|_| (of.as_ref().clone(), line.clone())));
            }
            _ => {}
        }
    }

    fn spread(self, into: &mut BTreeMap<Place, Standing>) -> Option<()> {
        if let Some(kept) = self.profile {
            put(into, Place::Profile, kept.with(Content::Profile))?;
        }
        for kept in self.entities {
            let place = Place::Entity(kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Entity(Box::new(value))))?;
        }
        for kept in self.clusters {
            let place = Place::Cluster(kept.value.id.clone());
            put(into, place, kept.with(|value| Content::Cluster(Box::new(value))))?;
        }
        for (id, kept) in self.topics {
            put(into, Place::Topic(id), kept.with(|value| Content::Topic(Box::new(value))))?;
        }
        for (name, kept) in self.export_profiles {
            put(into, Place::ExportProfile(name), kept.with(Content::Json))?;
        }
        for kept in self.registrations {
            let place = Place::Registration(kept.value.clone());
            put(into, place, kept.with(|_| Content::Registered))?;
        }
        for kept in self.seen_clashes {
            let place = Place::SeenClash(Box::new(kept.value.0.clone()), kept.value.1.clone());
            put(into, place, kept.with(|_| Content::Marked))?;
        }
        Some(())
    }
}

fn put(into: &mut BTreeMap<Place, Standing>, place: Place, kept: Kept<Content>) -> Option<()> {
    let standing = Standing { value: Some(kept.value), line: kept.line, held: kept.held, open: Vec::new() };
    (fits(&place, standing.value.as_ref()) && into.insert(place, standing).is_none()).then_some(())
}
