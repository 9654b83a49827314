//! Following the project that is open, taking over, copies and schemes: all work of the disk on threads.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use super::App;
use crate::edit::Place;
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Dialog, InspectorTab};
use crate::model::{AnnotationId, BlobId, LineId};
use crate::session::{Command, Followed};
use crate::text::SpanSet;

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(2);

/// What waits for a thread, and what was seen last.
#[derive(Debug, Default)]
pub struct Following {
    copy: Option<(Receiver<Result<usize, String>>, PathBuf)>,
    scheme: Option<(Receiver<Result<BlobId, String>>, PathBuf)>,
    /// Whether nothing could be written when it was last looked.
    was_read_only: bool,
    /// The scheme that the colours are made from.
    scheme_shown: Option<BlobId>,
}

impl App {
    /// Begins to follow the project that was opened.
    pub(super) fn begin_following(&mut self) {
        let window = self.opener.window().clone();
        let Some(session) = &mut self.session else { return };
        self.following.was_read_only = session.read_only_reason().is_some();
        self.following.scheme_shown = Some(session.scheme_id().clone());
        // Without a thread the project is open all the same; it only shows others' work later.
        let _ = session.start_following(EVERY, move || window.request_repaint());
        session.read_beside();
    }

    /// Takes in what others did, and what threads have finished.
    pub(super) fn follow_in_background(&mut self) {
        self.copied_in_background();
        self.scheme_in_background();
        let Some(session) = &mut self.session else { return };
        let followed = session.follow();
        if followed != Followed::default() {
            self.after_following(followed);
        }
        self.watch_writing();
    }

    fn after_following(&mut self, followed: Followed) {
        if let Some(taken) = followed.taken_over {
            let text = self.i18n.text(if taken { "taken-over" } else { "still-taken" }).to_owned();
            self.toast(text, false);
        }
        if !followed.changed {
            return;
        }
        self.view.new_clashes += followed.new_clashes;
        let Some(session) = &mut self.session else { return };
        if self.following.scheme_shown.as_ref() != Some(session.scheme_id()) {
            self.following.scheme_shown = Some(session.scheme_id().clone());
            self.theme.set_scheme(session.scheme());
        }
        let shown = self.view.article.clone().filter(|article| session.catalogue().idx_of(article).is_some());
        let shown = shown.or_else(|| session.catalogue().row(0).map(|row| row.id()));
        if shown != self.view.article {
            self.view.article.clone_from(&shown);
            (self.view.focus, self.view.selection, self.view.live_edge) = (None, None, None);
        }
        let Some(article) = shown else { return };
        // What cannot be read says so in the reader.
        let _ = session.open_article(&article);
        if self.view.focus.as_ref().is_some_and(|focus| !session.set(&article).contains(focus)) {
            self.view.focus = None;
        }
    }

    /// Says once that nothing can be written any more, or that it can again.
    fn watch_writing(&mut self) {
        let Some(session) = &self.session else { return };
        let is_read_only = session.read_only_reason().is_some();
        if is_read_only == self.following.was_read_only {
            return;
        }
        self.following.was_read_only = is_read_only;
        if is_read_only && self.view.dialog.is_none() {
            self.view.dialog = Some(Dialog::ReadOnly);
        } else if !is_read_only && self.view.dialog == Some(Dialog::ReadOnly) {
            self.view.dialog = None;
        }
    }

    /// Asks to become the writer, if the process that wrote as the same annotator is gone.
    pub(super) fn take_over(&mut self) {
        let Some(session) = &self.session else { return };
        if session.locked_by().is_some() {
            session.ask_to_take_over();
        }
    }

    /// Writes a complete copy of the project on a thread, also of what could not be saved in its own place.
    pub(super) fn save_copy(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        if self.is_copying() {
            return;
        }
        let (job, target, window) = (session.copy_job(), path.to_owned(), self.opener.window().clone());
        let (sender, receiver) = channel();
        let work = move || {
            let result = job.run(&target).map(|missed| missed.len()).map_err(|error| error.to_string());
            let _ = sender.send(result);
            window.request_repaint();
        };
        if std::thread::Builder::new().name("save a copy".to_owned()).spawn(work).is_ok() {
            self.following.copy = Some((receiver, path.to_owned()));
        } else {
            let reason = self.i18n.text("error-no-thread").to_owned();
            self.fail("error-copy", path, &reason);
        }
    }

    /// Asks for something as a panel does: it is done before the next frame.
    pub fn ask(&mut self, command: UiCommand) {
        self.out.push(command);
    }

    /// Whether a copy is being written.
    #[must_use]
    pub fn is_copying(&self) -> bool {
        self.following.copy.is_some()
    }

    fn copied_in_background(&mut self) {
        let Some((receiver, _)) = &self.following.copy else { return };
        let result = match receiver.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => Err(self.i18n.text("error-opening-ended").to_owned()),
        };
        let Some((_, path)) = self.following.copy.take() else { return };
        let place = crate::gui::i18n::left_to_right(&path.to_string_lossy());
        match result {
            Ok(0) => self.toast(self.i18n.with("copy-saved", &[("place", (&place).into())]), false),
            Ok(missed) => {
                let args = [("place", (&place).into()), ("n", missed.into())];
                self.toast(self.i18n.with("copy-saved-partly", &args), false);
            }
            Err(error) => self.fail("error-copy", &path, &error),
        }
    }

    /// Takes a file as a new scheme and makes it current.
    pub(super) fn import_scheme(&mut self, path: &Path) {
        let Some(session) = &self.session else { return };
        if let Some(reason) = session.read_only_reason() {
            self.fail("error-scheme", path, &reason);
            return;
        }
        let (importer, fs) = (session.scheme_importer(), self.options.fs.clone());
        let (window, file) = (self.opener.window().clone(), path.to_owned());
        let (sender, receiver) = channel();
        let work = move || {
            let bytes = fs.read(&file).map_err(|error| error.to_string());
            let _ = sender.send(bytes.and_then(|bytes| importer.run(&bytes)));
            window.request_repaint();
        };
        if std::thread::Builder::new().name("import scheme".to_owned()).spawn(work).is_ok() {
            self.following.scheme = Some((receiver, path.to_owned()));
        } else {
            let reason = self.i18n.text("error-no-thread").to_owned();
            self.fail("error-scheme", path, &reason);
        }
    }

    fn scheme_in_background(&mut self) {
        if self.is_reversing() {
            return;
        }
        let Some((receiver, _)) = &self.following.scheme else { return };
        let result = match receiver.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => Err(self.i18n.text("error-opening-ended").to_owned()),
        };
        let Some((_, path)) = self.following.scheme.take() else { return };
        match result {
            Ok(scheme) => {
                if self.run(Command::SetScheme { scheme }).is_some() {
                    self.show_scheme();
                    self.toast(self.i18n.text("scheme-imported").to_owned(), true);
                }
            }
            Err(error) => self.fail("error-scheme", &path, &error),
        }
    }

    /// Makes the colours of the current scheme, where it is another than before.
    pub(super) fn show_scheme(&mut self) {
        let Some(session) = &self.session else { return };
        if self.following.scheme_shown.as_ref() != Some(session.scheme_id()) {
            self.following.scheme_shown = Some(session.scheme_id().clone());
            self.theme.set_scheme(session.scheme());
        }
    }

    /// Decides the clash that is chosen; without one, shows the first.
    pub(super) fn clash_command(&mut self, ctx: &egui::Context, id: CommandId) {
        let Some(session) = &self.session else { return };
        let is_shown = self.view.tab == InspectorTab::Checks && self.is_inspector_shown(ctx);
        // In the list of checks the key belongs to the finding that is chosen there.
        if is_shown && id == CommandId::SeenClash && self.view.inspector.findings.begin_dismissal(&self.checks.1) {
            return;
        }
        let chosen = self.view.clash.as_ref().filter(|_| is_shown);
        let key = |clash: &crate::storage::Clash| (clash.place.clone(), clash.line.clone());
        let found = session.open_clashes().map(key).find(|key| chosen == Some(key));
        let Some((place, line)) = found else {
            self.show_first_clash(ctx);
            return;
        };
        let next = self.clash_after(&place, &line);
        let place = Box::new(place);
        let command = match id {
            CommandId::TakeOther => Command::TakeOther { place, line },
            _ => Command::SeenClash { place, line },
        };
        if self.run(command).is_some() {
            self.show_scheme();
            match next {
                Some(next) => self.show_clash(ctx, next),
                None => self.view.clash = None,
            }
        }
    }

    /// Asks for the reason why the chosen finding is dismissed; without one, chooses the first.
    pub(super) fn dismiss_finding(&mut self, ctx: &egui::Context) {
        self.show_inspector(ctx);
        self.view.tab = InspectorTab::Checks;
        self.view.pane = crate::gui::ctx::Pane::Inspector;
        self.view.inspector.findings.choose_first(&self.checks.1);
        self.view.inspector.findings.begin_dismissal(&self.checks.1);
    }

    /// Shows the list of clashes, from the first.
    pub(super) fn show_first_clash(&mut self, ctx: &egui::Context) {
        let first = self.session.as_ref().and_then(|session| session.open_clashes().next());
        if let Some(first) = first.map(|clash| (clash.place.clone(), clash.line.clone())) {
            self.show_clash(ctx, first);
        }
    }

    fn is_inspector_shown(&self, ctx: &egui::Context) -> bool {
        if super::frame::WidthClass::of(ctx.content_rect().width()).overlays_inspector() {
            self.view.inspector_overlay
        } else {
            self.view.settings.inspector
        }
    }

    /// The clash that follows in the list, so that deciding one leads to the next.
    fn clash_after(&self, place: &Place, line: &LineId) -> Option<(Place, LineId)> {
        let all: Vec<_> =
            self.session.as_ref()?.open_clashes().map(|clash| (clash.place.clone(), clash.line.clone())).collect();
        let at = all.iter().position(|(known, of)| known == place && of == line)?;
        let others = all.iter().skip(at + 1).chain(all.iter().take(at));
        // Another edit of the same place is decided with it.
        others.into_iter().find(|(known, _)| known != place).cloned()
    }

    /// Chooses a clash and shows its place in the reader.
    pub(super) fn show_clash(&mut self, ctx: &egui::Context, clash: (Place, LineId)) {
        self.show_inspector(ctx);
        self.view.tab = InspectorTab::Checks;
        self.view.new_clashes = 0;
        let place = clash.0.clone();
        self.view.clash = Some(clash);
        self.show_value(&place);
    }

    /// Shows a thing that is listed in the checks where it stands in the text.
    pub(super) fn show_value(&mut self, place: &Place) {
        let (Some(session), Some(article)) = (&self.session, place.article()) else { return };
        let set = session.set(article);
        let what: Option<AnnotationId> = match place {
            Place::Mention(_, id) => Some(id.clone().into()),
            Place::Claim(_, id) => Some(id.clone().into()),
            Place::Stance(_, id) => Some(id.clone().into()),
            _ => None,
        };
        let span = match place {
            Place::Region(_, span) => Some(*span),
            _ => what.as_ref().and_then(|what| set.spans_of(what)).map(SpanSet::hull),
        };
        self.out.push(UiCommand::ShowPlace { article: article.clone(), what, span });
    }
}
