//! One JSON object in each line, with the keys of the CSV header. Names are a text, a list, or an object by language.

use serde_json::{Map, Value};

use super::{KnownThing, LanguageName, Rows, is_language, language_name, names_of_cell};
use crate::formats::Findings;
use crate::model::Severity;

/// Longer lines are no row.
const LIMIT_LINE: usize = 1024 * 1024;

pub(super) fn read(text: &str, rows: &mut Rows, findings: &mut Findings) {
    for (index, line) in text.split('\n').enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        findings.at_line(index + 1);
        if line.len() > LIMIT_LINE {
            findings.add(Severity::Error, "bad_row", "the line is too long; it was left out");
            continue;
        }
        let map = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(map)) => map,
            Ok(_) => {
                findings.add(Severity::Error, "bad_row", "the line is no JSON object; it was left out");
                continue;
            }
            Err(error) => {
                findings.add(Severity::Error, "bad_row", format!("the line is no JSON ({error}); it was left out"));
                continue;
            }
        };
        if !rows.add(row(&map, findings), findings) {
            return;
        }
    }
}

fn row(map: &Map<String, Value>, findings: &mut Findings) -> KnownThing {
    let text = |key: &str| match map.get(key) {
        Some(Value::String(text)) => text.trim().into(),
        Some(Value::Number(number)) => number.to_string().into(),
        _ => Box::default(),
    };
    let mut names = |keys: [&str; 2]| {
        let mut found = Vec::new();
        for (key, value) in keys.iter().filter_map(|key| Some((key, map.get(*key)?))) {
            if !add_names(value, "", &mut found) {
                findings.add(Severity::Warning, "bad_names", format!("some of {key} is no text and was left out"));
            }
        }
        found
    };
    KnownThing {
        id: text("id"),
        names: names(["names", "name"]),
        aliases: names(["aliases", "alias"]),
        kind: text("type"),
    }
}

/// Adds the names in a value; answers whether all of it could be used.
fn add_names(value: &Value, language: &str, names: &mut Vec<LanguageName>) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) if language.is_empty() => {
            names.extend(names_of_cell(text));
            true
        }
        Value::String(text) => {
            names.extend((!text.trim().is_empty()).then(|| (language.into(), text.trim().into())));
            true
        }
        Value::Array(list) => list.iter().fold(true, |all, value| match value {
            // In a list a bar is a part of the name.
            Value::String(text) if language.is_empty() => {
                names.extend(language_name(text));
                all
            }
            Value::String(_) => add_names(value, language, names) && all,
            _ => false,
        }),
        Value::Object(map) if language.is_empty() => map.iter().fold(true, |all, (language, value)| {
            is_language(language)
                && !value.is_object()
                && add_names(value, &language.to_ascii_lowercase(), names)
                && all
        }),
        _ => false,
    }
}
