//! Hits, carets, rectangles and arrow keys over the whole article.

use super::super::caret::{CaretShape, TextPosition};
use super::super::engine::Engine;
use super::super::motion::{Motion, WordMotion};
use super::Document;
use crate::text::Span;

/// A caret of the article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentCaret {
    /// Number of the stretch.
    pub index: usize,
    /// Top edge of its line, from the top of the viewport.
    pub top_px: f32,
    /// Its shape; the shape's own `top_px` counts from the top of the stretch.
    pub shape: CaretShape,
}

/// A rectangle of a span of the article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DocumentRect {
    /// Number of the stretch.
    pub index: usize,
    /// Number of the line in the stretch.
    pub line: usize,
    /// Left edge, from the left edge of the column.
    pub left_px: f32,
    /// Right edge.
    pub right_px: f32,
    /// Top edge of the line, from the top of the viewport.
    pub top_px: f32,
    /// Height of the line.
    pub height_px: f32,
    /// Baseline of the line, from the top of the viewport.
    pub baseline_px: f32,
}

impl Document {
    /// Top of a stretch from the top of the viewport.
    #[must_use]
    pub fn top_px(&self, index: usize) -> f32 {
        (self.heights.before(index) - self.scroll_top_px()) as f32
    }

    /// Where a span is seen, for the stretches that are in memory (all that are visible are).
    #[must_use]
    pub fn rects(&self, span: Span) -> Vec<DocumentRect> {
        let mut rects = Vec::new();
        let from = self.index_of(span.start());
        let to = self.index_of(span.end());
        for (index, cached) in self.cache.range(from..=to) {
            let top_px = self.top_px(*index);
            let origin = self.span(*index).start();
            let local = Span::new(span.start().max(origin), span.end().max(origin)).relative_to(origin);
            for rect in cached.paragraph.rects(local) {
                let Some(line) = cached.paragraph.lines().get(rect.line) else { continue };
                rects.push(DocumentRect {
                    index: *index,
                    line: rect.line,
                    left_px: rect.left_px,
                    right_px: rect.right_px,
                    top_px: top_px + line.top_px,
                    height_px: line.height_px,
                    baseline_px: top_px + line.baseline_px,
                });
            }
        }
        rects
    }

    /// The place nearest to a point of the viewport.
    pub fn hit(&mut self, engine: &mut Engine, x_px: f32, y_px: f32) -> TextPosition {
        let (mut index, below_px) = self.anchor;
        let mut rest_px = y_px + below_px;
        while rest_px < 0.0 && index > 0 {
            index -= 1;
            self.paragraph(engine, index);
            rest_px += self.heights.get(index) as f32;
        }
        while index + 1 < self.entries.len() {
            self.paragraph(engine, index);
            let height_px = self.heights.get(index) as f32;
            if rest_px < height_px {
                break;
            }
            rest_px -= height_px;
            index += 1;
        }
        self.in_article(engine, index, |paragraph| Some(paragraph.hit(x_px, rest_px))).unwrap_or_default()
    }

    /// The caret at a place of the article.
    pub fn caret(&mut self, engine: &mut Engine, position: TextPosition) -> Option<DocumentCaret> {
        let index = self.index_of(position.at);
        let local = self.local(index, position);
        let shape = self.paragraph(engine, index)?.caret(local);
        Some(DocumentCaret { index, top_px: self.top_px(index) + shape.top_px, shape })
    }

    /// The place that a move leads to, over lines and paragraphs; none at the ends of the article.
    pub fn move_caret(
        &mut self,
        engine: &mut Engine,
        position: TextPosition,
        motion: Motion,
        goal_px: Option<f32>,
    ) -> Option<TextPosition> {
        match motion {
            Motion::TextStart => return Some(TextPosition::downstream(self.span(0).start())),
            Motion::TextEnd => {
                return Some(TextPosition::upstream(self.span(self.entries.len().saturating_sub(1)).end()));
            }
            _ => {}
        }
        let index = self.index_of(position.at);
        let local = self.local(index, position);
        if let Some(moved) = self.in_article(engine, index, |paragraph| paragraph.move_caret(local, motion, goal_px)) {
            return Some(moved);
        }
        let rtl = self.is_rtl(index);
        let onwards = match motion {
            Motion::Left => rtl,
            Motion::Right => !rtl,
            Motion::Down | Motion::Next => true,
            _ => false,
        };
        let goal_px = goal_px.or_else(|| self.caret(engine, position).map(|caret| caret.shape.x_px));
        let mut next = self.neighbour(index, onwards)?;
        if matches!(motion, Motion::Up | Motion::Down) {
            // Blank lines between paragraphs hold nothing to read: going by lines passes over them.
            while let (true, Some(further)) = (self.span(next).is_empty(), self.neighbour(next, onwards)) {
                next = further;
            }
        }
        let entered = self.in_article(engine, next, |paragraph| {
            let line = if onwards { 0 } else { paragraph.lines().len().saturating_sub(1) };
            Some(match (motion, goal_px) {
                (Motion::Up | Motion::Down, Some(goal_px)) => paragraph.hit_on_line(line, goal_px),
                (Motion::Left | Motion::Right, _) => paragraph.entry(line, onwards),
                _ if onwards => paragraph.line_start(line),
                _ => paragraph.line_end(line),
            })
        })?;
        // Where a long paragraph was cut, the end of one stretch is the start of the next.
        if entered.at == position.at && matches!(motion, Motion::Left | Motion::Right | Motion::Next | Motion::Previous)
        {
            let local = self.local(next, entered);
            return self
                .in_article(engine, next, |paragraph| paragraph.move_caret(local, motion, None))
                .or(Some(entered));
        }
        Some(entered)
    }

    /// Moves by words. `words` gives the words (bytes of the article, ascending) of a stretch; none for text that is
    /// to be skipped, as an excluded region is.
    pub fn move_by_word(
        &mut self,
        engine: &mut Engine,
        position: TextPosition,
        motion: WordMotion,
        words: impl Fn(Span) -> Vec<Span>,
    ) -> Option<TextPosition> {
        let mut index = self.index_of(position.at);
        let rtl = self.is_rtl(index);
        let onwards = match motion {
            WordMotion::Next => true,
            WordMotion::Previous => false,
            WordMotion::Left => rtl,
            WordMotion::Right => !rtl,
        };
        let step = if onwards { WordMotion::Next } else { WordMotion::Previous };
        let mut local = self.local(index, position);
        loop {
            let span = self.span(index);
            let local_words: Vec<Span> = words(span).into_iter().map(|word| word.relative_to(span.start())).collect();
            let moved = self.in_article(engine, index, |paragraph| paragraph.move_by_word(local, step, &local_words));
            if moved.is_some() {
                return moved;
            }
            index = self.neighbour(index, onwards)?;
            local = if onwards { TextPosition::downstream(0) } else { TextPosition::upstream(self.span(index).len()) };
        }
    }

    /// Moves up (negative) or down by a distance, as Page Up and Page Down do, keeping `goal_px`.
    pub fn move_by_height(
        &mut self,
        engine: &mut Engine,
        position: TextPosition,
        distance_px: f32,
        goal_px: Option<f32>,
    ) -> Option<TextPosition> {
        let caret = self.caret(engine, position)?;
        let y_px = caret.top_px + caret.shape.height_px / 2.0 + distance_px;
        Some(self.hit(engine, goal_px.unwrap_or(caret.shape.x_px), y_px))
    }

    /// Start or end of the line on which a place is shown is [`Motion::LineStart`] and [`Motion::LineEnd`]; this is the
    /// span of that line in the article.
    pub fn line_span(&mut self, engine: &mut Engine, position: TextPosition) -> Option<Span> {
        let index = self.index_of(position.at);
        let local = self.local(index, position);
        let origin = self.span(index).start();
        let paragraph = self.paragraph(engine, index)?;
        Some(paragraph.line_text_span(paragraph.line_of(local)).offset_by(origin))
    }

    fn neighbour(&self, index: usize, onwards: bool) -> Option<usize> {
        let next = if onwards { index + 1 } else { index.checked_sub(1)? };
        (next < self.entries.len()).then_some(next)
    }

    /// A place of the article in bytes of a stretch.
    fn local(&self, index: usize, position: TextPosition) -> TextPosition {
        let span = self.span(index);
        TextPosition { at: position.at.saturating_sub(span.start()).min(span.len()), ..position }
    }

    fn in_article(
        &mut self,
        engine: &mut Engine,
        index: usize,
        ask: impl FnOnce(&super::super::paragraph::Paragraph) -> Option<TextPosition>,
    ) -> Option<TextPosition> {
        let origin = self.span(index).start();
        let position = ask(&*self.paragraph(engine, index)?)?;
        Some(TextPosition { at: position.at + origin, ..position })
    }
}
