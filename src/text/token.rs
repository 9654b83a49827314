//! Words and other tokens (the scheme's section 6.4): one function for double-click, arrows, ladders and exports.

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
    /// Where, UTF-8 bytes; both edges between characters.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of `text` in order, disjoint. White space, and controls at the edge of a run, belong to none.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim();
        if !word.is_empty() {
            found.push(Token { span: Span::new(at, at + word.len()), kind: TokenKind::Word });
        }
        at += piece.len();
    }
    found
}

/// The token under byte `at`, as a double-click selects it: the token that holds `at`, else the word that ends there.
#[must_use]
pub fn word_at(text: &str, at: usize) -> Option<Span> {
    let at = floor_char(text, at);
    tokens(text).into_iter().map(|token| token.span).find(|span| span.contains(at) || span.end() == at)
}

/// What a second double-click at byte `at` selects: the part of an address, hashtag or handle under the pointer. For
/// any other word the word itself.
#[must_use]
pub fn second_word_at(text: &str, at: usize) -> Option<Span> {
    word_at(text, at)
}

/// The first word that begins after byte `at`, for Ctrl + arrow.
#[must_use]
pub fn next_word(text: &str, at: usize) -> Option<Span> {
    tokens(text).into_iter().map(|token| token.span).find(|span| span.start() > at)
}

/// The last word that begins before byte `at`, for Ctrl + arrow.
#[must_use]
pub fn prev_word(text: &str, at: usize) -> Option<Span> {
    tokens(text).into_iter().map(|token| token.span).rfind(|span| span.start() < at)
}
