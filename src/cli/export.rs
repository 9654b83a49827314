//! `hashiya export`: articles and annotations in an exchange format.

use serde_json::json;

use super::args::Export;
use super::{Failure, Output, Surroundings, open};
use crate::formats::{LossReport, format_for_export, jsonl};
use crate::model::AnnotatorId;
use crate::session::{ExportError, ExportRequest};

/// Runs the command.
pub fn run(args: &Export, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    // A wrong name is said before a project is read.
    format_for_export(&args.format)?;
    let annotators: Vec<AnnotatorId> =
        args.annotator.iter().map(|id| open::annotator_id(id)).collect::<Result<_, Failure>>()?;
    let request = ExportRequest {
        format: args.format.clone(),
        annotators: (!annotators.is_empty()).then_some(annotators),
        statuses: args.status.iter().filter_map(|name| jsonl::status_from_name(name)).collect(),
    };
    let session = open::for_reading(&args.dir, None, surroundings, out)?;
    let target = args.out.as_deref().filter(|_| !args.dry_run);
    let report = session.export(&request, target, &mut |done, total| {
        out.progress(done, total, "steps");
        true
    });
    out.progress(1, 1, "steps");
    let report = report?;
    say_loss(&report.loss, &args.format, out);
    if out.is_json() {
        out.document(json!({
            "format": args.format,
            "articles": report.articles,
            "files": report.files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
            "loss": report.loss.to_json(&args.format)["lost"],
            "dry_run": args.dry_run,
        }));
    } else if !args.dry_run {
        out.say(&format!("exported {} articles to {} files", report.articles, report.files.len()));
    }
    Ok(())
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Format(error) => error.into(),
            ExportError::Session(error) => error.into(),
            ExportError::NoAnnotator { .. } => Self::usage(error.to_string()),
            ExportError::NoName { path } => {
                Self::usage(format!("{} is no name for a file; name one with --out", path.display()))
            }
            ExportError::Io { doing, path, source } => Self::io(doing, &path, &source),
            ExportError::Stopped { .. } => Self::refused(error.to_string()),
        }
    }
}

fn say_loss(loss: &LossReport, format: &str, out: &Output) {
    if loss.is_empty() {
        out.say(&format!("{format} carries everything"));
    }
    for (what, ids) in loss.iter() {
        let some: Vec<&str> = ids.iter().take(5).map(String::as_str).collect();
        let more = if ids.len() > some.len() { " ..." } else { "" };
        out.say(&format!("{format} cannot carry {} {what}: {}{more}", ids.len(), some.join(", ")));
    }
}
