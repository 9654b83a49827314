//! Notes on annotations and on the article, the mark for the team, and the list of what is marked.

use std::collections::BTreeMap;

use egui::Key;
use egui::accesskit::Role;
use hashiya::env::Env;
use hashiya::gui::ctx::{CatalogueSegment, InspectorTab};
use hashiya::gui::i18n::Language;
use hashiya::model::{Attributes, Claim, ClaimId, Provenance};
use hashiya::session::Command;
use hashiya::text::{Span, SpanSet};

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";

#[test]
fn notes_are_written_by_the_same_key_and_flagged_articles_are_read_with_them() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, WIDE, 1.0);
    let at = window.find(KARMAZI, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    let mention = window.mentions_of(KARMAZI)[0].id.clone();
    window.key(Key::N);
    window.type_text("which of the two?");
    window.key(Key::Escape);
    assert_eq!(window.set().mentions[&mention].note, "which of the two?");
    // Without a focus the same key writes on the article.
    window.change(|app| app.view.focus = None);
    window.change(|app| app.view.focus_reader = true);
    window.key(Key::N);
    window.type_text("ask the team about the port");
    // The key that finishes the article keeps what is being written.
    window.key_with(CTRL, Key::Enter);
    assert_eq!(window.set().note, "ask the team about the port");
    assert_eq!(window.set().status, hashiya::model::Status::Done);
    assert!(window.labels(Role::ListItem).iter().any(|row| row.contains("has a note")));
    window.change(|app| app.view.focus_reader = true);
    window.key(Key::M);
    assert!(window.set().flagged);
    window.change(|app| app.view.segment = CatalogueSegment::Flagged);
    window.steps(3);
    let row = |window: &Window, word: &str| {
        window.labels(Role::ListItem).into_iter().find(|row| row.contains(word)).unwrap_or_default()
    };
    assert!(row(&window, "note:").contains("ask the team about the port"), "{:?}", window.labels(Role::ListItem));
    window.change(|app| app.view.settings.language = Language::Arabic);
    window.steps(3);
    assert!(row(&window, "الملاحظة").contains("ask the team about the port"));
}

#[test]
fn a_claim_has_a_note_by_the_same_key_and_its_row_says_so() {
    let dir = scratch();
    let project = project_with(dir.path(), "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, WIDE, 1.0);
    let at = window.find(KARMAZI, 3);
    let article = window.article();
    let claim = Claim {
        id: "c1".into(),
        content: SpanSet::one(Span::new(at, at + KARMAZI.len())).unwrap(),
        quote: String::new(),
        chain: Vec::new(),
        attributes: Attributes::new(),
        nested_in: None,
        cluster: None,
        norm: BTreeMap::new(),
        verdict: None,
        note: String::new(),
        provenance: Provenance::manual("ann-01".into(), Env::fixed(1).now()),
        extra: BTreeMap::new(),
    };
    window.change(|app| {
        app.session.as_mut().unwrap().run(Command::PutClaim { article, claim: Box::new(claim) }).unwrap();
        app.view.focus = Some(ClaimId::from("c1").into());
        app.view.focus_reader = true;
    });
    window.key(Key::N);
    window.type_text("who says so?");
    window.key(Key::Escape);
    window.steps(2);
    assert_eq!(window.set().claims["c1"].note, "who says so?");
    window.change(|app| app.view.tab = InspectorTab::Claims);
    let rows = window.labels(Role::ListItem);
    assert!(rows.iter().any(|row| row.contains("who says so?")), "{rows:?}");
}
