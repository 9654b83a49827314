//! Files that nobody's Hashiya wrote: each is refused with line and column, and takes nothing else with it.
#![expect(clippy::string_slice, reason = "texts written by the store, cut where it wrote ASCII")]

use std::path::PathBuf;

use hashiya::edit::Place;
use hashiya::session::schemes;
use hashiya::storage::{ImportDraft, MemFs, Store, ZERO_HASH, hash_hex};

use super::hand::{
    Hand, article, create, draft, entity, essence, files_under, journal_file, mention, path, read, reopen, root, shared,
};

/// A sound RON text turned into what must be refused, by what was done to it. All of it is told with line and column.
fn refused(sound: &str) -> Vec<(&'static str, Vec<u8>)> {
    let text = |what: &'static str, text: String| (what, text.into_bytes());
    let number = sound.find(": ").and_then(|_| {
        let at = sound.match_indices(": ").find(|(at, _)| sound[at + 2..].starts_with(|c: char| c.is_ascii_digit()));
        at.map(|(at, _)| at + 2)
    });
    let mut all = vec![
        text("nothing", String::new()),
        text("deep nesting", "(".repeat(100_000)),
        text(
            "deep nesting inside",
            sound.replacen('(', &format!("(deep: {}{},", "[".repeat(4000), "]".repeat(4000)), 1),
        ),
        text("maps in maps", format!("{}1{}", "{1:".repeat(50_000), "}".repeat(50_000))),
        text("a string without end", format!("(\n \"{}", "x".repeat(1 << 18))),
        text("a raw string without end", format!("(\n r#\"{}", "x".repeat(1 << 18))),
        text("a comment without end", format!("/*{sound}")),
        text("an unknown field", sound.replacen('(', "(hue: 1,", 1)),
        text("a huge unknown field", sound.replacen('(', &format!("({}: 1,", "x".repeat(1 << 18)), 1)),
        text("cut in half", sound[..sound.floor_char_boundary(sound.len() / 2)].to_owned()),
        text("something after it", format!("{sound}()")),
        text("another type", "[1, 2]".into()),
        ("no UTF-8", [b"(\n", &b"\xff"[..], sound.as_bytes()].concat()),
    ];
    if let Some(at) = number {
        let end = at + sound[at..].find(|c: char| !c.is_ascii_digit()).unwrap();
        let with = |value: &str| format!("{}{value}{}", &sound[..at], &sound[end..]);
        all.push(text("text for a number", with("\"1\"")));
        all.push(text("NaN", with("NaN")));
        all.push(text("infinity", with("inf")));
        all.push(text("a negative number", with("-1")));
        all.push(text("a number beyond all", with("99999999999999999999999999999999999999999999999999")));
    }
    let field = sound.lines().find(|line| line.ends_with(',') && line.contains(": ")).map(str::to_owned);
    if let Some(field) = field {
        all.push(text("a field twice", sound.replacen(&field, &format!("{field}{field}"), 1)));
    }
    all
}

/// The message names a line and a column.
#[track_caller]
fn says_where(message: &str, what: &str) {
    let has_place = message.split_whitespace().any(|word| {
        let mut parts = word.trim_end_matches(':').rsplit(':');
        let numbers = [parts.next(), parts.next()];
        numbers.iter().all(|part| part.is_some_and(|part| part.parse::<usize>().is_ok_and(|number| number > 0)))
    });
    assert!(has_place, "{what}: no line and column in {}", &message[..message.floor_char_boundary(300)]);
}

fn text_of(fs: &MemFs, file: &PathBuf) -> String {
    String::from_utf8(fs.files()[file].clone()).unwrap()
}

/// An import with everything that an import can hold, registered.
fn with_import() -> (MemFs, String) {
    let fs = MemFs::new();
    let import = create(&fs).write_import(&full_draft()).unwrap();
    Hand::on(&fs, "ali", 1).register(&import);
    (fs, import.to_string())
}

fn full_draft() -> ImportDraft {
    let mut all = draft(2);
    let set = match mention("m", "ORG", Some("e")) {
        hashiya::edit::Content::Mention(mention) => hashiya::model::AnnotationSet {
            mentions: [("m".into(), *mention)].into(),
            ..hashiya::model::AnnotationSet::default()
        },
        other => panic!("{other:?}"),
    };
    all.sets.entry("Ali".into()).or_default().insert(article(0), set);
    if let hashiya::edit::Content::Entity(entity) = entity("e", "Blue Delta") {
        let people = hashiya::storage::DraftPeople {
            entities: [("e".into(), *entity)].into(),
            ..hashiya::storage::DraftPeople::default()
        };
        all.people.insert("Ali".into(), people);
    }
    all
}

#[test]
fn project_headers() {
    let fs = MemFs::new();
    create(&fs);
    let file = path("project.ron");
    let sound = text_of(&fs, &file);
    for (what, bytes) in refused(&sound) {
        fs.put(&file, &bytes);
        let Err(error) = Store::open(shared(&fs), &root()) else { panic!("{what} is taken for a header") };
        says_where(&error.to_string(), what);
        assert!(error.line().is_some(), "{what}");
    }
    // A huge file is not even read.
    fs.put(&file, &vec![b'('; 2 << 20]);
    assert!(Store::open(shared(&fs), &root()).unwrap_err().to_string().contains("at most"));
    fs.put(&file, sound.replace("id: \"", "id: \"../").as_bytes());
    assert!(Store::open(shared(&fs), &root()).unwrap_err().to_string().contains("32 hex digits"));
}

#[test]
fn schemes_as_blobs() {
    let fs = MemFs::new();
    let store = create(&fs);
    let id = store.put_scheme(&schemes::news()).unwrap();
    let sound = text_of(&fs, &path(&format!("blobs/{id}.ron")));
    let mut all = refused(&sound);
    // Smallest values of whole attributes may be below 0.
    all.retain(|(what, _)| *what != "a negative number");
    let map = sound.lines().find(|line| line.trim_start().starts_with("\"en\": ")).unwrap();
    all.push(("a key twice", sound.replacen(map, &format!("{map}\n{map}"), 1).into_bytes()));
    let again = map.replacen("\"en\"", "\"\\u{65}n\"", 1);
    all.push(("a key twice, in two spellings", sound.replacen(map, &format!("{map}\n{again}"), 1).into_bytes()));
    for (what, bytes) in all {
        let id = store.put_blob(&bytes).unwrap();
        let Err(error) = store.scheme(&id) else { panic!("{what} is taken for a scheme") };
        says_where(&error.to_string(), what);
        // As the current scheme it keeps nothing closed.
        assert!(store.check().unwrap().iter().all(|found| found.code != "blob_damaged"), "{what}: its hash is right");
    }
    assert!(store.scheme(&id).is_ok());
}

#[test]
fn assignment_plans() {
    let store = create(&MemFs::new());
    let plan = hashiya::model::AssignmentPlan {
        version: 1,
        seed: 7,
        overlap: 20,
        annotators: vec!["ali".into(), "omar".into()],
        rules: Vec::new(),
    };
    let id = store.put_plan(&plan).unwrap();
    assert_eq!(store.plan(&id).unwrap(), plan);
    let sound = String::from_utf8(store.blob(&id).unwrap()).unwrap();
    for (what, bytes) in refused(&sound) {
        let id = store.put_blob(&bytes).unwrap();
        let Err(error) = store.plan(&id) else { panic!("{what} is taken for a plan") };
        says_where(&error.to_string(), what);
    }
    // Nor is a scheme taken for a plan.
    let scheme = store.put_scheme(&schemes::news()).unwrap();
    assert!(store.plan(&scheme).is_err() && store.scheme(&id).is_err());
}

#[test]
fn manifests() {
    let (fs, import) = with_import();
    let sound = text_of(&fs, &path(&format!("corpus/{import}/manifest.ron")));
    for (what, bytes) in refused(&sound) {
        let fs = fs.duplicate();
        let id = hash_hex(&bytes);
        fs.put(&path(&format!("corpus/{id}/manifest.ron")), &bytes);
        let records = read(&fs);
        let found = records.diagnostics.iter().find(|found| found.code == "import_damaged");
        let found = found.unwrap_or_else(|| panic!("{what}: {:?}", records.diagnostics));
        says_where(&found.message, what);
        assert!(found.file.as_deref().is_some_and(|file| file.contains(&id)), "{what}");
        assert_eq!(records.articles.len(), 2, "{what}: the sound import counts");
    }
}

/// The import with other bytes in one of its parts, hashes and lengths put right.
fn with_part(fs: &MemFs, import: &str, part: &str, bytes: &[u8]) -> (MemFs, String) {
    let fs = fs.duplicate();
    let folder = path(&format!("corpus/{import}"));
    let old = fs.files()[&folder.join(part)].clone();
    let manifest = text_of(&fs, &folder.join("manifest.ron"));
    let at = manifest.find(&format!("\"{part}\"")).unwrap();
    let entry = manifest[at..]
        .replacen(&format!("len: {},", old.len()), &format!("len: {},", bytes.len()), 1)
        .replacen(&hash_hex(&old), &hash_hex(bytes), 1);
    let manifest = format!("{}{entry}", &manifest[..at]);
    let id = hash_hex(manifest.as_bytes());
    let inside: Vec<_> = fs.files().into_iter().filter(|(file, _)| file.starts_with(&folder)).collect();
    for (file, content) in inside {
        let name = file.strip_prefix(&folder).unwrap();
        let content = if name.to_string_lossy() == part { bytes.to_vec() } else { content };
        fs.put(&path(&format!("corpus/{id}")).join(name), &content);
    }
    fs.put(&path(&format!("corpus/{id}/manifest.ron")), manifest.as_bytes());
    Hand::on(&fs, "ali", 5).register(&id.as_str().into());
    (fs, id)
}

#[test]
fn parts_of_imports() {
    let (fs, import) = with_import();
    let parts = ["00000.ron", "annotations/ali/00000.ron", "annotations/ali/entities.ron"];
    for part in parts {
        let sound = text_of(&fs, &path(&format!("corpus/{import}")).join(part));
        let (same, id) = with_part(&fs, &import, part, format!("{sound}\n").as_bytes());
        assert!(read(&same).imports[id.as_str()].is_complete, "{part}: rewritten it counts");
        for (what, bytes) in refused(&sound) {
            let (fs, id) = with_part(&fs, &import, part, &bytes);
            let records = read(&fs);
            assert!(!records.imports[id.as_str()].is_complete, "{part}, {what}");
            let found = records.diagnostics.iter().find(|found| found.code == "import_damaged").unwrap();
            says_where(&found.message, &format!("{part}, {what}"));
            assert_eq!(records.articles.len(), 2, "{part}, {what}: the sound import counts");
        }
    }
}

#[test]
fn checkpoints() {
    let (fs, _) = with_import();
    let mut ali = Hand::on(&fs, "ali", 2);
    ali.set(Place::Mention(article(1), "m1".into()), mention("m1", "PER", None));
    reopen(&fs).write_checkpoint(&"ali".into()).unwrap();
    let records = essence(read(&fs));
    for (file, bytes) in files_under(&fs, "annotations") {
        let sound = String::from_utf8(bytes).unwrap();
        for (what, bytes) in refused(&sound) {
            let hostile = fs.duplicate();
            hostile.put(&file, &bytes);
            let mut short = essence(reopen(&hostile).read_records_shortly().unwrap());
            short.history.clone_from(&records.history);
            assert_eq!(short, records, "{}, {what}", file.display());
            // Also where the index proves itself.
            if file.ends_with("index.ron") {
                let text = [bytes.as_slice(), b"\n"].concat();
                hostile.put(&file, &[&text, b"// ".as_slice(), hash_hex(&text).as_bytes(), b"\n"].concat());
                let mut short = essence(reopen(&hostile).read_records_shortly().unwrap());
                short.history.clone_from(&records.history);
                assert_eq!(short, records, "sealed index, {what}");
            }
        }
    }
}

#[test]
fn journal_lines() {
    let (fs, _) = with_import();
    let (file, bytes) = journal_file(&fs, "ali");
    let text = String::from_utf8(bytes).unwrap();
    let project = reopen(&fs).header().id.clone();
    let sound = text.lines().nth(1).unwrap()[66..].to_owned();
    let records = read(&fs);
    for (what, bytes) in refused(&sound.replace(':', ": ")) {
        // One line, sealed as if a session had written it.
        let ron: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\n').collect();
        let whole = [project.as_bytes(), b" ali ", ZERO_HASH.as_bytes(), b" ", &ron].concat();
        let line = [hash_hex(&whole).as_bytes(), b" ", ZERO_HASH.as_bytes(), b" ", &ron, b"\n"].concat();
        let hostile = fs.duplicate();
        hostile.put(&file, &[text.as_bytes(), &line, text.as_bytes()].concat());
        let found = read(&hostile);
        assert_eq!(found.history, records.history, "{what}: the other lines count");
        let told = found.diagnostics.iter().find(|told| told.code.starts_with("journal_")).unwrap();
        assert_eq!(told.line, Some(text.lines().count() + 1), "{what}: {told:?}");
        assert!(told.file.as_deref().is_some_and(|name| name.starts_with("journal/ali/")), "{what}");
        assert!(["journal_newer", "journal_damaged", "journal_torn_tail"].contains(&told.code), "{what}: {told:?}");
    }
}
