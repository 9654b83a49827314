//! Which key does what, with the user's changes.

use std::collections::BTreeMap;

use egui::{Event, Key, Modifiers};

use super::command::{Chord, CommandId, CommandSpec, Scope, all};

/// Chords of all commands.
#[derive(Clone, Debug)]
pub struct Keymap {
    chords: BTreeMap<CommandId, Vec<Chord>>,
}

/// Two commands on one chord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyClash {
    /// The chord.
    pub chord: Chord,
    /// The command that gets it.
    pub wins: CommandId,
    /// The command that does not.
    pub loses: CommandId,
}

impl Keymap {
    /// The defaults, with the user's chords (command name to chords as text) in their place.
    #[must_use]
    pub fn new(changed: &BTreeMap<String, Vec<String>>) -> Self {
        let chords = all()
            .map(|spec| {
                let chords = changed.get(spec.name).map_or_else(
                    || spec.keys.to_vec(),
                    |texts| texts.iter().filter_map(|text| Chord::from_text(text)).collect(),
                );
                (spec.id, chords)
            })
            .collect();
        Self { chords }
    }

    /// The chord that is printed beside a command.
    #[must_use]
    pub fn chord(&self, id: CommandId) -> Option<Chord> {
        self.chords.get(&id).and_then(|chords| chords.first()).copied()
    }

    /// Its caption, or nothing.
    #[must_use]
    pub fn caption(&self, id: CommandId) -> String {
        self.chord(id).map(Chord::caption).unwrap_or_default()
    }

    /// Its chord for a sentence (`Shift F1`): signs of key caps are not in the fonts of texts.
    #[must_use]
    pub fn in_words(&self, id: CommandId) -> String {
        self.caption(id).replace('\u{21e7}', "Shift").replace('\u{21b5}', "Enter")
    }

    /// The command on a chord; the first in menu order if there are several.
    #[must_use]
    pub fn command(&self, chord: Chord, in_text_field: bool, has_project: bool) -> Option<CommandId> {
        all()
            .filter(|spec| {
                !in_text_field || (spec.scope == Scope::Everywhere && (chord.ctrl || is_function(chord.key)))
            })
            .filter(|spec| has_project || !spec.needs_project)
            .find(|spec| self.chords.get(&spec.id).is_some_and(|chords| chords.contains(&chord)))
            .map(|spec| spec.id)
    }

    /// Gives a command this chord alone, or none; returns the change as it is written in the settings.
    pub fn rebind(&mut self, spec: &CommandSpec, chord: Option<Chord>) -> (String, Vec<String>) {
        let chords: Vec<Chord> = chord.into_iter().collect();
        let texts = chords.iter().map(|chord| chord.to_text()).collect();
        self.chords.insert(spec.id, chords);
        (spec.name.to_owned(), texts)
    }

    /// All chords that stand for two commands.
    #[must_use]
    pub fn clashes(&self) -> Vec<KeyClash> {
        let mut clashes = Vec::new();
        let mut taken: BTreeMap<Chord, CommandId> = BTreeMap::new();
        for spec in all() {
            for chord in self.chords.get(&spec.id).into_iter().flatten() {
                if let Some(wins) = taken.get(chord) {
                    clashes.push(KeyClash { chord: *chord, wins: *wins, loses: spec.id });
                } else {
                    taken.insert(*chord, spec.id);
                }
            }
        }
        clashes
    }
}

fn is_function(key: Key) -> bool {
    matches!(key, Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5 | Key::F6 | Key::F7 | Key::F8 | Key::F9 | Key::F10)
}

/// The chord of a key press, by physical position where the system tells it.
#[must_use]
pub fn chord_from_event(event: &Event) -> Option<Chord> {
    match event {
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
            Some(chord_from_key(physical_key.unwrap_or(*key), *modifiers))
        }
        _ => None,
    }
}

fn chord_from_key(key: Key, modifiers: Modifiers) -> Chord {
    // Plus is Shift+Equals on a US keyboard; some systems send the one, some the other.
    let key = if key == Key::Plus { Key::Equals } else { key };
    Chord { key, ctrl: modifiers.command || modifiers.ctrl, shift: modifiers.shift, alt: modifiers.alt }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_physical_positions() {
        // On an Arabic layout the key at the place of Q types another letter.
        let event = Event::Key {
            key: Key::A,
            physical_key: Some(Key::Q),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let chord = chord_from_event(&event).unwrap();
        let keymap = Keymap::new(&BTreeMap::new());
        assert_eq!(keymap.command(chord, false, true), Some(CommandId::Field(0)));
        assert_eq!(keymap.command(chord, true, true), None, "letters belong to a text field");
    }

    #[test]
    fn control_chords_work_in_text_fields() {
        let keymap = Keymap::new(&BTreeMap::new());
        let palette = Chord::plain(Key::K).ctrl();
        assert_eq!(keymap.command(palette, true, true), Some(CommandId::Palette));
        let undo = Chord::plain(Key::Z).ctrl();
        assert_eq!(keymap.command(undo, true, true), None, "a field undoes its own typing");
        assert_eq!(keymap.command(undo, false, false), None, "nothing to undo without a project");
    }

    #[test]
    fn rebinding_shows_clashes() {
        let mut keymap = Keymap::new(&BTreeMap::new());
        assert!(keymap.clashes().is_empty());
        let (name, texts) = keymap.rebind(CommandId::Flag.spec(), Some(Chord::plain(Key::N)));
        assert_eq!(keymap.clashes().len(), 1);
        assert_eq!(keymap.clashes()[0].chord.key, Key::N);
        let again = Keymap::new(&BTreeMap::from([(name, texts)]));
        assert_eq!(again.chord(CommandId::Flag), Some(Chord::plain(Key::N)));
    }
}
