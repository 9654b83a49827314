//! From marks to stretches of lines: where the lanes, hair lines and tags of one paragraph are.
//!
//! Everything is in physical pixels from the paragraph's top left, in bytes of the article's text.

use super::anatomy::{Anatomy, WIDE_LANES};
use super::marks::ArticleMarks;
use super::tags::{LaneStretch, TagPlace, TagWish, place_tags};
use crate::layout::{Line, LineRect, Paragraph};
use crate::text::Span;

/// A stretch of a mention's lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LanePiece {
    /// Place of the mention in [`ArticleMarks::mentions`].
    pub mark: usize,
    /// Number of the line in the paragraph.
    pub line: usize,
    /// Left end.
    pub left_px: f32,
    /// Right end.
    pub right_px: f32,
    /// Whether it is the hair line that joins the pieces of a discontinuous mention.
    pub hair: bool,
}

/// A tag with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct TagPiece {
    /// Place of the mention in [`ArticleMarks::mentions`].
    pub mark: usize,
    /// Number of the line in the paragraph.
    pub line: usize,
    /// Where it stands.
    pub place: TagPlace,
    /// Which text it shows.
    pub text: TagText,
}

/// What a tag shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagText {
    /// The label, or its initial.
    Label,
    /// The sign of a further piece of the same mention.
    Plus,
}

/// The marks of one paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphPieces {
    /// Lanes and hair lines.
    pub lanes: Vec<LanePiece>,
    /// Tags, line by line.
    pub tags: Vec<TagPiece>,
}

/// Gives the width of a tag's text in physical pixels.
pub type TagWidth<'a> = &'a mut dyn FnMut(&str) -> f32;

/// The marks of a paragraph that begins at byte `origin` of the article.
///
/// `visible_from` is the first byte in view: a mention that begins above it gets its tag on its first visible line.
#[must_use]
pub fn pieces_of(
    paragraph: &Paragraph,
    origin: usize,
    marks: &ArticleMarks,
    anatomy: Anatomy,
    visible_from: usize,
    tag_width: TagWidth<'_>,
) -> ParagraphPieces {
    let mut found = ParagraphPieces::default();
    let own = Span::new(origin, origin + paragraph.text().len());
    let mut wishes: Vec<(usize, usize, TagWish, TagText)> = Vec::new();
    for mark_idx in marks.touching(own) {
        let mark = &marks.mentions()[mark_idx];
        for (piece_idx, piece) in mark.spans.iter().enumerate() {
            let stretches = stretches_of(paragraph, origin, piece, anatomy);
            found.lanes.extend(stretches.iter().map(|rect| LanePiece {
                mark: mark_idx,
                line: rect.line,
                left_px: rect.left_px,
                right_px: rect.right_px,
                hair: false,
            }));
            if mark.excluded {
                continue;
            }
            let Some((line, left_px, right_px)) = tag_line(paragraph, origin, &stretches, piece, visible_from) else {
                continue;
            };
            let hidden_before = mark.spans.iter().take(piece_idx).all(|before| before.end() <= visible_from);
            let text = if hidden_before { TagText::Label } else { TagText::Plus };
            let (full, short) = match text {
                TagText::Label => (mark.tag.as_str(), mark.short_tag.as_str()),
                TagText::Plus => ("+", "+"),
            };
            let (full_width_px, short_width_px) = (tag_width(full), tag_width(short));
            let wish = TagWish { left_px, right_px, lane: mark.lane, full_width_px, short_width_px };
            wishes.push((line, mark_idx, wish, text));
        }
        if mark.spans.is_discontinuous() {
            for gap in mark.spans.as_slice().windows(2) {
                hair_lines(paragraph, origin, Span::new(gap[0].end(), gap[1].start()), mark_idx, &mut found.lanes);
            }
        }
    }
    place_all(paragraph, wishes, marks, anatomy, &mut found);
    found
}

/// Places the tags line by line.
fn place_all(
    paragraph: &Paragraph,
    mut wishes: Vec<(usize, usize, TagWish, TagText)>,
    marks: &ArticleMarks,
    anatomy: Anatomy,
    found: &mut ParagraphPieces,
) {
    wishes.sort_by_key(|(line, mark, ..)| (*line, *mark));
    for group in wishes.chunk_by(|a, b| a.0 == b.0) {
        let Some(line) = paragraph.lines().get(group[0].0) else { continue };
        let only: Vec<TagWish> = group.iter().map(|(_, _, wish, _)| wish.clone()).collect();
        let lanes: Vec<LaneStretch> = found
            .lanes
            .iter()
            .filter(|piece| piece.line == group[0].0)
            .map(|piece| LaneStretch {
                left_px: piece.left_px,
                right_px: piece.right_px,
                lane: marks.mentions()[piece.mark].lane,
            })
            .collect();
        let places = place_tags(&only, &lanes, line.rtl, anatomy.scaled(3.0));
        found.tags.extend(group.iter().zip(places).map(|((line, mark, _, text), place)| TagPiece {
            mark: *mark,
            line: *line,
            place,
            text: *text,
        }));
    }
}

/// The stretches of one piece of a mention, shortened at both ends so that neighbours stay apart.
fn stretches_of(paragraph: &Paragraph, origin: usize, piece: Span, anatomy: Anatomy) -> Vec<LineRect> {
    let text_len = paragraph.text().len();
    let span = Span::new(piece.start().max(origin) - origin, piece.end().saturating_sub(origin).min(text_len));
    if piece.end() <= origin || piece.start() >= origin + text_len {
        return Vec::new();
    }
    let mut rects = paragraph.rects(span);
    rects.retain_mut(|rect| within_text(paragraph, rect));
    let stop_px = anatomy.stop_px();
    for rect in &mut rects {
        let Some(line) = paragraph.lines().get(rect.line) else { continue };
        let came_in = span.start() < line.span.start() || piece.start() < origin && rect.line == 0;
        let goes_on = span.end() > line.span.end();
        let whole = *rect;
        let (left_runs_on, right_runs_on) = if line.rtl {
            (goes_on && whole.left_px <= line.left_px + 1.0, came_in && whole.right_px >= line.right_px - 1.0)
        } else {
            (came_in && whole.left_px <= line.left_px + 1.0, goes_on && whole.right_px >= line.right_px - 1.0)
        };
        rect.left_px = (whole.left_px + if left_runs_on { 0.0 } else { stop_px }).round();
        rect.right_px = (whole.right_px - if right_runs_on { 0.0 } else { stop_px }).round();
        let least_px = anatomy.snapped(2.0);
        if rect.right_px - rect.left_px < least_px {
            rect.left_px = (f32::midpoint(whole.left_px, whole.right_px) - least_px / 2.0).round();
            rect.right_px = rect.left_px + least_px;
        }
    }
    rects
}

/// Cuts a stretch to the visible text of its line: the spaces at the line's end carry no marks.
fn within_text(paragraph: &Paragraph, rect: &mut LineRect) -> bool {
    let Some(line) = paragraph.lines().get(rect.line) else { return false };
    let had_width = rect.right_px > rect.left_px;
    rect.left_px = rect.left_px.clamp(line.left_px, line.right_px);
    rect.right_px = rect.right_px.clamp(line.left_px, line.right_px);
    !had_width || rect.right_px > rect.left_px
}

/// The first line of a piece that is in view, with the extent of the piece on it.
fn tag_line(
    paragraph: &Paragraph,
    origin: usize,
    stretches: &[LineRect],
    piece: Span,
    visible_from: usize,
) -> Option<(usize, f32, f32)> {
    let line_end = |line: usize| paragraph.lines().get(line).map_or(0, |line| origin + line.span.end());
    let first = stretches.iter().find(|rect| line_end(rect.line) > visible_from)?;
    // A piece that began in a paragraph above carries its tag there, if that is in view.
    if piece.start() < origin && visible_from < origin {
        return None;
    }
    let here = stretches.iter().filter(|rect| rect.line == first.line);
    let (left_px, right_px) = here.fold((f32::INFINITY, f32::NEG_INFINITY), |(left, right), rect| {
        (left.min(rect.left_px), right.max(rect.right_px))
    });
    Some((first.line, left_px, right_px))
}

/// The hair line over a gap: between the pieces on one line, or on to the column's edge and from it.
fn hair_lines(paragraph: &Paragraph, origin: usize, gap: Span, mark: usize, lanes: &mut Vec<LanePiece>) {
    let own = Span::new(origin, origin + paragraph.text().len());
    let Some(here) = gap.intersection(own) else { return };
    let rects = paragraph.rects(here.relative_to(origin));
    for rects in rects.chunk_by(|a, b| a.line == b.line) {
        let Some(line) = paragraph.lines().get(rects[0].line) else { continue };
        let mut left_px = rects.iter().map(|rect| rect.left_px).fold(f32::INFINITY, f32::min);
        let mut right_px = rects.iter().map(|rect| rect.right_px).fold(f32::NEG_INFINITY, f32::max);
        let (comes_from_above, goes_below) = runs_on(line, origin, gap);
        let (to_left, to_right) =
            if line.rtl { (goes_below, comes_from_above) } else { (comes_from_above, goes_below) };
        if to_left {
            left_px = 0.0;
        }
        if to_right {
            right_px = paragraph.width_px();
        }
        lanes.push(LanePiece { mark, line: rects[0].line, left_px, right_px, hair: true });
    }
}

fn runs_on(line: &Line, origin: usize, gap: Span) -> (bool, bool) {
    (gap.start() < origin + line.span.start(), gap.end() > origin + line.span.end())
}

/// Whether a line's stack is so deep that its tags are shown only for the focus.
#[must_use]
pub fn is_too_deep(deepest_lane: usize) -> bool {
    deepest_lane >= WIDE_LANES
}

#[cfg(test)]
mod tests {
    use super::super::anatomy::Ink;
    use super::super::sample::{mention, news, set_of};
    use super::*;
    use crate::layout::{Base, Engine, Face, TextStyle};

    fn pieces(text: &str, width_px: f32, mentions: &[(&str, &str, &[(usize, usize)])]) -> (Paragraph, ParagraphPieces) {
        let style = TextStyle::new(Face::Naskh, 22.0, 42.0);
        let paragraph = Engine::new().paragraph(text, &style, Base::Auto, Some(width_px));
        let set = set_of(mentions.iter().map(|(id, label, spans)| mention(id, label, spans)).collect());
        let marks = ArticleMarks::new(&set, &news(), &[]);
        let mut width = |tag: &str| tag.len() as f32 * 6.5;
        let found = pieces_of(&paragraph, 0, &marks, Anatomy::new(22.0, Ink::Plain), 0, &mut width);
        (paragraph, found)
    }

    #[test]
    fn a_mention_over_a_line_end_runs_on_without_stops() {
        let text = "one two three four five six seven eight nine ten";
        let (paragraph, found) = pieces(text, 200.0, &[("a", "PER", &[(4, 44)])]);
        assert!(paragraph.lines().len() >= 3);
        let first = found.lanes[0];
        let last = found.lanes[found.lanes.len() - 1];
        let lines = paragraph.lines();
        assert!(first.left_px > lines[0].left_px);
        assert!((first.right_px - lines[0].right_px).abs() <= 1.0, "runs on to the line's end");
        assert!(last.left_px.abs() < 0.01, "comes in at the line's start");
        assert_eq!(found.tags.len(), 1);
        assert_eq!(found.tags[0].line, 0);
    }

    #[test]
    fn neighbours_stay_apart() {
        let (_, found) = pieces("abcdefgh", 400.0, &[("a", "PER", &[(0, 4)]), ("b", "ORG", &[(4, 8)])]);
        assert!(found.lanes[1].left_px - found.lanes[0].right_px >= 2.0);
    }

    #[test]
    fn an_alef_without_width_has_two_pixels() {
        // Lam-alef in Noto Naskh: the alef has no advance of its own.
        let (_, found) = pieces("\u{643}\u{644}\u{627}\u{645}", 400.0, &[("a", "PER", &[(4, 6)])]);
        assert!((found.lanes[0].right_px - found.lanes[0].left_px - 2.0).abs() < 0.01);
        assert!(found.tags[0].place.short);
    }

    #[test]
    fn pieces_of_one_mention_are_joined() {
        let (_, found) = pieces("one two three four", 400.0, &[("a", "PER", &[(0, 3), (14, 18)])]);
        assert_eq!(found.lanes.iter().filter(|piece| piece.hair).count(), 1);
        assert_eq!(found.tags.iter().map(|tag| tag.text).collect::<Vec<_>>(), [TagText::Label, TagText::Plus]);
    }

    #[test]
    fn a_tag_moves_to_the_first_line_in_view() {
        let text = "one two three four five six seven eight nine ten";
        let style = TextStyle::new(Face::Naskh, 22.0, 42.0);
        let paragraph = Engine::new().paragraph(text, &style, Base::Auto, Some(200.0));
        let set = set_of(vec![mention("a", "PER", &[(4, 44)])]);
        let marks = ArticleMarks::new(&set, &news(), &[]);
        let second = paragraph.lines()[1].span.start();
        let found = pieces_of(&paragraph, 0, &marks, Anatomy::new(22.0, Ink::Plain), second, &mut |_| 20.0);
        assert_eq!(found.tags[0].line, 1, "{:?} {found:?}", paragraph.lines());
    }
}
