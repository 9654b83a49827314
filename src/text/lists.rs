//! Word lists that ship with the program: names, abbreviations, units, noise cues. Read once, from `assets/lists`.

use std::sync::OnceLock;

use super::clitic::{Known, KnownForms, Match};

/// The shipped lists of names that the clitic ladder knows.
#[derive(Debug, Default)]
pub struct ShippedLists {
    forms: KnownForms,
}

impl ShippedLists {
    /// The lists, parsed at the first use.
    #[must_use]
    pub fn get() -> &'static Self {
        static LISTS: OnceLock<ShippedLists> = OnceLock::new();
        LISTS.get_or_init(Self::default)
    }
}

impl Known for ShippedLists {
    fn known(&self, form: &str) -> Option<Match> {
        self.forms.known(form)
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.forms.is_place_or_norp(form)
    }
}
