//! Who annotates what: a plan that everybody computes alike, offline, from a seed and the articles' ids.
//!
//! Each annotator has a number for each article; the article goes to whoever has the highest, and, where it is to be
//! annotated twice, also to whoever comes second. So articles that are added later move nobody's, and an annotator
//! who joins takes articles from the others but never makes them exchange any.
//!
//! The numbers, for other tools: `key = blake3("hashiya plan 1", seed in decimal, annotator, part in decimal)` with NUL
//! between the four, first 24 bytes; `number = blake3(key, article id)`, first 8 bytes, little-endian. Somebody with a
//! share of `n` has parts 0 to `n - 1`, of which the highest number counts. An article is annotated twice where the
//! number of the annotator `""` (which nobody can have), part 0, modulo 100, is below `overlap`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AnnotatorId, ArticleId};

/// Largest share of one annotator.
pub const LARGEST_SHARE: u8 = 10;
/// The version of the rules above.
const VERSION: u32 = 1;

/// A plan; kept as a blob, current by an edit of the shared place for plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentPlan {
    /// Version of the rules by which articles are assigned: 1.
    pub version: u32,
    /// Any number; another one gives another plan.
    pub seed: u64,
    /// Of 100 articles, how many two people annotate; 0 to 100.
    pub overlap: u8,
    /// Who takes part.
    pub annotators: Vec<AnnotatorId>,
    /// What does not hold for everybody alike.
    pub rules: Vec<PlanRule>,
}

/// What holds for one annotator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum PlanRule {
    /// Takes so many parts of the work where the others take one; 1 to [`LARGEST_SHARE`].
    Share {
        /// Who.
        annotator: AnnotatorId,
        /// How many.
        parts: u8,
    },
    /// Gets only articles in these languages (BCP 47, matched by their beginning), and those whose language is not known.
    Languages {
        /// Who.
        annotator: AnnotatorId,
        /// Which.
        languages: Vec<String>,
    },
    /// Gets these articles, instead of whom they would fall to; where several rules name an article, the first two count.
    Articles {
        /// Who.
        annotator: AnnotatorId,
        /// Which.
        articles: Vec<ArticleId>,
    },
}

/// Why a plan cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// It was made by a newer version.
    #[error("the assignment plan has version {0}, which this version of the program does not know; update the program")]
    Newer(u32),
    /// Nobody takes part.
    #[error("an assignment plan needs at least one annotator")]
    Nobody,
    /// An id is not valid, or stands there twice.
    #[error("{0:?} stands in the plan twice or cannot be the id of an annotator")]
    BadAnnotator(AnnotatorId),
    /// The overlap is no share.
    #[error("the overlap is {0} of 100 articles; it can be 0 to 100")]
    BadOverlap(u8),
    /// A rule names somebody who does not take part, or a share that is none.
    #[error("a rule of the plan for {0} cannot hold: it is about nobody in the plan, or its share is not 1 to 10")]
    BadRule(AnnotatorId),
}

impl AssignmentPlan {
    /// A plan in which all take the same share of everything.
    #[must_use]
    pub fn new(seed: u64, overlap: u8, annotators: Vec<AnnotatorId>) -> Self {
        Self { version: VERSION, seed, overlap, annotators, rules: Vec::new() }
    }

    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// [`PlanError`], a sentence.
    pub fn check(&self) -> Result<(), PlanError> {
        if self.version != VERSION {
            return Err(PlanError::Newer(self.version));
        }
        if self.annotators.is_empty() {
            return Err(PlanError::Nobody);
        }
        if self.overlap > 100 {
            return Err(PlanError::BadOverlap(self.overlap));
        }
        for (at, annotator) in self.annotators.iter().enumerate() {
            let twice = self.annotators.iter().take(at).any(|other| other == annotator);
            if twice || !AnnotatorId::is_valid(annotator.as_str()) {
                return Err(PlanError::BadAnnotator(annotator.clone()));
            }
        }
        for rule in &self.rules {
            let (annotator, fits) = match rule {
                PlanRule::Share { annotator, parts } => (annotator, (1..=LARGEST_SHARE).contains(parts)),
                PlanRule::Languages { annotator, .. } | PlanRule::Articles { annotator, .. } => (annotator, true),
            };
            if !fits || !self.annotators.contains(annotator) {
                return Err(PlanError::BadRule(annotator.clone()));
            }
        }
        Ok(())
    }

    /// This plan, with some articles given to one annotator alone.
    #[must_use]
    pub fn with_given(&self, annotator: &AnnotatorId, articles: &[ArticleId]) -> Self {
        let moved: BTreeSet<&ArticleId> = articles.iter().collect();
        let mut plan = self.clone();
        let mut own = articles.to_vec();
        for rule in &mut plan.rules {
            if let PlanRule::Articles { annotator: of, articles } = rule {
                articles.retain(|article| !moved.contains(article));
                if of == annotator {
                    own.append(articles);
                }
            }
        }
        plan.rules.retain(|rule| !matches!(rule, PlanRule::Articles { articles, .. } if articles.is_empty()));
        own.sort();
        plan.rules.push(PlanRule::Articles { annotator: annotator.clone(), articles: own });
        plan
    }

    /// Prepares what is the same for every article.
    #[must_use]
    pub fn assigner(&self) -> Assigner<'_> {
        let members = self.annotators.iter().map(|annotator| {
            let mut parts = 1;
            let mut languages = None;
            for rule in &self.rules {
                match rule {
                    PlanRule::Share { annotator: of, parts: given } if of == annotator => {
                        parts = (*given).clamp(1, LARGEST_SHARE);
                    }
                    PlanRule::Languages { annotator: of, languages: given } if of == annotator => {
                        languages = Some(given.as_slice());
                    }
                    _ => {}
                }
            }
            Member { keys: (0..parts).map(|part| key(self.seed, annotator.as_str(), part)).collect(), languages }
        });
        let mut given: BTreeMap<&ArticleId, (usize, Option<usize>)> = BTreeMap::new();
        for rule in &self.rules {
            let PlanRule::Articles { annotator, articles } = rule else { continue };
            let Some(at) = self.annotators.iter().position(|other| other == annotator) else { continue };
            for article in articles {
                let (first, second) = given.entry(article).or_insert((at, None));
                if *first != at {
                    second.get_or_insert(at);
                }
            }
        }
        Assigner { overlap: self.overlap, members: members.collect(), twice: key(self.seed, "", 0), given }
    }
}

const KEY: usize = 24;

fn key(seed: u64, annotator: &str, part: u8) -> [u8; KEY] {
    let hash = blake3::hash(format!("hashiya plan 1\0{seed}\0{annotator}\0{part}").as_bytes());
    let mut key = [0; KEY];
    key.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    key
}

fn number(key: &[u8; KEY], article: &str) -> u64 {
    // An id has 32 characters, so that all fits into one block of the hash and is cheap.
    let mut bytes = [0_u8; KEY + 40];
    let len = KEY + article.len().min(40);
    bytes.iter_mut().zip(key.iter().chain(article.as_bytes())).for_each(|(to, from)| *to = *from);
    let hash = blake3::hash(bytes.get(..len).unwrap_or(&bytes));
    let mut first = [0; 8];
    first.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(first)
}

#[derive(Clone, Debug)]
struct Member<'a> {
    keys: Vec<[u8; KEY]>,
    languages: Option<&'a [String]>,
}

impl Member<'_> {
    fn reads(&self, language: &str) -> bool {
        language.is_empty()
            || self.languages.is_none_or(|languages| {
                languages.iter().any(|wanted| {
                    language.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            })
    }
}

/// A plan, ready for many articles.
#[derive(Clone, Debug)]
pub struct Assigner<'a> {
    overlap: u8,
    members: Vec<Member<'a>>,
    twice: [u8; KEY],
    given: BTreeMap<&'a ArticleId, (usize, Option<usize>)>,
}

impl Assigner<'_> {
    /// Whose an article is: numbers of annotators in the plan's list. The second is there only where it is annotated
    /// twice. An article in a language that nobody reads goes to anybody, so that it is not forgotten.
    #[must_use]
    pub fn assign(&self, article: &ArticleId, language: &str) -> (Option<usize>, Option<usize>) {
        if let Some((first, second)) = self.given.get(article) {
            return (Some(*first), *second);
        }
        let (first, second) = self.best_two(article.as_str(), language);
        (first, second.filter(|_| self.is_twice(article.as_str())))
    }

    /// Whether an article is one annotator's, by their number in the plan's list. Whether it is annotated twice is
    /// worked out only where that annotator comes second.
    #[must_use]
    pub fn is_assigned(&self, article: &ArticleId, language: &str, annotator: usize) -> bool {
        if let Some((first, second)) = self.given.get(article) {
            return *first == annotator || *second == Some(annotator);
        }
        let (first, second) = self.best_two(article.as_str(), language);
        first == Some(annotator) || (second == Some(annotator) && self.is_twice(article.as_str()))
    }

    /// The annotators with the highest and the second highest number.
    fn best_two(&self, article: &str, language: &str) -> (Option<usize>, Option<usize>) {
        let anybody = !self.members.iter().any(|member| member.reads(language));
        let mut best: Option<(u64, usize)> = None;
        let mut second: Option<(u64, usize)> = None;
        for (at, member) in self.members.iter().enumerate() {
            if !anybody && !member.reads(language) {
                continue;
            }
            let highest = member.keys.iter().map(|key| number(key, article)).max().unwrap_or_default();
            if best.is_none_or(|(other, _)| highest > other) {
                second = best.replace((highest, at));
            } else if second.is_none_or(|(other, _)| highest > other) {
                second = Some((highest, at));
            }
        }
        (best.map(|(_, at)| at), second.map(|(_, at)| at))
    }

    fn is_twice(&self, article: &str) -> bool {
        number(&self.twice, article) % 100 < u64::from(self.overlap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn articles(count: usize) -> Vec<ArticleId> {
        (0..count)
            .map(|n| ArticleId::new(format!("{:032x}", (n as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15))))
            .collect()
    }

    fn people(count: usize) -> Vec<AnnotatorId> {
        (1..=count).map(|n| AnnotatorId::new(format!("ann-{n:02}"))).collect()
    }

    #[test]
    fn the_numbers_are_frozen() {
        // Other copies, years and tools compute the same: if this fails, people find other articles in their lists.
        let plan = AssignmentPlan::new(7, 20, people(3));
        let got: Vec<_> = articles(12).iter().map(|id| plan.assigner().assign(id, "ar")).collect();
        let text: Vec<String> = got
            .iter()
            .map(|(first, second)| {
                let second = second.map_or_else(|| "-".to_owned(), |at| at.to_string());
                format!("{}{second}", first.unwrap())
            })
            .collect();
        assert_eq!(text.join(" "), "2- 0- 02 0- 2- 0- 02 01 0- 1- 0- 0-");
    }

    #[test]
    fn rules_hold() {
        let mut plan = AssignmentPlan::new(1, 0, people(3));
        let ann = |n: usize| plan.annotators[n].clone();
        plan.rules = vec![
            PlanRule::Share { annotator: ann(0), parts: 2 },
            PlanRule::Languages { annotator: ann(2), languages: vec!["he".to_owned()] },
        ];
        assert_eq!(plan.check(), Ok(()));
        let assigner = plan.assigner();
        let mut counts = [0_usize; 3];
        for id in articles(3000) {
            counts[assigner.assign(&id, "ar-EG").0.unwrap()] += 1;
        }
        assert_eq!(counts[2], 0);
        assert!((1850..2150).contains(&counts[0]), "two parts of three: {counts:?}");
        let mut plan = AssignmentPlan::new(1, 0, people(1));
        plan.rules = vec![PlanRule::Languages { annotator: plan.annotators[0].clone(), languages: vec!["he".into()] }];
        assert_eq!(plan.assigner().assign(&articles(1)[0], "ar").0, Some(0), "what nobody reads is not forgotten");
    }

    #[test]
    fn articles_can_be_given_to_somebody() {
        let ids = articles(50);
        let plan = AssignmentPlan::new(1, 100, people(3));
        let plan = plan.with_given(&"ann-02".into(), &ids[..10]).with_given(&"ann-03".into(), &ids[5..12]);
        assert_eq!(plan.check(), Ok(()));
        let assigner = plan.assigner();
        let got = |n: usize| assigner.assign(&ids[n], "");
        assert_eq!(
            (got(0), got(4), got(5), got(11)),
            ((Some(1), None), (Some(1), None), (Some(2), None), (Some(2), None))
        );
        assert_eq!(got(12), AssignmentPlan::new(1, 100, people(3)).assigner().assign(&ids[12], ""));
    }

    #[test]
    fn what_cannot_hold_is_refused() {
        let plan = AssignmentPlan::new(1, 20, people(2));
        assert_eq!(plan.check(), Ok(()));
        assert!(AssignmentPlan { annotators: Vec::new(), ..plan.clone() }.check().is_err());
        assert!(AssignmentPlan { overlap: 101, ..plan.clone() }.check().is_err());
        assert!(AssignmentPlan { version: 2, ..plan.clone() }.check().is_err());
        assert!(AssignmentPlan { annotators: vec!["a".into(), "a".into()], ..plan.clone() }.check().is_err());
        let rules = vec![PlanRule::Share { annotator: "ann-09".into(), parts: 1 }];
        assert!(AssignmentPlan { rules, ..plan }.check().is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn overlap_and_shares_are_as_asked(seed: u64, overlap in 0_u8..=100, count in 2_usize..8) {
            let plan = AssignmentPlan::new(seed, overlap, people(count));
            let assigner = plan.assigner();
            let ids = articles(2000);
            let mut counts = vec![0_usize; count];
            let mut twice = 0_usize;
            for id in &ids {
                let (first, second) = assigner.assign(id, "ar");
                counts[first.unwrap()] += 1;
                prop_assert_ne!(first, second);
                if let Some(second) = second {
                    counts[second] += 1;
                    twice += 1;
                }
            }
            // Five standard deviations of a fair draw.
            let spread = |n: f64, share: f64| 5.0 * (n * share * (1.0 - share)).sqrt() + 1.0;
            let share = f64::from(overlap) / 100.0;
            prop_assert!((twice as f64 - 2000.0 * share).abs() <= spread(2000.0, share), "{twice} of 2000 at {overlap} %");
            let total: usize = counts.iter().sum();
            for got in &counts {
                let (n, share) = (total as f64, 1.0 / count as f64);
                prop_assert!((*got as f64 - n * share).abs() <= spread(n, share), "{counts:?}");
            }
        }

        #[test]
        fn an_article_is_ones_own_where_one_comes_first_or_second(seed: u64, overlap in 0_u8..=100, count in 1_usize..5) {
            let ids = articles(200);
            let mut plan = AssignmentPlan::new(seed, overlap, people(count)).with_given(&"ann-01".into(), &ids[..20]);
            plan.rules.push(PlanRule::Articles { annotator: plan.annotators[count - 1].clone(), articles: ids[..5].to_vec() });
            let assigner = plan.assigner();
            for id in &ids {
                let (first, second) = assigner.assign(id, "ar");
                for who in 0..count {
                    let is_own = first == Some(who) || second == Some(who);
                    prop_assert_eq!(assigner.is_assigned(id, "ar", who), is_own, "{} of {}", who, id);
                }
            }
        }

        #[test]
        fn nobody_exchanges_articles_when_somebody_joins(seed: u64, count in 1_usize..7) {
            let before = AssignmentPlan::new(seed, 20, people(count));
            let after = AssignmentPlan::new(seed, 20, people(count + 1));
            let (before, after) = (before.assigner(), after.assigner());
            for id in articles(300) {
                let (old, new) = (before.assign(&id, "").0, after.assign(&id, "").0);
                prop_assert!(new == old || new == Some(count), "{old:?} became {new:?}");
            }
        }
    }
}
