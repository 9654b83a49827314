//! One-line labels that do not fit: cut at a logical end, never in the middle of the visual line.

use super::engine::Engine;
use super::paragraph::Paragraph;
use super::style::{Base, TextStyle};
use crate::text::Span;

/// What is cut from a line that is too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Elide {
    /// Nothing: the line may be wider.
    Never,
    /// The end, in reading order: names, titles.
    #[default]
    End,
    /// The start, in reading order: paths, where the end tells most.
    Start,
}

/// A line that was made to fit.
#[derive(Clone, Debug)]
pub struct ElidedLine {
    /// What is drawn, the ellipsis included.
    pub paragraph: Paragraph,
    /// The bytes of the whole text that are not drawn; none when all of it fits. Show the whole text in a tooltip then.
    pub cut: Option<Span>,
}

const ELLIPSIS: &str = "\u{2026}";

pub(super) fn elided(
    engine: &mut Engine,
    text: &str,
    style: &TextStyle,
    base: Base,
    max_width_px: f32,
    elide: Elide,
) -> ElidedLine {
    // A label is short; of a text of many screens only the part that can matter is shaped.
    let base = Base::from_rtl(base.resolve_rtl(text));
    let (window, clipped) = window(text, elide, max_width_px, style.sane().size_px);
    let whole = engine.paragraph(window.slice(text).unwrap_or_default(), style, base, None);
    if elide == Elide::Never || (!clipped && whole.width_px() <= max_width_px) {
        return ElidedLine { paragraph: whole, cut: None };
    }
    // Widths of a cut line differ a little from the sum of its graphemes (kerning, joining), so the first guess by
    // sums is checked against the real line and shortened until it fits.
    let mut kept = guess(&whole, max_width_px - style.size_px, elide);
    loop {
        let (paragraph, cut) = cut_line(engine, text, window, &whole, style, base, kept, elide);
        if kept == 0 || paragraph.width_px() <= max_width_px {
            return ElidedLine { paragraph, cut: Some(cut) };
        }
        kept -= 1;
    }
}

/// The part of a very long text that can be seen at all, and whether something lies outside of it.
fn window(text: &str, elide: Elide, max_width_px: f32, size_px: f32) -> (Span, bool) {
    // No font has letters with a mean advance under a tenth of their size.
    let most = ((max_width_px.clamp(0.0, 100_000.0) / size_px * 10.0) as usize + 16).saturating_mul(8);
    if elide == Elide::Never || text.len() <= most {
        return (Span::new(0, text.len()), false);
    }
    match elide {
        Elide::Start => (Span::new(super::pieces::floor_char(text, text.len() - most), text.len()), true),
        _ => (Span::new(0, super::pieces::floor_char(text, most)), true),
    }
}

/// How many graphemes fit by the sum of their widths.
fn guess(whole: &Paragraph, room_px: f32, elide: Elide) -> usize {
    let mut used_px = 0.0;
    let fits = |width_px: &f32| {
        used_px += width_px;
        used_px <= room_px
    };
    let widths = whole.clusters().iter().map(super::clusters::Cluster::width_px);
    let count = if elide == Elide::Start {
        widths.rev().take_while(fits_mut(fits)).count()
    } else {
        widths.take_while(fits_mut(fits)).count()
    };
    // A few more, because the guess leaves room for a whole em.
    (count + 3).min(whole.clusters().len())
}

fn fits_mut(mut fits: impl FnMut(&f32) -> bool) -> impl FnMut(&f32) -> bool {
    move |width_px| fits(width_px)
}

fn cut_line(
    engine: &mut Engine,
    text: &str,
    window: Span,
    whole: &Paragraph,
    style: &TextStyle,
    base: Base,
    kept: usize,
    elide: Elide,
) -> (Paragraph, Span) {
    let rows = whole.clusters();
    if elide == Elide::Start {
        let from = rows
            .get(rows.len() - kept..)
            .and_then(<[_]>::first)
            .map_or(window.end(), |row| window.start() + row.span.start());
        let seen = text.get(from..).unwrap_or_default().trim_start();
        let line = format!("{ELLIPSIS}{seen}");
        (engine.paragraph(&line, style, base, None), Span::new(0, text.len() - seen.len()))
    } else {
        let to = rows.get(..kept).and_then(<[_]>::last).map_or(0, |row| row.span.end());
        let seen = text.get(..to).unwrap_or_default().trim_end();
        let line = format!("{seen}{ELLIPSIS}");
        (engine.paragraph(&line, style, base, None), Span::new(seen.len(), text.len()))
    }
}
