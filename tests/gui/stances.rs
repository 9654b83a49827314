//! Stances by keys: holder, target, value from one list, evidence from the selection.

use egui::Key;
use egui::accesskit::Role;
use hashiya::model::{Ref, Stance};

use crate::window::Window;
use crate::world::{HARBOUR, project_with, scratch};

const TALL: [f32; 2] = [1440.0, 1900.0];

// Words of the article.
const COUNCIL: &str = "مجلس الخليج البيئي";
const INCOMPLETE: &str = "تقييم الأثر لم يكتمل";
const MUNICIPALITY: &str = "بلدية مرسى الزيتون";
const WELCOMED: &str = "ورحبت";

fn select(window: &mut Window, quote: &str) {
    let start = window.find(quote, 0);
    window.caret_to(start);
    window.extend_to(start + quote.len());
}

fn only_stance(window: &Window) -> Stance {
    let stances: Vec<&Stance> = window.set().stances.values().collect();
    assert_eq!(stances.len(), 1);
    stances[0].clone()
}

/// A window with two mentions and a claim.
fn prepared(dir: &tempfile::TempDir) -> Window {
    let mut window = Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), TALL, 1.0);
    for quote in [COUNCIL, MUNICIPALITY] {
        select(&mut window, quote);
        window.key(Key::Num2);
        window.key(Key::Escape);
    }
    select(&mut window, INCOMPLETE);
    window.key(Key::C);
    window.key(Key::Enter);
    window.key(Key::Escape);
    window
}

#[test]
fn a_stance_takes_four_keys() {
    let dir = scratch();
    let mut window = prepared(&dir);
    let holder = window.mentions_of(MUNICIPALITY)[0].id.clone();
    window.activate(Role::Button, MUNICIPALITY);
    window.steps(2);
    for key in [Key::T, Key::Enter, Key::Num1, Key::Num2] {
        window.key(key);
        window.steps(2);
    }
    let stance = only_stance(&window);
    assert_eq!(stance.holder, Ref::Mention(holder));
    assert!(matches!(stance.target, Ref::Claim(_)), "{:?}", stance.target);
    assert_eq!((stance.scale.as_str(), stance.value.as_str(), stance.explicit), ("favor3", "against", true));
    assert_eq!(window.app().view.focus, Some(stance.id.clone().into()));
    // Evidence comes from the next selection.
    assert!(stance.evidence.is_none());
    select(&mut window, WELCOMED);
    window.key(Key::U);
    window.steps(2);
    assert_eq!(only_stance(&window).quote, WELCOMED);
    window.key(Key::Z);
    window.key(Key::Z);
    assert!(window.set().stances.is_empty());
}

#[test]
fn what_is_selected_is_the_evidence_and_a_claim_is_its_own_target() {
    let dir = scratch();
    let mut window = prepared(&dir);
    let claim = window.set().claims.keys().next().unwrap().clone();
    window.change(|app| app.view.tab = hashiya::gui::ctx::InspectorTab::Claims);
    window.steps(2);
    window.activate(Role::ListItem, "Claim 1");
    window.steps(2);
    window.key(Key::T);
    window.steps(2);
    // Its source comes first.
    assert!(window.has(Role::ListBoxOption, COUNCIL));
    window.key(Key::Enter);
    window.steps(2);
    window.key(Key::Num1);
    window.steps(2);
    let stance = only_stance(&window);
    assert_eq!((stance.target, stance.value.as_str()), (Ref::Claim(claim), "favor"));
    assert!(window.has(Role::Heading, "Favour") && window.has(Role::ListItem, COUNCIL), "its list is shown");
}

#[test]
fn a_topic_is_made_of_what_is_typed_and_escape_goes_back_part_by_part() {
    let dir = scratch();
    let mut window = prepared(&dir);
    select(&mut window, WELCOMED);
    window.key(Key::T);
    window.steps(2);
    window.key(Key::Enter);
    window.steps(2);
    window.type_text("developing the harbour");
    window.steps(2);
    assert!(window.has(Role::ListBoxOption, "new topic: developing the harbour"));
    window.key(Key::Enter);
    window.steps(2);
    let topic = window.session().topics().keys().next().unwrap().clone();
    window.key(Key::Num1);
    window.steps(2);
    let stance = only_stance(&window);
    assert_eq!(stance.target, Ref::Topic(topic));
    assert_eq!(stance.quote, WELCOMED);
    window.key(Key::T);
    window.steps(2);
    window.key(Key::Enter);
    window.steps(2);
    window.key(Key::Escape);
    window.steps(2);
    assert!(window.app().view.stance.draft.as_ref().is_some_and(|draft| draft.holder.is_none()));
    window.key(Key::Escape);
    window.steps(2);
    assert!(window.app().view.stance.draft.is_none());
    assert_eq!(window.set().stances.len(), 1, "nothing was stored on the way");
}

#[test]
fn a_stance_has_its_note_by_the_same_key() {
    let dir = scratch();
    let mut window = prepared(&dir);
    window.activate(Role::Button, MUNICIPALITY);
    window.steps(2);
    for key in [Key::T, Key::Enter, Key::Num1, Key::Num2] {
        window.key(key);
        window.steps(2);
    }
    window.key(Key::N);
    window.steps(2);
    window.type_text("by its welcome");
    window.key(Key::Escape);
    window.steps(2);
    assert_eq!(only_stance(&window).note, "by its welcome");
}

#[test]
fn the_outlet_is_found_by_its_word() {
    let dir = scratch();
    let mut window = prepared(&dir);
    window.key(Key::T);
    window.steps(2);
    window.type_text("auth");
    window.steps(2);
    assert_eq!(window.labels(Role::ListBoxOption), ["the author"]);
    window.key(Key::Enter);
    window.steps(2);
    assert_eq!(window.app().view.stance.draft.as_ref().unwrap().holder, Some(Ref::Author));
}
