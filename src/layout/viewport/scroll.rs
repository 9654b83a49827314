//! Scrolling: what the viewport shows, and bringing a place into view.

use super::super::caret::TextPosition;
use super::super::engine::Engine;
use super::{Document, VisibleParagraph};

impl Document {
    /// Height of the whole article, estimated where it was not laid out yet.
    #[must_use]
    pub fn total_height_px(&self) -> f64 {
        self.heights.total()
    }

    /// How far the top of the viewport lies below the top of the article.
    #[must_use]
    pub fn scroll_top_px(&self) -> f64 {
        self.heights.before(self.anchor.0) + f64::from(self.anchor.1)
    }

    /// Scrolls by a distance; positive moves on in the article.
    pub fn scroll_by(&mut self, distance_px: f32) {
        if distance_px.is_finite() {
            self.anchor.1 += distance_px;
        }
    }

    /// Scrolls to a distance from the top of the article, as a scroll bar asks for it.
    pub fn scroll_to(&mut self, top_px: f64) {
        self.pending = None;
        let top_px = if top_px.is_finite() { top_px } else { 0.0 };
        let last_px = (self.heights.total() - f64::from(self.viewport_height_px)).max(0.0);
        let (index, below) = self.heights.find(top_px.clamp(0.0, last_px));
        self.anchor = (index, below as f32);
    }

    /// Top of the line that holds byte `at`, from the top of the article; exact as far as heights are.
    pub fn top_of(&mut self, engine: &mut Engine, at: usize) -> f64 {
        let index = self.index_of(at);
        let span = self.span(index);
        let below = self
            .paragraph(engine, index)
            .map_or(0.0, |paragraph| paragraph.caret(TextPosition::downstream(at.saturating_sub(span.start()))).top_px);
        self.heights.before(index) + f64::from(below)
    }

    /// What a viewport of that height shows, from top to bottom. Corrects a scroll place beyond either end.
    pub fn visible(&mut self, engine: &mut Engine, height_px: f32) -> Vec<VisibleParagraph> {
        self.viewport_height_px = height_px.clamp(0.0, 100_000.0);
        self.restore_top(engine);
        self.settle_anchor(engine);
        let mut visible = self.collect(engine);
        // The end of the article stays at the bottom of the viewport.
        let bottom_px = visible.last().map_or(0.0, |last| last.top_px + self.heights.get(last.index) as f32);
        let at_end = visible.last().is_none_or(|last| last.index + 1 == self.entries.len());
        if at_end && bottom_px < self.viewport_height_px && (self.anchor.0 > 0 || self.anchor.1 > 0.0) {
            self.anchor.1 -= self.viewport_height_px - bottom_px;
            self.settle_anchor(engine);
            visible = self.collect(engine);
        }
        visible
    }

    /// Scrolls as little as needed to show the line of a place, with `margin_px` to spare above and below.
    pub fn reveal(&mut self, engine: &mut Engine, position: TextPosition, margin_px: f32) {
        let Some(caret) = self.caret(engine, position) else { return };
        let margin_px = margin_px.min((self.viewport_height_px - caret.shape.height_px).max(0.0) / 2.0);
        let above_px = caret.top_px - margin_px;
        let below_px = caret.top_px + caret.shape.height_px + margin_px - self.viewport_height_px;
        if above_px.abs() > 4.0 * self.viewport_height_px {
            // Far away: estimates lie between. Jump, then it stands a third below the top.
            self.anchor = (caret.index, 0.0);
            self.pending = Some((position.at, self.viewport_height_px / 3.0));
            self.restore_top(engine);
        } else if above_px < 0.0 {
            self.scroll_by(above_px);
        } else if below_px > 0.0 {
            self.scroll_by(below_px);
        }
        self.settle_anchor(engine);
    }

    fn collect(&mut self, engine: &mut Engine) -> Vec<VisibleParagraph> {
        let (mut index, below_px) = self.anchor;
        let mut top_px = -below_px;
        let mut visible = Vec::new();
        while top_px < self.viewport_height_px {
            let Some(paragraph) = self.paragraph(engine, index) else { break };
            let Some(entry) = self.entries.get(index) else { break };
            visible.push(VisibleParagraph { index, spec: entry.spec, span: entry.span, top_px, paragraph });
            top_px += self.heights.get(index) as f32;
            index += 1;
        }
        visible
    }

    /// Makes the anchor the stretch that really lies at the top of the viewport, laying out what it passes over.
    fn settle_anchor(&mut self, engine: &mut Engine) {
        self.anchor.0 = self.anchor.0.min(self.entries.len().saturating_sub(1));
        // A throw over many screens is taken by the sums first, else every paragraph on the way would be laid out.
        if self.anchor.1.abs() > 20_000.0 {
            let (index, below) = self.heights.find(self.scroll_top_px());
            self.anchor = (index, below as f32);
        }
        while self.anchor.1 < 0.0 {
            let Some(above) = self.anchor.0.checked_sub(1) else {
                self.anchor.1 = 0.0;
                break;
            };
            self.paragraph(engine, above);
            self.anchor = (above, self.anchor.1 + self.heights.get(above) as f32);
        }
        loop {
            if self.paragraph(engine, self.anchor.0).is_none() {
                return;
            }
            let height_px = self.heights.get(self.anchor.0) as f32;
            if self.anchor.1 < height_px || self.anchor.0 + 1 >= self.entries.len() {
                return;
            }
            self.anchor = (self.anchor.0 + 1, self.anchor.1 - height_px);
        }
    }

    /// Remembers the first byte of the line at the top of the viewport before widths or styles change.
    pub(super) fn keep_top(&mut self) {
        if self.pending.is_some() || self.anchor == (0, 0.0) {
            return;
        }
        let (index, below_px) = self.anchor;
        let span = self.span(index);
        let kept = self.cache.get(&index).and_then(|cached| {
            let line = cached.paragraph.lines().get(cached.paragraph.line_at_y(below_px))?;
            Some((span.start() + line.span.start(), line.top_px - below_px))
        });
        self.pending = Some(kept.unwrap_or((span.start(), 0.0)));
    }

    fn restore_top(&mut self, engine: &mut Engine) {
        let Some((at, distance_px)) = self.pending.take() else { return };
        let index = self.index_of(at);
        let local = at.saturating_sub(self.span(index).start());
        let Some(paragraph) = self.paragraph(engine, index) else { return };
        self.anchor = (index, paragraph.caret(TextPosition::downstream(local)).top_px - distance_px);
    }
}
