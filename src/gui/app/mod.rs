//! The frame loop: background work, keys, panels, and then what the user asked for.

mod apply;
mod background;
mod chores;
mod entities;
mod follow;
mod fonts;
mod frame;
mod history;
mod import;
mod keys;
mod open;
mod reversing;
mod start;
mod system;
mod tasks;

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use super::command::UiCommand;
use super::ctx::{PanelCtx, ShellCtx, ViewState};
use super::i18n::I18n;
use super::keymap::Keymap;
use super::reader::ReaderState;
use super::settings::Settings;
use super::text::TextPainter;
use super::theme::Theme;
use crate::env::Env;
use crate::model::ArticleId;
use crate::session::{Checks, Session};
use crate::storage::Fs;

pub use start::{RunError, run};

/// What the window is started with.
#[derive(Debug)]
pub struct RunOptions {
    /// A project folder, or files with articles; none shows the first screen.
    pub paths: Vec<PathBuf>,
    /// Files.
    pub fs: Arc<dyn Fs>,
    /// Clock and ids.
    pub env: Arc<Env>,
    /// The user's data folder: settings, locks, the demo project.
    pub data_dir: Option<PathBuf>,
}

/// The program with its window.
pub struct App {
    options: RunOptions,
    /// The open project.
    pub session: Option<Session>,
    /// What is shown.
    pub view: ViewState,
    /// The reader's own state.
    pub reader: ReaderState,
    theme: Theme,
    i18n: I18n,
    keymap: Keymap,
    text: TextPainter,
    out: Vec<UiCommand>,
    /// Commands that wait for a field to keep what is written in it.
    after_field: Vec<UiCommand>,
    /// The settings that theme, words, zoom and keymap were made from; none before the first frame.
    applied: Option<(Settings, bool)>,
    stored_settings: Settings,
    settings_changed_s: Option<f64>,
    checks: (Option<(u64, ArticleId)>, Arc<Checks>),
    saving_since_s: Option<f64>,
    /// The session's revision and since when it has been the same, while the checkpoint is behind.
    idle_since: Option<(u64, f64)>,
    importer: import::Importer,
    tasks: tasks::Tasks,
    browser: system::Browser,
    opener: open::Opener,
    following: follow::Following,
    chores: chores::Chores,
    reversing: reversing::Reversing,
    title: String,
    /// Looks for fonts on the system; none in tests, so that every machine paints alike.
    fonts: Option<fonts::FontFinder>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("options", &self.options).finish_non_exhaustive()
    }
}

impl App {
    /// Prepares everything that needs no frame, and opens what the options name.
    ///
    /// # Errors
    /// When a bundled file is broken, which a test excludes.
    pub fn new(ctx: &egui::Context, options: RunOptions) -> Result<Self, RunError> {
        start::prepare(ctx);
        let settings = system::load_settings(&options);
        let mut app = Self {
            theme: Theme::load(false, false).map_err(|error| RunError::Assets(error.to_string()))?,
            i18n: I18n::new(settings.language, settings.digits),
            keymap: Keymap::new(&settings.keys),
            text: TextPainter::default(),
            out: Vec::new(),
            after_field: Vec::new(),
            applied: None,
            stored_settings: settings.clone(),
            settings_changed_s: None,
            checks: (None, Arc::default()),
            saving_since_s: None,
            idle_since: None,
            importer: import::Importer::default(),
            tasks: tasks::Tasks::default(),
            browser: system::Browser::default(),
            opener: open::Opener::new(ctx.clone()),
            following: follow::Following::default(),
            chores: chores::Chores::default(),
            reversing: reversing::Reversing::default(),
            title: String::new(),
            fonts: None,
            session: None,
            view: ViewState { settings, ..ViewState::default() },
            reader: ReaderState::default(),
            options,
        };
        app.look_for_recent();
        app.open_arguments();
        Ok(app)
    }

    /// One frame: everything between the system's events and the picture.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.background(&ctx);
        self.keys(ui);
        self.apply_all(&ctx);
        self.apply_settings(&ctx);
        self.text.begin_frame(&ctx, self.theme.tokens.dark, self.i18n.is_rtl());
        self.load_shown();
        self.draw(ui);
        self.text.end_frame(&ctx);
        if !self.out.is_empty() {
            self.apply_all(&ctx);
            ctx.request_repaint();
        }
    }

    /// What panels get that need no project.
    fn shell(&mut self) -> ShellCtx<'_> {
        ShellCtx {
            session: self.session.as_ref(),
            view: &mut self.view,
            theme: &self.theme,
            i18n: &self.i18n,
            keymap: &self.keymap,
            text: &mut self.text,
            out: &mut self.out,
        }
    }

    /// What panels of a project get, with the reader beside.
    fn panel(&mut self) -> Option<(PanelCtx<'_>, &mut ReaderState, &Checks)> {
        let session = self.session.as_mut()?;
        let ctx = PanelCtx {
            session,
            view: &mut self.view,
            theme: &self.theme,
            i18n: &self.i18n,
            keymap: &self.keymap,
            text: &mut self.text,
            out: &mut self.out,
        };
        Some((ctx, &mut self.reader, &self.checks.1))
    }

    /// Takes new settings into effect: theme, words, zoom, keys.
    fn apply_settings(&mut self, ctx: &egui::Context) {
        use super::theme::ThemeChoice;
        let settings = self.view.settings.clone().within_limits();
        let dark = match settings.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => ctx.system_theme() == Some(egui::Theme::Dark),
        };
        if self.applied.as_ref() == Some(&(settings.clone(), dark)) {
            return;
        }
        let before = self.applied.replace((settings.clone(), dark));
        let differs =
            |part: fn(&Settings) -> String| before.as_ref().is_none_or(|(old, _)| part(old) != part(&settings));
        if before
            .as_ref()
            .is_none_or(|(old, was_dark)| *was_dark != dark || old.high_contrast != settings.high_contrast)
        {
            if let Ok(theme) = Theme::load(dark, settings.high_contrast) {
                self.theme = theme;
            }
            self.theme.apply(ctx);
            match &self.session {
                Some(session) => self.theme.set_scheme(session.scheme()),
                None => self.theme.set_scheme(&crate::session::schemes::news()),
            }
        }
        if differs(|settings| format!("{:?}{:?}", settings.language, settings.digits)) {
            self.i18n = I18n::new(settings.language, settings.digits);
            self.title.clear();
        }
        if differs(|settings| format!("{:?}", settings.keys)) {
            self.keymap = Keymap::new(&settings.keys);
        }
        ctx.set_zoom_factor(settings.interface_zoom);
        self.view.settings = settings;
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.store_settings();
        self.finish_reversing();
        self.keep_places();
        if let Some(session) = self.session.take() {
            // What fails here is in the journal already; the window is gone, so nobody could be told.
            let _ = session.close();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.theme.tokens.paper.to_normalized_gamma_f32()
    }
}
