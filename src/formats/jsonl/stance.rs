//! A stance in a file.

use serde_json::Value;

use super::item::{Context, Parsed};
use super::references::reference_or_text;
use super::spans::spans_from_value;
use super::values::attributes_from_object;
use crate::model::{ScaleId, Severity, Stance, StanceId};

/// Takes a stance apart.
pub fn stance_from_value(value: Value, path: &str, context: &mut Context<'_>) -> Parsed<Stance> {
    let (mut item, id, provenance) = match context.head(value, path) {
        Ok(head) => head,
        Err(parsed) => return parsed,
    };
    let mut ends = Vec::new();
    for key in ["holder", "target"] {
        let end_path = item.path_of(key);
        let Some(text) = item.text(key, context.findings) else {
            context.findings.add(Severity::Error, "no_end", format!("{path} has no {key}; it was left out"));
            return Parsed::Unusable;
        };
        ends.push(reference_or_text(&text, &end_path, context.findings));
    }
    let (Some(target), Some(holder)) = (ends.pop(), ends.pop()) else { return Parsed::Unusable };
    let scale = item.text("scale", context.findings).unwrap_or_else(|| "favor3".to_owned());
    let Some(value) = item.text("label", context.findings).filter(|label| !label.is_empty()) else {
        context.findings.add(Severity::Error, "no_label", format!("{path} has no label; it was left out"));
        return Parsed::Unusable;
    };
    context.scale(&scale, &value);
    let explicit = item.flag("explicit", context.findings).unwrap_or(true);
    let evidence_path = item.path_of("evidence");
    let evidence = spans_from_value(item.take("evidence"), &evidence_path, context.offsets, context.findings);
    let through_path = item.path_of("attributed_through");
    let through = item.texts("attributed_through", context.findings);
    let attributed_through =
        through.iter().map(|text| reference_or_text(text, &through_path, context.findings)).collect();
    let attributes = attributes_from_object(&mut item, "attributes", context.findings);
    let note = item.text("note", context.findings).unwrap_or_default();
    let quote = evidence.as_ref().and_then(|spans| spans.quote(context.offsets.text())).unwrap_or_default();
    let extra = context.rest(item);
    Parsed::Kept(Box::new(Stance {
        id: StanceId::new(id),
        holder,
        target,
        scale: ScaleId::new(scale),
        value,
        explicit,
        evidence,
        quote,
        attributed_through,
        attributes,
        note,
        provenance,
        extra,
    }))
}
