//! The scheme: labels, attributes, scales and help, all data. The shape of a mention, a claim and a stance is code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AttributeId, AttributeValue, BlobId, LabelId, ScaleId};

/// Text per interface language (`en`, `ar`, ...).
pub type Localised = BTreeMap<String, String>;

/// The text for `language`, else English, else any, else empty.
#[must_use]
pub fn localised<'a>(texts: &'a Localised, language: &str) -> &'a str {
    texts.get(language).or_else(|| texts.get("en")).or_else(|| texts.values().next()).map_or("", String::as_str)
}

/// Everything a project pins about how to annotate. Stored as a blob named by its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Short name (`news`).
    pub name: String,
    /// Version for people.
    pub version: String,
    /// The blob this scheme was made from.
    pub parent: Option<BlobId>,
    /// How annotations of the parent become annotations of this one.
    pub migration: Option<Migration>,
    /// Labels of mentions, in the order of the key strip.
    pub labels: Vec<Label>,
    /// Attributes of mentions, in the order of the inspector.
    pub mention_attributes: Vec<Attribute>,
    /// Attributes of claims.
    pub claim_attributes: Vec<Attribute>,
    /// Attributes of stances.
    pub stance_attributes: Vec<Attribute>,
    /// Fields of the whole article.
    pub document_fields: Vec<Attribute>,
    /// Stance scales.
    pub scales: Vec<Scale>,
    /// Whether pronouns are annotated, so that enclitics are offered.
    pub annotate_pronouns: bool,
    /// Help beyond labels: `claim`, `source`, `cue`, ... to text per language.
    pub help: BTreeMap<String, Localised>,
    /// Cue words per language, for highlighting; they never annotate.
    pub cues: BTreeMap<String, Vec<String>>,
}

impl Scheme {
    /// A scheme that defines nothing yet.
    #[must_use]
    pub fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: "1".to_owned(),
            parent: None,
            migration: None,
            labels: Vec::new(),
            mention_attributes: Vec::new(),
            claim_attributes: Vec::new(),
            stance_attributes: Vec::new(),
            document_fields: Vec::new(),
            scales: Vec::new(),
            annotate_pronouns: false,
            help: BTreeMap::new(),
            cues: BTreeMap::new(),
        }
    }
}

/// What became of labels when a scheme was changed: old id to new id, or to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// Labels that were renamed, merged or dropped.
    pub labels: BTreeMap<LabelId, Option<LabelId>>,
}

/// A label of mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Stable ASCII id.
    pub id: LabelId,
    /// What stands in a tag that is wider than its span; unique in the scheme.
    pub initial: String,
    /// Its key.
    pub key: LabelKey,
    /// Colour on light and dark ground, `#RRGGBB`.
    pub light: String,
    /// Colour on dark ground.
    pub dark: String,
    /// Line style of its lane.
    pub line: LineStyle,
    /// Name per language.
    pub name: Localised,
    /// One-line definition per language.
    pub definition: Localised,
    /// Help per language, shown on demand.
    pub help: Localised,
    /// Optional finer kinds.
    pub subtypes: Vec<Choice>,
}

/// A digit-row key, with or without Shift; `digit` is `'1'..='9'`, `'0'` or `'-'`. A physical position, not a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelKey {
    /// Legend on a US keyboard.
    pub digit: char,
    /// Second page of labels.
    pub shift: bool,
}

/// How a lane is drawn, so that colour is never the only signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineStyle {
    /// One line.
    Solid,
    /// Two thin lines.
    Double,
    /// Dashes 5-3.
    Dashed,
    /// Square dots 2-2.
    Dotted,
    /// A wave of amplitude 2, period 4.
    Wavy,
}

/// One value of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id.
    pub id: String,
    /// Name per language.
    pub name: Localised,
}

/// An attribute of an annotation, or a field of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Stable id.
    pub id: AttributeId,
    /// Name per language.
    pub name: Localised,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Labels it applies to; none means all.
    pub labels: Vec<LabelId>,
    /// Help per language.
    pub help: Localised,
}

/// What values an attribute takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AttributeKind {
    /// One of a list; the first is the default and is not stored.
    OneOf(Vec<Choice>),
    /// One of a list; none by default.
    Choose(Vec<Choice>),
    /// One of the label's own subtypes; none by default.
    Subtype,
    /// Yes or no; no by default.
    Flag,
    /// Free text; empty by default.
    FreeText,
    /// A list of free texts, stored joined by `; `.
    TextList,
}

impl Attribute {
    /// The value that is not stored: `None` for attributes that are absent by default.
    #[must_use]
    pub fn default_value(&self) -> Option<AttributeValue> {
        match &self.kind {
            AttributeKind::OneOf(choices) => choices.first().map(|choice| AttributeValue::Text(choice.id.clone())),
            AttributeKind::Flag => Some(AttributeValue::Flag(false)),
            AttributeKind::Choose(_) | AttributeKind::Subtype | AttributeKind::FreeText | AttributeKind::TextList => {
                None
            }
        }
    }

    /// Whether it applies to mentions with this label.
    #[must_use]
    pub fn applies_to(&self, label: &LabelId) -> bool {
        self.labels.is_empty() || self.labels.contains(label)
    }
}

/// A stance scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Stable id (`favor3`).
    pub id: ScaleId,
    /// Name per language.
    pub name: Localised,
    /// Its values, in order.
    pub values: Vec<ScaleValue>,
}

/// One value of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleValue {
    /// Stable id.
    pub id: String,
    /// Name per language.
    pub name: Localised,
    /// Help per language.
    pub help: Localised,
    /// Position on an ordinal scale, negative is against.
    pub rank: i8,
    /// Its sign in the gutter.
    pub sign: StanceSign,
}

/// Signs of stances; shape and colour together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StanceSign {
    /// Up triangle, blue.
    Favour,
    /// Down triangle, vermilion.
    Against,
    /// Dot, grey.
    Neutral,
    /// Diamond, grey.
    Discuss,
    /// Ring, grey.
    Unrelated,
}

impl Scheme {
    /// The label with this id.
    #[must_use]
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| &label.id == id)
    }

    /// The label on this key.
    #[must_use]
    pub fn label_on(&self, key: LabelKey) -> Option<&Label> {
        self.labels.iter().find(|label| label.key == key)
    }

    /// A value of a scale.
    #[must_use]
    pub fn scale_value(&self, scale: &ScaleId, value: &str) -> Option<&ScaleValue> {
        self.scales.iter().find(|known| known.id == *scale)?.values.iter().find(|known| known.id == value)
    }

    /// The mention attribute with this id.
    #[must_use]
    pub fn mention_attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.mention_attributes.iter().find(|attribute| &attribute.id == id)
    }
}
