//! Folded names in one sorted table: whole names, and names from each of their words on.

use crate::text::{FoldLevel, fold_key};

/// Words of a name from which on it is found; what follows is found by those before.
const WORDS: usize = 12;

/// Names that are longer, in bytes, are found by their beginning.
const NAME_BYTES: usize = 512;

/// How a name is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// By its beginning; a preferred name.
    Name,
    /// By its beginning; an alias.
    Alias,
    /// From a later word on, or without its article; a preferred name.
    WordOfName,
    /// From a later word on, or without its article; an alias.
    WordOfAlias,
}

/// The key of a name, cut where it is very long.
pub(crate) fn key_of(name: &str) -> String {
    let end =
        name.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= NAME_BYTES).last();
    fold_key(name.get(..end.unwrap_or_default()).unwrap_or_default().trim(), FoldLevel::F2)
}

/// First bytes of a key from which on the name is found, with how.
pub(crate) fn starts_of(key: &str, is_alias: bool) -> Vec<(usize, Form)> {
    if key.is_empty() {
        return Vec::new();
    }
    let (whole, word) = if is_alias { (Form::Alias, Form::WordOfAlias) } else { (Form::Name, Form::WordOfName) };
    let mut starts = vec![(0, whole)];
    let gaps = key.char_indices().filter(|(_, letter)| letter.is_whitespace() || *letter == '-');
    let words = std::iter::once(0).chain(gaps.map(|(at, letter)| at + letter.len_utf8()));
    for at in words.take(WORDS) {
        let rest = key.get(at..).unwrap_or_default();
        if at > 0 && rest.starts_with(char::is_alphanumeric) {
            starts.push((at, word));
        }
        // The article: alef, lam; a word of two letters is none.
        if let Some(bare) = rest.strip_prefix("\u{627}\u{644}")
            && bare.chars().take_while(|letter| letter.is_alphanumeric()).count() >= 2
        {
            starts.push((key.len() - bare.len(), word));
        }
    }
    starts
}

/// A place where a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Whose name.
    pub thing: u32,
    /// How.
    pub form: Form,
    /// Length of the key from there to its end, in bytes.
    pub len: u16,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    len: u16,
    form: Form,
    thing: u32,
}

/// Names of things, which are numbers here. Made once, never changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameTable {
    keys: String,
    rows: Vec<Row>,
}

impl NameTable {
    /// Adds a name; [`NameTable::sort`] comes before looking anything up. Beyond four gigabytes names are not taken in.
    pub fn add(&mut self, thing: u32, name: &str, is_alias: bool) {
        let key = key_of(name);
        let base = self.keys.len();
        if u32::try_from(base + key.len()).is_err() {
            return;
        }
        for (start, form) in starts_of(&key, is_alias) {
            let len = u16::try_from(key.len() - start).unwrap_or(u16::MAX);
            self.rows.push(Row { start: (base + start) as u32, len, form, thing });
        }
        self.keys.push_str(&key);
    }

    /// Puts the rows in order.
    pub fn sort(&mut self) {
        let Self { keys, rows } = self;
        rows.sort_unstable_by(|a, b| (key(keys, a), a.form, a.thing).cmp(&(key(keys, b), b.form, b.thing)));
        rows.dedup_by(|a, b| a.thing == b.thing && a.form == b.form && key(keys, a) == key(keys, b));
        keys.shrink_to_fit();
        rows.shrink_to_fit();
    }

    /// Every place where a name begins with `prefix`, those that end there first.
    pub fn beginning_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let first = self.rows.partition_point(|row| key(&self.keys, row) < prefix);
        let rest = self.rows.get(first..).unwrap_or_default();
        let count = rest.partition_point(|row| key(&self.keys, row).starts_with(prefix));
        let rows = rest.get(..count).unwrap_or_default();
        rows.iter().map(|row| Hit { thing: row.thing, form: row.form, len: row.len })
    }
}

fn key<'a>(keys: &'a str, row: &Row) -> &'a str {
    let start = row.start as usize;
    keys.get(start..start + usize::from(row.len)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(table: &NameTable, typed: &str) -> Vec<(u32, Form, bool)> {
        let key = key_of(typed);
        let hits = table.beginning_with(&key);
        hits.map(|hit| (hit.thing, hit.form, usize::from(hit.len) == key.len())).collect()
    }

    #[test]
    fn names_are_found_by_their_beginning_and_by_their_words() {
        let mut table = NameTable::default();
        table.add(0, "White House", false);
        table.add(1, "House of Lords", true);
        table.add(2, "البيت الأبيض", false);
        table.sort();
        assert_eq!(found(&table, "white house"), [(0, Form::Name, true)]);
        assert_eq!(found(&table, "HOUSE"), [(0, Form::WordOfName, true), (1, Form::Alias, false)]);
        assert_eq!(found(&table, "lor"), [(1, Form::WordOfAlias, false)]);
        assert_eq!(found(&table, "ouse"), []);
        let house = "البيت";
        let bare = "بيت";
        let white = "ابيض";
        assert_eq!(found(&table, house), [(2, Form::Name, false)]);
        assert_eq!(found(&table, bare), [(2, Form::WordOfName, false)]);
        assert_eq!(found(&table, white), [(2, Form::WordOfName, true)]);
    }

    #[test]
    fn odd_names_do_no_harm() {
        let mut table = NameTable::default();
        for (thing, name) in ["", "   ", "\u{200F}", "-", "\u{627}\u{644}", &"x ".repeat(5000), &"\u{645}".repeat(999)]
            .into_iter()
            .enumerate()
        {
            table.add(thing as u32, name, false);
        }
        table.sort();
        assert_eq!(found(&table, "x").len(), 12, "the words of a very long name are not all taken");
        assert!(table.beginning_with("").count() < 20);
    }
}
