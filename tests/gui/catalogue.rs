//! The list of articles, at a size where nobody scrolls through it: filters, order, choosing, bulk changes, the next day.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use hashiya::env::Env;
use hashiya::model::{ArticleFacts, ArticleKey, AssignmentPlan, Exchange, ExchangeArticle, Status};
use hashiya::session::listing::SortKey;
use hashiya::session::{Command, NewProject, Session, schemes};
use hashiya::storage::DiskFs;

use crate::window::{CTRL, Window};
use crate::world::scratch;

const WIDE: [f32; 2] = [1440.0, 900.0];
pub const COUNT: usize = 2_000;

const HARBOUR_TITLE: &str = "توسعة الميناء رقم";
const HARBOUR: &str = "المرفأ";
pub const FARM_TITLE: &str = "إضراب المزارعين رقم";

/// A project of 2,000 articles: every second is of the harbour, every tenth has the same text as the one before it.
pub fn project(dir: &Path) -> PathBuf {
    let root = dir.join("project");
    let new = NewProject { name: "Coast".to_owned(), scheme: schemes::news(), annotator: "ann-01".into() };
    let mut session =
        Session::create(Arc::new(DiskFs), &root, &new, Arc::new(Env::fixed(1)), Some(&dir.join("user-data"))).unwrap();
    let article = |n: usize| {
        let of_text = if n.is_multiple_of(10) && n > 0 { n - 1 } else { n };
        let text = format!("{HARBOUR_TITLE} {of_text}\n\nقال ناطق إن العمل رقم {of_text} بدأ في المرفأ القديم.");
        let key = ArticleKey::Id(format!("a{n:04}"));
        let mut facts = ArticleFacts::of(key, &text);
        let title = if n.is_multiple_of(2) { HARBOUR_TITLE } else { FARM_TITLE };
        facts.title = format!("{title} {n}");
        facts.outlet = if n.is_multiple_of(3) { "The Quay" } else { "المرفأ" }.to_owned();
        facts.date = format!("2026-{:02}-{:02}", 1 + n % 12, 1 + n % 28);
        facts.language = "ar".to_owned();
        ExchangeArticle {
            name: format!("a{n:04}"),
            facts,
            text: text.into(),
            source: None,
            paragraph_directions: std::collections::BTreeMap::new(),
            sets: std::collections::BTreeMap::new(),
        }
    };
    let exchange = Exchange { articles: (0..COUNT).map(article).collect(), ..Exchange::default() };
    session.import(exchange, vec!["coast".to_owned()]).unwrap();
    session.close().unwrap();
    root
}

fn open(dir: &tempfile::TempDir) -> Window {
    Window::open(&project(dir.path()), WIDE, 1.0)
}

/// Lets work on many articles come to its end.
pub fn settle(window: &mut Window) {
    window.steps(3);
    while window.app().is_at_work() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        window.steps(1);
    }
    window.steps(2);
}

fn listed(window: &Window) -> usize {
    window.app().view.catalogue.listing.rows().len()
}

pub fn status(window: &Window, name: &str) -> Status {
    let session = window.session();
    session.row(&session.article_from_name(name).unwrap()).unwrap().status
}

fn name_now(window: &Window) -> String {
    window.session().row(&window.article()).unwrap().name.to_owned()
}

/// Types into the quick find.
pub fn find(window: &mut Window, words: &str) {
    window.key(Key::Slash);
    window.type_text(words);
    settle(window);
}

#[test]
fn quick_find_folds_and_escape_gives_everything_back() {
    let dir = scratch();
    let mut window = open(&dir);
    assert_eq!(listed(&window), COUNT);
    // Only the rows in view exist for a screen reader.
    let rows = window.labels(Role::ListItem);
    assert!(rows.len() < 20 && rows[0].starts_with(&format!("{HARBOUR_TITLE} 0")), "{rows:?}");
    // Without its hamza, and with Arabic digits.
    find(&mut window, "اضراب \u{661}\u{669}\u{669}\u{667}");
    assert_eq!(listed(&window), 1);
    assert!(window.has(Role::ListItem, &format!("{FARM_TITLE} 1997")));
    assert!(window.says("1 of 2,000"));
    window.key(Key::Escape);
    settle(&mut window);
    assert_eq!(listed(&window), COUNT);
}

#[test]
fn filters_are_chosen_in_a_menu_and_dropped_by_their_chips() {
    let dir = scratch();
    let mut window = open(&dir);
    window.activate(Role::Button, "Filters");
    window.activate(Role::CheckBox, "The Quay");
    settle(&mut window);
    assert_eq!(listed(&window), COUNT.div_ceil(3));
    window.activate(Role::CheckBox, "done");
    settle(&mut window);
    assert_eq!(listed(&window), 0);
    window.key(Key::Escape);
    window.steps(3);
    assert!(window.says("No articles match."));
    window.activate(Role::Button, "Remove the filter done");
    settle(&mut window);
    assert_eq!(listed(&window), COUNT.div_ceil(3));
    window.activate(Role::Button, "clear");
    settle(&mut window);
    assert_eq!(listed(&window), COUNT);
}

/// A project with an article for each of so many publishers.
fn with_publishers(dir: &Path, count: usize) -> PathBuf {
    let root = dir.join("project");
    let new = NewProject { name: "Desks".to_owned(), scheme: schemes::news(), annotator: "ann-01".into() };
    let mut session = Session::create(Arc::new(DiskFs), &root, &new, Arc::new(Env::fixed(1)), None).unwrap();
    let article = |n: usize| {
        let text = format!("{HARBOUR_TITLE} {n}");
        let mut facts = ArticleFacts::of(ArticleKey::Id(format!("d{n:03}")), &text);
        facts.outlet = format!("Desk {n}");
        ExchangeArticle {
            name: format!("d{n:03}"),
            facts,
            text: text.into(),
            source: None,
            paragraph_directions: std::collections::BTreeMap::new(),
            sets: std::collections::BTreeMap::new(),
        }
    };
    let exchange = Exchange { articles: (0..count).map(article).collect(), ..Exchange::default() };
    session.import(exchange, vec!["desks".to_owned()]).unwrap();
    session.close().unwrap();
    root
}

#[test]
fn many_publishers_are_counted_and_found_by_their_names() {
    let dir = scratch();
    let mut window = Window::open(&with_publishers(dir.path(), 120), WIDE, 1.0);
    window.activate(Role::Button, "Filters");
    settle(&mut window);
    let desks = |window: &Window| {
        let boxes = window.labels(Role::CheckBox);
        boxes.into_iter().filter(|label| label.starts_with("Desk ")).collect::<Vec<_>>()
    };
    let expect: Vec<String> = (0..40).map(|n| format!("Desk {n}")).collect();
    assert_eq!(desks(&window), expect, "as people count");
    assert!(window.says("80 more; type above to find them"), "{:?}", window.said());
    window.activate(Role::TextInput, "Find an outlet");
    window.type_text("desk \u{661}\u{661}");
    assert_eq!(
        desks(&window),
        ["Desk 11", "Desk 110", "Desk 111", "Desk 112", "Desk 113", "Desk 114", "Desk 115"]
            .into_iter()
            .chain(["Desk 116", "Desk 117", "Desk 118", "Desk 119"])
            .collect::<Vec<_>>()
    );
    window.activate(Role::CheckBox, "Desk 117");
    settle(&mut window);
    assert_eq!(listed(&window), 1);
    // Whoever is chosen stays in sight.
    window.activate(Role::TextInput, "Find an outlet");
    window.key_with(CTRL, Key::A);
    window.type_text("nobody");
    assert_eq!(desks(&window), ["Desk 117"]);
    window.change(|app| app.view.settings.language = hashiya::gui::i18n::Language::Arabic);
    window.steps(2);
    window.activate(Role::Button, "المرشّحات");
    assert!(window.has(Role::TextInput, "البحث عن ناشر"), "{:?}", window.labels(Role::TextInput));
}

#[test]
fn the_order_is_chosen_and_the_open_article_stays_in_view() {
    let dir = scratch();
    let mut window = open(&dir);
    window.activate(Role::Button, "Order");
    window.activate(Role::RadioButton, "Title");
    settle(&mut window);
    assert_eq!(window.app().view.catalogue.filters.sort, SortKey::Title);
    let rows = window.labels(Role::ListItem);
    // The open article, number 0 of the harbour, is the first of its words; those of the farm stand before it.
    assert!(rows.iter().any(|row| row.starts_with(&format!("{HARBOUR_TITLE} 0,"))), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with(FARM_TITLE)), "{rows:?}");
    window.activate(Role::Button, "Order");
    window.activate(Role::CheckBox, "Descending");
    settle(&mut window);
    let session = window.session();
    let first = window.app().view.catalogue.listing.rows()[0];
    assert_eq!(session.catalogue().row(first as usize).unwrap().title, format!("{HARBOUR_TITLE} 998"));
}

#[test]
fn many_articles_change_as_one_and_one_undo_takes_it_back() {
    let dir = scratch();
    let mut window = open(&dir);
    find(&mut window, "اضراب");
    assert_eq!(listed(&window), COUNT / 2);
    window.key(Key::Enter);
    window.key_with(CTRL, Key::A);
    assert!(window.says("1,000 chosen"));
    window.activate(Role::Button, "Change");
    window.activate(Role::MenuItem, "done");
    settle(&mut window);
    assert_eq!((status(&window, "a0001"), status(&window, "a1999")), (Status::Done, Status::Done));
    assert_eq!(status(&window, "a0002"), Status::New);
    assert_eq!(window.app().view.catalogue.listing.counts().done, COUNT / 2);
    // The list is as it was, with nothing chosen any more.
    assert_eq!(listed(&window), COUNT / 2);
    assert!(window.has(Role::RadioButton, "To do 1,000"));
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_eq!((status(&window, "a0001"), status(&window, "a1999")), (Status::New, Status::New));
    assert_eq!(window.app().view.catalogue.listing.counts().done, 0);
}

#[test]
fn rows_are_chosen_by_keys_and_marked_together() {
    let dir = scratch();
    let mut window = open(&dir);
    window.key_with(Modifiers::SHIFT, Key::F6);
    window.key(Key::Space);
    window.key_with(Modifiers::SHIFT, Key::ArrowDown);
    window.key_with(Modifiers::SHIFT, Key::ArrowDown);
    assert!(window.says("3 chosen"));
    window.key(Key::M);
    settle(&mut window);
    let flagged = |window: &Window| window.app().view.catalogue.listing.counts().flagged;
    assert_eq!(flagged(&window), 3);
    // Nothing is chosen any more, and Escape goes back to the text.
    assert!(window.app().view.catalogue.chosen.is_empty());
    window.activate(Role::RadioButton, "Flagged");
    settle(&mut window);
    assert_eq!(listed(&window), 3);
}

#[test]
fn done_and_next_stays_within_the_list() {
    let dir = scratch();
    let mut window = open(&dir);
    window.activate(Role::RadioButton, "To do");
    find(&mut window, "اضراب");
    window.key(Key::Enter);
    window.key(Key::ArrowDown);
    assert_eq!(name_now(&window), "a0001");
    window.key_with(CTRL, Key::Enter);
    settle(&mut window);
    assert_eq!((status(&window, "a0001"), name_now(&window).as_str()), (Status::Done, "a0003"));
    assert_eq!(listed(&window), COUNT / 2 - 1);
    window.key_with(CTRL, Key::Enter);
    window.key_with(CTRL, Key::PageDown);
    assert_eq!(name_now(&window), "a0007");
    window.key_with(CTRL, Key::PageUp);
    assert_eq!(name_now(&window), "a0005");
    // Without the filter the next unfinished one is the next of all.
    window.key(Key::Escape);
    window.key(Key::Escape);
    settle(&mut window);
    window.key_with(Modifiers { shift: true, ..CTRL }, Key::PageDown);
    assert_eq!(name_now(&window), "a0006");
}

#[test]
fn the_place_is_there_on_the_next_day() {
    let dir = scratch();
    let mut window = open(&dir);
    window.change(|app| app.view.focus_filter = false);
    window.key_with(CTRL, Key::PageDown);
    window.key_with(CTRL, Key::PageDown);
    let at = window.find(HARBOUR, 0);
    window.caret_to(at);
    assert_eq!(name_now(&window), "a0002");
    window.key_with(CTRL, Key::W);
    drop(window);
    let again = Window::open(&dir.path().join("project"), WIDE, 1.0);
    assert_eq!((name_now(&again).as_str(), again.app().reader.caret().at), ("a0002", at));
}

#[test]
fn a_plan_is_previewed_made_filtered_by_and_undone() {
    let dir = scratch();
    let mut window = open(&dir);
    window.key_with(CTRL, Key::K);
    window.type_text("assignment plan");
    window.key(Key::Enter);
    window.steps(3);
    assert!(window.says("ann-01: 2,000 articles"), "{:?}", window.said());
    window.type_text(" ann-02");
    window.steps(2);
    window.activate(Role::Button, "Make the plan");
    settle(&mut window);
    let plan = window.session().assignment_plan().unwrap();
    assert_eq!(*plan, AssignmentPlan::new(1, 20, vec!["ann-01".into(), "ann-02".into()]));
    window.activate(Role::Button, "Filters");
    window.activate(Role::CheckBox, "Assigned to me");
    settle(&mut window);
    // Half of them, and half of the other 20 percent again.
    let mine = listed(&window);
    assert!((1100..1300).contains(&mine), "{mine}");
    let own = plan.assigner();
    let session = window.session();
    for row in window.app().view.catalogue.listing.rows() {
        let row = session.catalogue().row(*row as usize).unwrap();
        assert!(own.is_assigned(&row.id(), row.language, 0));
    }
    window.key(Key::Escape);
    window.key_with(CTRL, Key::Z);
    settle(&mut window);
    assert_eq!(window.session().assignment_plan(), None);
    assert!(window.says("Nobody has made an assignment plan."));
}

#[test]
fn repeated_texts_stand_behind_one_row_and_are_skipped_together() {
    let dir = scratch();
    let mut window = open(&dir);
    window.key_with(CTRL, Key::K);
    window.type_text("find repeated");
    window.key(Key::Enter);
    settle(&mut window);
    let groups = COUNT / 10 - 1;
    assert_eq!(listed(&window), COUNT - groups);
    let article = window.session().article_from_name("a0009").unwrap();
    window.change(|app| app.view.article = Some(article));
    settle(&mut window);
    let row =
        window.labels(Role::ListItem).into_iter().find(|row| row.starts_with(&format!("{FARM_TITLE} 9,"))).unwrap();
    assert!(row.ends_with("1 more with the same text"), "{row}");
    window.key_with(CTRL, Key::K);
    window.type_text("skip the other copies");
    window.key(Key::Enter);
    settle(&mut window);
    assert_eq!((status(&window, "a0010"), status(&window, "a0009")), (Status::Skipped, Status::New));
    let set = window.session().set(&window.session().article_from_name("a0010").unwrap());
    assert!(set.status_reason.contains("a0009"), "{:?}", set.status_reason);
    // Found once, known the next day.
    window.key_with(CTRL, Key::W);
    drop(window);
    let mut again = Window::open(&dir.path().join("project"), WIDE, 1.0);
    settle(&mut again);
    assert_eq!(listed(&again), COUNT - groups);
}

#[test]
fn a_command_in_between_does_not_lose_the_list() {
    let dir = scratch();
    let mut window = open(&dir);
    window.activate(Role::RadioButton, "To do");
    settle(&mut window);
    let article = window.session().article_from_name("a1500").unwrap();
    window.change(|app| {
        let command = Command::SetStatus { article, status: Status::Done, reason: String::new() };
        app.session.as_mut().unwrap().run(command).unwrap();
    });
    assert_eq!(listed(&window), COUNT - 1);
    assert!(window.has(Role::RadioButton, "To do 1,999"));
}

#[test]
fn a_click_on_a_row_gives_the_list_the_keyboard() {
    let dir = scratch();
    let mut window = open(&dir);
    window.activate(Role::ListItem, &format!("{HARBOUR_TITLE} 2,"));
    assert_eq!(name_now(&window), "a0002");
    window.key(Key::ArrowDown);
    window.steps(3);
    assert_eq!(name_now(&window), "a0003");
    window.key_with(CTRL, Key::A);
    window.steps(2);
    assert_eq!(window.app().view.catalogue.chosen.rows().count(), COUNT);
    window.key(Key::Escape);
    window.key(Key::Enter);
    window.steps(3);
    // The text has the keyboard: Down moves the caret.
    let caret = window.app().view.caret;
    window.key(Key::ArrowDown);
    window.steps(3);
    assert_eq!(name_now(&window), "a0003");
    assert_ne!(window.app().view.caret, caret);
}

#[test]
fn the_palette_finds_articles_by_title_and_name_and_commands_in_both_languages() {
    let dir = scratch();
    let mut window = open(&dir);
    let palette = |window: &mut Window, words: &str| {
        window.key_with(CTRL, Key::K);
        window.steps(2);
        window.type_text(words);
    };
    // Without its hamza, and with Arabic digits; Enter may come before the answer.
    palette(&mut window, "@اضراب \u{661}\u{669}\u{669}\u{667}");
    window.key(Key::Enter);
    settle(&mut window);
    assert!(window.app().view.dialog.is_none());
    assert_eq!(name_now(&window), "a1997");
    palette(&mut window, "a0042");
    settle(&mut window);
    assert_eq!(window.labels(Role::ListBoxOption), [format!("{HARBOUR_TITLE} 42")]);
    // A letter more, and nothing is found.
    window.type_text("x");
    settle(&mut window);
    assert!(window.labels(Role::ListBoxOption).is_empty());
    window.key(Key::Escape);
    settle(&mut window);
    palette(&mut window, "high contr");
    settle(&mut window);
    assert!(!window.labels(Role::ListBoxOption).is_empty());
    window.key(Key::Escape);
    settle(&mut window);
    let arabic =
        hashiya::gui::i18n::I18n::new(hashiya::gui::i18n::Language::Arabic, hashiya::gui::i18n::Digits::Western);
    palette(&mut window, arabic.text("cmd-find-repeated"));
    settle(&mut window);
    assert!(window.has(Role::ListBoxOption, "Find repeated texts"));
}
