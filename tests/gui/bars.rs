//! Scroll bars: where lines end in either interface, and as far as the hand moves them.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Pos2, pos2, vec2};
use hashiya::env::Env;
use hashiya::formats::{ImportOptions, SourceFile, format_for_import};
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::i18n::Language;
use hashiya::model::{AssignmentPlan, Profile};
use hashiya::session::{Command, NewProject, OpenOptions, Session, schemes};
use hashiya::storage::DiskFs;

use crate::catalogue::{project, settle};
use crate::window::{Bar, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
/// Shortest handle.
const HANDLE: f32 = 28.0;

/// The one bar that is so high.
fn bar(window: &Window, low: f32, high: f32) -> Bar {
    let bars = window.bars();
    let mut fit = bars.iter().filter(|bar| (low..high).contains(&bar.rect.height()));
    let found = *fit.next().unwrap_or_else(|| panic!("no such bar: {bars:?}"));
    assert!(fit.next().is_none(), "{bars:?}");
    found
}

/// Where the middle of the handle is, and how far it can go.
fn handle(bar: Bar) -> (Pos2, f32) {
    let height = f64::from(bar.rect.height());
    let length = (bar.rect.height() * (height / (height + bar.hidden)) as f32).max(HANDLE);
    let room = bar.rect.height() - length;
    let top = bar.rect.top() + (bar.above / bar.hidden) as f32 * room;
    (pos2(bar.rect.center().x, top + length / 2.0), room)
}

/// Drags the bar down, beyond its end, and up again; `near` is how exact the list can be.
fn check(window: &mut Window, low: f32, high: f32, near: f64) {
    let before = bar(window, low, high);
    assert!(before.above.abs() < near, "it stands at its beginning: {before:?}");
    let (from, room) = handle(before);
    let by = (room / 3.0).floor();
    window.drag(from, from + vec2(0.0, by));
    window.steps(2);
    let after = bar(window, low, high);
    assert_eq!(after.rect, before.rect, "the bar stays");
    let expect = before.hidden * f64::from(by / room);
    assert!((after.above - expect).abs() < near, "{} is not {expect}", after.above);
    let (from, _) = handle(after);
    window.drag(from, from + vec2(0.0, 2000.0));
    window.steps(2);
    let end = bar(window, low, high);
    assert!((end.above - end.hidden).abs() < near, "{end:?}");
    let (from, _) = handle(end);
    window.drag(from, from - vec2(0.0, 2000.0));
    window.steps(2);
    assert!(bar(window, low, high).above.abs() < near);
}

/// In both interfaces: at the right where it reads to the right, at the left where it reads to the left.
fn check_both(window: &mut Window, low: f32, high: f32, near: f64, within: impl Fn(&Window) -> egui::Rect) {
    for language in [Language::English, Language::Arabic] {
        window.change(|app| app.view.settings.language = language);
        window.steps(4);
        let (place, bar) = (within(window), bar(window, low, high));
        let side = if language == Language::Arabic { place.left() } else { place.right() };
        let away = (bar.rect.center().x - side).abs();
        assert!(away < 64.0, "{language:?}: the bar at {:?} is {away} from the side of {place:?}", bar.rect);
        check(window, low, high, near);
    }
}

fn half(window: &Window, left: bool) -> egui::Rect {
    let width = window.size().x;
    let dialog = egui::Rect::from_center_size(pos2(width / 2.0, 450.0), vec2(600.0, 900.0));
    if left { dialog.with_max_x(width / 2.0) } else { dialog }
}

#[test]
fn the_article_list_is_dragged_by_its_bar() {
    let dir = scratch();
    let mut window = Window::open(&project(dir.path()), WIDE, 1.0);
    let language = |window: &Window| window.app().view.settings.language;
    check_both(&mut window, 400.0, 2000.0, 1.0, |window| {
        let right = language(window) == Language::Arabic;
        let left = if right { 1440.0 - 264.0 } else { 0.0 };
        egui::Rect::from_min_size(pos2(left, 0.0), vec2(264.0, 900.0))
    });
    // What is shown moves with it.
    window.change(|app| app.view.settings.language = Language::English);
    let (from, _) = handle(bar(&window, 400.0, 2000.0));
    window.drag(from, from + vec2(0.0, 2000.0));
    assert!(
        window.labels(Role::ListItem).iter().any(|row| row.contains(" 1999,")),
        "{:?}",
        window.labels(Role::ListItem)
    );
}

#[test]
fn the_page_is_dragged_by_its_bar() {
    let dir = scratch();
    let text = HARBOUR.repeat(12);
    let mut window = Window::open(&project_with(dir.path(), "harbour.txt", &text), WIDE, 1.0);
    // The exact heights of what is not in view are measured on a thread.
    std::thread::sleep(std::time::Duration::from_millis(300));
    window.steps(4);
    let language = |window: &Window| window.app().view.settings.language;
    // The inspector beside it has a longer one.
    check_both(&mut window, 700.0, 760.0, 80.0, |window| {
        let left = if language(window) == Language::Arabic { 328.0 } else { 264.0 };
        egui::Rect::from_min_size(pos2(left, 0.0), vec2(848.0, 900.0))
    });
}

/// The harbour project with so many annotators more than its own.
fn with_people(dir: &Path, count: usize) -> std::path::PathBuf {
    let root = project_with(dir, "harbour.txt", HARBOUR);
    for n in 0..count {
        let annotator = Some(format!("p-{n:02}").as_str().into());
        let options = OpenOptions { annotator, ..OpenOptions::default() };
        let env = Arc::new(Env::fixed(3 + n as u64));
        let mut session = Session::open(Arc::new(DiskFs), &root, &options, env, None).unwrap();
        session.run(Command::SetProfile { profile: Profile { display_name: format!("Person {n}") } }).unwrap();
        session.close().unwrap();
    }
    root
}

fn open_as_own(dir: &Path, root: &Path) -> Window {
    let mut window = Window::start(Vec::new(), dir, WIDE, 1.0);
    window.ask(UiCommand::OpenProject { path: root.to_owned(), annotator: Some("ann-01".to_owned()) });
    window.steps(4);
    window
}

#[test]
fn the_lists_of_dialogs_are_dragged_by_their_bars() {
    let dir = scratch();
    let root = with_people(dir.path(), 11);
    let mut window = open_as_own(dir.path(), &root);
    for command in [CommandId::Export, CommandId::WhoAmI] {
        window.ask(UiCommand::Do(command));
        window.steps(4);
        check_both(&mut window, 90.0, 200.0, 1.0, |window| half(window, false));
        let bar = bar(&window, 90.0, 200.0);
        assert!(bar.rect.height() < bar.hidden as f32 + 200.0);
        window.change(|app| app.view.dialog = None);
    }
}

#[test]
fn the_list_of_imports_is_dragged_by_its_bar_and_its_buttons_stay_free() {
    let dir = scratch();
    let root = dir.path().join("project");
    let new = NewProject { name: "Harbour".to_owned(), scheme: schemes::news(), annotator: "ann-01".into() };
    let mut session = Session::create(Arc::new(DiskFs), &root, &new, Arc::new(Env::fixed(1)), None).unwrap();
    for n in 0..9 {
        let name = format!("harbour-{n}.txt");
        let text = format!("{n} {HARBOUR}");
        let import = format_for_import("text").unwrap();
        let (exchange, _) = import(&SourceFile { name: &name, bytes: text.as_bytes() }, &ImportOptions::default());
        session.import(exchange, vec![name]).unwrap();
    }
    session.close().unwrap();
    let mut window = Window::open(&root, WIDE, 1.0);
    window.ask(UiCommand::Do(CommandId::Imports));
    for _ in 0..400 {
        if window.has(Role::ListItem, "harbour-") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.steps(1);
    }
    window.steps(2);
    for language in [Language::English, Language::Arabic] {
        window.change(|app| app.view.settings.language = language);
        window.steps(2);
        let bar = bar(&window, 300.0, 400.0);
        let verb = if language == Language::Arabic { "سحب" } else { "Take back" };
        let buttons = window.places(Role::Button, verb);
        assert!(!buttons.is_empty(), "{:?}", window.labels(Role::Button));
        assert!(buttons.iter().all(|place| !place.intersects(bar.rect)), "{buttons:?} {:?}", bar.rect);
    }
    check_both(&mut window, 300.0, 400.0, 1.0, |window| half(window, false).expand2(vec2(36.0, 0.0)));
}

#[test]
fn people_of_the_plan_can_be_chosen_before_they_have_begun() {
    let dir = scratch();
    let mut window = Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), WIDE, 1.0);
    let people = ["ann-01", "basim", "Chadia"].map(Into::into).to_vec();
    window.ask(UiCommand::MakePlan(Box::new(AssignmentPlan::new(1, 20, people))));
    settle(&mut window);
    window.ask(UiCommand::Do(CommandId::WhoAmI));
    let offered = window.labels(Role::RadioButton);
    for name in ["ann-01", "basim", "Chadia"] {
        assert_eq!(offered.iter().filter(|label| *label == name).count(), 1, "{offered:?}");
    }
    window.change(|app| app.view.settings.language = Language::Arabic);
    window.steps(2);
    assert!(window.has(Role::RadioButton, "Chadia"), "{:?}", window.labels(Role::RadioButton));
    window.change(|app| app.view.settings.language = Language::English);
    window.activate(Role::RadioButton, "Chadia");
    window.activate(Role::Button, "Keep");
    window.steps(6);
    assert_eq!(window.session().annotator().as_str(), "Chadia");
    assert!(window.session().read_only_reason().is_none());
}
