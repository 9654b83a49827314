//! Importing files, of any size: read in pieces, taken apart on all cores, written shard by shard. Nothing of the project
//! changes until everything is written; then the session registers it.
//!
//! Plain texts of one call are one import, and so are files of our own format in which nobody annotates. A file that
//! brings annotators is an import of its own, because its ids are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::admission::Admission;
use super::exchange::{draft_from_exchange, paragraph_directions, people_of, unknown_labels};
use super::jobs::ImportProgress;
use crate::formats::jsonl::{ArticleSink, piece_of, read_pieces};
use crate::formats::{FormatError, ImportOptions, SourceFile, format_for_import, guess_format};
use crate::model::{
    AnnotatorId, ArticleId, Diagnostic, Direction, Exchange, ExchangeArticle, ExchangeProject, ImportId, LabelId,
    Scheme, Severity,
};
use crate::storage::{DraftArticle, Fs, ImportWriter, Store, StoreError};

/// Text files that are read at once.
const TEXTS_AT_ONCE: usize = 64;

/// Enough of a file to tell its format.
const HEAD_BYTES: usize = 64;

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub enum ImportBytes {
    /// On disk; read while importing.
    Disk(Arc<dyn Fs>, PathBuf),
    /// In memory.
    Memory(Arc<[u8]>),
}

/// A file to import.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Its base name, which may become part of ids.
    pub name: String,
    /// What findings call it.
    pub shown: String,
    /// Its bytes.
    pub bytes: ImportBytes,
    /// Its format; none means by name and first bytes.
    pub format: Option<String>,
    /// Its encoding, where somebody said so.
    pub encoding: Option<String>,
}

impl ImportBytes {
    fn read(&self, at: u64, len: usize) -> Result<Vec<u8>, ImportError> {
        match self {
            Self::Disk(fs, path) => fs.read_range(path, at, len).map_err(|error| ImportError::of(path, error)),
            Self::Memory(bytes) => Ok(piece_of(bytes, at, len)),
        }
    }

    fn read_all(&self) -> Result<Arc<[u8]>, ImportError> {
        match self {
            Self::Disk(fs, path) => fs.read(path).map(Arc::from).map_err(|error| ImportError::of(path, error)),
            Self::Memory(bytes) => Ok(Arc::clone(bytes)),
        }
    }

    fn len(&self) -> u64 {
        match self {
            Self::Disk(fs, path) => fs.metadata(path).map_or(0, |meta| meta.len_bytes),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }
}

/// Why an import ended without anything imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Somebody stopped it.
    #[error("the import was stopped; nothing has changed")]
    Stopped,
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The import cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    fn of(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Files.
    pub files: usize,
    /// Articles.
    pub articles: usize,
    /// Articles that the project has already.
    pub known: usize,
    /// Mentions.
    pub mentions: usize,
    /// Claims.
    pub claims: usize,
    /// Stances.
    pub stances: usize,
}

/// An import whose files are written.
#[derive(Debug)]
pub(super) struct Written {
    pub import: ImportId,
    pub articles: Vec<ArticleId>,
    pub directions: Vec<(ArticleId, usize, Direction)>,
    pub notices: Vec<Diagnostic>,
}

/// What came of reading files; [`Session::register_imports`](super::Session::register_imports) makes it count.
#[derive(Debug, Default)]
pub struct Imported {
    pub(super) written: Vec<Written>,
    /// What was read.
    pub counts: ImportCounts,
    /// What was found in the files.
    pub findings: Vec<Diagnostic>,
    /// Schemes that files carry, by base name.
    pub schemes: Vec<(String, Scheme)>,
}

/// Reads files and writes imports, on whatever thread; knows the project as it was when it was made.
#[derive(Debug)]
pub struct Importer {
    pub(super) store: Store,
    pub(super) admission: Admission,
    pub(super) scheme: Arc<Scheme>,
    pub(super) annotator: AnnotatorId,
}

/// Articles on their way into an import, or only counted.
#[derive(Debug)]
struct Bringing<'i> {
    importer: &'i Importer,
    progress: &'i ImportProgress,
    /// Absent where nothing is to be written.
    writer: Option<ImportWriter>,
    sources: Vec<String>,
    counts: ImportCounts,
    ids: Vec<ArticleId>,
    directions: Vec<(ArticleId, usize, Direction)>,
    unknown: BTreeMap<LabelId, usize>,
    annotators: BTreeSet<AnnotatorId>,
    is_dry: bool,
    /// Bytes done before this file, and of all files.
    before: u64,
    total: u64,
}

impl Importer {
    /// Reads `files` and writes what they hold, unless `is_dry`.
    ///
    /// # Errors
    /// [`ImportError`]; what was written then counts for nothing. Content never fails it.
    pub fn run(
        &self,
        files: &[ImportFile],
        options: &ImportOptions,
        is_dry: bool,
        progress: &ImportProgress,
    ) -> Result<Imported, ImportError> {
        let mut imported = Imported::default();
        let len = |file: &ImportFile| {
            let _asked = progress.asks(&file.shown);
            file.bytes.len()
        };
        let total = files.iter().map(len).sum();
        let mut texts = Bringing::new(self, progress, is_dry, total);
        let mut rest = files;
        while let Some(first) = rest.first() {
            progress.report(texts.before as usize, total as usize);
            if progress.is_cancelled() {
                return Err(ImportError::Stopped);
            }
            if format_of(first, progress)? == "hashiya-jsonl" {
                self.own_format(first, options, files.len() > 1, &mut texts, &mut imported)?;
                texts.before += first.bytes.len();
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let mut count = 0;
            while let Some(file) = rest.get(count)
                && count < TEXTS_AT_ONCE
                && format_of(file, progress)? != "hashiya-jsonl"
            {
                count += 1;
            }
            let (here, later) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            texts.others(here, options, &mut imported)?;
            rest = later;
        }
        imported.counts.files = files.len();
        texts.finish(ExchangeProject::default(), &mut imported)?;
        progress.report(total as usize, total as usize);
        Ok(imported)
    }

    /// Writes what an importer made. `sources` are the base names of the files, for people.
    ///
    /// # Errors
    /// [`ImportError::Store`]; what was written then counts for nothing.
    pub fn write(&self, mut exchange: Exchange, sources: Vec<String>) -> Result<Imported, ImportError> {
        let mut notices = self.admission.admit(&mut exchange);
        notices.extend(unknown_labels(&exchange, &self.scheme));
        let directions = paragraph_directions(&exchange);
        let draft = draft_from_exchange(exchange, sources, &self.annotator);
        let import = self.store.write_import(&draft)?;
        let articles = draft.articles.iter().map(|article| article.facts.id.clone()).collect();
        let written = vec![Written { import, articles, directions, notices }];
        Ok(Imported { written, ..Imported::default() })
    }

    /// Reads a file of our own format piece by piece.
    fn own_format(
        &self,
        file: &ImportFile,
        options: &ImportOptions,
        is_one_of_many: bool,
        texts: &mut Bringing<'_>,
        imported: &mut Imported,
    ) -> Result<(), ImportError> {
        let options = ImportOptions { encoding: file.encoding.clone(), ..options.clone() };
        let admit = |article: &mut ExchangeArticle| self.admission.admit_one(article);
        // Also while only names are looked for.
        let progress = texts.progress;
        let mut bytes = |at: u64, len: usize| {
            if progress.is_cancelled() {
                return Err(ImportError::Stopped);
            }
            let _asked = progress.asks(&file.shown);
            file.bytes.read(at, len)
        };
        let mut own = Bringing::new(self, texts.progress, texts.is_dry, texts.total);
        own.before = texts.before;
        own.sources = vec![file.name.clone()];
        let (project, mut findings) = read_pieces(&file.name, &options, &mut bytes, &admit, &mut own)?;
        for finding in &mut findings {
            finding.file = Some(file.shown.clone());
        }
        imported.findings.extend(findings);
        if own.ids.is_empty() {
            return Ok(());
        }
        if is_one_of_many && project == ExchangeProject::default() {
            // It belongs to the texts of this call; what was written for it alone is given up.
            drop(own);
            texts.sources.push(file.name.clone());
            read_pieces(&file.name, &options, &mut bytes, &admit, &mut Further(texts))?;
            return Ok(());
        }
        imported.schemes.extend(project.scheme.clone().map(|scheme| (file.name.clone(), scheme)));
        own.finish(project, imported)
    }
}

/// The format of a file, by what it is called or how it begins.
fn format_of(file: &ImportFile, progress: &ImportProgress) -> Result<String, ImportError> {
    if let Some(format) = &file.format {
        return Ok(format.clone());
    }
    let _asked = progress.asks(&file.shown);
    let head = file.bytes.read(0, HEAD_BYTES)?;
    Ok(guess_format(&SourceFile { name: &file.name, bytes: &head }).to_owned())
}

/// Adds to what is there already: a file that is begun again gives the same articles, which count once.
struct Further<'b, 'i>(&'b mut Bringing<'i>);

impl ArticleSink<ImportError> for Further<'_, '_> {
    fn begin(&mut self) -> Result<(), ImportError> {
        Ok(())
    }

    fn article(&mut self, article: ExchangeArticle, done: u64) -> Result<(), ImportError> {
        self.0.take(article, done)
    }
}

impl ArticleSink<ImportError> for Bringing<'_> {
    fn begin(&mut self) -> Result<(), ImportError> {
        let fresh = Self::new(self.importer, self.progress, self.is_dry, self.total);
        *self = Self { sources: std::mem::take(&mut self.sources), before: self.before, ..fresh };
        Ok(())
    }

    fn article(&mut self, article: ExchangeArticle, done: u64) -> Result<(), ImportError> {
        self.take(article, done)
    }
}

impl<'i> Bringing<'i> {
    fn new(importer: &'i Importer, progress: &'i ImportProgress, is_dry: bool, total: u64) -> Self {
        Self {
            importer,
            progress,
            writer: None,
            sources: Vec::new(),
            counts: ImportCounts::default(),
            ids: Vec::new(),
            directions: Vec::new(),
            unknown: BTreeMap::new(),
            annotators: BTreeSet::new(),
            is_dry,
            before: 0,
            total,
        }
    }

    fn take(&mut self, article: ExchangeArticle, done: u64) -> Result<(), ImportError> {
        if self.progress.is_cancelled() {
            return Err(ImportError::Stopped);
        }
        self.progress.report((self.before + done) as usize, self.total as usize);
        let id = article.facts.id.clone();
        self.counts.articles += 1;
        self.counts.known += usize::from(self.importer.admission.knows(&id));
        for set in article.sets.values() {
            self.counts.mentions += set.mentions.len();
            self.counts.claims += set.claims.len();
            self.counts.stances += set.stances.len();
            for mention in set.mentions.values() {
                if self.importer.scheme.label(&mention.label).is_none() {
                    *self.unknown.entry(mention.label.clone()).or_default() += 1;
                }
            }
        }
        let directions = article.paragraph_directions.iter();
        self.directions.extend(directions.map(|(at, direction)| (id.clone(), *at, *direction)));
        self.ids.push(id);
        if self.is_dry {
            return Ok(());
        }
        let sets: BTreeMap<_, _> = article.sets.into_iter().filter(|(_, set)| !set.is_empty()).collect();
        self.annotators.extend(sets.keys().cloned());
        let draft = DraftArticle { facts: article.facts, text: article.text, source: article.source.map(Arc::from) };
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(ImportWriter::begin(&self.importer.store, Vec::new())?),
        };
        Ok(writer.push(draft, sets)?)
    }

    /// Reads files of other formats: whole, some at once.
    fn others(
        &mut self,
        files: &[ImportFile],
        options: &ImportOptions,
        imported: &mut Imported,
    ) -> Result<(), ImportError> {
        let progress = self.progress;
        let read = |file: &ImportFile| -> Result<_, ImportError> {
            if progress.is_cancelled() {
                return Err(ImportError::Stopped);
            }
            let import = match format_of(file, progress).map(|name| format_for_import(&name))? {
                Ok(import) => import,
                Err(error) => return Ok(Err(error)),
            };
            let asked = progress.asks(&file.shown);
            let bytes = file.bytes.read_all()?;
            drop(asked);
            let options = ImportOptions { encoding: file.encoding.clone(), ..options.clone() };
            Ok(Ok((import(&SourceFile { name: &file.name, bytes: &bytes }, &options), bytes.len())))
        };
        // Threads of its own: those of all others would be missing where a file never answers.
        let read_all = || files.par_iter().map(read).collect();
        let all: Vec<Result<Result<_, FormatError>, ImportError>> = match rayon::ThreadPoolBuilder::new().build() {
            Ok(threads) => threads.install(read_all),
            Err(_) => read_all(),
        };
        for (file, read) in files.iter().zip(all) {
            let ((exchange, findings), len) = match read? {
                Ok(read) => read,
                Err(error) => {
                    let message = format!("{error}; name another with --format");
                    let finding = Diagnostic::new(Severity::Error, "format", message);
                    imported.findings.push(finding.in_file(file.shown.clone()));
                    continue;
                }
            };
            let shown = |mut finding: Diagnostic| {
                finding.file = Some(file.shown.clone());
                finding
            };
            imported.findings.extend(findings.into_iter().map(shown));
            if !exchange.articles.is_empty() {
                self.sources.push(file.name.clone());
            }
            for mut article in exchange.articles {
                let (stays, findings) = self.importer.admission.admit_one(&mut article);
                imported.findings.extend(findings.into_iter().map(shown));
                if stays {
                    self.take(article, 0)?;
                }
            }
            self.before += len as u64;
        }
        Ok(())
    }

    /// Writes what is left of the import.
    fn finish(mut self, project: ExchangeProject, imported: &mut Imported) -> Result<(), ImportError> {
        let counts = &mut imported.counts;
        counts.articles += self.counts.articles;
        counts.known += self.counts.known;
        counts.mentions += self.counts.mentions;
        counts.claims += self.counts.claims;
        counts.stances += self.counts.stances;
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        if self.progress.is_cancelled() {
            return Err(ImportError::Stopped);
        }
        for name in self.sources {
            writer.add_source(name);
        }
        let people = people_of(project, self.annotators, &self.importer.annotator);
        let scheme = &self.importer.scheme.name;
        let notice = |(label, number): (LabelId, usize)| {
            let message = format!("{number} mentions have the label {label}, which the scheme {scheme} does not have.");
            Diagnostic::new(Severity::Warning, "unknown_label", message)
        };
        imported.written.push(Written {
            import: writer.finish(people)?,
            articles: self.ids,
            directions: self.directions,
            notices: self.unknown.into_iter().map(notice).collect(),
        });
        Ok(())
    }
}
