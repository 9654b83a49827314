//! What the letters of a word allow: stacks of proclitics at its start, one enclitic at its end.
//!
//! Letters only; which edge is likely is decided in [`super::clitic`].

use super::script::{Class, Script, class, is_space, script_of};
use super::{Span, is_grapheme_boundary};

/// What a proclitic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The question particle.
    Interrogative,
    /// and, so.
    Conjunction,
    /// Prepositions and the future particle.
    Preposition,
}

/// An edge after a proclitic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StartEdge {
    /// Byte of the text.
    pub(super) at: usize,
    /// What was cut last.
    pub(super) slot: Slot,
    /// Whether the article follows, with two or more letters after it.
    pub(super) article: bool,
    /// Whether it lies between the two lams of a contraction, with two or more letters after them.
    pub(super) contracts: bool,
    /// Whether the question particle is among what was cut: then letters and counts never make it a default.
    pub(super) interrogative: bool,
    /// Whether an opening quote was cut with it.
    pub(super) before_quote: bool,
}

/// What stands at the start of a selection.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// Edges from the outside in, without the selection's own start.
    pub(super) edges: Vec<StartEdge>,
    /// End of the first word, where it is not that of the first token (a quote was cut).
    pub(super) word_end: Option<usize>,
    /// Byte of the closing quote at the selection's end that pairs the cut one.
    pub(super) quote_end: Option<usize>,
}

/// Which ladder a word has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Arabic,
    Persian,
    Hebrew,
    English,
    None,
}

/// The ladder of the article's language, unless the word's script is another.
fn kind(word: &str, language: &str) -> Kind {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match (script_of(word), primary.as_str()) {
        (Script::Arabic, "fa" | "prs" | "pes") => Kind::Persian,
        (Script::Arabic, "ur" | "ps" | "ku" | "ckb" | "ug" | "sd" | "pa")
        | (Script::Hebrew, "yi")
        | (Script::Other, _) => Kind::None,
        (Script::Arabic, _) => Kind::Arabic,
        (Script::Hebrew, _) => Kind::Hebrew,
        (Script::Latin, _) => Kind::English,
    }
}

/// The script of a word's first letter.
pub(super) fn script_of_word(word: &str) -> Script {
    script_of(word)
}

/// Longest stack in letters, with room for what is skipped between them.
const STACK_LETTERS: usize = 4;

/// A letter of the word, and where its marks, tatweel and joiners end.
#[derive(Clone, Copy)]
struct Letter {
    base: char,
    end: usize,
    quote: bool,
}

/// What is skipped between letters: marks, tatweel, ZWNJ and controls.
fn is_skipped(letter: char) -> bool {
    letter == '\u{640}' || matches!(class(letter), Class::Mark | Class::Control)
}

const fn is_opening_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '\u{AB}' | '\u{201C}' | '\u{201E}' | '\u{2018}' | '\u{2039}' | '\u{5F4}')
}

/// The first letters of a selection, each with what is cut with it. Letters run on over one opening quote, which goes
/// with the letter before it where `quotes`.
fn letters(text: &str, span: Span, quotes: bool) -> (Vec<Letter>, Option<usize>) {
    let mut found: Vec<Letter> = Vec::new();
    let mut quote = None;
    for (at, letter) in text.get(span.start()..span.end()).unwrap_or_default().char_indices() {
        let end = span.start() + at + letter.len_utf8();
        if is_skipped(letter) {
            if let Some(last) = found.last_mut() {
                last.end = end;
            }
        } else if class(letter) == Class::Letter {
            found.push(Letter { base: letter, end, quote: false });
            if found.len() > STACK_LETTERS + 4 {
                break;
            }
        } else if is_opening_quote(letter) && quote.is_none() && !found.is_empty() && found.len() <= STACK_LETTERS {
            quote = Some(span.start() + at);
            if let Some(last) = found.last_mut().filter(|_| quotes) {
                last.end = end;
                last.quote = true;
            }
        } else {
            break;
        }
    }
    (found, quote)
}

/// The start edges of the selection `span`.
pub(super) fn starts(text: &str, span: Span, language: &str, dialect: bool) -> Starts {
    let word = span.slice(text).unwrap_or_default();
    let kind = kind(word, language);
    let (mut found, quote) = letters(text, span, true);
    let quote_end = quote.and_then(|at| closing_quote(text, span, at));
    // Between Hebrew letters a quote is most often part of an acronym; it opens only where its partner closes.
    if kind == Kind::Hebrew && quote_end.is_none() {
        found = letters(text, span, false).0;
    }
    let letters = found;
    let slots = match kind {
        Kind::Arabic => arabic_slots(&letters, dialect),
        Kind::Hebrew => hebrew_slots(&letters),
        Kind::Persian | Kind::English | Kind::None => Vec::new(),
    };
    let mut edges = edges(&letters, &slots, kind);
    edges.retain(|edge| is_grapheme_boundary(text, edge.at));
    let quoted = edges.iter().any(|edge| edge.before_quote);
    let word_end = quote.filter(|_| quoted).map(|at| word_end_after(text, span, at));
    Starts { edges, word_end, quote_end: quote_end.filter(|_| quoted) }
}

/// The end of the word after the opening quote at byte `at`.
fn word_end_after(text: &str, span: Span, at: usize) -> usize {
    let inside = |letter: &char| is_skipped(*letter) || class(*letter) == Class::Letter;
    let rest = text.get(at..span.end()).unwrap_or_default();
    let quote = rest.chars().next().map_or(0, char::len_utf8);
    let word: usize = rest.get(quote..).unwrap_or_default().chars().take_while(inside).map(char::len_utf8).sum();
    at + quote + word
}

/// Where the selection ends with the partner of the quote at byte `at`.
fn closing_quote(text: &str, span: Span, at: usize) -> Option<usize> {
    let open = text.get(at..)?.chars().next()?;
    let closes = match open {
        '\u{AB}' => '\u{BB}',
        '\u{201C}' | '\u{201E}' => '\u{201D}',
        '\u{2018}' => '\u{2019}',
        '\u{2039}' => '\u{203A}',
        other => other,
    };
    let start = span.end().checked_sub(closes.len_utf8())?;
    let closed = start > at && text.get(start..span.end())?.starts_with(closes);
    (closed && is_grapheme_boundary(text, start)).then_some(start)
}

/// The filled slots of `[hamza][w|f][b|k|l|s]`, one letter each, from the start.
fn arabic_slots(letters: &[Letter], dialect: bool) -> Vec<Slot> {
    let letter = |idx: usize| letters.get(idx).map(|letter| letter.base);
    let article_at = |idx: usize| letter(idx) == Some('\u{627}') && letter(idx + 1) == Some('\u{644}');
    let verb_at = |idx: usize| matches!(letter(idx), Some('\u{64A}' | '\u{62A}' | '\u{646}' | '\u{623}'));
    let mut slots = Vec::new();
    let mut idx = 0;
    let preposition = |idx: usize| match letter(idx) {
        Some('\u{628}' | '\u{643}' | '\u{644}') => true,
        Some('\u{633}') => verb_at(idx + 1),
        Some('\u{647}' | '\u{639}') => dialect && (article_at(idx + 1) || verb_at(idx + 1)),
        Some('\u{645}') => dialect && article_at(idx + 1),
        Some('\u{62D}') => dialect && verb_at(idx + 1),
        _ => false,
    };
    let conjunction = |idx: usize| matches!(letter(idx), Some('\u{648}' | '\u{641}'));
    if letter(0) == Some('\u{623}') && (conjunction(1) || preposition(1) || article_at(1)) {
        slots.push(Slot::Interrogative);
        idx += 1;
    }
    if conjunction(idx) {
        slots.push(Slot::Conjunction);
        idx += 1;
    }
    if preposition(idx) {
        slots.push(Slot::Preposition);
    }
    slots
}

/// The filled slots of a Hebrew stack: and, that or when, from or to or in or as.
fn hebrew_slots(letters: &[Letter]) -> Vec<Slot> {
    let letter = |idx: usize| letters.get(idx).map(|letter| letter.base);
    let mut slots = Vec::new();
    let mut idx = 0;
    if letter(0) == Some('\u{5D5}') {
        slots.push(Slot::Conjunction);
        idx += 1;
    }
    if letter(idx) == Some('\u{5DB}') && letter(idx + 1) == Some('\u{5E9}') {
        // Two letters of one particle: only the edge after both is one.
        slots.extend([Slot::Interrogative, Slot::Preposition]);
        idx += 2;
    } else if letter(idx) == Some('\u{5E9}') {
        slots.push(Slot::Preposition);
        idx += 1;
    }
    if matches!(letter(idx), Some('\u{5DE}' | '\u{5DC}' | '\u{5D1}' | '\u{5DB}')) {
        slots.push(Slot::Preposition);
    }
    slots
}

/// The edge after each filled slot, while two or more letters remain.
fn edges(letters: &[Letter], slots: &[Slot], kind: Kind) -> Vec<StartEdge> {
    let letter = |idx: usize| letters.get(idx).map(|letter| letter.base);
    let arabic = kind == Kind::Arabic;
    let mut found: Vec<StartEdge> = Vec::new();
    for (idx, slot) in slots.iter().enumerate() {
        let Some(cut) = letters.get(idx) else { break };
        if letters.len() < idx + 3 {
            break;
        }
        if kind == Kind::Hebrew && *slot == Slot::Interrogative {
            continue;
        }
        let room = letters.len() >= idx + 5;
        found.push(StartEdge {
            at: cut.end,
            slot: *slot,
            article: arabic && room && letter(idx + 1) == Some('\u{627}') && letter(idx + 2) == Some('\u{644}'),
            contracts: arabic
                && letters.len() >= idx + 4
                && cut.base == '\u{644}'
                && letter(idx + 1) == Some('\u{644}'),
            interrogative: arabic && slots.first() == Some(&Slot::Interrogative),
            before_quote: letters.iter().take(idx + 1).any(|letter| letter.quote),
        });
    }
    found
}

/// Whether an Arabic word begins with the article and two or more letters.
pub(super) fn begins_with_article(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| !is_skipped(*letter));
    letters.next() == Some('\u{627}') && letters.next() == Some('\u{644}') && letters.nth(1).is_some()
}

/// Arabic enclitics, longest first.
pub(super) const ARABIC_ENCLITICS: &[&str] = &[
    "\u{647}\u{645}\u{627}",
    "\u{643}\u{645}\u{627}",
    "\u{647}\u{627}",
    "\u{647}\u{645}",
    "\u{647}\u{646}",
    "\u{643}\u{645}",
    "\u{643}\u{646}",
    "\u{646}\u{64A}",
    "\u{646}\u{627}",
    "\u{647}",
    "\u{643}",
    "\u{64A}",
];

/// Persian endings after ZWNJ, longest first.
const PERSIAN_JOINED: &[&str] = &[
    "\u{645}\u{627}\u{646}",
    "\u{62A}\u{627}\u{646}",
    "\u{634}\u{627}\u{646}",
    "\u{647}\u{627}\u{6CC}",
    "\u{627}\u{645}",
    "\u{627}\u{62A}",
    "\u{627}\u{634}",
    "\u{647}\u{627}",
];

/// Persian enclitics without ZWNJ, and the letters that must remain.
const PERSIAN: &[(&str, usize)] = &[
    ("\u{645}\u{627}\u{646}", 2),
    ("\u{62A}\u{627}\u{646}", 2),
    ("\u{634}\u{627}\u{646}", 2),
    ("\u{645}", 3),
    ("\u{62A}", 3),
    ("\u{634}", 3),
];

/// Whether the enclitics of a word are pronouns (English `'s` is not).
pub(super) fn has_pronouns(word: &str, language: &str) -> bool {
    matches!(kind(word, language), Kind::Arabic | Kind::Persian)
}

/// The byte in `word` at which its enclitic begins.
///
/// `has_article` says whether the word carries the article; `is_place` whether a host is the name of a place or people,
/// after which `y` makes an adjective.
pub(super) fn enclitic(
    word: &str,
    language: &str,
    has_article: bool,
    is_place: impl Fn(&str) -> bool,
) -> Option<usize> {
    match kind(word, language) {
        Kind::Arabic => arabic_enclitic(word, has_article, is_place),
        Kind::Persian => persian_enclitic(word),
        Kind::English => {
            let host = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s"))?;
            (!host.is_empty()).then_some(host.len())
        }
        Kind::Hebrew | Kind::None => None,
    }
}

/// The letters of a word with the byte at which each begins.
fn letters_of(word: &str) -> Vec<(usize, char)> {
    word.char_indices().filter(|(_, letter)| !is_skipped(*letter) && !is_space(*letter)).collect()
}

/// Where the last letters of a word begin, if they are `suffix` and `least` letters remain before them.
fn suffix_at(letters: &[(usize, char)], suffix: &str, least: usize) -> Option<usize> {
    let start = letters.len().checked_sub(suffix.chars().count()).filter(|start| *start >= least)?;
    let tail = letters.get(start..)?;
    let equal = tail.iter().zip(suffix.chars()).all(|((_, found), letter)| *found == letter);
    equal.then(|| tail.first().map(|(at, _)| *at)).flatten()
}

fn arabic_enclitic(word: &str, has_article: bool, is_place: impl Fn(&str) -> bool) -> Option<usize> {
    let letters = letters_of(word);
    let tail: Vec<char> = word.chars().rev().take_while(|letter| is_skipped(*letter) || *letter == '\u{627}').collect();
    let tanwin = tail.iter().any(|letter| matches!(letter, '\u{64B}'..='\u{64D}'));
    let shut = ["\u{629}", "\u{648}\u{646}", "\u{627}\u{646}", "\u{627}\u{62A}"];
    if has_article || tanwin || shut.iter().any(|end| suffix_at(&letters, end, 0).is_some()) {
        return None;
    }
    let (at, suffix) =
        ARABIC_ENCLITICS.iter().find_map(|suffix| suffix_at(&letters, suffix, 1).map(|at| (at, *suffix)))?;
    if suffix.ends_with('\u{64A}') {
        // The last letter alone: after a place it makes an adjective, and so does what looks like a longer suffix there.
        let last = suffix_at(&letters, "\u{64A}", 1)?;
        if is_place(word.get(..last)?) {
            return None;
        }
        if suffix == "\u{64A}" && letters.len() < 4 {
            return None;
        }
    }
    Some(at)
}

fn persian_enclitic(word: &str) -> Option<usize> {
    if let Some((host, tail)) = word.rsplit_once('\u{200C}')
        && PERSIAN_JOINED.contains(&tail)
        && letters_of(host).len() >= 2
    {
        return Some(word.len() - tail.len());
    }
    let letters = letters_of(word);
    PERSIAN.iter().find_map(|(suffix, least)| suffix_at(&letters, suffix, *least))
}
