//! Titles stand beside a name; a title alone is a description of the person.

use super::super::Mention;
use super::{About, Findings, Rule};
use crate::text::Span;

/// Labels of titles with the label of the persons that bear them.
const ROLES: &[(&str, &str)] = &[("ROLE", "PER"), ("OCC", "PERS")];

/// Longer gaps, in bytes, hold words; what is not looked at costs nothing.
const LONGEST_GAP: usize = 16;

impl Findings<'_> {
    pub(super) fn of_roles(&mut self) {
        for (role, person) in ROLES {
            let scheme = self.around.scheme;
            if scheme.label(&(*role).into()).is_some() && scheme.label(&(*person).into()).is_some() {
                self.of_role(role, person);
            }
        }
    }

    fn of_role(&mut self, role: &str, person: &str) {
        let labelled = |label: &str| {
            let label = label.to_owned();
            self.set.mentions.values().filter(move |mention| mention.label.as_str() == label)
        };
        let mut alone: Vec<&Mention> = labelled(role).collect();
        let mut named: Vec<Span> = labelled(person).map(|mention| mention.spans.hull()).collect();
        // A title may stand beside another that stands beside the name.
        while !alone.is_empty() {
            let is_beside = |mention: &&Mention| named.iter().any(|other| self.touches(mention.spans.hull(), *other));
            let (beside, rest): (Vec<&Mention>, Vec<&Mention>) = alone.iter().copied().partition(is_beside);
            alone = rest;
            if beside.is_empty() {
                break;
            }
            named = beside.iter().map(|mention| mention.spans.hull()).collect();
        }
        for mention in alone {
            self.on(About::Mention(mention.id.clone()), Some(mention.spans.hull()));
            let quote = super::short(&mention.quote);
            self.add(Rule::RoleAlone, vec![("quote", quote), ("person", person.to_owned())]);
        }
    }

    /// Whether two stretches overlap, or nothing but spaces and marks stands between them in one line.
    fn touches(&self, a: Span, b: Span) -> bool {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        if first.end() >= second.start() {
            return true;
        }
        let gap = Span::new(first.end(), second.start());
        gap.len() <= LONGEST_GAP
            && gap.slice(&self.article.text).is_some_and(|gap| {
                !gap.chars().any(|letter| letter.is_alphanumeric() || matches!(letter, '\n' | '.' | '!' | '?'))
            })
    }
}
