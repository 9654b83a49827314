//! What of a scraped article is noise (the scheme's section 7): detect, propose, keep.
//!
//! Each line gets a kind by the first rule that fits, and adjacent lines of one kind become one region. Nothing is ever
//! deleted: a region only says whether its text counts.

use std::collections::{BTreeMap, BTreeSet};

use super::noise_cues::{Cue, NoiseCues, is_terminator};
use super::quality::quality_flags;
use super::{Region, RegionKind, RegionState};
use crate::text::{FoldLevel, Span, count_words, fold_key, paragraphs};

/// A first line with more words than this is no headline.
const TITLE_WORDS: usize = 20;
/// A line with as many words is running text.
const BODY_WORDS: usize = 10;
/// A line with as many words after the comments footer shows that the article goes on.
const LONG_WORDS: usize = 25;
/// Shorter lines may repeat without being a lead.
const LEAD_WORDS: usize = 6;
/// A line cut with an ellipsis repeats another only if at least so many code points agree.
const CUT_CHARS: usize = 40;

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

/// A line of the text and what is known about it.
struct Line {
    span: Span,
    /// F1 key of the trimmed line; empty for white space.
    key: String,
    /// Number of words, counted up to [`LONG_WORDS`].
    words: usize,
    verdict: Option<Verdict>,
}

/// What a line was found to be.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Verdict {
    kind: RegionKind,
    include: bool,
    duplicate_of: Option<Span>,
}

impl Verdict {
    const fn excluded(kind: RegionKind) -> Self {
        Self { kind, include: false, duplicate_of: None }
    }

    const fn included(kind: RegionKind) -> Self {
        Self { kind, include: true, duplicate_of: None }
    }
}

/// Proposes regions for a plain text.
#[must_use]
pub fn detect_regions(text: &str) -> Detection {
    let mut lines = lines_of(text);
    let mut flags = quality_flags(text);
    let mut agencies = Vec::new();
    mark_blank(text, &mut lines);
    mark_title(text, &mut lines, &mut flags);
    mark_comments(text, &mut lines, &mut flags);
    mark_repeated_leads(text, &mut lines, &mut flags);
    mark_cues(text, &mut lines, &mut flags, &mut agencies);
    for line in lines.iter_mut().filter(|line| !line.span.is_empty()) {
        line.verdict.get_or_insert(Verdict::included(RegionKind::Body));
    }
    if lines.iter().rfind(|line| is_body(line)).and_then(|line| line.span.slice(text)).is_some_and(is_cut) {
        flags.insert("truncated");
    }
    Detection { regions: join(&lines), quality_flags: flags.iter().map(|flag| (*flag).to_owned()).collect(), agencies }
}

fn lines_of(text: &str) -> Vec<Line> {
    let line = |span: Span| {
        let stored = span.slice(text).unwrap_or_default();
        let words = count_words(stored, LONG_WORDS);
        Line { span, key: fold_key(stored.trim(), FoldLevel::F1), words, verdict: None }
    };
    paragraphs(text).into_iter().map(line).collect()
}

fn is_body(line: &Line) -> bool {
    line.verdict.is_some_and(|verdict| verdict.kind == RegionKind::Body)
}

/// Whether a text ends in the mark of an omission.
fn is_cut(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('\u{2026}') || text.ends_with("...")
}

fn mark_blank(text: &str, lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| !line.span.is_empty()) {
        if line.span.slice(text).is_some_and(|line| line.trim().is_empty()) {
            line.verdict = Some(Verdict::excluded(RegionKind::Blank));
        }
    }
}

/// The first line with letters is the headline if it is short, does not end like a sentence, and text follows; the same
/// line further down is its copy.
fn mark_title(text: &str, lines: &mut [Line], flags: &mut BTreeSet<&'static str>) {
    let mut filled = (0..lines.len()).filter(|idx| lines.get(*idx).is_some_and(|line| line.words > 0));
    let (Some(first), Some(_)) = (filled.next(), filled.next()) else { return };
    let Some(title) = lines.get(first) else { return };
    let stored = title.span.slice(text).unwrap_or_default().trim();
    let ends_like_a_sentence = stored.ends_with('.') || stored.ends_with('\u{6d4}');
    if title.words > TITLE_WORDS || ends_like_a_sentence || NoiseCues::get().find(stored, title.words).is_some() {
        return;
    }
    let (span, key) = (title.span, title.key.clone());
    for (idx, line) in lines.iter_mut().enumerate() {
        if idx == first {
            line.verdict = Some(Verdict::included(RegionKind::Title));
        } else if line.verdict.is_none() && !key.is_empty() && line.key == key {
            line.verdict = Some(Verdict { kind: RegionKind::Title, include: false, duplicate_of: Some(span) });
            flags.insert("duplicate_title");
        }
    }
}

/// A comments footer runs to the end, unless running text follows: then it is the line alone.
fn mark_comments(text: &str, lines: &mut [Line], flags: &mut BTreeSet<&'static str>) {
    let cues = NoiseCues::get();
    let is_footer = |line: &Line| {
        line.words > 0 && cues.find(line.span.slice(text).unwrap_or_default(), line.words) == Some(Cue::Comments)
    };
    let footers: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| is_footer(line)).map(|(idx, _)| idx).collect();
    let last_long = lines.iter().rposition(|line| line.words >= LONG_WORDS);
    for first in footers {
        let goes_on = last_long.is_some_and(|long| long > first);
        let past = if goes_on { first + 1 } else { lines.len() };
        for line in lines.iter_mut().take(past).skip(first).filter(|line| !line.span.is_empty()) {
            line.verdict = Some(Verdict::excluded(RegionKind::Comments));
        }
        flags.insert("comments_footer");
        if !goes_on {
            break;
        }
    }
}

/// Of a paragraph that stands several times, the last copy that leads into running text is kept.
fn mark_repeated_leads(text: &str, lines: &mut [Line], flags: &mut BTreeSet<&'static str>) {
    for group in repeated(text, lines) {
        let leads_on = |idx: &usize| {
            let next = lines.iter().skip(idx + 1).find(|line| !line.key.is_empty());
            next.is_some_and(|line| line.words >= BODY_WORDS)
        };
        let longest = group.iter().filter_map(|idx| lines.get(*idx)).map(|line| line.key.chars().count()).max();
        let is_whole = |idx: &&usize| lines.get(**idx).map(|line| line.key.chars().count()) == longest;
        let whole: Vec<usize> = group.iter().filter(is_whole).copied().collect();
        let Some(kept) = whole.iter().rfind(|idx| leads_on(idx)).or(whole.first()).copied() else { continue };
        let Some(kept_span) = lines.get(kept).map(|line| line.span) else { continue };
        for idx in group.into_iter().filter(|idx| *idx != kept) {
            if let Some(line) = lines.get_mut(idx) {
                line.verdict = Some(Verdict { kind: RegionKind::Lead, include: false, duplicate_of: Some(kept_span) });
                flags.insert("duplicate_lead");
            }
        }
    }
}

/// Groups of long lines that are equal, or of which one is the other cut short with an ellipsis; in text order.
fn repeated(text: &str, lines: &[Line]) -> Vec<Vec<usize>> {
    let candidates = || lines.iter().enumerate().filter(|(_, line)| line.verdict.is_none() && line.words >= LEAD_WORDS);
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, line) in candidates() {
        groups.entry(line.key.as_str()).or_default().push(idx);
    }
    // A cut line joins the first other line in key order that begins with it: keys are sorted, so its heirs follow it.
    let cut_keys: BTreeMap<&str, &str> = candidates()
        .filter(|(_, line)| line.span.slice(text).is_some_and(is_cut))
        .map(|(_, line)| (line.key.as_str(), line.key.trim_end_matches(['.', '\u{2026}']).trim_end()))
        .filter(|(_, stem)| stem.chars().count() >= CUT_CHARS)
        .collect();
    for (key, stem) in cut_keys {
        let heirs = groups.range(stem..).take_while(|(heir, _)| heir.starts_with(stem));
        let whole = heirs.map(|(heir, _)| *heir).find(|heir| *heir != key);
        if let Some(whole) = whole
            && let Some(cut) = groups.remove(key)
        {
            groups.entry(whole).or_default().extend(cut);
        }
    }
    let mut found: Vec<Vec<usize>> = groups.into_values().filter(|members| members.len() > 1).collect();
    for members in &mut found {
        members.sort_unstable();
    }
    found.sort();
    found
}

fn mark_cues(text: &str, lines: &mut [Line], flags: &mut BTreeSet<&'static str>, agencies: &mut Vec<String>) {
    let cues = NoiseCues::get();
    for line in lines.iter_mut().filter(|line| line.verdict.is_none() && line.words > 0) {
        let stored = line.span.slice(text).unwrap_or_default();
        let kind = match cues.find(stored, line.words) {
            Some(Cue::Credit) => RegionKind::Credit,
            Some(Cue::Related) => RegionKind::Related,
            Some(Cue::Boilerplate) => RegionKind::Boilerplate,
            Some(Cue::Caption) => RegionKind::Caption,
            Some(Cue::Comments) => RegionKind::Comments,
            None if is_bracketed(stored, line.words) => RegionKind::Credit,
            None => continue,
        };
        if kind == RegionKind::Credit {
            flags.insert("photo_credit_line");
            for agency in cues.agencies(stored) {
                if !agencies.contains(&agency) {
                    agencies.push(agency);
                }
            }
        }
        line.verdict = Some(Verdict::excluded(kind));
    }
}

/// A short line that stands wholly in brackets.
fn is_bracketed(line: &str, words: usize) -> bool {
    let line = line.trim();
    let inside = line
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .or_else(|| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
    words <= 5 && inside.is_some_and(|inside| !inside.contains(['(', ')', '[', ']']) && !inside.contains(is_terminator))
}

/// Adjacent lines of one kind, over empty lines, as one region.
fn join(lines: &[Line]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for line in lines {
        let Some(verdict) = line.verdict else { continue };
        match regions.last_mut() {
            Some(last)
                if last.kind == verdict.kind
                    && last.include == verdict.include
                    && last.duplicate_of == verdict.duplicate_of =>
            {
                last.span = last.span.hull(line.span);
            }
            _ => regions.push(Region {
                kind: verdict.kind,
                span: line.span,
                include: verdict.include,
                state: RegionState::Proposed,
                duplicate_of: verdict.duplicate_of,
            }),
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "one two three four five six seven eight nine ten eleven.";
    const MORE: &str = "And then some more running text goes on for quite a few words here.";

    fn kinds(text: &str) -> Vec<(RegionKind, bool, String)> {
        let found = detect_regions(text);
        let row = |region: &Region| (region.kind, region.include, region.span.slice(text).unwrap().to_owned());
        found.regions.iter().map(row).collect()
    }

    #[test]
    fn a_scraped_page_is_taken_apart() {
        let text =
            format!("Big news\n\n{LEAD}\n\nBig news\n\n(AFP)\n\n{LEAD}\n\n{MORE}\n\n\u{a0}\n\nComments (3)\nhello");
        let found = detect_regions(&text);
        let got: Vec<(RegionKind, bool)> = found.regions.iter().map(|region| (region.kind, region.include)).collect();
        let want = [
            (RegionKind::Title, true),
            (RegionKind::Lead, false),
            (RegionKind::Title, false),
            (RegionKind::Credit, false),
            (RegionKind::Body, true),
            (RegionKind::Blank, false),
            (RegionKind::Comments, false),
        ];
        assert_eq!(got, want);
        assert_eq!(found.agencies, ["AFP"]);
        for flag in ["duplicate_title", "duplicate_lead", "photo_credit_line", "comments_footer", "nbsp_line"] {
            assert!(found.quality_flags.iter().any(|found| found == flag), "{flag}");
        }
        let second_title = found.regions.get(2).unwrap();
        assert_eq!(second_title.duplicate_of, Some(found.regions.first().unwrap().span));
        let lead = found.regions.get(1).unwrap();
        assert!(lead.duplicate_of.unwrap().start() > lead.span.end());
    }

    #[test]
    fn a_cut_teaser_repeats_its_paragraph() {
        let text = format!("Head line\n{}\u{2026}\n{LEAD}\n{MORE}", LEAD.get(..45).unwrap());
        let got: Vec<RegionKind> = kinds(&text).into_iter().map(|(kind, _, _)| kind).collect();
        assert_eq!(got, [RegionKind::Title, RegionKind::Lead, RegionKind::Body]);
    }

    #[test]
    fn a_title_that_folds_away_has_no_copies() {
        // An isolated mark has letters to the reader and no key.
        assert_eq!(kinds("\u{fe70}\na.\n").len(), 2);
    }

    #[test]
    fn a_first_sentence_is_no_title() {
        let got = kinds("A whole sentence stands here.\nAnd another one.");
        assert_eq!(got.len(), 1);
        assert!(matches!(got.first(), Some((RegionKind::Body, true, _))));
    }

    #[test]
    fn a_text_of_one_line_is_body() {
        assert_eq!(kinds("Only this"), [(RegionKind::Body, true, "Only this".to_owned())]);
        assert!(kinds("").is_empty());
    }

    #[test]
    fn a_footer_before_running_text_is_one_line() {
        let long = "word ".repeat(30);
        let got = kinds(&format!("Head\n{MORE}\nComments\n{long}"));
        let kinds: Vec<RegionKind> = got.iter().map(|(kind, _, _)| *kind).collect();
        assert_eq!(kinds, [RegionKind::Title, RegionKind::Body, RegionKind::Comments, RegionKind::Body]);
    }

    #[test]
    fn ordinary_words_are_no_cues() {
        let news = "شارك الرئيس في القمة";
        let cue = "شارك";
        let got = kinds(&format!("Head\n{news}\n{cue}\n{MORE}"));
        assert_eq!(got.get(1).map(|row| row.0), Some(RegionKind::Body));
        assert_eq!(got.get(2).map(|row| row.0), Some(RegionKind::Boilerplate));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_regions(text in crate::text::testing::any_text()) {
            let found = detect_regions(&text);
            let mut end = 0;
            for region in &found.regions {
                proptest::prop_assert!(region.span.start() >= end && region.span.slice(&text).is_some());
                end = region.span.end();
            }
        }

        #[test]
        fn regions_are_disjoint_whole_lines(text in "([a-z]{1,9}[ \n\u{a0}.]{1,2}|\\PC|\n){0,60}") {
            let found = detect_regions(&text);
            let lines = paragraphs(&text);
            let mut end = 0;
            for region in &found.regions {
                proptest::prop_assert!(region.span.start() >= end && !region.span.is_empty());
                proptest::prop_assert!(lines.iter().any(|line| line.start() == region.span.start()));
                proptest::prop_assert!(lines.iter().any(|line| line.end() == region.span.end()));
                end = region.span.end();
            }
        }
    }
}
