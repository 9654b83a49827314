//! The rasteriser itself, on shapes whose pixels are known.

use egui::{ClippedPrimitive, Color32, ColorImage, Pos2, Rect, TextureId, TextureOptions, TexturesDelta};
use epaint::{Mesh, Primitive, Vertex};

use crate::raster::{Picture, Raster};

fn white_raster() -> Raster {
    let mut delta = TexturesDelta::default();
    let image = ColorImage::filled([2, 2], Color32::WHITE);
    delta.push(TextureId::default(), epaint::ImageDelta::full(image, TextureOptions::LINEAR));
    let mut raster = Raster::default();
    raster.update(&mut delta);
    raster
}

fn draw(mesh: Mesh, clip_rect: Rect) -> Picture {
    let primitives = [ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }];
    white_raster().draw(&primitives, 8, 8, 1.0, Color32::BLACK)
}

fn count(picture: &Picture, colour: [u8; 4]) -> usize {
    picture.pixels.iter().filter(|pixel| **pixel == colour).count()
}

fn everything() -> Rect {
    Rect::from_min_max(Pos2::ZERO, Pos2::new(8.0, 8.0))
}

#[test]
fn two_triangles_of_a_rectangle_meet_without_gap_or_overlap() {
    let mut mesh = Mesh::default();
    let half_white = Color32::from_rgba_premultiplied(128, 128, 128, 128);
    mesh.add_colored_rect(Rect::from_min_max(Pos2::new(1.0, 1.0), Pos2::new(5.0, 4.0)), half_white);
    let picture = draw(mesh, everything());
    assert_eq!(count(&picture, [128, 128, 128, 255]), 12);
    assert_eq!(count(&picture, [0, 0, 0, 255]), 64 - 12);
}

#[test]
fn drawing_stops_at_the_clip() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(everything(), Color32::WHITE);
    let picture = draw(mesh, Rect::from_min_max(Pos2::new(2.0, 2.0), Pos2::new(4.0, 8.0)));
    assert_eq!(count(&picture, [255; 4]), 12);
}

#[test]
fn winding_does_not_matter() {
    let vertex = |x: f32, y: f32| Vertex { pos: Pos2::new(x, y), uv: Pos2::new(0.5, 0.5), color: Color32::WHITE };
    for indices in [vec![0, 1, 2], vec![0, 2, 1]] {
        let mesh = Mesh {
            indices,
            vertices: vec![vertex(0.0, 0.0), vertex(8.0, 0.0), vertex(0.0, 8.0)],
            texture_id: TextureId::default(),
        };
        let painted = count(&draw(mesh, everything()), [255; 4]);
        assert!((28..=36).contains(&painted), "{painted}");
    }
}
