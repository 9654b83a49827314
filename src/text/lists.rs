//! Word lists that ship with the program: names, abbreviations, units. Read once, from `assets/lists`.
//!
//! The lists are data with their source and licence in the head of each file; this page only reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::clitic::{Known, KnownForms, Match};
use super::{FoldLevel, fold_key};

/// The shipped lists.
#[derive(Debug, Default)]
pub struct ShippedLists {
    names: KnownForms,
    /// By language, F1 keys.
    abbreviations: BTreeMap<String, BTreeSet<String>>,
    units: BTreeSet<String>,
    lam_nouns: BTreeSet<String>,
}

/// Lists whose lines are known names; the flag tells places and peoples.
const NAMES: [(&str, bool); 7] = [
    (include_str!("../../assets/lists/countries-cldr.txt"), true),
    (include_str!("../../assets/lists/countries.txt"), true),
    (include_str!("../../assets/lists/cities-cldr.txt"), true),
    (include_str!("../../assets/lists/cities.txt"), true),
    (include_str!("../../assets/lists/peoples.txt"), true),
    (include_str!("../../assets/lists/given-names.txt"), false),
    (include_str!("../../assets/lists/stems.txt"), false),
];

impl ShippedLists {
    /// The lists, parsed at the first use.
    #[must_use]
    pub fn get() -> &'static Self {
        static LISTS: OnceLock<ShippedLists> = OnceLock::new();
        LISTS.get_or_init(Self::parse)
    }

    fn parse() -> Self {
        let mut lists = Self::default();
        for (list, is_place) in NAMES {
            for form in entries(list).flat_map(|(_, forms)| forms) {
                lists.names.insert(form, is_place);
            }
        }
        for (language, forms) in entries(include_str!("../../assets/lists/abbreviations.txt")) {
            let keys = forms.map(|form| fold_key(form, FoldLevel::F1));
            lists.abbreviations.entry(language.to_owned()).or_default().extend(keys);
        }
        let keys =
            |list| entries(list).flat_map(|(_, forms)| forms).map(|form| fold_key(form, FoldLevel::F1)).collect();
        lists.units = keys(include_str!("../../assets/lists/units.txt"));
        lists.lam_nouns = keys(include_str!("../../assets/lists/lam-nouns.txt"));
        lists
    }

    /// Whether `word` (without its full stop) is a listed abbreviation of `language`, of English in any text, or of any
    /// language where `language` is empty.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str, language: &str) -> bool {
        let key = fold_key(word, FoldLevel::F1);
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let counts = |listed: &str| primary.is_empty() || listed == primary || listed == "en";
        self.abbreviations.iter().any(|(listed, keys)| counts(listed) && keys.contains(&key))
    }

    /// Whether `word` is a listed unit of measure.
    #[must_use]
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(&fold_key(word, FoldLevel::F1))
    }

    /// Whether `word` is an Arabic noun that begins with lam.
    #[must_use]
    pub fn is_lam_noun(&self, word: &str) -> bool {
        self.lam_nouns.contains(&fold_key(word, FoldLevel::F1))
    }
}

impl Known for ShippedLists {
    fn known(&self, form: &str) -> Option<Match> {
        self.names.known(form)
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.names.is_place_or_norp(form)
    }
}

/// The lines of a list: what stands before the colon, and the forms.
fn entries(list: &str) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).map(|(tag, forms)| (tag, forms.split(" | ").map(str::trim)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read_and_says_where_it_comes_from() {
        let lists = ShippedLists::get();
        assert!(
            lists.is_abbreviation("Mr", "ar") && lists.is_abbreviation("etc", "") && !lists.is_abbreviation("cat", "")
        );
        assert!(lists.is_unit("km") && !lists.is_unit("cat"));
        assert_eq!(lists.known("syria"), Some(Match::Exact));
        assert!(lists.is_place_or_norp("Moscow") && !lists.is_place_or_norp("Peter"));
        for (list, _) in NAMES {
            assert!(list.contains("# Licence: ") || list.contains(" Licence: "));
            assert!(entries(list).count() > 0);
        }
    }

    #[test]
    fn forms_are_clean() {
        for (list, _) in NAMES {
            for (language, forms) in entries(list) {
                for form in forms {
                    assert!(!form.is_empty(), "an empty form under {language}");
                    assert!(!form.contains(':'), "{form}");
                }
            }
        }
    }
}
