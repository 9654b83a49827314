//! Who made an annotation, when and how, in a file.

use serde_json::{Map, Value, json};

use super::object::Object;
use crate::env::Timestamp;
use crate::formats::Findings;
use crate::model::{AnnotatorId, Origin, Provenance, Severity};

/// What an item's origin says of it.
pub enum Standing {
    /// It belongs to the set.
    Kept(Provenance),
    /// A machine's proposal nobody has decided on.
    Open,
    /// A machine's proposal somebody turned down.
    Rejected,
}

/// Takes `origin` from an item of `annotator`'s set in the file called `file`. Everything in it is optional.
pub fn standing_from_item(item: &mut Object, annotator: &AnnotatorId, file: &str, findings: &mut Findings) -> Standing {
    let imported = || Origin::Imported { source: file.to_owned() };
    let Some(mut object) = item.object("origin", findings) else {
        let at = Timestamp(String::new());
        return Standing::Kept(Provenance { by: annotator.clone(), at, origin: imported() });
    };
    let path = object.path().to_owned();
    let kind = object.text("kind", findings).unwrap_or_default();
    let by = object.text("by", findings).filter(|by| AnnotatorId::is_valid(by));
    let at = Timestamp(object.text("at", findings).unwrap_or_default());
    let source = object.text("source", findings);
    let state = object.text("state", findings).or_else(|| item.text("state", findings)).unwrap_or_default();
    match state.as_str() {
        "open" => return Standing::Open,
        "rejected" => return Standing::Rejected,
        _ => {}
    }
    let origin = match kind.as_str() {
        "manual" => Origin::Manual,
        "suggested" => Origin::Suggested {
            source: source.unwrap_or_default(),
            score_permille: object.take("score").and_then(|score| permille(&score, &path, findings)),
            edited: state == "edited",
        },
        "propagated" => Origin::Propagated { from: source.unwrap_or_default() },
        "curated" => {
            let mut from = object.texts("from", findings);
            from.extend(source);
            Origin::Curated { from }
        }
        "imported" => Origin::Imported { source: source.unwrap_or_else(|| file.to_owned()) },
        other => {
            if !other.is_empty() {
                let message = format!("{path}.kind {other:?} is not known; the origin was taken as imported");
                findings.add(Severity::Warning, "unknown_origin", message);
            }
            imported()
        }
    };
    let left = object.rest(findings);
    if !left.is_empty() {
        item.put_back("origin", super::object::value_from_extra(&left));
    }
    Standing::Kept(Provenance { by: by.map_or_else(|| annotator.clone(), AnnotatorId::new), at, origin })
}

/// A score from 0 to 1 as thousandths; more digits than that are lost, with a finding.
fn permille(score: &Value, path: &str, findings: &mut Findings) -> Option<u16> {
    let Some(number) = score.as_f64().filter(|score| (0.0..=1.0).contains(score)) else {
        let message = format!("{path}.score is {score}, but must be a number from 0 to 1; it was left out");
        findings.add(Severity::Warning, "odd_score", message);
        return None;
    };
    // In 0..=1000 by the check above, so no digit is cut.
    let rounded = (number * 1000.0).round();
    if (number * 1000.0 - rounded).abs() > 1e-6 {
        findings.add(Severity::Hint, "score_rounded", format!("{path}.score {score} was rounded to thousandths"));
    }
    (0..=1000_u16).find(|thousandths| (f64::from(*thousandths) - rounded).abs() < 0.5)
}

/// JSON of an origin.
pub fn json_from_provenance(provenance: &Provenance) -> Value {
    let mut out = Map::new();
    let kind = match &provenance.origin {
        Origin::Manual => "manual",
        Origin::Imported { .. } => "imported",
        Origin::Suggested { .. } => "suggested",
        Origin::Propagated { .. } => "propagated",
        Origin::Curated { .. } => "curated",
    };
    out.insert("kind".into(), kind.into());
    out.insert("by".into(), provenance.by.as_str().into());
    if !provenance.at.0.is_empty() {
        out.insert("at".into(), provenance.at.0.as_str().into());
    }
    match &provenance.origin {
        Origin::Manual => {}
        Origin::Imported { source } | Origin::Propagated { from: source } => {
            if !source.is_empty() {
                out.insert("source".into(), source.as_str().into());
            }
        }
        Origin::Suggested { source, score_permille, edited } => {
            out.insert("source".into(), source.as_str().into());
            if let Some(score) = score_permille {
                out.insert("score".into(), json!(f64::from(*score) / 1000.0));
            }
            out.insert("state".into(), if *edited { "edited" } else { "accepted" }.into());
        }
        Origin::Curated { from } => {
            out.insert("from".into(), json!(from));
        }
    }
    Value::Object(out)
}
