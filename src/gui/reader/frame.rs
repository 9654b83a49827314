//! What one frame shows: the visible paragraphs with the places of their marks.

use std::sync::Arc;

use egui::{Rect, pos2};

use super::anatomy::{Anatomy, Band, Ink};
use super::marks::ArticleMarks;
use super::page::Page;
use super::pieces::{ParagraphPieces, pieces_of};
use super::tag_text::TagTexts;
use crate::layout::{Engine, Face, LineRect, Paragraph, ParagraphRole, VisibleParagraph};
use crate::text::Span;

/// One visible paragraph.
#[derive(Debug)]
pub struct ShownParagraph {
    /// Its bytes in the article.
    pub span: Span,
    /// Lines and glyphs.
    pub paragraph: Arc<Paragraph>,
    /// What it is in the article.
    pub role: ParagraphRole,
    /// Top edge in the window, whole physical px.
    pub top_px: f32,
    /// Distances around its lines.
    pub anatomy: Anatomy,
    /// Lanes and tags.
    pub pieces: ParagraphPieces,
}

/// Everything that one frame shows.
#[derive(Debug)]
pub struct Frame {
    /// Where the column is.
    pub page: Page,
    /// From top to bottom.
    pub shown: Vec<ShownParagraph>,
    /// First byte in view.
    pub visible_from: usize,
}

impl ShownParagraph {
    /// A band of one of its lines, in the window, physical px.
    #[must_use]
    pub fn band(&self, line: usize, band: Band) -> Band {
        let baseline_px = self.baseline_px(line);
        Band { top_px: baseline_px + band.top_px, bottom_px: baseline_px + band.bottom_px }
    }

    /// Baseline of a line in the window.
    #[must_use]
    pub fn baseline_px(&self, line: usize) -> f32 {
        let baseline_px = self.paragraph.lines().get(line).map_or(0.0, |line| line.baseline_px);
        self.top_px + baseline_px.round()
    }

    /// Where a span of the article is seen in this paragraph, from the left of the column.
    #[must_use]
    pub fn rects(&self, span: Span) -> Vec<LineRect> {
        span.intersection(self.span)
            .map(|here| self.paragraph.rects(here.relative_to(self.span.start())))
            .unwrap_or_default()
    }
}

/// A rectangle of one line's band in the window, physical px.
#[must_use]
pub fn band_rect(page: Page, band: Band, left_px: f32, right_px: f32) -> Rect {
    Rect::from_min_max(pos2(page.left_px + left_px, band.top_px), pos2(page.left_px + right_px, band.bottom_px))
}

impl Frame {
    /// Computes the places of all marks of the visible paragraphs. `spacing` is the factor on the distance of lines.
    #[must_use]
    pub fn new(
        page: Page,
        visible: Vec<VisibleParagraph>,
        roles: impl Fn(usize) -> ParagraphRole,
        marks: &ArticleMarks,
        spacing: f32,
        engine: &mut Engine,
        tags: &mut TagTexts,
    ) -> Self {
        let visible_from = first_visible(&visible);
        let shown = visible
            .into_iter()
            .map(|seen| {
                let style = seen.paragraph.style();
                let anatomy = Anatomy::new(style.size_px, ink_of(&seen.paragraph, spacing));
                let tag_px = anatomy.tag_size_px(page.display_scale);
                let mut tag_width = |text: &str| tags.get(engine, text, tag_px).width_px();
                let pieces =
                    pieces_of(&seen.paragraph, seen.span.start(), marks, anatomy, visible_from, &mut tag_width);
                ShownParagraph {
                    span: seen.span,
                    role: roles(seen.spec),
                    top_px: (page.top_px + seen.top_px).round(),
                    paragraph: seen.paragraph,
                    anatomy,
                    pieces,
                }
            })
            .collect();
        Self { page, shown, visible_from }
    }

    /// The shown paragraph that holds a byte.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<&ShownParagraph> {
        self.shown.iter().find(|shown| shown.span.start() <= byte && byte <= shown.span.end())
    }

    /// The part of the article that is in view, as far as whole lines go.
    #[must_use]
    pub fn span(&self) -> Span {
        let end = self.shown.last().map_or(self.visible_from, |shown| shown.span.end());
        Span::new(self.visible_from, end.max(self.visible_from))
    }
}

fn first_visible(visible: &[VisibleParagraph]) -> usize {
    let Some(first) = visible.first() else { return 0 };
    let lines = first.paragraph.lines();
    let line = lines.iter().find(|line| first.top_px + line.top_px + line.height_px * 0.6 > 0.0).or(lines.last());
    first.span.start() + line.map_or(0, |line| line.span.start())
}

/// Which ink the layout made room for. `spacing` is the reader's own factor on the distance between lines.
fn ink_of(paragraph: &Paragraph, spacing: f32) -> Ink {
    let style = paragraph.style();
    if style.face == Face::Nastaliq {
        Ink::Nastaliq
    } else if style.line_height_px / style.size_px / spacing.max(0.1) > 2.15 {
        Ink::Vocalised
    } else {
        Ink::Plain
    }
}
