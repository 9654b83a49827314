//! Arrow keys: to the next place on screen, through wrapped lines of either direction.

use super::caret::{Affinity, TextPosition};
use super::paragraph::Paragraph;
use crate::text::Span;

/// A move of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Motion {
    /// To the next place on the left.
    Left,
    /// To the next place on the right.
    Right,
    /// To the line above, near the remembered x.
    Up,
    /// To the line below, near the remembered x.
    Down,
    /// To where reading of the line begins.
    LineStart,
    /// To where reading of the line ends.
    LineEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// To the next boundary in reading order.
    Next,
    /// To the boundary before in reading order.
    Previous,
}

/// A move by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordMotion {
    /// To the left: onwards in right-to-left paragraphs, back in others.
    Left,
    /// To the right.
    Right,
    /// Onwards in reading order.
    Next,
    /// Back in reading order.
    Previous,
}

impl Paragraph {
    /// The place that a move leads to; none when it would leave the text. `goal_px` is the x that `Up` and `Down` keep
    /// (the caller remembers it over several of them); without it the caret's own x is taken.
    ///
    /// `Left` and `Right` visit every boundary of the text, twice where the direction changes. At the end of a line
    /// they go on in the neighbouring line in reading order, and pass over the second place of a byte at which a line
    /// was broken, so that no key press seems to do nothing.
    #[must_use]
    pub fn move_caret(&self, position: TextPosition, motion: Motion, goal_px: Option<f32>) -> Option<TextPosition> {
        let position = self.settled(position);
        let line = self.line_of(position);
        match motion {
            Motion::Left => self.step(position, line, false),
            Motion::Right => self.step(position, line, true),
            Motion::Up => {
                let goal_px = goal_px.unwrap_or_else(|| self.caret(position).x_px);
                Some(self.hit_on_line(line.checked_sub(1)?, goal_px))
            }
            Motion::Down => {
                let goal_px = goal_px.unwrap_or_else(|| self.caret(position).x_px);
                (line + 1 < self.tables.lines.len()).then(|| self.hit_on_line(line + 1, goal_px))
            }
            Motion::LineStart => Some(self.line_start(line)),
            Motion::LineEnd => Some(self.line_end(line)),
            Motion::TextStart => Some(self.settled(TextPosition::downstream(0))),
            Motion::TextEnd => Some(self.settled(TextPosition::upstream(self.text.len()))),
            Motion::Next => {
                let row = self.neighbours(position.at).after?;
                Some(self.settled(TextPosition::downstream(row.span.end())))
            }
            Motion::Previous => {
                let row = self.neighbours(position.at).before?;
                Some(self.settled(TextPosition::downstream(row.span.start())))
            }
        }
    }

    /// Moves by the given word spans (bytes of the paragraph, ascending, apart): onwards to the end of a word, back to
    /// its start. None when there is no further word that way.
    #[must_use]
    pub fn move_by_word(&self, position: TextPosition, motion: WordMotion, words: &[Span]) -> Option<TextPosition> {
        let position = self.settled(position);
        let rtl = self.tables.lines.get(self.line_of(position)).is_some_and(|line| line.rtl);
        let onwards = match motion {
            WordMotion::Next => true,
            WordMotion::Previous => false,
            WordMotion::Left => rtl,
            WordMotion::Right => !rtl,
        };
        if onwards {
            let word = words.get(words.partition_point(|word| word.end() <= position.at))?;
            Some(self.settled(TextPosition::upstream(word.end())))
        } else {
            let before = words.partition_point(|word| word.start() < position.at);
            let word = words.get(before.checked_sub(1)?)?;
            Some(self.settled(TextPosition::downstream(word.start())))
        }
    }

    /// Where reading of a line begins.
    #[must_use]
    pub fn line_start(&self, line: usize) -> TextPosition {
        let start = self.tables.lines.get(line).map_or(0, |line| line.span.start());
        self.settled(TextPosition::downstream(start))
    }

    /// Where reading of a line ends: before its separator.
    #[must_use]
    pub fn line_end(&self, line: usize) -> TextPosition {
        self.settled(TextPosition::upstream(self.line_text_span(line).end()))
    }

    /// The first place of a line as one comes from the line before it, or the last as one comes from behind.
    #[must_use]
    pub fn entry(&self, line: usize, onwards: bool) -> TextPosition {
        let places = self.places(line);
        let rtl = self.tables.lines.get(line).is_some_and(|line| line.rtl);
        let entry = if rtl == onwards { places.last() } else { places.first() };
        entry.copied().unwrap_or_else(|| self.line_start(line))
    }

    fn step(&self, position: TextPosition, line: usize, right: bool) -> Option<TextPosition> {
        let places = self.places(line);
        let here = places.iter().position(|place| *place == position);
        let here = here.or_else(|| places.iter().position(|place| place.at == position.at));
        let next = here.and_then(|here| if right { here.checked_add(1) } else { here.checked_sub(1) });
        if let Some(next) = next.and_then(|next| places.get(next)) {
            return Some(*next);
        }
        let onwards = self.tables.lines.get(line).is_some_and(|line| line.rtl) != right;
        let next_line = if onwards { line + 1 } else { line.checked_sub(1)? };
        if next_line >= self.tables.lines.len() {
            return None;
        }
        let entry = self.entry(next_line, onwards);
        if entry.at != position.at {
            return Some(entry);
        }
        let places = self.places(next_line);
        let inwards = self.tables.lines.get(next_line).is_some_and(|line| line.rtl) == onwards;
        let second = if inwards { places.len().checked_sub(2) } else { Some(1) };
        second.and_then(|second| places.get(second)).copied().or(Some(entry))
    }

    /// All places of a line from left to right; at a change of direction two with the same x.
    fn places(&self, line: usize) -> Vec<TextPosition> {
        let mut places: Vec<TextPosition> = Vec::new();
        let mut push = |place: TextPosition| {
            let place = self.settled(place);
            // The place behind a separator belongs to the next line.
            if self.line_of(place) == line && places.last().is_none_or(|last| last.at != place.at) {
                places.push(place);
            }
        };
        for row in self.visual_rows(line) {
            let Some(cluster) = self.tables.clusters.get(*row as usize) else { continue };
            let start = TextPosition { at: cluster.span.start(), affinity: Affinity::Downstream };
            let end = TextPosition { at: cluster.span.end(), affinity: Affinity::Upstream };
            let (left, right) = if cluster.rtl { (end, start) } else { (start, end) };
            push(left);
            push(right);
        }
        if places.is_empty() {
            places.push(self.line_start(line));
        }
        places
    }
}
