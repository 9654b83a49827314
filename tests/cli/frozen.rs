//! Projects of every format version that was ever written open as they did, by the short way and from the records alone.

use std::path::Path;

use super::world::World;

/// Frozen projects: the folder in `tests/fixtures/projects`; beside it `<name>.hashiya.jsonl`, what it holds.
const FROZEN: &[&str] = &["format-0"];

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/projects")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            _ = std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn old_projects_open() {
    for name in FROZEN {
        let expected = std::fs::read_to_string(fixtures().join(format!("{name}.hashiya.jsonl"))).unwrap();
        for from_records_alone in [false, true] {
            let world = World::new();
            copy(&fixtures().join(name), &world.path("old"));
            if from_records_alone {
                std::fs::remove_dir_all(world.path("old/annotations")).unwrap();
            }
            let checked = world.run(&["check", "old", "--json"]).expect(0).json();
            assert_eq!(checked["problems"], serde_json::json!([]), "{name}");
            world.run(&["export", "old", "--format", "hashiya-jsonl", "--out", "now.hashiya.jsonl"]).expect(0);
            assert_eq!(world.read("now.hashiya.jsonl"), expected, "{name}, from records alone: {from_records_alone}");
        }
    }
}
