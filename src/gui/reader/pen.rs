//! Draws lines, boxes and signs into the reader's one mesh.
//!
//! Everything is in physical pixels and becomes points at the last moment. Straight lines lie on whole device pixels
//! and need no smoothing; slanted and round shapes get a feather of one device pixel.

use egui::{Color32, Mesh, Pos2, Rect, Vec2, pos2, vec2};

/// Collects shapes for one mesh. The texture of the mesh must be white at `white_uv`.
pub struct Pen {
    mesh: Mesh,
    white_uv: Pos2,
    points_per_px: f32,
}

impl Pen {
    /// A pen for a screen with `pixels_per_point` that adds to `mesh`.
    #[must_use]
    pub fn new(mesh: Mesh, white_uv: Pos2, pixels_per_point: f32) -> Self {
        Self { mesh, white_uv, points_per_px: 1.0 / pixels_per_point }
    }

    /// The mesh with everything drawn so far.
    #[must_use]
    pub fn into_mesh(self) -> Mesh {
        self.mesh
    }

    /// The mesh, for whoever adds textured quads.
    pub fn mesh_mut(&mut self) -> &mut Mesh {
        &mut self.mesh
    }

    fn vertex(&mut self, at_px: Pos2, color: Color32) -> u32 {
        let index = self.mesh.vertices.len() as u32;
        let pos = pos2(at_px.x * self.points_per_px, at_px.y * self.points_per_px);
        self.mesh.vertices.push(epaint::Vertex { pos, uv: self.white_uv, color });
        index
    }

    /// A filled rectangle with the edges it is given.
    pub fn rect(&mut self, rect_px: Rect, color: Color32) {
        if rect_px.width() <= 0.0 || rect_px.height() <= 0.0 || color == Color32::TRANSPARENT {
            return;
        }
        let corners = [rect_px.left_top(), rect_px.right_top(), rect_px.right_bottom(), rect_px.left_bottom()];
        let [a, b, c, d] = corners.map(|corner| self.vertex(corner, color));
        self.mesh.indices.extend_from_slice(&[a, b, c, a, c, d]);
    }

    /// A horizontal bar whose top lies on a device pixel. A broken height ends in a paler row, so that 1.5 px is 1.5 px.
    pub fn bar(&mut self, left_px: f32, right_px: f32, top_px: f32, height_px: f32, color: Color32) {
        let whole_px = height_px.floor();
        self.rect(Rect::from_min_max(pos2(left_px, top_px), pos2(right_px, top_px + whole_px)), color);
        let rest = height_px - whole_px;
        if rest > 0.05 {
            let row = Rect::from_min_max(pos2(left_px, top_px + whole_px), pos2(right_px, top_px + whole_px + 1.0));
            self.rect(row, color.gamma_multiply(rest));
        }
    }

    /// A vertical bar, as [`Self::bar`].
    pub fn post(&mut self, left_px: f32, top_px: f32, bottom_px: f32, width_px: f32, color: Color32) {
        let whole_px = width_px.floor();
        self.rect(Rect::from_min_max(pos2(left_px, top_px), pos2(left_px + whole_px, bottom_px)), color);
        let rest = width_px - whole_px;
        if rest > 0.05 {
            let column =
                Rect::from_min_max(pos2(left_px + whole_px, top_px), pos2(left_px + whole_px + 1.0, bottom_px));
            self.rect(column, color.gamma_multiply(rest));
        }
    }

    /// The outline of a rectangle, `width_px` wide, inside its edges.
    pub fn frame(&mut self, rect_px: Rect, width_px: f32, color: Color32) {
        let Rect { min, max } = rect_px;
        self.bar(min.x, max.x, min.y, width_px, color);
        self.bar(min.x, max.x, max.y - width_px.ceil(), width_px, color);
        self.post(min.x, min.y + width_px, max.y - width_px.ceil(), width_px, color);
        self.post(max.x - width_px.ceil(), min.y + width_px, max.y - width_px.ceil(), width_px, color);
    }

    /// A convex shape, given clockwise on the screen, with a soft edge.
    pub fn convex(&mut self, points_px: &[Pos2], color: Color32) {
        let count = points_px.len();
        if count < 3 {
            return;
        }
        let clear = Color32::TRANSPARENT;
        let mut inner = Vec::with_capacity(count);
        let mut outer = Vec::with_capacity(count);
        for idx in 0..count {
            let (before, here, after) =
                (points_px[(idx + count - 1) % count], points_px[idx], points_px[(idx + 1) % count]);
            let normal = (outward(here - before) + outward(after - here)).normalized();
            inner.push(self.vertex(here - normal * 0.5, color));
            outer.push(self.vertex(here + normal * 0.5, clear));
        }
        for idx in 1..count - 1 {
            self.mesh.indices.extend_from_slice(&[inner[0], inner[idx], inner[idx + 1]]);
        }
        for idx in 0..count {
            let next = (idx + 1) % count;
            self.mesh.indices.extend_from_slice(&[inner[idx], outer[idx], outer[next]]);
            self.mesh.indices.extend_from_slice(&[inner[idx], outer[next], inner[next]]);
        }
    }

    /// A filled circle.
    pub fn disc(&mut self, center_px: Pos2, radius_px: f32, color: Color32) {
        self.convex(&circle(center_px, radius_px), color);
    }

    /// A rectangle with round corners.
    pub fn rounded(&mut self, rect_px: Rect, radius_px: f32, color: Color32) {
        let radius_px = radius_px.min(rect_px.width() / 2.0).min(rect_px.height() / 2.0);
        let corners = [
            (pos2(rect_px.right() - radius_px, rect_px.top() + radius_px), -90.0_f32),
            (pos2(rect_px.right() - radius_px, rect_px.bottom() - radius_px), 0.0),
            (pos2(rect_px.left() + radius_px, rect_px.bottom() - radius_px), 90.0),
            (pos2(rect_px.left() + radius_px, rect_px.top() + radius_px), 180.0),
        ];
        let points: Vec<Pos2> = corners
            .iter()
            .flat_map(|&(center, from)| {
                [0.0, 30.0, 60.0, 90.0].map(|step: f32| center + Vec2::angled((from + step).to_radians()) * radius_px)
            })
            .collect();
        self.convex(&points, color);
    }

    /// A soft line through points.
    pub fn polyline(&mut self, points_px: &[Pos2], width_px: f32, color: Color32) {
        for pair in points_px.windows(2) {
            let along = (pair[1] - pair[0]).normalized();
            let across = vec2(-along.y, along.x);
            let (half, feather) = ((width_px - 1.0).max(0.0) / 2.0, f32::midpoint(width_px, 1.0));
            let color = if width_px < 1.0 { color.gamma_multiply(width_px) } else { color };
            let rows =
                [(-feather, Color32::TRANSPARENT), (-half, color), (half, color), (feather, Color32::TRANSPARENT)];
            let mut last: Option<(u32, u32)> = None;
            for (offset, tint) in rows {
                let row = (self.vertex(pair[0] + across * offset, tint), self.vertex(pair[1] + across * offset, tint));
                if let Some((a, b)) = last {
                    self.mesh.indices.extend_from_slice(&[a, b, row.1, a, row.1, row.0]);
                }
                last = Some(row);
            }
        }
    }

    /// A circle line.
    pub fn ring(&mut self, center_px: Pos2, radius_px: f32, width_px: f32, color: Color32) {
        let mut points = circle(center_px, radius_px);
        points.extend(points.first().copied());
        self.polyline(&points, width_px, color);
    }
}

/// The normal that points out of a shape given clockwise on the screen (y grows downward).
fn outward(edge: Vec2) -> Vec2 {
    let edge = edge.normalized();
    vec2(edge.y, -edge.x)
}

fn circle(center_px: Pos2, radius_px: f32) -> Vec<Pos2> {
    let count = (radius_px * 4.0).clamp(8.0, 40.0) as usize;
    (0..count)
        .map(|idx| center_px + Vec2::angled(idx as f32 * std::f32::consts::TAU / count as f32) * radius_px)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen() -> Pen {
        Pen::new(Mesh::default(), Pos2::ZERO, 2.0)
    }

    #[test]
    fn pixels_become_points() {
        let mut pen = pen();
        pen.rect(Rect::from_min_max(pos2(10.0, 20.0), pos2(30.0, 40.0)), Color32::WHITE);
        let mesh = pen.into_mesh();
        assert_eq!(mesh.vertices[0].pos, pos2(5.0, 10.0));
        assert_eq!(mesh.indices.len(), 6);
    }

    #[test]
    fn a_broken_height_ends_in_a_paler_row() {
        let mut pen = pen();
        pen.bar(0.0, 10.0, 4.0, 1.5, Color32::WHITE);
        let mesh = pen.into_mesh();
        assert_eq!(mesh.vertices.len(), 8);
        assert!(mesh.vertices[4].color.a() < mesh.vertices[0].color.a());
    }

    #[test]
    fn a_soft_shape_grows_outward() {
        let mut pen = pen();
        pen.disc(pos2(50.0, 50.0), 10.0, Color32::WHITE);
        let mesh = pen.into_mesh();
        let (inner, outer): (Vec<_>, Vec<_>) = mesh.vertices.iter().partition(|vertex| vertex.color == Color32::WHITE);
        let reach = |vertex: &epaint::Vertex| (vertex.pos * 2.0 - pos2(50.0, 50.0)).length();
        assert!(inner.iter().all(|vertex| reach(vertex) < 10.0));
        assert!(outer.iter().all(|vertex| reach(vertex) > 10.0));
    }
}
