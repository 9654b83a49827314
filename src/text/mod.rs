//! Offsets and strings: spans, units, graphemes, words, sentences, folding, clitics. No fonts, no annotations.

mod span;

pub use span::{Span, SpanError, SpanRelation, SpanSet};
