//! Writing articles and annotations in an exchange format: the one core of the command and of the window.
//!
//! Articles are read in parts, so memory does not grow with the project. A file is written beside its target, under a
//! name that says what it is, and renamed: a reader never sees half a file, and what a killed export left behind is
//! removed by the next export to the same place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Session, SessionError};
use crate::formats::{
    Exporter, FormatError, LossReport, Output as Shape, distinct_file_names, format_for_export, registry,
};
use crate::model::{AnnotatorId, ArticleId, Status};
use crate::storage::Fs;

/// So many articles are in memory at a time.
const PART: usize = 64;
/// Between the target's name and a random number in the name of a file that is still being written.
const TEMPORARY: &str = ".hashiya-export-";

/// What is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportRequest {
    /// Name of the format.
    pub format: String,
    /// Whose work; none means everybody's.
    pub annotators: Option<Vec<AnnotatorId>>,
    /// Only articles that one of the annotators has in one of these states; none means all articles.
    pub statuses: Vec<Status>,
}

/// What was exported, or would be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportReport {
    /// Number of articles.
    pub articles: usize,
    /// Files that were written, in order; none where it was only a question.
    pub files: Vec<PathBuf>,
    /// What the format cannot carry of it.
    pub loss: LossReport,
}

/// Why an export ended without being complete.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The format cannot be written.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Nobody of this project.
    #[error("there is no annotator {id}; this project has {known}")]
    NoAnnotator {
        /// As given.
        id: AnnotatorId,
        /// Who there is.
        known: String,
    },
    /// The project cannot be read.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The target is no name for a file.
    #[error("{} is no name for a file", path.display())]
    NoName {
        /// As given.
        path: PathBuf,
    },
    /// What the system said about a path.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        /// `write`, `create`.
        doing: &'static str,
        /// Which path.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// Somebody stopped it.
    #[error("stopped; {} files are complete", files.len())]
    Stopped {
        /// Files that were complete by then.
        files: Vec<PathBuf>,
    },
}

/// Told how far an export is, of how much; answers whether to go on.
pub type Watch<'w> = &'w mut dyn FnMut(usize, usize) -> bool;

/// Formats that can be written now, and whether each makes one file.
#[must_use]
pub fn exportable_formats() -> Vec<(&'static str, bool)> {
    let of = |format: &registry::Format| match format.export {
        registry::Direction::Yes(export) => Some((format.name, export().output() == Shape::OneFile)),
        registry::Direction::No | registry::Direction::NotYet => None,
    };
    registry::FORMATS.iter().filter_map(of).collect()
}

impl Session {
    /// Says what an export would be, and with a `target` (a file, or a folder for formats of one file per article)
    /// writes it, with the losses beside it. `watch` hears of articles, each counted twice: looked at, written.
    ///
    /// # Errors
    /// [`ExportError`]. Files of the target that had been complete stay; no other file is touched.
    pub fn export(
        &self,
        request: &ExportRequest,
        target: Option<&Path>,
        watch: Watch<'_>,
    ) -> Result<ExportReport, ExportError> {
        let mut exporter = format_for_export(&request.format)?;
        let annotators = request.annotators.as_deref();
        self.know_all(annotators)?;
        let articles = self.articles_in_states(annotators, &request.statuses)?;
        self.catalogue().rows().for_each(|row| exporter.name_article(&row.id(), row.name));
        let total = articles.len() * if target.is_some() { 2 } else { 1 };
        let mut done = 0;
        for part in articles.chunks(PART) {
            if !watch(done, total) {
                return Err(ExportError::Stopped { files: Vec::new() });
            }
            let exchange = self.exchange(Some(part), annotators)?;
            exchange.articles.iter().for_each(|article| exporter.survey(article));
            done += part.len();
        }
        let mut report = ExportReport { articles: articles.len(), files: Vec::new(), loss: exporter.loss() };
        if let Some(target) = target {
            let mut work = Writing { session: self, articles: &articles, annotators, watch, done, total };
            report.files = match exporter.output() {
                Shape::OneFile => work.write_one(target, &mut *exporter)?,
                Shape::FilePerArticle { ending } => work.write_many(target, ending, &mut *exporter)?,
            };
            if !report.loss.is_empty() {
                let mut path = target.as_os_str().to_owned();
                path.push(".loss.json");
                let text = format!("{:#}\n", report.loss.to_json(&request.format));
                work.write_file(Path::new(&path), &mut |_, write| write(text.as_bytes()))?;
            }
        }
        Ok(report)
    }

    fn know_all(&self, annotators: Option<&[AnnotatorId]>) -> Result<(), ExportError> {
        let known = self.annotators();
        match annotators.into_iter().flatten().find(|id| !known.contains(id)) {
            None => Ok(()),
            Some(id) => {
                let known: Vec<&str> = known.iter().map(AnnotatorId::as_str).collect();
                Err(ExportError::NoAnnotator { id: id.clone(), known: known.join(", ") })
            }
        }
    }

    /// Articles that somebody of `annotators` has in one of the `states`; all where no state is chosen.
    fn articles_in_states(
        &self,
        annotators: Option<&[AnnotatorId]>,
        states: &[Status],
    ) -> Result<Vec<ArticleId>, ExportError> {
        let all = self.catalogue().rows().map(|row| row.id());
        if states.is_empty() {
            return Ok(all.collect());
        }
        let count = annotators.map_or_else(|| self.annotators().len(), <[AnnotatorId]>::len);
        // Who has no set of an article has not begun with it.
        let mut begun: BTreeMap<ArticleId, (usize, bool)> = BTreeMap::new();
        self.for_each_set(annotators, None, &mut |article, _, set| {
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
}

/// An export that writes.
struct Writing<'a> {
    session: &'a Session,
    articles: &'a [ArticleId],
    annotators: Option<&'a [AnnotatorId]>,
    watch: Watch<'a>,
    done: usize,
    total: usize,
}

/// Takes bytes of a file.
type Write<'w> = &'w mut dyn FnMut(&[u8]) -> Result<(), ExportError>;
/// Brings what a file holds.
type Fill<'f> = &'f mut dyn FnMut(&mut Writing<'_>, Write<'_>) -> Result<(), ExportError>;

impl Writing<'_> {
    fn fs(&self) -> &dyn Fs {
        self.session.fs.as_ref()
    }

    /// Counts articles that are written; refuses where somebody wants it to stop.
    fn count(&mut self, more: usize, files: &[PathBuf]) -> Result<(), ExportError> {
        self.done += more;
        if (self.watch)(self.done, self.total) { Ok(()) } else { Err(ExportError::Stopped { files: files.to_vec() }) }
    }

    fn write_one(&mut self, target: &Path, exporter: &mut dyn Exporter) -> Result<Vec<PathBuf>, ExportError> {
        let project = self.session.exchange(Some(&[]), self.annotators)?.project;
        self.write_file(target, &mut |work, write| {
            write(exporter.begin(&project).as_bytes())?;
            for part in work.articles.chunks(PART) {
                for article in work.session.exchange(Some(part), work.annotators)?.articles {
                    write(exporter.article(&article).as_bytes())?;
                }
                work.count(part.len(), &[])?;
            }
            Ok(())
        })?;
        Ok(vec![target.to_owned()])
    }

    fn write_many(
        &mut self,
        folder: &Path,
        ending: &str,
        exporter: &mut dyn Exporter,
    ) -> Result<Vec<PathBuf>, ExportError> {
        let refused = |source| ExportError::Io { doing: "create", path: folder.to_owned(), source };
        self.fs().create_dir_all(folder).map_err(refused)?;
        remove_left_behind(self.fs(), folder, "");
        let names: Vec<&str> = self
            .articles
            .iter()
            .filter_map(|id| self.session.row(id))
            .map(|row| row.name.strip_suffix(ending).unwrap_or(row.name))
            .collect();
        let mut written = Vec::new();
        for (id, name) in self.articles.iter().zip(distinct_file_names(names)) {
            self.count(0, &written)?;
            let path = folder.join(format!("{name}{ending}"));
            for article in self.session.exchange(Some(std::slice::from_ref(id)), self.annotators)?.articles {
                let text = exporter.article(&article);
                self.write_file(&path, &mut |_, write| write(text.as_bytes()))?;
            }
            written.push(path);
            self.done += 1;
        }
        Ok(written)
    }

    /// Writes beside the target and renames, so that a reader never sees half a file.
    fn write_file(&mut self, target: &Path, fill: Fill<'_>) -> Result<(), ExportError> {
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let name = target.file_name().ok_or_else(|| ExportError::NoName { path: target.to_owned() })?.to_string_lossy();
        let session = self.session;
        let fs = session.fs.as_ref();
        remove_left_behind(fs, folder, &name);
        let temporary = folder.join(format!(".{name}{TEMPORARY}{:016x}.tmp", session.env.random_64()));
        let refused = |source| ExportError::Io { doing: "write", path: target.to_owned(), source };
        let mut file = fs.create_append(&temporary).map_err(refused)?;
        let filled = fill(self, &mut |bytes| file.append(bytes).map_err(refused))
            .and_then(|()| file.sync().map_err(refused))
            .and_then(|()| fs.rename(&temporary, target).map_err(refused));
        if let Err(error) = filled {
            // The error that counts is the one above.
            let _ = fs.remove_file(&temporary);
            return Err(error);
        }
        fs.sync_dir(folder).map_err(refused)
    }
}

/// Removes what a killed export to `name` left in `folder`; with an empty name, what any export left there.
fn remove_left_behind(fs: &dyn Fs, folder: &Path, name: &str) {
    let begins = format!(".{name}");
    let is_left = |file: &str| {
        let inner = file.strip_prefix(begins.as_str()).and_then(|rest| rest.strip_suffix(".tmp"));
        let number = inner.and_then(|inner| inner.rsplit_once(TEMPORARY));
        number.is_some_and(|(before, number)| {
            (name.is_empty() || before.is_empty())
                && number.len() == 16
                && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    // A file that cannot be listed or removed is in nobody's way.
    for entry in fs.list(folder).unwrap_or_default() {
        if entry.is_file && is_left(&entry.name) {
            let _ = fs.remove_file(&folder.join(&entry.name));
        }
    }
}
