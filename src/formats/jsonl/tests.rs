//! Whole files in and out, and files that are wrong.

use super::*;
use crate::formats::{Exporter, ImportOptions, SourceFile};
use crate::model::{AnnotatorId, ArticleKey, Diagnostic, Exchange, MentionId, Ref, Status};

const DEMO: &[u8] = include_bytes!("../../../assets/demo/demo.hashiya.jsonl");

fn read_text(text: &str) -> (Exchange, Vec<Diagnostic>) {
    read(&SourceFile { name: "a.hashiya.jsonl", bytes: text.as_bytes() }, &ImportOptions::default())
}

fn write(exchange: &Exchange) -> String {
    let mut exporter: Box<dyn Exporter> = exporter();
    exchange.articles.iter().for_each(|article| exporter.survey(article));
    assert!(exporter.loss().is_empty());
    let mut out = exporter.begin(&exchange.project);
    exchange.articles.iter().for_each(|article| out.push_str(&exporter.article(article)));
    out
}

#[test]
fn the_demo_comes_back_byte_for_byte() {
    let (first, diagnostics) = read(&SourceFile { name: "demo", bytes: DEMO }, &ImportOptions::default());
    assert_eq!(diagnostics, []);
    assert_eq!(first.articles.len(), 9);
    let once = write(&first);
    let (second, diagnostics) = read_text(&once);
    assert_eq!(diagnostics, []);
    assert_eq!(second, first);
    assert_eq!(write(&second), once);
}

/// One article "abcd" (after the header, if there is one) with the given parts of a set of annotator `a`.
fn one(set: &str) -> String {
    format!("{{\"id\":\"x\",\"text\":\"abcd \u{1F600} e\u{301}f\",\"annotators\":{{\"a\":{{{set}}}}}}}\n")
}

#[track_caller]
fn check(text: &str, codes: &[&str], mentions: usize) -> Exchange {
    let (exchange, diagnostics) = read_text(text);
    let found: Vec<&str> = diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(found, codes, "{diagnostics:#?}");
    assert!(diagnostics.iter().all(|finding| finding.file.is_some()));
    let total: usize = exchange.articles.iter().flat_map(|a| a.sets.values()).map(|set| set.mentions.len()).sum();
    assert_eq!(total, mentions);
    exchange
}

#[test]
fn one_bad_span_costs_one_mention() {
    let mention = |id: &str, spans: &str| format!("{{\"id\":\"{id}\",\"spans\":{spans},\"label\":\"PER\"}}");
    let table: &[(&str, &[&str], usize)] = &[
        ("[[0,4]]", &[], 2),
        ("[[0,4.0]]", &["offset_not_whole", "no_span"], 1),
        ("[[\"0\",4]]", &["offset_not_whole", "no_span"], 1),
        ("[[0,9007199254740993]]", &["offset_not_whole", "no_span"], 1),
        ("[[-1,2]]", &["offset_not_whole", "no_span"], 1),
        ("[[0,99]]", &["offset_out_of_text", "no_span"], 1),
        ("[[2,2]]", &["span_without_text", "no_span"], 1),
        ("[[3,1]]", &["span_without_text", "no_span"], 1),
        ("[[0,1,2]]", &["wrong_type", "no_span"], 1),
        ("[0,1]", &["wrong_type", "wrong_type", "no_span"], 1),
        ("\"all\"", &["wrong_type", "no_span"], 1),
        ("[]", &["no_span"], 1),
        ("null", &["no_span"], 1),
        ("[[0,2],[99,100]]", &["offset_out_of_text"], 2),
        ("[[0,2],[1,3]]", &["pieces_joined"], 2),
        ("[[7,8]]", &["span_widened"], 2),
    ];
    for (spans, codes, mentions) in table {
        let set = format!("\"mentions\":[{},{}]", mention("m1", "[[0,1]]"), mention("m2", spans));
        check(&one(&set), codes, *mentions);
    }
}

#[test]
fn units_are_those_of_the_header_or_the_user() {
    let article = one("\"mentions\":[{\"id\":\"m\",\"spans\":[[5,6]],\"label\":\"PER\"}]");
    let header = |unit: &str| format!("{{\"hashiya_jsonl\":1,\"unit\":\"{unit}\"}}\n");
    let quote = |exchange: &Exchange| {
        exchange.articles[0].sets[&AnnotatorId::new("a")].mentions[&MentionId::new("m")].quote.clone()
    };
    assert_eq!(quote(&check(&article, &[], 1)), "\u{1F600}");
    assert_eq!(quote(&check(&(header("codepoint") + &article), &[], 1)), "\u{1F600}");
    check(&(header("utf16") + &article), &["offset_inside_character", "no_span"], 0);
    check(&(header("byte") + &article), &["offset_inside_character", "no_span"], 0);
    let (exchange, diagnostics) = read_text(&(header("grapheme") + &article));
    assert!(exchange.articles.is_empty());
    assert_eq!(diagnostics[0].code, "unknown_unit");
}

#[test]
fn one_bad_line_costs_one_article() {
    let good = one("");
    let table = [
        ("{\"id\":\"y\",\"text\":\"a\"", "bad_json"),
        ("{\"id\":\"y\",\"text\":\"\\ud800\"}", "bad_json"),
        ("[1,2]", "wrong_type"),
        ("{\"text\":\"a\"}", "no_article_id"),
        ("{\"id\":\"\",\"text\":\"a\"}", "bad_article_id"),
        ("{\"id\":\"y\"}", "no_text"),
        ("{\"id\":\"y\",\"text\":7}", "wrong_type no_text"),
        ("{\"id\":\"y\",\"text\":\"a\\u0000b\"}", "nul_in_text"),
        ("{\"hashiya_jsonl\":1}", "second_header"),
    ];
    for (bad, codes) in table {
        let (exchange, diagnostics) = read_text(&format!("{good}{bad}\n"));
        let found: Vec<&str> = diagnostics.iter().map(|finding| finding.code).collect();
        assert_eq!(found.join(" "), codes, "{bad}");
        assert_eq!((exchange.articles.len(), diagnostics[0].line), (1, Some(2)), "{bad}");
    }
    let bytes = [good.as_bytes(), b"{\"id\":\"\xFF\"}\n", b"{\"id\":\"z\",\"text\":\"a\"}"].concat();
    let (exchange, diagnostics) = read(&SourceFile { name: "a", bytes: &bytes }, &ImportOptions::default());
    assert_eq!((exchange.articles.len(), diagnostics[0].code), (2, "undecodable"));
    let deep = format!("{good}{}\n{}", "[".repeat(500), one("").replace("\"x\"", "\"z\""));
    assert_eq!(read_text(&deep).0.articles.len(), 2);
}

#[test]
fn a_newer_file_is_not_read() {
    let (exchange, diagnostics) = read_text("{\"hashiya_jsonl\":2}\n{\"id\":\"x\",\"text\":\"a\"}\n");
    assert!(exchange.articles.is_empty());
    assert_eq!(diagnostics[0].code, "newer_format");
}

#[test]
fn unknown_keys_come_back_under_extra() {
    let text = "{\"id\":\"x\",\"text\":\"abcd\",\"rating\":[1,2],\"meta\":{\"mood\":\"calm\"},\"regions\":[],\"annotators\":{\"a\":{\"mentions\":[{\"id\":\"m\",\"spans\":[[0,1]],\"label\":\"PER\",\"confidence\":0.5,\"note\":7}]}}}";
    let (exchange, _) = read_text(text);
    let written: Vec<serde_json::Value> =
        write(&exchange).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let article = &written[1];
    assert_eq!(article["extra"], serde_json::json!({ "rating": [1, 2] }));
    assert_eq!(article["meta"]["extra"], serde_json::json!({ "mood": "calm" }));
    let mention = &article["annotators"]["a"]["mentions"][0];
    assert_eq!(mention["extra"], serde_json::json!({ "confidence": 0.5, "note": 7 }));
    let (again, diagnostics) = read_text(&write(&exchange));
    assert_eq!((again, diagnostics), (exchange, vec![]));
}

#[test]
fn ids_are_made_to_fit_and_kept() {
    let long = "L".repeat(2_000);
    let set = format!(
        "\"mentions\":[{{\"id\":\"../m\",\"spans\":[[0,1]],\"label\":\"PER\"}},{{\"spans\":[[1,2]],\"label\":\"{long}\"}},{{\"id\":\"m\",\"spans\":[[2,3]],\"label\":\"A\"}},{{\"id\":\"m\",\"spans\":[[3,4]],\"label\":\"B\"}},{{\"id\":\"m\",\"spans\":[[2,3]],\"label\":\"A\"}}],\"stances\":[{{\"id\":\"s\",\"holder\":\"../m\",\"target\":\"text:peace\",\"label\":\"favor\"}}]"
    );
    let exchange = check(&one(&set), &["id_renamed", "label_too_long", "duplicate_id", "odd_reference"], 4);
    let set = exchange.articles[0].sets.values().next().unwrap();
    assert!(set.mentions.contains_key("m.2"));
    assert!(set.mentions.values().any(|mention| mention.extra.get("label").is_some_and(|label| label.len() > 2_000)));
}

#[test]
fn what_refers_to_nothing_is_kept_as_text() {
    let set = "\"mentions\":[{\"id\":\"m\",\"spans\":[[0,1]],\"label\":\"PER\",\"entity\":\"e9\"}],\"stances\":[{\"id\":\"s\",\"holder\":\"m9\",\"target\":\"claim:other%2Farticle/c1\",\"label\":\"favor\"}]";
    let exchange = check(&one(set), &["dangling_reference"; 3], 1);
    let set = exchange.articles[0].sets.values().next().unwrap();
    let stance = set.stances.values().next().unwrap();
    assert_eq!(stance.holder, Ref::Text("m9".into()));
    assert_eq!(stance.target, Ref::Text("claim:other/article/c1".into()));
    assert_eq!(set.mentions["m"].extra["entity"], "\"e9\"");
}

#[test]
fn claims_of_other_articles_are_found_by_name() {
    let other = one("\"claims\":[{\"id\":\"c1\",\"content\":[[0,2]]}]").replace("\"x\"", "\"a/b\"");
    let text =
        one("\"stances\":[{\"id\":\"s\",\"holder\":\"@author\",\"target\":\"claim:a%2Fb/c1\",\"label\":\"favor\"}]")
            + &other;
    let exchange = check(&text, &[], 0);
    let stance = exchange.articles[0].sets.values().next().unwrap().stances.values().next().unwrap();
    assert_eq!(stance.target, Ref::ClaimOf(exchange.articles[1].facts.id.clone(), "c1".into()));
    assert!(write(&exchange).contains("\"claim:a%2Fb/c1\""));
}

#[test]
fn suggestions_are_named_and_not_stored() {
    let set = "\"mentions\":[{\"id\":\"m\",\"spans\":[[0,1]],\"label\":\"PER\",\"origin\":{\"kind\":\"suggested\",\"state\":\"open\"}},{\"id\":\"n\",\"spans\":[[0,1]],\"label\":\"PER\",\"origin\":{\"kind\":\"suggested\",\"source\":\"gliner\",\"score\":0.87,\"state\":\"accepted\"}}]";
    let exchange = check(&one(set), &["not_yet_supported"], 1);
    assert!(write(&exchange).contains("\"source\":\"gliner\",\"score\":0.87,\"state\":\"accepted\""));
    let text = one("").replace("\"annotators\"", "\"suggestions\":{\"model\":{\"mentions\":[{},{}]}},\"annotators\"");
    check(&text, &["not_yet_supported"], 0);
}

#[test]
fn status_wins_over_complete() {
    let status =
        |set: &str, codes: &[&str]| check(&one(set), codes, 0).articles[0].sets.values().next().unwrap().status;
    assert_eq!(status("\"complete\":true", &[]), Status::Done);
    assert_eq!(status("\"complete\":false", &[]), Status::InProgress);
    assert_eq!(status("\"status\":\"done\",\"complete\":false", &["status_mismatch"]), Status::Done);
    assert_eq!(status("\"status\":\"asleep\"", &["unknown_status"]), Status::InProgress);
}

#[test]
fn the_key_of_an_article_survives() {
    for key in ["\"none\"", "{\"file\":\"x\"}", "{\"url\":\"https://news.example/1\"}", "{\"id\":\"w\"}"] {
        let text = format!("{{\"id\":\"x\",\"text\":\"abcd\",\"meta\":{{\"key\":{key}}},\"annotators\":{{}}}}\n");
        let (exchange, diagnostics) = read_text(&text);
        assert_eq!(diagnostics, []);
        assert_ne!(exchange.articles[0].facts.key, ArticleKey::Id("x".into()));
        assert_eq!(read_text(&write(&exchange)).0, exchange);
    }
}

/// The labels of the demo and its one scale.
fn scheme() -> crate::model::Scheme {
    let ids = ["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "ROLE", "EVENT", "TIME", "NUM", "WORK"];
    let labels: Vec<_> = ids
        .iter()
        .map(|id| {
            serde_json::json!({
                "id": id, "initial": id, "key": { "digit": "1", "shift": false }, "light": "#000000",
                "dark": "#FFFFFF", "line": "solid", "name": {}, "definition": {}, "help": {}, "subtypes": [],
            })
        })
        .collect();
    let values: Vec<_> = ["favor", "against", "neutral"]
        .iter()
        .map(|id| serde_json::json!({ "id": id, "name": {}, "help": {}, "rank": 0, "sign": "neutral" }))
        .collect();
    serde_json::from_value(serde_json::json!({
        "name": "news", "version": "1", "parent": null, "migration": null, "labels": labels,
        "mention_attributes": [], "claim_attributes": [], "stance_attributes": [], "document_fields": [],
        "scales": [{ "id": "favor3", "name": {}, "values": values }], "annotate_pronouns": false, "help": {}, "cues": {},
    }))
    .unwrap()
}

#[test]
fn labels_the_scheme_does_not_know_are_reported_once_with_advice() {
    let (demo, _) = read(&SourceFile { name: "demo", bytes: DEMO }, &ImportOptions::default());
    let options = ImportOptions { scheme: Some(scheme()), ..ImportOptions::default() };
    let renamed = write(&demo).replace("\"label\":\"PER\"", "\"label\":\"PERSON\"");
    let (_, diagnostics) = read(&SourceFile { name: "a", bytes: renamed.as_bytes() }, &options);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    assert!(diagnostics[0].message.contains("did you mean PER? then --label PERSON=PER"), "{diagnostics:?}");
    let mut options = options;
    options.labels.insert("PERSON".into(), "PER".into());
    let (exchange, diagnostics) = read(&SourceFile { name: "a", bytes: renamed.as_bytes() }, &options);
    assert_eq!((exchange, diagnostics), (demo, vec![]));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(bytes: Vec<u8>) {
        let _ = read(&SourceFile { name: "a", bytes: &bytes }, &ImportOptions::default());
    }

    #[test]
    fn any_mention_is_read(start: i64, end: i64, text in "\\PC{0,12}") {
        let value = serde_json::json!({"id": "x", "text": text, "annotators": {"a": {"mentions": [{"spans": [[start, end]], "label": "L"}]}}});
        let (exchange, _) = read_text(&value.to_string());
        let written = write(&exchange);
        proptest::prop_assert_eq!(read_text(&written).0, exchange);
    }
}

#[test]
fn what_was_dismissed_goes_both_ways_and_other_shapes_are_kept() {
    let known = r#"{"annotator":"a","code":"edge_space","id":"m1","reason":"meant so"},{"annotator":"b","code":"date_shape","reason":"as printed"}"#;
    let unknown =
        r#"{"code":"edge_space"},"noise",{"annotator":"a","code":"edge_space","id":"m1","reason":"x","until":"2027"}"#;
    let text = format!("{{\"id\":\"x\",\"text\":\"abcd\",\"dismissed\":[{known},{unknown}],\"annotators\":{{}}}}\n");
    let (exchange, diagnostics) = read_text(&text);
    assert_eq!(diagnostics, []);
    let dismissed = |exchange: &Exchange, annotator: &str| -> Vec<(String, String, String)> {
        let set = &exchange.articles[0].sets[&AnnotatorId::from(annotator)];
        set.dismissed.iter().map(|((code, id), reason)| (code.clone(), id.clone(), reason.clone())).collect()
    };
    assert_eq!(dismissed(&exchange, "a"), [("edge_space".into(), "m1".into(), "meant so".into())]);
    assert_eq!(dismissed(&exchange, "b"), [("date_shape".into(), String::new(), "as printed".into())]);
    assert_eq!(exchange.articles[0].facts.extra["dismissed"], format!("[{unknown}]"));
    let written = write(&exchange);
    assert!(written.contains(&format!("\"dismissed\":[{known}]")), "{written}");
    assert_eq!(read_text(&written).0, exchange);
    // What another program adds to such a file joins what was kept before.
    let more = written.replace(&format!("\"dismissed\":[{known}]"), "\"dismissed\":[7]");
    assert_eq!(read_text(&more).0.articles[0].facts.extra["dismissed"], format!("[{unknown},7]"));
}

#[test]
fn notes_of_an_article_that_comes_twice_are_both_kept() {
    let text = [one(r#""note":"one""#), one(r#""note":"two""#), one(r#""note":"two""#)].concat();
    let (exchange, _) = read_text(&text);
    assert_eq!(exchange.articles[0].sets[&AnnotatorId::from("a")].note, "one\ntwo\ntwo");
}
