//! Imports: exact texts, one id for one source, and what stays when nobody stands for them any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashiya::edit::{Content, Place};
use hashiya::model::{AnnotationSet, Entity, Mention};
use hashiya::storage::{DraftPeople, FORMAT, Fs, ImportDraft, MemFs, sha256_hex};

use super::hand::{
    Hand, TEXT, article, codes, create, draft, draft_article, entity, files_under, mention, path, read, reopen,
};

fn boxed_mention(id: &str, entity: Option<&str>) -> Mention {
    match mention(id, "ORG", entity) {
        Content::Mention(mention) => *mention,
        other => panic!("{other:?}"),
    }
}

fn boxed_entity(id: &str) -> Entity {
    match entity(id, "Blue Delta") {
        Content::Entity(entity) => *entity,
        other => panic!("{other:?}"),
    }
}

/// The part of a hash that ids and names carry.
fn short(hash: &str) -> &str {
    hash.get(..8).unwrap()
}

/// Two articles, with a set and entities of one annotator.
fn annotated() -> ImportDraft {
    let mut draft = draft(2);
    let set = AnnotationSet {
        note: "came along".into(),
        mentions: BTreeMap::from([("m".into(), boxed_mention("m", Some("e")))]),
        ..AnnotationSet::default()
    };
    draft.sets.entry("Ali".into()).or_default().insert(article(0), set.clone());
    draft.sets.entry("Ali".into()).or_default().insert(article(1), set);
    let people = DraftPeople {
        entities: BTreeMap::from([("e".into(), boxed_entity("e")), ("lonely".into(), boxed_entity("lonely"))]),
        ..DraftPeople::default()
    };
    draft.people.insert("Ali".into(), people);
    draft
}

#[test]
fn text_is_frozen() {
    let fs = MemFs::new();
    let store = create(&fs);
    let texts = ["plain", "", "\u{627}\u{644}\u{650}\n\nx\n", "\u{feff}bom \u{200f}\r"];
    let mut draft = ImportDraft::default();
    for (number, text) in texts.iter().enumerate() {
        draft.articles.push(draft_article(&format!("t{number}"), text));
    }
    draft.articles[0].source = Some(Arc::from(b"\xff\xfesource".as_slice()));
    let import = store.write_import(&draft).unwrap();
    Hand::on(&fs, "ali", 1).register(&import);
    let store = reopen(&fs);
    let records = store.read_records().unwrap();
    for (entry, text) in records.articles.iter().zip(texts) {
        assert_eq!(&*store.text(&entry.id()).unwrap(), text);
    }
    let folder = format!("corpus/{import}");
    let stored = fs.read(&path(&format!("{folder}/00000.txt"))).unwrap();
    assert_eq!(String::from_utf8(stored).unwrap(), texts.join("\n"), "one LF stands between texts and belongs to none");
    let original = path(&format!("{folder}/originals/{}", sha256_hex(b"\xff\xfesource")));
    assert_eq!(fs.read(&original).unwrap(), b"\xff\xfesource");
    // A text that was changed is not shown, and is named.
    let file = path(&format!("{folder}/00000.txt"));
    let mut changed = fs.read(&file).unwrap();
    changed[1] = b'L';
    fs.put(&file, &changed);
    let error = store.text(&records.articles.get(0).unwrap().id()).unwrap_err().to_string();
    assert!(error.contains("00000.txt") && error.contains("not what was imported"), "{error}");
    let found: Vec<_> = reopen(&fs).check().unwrap().into_iter().map(|found| found.code).collect();
    assert!(found.contains(&"text_damaged") && found.contains(&"import_damaged"), "{found:?}");
}

#[test]
fn importing_twice_adds_nothing() {
    let fs = MemFs::new();
    let store = create(&fs);
    let first = store.write_import(&annotated()).unwrap();
    let before = fs.files();
    assert_eq!(store.write_import(&annotated()).unwrap(), first);
    assert_eq!(fs.files(), before);
    // By another person, in another copy: the same import.
    let other = MemFs::new();
    assert_eq!(create(&other).write_import(&annotated()).unwrap(), first);
    Hand::on(&fs, "ali", 1).register(&first);
    let once = read(&fs);
    Hand::on(&fs, "omar", 2).register(&first);
    let twice = read(&fs);
    assert_eq!(twice.articles, once.articles);
    assert_eq!(twice.imports[&first].registered_by.len(), 2);
    // The same articles in another import are the same articles.
    let further = store.write_import(&draft(3)).unwrap();
    assert_ne!(further, first);
    Hand::on(&fs, "omar", 3).register(&further);
    assert_eq!(read(&fs).articles.len(), 3);
}

#[test]
fn ids_of_an_import_are_scoped_and_stay_together() {
    let fs = MemFs::new();
    let import = create(&fs).write_import(&annotated()).unwrap();
    Hand::on(&fs, "omar", 1).register(&import);
    let records = read(&fs);
    let own = &records.own["Ali"];
    let suffix = short(import.as_str());
    let place = Place::Mention(article(0), format!("m~{suffix}").into());
    let Some(Content::Mention(mention)) = &own[&place].value else { panic!("{own:?}") };
    assert_eq!(mention.entity.as_ref().unwrap().as_str(), format!("e~{suffix}"));
    assert!(own.contains_key(&Place::Entity(format!("e~{suffix}").into())));
    assert_eq!(own[&place].line, None);
    assert!(reopen(&fs).check().unwrap().is_empty());
    // An edit lies over the base value, also after the import is read again.
    let mut ali = Hand::on(&fs, "Ali", 2);
    ali.set(place.clone(), None);
    assert_eq!(read(&fs).own["Ali"][&place].value, None);
}

#[test]
fn an_import_that_nobody_stands_for_is_hidden_where_no_work_rests_on_it() {
    let fs = MemFs::new();
    let import = create(&fs).write_import(&annotated()).unwrap();
    let suffix = short(import.as_str()).to_owned();
    assert!(read(&fs).articles.is_empty(), "an import that nobody registered is invisible");
    assert_eq!(codes(&read(&fs)), ["import_unregistered"]);
    let mut omar = Hand::on(&fs, "omar", 1);
    omar.register(&import);
    assert_eq!(read(&fs).articles.len(), 2);
    // Ali edits on one article; then Omar takes the import back.
    Hand::on(&fs, "Ali", 2).set(Place::Flag(article(0)), Content::Marked);
    reopen(&fs).write_checkpoint(&"Ali".into()).unwrap();
    omar.set(Place::Registration(import.clone()), None);
    let records = read(&fs);
    let ids: Vec<_> = records.articles.iter().map(|entry| entry.id()).collect();
    assert_eq!(ids, [article(0)]);
    let own = &records.own["Ali"];
    assert!(own.contains_key(&Place::Mention(article(0), format!("m~{suffix}").into())));
    assert!(!own.contains_key(&Place::Mention(article(1), format!("m~{suffix}").into())));
    assert!(own.contains_key(&Place::Entity(format!("e~{suffix}").into())), "something visible refers to it");
    assert!(!own.contains_key(&Place::Entity(format!("lonely~{suffix}").into())));
    assert!(codes(&records).contains(&"import_withdrawn"));
    let mut short = reopen(&fs).read_records_shortly().unwrap();
    short.history.clone_from(&records.history);
    assert_eq!(short, records);
    // One taking it back does not take away another's.
    omar.register(&import);
    Hand::on(&fs, "zoe", 3).register(&import);
    omar.set(Place::Registration(import), None);
    assert_eq!(read(&fs).articles.len(), 2);
}

#[test]
fn articles_stand_in_project_order_under_names_of_their_own() {
    let fs = MemFs::new();
    let store = create(&fs);
    let later = store.write_import(&ImportDraft { sources: vec!["b".into()], ..draft(2) }).unwrap();
    let articles = vec![draft_article("z", TEXT), draft_article("a0", "newer text")];
    let changed = ImportDraft { articles, ..ImportDraft::default() };
    let earlier = store.write_import(&changed).unwrap();
    let mut ali = Hand::on(&fs, "ali", 1);
    ali.register(&earlier);
    ali.register(&later);
    let entries = read(&fs).articles;
    let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
    let (newer, older) = (changed.articles[1].facts.id.clone(), article(0));
    let named = |id: &hashiya::model::ArticleId| format!("a0~{}", short(id.as_str()));
    assert_eq!(names, ["z", named(&newer).as_str(), named(&older).as_str(), "a1"]);
    assert_eq!(entries.get(2).unwrap().version_of, Some(1));
    let store = reopen(&fs);
    store.read_records().unwrap();
    assert_eq!(store.facts(&older).unwrap().version_of, Some(newer));
}

#[test]
fn shards_hold_some_articles_each() {
    let fs = MemFs::new();
    let store = create(&fs);
    let mut many = draft(600);
    many.articles.push(draft_article("long", &"x".repeat(5 * 1024 * 1024)));
    many.articles.push(draft_article("after", "y"));
    let import = store.write_import(&many).unwrap();
    Hand::on(&fs, "ali", 1).register(&import);
    let texts = files_under(&fs, "corpus").into_keys().filter(|file| file.extension().is_some_and(|end| end == "txt"));
    assert_eq!(texts.count(), 5);
    let store = reopen(&fs);
    let records = store.read_records().unwrap();
    assert_eq!(records.articles.len(), 602);
    assert_eq!(&*store.text(&records.articles.get(601).unwrap().id()).unwrap(), "y");
}

#[test]
fn drafts_that_contradict_themselves_are_refused() {
    let fs = MemFs::new();
    let store = create(&fs);
    let check = |change: &dyn Fn(&mut ImportDraft), expect: &str| {
        let mut draft = annotated();
        change(&mut draft);
        let error = store.write_import(&draft).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check(&|draft| draft.articles[0].text = Arc::from("other"), "not that of its key and text");
    check(&|draft| draft.articles[0] = draft_article("nul", "a\0b"), "NUL at byte 1");
    check(&|draft| drop(draft.articles.pop()), "which the import does not hold");
    check(&|draft| drop(draft.people.insert("ALI".into(), DraftPeople::default())), "only in case");
    check(&|draft| drop(draft.people.insert("../x".into(), DraftPeople::default())), "cannot be an annotator id");
    assert!(files_under(&fs, "corpus").is_empty());
}

#[test]
fn a_hostile_manifest_leads_nowhere() {
    for name in ["../../secret", "/etc/passwd", "annotations/../../x/00000.ron", "00000.txt\\0", "manifest.ron"] {
        let fs = MemFs::new();
        create(&fs);
        let text = format!(
            "(format: {FORMAT}, sources: [], articles: 0, files: [(name: \"{name}\", len: 0, hash: \"{}\")])",
            hashiya::storage::hash_hex(b"")
        );
        let id = hashiya::storage::hash_hex(text.as_bytes());
        fs.put(&path(&format!("corpus/{id}/manifest.ron")), text.as_bytes());
        Hand::on(&fs, "ali", 1).register(&id.as_str().into());
        let records = read(&fs);
        assert!(codes(&records).contains(&"import_damaged"), "{name}: {:?}", records.diagnostics);
        assert!(records.articles.is_empty());
    }
}

#[test]
fn an_import_with_a_missing_or_changed_part_does_not_count() {
    let whole = MemFs::new();
    let import = create(&whole).write_import(&annotated()).unwrap();
    Hand::on(&whole, "ali", 1).register(&import);
    let parts = files_under(&whole, &format!("corpus/{import}"));
    for (file, bytes) in parts.iter().filter(|(file, _)| !file.ends_with("manifest.ron")) {
        let fs = whole.duplicate();
        fs.remove_all(file);
        assert_eq!(codes(&read(&fs)), ["import_incomplete"], "{}", file.display());
        assert!(read(&fs).articles.is_empty());
        fs.put(file, bytes);
        assert_eq!(read(&fs), read(&whole), "the part has arrived");
        let mut changed = bytes.clone();
        changed[0] ^= 1;
        fs.put(file, &changed);
        let found: Vec<_> = reopen(&fs).check().unwrap().into_iter().map(|found| found.code).collect();
        assert!(found.contains(&"import_damaged"), "{}: {found:?}", file.display());
    }
}
