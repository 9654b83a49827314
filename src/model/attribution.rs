//! Who says so: a chain of links for a claim, proposed from the cues and mentions of its sentence. A proposal is shown
//! and taken or left by a person; nothing here is stored.

use super::{AnnotationSet, ChainLink, LabelId, LinkRole, Mention, Ref};
use crate::text::{CueHit, FoldLevel, Span, SpanSet, Token, fold_key, tokens};

/// So many words and signs may stand between a cue and its source.
const NEAR_TOKENS: usize = 3;
/// A cue after the content follows it as closely.
const AFTER_TOKENS: usize = 3;

/// Labels of things that say nothing: of times, numbers and events, in the shipped schemes.
const MUTE: &str =
    "TIME DATE NUM CARDINAL ORDINAL PERCENT MONEY QUANTITY UNIT CURR EVENT LOC LANGUAGE WEBSITE PRODUCT VEH WEA";

/// Arabic particles that begin what is said, as keys at F2 without their pronouns.
const COMPLEMENTISERS: &str = "ان بان";
/// Pronouns that such a particle may carry.
const PRONOUNS: &str = "ه ها هما هم هن نا ي ك كم";

/// What the sentence around a claim has.
#[derive(Clone, Copy, Debug)]
pub struct ClaimPlace<'a> {
    /// The article's text.
    pub text: &'a str,
    /// The sentence in which the content begins.
    pub sentence: Span,
    /// Cues of that sentence, in order.
    pub cues: &'a [CueHit],
    /// The annotator's work on the article.
    pub set: &'a AnnotationSet,
}

impl ClaimPlace<'_> {
    /// The links for a content, outermost first. Without a cue it is the author's own voice.
    #[must_use]
    pub fn chain(&self, content: &SpanSet) -> Vec<ChainLink> {
        let hull = content.hull();
        let before: Vec<&CueHit> = self.cues.iter().filter(|cue| cue.spans.end() <= hull.start()).collect();
        let mut links = match before.split_last() {
            Some((innermost, outer)) => self.chain_before(innermost, outer, hull),
            None => self.chain_after(content),
        };
        if links.is_empty() {
            links.push(link(Some(Ref::Author), None, true));
        }
        let last = links.len() - 1;
        for (at, link) in links.iter_mut().enumerate() {
            link.role = if at == last { LinkRole::Origin } else { LinkRole::Relay };
        }
        links
    }

    /// Cues before the content: the nearest one says it, those around that one pass it on.
    fn chain_before(&self, innermost: &CueHit, outer: &[&CueHit], hull: Span) -> Vec<ChainLink> {
        let mut chain = vec![innermost];
        for cue in outer.iter().rev() {
            let inner = chain.last().copied().unwrap_or(innermost);
            if self.encloses(cue, inner) {
                chain.push(cue);
            } else {
                break;
            }
        }
        chain.reverse();
        let mut links = Vec::new();
        let mut carried: Option<&Mention> = None;
        for (at, cue) in chain.iter().enumerate() {
            let until = chain.get(at + 1).map_or(hull.start(), |next| next.spans.start());
            let within = self.between_pieces(cue);
            let after = self.after(cue.spans.end(), until);
            // "Quoted A from B": A passes on, B said it, with a cue of its own or without.
            let (source, next) = match within {
                Some(source) => (Some(source), after),
                None => {
                    let here = carried.or(after).or_else(|| self.before(cue.spans.start()));
                    (here.or_else(|| self.goes_on_from(cue)), None)
                }
            };
            links.push(link(source.map(reference), Some(cue.spans.clone()), source.is_none()));
            carried = next;
        }
        // Who was quoted and has no cue of their own.
        links.extend(carried.map(|source| link(Some(reference(source)), None, false)));
        links
    }

    /// Who spoke before, where a conjunction joins a cue without a subject to an earlier one of the sentence.
    fn goes_on_from(&self, cue: &CueHit) -> Option<&Mention> {
        let earlier = self.cues.iter().filter(|other| cue.is_joined && other.spans.end() <= cue.spans.start());
        earlier.rev().find_map(|other| {
            let after = self.after(other.spans.end(), cue.spans.start());
            self.between_pieces(other).or(after).or_else(|| self.before(other.spans.start()))
        })
    }

    /// Whether what an outer cue introduces holds the inner one: a particle that begins speech stands between, or the
    /// outer one names two, of whom the second speaks next. What is joined by a conjunction goes on beside it.
    fn encloses(&self, outer: &CueHit, inner: &CueHit) -> bool {
        if inner.is_joined {
            return false;
        }
        let between = Span::new(outer.spans.end().min(inner.spans.start()), inner.spans.start());
        let has_particle = self.tokens_in(between).any(|token| is_complementiser(self.piece(token.span)));
        has_particle || (self.between_pieces(outer).is_some() && self.after(outer.spans.end(), between.end()).is_some())
    }

    /// A cue right behind the content: "...", said the minister.
    fn chain_after(&self, content: &SpanSet) -> Vec<ChainLink> {
        let pieces = content.iter().collect::<Vec<_>>();
        let near = |cue: &&CueHit| {
            pieces.iter().any(|piece| {
                piece.end() <= cue.spans.start()
                    && self.tokens_in(Span::new(piece.end(), cue.spans.start())).count() <= AFTER_TOKENS
            })
        };
        let Some(cue) = self.cues.iter().find(near) else { return Vec::new() };
        let source = self.after(cue.spans.end(), self.sentence.end()).or_else(|| self.before(cue.spans.start()));
        vec![link(source.map(reference), Some(cue.spans.clone()), source.is_none())]
    }

    /// The speaker between the pieces of a cue.
    fn between_pieces(&self, cue: &CueHit) -> Option<&Mention> {
        let pieces: Vec<Span> = cue.spans.iter().collect();
        pieces.windows(2).find_map(|pair| self.after(pair[0].end(), pair[1].start()))
    }

    /// The outermost speaker that begins near `from` and ends before `until`.
    fn after(&self, from: usize, until: usize) -> Option<&Mention> {
        let mut found: Option<&Mention> = None;
        for mention in self.speakers() {
            let (start, end) = (mention.spans.start(), mention.spans.end());
            let is_near = start >= from
                && end <= until
                && self
                    .tokens_in(Span::new(from, start))
                    .try_fold(0, |count, token| {
                        (!is_complementiser(self.piece(token.span)) && count < NEAR_TOKENS).then_some(count + 1)
                    })
                    .is_some();
            if is_near && found.is_none_or(|known| (start, std::cmp::Reverse(end)) < order(known)) {
                found = Some(mention);
            }
        }
        found.map(|mention| self.named(mention, until))
    }

    /// The outermost speaker that ends near `until`.
    fn before(&self, until: usize) -> Option<&Mention> {
        let near = |mention: &&Mention| {
            mention.spans.end() <= until
                && self.tokens_in(Span::new(mention.spans.end(), until)).count() < NEAR_TOKENS
                && mention.spans.start() >= self.sentence.start()
        };
        self.speakers().filter(near).max_by_key(|mention| (mention.spans.end(), mention.spans.len_bytes()))
    }

    /// A title stands before its name, and the name is the source.
    fn named<'m>(&'m self, mention: &'m Mention, until: usize) -> &'m Mention {
        if !matches!(mention.label.as_str(), "ROLE" | "OCC") {
            return mention;
        }
        let follows = |other: &&Mention| {
            matches!(other.label.as_str(), "PER" | "PERS" | "PERSON")
                && other.spans.start() >= mention.spans.end()
                && other.spans.end() <= until
                && self.tokens_in(Span::new(mention.spans.end(), other.spans.start())).count() <= 1
        };
        self.speakers().filter(follows).min_by_key(|other| order(other)).unwrap_or(mention)
    }

    fn speakers(&self) -> impl Iterator<Item = &Mention> {
        let mentions = self.set.mentions.values();
        mentions.filter(|mention| can_speak(&mention.label) && mention.spans.hull().overlaps(self.sentence))
    }

    fn tokens_in(&self, span: Span) -> impl Iterator<Item = Token> {
        let found = span.slice(self.text).map(tokens).unwrap_or_default();
        found.into_iter().map(move |token| Token { span: token.span.offset_by(span.start()), ..token })
    }

    fn piece(&self, span: Span) -> &str {
        span.slice(self.text).unwrap_or_default()
    }

    /// What a sentence claims, where nobody has selected it: what follows its cues, their sources and the particle, or
    /// all of it; without its last stop and without quotation marks around the whole.
    #[must_use]
    pub fn content(&self) -> Option<Span> {
        let mut start = self.sentence.start();
        for cue in self.cues {
            let end = cue.spans.end();
            // A cue far inside belongs to what is said.
            if self.tokens_in(Span::new(start, cue.spans.start().max(start))).count() > NEAR_TOKENS * 3 {
                break;
            }
            start = self.after(end, self.sentence.end()).map_or(end, |source| source.spans.end()).max(start);
            let rest = Span::new(start, self.sentence.end());
            let particle = self.tokens_in(rest).take(12).find(|token| is_complementiser(self.piece(token.span)));
            if let Some(particle) = particle {
                start = particle.span.end();
                break;
            }
        }
        bare_content(self.text, Span::new(start, self.sentence.end()))
    }
}

/// A span without white space, separators and final stops at its ends, and without quotation marks that enclose the
/// whole of it. `None` where nothing is left.
#[must_use]
pub fn bare_content(text: &str, span: Span) -> Option<Span> {
    let stops = |letter: char| letter.is_whitespace() || matches!(letter, '\u{60C}' | '\u{61B}' | ',' | ';' | ':');
    let ends = |letter: char| stops(letter) || crate::text::may_end_sentence(letter);
    let mut span = trimmed(text, span, stops, ends)?;
    loop {
        let inner = span.slice(text)?;
        let mut letters = inner.chars();
        let (first, last) = (letters.next()?, letters.next_back()?);
        let closes = closing(first).is_some_and(|close| close == last);
        let middle = letters.as_str();
        if !closes || middle.contains([first, last]) {
            return Some(span);
        }
        let within = Span::new(span.start() + first.len_utf8(), span.end() - last.len_utf8());
        span = trimmed(text, within, stops, ends)?;
    }
}

fn trimmed(text: &str, span: Span, head: impl Fn(char) -> bool, tail: impl Fn(char) -> bool) -> Option<Span> {
    let piece = span.slice(text)?;
    let front = piece.len() - piece.trim_start_matches(&head).len();
    let rest = piece.get(front..)?.trim_end_matches(&tail);
    (!rest.is_empty()).then(|| Span::new(span.start() + front, span.start() + front + rest.len()))
}

/// The mark that closes what `open` opens.
const fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '\'' => '\'',
        '\u{AB}' => '\u{BB}',
        '\u{201C}' | '\u{201E}' => '\u{201D}',
        '\u{2018}' => '\u{2019}',
        _ => return None,
    })
}

fn link(source: Option<Ref>, cue: Option<SpanSet>, implicit: bool) -> ChainLink {
    ChainLink { role: LinkRole::Origin, source, spans: None, cue, implicit, on_behalf_of: None }
}

fn reference(mention: &Mention) -> Ref {
    Ref::Mention(mention.id.clone())
}

fn order(mention: &Mention) -> (usize, std::cmp::Reverse<usize>) {
    (mention.spans.start(), std::cmp::Reverse(mention.spans.end()))
}

fn can_speak(label: &LabelId) -> bool {
    !MUTE.split(' ').any(|mute| mute == label.as_str())
}

/// Whether a word begins what is said; it may carry a pronoun.
fn is_complementiser(word: &str) -> bool {
    let key = fold_key(word, FoldLevel::F2);
    COMPLEMENTISERS.split(' ').any(|particle| {
        key.strip_prefix(particle).is_some_and(|rest| rest.is_empty() || PRONOUNS.split(' ').any(|end| end == rest))
    }) || key == "that"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Timestamp;
    use crate::model::{Attributes, Extra, Origin, Provenance};
    use crate::text::CueLexicon;
    use crate::text::testing::{any_text, cases};
    use proptest::prelude::*;

    const LIST: &str = "قال|أضاف|نقلت … عن|قوله|أعلن|أكد|أعرب عن|وفق|said|رأى";

    /// A sentence with its mentions and its content, taken out of the notation of the table.
    fn read(marked: &str) -> (String, AnnotationSet, Option<SpanSet>) {
        let (mut text, mut open, mut set) = (String::new(), Vec::new(), AnnotationSet::default());
        let (mut content_start, mut content) = (None, None);
        let mut rest = marked;
        while let Some(letter) = rest.chars().next() {
            rest = rest.get(letter.len_utf8()..).unwrap();
            match letter {
                '[' => {
                    let (label, tail) = rest.split_once(':').unwrap();
                    open.push((label.to_owned(), text.len()));
                    rest = tail;
                }
                ']' => {
                    let (label, start) = open.pop().unwrap();
                    let mention = mention(set.mentions.len(), &label, Span::new(start, text.len()));
                    set.mentions.insert(mention.id.clone(), mention);
                }
                '{' => content_start = Some(text.len()),
                '}' => content = SpanSet::one(Span::new(content_start.unwrap(), text.len())).ok(),
                other => text.push(other),
            }
        }
        for mention in set.mentions.values_mut() {
            mention.quote = mention.spans.quote(&text).unwrap();
        }
        (text, set, content)
    }

    fn mention(number: usize, label: &str, span: Span) -> Mention {
        Mention {
            id: format!("m{number}").into(),
            spans: SpanSet::one(span).unwrap(),
            quote: String::new(),
            label: label.into(),
            attributes: Attributes::new(),
            entity: None,
            note: String::new(),
            provenance: Provenance { by: "ann-01".into(), at: Timestamp::from_unix_millis(0), origin: Origin::Manual },
            extra: Extra::new(),
        }
    }

    fn shown(link: &ChainLink, set: &AnnotationSet, text: &str) -> String {
        let role = if link.role == LinkRole::Relay { "relay" } else { "origin" };
        let source = match &link.source {
            Some(Ref::Mention(id)) => set.mentions[id].quote.clone(),
            Some(Ref::Author) => "author".to_owned(),
            _ => "-".to_owned(),
        };
        let pieces = |cue: &SpanSet| cue.iter().filter_map(|span| span.slice(text)).collect::<Vec<_>>().join(" + ");
        format!("{role} | {source} | {}", link.cue.as_ref().map_or("-".to_owned(), pieces))
    }

    #[test]
    fn chains_are_proposed_as_in_the_table() {
        let lexicon = CueLexicon::new(LIST.split('|'));
        let table = cases(include_str!("../../tests/fixtures/text/attribution.txt"));
        assert!(table.len() >= 13, "only {} cases", table.len());
        for case in table {
            let (text, set, content) = read(&case.input);
            let sentence = Span::new(0, text.len());
            let cues = lexicon.find(&text, sentence);
            let place = ClaimPlace { text: &text, sentence, cues: &cues, set: &set };
            let mut found: Vec<String> =
                place.chain(&content.unwrap()).iter().map(|link| shown(link, &set, &text)).collect();
            if case.expected.iter().any(|line| line.starts_with("= ")) {
                found.push(format!("= {}", place.content().unwrap().slice(&text).unwrap()));
            }
            assert_eq!(found, case.expected, "line {}", case.line);
        }
    }

    #[test]
    fn marks_around_the_whole_stay_outside() {
        let bare =
            |text: &str| bare_content(text, Span::new(0, text.len())).map(|span| span.slice(text).unwrap().to_owned());
        assert_eq!(bare(" \"one two\". "), Some("one two".to_owned()));
        assert_eq!(bare("\"one\" and \"two\""), Some("\"one\" and \"two\"".to_owned()));
        assert_eq!(bare("\u{AB}one\u{BB}"), Some("one".to_owned()));
        assert_eq!(bare(" . "), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_chain(text in any_text(), cut in 0_usize..40, more in 1_usize..40) {
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (edges[cut.min(edges.len() - 1)], edges[(cut + more).min(edges.len() - 1)]);
            let lexicon = CueLexicon::new(LIST.split('|'));
            let sentence = Span::new(0, text.len());
            let (cues, set) = (lexicon.find(&text, sentence), AnnotationSet::default());
            let place = ClaimPlace { text: &text, sentence, cues: &cues, set: &set };
            if let Ok(content) = SpanSet::one(Span::new(from, to)) {
                let chain = place.chain(&content);
                prop_assert!(!chain.is_empty());
                prop_assert!(chain.last().is_some_and(|link| link.role == LinkRole::Origin));
            }
            prop_assert!(place.content().is_none_or(|span| span.slice(&text).is_some_and(|piece| !piece.is_empty())));
        }
    }
}
