//! Lengths, characters and words of the source.

use super::{expect_none, files};

const MAX_FILE_LINES: usize = 800;

#[test]
fn files_stay_short() {
    let mut findings = Vec::new();
    for source in files("src", &[".rs"]) {
        let lines = source.without_tests().lines().count();
        let limit = if source.path == "src/gui/app.rs" { 300 } else { MAX_FILE_LINES };
        if lines > limit {
            findings.push(format!("{} has {lines} lines without tests, the limit is {limit}", source.path));
        }
    }
    for source in files("tests", &[".rs"]) {
        let lines = source.text.lines().count();
        if lines > MAX_FILE_LINES {
            findings.push(format!("{} has {lines} lines, the limit is {MAX_FILE_LINES}", source.path));
        }
    }
    expect_none("a file is too long", &findings);
}

/// Text outside ASCII stands in string literals only, and where an editor shows the line in the order it is written: one
/// such literal on a line, with no number right after it (which an editor would draw on its other side).
#[test]
fn source_is_ascii_but_for_lone_literals() {
    let mut findings = Vec::new();
    for source in rust_files() {
        for (number, line) in source.text.lines().enumerate() {
            if !line.is_ascii() && !reads_as_written(line) {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    expect_none("text outside ASCII does not stand alone", &findings);
}

fn rust_files() -> Vec<super::Source> {
    let mut all = files("src", &[".rs"]);
    all.extend(files("tests", &[".rs"]));
    all
}

/// Whether the text outside ASCII of a line is one string literal (or a part of one that goes over several lines), and
/// what follows it does not begin with a number.
fn reads_as_written(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with("//") {
        return false;
    }
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        if c == '"' && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    let with_text: Vec<usize> = (0..parts.len()).filter(|idx| !parts[*idx].is_ascii()).collect();
    let [only] = with_text[..] else { return false };
    // Of a literal over several lines, the first part is text where its opening quote is in a line before.
    let continues = only == 0 && !parts[0].contains(" // ");
    let after = parts[only + 1..].concat();
    let next = after.chars().find(|c| c.is_alphanumeric());
    (only % 2 == 1 || continues) && !next.is_some_and(|c| c.is_ascii_digit())
}

/// Controls that change how a line looks, and joiners that cannot be seen, are written as escapes.
#[test]
fn invisible_characters_are_escaped() {
    let invisible = |c: char| {
        matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{ad}' | '\u{a0}')
    };
    let mut findings = Vec::new();
    let mut sources = rust_files();
    sources.extend(files("assets", &[".ftl", ".ron"]));
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(c) = line.chars().find(|c| invisible(*c)) {
                findings.push(format!("{}:{}: U+{:04X}", source.path, number + 1, u32::from(c)));
            }
        }
    }
    expect_none("an invisible character is not escaped", &findings);
}

#[test]
fn lints_are_expected_with_a_reason_never_allowed() {
    let needle = concat!("#[", "allow");
    let inner = concat!("#![", "allow");
    let mut findings = Vec::new();
    for source in rust_files() {
        for (number, line) in source.text.lines().enumerate() {
            if line.contains(needle) || line.contains(inner) {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    expect_none("a lint is silenced for good", &findings);
}

#[test]
fn nothing_is_left_undone() {
    let needles = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("not yet ", "implemented"),
        concat!("#[ign", "ore"),
    ];
    let mut findings = Vec::new();
    for source in rust_files() {
        for (number, line) in source.text.lines().enumerate() {
            let words = || line.split(|c: char| !c.is_alphanumeric() && !"!(_#[".contains(c));
            if needles
                .iter()
                .any(|needle| words().any(|word| word == *needle) || needle.contains(' ') && line.contains(needle))
            {
                findings.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    expect_none("something is left undone", &findings);
}

/// The package must make sense alone: it names no path or page that a reader of it does not have.
#[test]
fn the_repository_speaks_for_itself() {
    let forbidden = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("../sha", "red"),
        concat!("sha", "red/samples"),
        concat!("sha", "red/specs"),
        concat!("sha", "red/design"),
        concat!("sha", "red/fixtures"),
        concat!("team", ".md"),
        concat!("architecture", ".md"),
        concat!("text-engine", ".md"),
        concat!("annotation-scheme", ".md"),
        concat!("project-format", ".md"),
        concat!("ui", ".md"),
        concat!("c", "li.md"),
        concat!("models", ".md"),
        concat!("this ", "session's brief"),
        concat!("iss", "ue 10"),
        concat!("lang", "uage model"),
        concat!("Clau", "de"),
        concat!("Chat", "GPT"),
    ];
    let mut findings = Vec::new();
    let endings = [".rs", ".md", ".toml", ".ron", ".ftl", ".txt", ".json", ".jsonl", ".sh", "run"];
    for source in files(".", &endings) {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(word) = forbidden.iter().find(|word| holds_word(line, word)) {
                findings.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    expect_none("the repository names what is not in it", &findings);
}

/// Whether `line` holds `word` with no letter or digit right before it (a page is not named by a longer name).
fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        !word.starts_with(char::is_alphanumeric) || !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
    })
}

#[test]
fn lines_that_read_as_written_are_recognised() {
    assert!(reads_as_written("    \"\u{648}\","));
    assert!(reads_as_written("\"\u{648} \\\" 7 \u{648}\""));
    assert!(reads_as_written("check(\"76\", true, \"\u{648} 76\");"));
    assert!(reads_as_written("check(\"\u{648}\", true);"));
    assert!(reads_as_written("\u{648} goes on\\"));
    assert!(!reads_as_written("check(\"\u{648}\", 1);"));
    assert!(!reads_as_written("check(\"\u{648}\", \"76\");"));
    assert!(!reads_as_written("// \u{648}"));
    assert!(!reads_as_written("let a = 1; // \u{648}"));
    assert!(!reads_as_written("\"\u{648}\", \"\u{648}\","));
}
