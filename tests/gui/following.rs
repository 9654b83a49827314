//! Other sessions while a project is open: their work appears, clashes are decided by keys, windows take over.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::Key;
use egui::accesskit::Role;
use hashiya::env::Env;
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::ctx::{Dialog, InspectorTab};
use hashiya::gui::i18n::Language;
use hashiya::model::{Attributes, MentionId};
use hashiya::session::{Command, OpenOptions, Session};
use hashiya::storage::DiskFs;
use hashiya::text::{Span, SpanSet};

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";

/// Another machine with the same folder.
fn machine(project: &Path, annotator: &str, seed: u64) -> Session {
    let options = OpenOptions { annotator: Some(annotator.into()), ..OpenOptions::default() };
    let mut session = Session::open(Arc::new(DiskFs), project, &options, Arc::new(Env::fixed(seed)), None).unwrap();
    let article = session.catalogue().row(0).unwrap().id();
    session.open_article(&article).unwrap();
    session
}

fn add(session: &mut Session, label: &str, at: usize, len: usize) -> MentionId {
    let article = session.catalogue().row(0).unwrap().id();
    let spans = SpanSet::new(vec![Span::new(at, at + len)]).unwrap();
    let command = Command::AddMention { article, label: label.into(), spans, attributes: Attributes::new() };
    let id = session.run(command).unwrap().id.unwrap();
    session.wait_durable().unwrap();
    MentionId::from(id.as_str())
}

fn relabel(session: &mut Session, mention: &MentionId, label: &str) {
    let article = session.catalogue().row(0).unwrap().id();
    session.run(Command::SetLabel { article, mention: mention.clone(), label: label.into() }).unwrap();
    session.wait_durable().unwrap();
}

/// Lets the window go on until something is there; 10 seconds are promised.
#[track_caller]
fn wait_for(window: &mut Window, what: &str, is_there: impl Fn(&Window) -> bool) {
    for _ in 0..500 {
        if is_there(window) {
            return;
        }
        window.steps(1);
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what} did not come within 10 seconds");
}

/// A window on a project in which a name has just been labelled by one key.
fn with_a_mention(dir: &Path) -> (PathBuf, Window, MentionId) {
    let project = project_with(dir, "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, WIDE, 1.0);
    let at = window.find(KARMAZI, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    let mention = window.mentions_of(KARMAZI)[0].id.clone();
    (project, window, mention)
}

#[test]
fn what_others_do_appears_and_the_hand_is_left_alone() {
    let dir = scratch();
    let (project, mut window, own) = with_a_mention(dir.path());
    let at = window.find(KARMAZI, 0);
    window.caret_to(at + KARMAZI.len());
    window.change(|app| app.view.focus = None);
    let (caret, scroll) = (window.app().view.caret, window.article());
    let focus = own.clone();
    window.change(move |app| app.view.focus = Some(focus.into()));
    // Somebody else, and this annotator on another machine.
    let mut basim = machine(&project, "basim", 301);
    add(&mut basim, "ORG", at, KARMAZI.len());
    let mut other = machine(&project, "ann-01", 302);
    let end = window.find(KARMAZI, 1);
    let theirs = add(&mut other, "GPE", end, KARMAZI.len());
    wait_for(&mut window, "the other annotator", |window| {
        window.session().annotators().iter().any(|annotator| annotator.as_str() == "basim")
    });
    wait_for(&mut window, "the own mention from elsewhere", |window| window.set().mentions.contains_key(&theirs));
    let view = &window.app().view;
    assert_eq!((view.caret, view.mention(), view.article.as_ref()), (caret, Some(&own), Some(&scroll)));
    assert!(window.set().mentions.contains_key(&own));
    window.key_with(CTRL, Key::Z);
    window.steps(2);
    assert!(!window.set().mentions.contains_key(&own), "undo takes what was done here");
    assert!(window.set().mentions.contains_key(&theirs));
    assert_eq!(window.session().open_clashes().count(), 0);
}

#[test]
fn a_clash_is_told_once_and_decided_with_one_key() {
    let dir = scratch();
    let (project, mut window, mention) = with_a_mention(dir.path());
    window.session().wait_durable().unwrap();
    let mut other = machine(&project, "ann-01", 311);
    relabel(&mut other, &mention, "LOC");
    let here = mention.clone();
    // Before the window has seen it.
    window.change(move |app| relabel(app.session.as_mut().unwrap(), &here, "GPE"));
    wait_for(&mut window, "the clash", |window| window.session().open_clashes().count() == 1);
    window.steps(2);
    assert!(window.app().view.dialog.is_none(), "never a question in the way");
    window.change(|app| app.view.focus = None);
    window.activate(Role::Button, "Another copy changed one of your places too");
    window.steps(2);
    assert_eq!(window.app().view.tab, InspectorTab::Checks);
    assert_eq!(window.app().view.mention(), Some(&mention), "its place is shown");
    let rows = window.labels(Role::ListItem);
    let row = rows.iter().find(|row| row.contains("from another copy")).unwrap_or_else(|| panic!("{rows:?}"));
    assert!(row.contains("stands") && row.contains(KARMAZI), "{row}");
    assert!(row.contains("GPE") && row.contains("LOC"), "{row}");
    assert!(window.has(Role::Button, "Take the other") && window.has(Role::Button, "Seen"));
    assert!(!window.has(Role::Button, "Another copy changed"), "it is told once");
    let stood = window.set().mentions[&mention].label.clone();
    window.key(Key::A);
    window.steps(2);
    assert_ne!(window.set().mentions[&mention].label, stood);
    assert_eq!(window.session().open_clashes().count(), 0);
    // It is an ordinary command: undo takes it back.
    window.key_with(CTRL, Key::Z);
    window.steps(2);
    assert_eq!(window.set().mentions[&mention].label, stood);
}

#[test]
fn a_clash_that_stood_before_is_listed_in_both_languages_and_seen() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let at = HARBOUR.find(KARMAZI).unwrap();
    let mut first = machine(&project, "ann-01", 321);
    let mention = add(&mut first, "PER", at, KARMAZI.len());
    let mut second = machine(&project, "ann-01", 322);
    relabel(&mut first, &mention, "LOC");
    relabel(&mut second, &mention, "GPE");
    first.close().unwrap();
    second.close().unwrap();
    let mut window = Window::open(&project, WIDE, 1.0);
    window.change(|app| {
        app.view.tab = InspectorTab::Checks;
        app.view.settings.language = Language::Arabic;
    });
    window.steps(2);
    let rows = window.labels(Role::ListItem);
    assert!(rows.iter().any(|row| row.contains("من نسخة أخرى")), "{rows:?}");
    window.change(|app| app.view.settings.language = Language::English);
    let stood = window.set().mentions[&mention].label.clone();
    window.key(Key::X);
    window.steps(2);
    assert_eq!(window.session().open_clashes().count(), 0);
    assert_eq!(window.set().mentions[&mention].label, stood);
}

#[test]
fn a_second_window_follows_the_first_and_takes_over() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut first = Window::open(&project, WIDE, 1.0);
    let mut second = Window::open(&project, WIDE, 1.0);
    assert!(first.session().read_only_reason().is_none());
    assert!(second.has(Role::Button, "Read-only: another window writes"));
    let at = first.find(KARMAZI, 0);
    first.caret_to(at);
    first.key(Key::Num1);
    let mention = first.mentions_of(KARMAZI)[0].id.clone();
    wait_for(&mut second, "the first window's work", |window| window.set().mentions.contains_key(&mention));
    // An editing key answers with the reason.
    second.caret_to(at);
    second.key(Key::Num2);
    second.steps(2);
    assert_eq!(second.app().view.dialog, Some(Dialog::ReadOnly));
    second.key(Key::Escape);
    second.steps(2);
    first.change(|app| app.session.take().unwrap().close().unwrap());
    second.change(|app| app.session.as_ref().unwrap().ask_to_take_over());
    wait_for(&mut second, "writing", |window| window.session().read_only_reason().is_none());
    second.caret_to(at);
    second.key(Key::Num2);
    second.steps(2);
    assert!(second.set().mentions.values().any(|mention| mention.label.as_str() == "ORG"));
    assert!(second.session().can_undo());
    second.session().wait_durable().unwrap();
}

#[test]
fn a_folder_that_goes_away_leaves_the_window_alive() {
    let dir = scratch();
    let (project, mut window, mention) = with_a_mention(dir.path());
    window.session().wait_durable().unwrap();
    let away = dir.path().join("away");
    std::fs::rename(&project, &away).unwrap();
    wait_for(&mut window, "the error panel", |window| window.app().view.dialog == Some(Dialog::ReadOnly));
    assert!(window.set().mentions.contains_key(&mention), "what was shown is still shown");
    window.key(Key::Escape);
    window.steps(2);
    assert!(window.has(Role::Button, "Read-only"));
    let copy = dir.path().join("copy");
    let target = copy.clone();
    window.change(move |app| app.ask(UiCommand::SaveCopy(target)));
    window.steps(3);
    assert!(window.app().view.dialog.is_none(), "{:?}", window.app().view.dialog);
    // The texts went with the folder; what this window did is in the copy, to be brought together with a backup.
    let options = OpenOptions { annotator: Some("ann-01".into()), ..OpenOptions::default() };
    let rescued = Session::open(Arc::new(DiskFs), &copy, &options, Arc::new(Env::fixed(331)), None).unwrap();
    assert_eq!(rescued.scheme(), window.session().scheme());
    let folder = copy.join("journal").join("ann-01");
    let mut files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    assert!(files.any(|path| std::fs::read_to_string(path).unwrap().contains(mention.as_str())));
    drop(rescued);
    std::fs::rename(&away, &project).unwrap();
    wait_for(&mut window, "writing", |window| window.session().read_only_reason().is_none());
    window.key(Key::Num2);
    window.steps(2);
    window.session().wait_durable().unwrap();
    assert_eq!(window.session().save_state(), hashiya::session::SaveState::Saved);
}

#[test]
fn a_scheme_is_imported_from_a_file() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, WIDE, 1.0);
    let before = window.session().scheme_id().clone();
    let blob = project.join("blobs").join(format!("{before}.ron"));
    let text = std::fs::read_to_string(&blob).unwrap().replacen("name: \"news\"", "name: \"harbour\"", 1);
    let file = dir.path().join("harbour.ron");
    std::fs::write(&file, text).unwrap();
    window.change(|app| app.ask(UiCommand::Do(CommandId::ImportScheme)));
    window.steps(2);
    window.type_text(&file.to_string_lossy());
    window.steps(2);
    window.key(Key::Enter);
    wait_for(&mut window, "the scheme", |window| window.session().scheme().name == "harbour");
    assert_eq!(window.session().scheme().parent.as_ref(), Some(&before));
    assert!(blob.exists(), "the scheme before it is kept");
    window.key_with(CTRL, Key::Z);
    wait_for(&mut window, "the scheme before", |window| window.session().scheme_id() == &before);
}
