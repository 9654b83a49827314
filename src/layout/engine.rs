//! The engine: fonts and scratch memory; makes paragraphs. One per thread, it can be sent to another.

use super::elide::{Elide, ElidedLine, elided};
use super::fonts::{FontError, bundled_context, family, register};
use super::paragraph::Paragraph;
use super::pieces::{Piece, is_separator, pieces};
use super::style::{Base, TextStyle};
use crate::text::Span;
use parley::{
    CHROMIUM_LINE_BREAK_OVERRIDE, FontContext, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Fonts and scratch memory for laying text out.
pub struct Engine {
    fonts: FontContext,
    scratch: LayoutContext<()>,
    added: Vec<String>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("added", &self.added).finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine that knows the bundled fonts. It never looks at the system's fonts, so every machine lays out alike.
    #[must_use]
    pub fn new() -> Self {
        Self { fonts: bundled_context(), scratch: LayoutContext::new(), added: Vec::new() }
    }

    /// Adds a font file for letters that no bundled font has; it stands behind them in every chain of fallbacks.
    /// Hand the same `Arc` to every engine, then their font ids agree. Gives the names of the families; one that
    /// is called like a bundled family gets another name, so that it cannot change how that one looks.
    ///
    /// # Errors
    /// When the bytes are not a font.
    pub fn add_font(&mut self, bytes: &Arc<[u8]>) -> Result<Vec<String>, FontError> {
        let names = register(&mut self.fonts, bytes)?;
        for name in &names {
            if !self.added.contains(name) {
                self.added.push(name.clone());
            }
        }
        Ok(names)
    }

    /// Lays text out in a column of that width, or without breaking lines. Any string is accepted.
    ///
    /// Line separators in the text begin new lines. An empty text has one empty line.
    #[must_use]
    pub fn paragraph(&mut self, text: &str, style: &TextStyle, base: Base, width_px: Option<f32>) -> Paragraph {
        let style = style.sane();
        let text: Arc<str> = text.into();
        let shaped = pieces(&text, base).into_iter().map(|piece| (piece, self.shape(&text, piece, &style))).collect();
        Paragraph::new(text, style, shaped, width_px)
    }

    /// Breaks the lines of a paragraph at another width, without shaping again.
    pub fn rebreak(&self, paragraph: &mut Paragraph, width_px: f32) {
        paragraph.rebreak(Some(width_px));
    }

    /// Lays text out as one line that is at most `max_width_px` wide: what does not fit is replaced by an ellipsis.
    /// Line separators in the text are drawn as spaces.
    #[must_use]
    pub fn line(&mut self, text: &str, style: &TextStyle, base: Base, max_width_px: f32, elide: Elide) -> ElidedLine {
        elided(self, &one_line(text), style, base, max_width_px, elide)
    }

    /// Shapes one piece; an empty one needs no shaping.
    fn shape(&mut self, text: &str, piece: Piece, style: &TextStyle) -> Option<Layout<()>> {
        let text = piece.text.slice(text).filter(|text| !text.is_empty())?;
        let text = shapeable(text);
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(family(style.face, &self.added)));
        builder.push_default(StyleProperty::FontSize(style.size_px));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(style.line_height_px)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        builder.set_base_direction(if piece.rtl { parley::BaseDirection::Rtl } else { parley::BaseDirection::Ltr });
        builder.set_line_break_override(Some(CHROMIUM_LINE_BREAK_OVERRIDE));
        Some(builder.build(&text))
    }
}

/// The text as the shaper gets it: a tab has no glyph of its own and is shaped as a space. Byte for byte the same length.
fn shapeable(text: &str) -> Cow<'_, str> {
    if text.contains('\t') { Cow::Owned(text.replace('\t', " ")) } else { Cow::Borrowed(text) }
}

/// The text with every line separator replaced by a space of the same length in bytes.
fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_separator) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match (is_separator(c), c.len_utf8()) {
                (false, _) => c,
                (true, 1) => ' ',
                (true, 2) => '\u{a0}',
                (true, _) => '\u{2003}',
            })
            .collect(),
    )
}

/// A span that cannot leave the text.
pub(super) fn clamp_span(span: Span, len: usize) -> Span {
    Span::new(span.start().min(len), span.end().min(len))
}
