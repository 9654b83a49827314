//! What of a scraped article is noise (the scheme's section 7): detect, propose, keep.

use super::{Region, RegionKind, RegionState};
use crate::text::{Span, paragraphs};

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    /// Whole lines, in text order, disjoint, all proposed.
    pub regions: Vec<Region>,
    /// Quality flags, sorted.
    pub quality_flags: Vec<String>,
    /// News agencies named in credit lines, in order of appearance.
    pub agencies: Vec<String>,
}

/// Proposes regions for a plain text.
#[must_use]
pub fn detect_regions(text: &str) -> Detection {
    let blank = |line: &&Span| line.slice(text).is_some_and(|line| line.trim().is_empty() && !line.is_empty());
    let lines = paragraphs(text);
    let regions = lines.iter().filter(blank).map(|line| Region {
        kind: RegionKind::Blank,
        span: *line,
        include: false,
        state: RegionState::Proposed,
        duplicate_of: None,
    });
    Detection { regions: regions.collect(), ..Detection::default() }
}
