//! A JSON object that is taken apart key by key; what nobody takes is extra and is kept.

use std::fmt::Display;

use serde_json::{Map, Value};

use crate::formats::Findings;
use crate::model::{Extra, Severity};

/// An object with the path that leads to it, for messages.
#[derive(Debug)]
pub struct Object {
    map: Map<String, Value>,
    path: String,
}

impl Object {
    /// The object at `path`; anything else is a finding.
    pub fn new(value: Value, path: impl Into<String>, findings: &mut Findings) -> Option<Self> {
        let path = path.into();
        match value {
            Value::Object(map) => Some(Self { map, path }),
            other => {
                wrong_type(&path, "an object", &other, findings);
                None
            }
        }
    }

    /// Where it stands in its line.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path of one of its keys.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether it has the key.
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// Takes a value; `null` counts as absent.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.map.shift_remove(key).filter(|value| !value.is_null())
    }

    /// Puts something back, so that it ends among the extra.
    pub fn put_back(&mut self, key: &str, value: Value) {
        self.map.insert(key.to_owned(), value);
    }

    /// Puts the elements of a list that nobody took among the extra, after those that stand there already.
    pub fn keep_list(&mut self, key: &str, left: Vec<Value>) {
        let before = self.map.get("extra").and_then(|extra| extra.get(key)).and_then(Value::as_array).cloned();
        let mut all = before.unwrap_or_default();
        all.extend(left);
        self.put_back(key, Value::Array(all));
    }

    fn take_as<T>(
        &mut self,
        key: &str,
        wanted: &str,
        findings: &mut Findings,
        convert: impl FnOnce(Value) -> Result<T, Value>,
    ) -> Option<T> {
        match convert(self.take(key)?) {
            Ok(converted) => Some(converted),
            Err(value) => {
                wrong_type(&self.path_of(key), wanted, &value, findings);
                self.put_back(key, value);
                None
            }
        }
    }

    /// Takes a string.
    pub fn text(&mut self, key: &str, findings: &mut Findings) -> Option<String> {
        self.take_as(key, "a string", findings, |value| match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        })
    }

    /// Takes a truth value.
    pub fn flag(&mut self, key: &str, findings: &mut Findings) -> Option<bool> {
        self.take_as(key, "true or false", findings, |value| value.as_bool().ok_or(value))
    }

    /// Takes a list; absent is empty.
    pub fn list(&mut self, key: &str, findings: &mut Findings) -> Vec<Value> {
        let list = self.take_as(key, "a list", findings, |value| match value {
            Value::Array(list) => Ok(list),
            other => Err(other),
        });
        list.unwrap_or_default()
    }

    /// Takes a list of strings; other elements are findings.
    pub fn texts(&mut self, key: &str, findings: &mut Findings) -> Vec<String> {
        let mut out = Vec::new();
        for (index, value) in self.list(key, findings).into_iter().enumerate() {
            match value {
                Value::String(text) => out.push(text),
                other => wrong_type(&format_args!("{}[{index}]", self.path_of(key)), "a string", &other, findings),
            }
        }
        out
    }

    /// Takes an object.
    pub fn object(&mut self, key: &str, findings: &mut Findings) -> Option<Self> {
        let map = self.take_as(key, "an object", findings, |value| match value {
            Value::Object(map) => Ok(map),
            other => Err(other),
        })?;
        Some(Self { map, path: self.path_of(key) })
    }

    /// Takes an object of strings, such as names per language.
    pub fn localised(&mut self, key: &str, findings: &mut Findings) -> std::collections::BTreeMap<String, String> {
        let Some(object) = self.object(key, findings) else { return std::collections::BTreeMap::new() };
        let mut out = std::collections::BTreeMap::new();
        for (language, value) in object.entries() {
            match value {
                Value::String(text) => {
                    out.insert(language, text);
                }
                other => wrong_type(&format_args!("{}.{key}.{language}", self.path), "a string", &other, findings),
            }
        }
        out
    }

    /// All that is left, in the order of the file.
    pub fn entries(self) -> impl Iterator<Item = (String, Value)> {
        self.map.into_iter()
    }

    /// What nobody took, as it is kept: key to JSON text. What stood under `extra` before stands there again.
    pub fn rest(mut self, findings: &mut Findings) -> Extra {
        let mut extra = Extra::new();
        match self.map.shift_remove("extra") {
            Some(Value::Object(before)) => {
                extra.extend(before.into_iter().map(|(key, value)| (key, value.to_string())));
            }
            Some(Value::Null) | None => {}
            Some(other) => {
                wrong_type(&self.path_of("extra"), "an object", &other, findings);
                extra.insert("extra".to_owned(), other.to_string());
            }
        }
        for (key, value) in self.map {
            if !value.is_null() {
                extra.insert(key, value.to_string());
            }
        }
        extra
    }
}

/// Adds the finding that something has the wrong type.
pub fn wrong_type(path: &dyn Display, wanted: &str, found: &Value, findings: &mut Findings) {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    findings.add(Severity::Error, "wrong_type", format!("{path} must be {wanted}, but is {found}; it was left out"));
}

/// JSON of what was kept as extra; texts that are no JSON any more come out as strings.
pub fn value_from_extra(extra: &Extra) -> Value {
    let parse = |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()));
    Value::Object(extra.iter().map(|(key, text)| (key.clone(), parse(text))).collect())
}
