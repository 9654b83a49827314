//! Tagging in the reader, by keyboard and by mouse: what is asserted is what the session holds.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use hashiya::model::{AnnotationSet, Region, RegionKind, RegionState};
use hashiya::text::Span;

use crate::stage::Stage;

/// A title, a line that is left out, and a paragraph that needs several lines.
const TEXT: &str = concat!(
    "لقاء في جنيف",
    "\n",
    "أرشيفية",
    "\n",
    "وقال بوتين للصحفيين إن وزارة الخارجية الروسية تتوقع 76.68% من الأصوات، ثم عاد الوزير إلى موسكو ولم يعلق على ذلك أحد.",
    "\n",
);

fn span(needle: &str) -> Span {
    let at = TEXT.find(needle).unwrap();
    Span::new(at, at + needle.len())
}

fn region(kind: RegionKind, span: Span, include: bool) -> Region {
    Region { kind, span, include, state: RegionState::Proposed, duplicate_of: None }
}

fn stage() -> Harness<'static, Stage> {
    let title = span("لقاء في جنيف");
    let credit = span("أرشيفية");
    let regions = vec![region(RegionKind::Title, title, true), region(RegionKind::Credit, credit, false)];
    let stage = Stage::new(TEXT, regions, AnnotationSet::default());
    let mut harness = Harness::builder().with_size((848.0, 500.0)).with_step_dt(1.0 / 60.0).build_ui_state(
        |ui, stage: &mut Stage| {
            egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| stage.ui(ui));
        },
        stage,
    );
    settle(&mut harness);
    harness
}

/// A few frames; the caret blinks for ever, so running until nothing changes would not end.
fn settle(harness: &mut Harness<'_, Stage>) {
    harness.run_steps(3);
}

fn press(harness: &mut Harness<'_, Stage>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Moves the caret to a byte with the keys of the keyboard alone.
fn caret_to(harness: &mut Harness<'_, Stage>, at: usize) {
    press(harness, Modifiers::COMMAND, Key::Home);
    for _ in 0..400 {
        if harness.state().state.caret().at >= at {
            return;
        }
        press(harness, Modifiers::NONE, Key::ArrowLeft);
    }
    panic!("the caret never reached byte {at}");
}

/// The first rectangle of a text of the article.
fn rect_of(harness: &Harness<'_, Stage>, needle: &str) -> Rect {
    harness.state().state.rects_of(span(needle))[0]
}

/// Where the pointer must be to hit the middle of a text.
fn middle_of(harness: &Harness<'_, Stage>, span: Span) -> Pos2 {
    harness.state().state.rects_of(span)[0].center()
}

fn button(harness: &Harness<'_, Stage>, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
}

fn clicks(harness: &mut Harness<'_, Stage>, pos: Pos2, count: usize) {
    harness.event(Event::PointerMoved(pos));
    for _ in 0..count {
        button(harness, pos, true, Modifiers::NONE);
        button(harness, pos, false, Modifiers::NONE);
    }
    settle(harness);
    // Let the time of a multiple click pass.
    harness.run_steps(30);
}

fn drag(harness: &mut Harness<'_, Stage>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    harness.event(Event::PointerMoved(from));
    button(harness, from, true, modifiers);
    harness.run_steps(1);
    harness.event(Event::PointerMoved(from + (to - from) * 0.5));
    harness.run_steps(1);
    harness.event(Event::PointerMoved(to));
    harness.run_steps(1);
    button(harness, to, false, modifiers);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    settle(harness);
}

#[test]
fn a_word_at_the_caret_is_tagged_and_tagged_anew() {
    let mut harness = stage();
    caret_to(&mut harness, span("بوتين").start());
    press(&mut harness, Modifiers::NONE, Key::Num1);
    assert_eq!(harness.state().mentions(), ["PER بوتين"]);
    press(&mut harness, Modifiers::NONE, Key::Num3);
    assert_eq!(harness.state().mentions(), ["GPE بوتين"], "a mention in focus gets another label");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(harness.state().mentions().is_empty());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().mentions(), ["PER بوتين"]);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(harness.state().mentions(), ["GPE بوتين"]);
    assert!(harness.state().errors.is_empty(), "{:?}", harness.state().errors);
}

#[test]
fn a_selection_of_words_is_tagged_by_keys_alone() {
    let mut harness = stage();
    caret_to(&mut harness, span("وزارة").start());
    for _ in 0..3 {
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft);
    }
    press(&mut harness, Modifiers::NONE, Key::Num2);
    assert_eq!(harness.state().mentions(), ["ORG وزارة الخارجية الروسية"]);
    assert!(harness.state().state.selected().is_none(), "the selection is used up");
}

#[test]
fn word_jumps_skip_what_is_left_out() {
    let mut harness = stage();
    press(&mut harness, Modifiers::COMMAND, Key::Home);
    let left_out = span("أرشيفية");
    for _ in 0..6 {
        press(&mut harness, Modifiers::COMMAND, Key::ArrowLeft);
        let at = harness.state().state.caret().at;
        assert!(at <= left_out.start() || at > left_out.end(), "byte {at} lies in the credit");
    }
}

#[test]
fn an_edge_steps_through_the_ladder_before_it_is_stored() {
    let mut harness = stage();
    let word = span("للصحفيين");
    clicks_word(&mut harness, word);
    press(&mut harness, Modifiers::NONE, Key::Num1);
    let first = harness.state().mentions();
    press(&mut harness, Modifiers::NONE, Key::OpenBracket);
    assert!(harness.state().state.ladder_is_open());
    assert_eq!(harness.state().mentions(), first, "shown, not stored");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state.ladder_is_open());
    assert_eq!(harness.state().mentions(), first);
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    assert_ne!(harness.state().mentions(), first, "the live edge moves by a letter");
}

fn clicks_word(harness: &mut Harness<'_, Stage>, word: Span) {
    let at = middle_of(harness, word);
    clicks(harness, at, 2);
}

#[test]
fn a_double_click_takes_a_word_and_a_triple_click_a_sentence() {
    let mut harness = stage();
    clicks_word(&mut harness, span("موسكو"));
    assert!(harness.state().state.selected().is_some());
    press(&mut harness, Modifiers::NONE, Key::Num3);
    assert_eq!(harness.state().mentions(), ["GPE موسكو"]);
    let at = middle_of(&harness, span("بوتين"));
    clicks(&mut harness, at, 3);
    let selected = harness.state().state.selected().unwrap();
    assert!(selected.contains(span("بوتين").start()));
    assert!(selected.contains(span("موسكو").start()));
}

#[test]
fn mentions_are_nodes_that_can_be_activated() {
    let mut harness = stage();
    clicks_word(&mut harness, span("موسكو"));
    press(&mut harness, Modifiers::NONE, Key::Num3);
    clicks_word(&mut harness, span("بوتين"));
    press(&mut harness, Modifiers::NONE, Key::Num1);
    harness.get_by_label_contains("موسكو: GPE").click();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Num2);
    assert_eq!(harness.state().mentions()[0], "PER بوتين");
    assert_eq!(harness.state().mentions()[1], "ORG موسكو");
    harness.get_by_label_contains("بوتين: PER").click_accesskit();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(harness.state().mentions(), ["ORG موسكو"]);
}

#[test]
fn lines_are_text_runs_with_their_direction() {
    let harness = stage();
    let runs: Vec<_> = harness.root().get_all_by_role(Role::TextRun).collect();
    let values: Vec<String> =
        runs.iter().filter_map(|run| run.accesskit_node().data().value().map(str::to_owned)).collect();
    assert!(values.iter().any(|value| value.contains("لقاء في جنيف")), "{values:?}");
    let number = runs
        .iter()
        .find(|run| run.accesskit_node().data().value().is_some_and(|value| value.starts_with("76.68")))
        .expect("the number is a run of its own");
    assert_eq!(number.accesskit_node().data().text_direction(), Some(egui::accesskit::TextDirection::LeftToRight));
}

#[test]
fn a_drag_selects_in_logical_order_over_a_line_end() {
    let mut harness = stage();
    let (from, to) = (span("76.68%"), span("موسكو"));
    let start = rect_of(&harness, "تتوقع");
    let end = harness.state().state.rects_of(to)[0];
    assert!(end.top() > start.top(), "the text must wrap between them");
    drag(
        &mut harness,
        Pos2::new(start.right() - 0.5, start.center().y),
        Pos2::new(end.left() + 0.5, end.center().y),
        Modifiers::NONE,
    );
    press(&mut harness, Modifiers::NONE, Key::Num8);
    let set = harness.state().set();
    let mention = set.mentions.values().next().unwrap();
    assert_eq!(mention.spans.hull(), Span::new(span("تتوقع").start(), to.end()));
    assert!(mention.spans.contains(from.start()));
}

#[test]
fn a_control_drag_adds_a_piece_and_tab_walks_outward() {
    let mut harness = stage();
    clicks_word(&mut harness, span("الخارجية"));
    press(&mut harness, Modifiers::NONE, Key::Num6);
    let other = rect_of(&harness, "الأصوات");
    drag(
        &mut harness,
        Pos2::new(other.right() - 0.5, other.center().y),
        Pos2::new(other.left() + 0.5, other.center().y),
        Modifiers::COMMAND | Modifiers::CTRL,
    );
    assert_eq!(harness.state().mentions(), ["NORP الخارجية \u{2026} الأصوات"]);
    caret_to(&mut harness, span("وزارة").start());
    for _ in 0..3 {
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft);
    }
    press(&mut harness, Modifiers::NONE, Key::Num2);
    assert_eq!(harness.state().mentions().len(), 2);
    caret_to(&mut harness, span("وزارة").start());
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let focus = |harness: &Harness<'_, Stage>| {
        let stage = harness.state();
        let id = stage.view.mention().cloned().unwrap();
        stage.set().mentions[&id].label.to_string()
    };
    assert_eq!(focus(&harness), "ORG");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(focus(&harness), "NORP");
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(focus(&harness), "ORG");
}

#[test]
fn a_handle_is_dragged() {
    let mut harness = stage();
    clicks_word(&mut harness, span("وزارة"));
    press(&mut harness, Modifiers::NONE, Key::Num2);
    let word = rect_of(&harness, "وزارة");
    let to = rect_of(&harness, "الخارجية");
    drag(
        &mut harness,
        Pos2::new(word.left(), word.center().y),
        Pos2::new(to.left() + 0.5, to.center().y),
        Modifiers::NONE,
    );
    assert_eq!(harness.state().mentions(), ["ORG وزارة الخارجية"]);
}
