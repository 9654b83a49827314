//! Engines, fonts that are added, glyph images.

use super::{NASKH_22, text};
use hashiya::layout::{
    Base, Document, Engine, Face, FontError, GlyphContent, MeasureJob, Paragraph, Rasteriser, TextStyle, font_file,
};
use std::sync::Arc;

#[test]
fn work_can_be_handed_to_another_thread() {
    fn sendable<T: Send>() {}
    sendable::<Engine>();
    sendable::<MeasureJob>();
    sendable::<Arc<Paragraph>>();
    sendable::<Document>();
    sendable::<Rasteriser>();
}

#[test]
fn two_engines_name_fonts_alike_and_lay_out_alike() {
    let lay = || Engine::new().paragraph(text("mixed"), &NASKH_22, Base::Auto, Some(400.0));
    let here = lay();
    let there = std::thread::spawn(lay).join().unwrap();
    assert_eq!(here.clusters(), there.clusters());
    for line in 0..here.lines().len() {
        assert_eq!(here.glyphs(line), there.glyphs(line));
    }
}

#[test]
fn a_font_is_added_for_what_no_bundled_font_has() {
    let mut engine = Engine::new();
    let bytes: Arc<[u8]> = include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf").as_slice().into();
    assert_eq!(engine.add_font(&bytes).unwrap(), ["Noto Sans Hebrew (added)"]);
    // Text is laid out as before: what was added stands behind the bundled fonts.
    let before = Engine::new().paragraph(text("hebrew"), &NASKH_22, Base::Auto, None);
    let after = engine.paragraph(text("hebrew"), &NASKH_22, Base::Auto, None);
    assert_eq!(before.clusters(), after.clusters());
    let garbage: Arc<[u8]> = b"no font".as_slice().into();
    assert_eq!(engine.add_font(&garbage), Err(FontError::NotAFont { len_bytes: 7 }));
}

#[test]
fn bold_is_a_font_of_its_own() {
    let mut engine = Engine::new();
    for face in [Face::Naskh, Face::Amiri, Face::Sans] {
        let style = TextStyle::new(face, 22.0, 42.0);
        let regular = engine.paragraph(text("arabic"), &style, Base::Auto, None);
        let bold = engine.paragraph(text("arabic"), &style.bold(), Base::Auto, None);
        let (regular, bold) = (regular.glyphs(0)[0].font, bold.glyphs(0)[0].font);
        assert_ne!(regular, bold, "{face:?}");
        assert!(font_file(bold).unwrap().bytes().len() > 1000);
    }
}

#[test]
fn glyphs_become_pixels_around_the_pen() {
    let paragraph = Engine::new().paragraph(text("salam"), &NASKH_22, Base::Auto, None);
    let mut rasteriser = Rasteriser::new();
    let seen = paragraph.glyphs(0)[0];
    let image = rasteriser.rasterise(seen.font, seen.glyph, 22.0, 0);
    assert_eq!(image.content, GlyphContent::Coverage);
    assert_eq!(image.bytes.len(), (image.width_px * image.height_px) as usize);
    assert!(image.bytes.iter().any(|coverage| *coverage > 200), "there is ink");
    assert!(image.top_px > 0, "a letter stands on the baseline");
    // A quarter of a pixel further right, the ink moves and its amount stays.
    let ink = |bytes: &[u8]| bytes.iter().map(|coverage| f64::from(*coverage)).sum::<f64>();
    let shifted = rasteriser.rasterise(seen.font, seen.glyph, 22.0, 2);
    assert_ne!((image.left_px, &image.bytes), (shifted.left_px, &shifted.bytes));
    assert!((ink(&image.bytes) - ink(&shifted.bytes)).abs() / ink(&image.bytes) < 0.02);
    let centre = |left_px: i32, width_px: u32, bytes: &[u8]| {
        let columns = bytes
            .iter()
            .enumerate()
            .map(|(at, coverage)| (f64::from(left_px) + (at % width_px as usize) as f64) * f64::from(*coverage));
        columns.sum::<f64>() / ink(bytes)
    };
    let moved_px =
        centre(shifted.left_px, shifted.width_px, &shifted.bytes) - centre(image.left_px, image.width_px, &image.bytes);
    assert!((moved_px - 0.5).abs() < 0.05, "{moved_px}");
    let space = rasteriser.rasterise(seen.font, 3, f32::NAN, 9);
    assert_eq!(space.bytes.len(), (space.width_px * space.height_px) as usize);
}
