//! Attributes: known to the scheme, applying to the label, with an allowed value, and absent at their default.

use crate::model::{Attribute, AttributeId, AttributeKind, AttributeValue, Attributes, Choice, Label, LabelId, Scheme};
use crate::session::command::CommandError;

/// Attributes as they are stored: each checked, those at their default left out.
pub(super) fn checked(
    scheme: &Scheme,
    known: &[Attribute],
    of: &str,
    label: Option<&Label>,
    given: &Attributes,
) -> Result<Attributes, CommandError> {
    let mut stored = Attributes::new();
    for (id, value) in given {
        if let Some(value) = checked_value(scheme, known, of, label, id, value)? {
            stored.insert(id.clone(), value);
        }
    }
    Ok(stored)
}

/// One value as it is stored; `None` for the default, which is not stored.
pub(super) fn checked_value(
    scheme: &Scheme,
    known: &[Attribute],
    of: &str,
    label: Option<&Label>,
    id: &AttributeId,
    value: &AttributeValue,
) -> Result<Option<AttributeValue>, CommandError> {
    let attribute = known
        .iter()
        .find(|attribute| attribute.id == *id && label.is_none_or(|label| attribute.applies_to(&label.id)))
        .ok_or_else(|| CommandError::NoAttribute {
            scheme: scheme.name.clone(),
            attribute: id.to_string(),
            of: of.to_owned(),
        })?;
    let none = Vec::new();
    match (&attribute.kind, value) {
        (AttributeKind::OneOf(choices), value) => {
            let value = one_of(id, choices, value)?;
            let default = choices.first().is_some_and(|first| plain(&value) == first.id);
            Ok((!default).then_some(value))
        }
        (AttributeKind::Choose(choices), value) => match value {
            AttributeValue::Text(text) if text.is_empty() => Ok(None),
            value => one_of(id, choices, value).map(Some),
        },
        (AttributeKind::Subtype, AttributeValue::Text(text)) if text.is_empty() => Ok(None),
        (AttributeKind::Subtype, value) => {
            let choices = label.map_or(&none, |label| &label.subtypes);
            one_of(id, choices, value).map(Some)
        }
        (AttributeKind::Flag, AttributeValue::Flag(on)) => Ok(on.then_some(AttributeValue::Flag(true))),
        (AttributeKind::Flag, value) => Err(bad(id, value, "true or false".to_owned())),
        (AttributeKind::FreeText | AttributeKind::TextList, AttributeValue::Text(text)) => {
            Ok((!text.trim().is_empty()).then(|| AttributeValue::Text(text.clone())))
        }
        (AttributeKind::FreeText | AttributeKind::TextList, AttributeValue::Whole(number)) => {
            Ok(Some(AttributeValue::Text(number.to_string())))
        }
        (AttributeKind::FreeText | AttributeKind::TextList, value) => Err(bad(id, value, "text".to_owned())),
    }
}

/// A value of a closed list, as stored: a whole number where every choice is one, else text.
fn one_of(id: &AttributeId, choices: &[Choice], value: &AttributeValue) -> Result<AttributeValue, CommandError> {
    let text = plain(value);
    if !choices.iter().any(|choice| choice.id == text) {
        let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        let allowed = if ids.is_empty() { "no value: this label has no subtypes".to_owned() } else { ids.join(", ") };
        return Err(bad(id, value, allowed));
    }
    let all_whole = choices.iter().all(|choice| choice.id.parse::<i64>().is_ok());
    Ok(match text.parse::<i64>() {
        Ok(number) if all_whole => AttributeValue::Whole(number),
        _ => AttributeValue::Text(text),
    })
}

fn plain(value: &AttributeValue) -> String {
    match value {
        AttributeValue::Flag(flag) => flag.to_string(),
        AttributeValue::Whole(number) => number.to_string(),
        AttributeValue::Text(text) => text.clone(),
    }
}

fn bad(id: &AttributeId, value: &AttributeValue, allowed: String) -> CommandError {
    CommandError::BadValue { attribute: id.to_string(), value: format!("{:?}", plain(value)), allowed }
}

/// The label of a scheme.
pub(super) fn label<'a>(scheme: &'a Scheme, id: &LabelId) -> Result<&'a Label, CommandError> {
    scheme.label(id).ok_or_else(|| {
        let known: Vec<&str> = scheme.labels.iter().map(|label| label.id.as_str()).collect();
        CommandError::NoLabel { scheme: scheme.name.clone(), label: id.clone(), known: known.join(", ") }
    })
}

/// How messages name the mentions of a label.
pub(super) fn mentions_of(label: &Label) -> String {
    format!("mentions labelled {}", label.id)
}
