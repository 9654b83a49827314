//! A claim in a file, with its attribution chain and verdict.

use serde_json::Value;

use super::ids::id_from_file;
use super::item::{Context, Parsed};
use super::object::Object;
use super::references::reference_or_text;
use super::spans::spans_from_value;
use super::values::attributes_from_object;
use crate::model::{ChainLink, Claim, ClaimId, ClusterId, Evidence, LinkRole, Ref, Severity, Verdict};

/// Takes a claim apart.
pub fn claim_from_value(value: Value, path: &str, context: &mut Context<'_>) -> Parsed<Claim> {
    let (mut item, id, provenance) = match context.head(value, path) {
        Ok(head) => head,
        Err(parsed) => return parsed,
    };
    let content_path = item.path_of("content");
    let Some(content) = spans_from_value(item.take("content"), &content_path, context.offsets, context.findings) else {
        context.findings.add(Severity::Error, "no_span", format!("{path} has no usable content; it was left out"));
        return Parsed::Unusable;
    };
    let chain_path = item.path_of("chain");
    let links = item.list("chain", context.findings);
    let chain = links
        .into_iter()
        .enumerate()
        .filter_map(|(index, link)| link_from_value(link, &format!("{chain_path}[{index}]"), context))
        .collect();
    let attributes = attributes_from_object(&mut item, "attributes", context.findings);
    let nested_in = item.text("nested_in", context.findings).map(|id| {
        let id = id.strip_prefix("claim:").unwrap_or(&id);
        ClaimId::new(id_from_file(id))
    });
    let cluster = item.text("cluster", context.findings).map(|id| {
        let id = id.strip_prefix("cluster:").unwrap_or(&id);
        ClusterId::new(id_from_file(id))
    });
    let norm = item.localised("norm", context.findings);
    let verdict = item.object("verdict", context.findings).and_then(|verdict| verdict_from_object(verdict, context));
    let note = item.text("note", context.findings).unwrap_or_default();
    let quote = content.quote(context.offsets.text()).unwrap_or_default();
    let extra = context.rest(item);
    Parsed::Kept(Box::new(Claim {
        id: ClaimId::new(id),
        content,
        quote,
        chain,
        attributes,
        nested_in,
        cluster,
        norm,
        verdict,
        note,
        provenance,
        extra,
    }))
}

fn link_from_value(value: Value, path: &str, context: &mut Context<'_>) -> Option<ChainLink> {
    let mut link = Object::new(value, path, context.findings)?;
    let role = match link.text("role", context.findings).as_deref() {
        Some("relay") => LinkRole::Relay,
        Some("origin") | None => LinkRole::Origin,
        Some(other) => {
            let message = format!("{path}.role {other:?} is not known (relay or origin); it was taken as origin");
            context.findings.add(Severity::Warning, "unknown_role", message);
            LinkRole::Origin
        }
    };
    let source = reference(&mut link, "source", context);
    let on_behalf_of = reference(&mut link, "on_behalf_of", context);
    let (spans_path, cue_path) = (link.path_of("spans"), link.path_of("cue"));
    let spans = spans_from_value(link.take("spans"), &spans_path, context.offsets, context.findings);
    let cue = spans_from_value(link.take("cue"), &cue_path, context.offsets, context.findings);
    let implicit = link.flag("implicit", context.findings).unwrap_or_default();
    context.refuse_rest(link);
    Some(ChainLink { role, source, spans, cue, implicit, on_behalf_of })
}

fn reference(object: &mut Object, key: &str, context: &mut Context<'_>) -> Option<Ref> {
    let path = object.path_of(key);
    object.text(key, context.findings).map(|text| reference_or_text(&text, &path, context.findings))
}

fn verdict_from_object(mut verdict: Object, context: &mut Context<'_>) -> Option<Verdict> {
    let path = verdict.path_of("evidence");
    let value = verdict.text("value", context.findings);
    let mut evidence = Vec::new();
    for (index, item) in verdict.list("evidence", context.findings).into_iter().enumerate() {
        let Some(mut item) = Object::new(item, format!("{path}[{index}]"), context.findings) else { continue };
        let mut text = |key| item.text(key, context.findings).unwrap_or_default();
        let (url, title, date) = (text("url"), text("title"), text("date"));
        let (quote, stance) = (text("quote"), text("stance"));
        evidence.push(Evidence { url, title, date, quote, stance });
        context.refuse_rest(item);
    }
    let verdict_path = verdict.path().to_owned();
    context.refuse_rest(verdict);
    if value.is_none() {
        let message = format!("{verdict_path} has no value; it was left out");
        context.findings.add(Severity::Error, "no_verdict", message);
    }
    value.map(|value| Verdict { value, evidence })
}
