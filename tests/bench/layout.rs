//! How long it takes to lay text out. The texts are made here, the same at every run.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hashiya::layout::{
    ArticleStyle, Base, Document, Engine, Face, ParagraphRole, ParagraphSpec, Rasteriser, TextStyle,
};
use hashiya::text::{Span, paragraphs};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

const WIDTH_PX: f32 = 640.0;
const VIEWPORT_PX: f32 = 900.0;
const STYLE: TextStyle = TextStyle::new(Face::Naskh, 22.0, 42.0);

/// News-like text in Arabic letters with some Latin names and numbers, in paragraphs of one to four sentences.
fn article(len_bytes: usize) -> Arc<str> {
    const LETTERS: [char; 26] = [
        '\u{627}', '\u{644}', '\u{64a}', '\u{645}', '\u{648}', '\u{646}', '\u{631}', '\u{62a}', '\u{628}', '\u{639}',
        '\u{62f}', '\u{633}', '\u{641}', '\u{647}', '\u{643}', '\u{642}', '\u{62d}', '\u{629}', '\u{623}', '\u{62c}',
        '\u{634}', '\u{635}', '\u{637}', '\u{62e}', '\u{649}', '\u{626}',
    ];
    const OTHERS: [&str; 5] =
        ["Reuters", "76.68%", "18/03/2018", "(2030)", "\u{ab}\u{627}\u{644}\u{62d}\u{632}\u{628}\u{bb}"];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    let mut text = String::with_capacity(len_bytes + 64);
    while text.len() < len_bytes {
        for word in 0..10 + random(60) {
            if random(18) == 0 {
                text.push_str(OTHERS[random(OTHERS.len())]);
            } else {
                // The frequent letters stand first in the table.
                text.extend((0..2 + random(6)).map(|_| LETTERS[random(26).min(random(26))]));
            }
            text.push_str(if word % 17 == 16 { ". " } else { " " });
        }
        text.push_str(".\n");
    }
    text.into()
}

fn specs(text: &str) -> Vec<ParagraphSpec> {
    let spec = |span| ParagraphSpec { span, role: ParagraphRole::Body, base: Base::Auto };
    paragraphs(text).into_iter().map(spec).collect()
}

fn document(text: &Arc<str>) -> Document {
    Document::new(Arc::clone(text), specs(text), ArticleStyle::new(Face::Naskh, 22.0), WIDTH_PX)
}

fn whole_article(c: &mut Criterion) {
    let text = article(4_600);
    let spans = paragraphs(&text);
    let mut engine = Engine::new();
    let lay_out = |engine: &mut Engine| -> Vec<_> {
        let lay =
            |span: &Span| engine.paragraph(span.slice(&text).unwrap_or_default(), &STYLE, Base::Auto, Some(WIDTH_PX));
        spans.iter().map(lay).collect()
    };
    c.bench_function("cold layout of an article of 4.6 KB", |b| b.iter(|| black_box(lay_out(&mut engine))));
    let mut laid_out = lay_out(&mut engine);
    let mut narrow = false;
    c.bench_function("the same article at another width", |b| {
        b.iter(|| {
            narrow = !narrow;
            for paragraph in &mut laid_out {
                paragraph.rebreak(Some(if narrow { 480.0 } else { WIDTH_PX }));
            }
        });
    });
    c.bench_function("an engine with the bundled fonts", |b| b.iter(Engine::new));
}

fn first_frame(c: &mut Criterion) {
    for (name, len_bytes) in [("1 MB", 1_000_000), ("10 MB", 10_000_000)] {
        let text = article(len_bytes);
        let mut engine = Engine::new();
        let mut group = c.benchmark_group("first frame");
        group.sample_size(10);
        group.bench_function(format!("layout of the first frame of {name}"), |b| {
            b.iter_batched(
                || Arc::clone(&text),
                |text| {
                    let mut document = document(&text);
                    black_box(document.visible(&mut engine, VIEWPORT_PX).len())
                },
                BatchSize::PerIteration,
            );
        });
        group.finish();
        let mut document = document(&text);
        let mut offset = 0.0;
        c.bench_function(&format!("scrolling in {name}, a screen a frame"), |b| {
            b.iter(|| {
                offset += f64::from(VIEWPORT_PX);
                if offset > document.total_height_px() {
                    offset = 0.0;
                }
                document.scroll_to(offset);
                black_box(document.visible(&mut engine, VIEWPORT_PX).len())
            });
        });
    }
}

fn questions(c: &mut Criterion) {
    let text = article(1_000_000);
    let mut engine = Engine::new();
    let mut seen = document(&text);
    seen.scroll_to(seen.total_height_px() / 2.0);
    seen.visible(&mut engine, VIEWPORT_PX);
    let mut y_px = 0.0;
    c.bench_function("hit test in 1 MB", |b| {
        b.iter(|| {
            y_px = (y_px + 37.0) % VIEWPORT_PX;
            black_box(seen.hit(&mut engine, 311.0, y_px))
        });
    });
    let long = article(30_000).replace('\n', " ");
    let paragraph = engine.paragraph(&long, &STYLE, Base::Auto, Some(WIDTH_PX));
    let spans: Vec<Span> =
        (0..10_000).map(|idx| Span::new(idx * 3 % 29_000, idx * 3 % 29_000 + 20 + idx % 60)).collect();
    c.bench_function("rectangles of 10,000 spans in 30 KB", |b| {
        b.iter(|| spans.iter().map(|span| paragraph.rects(*span).len()).sum::<usize>());
    });
}

fn glyphs(c: &mut Criterion) {
    let text = article(4_600);
    let paragraph = Engine::new().paragraph(&text, &STYLE, Base::Auto, Some(WIDTH_PX));
    let lines = 0..paragraph.lines().len();
    let keys: BTreeSet<_> = lines
        .flat_map(|line| {
            paragraph.glyphs(line).iter().map(|glyph| (glyph.font, glyph.glyph, (glyph.x_px.fract().abs() * 4.0) as u8))
        })
        .collect();
    let mut rasteriser = Rasteriser::new();
    c.bench_function(&format!("drawing the {} glyph images of an article", keys.len()), |b| {
        b.iter(|| {
            for (font, glyph, bin) in &keys {
                black_box(rasteriser.rasterise(*font, *glyph, 22.0, *bin));
            }
        });
    });
}

criterion_group!(benches, whole_article, first_frame, questions, glyphs);
criterion_main!(benches);
