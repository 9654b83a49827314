//! The first line: version, unit, and what is not of one article.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ids::{Annotators, id_from_file};
use super::item::entity_from_value;
use super::object::Object;
use super::{Unit, VERSION};
use crate::formats::Findings;
use crate::model::{AnnotatorId, ClaimCluster, ClusterId, ExchangeProject, Scheme, Severity, Topic, TopicId};

/// What the header says.
#[derive(Debug, Default)]
pub struct Header {
    /// The project, annotators aside.
    pub project: ExchangeProject,
    /// The unit, where it says one.
    pub unit: Option<Unit>,
    /// Claims that clusters say they hold, to be checked: annotator, cluster, `<article>/<claim>`.
    pub listed_claims: Vec<(AnnotatorId, ClusterId, String)>,
    /// Whether the file can be read at all.
    pub readable: bool,
}

/// Takes the header apart.
pub fn header_from_value(value: Value, annotators: &mut Annotators, findings: &mut Findings) -> Header {
    let mut header = Header { readable: true, ..Header::default() };
    let Some(mut line) = Object::new(value, "", findings) else { return header };
    let version = line.take("hashiya_jsonl").and_then(|version| version.as_u64()).unwrap_or_default();
    if version != VERSION {
        let message = format!(
            "the file is hashiya_jsonl {version}, but this version reads {VERSION}; use a newer Hashiya, or export the file again with an older one"
        );
        findings.add(Severity::Error, "newer_format", message);
        header.readable = false;
        return header;
    }
    if let Some(name) = line.text("unit", findings) {
        header.unit = Unit::from_name(&name);
        if header.unit.is_none() {
            let message = format!(
                "unit {name:?} is not known (codepoint, byte or utf16); nothing was read, because every offset would be wrong"
            );
            findings.add(Severity::Error, "unknown_unit", message);
            header.readable = false;
        }
    }
    if let Some(project) = line.object("project", findings) {
        project_from_object(project, &mut header, annotators, findings);
    }
    report_rest(line, findings);
    header
}

fn project_from_object(mut object: Object, header: &mut Header, annotators: &mut Annotators, findings: &mut Findings) {
    header.project.name = object.text("name", findings).unwrap_or_default();
    header.project.scheme = object.take("scheme").and_then(|scheme| scheme_from_value(scheme, findings));
    for (index, value) in object.list("annotators", findings).into_iter().enumerate() {
        annotator_from_value(value, &format!("project.annotators[{index}]"), annotators, findings);
    }
    for (index, value) in object.list("topics", findings).into_iter().enumerate() {
        let Some(mut topic) = Object::new(value, format!("project.topics[{index}]"), findings) else { continue };
        let Some(id) = topic.text("id", findings) else {
            findings.add(Severity::Error, "no_id", format!("project.topics[{index}] has no id; it was left out"));
            continue;
        };
        let wording = topic.localised("wording", findings);
        header.project.topics.insert(TopicId::new(id_from_file(&id)), Topic { wording });
        report_rest(topic, findings);
    }
    for (name, list) in object.object("entities", findings).into_iter().flat_map(Object::entries) {
        let annotator = annotators.id(&name, findings);
        let mut entities = BTreeMap::new();
        for (index, value) in list.as_array().cloned().unwrap_or_default().into_iter().enumerate() {
            let path = format!("project.entities.{name}[{index}]");
            let Some(entity) = entity_from_value(value, &path, false, findings) else { continue };
            if entities.contains_key(&entity.id) {
                let message = format!("{path} has the id {} a second time; the first was kept", entity.id);
                findings.add(Severity::Error, "duplicate_id", message);
                continue;
            }
            entities.insert(entity.id.clone(), entity);
        }
        header.project.entities.insert(annotator, entities);
    }
    for (name, list) in object.object("clusters", findings).into_iter().flat_map(Object::entries) {
        let annotator = annotators.id(&name, findings);
        for (index, value) in list.as_array().cloned().unwrap_or_default().into_iter().enumerate() {
            cluster_from_value(value, &format!("project.clusters.{name}[{index}]"), &annotator, header, findings);
        }
    }
    report_rest(object, findings);
}

/// A scheme, written with the same names as in a project's own files.
fn scheme_from_value(value: Value, findings: &mut Findings) -> Option<Scheme> {
    match serde_json::from_value(value) {
        Ok(scheme) => Some(scheme),
        Err(error) => {
            let message = format!("project.scheme cannot be used: {error}; the annotations were read without it");
            findings.add(Severity::Error, "bad_scheme", message);
            None
        }
    }
}

/// `"id"` or `{"id","name"}`.
fn annotator_from_value(value: Value, path: &str, annotators: &mut Annotators, findings: &mut Findings) {
    if let Value::String(name) = value {
        annotators.id(&name, findings);
        return;
    }
    let Some(mut object) = Object::new(value, path, findings) else { return };
    let Some(id) = object.text("id", findings) else {
        findings.add(Severity::Error, "no_id", format!("{path} has no id; it was left out"));
        return;
    };
    let id = annotators.id(&id, findings);
    if let Some(name) = object.text("name", findings) {
        annotators.set_display_name(&id, name);
    }
    report_rest(object, findings);
}

fn cluster_from_value(value: Value, path: &str, annotator: &AnnotatorId, header: &mut Header, findings: &mut Findings) {
    let Some(mut object) = Object::new(value, path, findings) else { return };
    let Some(id) = object.text("id", findings) else {
        findings.add(Severity::Error, "no_id", format!("{path} has no id; it was left out"));
        return;
    };
    let cluster_id = |id: &String| ClusterId::new(id_from_file(id));
    let id = cluster_id(&id);
    for claim in object.texts("claims", findings) {
        header.listed_claims.push((annotator.clone(), id.clone(), claim));
    }
    let contradicts = object.texts("contradicts", findings).iter().map(cluster_id).collect();
    let in_tension_with = object.texts("in_tension_with", findings).iter().map(cluster_id).collect();
    let note = object.text("note", findings).unwrap_or_default();
    report_rest(object, findings);
    let cluster = ClaimCluster { id: id.clone(), contradicts, in_tension_with, note };
    header.project.clusters.entry(annotator.clone()).or_default().insert(id, cluster);
}

/// Keys that the project has no place for are named, with their content, so that nothing goes silently.
fn report_rest(object: Object, findings: &mut Findings) {
    let path = object.path().to_owned();
    let extra = object.rest(findings);
    for (key, text) in extra {
        let shown: String = text.chars().take(200).collect();
        let place = if path.is_empty() { String::new() } else { format!("{path}.") };
        findings.add(
            Severity::Warning,
            "key_not_kept",
            format!("{place}{key} is not known and cannot be kept: {shown}"),
        );
    }
}
