//! The furniture around the article, through its accessibility tree.

use egui::Key;
use egui::accesskit::Role;
use hashiya::gui::i18n::Language;
use hashiya::model::{AttributeValue, Status};

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];

fn open_harbour(dir: &std::path::Path) -> Window {
    Window::open(&project_with(dir, "harbour.txt", HARBOUR), WIDE, 1.0)
}

/// The demo project in a wide window.
fn open_demo(dir: &std::path::Path) -> Window {
    let mut window = Window::start(Vec::new(), dir, WIDE, 1.0);
    window.activate(Role::Button, "Demo project");
    window.steps(4);
    window
}

#[test]
fn the_first_screen_leads_into_a_project() {
    let dir = scratch();
    let mut window = Window::start(Vec::new(), dir.path(), WIDE, 1.0);
    for name in ["Open articles", "Open project", "Demo project"] {
        assert!(window.has(Role::Button, name), "{name}");
    }
    window.activate(Role::Button, "Demo project");
    window.steps(4);
    assert!(window.session().catalogue().len() >= 4);
    assert!(!window.set().mentions.is_empty());
}

#[test]
fn the_palette_runs_a_command_by_its_title() {
    let dir = scratch();
    let mut window = open_harbour(dir.path());
    window.key_with(CTRL, Key::K);
    window.steps(3);
    window.type_text("high contr");
    window.steps(2);
    window.key(Key::Enter);
    window.steps(3);
    assert!(window.app().view.settings.high_contrast);
    assert!(window.app().view.dialog.is_none());
}

#[test]
fn a_field_of_the_mention_in_focus_has_its_key() {
    let dir = scratch();
    let mut window = open_demo(dir.path());
    let mention = window.set().mentions.values().find(|mention| mention.attributes.is_empty()).unwrap().id.clone();
    let focus = mention.clone();
    window.change(|app| app.view.focus = Some(focus.into()));
    window.steps(2);
    let first = window.session().scheme().mention_attributes[0].id.clone();
    window.key(Key::Q);
    window.steps(2);
    assert!(matches!(window.set().mentions[&mention].attributes.get(&first), Some(AttributeValue::Text(_))));
    window.key_with(CTRL, Key::Z);
    window.steps(2);
    assert!(!window.set().mentions[&mention].attributes.contains_key(&first));
}

#[test]
fn the_filter_narrows_the_list_and_escape_widens_it() {
    let dir = scratch();
    let mut window = open_demo(dir.path());
    let all = window.labels(Role::ListItem).len();
    window.key(Key::Slash);
    window.steps(2);
    window.type_text("ferry");
    window.steps(2);
    let narrowed = window.labels(Role::ListItem);
    assert!(narrowed.len() < all && !narrowed.is_empty(), "{narrowed:?}");
    window.key(Key::Escape);
    window.steps(2);
    assert_eq!(window.labels(Role::ListItem).len(), all);
}

#[test]
fn done_and_next_marks_and_moves_on() {
    let dir = scratch();
    let mut window = open_demo(dir.path());
    let before = window.article();
    window.key_with(CTRL, Key::Enter);
    window.steps(3);
    assert_eq!(window.session().set(&before).status, Status::Done);
    assert_ne!(window.article(), before);
}

#[test]
fn the_arabic_interface_is_mirrored_and_complete() {
    let dir = scratch();
    let mut window = open_harbour(dir.path());
    window.change(|app| app.view.settings.language = Language::Arabic);
    window.steps(3);
    let labels: Vec<String> = [Role::Label, Role::Button, Role::MenuItem, Role::Tab]
        .into_iter()
        .flat_map(|role| window.labels(role))
        .collect();
    // Latin is left for names and numbers; a message id would show as lower-case words with hyphens.
    let holes: Vec<&String> = labels
        .iter()
        .filter(|label| label.contains('-') && label.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        .collect();
    assert!(holes.is_empty(), "{holes:?}");
    assert!(labels.iter().any(|label| label.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c))));
}

#[test]
fn every_dialog_opens_and_closes() {
    use hashiya::gui::ctx::{Dialog, PathPurpose};

    let dir = scratch();
    let mut window = open_harbour(dir.path());
    for dialog in [
        Dialog::Palette,
        Dialog::Path(PathPurpose::Articles),
        Dialog::NewProject,
        Dialog::Paste("a".to_owned()),
        Dialog::WhoAmI,
        Dialog::Settings,
        Dialog::Keymap,
        Dialog::Help(None),
        Dialog::About,
        Dialog::Error { title: "a".to_owned(), details: "b".to_owned() },
    ] {
        let shown = dialog.clone();
        window.change(|app| app.view.dialog = Some(shown));
        window.steps(3);
        assert!(window.app().view.dialog.is_some(), "{dialog:?}");
        window.key(Key::Escape);
        window.steps(3);
        assert!(window.app().view.dialog.is_none(), "{dialog:?} stays");
    }
}

#[test]
fn escape_in_a_field_goes_back_to_the_text_and_no_further() {
    let dir = scratch();
    let mut window = open_demo(dir.path());
    let mention = window.set().mentions.keys().next().unwrap().clone();
    let focus = mention.clone();
    window.change(|app| app.view.focus = Some(focus.into()));
    window.steps(2);
    window.key(Key::N);
    window.steps(2);
    window.type_text("\u{645}\u{631}\u{633}\u{649}");
    window.steps(2);
    window.key(Key::Escape);
    window.steps(3);
    assert_eq!(window.app().view.mention(), Some(&mention));
    let toast = window.app().view.toast.as_ref().map(|toast| toast.text.clone());
    let note = &window.set().mentions[&mention].note;
    assert_eq!(note, "\u{645}\u{631}\u{633}\u{649}", "a note is kept on leaving it; {toast:?}");
}

#[test]
fn a_copy_of_the_project_can_be_saved_by_path() {
    let dir = scratch();
    let mut window = open_harbour(dir.path());
    let target = dir.path().join("copy.hashiya");
    window.change(|app| {
        app.view.dialog = Some(hashiya::gui::ctx::Dialog::Path(hashiya::gui::ctx::PathPurpose::SaveCopy));
    });
    window.steps(3);
    window.type_text(&target.to_string_lossy());
    window.steps(2);
    window.key(Key::Enter);
    window.steps(4);
    assert!(window.app().view.dialog.is_none(), "{:?}", window.app().view.dialog);
    assert!(target.join("project.ron").exists(), "{:?}", std::fs::read_dir(&target).map(Iterator::count));
}

#[test]
fn menus_are_as_high_as_their_rows_and_the_folded_one_names_its_groups() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, [1440.0, 900.0], 1.0);
    window.activate(Role::MenuItem, "Project");
    window.steps(10);
    let rows = window.labels(Role::MenuItem).len() - hashiya::gui::command::Menu::ALL.len();
    assert!(rows > 13, "{rows} rows are higher than 400 points");
    // What clips the rows begins just below the bar.
    let spot = egui::pos2(400.0, 60.0);
    let clips = window.drawn().iter().map(|drawn| drawn.clip_rect);
    let of_menu = clips.filter(|clip| clip.contains(spot) && (41.0..52.0).contains(&clip.top()));
    let highest = of_menu.map(|clip| clip.height());
    let highest = highest.fold(0.0, f32::max);
    assert!(highest >= rows as f32 * 30.0, "{rows} rows in {highest} points");
    assert!(!window.says("Annotate"));
    drop(window);
    let mut window = Window::open(&project, [1024.0, 700.0], 1.0);
    window.activate(Role::MenuItem, "Menu");
    window.steps(10);
    for group in ["File", "Edit", "View", "Annotate", "Find", "Project", "Help"] {
        let named = window.said().iter().filter(|said| *said == group).count();
        assert_eq!(named, 1, "{group}: {:?}", window.said());
    }
}
