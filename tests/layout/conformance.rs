//! Every case of Unicode's BidiCharacterTest.txt through the function that orders painted lines.

use flate2::read::GzDecoder;
use hashiya::layout::{Base, order_line};
use hashiya::text::Span;
use std::io::Read as _;

fn test_file() -> String {
    let bytes: &[u8] = include_bytes!("../fixtures/unicode/BidiCharacterTest.txt.gz");
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_case_of_the_unicode_bidi_test_is_ordered_as_it_says() {
    let mut cases = 0;
    let mut failed = Vec::new();
    for (number, line) in test_file().lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        cases += 1;
        if let Err(why) = check(line) {
            failed.push(format!("line {}: {why}", number + 1));
        }
    }
    assert_eq!(cases, 91_707);
    assert!(failed.is_empty(), "{} cases failed, the first: {:#?}", failed.len(), failed.get(..3).unwrap_or(&failed));
}

fn check(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split(';').collect();
    let [characters, direction, base_level, levels, visual] = fields[..] else { return Err(line.into()) };
    let text: String =
        characters.split(' ').map(|hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()).collect();
    let base = match direction {
        "0" => Base::Ltr,
        "1" => Base::Rtl,
        _ => Base::Auto,
    };
    let rtl = base.resolve_rtl(&text);
    if u8::from(rtl).to_string() != base_level {
        return Err(format!("base level of {characters}: {rtl}, expected {base_level}"));
    }
    let got = order_line(&text, rtl, Span::new(0, text.len()));
    let levels: Vec<&str> = levels.split(' ').collect();
    let same = levels.len() == got.levels.len()
        && levels.iter().zip(&got.levels).all(|(expected, got)| *expected == "x" || *expected == got.to_string());
    if !same {
        return Err(format!("levels of {characters}: {:?}, expected {levels:?}", got.levels));
    }
    // Characters that rule X9 removes have no place in the file's order.
    let order: Vec<String> = got.visual.iter().filter(|at| levels[**at] != "x").map(ToString::to_string).collect();
    if order.join(" ") != visual.trim() {
        return Err(format!("order of {characters}: {order:?}, expected {visual}"));
    }
    Ok(())
}
