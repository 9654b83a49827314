//! Values of attributes: truth values, whole numbers, strings, lists of strings.

use serde_json::{Map, Value};

use super::object::Object;
use crate::formats::Findings;
use crate::model::{AttributeId, AttributeValue, Attributes, Severity};

/// The value of an attribute; lists of strings are joined by `; `, as they are stored.
pub fn value_from_json(value: &Value) -> Option<AttributeValue> {
    match value {
        Value::Bool(flag) => Some(AttributeValue::Flag(*flag)),
        Value::Number(number) => number.as_i64().map(AttributeValue::Whole),
        Value::String(text) => Some(AttributeValue::Text(text.clone())),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            Some(AttributeValue::Text(texts?.join("; ")))
        }
        Value::Null | Value::Object(_) => None,
    }
}

/// JSON of an attribute's value.
pub fn json_from_value(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Flag(flag) => Value::Bool(*flag),
        AttributeValue::Whole(number) => Value::from(*number),
        AttributeValue::Text(text) => Value::String(text.clone()),
    }
}

/// Attributes of an annotation; what has no such value is a finding and stays in the object, so that it is kept as extra.
pub fn attributes_from_object(object: &mut Object, key: &str, findings: &mut Findings) -> Attributes {
    let Some(fields) = object.object(key, findings) else { return Attributes::new() };
    let path = fields.path().to_owned();
    let mut attributes = Attributes::new();
    let mut odd = Map::new();
    for (name, value) in fields.entries() {
        if value.is_null() {
            continue;
        }
        match value_from_json(&value) {
            Some(value) => {
                attributes.insert(AttributeId::new(name), value);
            }
            None => {
                let message = format!(
                    "{path}.{name} is no value of an attribute (true, false, a whole number, a string or a list of strings); it was kept as extra"
                );
                findings.add(Severity::Warning, "odd_attribute", message);
                odd.insert(name, value);
            }
        }
    }
    if !odd.is_empty() {
        object.put_back(key, Value::Object(odd));
    }
    attributes
}

/// JSON of attributes.
pub fn json_from_attributes(attributes: &Attributes) -> Value {
    Value::Object(attributes.iter().map(|(id, value)| (id.to_string(), json_from_value(value))).collect())
}
