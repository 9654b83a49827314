//! Measures what is not in view on a thread of its own, so that the scroll bar becomes exact without a slow frame.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::layout::{Document, Engine, MeasureJob, Measured, measure};

/// Stretches handed over at once; small, so that a change of width is answered soon.
const BATCH: usize = 32;
/// Articles of fewer stretches are measured as they come into view.
const WORTH_IT: usize = 40;

/// A thread that measures, started when a long article is first shown.
#[derive(Debug, Default)]
pub struct Heights {
    worker: Option<Worker>,
    waiting: bool,
    /// Fonts beside the bundled ones.
    fonts: Vec<Arc<[u8]>>,
}

#[derive(Debug)]
struct Worker {
    jobs: Sender<Vec<MeasureJob>>,
    done: Receiver<Vec<Measured>>,
}

impl Heights {
    /// Lets the thread go, as when another article is opened.
    pub fn stop(&mut self) {
        (self.worker, self.waiting) = (None, false);
    }

    /// Measures with this font too from now on.
    pub fn add_font(&mut self, bytes: &Arc<[u8]>) {
        self.fonts.push(Arc::clone(bytes));
        self.stop();
    }

    /// Takes over what was measured and asks for more. Call once in a frame.
    pub fn follow(&mut self, document: &mut Document, ctx: &egui::Context) {
        if let Some(worker) = &self.worker {
            while let Ok(measured) = worker.done.try_recv() {
                self.waiting = false;
                document.apply_measured(&measured);
            }
        }
        if self.waiting || document.len() < WORTH_IT {
            return;
        }
        let jobs = document.measure_jobs(BATCH);
        if jobs.is_empty() {
            return;
        }
        if self.worker.is_none() {
            self.worker = Worker::start(ctx.clone(), self.fonts.clone());
        }
        let sent = self.worker.as_ref().is_some_and(|worker| worker.jobs.send(jobs).is_ok());
        self.waiting = sent;
        if !sent {
            self.worker = None;
        }
    }
}

impl Worker {
    /// None where the system refuses a thread: then heights stay estimates until they are seen.
    fn start(ctx: egui::Context, fonts: Vec<Arc<[u8]>>) -> Option<Self> {
        let (jobs, todo) = channel::<Vec<MeasureJob>>();
        let (finished, done) = channel();
        let work = move || {
            let mut engine = Engine::new();
            for font in &fonts {
                // What the window's engine took, this one takes.
                let _ = engine.add_font(font);
            }
            while let Ok(batch) = todo.recv() {
                let measured: Vec<Measured> = batch.iter().map(|job| measure(&mut engine, job)).collect();
                if finished.send(measured).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        };
        thread::Builder::new().name("heights".to_owned()).spawn(work).ok()?;
        Some(Self { jobs, done })
    }
}
