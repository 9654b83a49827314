//! Articles in a scrolled column.

use super::text;
use hashiya::layout::{
    ArticleStyle, Base, Document, Engine, Face, Motion, ParagraphRole, ParagraphSpec, TextPosition, WordMotion, measure,
};
use hashiya::text::Span;
use std::collections::BTreeSet;

fn article(paragraphs: usize) -> String {
    (0..paragraphs).map(|idx| text("sentence").repeat(1 + idx % 5) + "\n").collect()
}

fn document(text: &str, width_px: f32) -> Document {
    let specs = hashiya::text::paragraphs(text)
        .into_iter()
        .enumerate()
        .map(|(idx, span)| ParagraphSpec {
            span,
            role: if idx == 0 { ParagraphRole::Title } else { ParagraphRole::Body },
            base: Base::Auto,
        })
        .collect();
    Document::new(text.into(), specs, ArticleStyle::new(Face::Naskh, 22.0), width_px)
}

#[test]
fn a_viewport_is_filled_without_gaps() {
    let text = article(200);
    let mut engine = Engine::new();
    let mut document = document(&text, 600.0);
    for distance_px in [0.0, 333.0, 5000.0, -1200.0, 1.0e6, -1.0e7, 777.0] {
        document.scroll_by(distance_px);
        let visible = document.visible(&mut engine, 900.0);
        assert!(visible[0].top_px <= 0.0);
        for pair in visible.windows(2) {
            let below_px = pair[0].top_px + pair[0].paragraph.height_px();
            assert!((below_px - pair[1].top_px).abs() < 0.01, "paragraphs stand below each other");
        }
        let last = visible.last().unwrap();
        assert!(last.top_px + last.paragraph.height_px() >= 900.0 - 0.01, "after {distance_px}");
    }
}

#[test]
fn going_by_lines_passes_over_blank_lines() {
    let text = "one\n\n\ntwo\n";
    let mut engine = Engine::new();
    let mut document = document(text, 600.0);
    let first = TextPosition::downstream(0);
    let second = document.move_caret(&mut engine, first, Motion::Down, Some(0.0)).unwrap();
    assert_eq!(second.at, text.find("two").unwrap());
    assert_eq!(document.move_caret(&mut engine, second, Motion::Up, Some(0.0)), Some(first));
    // Going by letters still reaches every place.
    let blank = document.move_caret(&mut engine, TextPosition::downstream(3), Motion::Right, None).unwrap();
    assert_eq!(blank.at, 4);
}

#[test]
fn nothing_on_screen_moves_when_estimates_become_exact() {
    let text = article(300);
    let mut engine = Engine::new();
    let mut document = document(&text, 600.0);
    document.scroll_to(document.total_height_px() / 2.0);
    let before: Vec<_> = document.visible(&mut engine, 900.0).iter().map(|seen| (seen.index, seen.top_px)).collect();
    let estimated_px = document.total_height_px();
    loop {
        let jobs = document.measure_jobs(64);
        if jobs.is_empty() {
            break;
        }
        let measured: Vec<_> = jobs.iter().map(|job| measure(&mut engine, job)).collect();
        document.apply_measured(&measured);
    }
    let after: Vec<_> = document.visible(&mut engine, 900.0).iter().map(|seen| (seen.index, seen.top_px)).collect();
    assert_eq!(before, after);
    let exact_px = document.total_height_px();
    assert!((estimated_px - exact_px).abs() / exact_px < 0.15, "estimated {estimated_px}, exact {exact_px}");
}

#[test]
fn the_text_at_the_top_stays_when_the_width_changes() {
    let text = article(100);
    let mut engine = Engine::new();
    let mut document = document(&text, 700.0);
    document.visible(&mut engine, 900.0);
    document.scroll_by(4000.0);
    document.visible(&mut engine, 900.0);
    let top = document.hit(&mut engine, 500.0, 21.0);
    document.set_width(450.0);
    let visible = document.visible(&mut engine, 900.0);
    let caret = document.caret(&mut engine, top).unwrap();
    assert!(caret.top_px.abs() < 90.0, "{}", caret.top_px);
    assert!(visible.iter().all(|seen| (seen.paragraph.width_px() - 450.0).abs() < 0.01));
}

#[test]
fn arrows_walk_through_paragraphs() {
    let text = [text("sentence"), text("sentence")].join("\n\n");
    let mut engine = Engine::new();
    let mut document = document(&text, 300.0);
    let mut place = TextPosition::default();
    let mut visited = BTreeSet::from([0]);
    while let Some(next) = document.move_caret(&mut engine, place, Motion::Left, None) {
        place = next;
        visited.insert(place.at);
    }
    assert_eq!(place.at, text.len());
    // The sentences are letters and spaces of one grapheme each, so every character starts at a boundary.
    let all: BTreeSet<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    assert_eq!(visited, all);
    let mut downs = 0;
    let mut place = TextPosition::default();
    while let Some(next) = document.move_caret(&mut engine, place, Motion::Down, Some(150.0)) {
        assert!(next.at > place.at);
        place = next;
        downs += 1;
    }
    // The blank line between both is passed over.
    let lines: usize = (0..document.len()).map(|idx| document.paragraph(&mut engine, idx).unwrap().lines().len()).sum();
    assert_eq!(downs, lines - 2);
}

#[test]
fn words_are_walked_across_paragraphs_and_skipped_text() {
    let removed = text("removed");
    let words_of = [text("three_words"), removed, text("third")].join("\n");
    let text = words_of.as_str();
    let mut engine = Engine::new();
    let mut document = document(text, 300.0);
    let words = |span: Span| -> Vec<Span> {
        let inside = span.slice(text).unwrap();
        if inside == removed {
            return vec![];
        }
        let mut at = span.start();
        inside
            .split(' ')
            .map(|word| {
                let found = Span::new(at, at + word.len());
                at += word.len() + 1;
                found
            })
            .collect()
    };
    let mut place = TextPosition::default();
    let mut ends = Vec::new();
    while let Some(next) = document.move_by_word(&mut engine, place, WordMotion::Left, words) {
        place = next;
        ends.push(place.at);
    }
    assert_eq!(ends, [6, 13, text.len()]);
    let mut starts = Vec::new();
    while let Some(next) = document.move_by_word(&mut engine, place, WordMotion::Right, words) {
        place = next;
        starts.push(place.at);
    }
    assert_eq!(starts, [25, 7, 0]);
}

#[test]
fn a_span_over_two_paragraphs_has_rectangles_in_both() {
    let text = article(3);
    let mut engine = Engine::new();
    let mut document = document(&text, 600.0);
    document.visible(&mut engine, 900.0);
    let second = document.span(1).start();
    let rects = document.rects(Span::new(second - 21, second + 20));
    assert!(rects.iter().any(|rect| rect.index == 0) && rects.iter().any(|rect| rect.index == 1));
    for rect in &rects {
        let y_px = rect.top_px + 20.0;
        let inside = document.hit(&mut engine, f32::midpoint(rect.left_px, rect.right_px), y_px);
        assert!(inside.at + 22 >= second && inside.at <= second + 22);
    }
}

#[test]
fn a_place_is_brought_into_view() {
    let text = article(400);
    let mut engine = Engine::new();
    let mut document = document(&text, 600.0);
    document.visible(&mut engine, 900.0);
    for at in [text.len() / 2, 10, text.len(), text.len() / 3, 0] {
        let place = TextPosition::downstream(at);
        document.reveal(&mut engine, place, 60.0);
        document.visible(&mut engine, 900.0);
        let caret = document.caret(&mut engine, place).unwrap();
        assert!(caret.top_px >= -0.01 && caret.top_px + caret.shape.height_px <= 900.01, "{at}: {}", caret.top_px);
    }
}

#[test]
fn a_very_long_paragraph_is_laid_out_in_parts() {
    let text = text("sentence").repeat(2000);
    assert!(text.len() > 200_000);
    let mut engine = Engine::new();
    let mut document = document(&text, 600.0);
    assert!(document.len() > 3);
    let visible = document.visible(&mut engine, 900.0);
    assert_eq!(visible.len(), 1);
    let mut end = 0;
    for index in 0..document.len() {
        assert_eq!(document.span(index).start(), end);
        end = document.span(index).end();
        assert!(document.is_rtl(index));
    }
    assert_eq!(end, text.len());
    let seam = document.span(1).start();
    let over = document.move_caret(&mut engine, TextPosition::downstream(seam), Motion::Right, None).unwrap();
    assert_eq!(over.at, seam - 1);
    let back = document.move_caret(&mut engine, over, Motion::Left, None).unwrap();
    assert_eq!(back.at, seam);
}

#[test]
fn titles_excluded_regions_and_vocalised_text_have_their_own_lines() {
    let style = ArticleStyle::new(Face::Naskh, 22.0);
    let title = style.text_style(ParagraphRole::Title, false);
    assert_eq!((title.size_px, title.line_height_px, title.bold), (28.0, 50.0, true));
    let body = style.text_style(ParagraphRole::Body, false);
    assert_eq!((body.size_px, body.line_height_px), (22.0, 42.0));
    assert_eq!(style.text_style(ParagraphRole::Body, true).line_height_px, 50.0);
    assert_eq!(style.text_style(ParagraphRole::Excluded, false).line_height_px, 30.0);
    let urdu = ArticleStyle::new(Face::Nastaliq, 22.0).text_style(ParagraphRole::Body, false);
    assert_eq!(urdu.line_height_px, 60.0);
    let text = format!(
        "x
{}",
        text("vocalised_sentence")
    );
    let mut document = document(&text, 600.0);
    let vocalised = document.paragraph(&mut Engine::new(), 1).unwrap();
    assert_eq!(vocalised.lines()[0].height_px, 50.0);
}
