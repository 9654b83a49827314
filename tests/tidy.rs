//! The house rules, checked: layers, lengths, characters, words, promises. No rule here needs a compiler plug-in.

mod layers;
mod licences;
mod promises;
mod source;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

/// The package's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A text file of the package: its path with `/` from the root, and its content.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The part before the unit tests, which is what length limits count.
    fn without_tests(&self) -> &str {
        self.text.find("#[cfg(test)]\nmod ").map_or(&self.text, |at| self.text.get(..at).unwrap_or_default())
    }
}

/// Every file below `folder` (from the root) whose name ends in one of `endings`, sorted by path.
fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    let read = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        path: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
    };
    found.into_iter().map(read).collect()
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | ".git" | "corpus" | "artifacts") {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

/// Fails with all findings at once, so that one run shows everything that is to be mended.
fn expect_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}
