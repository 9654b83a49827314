//! Small annotation sets for the tests of the reader.

use std::collections::BTreeMap;

use crate::env::Timestamp;
use crate::model::{AnnotationSet, Label, LabelKey, LineStyle, Mention, Origin, Provenance, Scheme};
use crate::text::{Span, SpanSet};

/// A mention with nothing but a label and spans.
pub fn mention(id: &str, label: &str, spans: &[(usize, usize)]) -> Mention {
    Mention {
        id: id.into(),
        spans: SpanSet::new(spans.iter().map(|&(start, end)| Span::new(start, end)).collect()).unwrap(),
        quote: String::new(),
        label: label.into(),
        attributes: BTreeMap::new(),
        entity: None,
        note: String::new(),
        provenance: Provenance { by: "ann-01".into(), at: Timestamp::from_unix_millis(0), origin: Origin::Manual },
        extra: BTreeMap::new(),
    }
}

/// A set of mentions.
pub fn set_of(mentions: Vec<Mention>) -> AnnotationSet {
    AnnotationSet {
        mentions: mentions.into_iter().map(|mention| (mention.id.clone(), mention)).collect(),
        ..AnnotationSet::default()
    }
}

/// A scheme with the labels of `news`, without colours or texts.
pub fn news() -> Scheme {
    let labels = [
        ("PER", "P"),
        ("ORG", "O"),
        ("GPE", "G"),
        ("LOC", "L"),
        ("FAC", "F"),
        ("NORP", "N"),
        ("ROLE", "R"),
        ("EVENT", "E"),
        ("TIME", "T"),
        ("NUM", "#"),
        ("WORK", "W"),
    ];
    let labels =
        labels.into_iter().zip("1234567890-".chars()).map(|((id, initial), digit)| label(id, initial, digit)).collect();
    Scheme { labels, ..Scheme::empty("news") }
}

fn label(id: &str, initial: &str, digit: char) -> Label {
    Label {
        id: id.into(),
        initial: initial.to_owned(),
        key: LabelKey { digit, shift: false },
        light: "#284387".to_owned(),
        dark: "#AAC8E4".to_owned(),
        line: LineStyle::Solid,
        name: BTreeMap::new(),
        definition: BTreeMap::new(),
        help: BTreeMap::new(),
        subtypes: Vec::new(),
    }
}
