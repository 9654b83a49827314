use super::*;
use proptest::prelude::*;

fn read(text: &str) -> (Vec<KnownThing>, Vec<(&'static str, Option<usize>)>) {
    let (rows, findings) = read_knowledge(&SourceFile { name: "kb", bytes: text.as_bytes() });
    (rows, findings.iter().map(|finding| (finding.code, finding.line)).collect())
}

fn names(names: &[(&str, &str)]) -> Vec<LanguageName> {
    names.iter().map(|(language, name)| ((*language).into(), (*name).into())).collect()
}

const WHITE_HOUSE: &str = "البيت الأبيض";

#[test]
fn csv_and_jsonl_say_the_same() {
    let csv = format!("id,names,aliases,type\nQ1,\"ar:{WHITE_HOUSE}|en:White House\",WH|The \"House\",FAC\n");
    let tabs = format!("type\tid\tnames\taliases\r\nFAC\tQ1\tar:{WHITE_HOUSE}|en:White House\tWH|The \"House\"\r\n");
    let json = format!(
        "{{\"id\":\"Q1\",\"names\":{{\"ar\":\"{WHITE_HOUSE}\",\"en\":\"White House\"}},\"aliases\":[\"WH\",\"The \\\"House\\\"\"],\"type\":\"FAC\"}}\n"
    );
    let expected = KnownThing {
        id: "Q1".into(),
        names: names(&[("ar", WHITE_HOUSE), ("en", "White House")]),
        aliases: names(&[("", "WH"), ("", "The \"House\"")]),
        kind: "FAC".into(),
    };
    for text in [csv, tabs, json] {
        assert_eq!(read(&text), (vec![expected.clone()], vec![]), "{text}");
    }
}

#[test]
fn broken_rows_are_findings_with_their_line_and_the_others_are_read() {
    let text = "id,names,aliases,type\nQ1,One,,PER\nQ2,Two\n,Nobody,,\nQ3,,,\nQ1,Again,,PER\n\"Q4,Open,,PER\nQ5,\"Two\nlines\",,PER\nQ6,Six,,PER\n";
    let (rows, findings) = read(text);
    let ids: Vec<&str> = rows.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, ["Q1", "Q5", "Q6"]);
    let expected = [("bad_row", 3), ("no_id", 4), ("no_name", 5), ("same_id", 6), ("bad_row", 7)];
    assert_eq!(findings, expected.map(|(code, line)| (code, Some(line))));
    let (rows, findings) =
        read("{\"id\":1,\"names\":\"One|ar:Two\"}\n[]\n{\"id\":\"Q2\"}\n{\n{\"id\":\"Q3\",\"names\":[3,\"Three\"]}");
    assert_eq!(rows.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["1", "Q3"]);
    assert_eq!(findings.iter().map(|(_, line)| line.unwrap()).collect::<Vec<_>>(), [2, 3, 4, 5]);
}

#[test]
fn what_is_no_knowledge_base_says_so() {
    for text in ["", "\n", "just words\nand more", "id,label\nQ1,One"] {
        let (rows, findings) = read(text);
        assert!(rows.is_empty() && findings.iter().any(|(code, _)| *code == "no_header"), "{text:?}: {findings:?}");
    }
    let (_, findings) = read_knowledge(&SourceFile { name: "kb", bytes: &[b'i', b'd', 0, 0, 1, 0, 9] });
    assert_eq!(findings[0].code, "undecodable");
    // Other encodings are told.
    let bytes: Vec<u8> = "id,names\nQ1,One\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [vec![0xFF, 0xFE], bytes].concat();
    assert_eq!(read_knowledge(&SourceFile { name: "kb", bytes: &marked }).0.len(), 1);
}

#[test]
fn a_row_becomes_an_entity_that_knows_where_it_came_from() {
    let text = "id,names,aliases,type\nQ7,ar:A|ar:B|C,B|D,PER\nlocal-1,X,,\n";
    let (rows, _) = read(text);
    let entity = rows[0].entity(Some("PER".into()), |_| "en".to_owned());
    assert_eq!(entity.name, [("ar".into(), "A".into()), ("en".into(), "C".into())].into());
    assert_eq!(entity.aliases, ["B", "D"]);
    assert_eq!((entity.qid.as_deref(), row_of_entity(&entity).as_deref()), (Some("Q7"), Some("Q7")));
    let other = rows[1].entity(None, |_| "en".to_owned());
    assert_eq!((other.qid.as_deref(), row_of_entity(&other).as_deref()), (None, Some("local-1")));
}

proptest! {
    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (rows, _) = read_knowledge(&SourceFile { name: "kb", bytes: &bytes });
        prop_assert!(rows.len() < 200);
    }

    #[test]
    fn no_rows_do_harm(rest in "[a-zA-Z0-9,\"|:\t\r\n{}\\[\\] ]{0,200}", json in any::<bool>()) {
        let text = if json { format!("{{\"id\":\"Q1\",\"names\":\"N\"}}\n{rest}") } else { format!("id,names,aliases,type\n{rest}") };
        let (rows, _) = read(&text);
        let ids: BTreeSet<&str> = rows.iter().map(|row| &*row.id).collect();
        prop_assert_eq!(ids.len(), rows.len());
        prop_assert!(rows.iter().all(|row| !row.names.is_empty() && !row.id.trim().is_empty()));
    }
}
