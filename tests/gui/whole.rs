//! What reaches over the whole project: export from the window, statistics.

use egui::Key;
use egui::accesskit::Role;
use hashiya::gui::ctx::Page;

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";

fn open(dir: &std::path::Path) -> Window {
    Window::open(&project_with(dir, "harbour.txt", HARBOUR), WIDE, 1.0)
}

/// Lets frames pass until `done`, as background work needs.
fn wait(window: &mut Window, done: impl Fn(&Window) -> bool) {
    for _ in 0..600 {
        if done(window) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.steps(1);
    }
    panic!("nothing came of it: {:?} {:?}", window.labels(Role::Status), window.app().view.dialog);
}

fn label_one(window: &mut Window) {
    let at = window.find(KARMAZI, 0);
    window.caret_to(at);
    window.key(Key::Num1);
}

#[test]
fn the_project_is_exported_from_its_dialog() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_one(&mut window);
    window.key_with(CTRL, Key::E);
    window.steps(2);
    let says = |start: &'static str| {
        move |window: &Window| window.labels(Role::Status).iter().any(|text| text.contains(start))
    };
    wait(&mut window, says("1 article would be written into one file. The format carries everything."));
    // Plain text carries no mentions, and says so before anything is written.
    window.activate(Role::RadioButton, "text");
    wait(&mut window, says("cannot carry: 1 mention"));
    window.activate(Role::RadioButton, "hashiya-jsonl");
    wait(&mut window, says("carries everything"));
    window.activate(Role::Button, "Export");
    let target = dir.path().join("Harbour.hashiya.jsonl");
    wait(&mut window, |window| window.app().view.toast.is_some());
    let toast = window.app().view.toast.as_ref().unwrap().text.clone();
    assert!(toast.contains("1 article exported to") && toast.contains("Harbour.hashiya.jsonl"), "{toast}");
    let text = std::fs::read_to_string(&target).unwrap();
    assert!(text.contains("PER") && text.lines().count() == 2, "{text}");
    let left: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn articles_and_people_can_be_left_out_of_an_export() {
    let dir = scratch();
    let mut window = open(dir.path());
    window.key_with(CTRL, Key::E);
    window.steps(2);
    window.activate(Role::CheckBox, "done");
    let says = |window: &Window| window.labels(Role::Status).iter().any(|text| text.contains("0 articles would"));
    wait(&mut window, says);
    // Without anybody there is nothing to export.
    window.activate(Role::CheckBox, "ann-01");
    window.activate(Role::Button, "Export");
    assert!(window.app().view.dialog.is_some(), "a button that is off does nothing");
    window.key(Key::Escape);
    window.steps(2);
    assert!(window.app().view.dialog.is_none());
}

#[test]
fn an_export_that_fails_says_where() {
    let dir = scratch();
    let mut window = open(dir.path());
    let request = hashiya::session::ExportRequest { format: "hashiya-jsonl".into(), ..Default::default() };
    let target = dir.path().join("no such folder").join("a.hashiya.jsonl");
    window.ask(hashiya::gui::command::UiCommand::Export { request, target });
    wait(&mut window, |window| window.app().view.dialog.is_some());
    let text = format!("{:?}", window.app().view.dialog);
    assert!(text.contains("no such folder") && text.contains("could not write"), "{text}");
}

#[test]
fn statistics_are_counted_in_the_background_and_again_after_a_change() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_one(&mut window);
    window.ask(hashiya::gui::command::UiCommand::Do(hashiya::gui::command::CommandId::Statistics));
    assert_eq!(window.app().view.page, Page::Statistics);
    let row = |start: &'static str| {
        move |window: &Window| window.labels(Role::ListItem).iter().any(|text| text.starts_with(start))
    };
    wait(&mut window, row("PER Person: 1 mention"));
    assert!(row("ann-01: in progress 1")(&window), "{:?}", window.labels(Role::ListItem));
    // A label key has no article to act on here.
    window.key(Key::Num2);
    window.key(Key::Escape);
    window.steps(2);
    assert_eq!(window.app().view.page, Page::Article);
    assert_eq!(window.set().mentions.len(), 1);
    window.key_with(CTRL, Key::Enter);
    window.ask(hashiya::gui::command::UiCommand::Do(hashiya::gui::command::CommandId::Statistics));
    wait(&mut window, row("ann-01: done 1"));
    let days: Vec<String> =
        window.labels(Role::ListItem).into_iter().filter(|text| text.ends_with(": 1 article")).collect();
    assert_eq!(days.len(), 1, "{:?}", window.labels(Role::ListItem));
    window.activate(Role::Button, "Copy as a table");
    assert_eq!(window.app().view.toast.as_ref().unwrap().text, "The tables are on the clipboard");
}
