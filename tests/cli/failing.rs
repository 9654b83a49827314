//! Exit codes, and sentences that say what, where and what to do.

use std::sync::Arc;

use hashiya::env::Env;
use hashiya::session::{OpenOptions, Session};
use hashiya::storage::DiskFs;

use super::world::{World, codes};

#[test]
fn wrong_usage_is_two() {
    let world = World::with_demo();
    let table: &[(&[&str], &str)] = &[
        (&["show"], "DIR"),
        (&["import", "demo"], "FILE"),
        (&["new", "demo"], "empty folder"),
        (&["new", "q", "--annotator", "two words"], "annotator id"),
        (&["new", "q", "--scheme", "nothing"], "ontonotes5"),
        (&["show", "demo", "nowhere"], "hashiya show"),
        (&["export", "demo", "--format", "brat", "--out", "x"], "not available yet"),
        (&["export", "demo", "--format", "word", "--out", "x"], "no format"),
        (&["export", "demo", "--format", "html", "--out", "x"], "only be imported"),
        (&["export", "demo", "--format", "text"], "--out"),
        (&["export", "demo", "--format", "text", "--out", "x", "--annotator", "basim"], "ann-01"),
        (&["import", "demo", "demo/project.ron", "--as", "suggestions"], "not available yet"),
        (&["import", "demo", "demo/project.ron", "--label", "A"], "FROM=TO"),
    ];
    for (args, word) in table {
        world.run(args).expect(2).says(&[word]);
    }
}

#[test]
fn what_the_system_refuses_is_three() {
    let world = World::with_demo();
    world.write("empty/x.txt", "x");
    let table: &[(&[&str], &[&str])] = &[
        (&["show", "missing"], &["missing"]),
        (&["show", "empty"], &["empty", "project.ron", "hashiya new"]),
        (&["import", "demo", "missing.txt"], &["missing.txt", "check the path"]),
        (&["annotate", "demo", "--script", "missing.jsonl"], &["missing.jsonl"]),
        (&["inspect", "missing.txt"], &["missing.txt"]),
        (&["new", "demo/project.ron/q"], &["demo/project.ron"]),
    ];
    for (args, words) in table {
        let ran = world.run(args).expect(3).says(words);
        assert_eq!(ran.err.lines().count(), 1, "{ran:#?}");
    }
}

#[test]
fn a_newer_project_is_not_opened() {
    let world = World::with_demo();
    let header = world.read("demo/project.ron").replace("format: 1", "format: 99");
    world.write("demo/project.ron", header);
    for args in [["show", "demo"], ["check", "demo"], ["history", "demo"]] {
        world.run(&args).expect(3).says(&["format 99", "newer"]);
    }
    world.write("script.jsonl", "{\"undo\":{}}");
    world.run(&["annotate", "demo", "--script", "script.jsonl"]).expect(3);
}

#[test]
fn a_second_writer_is_four_and_readers_go_on() {
    let world = World::with_demo();
    let env = Arc::new(Env::fixed(1));
    let fs = Arc::new(DiskFs);
    let data_dir = world.data_dir();
    let held = Session::open(fs, &world.path("demo"), &OpenOptions::default(), env, Some(&data_dir)).unwrap();
    world.write("script.jsonl", "{\"undo\":{}}");
    world.run(&["annotate", "demo", "--script", "script.jsonl"]).expect(4).says(&["demo", "ann-01"]);
    world.write("a.txt", "text");
    world.run(&["import", "demo", "a.txt"]).expect(4);
    world.run(&["show", "demo"]).expect(0);
    world.run(&["check", "demo"]).expect(0);
    world.run(&["annotate", "demo", "--script", "script.jsonl", "--annotator", "basim"]).expect(1);
    drop(held);
    world.run(&["import", "demo", "a.txt"]).expect(0);
}

#[test]
fn what_can_be_shown_of_a_damaged_project_is_shown() {
    let world = World::with_demo();
    world.annotate(&[r#"{"set_label":{"article":"en-ferry","mention":"m1","label":"LOC"}}"#]);
    let journals = super::world::tree(&world.path("demo/journal"));
    let holds_edit = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("set_label");
    let (path, _) = journals.iter().find(|(_, bytes)| holds_edit(bytes)).unwrap();
    let last = world.path("demo/journal").join(path);
    let whole = std::fs::read_to_string(&last).unwrap();
    // What a kill leaves at the end of a journal is no damage: it was never said to be saved.
    std::fs::write(&last, format!("{whole}0123456789abcdef torn")).unwrap();
    let shown = world.run(&["show", "demo", "--json"]).expect(0).json();
    assert_eq!(shown["notes"][0]["code"], "journal_torn_tail");
    std::fs::write(&last, whole.replacen("set_label", "set_libel", 1)).unwrap();
    let shown = world.run(&["show", "demo", "--json"]).expect(1).json();
    assert_eq!(shown["articles"].as_array().unwrap().len(), 9);
    assert!(!codes(&shown).is_empty());
    let problem = &shown["problems"][0];
    assert!(problem["file"].as_str().unwrap().contains("journal") && problem["line"].is_u64(), "{shown}");
}

#[test]
fn a_changed_text_is_found() {
    let world = World::with_demo();
    let corpus = super::world::tree(&world.path("demo/corpus"));
    let (path, bytes) = corpus.iter().find(|(path, _)| path.extension().is_some_and(|end| end == "txt")).unwrap();
    let changed = String::from_utf8(bytes.clone()).unwrap().replacen("Maria", "Maroa", 1);
    std::fs::write(world.path("demo/corpus").join(path), changed).unwrap();
    let checked = world.run(&["check", "demo", "--json"]).expect(1).json();
    assert!(!codes(&checked).is_empty());
    assert!(checked.to_string().contains("00000"), "{checked}");
}

#[test]
fn a_broken_file_that_gives_nothing_is_one() {
    let world = World::with_demo();
    world.write("a.txt", b"a\0b");
    world.run(&["import", "demo", "a.txt"]).expect(1).says(&["a.txt", "NUL", "nothing was found"]);
    world.write("newer.hashiya.jsonl", "{\"hashiya_jsonl\":2}\n{\"id\":\"a\",\"text\":\"b\"}\n");
    world.run(&["import", "demo", "newer.hashiya.jsonl"]).expect(1).says(&["hashiya_jsonl 2", "newer Hashiya"]);
    world.write("script.jsonl", [0xFF]);
    world.run(&["annotate", "demo", "--script", "script.jsonl"]).expect(1).says(&["not UTF-8"]);
    world.run(&["inspect", "a.txt"]).expect(1).says(&["byte 1 is NUL"]);
}

#[test]
fn what_nobody_can_see_is_escaped_in_messages() {
    let world = World::with_demo();
    let name = "a\u{202E}txt\n.txt";
    world.write(name, "a\0b");
    let ran = world.run(&["import", "demo", name]).expect(1);
    assert!(!ran.err.contains('\u{202E}'), "{}", ran.err);
    assert!(ran.err.contains("a\\u{202E}txt\\u{A}.txt: error"), "{}", ran.err);
}

#[test]
fn in_json_a_failure_is_a_document_too() {
    let world = World::new();
    let failed = world.run(&["show", "missing", "--json"]).expect(3).json();
    assert!(failed["error"].as_str().unwrap().contains("missing"));
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn without_a_display_one_sentence_names_what_works() {
    let world = World::new();
    let ran = world.run(&[]).expect(3).says(&["DISPLAY", "WAYLAND_DISPLAY", "annotate", "inspect"]);
    assert_eq!(ran.err.lines().count(), 1);
}
