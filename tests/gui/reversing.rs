//! Undo, redo and revert of a change to many articles: frame by frame, with progress, and all of it or nothing.

use egui::Key;
use egui::accesskit::Role;
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::model::Status;
use hashiya::session::{BulkChange, HistoryFilter};

use crate::catalogue::{COUNT, project, settle, status};
use crate::window::{CTRL, CTRL_SHIFT, Window};
use crate::world::scratch;

const WIDE: [f32; 2] = [1440.0, 900.0];
/// A frame changes 200 articles.
const STEPS: usize = COUNT / 200;

/// All articles are done, by one change.
fn all_done(dir: &tempfile::TempDir) -> Window {
    let mut window = Window::open(&project(dir.path()), WIDE, 1.0);
    let row = window.labels(Role::ListItem)[1].clone();
    window.activate(Role::ListItem, &row);
    window.key_with(CTRL, Key::A);
    window.activate(Role::Button, "Change");
    window.activate(Role::MenuItem, "done");
    settle(&mut window);
    assert_eq!(done(&window), COUNT);
    window
}

fn done(window: &Window) -> usize {
    window.session().catalogue().rows().filter(|row| row.status == Status::Done).count()
}

fn is_flagged(window: &Window, name: &str) -> bool {
    let session = window.session();
    session.row(&session.article_from_name(name).unwrap()).unwrap().flagged
}

fn step_now(window: &Window) -> usize {
    window.session().reversal().expect("a reversal is under way").done
}

#[test]
fn a_large_undo_shows_how_far_it_is_and_what_is_asked_meanwhile_waits() {
    let dir = scratch();
    let mut window = all_done(&dir);
    let article = window.session().row(&window.article()).unwrap().name.to_owned();
    window.key_with(CTRL, Key::Z);
    let step = step_now(&window);
    assert!((1..STEPS).contains(&step));
    assert!(window.says(&format!("Undoing: step {step} of {STEPS}")), "{:?}", window.said());
    assert_eq!(done(&window), COUNT - 200 * step);
    // A mark for the team, and the undo of it: both wait for their turn.
    window.key(Key::M);
    assert!(step_now(&window) > step && !is_flagged(&window, &article));
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert!(!is_flagged(&window, &article));
    window.key(Key::M);
    assert_eq!((done(&window), status(&window, "a0001")), (0, Status::New));
    assert!(is_flagged(&window, &article));
    let causes = window.session().history(&HistoryFilter { limit: Some(4), ..HistoryFilter::default() });
    let causes: Vec<&str> = causes.iter().map(|line| line.cause.as_str()).collect();
    assert_eq!(causes, ["set_flag", "undo", "set_flag", "undo"]);
    assert!(window.app().view.progress.is_none());
}

#[test]
fn a_large_redo_that_is_stopped_changes_nothing() {
    let dir = scratch();
    let mut window = all_done(&dir);
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_eq!(done(&window), 0);
    window.key_with(CTRL_SHIFT, Key::Z);
    let step = step_now(&window);
    assert!(window.says(&format!("Redoing: step {step} of {STEPS}")), "{:?}", window.said());
    window.ask(UiCommand::StopWork);
    assert!(window.session().reversal().is_none_or(|now| now.goes_back));
    settle(&mut window);
    assert_eq!(done(&window), 0);
    assert!(window.says("Stopped; nothing has changed."), "{:?}", window.said());
    window.key_with(CTRL_SHIFT, Key::Z);
    settle(&mut window);
    assert_eq!(done(&window), COUNT);
    // Taking it back from the history goes the same way.
    let line = window.session().history(&HistoryFilter::default()).remove(0).line;
    window.ask(UiCommand::Revert(line));
    assert!(window.says(&format!("Undoing: step {} of {STEPS}", step_now(&window))), "{:?}", window.said());
    settle(&mut window);
    assert_eq!(done(&window), 0);
    assert!(window.says("Taken back"), "{:?}", window.said());
}

#[test]
fn who_closes_the_project_meanwhile_finds_everything_done() {
    let dir = scratch();
    let mut window = all_done(&dir);
    let article = window.session().row(&window.article()).unwrap().name.to_owned();
    window.key_with(CTRL, Key::Z);
    window.key(Key::M);
    assert!(step_now(&window) < STEPS);
    window.key_with(CTRL, Key::W);
    assert!(window.app().session.is_none());
    drop(window);
    let again = Window::open(&dir.path().join("project"), WIDE, 1.0);
    assert_eq!((done(&again), is_flagged(&again, &article)), (0, true));
}

#[test]
fn a_change_to_many_articles_goes_on_after_the_undo_of_what_it_has_done() {
    let dir = scratch();
    let mut window = Window::open(&project(dir.path()), WIDE, 1.0);
    let articles = window.session().catalogue().rows().map(|row| row.id()).collect();
    window.ask(UiCommand::Bulk { change: BulkChange::Flag(true), articles });
    let flagged = |window: &Window| window.session().catalogue().rows().filter(|row| row.flagged).count();
    let before = flagged(&window);
    assert!((400..COUNT).contains(&before));
    window.ask(UiCommand::Do(CommandId::Undo));
    settle(&mut window);
    // What was done by then is undone; the rest was not yet.
    let after = flagged(&window);
    assert!((1..=COUNT - before).contains(&after), "{after} of {COUNT}, {before} before");
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_eq!(flagged(&window), 0);
}
