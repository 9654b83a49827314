//! Moving one edge of a mention: through the clitic ladder, by letters, by words.

use super::mentions::{need, respan};
use super::{Plan, View};
use crate::model::Mention;
use crate::session::command::{Command, CommandError, Edge, EdgeUnit};
use crate::text::{Span, SpanSet, next_grapheme, prev_grapheme};

pub(super) fn plan(command: &Command, view: &View<'_>) -> Result<Plan, CommandError> {
    match command {
        Command::StepEdge { article, mention, edge, steps } => {
            let mention = need(view, article, mention)?;
            let piece = piece_at(mention, *edge)?;
            let rungs = rungs(view, piece, *edge);
            let at = stepped(&rungs, edge_of(piece, *edge), *steps);
            moved(view, mention, *edge, at, article)
        }
        Command::MoveEdge { article, mention, edge, unit, steps } => {
            let mention = need(view, article, mention)?;
            let piece = piece_at(mention, *edge)?;
            let from = edge_of(piece, *edge);
            let at = match unit {
                EdgeUnit::Grapheme => by_graphemes(&view.need_article(article)?.text, from, *steps),
                EdgeUnit::Word => {
                    let edges: Vec<usize> = view.lookup.words().iter().map(|word| edge_of(*word, *edge)).collect();
                    stepped(&edges, from, *steps)
                }
            };
            moved(view, mention, *edge, at, article)
        }
        _ => Ok(Plan::default()),
    }
}

/// `span` with its edges moved out to those of the words they stand in. `words` are in text order.
pub(super) fn to_whole_words(words: &[Span], span: Span) -> Span {
    let around = |at: usize| {
        let idx = words.partition_point(|word| word.end() <= at);
        words.get(idx).filter(|word| word.start() < at && at < word.end()).copied()
    };
    let start = around(span.start()).map_or(span.start(), Span::start);
    let end = around(span.end()).map_or(span.end(), Span::end);
    Span::new(start, end)
}

fn edge_of(span: Span, edge: Edge) -> usize {
    match edge {
        Edge::Start => span.start(),
        Edge::End => span.end(),
    }
}

fn piece_at(mention: &Mention, edge: Edge) -> Result<Span, CommandError> {
    let pieces = mention.spans.as_slice();
    let piece = match edge {
        Edge::Start => pieces.first(),
        Edge::End => pieces.last(),
    };
    piece.copied().ok_or(CommandError::Span(crate::text::SpanError::NoSpan))
}

/// Bytes where the ladder lets this edge stand, ascending.
fn rungs(view: &View<'_>, piece: Span, edge: Edge) -> Vec<usize> {
    let ladder = view.lookup.ladder(to_whole_words(&view.lookup.words(), piece));
    let rungs = match edge {
        Edge::Start => ladder.starts,
        Edge::End => ladder.ends,
    };
    let mut bytes: Vec<usize> = rungs.into_iter().map(|rung| rung.at).collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes
}

/// The place `steps` further along ascending `places` from `from`, which need not be one of them. Stops at the ends.
fn stepped(places: &[usize], from: usize, steps: i32) -> usize {
    let count = usize::try_from(steps.unsigned_abs()).unwrap_or(usize::MAX);
    let at = if steps >= 0 {
        let next = places.partition_point(|place| *place <= from);
        match count {
            0 => None,
            _ => {
                places.get(next.saturating_add(count - 1).min(places.len().saturating_sub(1))).filter(|at| **at > from)
            }
        }
    } else {
        let before = places.partition_point(|place| *place < from);
        before.checked_sub(1).and_then(|_| places.get(before.saturating_sub(count)))
    };
    at.copied().unwrap_or(from)
}

fn by_graphemes(text: &str, from: usize, steps: i32) -> usize {
    let mut at = from;
    for _ in 0..steps.unsigned_abs() {
        let next = if steps > 0 { next_grapheme(text, at) } else { prev_grapheme(text, at) };
        if next == at {
            break;
        }
        at = next;
    }
    at
}

fn moved(
    view: &View<'_>,
    mention: &Mention,
    edge: Edge,
    at: usize,
    article: &crate::model::ArticleId,
) -> Result<Plan, CommandError> {
    let mut pieces = mention.spans.as_slice().to_vec();
    let (piece, other) = match edge {
        Edge::Start => {
            let end = pieces.first().map_or(at, |piece| piece.end());
            (pieces.first_mut(), end)
        }
        Edge::End => {
            let start = pieces.last().map_or(at, |piece| piece.start());
            (pieces.last_mut(), start)
        }
    };
    let empties = match edge {
        Edge::Start => at >= other,
        Edge::End => at <= other,
    };
    if empties {
        let mut plan = Plan { id: Some(mention.id.to_string()), spans: Some(mention.spans.clone()), ..Plan::default() };
        plan.notice(
            view,
            "edge_stays",
            Some(mention.spans.hull()),
            "The edge stays: moving it there would leave nothing.",
        );
        return Ok(plan);
    }
    if let Some(piece) = piece {
        *piece = Span::new(at, other);
    }
    let spans = SpanSet::new(pieces)?;
    if spans == mention.spans {
        let mut plan = Plan { id: Some(mention.id.to_string()), spans: Some(spans), ..Plan::default() };
        plan.notice(
            view,
            "edge_stays",
            Some(mention.spans.hull()),
            "The edge stays: there is no further step that way.",
        );
        return Ok(plan);
    }
    respan(view, article, mention, &spans, Plan::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_to_the_next_place_even_from_between() {
        let places = [2, 5, 9];
        let check = |from, steps, expect| assert_eq!(stepped(&places, from, steps), expect, "from {from} by {steps}");
        check(2, 1, 5);
        check(3, 1, 5);
        check(2, 2, 9);
        check(2, 9, 9);
        check(9, 1, 9);
        check(5, -1, 2);
        check(6, -1, 5);
        check(9, -9, 2);
        check(2, -1, 2);
        check(5, 0, 5);
        assert_eq!(stepped(&[], 4, 1), 4);
    }

    #[test]
    fn edges_inside_words_move_out() {
        let words = [Span::new(0, 4), Span::new(5, 9), Span::new(9, 12)];
        assert_eq!(to_whole_words(&words, Span::new(2, 7)), Span::new(0, 9));
        assert_eq!(to_whole_words(&words, Span::new(5, 9)), Span::new(5, 9));
        assert_eq!(to_whole_words(&words, Span::new(4, 10)), Span::new(4, 12));
    }
}
