//! `hashiya export`: articles and annotations in an exchange format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::Export;
use super::{Failure, Output, Surroundings, open};
use crate::formats::{Exporter, LossReport, Output as Shape, distinct_file_names, format_for_export, jsonl};
use crate::model::{AnnotatorId, ArticleId, Status};
use crate::session::Session;

/// So many articles are in memory at a time.
const PART: usize = 64;

/// Runs the command.
pub fn run(args: &Export, surroundings: &Surroundings, out: &mut Output) -> Result<(), Failure> {
    let mut exporter = format_for_export(&args.format)?;
    let session = open::for_reading(&args.dir, None, surroundings, out)?;
    let annotators = chosen_annotators(args, &session)?;
    let articles = chosen_articles(args, &session, annotators.as_deref())?;
    session.rows().iter().for_each(|row| exporter.name_article(&row.id, &row.name));
    for part in articles.chunks(PART) {
        let exchange = session.exchange(Some(part), annotators.as_deref())?;
        exchange.articles.iter().for_each(|article| exporter.survey(article));
    }
    let loss = exporter.loss();
    say_loss(&loss, &args.format, out);
    let mut written = Vec::new();
    if let (Some(target), false) = (&args.out, args.dry_run) {
        let job = Job { session: &session, articles: &articles, annotators: annotators.as_deref(), surroundings };
        out.progress(0, articles.len(), "articles");
        written = match exporter.output() {
            Shape::OneFile => job.write_one(target, &mut *exporter)?,
            Shape::FilePerArticle { ending } => job.write_many(target, ending, &mut *exporter)?,
        };
        out.progress(articles.len(), articles.len(), "articles");
        if !loss.is_empty() {
            let mut path = target.clone().into_os_string();
            path.push(".loss.json");
            let text = format!("{:#}\n", loss.to_json(&args.format));
            job.write_file(Path::new(&path), &mut |write| write(text.as_bytes()))?;
        }
    }
    if out.is_json() {
        out.document(json!({
            "format": args.format,
            "articles": articles.len(),
            "files": written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
            "loss": loss.to_json(&args.format)["lost"],
            "dry_run": args.dry_run,
        }));
    } else if !args.dry_run {
        out.say(&format!("exported {} articles to {} files", articles.len(), written.len()));
    }
    Ok(())
}

fn chosen_annotators(args: &Export, session: &Session) -> Result<Option<Vec<AnnotatorId>>, Failure> {
    if args.annotator.is_empty() {
        return Ok(None);
    }
    let known = session.annotators();
    let mut chosen = Vec::new();
    for id in &args.annotator {
        let id = open::annotator_id(id)?;
        if !known.contains(&id) {
            let known: Vec<&str> = known.iter().map(AnnotatorId::as_str).collect();
            return Err(Failure::usage(format!("there is no annotator {id}; this project has {}", known.join(", "))));
        }
        chosen.push(id);
    }
    Ok(Some(chosen))
}

/// Articles that somebody of the chosen annotators has in one of the chosen states; all where no state is chosen.
fn chosen_articles(
    args: &Export,
    session: &Session,
    annotators: Option<&[AnnotatorId]>,
) -> Result<Vec<ArticleId>, Failure> {
    let states: Vec<Status> = args.status.iter().filter_map(|name| jsonl::status_from_name(name)).collect();
    let all = session.rows().iter().map(|row| row.id.clone());
    if states.is_empty() {
        return Ok(all.collect());
    }
    let count = annotators.map_or_else(|| session.annotators().len(), <[AnnotatorId]>::len);
    // Who has no set of an article has not begun with it.
    let mut begun: BTreeMap<ArticleId, (usize, bool)> = BTreeMap::new();
    session.for_each_set(annotators, None, &mut |article, _, set| {
        let (sets, fits) = begun.entry(article.clone()).or_default();
        *sets += 1;
        *fits |= states.contains(&set.status);
    })?;
    let is_new_wanted = states.contains(&Status::New);
    let fits = |article: &ArticleId| {
        let (sets, fits) = begun.get(article).copied().unwrap_or_default();
        fits || (is_new_wanted && sets < count)
    };
    Ok(all.filter(fits).collect())
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

/// An export that writes.
struct Job<'a> {
    session: &'a Session,
    articles: &'a [ArticleId],
    annotators: Option<&'a [AnnotatorId]>,
    surroundings: &'a Surroundings,
}

/// Takes bytes of a file.
type Write<'w> = &'w mut dyn FnMut(&[u8]) -> Result<(), Failure>;

impl Job<'_> {
    fn write_one(&self, target: &Path, exporter: &mut dyn Exporter) -> Result<Vec<PathBuf>, Failure> {
        let project = self.session.exchange(Some(&[]), self.annotators)?.project;
        self.write_file(target, &mut |write| {
            write(exporter.begin(&project).as_bytes())?;
            for part in self.articles.chunks(PART) {
                for article in self.session.exchange(Some(part), self.annotators)?.articles {
                    write(exporter.article(&article).as_bytes())?;
                }
            }
            Ok(())
        })?;
        Ok(vec![target.to_owned()])
    }

    fn write_many(&self, folder: &Path, ending: &str, exporter: &mut dyn Exporter) -> Result<Vec<PathBuf>, Failure> {
        let fs = &self.surroundings.fs;
        fs.create_dir_all(folder).map_err(|error| Failure::io("create", folder, &error))?;
        let names: Vec<&str> = self
            .articles
            .iter()
            .filter_map(|id| self.session.row(id))
            .map(|row| row.name.strip_suffix(ending).unwrap_or(&row.name))
            .collect();
        let mut written = Vec::new();
        for (id, name) in self.articles.iter().zip(distinct_file_names(names)) {
            let path = folder.join(format!("{name}{ending}"));
            for article in self.session.exchange(Some(std::slice::from_ref(id)), self.annotators)?.articles {
                let text = exporter.article(&article);
                self.write_file(&path, &mut |write| write(text.as_bytes()))?;
            }
            written.push(path);
        }
        Ok(written)
    }

    /// Writes beside the target and renames, so that a reader never sees half a file.
    fn write_file(&self, target: &Path, fill: &mut dyn FnMut(Write<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
        let fs = &self.surroundings.fs;
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let name = target.file_name().ok_or_else(|| {
            Failure::usage(format!("{} is no name for a file; name one with --out", target.display()))
        })?;
        let unique = self.surroundings.env.random_64();
        let temporary = folder.join(format!(".{}.{unique:016x}.tmp", name.to_string_lossy()));
        let refused = |error: std::io::Error| Failure::io("write", target, &error);
        let mut file = fs.create_append(&temporary).map_err(refused)?;
        let filled = fill(&mut |bytes| file.append(bytes).map_err(refused))
            .and_then(|()| file.sync().map_err(refused))
            .and_then(|()| fs.rename(&temporary, target).map_err(refused));
        if let Err(failure) = filled {
            // The error that counts is the one above.
            let _ = fs.remove_file(&temporary);
            return Err(failure);
        }
        fs.sync_dir(folder).map_err(refused)
    }
}
