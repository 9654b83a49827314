//! How RON is written and read: one shape going out, and a strict reader coming in.
//!
//! The reader refuses what the `ron` crate lets pass: keys that stand twice in a map, and nesting without end. Unknown
//! fields are refused by `deny_unknown_fields` on the types.

use std::collections::BTreeSet;
use std::path::Path;

use ::ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// Brackets that may be open at once.
const DEPTH_LIMIT: usize = 100;

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RonError {
    /// Line, from 1.
    pub(super) line: usize,
    /// Column in characters, from 1.
    pub(super) column: usize,
    /// What is wrong.
    pub(super) reason: String,
    /// The text keeps the rules of RON, but the types of this version do not fit it: a later version may know more.
    pub(super) is_unknown: bool,
}

/// A value on one line, as journals hold it. Line breaks inside strings are escaped.
pub(super) fn to_line<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    ::ron::to_string(value).map_err(|source| StoreError::Unwritable { what, source })
}

/// A value as a file of its own: two spaces, one value a line, final LF.
pub(super) fn to_file<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    let config = PrettyConfig::new().new_line("\n").indentor("  ").separate_tuple_members(false);
    let mut text =
        ::ron::ser::to_string_pretty(value, config).map_err(|source| StoreError::Unwritable { what, source })?;
    text.push('\n');
    Ok(text)
}

/// Reads a whole file.
pub(super) fn from_file<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, StoreError> {
    let damaged = |error: RonError| StoreError::Damaged {
        path: path.to_owned(),
        line: Some(error.line),
        column: Some(error.column),
        reason: error.reason,
    };
    from_text(utf8(bytes).map_err(damaged)?).map_err(damaged)
}

/// Reads a text.
pub(super) fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, RonError> {
    scan(text)?;
    ::ron::Options::default().from_str(text).map_err(|error| RonError {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
        is_unknown: true,
    })
}

/// The bytes as text, or where they stop being UTF-8.
fn utf8(bytes: &[u8]) -> Result<&str, RonError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let (line, column) = position(&String::from_utf8_lossy(valid), error.valid_up_to());
        RonError { line, column, reason: "the bytes here are not UTF-8".into(), is_unknown: false }
    })
}

/// Line and column of a byte, both from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before.get(line_start..).unwrap_or_default().chars().count() + 1)
}

/// An open bracket.
enum Open {
    /// Of a map: the keys so far, and where the key starts that is being read, if one is.
    Map {
        keys: BTreeSet<String>,
        key_start: Option<usize>,
    },
    Other,
}

/// Looks for keys that stand twice and for nesting without end. Everything else is left to the parser.
fn scan(text: &str) -> Result<(), RonError> {
    let bytes = text.as_bytes();
    let refuse = |at: usize, reason: String| {
        let (line, column) = position(text, at);
        Err(RonError { line, column, reason, is_unknown: false })
    };
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = match byte {
            b'"' => after_string(bytes, at),
            b'r' if starts_raw_string(bytes, at) => after_raw_string(bytes, at),
            b'\'' => after_char(bytes, at),
            b'/' => after_comment(bytes, at),
            _ => at + 1,
        };
        match byte {
            b'(' | b'[' => open.push(Open::Other),
            b'{' => open.push(Open::Map { keys: BTreeSet::new(), key_start: Some(at + 1) }),
            b')' | b']' | b'}' => {
                open.pop();
            }
            b',' => {
                if let Some(Open::Map { key_start, .. }) = open.last_mut() {
                    *key_start = Some(at + 1);
                }
            }
            b':' => {
                if let Some(Open::Map { keys, key_start }) = open.last_mut()
                    && let Some(start) = key_start.take()
                    && !keys.insert(plain_key(text.get(start..at).unwrap_or_default()))
                {
                    let key = text.get(start..at).unwrap_or_default().trim();
                    return refuse(start, format!("the key {key} stands twice in one map; keep one of them"));
                }
            }
            _ => {}
        }
        if open.len() > DEPTH_LIMIT {
            return refuse(at, format!("more than {DEPTH_LIMIT} brackets are open at once"));
        }
        at = next;
    }
    Ok(())
}

/// A key as it reads after unescaping, so that two spellings of one key are one.
fn plain_key(written: &str) -> String {
    let written = written.trim();
    ::ron::from_str::<String>(written).unwrap_or_else(|_| written.to_owned())
}

fn after_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn starts_raw_string(bytes: &[u8], start: usize) -> bool {
    let in_word = start.checked_sub(1).and_then(|before| bytes.get(before));
    if in_word.is_some_and(|byte| (byte.is_ascii_alphanumeric() && *byte != b'b') || *byte == b'_') {
        return false;
    }
    let rest = bytes.get(start + 1..).unwrap_or_default();
    rest.iter().find(|byte| **byte != b'#') == Some(&b'"')
}

fn after_raw_string(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
    let mut at = start + 2 + hashes;
    while let Some(byte) = bytes.get(at) {
        let closing = bytes.get(at + 1..at + 1 + hashes).unwrap_or_default();
        if *byte == b'"' && closing.len() == hashes && closing.iter().all(|byte| *byte == b'#') {
            return at + 1 + hashes;
        }
        at += 1;
    }
    bytes.len()
}

fn after_char(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\'' if at > start + 1 => return at + 1,
            b'\n' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn after_comment(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start + 1) {
        Some(b'/') => {
            let rest = bytes.get(start..).unwrap_or_default();
            rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |len| start + len)
        }
        Some(b'*') => {
            let (mut at, mut depth) = (start + 2, 1_usize);
            while depth > 0 && at < bytes.len() {
                match bytes.get(at..at + 2) {
                    Some(b"/*") => (at, depth) = (at + 2, depth + 1),
                    Some(b"*/") => (at, depth) = (at + 2, depth - 1),
                    _ => at += 1,
                }
            }
            at
        }
        _ => start + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Map = BTreeMap<String, Vec<u32>>;

    #[test]
    fn duplicate_keys_and_depth_are_refused_with_line_and_column() {
        let check = |text: &str, expect: Result<(), (usize, usize)>| {
            let found = from_text::<Map>(text).map(|_| ()).map_err(|error| (error.line, error.column));
            assert_eq!(found, expect, "{text}");
        };
        check(r#"{"a": [1], "b": [2]}"#, Ok(()));
        check("{\"a\": [1],\n \"a\": [2]}", Err((1, 11)));
        check(r#"{"a": [1], "\u{61}": [2]}"#, Err((1, 11)));
        check(r##"{"a": [1], r#"a"#: [2]}"##, Err((1, 11)));
        check("{/* \"a\": */ \"a\": [1], // \"a\": [2]\n}", Ok(()));
        check(r#"{"a:{": [1], "}": [2]}"#, Ok(()));
        check("{\"a\": [x]}", Err((1, 8)));
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let deep = "[".repeat(100_000);
        let error = from_text::<Map>(&deep).unwrap_err();
        assert!(error.reason.contains("brackets") && !error.is_unknown);
    }

    #[test]
    fn the_reader_takes_bytes_that_are_no_text() {
        let error = from_file::<Map>(Path::new("x.ron"), b"{\n\xff}").unwrap_err();
        assert_eq!(error.to_string(), "x.ron:2:1: the bytes here are not UTF-8");
    }

    #[test]
    fn files_are_written_one_value_a_line() {
        let map = Map::from([("a".to_owned(), vec![1, 2])]);
        assert_eq!(to_file("map", &map).unwrap(), "{\n  \"a\": [\n    1,\n    2,\n  ],\n}\n");
        assert_eq!(to_line("map", &map).unwrap(), "{\"a\":[1,2]}");
    }
}
