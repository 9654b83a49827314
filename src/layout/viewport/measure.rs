//! Exact heights from a worker thread: the caller owns the thread and an [`Engine`] on it.

use super::super::engine::Engine;
use super::super::style::{Base, TextStyle};
use super::Document;
use crate::text::Span;
use std::sync::Arc;

/// A stretch to measure; holds everything that another thread needs.
#[derive(Clone, Debug)]
pub struct MeasureJob {
    index: usize,
    generation: u64,
    text: Arc<str>,
    span: Span,
    style: TextStyle,
    base: Base,
    width_px: f32,
}

/// The height that was measured.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    index: usize,
    generation: u64,
    height_px: f32,
}

/// Lays one stretch out and keeps only its height.
#[must_use]
pub fn measure(engine: &mut Engine, job: &MeasureJob) -> Measured {
    let text = job.span.slice(&job.text).unwrap_or_default();
    let paragraph = engine.paragraph(text, &job.style, job.base, Some(job.width_px));
    Measured { index: job.index, generation: job.generation, height_px: paragraph.height_px() }
}

impl Document {
    /// The next stretches whose heights are only estimated, at most `limit`. Each is handed out once, until width,
    /// style or paragraphs change.
    pub fn measure_jobs(&mut self, limit: usize) -> Vec<MeasureJob> {
        let mut jobs = Vec::new();
        while jobs.len() < limit {
            let index = self.next_to_measure;
            let Some(entry) = self.entries.get(index) else { break };
            self.next_to_measure += 1;
            if entry.exact {
                continue;
            }
            jobs.push(MeasureJob {
                index,
                generation: self.generation,
                text: Arc::clone(&self.text),
                span: entry.span,
                style: self.style.text_style(entry.role, entry.vocalised),
                base: Base::from_rtl(entry.rtl),
                width_px: self.width_px,
            });
        }
        jobs
    }

    /// Takes measured heights over; those of another width or style are dropped. Nothing on screen moves.
    pub fn apply_measured(&mut self, measured: &[Measured]) {
        let generation = self.generation;
        for one in measured.iter().filter(|one| one.generation == generation) {
            if self.entries.get(one.index).is_some_and(|entry| !entry.exact) {
                self.set_exact(one.index, one.height_px);
            }
        }
    }
}
