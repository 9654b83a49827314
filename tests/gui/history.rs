//! The history panel: sentences, filters, jumping, taking one change back.

use egui::Key;
use egui::accesskit::Role;
use hashiya::gui::ctx::InspectorTab;
use hashiya::gui::i18n::Language;
use hashiya::model::Status;
use hashiya::session::{Command, HistoryFilter};

use crate::catalogue::{COUNT, FARM_TITLE, find, project, settle, status};
use crate::window::{CTRL, Window};
use crate::world::{HARBOUR, project_with, scratch};

const WIDE: [f32; 2] = [1440.0, 900.0];
const KARMAZI: &str = "القرمزي";

fn open(dir: &std::path::Path) -> Window {
    Window::open(&project_with(dir, "harbour.txt", HARBOUR), WIDE, 1.0)
}

/// Labels a name as PER and then as ORG.
fn label_twice(window: &mut Window) {
    let at = window.find(KARMAZI, 0);
    window.caret_to(at);
    window.key(Key::Num1);
    window.key(Key::Num2);
    assert_eq!(window.mentions_of(KARMAZI)[0].label.as_str(), "ORG");
}

fn rows(window: &Window) -> Vec<String> {
    window.labels(Role::ListItem).into_iter().filter(|label| label.contains("ann-01")).collect()
}

#[test]
fn the_history_is_told_newest_first_and_leads_to_the_place() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_twice(&mut window);
    // From the save mark.
    window.activate(Role::Button, "Saved");
    assert_eq!(window.app().view.tab, InspectorTab::History);
    let told = rows(&window);
    assert_eq!(told.len(), window.session().history(&HistoryFilter::default()).len());
    assert!(told[0].contains(KARMAZI) && told[0].contains("PER became ORG"), "{told:?}");
    assert!(told[1].starts_with("Labelled"), "{told:?}");
    assert!(told.last().unwrap().starts_with("Made the project"), "{told:?}");
    window.change(|app| app.view.focus = None);
    window.activate(Role::ListItem, "Labelled");
    let focus = window.app().view.mention().cloned();
    assert_eq!(focus, window.mentions_of(KARMAZI).first().map(|mention| mention.id.clone()));
    // By keys: up to the newest, and Enter.
    window.change(|app| app.view.focus = None);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert_eq!(window.app().view.mention().cloned(), focus);
    window.key(Key::Escape);
    assert_eq!(window.app().view.pane, hashiya::gui::ctx::Pane::Reader);
}

#[test]
fn one_change_is_reverted_and_what_stands_on_it_is_named() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_twice(&mut window);
    window.key_with(CTRL, Key::H);
    window.steps(2);
    window.activate(Role::ListItem, "Labelled");
    window.activate(Role::Button, "Revert");
    assert_eq!(window.set().mentions.len(), 1, "a later change stands on it");
    assert!(window.has(Role::Alert, "Not taken back: a later change"), "{:?}", window.labels(Role::Alert));
    window.activate(Role::Button, "Show the later change");
    let chosen = window.app().view.history.chosen.clone().unwrap();
    assert_eq!(window.session().history(&HistoryFilter::default())[0].line, chosen);
    window.activate(Role::Button, "Revert");
    assert_eq!(window.mentions_of(KARMAZI)[0].label.as_str(), "PER");
    let told = rows(&window);
    assert!(told[0].starts_with("Reverted"), "{told:?}");
    assert!(told[1].contains(", taken back"), "{told:?}");
    assert_eq!(window.app().view.history.chosen.as_ref(), Some(&chosen), "the struck row stays chosen");
    assert!(!window.has(Role::Button, "Revert"), "what is taken back already is not offered again");
    // Undoable like any other change.
    window.change(|app| app.view.focus_reader = true);
    window.key_with(CTRL, Key::Z);
    assert_eq!(window.mentions_of(KARMAZI)[0].label.as_str(), "ORG");
    assert!(rows(&window)[0].starts_with("Undone"));
}

#[test]
fn filters_narrow_the_history() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_twice(&mut window);
    window.key_with(CTRL, Key::H);
    window.steps(2);
    let all = rows(&window).len();
    window.activate(Role::RadioButton, "This article");
    assert_eq!(rows(&window).len(), 2, "of {all}");
    window.activate(Role::RadioButton, "All articles");
    window.activate(Role::ComboBox, "Kind of change");
    window.steps(2);
    // The seventh row is *Project*; digits take rows of an open list.
    window.key(Key::Num7);
    window.steps(2);
    let told = rows(&window);
    assert!(told.len() == all - 2 && told.iter().all(|row| !row.contains(KARMAZI)), "{told:?}");
}

#[test]
fn the_history_speaks_arabic() {
    let dir = scratch();
    let mut window = open(dir.path());
    label_twice(&mut window);
    window.change(|app| {
        app.view.settings.language = Language::Arabic;
        app.view.tab = InspectorTab::History;
    });
    window.steps(3);
    let told = rows(&window);
    assert!(told.iter().all(|row| row.chars().any(|c| ('\u{621}'..='\u{64a}').contains(&c))), "{told:?}");
    assert!(told.iter().all(|row| !row.contains("change-")), "{told:?}");
}

#[test]
fn nothing_of_the_arabic_history_is_cut_at_its_sides() {
    let dir = scratch();
    let mut window = Window::open(&project_with(dir.path(), "harbour.txt", HARBOUR), [1024.0, 700.0], 1.0);
    label_twice(&mut window);
    for n in 1..8 {
        // Enough rows that the list scrolls.
        window.key(if n % 2 == 0 { Key::Num2 } else { Key::Num3 });
    }
    window.change(|app| {
        app.view.settings.language = Language::Arabic;
        app.view.settings.inspector = true;
        app.view.tab = InspectorTab::History;
        let session = app.session.as_ref().unwrap();
        let first = session.history(&HistoryFilter::default()).into_iter().rev().nth(2).unwrap().line;
        app.view.history.chosen = Some(first);
    });
    window.ask(hashiya::gui::command::UiCommand::Revert(window.app().view.history.chosen.clone().unwrap()));
    window.steps(20);
    assert!(!window.labels(Role::Alert).is_empty(), "the card holds a refusal of several lines");
    assert!(rows(&window).len() > 6);
    let panel = egui::Rect::from_min_max(egui::pos2(0.0, 76.0), egui::pos2(330.0, 700.0));
    let cut = window.cut_at_sides(panel);
    assert!(cut.is_empty(), "{cut:?}");
}

/// Gives every second of 2,000 articles the status *done* and shows the history.
fn many_done(dir: &std::path::Path) -> Window {
    let mut window = Window::open(&project(dir), WIDE, 1.0);
    find(&mut window, "اضراب");
    window.key(Key::Enter);
    window.key_with(CTRL, Key::A);
    window.activate(Role::Button, "Change");
    window.activate(Role::MenuItem, "done");
    settle(&mut window);
    window.key(Key::Escape);
    window.key(Key::Escape);
    settle(&mut window);
    window.change(|app| app.view.tab = InspectorTab::History);
    window.steps(3);
    window
}

/// The rows with the changes of an unfolded batch that are in view.
fn parts(window: &Window) -> Vec<String> {
    let rows = window.labels(Role::ListItem);
    rows.into_iter().filter(|row| row.starts_with("Article done, ")).collect()
}

#[test]
fn a_change_to_many_articles_is_one_row_that_unfolds() {
    let dir = scratch();
    let mut window = many_done(dir.path());
    assert!(window.session().history(&HistoryFilter::default()).len() > 5, "it takes several lines");
    let told = rows(&window);
    assert!(told[0].starts_with("Status of 1,000 articles: done, "), "{told:?}");
    assert!(told[1..].iter().all(|row| !row.contains("Status of")), "{told:?}");
    // It leads to its first article, and unfolds to one row an article, in their order.
    window.activate(Role::ListItem, "Status of 1,000 articles");
    assert_eq!(window.article(), window.session().article_from_name("a0001").unwrap());
    let before = window.labels(Role::ListItem).len();
    window.activate(Role::Button, "Show its 1,000 changes one by one");
    let shown = parts(&window);
    assert!(shown.len() > 3 && shown[0] == format!("Article done, {FARM_TITLE} 1"), "{shown:?}");
    assert_eq!(shown[1], format!("Article done, {FARM_TITLE} 3"));
    window.activate(Role::ListItem, &shown[1].clone());
    assert_eq!(window.article(), window.session().article_from_name("a0003").unwrap());
    // By keys: up from the first to the batch, and folded.
    window.key(Key::ArrowUp);
    window.key(Key::ArrowLeft);
    window.steps(2);
    assert!(parts(&window).is_empty() && window.labels(Role::ListItem).len() == before);
    window.key(Key::ArrowRight);
    window.steps(2);
    assert!(!parts(&window).is_empty());
    // The last of them stands above the line before the batch.
    window.key(Key::ArrowLeft);
    window.steps(2);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert!(window.has(Role::ListItem, "Made the project"));
}

#[test]
fn a_change_to_many_articles_is_reverted_as_a_whole_or_not_at_all() {
    let dir = scratch();
    let mut window = many_done(dir.path());
    let article = window.session().article_from_name("a0777").unwrap();
    let skipped = Command::SetStatus { article: article.clone(), status: Status::Skipped, reason: "torn".into() };
    window.ask(hashiya::gui::command::UiCommand::Run(Box::new(skipped)));
    window.activate(Role::ListItem, "Status of 1,000 articles");
    window.activate(Role::Button, "Revert");
    let of = |window: &Window| ["a0001", "a0777", "a1999"].map(|name| status(window, name));
    assert_eq!(of(&window), [Status::Done, Status::Skipped, Status::Done]);
    assert!(window.has(Role::Alert, "Not taken back: a later change stands on it"), "{:?}", window.labels(Role::Alert));
    // Why is said in the language of the moment.
    window.change(|app| app.view.settings.language = Language::Arabic);
    window.steps(2);
    assert!(window.has(Role::Alert, "لم يجرِ التراجع: بُني عليه تغيير أحدث"), "{:?}", window.labels(Role::Alert));
    assert!(window.has(Role::ListItem, "حالة 1,000 مقالة: منجزة"), "{:?}", rows(&window));
    assert!(window.has(Role::Button, "عرض تغييراته الـ1,000 واحدًا واحدًا"));
    window.change(|app| app.view.settings.language = Language::English);
    window.activate(Role::Button, "Show the later change");
    window.activate(Role::Button, "Revert");
    window.activate(Role::ListItem, "Status of 1,000 articles");
    window.activate(Role::Button, "Revert");
    settle(&mut window);
    assert_eq!(of(&window), [Status::New; 3]);
    let told = rows(&window);
    assert!(told[0].starts_with("Reverted: Status of 1,000 articles: done"), "{told:?}");
    assert!(told.iter().any(|row| row.starts_with("Status of 1,000") && row.contains(", taken back")), "{told:?}");
    // What took it back is one change, and leads to the same article.
    window.change(|app| app.view.focus_reader = true);
    window.activate(Role::ListItem, "Reverted: Status of 1,000");
    assert_eq!(window.article(), window.session().article_from_name("a0001").unwrap());
    window.change(|app| app.view.focus_reader = true);
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_eq!(of(&window), [Status::Done, Status::Done, Status::Done]);
    let told = rows(&window);
    assert!(told[0].starts_with("Undone: Reverted: ") || told[0].starts_with("Undone: Status of 1,000"), "{told:?}");
}

#[test]
fn the_history_of_one_article_tells_of_that_article_only_and_does_not_name_it() {
    let dir = scratch();
    let mut window = many_done(dir.path());
    let title = format!("{FARM_TITLE} 3");
    let article = window.session().article_from_name("a0003").unwrap();
    let marked = Command::SetFlag { article: article.clone(), flagged: true };
    window.ask(hashiya::gui::command::UiCommand::Run(Box::new(marked)));
    window.ask(hashiya::gui::command::UiCommand::OpenArticle(article));
    assert!(rows(&window)[0].ends_with(&title), "{:?}", rows(&window));
    window.activate(Role::RadioButton, "This article");
    window.steps(2);
    let told = rows(&window);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|row| !row.contains(FARM_TITLE)), "{told:?}");
    assert!(told[1].starts_with("Article done, "), "{told:?}");
    // Taking it back would reach further than this article, and the card says so.
    window.activate(Role::ListItem, "Article done");
    assert!(window.said().iter().any(|said| said.starts_with("It is part of a change")), "{:?}", window.said());
    assert_eq!(window.app().view.catalogue.listing.rows().len(), COUNT);
}
