//! A mention in a file: `{"id","spans":[[s,e]],"label","attributes":{},"entity","origin":{},"note"}`.

use serde_json::Value;

use super::ids::id_from_file;
use super::item::{Context, Parsed};
use super::spans::spans_from_value;
use super::values::attributes_from_object;
use crate::model::{EntityId, LabelId, Mention, MentionId, Severity};

/// Takes a mention apart.
pub fn mention_from_value(value: Value, path: &str, context: &mut Context<'_>) -> Parsed<Mention> {
    let (mut item, id, provenance) = match context.head(value, path) {
        Ok(head) => head,
        Err(parsed) => return parsed,
    };
    let (value, spans_path) = (item.take("spans"), format_args!("{path}.spans"));
    let Some(spans) = spans_from_value(value, &spans_path, context.offsets, context.findings) else {
        context.findings.add(Severity::Error, "no_span", format!("{path} has no usable span; it was left out"));
        return Parsed::Unusable;
    };
    let Some(label) = item.text("label", context.findings).filter(|label| !label.is_empty()) else {
        context.findings.add(Severity::Error, "no_label", format!("{path} has no label; it was left out"));
        return Parsed::Unusable;
    };
    let label = context.label(label, &mut item);
    let attributes = attributes_from_object(&mut item, "attributes", context.findings);
    let entity = item.text("entity", context.findings).map(|id| {
        let id = id.strip_prefix("entity:").unwrap_or(&id);
        EntityId::new(id_from_file(id))
    });
    let note = item.text("note", context.findings).unwrap_or_default();
    let quote = spans.quote(context.offsets.text()).unwrap_or_default();
    let extra = context.rest(item);
    Parsed::Kept(Box::new(Mention {
        id: MentionId::new(id),
        spans,
        quote,
        label: LabelId::new(label),
        attributes,
        entity,
        note,
        provenance,
        extra,
    }))
}
