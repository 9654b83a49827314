//! Work on many articles that goes on between frames: bulk changes, assignment, looking for repeated texts; and the
//! places in the articles, remembered for the next day.

use std::collections::VecDeque;
use std::sync::Arc;

use super::App;
use crate::gui::command::UiCommand;
use crate::gui::ctx::{Dialog, Progress, ViewState};
use crate::model::{AnnotatorId, ArticleId, AssignmentPlan, BlobId};
use crate::session::listing::{Groups, Wake, find_groups, recall_groups};
use crate::session::{
    BulkChange, Command, CommandError, Places, PlacesFile, SaveState, Task, TaskState, WideJob, write_plan,
};

/// Articles that are changed in one frame; about a millisecond.
const PER_FRAME: usize = 200;
/// How often a search for repeated texts is looked at.
const LOOK_S: f32 = 0.1;
/// Places wait this long before they are written.
const SETTLE_S: f64 = 2.0;

/// A change to many articles, under way.
#[derive(Debug)]
struct Bulk {
    batch: String,
    change: BulkChange,
    left: VecDeque<ArticleId>,
    total: usize,
    changed: usize,
}

/// What goes on.
#[derive(Debug, Default)]
pub struct Chores {
    bulk: Option<Bulk>,
    /// A command about very many articles.
    pub(super) wide: Option<WideJob>,
    plan: Option<Task<Result<BlobId, String>>>,
    /// With the revision of the articles it is about, and whether the user asked for it.
    groups: Option<(Task<Option<Groups>>, u64, bool)>,
    places: Option<PlacesFile>,
    known: Places,
    /// The article whose place was noted last, and since when it has been open.
    open: Option<(ArticleId, f64)>,
    written: bool,
}

impl App {
    /// Whether work on many articles is under way; for tests.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        let chores = &self.chores;
        self.is_reversing()
            || chores.bulk.is_some()
            || chores.wide.is_some()
            || self.tasks.is_reading_entity()
            || self.tasks.is_reading_knowledge()
            || chores.plan.is_some()
            || chores.groups.is_some()
            || self.view.catalogue.listing.is_busy()
            || self.view.dialogs.is_looking()
    }

    fn wake(ctx: &egui::Context) -> Wake {
        let window = ctx.clone();
        Arc::new(move || window.request_repaint())
    }

    /// Looks after everything that takes several frames.
    pub(super) fn chores_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        self.reverse_in_background(ctx);
        self.bulk_in_background(ctx);
        self.wide_in_background(ctx);
        self.plan_in_background();
        self.groups_in_background(ctx);
        self.note_place(now_s);
    }

    /// Whether very many articles are being changed.
    pub(super) fn is_changing_many(&self) -> bool {
        self.chores.bulk.is_some() || self.chores.wide.is_some() || self.is_reversing()
    }

    /// Begins to change articles.
    pub(super) fn start_bulk(&mut self, change: BulkChange, articles: Vec<ArticleId>) {
        if self.is_changing_many() || articles.is_empty() {
            return;
        }
        let Some(session) = &self.session else { return };
        let (batch, total) = (session.env().new_id(), articles.len());
        self.chores.bulk = Some(Bulk { batch, change, left: articles.into(), total, changed: 0 });
    }

    /// Ends the change; what is done stays done, and can be undone.
    pub(super) fn stop_work(&mut self) {
        if self.stop_wide() {
            return;
        }
        if self.is_reversing() {
            self.stop_reversing();
        } else if let Some(bulk) = self.chores.bulk.take() {
            self.view.progress = None;
            let text = self.i18n.with("bulk-stopped", &[("n", bulk.changed.into())]);
            self.toast(text, bulk.changed > 0);
        } else if self.chores.groups.take_if(|(_, _, is_asked)| *is_asked).is_some() {
            self.view.progress = None;
            self.toast(self.i18n.text("repeated-stopped").to_owned(), false);
        }
    }

    fn bulk_in_background(&mut self, ctx: &egui::Context) {
        if self.is_reversing() {
            return;
        }
        let (Some(session), Some(bulk)) = (&mut self.session, &mut self.chores.bulk) else { return };
        ctx.request_repaint();
        let count = bulk.left.len().min(PER_FRAME);
        let part: Vec<ArticleId> = bulk.left.iter().take(count).cloned().collect();
        match session.run_bulk(&bulk.batch, &bulk.change, &part) {
            Ok(changed) => {
                bulk.changed += changed;
                bulk.left.drain(..count);
            }
            // The disk is behind; the next frame tries again.
            Err(CommandError::Busy) => {}
            Err(error) => {
                let changed = bulk.changed;
                self.chores.bulk = None;
                self.view.progress = None;
                if matches!(error, CommandError::ReadOnly { .. }) {
                    self.view.dialog = Some(Dialog::ReadOnly);
                } else {
                    let reason = error.to_string();
                    let text = self.i18n.with("bulk-failed", &[("n", changed.into()), ("reason", (&reason).into())]);
                    self.toast(text, changed > 0);
                }
                return;
            }
        }
        let (done, total) = (bulk.total - bulk.left.len(), bulk.total);
        if bulk.left.is_empty() {
            let changed = bulk.changed;
            self.chores.bulk = None;
            self.view.progress = None;
            self.view.catalogue.chosen.clear();
            self.toast(self.i18n.with("bulk-done", &[("n", changed.into())]), changed > 0);
        } else {
            self.view.progress = Some(Progress { message: "bulk-progress", done, total });
        }
    }

    /// Gives articles to one annotator, in a new plan.
    pub(super) fn assign(&mut self, ctx: &egui::Context, annotator: &AnnotatorId, articles: &[ArticleId]) {
        let plan = self.session.as_ref().and_then(crate::session::Session::assignment_plan);
        if let Some(plan) = plan {
            self.make_plan(ctx, plan.with_given(annotator, articles));
        }
    }

    /// Writes a plan and makes it current.
    pub(super) fn make_plan(&mut self, ctx: &egui::Context, plan: AssignmentPlan) {
        let Some(session) = &self.session else { return };
        if session.read_only_reason().is_some() {
            self.view.dialog = Some(Dialog::ReadOnly);
            return;
        }
        self.chores.plan = write_plan(session.store().clone(), plan, Self::wake(ctx));
    }

    fn plan_in_background(&mut self) {
        if self.is_reversing() {
            return;
        }
        let Some(task) = &self.chores.plan else { return };
        let result = match task.poll() {
            TaskState::Running(..) => return,
            TaskState::Done(result) => result,
            TaskState::Ended => Err(String::new()),
        };
        self.chores.plan = None;
        match result {
            Ok(plan) => {
                if self.run(Command::SetPlan { plan: Some(plan) }).is_some() {
                    self.view.catalogue.chosen.clear();
                    self.toast(self.i18n.text("plan-made").to_owned(), true);
                }
            }
            Err(reason) => self.refuse(&reason),
        }
    }

    /// Looks for repeated texts, unless it is being done.
    pub(super) fn find_repeated(&mut self, ctx: &egui::Context) {
        let Some(session) = &self.session else { return };
        if self.chores.groups.as_ref().is_none_or(|(_, _, is_asked)| !is_asked) {
            let (rows, of) = (session.catalogue().clone(), session.catalogue().articles_revision());
            let task = find_groups(session.store().clone(), rows, Self::wake(ctx));
            self.chores.groups = task.map(|task| (task, of, true));
        }
    }

    fn groups_in_background(&mut self, ctx: &egui::Context) {
        let Some((task, of, is_asked)) = &self.chores.groups else { return };
        let (of, is_asked) = (*of, *is_asked);
        match task.poll() {
            TaskState::Running(..) if !is_asked => {}
            TaskState::Running(done, total) => {
                ctx.request_repaint_after_secs(LOOK_S);
                if self.is_reversing() {
                    return;
                }
                self.view.progress = Some(Progress { message: "repeated-progress", done, total });
            }
            TaskState::Done(groups) => {
                self.chores.groups = None;
                self.view.progress = None;
                if let Some(groups) = groups {
                    let (equal, near) = groups.counts();
                    let text = self.i18n.with("repeated-found", &[("equal", equal.into()), ("near", near.into())]);
                    self.view.catalogue.listing.set_groups(Arc::new(groups), of);
                    if is_asked {
                        self.toast(text, false);
                    }
                }
            }
            TaskState::Ended => {
                self.chores.groups = None;
                self.view.progress = None;
            }
        }
    }

    /// Takes over what an earlier search for repeated texts found.
    pub(super) fn recall_repeated(&mut self) {
        let Some(session) = &self.session else { return };
        let (rows, of) = (session.catalogue().clone(), session.catalogue().articles_revision());
        let window = self.opener.window().clone();
        let wake: Wake = Arc::new(move || window.request_repaint());
        let task = recall_groups(session.store().clone(), rows, wake);
        self.chores.groups = task.map(|task| (task, of, false));
    }

    /// Leaves out the other articles with the text of the open one.
    pub(super) fn skip_repeated(&mut self) {
        let (Some(session), Some(article)) = (&self.session, &self.view.article) else { return };
        let Some(groups) = self.view.catalogue.listing.groups().cloned() else {
            self.out.push(UiCommand::Do(crate::gui::command::CommandId::FindRepeated));
            return;
        };
        let catalogue = session.catalogue();
        let Some(row) = catalogue.idx_of(article) else { return };
        let rows = groups.equals(row as u32).filter_map(|row| catalogue.row(row as usize));
        let articles: Vec<ArticleId> = rows.map(|row| row.id()).collect();
        if articles.is_empty() {
            self.toast(self.i18n.text("repeated-none").to_owned(), false);
        } else {
            let name = catalogue.row(row).map(|row| row.name.to_owned()).unwrap_or_default();
            self.start_bulk(BulkChange::Skip(format!("duplicate of {name}")), articles);
        }
    }
}

/// Places.
impl App {
    /// Takes over what is remembered of a project, and answers which article was open.
    pub(super) fn recall_places(&mut self, session: &crate::session::Session) -> Option<ArticleId> {
        self.chores.places = session.places_file();
        self.chores.known = self.chores.places.as_ref().map(PlacesFile::read).unwrap_or_default();
        self.reader.set_places(&self.chores.known.places);
        let last = self.chores.known.last.clone();
        last.filter(|article| session.catalogue().idx_of(article).is_some())
    }

    /// Notes where the reader is: when another article is opened, and now and then.
    fn note_place(&mut self, now_s: f64) {
        let Some(article) = self.view.article.clone() else { return };
        match &self.chores.open {
            Some((open, since_s)) if *open == article => {
                if !self.chores.written && now_s - since_s > SETTLE_S {
                    self.chores.written = true;
                    self.write_places();
                }
            }
            _ => {
                self.chores.open = Some((article, now_s));
                self.chores.written = false;
            }
        }
    }

    /// Writes the places on a thread of its own.
    fn write_places(&mut self) {
        let Some(file) = self.gather_places() else { return };
        let places = self.chores.known.clone();
        // Without a thread the places wait for the end.
        let _ = std::thread::Builder::new().name("places".to_owned()).spawn(move || file.write(&places));
    }

    /// Writes the places before the project is closed.
    pub(super) fn keep_places(&mut self) {
        if let Some(file) = self.gather_places() {
            file.write(&self.chores.known);
        }
    }

    fn gather_places(&mut self) -> Option<PlacesFile> {
        let file = self.chores.places.clone()?;
        for place in self.reader.places() {
            self.chores.known.note(place);
        }
        self.chores.known.last.clone_from(&self.view.article);
        Some(file)
    }

    /// Forgets everything about a project that is closed.
    pub(super) fn drop_chores(&mut self) {
        // Half of a merge is none.
        self.stop_wide();
        self.chores = Chores::default();
    }

    /// Whether leaving now would leave something half-done; saving waits for the disk either way.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.session.as_ref().is_none_or(|session| session.save_state() == SaveState::Saved)
    }
}

impl ViewState {
    /// The article to which done-and-next and its kin go: the next in the list for which `wanted` says so, from the
    /// open one on, and then from the top.
    pub(super) fn next_listed(
        &mut self,
        session: &crate::session::Session,
        forwards: bool,
        around: bool,
        wanted: impl Fn(&crate::session::ArticleRow<'_>) -> bool,
    ) -> Option<ArticleId> {
        let catalogue = session.catalogue();
        let current = self.article.as_ref().and_then(|article| catalogue.idx_of(article));
        let at = current.and_then(|row| self.catalogue.listing.place_of(row));
        let rows = self.catalogue.listing.rows();
        let row_at = |place: usize| rows.get(place).and_then(|row| catalogue.row(*row as usize));
        let fits = |place: &usize| Some(*place) != at && row_at(*place).is_some_and(|row| wanted(&row));
        let count = rows.len();
        let found = match (at, forwards) {
            (Some(at), true) => (at + 1..count).find(fits).or_else(|| around.then(|| (0..at).find(fits)).flatten()),
            (Some(at), false) => (0..at).rev().find(fits),
            // The open article is not in the list: the first one after it in the project that is, or the first.
            (None, _) => {
                let after = |place: &usize| rows.get(*place).copied().map(|row| row as usize) > current;
                (0..count).filter(after).find(fits).or_else(|| (0..count).find(fits))
            }
        };
        found.and_then(row_at).map(|row| row.id())
    }
}
