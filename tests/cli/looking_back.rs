//! `history --revert`, `stats`, and what a killed export leaves behind.

use serde_json::json;

use super::world::World;

fn label(world: &World) -> serde_json::Value {
    let shown = world.run(&["show", "demo", "en-ferry", "--json"]).expect(0).json();
    let mentions = shown["annotators"]["ann-01"]["mentions"].as_array().unwrap().clone();
    mentions.iter().find(|mention| mention["id"] == "m1").unwrap()["label"].clone()
}

#[test]
fn one_line_is_reverted_by_a_new_transaction() {
    let world = World::with_demo();
    let (_, answers) = world.annotate(&[
        r#"{"set_label":{"article":"en-ferry","mention":"m1","label":"LOC"}}"#,
        r#"{"set_status":{"article":"book-fair","status":"in_progress"}}"#,
    ]);
    let tx = answers[0]["tx"].as_str().unwrap();
    assert_eq!(label(&world), "LOC");
    let done = world.run(&["history", "demo", "--revert", tx, "--json"]).expect(0).json();
    assert_eq!(label(&world), "GPE");
    let history = world.run(&["history", "demo", "--json"]).expect(0).json();
    let entries = history["history"].as_array().unwrap();
    assert_eq!((&entries[0]["cause"], &entries[0]["tx"]), (&json!("revert"), &done["tx"]));
    let reverted: Vec<bool> = entries.iter().map(|entry| entry["reverted"].as_bool().unwrap()).collect();
    assert_eq!(reverted, [false, false, true, false, false]);
    // The later change that stands on it is named, and nothing happens.
    let refused = world.run(&["history", "demo", "--revert", tx, "--json"]).expect(1);
    assert!(refused.err.contains("changed later, by ann-01"), "{refused:?}");
    assert!(refused.err.contains(done["tx"].as_str().unwrap()), "{refused:?}");
    assert_eq!(world.run(&["history", "demo", "--json"]).json()["history"].as_array().unwrap().len(), 5);
    world.run(&["history", "demo", "--revert", "0000"]).expect(2).says(&["no line \"0000\""]);
    world.run(&["check", "demo"]).expect(0);
}

#[test]
fn statistics_are_counts_of_what_is_there() {
    let world = World::with_demo();
    world.annotate(&[r#"{"set_status":{"article":"en-ferry","status":"done"}}"#]);
    let stats = world.run(&["stats", "demo", "--json"]).expect(0).json();
    assert_eq!(stats["articles"], 9);
    let one = &stats["annotators"]["ann-01"];
    let counted: u64 = one["labels"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(Some(counted), one["mentions"].as_u64());
    let statuses: u64 = one["statuses"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(statuses, 9);
    assert_eq!(stats["labels"], one["labels"]);
    let shown = world.run(&["show", "demo", "--json"]).json();
    let mentions: u64 =
        shown["articles"].as_array().unwrap().iter().map(|row| row["counts"]["mentions"].as_u64().unwrap()).sum();
    assert_eq!(one["mentions"].as_u64(), Some(mentions));
    let days = stats["done_by_utc_day"].as_object().unwrap();
    assert_eq!(days.values().map(|by| by["ann-01"].as_u64().unwrap()).sum::<u64>(), 1, "{days:?}");
    assert!(!stats.to_string().contains("time"), "no time is recorded, so none is told");
    assert!(world.run(&["stats", "demo"]).expect(0).out.contains("(UTC)"));
}

#[test]
fn the_next_export_removes_what_a_killed_one_left() {
    let world = World::with_demo();
    let left = ".all.hashiya.jsonl.hashiya-export-0123456789abcdef.tmp";
    world.write(left, "half a fi");
    world.write(".other.hashiya-export-0123456789abcdef.tmp", "of another export");
    world.write(".all.hashiya.jsonl.mine.tmp", "not ours");
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "all.hashiya.jsonl"]).expect(0);
    assert!(!world.path(left).exists());
    assert!(world.path(".other.hashiya-export-0123456789abcdef.tmp").exists());
    assert!(world.path(".all.hashiya.jsonl.mine.tmp").exists());
    assert!(world.path("all.hashiya.jsonl").exists());
    world.write("out/.a.txt.hashiya-export-0123456789abcdef.tmp", "half");
    world.run(&["export", "demo", "--format", "text", "--out", "out"]).expect(0);
    assert!(!world.path("out/.a.txt.hashiya-export-0123456789abcdef.tmp").exists());
}
