//! Who made an annotation, when, and how it came about.

use serde::{Deserialize, Serialize};

use super::AnnotatorId;
use crate::env::Timestamp;

/// Origin of one annotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Who made or accepted it.
    pub by: AnnotatorId,
    /// When; for people, no rule reads it.
    pub at: Timestamp,
    /// How it came about.
    pub origin: Origin,
}

/// How an annotation came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Origin {
    /// A person marked it.
    Manual,
    /// It came with a file.
    Imported {
        /// Base name of the file or name of the tool, as far as known.
        source: String,
    },
    /// A person accepted what a machine proposed.
    Suggested {
        /// Model or file.
        source: String,
        /// The machine's score, 0 to 1, as thousandths, so that no float is stored.
        score_permille: Option<u16>,
        /// Whether the person changed it before accepting.
        edited: bool,
    },
    /// Copied from an equal string elsewhere.
    Propagated {
        /// The mention it was copied from.
        from: String,
    },
    /// Decided by a curator.
    Curated {
        /// The annotations it was made from, `annotator/id`.
        from: Vec<String>,
    },
}

impl Provenance {
    /// The provenance of something that `by` makes by hand now.
    #[must_use]
    pub fn manual(by: AnnotatorId, at: Timestamp) -> Self {
        Self { by, at, origin: Origin::Manual }
    }
}
