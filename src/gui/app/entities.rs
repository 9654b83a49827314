//! Entities between frames: merging and its kin part by part, reading what is said about one, putting names in order.

use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use crate::gui::ctx::{Dialog, Page, Progress};
use crate::model::EntityId;
use crate::session::{Command, CommandError, Task, TaskState, WideState};

/// How often a task is looked at.
const LOOK_S: f32 = 0.05;
/// So many rows that cannot be used are told.
const PROBLEMS: usize = 12;

impl App {
    /// Begins to put the names of entities in order, so that the panel that looks for them opens at once.
    pub(super) fn warm_names(&self) {
        let window = self.opener.window().clone();
        if let Some(session) = &self.session {
            session.warm_names(move || window.request_repaint());
        }
    }

    /// Begins a command about very many articles.
    pub(super) fn start_wide(&mut self, command: Command) {
        let Some(session) = &self.session else { return };
        if self.is_changing_many() {
            let text = self.i18n.text("wide-one-at-a-time").to_owned();
            self.refuse(&text);
            return;
        }
        match session.start_wide(command) {
            Ok(job) => self.chores.wide = Some(job),
            Err(_) => self.view.dialog = Some(Dialog::ReadOnly),
        }
    }

    /// Whether a command has to wait because another is half written; says so.
    pub(super) fn waits_for_wide(&mut self) -> bool {
        let waits = self.chores.wide.as_ref().is_some_and(crate::session::WideJob::is_writing);
        if waits {
            let text = self.i18n.text("wide-wait").to_owned();
            self.refuse(&text);
        }
        waits
    }

    /// Gives up a command about many articles; answers whether one was under way.
    pub(super) fn stop_wide(&mut self) -> bool {
        let (Some(job), Some(session)) = (self.chores.wide.take(), &mut self.session) else { return false };
        session.stop_wide(job);
        self.view.progress = None;
        self.toast(self.i18n.text("wide-stopped").to_owned(), false);
        true
    }

    pub(super) fn wide_in_background(&mut self, ctx: &egui::Context) {
        let (Some(session), Some(job)) = (&mut self.session, &mut self.chores.wide) else { return };
        let window = ctx.clone();
        let wake = move || -> Box<dyn FnOnce() + Send> {
            let window = window.clone();
            Box::new(move || window.request_repaint())
        };
        let is_merge = matches!(job.command(), Command::MergeEntities { .. });
        match session.poll_wide(job, &wake) {
            WideState::Running(done, total) => {
                ctx.request_repaint();
                let message = if job.is_writing() { "wide-writing" } else { "wide-reading" };
                self.view.progress = Some(Progress { message, done, total });
            }
            WideState::Done(outcome) => {
                self.chores.wide = None;
                self.view.progress = None;
                self.view.entity.chosen.clear();
                let notice = outcome.notices.first().map(|notice| notice.message.clone());
                let text = self.i18n.text(if is_merge { "wide-merged" } else { "wide-moved" }).to_owned();
                let has_changed = outcome.line.is_some();
                self.toast(notice.unwrap_or(text), has_changed);
            }
            WideState::Failed(error) => {
                self.chores.wide = None;
                self.view.progress = None;
                if matches!(error, CommandError::ReadOnly { .. }) {
                    self.view.dialog = Some(Dialog::ReadOnly);
                } else {
                    self.refuse(&error.to_string());
                }
            }
        }
    }

    /// Shows the page of an entity.
    pub(super) fn show_entity(&mut self, entity: &EntityId) {
        self.view.entity.show(entity);
        self.view.page = Page::Entity;
    }

    /// Shows the page of the entity of the mention in focus; again goes back.
    pub(super) fn show_focused_entity(&mut self) {
        if self.view.page == Page::Entity {
            self.view.page = Page::Article;
            self.view.focus_reader = true;
            return;
        }
        let (Some(session), Some(article)) = (&self.session, &self.view.article) else { return };
        let mention = self.view.mention().and_then(|id| session.set(article).mentions.get(id));
        match mention.and_then(|mention| mention.entity.clone()) {
            Some(entity) => self.show_entity(&entity),
            None => {
                let text = self.i18n.text("entity-none").to_owned();
                self.refuse(&text);
            }
        }
    }

    /// Reads what is said about the entity that is shown, and again whenever something has changed.
    pub(super) fn entity_in_background(&mut self, ctx: &egui::Context) {
        if self.view.page != Page::Entity {
            self.tasks.entity = None;
            return;
        }
        let (Some(session), Some(shown)) = (&self.session, self.view.entity.shown.clone()) else { return };
        if let Some((of, revision, task)) = &self.tasks.entity {
            match task.poll() {
                TaskState::Running(done, total) => {
                    self.view.entity.reading = Some((done, total));
                    ctx.request_repaint_after_secs(LOOK_S);
                }
                TaskState::Done(found) => {
                    if let Some(found) = found {
                        self.view.entity.found = Some((of.clone(), *revision, Arc::new(found)));
                    }
                    self.tasks.entity = None;
                    self.view.entity.reading = None;
                }
                TaskState::Ended => {
                    self.tasks.entity = None;
                    self.view.entity.reading = None;
                }
            }
            return;
        }
        let revision = session.revision();
        let is_known = self.view.entity.found.as_ref().is_some_and(|(of, at, _)| (of, at) == (&shown, &revision));
        if is_known || self.chores.wide.is_some() {
            return;
        }
        let reader = session.entity_reader(&shown);
        let window = ctx.clone();
        let task = Task::start("entity", move || window.request_repaint(), move |progress| reader.read(progress));
        self.tasks.entity = task.map(|task| (shown, revision, task));
        ctx.request_repaint_after_secs(LOOK_S);
    }
}

/// The knowledge base.
impl App {
    /// Reads the knowledge base that was attached to this copy of the project.
    pub(super) fn recall_knowledge(&mut self) {
        if let Some(path) = self.session.as_ref().and_then(crate::session::Session::knowledge_path) {
            self.attach_knowledge(path, false);
        }
    }

    /// Reads a knowledge base; `is_asked` says that somebody waits to hear of it.
    pub(super) fn attach_knowledge(&mut self, path: PathBuf, is_asked: bool) {
        let Some(session) = &self.session else { return };
        let window = self.opener.window().clone();
        match session.read_knowledge(path.clone(), move || window.request_repaint()) {
            Some(task) => self.tasks.knowledge = Some((path, is_asked, task)),
            None => {
                let reason = self.i18n.text("error-no-thread").to_owned();
                self.fail("error-knowledge", &path, &reason);
            }
        }
    }

    /// Takes the knowledge base away; the file stays as it is.
    pub(super) fn detach_knowledge(&mut self) {
        self.tasks.knowledge = None;
        let Some(session) = &mut self.session else { return };
        session.attach_knowledge(None);
        self.toast(self.i18n.text("knowledge-detached").to_owned(), false);
    }

    pub(super) fn knowledge_in_background(&mut self, ctx: &egui::Context) {
        let Some((path, is_asked, task)) = &self.tasks.knowledge else { return };
        let (path, is_asked) = (path.clone(), *is_asked);
        let result = match task.poll() {
            TaskState::Running(..) => {
                ctx.request_repaint_after_secs(LOOK_S);
                return;
            }
            TaskState::Done(result) => result.map_err(|error| error.to_string()),
            TaskState::Ended => Err(self.i18n.text("task-ended").to_owned()),
        };
        self.tasks.knowledge = None;
        match result {
            Ok(knowledge) => {
                let count = knowledge.len();
                let problems: Vec<String> = knowledge.problems().iter().take(PROBLEMS).map(problem_line).collect();
                let left = knowledge.problems().len();
                if let Some(session) = &mut self.session {
                    session.attach_knowledge(Some(knowledge));
                }
                if is_asked && left > 0 {
                    let title = self.i18n.with("knowledge-problems", &[("n", count.into()), ("bad", left.into())]);
                    self.view.dialog = Some(Dialog::Error { title, details: problems.join("\n") });
                } else if is_asked {
                    self.toast(self.i18n.with("knowledge-attached", &[("n", count.into())]), false);
                }
            }
            Err(reason) if is_asked => self.fail("error-knowledge", &path, &reason),
            // Attached earlier: its file may stand on a disk that is not here today.
            Err(_) => {
                let place = crate::gui::i18n::left_to_right(&path.to_string_lossy());
                self.toast(self.i18n.with("knowledge-missing", &[("place", (&place).into())]), false);
            }
        }
    }
}

/// A finding on one line.
fn problem_line(problem: &crate::model::Diagnostic) -> String {
    let line = problem.line.map(|line| format!("{line}: ")).unwrap_or_default();
    crate::gui::i18n::left_to_right(&[line.as_str(), &problem.message].concat())
}

impl super::tasks::Tasks {
    /// Whether a knowledge base is being read.
    pub(super) const fn is_reading_knowledge(&self) -> bool {
        self.knowledge.is_some()
    }

    /// Whether what is said about an entity is being read.
    pub(super) const fn is_reading_entity(&self) -> bool {
        self.entity.is_some()
    }
}
