//! `dismissed`: findings of the checks that people dismissed, `{"annotator","code","id","reason"}`. An element of another
//! shape stays among the extra.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::ids::{Annotators, id_from_file};
use super::object::Object;
use super::write_items::{Names, annotation_names};
use crate::formats::Findings;
use crate::model::{AnnotationSet, AnnotatorId, Dismissal, ExchangeArticle};

/// Takes what has the known shape out of the line and into the sets.
pub fn take(
    line: &mut Object,
    annotators: &mut Annotators,
    sets: &mut BTreeMap<AnnotatorId, AnnotationSet>,
    findings: &mut Findings,
) {
    let mut left = Vec::new();
    for value in line.list("dismissed", findings) {
        match dismissal_from_value(&value) {
            Some((annotator, dismissal)) => {
                let annotator = annotators.id(&annotator, findings);
                let (key, reason) = dismissal.into_entry();
                sets.entry(annotator).or_default().dismissed.entry(key).or_insert(reason);
            }
            None => left.push(value),
        }
    }
    if !left.is_empty() {
        line.keep_list("dismissed", left);
    }
}

fn dismissal_from_value(value: &Value) -> Option<(String, Dismissal)> {
    let map = value.as_object()?;
    let known = ["annotator", "code", "id", "reason"];
    if map.keys().any(|key| !known.contains(&key.as_str())) {
        return None;
    }
    let text = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = match map.get("id") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(id)) if id.is_empty() => String::new(),
        Some(Value::String(id)) => id_from_file(id),
        Some(_) => return None,
    };
    let is_code = |code: &&str| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let code = text("code").filter(is_code)?.to_owned();
    let reason = text("reason").filter(|reason| !reason.contains(char::is_control) && !reason.trim().is_empty())?;
    Some((text("annotator")?.to_owned(), Dismissal { code, id, reason: reason.to_owned() }))
}

/// Writes what everybody dismissed, where there is something.
pub fn put(out: &mut Map<String, Value>, article: &ExchangeArticle, names: &Names) {
    let mut list = Vec::new();
    for (annotator, set) in article.sets.iter().filter(|(_, set)| !set.dismissed.is_empty()) {
        let (annotations, things) = (annotation_names(set), names.things.get(annotator));
        for ((code, id), reason) in &set.dismissed {
            let plain = annotations.get(id).or_else(|| things.and_then(|things| things.get(id)));
            let mut object = Map::new();
            object.insert("annotator".into(), annotator.as_str().into());
            object.insert("code".into(), code.as_str().into());
            if !id.is_empty() {
                object.insert("id".into(), plain.unwrap_or(id).as_str().into());
            }
            object.insert("reason".into(), reason.as_str().into());
            list.push(Value::Object(object));
        }
    }
    if !list.is_empty() {
        out.insert("dismissed".into(), Value::Array(list));
    }
}
