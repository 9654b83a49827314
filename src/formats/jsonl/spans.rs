//! Spans of a file: pairs of whole numbers in the file's unit.

use std::fmt::Display;

use serde_json::Value;

use super::object::wrong_type;
use super::{LARGEST_EXACT, Offsets};
use crate::formats::Findings;
use crate::model::Severity;
use crate::text::{Span, SpanSet, grapheme_span};

/// One offset: a whole number from 0, exact in every JSON reader.
pub fn offset_from_value(value: &Value, path: &dyn Display, findings: &mut Findings) -> Option<u64> {
    let offset = value.as_u64().filter(|offset| *offset <= LARGEST_EXACT);
    if offset.is_none() {
        let shown: String = value.to_string().chars().take(40).collect();
        let message = format!("{path} is {shown}, but an offset must be a whole number from 0; the span was left out");
        findings.add(Severity::Error, "offset_not_whole", message);
    }
    offset
}

/// The byte an offset stands for, or a finding.
pub fn byte_from_value(
    value: &Value,
    path: &dyn Display,
    offsets: &Offsets<'_>,
    findings: &mut Findings,
) -> Option<usize> {
    let offset = offset_from_value(value, path, findings)?;
    match offsets.byte_from_unit(offset) {
        Ok(byte) => Some(byte),
        Err(error) => {
            let code = match error {
                super::OffsetError::AfterText { .. } => "offset_out_of_text",
                super::OffsetError::InsideCharacter { .. } => "offset_inside_character",
            };
            findings.add(Severity::Error, code, format!("{path}: {error}; the span was left out"));
            None
        }
    }
}

/// A span given as `start` and `end`, widened to whole letters with a finding.
pub fn span_from_ends(
    start: &Value,
    end: &Value,
    path: &dyn Display,
    offsets: &Offsets<'_>,
    findings: &mut Findings,
) -> Option<Span> {
    let start = byte_from_value(start, &format_args!("{path}[0]"), offsets, findings)?;
    let end = byte_from_value(end, &format_args!("{path}[1]"), offsets, findings)?;
    if start >= end {
        let what = if start == end { "is empty" } else { "ends before it starts" };
        findings.add(Severity::Error, "span_without_text", format!("{path} {what}; it was left out"));
        return None;
    }
    let span = Span::new(start, end);
    let whole = grapheme_span(offsets.text(), span);
    if whole != span {
        let message = format!("{path} begins or ends inside a letter with its marks; it was widened to whole letters");
        findings.add_at(Severity::Warning, "span_widened", message, Some(whole));
    }
    Some(whole)
}

/// One `[start, end]`.
pub fn span_from_value(
    value: &Value,
    path: &dyn Display,
    offsets: &Offsets<'_>,
    findings: &mut Findings,
) -> Option<Span> {
    match value.as_array().map(Vec::as_slice) {
        Some([start, end]) => span_from_ends(start, end, path, offsets, findings),
        _ => {
            wrong_type(path, "a pair [start, end]", value, findings);
            None
        }
    }
}

/// A list of `[start, end]`. Pieces that overlap after widening become one, with a finding; `None` where nothing is left.
pub fn spans_from_value(
    value: Option<Value>,
    path: &dyn Display,
    offsets: &Offsets<'_>,
    findings: &mut Findings,
) -> Option<SpanSet> {
    let pieces = match value? {
        Value::Array(pieces) => pieces,
        other => {
            wrong_type(path, "a list of pairs [start, end]", &other, findings);
            return None;
        }
    };
    let mut spans: Vec<Span> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        spans.extend(span_from_value(piece, &format_args!("{path}[{index}]"), offsets, findings));
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.overlaps(span) => {
                *last = last.hull(span);
                let message = format!("{path} has pieces that overlap; they were joined");
                findings.add_at(Severity::Warning, "pieces_joined", message, Some(*last));
            }
            _ => joined.push(span),
        }
    }
    SpanSet::new(joined).ok()
}
