//! The clitic ladder while an edge is stepped: which rungs there are and which is chosen.

use super::selection::WordPick;
use crate::layout::TextPosition;
use crate::model::MentionId;
use crate::session::Edge;
use crate::text::{Ladder, Rung, Span, SpanSet, word_at};

/// An open ladder. Nothing is stored before it is fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderPopup {
    /// The mention whose edge is stepped.
    pub mention: MentionId,
    /// Its spans as stored.
    pub stored: SpanSet,
    /// The edge that the popup shows.
    pub edge: Edge,
    starts: Vec<Rung>,
    ends: Vec<Rung>,
    start: usize,
    end: usize,
    /// End of the first word and start of the last: the forms show one word, not the whole mention.
    first_word: Span,
    last_word: Span,
}

/// One form that a ladder offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Text of the form.
    pub span: Span,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// What the ladder of a mention with those spans looks at: from the start of its first word to the end of its last.
#[must_use]
pub fn words_around(text: &str, spans: &SpanSet) -> Span {
    let first = word_at(text, spans.start());
    let last_inside = last_letter(text, spans.end());
    let last = word_at(text, last_inside);
    let start = first.map_or(spans.start(), |word| word.start().min(spans.start()));
    let end = last.map_or(spans.end(), |word| word.end().max(spans.end()));
    Span::new(start, end)
}

/// The byte at which the last letter before `end` begins.
fn last_letter(text: &str, end: usize) -> usize {
    text.get(..end).and_then(|before| before.char_indices().next_back()).map_or(0, |(at, _)| at)
}

impl LadderPopup {
    /// Opens the ladder of a mention at the edges it has now; `ladder` is that of [`words_around`] it.
    #[must_use]
    pub fn new(text: &str, mention: MentionId, stored: SpanSet, ladder: Ladder, edge: Edge) -> Self {
        let around = words_around(text, &stored);
        let (starts, start) = with_rung(ladder.starts, stored.start(), true);
        let (ends, end) = with_rung(ladder.ends, stored.end(), false);
        let first_word = word_at(text, stored.start()).unwrap_or(around);
        let last_word = word_at(text, last_letter(text, stored.end())).unwrap_or(around);
        Self { mention, stored, edge, starts, ends, start, end, first_word, last_word }
    }

    /// The spans with the chosen edges.
    #[must_use]
    pub fn chosen(&self) -> SpanSet {
        let start = self.starts.get(self.start).map_or(self.stored.start(), |rung| rung.at);
        let end = self.ends.get(self.end).map_or(self.stored.end(), |rung| rung.at);
        with_edges(&self.stored, start, end).unwrap_or_else(|| self.stored.clone())
    }

    /// Whether fixing it would change anything.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.chosen() != self.stored
    }

    /// Steps an edge to the next rung inward (`steps` positive) or outward, around at the ends. Pairs of edges that
    /// leave nothing are passed over.
    pub fn step(&mut self, edge: Edge, steps: i32) {
        self.edge = edge;
        let count = match edge {
            Edge::Start => self.starts.len(),
            Edge::End => self.ends.len(),
        };
        for _ in 0..count {
            let index = match edge {
                Edge::Start => &mut self.start,
                Edge::End => &mut self.end,
            };
            *index = (*index as i64 + i64::from(steps)).rem_euclid(count.max(1) as i64) as usize;
            let (start, end) = (self.starts.get(self.start), self.ends.get(self.end));
            if start.zip(end).is_some_and(|(start, end)| with_edges(&self.stored, start.at, end.at).is_some()) {
                return;
            }
        }
    }

    /// Chooses a rung of the shown edge.
    pub fn choose(&mut self, index: usize) {
        match self.edge {
            Edge::Start => self.start = index.min(self.starts.len().saturating_sub(1)),
            Edge::End => self.end = index.min(self.ends.len().saturating_sub(1)),
        }
    }

    /// The forms of the shown edge, from the longest to the shortest: of a mention of several words only the word that
    /// the edge lies in.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        let chosen = self.chosen();
        match self.edge {
            Edge::Start => {
                let end = self.first_word.end().min(chosen.end()).max(self.first_word.start());
                let forms = self.starts.iter().enumerate();
                forms
                    .map(|(idx, rung)| Form { span: Span::new(rung.at.min(end), end), chosen: idx == self.start })
                    .collect()
            }
            Edge::End => {
                let start = self.last_word.start().max(chosen.start());
                let forms = self.ends.iter().enumerate();
                forms
                    .map(|(idx, rung)| Form { span: Span::new(start, rung.at.max(start)), chosen: idx == self.end })
                    .collect()
            }
        }
    }

    /// Where the popup hangs: the edge that is stepped.
    #[must_use]
    pub fn place(&self) -> TextPosition {
        let chosen = self.chosen();
        match self.edge {
            Edge::Start => TextPosition::downstream(chosen.start()),
            Edge::End => TextPosition::upstream(chosen.end()),
        }
    }
}

impl WordPick {
    /// Steps an edge of the picked word, as [`LadderPopup::step`].
    pub fn step(&mut self, edge: Edge, steps: i32) {
        let (index, count) = match edge {
            Edge::Start => (&mut self.start, self.ladder.starts.len()),
            Edge::End => (&mut self.end, self.ladder.ends.len()),
        };
        *index = (*index as i64 + i64::from(steps)).rem_euclid(count.max(1) as i64) as usize;
    }
}

/// The rungs with one at `at`, and its place among them. `inward` rungs ascend, the others descend.
fn with_rung(mut rungs: Vec<Rung>, at: usize, inward: bool) -> (Vec<Rung>, usize) {
    if let Some(found) = rungs.iter().position(|rung| rung.at == at) {
        return (rungs, found);
    }
    let place = rungs.iter().position(|rung| if inward { rung.at > at } else { rung.at < at }).unwrap_or(rungs.len());
    rungs.insert(place, Rung { at, norm: None, other_norms: Vec::new() });
    (rungs, place)
}

/// The spans with another start and end; none if a piece would vanish.
#[must_use]
pub fn with_edges(spans: &SpanSet, start: usize, end: usize) -> Option<SpanSet> {
    let mut pieces: Vec<Span> = spans.iter().collect();
    let last_idx = pieces.len() - 1;
    let last = pieces.last_mut()?;
    if last_idx > 0 && end <= last.start() {
        return None;
    }
    *last = Span::new(last.start().min(end), end);
    let first = pieces.first_mut()?;
    if start >= first.end() {
        return None;
    }
    *first = Span::new(start, first.end());
    SpanSet::new(pieces).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rungs(at: &[usize]) -> Vec<Rung> {
        at.iter().map(|at| Rung { at: *at, norm: None, other_norms: Vec::new() }).collect()
    }

    fn set(spans: &[(usize, usize)]) -> SpanSet {
        SpanSet::new(spans.iter().map(|&(start, end)| Span::new(start, end)).collect()).unwrap()
    }

    fn popup(edge: Edge) -> LadderPopup {
        let text = "aabbname rest";
        let ladder = Ladder {
            starts: rungs(&[0, 2, 4]),
            ends: rungs(&[8]),
            default: Span::new(4, 8),
            norm: None,
            pronoun: None,
        };
        LadderPopup::new(text, "m".into(), set(&[(4, 8)]), ladder, edge)
    }

    #[test]
    fn stepping_goes_around() {
        let mut popup = popup(Edge::Start);
        assert!(!popup.is_changed());
        popup.step(Edge::Start, 1);
        assert_eq!(popup.chosen().as_slice(), [Span::new(0, 8)]);
        popup.step(Edge::Start, 1);
        assert_eq!(popup.chosen().as_slice(), [Span::new(2, 8)]);
        popup.step(Edge::Start, -1);
        popup.step(Edge::Start, -1);
        assert_eq!(popup.chosen().as_slice(), [Span::new(4, 8)]);
    }

    #[test]
    fn forms_go_from_the_longest_to_the_shortest() {
        let popup = popup(Edge::Start);
        let forms: Vec<_> = popup.forms().into_iter().map(|form| (form.span, form.chosen)).collect();
        assert_eq!(forms, [(Span::new(0, 8), false), (Span::new(2, 8), false), (Span::new(4, 8), true)]);
    }

    #[test]
    fn an_edge_between_rungs_becomes_a_rung() {
        let text = "aabbname rest";
        let ladder = Ladder {
            starts: rungs(&[0, 2]),
            ends: rungs(&[8, 6]),
            default: Span::new(2, 8),
            norm: None,
            pronoun: None,
        };
        let popup = LadderPopup::new(text, "m".into(), set(&[(3, 7)]), ladder, Edge::End);
        let ends: Vec<_> = popup.forms().into_iter().map(|form| (form.span.end(), form.chosen)).collect();
        assert_eq!(ends, [(8, false), (7, true), (6, false)]);
    }

    #[test]
    fn edges_of_a_discontinuous_mention_are_those_of_its_outer_pieces() {
        let spans = set(&[(0, 4), (8, 12)]);
        assert_eq!(with_edges(&spans, 2, 10).unwrap(), set(&[(2, 4), (8, 10)]));
        assert_eq!(with_edges(&spans, 4, 12), None);
        assert_eq!(with_edges(&spans, 0, 8), None);
        assert_eq!(with_edges(&set(&[(0, 4)]), 3, 3), None);
    }
}
