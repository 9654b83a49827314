//! What goes on between frames: jobs, file dialogs, dropped files, saving, the title, settings.

use super::App;
use crate::gui::command::UiCommand;
use crate::gui::ctx::InspectorTab;
use crate::session::SaveState;

/// So long after the last change the checkpoint is brought up to date, in seconds.
const IDLE_S: f64 = 4.0;

impl App {
    /// Looks after everything that does not wait for the user.
    pub(super) fn background(&mut self, ctx: &egui::Context) {
        let now_s = ctx.input(|input| input.time);
        self.browser_in_background(now_s);
        self.opened_in_background(ctx, now_s);
        self.follow_in_background();
        self.import_in_background(ctx, now_s);
        self.chores_in_background(ctx, now_s);
        self.tasks_in_background(ctx, now_s);
        self.settings_in_background(now_s);
        self.take_dropped(ctx);
        self.watch_saving(ctx, now_s);
        self.look_after_session(ctx, now_s);
        self.load_shown();
        self.refresh_checks();
        self.fonts_in_background(ctx);
        self.set_title(ctx);
    }

    /// Takes in what the session's threads have read, and has the checkpoint written when nobody changed anything for
    /// some seconds.
    fn look_after_session(&mut self, ctx: &egui::Context, now_s: f64) {
        let shows_history =
            self.view.tab == InspectorTab::History && (self.view.settings.inspector || self.view.inspector_overlay);
        let Some(session) = &mut self.session else { return };
        if shows_history {
            session.load_history();
        }
        if session.attend() {
            ctx.request_repaint();
        } else if session.is_reading_history() {
            ctx.request_repaint_after_secs(0.1);
        }
        if !session.wants_checkpoint() {
            self.idle_since = None;
            return;
        }
        let revision = session.revision();
        let since_s = match self.idle_since {
            Some((known, since_s)) if known == revision => since_s,
            _ => now_s,
        };
        self.idle_since = Some((revision, since_s));
        if now_s - since_s >= IDLE_S {
            session.checkpoint_in_background();
        } else {
            ctx.request_repaint_after_secs((IDLE_S - (now_s - since_s)).max(0.05) as f32);
        }
    }

    fn take_dropped(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<_> = dropped.into_iter().map(|file| file.path().to_path_buf()).collect();
        if !paths.is_empty() {
            self.out.push(UiCommand::ImportPaths(paths));
        }
    }

    fn watch_saving(&mut self, ctx: &egui::Context, now_s: f64) {
        let saving =
            self.session.as_ref().is_some_and(|session| matches!(session.save_state(), SaveState::Saving { .. }));
        if saving {
            self.saving_since_s.get_or_insert(now_s);
            // The writer's thread cannot wake the window; looking often is cheap while something waits.
            ctx.request_repaint_after_secs(0.02);
        } else {
            self.saving_since_s = None;
        }
    }

    fn refresh_checks(&mut self) {
        let (Some(session), Some(article)) = (&self.session, &self.view.article) else {
            self.checks = (None, std::sync::Arc::default());
            return;
        };
        let key = (session.revision(), article.clone());
        if self.checks.0.as_ref() != Some(&key) {
            // An article that cannot be read says so in the reader.
            self.checks = (Some(key), session.checks(article).unwrap_or_default());
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.session {
            Some(session) => self.i18n.with("window-title", &[("project", session.header().name.as_str().into())]),
            None => self.i18n.text("program-name").to_owned(),
        };
        // Title bars are drawn by the system, which shows isolates as boxes more often than it obeys them.
        let title = crate::gui::i18n::without_isolates(&title);
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
