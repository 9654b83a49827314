//! Attribution chains: who says a claim, through whom, and by which words.

use super::super::{ChainLink, Claim, LinkRole, Ref};
use super::claims::first_word;
use super::marks::is_particle;
use super::{Findings, Rule, short};
use crate::text::{FoldLevel, Span, SpanSet, fold_key};

impl<'a> Findings<'a> {
    pub(super) fn of_chain(&mut self, claim: &'a Claim) {
        if claim.chain.is_empty() {
            self.add_on(Rule::ClaimWithoutSource, &claim.quote);
            return;
        }
        let origin = claim.chain.iter().position(|link| link.role == LinkRole::Origin);
        let last_relay = claim.chain.iter().rposition(|link| link.role == LinkRole::Relay);
        match (origin, last_relay) {
            (Some(origin), Some(relay)) if relay > origin => self.add(Rule::ChainOrder, Vec::new()),
            (None, _) => self.add(Rule::ChainWithoutOrigin, Vec::new()),
            _ => {}
        }
        for link in &claim.chain {
            self.of_source(link);
            for spans in link.spans.iter().chain(&link.cue) {
                match spans.quote(&self.article.text) {
                    None => self.add_on(Rule::OffsetOutOfText, &claim.quote),
                    Some(quote) if overlaps(spans, &claim.content) => {
                        self.add(Rule::CueInContent, vec![("cue", short(&quote)), ("quote", short(&claim.quote))]);
                    }
                    Some(_) => {}
                }
            }
            if let Some(cue) = &link.cue {
                self.of_cue(claim, link, cue);
            }
        }
    }

    fn of_source(&mut self, link: &'a ChainLink) {
        for reference in link.source.iter().chain(&link.on_behalf_of) {
            self.reference(reference);
        }
        match &link.source {
            None if link.spans.is_none() && !link.implicit => self.add(Rule::LinkWithoutSource, Vec::new()),
            Some(Ref::Claim(_) | Ref::ClaimOf(..) | Ref::Cluster(_) | Ref::Topic(_)) => {
                self.add(Rule::SourceKind, Vec::new());
            }
            Some(Ref::Mention(id)) => {
                let document = self.set.mentions.get(id).filter(|mention| mention.label.as_str() == "WORK");
                if let Some(document) = document.filter(|_| link.on_behalf_of.is_none()) {
                    self.add_on(Rule::DocumentWithoutIssuer, &document.quote);
                }
            }
            _ => {}
        }
        // An implicit source may be known, but then nothing in the text names it.
        if link.implicit && (link.spans.is_some() || matches!(link.source, Some(Ref::Mention(_)))) {
            self.add(Rule::ImplicitWithSource, Vec::new());
        }
    }

    fn of_cue(&mut self, claim: &Claim, link: &ChainLink, cue: &SpanSet) {
        let Some(quote) = cue.quote(&self.article.text) else { return };
        if !self.shares_sentences(claim, link, cue) {
            self.add(Rule::CueOutsideSentence, vec![("cue", short(&quote))]);
        }
        let words: Vec<&str> = quote.split_whitespace().collect();
        if let (Some(last), true) = (words.last(), words.len() > 1)
            && is_particle(last)
        {
            self.add(Rule::ParticleInClaim, vec![("word", (*last).to_owned())]);
        }
        if let Some(word) = first_word(&quote)
            && self.has_conjunction(word)
        {
            self.add(Rule::ConjunctionInCue, vec![("word", word.to_owned())]);
        }
    }

    /// Whether each piece of the cue stands in a sentence that the content or the source touches.
    fn shares_sentences(&self, claim: &Claim, link: &ChainLink, cue: &SpanSet) -> bool {
        let mention = match &link.source {
            Some(Ref::Mention(id)) => self.set.mentions.get(id).map(|mention| &mention.spans),
            _ => None,
        };
        let parts: Vec<&SpanSet> = [Some(&claim.content), link.spans.as_ref(), mention].into_iter().flatten().collect();
        let near = |piece: Span| {
            let mut sentences = self.sentences_of(piece).peekable();
            // In a region that is left out there are no sentences, and nothing can be said.
            sentences.peek().is_none()
                || sentences.any(|sentence| parts.iter().any(|part| part.iter().any(|piece| piece.overlaps(sentence))))
        };
        cue.iter().all(near)
    }

    fn sentences_of(&self, piece: Span) -> impl Iterator<Item = Span> {
        let sentences = self.around.sentences;
        let first = sentences.partition_point(|sentence| sentence.end() <= piece.start());
        sentences.get(first..).unwrap_or_default().iter().copied().take_while(move |found| found.start() < piece.end())
    }

    /// Whether a cue is a word of the lexicon with a conjunction before it, and no such word itself.
    fn has_conjunction(&mut self, word: &str) -> bool {
        const CONJUNCTIONS: [char; 2] = ['\u{648}', '\u{641}'];
        let Some(bare) = word.strip_prefix(CONJUNCTIONS) else { return false };
        let key = |word: &str| fold_key(word, FoldLevel::F1);
        let cues = self.around.scheme.cues.values().flatten();
        let first_words = || cues.filter_map(|cue| cue.split_whitespace().next()).map(key).collect();
        let known = self.lexicon.get_or_insert_with(first_words);
        known.contains(&key(bare)) && !known.contains(&key(word))
    }
}

fn overlaps(a: &SpanSet, b: &SpanSet) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(y)))
}
