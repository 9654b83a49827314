//! The article itself: its regions, facts, fields and status.

use std::collections::BTreeSet;

use super::super::{AttributeId, RegionState, Status};
use super::{About, Findings, Rule};
use crate::text::Span;

impl Findings<'_> {
    pub(super) fn of_article(&mut self) {
        self.on(About::Article, None);
        self.of_facts();
        for (field, value) in &self.set.fields {
            self.attribute(&self.around.scheme.document_fields, None, &AttributeId::from(field.as_str()), value);
        }
        if self.set.status == Status::Skipped && self.set.status_reason.trim().is_empty() {
            self.add(Rule::SkippedWithoutReason, Vec::new());
        }
        self.of_regions();
        self.on(About::Article, None);
    }

    fn of_facts(&mut self) {
        let facts = &self.article.facts;
        if !is_date(&facts.date) {
            self.add(Rule::DateShape, vec![("value", facts.date.clone())]);
        }
        if !is_language(&facts.language) {
            self.add(Rule::LanguageShape, vec![("value", facts.language.clone())]);
        }
    }

    fn of_regions(&mut self) {
        let mut seen = BTreeSet::new();
        for region in &self.article.facts.regions {
            self.on(About::Article, Some(region.span));
            if region.span.slice(&self.article.text).is_none() {
                self.add_on(Rule::OffsetOutOfText, &region.span.to_string());
            }
            if seen.iter().any(|other: &Span| other.overlaps(region.span)) {
                self.add(Rule::OverlappingRegions, Vec::new());
            }
            seen.insert(region.span);
        }
        let is_done = matches!(self.set.status, Status::Done | Status::InReview | Status::Adjudicated);
        let proposed = self.article.facts.regions.iter().find(|region| region.state == RegionState::Proposed);
        if let Some(region) = proposed.filter(|_| is_done) {
            self.on(About::Article, Some(region.span));
            self.add(Rule::RegionsProposed, Vec::new());
        }
    }
}

/// Whether `text` is empty or begins like an ISO date: year, year and month, or a full date.
fn is_date(text: &str) -> bool {
    let mut parts = text.split(['T', ' ']).next().unwrap_or_default().split('-');
    let is_number = |part: &str, len: usize, most: u32| {
        let digits = part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        digits && part.parse().is_ok_and(|number: u32| number <= most)
    };
    let limits = [(4, 9999), (2, 12), (2, 31)];
    text.is_empty()
        || (limits.iter().all(|(len, most)| parts.next().is_none_or(|part| is_number(part, *len, *most)))
            && parts.next().is_none())
}

/// Whether `tag` is empty or looks like BCP 47: parts of one to eight letters or digits, the first of letters.
fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    tag.is_empty()
        || (tag.split('-').all(is_part) && first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_languages_have_a_shape() {
        for good in ["", "2026", "2026-11", "2026-11-24", "2026-11-24T09:00:00Z"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["24.11.2026", "2026-13", "2026-1-1", "yesterday", "2026-11-24-1"] {
            assert!(!is_date(bad), "{bad}");
        }
        for good in ["", "ar", "en-GB", "zh-Hant", "arz"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["Arabic language", "a", "en_GB", "-", "1a"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
