//! Words and other tokens (the scheme's section 6.4): one function for double-click, arrows, ladders and exports.

use super::graphemes::graphemes;
use super::script::{Class, Script, cluster_class, is_space, script};
use super::{Span, units::floor_char};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters with their marks.
    Word,
    /// Digits, with one separator between two.
    Number,
    /// One punctuation character.
    Punctuation,
    /// One grapheme of anything else: emoji, currency, mathematics, a lone mark.
    Symbol,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A hashtag or a handle, with its `#` or `@`.
    Tag,
}

impl TokenKind {
    /// Whether it can be a word for double-click, word counts and whole-word search; punctuation and symbols are not.
    #[must_use]
    pub const fn is_word(self) -> bool {
        !matches!(self, Self::Punctuation | Self::Symbol)
    }
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where, UTF-8 bytes; both edges between graphemes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of `text` in order, disjoint. White space, and controls at the edge of a run, belong to none.
///
/// Tokens depend on nothing beyond the white space around them, so a part cut at white space gives the same tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    scan(text, 0, Depth::Whole)
}

/// Number of words of `text`, or `most` where there are as many or more: the rest is not looked at.
#[must_use]
pub fn count_words(text: &str, most: usize) -> usize {
    let (mut count, mut seen) = (0, 0);
    let found = scan_while(text, 0, Depth::Whole, |found| {
        count += words_among(found.get(seen..).unwrap_or_default());
        seen = found.len();
        count < most
    });
    (count + words_among(found.get(seen..).unwrap_or_default())).min(most)
}

fn words_among(found: &[Token]) -> usize {
    found.iter().filter(|token| token.kind.is_word()).count()
}

/// The token at byte `at`, as a double-click selects it and as a key takes the word at the caret: the word that holds
/// `at`, else the word that ends there, else punctuation or a symbol. `None` in white space.
#[must_use]
pub fn word_at(text: &str, at: usize) -> Option<Span> {
    let at = floor_char(text, at);
    let chunk = chunk_at(text, at);
    pick(&scan(chunk.slice(text).unwrap_or_default(), chunk.start(), Depth::Whole), at).map(|token| token.span)
}

/// What a second double-click at byte `at` selects: the part of an address, hashtag or handle under the pointer, and of
/// a word with `_` the piece between. For any other word the word itself.
#[must_use]
pub fn second_word_at(text: &str, at: usize) -> Option<Span> {
    let at = floor_char(text, at);
    let whole = word_at(text, at)?;
    let parts = scan(whole.slice(text)?, whole.start(), Depth::Parts);
    Some(pick(&parts, at).map_or(whole, |token| token.span))
}

/// The first word that begins after byte `at`, for Ctrl + arrow.
#[must_use]
pub fn next_word(text: &str, at: usize) -> Option<Span> {
    let mut chunk = chunk_at(text, floor_char(text, at));
    loop {
        let found = scan(chunk.slice(text)?, chunk.start(), Depth::Whole);
        if let Some(token) = found.iter().find(|token| token.kind.is_word() && token.span.start() > at) {
            return Some(token.span);
        }
        let rest = text.get(chunk.end()..)?;
        let skip = rest.find(|letter| !is_space(letter))?;
        chunk = chunk_at(text, chunk.end() + skip);
    }
}

/// The last word that begins before byte `at`, for Ctrl + arrow.
#[must_use]
pub fn prev_word(text: &str, at: usize) -> Option<Span> {
    let mut chunk = chunk_at(text, floor_char(text, at));
    loop {
        let found = scan(chunk.slice(text)?, chunk.start(), Depth::Whole);
        if let Some(token) = found.iter().rfind(|token| token.kind.is_word() && token.span.start() < at) {
            return Some(token.span);
        }
        let head = text.get(..chunk.start())?;
        let (last, _) = head.char_indices().rfind(|(_, letter)| !is_space(*letter))?;
        chunk = chunk_at(text, last);
    }
}

/// Among tokens in order: the word that holds `at`, else the word that ends there, else any token that does.
fn pick(found: &[Token], at: usize) -> Option<Token> {
    let touching = || found.iter().copied().filter(|token| token.span.start() <= at && at <= token.span.end());
    let words = || touching().filter(|token| token.kind.is_word());
    words().find(|token| token.span.contains(at)).or_else(|| words().next()).or_else(|| touching().next_back())
}

/// The piece between white space that holds byte `at`, with the white space character before it (a mark after a space
/// belongs to the space).
fn chunk_at(text: &str, at: usize) -> Span {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = head.char_indices().rev().find(|(_, letter)| is_space(*letter)).map_or(0, |(byte, _)| byte);
    let end = tail.find(is_space).map_or(text.len(), |len| at + len);
    Span::new(start, end)
}

/// How deep a scan cuts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Addresses, tags and joined names are one token.
    Whole,
    /// They are cut into their parts.
    Parts,
}

/// A grapheme cluster of a chunk.
#[derive(Clone, Copy)]
struct Cluster<'a> {
    start: usize,
    text: &'a str,
    class: Class,
    base: char,
}

impl Cluster<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this character alone.
    fn is(&self, letter: char) -> bool {
        self.base == letter && self.text.len() == letter.len_utf8()
    }

    /// Whether it is a single ASCII letter or digit.
    const fn is_ascii_alnum(&self) -> bool {
        self.text.len() == 1 && self.base.is_ascii_alphanumeric()
    }
}

/// Tokens of `text`, whose first byte is byte `origin` of the whole.
fn scan(text: &str, origin: usize, depth: Depth) -> Vec<Token> {
    scan_while(text, origin, depth, |_| true)
}

/// As [`scan`], asking at white space, of what was found so far, whether to go on.
fn scan_while(text: &str, origin: usize, depth: Depth, mut goes_on: impl FnMut(&[Token]) -> bool) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chunk: Vec<Cluster<'_>> = Vec::new();
    for (start, piece) in graphemes(text) {
        let class = cluster_class(piece);
        if class == Class::Space {
            scan_chunk(&chunk, origin, depth, &mut found);
            chunk.clear();
            if !goes_on(&found) {
                return found;
            }
        } else {
            let base = piece.chars().find(|letter| super::script::class(*letter) == class).unwrap_or('\0');
            chunk.push(Cluster { start, text: piece, class, base });
        }
    }
    scan_chunk(&chunk, origin, depth, &mut found);
    found
}

/// Tokens of a run of clusters without white space.
fn scan_chunk(chunk: &[Cluster<'_>], origin: usize, depth: Depth, found: &mut Vec<Token>) {
    let mut idx = 0;
    while let Some(cluster) = chunk.get(idx) {
        let (end, kind) = match cluster.class {
            Class::Control | Class::Space => {
                idx += 1;
                continue;
            }
            Class::Letter | Class::Digit => match address_end(chunk, idx, depth) {
                Some(address) => address,
                None => run_end(chunk, idx, depth),
            },
            Class::Punctuation => match tag_end(chunk, idx, depth) {
                Some(end) => (end, TokenKind::Tag),
                None => (idx + 1, TokenKind::Punctuation),
            },
            Class::Mark | Class::Symbol => (idx + 1, TokenKind::Symbol),
        };
        let last = chunk.get(end.saturating_sub(1)).unwrap_or(cluster);
        found.push(Token { span: Span::new(cluster.start, last.end()).offset_by(origin), kind });
        idx = end.max(idx + 1);
    }
}

/// The end of the run of letters or digits that begins at cluster `from`, joined over `_`.
fn run_end(chunk: &[Cluster<'_>], from: usize, depth: Depth) -> (usize, TokenKind) {
    let mut end = from;
    let mut kind = TokenKind::Number;
    loop {
        if chunk.get(end).is_some_and(|cluster| cluster.class == Class::Letter) {
            kind = TokenKind::Word;
            end = letters_end(chunk, end, depth);
        } else {
            end = digits_end(chunk, end);
        }
        let next = skip(chunk, end, |cluster| cluster.is('_'));
        let joins = |cluster: &Cluster<'_>| matches!(cluster.class, Class::Letter | Class::Digit);
        if depth == Depth::Parts || next == end || !chunk.get(next).is_some_and(joins) {
            return (end, kind);
        }
        end = next;
    }
}

/// The first cluster at or after `from` that does not hold.
fn skip(chunk: &[Cluster<'_>], from: usize, holds: impl Fn(&Cluster<'_>) -> bool) -> usize {
    let rest = chunk.get(from..).unwrap_or_default();
    from + rest.iter().position(|cluster| !holds(cluster)).unwrap_or(rest.len())
}

/// The end of the letters from cluster `from`. Controls stay inside where letters follow; so do apostrophes between
/// Latin letters and quotation marks between Hebrew ones.
fn letters_end(chunk: &[Cluster<'_>], from: usize, depth: Depth) -> usize {
    let mut end = from + 1;
    loop {
        let Some(cluster) = chunk.get(end) else { return end };
        let before = chunk.get(end - 1).map_or(Script::Other, |before| script(before.base));
        let after = chunk.get(end + 1).filter(|after| after.class == Class::Letter).map(|after| script(after.base));
        let inner = match cluster.class {
            Class::Letter => !(cluster.is_ascii_alnum() && address_end(chunk, end, depth).is_some()),
            Class::Mark => true,
            Class::Control => {
                let next = skip(chunk, end, |cluster| cluster.class == Class::Control);
                let goes_on = |next: &Cluster<'_>| matches!(next.class, Class::Letter | Class::Mark);
                if !chunk.get(next).is_some_and(goes_on) {
                    return end;
                }
                end = next;
                continue;
            }
            _ if cluster.is('\'') || cluster.is('\u{2019}') => {
                after.is_some_and(|after| before == after)
                    && (before == Script::Latin || (before == Script::Hebrew && cluster.is('\'')))
            }
            _ if cluster.is('"') || cluster.is('\u{5F3}') || cluster.is('\u{5F4}') => {
                before == Script::Hebrew && after == Some(Script::Hebrew)
            }
            _ => false,
        };
        if !inner {
            return end;
        }
        end += 1;
    }
}

/// The end of the digits from cluster `from`, with one separator between two of them.
fn digits_end(chunk: &[Cluster<'_>], from: usize) -> usize {
    let digit = |idx: usize| chunk.get(idx).is_some_and(|cluster| cluster.class == Class::Digit);
    let mut end = from + 1;
    loop {
        end = skip(chunk, end, |cluster| cluster.class == Class::Digit);
        let after = skip(chunk, end, |cluster| cluster.class == Class::Control);
        let separator = |cluster: &Cluster<'_>| {
            matches!(cluster.base, '.' | ',' | '\u{66B}' | '\u{66C}' | '\u{60C}' | '/' | ':')
                && cluster.is(cluster.base)
        };
        if after > end && digit(after) {
            end = after;
        } else if chunk.get(end).is_some_and(separator) && digit(end + 1) {
            end += 1;
        } else {
            return end;
        }
    }
}

/// The end of the hashtag or handle whose `#` or `@` is cluster `from`.
fn tag_end(chunk: &[Cluster<'_>], from: usize, depth: Depth) -> Option<usize> {
    let sign = chunk.get(from).filter(|cluster| cluster.is('#') || cluster.is('@'))?;
    let _ = (sign, chunk.get(from + 1).filter(|cluster| cluster.class == Class::Letter)?);
    if depth == Depth::Parts {
        return None;
    }
    let mut end = from + 1;
    loop {
        let tag = |cluster: &Cluster<'_>| {
            matches!(cluster.class, Class::Letter | Class::Digit | Class::Mark) || cluster.is('_')
        };
        end = skip(chunk, end, tag);
        let after = skip(chunk, end, |cluster| cluster.class == Class::Control);
        if after == end || !chunk.get(after).is_some_and(tag) {
            return Some(end);
        }
        end = after;
    }
}

/// The end of the web or mail address that begins at cluster `from`, if one does.
fn address_end(chunk: &[Cluster<'_>], from: usize, depth: Depth) -> Option<(usize, TokenKind)> {
    let begins = |idx: usize| chunk.get(idx).is_some_and(Cluster::is_ascii_alnum);
    if depth == Depth::Parts || !begins(from) || (from > 0 && begins(from - 1)) {
        return None;
    }
    email_end(chunk, from)
        .map(|end| (end, TokenKind::Email))
        .or_else(|| url_end(chunk, from).map(|end| (end, TokenKind::Url)))
}

/// Longest local part of a mail address, by RFC 5321; it also bounds how far a scan looks ahead in vain.
const LOCAL_MAX: usize = 64;

/// The end of the mail address that begins at cluster `from`.
fn email_end(chunk: &[Cluster<'_>], from: usize) -> Option<usize> {
    let window = chunk.get(from..chunk.len().min(from + LOCAL_MAX + 1))?;
    let local = |cluster: &Cluster<'_>| {
        cluster.is_ascii_alnum() || (cluster.text.len() == 1 && matches!(cluster.base, '.' | '_' | '%' | '+' | '-'))
    };
    let at = from + window.iter().position(|cluster| !local(cluster))?;
    chunk.get(at).filter(|cluster| cluster.is('@'))?;
    let label = |from: usize| skip(chunk, from, |cluster| cluster.is_ascii_alnum() || cluster.is('-'));
    let mut end = label(at + 1);
    let mut labels = 0;
    while end > at + 1 && chunk.get(end).is_some_and(|cluster| cluster.is('.')) {
        let next = label(end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
        labels += 1;
    }
    (labels > 0).then_some(end)
}

/// The end of the web address that begins at cluster `from`: a scheme of up to twelve letters with `://`, or `www.`.
fn url_end(chunk: &[Cluster<'_>], from: usize) -> Option<usize> {
    let letters = |cluster: &&Cluster<'_>| cluster.is_ascii_alnum();
    let head = chunk.get(from..)?.iter().take(13).take_while(letters).count();
    let after = |offset: usize, letter: char| chunk.get(from + head + offset).is_some_and(|cluster| cluster.is(letter));
    let scheme = (2..=12).contains(&head) && after(0, ':') && after(1, '/') && after(2, '/');
    let www = head == 3
        && chunk.get(from..from + 3)?.iter().all(|cluster| matches!(cluster.base, 'w' | 'W'))
        && after(0, '.')
        && chunk.get(from + 4).is_some_and(|cluster| matches!(cluster.class, Class::Letter | Class::Digit));
    let least = from + head + if scheme { 3 } else { 1 };
    if !scheme && !www {
        return None;
    }
    let stops = |cluster: &Cluster<'_>| {
        cluster.class == Class::Control
            || matches!(
                cluster.base,
                '"' | '<' | '>' | '\u{AB}' | '\u{BB}' | '\u{201C}' | '\u{201D}' | '\u{2039}' | '\u{203A}'
            )
    };
    let mut end = skip(chunk, least, |cluster| !stops(cluster));
    let trails = |cluster: &Cluster<'_>| {
        matches!(
            cluster.base,
            '.' | ','
                | '\u{60C}'
                | '\u{61B}'
                | ';'
                | ':'
                | '!'
                | '?'
                | '\u{61F}'
                | ')'
                | ']'
                | '}'
                | '\''
                | '\u{2019}'
                | '\u{2026}'
        )
    };
    while end > least && chunk.get(end - 1).is_some_and(trails) {
        end -= 1;
    }
    (end > least).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::{any_text, cases};
    use crate::text::units::check_span;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<&str> {
        tokens(text).iter().filter_map(|token| token.span.slice(text)).collect()
    }

    #[test]
    fn tokens_are_as_in_the_table() {
        let table = cases(include_str!("../../tests/fixtures/text/tokens.txt"));
        assert!(table.len() >= 40, "only {} cases", table.len());
        for case in table {
            let expected: Vec<&str> = case.expected.iter().flat_map(|line| line.split(" | ")).collect();
            assert_eq!(pieces(&case.input), expected, "line {}", case.line);
        }
    }

    #[test]
    fn kinds_are_told() {
        use TokenKind as K;
        let kinds: Vec<K> = tokens("a 1,5 ! $ http://a.co me@x.org #t").iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [K::Word, K::Number, K::Punctuation, K::Symbol, K::Url, K::Email, K::Tag]);
    }

    #[test]
    fn a_second_double_click_selects_the_part() {
        let check = |text: &str, at: usize, first: &str, second: &str| {
            assert_eq!(word_at(text, at).and_then(|span| span.slice(text)), Some(first), "{text} at {at}");
            assert_eq!(second_word_at(text, at).and_then(|span| span.slice(text)), Some(second), "{text} at {at}");
        };
        check("see https://example.org/news_today now", 15, "https://example.org/news_today", "example");
        check("see https://example.org/news_today now", 29, "https://example.org/news_today", "today");
        check("(me@x.org)", 1, "me@x.org", "me");
        check("#ab_cd", 5, "#ab_cd", "cd");
        check("#ab", 0, "#ab", "#");
        check("one, two", 3, "one", "one");
        check("one two", 4, "two", "two");
        check("\u{1F600}", 0, "\u{1F600}", "\u{1F600}");
        assert_eq!(word_at("a  b", 2), None);
        assert_eq!(word_at("", 0), None);
        assert_eq!(word_at("ab", 99), Some(Span::new(0, 2)));
    }

    #[test]
    fn arrows_go_from_word_to_word() {
        let text = "one, two\n (three)";
        assert_eq!(next_word(text, 0), Some(Span::new(5, 8)));
        assert_eq!(next_word(text, 5), Some(Span::new(11, 16)));
        assert_eq!(next_word(text, 11), None);
        assert_eq!(prev_word(text, 11), Some(Span::new(5, 8)));
        assert_eq!(prev_word(text, 7), Some(Span::new(5, 8)));
        assert_eq!(prev_word(text, 0), None);
    }

    fn all_words(text: &str) -> usize {
        words_among(&tokens(text))
    }

    proptest! {
        #[test]
        fn any_text_gives_ordered_tokens_on_grapheme_edges(text in any_text(), at in 0_usize..90) {
            let mut before = 0;
            for token in tokens(&text) {
                prop_assert!(!token.span.is_empty());
                prop_assert!(token.span.start() >= before);
                prop_assert!(check_span(&text, token.span).is_ok(), "{:?}", token);
                before = token.span.end();
            }
            let words = all_words(&text);
            for most in [0, 1, 3, words, words + 1] {
                prop_assert_eq!(count_words(&text, most), words.min(most));
            }
            let missed = |letter: char| !is_space(letter) && super::super::script::class(letter) == Class::Letter;
            let all = tokens(&text);
            for (byte, letter) in text.char_indices().filter(|(_, letter)| missed(*letter)) {
                prop_assert!(all.iter().any(|token| token.span.contains(byte)), "no token holds {letter:?} at {byte}");
            }
            let _ = second_word_at(&text, at);
            let word = word_at(&text, at);
            prop_assert!(word.is_none_or(|word| all.iter().any(|token| token.span == word)));
            prop_assert!(next_word(&text, at).is_none_or(|word| word.start() > at && all.iter().any(|t| t.span == word)));
            prop_assert!(prev_word(&text, at).is_none_or(|word| word.start() < at && all.iter().any(|t| t.span == word)));
        }
    }
}
