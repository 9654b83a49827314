//! What the clitic ladder knows as a name: the annotator's mentions and entities, and the shipped lists.

use std::collections::BTreeMap;

use crate::edit::{Content, State};
use crate::model::{AttributeValue, Entity, LabelId, Mention};
use crate::text::{FoldLevel, Known, Match, ShippedLists, fold_key};

/// Forms with how many things bear them, so that an edit costs what it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SetForms {
    exact: BTreeMap<String, u32>,
    folded: BTreeMap<String, u32>,
    places: BTreeMap<String, u32>,
}

impl SetForms {
    /// The forms of all mentions and entities of a state.
    pub fn of(state: &State) -> Self {
        let mut forms = Self::default();
        for mention in state.sets().values().flat_map(|set| set.mentions.values()) {
            forms.change_mention(mention, true);
        }
        for entity in state.entities().values() {
            forms.change_entity(entity, true);
        }
        forms
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

    fn change_mention(&mut self, mention: &Mention, adds: bool) {
        let is_place = is_place_or_norp(&mention.label);
        if !mention.spans.is_discontinuous() {
            self.change_form(&mention.quote, is_place, adds);
        }
        if let Some(AttributeValue::Text(norm)) = mention.attributes.get("norm") {
            self.change_form(norm, is_place, adds);
        }
    }

    fn change_entity(&mut self, entity: &Entity, adds: bool) {
        let is_place = entity.kind.as_ref().is_some_and(is_place_or_norp);
        for name in entity.name.values().chain(&entity.aliases) {
            self.change_form(name, is_place, adds);
        }
    }

    fn change_form(&mut self, form: &str, is_place: bool, adds: bool) {
        let exact = fold_key(form, FoldLevel::F1);
        if exact.is_empty() {
            return;
        }
        let folded = fold_key(&exact, FoldLevel::F2);
        if is_place {
            count(&mut self.places, folded.clone(), adds);
        }
        count(&mut self.folded, folded, adds);
        count(&mut self.exact, exact, adds);
    }
}

fn count(forms: &mut BTreeMap<String, u32>, form: String, adds: bool) {
    if adds {
        *forms.entry(form).or_default() += 1;
        return;
    }
    let left = forms.get_mut(&form).map(|number| {
        *number = number.saturating_sub(1);
        *number
    });
    if left == Some(0) {
        forms.remove(&form);
    }
}

fn is_place_or_norp(label: &LabelId) -> bool {
    matches!(label.as_str(), "GPE" | "LOC" | "NORP")
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
