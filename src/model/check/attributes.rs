//! Attributes: known to the scheme, where it wants them, with a value that it allows.

use super::super::{Attribute, AttributeId, AttributeKind, AttributeValue, Attributes, Choice, Label};
use super::{Findings, Rule};

/// A value in one word.
pub(super) fn plain(value: &AttributeValue) -> String {
    match value {
        AttributeValue::Flag(flag) => flag.to_string(),
        AttributeValue::Whole(number) => number.to_string(),
        AttributeValue::Text(text) => text.clone(),
    }
}

/// The value of an attribute, in one word.
pub(super) fn value_of(attributes: &Attributes, id: &str) -> Option<String> {
    attributes.get(id).map(plain)
}

/// Whether a flag is set.
pub(super) fn is_set(attributes: &Attributes, id: &str) -> bool {
    attributes.get(id) == Some(&AttributeValue::Flag(true))
}

fn allows(attribute: &Attribute, label: Option<&Label>, value: &AttributeValue) -> bool {
    let is_one_of = |choices: &[Choice]| {
        let word = plain(value);
        choices.iter().any(|choice| choice.id == word)
    };
    match &attribute.kind {
        AttributeKind::OneOf(choices) | AttributeKind::Choose(choices) => is_one_of(choices),
        AttributeKind::Subtype => label.is_some_and(|label| is_one_of(&label.subtypes)),
        AttributeKind::Flag => matches!(value, AttributeValue::Flag(_)),
        AttributeKind::FreeText | AttributeKind::TextList => !matches!(value, AttributeValue::Flag(_)),
    }
}

impl Findings<'_> {
    /// One attribute against those that the scheme has for things of this kind.
    pub(super) fn attribute(
        &mut self,
        known: &[Attribute],
        label: Option<&Label>,
        id: &AttributeId,
        value: &AttributeValue,
    ) {
        let of_label = |attribute: &&Attribute| label.is_none_or(|label| attribute.applies_to(&label.id));
        match known.iter().find(|attribute| attribute.id == *id).filter(of_label) {
            None => self.add(Rule::UnknownAttribute, vec![("attribute", id.to_string())]),
            Some(attribute) if !allows(attribute, label, value) => {
                self.add(Rule::UnknownValue, vec![("value", plain(value)), ("attribute", id.to_string())]);
            }
            Some(_) => {}
        }
    }

    /// All attributes of one thing; who is uncertain says why.
    pub(super) fn attributes(&mut self, known: &[Attribute], label: Option<&Label>, all: &Attributes, note: &str) {
        for (id, value) in all {
            self.attribute(known, label, id, value);
        }
        if is_set(all, "uncertain") && note.trim().is_empty() {
            self.add(Rule::UncertainWithoutNote, Vec::new());
        }
    }
}
