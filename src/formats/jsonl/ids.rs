//! Ids that come from outside, and the plain form of ids that an import has marked.

use std::collections::BTreeMap;

use crate::formats::Findings;
use crate::model::{AnnotatorId, Profile, Severity};

/// The first `digits` hex digits of the hash of `text`.
pub fn short_hash(text: &str, digits: usize) -> String {
    blake3::hash(text.as_bytes()).to_hex().as_str().get(..digits).unwrap_or_default().to_owned()
}

/// Whether `id` may be the id of an annotation or entity in a project.
pub fn is_valid_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-'))
}

/// The id to use for an id in a file: itself where it fits, else `x-` and a hash, the same for every reference to it.
pub fn id_from_file(id: &str) -> String {
    if is_valid_id(id) { id.to_owned() } else { format!("x-{}", short_hash(id, 16)) }
}

/// The id without the mark of its import (`~` and eight hex digits), if it has one.
pub fn plain_id(id: &str) -> &str {
    let Some((plain, mark)) = id.rsplit_once('~') else { return id };
    let is_mark = mark.len() == 8 && mark.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_mark && !plain.is_empty() { plain } else { id }
}

/// Ids as files write them: plain where that is unique among `ids`.
pub fn names_of<'a>(ids: impl IntoIterator<Item = &'a str> + Clone) -> BTreeMap<String, String> {
    let mut users: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids.clone() {
        *users.entry(plain_id(id)).or_default() += 1;
    }
    let name = |id: &str| {
        let plain = plain_id(id);
        if users.get(plain) == Some(&1) { plain.to_owned() } else { id.to_owned() }
    };
    ids.into_iter().map(|id| (id.to_owned(), name(id))).collect()
}

/// Annotators of one file, with ids that a project can have.
#[derive(Clone, Debug, Default)]
pub struct Annotators {
    by_name: BTreeMap<String, AnnotatorId>,
    profiles: BTreeMap<AnnotatorId, Profile>,
}

impl Annotators {
    /// The id for somebody a file calls `name`. Names that cannot be ids, or differ from another in case only, become
    /// `p-` and a hash, with the name as display name.
    pub fn id(&mut self, name: &str, findings: &mut Findings) -> AnnotatorId {
        if let Some(id) = self.by_name.get(name) {
            return id.clone();
        }
        let lower = name.to_ascii_lowercase();
        let taken = self.profiles.keys().any(|id| id.folder() == lower);
        let id = if AnnotatorId::is_valid(name) && !taken {
            self.profiles.insert(AnnotatorId::new(name), Profile::default());
            AnnotatorId::new(name)
        } else {
            let id = AnnotatorId::new(format!("p-{}", short_hash(name, 8)));
            let why = if taken { "differs from another annotator only in case" } else { "cannot be an annotator id" };
            let message = format!("annotator {name:?} {why}; the id {id} stands for it");
            findings.add(Severity::Hint, "annotator_renamed", message);
            self.profiles.insert(id.clone(), Profile { display_name: name.to_owned() });
            id
        };
        self.by_name.insert(name.to_owned(), id.clone());
        id
    }

    /// Number of names that stand for somebody.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Says how an annotator is called.
    pub fn set_display_name(&mut self, id: &AnnotatorId, name: String) {
        if let Some(profile) = self.profiles.get_mut(id) {
            profile.display_name = name;
        }
    }

    /// Everybody who was named.
    pub fn into_profiles(self) -> BTreeMap<AnnotatorId, Profile> {
        self.profiles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_imports_come_off_where_that_is_unique() {
        assert_eq!(plain_id("m1~0123abcd"), "m1");
        assert_eq!(plain_id("m1~0123ABCD"), "m1~0123ABCD");
        assert_eq!(plain_id("m1"), "m1");
        assert_eq!(plain_id("~0123abcd"), "~0123abcd");
        let names = names_of(["m1~0123abcd", "m1~99999999", "m2~0123abcd", "m3"]);
        assert_eq!(names.values().collect::<Vec<_>>(), ["m1~0123abcd", "m1~99999999", "m2", "m3"]);
    }

    #[test]
    fn ids_from_files_always_fit() {
        assert_eq!(id_from_file("T1"), "T1");
        for odd in ["", "../a", "a b", "\u{628}", &"x".repeat(65)] {
            assert!(is_valid_id(&id_from_file(odd)), "{odd:?}");
        }
    }

    #[test]
    fn annotators_that_do_not_fit_are_renamed_once() {
        let mut findings = Findings::new("", 100);
        let mut annotators = Annotators::default();
        assert_eq!(annotators.id("amal", &mut findings).as_str(), "amal");
        let other = annotators.id("Amal", &mut findings);
        assert!(other.as_str().starts_with("p-"));
        assert_eq!(annotators.id("Amal", &mut findings), other);
        assert_eq!(findings.count(), 1);
        assert_eq!(annotators.into_profiles()[&other].display_name, "Amal");
    }
}
