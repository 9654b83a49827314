//! What somebody wants to see of the catalogue, and in which order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::RowFacts;
use crate::model::{AnnotatorId, Status};

/// All statuses, in the order of work.
pub const STATUSES: [Status; 6] =
    [Status::New, Status::InProgress, Status::InReview, Status::Done, Status::Adjudicated, Status::Skipped];

/// By what rows are ordered; equal ones stand as in the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// As in the project.
    #[default]
    Project,
    /// By title, in dictionary order of the folded letters.
    Title,
    /// By publisher.
    Outlet,
    /// By date; articles without one come last.
    Date,
    /// By status, in the order of work.
    Status,
    /// By number of own mentions.
    Mentions,
    /// By number of own claims.
    Claims,
    /// By number of own stances.
    Stances,
}

/// A filter and an order. The default lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words of the title; all of them.
    pub find: String,
    /// Only these statuses; empty means any.
    pub statuses: BTreeSet<Status>,
    /// Only what is not finished.
    pub open: bool,
    /// Only these publishers; empty means any.
    pub outlets: BTreeSet<String>,
    /// Only these languages; empty means any.
    pub languages: BTreeSet<String>,
    /// Not before this date (ISO, or its beginning); empty means any.
    pub from: String,
    /// Not after this date; empty means any.
    pub to: String,
    /// Only with an own mention of one of these labels (bits over the scheme's labels); 0 means any.
    pub labels: u64,
    /// Only marked ones.
    pub flagged: bool,
    /// Only where a region is left out or uncertain.
    pub noisy: bool,
    /// Only where one of these other annotators has work; empty means any.
    pub annotators: BTreeSet<AnnotatorId>,
    /// Only where there is own work; together with `annotators`, one of them is enough.
    pub own_work: bool,
    /// Only what the assignment plan gives to the own annotator.
    pub mine: bool,
    /// Only articles of which there are others with the same, or nearly the same, text.
    pub repeated: bool,
    /// The order.
    pub sort: SortKey,
    /// Whether the order is turned round.
    pub descending: bool,
}

impl Query {
    /// Whether rows may be left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let open = Self { sort: self.sort, descending: self.descending, ..Self::default() };
        *self != open
    }

    /// Whether a row passes everything that its facts can say.
    pub(super) fn lets_through(&self, facts: &RowFacts<'_>, dates: (u32, u32)) -> bool {
        let status = facts.status;
        (!self.open || is_open(status))
            && (!self.flagged || facts.flagged)
            && (!self.noisy || facts.noisy)
            && (self.labels == 0 || self.labels & facts.labels != 0)
            && (self.statuses.is_empty() || self.statuses.contains(&status))
            && (self.outlets.is_empty() || self.outlets.contains(facts.outlet))
            && (self.languages.is_empty() || self.languages.contains(facts.language))
            && (dates == ANY_DATE || is_between(facts.date, dates))
    }

    pub(super) fn dates(&self) -> (u32, u32) {
        let from = packed_date(&self.from).unwrap_or(ANY_DATE.0);
        // `2026-09` means to the end of the month: missing parts count as the largest.
        let to = packed_date(&self.to).map_or(ANY_DATE.1, |date| match (date % 10_000, date % 100) {
            (0, _) => date + 9_999,
            (_, 0) => date + 99,
            _ => date,
        });
        (from, to)
    }
}

pub(super) const ANY_DATE: (u32, u32) = (0, u32::MAX);

fn is_between(date: &str, (from, to): (u32, u32)) -> bool {
    packed_date(date).is_some_and(|date| (from..=to).contains(&date))
}

/// Whether there is still something to do.
#[must_use]
pub fn is_open(status: Status) -> bool {
    matches!(status, Status::New | Status::InProgress)
}

/// Whether an article counts as done, in the list, in the statistics and in the list of recent projects. One in review
/// does not: somebody still has to look at it.
#[must_use]
pub fn is_done(status: Status) -> bool {
    matches!(status, Status::Done | Status::Adjudicated)
}

/// An ISO date as `yyyymmdd`, missing parts 0; `None` where it begins with no year.
#[must_use]
pub fn packed_date(date: &str) -> Option<u32> {
    let bytes = date.trim().as_bytes();
    let part = |from: usize, len: usize| {
        let digits = bytes.get(from..from + len)?;
        digits.iter().try_fold(0_u32, |all, digit| digit.is_ascii_digit().then(|| all * 10 + u32::from(digit - b'0')))
    };
    let year = part(0, 4)?;
    let month = if bytes.get(4) == Some(&b'-') { part(5, 2) } else { None };
    let day = if month.is_some() && bytes.get(7) == Some(&b'-') { part(8, 2) } else { None };
    Some(year * 10_000 + month.unwrap_or_default() * 100 + day.unwrap_or_default())
}

/// A place in the order of work.
pub(super) fn status_rank(status: Status) -> u32 {
    STATUSES.iter().position(|other| *other == status).unwrap_or_default() as u32
}
