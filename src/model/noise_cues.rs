//! Words that show what a line of a scraped page is, as data: `assets/lists/noise-cues.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::text::{FoldLevel, fold_key};

/// A line with more words is no cue line.
const CUE_WORDS: usize = 5;

/// No cue is longer, so that a long line costs no more than a short one.
const CUE_CHARS: usize = 80;

/// What a cue says about its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Photo or agency credit.
    Credit,
    /// Comments footer.
    Comments,
    /// Links to other articles.
    Related,
    /// Share buttons, tags, advertisements.
    Boilerplate,
    /// Under a picture.
    Caption,
}

/// One cue, by its key.
struct Entry {
    cue: Cue,
    /// Counts only as a whole line.
    whole_line: bool,
    agency: Option<String>,
}

/// The shipped cues.
pub(super) struct NoiseCues {
    entries: BTreeMap<String, Entry>,
}

/// Whether a character ends a sentence.
pub(super) const fn is_terminator(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '\u{61f}' | '\u{2026}' | '\u{6d4}')
}

/// The key two spellings of a cue share: folded to F2, without what brackets and colons add.
fn key(text: &str) -> String {
    let folded = fold_key(text, FoldLevel::F2);
    folded.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned()
}

impl NoiseCues {
    /// The cues, parsed at the first use.
    pub(super) fn get() -> &'static Self {
        static CUES: OnceLock<NoiseCues> = OnceLock::new();
        CUES.get_or_init(|| Self::parse(include_str!("../../assets/lists/noise-cues.txt")))
    }

    fn parse(source: &str) -> Self {
        let mut entries = BTreeMap::new();
        let mut cue = None;
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                cue = match name {
                    "credit" => Some(Cue::Credit),
                    "comments" => Some(Cue::Comments),
                    "related" => Some(Cue::Related),
                    "boilerplate" => Some(Cue::Boilerplate),
                    "caption" => Some(Cue::Caption),
                    _ => None,
                };
            } else if let Some(cue) = cue {
                let (words, agency) =
                    line.split_once('\t').map_or((line, None), |(words, agency)| (words, Some(agency)));
                let (words, whole_line) = words.strip_prefix('=').map_or((words, false), |words| (words, true));
                entries.insert(key(words), Entry { cue, whole_line, agency: agency.map(str::to_owned) });
            }
        }
        Self { entries }
    }

    /// What `line`, of so many words, is by its cue: the whole line, or a short line without a sentence terminator that
    /// begins with one. A count beside the cue (`(3)`, `3 comments`) belongs to it.
    pub(super) fn find(&self, line: &str, words: usize) -> Option<Cue> {
        if words > 2 * CUE_WORDS {
            return None;
        }
        let whole = key(line);
        if let Some(entry) = self.entries.get(&whole) {
            return Some(entry.cue);
        }
        let uncounted = key(&whole.replace(|letter: char| letter.is_numeric() || "()[]".contains(letter), " "));
        if let Some(entry) = self.entries.get(&uncounted)
            && (entry.cue == Cue::Comments || !entry.whole_line)
        {
            return Some(entry.cue);
        }
        if words > CUE_WORDS || line.trim().trim_matches(['(', ')']).contains(is_terminator) {
            return None;
        }
        self.beginnings(&whole).find(|entry| !entry.whole_line).map(|entry| entry.cue)
    }

    /// Cues that `key` begins with, the longest first.
    fn beginnings<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Entry> {
        let near = key.char_indices().nth(CUE_CHARS).map_or(key.len(), |(at, _)| at);
        let key = key.get(..near).unwrap_or(key);
        let cuts = key.char_indices().rev().filter(|(_, letter)| !letter.is_alphanumeric()).map(|(at, _)| at);
        cuts.filter_map(|at| key.get(..at).and_then(|head| self.entries.get(head.trim_end())))
    }

    /// Agencies named anywhere in a credit line.
    pub(super) fn agencies(&self, line: &str) -> Vec<String> {
        let key = key(line);
        let padded = format!(" {} ", key.replace(|letter: char| !letter.is_alphanumeric() && letter != '.', " "));
        let squeezed = padded.split_whitespace().collect::<Vec<_>>().join(" ");
        let padded = format!(" {squeezed} ");
        let mut found: Vec<(usize, String)> = Vec::new();
        for (words, entry) in &self.entries {
            if let (Some(agency), Some(at)) = (&entry.agency, padded.find(&format!(" {words} ")))
                && !found.iter().any(|(_, known)| known == agency)
            {
                found.push((at, agency.clone()));
            }
        }
        found.sort();
        found.into_iter().map(|(_, agency)| agency).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_parses_and_answers() {
        let cues = NoiseCues::get();
        assert!(cues.entries.len() > 80);
        let find = |line: &str| cues.find(line, line.split_whitespace().count());
        assert_eq!(find("Comments (12)"), Some(Cue::Comments));
        assert_eq!(find("3 Comments"), Some(Cue::Comments));
        assert_eq!(find("Photo by Jane Doe"), Some(Cue::Credit));
        assert_eq!(find("Read also: a storm comes"), Some(Cue::Related));
        assert_eq!(find("Share prices fell again today"), None);
        assert_eq!(find("Share"), Some(Cue::Boilerplate));
        assert_eq!(find("Comments were made by the minister on Monday morning."), None);
    }

    #[test]
    fn agencies_are_read_from_credit_lines() {
        let line = "أرشيفية (أ ب)";
        let agency = "أ ب";
        assert_eq!(NoiseCues::get().agencies(line), [agency]);
        assert_eq!(NoiseCues::get().agencies("Photo: Getty Images / Reuters"), ["Getty", "Reuters"]);
    }
}
