//! Claims by keys: a proposal that is shown before it is stored, its cue and sources, the list beside the text.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use hashiya::gui::ctx::Layer;
use hashiya::model::{Claim, LinkRole, Ref};

use crate::window::Window;
use crate::world::{HARBOUR, project_with, scratch};

const TALL: [f32; 2] = [1440.0, 1900.0];

fn open(dir: &tempfile::TempDir) -> Window {
    Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), TALL, 1.0)
}

fn select(window: &mut Window, quote: &str) {
    let start = window.find(quote, 0);
    window.caret_to(start);
    window.extend_to(start + quote.len());
}

fn only_claim(window: &Window) -> Claim {
    let claims: Vec<&Claim> = window.set().claims.values().collect();
    assert_eq!(claims.len(), 1);
    claims[0].clone()
}

fn quote_of(window: &Window, source: Option<&Ref>) -> String {
    match source {
        Some(Ref::Mention(id)) => window.set().mentions[id].quote.clone(),
        other => format!("{other:?}"),
    }
}

// Words of the article.
const COUNCIL: &str = "مجلس الخليج البيئي";
const INCOMPLETE: &str = "تقييم الأثر لم يكتمل";
const CONFIRMED: &str = "أكد";
const SPOKESMAN: &str = "وائل الدردري";
const WELCOMED: &str = "ورحبت بلدية مرسى الزيتون بالخطة";
const MUNICIPALITY: &str = "بلدية مرسى الزيتون";

fn with_a_proposal(dir: &tempfile::TempDir) -> Window {
    let mut window = open(dir);
    select(&mut window, COUNCIL);
    window.key(Key::Num2);
    window.key(Key::Escape);
    select(&mut window, INCOMPLETE);
    window.key(Key::C);
    window.steps(2);
    window
}

#[test]
fn a_claim_with_its_cue_and_source_takes_two_keys() {
    let dir = scratch();
    let mut window = with_a_proposal(&dir);
    assert!(window.set().claims.is_empty(), "nothing is stored before it is accepted");
    assert!(window.has(Role::Heading, "Claim 1 proposed, not stored yet"));
    assert!(window.has(Role::Button, CONFIRMED) && window.has(Role::Button, COUNCIL), "the parts can be pressed");
    window.key(Key::Enter);
    let claim = only_claim(&window);
    assert_eq!(claim.quote, INCOMPLETE);
    let [link] = claim.chain.as_slice() else { panic!("{:?}", claim.chain) };
    assert_eq!((link.role, link.implicit), (LinkRole::Origin, false));
    assert_eq!(quote_of(&window, link.source.as_ref()), COUNCIL);
    assert_eq!(link.cue.as_ref().unwrap().quote(&window.text()).unwrap(), CONFIRMED);
    assert_eq!(window.app().view.focus, Some(claim.id.clone().into()));
    assert!(window.has(Role::Heading, "Claim 1"));
    window.key(Key::Z);
    assert!(window.set().claims.is_empty(), "one undo takes all of it back");
}

#[test]
fn a_proposal_can_be_left_or_taken_without_its_chain() {
    let dir = scratch();
    let mut window = with_a_proposal(&dir);
    window.key(Key::Escape);
    assert!(window.app().view.draft.is_none() && window.set().claims.is_empty());
    select(&mut window, INCOMPLETE);
    window.key(Key::C);
    window.key_with(Modifiers::SHIFT, Key::Enter);
    assert!(only_claim(&window).chain.is_empty());
}

#[test]
fn a_claim_inside_another_says_so() {
    let dir = scratch();
    let mut window = with_a_proposal(&dir);
    window.key(Key::Enter);
    let outer = only_claim(&window).id;
    let inner = INCOMPLETE.split_once(' ').unwrap().1;
    select(&mut window, inner);
    window.key(Key::C);
    window.steps(2);
    assert!(window.says("Inside: Claim 1"), "{:?}", window.said());
    window.key(Key::Enter);
    let found = window.set().claims.values().find(|claim| claim.quote == inner).unwrap();
    assert_eq!(found.nested_in, Some(outer));
}

#[test]
fn another_source_passes_it_on() {
    let dir = scratch();
    let mut window = with_a_proposal(&dir);
    window.key(Key::Enter);
    select(&mut window, SPOKESMAN);
    window.key(Key::S);
    let claim = only_claim(&window);
    assert_eq!(claim.chain.iter().map(|link| link.role).collect::<Vec<_>>(), [LinkRole::Relay, LinkRole::Origin]);
    assert_eq!(claim.chain[0].source, Some(Ref::Text(SPOKESMAN.to_owned())), "what is no mention is kept as text");
    // The cue that follows belongs to the link that was just made.
    let said = window.find(SPOKESMAN, 0);
    let cue = window.text().get(..said).unwrap().rfind(' ').unwrap();
    window.caret_to(cue - 4);
    window.extend_to(cue);
    window.key(Key::U);
    let claim = only_claim(&window);
    assert!(claim.chain[0].cue.is_some());
    assert_eq!(claim.chain[1].cue.as_ref().unwrap().quote(&window.text()).unwrap(), CONFIRMED);
}

#[test]
fn a_sentence_can_be_claimed_from_the_caret_alone() {
    let dir = scratch();
    let mut window = open(&dir);
    select(&mut window, MUNICIPALITY);
    window.key(Key::Num2);
    window.key(Key::Escape);
    let at = window.find(WELCOMED, 0);
    window.caret_to(at + WELCOMED.len());
    window.key(Key::C);
    let draft = window.app().view.draft.clone().unwrap();
    assert!(!draft.claim.quote.ends_with('.') && !draft.claim.quote.is_empty());
    assert_eq!(quote_of(&window, draft.claim.chain.last().unwrap().source.as_ref()), MUNICIPALITY);
}

#[test]
fn fields_of_a_claim_have_their_keys_and_the_list_leads_to_it() {
    let dir = scratch();
    let mut window = with_a_proposal(&dir);
    window.key(Key::Enter);
    window.steps(2);
    // The type has more values than steps: its list opens, and a digit takes a row.
    window.key(Key::Q);
    window.steps(2);
    window.key(Key::Num3);
    window.steps(2);
    let kind =
        only_claim(&window).attributes.iter().find(|(id, _)| id.as_str() == "type").map(|(_, value)| value.clone());
    assert!(kind.is_some(), "{:?}", only_claim(&window).attributes);
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!(window.app().view.focus, None);
    window.activate(Role::ListItem, "Claim 1");
    window.steps(2);
    assert_eq!(window.app().view.focus, Some(only_claim(&window).id.into()));
}

#[test]
fn layers_come_to_the_front_in_turn() {
    let dir = scratch();
    let mut window = open(&dir);
    for front in [Some(Layer::Mentions), Some(Layer::Claims), Some(Layer::Stances), None] {
        window.key(Key::V);
        assert_eq!(window.app().view.layers.front, front);
    }
}
