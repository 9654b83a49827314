//! Bringing articles in: files are read and decoded on a thread, doubtful encodings are asked for, then a job imports.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::App;
use crate::formats::{ImportOptions, SourceFile, decode::decode, guess_format, pasted_article};
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Dialog, Importing};
use crate::gui::dialogs::EncodingQuestion;
use crate::model::{Diagnostic, Exchange, Severity};
use crate::session::{ImportBytes, ImportFile, ImportJob, ImportProgress, ImportStage, JobState};
use crate::storage::{FileKind, Fs};

/// A file that was read and waits.
#[derive(Clone, Debug)]
struct ReadFile {
    path: PathBuf,
    /// Its encoding could not be told for certain.
    doubtful: bool,
}

#[derive(Debug, Default)]
struct Probe {
    files: Vec<ReadFile>,
    question: Option<EncodingQuestion>,
    problems: Vec<String>,
}

/// What is under way.
#[derive(Debug, Default)]
pub struct Importer {
    /// Whoever hangs does not hold up those that were asked for later.
    probes: Vec<Probing>,
    /// Files that wait for an encoding or for a project.
    files: Vec<ReadFile>,
    encoding: Option<&'static str>,
    pasted: Option<(String, String)>,
    job: Option<(ImportJob, f64)>,
    /// How far the job had come, and since when it has come no further.
    pulse: (usize, f64),
}

/// Files that are being looked at.
#[derive(Debug)]
struct Probing {
    answer: Receiver<Probe>,
    progress: Arc<ImportProgress>,
    since_s: f64,
    pulse: (usize, f64),
}

impl Drop for Probing {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Progress is shown once a job takes longer than this.
const SHOW_AFTER_S: f64 = 0.4;
/// Whoever comes no further for so long is said to wait.
const WAITS_AFTER_S: f64 = 3.0;
/// Enough of a file to tell its format.
const HEAD_BYTES: usize = 64;
/// More files than this are not taken from one folder by accident.
const MOST_FILES: usize = 200_000;

impl App {
    /// Begins to read files; folders stand for the files in them.
    pub(super) fn import_paths(&mut self, paths: Vec<PathBuf>) {
        if let [only] = paths.as_slice()
            && self.is_project(only)
        {
            let path = only.clone();
            self.out.push(UiCommand::OpenProject { path, annotator: None });
            return;
        }
        let (sender, receiver) = channel();
        let fs = self.options.fs.clone();
        let first = paths.first().cloned();
        let progress = Arc::new(ImportProgress::default());
        let theirs = Arc::clone(&progress);
        let read = move || {
            let _ = sender.send(probe(fs.as_ref(), &paths, &theirs));
        };
        if std::thread::Builder::new().name("reading files".to_owned()).spawn(read).is_ok() {
            let since_s = f64::NEG_INFINITY;
            self.importer.probes.push(Probing { answer: receiver, progress, since_s, pulse: (0, since_s) });
            self.importer.encoding = None;
        } else if let Some(path) = first {
            self.fail("error-read", &path, self.i18n.text("error-no-thread").to_owned().as_str());
        }
    }

    /// Takes a pasted text.
    pub(super) fn import_pasted(&mut self, title: String, text: String) {
        self.importer.pasted = Some((title, text));
        self.import_waiting();
    }

    /// Reads the doubtful files in this encoding.
    pub(super) fn use_encoding(&mut self, encoding: &'static str) {
        self.importer.encoding = Some(encoding);
        self.import_waiting();
    }

    /// Stops what is under way and forgets what waits.
    pub(super) fn stop_import(&mut self) {
        if !std::mem::take(&mut self.importer.probes).is_empty() && self.importer.job.is_none() {
            self.toast(self.i18n.text("import-stopped").to_owned(), false);
        }
        if let Some((job, _)) = &self.importer.job {
            job.cancel();
        }
        self.importer.files.clear();
        self.importer.pasted = None;
    }

    /// Stops what is under way in a project that is left; what waits may be for the next one.
    pub(super) fn leave_import(&mut self) {
        if let Some((job, _)) = self.importer.job.take() {
            job.cancel();
        }
    }

    /// Imports what waits; asks for a project first where none is open.
    pub(super) fn import_waiting(&mut self) {
        if self.importer.files.is_empty() && self.importer.pasted.is_none() || self.importer.job.is_some() {
            return;
        }
        let Some(session) = &self.session else {
            let name = self.importer.files.first().map(|file| base_name(&file.path)).unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
            self.ask_for_project(&stem, None);
            return;
        };
        if let Some((title, text)) = self.importer.pasted.take()
            && let Some(mut article) = pasted_article(&text)
        {
            if !title.is_empty() {
                article.facts.title = title;
            }
            let exchange = Exchange { articles: vec![article], ..Exchange::default() };
            match session.start_import_of(exchange, Vec::new()) {
                // Files that wait come after it.
                Ok(job) => self.importer.job = Some((job, f64::NEG_INFINITY)),
                Err(error) => self.refuse(&error.to_string()),
            }
            return;
        }
        if self.importer.files.is_empty() {
            return;
        }
        let files = std::mem::take(&mut self.importer.files);
        let encoding = self.importer.encoding;
        let fs = &self.options.fs;
        let file = |file: ReadFile| ImportFile {
            name: base_name(&file.path),
            shown: file.path.display().to_string(),
            bytes: ImportBytes::Disk(Arc::clone(fs), file.path),
            format: None,
            encoding: encoding.filter(|_| file.doubtful).map(str::to_owned),
        };
        let options = ImportOptions { scheme: Some(session.scheme().as_ref().clone()), ..ImportOptions::default() };
        match session.start_import(files.into_iter().map(file).collect(), options) {
            Ok(job) => self.importer.job = Some((job, f64::NEG_INFINITY)),
            Err(error) => self.refuse(&error.to_string()),
        }
    }

    /// Looks how far reading and importing have come.
    pub(super) fn import_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        self.view.importing = None;
        self.probe_in_background(ctx, now_s);
        let (Some((job, since)), Some(session)) = (&mut self.importer.job, &mut self.session) else { return };
        if *since == f64::NEG_INFINITY {
            (*since, self.importer.pulse) = (now_s, (job.pulse(), now_s));
        }
        match session.poll_import(job) {
            JobState::Running(done, total) => {
                if now_s - *since > SHOW_AFTER_S {
                    let waits = comes_no_further(&mut self.importer.pulse, job.pulse(), now_s);
                    let stage = match session.import_stage(job) {
                        ImportStage::Files(file) => ImportStage::Files(file.filter(|_| waits)),
                        stage => stage,
                    };
                    // In megabytes.
                    self.view.importing = Some(Importing { done: done >> 20, total: total >> 20, stage });
                }
                ctx.request_repaint_after_secs(0.05);
            }
            JobState::Done(report) => {
                self.importer.job = None;
                self.imported(&report.added, &report.notices);
                self.import_next();
            }
            JobState::Failed(error) => {
                self.importer.job = None;
                let title = self.i18n.text("error-import").to_owned();
                self.view.dialog = Some(Dialog::Error { title, details: error.to_string() });
                self.import_next();
            }
            JobState::Cancelled => {
                self.importer.job = None;
                self.toast(self.i18n.text("import-stopped").to_owned(), false);
                self.import_next();
            }
        }
    }

    fn probe_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        let mut at = 0;
        while let Some(probing) = self.importer.probes.get(at) {
            match probing.answer.try_recv() {
                Ok(probe) => {
                    self.importer.probes.remove(at);
                    self.probed(probe);
                }
                Err(TryRecvError::Empty) => at += 1,
                Err(TryRecvError::Disconnected) => {
                    self.importer.probes.remove(at);
                }
            }
        }
        let Some(probing) = self.importer.probes.first_mut() else { return };
        if probing.since_s == f64::NEG_INFINITY {
            (probing.since_s, probing.pulse.1) = (now_s, now_s);
        }
        if now_s - probing.since_s > SHOW_AFTER_S {
            let waits = comes_no_further(&mut probing.pulse, probing.progress.pulse(), now_s);
            let stage = ImportStage::Files(probing.progress.waits_for().filter(|_| waits));
            self.view.importing = Some(Importing { done: 0, total: 0, stage });
        }
        ctx.request_repaint_after_secs(0.03);
    }

    /// Imports what came while a job was under way, unless its encoding is being asked for.
    fn import_next(&mut self) {
        if self.view.dialog != Some(Dialog::Encoding) {
            self.import_waiting();
        }
    }

    fn probed(&mut self, probe: Probe) {
        self.importer.files.extend(probe.files);
        if !probe.problems.is_empty() {
            let title = self.i18n.text("error-read").to_owned();
            self.view.dialog = Some(Dialog::Error { title, details: probe.problems.join("\n") });
        }
        if let Some(question) = probe.question {
            self.view.dialogs.encoding = question;
            self.view.dialog = Some(Dialog::Encoding);
        } else if self.view.dialog.is_none() {
            self.import_waiting();
        }
    }

    fn imported(&mut self, added: &[crate::model::ArticleId], notices: &[Diagnostic]) {
        if let Some(first) = added.first() {
            self.out.push(UiCommand::OpenArticle(first.clone()));
        }
        let problems: Vec<&Diagnostic> = notices.iter().filter(|notice| notice.severity == Severity::Error).collect();
        if problems.is_empty() {
            let text = self.i18n.with("import-done", &[("n", added.len().into())]);
            self.toast(text, false);
        } else {
            let lines: Vec<String> = problems.iter().take(8).map(|notice| notice_line(notice)).collect();
            let title = self.i18n.with("import-problems", &[("n", problems.len().into())]);
            self.view.dialog = Some(Dialog::Error { title, details: lines.join("\n") });
        }
    }
}

fn notice_line(notice: &Diagnostic) -> String {
    match &notice.file {
        Some(file) => format!("{}: {}", crate::gui::i18n::isolated(file), notice.message),
        None => notice.message.clone(),
    }
}

fn base_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Notes how far something has come, and answers whether it has come no further for a while.
fn comes_no_further(kept: &mut (usize, f64), pulse: usize, now_s: f64) -> bool {
    if kept.0 != pulse {
        *kept = (pulse, now_s);
    }
    now_s - kept.1 > WAITS_AFTER_S
}

/// Reads files and finds the first whose encoding has to be asked for.
fn probe(fs: &dyn Fs, paths: &[PathBuf], progress: &ImportProgress) -> Probe {
    let mut probe = Probe::default();
    for path in paths {
        take_path(fs, path, progress, &mut probe);
    }
    probe
}

fn take_path(fs: &dyn Fs, path: &Path, progress: &ImportProgress, probe: &mut Probe) {
    if progress.is_cancelled() {
        return;
    }
    let shown = path.display().to_string();
    let asked = progress.asks(&shown);
    let is_folder = fs.metadata(path).is_ok_and(|meta| meta.kind == FileKind::Folder);
    if is_folder {
        let listed = fs.list(path);
        drop(asked);
        match listed {
            Ok(entries) => {
                for entry in entries.iter().filter(|entry| entry.is_file).take(MOST_FILES) {
                    take_path(fs, &path.join(&entry.name), progress, probe);
                }
            }
            Err(error) => probe.problems.push(format!("{}: {error}", path.display())),
        }
        return;
    }
    let name = base_name(path);
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let head = match fs.read_range(path, 0, HEAD_BYTES) {
        Ok(head) => head,
        Err(error) => return probe.problems.push(failed(error)),
    };
    // Only of texts the encoding may have to be asked for; files of many articles are read while they are imported.
    let is_text = guess_format(&SourceFile { name: &name, bytes: &head }) == "text";
    let bytes = match if is_text { fs.read(path) } else { Ok(Vec::new()) } {
        Ok(bytes) => bytes,
        Err(error) => return probe.problems.push(failed(error)),
    };
    let decoded = if is_text { decode(&bytes, None).ok() } else { None };
    let doubtful = decoded.as_ref().is_some_and(|decoded| !decoded.sure && !decoded.alternatives.is_empty());
    if let Some(decoded) = decoded.filter(|_| doubtful && probe.question.is_none()) {
        let first: String = decoded.text.split_whitespace().take(14).collect::<Vec<_>>().join(" ");
        let mut readings = vec![(decoded.encoding, first)];
        readings.extend(decoded.alternatives.into_iter().map(|other| (other.encoding, other.preview)));
        probe.question = Some(EncodingQuestion { file: name, readings });
    }
    probe.files.push(ReadFile { path: path.to_owned(), doubtful });
}
