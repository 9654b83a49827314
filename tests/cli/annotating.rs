//! `annotate`: the commands of the window from a script.

use serde_json::{Value, json};

use super::world::World;

fn mention(world: &World, article: &str, id: &str) -> Value {
    let shown = world.run(&["show", "demo", article, "--json"]).expect(0).json();
    let mentions = shown["annotators"]["ann-01"]["mentions"].as_array().unwrap().clone();
    mentions.into_iter().find(|mention| mention["id"] == id).unwrap_or(Value::Null)
}

#[test]
fn mentions_are_added_changed_and_deleted() {
    let world = World::with_demo();
    // "Friday" in the English article.
    let (exit, answers) = world.annotate(&[
        r#"{"add_mention":{"article":"en-ferry","label":"TIME","spans":[[118,124]]}}"#,
        r#"{"set_label":{"article":"en-ferry","mention":"m2","label":"LOC"}}"#,
        r#"{"set_note":{"article":"en-ferry","mention":"m2","note":"a port"}}"#,
        r#"{"set_attribute":{"article":"en-ferry","mention":"m3","attribute":"level","value":"NOM"}}"#,
        r#"{"add_fragment":{"article":"en-ferry","mention":"m6","spans":[[0,5]]}}"#,
        r#"{"delete":{"article":"en-ferry","mention":["m8","m9"]}}"#,
    ]);
    assert_eq!(exit, 0, "{answers:?}");
    assert!(answers.iter().all(|answer| answer["ok"] == true && answer["tx"].is_string()));
    assert_eq!(answers[0]["spans"], json!([[118, 124]]));
    let id = answers[0]["id"].as_str().unwrap();
    assert_eq!(mention(&world, "en-ferry", id)["label"], "TIME");
    let changed = mention(&world, "en-ferry", "m2");
    assert_eq!((&changed["label"], &changed["note"]), (&json!("LOC"), &json!("a port")));
    assert_eq!(mention(&world, "en-ferry", "m3")["attributes"]["level"], "NOM");
    assert_eq!(mention(&world, "en-ferry", "m6")["spans"].as_array().unwrap().len(), 2);
    assert_eq!(mention(&world, "en-ferry", "m9"), Value::Null);
}

#[test]
fn units_go_in_and_come_out() {
    let world = World::with_demo();
    let article = "sahilan-desalination";
    let text = world.run(&["show", "demo", article, "--json"]).expect(0).json()["text"].as_str().unwrap().to_owned();
    // A shadda belongs to the letter before it.
    let shadda = text.chars().position(|c| c == '\u{651}').unwrap();
    let byte = text.find('\u{651}').unwrap();
    let line = |unit: &str, label: &str, start: usize, end: usize| {
        json!({ "unit": unit, "add_mention": { "article": article, "label": label, "spans": [[start, end]] } })
            .to_string()
    };
    let (exit, answers) = world.annotate(&[
        &line("codepoint", "GPE", 7, 11),
        &line("codepoint", "ORG", shadda - 2, shadda),
        &line("byte", "LOC", byte - 4, byte),
        &line("utf16", "FAC", 7, 11),
        &line("byte", "WORK", byte - 3, byte),
    ]);
    assert_eq!(exit, 1);
    assert_eq!(answers[0]["spans"], json!([[7, 11]]));
    assert_eq!(answers[1]["spans"], json!([[shadda - 2, shadda + 1]]), "half a letter is widened");
    assert!(answers[1]["notices"][0].as_str().unwrap().contains("widened"), "{answers:?}");
    assert_eq!(answers[2]["spans"], json!([[byte - 4, byte + 2]]));
    assert_eq!(answers[3]["spans"], json!([[7, 11]]));
    assert!(answers[4]["error"].as_str().unwrap().contains("inside one character"), "{answers:?}");
}

#[test]
fn what_is_refused_says_why_and_changes_nothing() {
    let world = World::with_demo();
    let before = super::world::tree(&world.path("demo"));
    let table: &[(&str, &str)] = &[
        (r#"{"add_mention":{"article":"nowhere","label":"PER","spans":[[0,1]]}}"#, "no article \"nowhere\""),
        (r#"{"add_mention":{"article":"en-ferry","label":"NOPE","spans":[[0,1]]}}"#, "no label NOPE"),
        (r#"{"add_mention":{"article":"en-ferry","label":"PER","spans":[[0,99999]]}}"#, "after the text"),
        (r#"{"add_mention":{"article":"en-ferry","label":"PER","spans":[[5,2]]}}"#, "ends before it starts"),
        (r#"{"add_mention":{"article":"en-ferry","label":"PER","spans":[]}}"#, "no usable span"),
        (r#"{"add_mention":{"article":"en-ferry","label":"PER","spans":[[0,1.5]]}}"#, "whole number"),
        (r#"{"add_mention":{"article":"en-ferry","label":"PER"}}"#, "no usable span"),
        (
            r#"{"add_mention":{"article":"en-ferry","label":"PER","spans":[[0,1]],"hue":1}}"#,
            "no key \"hue\"; it takes article, id, spans",
        ),
        (r#"{"set_label":{"article":"en-ferry","mention":"m99","label":"PER"}}"#, "m99"),
        (r#"{"set_status":{"article":"en-ferry","status":"asleep"}}"#, "in_progress"),
        (r#"{"delete":{"article":"sahilan-desalination","mention":"m05"}}"#, "refers to it"),
        (r#"{"step_edge":{"article":"en-ferry","mention":"m1","edge":"left","steps":1}}"#, "start or end"),
        (r#"{"fly":{}}"#, "no command is called \"fly\"; there are add_mention"),
        (r#"{"undo":{"all":true}}"#, "takes no keys"),
        (r#"{"unit":"parsec","undo":{}}"#, "parsec"),
        (r#"{"undo":{},"redo":{}}"#, "one command"),
        ("[]", "one JSON object"),
        ("{", "not JSON"),
    ];
    let lines: Vec<&str> = table.iter().map(|(line, _)| *line).collect();
    let (exit, answers) = world.annotate(&lines);
    assert_eq!((exit, answers.len()), (1, table.len()));
    for (answer, (line, why)) in answers.iter().zip(table) {
        assert_eq!(answer["ok"], false, "{line}");
        assert!(answer["error"].as_str().unwrap().contains(why), "{line}: {answer}");
    }
    assert_eq!(super::world::tree(&world.path("demo")), before);
}

#[test]
fn undo_and_redo_work_across_runs() {
    let world = World::with_demo();
    let label = |world: &World| mention(world, "en-ferry", "m1")["label"].clone();
    world.annotate(&[r#"{"set_label":{"article":"en-ferry","mention":"m1","label":"LOC"}}"#]);
    assert_eq!(label(&world), "LOC");
    let (_, answers) = world.annotate(&[r#"{"undo":{}}"#]);
    assert_eq!(answers[0]["ok"], true, "{answers:?}");
    assert_eq!(label(&world), "GPE");
    let (_, answers) = world.annotate(&[r#"{"redo":{}}"#, r#"{"undo":{}}"#]);
    // Redo reverses an undo of its own session only; here there is none, so undo goes on to the import.
    assert_eq!(answers[0]["ok"], false);
}

#[test]
fn claims_stances_and_entities_are_made() {
    let world = World::with_demo();
    let (exit, answers) = world.annotate(&[
        r#"{"put_entity":{"id":"e_new","type":"LOC","name":{"en":"North Pier"},"part_of":"e_marsa"}}"#,
        r#"{"set_entity":{"article":"en-ferry","mention":"m4","entity":"e_new"}}"#,
        r#"{"add_claim":{"id":"c9","article":"en-ferry","content":[[50,80]],"chain":[{"role":"origin","source":"m7","cue":[[49,52]]}],"attributes":{"type":"factual"}}}"#,
        r#"{"add_stance":{"article":"en-ferry","holder":"m9","target":"claim:c9","label":"favor","evidence":[[50,60]]}}"#,
        r#"{"add_stance":{"article":"en-ferry","holder":"m9","target":"claim:sahilan-desalination/c1","label":"favor","evidence":[[50,60]]}}"#,
        r#"{"set_fact":{"article":"en-ferry","fact":"outlet","value":"Harbour Post"}}"#,
        r#"{"set_flag":{"article":"en-ferry"}}"#,
        r#"{"set_status":{"article":"en-ferry","status":"skipped","reason":"too short"}}"#,
    ]);
    assert_eq!(exit, 0, "{answers:?}");
    let shown = world.run(&["show", "demo", "en-ferry", "--json"]).expect(0).json();
    let set = &shown["annotators"]["ann-01"];
    assert_eq!(set["claims"][0]["chain"][0]["source"], "m7");
    let targets: Vec<&str> =
        set["stances"].as_array().unwrap().iter().map(|stance| stance["target"].as_str().unwrap()).collect();
    assert!(targets.contains(&"claim:c9"), "{targets:?}");
    assert!(targets.iter().any(|target| target.starts_with("claim:sahilan-desalination/c1")), "{targets:?}");
    assert_eq!((&set["status"], &set["reason"]), (&json!("skipped"), &json!("too short")));
    assert_eq!(shown["meta"]["outlet"], "Harbour Post");
    assert_eq!(shown["flags"], json!(["ann-01"]));
    assert_eq!(mention(&world, "en-ferry", "m4")["entity"], "e_new");
}

#[test]
fn edges_step_through_the_ladder_and_regions_switch() {
    let world = World::with_demo();
    let before = mention(&world, "sahilan-desalination", "m32")["spans"][0][0].as_u64().unwrap();
    let (exit, answers) = world.annotate(&[
        r#"{"unit":"codepoint","step_edge":{"article":"sahilan-desalination","mention":"m32","edge":"start","steps":-1}}"#,
        r#"{"unit":"codepoint","set_region":{"article":"sahilan-desalination","start":0,"end":42,"kind":"title","include":false}}"#,
    ]);
    assert_eq!(exit, 0, "{answers:?}");
    assert!(answers[0]["spans"][0][0].as_u64().unwrap() < before);
    let shown = world.run(&["show", "demo", "sahilan-desalination", "--json"]).expect(0).json();
    let region = &shown["regions"][0];
    assert_eq!(
        (&region["kind"], &region["include"], &region["state"]),
        (&json!("title"), &json!(false), &json!("confirmed"))
    );
}

#[test]
fn entities_are_merged_split_and_moved_by_a_script() {
    let world = World::with_demo();
    let (exit, answers) = world.annotate(&[
        r#"{"put_entity":{"id":"e_new","type":"LOC","name":{"en":"North Pier"}}}"#,
        r#"{"set_entity":{"article":"en-ferry","mention":"m2","entity":"e_new"}}"#,
        r#"{"set_entity":{"article":"en-ferry","mention":"m3","entity":"e_new"}}"#,
        r#"{"split_entity":{"entity":"e_new","mentions":{"en-ferry":["m3"]},"into":{"id":"e_two","name":{"en":"South Pier"}}}}"#,
        r#"{"move_mentions":{"entity":"e_two","mentions":{"en-ferry":["m2"]}}}"#,
        r#"{"merge_entities":{"entity":"e_new","others":["e_two"]}}"#,
        r#"{"merge_entities":{"entity":"e_new","others":["e_two"]}}"#,
        r#"{"split_entity":{"entity":"e_new","mentions":["m3"],"into":{}}}"#,
        r#"{"split_entity":{"entity":"e_new","mentions":{"en-ferry":["m3"]},"into":{"hue":1}}}"#,
    ]);
    assert_eq!(exit, 1, "{answers:?}");
    assert!(answers.iter().take(6).all(|answer| answer["ok"] == true), "{answers:?}");
    assert_eq!((&answers[3]["id"], &answers[5]["id"]), (&json!("e_two"), &json!("e_new")));
    for (at, says) in [(6, "no entity e_two"), (7, "lists of mention ids"), (8, "hue")] {
        assert!(answers[at]["error"].as_str().unwrap().contains(says), "{}", answers[at]);
    }
    for id in ["m2", "m3"] {
        assert_eq!(mention(&world, "en-ferry", id)["entity"], "e_new");
    }
}

#[test]
fn notes_stand_on_annotations_of_every_kind_on_entities_and_on_the_article() {
    let world = World::with_demo();
    let article = "sahilan-desalination";
    let shown = || world.run(&["show", "demo", article, "--json"]).expect(0).json();
    let before = shown();
    let set = &before["annotators"]["ann-01"];
    let of = |list: &str, key: &str| set[list][0][key].as_str().unwrap().to_owned();
    let (mention, claim, stance) = (of("mentions", "id"), of("claims", "id"), of("stances", "id"));
    let entity = set["mentions"].as_array().unwrap().iter().find_map(|mention| mention["entity"].as_str()).unwrap();
    let line = |kind: &str, id: &str| {
        json!({ "set_note": { "article": article, kind: id, "note": format!("about the {kind}") } }).to_string()
    };
    let (exit, answers) = world.annotate(&[
        &line("mention", &mention),
        &line("claim", &claim),
        &line("stance", &stance),
        &json!({ "set_note": { "article": article, "note": "about the article" } }).to_string(),
        &json!({ "set_entity_note": { "entity": entity, "note": "about the entity" } }).to_string(),
        &json!({ "set_flag": { "article": article } }).to_string(),
    ]);
    assert_eq!(exit, 0, "{answers:?}");
    let (exit, answers) = world.annotate(&[
        &json!({ "set_note": { "article": article, "claim": "gone", "note": "x" } }).to_string(),
        &json!({ "set_note": { "article": article, "claim": claim, "stance": stance, "note": "x" } }).to_string(),
        &json!({ "set_entity_note": { "entity": "gone", "note": "x" } }).to_string(),
    ]);
    assert_eq!(exit, 1);
    assert!(answers.iter().all(|answer| answer["ok"] == false), "{answers:?}");
    let after = shown();
    let set = &after["annotators"]["ann-01"];
    for (list, kind) in [("mentions", "mention"), ("claims", "claim"), ("stances", "stance")] {
        assert_eq!(set[list][0]["note"], format!("about the {kind}"));
    }
    assert_eq!(set["note"], "about the article");
    assert_eq!(after["flags"], json!(["ann-01"]));
    // All of it is in the export, and comes back.
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "one.hashiya.jsonl"]).expect(0);
    assert!(world.read("one.hashiya.jsonl").lines().next().unwrap().contains("about the entity"));
    world.run(&["new", "p", "--scheme", "one.hashiya.jsonl", "--name", "Demo"]).expect(0);
    world.run(&["import", "p", "one.hashiya.jsonl"]).expect(0);
    world.run(&["export", "p", "--format", "hashiya-jsonl", "--out", "two.hashiya.jsonl"]).expect(0);
    assert_eq!(world.read("one.hashiya.jsonl"), world.read("two.hashiya.jsonl"));
}
