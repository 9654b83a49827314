//! Mentions: sections 1.3 and 1.4 of the scheme.

use super::super::{LabelId, Mention};
use super::attributes::{is_set, value_of};
use super::marks::is_enclosed;
use super::{About, Findings, Rule, short};
use crate::text::clitic::norm;
use crate::text::{KnownForms, LadderContext, Purpose, SpanSet, WordCounts};

/// The letter that the article's alef is lost to.
const LAM: char = '\u{644}';
/// Labels of times.
const TIMES: &[&str] = &["TIME", "DATE"];
/// Labels of figures.
const NUMBERS: &[&str] = &["NUM", "PERCENT"];

/// Whether two sets of spans share text and neither lies wholly inside the other.
#[must_use]
pub fn crosses(a: &SpanSet, b: &SpanSet) -> bool {
    let shared: usize =
        a.iter().map(|x| b.iter().filter_map(|y| x.intersection(y)).map(crate::text::Span::len).sum::<usize>()).sum();
    shared > 0 && shared < a.len_bytes() && shared < b.len_bytes()
}

/// Whether a mention with this label may join an entity of this type: the same, or an affiliation in its country.
pub(super) fn label_fits(label: &LabelId, kind: &LabelId) -> bool {
    label == kind || (label.as_str() == "NORP" && kind.as_str() == "GPE")
}

impl Findings<'_> {
    pub(super) fn of_mentions(&mut self) {
        let ordered = self.set.mentions_in_order();
        for mention in &ordered {
            self.on(About::Mention(mention.id.clone()), Some(mention.spans.hull()));
            self.quote(&mention.spans, &mention.quote);
            self.place(&mention.spans, &mention.quote);
            self.of_label(mention);
            self.of_level(mention);
            self.of_extent(mention);
            self.of_value(mention);
            if let Some(id) = &mention.entity {
                self.refer_to_entity(id);
            }
            self.of_identity(mention);
        }
        self.of_pairs(&ordered);
    }

    fn of_label(&mut self, mention: &Mention) {
        let scheme = self.around.scheme;
        let label = scheme.label(&mention.label);
        if label.is_none() {
            self.add(Rule::UnknownLabel, vec![("label", mention.label.to_string())]);
        }
        self.attributes(&scheme.mention_attributes, label, &mention.attributes, &mention.note);
        let is_metonymy = value_of(&mention.attributes, "metonymy").is_some_and(|value| value != "none");
        let literal = value_of(&mention.attributes, "literal").unwrap_or_default();
        match (is_metonymy, literal.trim().is_empty()) {
            (true, true) => self.add(Rule::MetonymyWithoutLiteral, Vec::new()),
            (false, false) => self.add(Rule::LiteralWithoutMetonymy, Vec::new()),
            _ => {}
        }
    }

    fn of_level(&mut self, mention: &Mention) {
        let level = value_of(&mention.attributes, "level");
        let is_optional = is_set(&mention.attributes, "optional");
        if level.as_deref() == Some("PRO") && !self.around.scheme.annotate_pronouns && !is_optional {
            self.add_on(Rule::PronounNotAnnotated, &mention.quote);
        }
        if level.is_none_or(|level| level == "NAM") && is_enclosed(&mention.quote) {
            self.add_on(Rule::QuotesAroundName, &mention.quote);
        }
    }

    /// What lies just outside the edges.
    fn of_extent(&mut self, mention: &Mention) {
        let text = &self.article.text;
        let before = text.get(..mention.spans.start()).unwrap_or_default();
        let after = text.get(mention.spans.end()..).unwrap_or_default();
        let has_norm = value_of(&mention.attributes, "norm").is_some_and(|norm| !norm.trim().is_empty());
        // Only what begins after a lam can have lost a letter to it; the ladder knows whether it did.
        if !has_norm && before.ends_with(LAM) && mention.quote.starts_with(LAM) {
            let context = LadderContext {
                language: &self.article.facts.language,
                known: &KnownForms::default(),
                counts: &WordCounts::default(),
                purpose: Purpose::Mention,
                pronouns: false,
                dialect: false,
            };
            if norm(text, mention.spans.hull(), &context).is_some() {
                self.add_on(Rule::NormMissing, &mention.quote);
            }
        }
        let has_sign = after.trim_start_matches([' ', '\u{A0}']).starts_with(['%', '\u{66A}', '\u{2030}']);
        if has_sign && NUMBERS.contains(&mention.label.as_str()) {
            self.add_on(Rule::SignOutsideNumber, &mention.quote);
        }
    }

    fn of_value(&mut self, mention: &Mention) {
        let applies = |id: &str| {
            let attribute = self.around.scheme.mention_attribute(&id.into());
            attribute.is_some_and(|attribute| attribute.applies_to(&mention.label))
        };
        if !applies("value") {
            return;
        }
        let is_time = TIMES.contains(&mention.label.as_str());
        match value_of(&mention.attributes, "value") {
            None if is_time => self.add_on(Rule::TimeWithoutValue, &mention.quote),
            Some(value) if !(is_decimal(&value) || (is_time && is_timex(&value))) => {
                self.add(Rule::ValueShape, vec![("value", value)]);
            }
            _ => {}
        }
    }

    fn of_identity(&mut self, mention: &Mention) {
        let Some(id) = &mention.entity else {
            if is_set(&mention.attributes, "adjectival") {
                self.add_on(Rule::AdjectiveWithoutEntity, &mention.quote);
            }
            return;
        };
        let kind = self.around.entities.get(id).and_then(|entity| entity.kind.as_ref());
        if let Some(kind) = kind.filter(|kind| !label_fits(&mention.label, kind)) {
            self.add(Rule::ClusterType, vec![("label", mention.label.to_string()), ("type", kind.to_string())]);
        }
    }

    /// Crossing and equal mentions; `ordered` is sorted by start, so that a sweep meets only those that overlap.
    fn of_pairs(&mut self, ordered: &[&Mention]) {
        for (idx, mention) in ordered.iter().enumerate() {
            let hull = mention.spans.hull();
            self.on(About::Mention(mention.id.clone()), Some(hull));
            for other in ordered.iter().skip(idx + 1).take_while(|other| other.spans.start() < hull.end()) {
                if other.spans == mention.spans && other.label == mention.label {
                    let with = vec![("quote", short(&mention.quote)), ("label", mention.label.to_string())];
                    self.add(Rule::DuplicateMention, with);
                } else if crosses(&mention.spans, &other.spans) {
                    let with = vec![
                        ("quote", short(&mention.quote)),
                        ("label", mention.label.to_string()),
                        ("other", short(&other.quote)),
                        ("other_label", other.label.to_string()),
                    ];
                    self.add(Rule::CrossingMention, with);
                }
            }
        }
    }
}

/// Whether `value` is a decimal number, perhaps with the unit or currency it is counted in (`95000000 EUR`, `12%`).
fn is_decimal(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let end = digits.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(digits.len());
    let (number, unit) = digits.split_at_checked(end).unwrap_or((digits, ""));
    let is_unit = unit.is_empty() || unit == "%" || unit.strip_prefix(' ').is_some_and(is_one_word);
    number.starts_with(|first: char| first.is_ascii_digit()) && number.parse::<f64>().is_ok() && is_unit
}

fn is_one_word(unit: &str) -> bool {
    !unit.is_empty() && !unit.contains(|letter: char| letter.is_whitespace() || letter.is_ascii_digit())
}

/// Whether `value` can be a value of TIMEX3: a date or time with known and unknown digits, a period, or a reference.
fn is_timex(value: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'.' | b'+' | b'_' | b'/');
    let begins = value.starts_with(|first: char| first.is_ascii_digit() || matches!(first, 'X' | 'P' | 'T'));
    value.bytes().all(is_letter) && (begins || value.ends_with("_REF"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn set(spans: &[(usize, usize)]) -> SpanSet {
        SpanSet::new(spans.iter().map(|(start, end)| Span::new(*start, *end)).collect()).unwrap()
    }

    #[test]
    fn crossing_is_sharing_without_containing() {
        let check = |a: &[(usize, usize)], b: &[(usize, usize)], expect: bool| {
            assert_eq!(crosses(&set(a), &set(b)), expect, "{a:?} {b:?}");
            assert_eq!(crosses(&set(b), &set(a)), expect, "{b:?} {a:?}");
        };
        check(&[(0, 4)], &[(2, 6)], true);
        check(&[(0, 6)], &[(2, 4)], false);
        check(&[(0, 4)], &[(0, 4)], false);
        check(&[(0, 4)], &[(4, 6)], false);
        check(&[(0, 4)], &[(0, 6)], false);
        // In the gap of a discontinuous mention nothing is shared.
        check(&[(0, 2), (8, 10)], &[(4, 6)], false);
        check(&[(0, 2), (8, 10)], &[(0, 9)], true);
        check(&[(0, 2), (8, 10)], &[(0, 10)], false);
        check(&[(0, 2), (8, 10)], &[(1, 2), (8, 9)], false);
    }

    #[test]
    fn an_affiliation_may_join_its_country() {
        assert!(label_fits(&"NORP".into(), &"GPE".into()));
        assert!(!label_fits(&"GPE".into(), &"NORP".into()));
    }

    #[test]
    fn values_have_a_shape() {
        for good in
            ["2018-03-20", "2018-03", "XXXX-03-20", "P6Y", "PT3H", "2018-03-20T09:00", "2018-W12", "PRESENT_REF"]
        {
            assert!(is_timex(good), "{good}");
        }
        for bad in ["yesterday", "20 March", "", "the day"] {
            assert!(!is_timex(bad), "{bad}");
        }
        for good in ["12", "-3.5", "+0", "12%", "12 %", "95000000 EUR", "5 km"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", "1.2.3", "about 5", "1e5", ".", "12 of 20", "5km"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }
}
