//! `hashiya import`: articles and annotations from files.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::Import;
use super::{Failure, Output, Surroundings, open, sources};
use crate::formats::{ImportOptions, SourceFile, format_for_import, guess_format, jsonl::Unit};
use crate::model::{Diagnostic, Exchange, LabelId, Severity};
use crate::session::Session;

/// What was counted.
#[derive(Debug, Default)]
struct Counts {
    files: usize,
    articles: usize,
    added: usize,
    known: usize,
    mentions: usize,
    claims: usize,
    stances: usize,
}

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
    options.scheme = Some(session.scheme().clone());
    let mut counts = Counts::default();
    // Plain texts of one call are one import; a file that brings entities is one of its own, because its ids are.
    let mut texts = Exchange::default();
    let mut text_names = Vec::new();
    for (index, path) in files.iter().enumerate() {
        out.progress(index, files.len(), "files");
        let (exchange, name) = read(path, args, &options, surroundings, out)?;
        counts.files += 1;
        if exchange.articles.is_empty() {
            continue;
        }
        if exchange.project == crate::model::ExchangeProject::default() {
            texts.articles.extend(exchange.articles);
            text_names.push(name);
        } else {
            compare_schemes(&exchange, &session, &name, out);
            store(&mut session, exchange, vec![name], args, &mut counts, out)?;
        }
    }
    out.progress(files.len(), files.len(), "files");
    if !texts.articles.is_empty() {
        store(&mut session, texts, text_names, args, &mut counts, out)?;
    }
    session.wait_durable()?;
    session.close()?;
    finish(&counts, args, out);
    Ok(())
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

fn read(
    path: &Path,
    args: &Import,
    options: &ImportOptions,
    surroundings: &Surroundings,
    out: &mut Output,
) -> Result<(Exchange, String), Failure> {
    let bytes = surroundings.fs.read(path).map_err(|error| Failure::io("read", path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = SourceFile { name: &name, bytes: &bytes };
    let format = args.format.clone().unwrap_or_else(|| guess_format(&file).to_owned());
    let import = match format_for_import(&format) {
        Ok(import) => import,
        Err(error) => {
            let message = format!("{error}; name another with --format");
            out.report([Diagnostic::new(Severity::Error, "format", message).in_file(path.display().to_string())]);
            return Ok((Exchange::default(), name));
        }
    };
    let (exchange, mut findings) = import(&file, options);
    for finding in &mut findings {
        finding.file = Some(path.display().to_string());
    }
    out.report(findings);
    Ok((exchange, name))
}

fn compare_schemes(exchange: &Exchange, session: &Session, name: &str, out: &mut Output) {
    if let Some(scheme) = exchange.project.scheme.as_ref().filter(|scheme| *scheme != session.scheme()) {
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

fn store(
    session: &mut Session,
    exchange: Exchange,
    names: Vec<String>,
    args: &Import,
    counts: &mut Counts,
    out: &mut Output,
) -> Result<(), Failure> {
    counts.articles += exchange.articles.len();
    for set in exchange.articles.iter().flat_map(|article| article.sets.values()) {
        counts.mentions += set.mentions.len();
        counts.claims += set.claims.len();
        counts.stances += set.stances.len();
    }
    if args.dry_run {
        let known = exchange.articles.iter().filter(|article| session.row(&article.facts.id).is_some()).count();
        counts.known += known;
        counts.added += exchange.articles.len() - known;
        return Ok(());
    }
    let report = session.import(exchange, names)?;
    counts.added += report.added.len();
    counts.known += report.known.len();
    // The reader has named unknown labels already, with advice; that a file was here already is the count of known ones.
    let said = ["unknown_label", "nothing_to_do"];
    out.report(report.notices.into_iter().filter(|notice| !said.contains(&notice.code)));
    Ok(())
}

fn finish(counts: &Counts, args: &Import, out: &mut Output) {
    if out.is_json() {
        let value: Value = json!({
            "files": counts.files,
            "articles": counts.articles,
            "added": counts.added,
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
            counts.articles, counts.files, counts.added, counts.known, counts.mentions, counts.claims, counts.stances,
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
