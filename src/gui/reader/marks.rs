//! From annotations to marks on spans: what the reader draws, still without any geometry.

use super::lanes::lanes_from_hulls;
use crate::model::{AnnotationSet, AttributeValue, LabelId, Mention, MentionId, Region, Scheme};
use crate::text::{Span, SpanSet};

/// A mention as the reader draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionMark {
    /// Which mention.
    pub id: MentionId,
    /// Its label's place in the scheme; none if the scheme does not have it.
    pub label_idx: Option<usize>,
    /// What the tag says.
    pub tag: String,
    /// What the tag says where there is no room.
    pub short_tag: String,
    /// Its text.
    pub spans: SpanSet,
    /// Its lane, 0 nearest to the text.
    pub lane: usize,
    /// Whether it lies in a region that is left out: drawn in grey, without tag.
    pub excluded: bool,
    /// A proposal that is not stored: drawn in round dots.
    pub proposed: bool,
    /// Of somebody else, laid beside: drawn under the own ones in thin dashes, and never in focus.
    pub theirs: bool,
}

/// All mention marks of one article, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleMarks {
    mentions: Vec<MentionMark>,
    /// The furthest end among the mentions up to here; finds those that reach into a place from before.
    reach: Vec<usize>,
}

impl ArticleMarks {
    /// The marks of a set. `excluded` are the spans of the regions that are left out, ascending.
    #[must_use]
    pub fn new(set: &AnnotationSet, scheme: &Scheme, excluded: &[Span]) -> Self {
        let ordered = set.mentions_in_order();
        // Equal spans: the later in reading order is the inner one, as everywhere; lanes count from the inner end.
        let hulls: Vec<Span> = ordered.iter().rev().map(|mention| mention.spans.hull()).collect();
        let mut lanes = lanes_from_hulls(&hulls);
        lanes.reverse();
        let marks = ordered.iter().zip(lanes);
        Self::from_marks(marks.map(|(mention, lane)| mark_of(mention, lane, scheme, excluded)).collect())
    }

    /// These marks with somebody else's laid under them; the own ones keep their lanes. `by` stands in their tags.
    #[must_use]
    pub fn beside(&self, theirs: &AnnotationSet, by: &str, scheme: &Scheme, excluded: &[Span]) -> Self {
        let mut under: Vec<MentionMark> = Self::new(theirs, scheme, excluded).mentions;
        // Inner ones first, so that each lies under all that it touches: the own ones, and their own inner ones.
        under.sort_by_key(|mark| mark.lane);
        let mut placed: Vec<(Span, usize)> = Vec::with_capacity(under.len());
        for mark in &mut under {
            let hull = mark.spans.hull();
            let own = self.touching(hull).filter_map(|idx| self.mentions.get(idx)).map(|own| own.lane + 1);
            let others = placed.iter().filter(|(other, _)| other.overlaps(hull)).map(|(_, lane)| lane + 1);
            mark.lane = own.chain(others).max().unwrap_or(0);
            mark.theirs = true;
            let label = std::mem::take(&mut mark.tag);
            mark.tag = format!("{label} {by}");
            mark.short_tag = label;
            placed.push((hull, mark.lane));
        }
        let mut all: Vec<MentionMark> = self.mentions.iter().cloned().chain(under).collect();
        all.sort_by_key(|mark| (mark.spans.start(), std::cmp::Reverse(mark.spans.end()), mark.theirs));
        Self::from_marks(all)
    }

    /// Takes marks that are in reading order.
    #[must_use]
    pub fn from_marks(mentions: Vec<MentionMark>) -> Self {
        let reach = mentions
            .iter()
            .scan(0, |furthest: &mut usize, mark| {
                *furthest = (*furthest).max(mark.spans.end());
                Some(*furthest)
            })
            .collect();
        Self { mentions, reach }
    }

    /// The marks in reading order.
    #[must_use]
    pub fn mentions(&self) -> &[MentionMark] {
        &self.mentions
    }

    /// Places in [`Self::mentions`] of those whose hull touches `span`, in reading order.
    pub fn touching(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let to = self.mentions.partition_point(|mark| mark.spans.start() < span.end());
        let from = self.reach.partition_point(|reach| *reach <= span.start());
        (from..to.max(from)).filter(move |idx| self.mentions[*idx].spans.end() > span.start())
    }

    /// The mark of an own mention.
    #[must_use]
    pub fn find(&self, id: &MentionId) -> Option<&MentionMark> {
        self.mentions.iter().find(|mark| &mark.id == id && !mark.theirs)
    }
}

fn mark_of(mention: &Mention, lane: usize, scheme: &Scheme, excluded: &[Span]) -> MentionMark {
    let label_idx = scheme.labels.iter().position(|label| label.id == mention.label);
    let initial = label_idx.and_then(|idx| scheme.labels.get(idx)).map(|label| label.initial.as_str());
    let uncertain = is_uncertain(mention);
    MentionMark {
        id: mention.id.clone(),
        label_idx,
        tag: with_doubt(mention.label.as_str(), uncertain),
        short_tag: with_doubt(initial.unwrap_or_else(|| first_letter(&mention.label)), uncertain),
        spans: mention.spans.clone(),
        lane,
        excluded: excluded.iter().any(|region| region.encloses(mention.spans.hull())),
        proposed: false,
        theirs: false,
    }
}

fn with_doubt(tag: &str, uncertain: bool) -> String {
    if uncertain { format!("{tag} ?") } else { tag.to_owned() }
}

fn first_letter(label: &LabelId) -> &str {
    let id = label.as_str();
    id.chars().next().and_then(|first| id.get(..first.len_utf8())).unwrap_or_default()
}

/// Whether the annotator is not sure.
#[must_use]
pub fn is_uncertain(mention: &Mention) -> bool {
    mention.attributes.get("uncertain") == Some(&AttributeValue::Flag(true))
}

/// The spans of the regions that are left out, ascending and joined where they touch over nothing but line ends.
#[must_use]
pub fn excluded_spans(regions: &[Region]) -> Vec<Span> {
    let mut spans: Vec<Span> = regions.iter().filter(|region| !region.include).map(|region| region.span).collect();
    spans.sort_unstable();
    spans
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mention, news, set_of};
    use super::*;

    fn marks(mentions: &[(&str, &str, &[(usize, usize)])]) -> ArticleMarks {
        let set = set_of(mentions.iter().map(|(id, label, spans)| mention(id, label, spans)).collect());
        ArticleMarks::new(&set, &news(), &[Span::new(100, 200)])
    }

    #[test]
    fn inner_mentions_stand_nearer_to_the_text() {
        let marks = marks(&[("a", "ROLE", &[(0, 30)]), ("b", "ORG", &[(10, 30)]), ("c", "NORP", &[(20, 30)])]);
        let lanes: Vec<(&str, usize)> = marks.mentions().iter().map(|mark| (mark.id.as_str(), mark.lane)).collect();
        assert_eq!(lanes, [("a", 2), ("b", 1), ("c", 0)]);
    }

    #[test]
    fn touching_finds_what_reaches_in_from_before() {
        let marks = marks(&[
            ("long", "EVENT", &[(0, 4), (90, 95)]),
            ("a", "PER", &[(10, 14)]),
            ("b", "PER", &[(40, 44)]),
            ("c", "PER", &[(60, 64)]),
        ]);
        let found = |start, end| -> Vec<&str> {
            marks.touching(Span::new(start, end)).map(|idx| marks.mentions()[idx].id.as_str()).collect()
        };
        assert_eq!(found(38, 62), ["long", "b", "c"]);
        assert_eq!(found(44, 60), ["long"]);
        assert_eq!(found(95, 99), [""; 0]);
        assert_eq!(found(0, 1), ["long"]);
    }

    #[test]
    fn what_lies_beside_goes_under_the_own_marks() {
        let own = marks(&[("a", "ORG", &[(0, 30)]), ("b", "NORP", &[(20, 30)])]);
        let theirs = set_of(vec![
            mention("a", "ROLE", &[(0, 30)]),
            mention("x", "PER", &[(0, 10)]),
            mention("y", "PER", &[(40, 50)]),
        ]);
        let both = own.beside(&theirs, "basim", &news(), &[]);
        let lanes: Vec<(&str, usize, bool)> =
            both.mentions().iter().map(|mark| (mark.tag.as_str(), mark.lane, mark.theirs)).collect();
        assert_eq!(
            lanes,
            [
                ("ORG", 1, false),
                ("ROLE basim", 3, true),
                ("PER basim", 2, true),
                ("NORP", 0, false),
                ("PER basim", 0, true),
            ]
        );
        // The same id in both sets means mine.
        assert!(!both.find(&"a".into()).unwrap().theirs);
    }

    #[test]
    fn tags_and_regions() {
        let mut unsure = mention("u", "GPE", &[(0, 4)]);
        unsure.attributes.insert("uncertain".into(), AttributeValue::Flag(true));
        let set = set_of(vec![unsure, mention("x", "PER", &[(110, 114)]), mention("y", "OWN", &[(50, 54)])]);
        let marks = ArticleMarks::new(&set, &news(), &[Span::new(100, 200)]);
        let all: Vec<_> =
            marks.mentions().iter().map(|mark| (mark.tag.as_str(), mark.short_tag.as_str(), mark.excluded)).collect();
        assert_eq!(all, [("GPE ?", "G ?", false), ("OWN", "O", false), ("PER", "P", true)]);
        assert!(marks.find(&"y".into()).unwrap().label_idx.is_none());
    }
}
