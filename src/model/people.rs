//! Annotators and what they say about themselves.

use serde::{Deserialize, Serialize};

/// What an annotator says about themselves; the id is elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name as people write it, any script.
    pub display_name: String,
}
