//! `hashiya history`: the audit trail, and open clashes.

use serde_json::{Value, json};

use super::args::History;
use super::{Failure, Output, Surroundings, open};
use crate::edit::{Content, Edit, Place};
use crate::model::LineId;
use crate::session::{Command, CommandError, HistoryEntry, HistoryFilter, Session};

/// Runs the command.
pub fn run(args: &History, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    if let Some(line) = &args.revert {
        return revert(args, line, surroundings, out);
    }
    let mut session = open::for_reading(&args.dir, None, surroundings, out)?;
    if args.clashes {
        clashes(&session, out);
        return Ok(());
    }
    let article = args.article.as_deref().map(|name| open::article(&session, name)).transpose()?;
    let annotator = args.annotator.as_deref().map(open::annotator_id).transpose()?;
    session.read_history()?;
    let entries = session.history(&HistoryFilter { article, annotator, limit: args.limit });
    if out.is_json() {
        out.document(json!({ "history": entries.iter().map(json_from_entry).collect::<Vec<_>>() }));
        return Ok(());
    }
    for entry in &entries {
        let undone = match (entry.undone, entry.reverted) {
            (true, _) => "  (undone)",
            (false, true) => "  (reverted)",
            (false, false) => "",
        };
        out.print(&format!("{}  {}  {}{undone}  {}", entry.at, entry.by, entry.cause, entry.line));
        for edit in &entry.edits {
            let side = |content: Option<&Content>| content.map_or_else(|| "nothing".to_owned(), content_text);
            let change = format!("{} -> {}", side(edit.before.as_ref()), side(edit.after.as_ref()));
            out.print(&format!("    {}: {change}", place_text(&edit.place)));
        }
    }
    out.say(&format!("{} entries, newest first", entries.len()));
    Ok(())
}

/// Takes back one line. Done only once that is on disk.
fn revert(args: &History, line: &str, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let mut session = open::for_writing(&args.dir, args.annotator.as_deref(), surroundings, out)?;
    session.read_history()?;
    let outcome = session.run(Command::Revert { line: LineId::from(line) }).map_err(|error| match error {
        CommandError::NotFound { .. } => {
            Failure::usage(format!("there is no line {line:?} in the history; hashiya history --json lists them as tx"))
        }
        error @ (CommandError::ChangedLater { .. } | CommandError::NotYours { .. }) => {
            Failure::content(error.to_string())
        }
        error => error.into(),
    })?;
    session.wait_durable()?;
    out.report(outcome.notices);
    if out.is_json() {
        out.document(json!({ "reverted": line, "tx": outcome.line.as_ref().map(LineId::as_str) }));
    } else {
        out.say(&format!("took back {line}"));
    }
    session.close()?;
    Ok(())
}

fn json_from_entry(entry: &HistoryEntry) -> Value {
    json!({
        "tx": entry.line.as_str(),
        "at": entry.at.0,
        "by": entry.by.as_str(),
        "cause": entry.cause,
        "batch": entry.batch,
        "reverses": entry.reverses.as_ref().map(LineId::as_str),
        "undone": entry.undone,
        "reverted": entry.reverted,
        "edits": entry.edits.iter().map(json_from_edit).collect::<Vec<_>>(),
    })
}

fn json_from_edit(edit: &Edit) -> Value {
    json!({ "place": edit.place, "before": edit.before, "after": edit.after })
}

fn clashes(session: &Session, out: &Output) {
    let open = session.clashes();
    if out.is_json() {
        let list: Vec<Value> = open
            .iter()
            .map(|clash| {
                json!({
                    "annotator": clash.annotator.as_ref().map(crate::model::AnnotatorId::as_str),
                    "place": clash.place,
                    "tx": clash.line.as_str(),
                    "other": clash.other,
                    "standing_tx": clash.standing_line.as_str(),
                    "standing": clash.standing,
                    "seen_by": clash.seen_by,
                })
            })
            .collect();
        out.document(json!({ "clashes": list }));
        return;
    }
    for clash in open {
        let side = |content: Option<&Content>| content.map_or_else(|| "nothing".to_owned(), content_text);
        let (standing, other) = (side(clash.standing.as_ref()), side(clash.other.as_ref()));
        let whose = clash.annotator.as_ref().map_or_else(|| "shared".to_owned(), |annotator| format!("of {annotator}"));
        let seen: Vec<&str> = clash.seen_by.iter().map(crate::model::AnnotatorId::as_str).collect();
        let seen = if seen.is_empty() { String::new() } else { format!("  (seen by {})", seen.join(", ")) };
        let place = place_text(&clash.place);
        out.print(&format!("{place} ({whose}): {standing} stands; from another copy: {other}{seen}"));
        out.print(&format!("    tx {}", clash.line));
    }
    out.say(&format!("{} open clashes", open.len()));
}

/// A place in few words: kind and ids.
fn place_text(place: &Place) -> String {
    match serde_json::to_value(place).unwrap_or(Value::Null) {
        Value::String(kind) => kind,
        Value::Object(map) => {
            map.into_iter().next().map_or_else(String::new, |(kind, ids)| format!("{kind} {}", ids_text(&ids)))
        }
        other => other.to_string(),
    }
}

fn ids_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(ids_text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// A value in few words.
fn content_text(content: &Content) -> String {
    match content {
        Content::Mention(mention) => format!("{} {:?} {}", mention.label, mention.spans, mention.quote),
        Content::Claim(claim) => format!("{:?} {}", claim.content, claim.quote),
        Content::Stance(stance) => format!("{}={} {}", stance.scale, stance.value, stance.quote),
        Content::Entity(entity) => entity.name.values().next().cloned().unwrap_or_else(|| entity.id.to_string()),
        other => serde_json::to_value(other).map(|value| value.to_string()).unwrap_or_default(),
    }
}
