//! Words for people: messages of the interface, names and help in the scheme presets.

use super::{expect_none, files};
use hashiya::model::{Localised, Scheme};

const LANGUAGES: &[&str] = &["en", "ar"];

fn presets() -> Vec<(String, Scheme)> {
    let read = |source: super::Source| {
        let scheme = ron::from_str(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
        (source.path, scheme)
    };
    files("assets/schemes", &[".ron"]).into_iter().map(read).collect()
}

#[test]
fn label_initials_keys_and_colours_are_unique() {
    let mut findings = Vec::new();
    let presets = presets();
    assert_eq!(presets.len(), 5, "five presets are shipped");
    for (path, scheme) in presets {
        let mut unique = |what: &str, values: Vec<String>| {
            let mut sorted = values.clone();
            sorted.sort();
            sorted.dedup();
            if sorted.len() != values.len() {
                findings.push(format!("{path}: {what} {values:?}"));
            }
        };
        unique("ids", scheme.labels.iter().map(|label| label.id.to_string()).collect());
        unique("initials", scheme.labels.iter().map(|label| label.initial.clone()).collect());
        unique("keys", scheme.labels.iter().map(|label| format!("{:?}", label.key)).collect());
        let look = |label: &hashiya::model::Label| format!("{} {:?}", label.light, label.line);
        unique("looks", scheme.labels.iter().map(look).collect());
    }
    expect_none("two labels cannot be told apart", &findings);
}

#[test]
fn presets_speak_every_language() {
    let mut findings = Vec::new();
    for (path, scheme) in presets() {
        let mut spoken = |what: String, texts: &Localised| {
            for language in LANGUAGES {
                if texts.get(*language).is_none_or(|text| text.trim().is_empty()) {
                    findings.push(format!("{path}: {what} has no text in `{language}`"));
                }
            }
        };
        for label in &scheme.labels {
            spoken(format!("name of {}", label.id), &label.name);
            spoken(format!("definition of {}", label.id), &label.definition);
            spoken(format!("help of {}", label.id), &label.help);
        }
        for attribute in &scheme.mention_attributes {
            spoken(format!("name of {}", attribute.id), &attribute.name);
        }
    }
    expect_none("a preset misses a text", &findings);
}
