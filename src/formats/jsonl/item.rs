//! The objects inside an article, one at a time: used by the reader and by scripts of commands.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Offsets;
use super::ids::{id_from_file, short_hash};
use super::object::{Object, value_from_extra};
use super::origin::{Standing, standing_from_item};
use crate::formats::{Findings, ImportOptions};
use crate::model::{AnnotatorId, Entity, EntityId, Extra, LabelId, Provenance, Scheme, Severity, is_qid};

pub use super::claim::claim_from_value;
pub use super::mention::mention_from_value;
pub use super::references::{article_name, reference_from_text};
pub use super::spans::{byte_from_value, offset_from_value, span_from_ends, spans_from_value};
pub use super::stance::stance_from_value;
pub use super::values::value_from_json;

/// What came of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed<T> {
    /// An annotation.
    Kept(Box<T>),
    /// An open suggestion.
    Open,
    /// A suggestion that was turned down.
    Rejected,
    /// Nothing; the findings say why.
    Unusable,
}

/// Names that the scheme does not know, each reported once.
#[derive(Clone, Debug, Default)]
pub struct Unknown {
    labels: BTreeSet<String>,
    others: BTreeSet<(&'static str, String)>,
}

impl Unknown {
    /// Number of names.
    pub fn count(&self) -> usize {
        self.labels.len() + self.others.len()
    }
}

/// What taking an item apart needs to know.
pub struct Context<'a> {
    /// The article's text and the unit.
    pub offsets: &'a Offsets<'a>,
    /// Whose set it is.
    pub annotator: &'a AnnotatorId,
    /// Base name of the file.
    pub file: &'a str,
    /// The scheme to look names up in.
    pub scheme: Option<&'a Scheme>,
    /// Renamed labels and limits.
    pub options: &'a ImportOptions,
    /// What was not known before.
    pub unknown: &'a mut Unknown,
    /// Where findings go.
    pub findings: &'a mut Findings,
    /// Whether unknown keys are refused instead of kept.
    pub strict: bool,
}

/// What every item begins with: the object, its id, and who made it.
pub(super) type Head = (Object, String, Provenance);

impl Context<'_> {
    /// Takes an item's head, or tells what came of the item.
    pub(super) fn head<T>(&mut self, value: Value, path: &str) -> Result<Head, Parsed<T>> {
        let mut item = Object::new(value, path, self.findings).ok_or(Parsed::Unusable)?;
        let id = self.item_id(&mut item);
        match standing_from_item(&mut item, self.annotator, self.file, self.findings) {
            Standing::Kept(provenance) => Ok((item, id, provenance)),
            Standing::Open => Err(Parsed::Open),
            Standing::Rejected => Err(Parsed::Rejected),
        }
    }

    /// Takes the id, or makes one of what the item says.
    fn item_id(&mut self, item: &mut Object) -> String {
        let path = item.path().to_owned();
        match item.text("id", self.findings) {
            Some(id) if self.strict => id,
            Some(id) => {
                let fitting = id_from_file(&id);
                if fitting != id {
                    let shown: String = id.chars().take(80).collect();
                    let message = format!(
                        "{path}.id {shown:?} cannot be an id here (1 to 64 of A-Z a-z 0-9 . _ -); {fitting} stands for it and the id is kept as extra"
                    );
                    self.findings.add(Severity::Warning, "id_renamed", message);
                    item.put_back("source_id", Value::String(id));
                }
                fitting
            }
            None if self.strict => String::new(),
            None => format!("x-{}", short_hash(&format!("{path} {item:?}"), 16)),
        }
    }

    /// The label after renaming; unknown and overlong ones are findings.
    pub(super) fn label(&mut self, label: String, item: &mut Object) -> String {
        if let Some(renamed) = self.options.labels.get(&label) {
            return renamed.to_string();
        }
        let limits = &self.options.limits;
        if label.chars().count() > limits.label_chars {
            let short = format!("long-{}", short_hash(&label, 8));
            let message = format!(
                "{} has a label of more than {} characters; {short} stands for it and the label is kept as extra",
                item.path(),
                limits.label_chars
            );
            self.findings.add(Severity::Error, "label_too_long", message);
            item.put_back("label", Value::String(label));
            return short;
        }
        let Some(scheme) = self.scheme else { return label };
        let id = LabelId::new(&label);
        if scheme.label(&id).is_some() || self.unknown.labels.contains(&label) {
            return label;
        }
        if self.unknown.labels.len() >= limits.new_labels {
            let message = format!(
                "more than {} labels are not in the scheme; the others are put together as {OTHER_LABEL}, each kept as extra",
                limits.new_labels
            );
            if self.unknown.others.insert(("limit", String::new())) {
                self.findings.add(Severity::Error, "too_many_labels", message);
            }
            item.put_back("label", Value::String(label));
            return OTHER_LABEL.to_owned();
        }
        let advice = proposed_label(scheme, &label).map_or_else(
            || "rename it with --label".to_owned(),
            |id| format!("did you mean {id}? then --label {label}={id}"),
        );
        let message = format!("the scheme {} has no label {label:?}; {advice}; it was kept as it is", scheme.name);
        self.findings.add(Severity::Warning, "unknown_label", message);
        self.unknown.labels.insert(label.clone());
        label
    }

    /// Reports a stance value that the scheme does not know.
    pub(super) fn scale(&mut self, scale: &str, value: &str) {
        let Some(scheme) = self.scheme else { return };
        let message = match scheme.scales.iter().find(|known| known.id.as_str() == scale) {
            None => format!("the scheme {} has no scale {scale:?}; it was kept as it is", scheme.name),
            Some(known) if known.values.iter().any(|known| known.id == value) => return,
            Some(_) => format!("the scale {scale} has no value {value:?}; it was kept as it is"),
        };
        if self.unknown.others.insert(("scale", format!("{scale} {value}"))) {
            self.findings.add(Severity::Warning, "unknown_scale", message);
        }
    }

    /// What nobody took.
    pub(super) fn rest(&mut self, item: Object) -> Extra {
        let path = item.path().to_owned();
        let extra = item.rest(self.findings);
        if self.strict && !extra.is_empty() {
            let keys: Vec<&str> = extra.keys().map(String::as_str).collect();
            let message = format!("{path} has unknown keys: {}", keys.join(", "));
            self.findings.add(Severity::Error, "unknown_key", message);
        }
        extra
    }

    /// Unknown keys of an object that has no place to keep them.
    pub(super) fn refuse_rest(&mut self, object: Object) {
        let path = object.path().to_owned();
        let extra = object.rest(self.findings);
        if !extra.is_empty() {
            let message = format!("{path} has keys that cannot be kept: {}", value_from_extra(&extra));
            self.findings.add(Severity::Warning, "key_not_kept", message);
        }
    }
}

/// The label of mentions whose own labels are too many.
const OTHER_LABEL: &str = "OTHER";

/// Labels of other schemes and what they are called in most.
const ALIASES: &[(&str, &[&str])] = &[
    ("PER", &["PERSON", "PERS", "PEOPLE"]),
    ("PERSON", &["PER", "PERS"]),
    ("PERS", &["PER", "PERSON"]),
    ("ORG", &["ORGANIZATION", "ORGANISATION", "COMPANY"]),
    ("GPE", &["COUNTRY", "CITY", "STATE"]),
    ("LOC", &["LOCATION", "PLACE", "GPE"]),
    ("FAC", &["FACILITY", "BUILDING"]),
    ("NORP", &["NATIONALITY", "RELIGION", "MISC"]),
    ("ROLE", &["OCC", "TITLE", "OCCUPATION"]),
    ("EVENT", &["EVT", "EVENTS"]),
    ("TIME", &["DATE", "TIMEX3"]),
    ("DATE", &["TIME", "TIMEX3"]),
    ("NUM", &["CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "NUMBER"]),
    ("WORK", &["WORK_OF_ART", "LAW", "PRODUCT"]),
];

/// The label of the scheme that an unknown label probably means.
fn proposed_label(scheme: &Scheme, label: &str) -> Option<LabelId> {
    let bare = label.trim_start_matches("B-").trim_start_matches("I-").to_ascii_uppercase();
    let known = |id: &str| scheme.labels.iter().find(|known| known.id.as_str().eq_ignore_ascii_case(id));
    if let Some(found) = known(&bare) {
        return Some(found.id.clone());
    }
    let (target, _) = ALIASES.iter().find(|(target, from)| from.contains(&bare.as_str()) && known(target).is_some())?;
    known(target).map(|found| found.id.clone())
}

/// An entity: `{"id","type","name":{},"aliases":[],"members":[],"part_of","holder","qid","note"}`.
pub fn entity_from_value(value: Value, path: &str, strict: bool, findings: &mut Findings) -> Option<Entity> {
    let mut object = Object::new(value, path, findings)?;
    let id = object.text("id", findings).unwrap_or_default();
    if id.is_empty() && !strict {
        findings.add(Severity::Error, "no_id", format!("{path} has no id; it was left out"));
        return None;
    }
    let id = if id.is_empty() { id } else { id_from_file(&id) };
    let entity_id = |id: &String| EntityId::new(id_from_file(id.strip_prefix("entity:").unwrap_or(id)));
    let kind = object.text("type", findings).map(LabelId::new);
    let name = object.localised("name", findings);
    let aliases = object.texts("aliases", findings);
    let members = object.texts("members", findings).iter().map(entity_id).collect();
    let part_of = object.text("part_of", findings).as_ref().map(entity_id);
    let holder = object.text("holder", findings).as_ref().map(entity_id);
    let qid = object.text("qid", findings);
    if let Some(qid) = qid.as_ref().filter(|qid| !is_qid(qid)) {
        let message = format!("{path}.qid {qid:?} is neither Q and a number nor NIL; it was kept as it is");
        findings.add(Severity::Warning, "odd_qid", message);
    }
    let note = object.text("note", findings).unwrap_or_default();
    let extra = object.rest(findings);
    if strict && !extra.is_empty() {
        let keys: Vec<&str> = extra.keys().map(String::as_str).collect();
        findings.add(Severity::Error, "unknown_key", format!("{path} has unknown keys: {}", keys.join(", ")));
    }
    Some(Entity { id: EntityId::new(id), kind, name, aliases, members, part_of, holder, qid, note, extra })
}
