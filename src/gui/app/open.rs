//! Opening, making and closing projects.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::App;
use crate::gui::ctx::{Dialog, ViewState};
use crate::gui::reader::ReaderState;
use crate::gui::settings::RecentProject;
use crate::model::{AnnotatorId, ArticleId, Profile};
use crate::session::listing::{is_done, is_open};
use crate::session::{Command, NewProject, OpenOptions, Session, SessionError, demo, schemes};
use crate::storage::FileKind;

/// That a project is on the way is shown once it takes longer than this.
const SHOW_AFTER_S: f64 = 0.4;

/// Opens projects on a thread, so that the window goes on answering.
pub struct Opener {
    /// Woken when a project is ready.
    window: egui::Context,
    opening: Option<Opening>,
    /// The name that the person who opens has given, kept once the project is open.
    pub(super) name: Option<String>,
    /// The article that was shown before the project was opened as somebody else.
    article: Option<ArticleId>,
    /// Whether who annotates was not said yet, so that nobody is remembered.
    newcomer: bool,
}

/// A project that was opened.
struct Opened {
    session: Session,
    /// Whether this user is new in it, and must say who annotates before anything is written.
    newcomer: bool,
}

impl Opener {
    /// Wakes `window` when a project is ready.
    pub(super) fn new(window: egui::Context) -> Self {
        Self { window, opening: None, name: None, article: None, newcomer: false }
    }

    /// The window to wake.
    pub(super) fn window(&self) -> &egui::Context {
        &self.window
    }
}

/// A project on the way.
struct Opening {
    receiver: Receiver<Result<Opened, SessionError>>,
    /// Message id of the title if it fails.
    failure: &'static str,
    path: PathBuf,
    /// Who made it, if it is new.
    made_by: Option<String>,
    /// When the first frame waited for it.
    since_s: Option<f64>,
}

impl App {
    /// Opens what the command line named: a project folder, or files with articles.
    pub(super) fn open_arguments(&mut self) {
        let paths = std::mem::take(&mut self.options.paths);
        match paths.as_slice() {
            [] => {}
            [only] if self.is_project(only) => self.open_project(only, None),
            _ => self.import_paths(paths),
        }
    }

    /// Whether a path is a folder that looks like a project.
    pub(super) fn is_project(&self, path: &Path) -> bool {
        let is_folder = self.options.fs.metadata(path).is_ok_and(|meta| meta.kind == FileKind::Folder);
        let has_header = self.options.fs.metadata(&path.join("project.ron")).is_ok();
        is_folder && (has_header || path.extension().is_some_and(|extension| extension == "hashiya"))
    }

    /// Begins to open a project, as `annotator` if that is said.
    pub(super) fn open_project(&mut self, path: &Path, annotator: Option<&str>) {
        if self.is_opening() {
            return;
        }
        let remembered = self.view.settings.recent.iter().find(|project| Path::new(&project.path) == path);
        let known = remembered.map(|project| project.annotator.clone()).filter(|id| !id.is_empty());
        let own = Some(self.view.settings.annotator.clone()).filter(|id| !id.is_empty());
        let (remembered, own) = (known.map(AnnotatorId::new), own.map(AnnotatorId::new));
        let annotator = annotator.map(AnnotatorId::new);
        // The same project is open: its writer must be gone before it is opened again.
        let is_open = self.session.as_ref().is_some_and(|session| session.dir() == path);
        let before = if is_open { self.leave_session() } else { None };
        let (fs, env, data) = (self.options.fs.clone(), self.options.env.clone(), self.options.data_dir.clone());
        let dir = path.to_owned();
        let open = move || {
            if let Some(before) = before {
                before.close()?;
            }
            let open_as = |annotator: Option<AnnotatorId>, read_only: bool| {
                let options = OpenOptions { annotator, read_only, any_annotator: read_only };
                Session::open(fs.clone(), &dir, &options, env.clone(), data.as_deref())
            };
            let known = |session: Session| {
                // Here, so that the first key in the window does not wait for them.
                session.know_names();
                Opened { session, newcomer: false }
            };
            let recorded = Session::recorded_annotator(fs.clone(), &dir, data.as_deref())?;
            if let Some(id) = annotator.or(recorded).or(remembered) {
                return open_as(Some(id), false).map(known);
            }
            // New here. Who has no name anywhere yet is the one person of a project that has one.
            if own.is_none() {
                match open_as(None, false) {
                    Err(SessionError::WhichAnnotator { .. }) => {}
                    other => return other.map(known),
                }
            }
            let session = open_as(None, true)?;
            match own.filter(|own| session.annotators().contains(own)) {
                Some(own) => {
                    drop(session);
                    open_as(Some(own), false).map(known)
                }
                None => Ok(Opened { session, newcomer: true }),
            }
        };
        self.open_on_thread("error-open-project", path, open);
    }

    /// Whether a project is being opened on its thread.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.opener.opening.is_some()
    }

    /// Lets a thread open or make a project; [`App::opened_in_background`] takes what it answers.
    fn open_on_thread(
        &mut self,
        failure: &'static str,
        path: &Path,
        open: impl FnOnce() -> Result<Opened, SessionError> + Send + 'static,
    ) {
        let (sender, receiver) = channel();
        let window = self.opener.window.clone();
        let work = move || {
            let _ = sender.send(open());
            window.request_repaint();
        };
        if std::thread::Builder::new().name("open project".to_owned()).spawn(work).is_ok() {
            let path = path.to_owned();
            self.opener.opening = Some(Opening { receiver, failure, path, made_by: None, since_s: None });
        } else {
            let reason = self.i18n.text("error-no-thread").to_owned();
            self.fail(failure, path, &reason);
        }
    }

    /// Takes the project that was opened, if it is ready; says that it is on the way if that takes long.
    pub(super) fn opened_in_background(&mut self, ctx: &egui::Context, now_s: f64) {
        let Some(opening) = &mut self.opener.opening else { return };
        let result = match opening.receiver.try_recv() {
            Ok(result) => Some(result),
            Err(TryRecvError::Empty) => {
                let since_s = *opening.since_s.get_or_insert(now_s);
                self.view.opening = now_s - since_s >= SHOW_AFTER_S;
                if !self.view.opening {
                    ctx.request_repaint_after_secs((SHOW_AFTER_S - (now_s - since_s)).max(0.02) as f32);
                }
                return;
            }
            Err(TryRecvError::Disconnected) => None,
        };
        self.view.opening = false;
        let Some(Opening { failure, path, made_by, .. }) = self.opener.opening.take() else { return };
        match result {
            Some(Ok(opened)) => {
                self.show_opened(opened);
                if let Some(annotator) = made_by {
                    self.view.settings.annotator = annotator;
                    self.import_waiting();
                }
            }
            Some(Err(error)) => self.fail(failure, &path, &error.to_string()),
            None => {
                let reason = self.i18n.text("error-opening-ended").to_owned();
                self.fail(failure, &path, &reason);
            }
        }
    }

    /// Makes a project and opens it.
    pub(super) fn create_project(&mut self, path: &Path, name: &str, scheme: &str, annotator: &str) {
        if self.is_opening() {
            return;
        }
        let base = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if name.is_empty() { base } else { name.to_owned() };
        let scheme = schemes::shipped(scheme).unwrap_or_else(schemes::news);
        let new = NewProject { name, scheme, annotator: AnnotatorId::new(annotator) };
        let (fs, env, data) = (self.options.fs.clone(), self.options.env.clone(), self.options.data_dir.clone());
        let dir = path.to_owned();
        let make = move || {
            let session = Session::create(fs, &dir, &new, env, data.as_deref())?;
            Ok(Opened { session, newcomer: false })
        };
        self.open_on_thread("error-create-project", path, make);
        if let Some(opening) = &mut self.opener.opening {
            opening.made_by = Some(annotator.to_owned());
        }
    }

    /// Opens the demo project, making it on first use.
    pub(super) fn open_demo(&mut self) {
        if self.is_opening() {
            return;
        }
        let place = self.options.data_dir.clone().unwrap_or_else(|| self.home());
        let folder = place.join("demo.hashiya");
        if self.is_project(&folder) {
            self.open_project(&folder, None);
            return;
        }
        let (fs, env) = (self.options.fs.clone(), self.options.env.clone());
        let (data, dir) = (self.options.data_dir.clone(), folder.clone());
        self.open_on_thread("error-create-project", &folder, move || {
            let session = demo::create(fs, &dir, env, data.as_deref())?;
            Ok(Opened { session, newcomer: false })
        });
    }

    /// Where projects are suggested: the user's home, or else the data folder.
    pub(super) fn home(&self) -> PathBuf {
        let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let home = home.filter(|home| !home.is_empty()).map(PathBuf::from);
        self.options.data_dir.clone().filter(|_| home.is_none()).or(home).unwrap_or_else(|| PathBuf::from("."))
    }

    /// Suggests a new project beside `folder`, named after `name`, and asks.
    pub(super) fn ask_for_project(&mut self, name: &str, folder: Option<&Path>) {
        let name = if name.is_empty() { self.i18n.text("project-new-name").to_owned() } else { name.to_owned() };
        let parent = folder.map_or_else(|| self.home(), Path::to_path_buf);
        let file = format!("{}.hashiya", name.replace(['/', '\\', ':'], "-"));
        let annotator = Some(self.view.settings.annotator.clone()).filter(|id| !id.is_empty());
        let annotator = annotator.unwrap_or_else(|| "ann-01".to_owned());
        self.view.dialogs.suggest_project(&name, &parent.join(file).to_string_lossy(), &annotator);
        self.view.dialog = Some(Dialog::NewProject);
    }

    /// Shows a project that was opened on its thread; asks a newcomer who annotates.
    fn show_opened(&mut self, opened: Opened) {
        let (name, article) = (self.opener.name.take(), self.opener.article.take());
        self.close_session();
        self.opener.newcomer = opened.newcomer;
        self.show_session(opened.session);
        let is_here = |article: &ArticleId| self.session.as_ref().is_some_and(|session| session.row(article).is_some());
        if let Some(article) = article.filter(is_here) {
            self.view.article = Some(article);
        }
        if opened.newcomer {
            self.view.dialogs.newcomer = true;
            self.view.dialog = Some(Dialog::WhoAmI);
        } else if let Some(display_name) = name
            && self.session.as_ref().is_some_and(|session| session.read_only_reason().is_none())
        {
            self.run(Command::SetProfile { profile: Profile { display_name } });
        }
    }

    /// Shows an opened project from the article that was open last, or else from the first open one.
    pub(super) fn show_session(&mut self, session: Session) {
        self.close_session();
        self.theme.set_scheme(session.scheme());
        let last = self.recall_places(&session);
        let catalogue = session.catalogue();
        let first = || catalogue.rows().find(|row| is_open(row.status)).or_else(|| catalogue.row(0));
        self.view.article = last.or_else(|| first().map(|row| row.id()));
        self.view.focus_reader = true;
        self.remember(&session);
        self.session = Some(session);
        self.begin_following();
        self.recall_repeated();
        self.warm_names();
        self.recall_knowledge();
    }

    /// Closes the project that is open, if one is, and forgets what was shown of it.
    pub(super) fn close_session(&mut self) {
        let Some(session) = self.leave_session() else { return };
        if let Err(error) = session.close() {
            let title = self.i18n.text("error-close").to_owned();
            self.view.dialog = Some(Dialog::Error { title, details: error.to_string() });
        }
        self.look_for_recent();
    }

    /// Lets go of the project that is open and of everything that was shown of it; it still has to be closed.
    fn leave_session(&mut self) -> Option<Session> {
        self.finish_reversing();
        self.keep_places();
        self.drop_chores();
        let session = self.session.take()?;
        self.stop_tasks();
        self.leave_import();
        self.remember(&session);
        self.opener.article = self.view.article.take();
        let settings = std::mem::take(&mut self.view.settings);
        self.view = ViewState { settings, ..ViewState::default() };
        self.reader = ReaderState::default();
        self.checks = (None, std::sync::Arc::default());
        self.title.clear();
        Some(session)
    }

    fn remember(&mut self, session: &Session) {
        let catalogue = session.catalogue();
        let done = catalogue.rows().filter(|row| is_done(row.status)).count();
        self.view.settings.remember(RecentProject {
            path: session.dir().to_string_lossy().into_owned(),
            date: self.options.env.now().date().to_owned(),
            articles: catalogue.len(),
            done,
            annotator: if self.opener.newcomer { String::new() } else { session.annotator().to_string() },
        });
    }

    /// Notes which recent projects are no longer there.
    pub(super) fn look_for_recent(&mut self) {
        let fs = &self.options.fs;
        let missing = |path: &str| fs.metadata(Path::new(path)).is_err();
        let recent = self.view.settings.recent.iter().map(|project| project.path.clone());
        self.view.missing_recent = recent.filter(|path| missing(path)).collect();
    }

    /// Shows an error: what, where, what to do.
    pub(super) fn fail(&mut self, title: &str, path: &Path, details: &str) {
        let place = crate::gui::i18n::left_to_right(&path.to_string_lossy());
        let title = self.i18n.text(title).to_owned();
        self.view.dialog = Some(Dialog::Error { title, details: format!("{place}\n{details}") });
    }
}
