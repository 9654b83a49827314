//! The one table of formats.

use super::{Exporter, ImportOptions, SourceFile, jsonl, text};
use crate::model::{Diagnostic, Exchange};

/// Reads a file.
pub type Import = fn(&SourceFile<'_>, &ImportOptions) -> (Exchange, Vec<Diagnostic>);
/// Makes an exporter.
pub type Export = fn() -> Box<dyn Exporter>;

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What its files end with, with the dot, longest first.
    pub endings: &'static [&'static str],
    /// Whether it is a format to read, and how, once that is built.
    pub import: Direction<Import>,
    /// Whether it is a format to write, and how, once that is built.
    pub export: Direction<Export>,
}

/// One direction of a format.
#[derive(Clone, Copy, Debug)]
pub enum Direction<F> {
    /// The format has no such direction.
    No,
    /// Planned, not built.
    NotYet,
    /// Works.
    Yes(F),
}

/// Why a format cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// No format has this name.
    #[error("no format is called {name:?}; this version has {available}")]
    Unknown {
        /// The name as given.
        name: String,
        /// What there is.
        available: String,
    },
    /// The format is planned.
    #[error("the format {name} is not available yet; this version has {available}")]
    NotYet {
        /// Its name.
        name: String,
        /// What there is.
        available: String,
    },
    /// The format is for the other direction only.
    #[error("the format {name} can only be {only}; to {wanted}, this version has {available}")]
    OtherDirection {
        /// Its name.
        name: String,
        /// `imported` or `exported`.
        only: &'static str,
        /// `import` or `export`.
        wanted: &'static str,
        /// What there is.
        available: String,
    },
}

const fn both(name: &'static str, endings: &'static [&'static str]) -> Format {
    Format { name, endings, import: Direction::NotYet, export: Direction::NotYet }
}

const fn read_only(name: &'static str, endings: &'static [&'static str]) -> Format {
    Format { name, endings, import: Direction::NotYet, export: Direction::No }
}

/// Every format this program knows of.
pub const FORMATS: &[Format] = &[
    Format {
        name: "hashiya-jsonl",
        endings: &[".hashiya.jsonl"],
        import: Direction::Yes(jsonl::read),
        export: Direction::Yes(jsonl::exporter),
    },
    Format {
        name: "text",
        endings: &[".txt", ".text"],
        import: Direction::Yes(text::read),
        export: Direction::Yes(text::exporter),
    },
    both("doccano", &[]),
    both("label-studio", &[]),
    both("spacy-jsonl", &[]),
    both("docbin", &[".spacy"]),
    both("prodigy", &[]),
    both("brat", &[".ann"]),
    both("webanno-tsv", &[".tsv"]),
    both("cas-json", &[]),
    both("xmi", &[".xmi"]),
    both("conll", &[".conll"]),
    both("conllu", &[".conllu"]),
    both("hf-jsonl", &[]),
    both("hf-parquet", &[]),
    both("gliner", &[]),
    both("w3c", &[".jsonld"]),
    both("stam", &[]),
    both("tei", &[".tei"]),
    both("csv", &[]),
    both("claim-stance-pairs", &[]),
    both("arastance", &[]),
    both("fever", &[]),
    both("checkthat", &[]),
    read_only("html", &[".html", ".htm"]),
    read_only("jsonl", &[".jsonl", ".ndjson"]),
    read_only("json", &[".json"]),
    read_only("csv-articles", &[".csv"]),
    read_only("rss", &[".rss"]),
    read_only("newsml", &[]),
    read_only("nitf", &[]),
    read_only("warc", &[".warc"]),
    read_only("parquet", &[".parquet"]),
];

fn names(works: impl Fn(&Format) -> bool) -> String {
    let names: Vec<&str> = FORMATS.iter().filter(|format| works(format)).map(|format| format.name).collect();
    names.join(" and ")
}

fn find(name: &str, available: &dyn Fn() -> String) -> Result<&'static Format, FormatError> {
    FORMATS
        .iter()
        .find(|format| format.name == name)
        .ok_or_else(|| FormatError::Unknown { name: name.to_owned(), available: available() })
}

/// The reader of the format called `name`.
///
/// # Errors
/// [`FormatError`]: unknown, not available yet, or only for export.
pub fn format_for_import(name: &str) -> Result<Import, FormatError> {
    let available = || names(|format| matches!(format.import, Direction::Yes(_)));
    match find(name, &available)?.import {
        Direction::Yes(import) => Ok(import),
        Direction::NotYet => Err(FormatError::NotYet { name: name.to_owned(), available: available() }),
        Direction::No => Err(FormatError::OtherDirection {
            name: name.to_owned(),
            only: "exported",
            wanted: "import",
            available: available(),
        }),
    }
}

/// The writer of the format called `name`.
///
/// # Errors
/// [`FormatError`]: unknown, not available yet, or only for import.
pub fn format_for_export(name: &str) -> Result<Box<dyn Exporter>, FormatError> {
    let available = || names(|format| matches!(format.export, Direction::Yes(_)));
    match find(name, &available)?.export {
        Direction::Yes(export) => Ok(export()),
        Direction::NotYet => Err(FormatError::NotYet { name: name.to_owned(), available: available() }),
        Direction::No => Err(FormatError::OtherDirection {
            name: name.to_owned(),
            only: "imported",
            wanted: "export",
            available: available(),
        }),
    }
}

/// The name of the format a file seems to have: by its ending, longest first, and else by its first bytes.
///
/// Files with unknown endings are text, unless they begin with the header of our own format.
#[must_use]
pub fn guess_format(file: &SourceFile<'_>) -> &'static str {
    if jsonl::has_header(file.bytes) {
        return "hashiya-jsonl";
    }
    let name = file.name.to_lowercase();
    let endings = FORMATS.iter().flat_map(|format| format.endings.iter().map(move |ending| (*ending, format.name)));
    let mut fitting: Vec<_> = endings.filter(|(ending, _)| name.ends_with(ending)).collect();
    fitting.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    fitting.first().map_or("text", |(_, format)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_errors_say_what_there_is() {
        let names: std::collections::BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        let error = format_for_import("brat").unwrap_err().to_string();
        assert_eq!(error, "the format brat is not available yet; this version has hashiya-jsonl and text");
        let error = format_for_export("word").err().unwrap().to_string();
        assert_eq!(error, "no format is called \"word\"; this version has hashiya-jsonl and text");
        assert!(matches!(format_for_export("html"), Err(FormatError::OtherDirection { only: "imported", .. })));
    }

    #[test]
    fn a_format_is_guessed_from_ending_or_header() {
        let guess = |name, bytes: &str| guess_format(&SourceFile { name, bytes: bytes.as_bytes() });
        assert_eq!(guess("a.txt", "text"), "text");
        assert_eq!(guess("a", "text"), "text");
        assert_eq!(guess("A.HASHIYA.JSONL", "{}"), "hashiya-jsonl");
        assert_eq!(guess("a.jsonl", "{}"), "jsonl");
        assert_eq!(guess("a.jsonl", "{\"hashiya_jsonl\":1}\n"), "hashiya-jsonl");
        assert_eq!(guess("a.json", "{}"), "json");
    }
}
