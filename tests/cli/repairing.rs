//! `hashiya check --repair`.

use std::path::PathBuf;

use serde_json::Value;

use super::world::World;

/// The files below a folder of the world, with their bytes.
fn files(world: &World, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(path: PathBuf, found: &mut Vec<(PathBuf, Vec<u8>)>) {
        let Ok(entries) = std::fs::read_dir(&path) else { return };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                walk(path, found);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
    }
    let mut found = Vec::new();
    walk(world.path(folder), &mut found);
    found
}

fn codes(document: &Value, key: &str) -> Vec<String> {
    let list = document[key].as_array().cloned().unwrap_or_default();
    let mut codes: Vec<String> = list.iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

/// The demo project with an article's flag set and everything broken that a tool can break.
fn broken() -> (World, String) {
    let world = World::with_demo();
    let article = world.run(&["show", "demo", "--json"]).json()["articles"][0]["id"].as_str().unwrap().to_owned();
    world.annotate(&[&format!(r#"{{"set_flag":{{"article":"{article}"}}}}"#)]);
    let (path, bytes) = files(&world, "demo/journal").pop().unwrap();
    let name = path.strip_prefix(world.path("demo")).unwrap().to_string_lossy().into_owned();
    let mut torn = b"<<<<<<< HEAD\n".to_vec();
    torn.extend_from_slice(&bytes);
    torn.extend_from_slice(&bytes[..50]);
    std::fs::write(&path, torn).unwrap();
    world.write("demo/journal/notes.txt", "mine");
    let folder = path.parent().unwrap();
    std::fs::write(folder.join("empty-of-sense.ron"), "nothing of ours\n").unwrap();
    let annotations = world.path("demo/annotations");
    let who = std::fs::read_dir(&annotations).unwrap().next().unwrap().unwrap().path();
    std::fs::copy(who.join("index.ron"), who.join("index (conflict).ron")).unwrap();
    let kept = std::fs::read_dir(&who).unwrap().map(|entry| entry.unwrap().path());
    let kept = kept.filter(|path| path.file_name().is_some_and(|name| name != "index.ron"));
    let kept = kept.filter(|path| !path.to_string_lossy().contains("conflict")).min().unwrap();
    std::fs::write(&kept, "<<<<<<< HEAD\n").unwrap();
    world.write("demo/blobs/readme.md", "mine too");
    (world, name)
}

#[test]
fn what_proves_nothing_is_set_aside_and_the_project_is_clean() {
    let (world, journal) = broken();
    let before = world.run(&["show", "demo", "--json"]);
    let found = world.run(&["check", "demo", "--json"]).expect(1).json();
    let found = codes(&found, "problems");
    for code in ["journal_damaged", "foreign_file", "checkpoint_differs"] {
        assert!(found.iter().any(|found| found == code), "{code} is not in {found:?}");
    }
    let all_before: Vec<Vec<u8>> = files(&world, "demo").into_iter().map(|(_, bytes)| bytes).collect();
    let ran = world.run(&["check", "demo", "--repair", "--json"]).expect(0).json();
    let moved = ran["repaired"]["moved"].as_array().unwrap();
    let named: Vec<&str> = moved.iter().map(|entry| entry["file"].as_str().unwrap()).collect();
    for name in [journal.as_str(), "journal/notes.txt", "blobs/readme.md"] {
        assert!(named.contains(&name), "{name} is not in {named:?}");
    }
    assert!(named.iter().any(|name| name.ends_with("index (conflict).ron")));
    assert!(named.iter().any(|name| name.ends_with("empty-of-sense.ron")));
    assert_eq!(ran["repaired"]["checkpoints"].as_array().unwrap().len(), 1);
    // Nothing was deleted: whatever a person wrote is in set-aside.
    let aside: Vec<(PathBuf, Vec<u8>)> = files(&world, "demo/set-aside");
    assert!(aside.iter().any(|(_, bytes)| bytes == b"mine") && aside.iter().any(|(_, bytes)| bytes == b"mine too"));
    let lines = aside.iter().find(|(path, _)| path.to_string_lossy().ends_with(".lines")).unwrap();
    assert!(lines.1.starts_with(b"<<<<<<< HEAD\n") && lines.1.len() == 13 + 50);
    assert!(!all_before.is_empty());
    world.run(&["check", "demo"]).expect(0);
    let again = world.run(&["check", "demo", "--repair", "--json"]).expect(0).json();
    assert_eq!(again["repaired"]["moved"], Value::Array(Vec::new()));
    assert_eq!(again["repaired"]["checkpoints"], Value::Array(Vec::new()));
    assert_eq!(again["repaired"]["set_aside"], Value::Null);
    let after = world.run(&["show", "demo", "--json"]).expect(0).json();
    assert_eq!(after["articles"], before.json()["articles"]);
}

#[test]
fn a_checkpoint_that_lies_is_made_again_from_the_records() {
    let world = World::with_demo();
    let honest = files(&world, "demo/annotations");
    for (path, bytes) in &honest {
        let lie = String::from_utf8_lossy(bytes).replace("InProgress", "Done").replace("GPE", "LOC");
        std::fs::write(path, lie).unwrap();
    }
    world.run(&["check", "demo"]).expect(1);
    world.run(&["check", "demo", "--repair"]).expect(0);
    let annotations: Vec<(PathBuf, Vec<u8>)> = files(&world, "demo/annotations");
    let set = |all: &[(PathBuf, Vec<u8>)]| -> Vec<(PathBuf, Vec<u8>)> {
        all.iter().filter(|(path, _)| !path.ends_with("index.ron")).cloned().collect()
    };
    assert_eq!(set(&annotations), set(&honest));
    world.run(&["check", "demo"]).expect(0);
}

#[test]
fn a_live_writers_files_are_left_alone() {
    use std::sync::Arc;

    use hashiya::env::Env;
    use hashiya::session::{OpenOptions, Session};
    use hashiya::storage::DiskFs;

    let (world, journal) = broken();
    let (dir, data) = (world.path("demo"), world.data_dir());
    let open = || {
        Session::open(Arc::new(DiskFs), &dir, &OpenOptions::default(), Arc::new(Env::system()), Some(&data)).unwrap()
    };
    let session = open();
    let bytes = std::fs::read(dir.join(&journal)).unwrap();
    world.run(&["check", "demo", "--repair"]).expect(4).says(&["writes as", "left alone"]);
    assert_eq!(std::fs::read(dir.join(&journal)).unwrap(), bytes);
    // Reading goes on beside it; writing says who is in the way.
    world.run(&["show", "demo"]);
    world.write("one.jsonl", r#"{"undo":{}}"#);
    world.run(&["annotate", "demo", "--script", "one.jsonl"]).expect(4).says(&["process"]);
    session.close().unwrap();
    world.run(&["check", "demo", "--repair"]).expect(0);
}

#[test]
fn a_clash_is_listed_and_decided_by_a_script() {
    let world = World::with_demo();
    let article = world.run(&["show", "demo", "--json"]).json()["articles"][0]["id"].as_str().unwrap().to_owned();
    // Another machine with its own folder.
    let copy = |from: &str, to: &str| {
        for (path, bytes) in files(&world, from) {
            let inner = path.strip_prefix(world.path(from)).unwrap().to_owned();
            world.write(&format!("{to}/{}", inner.display()), bytes);
        }
    };
    copy("demo", "other");
    let note = |dir: &str, text: &str, seed: &str| {
        world.write("note.jsonl", format!(r#"{{"set_note":{{"article":"{article}","note":"{text}"}}}}"#));
        let mut command = world.command(&["annotate", dir, "--script", "note.jsonl"]);
        assert!(command.env("HASHIYA_FIXED_ENV", seed).output().unwrap().status.success());
    };
    note("demo", "here", "8");
    note("other", "there", "9");
    copy("other/journal", "demo/journal");
    let listed = world.run(&["history", "demo", "--clashes", "--json"]).expect(0).json();
    let clashes = listed["clashes"].as_array().unwrap();
    assert_eq!(clashes.len(), 1, "{listed}");
    let (tx, other) = (clashes[0]["tx"].as_str().unwrap(), clashes[0]["other"].clone());
    world.run(&["history", "demo", "--clashes"]).expect(0).says(&["1 open clashes"]);
    let (exit, answers) = world.annotate(&[
        r#"{"take_other":{"tx":"00000000000000000000000000000000"}}"#,
        &format!(r#"{{"take_other":{{"tx":"{tx}"}}}}"#),
    ]);
    assert_eq!((exit, &answers[0]["ok"], &answers[1]["ok"]), (1, &Value::Bool(false), &Value::Bool(true)));
    let listed = world.run(&["history", "demo", "--clashes", "--json"]).expect(0).json();
    assert_eq!(listed["clashes"], Value::Array(Vec::new()));
    let newest = &world.run(&["history", "demo", "--json"]).json()["history"][0];
    assert_eq!((newest["cause"].as_str(), &newest["edits"][0]["after"]), (Some("take_other"), &other));
}
