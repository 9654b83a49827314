//! `show`, `check`, `history`, `inspect`, and what a screen reader of scripts needs.

use serde_json::json;

use super::world::World;

#[test]
fn the_demo_is_shown_and_checked() {
    let world = World::with_demo();
    let shown = world.run(&["show", "demo", "--json"]).expect(0).json();
    let articles = shown["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 9);
    assert_eq!(articles[0]["id"], "sahilan-desalination");
    assert_eq!(articles[0]["status"], "in_progress");
    assert_eq!(articles[0]["counts"], json!({ "mentions": 34, "claims": 4, "stances": 3 }));
    assert_eq!(shown["annotators"], json!(["ann-01"]));
    let checked = world.run(&["check", "demo", "--json"]).expect(0).json();
    assert_eq!(checked["problems"], json!([]));
    let notes = checked["notes"].as_array().unwrap();
    let crossing = notes.iter().find(|note| note["code"] == "crossing_mention").unwrap();
    assert_eq!(crossing["article"], "port-contract");
    assert!(crossing["about"].is_string());
    assert_eq!(checked["dismissed"], 0);
}

#[test]
fn what_was_dismissed_is_counted_and_listed_on_request() {
    let world = World::with_demo();
    let checked = world.run(&["check", "demo", "--json"]).expect(0).json();
    let notes = checked["notes"].as_array().unwrap();
    let crossing = notes.iter().find(|note| note["code"] == "crossing_mention").unwrap();
    let id = crossing["about"].as_str().unwrap();
    let line = |command: &str, reason: Option<&str>| {
        let mut of = json!({ "article": "port-contract", "code": "crossing_mention", "id": id });
        of.as_object_mut().unwrap().extend(reason.map(|reason| ("reason".to_owned(), json!(reason))));
        json!({ command: of }).to_string()
    };
    let (exit, answers) = world
        .annotate(&[&line("dismiss_finding", Some("")), &line("dismiss_finding", Some("both readings are right"))]);
    assert_eq!(exit, 1);
    assert!(answers[0]["error"].as_str().unwrap().contains("reason"), "{answers:?}");
    assert_eq!(answers[1]["ok"], true);
    let counted = world.run(&["check", "demo", "--json"]).expect(0).json();
    assert_eq!(counted["dismissed"], 1);
    assert_eq!(counted.get("dismissals"), None);
    assert_eq!(counted["notes"].as_array().unwrap().len(), notes.len() - 1);
    world.run(&["check", "demo"]).expect(0).says(&["1 dismissed; --dismissed lists them"]);
    world.run(&["check", "demo", "--dismissed"]).expect(0).says(&["crossing_mention", "both readings are right"]);
    let listed = world.run(&["check", "demo", "--dismissed", "--json"]).expect(0).json();
    assert_eq!(listed["dismissals"][0]["reason"], "both readings are right");
    assert_eq!(listed["dismissals"][0]["about"], id);
    // It travels in our own format, and is taken back by the same names.
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "one.hashiya.jsonl"]).expect(0);
    world.run(&["new", "p", "--scheme", "one.hashiya.jsonl", "--name", "Demo"]).expect(0);
    world.run(&["import", "p", "one.hashiya.jsonl"]).expect(0);
    world.run(&["export", "p", "--format", "hashiya-jsonl", "--out", "two.hashiya.jsonl"]).expect(0);
    assert_eq!(world.read("one.hashiya.jsonl"), world.read("two.hashiya.jsonl"));
    assert!(world.read("one.hashiya.jsonl").contains("both readings are right"));
    assert_eq!(world.run(&["check", "p", "--json"]).expect(0).json()["dismissed"], 1);
    let (exit, answers) = world.annotate(&[&line("restore_finding", None)]);
    assert_eq!(exit, 0, "{answers:?}");
    assert_eq!(world.run(&["check", "demo", "--json"]).expect(0).json()["dismissed"], 0);
}

#[test]
fn an_article_is_shown_as_its_line_of_an_export() {
    let world = World::with_demo();
    let name = "sahilan-desalination";
    let shown = world.run(&["show", "demo", name, "--json"]).expect(0).json();
    assert_eq!(shown["id"], name);
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "all.hashiya.jsonl"]).expect(0);
    let exported: serde_json::Value =
        serde_json::from_str(world.read("all.hashiya.jsonl").lines().nth(1).unwrap()).unwrap();
    assert_eq!(shown, exported);
    let by_id = world.run(&["show", "demo", "--json"]).json()["articles"][0]["article_id"].as_str().unwrap().to_owned();
    assert_eq!(world.run(&["show", "demo", &by_id, "--json"]).expect(0).json(), shown);
    assert!(world.run(&["show", "demo", name]).expect(0).out.contains("AquaTrack"));
}

#[test]
fn the_history_tells_before_and_after() {
    let world = World::with_demo();
    let (exit, answers) = world.annotate(&[
        r#"{"set_label":{"article":"en-ferry","mention":"m1","label":"LOC"}}"#,
        r#"{"set_status":{"article":"book-fair","status":"in_progress"}}"#,
        r#"{"undo":{}}"#,
    ]);
    assert_eq!((exit, answers.len()), (0, 3));
    let history = world.run(&["history", "demo", "--json"]).expect(0).json();
    let entries = history["history"].as_array().unwrap();
    let causes: Vec<&str> = entries.iter().map(|entry| entry["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["undo", "set_status", "set_label", "register_import", "create_project"]);
    assert_eq!(entries[0]["reverses"], entries[1]["tx"]);
    assert_eq!(entries[1]["undone"], true);
    let edit = &entries[2]["edits"][0];
    assert_eq!(edit["before"]["Mention"]["label"], "GPE");
    assert_eq!(edit["after"]["Mention"]["label"], "LOC");
    assert_eq!(entries[2]["tx"], answers[0]["tx"]);
    let of_article = world.run(&["history", "demo", "--article", "en-ferry", "--json"]).expect(0).json();
    assert_eq!(of_article["history"].as_array().unwrap().len(), 1);
    let clashes = world.run(&["history", "demo", "--clashes", "--json"]).expect(0).json();
    assert_eq!(clashes["clashes"], json!([]));
}

#[test]
fn a_text_is_inspected_without_a_project() {
    let world = World::new();
    world.write("a.txt", "Title of it\n\nOne sentence here. Another, \u{E9}t\u{E9}.\n");
    let found = world.run(&["inspect", "a.txt", "--json", "--span", "13..16"]).expect(0).json();
    let words = found["words"].as_array().unwrap();
    assert_eq!(words[0], json!([0, 5]));
    assert_eq!(words.last().unwrap(), &json!([41, 46]));
    assert_eq!(found["ladders"][0]["span"], json!([13, 16]));
    assert_eq!(found["ladders"][0]["default"], json!([13, 16]));
    let points = world.run(&["inspect", "a.txt", "--json", "--unit", "codepoint"]).expect(0).json();
    assert_eq!(points["words"].as_array().unwrap().last().unwrap(), &json!([41, 44]));
    world.run(&["inspect", "a.txt", "--span", "5"]).expect(2).says(&["START..END"]);
    world.run(&["inspect", "a.txt", "--span", "5..500"]).expect(2).says(&["after the text"]);
}

#[test]
fn equal_seeds_give_equal_projects() {
    let trees: Vec<_> = (0..2)
        .map(|_| {
            let world = World::with_demo();
            world.annotate(&[r#"{"add_mention":{"article":"en-ferry","label":"TIME","spans":[[109,115]]}}"#]);
            super::world::tree(&world.path("demo"))
        })
        .collect();
    assert_eq!(trees[0], trees[1]);
}

#[test]
fn completions_and_manual_come_from_the_arguments() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(world.run(&["completions", shell]).expect(0).out.contains("annotate"));
    }
    assert!(world.run(&["manual"]).expect(0).out.contains("hashiya"));
    let help = world.run(&["--help"]).expect(0).out;
    for command in ["new", "demo", "import", "export", "show", "check", "history", "stats", "annotate", "inspect"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in {help}");
    }
    assert!(world.run(&["--version"]).expect(0).out.starts_with("hashiya "));
}
