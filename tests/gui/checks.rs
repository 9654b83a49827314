//! The checks panel: findings in both languages, jumping to their places, dismissing with a reason, taking back.

use egui::Key;
use egui::accesskit::Role;
use hashiya::gui::ctx::{InspectorTab, Pane};
use hashiya::gui::i18n::Language;
use hashiya::model::{Attributes, MentionId};
use hashiya::session::{Checks, Command};
use hashiya::text::{Span, SpanSet};

use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";

/// A window on a project with two mentions that cross and one that is uncertain, the checks shown.
fn with_findings(dir: &std::path::Path) -> (Window, MentionId, MentionId) {
    let project = project_with(dir, "harbour.txt", HARBOUR);
    let mut window = Window::open(&project, WIDE, 1.0);
    let at = window.find(KARMAZI, 3);
    let mut ids = Vec::new();
    for (start, end, label, uncertain) in
        [(at, at + 8, "PER", false), (at + 4, at + KARMAZI.len(), "ORG", false), (0, 8, "WORK", true)]
    {
        let spans = SpanSet::one(Span::new(start, end)).unwrap();
        let mut attributes = Attributes::new();
        if uncertain {
            attributes.insert("uncertain".into(), hashiya::model::AttributeValue::Flag(true));
        }
        let article = window.article();
        window.change(|app| {
            let command = Command::AddMention { article, label: label.into(), spans, attributes };
            ids.push(app.session.as_mut().unwrap().run(command).unwrap().id.unwrap());
        });
    }
    window.change(|app| {
        app.view.tab = InspectorTab::Checks;
        app.view.focus = None;
    });
    (window, ids[0].as_str().into(), ids[2].as_str().into())
}

fn checks(window: &Window) -> std::sync::Arc<Checks> {
    window.session().checks(&window.article()).unwrap()
}

fn rows(window: &Window) -> Vec<String> {
    window.labels(Role::ListItem)
}

#[test]
fn a_finding_jumps_to_its_place_and_gives_the_annotation_the_focus() {
    let dir = scratch();
    let (mut window, crossing, uncertain) = with_findings(dir.path());
    assert_eq!(checks(&window).count(), 2, "{:?}", checks(&window));
    window.activate(Role::ListItem, "It is marked uncertain");
    assert_eq!(window.app().view.mention(), Some(&uncertain));
    // From there by keys, with the list in hand.
    assert_eq!(window.app().view.pane, Pane::Inspector);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.app().view.mention(), Some(&crossing));
    assert_eq!(window.app().view.tab, InspectorTab::Checks, "the list stays");
}

#[test]
fn a_finding_is_dismissed_with_a_reason_and_taken_back() {
    let dir = scratch();
    let (mut window, crossing, _) = with_findings(dir.path());
    assert!(window.has(Role::Tab, "Checks 2"), "{:?}", window.labels(Role::Tab));
    let sentence = rows(&window).into_iter().find(|row| row.contains("crosses")).unwrap();
    window.activate(Role::ListItem, &sentence);
    // Esc leaves the field and dismisses nothing, Enter without a reason neither.
    window.key(Key::X);
    window.type_text("both");
    window.key(Key::Escape);
    assert_eq!(checks(&window).dismissed.len(), 0);
    window.key(Key::X);
    window.key(Key::Enter);
    assert_eq!(checks(&window).dismissed.len(), 0);
    window.type_text("both readings are right");
    window.key(Key::Enter);
    window.steps(2);
    let dismissed = checks(&window).dismissed.clone();
    assert_eq!(dismissed.len(), 1);
    assert_eq!(dismissed[0].1, "both readings are right");
    assert_eq!(dismissed[0].0.about.id(), crossing.as_str());
    assert!(window.has(Role::Tab, "Checks 1"));
    assert!(!rows(&window).iter().any(|row| row.contains("crosses")), "{:?}", rows(&window));
    // Behind the last row it stands with its reason.
    window.activate(Role::ListItem, "1 dismissed");
    let row = rows(&window).into_iter().find(|row| row.contains("crosses")).unwrap();
    assert!(row.contains("both readings are right"), "{row}");
    window.activate(Role::ListItem, &row);
    window.activate(Role::Button, "Take back");
    assert_eq!(checks(&window).dismissed.len(), 0);
    assert!(window.has(Role::Tab, "Checks 2"));
    // Both are ordinary commands.
    window.key_with(CTRL, Key::Z);
    assert_eq!(checks(&window).dismissed.len(), 1);
    window.key_with(CTRL, Key::Z);
    assert_eq!(checks(&window).dismissed.len(), 0);
}

#[test]
fn the_menu_dismisses_the_first_finding_where_none_is_chosen() {
    let dir = scratch();
    let (mut window, ..) = with_findings(dir.path());
    window.change(|app| app.view.tab = InspectorTab::Details);
    window.ask(hashiya::gui::command::UiCommand::Do(hashiya::gui::command::CommandId::DismissFinding));
    assert_eq!(window.app().view.tab, InspectorTab::Checks);
    window.type_text("asked the team");
    window.key(Key::Enter);
    window.steps(2);
    assert_eq!(checks(&window).dismissed[0].1, "asked the team");
}

#[test]
fn findings_speak_arabic() {
    let dir = scratch();
    let (mut window, crossing, _) = with_findings(dir.path());
    window.change(|app| app.view.settings.language = Language::Arabic);
    window.steps(2);
    let sentence = rows(&window).into_iter().find(|row| row.contains("تتقاطع")).unwrap();
    assert!(sentence.contains("PER") && sentence.contains("ORG"), "{sentence}");
    window.activate(Role::ListItem, &sentence);
    assert_eq!(window.app().view.mention(), Some(&crossing));
    window.activate(Role::Button, "صرف");
    window.type_text("القراءتان صحيحتان");
    window.key(Key::Enter);
    window.steps(2);
    window.activate(Role::ListItem, "ملاحظة مصروفة");
    let row = rows(&window).into_iter().find(|row| row.contains("تتقاطع")).unwrap();
    assert!(row.contains("القراءتان صحيحتان"), "{row}");
    window.activate(Role::ListItem, &row);
    window.activate(Role::Button, "إعادة");
    assert_eq!(checks(&window).dismissed.len(), 0);
}
