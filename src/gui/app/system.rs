//! The user's settings on disk, and the system's file dialog.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use super::{App, RunOptions};
use crate::gui::ctx::{Dialog, PathPurpose};
use crate::gui::settings::Settings;
use crate::storage::{read_settings, write_settings};

/// Settings wait this long for further changes before they are written.
const SETTLE_S: f64 = 1.0;
/// A file dialog that is gone after this time without an answer was never there.
const TOO_QUICK_S: f64 = 0.5;

/// The settings of the user, or the defaults.
pub fn load_settings(options: &RunOptions) -> Settings {
    let text = options.data_dir.as_deref().and_then(|dir| read_settings(options.fs.as_ref(), dir));
    text.and_then(|text| Settings::from_text(&text).ok()).unwrap_or_default()
}

/// What a file dialog answers: paths, or nothing.
type Answer = Option<Vec<PathBuf>>;

/// A file dialog on a thread of its own.
#[derive(Debug, Default)]
pub struct Browser {
    waiting: Option<(PathPurpose, Receiver<Answer>, f64)>,
}

impl App {
    /// Writes changed settings once they have settled.
    pub(super) fn settings_in_background(&mut self, now_s: f64) {
        if self.view.settings == self.stored_settings {
            self.settings_changed_s = None;
            return;
        }
        let since = *self.settings_changed_s.get_or_insert(now_s);
        if now_s - since > SETTLE_S {
            self.store_settings();
        }
    }

    /// Writes changed settings now. A failure costs settings only, never work, so it is not shown.
    pub(super) fn store_settings(&mut self) {
        if self.view.settings == self.stored_settings {
            return;
        }
        self.stored_settings = self.view.settings.clone();
        if let Some(dir) = &self.options.data_dir {
            let _ = write_settings(self.options.fs.as_ref(), dir, &self.stored_settings.to_text());
        }
    }

    /// Shows the system's file dialog, or asks for a path where there is no such service.
    pub(super) fn browse(&mut self, ctx: &egui::Context, purpose: PathPurpose) {
        if self.browser.waiting.is_some() {
            return;
        }
        if !has_dialog_service() {
            self.view.dialog = Some(Dialog::Path(purpose));
            return;
        }
        let (sender, receiver) = channel();
        let title = match purpose {
            PathPurpose::Articles => self.i18n.text("path-articles"),
            PathPurpose::Project => self.i18n.text("path-project"),
            PathPurpose::NewProjectFolder => self.i18n.text("path-folder"),
            PathPurpose::SaveCopy => self.i18n.text("cmd-save-copy"),
            PathPurpose::Scheme => self.i18n.text("cmd-import-scheme"),
            PathPurpose::Knowledge => self.i18n.text("cmd-attach-knowledge"),
            PathPurpose::Export { .. } => self.i18n.text("cmd-export"),
        }
        .to_owned();
        let (format, one_file) = self.view.dialogs.export.format();
        let place = self.export_place(format, one_file);
        let ctx_there = ctx.clone();
        let ask = move || {
            let dialog = rfd::FileDialog::new().set_title(title);
            let answer = match purpose {
                PathPurpose::Articles => dialog.pick_files(),
                PathPurpose::Scheme | PathPurpose::Knowledge => dialog.pick_file().map(|path| vec![path]),
                PathPurpose::Export { one_file: true } => {
                    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    dialog.set_file_name(name).save_file().map(|path| vec![path])
                }
                PathPurpose::Project
                | PathPurpose::NewProjectFolder
                | PathPurpose::SaveCopy
                | PathPurpose::Export { one_file: false } => dialog.pick_folder().map(|path| vec![path]),
            };
            let _ = sender.send(answer);
            ctx_there.request_repaint();
        };
        if std::thread::Builder::new().name("file dialog".to_owned()).spawn(ask).is_ok() {
            self.browser.waiting = Some((purpose, receiver, ctx.input(|input| input.time)));
        } else {
            self.view.dialog = Some(Dialog::Path(purpose));
        }
    }

    /// Takes the answer of the file dialog, if it is there.
    pub(super) fn browser_in_background(&mut self, now_s: f64) {
        let Some((purpose, receiver, since)) = &self.browser.waiting else { return };
        let (purpose, since) = (*purpose, *since);
        let answer = match receiver.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => None,
        };
        self.browser.waiting = None;
        match answer {
            Some(paths) => self.chosen(purpose, paths),
            None if now_s - since < TOO_QUICK_S => self.view.dialog = Some(Dialog::Path(purpose)),
            None => {}
        }
    }

    fn chosen(&mut self, purpose: PathPurpose, paths: Vec<PathBuf>) {
        use crate::gui::command::UiCommand;
        match purpose {
            PathPurpose::Articles => self.out.push(UiCommand::ImportPaths(paths)),
            PathPurpose::Project => {
                let path = paths.into_iter().next();
                self.out.extend(path.map(|path| UiCommand::OpenProject { path, annotator: None }));
            }
            PathPurpose::SaveCopy => {
                // The chosen folder exists; the copy goes into a new one inside it.
                let name = self.session.as_ref().map(|session| session.header().name.clone()).unwrap_or_default();
                let folder = format!("{}-copy.hashiya", name.replace(['/', '\\', ':'], "-"));
                self.out.extend(paths.first().map(|path| UiCommand::SaveCopy(path.join(folder))));
            }
            PathPurpose::Knowledge => self.out.extend(paths.into_iter().next().map(UiCommand::AttachKnowledge)),
            PathPurpose::Scheme => self.out.extend(paths.into_iter().next().map(UiCommand::ImportScheme)),
            PathPurpose::Export { .. } => {
                if let Some(path) = paths.first() {
                    self.view.dialogs.export.set_place(&path.to_string_lossy());
                }
            }
            PathPurpose::NewProjectFolder => {
                if let Some(path) = paths.first() {
                    self.view.dialogs.set_folder(&path.to_string_lossy());
                }
            }
        }
    }
}

/// Whether the system can show a file dialog at all: on Linux that takes a session bus.
fn has_dialog_service() -> bool {
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        return true;
    }
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
}
