//! One line of the file: an article with everybody's work on it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::ids::Annotators;
use super::item::{Context, Parsed, Unknown, claim_from_value, mention_from_value, stance_from_value};
use super::object::{Object, wrong_type};
use super::spans::{byte_from_value, span_from_ends, span_from_value};
use super::values::value_from_json;
use super::{Offsets, Unit};
use crate::formats::{Findings, ImportOptions};
use crate::model::{
    AnnotationSet, AnnotatorId, ArticleFacts, ArticleId, ArticleKey, Direction, ExchangeArticle, Extra, Region,
    RegionKind, RegionState, Scheme, Severity, Status, detect_regions,
};
use crate::text::Span;

/// What the lines of one file share.
pub struct Reading<'a> {
    /// Base name of the file.
    pub file: &'a str,
    /// Unit of offsets.
    pub unit: Unit,
    /// Renamed labels, limits.
    pub options: &'a ImportOptions,
    /// The scheme to look names up in.
    pub scheme: Option<&'a Scheme>,
    /// Everybody named so far.
    pub annotators: &'a mut Annotators,
    /// Labels and scales that were not known.
    pub unknown: &'a mut Unknown,
    /// Where findings go.
    pub findings: &'a mut Findings,
}

/// Takes one article apart; `None`, with a finding, where id or text is unusable.
pub fn article_from_value(value: Value, reading: &mut Reading<'_>) -> Option<ExchangeArticle> {
    let mut line = Object::new(value, "", reading.findings)?;
    let name = article_name_from_line(&mut line, reading)?;
    let Some(text) = line.text("text", reading.findings) else {
        let message = format!("article {name:?} has no text; the line was left out");
        reading.findings.add(Severity::Error, "no_text", message);
        return None;
    };
    if let Some(at) = text.find('\0') {
        let message = format!("the text of article {name:?} has a NUL at byte {at}; the line was left out");
        reading.findings.add(Severity::Error, "nul_in_text", message);
        return None;
    }
    let offsets = Offsets::new(&text, reading.unit);
    let mut facts = facts_from_line(&mut line, &name, &text, reading.findings);
    reading.findings.on_article(facts.id.clone());
    if line.has("regions") {
        facts.regions = regions_from_line(&mut line, &offsets, reading.findings);
    } else {
        let found = detect_regions(&text);
        facts.regions = found.regions;
        if facts.quality_flags.is_empty() {
            facts.quality_flags = found.quality_flags;
        }
    }
    let paragraph_directions = directions_from_line(&mut line, &offsets, reading.findings);
    report_suggestions(&mut line, reading.findings);
    let flagged = line.texts("flags", reading.findings);
    let mut sets = BTreeMap::new();
    for (annotator, value) in line.object("annotators", reading.findings).into_iter().flat_map(Object::entries) {
        let id = reading.annotators.id(&annotator, reading.findings);
        let path = format!("annotators.{annotator}");
        let Some(object) = Object::new(value, path, reading.findings) else { continue };
        sets.insert(id.clone(), set_from_object(object, &id, &offsets, reading));
    }
    for annotator in flagged {
        let id = reading.annotators.id(&annotator, reading.findings);
        sets.entry(id).or_insert_with(AnnotationSet::default).flagged = true;
    }
    super::dismissed::take(&mut line, reading.annotators, &mut sets, reading.findings);
    // A set in which nothing stands is no set.
    sets.retain(|_, set: &mut AnnotationSet| !set.is_empty());
    if line.has("sentences") {
        let message = "sentences is not supported yet; it was kept as extra and is not in effect";
        reading.findings.add(Severity::Warning, "not_yet_supported", message);
    }
    let mut extra = line.rest(reading.findings);
    extra.append(&mut facts.extra);
    facts.extra = extra;
    Some(ExchangeArticle { name, facts, text: Arc::from(text), source: None, paragraph_directions, sets })
}

fn article_name_from_line(line: &mut Object, reading: &mut Reading<'_>) -> Option<String> {
    // Some pipelines number their articles.
    let id = line.take("id").and_then(|id| match id {
        Value::String(id) => Some(id),
        Value::Number(number) if number.is_u64() => Some(number.to_string()),
        _ => None,
    });
    let longest = reading.options.limits.label_chars;
    match id {
        Some(id) if !id.is_empty() && id.chars().count() <= longest && !id.contains('\0') => Some(id),
        Some(_) => {
            let message =
                format!("the id is empty, has a NUL or is longer than {longest} characters; the line was left out");
            reading.findings.add(Severity::Error, "bad_article_id", message);
            None
        }
        None => {
            let message = "the line has no id, or one that is neither a string nor a whole number; it was left out";
            reading.findings.add(Severity::Error, "no_article_id", message);
            None
        }
    }
}

/// SHA-256 in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

fn facts_from_line(line: &mut Object, name: &str, text: &str, findings: &mut Findings) -> ArticleFacts {
    let Some(mut meta) = line.object("meta", findings) else {
        let mut facts = ArticleFacts::of(ArticleKey::Id(name.to_owned()), text);
        facts.source_sha256 = sha256_hex(text.as_bytes());
        return facts;
    };
    let key = key_from_meta(&mut meta, name, findings);
    let mut facts = ArticleFacts::of(key, text);
    let mut take = |key: &str| meta.text(key, findings).unwrap_or_default();
    facts.title = take("title");
    facts.outlet = take("outlet");
    facts.date = take("date");
    facts.byline = take("byline");
    facts.url = take("url");
    facts.language = take("language");
    facts.source_sha256 = take("source_sha256");
    let version_of = take("version_of");
    let direction = take("direction");
    if facts.source_sha256.is_empty() {
        facts.source_sha256 = sha256_hex(text.as_bytes());
    }
    facts.version_of = (!version_of.is_empty()).then(|| ArticleId::new(version_of));
    facts.direction = direction_from_name(&direction).unwrap_or_else(|| {
        let message = format!("meta.direction {direction:?} is not known (auto, rtl or ltr); it was taken as auto");
        findings.add(Severity::Warning, "unknown_direction", message);
        Direction::Auto
    });
    facts.quality_flags = meta.texts("quality_flags", findings);
    facts.extra = meta.rest(findings).into_iter().map(|(key, value)| (format!("meta.{key}"), value)).collect();
    facts
}

/// How the article was identified where it was first imported; absent means by its id.
fn key_from_meta(meta: &mut Object, name: &str, findings: &mut Findings) -> ArticleKey {
    let by_name = || ArticleKey::Id(name.to_owned());
    if meta.has("key") {
        match meta.take("key") {
            Some(Value::String(kind)) if kind == "none" => return ArticleKey::None,
            Some(Value::Object(map)) => match map.iter().next() {
                Some((kind, Value::String(value))) if kind == "id" => return ArticleKey::Id(value.clone()),
                Some((kind, Value::String(value))) if kind == "url" => return ArticleKey::Url(value.clone()),
                Some((kind, Value::String(value))) if kind == "file" => return ArticleKey::File(value.clone()),
                _ => {}
            },
            _ => {}
        }
        let message = "meta.key must be {\"id\"|\"url\"|\"file\": \"...\"} or \"none\"; the article's id was taken";
        findings.add(Severity::Warning, "bad_key", message);
    }
    by_name()
}

/// The direction called `name`; empty is auto.
pub fn direction_from_name(name: &str) -> Option<Direction> {
    match name {
        "" | "auto" => Some(Direction::Auto),
        "rtl" => Some(Direction::Rtl),
        "ltr" => Some(Direction::Ltr),
        _ => None,
    }
}

fn regions_from_line(line: &mut Object, offsets: &Offsets<'_>, findings: &mut Findings) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for (index, value) in line.list("regions", findings).into_iter().enumerate() {
        let path = format!("regions[{index}]");
        let Some(mut object) = Object::new(value, &path, findings) else { continue };
        let null = Value::Null;
        let (start, end) = (object.take("start"), object.take("end"));
        let span =
            span_from_ends(start.as_ref().unwrap_or(&null), end.as_ref().unwrap_or(&null), &path, offsets, findings);
        let kind = object.text("kind", findings).unwrap_or_default();
        let Some(kind) = region_kind_from_name(&kind) else {
            let message = format!("{path}.kind {kind:?} is not known; the region was left out");
            findings.add(Severity::Error, "unknown_region", message);
            continue;
        };
        let Some(span) = span else { continue };
        let include = object.flag("include", findings).unwrap_or(true);
        let state = match object.text("state", findings).as_deref() {
            Some("confirmed") => RegionState::Confirmed,
            _ => RegionState::Proposed,
        };
        let duplicate_of = object
            .take("duplicate_of")
            .and_then(|value| span_from_value(&value, &format_args!("{path}.duplicate_of"), offsets, findings));
        if let Some(other) = regions.iter().find(|other| other.span.overlaps(span)) {
            let message = format!("{path} overlaps the region at bytes {}; it was left out", other.span);
            findings.add_at(Severity::Error, "regions_overlap", message, Some(span));
            continue;
        }
        regions.push(Region { kind, span, include, state, duplicate_of });
        if !object.rest(findings).is_empty() {
            findings.add(Severity::Warning, "key_not_kept", format!("{path} has keys that are not known"));
        }
    }
    regions.sort_by_key(|region| region.span);
    regions
}

/// The region kind called `name`.
pub fn region_kind_from_name(name: &str) -> Option<RegionKind> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

fn directions_from_line(
    line: &mut Object,
    offsets: &Offsets<'_>,
    findings: &mut Findings,
) -> BTreeMap<usize, Direction> {
    let mut directions = BTreeMap::new();
    for (index, value) in line.list("direction_overrides", findings).into_iter().enumerate() {
        let path = format!("direction_overrides[{index}]");
        let Some(mut object) = Object::new(value, &path, findings) else { continue };
        let start = object.take("start").unwrap_or(Value::Null);
        let Some(at) = byte_from_value(&start, &format_args!("{path}.start"), offsets, findings) else { continue };
        let name = object.text("direction", findings).unwrap_or_default();
        match direction_from_name(&name) {
            Some(direction) => {
                directions.insert(at, direction);
            }
            None => {
                let message = format!("{path}.direction {name:?} is not known (auto, rtl or ltr); it was left out");
                findings.add(Severity::Warning, "unknown_direction", message);
            }
        }
    }
    directions
}

/// Suggestions nobody decided on belong to a part of the program that does not exist yet.
fn report_suggestions(line: &mut Object, findings: &mut Findings) {
    for (layer, value) in line.object("suggestions", findings).into_iter().flat_map(Object::entries) {
        let count = |key: &str| value.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        let total = count("mentions") + count("claims") + count("stances");
        let message = format!("suggestions are not supported yet: {total} of {layer:?} were not stored");
        findings.add(Severity::Warning, "not_yet_supported", message);
    }
}

fn set_from_object(
    mut object: Object,
    annotator: &AnnotatorId,
    offsets: &Offsets<'_>,
    reading: &mut Reading<'_>,
) -> AnnotationSet {
    let path = object.path().to_owned();
    let mut set =
        AnnotationSet { status: status_from_object(&mut object, reading.findings), ..AnnotationSet::default() };
    set.status_reason = object.text("reason", reading.findings).unwrap_or_default();
    set.note = object.text("note", reading.findings).unwrap_or_default();
    for (field, value) in object.object("document", reading.findings).into_iter().flat_map(Object::entries) {
        match value_from_json(&value) {
            Some(value) => {
                set.fields.insert(field, value);
            }
            None if value.is_null() => {}
            None => wrong_type(&format_args!("{path}.document.{field}"), "a value", &value, reading.findings),
        }
    }
    let lists = ["mentions", "claims", "stances"].map(|key| object.list(key, reading.findings));
    let [mentions, claims, stances] = lists;
    let mut context = Context {
        offsets,
        annotator,
        file: reading.file,
        scheme: reading.scheme,
        options: reading.options,
        unknown: reading.unknown,
        findings: reading.findings,
        strict: false,
    };
    let mut undecided = 0;
    for (index, value) in mentions.into_iter().enumerate() {
        let path = format!("{path}.mentions[{index}]");
        let parsed = mention_from_value(value, &path, &mut context);
        if let Some(mention) = kept(parsed, &mut undecided) {
            let id = mention.id.as_str().to_owned();
            add(&mut set.mentions, &id, mention, |item, id| item.id = id.into(), &path, context.findings);
        }
    }
    for (index, value) in claims.into_iter().enumerate() {
        let path = format!("{path}.claims[{index}]");
        let parsed = claim_from_value(value, &path, &mut context);
        if let Some(claim) = kept(parsed, &mut undecided) {
            let id = claim.id.as_str().to_owned();
            add(&mut set.claims, &id, claim, |item, id| item.id = id.into(), &path, context.findings);
        }
    }
    for (index, value) in stances.into_iter().enumerate() {
        let path = format!("{path}.stances[{index}]");
        let parsed = stance_from_value(value, &path, &mut context);
        if let Some(stance) = kept(parsed, &mut undecided) {
            let id = stance.id.as_str().to_owned();
            add(&mut set.stances, &id, stance, |item, id| item.id = id.into(), &path, context.findings);
        }
    }
    if undecided > 0 {
        let message =
            format!("suggestions are not supported yet: {undecided} open or rejected ones in {path} were not stored");
        reading.findings.add(Severity::Warning, "not_yet_supported", message);
    }
    report_left(object, reading.findings);
    set
}

fn report_left(object: Object, findings: &mut Findings) {
    let path = object.path().to_owned();
    let left: Extra = object.rest(findings);
    for (key, text) in left {
        let shown: String = text.chars().take(200).collect();
        findings.add(
            Severity::Warning,
            "key_not_kept",
            format!("{path}.{key} is not known and cannot be kept: {shown}"),
        );
    }
}

fn kept<T>(parsed: Parsed<T>, undecided: &mut usize) -> Option<T> {
    match parsed {
        Parsed::Kept(item) => Some(*item),
        Parsed::Open | Parsed::Rejected => {
            *undecided += 1;
            None
        }
        Parsed::Unusable => None,
    }
}

/// Adds an item under its id. A second item with the id adds nothing if it is equal, else it gets a new id.
fn add<I: Ord + for<'s> From<&'s str>, T: PartialEq>(
    items: &mut BTreeMap<I, T>,
    id: &str,
    mut item: T,
    rename: impl Fn(&mut T, &str),
    path: &str,
    findings: &mut Findings,
) {
    match items.get(&I::from(id)) {
        None => {
            items.insert(I::from(id), item);
            return;
        }
        Some(same) if *same == item => return,
        Some(_) => {}
    }
    // One number more than there are items, so that one is free.
    let mut numbered = (2..items.len() + 3).map(|number| format!("{id}.{number}"));
    let fresh = numbered.find(|fresh| !items.contains_key(&I::from(fresh))).unwrap_or_default();
    let message = format!("{path} has the id {id}, which is taken in this set; it got the id {fresh}");
    findings.add(Severity::Warning, "duplicate_id", message);
    rename(&mut item, &fresh);
    items.insert(I::from(&fresh), item);
}

/// `status` wins over `complete`; a mismatch is a finding.
fn status_from_object(object: &mut Object, findings: &mut Findings) -> Status {
    let path = object.path().to_owned();
    let complete = object.flag("complete", findings);
    let name = object.text("status", findings);
    let status = name.as_ref().and_then(|name| status_from_name(name));
    if let (Some(name), None) = (&name, status) {
        let message = format!("{path}.status {name:?} is not known; it was taken as in_progress");
        findings.add(Severity::Warning, "unknown_status", message);
        return Status::InProgress;
    }
    let Some(status) = status else {
        return match complete {
            Some(true) => Status::Done,
            Some(false) => Status::InProgress,
            None => Status::New,
        };
    };
    if complete.is_some_and(|complete| complete != is_complete(status)) {
        let message = format!("{path}.complete does not fit {path}.status; the status was taken");
        findings.add(Severity::Warning, "status_mismatch", message);
    }
    status
}

/// Whether the work on an article counts as complete.
pub const fn is_complete(status: Status) -> bool {
    matches!(status, Status::Done | Status::InReview | Status::Adjudicated)
}

/// The status called `name`.
pub fn status_from_name(name: &str) -> Option<Status> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// The span of a whole article's first difference from another text, for messages.
pub fn first_difference(a: &str, b: &str) -> Span {
    let at = a.char_indices().zip(b.chars()).find(|((_, left), right)| left != right);
    let at = at.map_or_else(|| a.len().min(b.len()), |((at, _), _)| at);
    Span::new(at, at)
}
