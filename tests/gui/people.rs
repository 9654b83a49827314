//! Several annotators: who am I, another's set beside mine, facts of articles, imports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use hashiya::edit::{ArticleFact, FactKind};
use hashiya::env::Env;
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::ctx::{Dialog, Pane};
use hashiya::model::Attributes;
use hashiya::session::{Command, OpenOptions, Session};
use hashiya::storage::DiskFs;
use hashiya::text::{Span, SpanSet};

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";
const MARSA: &str = "مرسى الزيتون";

/// The harbour project, in which basim has labelled two names too.
fn with_basim(dir: &Path) -> PathBuf {
    let root = project_with(dir, "harbour.txt", HARBOUR);
    let options = OpenOptions { annotator: Some("basim".into()), ..OpenOptions::default() };
    let mut session = Session::open(Arc::new(DiskFs), &root, &options, Arc::new(Env::fixed(3)), None).unwrap();
    let article = session.catalogue().row(0).unwrap().id();
    for (quote, label) in [(KARMAZI, "ORG"), (MARSA, "LOC")] {
        let at = HARBOUR.find(quote).unwrap();
        let spans = SpanSet::new(vec![Span::new(at, at + quote.len())]).unwrap();
        let attributes = Attributes::new();
        session.run(Command::AddMention { article: article.clone(), label: label.into(), spans, attributes }).unwrap();
    }
    session.close().unwrap();
    root
}

/// Opens it as ann-01, who has labelled one of the two.
fn open(dir: &Path) -> Window {
    let root = with_basim(dir);
    let mut window = Window::start(Vec::new(), dir, WIDE, 1.0);
    window.ask(UiCommand::OpenProject { path: root, annotator: Some("ann-01".to_owned()) });
    window.steps(4);
    let at = window.find(KARMAZI, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    assert_eq!(window.mentions_of(KARMAZI).len(), 1);
    window
}

#[test]
fn anothers_work_lies_beside_and_cannot_be_touched() {
    let dir = scratch();
    let mut window = open(dir.path());
    assert!(window.labels(Role::Mark).is_empty(), "off by default");
    window.key(Key::Escape);
    window.change(|app| app.view.focus_reader = true);
    window.key(Key::L);
    window.steps(2);
    let theirs = window.labels(Role::Mark);
    assert_eq!(theirs.len(), 2, "{theirs:?}");
    assert!(theirs.iter().all(|label| label.starts_with("basim: ")), "{theirs:?}");
    assert!(window.has(Role::Button, "Beside: basim, 2 mentions"), "{:?}", window.labels(Role::Button));
    // Their mention is no mention of mine: nothing to focus, to walk to, to delete.
    assert!(!window.has(Role::Button, MARSA));
    window.click(window.letters(MARSA, 0)[2].rect.center(), 1);
    assert!(window.app().view.focus.is_none());
    window.key(Key::Delete);
    let basim = "basim".into();
    assert_eq!(window.session().set_of(&basim, &window.article()).mentions.len(), 2);
    assert_eq!(window.set().mentions.len(), 1);
    // From the menu's own entry it goes away again.
    window.ask(UiCommand::Do(CommandId::BesideOf(0)));
    assert!(window.labels(Role::Mark).is_empty());
    assert!(!window.has(Role::Button, "Beside:"));
}

#[test]
fn a_newcomer_is_asked_once() {
    let dir = scratch();
    let root = with_basim(dir.path());
    let mut window = Window::open(&root, WIDE, 1.0);
    assert_eq!(window.app().view.dialog, Some(Dialog::WhoAmI));
    assert!(window.session().read_only_reason().is_some(), "nothing is written before that is said");
    assert!(window.has(Role::RadioButton, "ann-01") && window.has(Role::RadioButton, "basim"));
    window.activate(Role::RadioButton, "Somebody new");
    window.steps(2);
    // An id that differs only in case is taken.
    window.change(|app| app.view.settings.high_contrast = false);
    window.activate(Role::TextInput, "Annotator");
    window.type_text("chadia");
    window.activate(Role::TextInput, "Name");
    window.type_text("Chadia");
    window.activate(Role::Button, "Keep");
    window.steps(6);
    assert_eq!(window.session().annotator().as_str(), "chadia");
    assert!(window.session().read_only_reason().is_none());
    assert_eq!(window.session().profile().unwrap().display_name, "Chadia");
    window.crash_when_saved();
    let again = Window::open(&root, WIDE, 1.0);
    assert_eq!(again.app().view.dialog, None, "asked once");
    assert_eq!(again.session().annotator().as_str(), "chadia");
}

#[test]
fn the_name_is_kept_and_the_person_can_be_changed() {
    let dir = scratch();
    let mut window = open(dir.path());
    let article = window.article();
    window.ask(UiCommand::Do(CommandId::WhoAmI));
    window.activate(Role::TextInput, "Name");
    window.type_text("Amal");
    window.activate(Role::Button, "Keep");
    assert_eq!(window.session().profile().unwrap().display_name, "Amal");
    window.change(|app| app.view.focus_reader = true);
    window.key_with(CTRL, Key::Z);
    assert!(window.session().profile().is_none_or(|profile| profile.display_name.is_empty()), "undoable");
    window.ask(UiCommand::Do(CommandId::WhoAmI));
    window.activate(Role::RadioButton, "basim");
    window.activate(Role::Button, "Keep");
    window.steps(6);
    assert_eq!(window.session().annotator().as_str(), "basim");
    assert_eq!(window.article(), article, "the same article is shown");
    assert_eq!(window.set().mentions.len(), 2);
}

#[test]
fn facts_are_checked_and_go_back_to_what_was_imported() {
    let dir = scratch();
    let mut window = open(dir.path());
    window.change(|app| app.view.focus = None);
    let article = window.article();
    let title = window.session().article(&article).unwrap().facts.title.clone();
    window.activate(Role::TextInput, "Date");
    window.type_text("yesterday");
    window.key(Key::Enter);
    window.steps(2);
    assert!(window.has(Role::Alert, "A date is written"), "{:?}", window.labels(Role::Alert));
    assert_eq!(window.session().article(&article).unwrap().facts.date, "");
    window.key(Key::Escape);
    window.steps(2);
    let set = |kind, text: &str| {
        let value = ArticleFact::Text(text.to_owned());
        UiCommand::Run(Box::new(Command::SetFact { article: article.clone(), fact: kind, value }))
    };
    window.ask(set(FactKind::Title, "Other"));
    assert!(window.has(Role::Button, "Title: back to"), "{:?}", window.labels(Role::Button));
    window.activate(Role::Button, "Title: back to");
    assert_eq!(window.session().article(&article).unwrap().facts.title, title);
    assert!(!window.has(Role::Button, "Title: back to"));
}

#[test]
fn an_import_is_listed_and_taken_back() {
    let dir = scratch();
    let mut window = Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), WIDE, 1.0);
    window.ask(UiCommand::Do(CommandId::Imports));
    for _ in 0..200 {
        if window.has(Role::ListItem, "harbour.txt") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.steps(1);
    }
    assert!(
        window
            .labels(Role::ListItem)
            .iter()
            .any(|row| row.contains("1 article") && row.contains("ann-01 stands for it")),
        "{:?}",
        window.labels(Role::ListItem)
    );
    // What the command changed is read on a thread, and shown some frames later.
    let settle = |window: &mut Window| {
        window.steps(3);
        for _ in 0..2000 {
            if !window.session().is_reading() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
            window.steps(1);
        }
        panic!("the records are never read");
    };
    window.activate(Role::Button, "Take back");
    settle(&mut window);
    assert!(window.session().catalogue().is_empty());
    window.activate(Role::Button, "Stand for it");
    settle(&mut window);
    assert_eq!(window.session().catalogue().len(), 1);
    window.key(Key::Escape);
    window.steps(2);
    assert_eq!(window.app().view.pane, Pane::Reader);
}
