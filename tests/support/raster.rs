//! Draws what egui emits on the CPU, so that every machine gives the same picture: textured triangles with alpha.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use egui::{ClippedPrimitive, Color32, ImageData, Pos2, Rect, TextureId, TexturesDelta};
use epaint::{ImageDelta, Primitive, Vertex};

/// A picture: RGBA, rows from the top, no alpha left after drawing.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<[u8; 4]>,
}

/// Textures as they stand, and a way to draw meshes with them.
#[derive(Default)]
pub struct Raster {
    textures: BTreeMap<u64, Texture>,
}

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    smooth: bool,
}

/// Textures of egui itself are numbered from 0, those of the user apart from them.
const fn key(id: TextureId) -> u64 {
    match id {
        TextureId::Managed(n) => n * 2,
        TextureId::User(n) => n * 2 + 1,
    }
}

impl Raster {
    /// Takes over what changed in the textures. `delta` is empty afterwards, as egui wants it.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        let mut changes: Vec<_> = delta.set.iter().collect();
        changes.sort_by_key(|(id, _)| key(**id));
        for (id, changes) in changes {
            for change in changes {
                self.set(*id, change);
            }
        }
        self.textures.retain(|id, _| !delta.free.iter().any(|free| key(*free) == *id));
        delta.clear();
    }

    fn set(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        if let Some([left, top]) = delta.pos {
            let texture = self.textures.get_mut(&key(id)).expect("a part of a texture comes after the whole");
            for row in 0..height {
                let to = (top + row) * texture.width + left;
                texture.pixels[to..to + width].copy_from_slice(&image.pixels[row * width..(row + 1) * width]);
            }
        } else {
            let smooth = delta.options.magnification == egui::TextureFilter::Linear;
            self.textures.insert(key(id), Texture { width, height, pixels: image.pixels.clone(), smooth });
        }
    }

    /// Draws `primitives` over `ground`; sizes in physical pixels.
    pub fn draw(
        &self,
        primitives: &[ClippedPrimitive],
        width: usize,
        height: usize,
        scale: f32,
        ground: Color32,
    ) -> Picture {
        let mut canvas = vec![ground.to_array(); width * height];
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&key(mesh.texture_id)) else { continue };
            let clip = Rect::from_min_max((clip_rect.min * scale).round(), (clip_rect.max * scale).round())
                .intersect(Rect::from_min_max(Pos2::ZERO, Pos2::new(width as f32, height as f32)));
            for corners in mesh.indices.chunks_exact(3) {
                let corner = |n: usize| {
                    let vertex = mesh.vertices[corners[n] as usize];
                    Vertex { pos: vertex.pos * scale, ..vertex }
                };
                triangle(&mut canvas, width, clip, texture, &[corner(0), corner(1), corner(2)]);
            }
        }
        Picture { width, height, pixels: canvas }
    }
}

/// Fills one triangle; a pixel belongs to it when its centre does, with the usual rule for shared edges.
fn triangle(canvas: &mut [[u8; 4]], width: usize, clip: Rect, texture: &Texture, corners: &[Vertex; 3]) {
    let [a, mut b, mut c] = *corners;
    let cross = |o: Pos2, p: Pos2, q: Pos2| {
        f64::from(p.x - o.x) * f64::from(q.y - o.y) - f64::from(p.y - o.y) * f64::from(q.x - o.x)
    };
    let mut area = cross(a.pos, b.pos, c.pos);
    if area < 0.0 {
        std::mem::swap(&mut b, &mut c);
        area = -area;
    }
    if area == 0.0 {
        return;
    }
    let bounds = Rect::from_points(&[a.pos, b.pos, c.pos]).intersect(clip);
    if bounds.is_negative() {
        return;
    }
    // A shared edge belongs to the triangle for which it is a top or a left edge.
    let owns = |p: Pos2, q: Pos2| (q.y == p.y && q.x > p.x) || q.y < p.y;
    let owned = [owns(b.pos, c.pos), owns(c.pos, a.pos), owns(a.pos, b.pos)];
    for y in bounds.top().floor() as usize..bounds.bottom().ceil() as usize {
        for x in bounds.left().floor() as usize..bounds.right().ceil() as usize {
            let centre = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            if !clip.contains(centre) {
                continue;
            }
            let weights = [cross(b.pos, c.pos, centre), cross(c.pos, a.pos, centre), cross(a.pos, b.pos, centre)];
            if weights.iter().zip(owned).any(|(weight, owned)| *weight < 0.0 || (*weight == 0.0 && !owned)) {
                continue;
            }
            let weights = weights.map(|weight| (weight / area) as f32);
            let mix = |f: &dyn Fn(&Vertex) -> f32| f(&a) * weights[0] + f(&b) * weights[1] + f(&c) * weights[2];
            let texel = texture.at(mix(&|v| v.uv.x), mix(&|v| v.uv.y));
            let tint: [f32; 4] = std::array::from_fn(|n| mix(&|v| f32::from(v.color.to_array()[n])));
            let source: [f32; 4] = std::array::from_fn(|n| tint[n] * texel[n] / 255.0);
            let pixel = &mut canvas[y * width + x];
            let keep = 1.0 - source[3] / 255.0;
            for n in 0..4 {
                pixel[n] = (source[n] + f32::from(pixel[n]) * keep).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
}

impl Texture {
    /// The texture's premultiplied colour at `u`, `v` in 0..=1, edges repeated.
    fn at(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        let texel = |x: f32, y: f32| {
            let column = (x.max(0.0) as usize).min(self.width - 1);
            let row = (y.max(0.0) as usize).min(self.height - 1);
            self.pixels[row * self.width + column].to_array().map(f32::from)
        };
        if !self.smooth {
            return texel((x + 0.5).floor(), (y + 0.5).floor());
        }
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let corners = [texel(left, top), texel(left + 1.0, top), texel(left, top + 1.0), texel(left + 1.0, top + 1.0)];
        std::array::from_fn(|n| {
            let upper = corners[0][n] * (1.0 - right_share) + corners[1][n] * right_share;
            let lower = corners[2][n] * (1.0 - right_share) + corners[3][n] * right_share;
            upper * (1.0 - bottom_share) + lower * bottom_share
        })
    }
}

impl Picture {
    /// Reads an RGBA or RGB PNG of 8 bits.
    pub fn read(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(std::io::BufReader::new(File::open(path).ok()?)).read_info().ok()?;
        let mut bytes = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut bytes).ok()?;
        let step = info.color_type.samples();
        let pixels = bytes[..info.buffer_size()].chunks_exact(step).map(|p| [p[0], p[1], p[2], 255]).collect();
        Some(Self { width: info.width as usize, height: info.height as usize, pixels })
    }

    /// Writes a PNG without alpha.
    pub fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = std::io::BufWriter::new(File::create(path).unwrap());
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let bytes: Vec<u8> = self.pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
        encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    }

    /// How many pixels differ by more than `tolerance` in some channel; `None` where the sizes differ.
    pub fn difference(&self, other: &Self, tolerance: u8) -> Option<usize> {
        let far = |(a, b): &(&[u8; 4], &[u8; 4])| (0..3).any(|n| a[n].abs_diff(b[n]) > tolerance);
        ((self.width, self.height) == (other.width, other.height))
            .then(|| self.pixels.iter().zip(&other.pixels).filter(far).count())
    }

    /// How many different colours it holds, up to `limit`; a blank picture has one.
    pub fn colours(&self, limit: usize) -> usize {
        let mut seen = std::collections::BTreeSet::new();
        for pixel in &self.pixels {
            seen.insert(*pixel);
            if seen.len() >= limit {
                break;
            }
        }
        seen.len()
    }
}
