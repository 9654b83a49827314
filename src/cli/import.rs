//! `hashiya import`: articles and annotations from files.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::args::Import;
use super::{Failure, Output, Surroundings, open, sources};
use crate::formats::{ImportOptions, format_for_import, jsonl::Unit};
use crate::model::{Diagnostic, LabelId, Scheme, Severity};
use crate::session::{ImportBytes, ImportCounts, ImportError, ImportFile, ImportProgress, Session};

/// Progress is shown this often, and the end is noticed no later.
const SHOW_EVERY: Duration = Duration::from_millis(5);

/// Runs the command.
pub fn run(args: &Import, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let mut options = options(args)?;
    if let Some(name) = &args.format {
        format_for_import(name)?;
    }
    let (files, skipped) = sources::files(&args.files, surroundings)?;
    out.report(skipped);
    let annotator = args.annotator.as_deref();
    let mut session = if args.dry_run {
        open::for_reading(&args.dir, annotator, surroundings, out)?
    } else {
        open::for_writing(&args.dir, annotator, surroundings, out)?
    };
    options.scheme = Some(session.scheme().as_ref().clone());
    let files: Vec<ImportFile> = files.into_iter().map(|path| import_file(path, args, surroundings)).collect();
    let progress = ImportProgress::default();
    let importer = session.importer();
    let imported = std::thread::scope(|scope| {
        let work = scope.spawn(|| importer.run(&files, &options, args.dry_run, &progress));
        while !work.is_finished() {
            let (done, total) = progress.so_far();
            out.progress(done >> 20, total >> 20, "MiB");
            std::thread::sleep(SHOW_EVERY);
        }
        out.progress(2, 2, "MiB");
        // A panic goes on in this thread, whose hook reports it.
        work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    let mut imported = imported.map_err(failure)?;
    out.report(std::mem::take(&mut imported.findings));
    compare_schemes(&imported.schemes, &session, out);
    let mut counts = imported.counts;
    let mut added = counts.articles - counts.known;
    if !args.dry_run {
        let report = session.register_imports(imported)?;
        (added, counts.known) = (report.added.len(), report.known.len());
        // The reader has named unknown labels already, with advice; that a file was here already is the count of known.
        let said = ["unknown_label", "nothing_to_do"];
        out.report(report.notices.into_iter().filter(|notice| !said.contains(&notice.code)));
    }
    session.wait_durable()?;
    session.close()?;
    finish(&counts, added, args, out);
    Ok(())
}

fn failure(error: ImportError) -> Failure {
    match error {
        ImportError::Read { path, source } => Failure::io("read", &path, &source),
        error => Failure::refused(error.to_string()),
    }
}

fn import_file(path: PathBuf, args: &Import, surroundings: &Surroundings) -> ImportFile {
    ImportFile {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        shown: path.display().to_string(),
        format: args.format.clone(),
        encoding: args.encoding.clone(),
        bytes: ImportBytes::Disk(surroundings.fs.clone(), path),
    }
}

fn options(args: &Import) -> Result<ImportOptions, Failure> {
    if args.kind == "suggestions" {
        return Err(Failure::usage("importing suggestions is not available yet; leave out --as suggestions"));
    }
    if !args.map.is_empty() {
        return Err(Failure::usage("--map is for formats that are not available yet; leave it out"));
    }
    let mut options = ImportOptions { encoding: args.encoding.clone(), ..ImportOptions::default() };
    if let Some(name) = &args.unit {
        let unit = Unit::from_name(name);
        let missing = || Failure::usage(format!("the unit {name} is for formats that are not available yet"));
        options.unit = Some(unit.ok_or_else(missing)?);
    }
    for rename in &args.label {
        let (from, to) = rename
            .split_once('=')
            .filter(|(from, to)| !from.is_empty() && !to.is_empty())
            .ok_or_else(|| Failure::usage(format!("--label {rename:?} must be FROM=TO")))?;
        options.labels.insert(from.to_owned(), LabelId::new(to));
    }
    Ok(options)
}

/// Says where files were annotated with another scheme.
fn compare_schemes(schemes: &[(String, Scheme)], session: &Session, out: &mut Output) {
    for (name, scheme) in schemes.iter().filter(|(_, scheme)| scheme != session.scheme().as_ref()) {
        let message = format!(
            "the file was annotated with the scheme {} {}, the project has {} {}; to keep the file's, make the project with hashiya new --scheme {name}",
            scheme.name,
            scheme.version,
            session.scheme().name,
            session.scheme().version,
        );
        out.report([Diagnostic::new(Severity::Hint, "other_scheme", message).in_file(name)]);
    }
}

fn finish(counts: &ImportCounts, added: usize, args: &Import, out: &mut Output) {
    if out.is_json() {
        let value: Value = json!({
            "files": counts.files,
            "articles": counts.articles,
            "added": added,
            "known": counts.known,
            "mentions": counts.mentions,
            "claims": counts.claims,
            "stances": counts.stances,
            "dry_run": args.dry_run,
        });
        out.document(value);
    } else {
        let verb = if args.dry_run { "would import" } else { "imported" };
        out.say(&format!(
            "{verb} {} articles from {} files ({} new, {} known) with {} mentions, {} claims, {} stances",
            counts.articles, counts.files, added, counts.known, counts.mentions, counts.claims, counts.stances,
        ));
    }
    if counts.articles == 0 {
        out.mark_problem();
        out.say(&format!("nothing was found to import in {}", list(&args.files)));
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
