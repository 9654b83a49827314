//! All functions of `hashiya::text` on any string: nothing panics, every span lies in the text on grapheme edges.
#![no_main]

use hashiya::model::detect_regions;
use hashiya::text::{
    FoldLevel, LadderContext, OffsetMap, Purpose, SentenceRules, ShippedLists, Span, WordCounts, check_span, clitic::norm,
    escape_invisible, fold, fold_key, grapheme_span, ladder, next_grapheme, paragraphs, prev_grapheme, second_word_at,
    sentence_at, sentences, token, tokens, word_at,
};

fn in_text(text: &str, span: Span) {
    assert!(check_span(text, span).is_ok(), "{span} in {}", escape_invisible(text));
}

libfuzzer_sys::fuzz_target!(|input: (u16, u16, u8, &str)| {
    let (a, b, flags, text) = input;
    let (a, b) = (usize::from(a), usize::from(b));
    for line in paragraphs(text) {
        assert!(line.slice(text).is_some());
    }
    let map = OffsetMap::new(text);
    assert_eq!(map.byte_from_char(map.len_chars()), Some(text.len()));
    assert_eq!(map.byte_from_utf16(map.len_utf16()), Some(text.len()));
    assert_eq!(map.byte_from_grapheme(map.len_graphemes()), Some(text.len()));
    let wide = grapheme_span(text, Span::new(a, b));
    in_text(text, wide);
    assert!(prev_grapheme(text, a) <= a && next_grapheme(text, a) <= text.len());
    for token in tokens(text) {
        in_text(text, token.span);
    }
    let found = [word_at(text, a), second_word_at(text, a), token::next_word(text, a), token::prev_word(text, a)];
    found.into_iter().flatten().for_each(|span| in_text(text, span));
    let overrides = [(a, flags & 1 == 0), (b, flags & 2 == 0)].into_iter().collect();
    let rules = SentenceRules { language: String::new(), overrides };
    sentences(text, &rules).into_iter().chain(sentence_at(text, a, &rules)).for_each(|span| in_text(text, span));
    for level in [FoldLevel::F0, FoldLevel::F1, FoldLevel::F2, FoldLevel::F3] {
        let folded = fold(text, level);
        assert_eq!(fold_key(&folded.key, level), folded.key);
        for (at, letter) in folded.key.char_indices() {
            let stored = folded.stored_span(Span::new(at, at + letter.len_utf8()));
            assert!(stored.is_some_and(|span| span.slice(text).is_some()));
        }
    }
    let counts = WordCounts::of(text);
    let languages = ["", "ar", "fa", "he", "en", "ur"];
    let context = LadderContext {
        language: languages[usize::from(flags >> 4) % languages.len()],
        known: ShippedLists::get(),
        counts: &counts,
        purpose: if flags & 4 == 0 { Purpose::Mention } else { Purpose::Content },
        pronouns: flags & 8 == 0,
        dialect: flags & 8 != 0,
    };
    let rungs = ladder(text, Span::new(a, b), &context);
    in_text(text, rungs.default);
    let _ = norm(text, Span::new(a, b), &context);
    for region in detect_regions(text).regions {
        assert!(region.span.slice(text).is_some());
    }
});
