//! From keys to commands, by physical position, before any widget sees them.

use egui::{Event, Key, Ui};

use super::App;
use crate::gui::command::{Chord, CommandId, UiCommand};
use crate::gui::ctx::{Dialog, Pane};
use crate::gui::keymap::chord_from_event;
use crate::gui::widgets::text_field_has_keyboard;

impl App {
    /// Takes the keys that are commands out of the frame's events and notes the commands.
    pub(super) fn keys(&mut self, ui: &Ui) {
        let ctx = ui.ctx().clone();
        self.out.append(&mut self.after_field);
        if self.view.dialog.is_some() {
            if self.view.dialogs.waits_for_key.is_some() {
                self.catch_key(&ctx);
            }
            return;
        }
        let in_text = text_field_has_keyboard(&ctx);
        let in_list = self.view.inspector.list_open.is_some() || egui::Popup::is_any_open(&ctx);
        let has_project = self.session.is_some();
        let in_reader = self.view.pane == Pane::Reader;
        let mut commands: Vec<CommandId> = Vec::new();
        let mut pasted = None;
        let mut recent = None;
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                if let Event::Paste(text) = event
                    && !in_text
                {
                    pasted = Some(text.clone());
                    return false;
                }
                let Some(chord) = chord_from_event(event) else { return true };
                if !has_project && chord.alt && !chord.ctrl {
                    recent = recent.or_else(|| recent_digit(chord.key));
                }
                // A list that is open owns the plain keys; Tab belongs to the text only.
                if (in_list && !chord.ctrl) || (chord.key == Key::Tab && (!in_reader || in_text)) {
                    return true;
                }
                match self.keymap.command(chord, in_text, has_project) {
                    Some(command) => {
                        commands.push(command);
                        false
                    }
                    None => true,
                }
            });
            if !commands.is_empty() && !in_text {
                // The letter of a key that was a command must not land in a field that opens in this frame.
                input.events.retain(|event| !matches!(event, Event::Text(_)));
            }
        });
        // What is being written in a field belongs to the article that is left: the field keeps it before that happens.
        let leaves = |command: &CommandId| {
            use CommandId as C;
            matches!(command, C::DoneAndNext | C::NextArticle | C::PreviousArticle | C::NextUnfinished)
        };
        let leaving = commands.iter().any(leaves);
        let commands = commands.iter().copied().map(UiCommand::Do);
        if in_text && leaving {
            ctx.memory_mut(egui::Memory::stop_text_input);
            self.after_field.extend(commands);
            ctx.request_repaint();
        } else {
            self.out.extend(commands);
        }
        if let Some(text) = pasted {
            self.view.dialog = Some(Dialog::Paste(text));
        }
        if let Some(project) = recent.and_then(|at| self.view.settings.recent.get(at)) {
            let annotator = Some(project.annotator.clone()).filter(|id| !id.is_empty());
            self.out.push(UiCommand::OpenProject { path: project.path.clone().into(), annotator });
        }
    }

    /// The next key becomes the key of the command that waits for one.
    fn catch_key(&mut self, ctx: &egui::Context) {
        let mut caught: Option<Chord> = None;
        ctx.input_mut(|input| {
            input.events.retain(|event| match chord_from_event(event) {
                Some(chord) if chord.key == Key::Escape || is_modifier(chord.key) => true,
                Some(chord) => {
                    caught = caught.or(Some(chord));
                    false
                }
                None => !matches!(event, Event::Text(_)),
            });
        });
        self.view.dialogs.pressed = caught;
    }
}

fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
    )
}

fn recent_digit(key: Key) -> Option<usize> {
    crate::gui::command::STRIP_KEYS.iter().take(9).position(|digit| *digit == key)
}
