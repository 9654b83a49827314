//! Long reading work in the background: statistics, and exports with their previews.
//!
//! Each task reads what is on disk through a session of its own, so it begins once everything is saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::App;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Dialog, JobShown, Page};
use crate::gui::dialogs::{ImportList, Preview};
use crate::session::{
    EntityUse, ExportError, ExportReport, ExportRequest, KnowledgeBase, KnowledgeError, ReadingCopy, SaveState,
    Session, Statistics, Task, TaskProgress, TaskState,
};
use crate::storage::ImportSummary;

/// Progress is shown once a task takes longer than this.
const SHOW_AFTER_S: f64 = 0.4;
/// How often a running task is looked at.
const LOOK_S: f32 = 0.05;

type Counted = Result<Option<Statistics>, String>;
type Exported = Result<ExportReport, ExportError>;

/// What is under way.
#[derive(Debug, Default)]
pub struct Tasks {
    counting: Option<(u64, Task<Counted>)>,
    /// The revision that the statistics belong to.
    counted: Option<u64>,
    preview: Option<(ExportRequest, Task<Exported>)>,
    imports: Option<Task<Result<Vec<ImportSummary>, String>>>,
    /// A knowledge base being read; whether somebody asked for it now.
    pub(super) knowledge: Option<(std::path::PathBuf, bool, Task<Result<KnowledgeBase, KnowledgeError>>)>,
    /// What is said about an entity, being read; with the entity and the state of the project.
    pub(super) entity: Option<(crate::model::EntityId, u64, Task<Option<EntityUse>>)>,
    /// An export that waits until everything is saved.
    waiting: Option<(ExportRequest, PathBuf)>,
    export: Option<(PathBuf, Task<Exported>, Option<f64>)>,
}

/// Whether everything that was done can be read from disk.
fn is_saved(session: &Session) -> bool {
    matches!(session.save_state(), SaveState::Saved | SaveState::ReadOnly { unsaved: 0, .. })
}

impl App {
    /// Forgets what belongs to the project that is closed.
    pub(super) fn stop_tasks(&mut self) {
        self.tasks = Tasks::default();
    }

    fn start<T: Send + 'static>(
        &self,
        ctx: &egui::Context,
        name: &str,
        work: impl FnOnce(&ReadingCopy, &TaskProgress) -> T + Send + 'static,
    ) -> Option<Task<T>> {
        let copy = self.session.as_ref()?.reading_copy();
        let window = ctx.clone();
        Task::start(name, move || window.request_repaint(), move |progress| work(&copy, progress))
    }

    /// Looks how far all tasks have come, and begins those that are due.
    pub(super) fn tasks_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        self.count_in_background(ctx);
        self.preview_in_background();
        self.imports_in_background();
        self.entity_in_background(ctx);
        self.knowledge_in_background(ctx);
        self.export_in_background(ctx, now_s);
        if self.tasks.counting.is_some() || self.tasks.preview.is_some() || self.tasks.export.is_some() {
            ctx.request_repaint_after_secs(LOOK_S);
        }
    }

    fn count_in_background(&mut self, ctx: &egui::Context) {
        let Some(session) = &self.session else { return };
        let (revision, saved) = (session.revision(), is_saved(session));
        if let Some((of, task)) = &self.tasks.counting {
            let of = *of;
            match task.poll() {
                TaskState::Running(done, total) => {
                    self.view.statistics.counting = Some((done, total));
                    return;
                }
                TaskState::Done(Ok(Some(found))) => {
                    self.view.statistics.found = Some(Arc::new(found));
                    self.tasks.counted = Some(of);
                }
                // Somebody stopped it: what was counted before stays, and nothing starts by itself.
                TaskState::Done(Ok(None)) => {
                    self.tasks.counted = Some(of);
                    self.view.statistics.stopped = true;
                }
                TaskState::Done(Err(reason)) => {
                    self.tasks.counted = Some(of);
                    self.view.statistics.failed = Some(reason);
                }
                TaskState::Ended => {
                    self.tasks.counted = Some(of);
                    self.view.statistics.failed = Some(self.i18n.text("task-ended").to_owned());
                }
            }
            self.tasks.counting = None;
            self.view.statistics.counting = None;
        }
        if self.view.page == Page::Statistics && self.tasks.counted != Some(revision) && saved {
            let task = self.start(ctx, "statistics", |copy, progress| {
                let session = copy.open().map_err(|error| error.to_string())?;
                session.statistics(&mut |done, total| progress.report(done, total)).map_err(|error| error.to_string())
            });
            self.view.statistics.failed = None;
            self.view.statistics.stopped = false;
            match task {
                Some(task) => self.tasks.counting = Some((revision, task)),
                None => self.tasks.counted = Some(revision),
            }
        }
    }

    /// Counts again, also where counting was stopped.
    pub(super) fn count_again(&mut self) {
        self.tasks.counted = None;
    }

    /// Stops counting.
    pub(super) fn stop_counting(&mut self) {
        if let Some((_, task)) = &self.tasks.counting {
            task.stop();
        }
    }

    /// Works out what an export would be.
    pub(super) fn preview_export(&mut self, ctx: &egui::Context, request: ExportRequest) {
        let of = request.clone();
        let task = self.start(ctx, "export preview", move |copy, progress| {
            copy.open()?.export(&request, None, &mut |done, total| progress.report(done, total))
        });
        self.view.dialogs.export.preview = Preview::Counting(of.clone());
        self.tasks.preview = task.map(|task| (of, task));
    }

    fn preview_in_background(&mut self) {
        if self.view.dialog != Some(Dialog::Export) {
            self.tasks.preview = None;
            return;
        }
        let Some((request, task)) = &self.tasks.preview else { return };
        self.view.dialogs.export.preview = match task.poll() {
            TaskState::Running(..) => return,
            TaskState::Done(Ok(report)) => Preview::Known(request.clone(), Arc::new(report)),
            TaskState::Done(Err(error)) => Preview::Failed(request.clone(), error.to_string()),
            TaskState::Ended => Preview::Failed(request.clone(), self.i18n.text("task-ended").to_owned()),
        };
        self.tasks.preview = None;
    }

    /// Reads what was brought in, for its dialog.
    pub(super) fn list_imports(&mut self, ctx: &egui::Context) {
        let Some(store) = self.session.as_ref().map(|session| session.store().clone()) else { return };
        let window = ctx.clone();
        let read = move |_: &TaskProgress| store.imports().map_err(|error| error.to_string());
        self.tasks.imports = Task::start("imports", move || window.request_repaint(), read);
    }

    fn imports_in_background(&mut self) {
        let Some(task) = &self.tasks.imports else { return };
        self.view.dialogs.imports = match task.poll() {
            TaskState::Running(..) => return,
            TaskState::Done(Ok(found)) => ImportList::Known(found),
            TaskState::Done(Err(reason)) => ImportList::Failed(reason),
            TaskState::Ended => ImportList::Failed(self.i18n.text("task-ended").to_owned()),
        };
        self.tasks.imports = None;
    }

    /// Begins an export, once everything is saved.
    pub(super) fn export(&mut self, request: ExportRequest, target: PathBuf) {
        let Some(session) = &self.session else { return };
        if matches!(session.save_state(), SaveState::ReadOnly { unsaved, .. } if unsaved > 0) {
            // What is not on disk would be missing.
            self.view.dialog = Some(Dialog::ReadOnly);
            return;
        }
        if self.tasks.export.is_some() || self.tasks.waiting.is_some() {
            let text = self.i18n.text("export-one-at-a-time").to_owned();
            self.refuse(&text);
            return;
        }
        self.tasks.waiting = Some((request, target));
    }

    /// Stops the export that is under way.
    pub(super) fn stop_export(&mut self) {
        self.tasks.waiting = None;
        if let Some((_, task, _)) = &self.tasks.export {
            task.stop();
        }
    }

    fn export_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        if self.session.as_ref().is_some_and(is_saved)
            && let Some((request, target)) = self.tasks.waiting.take()
        {
            let to = target.clone();
            let task = self.start(ctx, "export", move |copy, progress| {
                copy.open()?.export(&request, Some(&to), &mut |done, total| progress.report(done, total))
            });
            match task {
                Some(task) => self.tasks.export = Some((target, task, None)),
                None => {
                    let reason = self.i18n.text("error-no-thread").to_owned();
                    self.fail("error-export", &target, &reason);
                }
            }
        }
        self.view.job = None;
        let Some((_, task, since_s)) = &mut self.tasks.export else { return };
        let since_s = *since_s.get_or_insert(now_s);
        match task.poll() {
            TaskState::Running(done, total) => {
                if now_s - since_s > SHOW_AFTER_S {
                    let text = self.i18n.with("export-progress", &[("n", done.into()), ("total", total.into())]);
                    self.view.job = Some(JobShown { text, done, total, stop: UiCommand::StopExport });
                }
            }
            TaskState::Done(result) => self.exported(result),
            TaskState::Ended => {
                let reason = self.i18n.text("task-ended").to_owned();
                if let Some((target, ..)) = self.tasks.export.take() {
                    self.fail("error-export", &target, &reason);
                }
            }
        }
    }

    fn exported(&mut self, result: Exported) {
        let Some((target, ..)) = self.tasks.export.take() else { return };
        match result {
            Ok(report) => {
                let place = crate::gui::i18n::left_to_right(&target.to_string_lossy());
                let args = [("n", report.articles.into()), ("place", (&place).into())];
                self.toast(self.i18n.with("export-done", &args), false);
            }
            Err(ExportError::Stopped { files }) => {
                self.toast(self.i18n.with("export-stopped", &[("n", files.len().into())]), false);
            }
            Err(error) => self.fail("error-export", &target, &error.to_string()),
        }
    }

    /// Suggests where an export in this format goes.
    pub(super) fn export_place(&self, format: &str, one_file: bool) -> PathBuf {
        let name = self.session.as_ref().map(|session| session.header().name.clone()).unwrap_or_default();
        let name = name.replace(['/', '\\', ':'], "-");
        let ending = match format {
            "hashiya-jsonl" => ".hashiya.jsonl".to_owned(),
            other if one_file => format!(".{other}"),
            other => format!("-{other}"),
        };
        let beside = self.session.as_ref().and_then(|session| session.dir().parent().map(Path::to_path_buf));
        beside.unwrap_or_else(|| self.home()).join(format!("{name}{ending}"))
    }
}
