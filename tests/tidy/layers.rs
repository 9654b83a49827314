//! Each module names only what lies under it.

use super::{Source, expect_none, files};

/// Module, then the modules it may name besides itself. A new arrow is a reviewed edit of this table.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("env", &[]),
    ("model", &["text", "env"]),
    ("layout", &["text", "env"]),
    ("edit", &["model", "text", "env"]),
    ("storage", &["edit", "model", "text", "env"]),
    ("formats", &["edit", "model", "text", "env"]),
    ("session", &["storage", "formats", "edit", "model", "text", "env"]),
    ("cli", &["session", "storage", "formats", "edit", "model", "text", "env"]),
    ("gui", &["session", "storage", "formats", "edit", "model", "layout", "text", "env"]),
];

/// Files that may name one module more: the geometry dump is a command, and shows the reader's own layout.
const EXCEPTIONS: &[(&str, &str)] = &[("src/cli/layout.rs", "layout")];

/// Crates that only one module may name.
const OWNED_CRATES: &[(&str, &[&str])] = &[
    ("egui", &["gui"]),
    ("eframe", &["gui"]),
    ("epaint", &["gui"]),
    ("accesskit", &["gui"]),
    ("rfd", &["gui"]),
    ("parley", &["layout"]),
    ("swash", &["layout"]),
    ("clap", &["cli"]),
    ("egui_plot", &["gui"]),
    ("postcard", &["storage"]),
];

fn layer(path: &str) -> &str {
    let rest = path.trim_start_matches("src/");
    rest.split(['/', '.']).next().unwrap_or_default()
}

/// Code without comment lines, so that documentation may point anywhere.
fn code_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules that `crate::` paths of one line name: `crate::a::B` and `crate::{a::B, c}`.
fn named(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in line.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_usize;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                    _ if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(rest.to_owned());
        }
    }
    let first = |name: String| name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned);
    names.into_iter().filter_map(first).filter(|name| !name.is_empty()).collect()
}

#[test]
fn layers_name_only_what_lies_under_them() {
    let mut findings = Vec::new();
    for source in files("src", &[".rs"]) {
        let own = layer(&source.path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            findings.push(format!("{}: module `{own}` is not in the table of layers", source.path));
            continue;
        };
        for (number, line) in code_lines(&source) {
            for name in named(line) {
                let known = LAYERS.iter().any(|(layer, _)| *layer == name);
                let excepted = EXCEPTIONS.contains(&(source.path.as_str(), name.as_str()));
                if known && name != own && !allowed.contains(&name.as_str()) && !excepted {
                    findings.push(format!("{}:{}: `{own}` names `{name}`", source.path, number + 1));
                }
            }
        }
    }
    expect_none("a layer names what does not lie under it", &findings);
}

#[test]
fn outside_crates_stay_in_their_layer() {
    let mut findings = Vec::new();
    for source in files("src", &[".rs"]) {
        let own = layer(&source.path);
        for (number, line) in code_lines(&source) {
            for (name, owners) in OWNED_CRATES {
                let named = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').any(|word| {
                    word.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"))
                        || word.strip_prefix("::").and_then(|word| word.strip_prefix(name)).is_some()
                });
                if named && !owners.contains(&own) && own != "main" {
                    findings.push(format!("{}:{}: `{own}` names the crate `{name}`", source.path, number + 1));
                }
            }
        }
    }
    expect_none("a crate is named outside its layer", &findings);
}

/// Invariant: everything below `storage`, and `formats`, gets bytes and `Env` from callers.
#[test]
fn the_core_does_no_io() {
    const FORBIDDEN: &[&str] = &[
        "std::fs",
        "std::net",
        "std::process::Command",
        "std::env::",
        "SystemTime",
        "Instant",
        "std::thread",
        "getrandom::",
    ];
    let mut findings = Vec::new();
    for source in files("src", &[".rs"]) {
        if matches!(layer(&source.path), "text" | "model" | "layout" | "edit" | "formats") {
            for (number, line) in code_lines(&source) {
                for word in FORBIDDEN.iter().filter(|word| line.contains(**word)) {
                    findings.push(format!("{}:{}: {word}", source.path, number + 1));
                }
            }
        }
    }
    expect_none("the core touches the outside", &findings);
}

/// Invariant: the reader translates annotations into marks on spans; layout sees strings, model sees no pixels.
#[test]
fn layout_knows_no_annotation() {
    let mut findings = Vec::new();
    for source in files("src/layout", &[".rs"]) {
        for (number, line) in code_lines(&source) {
            for word in ["Mention", "Annotation", "Claim", "Stance", "Label"] {
                if line.split(|c: char| !c.is_alphanumeric()).any(|found| found == word) {
                    findings.push(format!("{}:{}: {word}", source.path, number + 1));
                }
            }
        }
    }
    for source in files("src/model", &[".rs"]) {
        for (number, line) in code_lines(&source).filter(|(_, line)| line.contains("_px")) {
            findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
        }
    }
    expect_none("layout and model know each other", &findings);
}

/// Invariant: panels see the session through a shared reference and push commands.
#[test]
fn panels_read_and_ask() {
    let mut findings = Vec::new();
    for folder in ["src/gui/panels", "src/gui/reader", "src/gui/widgets"] {
        for source in files(folder, &[".rs"]) {
            let code = Source { text: source.without_tests().to_owned(), path: source.path.clone() };
            for (number, line) in code_lines(&code) {
                if line.contains("&mut Session") || line.contains("session.run(") {
                    findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
                }
            }
        }
    }
    expect_none("a panel changes the session itself", &findings);
}

#[test]
fn the_scanner_sees_paths() {
    assert_eq!(named("use crate::text::Span;"), ["text"]);
    assert_eq!(named("use crate::{edit::{A, B}, model};"), ["edit", "model"]);
    assert_eq!(named("fn f(a: crate::gui::A, b: crate::cli::B) {}"), ["gui", "cli"]);
    assert!(named("let x = 1;").is_empty());
}
