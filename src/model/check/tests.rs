//! Each rule with a case that breaks it and one that keeps it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::*;
use super::*;
use crate::env::Timestamp;

/// An article with one annotator's work, made word by word.
struct Case {
    article: Article,
    set: AnnotationSet,
    scheme: Scheme,
    entities: BTreeMap<EntityId, Entity>,
    clusters: BTreeMap<ClusterId, ClaimCluster>,
    topics: BTreeMap<TopicId, Topic>,
}

fn case(text: &str) -> Case {
    Case {
        article: Article { facts: ArticleFacts::of(ArticleKey::Id("a".into()), text), text: Arc::from(text) },
        set: AnnotationSet::default(),
        scheme: ron::from_str(include_str!("../../../assets/schemes/news.ron")).unwrap(),
        entities: BTreeMap::new(),
        clusters: BTreeMap::new(),
        topics: BTreeMap::new(),
    }
}

fn made() -> Provenance {
    Provenance::manual("ali".into(), Timestamp("2026-01-01T00:00:00.000Z".into()))
}

fn value(text: &str) -> AttributeValue {
    match text {
        "true" => AttributeValue::Flag(true),
        text => AttributeValue::Text(text.into()),
    }
}

fn attributes(all: &[(&str, &str)]) -> Attributes {
    all.iter().map(|(id, text)| ((*id).into(), value(text))).collect()
}

impl Case {
    /// Where the `n`-th `word` (from 0) stands.
    fn at(&self, word: &str, n: usize) -> Span {
        let (at, _) = self.article.text.match_indices(word).nth(n).unwrap_or_else(|| panic!("no {word:?}"));
        Span::new(at, at + word.len())
    }

    fn spans(&self, words: &[&str]) -> SpanSet {
        SpanSet::new(words.iter().map(|word| self.at(word, 0)).collect()).unwrap()
    }

    fn mention(&mut self, id: &str, word: &str, label: &str, all: &[(&str, &str)]) -> &mut Mention {
        self.mention_at(id, word, 0, label, all)
    }

    fn mention_at(&mut self, id: &str, word: &str, n: usize, label: &str, all: &[(&str, &str)]) -> &mut Mention {
        let mention = Mention {
            id: id.into(),
            spans: SpanSet::one(self.at(word, n)).unwrap(),
            quote: word.into(),
            label: label.into(),
            attributes: attributes(all),
            entity: None,
            note: String::new(),
            provenance: made(),
            extra: Extra::new(),
        };
        self.set.mentions.insert(id.into(), mention);
        self.set.mentions.get_mut(id).unwrap()
    }

    /// A claim in the author's own voice.
    fn claim(&mut self, id: &str, words: &[&str], all: &[(&str, &str)]) -> &mut Claim {
        let content = self.spans(words);
        let quote = content.quote(&self.article.text).unwrap();
        let claim = Claim {
            id: id.into(),
            content,
            quote,
            chain: vec![link(None, true)],
            attributes: attributes(all),
            nested_in: None,
            cluster: None,
            norm: BTreeMap::new(),
            verdict: None,
            note: String::new(),
            provenance: made(),
            extra: Extra::new(),
        };
        self.set.claims.insert(id.into(), claim);
        self.set.claims.get_mut(id).unwrap()
    }

    fn stance(&mut self, id: &str, holder: Ref, target: Ref, evidence: Option<&str>) -> &mut Stance {
        let spans = evidence.map(|word| self.spans(&[word]));
        let stance = Stance {
            id: id.into(),
            holder,
            target,
            scale: "favor3".into(),
            value: "favor".into(),
            explicit: true,
            evidence: spans,
            quote: evidence.unwrap_or_default().into(),
            attributed_through: Vec::new(),
            attributes: Attributes::new(),
            note: String::new(),
            provenance: made(),
            extra: Extra::new(),
        };
        self.set.stances.insert(id.into(), stance);
        self.set.stances.get_mut(id).unwrap()
    }

    fn entity(&mut self, id: &str, kind: &str) -> &mut Entity {
        let entity = Entity {
            id: id.into(),
            kind: Some(kind.into()),
            name: BTreeMap::from([("en".to_owned(), id.to_owned())]),
            aliases: Vec::new(),
            members: Vec::new(),
            part_of: None,
            holder: None,
            qid: None,
            note: String::new(),
            extra: Extra::new(),
        };
        self.entities.insert(id.into(), entity);
        self.entities.get_mut(id).unwrap()
    }

    fn topic(&mut self, id: &str, wording: &[(&str, &str)]) {
        let wording = wording.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect();
        self.topics.insert(id.into(), Topic { wording });
    }

    fn found(&self) -> Vec<Finding> {
        let sentences = crate::text::sentences(&self.article.text, &crate::text::SentenceRules::default());
        let around = Surroundings {
            scheme: &self.scheme,
            entities: &self.entities,
            clusters: &self.clusters,
            topics: &self.topics,
            sentences: &sentences,
        };
        findings(&self.article, &self.set, &around)
    }

    /// Exactly these rules are broken, each with the id of what breaks it.
    #[track_caller]
    fn breaks(&self, expect: &[(Rule, &str)]) {
        let mut found: Vec<(Rule, String)> =
            self.found().iter().map(|finding| (finding.rule, finding.about.id().to_owned())).collect();
        found.sort();
        let mut expect: Vec<(Rule, String)> = expect.iter().map(|(rule, id)| (*rule, (*id).to_owned())).collect();
        expect.sort();
        assert_eq!(found, expect);
        for finding in self.found() {
            let message = finding.message();
            assert!(!message.contains(['{', '}']), "{message}");
        }
    }

    #[track_caller]
    fn keeps(&self) {
        self.breaks(&[]);
    }
}

fn link(source: Option<Ref>, implicit: bool) -> ChainLink {
    ChainLink { role: LinkRole::Origin, source, spans: None, cue: None, implicit, on_behalf_of: None }
}

fn said(text: &str) -> Ref {
    Ref::Text(text.into())
}

fn evidence(url: &str) -> Evidence {
    Evidence { url: url.into(), title: String::new(), date: String::new(), quote: String::new(), stance: String::new() }
}

#[test]
fn what_stands_on_the_text_stands_in_it() {
    let mut case = case("one two three");
    case.mention("m", "two", "GPE", &[]);
    case.keeps();
    case.set.mentions.get_mut("m").unwrap().quote = "tow".into();
    case.breaks(&[(Rule::QuoteDrift, "m")]);
    case.set.mentions.get_mut("m").unwrap().spans = SpanSet::one(Span::new(4, 99)).unwrap();
    case.breaks(&[(Rule::OffsetOutOfText, "m")]);
    case.mention("m", "two ", "GPE", &[]);
    case.breaks(&[(Rule::EdgeSpace, "m")]);
}

#[test]
fn regions_hide_what_lies_in_them_and_do_not_overlap() {
    let mut case = case("one two three");
    case.mention("m", "two", "GPE", &[]);
    let region =
        |span: Span, include, state| Region { kind: RegionKind::Body, span, include, state, duplicate_of: None };
    case.article.facts.regions = vec![region(Span::new(0, 13), true, RegionState::Proposed)];
    case.keeps();
    case.set.status = Status::Done;
    case.breaks(&[(Rule::RegionsProposed, "")]);
    case.article.facts.regions = vec![region(Span::new(0, 13), true, RegionState::Confirmed)];
    case.keeps();
    case.article.facts.regions = vec![region(Span::new(0, 13), false, RegionState::Confirmed)];
    case.breaks(&[(Rule::RegionLeftOut, "m")]);
    case.article.facts.regions.push(region(Span::new(10, 20), true, RegionState::Confirmed));
    case.breaks(&[(Rule::RegionLeftOut, "m"), (Rule::OverlappingRegions, ""), (Rule::OffsetOutOfText, "")]);
}

#[test]
fn facts_fields_and_status_of_the_article() {
    let mut case = case("one");
    case.article.facts.date = "2026-11-24".into();
    case.article.facts.language = "ar".into();
    case.set.fields.insert("genre".into(), value("brief"));
    case.set.status = Status::Skipped;
    case.set.status_reason = "a gallery".into();
    case.keeps();
    case.article.facts.date = "yesterday".into();
    case.article.facts.language = "Arabic language".into();
    case.set.fields.insert("genre".into(), value("poem"));
    case.set.fields.insert("mood".into(), value("good"));
    case.set.status_reason.clear();
    case.breaks(&[
        (Rule::DateShape, ""),
        (Rule::LanguageShape, ""),
        (Rule::UnknownValue, ""),
        (Rule::UnknownAttribute, ""),
        (Rule::SkippedWithoutReason, ""),
    ]);
}

#[test]
fn labels_and_attributes_are_those_of_the_scheme() {
    let mut case = case("one two");
    case.mention("m", "one", "GPE", &[("subtype", "country"), ("specificity", "generic")]);
    case.keeps();
    case.mention("m", "one", "GPE", &[("subtype", "planet"), ("specificity", "vague")]);
    case.breaks(&[(Rule::UnknownValue, "m"), (Rule::UnknownValue, "m")]);
    case.mention("m", "one", "GPE", &[("adjectival", "true"), ("colour", "red")]);
    case.breaks(&[(Rule::UnknownAttribute, "m"), (Rule::UnknownAttribute, "m"), (Rule::AdjectiveWithoutEntity, "m")]);
    case.mention("m", "one", "CITY", &[]);
    case.breaks(&[(Rule::UnknownLabel, "m")]);
}

#[test]
fn who_is_uncertain_says_why() {
    let mut case = case("one two");
    case.mention("m", "one", "GPE", &[("uncertain", "true")]);
    case.breaks(&[(Rule::UncertainWithoutNote, "m")]);
    case.set.mentions.get_mut("m").unwrap().note = "a city or its team".into();
    case.keeps();
}

#[test]
fn mentions_nest_and_do_not_cross() {
    let mut case = case("one two three");
    case.mention("m1", "one two three", "ORG", &[]);
    case.mention("m2", "two", "GPE", &[]);
    case.keeps();
    case.mention("m1", "one two", "ORG", &[]);
    case.mention("m2", "two three", "GPE", &[]);
    case.breaks(&[(Rule::CrossingMention, "m1")]);
    case.mention("m2", "one two", "ORG", &[]);
    case.breaks(&[(Rule::DuplicateMention, "m1")]);
}

#[test]
fn names_leave_their_quotation_marks_outside() {
    let mut case = case("the ship \"Dawn\" left");
    case.mention("m", "Dawn", "WORK", &[]);
    case.keeps();
    case.mention("m", "\"Dawn\"", "WORK", &[]);
    case.breaks(&[(Rule::QuotesAroundName, "m")]);
    case.mention("m", "\"Dawn\"", "WORK", &[("level", "NOM")]);
    case.keeps();
}

#[test]
fn metonymy_names_the_literal_thing() {
    let mut case = case("Cairo said");
    case.mention("m", "Cairo", "GPE", &[("metonymy", "capital-for-government"), ("literal", "the city")]);
    case.keeps();
    case.mention("m", "Cairo", "GPE", &[("metonymy", "capital-for-government")]);
    case.breaks(&[(Rule::MetonymyWithoutLiteral, "m")]);
    case.mention("m", "Cairo", "GPE", &[("literal", "the city")]);
    case.breaks(&[(Rule::LiteralWithoutMetonymy, "m")]);
}

#[test]
fn a_letter_lost_to_the_lam_is_given_in_norm() {
    // "said to the president": the article's alef is lost after the preposition.
    let text = "\u{642}\u{627}\u{644} \u{644}\u{644}\u{631}\u{626}\u{64A}\u{633}";
    let residue = "\u{644}\u{631}\u{626}\u{64A}\u{633}";
    let mut case = case(text);
    case.article.facts.language = "ar".into();
    case.mention("m", residue, "PER", &[("level", "NOM")]);
    case.breaks(&[(Rule::NormMissing, "m")]);
    let whole = "\u{627}\u{644}\u{631}\u{626}\u{64A}\u{633}";
    case.mention("m", residue, "PER", &[("level", "NOM"), ("norm", whole)]);
    case.keeps();
}

#[test]
fn a_title_stands_beside_a_name() {
    let mut case = case("President Amr Nasser met the minister, Sami Odeh. A spokesman left.");
    case.mention("p1", "Amr Nasser", "PER", &[]);
    case.mention("p2", "Sami Odeh", "PER", &[]);
    case.mention("r1", "President", "ROLE", &[]);
    case.mention("r2", "minister", "ROLE", &[]);
    case.keeps();
    case.mention("r3", "spokesman", "ROLE", &[]);
    case.breaks(&[(Rule::RoleAlone, "r3")]);
    // A name in the sentence before is not beside it, and a title beside a title beside a name is.
    case.mention("r3", "A spokesman", "ROLE", &[]);
    case.breaks(&[(Rule::RoleAlone, "r3")]);
    let mut case = self::case("The minister, president Amr Nasser, left.");
    case.mention("p", "Amr Nasser", "PER", &[]);
    case.mention("r1", "president", "ROLE", &[]);
    case.mention("r2", "minister", "ROLE", &[]);
    case.keeps();
}

#[test]
fn times_and_numbers_have_a_value() {
    let mut case = case("on Tuesday 12 % of it");
    case.mention("t", "Tuesday", "TIME", &[("value", "2018-03-20")]);
    case.mention("n", "12 %", "NUM", &[("value", "12")]);
    case.keeps();
    case.mention("t", "Tuesday", "TIME", &[]);
    case.mention("n", "12", "NUM", &[]);
    case.breaks(&[(Rule::TimeWithoutValue, "t"), (Rule::SignOutsideNumber, "n")]);
    case.mention("t", "Tuesday", "TIME", &[("value", "last week")]);
    case.mention("n", "12 %", "NUM", &[("value", "a lot")]);
    case.breaks(&[(Rule::ValueShape, "t"), (Rule::ValueShape, "n")]);
}

#[test]
fn pronouns_are_annotated_where_the_scheme_says_so() {
    let mut case = case("he left");
    case.mention("m", "he", "PER", &[("level", "PRO")]);
    case.breaks(&[(Rule::PronounNotAnnotated, "m")]);
    case.scheme.annotate_pronouns = true;
    case.keeps();
}

#[test]
fn a_cluster_has_one_type_and_takes_its_adjectives() {
    let mut case = case("Syria and Syrian things");
    case.entity("e", "GPE");
    case.mention("m1", "Syria", "GPE", &[]).entity = Some("e".into());
    case.mention("m2", "Syrian", "NORP", &[("adjectival", "true")]).entity = Some("e".into());
    case.keeps();
    case.mention("m2", "Syrian", "ORG", &[]).entity = Some("e".into());
    case.breaks(&[(Rule::ClusterType, "m2")]);
    case.mention("m2", "Syrian", "NORP", &[("adjectival", "true")]);
    case.breaks(&[(Rule::AdjectiveWithoutEntity, "m2")]);
    case.mention("m2", "Syrian", "NORP", &[]).entity = Some("gone".into());
    case.breaks(&[(Rule::DanglingReference, "m2")]);
}

#[test]
fn entities_have_a_name_a_type_and_a_number() {
    let mut case = case("Syria");
    case.mention("m", "Syria", "GPE", &[]).entity = Some("e".into());
    case.entity("e", "GPE").qid = Some("Q858".into());
    case.keeps();
    let entity = case.entity("e", "GPE");
    (entity.qid, entity.name) = (Some("858".into()), BTreeMap::new());
    case.breaks(&[(Rule::QidShape, "e"), (Rule::EntityWithoutName, "e")]);
    case.entity("e", "LAND");
    case.breaks(&[(Rule::EntityType, "e"), (Rule::ClusterType, "m")]);
    case.entity("e", "GPE").members = vec!["gone".into()];
    case.breaks(&[(Rule::DanglingReference, "e")]);
}

#[test]
fn nothing_is_part_of_itself() {
    let mut case = case("Syria");
    case.mention("m", "Syria", "GPE", &[]).entity = Some("a".into());
    case.entity("a", "GPE").part_of = Some("b".into());
    case.entity("b", "GPE").members = vec!["a".into()];
    case.keeps();
    case.entity("b", "GPE").part_of = Some("a".into());
    case.breaks(&[(Rule::EntityCycle, "a")]);
    // The same said from two sides.
    case.entity("b", "GPE");
    let a = case.entity("a", "GPE");
    (a.part_of, a.members) = (Some("b".into()), vec!["b".into()]);
    case.breaks(&[(Rule::EntityCycle, "a")]);
    case.entity("a", "GPE").members = vec!["a".into()];
    case.breaks(&[(Rule::EntityCycle, "a")]);
}

#[test]
fn only_roles_have_a_holder_and_none_holds_itself() {
    let mut case = case("President Nasser");
    case.mention("p", "Nasser", "PER", &[]);
    case.mention("m", "President", "ROLE", &[]).entity = Some("a".into());
    case.entity("b", "PER");
    case.entity("a", "ROLE").holder = Some("b".into());
    case.keeps();
    case.entity("b", "PER").holder = Some("a".into());
    case.breaks(&[(Rule::HolderCycle, "a")]);
    case.mention("m", "President", "ORG", &[]).entity = Some("a".into());
    case.entity("b", "PER");
    case.entity("a", "ORG").holder = Some("b".into());
    case.breaks(&[(Rule::HolderOfNoRole, "a")]);
}

#[test]
fn claims_leave_marks_and_particles_outside() {
    let mut case = case("He said that \"we will go\" today [to Cairo], \u{623}\u{646} x.");
    case.claim("c", &["we will go"], &[]);
    case.keeps();
    case.claim("c", &["\"we will go\""], &[]);
    case.breaks(&[(Rule::QuotesAroundContent, "c")]);
    case.claim("c", &["we will go\" today"], &[]);
    case.breaks(&[(Rule::UnpairedQuotes, "c")]);
    case.claim("c", &["\"we will go\" today"], &[]);
    case.keeps();
    case.claim("c", &["today [to Cairo]"], &[]);
    case.breaks(&[(Rule::BracketsAtEdge, "c")]);
    case.claim("c", &["\u{623}\u{646} x"], &[]);
    case.breaks(&[(Rule::ParticleInClaim, "c")]);
}

#[test]
fn an_interrupted_quotation_is_one_claim() {
    let mut case = case("\"Yes\", the minister said, \"we will go\".");
    let cue = case.spans(&["said"]);
    let source = case.spans(&["the minister"]);
    let claim = case.claim("c", &["Yes", "we will go"], &[("form", "verbatim")]);
    claim.chain = vec![ChainLink { spans: Some(source), cue: Some(cue), ..link(Some(said("the minister")), false) }];
    case.keeps();
    let cue = case.spans(&["Yes"]);
    case.set.claims.get_mut("c").unwrap().chain[0].cue = Some(cue);
    case.breaks(&[(Rule::CueInContent, "c")]);
}

#[test]
fn a_claim_stands_once() {
    let mut case = case("We will go and they stay.");
    case.claim("c1", &["We will go"], &[]);
    case.claim("c2", &["they stay"], &[]);
    case.keeps();
    case.claim("c2", &["We will go"], &[]);
    case.breaks(&[(Rule::DuplicateClaim, "c2")]);
}

#[test]
fn chains_name_who_speaks_in_order() {
    let mut case = case("We will go.");
    case.claim("c", &["We will go"], &[]);
    let relay = || ChainLink { role: LinkRole::Relay, ..link(Some(said("agency")), false) };
    let origin = || link(Some(said("minister")), false);
    let mut check = |chain: Vec<ChainLink>, expect: &[Rule]| {
        case.set.claims.get_mut("c").unwrap().chain = chain;
        let expect: Vec<(Rule, &str)> = expect.iter().map(|rule| (*rule, "c")).collect();
        case.breaks(&expect);
    };
    check(vec![relay(), origin()], &[]);
    check(vec![origin(), relay()], &[Rule::ChainOrder]);
    check(vec![relay()], &[Rule::ChainWithoutOrigin]);
    check(Vec::new(), &[Rule::ClaimWithoutSource]);
    check(vec![link(None, false)], &[Rule::LinkWithoutSource]);
    check(vec![link(None, true)], &[]);
    check(vec![link(Some(Ref::Topic("t".into())), false)], &[Rule::SourceKind, Rule::DanglingReference]);
    let stands = SpanSet::one(Span::new(0, 99)).unwrap();
    check(vec![ChainLink { spans: Some(stands), ..origin() }], &[Rule::OffsetOutOfText]);
}

#[test]
fn an_implicit_source_stands_nowhere_and_a_document_has_an_issuer() {
    let mut case = case("The report says we will go.");
    case.mention("m", "report", "WORK", &[]);
    case.claim("c", &["we will go"], &[]);
    let chain = |link: ChainLink, case: &mut Case| case.set.claims.get_mut("c").unwrap().chain = vec![link];
    chain(link(Some(Ref::Mention("m".into())), false), &mut case);
    case.breaks(&[(Rule::DocumentWithoutIssuer, "c")]);
    let issued = ChainLink { on_behalf_of: Some(said("the bank")), ..link(Some(Ref::Mention("m".into())), false) };
    chain(issued.clone(), &mut case);
    case.keeps();
    chain(ChainLink { implicit: true, ..issued }, &mut case);
    case.breaks(&[(Rule::ImplicitWithSource, "c")]);
}

#[test]
fn cues_stand_beside_what_they_introduce() {
    let mut case = case("Sami said we will go. He left. They stay.");
    let (near, far) = (case.spans(&["said"]), case.spans(&["left"]));
    let claim = case.claim("c", &["we will go"], &[]);
    claim.chain[0].cue = Some(near);
    case.keeps();
    case.set.claims.get_mut("c").unwrap().chain[0].cue = Some(far.clone());
    case.breaks(&[(Rule::CueOutsideSentence, "c")]);
    // The sentence of the source counts as well.
    let source = case.spans(&["He"]);
    let chain = &mut case.set.claims.get_mut("c").unwrap().chain;
    chain[0] = ChainLink { spans: Some(source), cue: Some(far), ..link(Some(said("Sami")), false) };
    case.keeps();
}

#[test]
fn cues_leave_conjunctions_and_particles_outside() {
    // "and he added that he will go", with the cue taken too far on either side.
    let (added, with_and) = ("\u{623}\u{636}\u{627}\u{641}", "\u{648}\u{623}\u{636}\u{627}\u{641}");
    let text = format!("{with_and} \u{623}\u{646}\u{647} \u{633}\u{64A}\u{631}\u{62D}\u{644}");
    let mut case = case(&text);
    let spans = [with_and, added, &format!("{added} \u{623}\u{646}\u{647}")].map(|word| case.spans(&[word]));
    case.claim("c", &["\u{633}\u{64A}\u{631}\u{62D}\u{644}"], &[]);
    let [whole, bare, particle] = spans;
    let cue = |cue: SpanSet, case: &mut Case| case.set.claims.get_mut("c").unwrap().chain[0].cue = Some(cue);
    cue(bare, &mut case);
    case.keeps();
    cue(whole, &mut case);
    case.breaks(&[(Rule::ConjunctionInCue, "c")]);
    cue(particle, &mut case);
    case.breaks(&[(Rule::ParticleInClaim, "c")]);
}

#[test]
fn claims_nest_inside_others_and_never_in_themselves() {
    let mut case = case("He thinks we will go. They stay.");
    case.claim("c1", &["He thinks we will go"], &[]);
    case.claim("c2", &["we will go"], &[]).nested_in = Some("c1".into());
    case.keeps();
    case.claim("c3", &["They stay"], &[]).nested_in = Some("c1".into());
    case.breaks(&[(Rule::OutsideOuterClaim, "c3")]);
    case.set.claims.remove("c3");
    case.set.claims.get_mut("c1").unwrap().nested_in = Some("c2".into());
    case.breaks(&[(Rule::ClaimCycle, "c1"), (Rule::ClaimCycle, "c2")]);
    case.set.claims.remove("c1");
    case.breaks(&[(Rule::DanglingReference, "c2")]);
}

#[test]
fn verdicts_rest_on_evidence() {
    let mut case = case("We will go.");
    let verdict = |value: &str, evidence: Vec<Evidence>| Some(Verdict { value: value.into(), evidence });
    let mut check = |all: &[(&str, &str)], verdict: Option<Verdict>, expect: &[Rule]| {
        case.claim("c", &["We will go"], all).verdict = verdict;
        let expect: Vec<(Rule, &str)> = expect.iter().map(|rule| (*rule, "c")).collect();
        case.breaks(&expect);
    };
    check(&[], verdict("supported", vec![evidence("https://example.org")]), &[]);
    check(&[], verdict("not_checked", Vec::new()), &[]);
    check(&[], verdict("not_enough_evidence", Vec::new()), &[]);
    check(&[], verdict("supported", Vec::new()), &[Rule::VerdictWithoutEvidence]);
    check(&[], verdict("supported", vec![evidence("")]), &[Rule::EvidenceWithoutAddress]);
    check(&[], verdict("likely", vec![evidence("x")]), &[Rule::UnknownValue]);
    let unverifiable = [("verifiability", "not_verifiable")];
    check(&unverifiable, verdict("refuted", vec![evidence("x")]), &[Rule::VerdictOfUnverifiable]);
    check(&unverifiable, verdict("not_checked", Vec::new()), &[]);
}

#[test]
fn type_and_form_fit_the_rest() {
    let mut case = case("We will go. \"They stay\".");
    case.claim("c", &["We will go"], &[("type", "opinion"), ("check_worthiness", "0")]);
    case.keeps();
    case.claim("c", &["We will go"], &[("type", "opinion"), ("check_worthiness", "2")]);
    case.breaks(&[(Rule::OpinionWorthChecking, "c")]);
    case.claim("c", &["They stay"], &[("form", "verbatim")]);
    case.keeps();
    case.claim("c", &["We will go"], &[("form", "verbatim")]);
    case.breaks(&[(Rule::VerbatimWithoutQuotes, "c")]);
}

#[test]
fn a_cluster_of_claims_says_one_thing() {
    let mut case = case("We will go. They stay.");
    let cluster =
        ClaimCluster { id: "k".into(), contradicts: Vec::new(), in_tension_with: Vec::new(), note: String::new() };
    case.clusters.insert("k".into(), cluster.clone());
    case.claim("c1", &["We will go"], &[]).cluster = Some("k".into());
    case.claim("c2", &["They stay"], &[("polarity", "affirmative")]).cluster = Some("k".into());
    case.keeps();
    case.claim("c2", &["They stay"], &[("polarity", "negative")]).cluster = Some("k".into());
    case.breaks(&[(Rule::ClusterPolarity, "c2")]);
    case.set.claims.remove("c2");
    case.clusters.insert("k".into(), ClaimCluster { contradicts: vec!["k".into()], ..cluster });
    case.breaks(&[(Rule::ClusterContradictsItself, "k")]);
    case.clusters.clear();
    case.breaks(&[(Rule::DanglingReference, "c1")]);
}

#[test]
fn stances_have_holder_target_evidence_and_value() {
    let mut case = case("Sami wants peace.");
    case.mention("m", "Sami", "PER", &[]);
    case.topic("t", &[("en", "Peace")]);
    let (sami, peace) = (|| Ref::Mention("m".into()), || Ref::Topic("t".into()));
    case.stance("s", sami(), peace(), Some("wants"));
    case.keeps();
    case.stance("s", sami(), peace(), None);
    case.breaks(&[(Rule::StanceWithoutEvidence, "s")]);
    case.stance("s", Ref::Author, peace(), None).value = "neutral".into();
    case.keeps();
    case.stance("s", Ref::Text("he".into()), peace(), Some("wants"));
    case.breaks(&[(Rule::StanceHolder, "s")]);
    case.stance("s", sami(), Ref::Text("peace".into()), Some("wants"));
    case.breaks(&[(Rule::StanceTarget, "s")]);
    case.stance("s", Ref::Author, peace(), Some("wants")).attributed_through = vec![sami()];
    case.breaks(&[(Rule::AuthorReported, "s")]);
    case.stance("s", sami(), peace(), Some("wants")).value = "agree".into();
    case.breaks(&[(Rule::UnknownValue, "s")]);
    case.stance("s", sami(), peace(), Some("wants")).scale = "ten".into();
    case.breaks(&[(Rule::UnknownScale, "s")]);
    case.stance("s", sami(), Ref::Claim("c".into()), Some("wants"));
    case.breaks(&[(Rule::DanglingReference, "s")]);
}

#[test]
fn an_implicit_stance_has_a_note() {
    let mut case = case("Sami wants peace.");
    case.topic("t", &[("en", "Peace")]);
    case.stance("s", Ref::Author, Ref::Topic("t".into()), Some("wants")).explicit = false;
    case.breaks(&[(Rule::ImplicitWithoutNote, "s")]);
    case.set.stances.get_mut("s").unwrap().note = "by its choice of words".into();
    case.keeps();
}

#[test]
fn a_stance_stands_once() {
    let mut case = case("Sami wants peace.");
    case.topic("t", &[("en", "Peace")]);
    case.stance("s1", Ref::Author, Ref::Topic("t".into()), Some("wants"));
    case.stance("s2", Ref::Author, Ref::Topic("t".into()), Some("peace"));
    case.keeps();
    case.stance("s2", Ref::Author, Ref::Topic("t".into()), Some("wants"));
    case.breaks(&[(Rule::DuplicateStance, "s2")]);
}

#[test]
fn topics_have_a_wording() {
    let mut case = case("Sami wants peace.");
    case.stance("s", Ref::Author, Ref::Topic("t".into()), Some("wants"));
    case.topic("t", &[("ar", "\u{627}\u{644}\u{633}\u{644}\u{645}")]);
    case.keeps();
    case.topic("t", &[("en", " ")]);
    case.breaks(&[(Rule::TopicWithoutWording, "t")]);
    case.topic("t", &[("en", "Not making peace")]);
    case.breaks(&[(Rule::TopicNegated, "t")]);
}

#[test]
fn the_worst_comes_first_and_then_the_text_decides() {
    let mut case = case("one two three four");
    case.mention("m1", "one ", "GPE", &[]);
    case.mention("m2", "four", "CITY", &[]);
    case.mention("m3", "two", "CITY", &[]);
    case.mention("m4", "three", "GPE", &[]).quote = "tree".into();
    let found: Vec<_> = case.found().iter().map(|finding| finding.about.id().to_owned()).collect();
    assert_eq!(found, ["m4", "m3", "m2", "m1"]);
}

#[test]
fn every_rule_is_broken_somewhere_here() {
    // What is held is found by the session, which alone knows it.
    let here = include_str!("tests.rs");
    let missing: Vec<String> = Rule::ALL
        .iter()
        .filter(|rule| **rule != Rule::Held)
        .map(|rule| format!("Rule::{rule:?}"))
        .filter(|name| !here.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "no test breaks {missing:?}");
}
