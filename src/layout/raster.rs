//! Glyph outlines to pixels.

use super::fonts::{FontFile, FontId, font_file};
use std::collections::BTreeMap;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Format, Vector};

/// What the bytes of an image mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlyphContent {
    /// One byte per pixel: how much of it the glyph covers.
    Coverage,
    /// Four bytes per pixel: red, green, blue, alpha (not premultiplied) of a coloured glyph.
    Rgba,
}

/// A rasterised glyph and where it lies around the pen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphImage {
    /// Left edge, whole pixels right of the pen's pixel.
    pub left_px: i32,
    /// Top edge, whole pixels **above** the baseline.
    pub top_px: i32,
    /// Width in pixels; 0 for glyphs without ink.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// What `bytes` means.
    pub content: GlyphContent,
    /// Rows from top to bottom.
    pub bytes: Vec<u8>,
}

impl GlyphImage {
    const EMPTY: Self =
        Self { left_px: 0, top_px: 0, width_px: 0, height_px: 0, content: GlyphContent::Coverage, bytes: Vec::new() };
}

/// Draws glyphs; holds scratch memory, one per thread.
pub struct Rasteriser {
    context: ScaleContext,
    files: BTreeMap<FontId, Option<FontFile>>,
}

impl Default for Rasteriser {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Rasteriser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rasteriser").finish_non_exhaustive()
    }
}

impl Rasteriser {
    /// Without any glyph yet.
    #[must_use]
    pub fn new() -> Self {
        Self { context: ScaleContext::with_max_entries(16), files: BTreeMap::new() }
    }

    /// Draws a glyph with the pen `subpixel_x` quarters (0 to 3) of a pixel right of a pixel's left edge, on a whole
    /// pixel's baseline. Unhinted. A glyph without ink or an unknown font gives an empty image.
    #[must_use]
    pub fn rasterise(&mut self, font: FontId, glyph: u16, size_px: f32, subpixel_x: u8) -> GlyphImage {
        let file = self.files.entry(font).or_insert_with(|| font_file(font));
        let Some(file) = file.as_ref() else { return GlyphImage::EMPTY };
        let Some(font_ref) = swash::FontRef::from_index(file.bytes(), file.index() as usize) else {
            return GlyphImage::EMPTY;
        };
        let key = [u64::from(font.number()), 0];
        let mut scaler = self.context.builder_with_id(font_ref, key).size(size_px.clamp(1.0, 2000.0)).build();
        let sources = [Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline];
        let mut render = Render::new(&sources);
        render.format(Format::Alpha).offset(Vector::new(f32::from(subpixel_x % 4) / 4.0, 0.0));
        render.render(&mut scaler, glyph).map_or(GlyphImage::EMPTY, image_from_swash)
    }
}

fn image_from_swash(image: Image) -> GlyphImage {
    let content = match image.content {
        Content::Color => GlyphContent::Rgba,
        Content::Mask | Content::SubpixelMask => GlyphContent::Coverage,
    };
    GlyphImage {
        left_px: image.placement.left,
        top_px: image.placement.top,
        width_px: image.placement.width,
        height_px: image.placement.height,
        content,
        bytes: image.data,
    }
}
