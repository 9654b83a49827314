//! `import` and `export`: what goes in comes out.

use serde_json::{Value, json};

use super::world::{World, codes};

/// A file name and a title as news has them.
const ARABIC_NAME: &str = "\
خبر عاجل.txt\
";
const ARABIC_TEXT: &str = "\
أعلنت الحكومة أمس أن المحادثات ستستأنف في العاصمة قبل نهاية الشهر الحالي، وقال الوزير إن الوفد سيصل الأحد.
";

fn empty_project(world: &World) {
    world.run(&["new", "p"]).expect(0);
}

fn show(world: &World) -> Vec<Value> {
    world.run(&["show", "p", "--json"]).expect(0).json()["articles"].as_array().unwrap().clone()
}

#[test]
fn an_export_comes_back_byte_for_byte() {
    let world = World::with_demo();
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "one.hashiya.jsonl"]).expect(0);
    world.run(&["new", "p", "--scheme", "one.hashiya.jsonl", "--name", "Demo"]).expect(0);
    let imported = world.run(&["import", "p", "one.hashiya.jsonl", "--json"]).expect(0).json();
    assert_eq!(imported["added"], 9);
    assert_eq!(imported["mentions"], 71);
    world.run(&["export", "p", "--format", "hashiya-jsonl", "--out", "two.hashiya.jsonl"]).expect(0);
    assert_eq!(world.read("one.hashiya.jsonl"), world.read("two.hashiya.jsonl"));
    let again = world.run(&["import", "p", "two.hashiya.jsonl", "--json"]).expect(0).json();
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(9)));
    world.run(&["check", "p"]).expect(0);
}

#[test]
fn offsets_are_python_string_indices() {
    let world = World::with_demo();
    world.run(&["export", "demo", "--format", "hashiya-jsonl", "--out", "one.hashiya.jsonl"]).expect(0);
    let text = world.read("one.hashiya.jsonl");
    let article: Value = serde_json::from_str(text.lines().nth(4).unwrap()).unwrap();
    let letters: Vec<char> = article["text"].as_str().unwrap().chars().collect();
    let mentions = article["annotators"]["ann-01"]["mentions"].as_array().unwrap();
    let mention = mentions.iter().find(|mention| mention["id"] == "m14").unwrap();
    let (start, end) = (mention["spans"][0][0].as_u64().unwrap(), mention["spans"][0][1].as_u64().unwrap());
    let quote: String = letters[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].iter().collect();
    assert_eq!(quote, "Maria Lindqvist");
}

#[test]
fn texts_come_in_whatever_their_encoding() {
    let world = World::new();
    empty_project(&world);
    let utf16: Vec<u8> = ARABIC_TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (windows, _, _) = encoding_rs::WINDOWS_1256.encode(ARABIC_TEXT);
    world.write(&format!("in/{ARABIC_NAME}"), ARABIC_TEXT);
    world.write("in/utf16.txt", utf16);
    world.write("in/windows.txt", &windows);
    world.write("in/lines.txt", ARABIC_TEXT.replace('\n', "\r\n"));
    let imported = world.run(&["import", "p", "in", "--json"]).expect(0).json();
    assert_eq!(imported["added"], 4);
    let names: Vec<Value> = show(&world).into_iter().map(|article| article["id"].clone()).collect();
    assert!(names.contains(&json!(ARABIC_NAME)));
    for name in ["utf16.txt", "windows.txt", "lines.txt"] {
        let shown = world.run(&["show", "p", name, "--json"]).expect(0).json();
        assert_eq!(shown["text"], ARABIC_TEXT, "{name}");
        assert_eq!(shown["meta"]["language"], "ar");
    }
    // Texts go out as they are stored, under names that every system takes.
    world.run(&["export", "p", "--format", "text", "--out", "out"]).expect(0);
    assert_eq!(world.read("out/windows.txt"), ARABIC_TEXT);
    let files: Vec<String> = super::world::tree(&world.path("out"))
        .into_iter()
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .collect();
    assert_eq!(files.len(), 4);
    assert!(files.iter().all(|name| name.is_ascii()), "{files:?}");
    world.run(&["check", "p"]).expect(0);
}

#[test]
fn an_encoding_that_is_guessed_is_said_and_can_be_named() {
    let world = World::new();
    empty_project(&world);
    world.write("short.txt", [0xC7, 0xE1]);
    let guessed = world.run(&["import", "p", "short.txt", "--dry-run", "--json"]).expect(1).json();
    assert_eq!(codes(&guessed), ["encoding_guessed"]);
    world.run(&["import", "p", "short.txt", "--encoding", "iso-8859-6", "--quiet"]).expect(0);
    let shown = world.run(&["show", "p", "short.txt", "--json"]).expect(0).json();
    assert_eq!(shown["text"], "\u{627}\u{641}");
    world.run(&["import", "p", "short.txt", "--encoding", "klingon"]).expect(1).says(&["klingon", "windows-1256"]);
}

#[test]
fn one_bad_file_costs_only_itself() {
    let world = World::new();
    empty_project(&world);
    world.write("in/a.txt", "good text");
    world.write("in/b.txt", b"bad\0text");
    world.write("in/c.txt", [b"good ".as_slice(), "\u{E9}\u{E9}\u{E9}\u{E9}\u{E9}\u{E9}".as_bytes(), &[0xFF]].concat());
    world.write("in/d.txt", "");
    world.write("in/e.html", "<p>news</p>");
    let imported = world.run(&["import", "p", "in", "--json"]).expect(1);
    assert!(imported.err.contains("byte 3 is NUL"), "{}", imported.err);
    assert!(imported.err.contains("byte 17 (0xff) is no UTF-8"), "{}", imported.err);
    let document = imported.json();
    assert_eq!(codes(&document), ["undecodable", "undecodable", "empty_file", "format"]);
    assert_eq!(document["added"], 1);
    assert_eq!(show(&world).len(), 1);
}

#[test]
fn bad_lines_and_spans_are_named_by_line() {
    let world = World::new();
    empty_project(&world);
    let huge = "L".repeat(5_000);
    let lines = [
        r#"{"hashiya_jsonl":1,"unit":"codepoint"}"#.to_owned(),
        r#"{"id":"a","text":"abcd","annotators":{"x":{"mentions":[{"id":"m","spans":[[0,2]],"label":"PER"},{"id":"n","spans":[[2,9]],"label":"PER"}]}}}"#.to_owned(),
        r#"{"id":"b","text":"#.to_owned(),
        format!(r#"{{"id":"c","text":"abcd","annotators":{{"x":{{"mentions":[{{"id":"m","spans":[[0,2]],"label":"{huge}"}},{{"id":"m","spans":[[1,2]],"label":"PER"}}]}}}}}}"#),
        r#"{"id":"a","text":"other","annotators":{"x":{"status":"done"}}}"#.to_owned(),
    ];
    world.write("in.hashiya.jsonl", lines.join("\n"));
    let imported = world.run(&["import", "p", "in.hashiya.jsonl", "--json"]).expect(1).json();
    let found: Vec<(u64, &str)> = imported["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["line"].as_u64().unwrap_or(0), problem["code"].as_str().unwrap()))
        .collect();
    let expected = [
        (2, "offset_out_of_text"),
        (2, "no_span"),
        (3, "bad_json"),
        (4, "label_too_long"),
        (4, "duplicate_id"),
        (5, "same_id_other_text"),
    ];
    assert!(found.starts_with(&expected), "{found:?}");
    assert_eq!((&imported["added"], &imported["mentions"]), (&json!(2), &json!(3)));
}

#[cfg(unix)]
#[test]
fn links_inside_folders_are_listed_not_followed() {
    let world = World::new();
    empty_project(&world);
    world.write("in/a.txt", "good text");
    world.write("secret.txt", "not to be read");
    std::os::unix::fs::symlink(world.path("secret.txt"), world.path("in/b.txt")).unwrap();
    std::os::unix::fs::symlink(world.path("."), world.path("in/loop")).unwrap();
    let imported = world.run(&["import", "p", "in/../in", "--json"]).expect(1).json();
    assert_eq!(codes(&imported), ["not_a_file", "not_a_file"]);
    assert_eq!(imported["added"], 1);
    // A link that somebody names is meant.
    world.run(&["import", "p", "in/b.txt"]).expect(0);
    assert_eq!(show(&world).len(), 2);
}

#[test]
fn annotations_find_the_article_they_were_made_on() {
    let world = World::new();
    empty_project(&world);
    world.write("a.txt", "one two\r\nthree");
    world.run(&["import", "p", "a.txt"]).expect(0);
    let line = |text: &str, label: &str| {
        let mentions = json!([{ "id": "m1", "spans": [[4, 7]], "label": label }]);
        json!({ "id": "a.txt", "text": text, "annotators": { "model": { "mentions": mentions } } }).to_string()
    };
    world.write("good.hashiya.jsonl", line("one two\nthree", "NUM"));
    let imported = world.run(&["import", "p", "good.hashiya.jsonl", "--json"]).expect(0).json();
    assert_eq!((&imported["added"], &imported["known"]), (&json!(0), &json!(1)));
    let again = world.run(&["import", "p", "good.hashiya.jsonl", "--json"]).expect(0).json();
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(1)));
    let shown = world.run(&["show", "p", "a.txt", "--json"]).expect(0).json();
    assert_eq!(shown["annotators"]["model"]["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(shown["meta"]["key"], json!({ "file": "a.txt" }));
    world.run(&["check", "p"]).expect(0);
    // Annotations of another text are refused; another text alone is a newer version.
    world.write("other.hashiya.jsonl", line("one 2wo\nthree", "PER"));
    world
        .run(&["import", "p", "other.hashiya.jsonl"])
        .expect(1)
        .says(&["first different at byte 4", "same_id_other_text"]);
    assert_eq!(show(&world).len(), 1);
    world.write("in/a.txt", "one two three, mended");
    world.run(&["import", "p", "in/a.txt"]).expect(0);
    let names: Vec<Value> = show(&world).iter().map(|article| article["id"].clone()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.iter().all(|name| name.as_str().unwrap().starts_with("a.txt~")), "{names:?}");
}

#[test]
fn labels_can_be_renamed_on_the_way_in() {
    let world = World::new();
    empty_project(&world);
    let line =
        r#"{"id":"a","text":"abcd","annotators":{"x":{"mentions":[{"id":"m","spans":[[0,2]],"label":"PERSON"}]}}}"#;
    world.write("in.hashiya.jsonl", line);
    let dry = world.run(&["import", "p", "in.hashiya.jsonl", "--dry-run"]).expect(1);
    dry.says(&["in.hashiya.jsonl:1: warning", "--label PERSON=PER", "[unknown_label]"]);
    assert!(show(&world).is_empty());
    world.run(&["import", "p", "in.hashiya.jsonl", "--label", "PERSON=PER"]).expect(0);
    let shown = world.run(&["show", "p", "a", "--json"]).expect(0).json();
    assert_eq!(shown["annotators"]["x"]["mentions"][0]["label"], "PER");
}

#[test]
fn what_a_format_cannot_carry_is_said_first() {
    let world = World::with_demo();
    let dry = world.run(&["export", "demo", "--format", "text", "--dry-run", "--json"]).expect(0).json();
    let lost: Vec<(&str, u64)> = dry["loss"]
        .as_array()
        .unwrap()
        .iter()
        .map(|loss| (loss["what"].as_str().unwrap(), loss["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(lost, [("article fields and notes", 2), ("claims", 6), ("mentions", 71), ("stances", 3)]);
    assert!(!world.path("out").exists());
    world.run(&["export", "demo", "--format", "text", "--out", "out"]).expect(0);
    let report: Value = serde_json::from_str(&world.read("out.loss.json")).unwrap();
    assert_eq!(report["lost"], dry["loss"]);
    let some = ["export", "demo", "--format", "text", "--out", "some", "--status", "done", "--json"];
    assert_eq!(world.run(&some).expect(0).json()["articles"], 1);
}
