//! Limits on untrusted input.

/// What an importer takes at most; the defaults are far beyond honest files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of one line in bytes.
    pub line_bytes: usize,
    /// Length of a label or id in characters.
    pub label_chars: usize,
    /// Labels that the scheme does not know, per import.
    pub new_labels: usize,
    /// Diagnostics that are listed; the rest is counted.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { line_bytes: 64 << 20, label_chars: 1_024, new_labels: 10_000, diagnostics: 1_000 }
    }
}
