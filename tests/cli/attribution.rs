//! An article with everything that claims and stances know, entered by a script: chains, a cue in two pieces, content in
//! two pieces, nesting, denial, a dropped subject, the author's own voice, a verdict, clusters, three kinds of target.

use serde_json::{Value, json};

use super::world::World;

const TEXT: &str = include_str!("../fixtures/articles/council.txt");
const ARTICLE: &str = "council";

/// The n-th place of some words, UTF-8 bytes.
fn nth(words: &str, n: usize) -> Value {
    let (at, _) = TEXT.match_indices(words).nth(n).unwrap_or_else(|| panic!("{words} stands there less often"));
    json!([at, at + words.len()])
}

fn at(words: &str) -> Value {
    nth(words, 0)
}

fn mention(id: &str, label: &str, words: &str, entity: &str) -> Value {
    let mut mention = json!({ "article": ARTICLE, "id": id, "label": label, "spans": [at(words)] });
    if !entity.is_empty() {
        mention["entity"] = json!(entity);
    }
    json!({ "add_mention": mention })
}

fn entity(id: &str, kind: &str, name: &str, more: Value) -> Value {
    let mut entity = json!({ "id": id, "type": kind, "name": { "ar": name } });
    entity.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json!({ "put_entity": entity })
}

fn claim(id: &str, content: Value, chain: Value, more: Value) -> Value {
    let mut claim = json!({ "article": ARTICLE, "id": id, "content": content, "chain": chain });
    claim.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json!({ "add_claim": claim })
}

fn stance(id: &str, ends: [&str; 2], value: [&str; 2], more: Value) -> Value {
    let [holder, target] = ends;
    let [scale, label] = value;
    let mut stance =
        json!({ "article": ARTICLE, "id": id, "holder": holder, "target": target, "scale": scale, "label": label });
    stance.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json!({ "add_stance": stance })
}

// Words of the article.
const PRESIDENT: &str = "هالة القرمزي";
const AGENCY: &str = "وكالة المرفأ";
const OFFICIAL: &str = "مسؤول في وزارة المياه";
const STATEMENT: &str = "بيان";
const PRESIDENCY: &str = "لرئاسة الساحلانية";
const BOTH: &str = "الزعيمين";
const MINISTER: &str = "الوزير";
const OFFICE: &str = "رئيسة ساحلان";
const MARSANIA: &str = "مرسانيا";
const COMMISSION: &str = "لجنة المركزية للانتخابات";
const SHARE: &str = "76.5%";
const OPENED: &str = "افتتحت رئيسة ساحلان هالة القرمزي المحطة صباح اليوم";
const WILL_RUN: &str = "المحطة ستعمل قبل الصيف";
const LEADERS_SAID: &str = "الزعيمين أعربا عن تأييدهما لتطوير التعاون المائي";
const DEVELOPING: &str = "تطوير التعاون المائي";
const DENIED: &str = "الرئاسة لا تعتبر عدم قيام مرسانيا بالدفع \"عملًا غير ودي\"";
const UNPAID: &str = "عدم قيام مرسانيا بالدفع \"عملًا غير ودي\"";
const WON: &str = "حققت القائمة الزرقاء في الانتخابات نسبة 76.5%";
const BEGIN: &str = "سنبدأ";
const NOT_STOP: &str = "ولن نتوقف";
const TOPIC: &str = "تطوير التعاون المائي بين البلدين";

fn script() -> Vec<Value> {
    let mut script = vec![
        entity("e_a", "PER", PRESIDENT, json!({})),
        entity("e_b", "PER", MINISTER, json!({})),
        entity("e_both", "PER", BOTH, json!({ "members": ["e_a", "e_b"] })),
        entity("e_role", "ROLE", OFFICE, json!({ "holder": "e_a" })),
        entity("e_pres", "ORG", PRESIDENCY, json!({ "qid": "NIL" })),
        json!({ "put_topic": { "id": "t_coop", "wording": { "ar": TOPIC } } }),
        json!({ "put_cluster": { "id": "k_run" } }),
        json!({ "put_cluster": { "id": "k_late", "contradicts": ["k_run"] } }),
        mention("m01", "PER", PRESIDENT, "e_a"),
        mention("m02", "ROLE", OFFICE, "e_role"),
        mention("m03", "ORG", AGENCY, ""),
        mention("m04", "PER", OFFICIAL, ""),
        mention("m05", "WORK", STATEMENT, ""),
        mention("m06", "ORG", PRESIDENCY, "e_pres"),
        mention("m07", "PER", BOTH, "e_both"),
        mention("m08", "PER", MINISTER, "e_b"),
        mention("m09", "GPE", MARSANIA, ""),
        mention("m10", "ORG", COMMISSION, ""),
        mention("m11", "NUM", SHARE, ""),
    ];
    script.extend(claims());
    script.extend(stances());
    script
}

fn claims() -> Vec<Value> {
    let said = "قال";
    let relayed = "نقلت";
    let from = "عن";
    let saying = "قوله";
    let confirmed = "أكد";
    let expressed = "أعربا عن تأييدهما";
    let added = "أضاف";
    let considers = "لا تعتبر";
    let by = "وفقًا";
    let evidence = json!([{ "url": "https://example.org/final", "title": "Final figures", "date": "2026-09-14", "quote": "76.51", "stance": "supports" }]);
    vec![
        claim(
            "c1",
            json!([at(OPENED)]),
            json!([{ "role": "origin", "source": "@author", "implicit": true }]),
            json!({ "attributes": { "type": "factual" } }),
        ),
        claim(
            "c2",
            json!([at(WILL_RUN)]),
            json!([
                { "role": "relay", "source": "m03", "cue": [at(relayed), at(from)] },
                { "role": "origin", "source": "m04", "cue": [at(saying)] },
            ]),
            json!({ "attributes": { "type": "prediction", "form": "verbatim" }, "cluster": "k_run" }),
        ),
        claim(
            "c3",
            json!([at(LEADERS_SAID)]),
            json!([{ "role": "origin", "source": "m05", "cue": [at(confirmed)], "on_behalf_of": "m06" }]),
            json!({}),
        ),
        claim(
            "c4",
            json!([at(DEVELOPING)]),
            json!([
                { "role": "relay", "source": "m05", "cue": [at(confirmed)] },
                { "role": "origin", "source": "m07", "cue": [at(expressed)] },
            ]),
            json!({ "nested_in": "c3", "norm": { "ar": TOPIC } }),
        ),
        claim(
            "c5",
            json!([at(BEGIN), at(NOT_STOP)]),
            json!([{ "role": "origin", "source": "m08", "cue": [at(said)] }]),
            json!({ "attributes": { "type": "commitment", "form": "verbatim" }, "cluster": "k_late" }),
        ),
        claim(
            "c6",
            json!([at(DENIED)]),
            json!([{ "role": "origin", "implicit": true, "cue": [at(added)] }]),
            json!({ "attributes": { "polarity": "negative" } }),
        ),
        claim(
            "c7",
            json!([at(UNPAID)]),
            json!([
                { "role": "relay", "implicit": true, "cue": [at(added)] },
                { "role": "origin", "source": "entity:e_pres", "cue": [at(considers)] },
            ]),
            json!({ "nested_in": "c6", "attributes": { "commitment": "denied" } }),
        ),
        claim(
            "c8",
            json!([at(WON)]),
            json!([{ "role": "origin", "source": "m10", "cue": [at(by)] }]),
            json!({ "attributes": { "type": "statistical", "check_worthiness": "3" }, "verdict": { "value": "supported", "evidence": evidence } }),
        ),
    ]
}

fn stances() -> Vec<Value> {
    let unfriendly = "غير ودي";
    let support = "تأييدهما لتطوير";
    let considers = "لا تعتبر";
    vec![
        stance(
            "s1",
            ["entity:e_both", "topic:t_coop"],
            ["favor3", "favor"],
            json!({ "evidence": [at(support)], "attributed_through": ["m05"] }),
        ),
        stance(
            "s2",
            ["entity:e_pres", "claim:c7"],
            ["favor3", "against"],
            json!({ "evidence": [at(considers), at(unfriendly)], "explicit": false, "note": "a denial" }),
        ),
        stance("s3", ["entity:e_both", "entity:e_pres"], ["ordinal5", "+1"], json!({ "evidence": [at(support)] })),
        stance("d1", ["@author", "topic:t_coop"], ["favor3", "neutral"], json!({})),
        stance(
            "d2",
            ["@author", "claim:c2"],
            ["fnc4", "disagree"],
            json!({ "evidence": [at(OPENED)], "explicit": false, "note": "it runs already" }),
        ),
    ]
}

/// The article's line of an export.
fn exported(world: &World, project: &str, file: &str) -> Value {
    world.run(&["export", project, "--format", "hashiya-jsonl", "--out", file]).expect(0);
    let text = world.read(file);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.into_iter().find(|line| line["id"] == ARTICLE).unwrap()
}

#[test]
fn everything_that_claims_and_stances_know_comes_back_identical() {
    let world = World::new();
    let lines = [
        json!({ "hashiya_jsonl": 1, "unit": "byte" }),
        json!({ "id": ARTICLE, "text": TEXT, "meta": { "language": "ar" } }),
    ];
    world.write("council.jsonl", lines.map(|line| line.to_string()).join("\n"));
    world.run(&["new", "p", "--annotator", "ann-01"]).expect(0);
    world.run(&["import", "p", "council.jsonl"]).expect(0);
    let script: Vec<String> = script().iter().map(Value::to_string).collect();
    world.write("script.jsonl", script.join("\n"));
    let ran = world.run(&["annotate", "p", "--script", "script.jsonl", "--json"]);
    let refused: Vec<&str> = ran.out.lines().filter(|line| !line.contains("\"ok\":true")).collect();
    assert_eq!((ran.exit, refused.as_slice()), (0, [].as_slice()), "{}", ran.err);

    let checked = world.run(&["check", "p", "--json"]).expect(0);
    assert!(!checked.out.contains("\"severity\":\"error\""), "{}", checked.out);

    let first = exported(&world, "p", "first.jsonl");
    let work = &first["annotators"]["ann-01"];
    let count = |key: &str| work[key].as_array().map_or(0, Vec::len);
    assert_eq!((count("mentions"), count("claims"), count("stances")), (11, 8, 5));
    let pieces = work["claims"].as_array().unwrap().iter().find(|claim| claim["id"] == "c5").unwrap();
    assert_eq!(pieces["content"].as_array().unwrap().len(), 2, "a quotation that is interrupted is one claim");

    world.run(&["new", "q", "--annotator", "ann-01"]).expect(0);
    world.run(&["import", "q", "first.jsonl"]).expect(0);
    let second = exported(&world, "q", "second.jsonl");
    for list in ["mentions", "claims", "stances"] {
        let (before, after) = (&work[list], &second["annotators"]["ann-01"][list]);
        for (before, after) in before.as_array().unwrap().iter().zip(after.as_array().unwrap()) {
            assert_eq!(after, before, "{list}");
        }
    }
    assert_eq!(second, first);
    // What belongs to the project comes back too: entities, clusters, topics.
    let head = |file: &str| -> Value {
        let project =
            serde_json::from_str::<Value>(world.read(file).lines().next().unwrap()).unwrap()["project"].clone();
        json!([project["entities"], project["clusters"], project["topics"]])
    };
    assert_eq!(head("second.jsonl"), head("first.jsonl"));
    let checked = world.run(&["check", "q", "--json"]).expect(0);
    assert!(!checked.out.contains("\"severity\":\"error\""), "{}", checked.out);
}
