//! `hashiya annotate`: commands from a script, exactly those of the window.

use serde_json::{Value, json};

use super::args::Annotate;
use super::script::{Step, step_from_line};
use super::{Failure, Output, Surroundings, open};
use crate::formats::jsonl::Offsets;
use crate::session::{CommandError, Outcome, Session};

/// So many commands share one wait for the disk.
const BATCH: usize = 32;

/// Runs the command.
pub fn run(args: &Annotate, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let script = &args.script;
    let bytes = surroundings.fs.read(script).map_err(|error| Failure::io("read", script, &error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::content(format!("{} is not UTF-8; write the script in UTF-8", script.display())))?;
    let mut session = open::for_writing(&args.dir, args.annotator.as_deref(), surroundings, out)?;
    let mut waiting: Vec<(usize, Result<Value, String>)> = Vec::new();
    for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        waiting.push((index + 1, answer(line, &mut session)?));
        if waiting.len() >= BATCH {
            flush(&mut waiting, &session, out)?;
        }
    }
    flush(&mut waiting, &session, out)?;
    Ok(session.close()?)
}

/// Does what a line says. A refusal is an answer; a disk that fails ends the script.
fn answer(line: &str, session: &mut Session) -> Result<Result<Value, String>, Failure> {
    let step = match step_from_line(line, session) {
        Ok(step) => step,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let outcome = match session.run(step.command.clone()) {
        Err(CommandError::Busy) => {
            session.wait_durable().map_err(not_saved)?;
            session.run(step.command.clone())
        }
        other => other,
    };
    match outcome {
        Ok(outcome) => Ok(Ok(json_from_outcome(&step, &outcome, session))),
        Err(error @ (CommandError::ReadOnly { .. } | CommandError::Storage(_))) => {
            Err(Failure { is_document: false, ..Failure::refused(error.to_string()) })
        }
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}

fn not_saved(error: crate::session::SessionError) -> Failure {
    Failure { is_document: false, ..Failure::from(error) }
}

fn json_from_outcome(step: &Step, outcome: &Outcome, session: &Session) -> Value {
    let mut notices = step.notices.clone();
    notices.extend(outcome.notices.iter().map(|notice| notice.message.clone()));
    let mut value = json!({
        "ok": true,
        "tx": outcome.line.as_ref().map(crate::model::LineId::as_str),
        "id": outcome.id,
    });
    let article = step.article.as_ref().or(outcome.article.as_ref());
    let text = article.and_then(|id| session.article(id).ok());
    if let Some(object) = value.as_object_mut() {
        if let (Some(spans), Some(article)) = (&outcome.spans, text) {
            let offsets = Offsets::new(&article.text, step.unit);
            let pair = |span: crate::text::Span| [span.start(), span.end()].map(|at| offsets.unit_from_byte(at));
            object.insert("spans".to_owned(), spans.iter().map(|span| json!(pair(span))).collect());
        }
        if !notices.is_empty() {
            object.insert("notices".to_owned(), json!(notices));
        }
    }
    value
}

/// Prints what is safe on disk.
fn flush(
    waiting: &mut Vec<(usize, Result<Value, String>)>,
    session: &Session,
    out: &mut Output,
) -> Result<(), Failure> {
    session.wait_durable().map_err(not_saved)?;
    for (line, answer) in waiting.drain(..) {
        let refusal = answer.as_ref().err().cloned();
        if out.is_json() {
            out.print_json(&answer.unwrap_or_else(|error| json!({ "ok": false, "error": error })));
        } else if let Ok(value) = answer {
            let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
            out.print(format!("{line}: ok {id}").trim_end());
        }
        if let Some(refusal) = refusal {
            out.mark_problem();
            out.say(&format!("line {line} was refused: {refusal}"));
        }
    }
    Ok(())
}
