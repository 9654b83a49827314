//! The rules of the scheme that can be checked, each with its code, how much it matters, and its sentence.

use super::super::Severity;

macro_rules! rules {
    ($($name:ident = $code:literal, $severity:ident, $sentence:literal;)*) => {
        /// A rule; [`Rule::sentence`] says what is the matter and what to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $(#[doc = $sentence] $name,)* }

        impl Rule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Stable ASCII code, for filters, dismissals and tests.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How much it matters: what the scheme requires is an error, what it says is a warning, what only looks
            /// unusual is a hint.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// One English sentence with the particulars in braces.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

rules! {
    // What must hold of anything that stands on a text.
    OffsetOutOfText = "offset_out_of_text", Error,
        "\"{quote}\" stands outside the text or splits a letter; delete it and mark it again.";
    QuoteDrift = "quote_drift", Error,
        "It was made on \"{quote}\", but the text there is \"{text}\"; mark it again.";
    DanglingReference = "dangling_reference", Error,
        "It refers to {id}, which does not exist here; choose another or take the reference away.";
    Held = "held", Warning,
        "{id} was deleted in another copy, and stands because something refers to it; change it to keep it.";
    EdgeSpace = "edge_space", Hint,
        "\"{quote}\" begins or ends with white space; move its edges to the letters.";
    RegionLeftOut = "region_left_out", Hint,
        "\"{quote}\" lies in a region that is left out, and so is not exported; include the region or delete it.";
    UnknownAttribute = "unknown_attribute", Warning,
        "The attribute {attribute} does not belong here in the scheme; remove it.";
    UnknownValue = "unknown_value", Warning,
        "{value} is not a value of {attribute} in the scheme; choose another.";
    UncertainWithoutNote = "uncertain_without_note", Warning,
        "It is marked uncertain; say why in its note.";

    // Mentions: 1.3.
    UnknownLabel = "unknown_label", Warning,
        "The label {label} is not in the scheme; choose another.";
    DuplicateMention = "duplicate_mention", Warning,
        "\"{quote}\" is labelled {label} twice; delete one of them.";
    CrossingMention = "crossing_mention", Warning,
        "\"{quote}\" ({label}) crosses \"{other}\" ({other_label}); let one contain the other, or part them.";
    QuotesAroundName = "quotes_around_name", Warning,
        "The quotation marks around the name \"{quote}\" stay outside; move the edges.";
    MetonymyWithoutLiteral = "metonymy_without_literal", Warning,
        "It stands for something else; name the literal thing in the field literal.";
    LiteralWithoutMetonymy = "literal_without_metonymy", Hint,
        "A literal thing is named, but no metonymy is set; set it, or empty the field literal.";
    NormMissing = "norm_missing", Warning,
        "\"{quote}\" has lost a letter after the lam; give the full form in the field norm.";
    RoleAlone = "role_alone", Warning,
        "The title \"{quote}\" stands beside no name; label it {person} with level NOM.";
    TimeWithoutValue = "time_without_value", Hint,
        "\"{quote}\" has no normalised value; fill in the field value.";
    ValueShape = "value_shape", Warning,
        "{value} is neither a TIMEX3 value nor a decimal number; write it as 2018-03-20, P6Y or 12.5.";
    PronounNotAnnotated = "pronoun_not_annotated", Hint,
        "\"{quote}\" has the level PRO, and this scheme does not annotate pronouns; delete it or change its level.";
    SignOutsideNumber = "sign_outside_number", Hint,
        "A number and its sign are one span; take the sign after \"{quote}\" in.";

    // Identity: 1.4.
    ClusterType = "cluster_type", Warning,
        "It is labelled {label}, its entity is of type {type}; change one of them, or choose another entity.";
    AdjectiveWithoutEntity = "adjective_without_entity", Hint,
        "The adjective \"{quote}\" joins the entity of the country or people it names; choose it.";
    EntityCycle = "entity_cycle", Error,
        "The entity {entity} is part of itself; change its members or what it is part of.";
    HolderCycle = "holder_cycle", Error,
        "The entity {entity} holds itself; change its holder.";
    HolderOfNoRole = "holder_of_no_role", Warning,
        "The entity {entity} has a holder, but is of type {type}; only a role has one.";
    EntityType = "entity_type", Warning,
        "The type {type} of the entity {entity} is not a label of the scheme; choose another.";
    EntityWithoutName = "entity_without_name", Hint,
        "The entity {entity} has no name in any language; give it one.";
    QidShape = "qid_shape", Error,
        "{value} is no Wikidata number; write Q and digits, or NIL.";

    // Claims: 2.1.
    DuplicateClaim = "duplicate_claim", Warning,
        "\"{quote}\" is marked as a claim twice; delete one of them.";
    QuotesAroundContent = "quotes_around_content", Warning,
        "The quotation marks around all of \"{quote}\" stay outside; move the edges.";
    UnpairedQuotes = "unpaired_quotes", Warning,
        "A quotation mark in \"{quote}\" has no partner; take both in, or neither.";
    BracketsAtEdge = "brackets_at_edge", Hint,
        "An insertion in brackets at the edge of \"{quote}\" stays out; move the edge.";
    ParticleInClaim = "particle_in_claim", Warning,
        "The particle {word} belongs to no part of a claim; move the edge.";
    ConjunctionInCue = "conjunction_in_cue", Warning,
        "The attached conjunction of the cue {word} stays outside; move the edge.";
    ClaimWithoutSource = "claim_without_source", Hint,
        "\"{quote}\" names nobody who says it; add a source, or mark it as implicit.";
    LinkWithoutSource = "link_without_source", Warning,
        "A link of the chain is neither implicit nor has a source; name one.";
    ImplicitWithSource = "implicit_with_source", Warning,
        "A source is marked as implicit, but stands in the text; take one of them away.";
    SourceKind = "source_kind", Warning,
        "The source of a claim is a mention, an entity or free text; choose one.";
    ChainOrder = "chain_order", Warning,
        "A relay stands after the origin; order the chain from the outermost to the innermost.";
    ChainWithoutOrigin = "chain_without_origin", Warning,
        "The chain has relays and no origin; add who said it, or mark the last link as origin.";
    CueOutsideSentence = "cue_outside_sentence", Warning,
        "The cue \"{cue}\" stands in no sentence of its content or source; choose another.";
    CueInContent = "cue_in_content", Warning,
        "The cue or source \"{cue}\" is no content; take it out of \"{quote}\".";
    DocumentWithoutIssuer = "document_without_issuer", Hint,
        "The document \"{quote}\" speaks for its issuer; say on whose behalf.";
    ClaimCycle = "claim_cycle", Error,
        "\"{quote}\" is nested in itself; choose another outer claim.";
    OutsideOuterClaim = "outside_outer_claim", Warning,
        "\"{quote}\" is nested in \"{outer}\", but lies outside its content; change one of them.";

    // Claims: 2.2.
    VerdictWithoutEvidence = "verdict_without_evidence", Error,
        "A verdict needs its evidence; add it, or set the verdict to not_checked.";
    EvidenceWithoutAddress = "evidence_without_address", Hint,
        "A piece of evidence has neither an address nor the deciding words; add them.";
    VerdictOfUnverifiable = "verdict_of_unverifiable", Warning,
        "What cannot be verified gets no verdict; change the verdict or the verifiability.";
    OpinionWorthChecking = "opinion_worth_checking", Hint,
        "A claim of type {type} is no factual claim; its check-worthiness is 0.";
    VerbatimWithoutQuotes = "verbatim_without_quotes", Hint,
        "\"{quote}\" has the form verbatim, but no quotation marks around it; change the form.";
    ClusterPolarity = "cluster_polarity", Warning,
        "Claims of opposite polarity share the cluster {cluster}; part them and link the clusters.";
    ClusterContradictsItself = "cluster_contradicts_itself", Error,
        "The cluster {cluster} contradicts itself; take it out of its own list.";

    // Stances: 3.
    DuplicateStance = "duplicate_stance", Warning,
        "This stance stands twice: same holder, target, value and evidence; delete one of them.";
    StanceWithoutEvidence = "stance_without_evidence", Error,
        "A stance needs the words that show it; mark them.";
    ImplicitWithoutNote = "implicit_without_note", Error,
        "An implicit stance needs a note that says why; write it.";
    StanceHolder = "stance_holder", Warning,
        "The holder of a stance is an entity, a mention or the author; choose one.";
    StanceTarget = "stance_target", Error,
        "The target of a stance is an entity, a claim, a cluster or a topic; choose one.";
    AuthorReported = "author_reported", Warning,
        "A reported stance is the holder's, never the author's; choose the holder.";
    UnknownScale = "unknown_scale", Warning,
        "The scale {scale} is not in the scheme; choose another.";
    TopicWithoutWording = "topic_without_wording", Warning,
        "The topic {topic} has no wording in any language; word it affirmatively.";
    TopicNegated = "topic_negated", Hint,
        "The topic \"{wording}\" is worded negatively; word it affirmatively.";

    // The article: 4.
    OverlappingRegions = "overlapping_regions", Warning,
        "This region overlaps another; remove one of them.";
    RegionsProposed = "regions_proposed", Hint,
        "The article is done, and some of its regions are still proposals; confirm or change them.";
    SkippedWithoutReason = "skipped_without_reason", Warning,
        "The article is skipped; say why.";
    DateShape = "date_shape", Warning,
        "The date {value} is no ISO date; write it as 2018-03-20.";
    LanguageShape = "language_shape", Warning,
        "{value} is no language tag; write it as ar, fa or en-GB.";
}

impl Rule {
    /// The rule with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stable_words_and_sentences_say_what_to_do() {
        let mut codes: Vec<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        for rule in Rule::ALL {
            assert_eq!(Rule::from_code(rule.code()), Some(*rule));
            assert!(rule.code().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", rule.code());
            assert!(rule.sentence().ends_with('.') && rule.sentence().contains([';', ',']), "{}", rule.sentence());
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Rule::ALL.len());
        assert_eq!(Rule::from_code("no such rule"), None);
    }
}
