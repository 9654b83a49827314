//! Pictures of the window, drawn on the CPU from real state; the best of them are the design's own views.

use egui::Key;
use hashiya::gui::i18n::Language;
use hashiya::gui::theme::ThemeChoice;

use crate::pictures::assert_picture;
use crate::window::{CTRL, Window};
use crate::world::scratch;

const WIDE: [f32; 2] = [1440.0, 900.0];

/// The demo project with its first article, which is annotated.
fn demo(size: [f32; 2], scale: f32) -> (tempfile::TempDir, Window) {
    let dir = scratch();
    let root = dir.path().join("demo");
    let fs = std::sync::Arc::new(hashiya::storage::DiskFs);
    let env = std::sync::Arc::new(hashiya::env::Env::fixed(1));
    hashiya::session::demo::create(fs, &root, env, None).unwrap().close().unwrap();
    let window = Window::open(&root, size, scale);
    (dir, window)
}

/// Puts the last mention of the article into focus.
fn focus_one(window: &mut Window) {
    window.key_with(CTRL, Key::Home);
    for _ in 0..4 {
        window.key(Key::Tab);
    }
}

#[test]
fn reader_light() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    focus_one(&mut window);
    assert_picture("reader-light", &window.picture());
}

#[test]
fn reader_dark_arabic() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    window.change(|app| {
        app.view.settings.theme = ThemeChoice::Dark;
        app.view.settings.language = Language::Arabic;
    });
    focus_one(&mut window);
    window.key(Key::OpenBracket);
    assert_picture("reader-dark-arabic", &window.picture());
}

#[test]
fn reader_small() {
    let (_dir, mut window) = demo([1024.0, 700.0], 1.0);
    focus_one(&mut window);
    assert_picture("reader-1024", &window.picture());
}

#[test]
fn reader_twice_as_dense() {
    let (_dir, mut window) = demo([1024.0, 700.0], 2.0);
    focus_one(&mut window);
    assert_picture("reader-2x", &window.picture());
}

#[test]
fn entity_panel() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    focus_one(&mut window);
    window.key(Key::K);
    window.steps(4);
    assert_picture("entity-panel", &window.picture());
}

#[test]
fn entity_page_arabic() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    window.change(|app| app.view.settings.language = Language::Arabic);
    focus_one(&mut window);
    window.key_with(egui::Modifiers::SHIFT, Key::K);
    while window.app().is_at_work() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        window.steps(1);
    }
    window.steps(4);
    assert_picture("entity-page-arabic", &window.picture());
}

#[test]
fn palette() {
    let (_dir, mut window) = demo([1024.0, 700.0], 1.0);
    window.key_with(CTRL, Key::K);
    window.type_text("z");
    assert_picture("palette", &window.picture());
}

#[test]
fn first_screen() {
    let dir = scratch();
    let mut window = Window::start(Vec::new(), dir.path(), [1024.0, 700.0], 1.0);
    assert_picture("first-screen", &window.picture());
}

#[test]
fn first_screen_arabic() {
    let dir = scratch();
    let mut window = Window::start(Vec::new(), dir.path(), [1024.0, 700.0], 1.0);
    window.change(|app| app.view.settings.language = Language::Arabic);
    assert_picture("first-screen-arabic", &window.picture());
}

/// Opens the claim of the second paragraph anew: its stored one is deleted and its content selected.
fn propose(window: &mut Window) {
    let second = window.set().claims_in_order()[1].clone();
    let dependent: Vec<_> = window.set().stances.keys().cloned().collect();
    let article = window.article();
    let what = dependent.into_iter().map(Into::into).chain([second.id.clone().into()]).collect();
    let delete = hashiya::session::Command::Delete { article, what };
    window.ask(hashiya::gui::command::UiCommand::Run(Box::new(delete)));
    window.steps(2);
    window.caret_to(second.content.start());
    window.extend_to(second.content.end());
    window.key(Key::C);
    window.steps(2);
}

#[test]
fn claim_proposed() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    propose(&mut window);
    assert_picture("claim-proposed", &window.picture());
}

#[test]
fn claim_in_focus_dark_arabic() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    window.change(|app| {
        app.view.settings.theme = ThemeChoice::Dark;
        app.view.settings.language = Language::Arabic;
    });
    propose(&mut window);
    window.key(Key::Enter);
    window.steps(2);
    assert_picture("claim-dark-arabic", &window.picture());
}

#[test]
fn stance_in_focus() {
    let (_dir, mut window) = demo(WIDE, 1.0);
    window.change(|app| app.view.tab = hashiya::gui::ctx::InspectorTab::Stances);
    window.steps(2);
    let stance = window.set().stances.values().next().unwrap().id.clone();
    window.ask(hashiya::gui::command::UiCommand::Focus(Some(stance.into())));
    window.steps(2);
    assert_picture("stance-in-focus", &window.picture());
}

#[test]
fn stance_list_arabic() {
    let (_dir, mut window) = demo([1024.0, 700.0], 1.0);
    window.change(|app| app.view.settings.language = Language::Arabic);
    focus_one(&mut window);
    window.key(Key::T);
    window.steps(2);
    window.key(Key::Enter);
    window.steps(2);
    assert_picture("stance-list-arabic", &window.picture());
}
