//! What holds for every string: nothing panics, the table covers the text, carets and hits agree, arrows reach all.

use super::{NASKH_22, paragraph, text};
use hashiya::layout::{Affinity, Base, Elide, Engine, Face, Motion, Paragraph, TextPosition, TextStyle};
use hashiya::text::Span;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Pieces of text that are hard for a layout engine; strings are made by joining some of them.
const HARD: [&str; 40] = [
    "السلام",
    "عليكم ",
    "لا إله",
    "الأميركية",
    "مُحَمَّدٌ",
    "َّ",
    "می\u{200c}خواهم",
    "کتــاب",
    "اُردو",
    "שלום",
    "שָׁלוֹם",
    "«",
    "»",
    "(",
    ")",
    "[",
    "76.68%",
    "٣٬٥٠٠٬٠٠٠",
    "18/03/2018",
    "https://example.org/a?b=c&d=%D8",
    "a.b@c.example",
    "Hello ",
    "World",
    " ",
    "   ",
    "\u{a0}",
    "\t",
    "\n",
    "\r\n",
    "\u{2029}",
    "\u{202e}",
    "\u{202b}",
    "\u{202c}",
    "\u{2067}",
    "\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "👩\u{200d}👩\u{200d}👧",
    "e\u{301}\u{301}\u{301}",
    "-",
];

fn hard_text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(&HARD[..]), 0..40).prop_map(|parts| parts.concat()),
        any::<String>(),
        ("[\u{621}-\u{64a}]{1,4}", 1_usize..200).prop_map(|(letters, times)| letters.repeat(times)),
    ]
}

fn any_base() -> impl Strategy<Value = Base> {
    prop_oneof![Just(Base::Auto), Just(Base::Rtl), Just(Base::Ltr)]
}

fn check_table(paragraph: &Paragraph) {
    let text = paragraph.text();
    let mut at = 0;
    for cluster in paragraph.clusters() {
        assert_eq!(cluster.span.start(), at, "the table has a hole or an overlap in {text:?}");
        assert!(!cluster.span.is_empty() && cluster.left_px <= cluster.right_px && cluster.left_px.is_finite());
        at = cluster.span.end();
    }
    assert_eq!(at, text.len(), "the table ends early in {text:?}");
    let mut line_end = 0;
    for (idx, line) in paragraph.lines().iter().enumerate() {
        assert_eq!(line.span.start(), line_end, "lines of {text:?}");
        line_end = line.span.end();
        // Widths add up, and neighbours touch: no gap and no overlap from the left end of a line to its right end.
        let rows: Vec<_> = paragraph.line_clusters_visual(idx).collect();
        for pair in rows.windows(2) {
            assert!((pair[0].right_px - pair[1].left_px).abs() < 0.001, "{text:?}: {pair:?}");
        }
        let sum: f32 = rows.iter().map(|row| row.width_px()).sum();
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            assert!((last.right_px - first.left_px - sum).abs() < 0.05, "{text:?}");
        }
        let in_line: Vec<_> = paragraph.line_clusters(idx).to_vec();
        assert_eq!(in_line.len(), rows.len());
        assert!(in_line.iter().all(|row| row.line == idx));
        for glyph in paragraph.glyphs(idx) {
            assert!(glyph.x_px.is_finite() && glyph.y_px.is_finite() && line.span.contains(glyph.start));
        }
    }
    assert_eq!(line_end, text.len());
}

/// A point just inside the grapheme whose edge the caret is gives the caret back.
fn check_hits(paragraph: &Paragraph) {
    for cluster in paragraph.clusters() {
        if cluster.width_px() < 0.5 {
            continue;
        }
        let line = &paragraph.lines()[cluster.line];
        let y = line.top_px + line.height_px / 2.0;
        let start = paragraph.caret(TextPosition::downstream(cluster.span.start()));
        assert!((start.x_px - cluster.start_edge_px()).abs() < 0.001 && start.line == cluster.line);
        let inwards = if cluster.rtl { -0.1 } else { 0.1 };
        let hit = paragraph.hit(start.x_px + inwards, y);
        assert_eq!(hit.at, cluster.span.start(), "{:?} {cluster:?}", paragraph.text());
        let end = paragraph.caret(TextPosition::upstream(cluster.span.end()));
        let hit = paragraph.hit(end.x_px - inwards, y);
        assert_eq!(hit.at, cluster.span.end(), "{:?} {cluster:?}", paragraph.text());
    }
}

/// All boundaries of the text.
fn boundaries(paragraph: &Paragraph) -> BTreeSet<usize> {
    paragraph.clusters().iter().map(|cluster| cluster.span.start()).chain([paragraph.text().len()]).collect()
}

/// The boundaries that a key held down visits from a place, and the place where it stops.
fn walk(paragraph: &Paragraph, from: TextPosition, motion: Motion) -> (BTreeSet<usize>, TextPosition) {
    let mut visited = BTreeSet::from([from.at]);
    let mut place = from;
    let limit = 4 * paragraph.clusters().len() + 8;
    for _ in 0..limit {
        let Some(next) = paragraph.move_caret(place, motion, None) else { return (visited, place) };
        place = next;
        visited.insert(place.at);
    }
    panic!("{motion:?} never stops in {:?}", paragraph.text());
}

fn check_arrows(text: &str, base: Base, width_px: f32) {
    let paragraph = paragraph(text, base, width_px);
    let rtl = paragraph.is_rtl();
    let (on, back) = if rtl { (Motion::Left, Motion::Right) } else { (Motion::Right, Motion::Left) };
    let first = paragraph.entry(0, true);
    let (there, last) = walk(&paragraph, first, on);
    assert_eq!(there, boundaries(&paragraph), "{on:?} through {text:?}");
    let (again, start) = walk(&paragraph, last, back);
    assert_eq!(again, there, "{back:?} through {text:?}");
    assert_eq!(start, first, "{back:?} comes back in {text:?}");
}

#[test]
fn the_left_key_visits_every_boundary_of_wrapped_arabic_and_the_right_key_comes_back() {
    let text = text("mixed");
    for width_px in [2000.0, 640.0, 333.0, 120.0, 40.0] {
        check_arrows(text, Base::Rtl, width_px);
        check_arrows(text, Base::Ltr, width_px);
    }
}

#[test]
fn left_never_jumps_more_than_a_line_or_goes_backwards_in_plain_arabic() {
    let text = text("plain");
    let paragraph = paragraph(text, Base::Rtl, 200.0);
    assert!(paragraph.lines().len() > 3);
    let mut place = TextPosition::downstream(0);
    while let Some(next) = paragraph.move_caret(place, Motion::Left, None) {
        let step = paragraph.cluster_at(place.at).unwrap().span.len();
        assert_eq!(next.at, place.at + step);
        place = next;
    }
    assert_eq!(place.at, text.len());
}

#[test]
fn up_and_down_keep_the_remembered_x() {
    let text = text("plain");
    let paragraph = paragraph(text, Base::Rtl, 200.0);
    let start = paragraph.hit(100.0, 1.0);
    let mut place = start;
    let mut lines = 1;
    while let Some(next) = paragraph.move_caret(place, Motion::Down, Some(100.0)) {
        assert_eq!(paragraph.caret(next).line, lines);
        place = next;
        lines += 1;
    }
    assert_eq!(lines, paragraph.lines().len());
    while let Some(next) = paragraph.move_caret(place, Motion::Up, Some(100.0)) {
        place = next;
    }
    assert_eq!(place, start);
}

#[test]
fn a_caret_where_a_line_was_broken_leans_to_one_side() {
    let text = text("short");
    let paragraph = paragraph(text, Base::Rtl, 150.0);
    let at = paragraph.lines()[1].span.start();
    let down = paragraph.caret(TextPosition::downstream(at));
    let up = paragraph.caret(TextPosition::upstream(at));
    assert_eq!((down.line, up.line), (1, 0));
    assert!((down.x_px - 150.0).abs() < 0.01 && up.x_px < 100.0);
    assert_eq!(paragraph.settled(TextPosition::upstream(0)).affinity, Affinity::Downstream);
    assert_eq!(paragraph.settled(TextPosition::downstream(text.len())).affinity, Affinity::Upstream);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_laid_out(text in hard_text(), base in any_base(), width_px in 1.0_f32..900.0, bold: bool) {
        let mut engine = Engine::new();
        for face in [Face::Naskh, Face::Sans] {
            let style = TextStyle { bold, ..TextStyle::new(face, 22.0, 42.0) };
            let mut paragraph = engine.paragraph(&text, &style, base, Some(width_px));
            check_table(&paragraph);
            check_hits(&paragraph);
            engine.rebreak(&mut paragraph, width_px / 2.0 + 10.0);
            check_table(&paragraph);
        }
        check_table(&engine.paragraph(&text, &NASKH_22, base, None));
    }

    #[test]
    fn arrows_reach_every_boundary(text in hard_text(), width_px in 30.0_f32..700.0) {
        // Paragraphs of both directions below each other are another matter: there Left turns back, as it must.
        let text = text.replace(['\n', '\r', '\u{2029}', '\u{2028}', '\u{85}', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}'], " ");
        for base in [Base::Rtl, Base::Ltr] {
            check_arrows(&text, base, width_px);
        }
    }

    #[test]
    fn a_place_is_kept_by_its_caret(text in hard_text(), at in 0_usize..400, upstream: bool, width_px in 30.0_f32..700.0) {
        let paragraph = paragraph(&text, Base::Auto, width_px);
        let place = TextPosition { at, affinity: if upstream { Affinity::Upstream } else { Affinity::Downstream } };
        let settled = paragraph.settled(place);
        prop_assert_eq!(paragraph.settled(settled), settled);
        prop_assert!(paragraph.is_boundary(settled.at));
        let caret = paragraph.caret(place);
        prop_assert!(caret.line < paragraph.lines().len() && caret.x_px.is_finite());
        for motion in [Motion::Left, Motion::Right, Motion::Up, Motion::Down, Motion::LineStart, Motion::LineEnd, Motion::Next, Motion::Previous] {
            if let Some(moved) = paragraph.move_caret(place, motion, None) {
                prop_assert!(paragraph.is_boundary(moved.at));
            }
        }
    }

    #[test]
    fn rectangles_cover_exactly_the_graphemes_of_a_span(text in hard_text(), from in 0_usize..300, to in 0_usize..300, width_px in 30.0_f32..700.0) {
        let paragraph = paragraph(&text, Base::Auto, width_px);
        let span = Span::new(from, to);
        let rects = paragraph.rects_with_hanging_spaces(span);
        let sum: f32 = rects.iter().map(|rect| rect.right_px - rect.left_px).sum();
        let touched = paragraph.clusters().iter().filter(|cluster| cluster.span.overlaps(span) && !span.is_empty());
        let wanted: f32 = touched.map(hashiya::layout::Cluster::width_px).sum();
        prop_assert!((sum - wanted).abs() < 0.5, "{} against {}", sum, wanted);
        for rect in paragraph.rects(span) {
            prop_assert!(rect.left_px >= 0.0 && rect.right_px <= paragraph.width_px() + 0.001);
        }
    }

    #[test]
    fn a_label_fits(text in hard_text(), max_width_px in 20.0_f32..500.0, from_start: bool) {
        let elide = if from_start { Elide::Start } else { Elide::End };
        let line = Engine::new().line(&text, &TextStyle::new(Face::Sans, 13.0, 20.0), Base::Auto, max_width_px, elide);
        prop_assert_eq!(line.paragraph.lines().len(), 1);
        prop_assert!(line.paragraph.width_px() <= max_width_px, "{}", line.paragraph.width_px());
        prop_assert_eq!(line.cut.is_some(), line.paragraph.text().contains('\u{2026}') && line.paragraph.text() != text);
    }
}
