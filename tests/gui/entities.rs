//! Who is who in the window: the panel behind `K`, the page of an entity, merging and splitting.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::ctx::Page;
use hashiya::model::{Entity, EntityId, MentionId};
use hashiya::session::Command;
use hashiya::storage::Fs;

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

/// Tall enough for the whole article, so that every word can be reached.
const WINDOW: [f32; 2] = [1440.0, 1900.0];
const NATION: &str = "الساحلانية";
const SAME_NAME: &str = "الاسم نفسه";
const MARSA: &str = "مرسى الزيتون";

fn open(dir: &tempfile::TempDir) -> Window {
    Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), WINDOW, 1.0)
}

/// Labels the n-th `quote` by keys; it has the focus then.
fn label(window: &mut Window, quote: &str, n: usize, key: Key) -> MentionId {
    let start = window.find(quote, n);
    window.caret_to(start);
    window.extend_to(start + quote.len());
    window.key(key);
    let id = window.app().view.mention().unwrap().clone();
    assert_eq!(window.set().mentions[&id].quote, quote);
    assert_eq!(window.set().mentions[&id].key(), quote);
    id
}

fn entity_of(window: &Window, mention: &MentionId) -> Option<EntityId> {
    window.set().mentions[mention].entity.clone()
}

/// Presses keys one after the other and says how many there were.
fn press(window: &mut Window, keys: &[Key]) -> usize {
    for key in keys {
        window.key(*key);
        window.steps(2);
    }
    keys.len()
}

fn rows(window: &Window) -> Vec<String> {
    window.labels(Role::ListBoxOption)
}

fn a_repeated_name_takes_two_keys(arabic: bool) {
    let dir = scratch();
    let mut window = open(&dir);
    if arabic {
        window.ask(UiCommand::Do(CommandId::ToggleLanguage));
    }
    let same_name = if arabic { SAME_NAME } else { "same name" };
    // Nobody is called so yet: the only row makes somebody.
    let first = label(&mut window, MARSA, 1, Key::Num3);
    assert_eq!(press(&mut window, &[Key::K]), 1);
    assert_eq!(rows(&window).len(), 1, "{:?}", rows(&window));
    press(&mut window, &[Key::Enter]);
    let entity = entity_of(&window, &first).expect("a new entity");
    let known = window.session().entities()[&entity].clone();
    assert_eq!((known.name["ar"].as_str(), known.kind), (MARSA, Some("GPE".into())));
    // One key takes all of it back.
    window.key_with(CTRL, Key::Z);
    assert!(window.session().entities().is_empty() && entity_of(&window, &first).is_none());
    press(&mut window, &[Key::K, Key::Enter]);
    let entity = entity_of(&window, &first).expect("a new entity");
    // The same name again: two keys.
    let second = label(&mut window, MARSA, 2, Key::Num3);
    press(&mut window, &[Key::K]);
    let offered = rows(&window);
    assert!(offered[0].starts_with(MARSA) && offered[0].contains(same_name), "{offered:?}");
    press(&mut window, &[Key::Escape]);
    assert_eq!(entity_of(&window, &second), None, "Esc changes nothing");
    assert_eq!(press(&mut window, &[Key::K, Key::Enter]), 2);
    assert_eq!(entity_of(&window, &second), Some(entity));
    assert_eq!(window.session().entities().len(), 1);
    // The reader has the keyboard again.
    press(&mut window, &[Key::Delete]);
    assert!(!window.set().mentions.contains_key(&second));
}

#[test]
fn a_repeated_name_takes_two_keys_in_english() {
    a_repeated_name_takes_two_keys(false);
}

#[test]
fn a_repeated_name_takes_two_keys_in_arabic() {
    a_repeated_name_takes_two_keys(true);
}

#[test]
fn typing_filters_and_the_last_row_makes_a_namesake() {
    let dir = scratch();
    let mut window = open(&dir);
    let mention = label(&mut window, MARSA, 1, Key::Num3);
    for (id, name) in [("e1", MARSA), ("e2", "North Pier"), ("e3", "North Mole")] {
        let mut entity = Entity::new(id.into(), Some("LOC".into()));
        entity.name.insert("en".into(), name.into());
        window.ask(UiCommand::Run(Box::new(Command::PutEntity { entity: Box::new(entity) })));
    }
    press(&mut window, &[Key::K]);
    window.type_text("north p");
    window.steps(2);
    let offered = rows(&window);
    assert_eq!(offered.len(), 2, "{offered:?}");
    assert!(offered[0].starts_with("North Pier") && offered[1].contains("north p"), "{offered:?}");
    press(&mut window, &[Key::Enter]);
    assert_eq!(entity_of(&window, &mention), Some("e2".into()));
    press(&mut window, &[Key::K]);
    assert!(rows(&window).len() >= 2);
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    let namesake = entity_of(&window, &mention).unwrap();
    assert!(window.session().entities()[&namesake].name.values().any(|name| name == MARSA));
    assert_eq!(window.session().entities().len(), 4);
}

/// Lets background work come to its end.
fn settle(window: &mut Window) {
    window.steps(2);
    while window.app().is_at_work() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        window.steps(1);
    }
    window.steps(2);
}

#[test]
fn the_page_lists_mentions_in_their_places_and_merges_and_splits() {
    let dir = scratch();
    let mut window = open(&dir);
    let marsa = label(&mut window, MARSA, 1, Key::Num3);
    press(&mut window, &[Key::K, Key::Enter]);
    let nation = label(&mut window, NATION, 0, Key::Num6);
    press(&mut window, &[Key::K, Key::Enter]);
    let (kept, other) = (entity_of(&window, &marsa).unwrap(), entity_of(&window, &nation).unwrap());
    assert_ne!(kept, other);
    window.key_with(Modifiers::SHIFT, Key::K);
    settle(&mut window);
    assert_eq!(window.app().view.page, Page::Entity);
    let heard = window.labels(Role::ListItem);
    assert!(heard.len() == 1 && heard[0].contains(NATION), "{heard:?}");
    // Merged: both mentions, both names.
    window.ask(UiCommand::Wide(Box::new(Command::MergeEntities { kept: other.clone(), others: vec![kept] })));
    settle(&mut window);
    assert_eq!(entity_of(&window, &marsa), Some(other.clone()));
    assert_eq!(window.labels(Role::ListItem).len(), 2);
    assert_eq!(window.session().entities()[&other].aliases, [MARSA]);
    // Ticked and split off again.
    press(&mut window, &[Key::Space]);
    assert_eq!(window.app().view.entity.chosen.len(), 1);
    window.activate(Role::Button, "Split off");
    settle(&mut window);
    assert_eq!(window.session().entities().len(), 2);
    assert_ne!(entity_of(&window, &marsa), entity_of(&window, &nation));
    window.key_with(CTRL, Key::Z);
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_ne!(entity_of(&window, &marsa), Some(other.clone()));
    let told = |window: &Window| window.labels(Role::ListItem);
    window.ask(UiCommand::Wide(Box::new(Command::MergeEntities {
        kept: other.clone(),
        others: vec![entity_of(&window, &marsa).unwrap()],
    })));
    settle(&mut window);
    window.ask(UiCommand::Do(CommandId::History));
    let merged = format!("Merged {MARSA} into {NATION}");
    assert!(told(&window).iter().any(|row| row.starts_with(&merged)), "{:?}", told(&window));
    window.ask(UiCommand::Do(CommandId::Undo));
    let taken_back = told(&window).iter().filter(|row| row.starts_with(&merged) && row.contains("taken back")).count();
    assert_eq!(taken_back, 2, "{:?}", told(&window));
    window.ask(UiCommand::Focus(Some(nation.clone().into())));
    window.key_with(Modifiers::SHIFT, Key::K);
    settle(&mut window);
    // A row opens its place.
    press(&mut window, &[Key::O]);
    assert_eq!(window.app().view.page, Page::Article);
    assert_eq!(window.app().view.mention(), Some(&nation));
    // And back: Esc leaves the page.
    window.key_with(Modifiers::SHIFT, Key::K);
    settle(&mut window);
    press(&mut window, &[Key::Escape]);
    assert_eq!(window.app().view.page, Page::Article);
}

#[test]
fn rows_of_a_knowledge_base_are_offered_and_taken() {
    let dir = scratch();
    let mut window = open(&dir);
    let file = dir.path().join("things.csv");
    let rows_of_file = format!("id,names,aliases,type\nQ77,ar:{MARSA}|en:Marsa,Olive Harbour,GPE\nbroken\n");
    hashiya::storage::DiskFs.write_new(&file, rows_of_file.as_bytes()).unwrap();
    window.ask(UiCommand::AttachKnowledge(file));
    settle(&mut window);
    // What cannot be used is told, with its line.
    match &window.app().view.dialog {
        Some(hashiya::gui::ctx::Dialog::Error { details, .. }) => assert!(details.contains("3: "), "{details}"),
        other => panic!("{other:?}"),
    }
    press(&mut window, &[Key::Escape]);
    let mention = label(&mut window, MARSA, 1, Key::Num3);
    press(&mut window, &[Key::K]);
    assert!(rows(&window)[0].contains("knowledge base"), "{:?}", rows(&window));
    press(&mut window, &[Key::Enter]);
    let id = entity_of(&window, &mention).unwrap();
    let entity = &window.session().entities()[&id];
    assert_eq!((entity.qid.as_deref(), entity.aliases.as_slice()), (Some("Q77"), &["Olive Harbour".to_owned()][..]));
    // From then on it is the entity that is offered.
    press(&mut window, &[Key::K]);
    let offered = rows(&window);
    assert!(offered.len() == 2 && !offered[0].contains("knowledge base"), "{offered:?}");
    press(&mut window, &[Key::Escape]);
    window.ask(UiCommand::Do(CommandId::DetachKnowledge));
    assert!(window.session().knowledge().is_none());
}

#[test]
fn fields_of_an_entity_are_kept_when_they_are_left() {
    let dir = scratch();
    let mut window = open(&dir);
    let mention = label(&mut window, MARSA, 1, Key::Num3);
    press(&mut window, &[Key::K, Key::Enter]);
    let id = entity_of(&window, &mention).unwrap();
    window.key_with(Modifiers::SHIFT, Key::K);
    settle(&mut window);
    let fill = |window: &mut Window, field: &str, text: &str| {
        window.activate(Role::TextInput, field);
        window.type_text(text);
        window.key(Key::Enter);
        settle(window);
    };
    fill(&mut window, "Name en", "Marsa");
    assert_eq!(window.session().entities()[&id].name["en"], "Marsa");
    // A Wikidata id of a wrong shape is not taken, and the page says so.
    fill(&mut window, "Wikidata", "q042");
    assert_eq!(window.session().entities()[&id].qid, None);
    assert!(window.said().iter().any(|text| text.contains("NIL")), "{:?}", window.said());
    // First out of the field, then off the page.
    press(&mut window, &[Key::Escape, Key::Escape]);
    assert_eq!(window.app().view.page, Page::Article);
}
