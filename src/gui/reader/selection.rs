//! What is selected: the text between anchor and caret in logical order, and pieces that are held for later.

use crate::layout::TextPosition;
use crate::text::{Ladder, Span, SpanSet, grapheme_span};

/// The caret and everything selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where the caret stands; the end that moves.
    pub caret: TextPosition,
    /// The end that stays.
    pub anchor: Option<TextPosition>,
    /// Pieces held for a discontinuous mention, ascending and apart.
    pub held: Vec<Span>,
    /// A word that was picked, with its ladder; the offered edges are what a label takes.
    pub pick: Option<WordPick>,
}

/// A word picked by a double-click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPick {
    /// The whole word.
    pub word: Span,
    /// Where its edges may lie.
    pub ladder: Ladder,
    /// Chosen start rung.
    pub start: usize,
    /// Chosen end rung.
    pub end: usize,
}

impl WordPick {
    /// The word with the edges that its ladder offers first.
    #[must_use]
    pub fn new(word: Span, ladder: Ladder) -> Self {
        let start = ladder.starts.iter().position(|rung| rung.at == ladder.default.start()).unwrap_or(0);
        let end = ladder.ends.iter().position(|rung| rung.at == ladder.default.end()).unwrap_or(0);
        Self { word, ladder, start, end }
    }

    /// What would be labelled now.
    #[must_use]
    pub fn offered(&self) -> Span {
        let start = self.ladder.starts.get(self.start).map_or(self.word.start(), |rung| rung.at);
        let end = self.ladder.ends.get(self.end).map_or(self.word.end(), |rung| rung.at);
        if start < end { Span::new(start, end) } else { self.word }
    }
}

impl Selection {
    /// The text between anchor and caret; none if it is empty.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let anchor = self.anchor?;
        let span = Span::new(anchor.at, self.caret.at);
        (!span.is_empty()).then_some(span)
    }

    /// Whether any text is selected or held.
    #[must_use]
    pub fn is_some(&self) -> bool {
        self.span().is_some() || !self.held.is_empty()
    }

    /// Puts the caret somewhere and drops the selection, or extends it.
    pub fn move_to(&mut self, to: TextPosition, extend: bool) {
        self.pick = None;
        if extend {
            self.anchor = self.anchor.or(Some(self.caret));
        } else {
            self.anchor = None;
        }
        self.caret = to;
    }

    /// Selects a span; the caret stands at its end.
    pub fn select(&mut self, span: Span) {
        self.pick = None;
        self.anchor = Some(TextPosition::downstream(span.start()));
        self.caret = TextPosition::upstream(span.end());
    }

    /// Selects a word, with its ladder.
    pub fn pick(&mut self, pick: WordPick) {
        self.select(pick.word);
        self.pick = Some(pick);
    }

    /// Drops what is selected; the caret stays.
    pub fn clear(&mut self) {
        self.anchor = None;
        self.held.clear();
        self.pick = None;
    }

    /// Keeps what is selected as a piece, so that another can be selected beside it.
    pub fn hold(&mut self, text: &str) {
        if let Some(span) = self.span().and_then(|span| trimmed(text, span)) {
            self.held = joined(&self.held, span);
        }
        self.anchor = None;
        self.pick = None;
    }

    /// What a label would cover: the held pieces and the selected text, without white space at the ends and in whole
    /// letters; of a picked word what its ladder offers.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Option<SpanSet> {
        let own = match &self.pick {
            Some(pick) => Some(pick.offered()),
            None => self.span().and_then(|span| trimmed(text, span)),
        };
        let pieces = own.map_or_else(|| self.held.clone(), |own| joined(&self.held, own));
        SpanSet::new(pieces).ok()
    }
}

/// The span in whole letters, without white space and line ends around it.
#[must_use]
pub fn trimmed(text: &str, span: Span) -> Option<Span> {
    let span = grapheme_span(text, span);
    let slice = span.slice(text)?;
    let start = span.start() + (slice.len() - slice.trim_start().len());
    let trimmed = Span::new(start, start + slice.trim().len());
    (!trimmed.is_empty()).then_some(trimmed)
}

/// The pieces with one more; pieces that touch become one.
fn joined(pieces: &[Span], span: Span) -> Vec<Span> {
    if pieces.is_empty() {
        return vec![span];
    }
    let with = SpanSet::new(pieces.to_vec()).and_then(|set| set.with(span));
    with.map_or_else(|_| vec![span], |set| set.as_slice().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Rung;

    fn at(at: usize) -> TextPosition {
        TextPosition::downstream(at)
    }

    fn ladder(starts: &[usize], ends: &[usize], default: (usize, usize)) -> Ladder {
        let rung = |at: &usize| Rung { at: *at, norm: None, other_norms: Vec::new() };
        Ladder {
            starts: starts.iter().map(rung).collect(),
            ends: ends.iter().map(rung).collect(),
            default: Span::new(default.0, default.1),
            norm: None,
            pronoun: None,
        }
    }

    #[test]
    fn extending_keeps_the_anchor() {
        let mut selection = Selection { caret: at(5), ..Selection::default() };
        selection.move_to(at(8), true);
        selection.move_to(at(2), true);
        assert_eq!(selection.span(), Some(Span::new(2, 5)));
        selection.move_to(at(5), true);
        assert_eq!(selection.span(), None);
        selection.move_to(at(1), false);
        assert_eq!((selection.span(), selection.caret.at), (None, 1));
    }

    #[test]
    fn a_label_takes_whole_letters_without_white_space() {
        // A letter with a mark: the edge between them widens.
        let text = "a \u{628}\u{64e}\u{628} c";
        let mut selection = Selection::default();
        selection.select(Span::new(1, 4));
        assert_eq!(selection.pieces(text).unwrap().as_slice(), [Span::new(2, 6)]);
        selection.select(Span::new(1, 2));
        assert!(selection.pieces(text).is_none(), "only white space");
    }

    #[test]
    fn held_pieces_and_the_selection_are_one_mention() {
        let text = "one two three";
        let mut selection = Selection::default();
        selection.select(Span::new(0, 3));
        selection.hold(text);
        assert!(selection.is_some());
        selection.select(Span::new(8, 13));
        assert_eq!(selection.pieces(text).unwrap().as_slice(), [Span::new(0, 3), Span::new(8, 13)]);
        selection.clear();
        assert!(!selection.is_some());
    }

    #[test]
    fn a_picked_word_offers_the_default_of_its_ladder() {
        let pick = WordPick::new(Span::new(4, 16), ladder(&[4, 6, 8], &[16, 12], (6, 16)));
        assert_eq!(pick.offered(), Span::new(6, 16));
        let mut selection = Selection::default();
        selection.pick(pick);
        assert_eq!(selection.span(), Some(Span::new(4, 16)), "the whole word is selected");
        assert_eq!(selection.pieces(&"x".repeat(20)).unwrap().as_slice(), [Span::new(6, 16)]);
    }
}
