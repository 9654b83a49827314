//! A whole article in a scrolled column: only what is visible is laid out.
//!
//! Heights are estimated from letter counts and become exact as paragraphs are laid out or measured in the
//! background. The scroll place is kept as (paragraph, distance below its top), so nothing on screen moves when an
//! estimate above or below it changes. All `y` of this module's answers count from the top of the viewport.

mod heights;
mod measure;
mod scroll;
mod walk;

pub use measure::{MeasureJob, Measured, measure};
pub use walk::{DocumentCaret, DocumentRect};

use super::engine::Engine;
use super::paragraph::Paragraph;
use super::pieces::{MAX_PIECE_BYTES, pieces};
use super::style::{Base, Face, TextStyle};
use crate::text::Span;
use heights::Heights;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a paragraph is in its article; decides size and weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphRole {
    /// Title: larger and bold.
    Title,
    /// Running text.
    #[default]
    Body,
    /// A region that is left out: smaller.
    Excluded,
    /// An empty line between paragraphs: a gap.
    Blank,
}

/// A paragraph of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParagraphSpec {
    /// Bytes of the article, without the separator.
    pub span: Span,
    /// What it is.
    pub role: ParagraphRole,
    /// An override of its direction; `Auto` follows the article's style.
    pub base: Base,
}

/// How an article is set. Lengths in physical pixels, zoom and density already multiplied in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArticleStyle {
    /// Family of the letters.
    pub face: Face,
    /// Size of running text; titles are 28/22 of it, excluded regions 16/22.
    pub size_px: f32,
    /// Factor on the distance between lines; 1 is 42 px for 22 px letters.
    pub line_spacing: f32,
    /// Free room between two paragraphs.
    pub gap_px: f32,
    /// An override of the direction of the whole article; `Auto` lets every paragraph follow its first strong letter,
    /// and one without any the first strong letter of the article.
    pub base: Base,
}

impl ArticleStyle {
    /// The measures of the design for one face and size of running text.
    #[must_use]
    pub const fn new(face: Face, size_px: f32) -> Self {
        Self { face, size_px, line_spacing: 1.0, gap_px: 0.0, base: Base::Auto }
    }

    /// Style of a paragraph. Text in which many letters carry marks gets taller lines, Nastaliq taller ones still.
    #[must_use]
    pub fn text_style(&self, role: ParagraphRole, vocalised: bool) -> TextStyle {
        let unit = self.size_px / 22.0;
        let (size, line) = match role {
            ParagraphRole::Title => (28.0, 50.0),
            ParagraphRole::Body => (22.0, 42.0),
            ParagraphRole::Excluded => (16.0, 30.0),
            ParagraphRole::Blank => (9.0, 11.0),
        };
        let factor = match self.face {
            _ if role == ParagraphRole::Blank => 1.0,
            Face::Nastaliq => 60.0 / 42.0,
            _ if vocalised => 50.0 / 42.0,
            _ => 1.0,
        };
        let line_height_px = (line * factor * unit * self.line_spacing).round();
        TextStyle { face: self.face, bold: role == ParagraphRole::Title, size_px: size * unit, line_height_px }
    }
}

/// A paragraph that is seen in the viewport.
#[derive(Clone, Debug)]
pub struct VisibleParagraph {
    /// Number of the laid out stretch; ascending, but not the number of the spec when a very long paragraph was cut.
    pub index: usize,
    /// Number of its [`ParagraphSpec`].
    pub spec: usize,
    /// Bytes of the article.
    pub span: Span,
    /// Top edge, from the top of the viewport; negative when it begins above.
    pub top_px: f32,
    /// Lines, glyphs and table; its bytes count from `span.start()`.
    pub paragraph: Arc<Paragraph>,
}

/// One stretch that is laid out on its own: a paragraph, or a part of one that is too long.
#[derive(Clone, Copy, Debug)]
struct Entry {
    span: Span,
    spec: usize,
    role: ParagraphRole,
    rtl: bool,
    vocalised: bool,
    letters: u32,
    /// Whether its height in the sums is measured.
    exact: bool,
    /// Whether free room follows: not where a long paragraph was cut.
    gap: bool,
}

#[derive(Debug)]
struct Cached {
    paragraph: Arc<Paragraph>,
    used: u64,
}

/// An article laid out on demand.
#[derive(Debug)]
pub struct Document {
    text: Arc<str>,
    specs: Vec<ParagraphSpec>,
    style: ArticleStyle,
    width_px: f32,
    entries: Vec<Entry>,
    heights: Heights,
    cache: BTreeMap<usize, Cached>,
    clock: u64,
    /// Entry at the top of the viewport and how far its top lies above it.
    anchor: (usize, f32),
    /// A byte that must come back to this distance from the top of the viewport at the next layout.
    pending: Option<(usize, f32)>,
    viewport_height_px: f32,
    generation: u64,
    next_to_measure: usize,
}

impl Document {
    /// An article of these paragraphs (ascending, as `text::paragraphs` gives them) in a column of that width.
    #[must_use]
    pub fn new(text: Arc<str>, specs: Vec<ParagraphSpec>, style: ArticleStyle, width_px: f32) -> Self {
        let mut document = Self {
            text,
            specs: Vec::new(),
            style,
            width_px: width_px.max(1.0),
            entries: Vec::new(),
            heights: Heights::default(),
            cache: BTreeMap::new(),
            clock: 0,
            anchor: (0, 0.0),
            pending: None,
            viewport_height_px: 0.0,
            generation: 0,
            next_to_measure: 0,
        };
        document.rebuild(specs);
        document
    }

    /// The text of the article.
    #[must_use]
    pub const fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The paragraphs that it was given.
    #[must_use]
    pub fn specs(&self) -> &[ParagraphSpec] {
        &self.specs
    }

    /// How the article is set.
    #[must_use]
    pub const fn style(&self) -> &ArticleStyle {
        &self.style
    }

    /// Width of the column.
    #[must_use]
    pub const fn width_px(&self) -> f32 {
        self.width_px
    }

    /// Replaces the paragraphs, as after a region was switched or a direction overridden. The text at the top stays.
    pub fn set_specs(&mut self, specs: Vec<ParagraphSpec>) {
        if specs != self.specs {
            self.keep_top();
            self.rebuild(specs);
        }
    }

    /// Sets another style. The text at the top stays.
    pub fn set_style(&mut self, style: ArticleStyle) {
        if style == self.style {
            return;
        }
        self.keep_top();
        self.style = style;
        let specs = std::mem::take(&mut self.specs);
        self.rebuild(specs);
    }

    /// Sets another width: what is in memory is broken anew at once, all other heights are estimated again.
    pub fn set_width(&mut self, width_px: f32) {
        let width_px = width_px.max(1.0);
        if (width_px - self.width_px).abs() < 0.01 {
            return;
        }
        self.keep_top();
        self.width_px = width_px;
        self.generation += 1;
        for cached in self.cache.values_mut() {
            Arc::make_mut(&mut cached.paragraph).rebreak(Some(width_px));
        }
        self.estimate_all();
        let exact: Vec<_> = self.cache.iter().map(|(idx, cached)| (*idx, cached.paragraph.height_px())).collect();
        for (idx, height_px) in exact {
            self.set_exact(idx, height_px);
        }
    }

    /// Forgets what was laid out, as after a font was added.
    pub fn invalidate(&mut self) {
        self.keep_top();
        let specs = std::mem::take(&mut self.specs);
        self.rebuild(specs);
    }

    /// Number of stretches that are laid out one by one; `VisibleParagraph::index` counts them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the article has no paragraph at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes of the article that stretch `index` holds.
    #[must_use]
    pub fn span(&self, index: usize) -> Span {
        self.entries.get(index).map_or(Span::new(0, 0), |entry| entry.span)
    }

    /// Whether stretch `index` runs right to left.
    #[must_use]
    pub fn is_rtl(&self, index: usize) -> bool {
        self.entries.get(index).is_some_and(|entry| entry.rtl)
    }

    /// The stretch that holds byte `at`; a byte of a separator belongs to the stretch before it.
    #[must_use]
    pub fn index_of(&self, at: usize) -> usize {
        self.entries.partition_point(|entry| entry.span.start() <= at).saturating_sub(1)
    }

    /// A stretch laid out, from memory if it is there. None if there is no such stretch.
    pub fn paragraph(&mut self, engine: &mut Engine, index: usize) -> Option<Arc<Paragraph>> {
        let entry = *self.entries.get(index)?;
        self.clock += 1;
        let clock = self.clock;
        if let Some(cached) = self.cache.get_mut(&index) {
            cached.used = clock;
            return Some(Arc::clone(&cached.paragraph));
        }
        let style = self.style.text_style(entry.role, entry.vocalised);
        let text = entry.span.slice(&self.text).unwrap_or_default();
        let paragraph = Arc::new(engine.paragraph(text, &style, Base::from_rtl(entry.rtl), Some(self.width_px)));
        self.cache.insert(index, Cached { paragraph: Arc::clone(&paragraph), used: clock });
        self.set_exact(index, paragraph.height_px());
        self.forget_old(index);
        Some(paragraph)
    }

    /// Keeps about three viewports in memory, those used last, and always the one just asked for.
    fn forget_old(&mut self, keep: usize) {
        let limit_px = 3.0 * self.viewport_height_px.max(1500.0);
        let mut held_px: f32 = self.cache.values().map(|cached| cached.paragraph.height_px()).sum();
        while held_px > limit_px {
            let oldest = self.cache.iter().filter(|(idx, _)| **idx != keep).min_by_key(|(_, cached)| cached.used);
            let Some(oldest) = oldest.map(|(idx, _)| *idx) else { return };
            if let Some(cached) = self.cache.remove(&oldest) {
                held_px -= cached.paragraph.height_px();
            }
        }
    }

    fn rebuild(&mut self, specs: Vec<ParagraphSpec>) {
        self.generation += 1;
        self.cache.clear();
        self.entries.clear();
        let article_rtl = self.style.base.resolve_rtl(first_strong_stretch(&self.text));
        for (spec_idx, spec) in specs.iter().enumerate() {
            let spec_text = spec.span.slice(&self.text).unwrap_or_default();
            let base = if spec.base == Base::Auto { self.style.base } else { spec.base };
            let rtl = match base {
                Base::Auto => match unicode_bidi::get_base_direction(spec_text) {
                    unicode_bidi::Direction::Rtl => true,
                    unicode_bidi::Direction::Ltr => false,
                    unicode_bidi::Direction::Mixed => article_rtl,
                },
                base => base.resolve_rtl(spec_text),
            };
            let stretches = if spec.span.len() <= MAX_PIECE_BYTES {
                vec![spec.span]
            } else {
                let cuts = pieces(spec_text, Base::from_rtl(rtl));
                cuts.iter().map(|cut| cut.text.hull(cut.separator).offset_by(spec.span.start())).collect()
            };
            let last = stretches.len() - 1;
            for (idx, span) in stretches.into_iter().enumerate() {
                let (letters, vocalised) = count_letters(span.slice(&self.text).unwrap_or_default());
                let (role, gap) = (spec.role, idx == last);
                self.entries.push(Entry { span, spec: spec_idx, role, rtl, vocalised, letters, exact: false, gap });
            }
        }
        self.specs = specs;
        self.estimate_all();
    }

    fn estimate_all(&mut self) {
        self.next_to_measure = 0;
        let (style, width_px) = (self.style, self.width_px);
        let estimates = self.entries.iter_mut().map(|entry| {
            entry.exact = false;
            f64::from(estimated_height_px(entry, &style, width_px) + if entry.gap { style.gap_px } else { 0.0 })
        });
        self.heights = Heights::new(estimates.collect());
    }

    fn set_exact(&mut self, index: usize, height_px: f32) {
        if let Some(entry) = self.entries.get_mut(index) {
            entry.exact = true;
            let gap_px = if entry.gap { self.style.gap_px } else { 0.0 };
            self.heights.set(index, f64::from(height_px + gap_px));
        }
    }
}

/// Mean advance of a letter per pixel of size, over news text in Arabic and Latin letters (spaces and marks counted).
const MEAN_ADVANCE: f32 = 0.44;

fn estimated_height_px(entry: &Entry, style: &ArticleStyle, width_px: f32) -> f32 {
    let text_style = style.text_style(entry.role, entry.vocalised);
    let length_px = entry.letters as f32 * text_style.size_px * MEAN_ADVANCE;
    let lines = (length_px / width_px).ceil().max(1.0);
    lines * text_style.line_height_px
}

/// Letters with an advance, and whether more than a twentieth of them carry marks (tashkeel, superscript alef).
fn count_letters(text: &str) -> (u32, bool) {
    let mut letters = 0_u32;
    let mut marks = 0_u32;
    let mut lead = 0_u8;
    // Counted over bytes: this runs over the whole of an article of any size before its first frame.
    for byte in text.bytes() {
        letters += u32::from(byte & 0xc0 != 0x80);
        marks += u32::from((lead == 0xd9 && matches!(byte, 0x8b..=0x95 | 0xb0)) || (lead == 0xd6 && byte >= 0xb0));
        lead = byte;
    }
    let letters = letters - marks.min(letters);
    (letters, marks * 20 > letters)
}

/// As much of the article's start as decides the direction of its neutral paragraphs.
fn first_strong_stretch(text: &str) -> &str {
    let strong = text.char_indices().find(|(_, c)| {
        use unicode_bidi::BidiClass as Class;
        matches!(unicode_bidi::bidi_class(*c), Class::L | Class::R | Class::AL)
    });
    strong.and_then(|(at, c)| text.get(at..at + c.len_utf8())).unwrap_or_default()
}
