//! Any text at any width, size and direction: nothing panics, and the cluster table covers every byte once.
#![no_main]

use hashiya::layout::{Base, Elide, Engine, Face, Motion, TextPosition, TextStyle};
use hashiya::text::Span;
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::new());
}

fuzz_target!(|data: &[u8]| {
    // Four bytes choose how the text is laid out, the rest is the text.
    let [face, base, width, size, text @ ..] = data else { return };
    let text = String::from_utf8_lossy(text);
    let face = Face::ALL[usize::from(face % 4)];
    let base = [Base::Auto, Base::Rtl, Base::Ltr][usize::from(base % 3)];
    let style = TextStyle { bold: size % 2 == 1, ..TextStyle::new(face, f32::from(*size) / 4.0, 42.0) };
    let width_px = (*width > 0).then(|| f32::from(*width) * 3.0);
    ENGINE.with_borrow_mut(|engine| {
        let mut paragraph = engine.paragraph(&text, &style, base, width_px);
        for pass in 0..2 {
            let mut at = 0;
            for cluster in paragraph.clusters() {
                assert_eq!(cluster.span.start(), at);
                at = cluster.span.end();
            }
            assert_eq!(at, text.len());
            if pass == 0 {
                paragraph.rebreak(Some(f32::from(*size) + 1.0));
            }
        }
        let middle = TextPosition::upstream(text.len() / 2);
        let caret = paragraph.caret(middle);
        assert!(caret.line < paragraph.lines().len());
        for motion in [Motion::Left, Motion::Right, Motion::Up, Motion::Down, Motion::LineStart, Motion::LineEnd] {
            if let Some(moved) = paragraph.move_caret(middle, motion, None) {
                assert!(paragraph.is_boundary(moved.at));
            }
        }
        assert!(paragraph.is_boundary(paragraph.hit(f32::from(*size), f32::from(*width)).at));
        let _ = paragraph.rects(Span::new(text.len() / 3, text.len()));
        let _ = paragraph.invisible_marks();
        if text.len() < 500 {
            let _ = engine.line(&text, &style, base, f32::from(*width), Elide::End);
        }
    });
});
