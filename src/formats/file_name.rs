//! File names made from article names: any name in, a safe and distinct file name out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Longest file name that is made, in bytes, without its ending.
const LONGEST_BYTES: usize = 150;

/// A file name without ending for an article called `name`: everything but `[A-Za-z0-9._-]` is percent-encoded, as are
/// leading dots and names that Windows keeps for devices; long names become a prefix and a hash.
#[must_use]
pub fn file_name_from_article_name(name: &str) -> String {
    let reserved = is_reserved_on_windows(name);
    let mut out = String::new();
    for (index, byte) in name.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if plain && !(index == 0 && (byte == b'.' || reserved)) {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    if out.is_empty() {
        out.push('%');
    }
    if out.len() > LONGEST_BYTES {
        let hash = blake3::hash(name.as_bytes()).to_hex();
        let mut prefix: String = out.chars().take(LONGEST_BYTES - 17).collect();
        // Never cut through a percent sign and its two digits.
        if let Some(at) = prefix.rfind('%').filter(|at| prefix.len() - at < 3) {
            prefix.truncate(at);
        }
        out = format!("{prefix}-{}", hash.as_str().get(..16).unwrap_or_default());
    }
    out
}

fn is_reserved_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// File names for articles, in order, distinct even where case does not count: the second of two equal ones gets `~2`.
#[must_use]
pub fn distinct_file_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut out = Vec::new();
    for name in names {
        let base = file_name_from_article_name(name);
        let mut candidate = base.clone();
        let mut number = 2;
        while !taken.insert(candidate.to_ascii_lowercase()) {
            candidate = format!("{base}~{number}");
            number += 1;
        }
        out.push(candidate);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, file: &str) {
        assert_eq!(file_name_from_article_name(name), file);
    }

    #[test]
    fn names_are_safe() {
        check("a-1_b.txt", "a-1_b.txt");
        check("../etc/passwd", "%2E./%2F".replace("./%2F", ".%2Fetc%2Fpasswd").as_str());
        check(".hidden", "%2Ehidden");
        check("con", "%63on");
        check("LPT1.txt", "%4CPT1.txt");
        check("context", "context");
        check("a b~c", "a%20b%7Ec");
        check("\u{628}", "%D8%A8");
        check("", "%");
    }

    #[test]
    fn long_names_are_cut_and_stay_distinct() {
        let (a, b) = (format!("{}a", "\u{628}".repeat(100)), format!("{}b", "\u{628}".repeat(100)));
        let (a, b) = (file_name_from_article_name(&a), file_name_from_article_name(&b));
        assert!(a.len() <= LONGEST_BYTES && a != b);
        assert!(a.rsplit_once('-').unwrap().0.ends_with("%D8") || a.rsplit_once('-').unwrap().0.ends_with("%A8"));
    }

    #[test]
    fn equal_after_case_folding_is_numbered() {
        assert_eq!(distinct_file_names(["A", "a", "b", "A"]), ["A", "a~2", "b", "A~3"]);
    }
}
