//! Importers and exporters, one file per format, found by name in one table ([`registry`]).
//!
//! An importer turns bytes into a neutral [`Exchange`](crate::model::Exchange) and diagnostics; content never fails it.
//! An exporter is shown every article twice: first to say what the format cannot carry, then to write. Nothing here
//! touches a file: callers bring bytes and take bytes away.

pub mod decode;
mod diagnostics;
mod export;
mod file_name;
mod guess;
pub mod jsonl;
pub mod knowledge;
mod limits;
pub mod registry;
mod text;

pub use diagnostics::Findings;
pub use export::{Exporter, LossReport, Output};
pub use file_name::{distinct_file_names, file_name_from_article_name};
pub use guess::guess_language;
pub use limits::Limits;
pub use registry::{Format, FormatError, format_for_export, format_for_import, guess_format};
pub use text::{key_from_file_name, pasted_article};

use std::collections::BTreeMap;

use crate::model::{LabelId, Scheme};

/// A file that was read.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Its base name, as the file system gave it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What an importer is told beside the file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The scheme the project has: labels it does not know become diagnostics.
    pub scheme: Option<Scheme>,
    /// Labels to rename on the way in.
    pub labels: BTreeMap<String, LabelId>,
    /// The unit of offsets, where the file does not say.
    pub unit: Option<jsonl::Unit>,
    /// The encoding of the file, where the user says.
    pub encoding: Option<String>,
    /// Limits on untrusted input.
    pub limits: Limits,
}
