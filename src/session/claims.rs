//! Claims before they are stored: the cues of an article, and a claim as it would be made of what is selected.

use std::sync::Arc;

use super::{Session, SessionError};
use crate::model::{
    ArticleId, AttributeValue, Attributes, Claim, ClaimId, ClaimPlace, Extra, Origin, Provenance, Scheme, bare_content,
};
use crate::text::{CueHit, CueLexicon, Span, SpanSet};

/// The attribute that says how far the words are quoted, and its values.
const FORM: &str = "form";
const VERBATIM: &str = "verbatim";
const MIXED: &str = "mixed";

impl Session {
    /// The words of an article that show attribution, by the lists of the scheme, sentence by sentence. Nothing of them
    /// is stored.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn cues(&self, article: &ArticleId) -> Result<Arc<[CueHit]>, SessionError> {
        let (loaded, sentences) = (self.article(article)?, self.sentences(article)?);
        let mut cache = self.cache.borrow_mut();
        let kept = &mut cache.of(article).cues;
        if let Some((scheme, cues)) = kept
            && scheme == &self.scheme_id
        {
            return Ok(Arc::clone(cues));
        }
        let lexicon = lexicon_for(&self.scheme, &loaded.facts.language);
        let cues: Arc<[CueHit]> = sentences.iter().flat_map(|sentence| lexicon.find(&loaded.text, *sentence)).collect();
        *kept = Some((self.scheme_id.clone(), Arc::clone(&cues)));
        Ok(cues)
    }

    /// A claim as it would be made of the selected text, or, where nothing is selected, of the sentence at byte
    /// `caret`: with the cue and the source that its sentence has. It has no id, and nothing is stored. `None` where
    /// there is nothing to claim.
    ///
    /// # Errors
    /// As [`Session::article`].
    pub fn propose_claim(
        &self,
        article: &ArticleId,
        selected: Option<&SpanSet>,
        caret: usize,
    ) -> Result<Option<Claim>, SessionError> {
        let (loaded, sentences, cues) = (self.article(article)?, self.sentences(article)?, self.cues(article)?);
        let text: &str = &loaded.text;
        let at = selected.map_or(caret, SpanSet::start);
        let after = sentences.partition_point(|sentence| sentence.end() < at);
        let sentence = sentences.get(after).copied().filter(|sentence| sentence.start() <= at);
        let sentence = sentence.unwrap_or_else(|| selected.map_or(Span::new(at, at), SpanSet::hull));
        let from = cues.partition_point(|cue| cue.spans.start() < sentence.start());
        let here: Vec<CueHit> =
            cues.iter().skip(from).take_while(|cue| cue.spans.start() < sentence.end()).cloned().collect();
        let place = ClaimPlace { text, sentence, cues: &here, set: self.set(article) };
        let content = match selected {
            Some(selected) => bare_pieces(text, selected),
            None => place.content().and_then(|span| SpanSet::one(span).ok()),
        };
        let Some(content) = content else { return Ok(None) };
        Ok(Some(Claim {
            id: ClaimId::new(""),
            quote: content.quote(text).unwrap_or_default(),
            chain: place.chain(&content),
            attributes: form_of(&self.scheme, text, &content),
            nested_in: self.set(article).claim_around(&content).map(|claim| claim.id.clone()),
            content,
            cluster: None,
            norm: std::collections::BTreeMap::new(),
            verdict: None,
            note: String::new(),
            provenance: Provenance { by: self.annotator.clone(), at: self.env.now(), origin: Origin::Manual },
            extra: Extra::new(),
        }))
    }
}

/// The list for a language, or all lists where it is not known.
fn lexicon_for(scheme: &Scheme, language: &str) -> CueLexicon {
    let primary = language.split('-').next().unwrap_or_default();
    match scheme.cues.get(primary) {
        Some(list) => CueLexicon::new(list.iter().map(String::as_str)),
        None => CueLexicon::new(scheme.cues.values().flatten().map(String::as_str)),
    }
}

/// The pieces without what does not belong to a content at its two ends.
fn bare_pieces(text: &str, selected: &SpanSet) -> Option<SpanSet> {
    if selected.is_discontinuous() {
        return Some(selected.clone());
    }
    bare_content(text, selected.hull()).and_then(|span| SpanSet::one(span).ok())
}

/// How far the words are quoted, where quotation marks tell: the whole between marks, or marks inside.
fn form_of(scheme: &Scheme, text: &str, content: &SpanSet) -> Attributes {
    let known = scheme.claim_attributes.iter().find(|attribute| attribute.id.as_str() == FORM);
    let Some(attribute) = known else { return Attributes::new() };
    let is_mark = |letter: char| matches!(letter, '"' | '\u{AB}' | '\u{BB}' | '\u{201C}' | '\u{201D}');
    let before = text.get(..content.start()).and_then(|head| head.chars().next_back());
    let after = text.get(content.end()..).and_then(|tail| tail.chars().next());
    let inside = content.iter().any(|piece| piece.slice(text).is_some_and(|piece| piece.contains(is_mark)));
    let form = match (before.is_some_and(is_mark) && after.is_some_and(is_mark), inside) {
        (true, _) => VERBATIM,
        (false, true) => MIXED,
        (false, false) => return Attributes::new(),
    };
    Attributes::from([(attribute.id.clone(), AttributeValue::Text(form.to_owned()))])
}
