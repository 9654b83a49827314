//! The main job, end to end: read an article, label it by keys and by mouse, undo, redo, close, open again.

use egui::accesskit::{Role, TextDirection};
use egui::{Key, Modifiers};

use crate::window::{CTRL, CTRL_SHIFT, Window};
use crate::world::{HARBOUR, project_with, scratch};

/// Tall enough for the whole article, so that every word can be pointed at.
const TALL: [f32; 2] = [1440.0, 1900.0];

// Words of the article, as they must be stored.
const KARMAZI: &str = "القرمزي";
const REPORTERS: &str = "لصحفيين";
const SPOKESMAN: &str = "الناطق باسم وزارة المياه الساحلانية";
const MINISTRY: &str = "وزارة المياه الساحلانية";
const NATION: &str = "الساحلانية";
const MARSA: &str = "مرسى الزيتون";
const PERCENT: &str = "62.35%";
const MEETING: &str = "لقاء ثان قبل نهاية العام";

fn open(dir: &tempfile::TempDir) -> Window {
    Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), TALL, 1.0)
}

/// Selects the n-th `quote` by keys and presses a key.
fn label_by_keys(window: &mut Window, quote: &str, n: usize, key: Key) {
    let start = window.find(quote, n);
    window.caret_to(start);
    window.extend_to(start + quote.len());
    window.key(key);
}

/// Drags over the n-th `quote` that a screen reader hears and presses a key.
fn label_by_mouse(window: &mut Window, quote: &str, n: usize, key: Key) {
    let letters = window.letters(quote, n);
    window.drag(letters.first().unwrap().start(), letters.last().unwrap().end());
    window.key(key);
    window.pause();
}

fn labels_of(window: &Window, quote: &str) -> Vec<String> {
    window.mentions_of(quote).iter().map(|mention| mention.label.to_string()).collect()
}

#[test]
fn the_article_is_heard_as_it_is_written() {
    let dir = scratch();
    let window = open(&dir);
    let heard = window.heard();
    let together: String = heard.iter().map(|(text, _)| text.as_str()).collect();
    let written: String = HARBOUR.chars().filter(|c| *c != '\n').collect();
    assert_eq!(together.replace('\n', ""), written);
    let of = |part: &str| heard.iter().find(|(text, _)| text.contains(part)).map(|(_, direction)| *direction);
    assert_eq!(of(NATION), Some(TextDirection::RightToLeft));
    assert_eq!(of("AquaTrack"), Some(TextDirection::LeftToRight));
    assert_eq!(of("310"), Some(TextDirection::LeftToRight));
}

#[test]
fn a_label_key_takes_the_name_out_of_its_word() {
    let dir = scratch();
    let mut window = open(&dir);
    // Only the name, without the "and" or "to" that is written onto it.
    let with_and = "\u{648}".to_owned() + KARMAZI;
    let at = window.find(&with_and, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    assert_eq!(labels_of(&window, KARMAZI), ["PER"]);
    let mention = window.mentions_of(KARMAZI)[0];
    assert_eq!(mention.spans.start(), at + '\u{648}'.len_utf8());

    let at = window.find(REPORTERS, 0) - '\u{644}'.len_utf8();
    window.caret_to(at);
    window.key(Key::Num1);
    assert_eq!(labels_of(&window, REPORTERS), ["PER"]);

    // The mention can be found by its words and activated, as a screen reader does.
    assert!(window.has(Role::Button, KARMAZI));
    window.key(Key::Escape);
    window.activate(Role::Button, REPORTERS);
    let focus = window.app().view.mention().cloned();
    assert_eq!(focus, window.mentions_of(REPORTERS).first().map(|mention| mention.id.clone()));

    // With a mention in focus and nothing selected, the key changes its label.
    window.key(Key::Num7);
    assert_eq!(labels_of(&window, REPORTERS), ["ROLE"]);
    window.key(Key::Delete);
    assert!(labels_of(&window, REPORTERS).is_empty());
}

#[test]
fn the_whole_job_by_keys_alone() {
    let dir = scratch();
    whole_job(&dir, label_by_keys);
}

#[test]
fn the_whole_job_by_mouse() {
    let dir = scratch();
    whole_job(&dir, label_by_mouse);
}

fn whole_job(dir: &tempfile::TempDir, label: fn(&mut Window, &str, usize, Key)) {
    let mut window = open(dir);
    // A role around a body around a people.
    label(&mut window, SPOKESMAN, 0, Key::Num7);
    label(&mut window, MINISTRY, 0, Key::Num2);
    label(&mut window, NATION, 0, Key::Num6);
    label(&mut window, MARSA, 1, Key::Num3);
    label(&mut window, "AquaTrack", 0, Key::Num2);
    label(&mut window, PERCENT, 0, Key::Num0);
    assert_eq!(labels_of(&window, SPOKESMAN), ["ROLE"]);
    assert_eq!(labels_of(&window, MINISTRY), ["ORG"]);
    assert_eq!(labels_of(&window, NATION), ["NORP"]);
    assert_eq!(labels_of(&window, MARSA), ["GPE"]);
    assert_eq!(labels_of(&window, "AquaTrack"), ["ORG"]);
    assert_eq!(labels_of(&window, PERCENT), ["NUM"]);

    // Tab walks outward from the innermost.
    window.key(Key::Escape);
    window.activate(Role::Button, NATION);
    for quote in [MINISTRY, SPOKESMAN] {
        window.key(Key::Tab);
        let focus = window.app().view.mention().cloned();
        assert_eq!(focus, window.mentions_of(quote).first().map(|mention| mention.id.clone()), "{quote}");
    }
    window.key(Key::Escape);

    // Undo all, redo all.
    let done = window.set().clone();
    assert_eq!(done.mentions.len(), 6);
    for _ in 0..6 {
        window.key_with(CTRL, Key::Z);
    }
    assert!(window.set().mentions.is_empty());
    for _ in 0..6 {
        window.key_with(CTRL_SHIFT, Key::Z);
    }
    assert_eq!(*window.set(), done);

    // Nothing is said to the program before it ends; opened again, everything is as it was, and can still be undone.
    window.crash_when_saved();
    let mut again = Window::open(&dir.path().join("project"), TALL, 1.0);
    assert_eq!(*again.set(), done);
    again.key_with(CTRL, Key::Z);
    assert_eq!(again.set().mentions.len(), 5);
}

#[test]
fn a_span_may_cross_the_end_of_a_line() {
    let dir = scratch();
    let mut window = open(&dir);
    // The n-th word whose successor stands on a lower line.
    let runs = window.heard();
    let (last, next) = runs
        .windows(2)
        .map(|pair| (pair[0].0.clone(), pair[1].0.clone()))
        // Behind the parts that are left out.
        .filter(|(a, b)| HARBOUR.find(&format!("{a}{b}")) > HARBOUR.find(PERCENT))
        .find(|(a, b)| a.chars().count() > 30 && b.chars().count() > 30)
        .unwrap();
    let start = HARBOUR.find(&format!("{last}{next}")).unwrap();
    let line_end = start + last.len();
    let from = line_end - last.trim_end().rsplit(' ').next().unwrap().len() - (last.len() - last.trim_end().len());
    let to = line_end + next.split(' ').next().unwrap().len();
    window.caret_to(from);
    window.extend_to(to);
    window.key(Key::Num8);
    let mention = window.set().mentions.values().next().unwrap();
    assert_eq!((mention.spans.start(), mention.spans.end()), (from, to));
    assert_eq!(mention.spans.as_slice().len(), 1);
}

#[test]
fn a_double_click_takes_a_word_and_a_triple_click_a_sentence() {
    let dir = scratch();
    let mut window = open(&dir);
    let place = window.letters(NATION, 0)[3].rect.center();
    window.click(place, 2);
    window.key(Key::Num6);
    assert_eq!(labels_of(&window, NATION), ["NORP"]);
    window.pause();
    window.key(Key::Escape);
    let place = window.letters("AquaTrack", 0)[2].rect.center();
    window.click(place, 3);
    window.key(Key::Num8);
    let longest = window.set().mentions.values().max_by_key(|mention| mention.quote.len()).unwrap();
    assert!(longest.quote.contains("AquaTrack") && longest.quote.contains(NATION), "{}", longest.quote);
    assert!(!longest.quote.contains('\n'));
}

#[test]
fn a_fragment_makes_a_mention_discontinuous() {
    let dir = scratch();
    let mut window = open(&dir);
    label_by_keys(&mut window, MEETING, 0, Key::Num8);
    let start = window.find(PERCENT, 0);
    window.key_with(CTRL, Key::D);
    window.caret_to(start);
    window.extend_to(start + PERCENT.len());
    window.key_with(CTRL, Key::D);
    let mention = window.set().mentions.values().next().unwrap();
    assert_eq!(mention.spans.as_slice().len(), 2, "{:?}", mention.spans);
}

#[test]
fn brackets_step_the_edges_through_the_attached_letters() {
    let dir = scratch();
    let mut window = open(&dir);
    let with_and = "\u{648}".to_owned() + KARMAZI;
    let at = window.find(&with_and, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    assert_eq!(labels_of(&window, KARMAZI), ["PER"]);
    window.key_with(Modifiers::ALT, Key::OpenBracket);
    window.key(Key::Enter);
    assert_eq!(labels_of(&window, &with_and), ["PER"]);
    window.key(Key::OpenBracket);
    window.key(Key::Enter);
    assert_eq!(labels_of(&window, KARMAZI), ["PER"]);
}

#[test]
fn the_article_done_moves_on() {
    let dir = scratch();
    let mut window = open(&dir);
    window.key_with(CTRL, Key::Enter);
    let row = window.session().catalogue().row(0).unwrap();
    assert_eq!(row.status, hashiya::model::Status::Done);
}
