//! What is handed out may be handed out.

use std::process::Command;

use super::{expect_none, files, root};

/// Licences that ask for no more than their text; the same list as in `deny.toml`.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "BSL-1.0",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "OFL-1.1",
];

#[test]
fn every_font_has_a_licence_entry() {
    let list = std::fs::read_to_string(root().join("assets/fonts/README.md")).unwrap();
    let mut findings = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("assets/fonts")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !matches!(name.rsplit('.').next(), Some("md" | "txt")) {
            count += 1;
            if !list.lines().any(|line| line.starts_with(&format!("| `{name}` |"))) {
                findings.push(name);
            }
        }
    }
    assert!(count > 0, "no bundled font was found");
    assert!(root().join("assets/fonts/LICENSE-OFL.txt").is_file());
    findings.sort();
    expect_none("a bundled font has no entry in assets/fonts/README.md", &findings);
}

#[test]
fn the_lists_of_licences_agree() {
    let deny = files(".", &["deny.toml"]);
    let text = &deny.first().unwrap().text;
    let missing: Vec<String> = PERMISSIVE
        .iter()
        .filter(|name| !text.contains(&format!("\"{name}\"")))
        .map(|name| (*name).to_owned())
        .collect();
    expect_none("a licence is not in deny.toml", &missing);
}

#[test]
fn dependencies_are_permissive() {
    let version = Command::new(env!("CARGO")).args(["version", "--verbose"]).output().unwrap();
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--locked",
            "--all-features",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    let mut findings = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_permissive(licence) {
            findings.push(format!("{} {}: {licence}", package["name"], package["version"]));
        }
        let source = package["source"].as_str().unwrap_or_default();
        if !source.is_empty() && !source.starts_with("registry+https://github.com/rust-lang/crates.io-index") {
            findings.push(format!("{} comes from {source}", package["name"]));
        }
    }
    expect_none("a dependency may not be handed out", &findings);
}

/// Whether one alternative of an SPDX expression asks for permissive licences only. `/` is the old way to write OR.
fn is_permissive(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let mut all = true;
    // AND binds the bracketed groups that dependencies really use: "(A OR B) AND C".
    for part in expression.split(" AND ") {
        let part = part.trim().trim_start_matches('(').trim_end_matches(')');
        all &= part.split(" OR ").any(|name| PERMISSIVE.contains(&name.trim()));
    }
    all
}

#[test]
fn licence_expressions_are_read() {
    assert!(is_permissive("MIT OR GPL-2.0-only"));
    assert!(is_permissive("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_permissive("Apache-2.0/MIT"));
    assert!(!is_permissive("GPL-3.0-only"));
    assert!(!is_permissive("MIT AND GPL-3.0-only"));
}
