//! Mirroring: the one place that turns start and end into left and right.

use egui::{Pos2, Rect, pos2, vec2};

/// The direction in which the interface reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Whether it reads right to left.
    pub rtl: bool,
}

impl Flow {
    /// `inner`, laid out left to right inside `frame`, as this flow wants it.
    #[must_use]
    pub fn rect(self, frame: Rect, inner: Rect) -> Rect {
        if self.rtl {
            let shift = frame.left() + frame.right();
            Rect::from_min_max(pos2(shift - inner.right(), inner.top()), pos2(shift - inner.left(), inner.bottom()))
        } else {
            inner
        }
    }

    /// The x of the start edge.
    #[must_use]
    pub fn start(self, rect: Rect) -> f32 {
        if self.rtl { rect.right() } else { rect.left() }
    }

    /// The x of the end edge.
    #[must_use]
    pub fn end(self, rect: Rect) -> f32 {
        if self.rtl { rect.left() } else { rect.right() }
    }

    /// `distance` in reading direction, as a signed x distance.
    #[must_use]
    pub fn along(self, distance: f32) -> f32 {
        if self.rtl { -distance } else { distance }
    }

    /// The box of this width at the start of `rect`.
    #[must_use]
    pub fn at_start(self, rect: Rect, width: f32) -> Rect {
        self.rect(rect, Rect::from_min_size(rect.min, vec2(width, rect.height())))
    }

    /// The box of this width at the end of `rect`.
    #[must_use]
    pub fn at_end(self, rect: Rect, width: f32) -> Rect {
        let inner = Rect::from_min_size(pos2(rect.right() - width, rect.top()), vec2(width, rect.height()));
        self.rect(rect, inner)
    }

    /// A point `along` from the start and `down` from the top of `rect`.
    #[must_use]
    pub fn point(self, rect: Rect, along: f32, down: f32) -> Pos2 {
        pos2(self.start(rect) + self.along(along), rect.top() + down)
    }
}

/// What is left of a rectangle while pieces are cut from its sides.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// What is left.
    pub rest: Rect,
    flow: Flow,
}

impl Cut {
    /// Starts with all of `rect`.
    #[must_use]
    pub fn new(rect: Rect, flow: Flow) -> Self {
        Self { rest: rect, flow }
    }

    /// Cuts `height` from the top.
    pub fn top(&mut self, height: f32) -> Rect {
        let height = height.min(self.rest.height()).max(0.0);
        let piece = Rect::from_min_size(self.rest.min, vec2(self.rest.width(), height));
        self.rest.min.y += height;
        piece
    }

    /// Cuts `height` from the bottom.
    pub fn bottom(&mut self, height: f32) -> Rect {
        let height = height.min(self.rest.height()).max(0.0);
        self.rest.max.y -= height;
        Rect::from_min_size(self.rest.left_bottom(), vec2(self.rest.width(), height))
    }

    /// Cuts `width` from the start side.
    pub fn start(&mut self, width: f32) -> Rect {
        let width = width.min(self.rest.width()).max(0.0);
        let piece = self.flow.at_start(self.rest, width);
        if self.flow.rtl {
            self.rest.max.x -= width;
        } else {
            self.rest.min.x += width;
        }
        piece
    }

    /// Cuts `width` from the end side.
    pub fn end(&mut self, width: f32) -> Rect {
        let width = width.min(self.rest.width()).max(0.0);
        let piece = self.flow.at_end(self.rest, width);
        if self.flow.rtl {
            self.rest.min.x += width;
        } else {
            self.rest.max.x -= width;
        }
        piece
    }

    /// The middle `height` of what is left, all of its width.
    #[must_use]
    pub fn middle(&self, height: f32) -> Rect {
        Rect::from_center_size(self.rest.center(), vec2(self.rest.width(), height))
    }
}

/// A box of `height` in the vertical middle of `rect`.
#[must_use]
pub fn middle_of(rect: Rect, height: f32) -> Rect {
    Rect::from_center_size(rect.center(), vec2(rect.width(), height))
}
