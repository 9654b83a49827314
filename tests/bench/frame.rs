//! How long a frame of the window takes on the processor, without the driver of the graphics card.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench that cannot run may panic, and it measures time"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use hashiya::env::Env;
use hashiya::gui::{App, RunOptions};
use hashiya::model::{AnnotationSet, ArticleFacts, ArticleKey, Exchange, ExchangeArticle, Mention, Origin, Provenance};
use hashiya::session::{NewProject, Session, schemes};
use hashiya::storage::{Fs, MemFs};
use hashiya::text::{Span, SpanSet};

#[path = "../support/synth.rs"]
#[expect(dead_code, reason = "the bench needs one of its texts")]
mod synth;

const LABELS: [&str; 11] = ["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "ROLE", "EVENT", "TIME", "NUM", "WORK"];

/// A project in memory with one article, every few words of which are a mention.
fn project(len_bytes: usize, mentions: usize) -> Arc<dyn Fs> {
    let fs: Arc<dyn Fs> = Arc::new(MemFs::new());
    let new = NewProject { name: "bench".into(), scheme: schemes::news(), annotator: "amal".into() };
    let env = Arc::new(Env::fixed(1));
    let mut session = Session::create(Arc::clone(&fs), &folder(), &new, Arc::clone(&env), None).unwrap();
    let text = synth::article(3, len_bytes);
    let words: Vec<Span> =
        hashiya::text::tokens(&text).into_iter().filter(|token| token.kind.is_word()).map(|token| token.span).collect();
    let mut set = AnnotationSet::default();
    let step = (words.len() / mentions.max(1)).max(1);
    for (idx, word) in words.iter().step_by(step).take(mentions).enumerate() {
        let spans = SpanSet::one(*word).unwrap();
        let mention = Mention {
            id: format!("m{idx:05}").as_str().into(),
            quote: spans.quote(&text).unwrap(),
            spans,
            label: LABELS[idx % LABELS.len()].into(),
            attributes: BTreeMap::new(),
            entity: None,
            note: String::new(),
            provenance: Provenance { by: "amal".into(), at: env.now(), origin: Origin::Manual },
            extra: BTreeMap::new(),
        };
        set.mentions.insert(mention.id.clone(), mention);
    }
    let article = ExchangeArticle {
        name: "long".into(),
        facts: ArticleFacts::of(ArticleKey::Id("long".into()), &text),
        text: text.into(),
        source: None,
        paragraph_directions: BTreeMap::new(),
        sets: [("amal".into(), set)].into(),
    };
    session.import(Exchange { articles: vec![article], ..Exchange::default() }, vec!["bench".into()]).unwrap();
    session.close().unwrap();
    fs
}

fn folder() -> PathBuf {
    PathBuf::from("/p/bench")
}

/// The program without a window: what it would draw is made into triangles and thrown away.
struct Window {
    ctx: Context,
    app: App,
    time_s: f64,
}

impl Window {
    fn open(fs: &Arc<dyn Fs>) -> Self {
        let ctx = Context::default();
        let options = RunOptions {
            paths: vec![folder()],
            fs: Arc::clone(fs),
            env: Arc::new(Env::fixed(2)),
            data_dir: Some(PathBuf::from("/data")),
        };
        let app = App::new(&ctx, options).unwrap();
        Self { ctx, app, time_s: 0.0 }
    }

    /// Runs frames until the article is on the page; answers how long the frame took that brought it. The project is
    /// read on a thread of its own meanwhile.
    fn first_article(&mut self) -> Duration {
        loop {
            let was_opening = self.app.is_opening();
            let start = Instant::now();
            self.frame(Vec::new());
            let took = start.elapsed();
            if was_opening && !self.app.is_opening() {
                return took;
            }
        }
    }

    fn opened(fs: &Arc<dyn Fs>) -> Self {
        let mut window = Self::open(fs);
        window.first_article();
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> usize {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0))),
            time: Some(self.time_s),
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        output.textures_delta.clear();
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }

    /// One frame of scrolling, down and up again every hundred frames.
    fn scroll(&mut self, count: usize) -> usize {
        let way = if (count / 100).is_multiple_of(2) { -48.0 } else { 48.0 };
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, way),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(Pos2::new(700.0, 450.0)), wheel])
    }
}

fn scrolling(c: &mut Criterion) {
    let fs = project(200 * 1024, 5_000);
    let mut window = Window::opened(&fs);
    for count in 0..60 {
        window.scroll(count);
    }
    let mut count = 0;
    c.bench_function("frame of 200 KB with 5,000 mentions, scrolling", |b| {
        b.iter(|| {
            count += 1;
            black_box(window.scroll(count))
        });
    });
    // Criterion has no percentiles of single frames.
    let mut millis: Vec<f64> = (0..1000)
        .map(|count| {
            let start = Instant::now();
            black_box(window.scroll(count));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    report(&format!("single frames: median {:.2} ms, 99 of 100 within {:.2} ms", millis[500], millis[990]));
}

#[expect(clippy::print_stdout, reason = "a bench tells people what it found")]
fn report(line: &str) {
    println!("{line}");
}

fn first_frame(c: &mut Criterion) {
    for (name, len_bytes) in [("1 MB", 1_000_000), ("10 MB", 10_000_000)] {
        let fs = project(len_bytes, 0);
        let mut group = c.benchmark_group("first frame");
        group.sample_size(10);
        group.bench_function(format!("window on an article of {name}"), |b| {
            b.iter_custom(|iterations| (0..iterations).map(|_| Window::open(&fs).first_article()).sum());
        });
    }
}

fn label_key(c: &mut Criterion) {
    let fs = project(200 * 1024, 5_000);
    let mut window = Window::opened(&fs);
    for count in 0..60 {
        window.scroll(count);
    }
    let key =
        |key, pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE };
    c.bench_function("frame of a label key, span painted", |b| {
        b.iter(|| {
            // The caret moves on by a letter, so that there is always something new to label.
            window.frame(vec![key(egui::Key::ArrowLeft, true), key(egui::Key::ArrowLeft, false)]);
            let start = Instant::now();
            black_box(window.frame(vec![key(egui::Key::Num1, true), key(egui::Key::Num1, false)]));
            start.elapsed()
        });
    });
}

criterion_group!(benches, scrolling, first_frame, label_key);
criterion_main!(benches);
