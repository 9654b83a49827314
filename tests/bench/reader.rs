//! How long a frame of the reader takes, without the GPU: a 200 KB article with 5,000 mentions, scrolling.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench may fail loudly, and it looks at the clock for its slowest frames"
)]

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, vec2};
use hashiya::model::{AnnotationSet, Mention, Origin, Provenance};
use hashiya::text::{Span, SpanSet, tokens};

#[path = "../support/raster.rs"]
#[expect(dead_code, reason = "the bench draws nothing")]
mod raster;
#[path = "../gui/stage.rs"]
#[expect(dead_code, reason = "the bench asks for frames only")]
mod stage;
#[path = "../support/synth.rs"]
#[expect(dead_code, reason = "the bench needs one article")]
mod synth;

const SIZE_BYTES: usize = 200_000;
const MENTIONS: usize = 5_000;
const LABELS: [&str; 11] = ["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "ROLE", "EVENT", "TIME", "NUM", "WORK"];

/// Mentions of one to four words spread over the text; every fifth lies inside another.
fn mentions(text: &str) -> AnnotationSet {
    let words: Vec<Span> =
        tokens(text).into_iter().filter(|token| token.kind.is_word()).map(|token| token.span).collect();
    let mut set = AnnotationSet::default();
    let step = (words.len() - 8) as f32 / MENTIONS as f32;
    for n in 0..MENTIONS {
        let first = (n as f32 * step) as usize;
        let count = if n % 5 == 0 { 4 } else { 1 + n % 2 };
        let span = Span::new(words[first].start(), words[first + count - 1].end());
        let spans = SpanSet::one(span).unwrap();
        let id = format!("m{n}");
        let mention = Mention {
            id: id.as_str().into(),
            quote: spans.quote(text).unwrap(),
            spans,
            label: LABELS[n % LABELS.len()].into(),
            attributes: std::collections::BTreeMap::new(),
            entity: None,
            note: String::new(),
            provenance: Provenance {
                by: "amal".into(),
                at: hashiya::env::Timestamp::from_unix_millis(0),
                origin: Origin::Manual,
            },
            extra: std::collections::BTreeMap::new(),
        };
        set.mentions.insert(id.as_str().into(), mention);
    }
    set
}

struct Reader {
    stage: stage::Stage,
    ctx: Context,
    frame: u32,
}

impl Reader {
    fn new() -> Self {
        let text = synth::article(1, SIZE_BYTES);
        let set = mentions(&text);
        let stage = stage::Stage::new(&text, Vec::new(), set);
        let mut reader = Self { stage, ctx: Context::default(), frame: 0 };
        for _ in 0..10 {
            reader.frame();
        }
        reader
    }

    /// One frame with the wheel turning, from input to triangles.
    fn frame(&mut self) {
        self.frame += 1;
        // Up and down, so that the article never ends.
        let turn = if (self.frame / 600).is_multiple_of(2) { -37.0 } else { 37.0 };
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, turn),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(848.0, 746.0))),
            time: Some(f64::from(self.frame) / 60.0),
            events: vec![Event::PointerMoved(Pos2::new(400.0, 300.0)), wheel],
            ..RawInput::default()
        };
        let stage = &mut self.stage;
        let mut output = self.ctx.run_ui(input, |ui| {
            egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| stage.ui(ui));
        });
        output.textures_delta.clear();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }
}

fn frames(criterion: &mut Criterion) {
    let mut reader = Reader::new();
    criterion.bench_function("reader: frame of 200 KB with 5,000 mentions, scrolling", |bencher| {
        bencher.iter(|| reader.frame());
    });
    let mut millis: Vec<f64> = (0..2_000)
        .map(|_| {
            let start = Instant::now();
            reader.frame();
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    let at = |share: f64| millis[((millis.len() - 1) as f64 * share) as usize];
    println!("reader: 2,000 frames: median {:.2} ms, p99 {:.2} ms, slowest {:.2} ms", at(0.5), at(0.99), at(1.0));
}

criterion_group!(benches, frames);
criterion_main!(benches);
