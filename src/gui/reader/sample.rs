//! Small annotation sets for the tests of the reader.

use std::collections::BTreeMap;

use crate::env::Timestamp;
use crate::model::{AnnotationSet, Mention, Origin, Provenance};
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
        provenance: Provenance { by: "ann-01".into(), at: Timestamp::default(), origin: Origin::Manual },
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
