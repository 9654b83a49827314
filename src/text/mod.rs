//! Offsets and strings: spans, units, graphemes, words, sentences, folding, clitics. No fonts, no annotations.

pub mod clitic;
pub mod cue;
pub mod direction;
pub mod fold;
mod graphemes;
pub mod lists;
pub mod minhash;
mod natural;
mod script;
pub mod segment;
mod span;
mod stack;
mod strip;
#[cfg(test)]
pub(crate) mod testing;
pub mod token;
pub mod units;

pub use clitic::{Known, KnownForms, Ladder, LadderContext, Match, Purpose, Rung, WordCounts, ladder};
pub use cue::{CueHit, CueLexicon};
pub use direction::{ParagraphDirection, escape_invisible, first_strong, is_bidi_control, paragraphs};
pub use fold::{FoldLevel, FoldRule, FoldRules, Folded, fold, fold_key, fold_with};
pub use lists::ShippedLists;
pub use natural::natural_key;
pub use segment::{SentenceRules, may_end_sentence, sentence_at, sentences};
pub use span::{Span, SpanError, SpanRelation, SpanSet};
pub use token::{Token, TokenKind, count_words, second_word_at, tokens, word_at};
pub use units::{
    CharOffset, GraphemeOffset, OffsetMap, Utf16Offset, check_span, grapheme_span, is_grapheme_boundary, next_grapheme,
    prev_grapheme,
};
