//! The texture that holds all glyphs of our own text, and flat colour at its first texel.

use std::collections::HashMap;

use egui::{Color32, Rect, TextureId, TextureOptions, pos2, vec2};
use epaint::{FontColorTransferFunction, TextOptions, TextureAtlas};

use crate::layout::{FontId, GlyphContent, GlyphImage, Rasteriser};

/// What makes two glyph images equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct GlyphKey {
    font: FontId,
    glyph: u16,
    /// Size in 1/64 physical pixels.
    size: u32,
    /// Quarter of a physical pixel.
    subpixel: u8,
}

/// Where a glyph image stands in the texture, and relative to its origin, in physical pixels.
#[derive(Clone, Copy, Debug)]
pub struct AtlasGlyph {
    /// Texture coordinates, 0 to 1.
    pub uv: Rect,
    /// Left top of the image from the origin on the baseline, y down, whole pixels.
    pub offset: egui::Vec2,
    /// Size of the image.
    pub size: egui::Vec2,
    /// Whether the image has colours of its own (emoji).
    pub colored: bool,
}

/// Glyph images in one texture. Of fixed size, so that meshes made early in a frame stay valid; when it is full it is
/// emptied at the start of the next frame, and [`GlyphAtlas::generation`] tells owners of kept meshes.
pub struct GlyphAtlas {
    atlas: TextureAtlas,
    rasteriser: Rasteriser,
    glyphs: HashMap<GlyphKey, Option<AtlasGlyph>>,
    texture: Option<TextureId>,
    generation: u64,
    side: usize,
    dark: bool,
    full: bool,
}

impl std::fmt::Debug for GlyphAtlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GlyphAtlas")
            .field("glyphs", &self.glyphs.len())
            .field("side", &self.side)
            .finish_non_exhaustive()
    }
}

const SMALLEST_SIDE: usize = 1024;
const LARGEST_SIDE: usize = 4096;

fn new_atlas(side: usize, dark: bool) -> TextureAtlas {
    let options = TextOptions {
        max_texture_side: side,
        color_transfer_function: if dark {
            FontColorTransferFunction::DARK_MODE_DEFAULT
        } else {
            FontColorTransferFunction::LIGHT_MODE_DEFAULT
        },
        ..TextOptions::default()
    };
    TextureAtlas::new([side, side], options)
}

impl Default for GlyphAtlas {
    fn default() -> Self {
        Self {
            atlas: new_atlas(SMALLEST_SIDE, false),
            rasteriser: Rasteriser::new(),
            glyphs: HashMap::new(),
            texture: None,
            generation: 0,
            side: SMALLEST_SIDE,
            dark: false,
            full: false,
        }
    }
}

impl GlyphAtlas {
    /// Changes whenever earlier texture coordinates stop being valid.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The texture, for meshes. The font texture of egui until the first frame has begun.
    #[must_use]
    pub fn texture(&self) -> TextureId {
        self.texture.unwrap_or_default()
    }

    /// Call once before anything is painted in a frame.
    pub fn begin_frame(&mut self, ctx: &egui::Context, pixels_per_point: f32, dark: bool) {
        let wanted = if pixels_per_point > 1.3 { 2 * SMALLEST_SIDE } else { SMALLEST_SIDE };
        let side = if self.full { (self.side * 2).min(LARGEST_SIDE) } else { self.side.max(wanted) };
        if self.full || side != self.side || dark != self.dark || self.texture.is_none() {
            (self.side, self.dark, self.full) = (side, dark, false);
            self.atlas = new_atlas(side, dark);
            self.glyphs.clear();
            self.generation += 1;
        }
        if self.texture.is_none() {
            let empty = egui::ColorImage::filled([1, 1], Color32::WHITE);
            let manager = ctx.tex_manager();
            let id = manager.write().alloc("glyphs".to_owned(), empty.into(), TextureOptions::NEAREST);
            self.texture = Some(id);
        }
    }

    /// Call once after everything has been painted in a frame: hands new images to the window.
    pub fn end_frame(&mut self, ctx: &egui::Context) {
        if let (Some(texture), Some(mut delta)) = (self.texture, self.atlas.take_delta()) {
            delta.options = TextureOptions::NEAREST;
            ctx.tex_manager().write().set(texture, delta);
        }
        if self.full && self.side < LARGEST_SIDE {
            ctx.request_repaint();
        }
    }

    /// The image of a glyph, made on first use. `None` if it has no ink, or if there is no room before the next frame.
    pub fn glyph(&mut self, font: FontId, glyph: u16, size_px: f32, subpixel: u8) -> Option<AtlasGlyph> {
        let key = GlyphKey { font, glyph, size: (size_px * 64.0).round().max(0.0) as u32, subpixel };
        if let Some(found) = self.glyphs.get(&key) {
            return *found;
        }
        if self.full {
            return None;
        }
        let image = self.rasteriser.rasterise(font, glyph, size_px, subpixel);
        if image.width_px == 0 || image.height_px == 0 {
            self.glyphs.insert(key, None);
            return None;
        }
        let placed = self.place(&image);
        if placed.is_some() {
            self.glyphs.insert(key, placed);
        }
        placed
    }

    fn place(&mut self, image: &GlyphImage) -> Option<AtlasGlyph> {
        let (width, height) = (image.width_px as usize, image.height_px as usize);
        let room = 1.0 - (height + 2) as f32 / self.side as f32;
        if width + 2 > self.side || self.atlas.fill_ratio() >= room {
            self.full = true;
            return None;
        }
        let transfer = self.atlas.options().color_transfer_function;
        let ((x, y), pixels) = self.atlas.allocate((width, height));
        for row in 0..height {
            for column in 0..width {
                pixels[(x + column, y + row)] = image_texel(image, row * width + column, transfer);
            }
        }
        let side = self.side as f32;
        let corner = pos2(x as f32 / side, y as f32 / side);
        Some(AtlasGlyph {
            uv: Rect::from_min_size(corner, vec2(width as f32 / side, height as f32 / side)),
            offset: vec2(image.left_px as f32, -image.top_px as f32),
            size: vec2(width as f32, height as f32),
            colored: image.content == GlyphContent::Rgba,
        })
    }
}

/// The colour of one pixel of a glyph image in the texture: premultiplied, coverage bent as egui bends it.
fn image_texel(image: &GlyphImage, at: usize, transfer: FontColorTransferFunction) -> Color32 {
    match image.content {
        GlyphContent::Coverage => {
            let coverage = image.bytes.get(at).copied().unwrap_or(0);
            transfer.color_from_coverage(f32::from(coverage) / 255.0)
        }
        GlyphContent::Rgba => match image.bytes.get(at * 4..at * 4 + 4) {
            Some(&[r, g, b, a]) => crate::gui::theme::texel(r, g, b, a),
            _ => Color32::TRANSPARENT,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Base, Engine, Face, TextStyle};

    #[test]
    fn a_full_atlas_drops_glyphs_until_the_next_frame_and_then_grows() {
        let ctx = egui::Context::default();
        let mut atlas = GlyphAtlas::default();
        atlas.begin_frame(&ctx, 1.0, false);
        let generation = atlas.generation();
        let mut engine = Engine::new();
        let style = TextStyle::new(Face::Sans, 100.0, 120.0);
        let letters: String = ('a'..='z').chain('A'..='Z').collect();
        let paragraph = engine.paragraph(&letters, &style, Base::Ltr, None);
        let mut dropped = 0;
        for size in 60..120 {
            for glyph in paragraph.glyphs(0) {
                dropped += usize::from(atlas.glyph(glyph.font, glyph.glyph, size as f32, 0).is_none());
            }
        }
        assert!(dropped > 0, "3,120 large glyphs cannot fit into one megapixel");
        atlas.begin_frame(&ctx, 1.0, false);
        assert_ne!(atlas.generation(), generation);
        let glyph = paragraph.glyphs(0)[0];
        assert!(atlas.glyph(glyph.font, glyph.glyph, 60.0, 0).is_some());
        atlas.end_frame(&ctx);
        ctx.tex_manager().write().take_delta().clear();
    }
}
