//! Numbers, quotation marks, marks on letters and joins, in five languages.

use super::{NASKH_22, paragraph, text, texts};
use hashiya::layout::{Base, Elide, Engine, Face, MarkKind, Paragraph, TextStyle};
use hashiya::text::Span;

/// The text of a one-line paragraph as the eye meets it, from left to right.
fn seen(text: &str, base: Base) -> String {
    let paragraph = paragraph(text, base, 5000.0);
    assert_eq!(paragraph.lines().len(), 1);
    let visual: Vec<&str> =
        paragraph.line_clusters_visual(0).map(|cluster| cluster.span.slice(text).unwrap()).collect();
    visual.concat()
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Digits and Latin words keep their own order wherever they stand.
#[test]
fn numbers_are_never_reversed() {
    #[track_caller]
    fn check(text: &str, part: &str) {
        let seen = seen(text, Base::Rtl);
        assert!(seen.contains(part), "{part:?} is not seen in {seen:?}");
    }
    let mut checked = 0;
    for (text, part) in texts("number") {
        check(text, part);
        checked += 1;
    }
    assert_eq!(checked, 8);
}

#[test]
fn a_percent_sign_follows_unicode() {
    let seen = seen(text("percent"), Base::Rtl);
    assert!(seen.starts_with("%76.68"), "after Arabic letters a European number counts as Arabic: {seen:?}");
}

#[test]
fn lines_run_in_the_direction_of_their_language() {
    #[track_caller]
    fn check(text: &str, rtl: bool) {
        let laid = paragraph(text, Base::Auto, 400.0);
        assert_eq!(laid.is_rtl(), rtl, "{text:?}");
        let line = laid.lines()[0];
        let (ragged, flush) =
            if rtl { (line.left_px, 400.0 - line.right_px) } else { (400.0 - line.right_px, line.left_px) };
        assert!(flush.abs() < 0.01 && ragged > 1.0, "{text:?}: {line:?}");
    }
    check(text("arabic"), true);
    check(text("persian"), true);
    check(text("urdu"), true);
    check(text("hebrew"), true);
    check("Breaking news", false);
    check(text("brackets_first"), true);
    check("123", false);
    assert!(Engine::new().paragraph("123", &NASKH_22, Base::Rtl, Some(400.0)).is_rtl());
}

#[test]
fn plain_right_to_left_lines_are_seen_reversed() {
    for text in [text("arabic"), text("hebrew")] {
        assert_eq!(seen(text, Base::Auto), reversed(text));
    }
    assert_eq!(seen("Breaking news", Base::Auto), "Breaking news");
}

#[test]
fn a_space_behind_latin_letters_at_the_end_of_a_line_stands_at_the_lines_end() {
    // Rule L1: in a right-to-left line the last space is leftmost, also behind a Latin word.
    let text = text("ends_in_latin");
    let paragraph = paragraph(text, Base::Rtl, 400.0);
    let leftmost = paragraph.line_clusters_visual(0).next().unwrap();
    assert_eq!(leftmost.span, Span::new(text.len() - 1, text.len()));
}

/// Glyph numbers of a line, by the byte that they draw.
fn glyphs_at(paragraph: &Paragraph, at: usize) -> Vec<u16> {
    paragraph.glyphs(0).iter().filter(|glyph| glyph.start == at).map(|glyph| glyph.glyph).collect()
}

#[test]
fn brackets_and_guillemets_are_mirrored_in_right_to_left_text() {
    let mirrored = paragraph("\u{ab}\u{627}\u{bb}(\u{628})", Base::Rtl, 400.0);
    let plain = paragraph("\u{bb}a\u{ab})b(", Base::Ltr, 400.0);
    // An opening guillemet in Arabic is drawn with the glyph that closes in Latin text.
    assert_eq!(glyphs_at(&mirrored, 0), glyphs_at(&plain, 0));
    assert_eq!(glyphs_at(&mirrored, 4), glyphs_at(&plain, 3));
    assert_eq!(glyphs_at(&mirrored, 6), glyphs_at(&plain, 5));
    assert_ne!(glyphs_at(&mirrored, 0), glyphs_at(&mirrored, 4));
}

#[test]
fn marks_belong_to_their_letters() {
    let word = text("vocalised");
    let paragraph = paragraph(word, Base::Rtl, 400.0);
    assert_eq!(paragraph.clusters().len(), 4);
    // A span that ends between a letter and its mark is drawn to the end of the letter.
    let letter = paragraph.clusters()[0];
    assert_eq!(paragraph.rects(Span::new(0, 2)), paragraph.rects(letter.span));
    let bare = Engine::new().paragraph(text("bare"), &NASKH_22, Base::Rtl, Some(400.0));
    let width = |paragraph: &Paragraph| paragraph.lines()[0].right_px - paragraph.lines()[0].left_px;
    assert!((width(&paragraph) - width(&bare)).abs() < 3.0, "marks take no room");
}

#[test]
fn a_lam_alef_is_two_graphemes_and_its_alef_is_never_hit() {
    let text = text("salam");
    let paragraph = paragraph(text, Base::Rtl, 400.0);
    let alef = paragraph.cluster_at(4).unwrap();
    assert_eq!(alef.width_px(), 0.0, "Noto Naskh gives the whole width to the lam");
    let rects = paragraph.rects(alef.span);
    assert_eq!(rects.len(), 1, "it has a place all the same");
    for step in 0..4000_u16 {
        let hit = paragraph.hit(f32::from(step) / 10.0, 10.0);
        assert!([0, 2, 4, 6, 8].contains(&hit.at));
    }
    let hit = paragraph.cluster_under(alef.left_px + 0.5, 10.0).unwrap();
    assert_ne!(hit.span, alef.span);
    let amiri = Engine::new().paragraph(text, &TextStyle { face: Face::Amiri, ..NASKH_22 }, Base::Rtl, None);
    assert!(amiri.cluster_at(4).unwrap().width_px() > 1.0, "Amiri has two advances");
}

#[test]
fn a_non_joiner_separates_letters() {
    let mut engine = Engine::new();
    let joined = engine.paragraph(text("meem_yeh_khah"), &NASKH_22, Base::Rtl, None);
    let apart = engine.paragraph("\u{645}\u{6cc}\u{200c}\u{62e}", &NASKH_22, Base::Rtl, None);
    let forms = |paragraph: &Paragraph| paragraph.glyphs(0).iter().map(|glyph| glyph.glyph).collect::<Vec<_>>();
    assert_ne!(forms(&joined), forms(&apart));
    let mark = apart.invisible_marks()[0];
    assert_eq!((mark.at, mark.kind, mark.character), (4, MarkKind::NonJoiner, '\u{200c}'));
}

#[test]
fn what_can_turn_the_order_around_is_always_shown() {
    let text = "a\u{202e}b\u{202c}\u{2067}c\u{2069}\u{200f}\u{a0}\u{640}";
    let paragraph = paragraph(text, Base::Ltr, 400.0);
    let marks = paragraph.invisible_marks();
    let shown = |mark: &&hashiya::layout::InvisibleMark| mark.kind.is_always_shown();
    assert_eq!(marks.len(), 7);
    assert_eq!(marks.iter().filter(shown).count(), 4);
    assert!(marks.iter().all(|mark| mark.x_px.is_finite() && mark.line == 0));
}

#[test]
fn empty_and_blank_paragraphs_have_one_line() {
    for text in ["", "\u{a0}", " ", "\u{200f}"] {
        let paragraph = paragraph(text, Base::Rtl, 400.0);
        assert_eq!(paragraph.lines().len(), 1, "{text:?}");
        assert_eq!(paragraph.height_px(), 42.0);
    }
    assert_eq!(paragraph("a\n\nb\n", Base::Ltr, 400.0).lines().len(), 4);
}

#[test]
fn spaces_at_the_end_of_a_line_hang_and_are_clamped_for_highlights() {
    let text = format!("\u{643}\u{644}{}\u{645}\u{629}", " ".repeat(60));
    let paragraph = paragraph(&text, Base::Rtl, 100.0);
    let line = paragraph.lines()[0];
    assert!(line.left_px > 0.0);
    let all = Span::new(0, text.len());
    assert!(paragraph.rects_with_hanging_spaces(all)[0].left_px < 0.0);
    assert_eq!(paragraph.rects(all)[0].left_px, 0.0);
}

#[test]
fn a_label_is_cut_at_its_logical_end() {
    let mut engine = Engine::new();
    let style = TextStyle::new(Face::Sans, 13.0, 20.0);
    let title = text("title");
    let line = engine.line(title, &style, Base::Auto, 160.0, Elide::End);
    let drawn = line.paragraph.text();
    let kept = drawn.strip_suffix('\u{2026}').unwrap();
    assert!(title.starts_with(kept) && !kept.is_empty());
    assert_eq!(line.cut, Some(Span::new(kept.len(), title.len())));
    // Right to left: the ellipsis is leftmost.
    let leftmost = line.paragraph.line_clusters_visual(0).next().unwrap();
    assert_eq!(leftmost.span.slice(drawn), Some("\u{2026}"));
    let path = "/home/user/project/articles/2018/news.txt";
    let line = engine.line(path, &style, Base::Ltr, 120.0, Elide::Start);
    assert!(
        line.paragraph.text().starts_with('\u{2026}')
            && path.ends_with(line.paragraph.text().trim_start_matches('\u{2026}'))
    );
    assert!(engine.line("short", &style, Base::Auto, 160.0, Elide::End).cut.is_none());
}

#[test]
fn nastaliq_urdu_uses_its_own_face() {
    let style = TextStyle::new(Face::Nastaliq, 22.0, 60.0);
    let urdu = Engine::new().paragraph(text("urdu"), &style, Base::Auto, Some(400.0));
    let fonts: Vec<_> = urdu.glyphs(0).iter().filter(|glyph| glyph.glyph == 0).collect();
    assert!(fonts.is_empty(), "every letter has a glyph");
    assert_eq!(urdu.lines()[0].height_px, 60.0);
}

#[test]
fn no_letter_of_the_five_languages_is_missing() {
    let mut engine = Engine::new();
    for face in Face::ALL {
        for bold in [false, true] {
            let style = TextStyle { bold, ..TextStyle::new(face, 22.0, 42.0) };
            let latin =
                "Hello, World! \u{201c}quoted\u{201d} \u{2013} \u{2026} \u{e9}\u{fc}\u{df} \u{6cc}\u{200c}\u{62e}";
            for text in texts("every_letter").map(|(text, _)| text).chain([latin]) {
                let paragraph = engine.paragraph(text, &style, Base::Auto, None);
                assert!(paragraph.glyphs(0).iter().all(|glyph| glyph.glyph != 0), "{face:?} bold {bold}: {text}");
            }
        }
    }
}
