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

/// Messages of one language: id, then the variables it uses.
#[cfg(feature = "gui")]
fn messages(language: &str) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
    use fluent_syntax::ast::Entry;

    let mut all = std::collections::BTreeMap::new();
    for source in files(&format!("assets/i18n/{language}"), &[".ftl"]) {
        let parsed = fluent_syntax::parser::parse(source.text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", source.path));
        for entry in parsed.body {
            if let Entry::Message(message) = entry {
                let before = all.insert(message.id.name.to_owned(), variables(&format!("{:?}", message.value)));
                assert!(before.is_none(), "{}: {} stands twice", source.path, message.id.name);
            }
        }
    }
    assert!(!all.is_empty(), "no messages in `{language}`");
    all
}

/// The names in `VariableReference { id: Identifier { name: "n" } }` of a syntax tree printed for debugging.
#[cfg(feature = "gui")]
fn variables(tree: &str) -> std::collections::BTreeSet<String> {
    let after = tree.split("VariableReference").skip(1);
    after.filter_map(|rest| rest.split('"').nth(1)).map(str::to_owned).collect()
}

#[cfg(feature = "gui")]
#[test]
fn every_message_stands_in_every_language_with_the_same_variables() {
    let english = messages("en");
    let mut findings = Vec::new();
    for language in LANGUAGES {
        let other = messages(language);
        for (id, used) in &english {
            match other.get(id) {
                None => findings.push(format!("`{language}` lacks {id}")),
                Some(theirs) if theirs != used => {
                    findings.push(format!("`{language}` uses {theirs:?} in {id}, not {used:?}"));
                }
                Some(_) => {}
            }
        }
        findings.extend(
            other.keys().filter(|id| !english.contains_key(*id)).map(|id| format!("only `{language}` has {id}")),
        );
    }
    expect_none("the message files differ", &findings);
}

/// String literals of a source, without escapes: good enough for ids, which are plain ASCII.
#[cfg(feature = "gui")]
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).filter(|part| part.len() < 60)
}

#[cfg(feature = "gui")]
#[test]
fn every_message_is_used() {
    let sources = files("src", &[".rs"]);
    let used: std::collections::BTreeSet<&str> = sources.iter().flat_map(|source| literals(&source.text)).collect();
    // `format!("region-{kind}")` uses all messages that begin so.
    let begun: Vec<&str> = used.iter().filter_map(|text| text.split_once("-{")).map(|(head, _)| head).collect();
    let is_used = |id: &str| {
        used.contains(id) || begun.iter().any(|head| !head.is_empty() && id.starts_with(&format!("{head}-")))
    };
    let unused: Vec<String> = messages("en").into_keys().filter(|id| !is_used(id)).collect();
    expect_none("a message is used nowhere", &unused);
}

#[cfg(feature = "gui")]
#[test]
fn every_used_message_exists() {
    let known = messages("en");
    let mut findings = Vec::new();
    for source in files("src/gui", &[".rs"]) {
        let code = source.without_tests();
        for call in ["i18n.text(\"", "i18n.with(\"", "i18n().text(\"", "i18n().with(\""] {
            for rest in code.split(call).skip(1) {
                let id = rest.split('"').next().unwrap_or_default();
                if !known.contains_key(id) {
                    findings.push(format!("{}: {id}", source.path));
                }
            }
        }
    }
    expect_none("a message does not exist", &findings);
}

#[cfg(feature = "gui")]
#[test]
fn every_command_has_title_help_and_key_text_in_each_language() {
    let mut findings = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for spec in hashiya::gui::command::all() {
        assert!(names.insert(spec.name), "two commands are called {}", spec.name);
        for language in LANGUAGES {
            let known = messages(language);
            for id in [spec.title, spec.help] {
                if !known.contains_key(id) {
                    findings.push(format!("`{language}` lacks {id}"));
                }
            }
        }
        for chord in spec.keys {
            let text = chord.to_text();
            if hashiya::gui::command::Chord::from_text(&text) != Some(*chord) || chord.caption().is_empty() {
                findings.push(format!("{}: the key {text} cannot be written", spec.name));
            }
        }
    }
    expect_none("a command lacks words", &findings);
}
