//! Paints text of the layout engine: one mesh per call site, snapped to device pixels, with a cache for labels.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};

use super::atlas::GlyphAtlas;
use super::theme::TextRole;
use crate::layout::{Base, Elide, Engine, Paragraph, TextStyle};

/// A label, laid out.
#[derive(Clone, Debug)]
pub struct Laid {
    /// Lines and glyphs, physical pixels.
    pub paragraph: Arc<Paragraph>,
    /// Its size in logical pixels; the height is that of all lines.
    pub size: Vec2,
    /// Whether the text itself runs right to left.
    pub rtl: bool,
    /// Whether something was cut off.
    pub elided: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct LabelKey {
    text: Box<str>,
    role: TextRole,
    base: Base,
    /// Width in whole physical pixels; none without a limit.
    width: Option<u32>,
    wraps: bool,
    cut_start: bool,
}

struct CachedLabel {
    laid: Laid,
    used: u64,
}

/// More labels than this make the painter forget those that were not shown for a while.
const MANY_LABELS: usize = 3000;
/// A while, in frames.
const STALE_FRAMES: u64 = 240;

/// The engine, the glyph texture, and all labels that were shown lately.
pub struct TextPainter {
    /// Lays text out; panels that keep paragraphs of their own use it directly.
    pub engine: Engine,
    atlas: GlyphAtlas,
    labels: HashMap<LabelKey, CachedLabel>,
    pixels_per_point: f32,
    arabic_interface: bool,
    frame: u64,
}

impl std::fmt::Debug for TextPainter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextPainter").field("labels", &self.labels.len()).finish_non_exhaustive()
    }
}

impl Default for TextPainter {
    fn default() -> Self {
        Self::new(Engine::new())
    }
}

impl TextPainter {
    /// With fonts of this engine.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            atlas: GlyphAtlas::default(),
            labels: HashMap::new(),
            pixels_per_point: 1.0,
            arabic_interface: false,
            frame: 0,
        }
    }

    /// Adds a font for letters that no other has; what was laid out is laid out anew.
    pub fn add_font(&mut self, bytes: &Arc<[u8]>) {
        if self.engine.add_font(bytes).is_ok() {
            self.labels.clear();
        }
    }

    /// Call once before anything is painted in a frame.
    pub fn begin_frame(&mut self, ctx: &egui::Context, dark: bool, arabic_interface: bool) {
        let pixels_per_point = ctx.pixels_per_point();
        if pixels_per_point.to_bits() != self.pixels_per_point.to_bits() || arabic_interface != self.arabic_interface {
            self.labels.clear();
        }
        (self.pixels_per_point, self.arabic_interface) = (pixels_per_point, arabic_interface);
        self.frame += 1;
        self.atlas.begin_frame(ctx, pixels_per_point, dark);
        if self.labels.len() > MANY_LABELS {
            let oldest = self.frame.saturating_sub(STALE_FRAMES);
            self.labels.retain(|_, label| label.used >= oldest);
        }
    }

    /// Call once after everything has been painted in a frame.
    pub fn end_frame(&mut self, ctx: &egui::Context) {
        self.atlas.end_frame(ctx);
    }

    /// Changes whenever meshes made earlier must be made again.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.atlas.generation()
    }

    /// Physical pixels per logical pixel in this frame.
    #[must_use]
    pub fn pixels_per_point(&self) -> f32 {
        self.pixels_per_point
    }

    /// The style of a role, in physical pixels.
    #[must_use]
    pub fn style(&self, role: TextRole) -> TextStyle {
        let (face, bold, size, line) = role.style(self.arabic_interface);
        let scale = self.pixels_per_point;
        TextStyle { face, bold, size_px: size * scale, line_height_px: (line * scale).round() }
    }

    /// One line, cut at its logical end if it is wider than `width` (logical px).
    pub fn line(&mut self, text: &str, role: TextRole, base: Base, width: Option<f32>) -> Laid {
        self.laid(text, role, base, width, false, false)
    }

    /// One line, cut at its logical start: for paths.
    pub fn line_end(&mut self, text: &str, role: TextRole, base: Base, width: f32) -> Laid {
        self.laid(text, role, base, Some(width), false, true)
    }

    /// Lines of at most `width` (logical px).
    pub fn wrapped(&mut self, text: &str, role: TextRole, base: Base, width: f32) -> Laid {
        self.laid(text, role, base, Some(width), true, false)
    }

    fn laid(
        &mut self,
        text: &str,
        role: TextRole,
        base: Base,
        width: Option<f32>,
        wraps: bool,
        cut_start: bool,
    ) -> Laid {
        let width_px = width.map(|width| whole_px(width.max(1.0), self.pixels_per_point));
        let key =
            LabelKey { text: text.into(), role, base, width: width_px.map(|width| width as u32), wraps, cut_start };
        let frame = self.frame;
        if let Some(found) = self.labels.get_mut(&key) {
            found.used = frame;
            return found.laid.clone();
        }
        let style = self.style(role);
        let (paragraph, elided) = match (wraps, width_px) {
            (true, _) => (self.engine.paragraph(text, &style, base, width_px), false),
            (false, None) => (self.engine.line(text, &style, base, f32::MAX, Elide::Never).paragraph, false),
            (false, Some(width_px)) => {
                let line =
                    self.engine.line(text, &style, base, width_px, if cut_start { Elide::Start } else { Elide::End });
                let elided = line.cut.is_some();
                (line.paragraph, elided)
            }
        };
        let scale = self.pixels_per_point;
        let line_width = if wraps { width_px.unwrap_or_default() } else { paragraph.width_px().ceil() };
        let laid = Laid {
            size: vec2(line_width / scale, paragraph.height_px() / scale),
            rtl: base.resolve_rtl(text),
            elided,
            paragraph: Arc::new(paragraph),
        };
        self.labels.insert(key, CachedLabel { laid: laid.clone(), used: frame });
        laid
    }

    /// An empty mesh that glyphs and flat rectangles can share.
    #[must_use]
    pub fn mesh(&self) -> Mesh {
        Mesh::with_texture(self.atlas.texture())
    }

    /// Adds the glyphs of all lines of `paragraph`, its left top corner at `origin` (logical px), to `mesh`.
    pub fn glyphs(&mut self, mesh: &mut Mesh, paragraph: &Paragraph, origin: Pos2, color: Color32) {
        for line in 0..paragraph.lines().len() {
            self.line_glyphs(mesh, paragraph, line, origin, |_| color);
        }
    }

    /// Adds the glyphs of one line to `mesh`; `color` gets the byte at which a glyph's cluster starts.
    pub fn line_glyphs(
        &mut self,
        mesh: &mut Mesh,
        paragraph: &Paragraph,
        line: usize,
        origin: Pos2,
        color: impl Fn(usize) -> Color32,
    ) {
        let scale = self.pixels_per_point;
        let (left_px, top_px) = (origin.x * scale, (origin.y * scale).round());
        for glyph in paragraph.glyphs(line) {
            let x_px = left_px + glyph.x_px;
            // The pen stands on a quarter of a pixel; the baseline on a whole one.
            let quarters = (x_px * 4.0).round();
            let whole = (quarters / 4.0).floor();
            let subpixel = (quarters - whole * 4.0) as u8;
            let Some(image) = self.atlas.glyph(glyph.font, glyph.glyph, glyph.size_px, subpixel) else { continue };
            let corner = pos2(whole + image.offset.x, (top_px + glyph.y_px).round() + image.offset.y);
            let rect = Rect::from_min_size(pos2(corner.x / scale, corner.y / scale), image.size / scale);
            let tint = color(glyph.start);
            mesh.add_rect_with_uv(rect, image.uv, if image.colored { Color32::WHITE } else { tint });
        }
    }

    /// Adds a flat rectangle (logical px) to `mesh`, its edges as given.
    pub fn flat(mesh: &mut Mesh, rect: Rect, color: Color32) {
        let white = Rect::from_min_max(epaint::WHITE_UV, epaint::WHITE_UV);
        mesh.add_rect_with_uv(rect, white, color);
    }

    /// `y` (logical px) on the nearest device pixel.
    #[must_use]
    pub fn snap(&self, y: f32) -> f32 {
        (y * self.pixels_per_point).round() / self.pixels_per_point
    }

    /// Paints a label with its left top corner at `at`.
    pub fn paint(&mut self, painter: &Painter, laid: &Laid, at: Pos2, color: Color32) {
        let area = Rect::from_min_size(at, laid.size).expand(8.0);
        if !painter.clip_rect().intersects(area) {
            return;
        }
        let mut mesh = self.mesh();
        self.glyphs(&mut mesh, &laid.paragraph, at, color);
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }
}

/// The whole physical pixels of a width in points. At fractional scales the arithmetic of rectangles loses a hair, which
/// must not take a pixel from a text that was measured to fit.
fn whole_px(width: f32, pixels_per_point: f32) -> f32 {
    (width * pixels_per_point + 0.25).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_as_wide_as_a_text_holds_it_at_every_scale_and_place() {
        for scale in [1.0_f32, 1.1, 1.2, 1.25, 1.3, 1.5, 1.75, 1.9, 2.0] {
            for text_px in 1..600_u16 {
                let text_px = f32::from(text_px);
                // As `Laid::size` says it, in a rectangle somewhere on the screen.
                let width = text_px / scale;
                for left in [0.0, 12.8, 333.333, 1277.6] {
                    let rect = Rect::from_min_size(pos2(left, 0.0), vec2(width, 20.0));
                    assert_eq!(whole_px(rect.width(), scale), text_px, "{text_px} px at {scale}, from {left}");
                }
            }
        }
    }
}
