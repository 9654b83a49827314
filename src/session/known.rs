//! What the clitic ladder knows as a name: the annotator's mentions and entities, and the shipped lists.

use std::collections::BTreeMap;

use crate::edit::Content;
use crate::model::{Entity, Mention};
use crate::storage::{forms_of_entity, forms_of_mention};
use crate::text::{FoldLevel, Known, Match, ShippedLists, fold_key};

/// Forms with how many things bear them, so that an edit costs what it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SetForms {
    exact: BTreeMap<String, u32>,
    folded: BTreeMap<String, u32>,
    places: BTreeMap<String, u32>,
}

impl SetForms {
    /// Adds the forms of mentions as files of sets have them: folded form, mentions, how many of them name places.
    pub fn add_filed(&mut self, forms: Vec<(String, u32, u32)>) {
        for (form, mentions, places) in forms {
            self.change_form(form, mentions, places, true);
        }
    }

    /// Adds or takes away what a mention bears.
    pub fn change_mention(&mut self, mention: &Mention, adds: bool) {
        for (form, is_place) in forms_of_mention(mention) {
            self.change_form(form, 1, u32::from(is_place), adds);
        }
    }

    /// Adds or takes away what an entity bears.
    pub fn change_entity(&mut self, entity: &Entity, adds: bool) {
        for (form, is_place) in forms_of_entity(entity) {
            self.change_form(form, 1, u32::from(is_place), adds);
        }
    }

    /// Takes in one edit.
    pub fn change(&mut self, before: Option<&Content>, after: Option<&Content>) {
        for (content, adds) in
            before.map(|content| (content, false)).into_iter().chain(after.map(|after| (after, true)))
        {
            match content {
                Content::Mention(mention) => self.change_mention(mention, adds),
                Content::Entity(entity) => self.change_entity(entity, adds),
                _ => {}
            }
        }
    }

    fn change_form(&mut self, exact: String, number: u32, places: u32, adds: bool) {
        let folded = fold_key(&exact, FoldLevel::F2);
        if places > 0 {
            count(&mut self.places, folded.clone(), places, adds);
        }
        count(&mut self.folded, folded, number, adds);
        count(&mut self.exact, exact, number, adds);
    }
}

fn count(forms: &mut BTreeMap<String, u32>, form: String, number: u32, adds: bool) {
    if adds {
        *forms.entry(form).or_default() += number;
        return;
    }
    let left = forms.get_mut(&form).map(|known| {
        *known = known.saturating_sub(number);
        *known
    });
    if left == Some(0) {
        forms.remove(&form);
    }
}

/// The annotator's own forms, then the shipped lists.
pub(crate) struct AllKnown<'a>(pub &'a SetForms);

impl Known for AllKnown<'_> {
    fn known(&self, form: &str) -> Option<Match> {
        let exact = fold_key(form, FoldLevel::F1);
        if self.0.exact.contains_key(&exact) {
            return Some(Match::Exact);
        }
        let own = self.0.folded.contains_key(&fold_key(&exact, FoldLevel::F2)).then_some(Match::Folded);
        own.into_iter().chain(ShippedLists::get().known(form)).min()
    }

    fn is_place_or_norp(&self, form: &str) -> bool {
        self.0.places.contains_key(&fold_key(form, FoldLevel::F2)) || ShippedLists::get().is_place_or_norp(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Extra, Provenance};
    use crate::text::{Span, SpanSet};

    fn mention(quote: &str, label: &str) -> Mention {
        Mention {
            id: "m".into(),
            spans: SpanSet::one(Span::new(0, quote.len())).unwrap(),
            quote: quote.to_owned(),
            label: label.into(),
            attributes: Attributes::new(),
            entity: None,
            note: String::new(),
            provenance: Provenance::manual("amal".into(), crate::env::Timestamp(String::new())),
            extra: Extra::new(),
        }
    }

    #[test]
    fn forms_come_and_go_with_what_bears_them() {
        let mut forms = SetForms::default();
        let first = Content::Mention(Box::new(mention("Zzyzx", "GPE")));
        forms.change(None, Some(&first));
        forms.change(None, Some(&first));
        assert!(AllKnown(&forms).known("Zzyzx").is_some() && AllKnown(&forms).is_place_or_norp("Zzyzx"));
        forms.change(Some(&first), None);
        assert!(AllKnown(&forms).known("Zzyzx").is_some());
        forms.change(Some(&first), None);
        assert_eq!(forms, SetForms::default());
        assert!(AllKnown(&forms).known("Zzyzx").is_none());
    }
}
