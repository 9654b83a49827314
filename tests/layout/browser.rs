//! Line breaks, grapheme boxes and ranges against Chromium's, in a checked-in file.

use hashiya::layout::{Base, Engine, Face, Paragraph, TextStyle};
use hashiya::text::Span;
use serde::Deserialize;

const TOLERANCE_PX: f32 = 0.75;

#[derive(Deserialize)]
struct Fixture {
    size_px: f32,
    paragraphs: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    text: String,
    width_px: f32,
    graphemes: Vec<Boxes>,
    ranges: Vec<Boxes>,
}

#[derive(Deserialize)]
struct Boxes {
    start: usize,
    end: usize,
    /// Line, left, right.
    rects: Vec<(usize, f32, f32)>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../fixtures/browser-geometry-naskh.json")).unwrap()
}

fn laid_out(fixture: &Fixture) -> Vec<(&Expected, Paragraph)> {
    let mut engine = Engine::new();
    let style = TextStyle::new(Face::Naskh, fixture.size_px, 40.0);
    let mut laid_out = Vec::new();
    for expected in &fixture.paragraphs {
        laid_out.push((expected, engine.paragraph(&expected.text, &style, Base::Rtl, Some(expected.width_px))));
    }
    laid_out
}

/// The line of each grapheme as the browser has it. A grapheme without a box keeps the line of the one before.
fn browser_lines(expected: &Expected) -> Vec<(usize, usize)> {
    let mut line = 0;
    let mut lines = Vec::new();
    for grapheme in &expected.graphemes {
        line = grapheme.rects.first().map_or(line, |rect| rect.0);
        lines.push((grapheme.start, line));
    }
    lines
}

fn breaks_agree(expected: &Expected, paragraph: &Paragraph) -> bool {
    browser_lines(expected)
        .iter()
        .all(|(start, line)| paragraph.cluster_at(*start).is_some_and(|cluster| cluster.line == *line))
}

#[test]
fn lines_break_where_the_browser_breaks_them() {
    let fixture = fixture();
    let laid_out = laid_out(&fixture);
    assert_eq!(laid_out.len(), 30);
    let differ: Vec<&str> = laid_out
        .iter()
        .filter(|(expected, paragraph)| !breaks_agree(expected, paragraph))
        .map(|(expected, _)| expected.text.as_str())
        .collect();
    assert!(differ.len() <= 1, "{} paragraphs break elsewhere: {differ:#?}", differ.len());
}

#[test]
fn every_grapheme_lies_where_the_browser_puts_it() {
    let fixture = fixture();
    let mut compared = 0;
    for (expected, paragraph) in
        laid_out(&fixture).iter().filter(|(expected, paragraph)| breaks_agree(expected, paragraph))
    {
        for grapheme in &expected.graphemes {
            // The browser gives two boxes for a grapheme of two fonts.
            let Some(line) = grapheme.rects.first().map(|rect| rect.0) else { continue };
            let left = grapheme.rects.iter().map(|rect| rect.1).fold(f32::INFINITY, f32::min);
            let right = grapheme.rects.iter().map(|rect| rect.2).fold(f32::NEG_INFINITY, f32::max);
            let cluster = paragraph.cluster_at(grapheme.start).unwrap();
            assert_eq!((cluster.span.start(), cluster.span.end()), (grapheme.start, grapheme.end), "{}", expected.text);
            assert_eq!(cluster.line, line, "{} at {}", expected.text, grapheme.start);
            let off = (cluster.left_px - left).abs().max((cluster.right_px - right).abs());
            assert!(
                off < TOLERANCE_PX,
                "{:?} byte {} is {off} px off: {cluster:?}, the browser has {left}..{right}",
                expected.text,
                grapheme.start
            );
            compared += 1;
        }
    }
    assert!(compared > 2_300, "only {compared} graphemes were compared");
}

#[test]
fn every_range_has_the_rectangles_of_the_browser() {
    let fixture = fixture();
    let mut compared = 0;
    for (expected, paragraph) in
        laid_out(&fixture).iter().filter(|(expected, paragraph)| breaks_agree(expected, paragraph))
    {
        for range in &expected.ranges {
            let got: Vec<_> = paragraph
                .rects_with_hanging_spaces(Span::new(range.start, range.end))
                .iter()
                .map(|rect| (rect.line, rect.left_px, rect.right_px))
                .filter(|rect| rect.2 - rect.1 > 0.01)
                .collect();
            let wanted = merged(&range.rects);
            let same = got.len() == wanted.len()
                && got.iter().zip(&wanted).all(|(got, wanted)| {
                    got.0 == wanted.0
                        && (got.1 - wanted.1).abs() < TOLERANCE_PX
                        && (got.2 - wanted.2).abs() < TOLERANCE_PX
                });
            assert!(same, "{:?} {}..{}: {got:?}, the browser has {wanted:?}", expected.text, range.start, range.end);
            compared += 1;
        }
    }
    assert!(compared >= 1_160, "only {compared} ranges were compared");
}

/// Joins boxes that touch and drops those without width, which a browser lists too.
fn merged(rects: &[(usize, f32, f32)]) -> Vec<(usize, f32, f32)> {
    let mut sorted: Vec<_> = rects.iter().copied().filter(|rect| rect.2 - rect.1 > 0.02).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut merged: Vec<(usize, f32, f32)> = Vec::new();
    for rect in sorted {
        match merged.last_mut() {
            Some(last) if last.0 == rect.0 && rect.1 <= last.2 + 0.1 => last.2 = last.2.max(rect.2),
            _ => merged.push(rect),
        }
    }
    merged
}
