//! What the reader keeps between frames.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::frame::{Frame, band_rect};
use super::heights::Heights;
use super::ladder::LadderPopup;
use super::marks::{ArticleMarks, excluded_spans};
use super::mouse::Drag;
use super::selection::{Selection, WordPick};
use super::tag_text::TagTexts;
use super::walk::FocusStack;
use crate::gui::ctx::ViewState;
use crate::layout::{ArticleStyle, Base, Document, Engine, ParagraphRole, ParagraphSpec, TextPosition};
use crate::model::{AnnotatorId, Article, ArticleId, Direction, MentionId, RegionKind};
use crate::session::{ReaderPlace, Session};
use crate::text::{Span, SpanSet, paragraphs};

/// Free room between paragraphs of a text without blank lines, and height of a blank line, at 22 px.
const PARAGRAPH_GAP: f32 = 11.0;

/// The reader's own state: everything that is not stored in the project.
#[derive(Debug, Default)]
pub struct ReaderState {
    pub(super) loaded: Option<Loaded>,
    pub(super) selection: Selection,
    pub(super) stack: FocusStack,
    pub(super) ladder: Option<LadderPopup>,
    /// Whether the mention in focus stays in focus while the caret moves, to get further pieces.
    pub(super) fragment: bool,
    /// The x that Up and Down keep.
    pub(super) goal_px: Option<f32>,
    pub(super) drag: Option<Drag>,
    pub(super) flash: Option<Flash>,
    pub(super) tags: TagTexts,
    pub(super) heights: Heights,
    /// Whether lanes are thin, because there are many.
    pub(super) dense: bool,
    /// When the caret last moved, for blinking.
    pub(super) caret_moved_s: f64,
    /// Whether the caret must be brought into view in the next frame.
    pub(super) follow_caret: bool,
    /// Spans of a mention while a handle is dragged.
    pub(super) preview: Option<SpanSet>,
    /// The word of the last double-click: a second one selects the part under the pointer.
    pub(super) double_clicked: Option<Span>,
    /// Height of the page at the last frame, physical px.
    pub(super) page_height_px: f32,
    /// What a label key would take at a caret, for a byte and a revision.
    pub(super) hint: Option<(usize, u64, Option<Span>)>,
    /// What the last frame showed.
    pub(super) shown: Option<Frame>,
    /// The revision at which something was asked for that uses the selection up.
    clear_after: Option<u64>,
    places: BTreeMap<ArticleId, KeptPlace>,
    /// Of these, the ones of an earlier day as they were read.
    recalled: BTreeMap<ArticleId, KeptPlace>,
    /// Width of the column and size of the letters in the last frame.
    measure_px: (f32, f32),
    failed: Option<(ArticleId, String)>,
}

/// The article that is shown.
#[derive(Debug)]
pub(super) struct Loaded {
    pub id: ArticleId,
    pub article: Arc<Article>,
    pub document: Document,
    pub marks: ArticleMarks,
    /// The own marks with somebody else's laid under them, and whose.
    pub beside: Option<(AnnotatorId, ArticleMarks)>,
    pub excluded: Vec<Span>,
    revision: u64,
}

/// A fill that flashes after a jump.
#[derive(Clone, Debug)]
pub(super) struct Flash {
    pub span: Span,
    pub until_s: f64,
}

/// Where an article was left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct KeptPlace {
    scroll_top_px: f64,
    caret: TextPosition,
    /// Width of the column and size of the letters at which `scroll_top_px` was measured.
    width_px: f32,
    size_px: f32,
}

impl ReaderState {
    /// Where the caret stands, a byte of the article.
    #[must_use]
    pub fn caret(&self) -> TextPosition {
        self.selection.caret
    }

    /// Where the articles that were opened in this window were left, the open one last.
    #[must_use]
    pub fn places(&self) -> Vec<ReaderPlace> {
        let kept = |(article, place): (&ArticleId, &KeptPlace)| ReaderPlace {
            article: article.clone(),
            caret: place.caret.at,
            top: place.scroll_top_px,
            width: place.width_px,
            size: place.size_px,
        };
        let left = self.places.iter().filter(|(article, place)| self.is_new(article, place)).map(kept);
        let now = self.loaded.as_ref().map(|loaded| (loaded.id.clone(), self.kept_place(loaded)));
        left.chain(now.as_ref().map(|(article, place)| kept((article, place)))).collect()
    }

    /// Takes over places of an earlier day.
    pub fn set_places(&mut self, places: &[ReaderPlace]) {
        for place in places {
            let kept = KeptPlace {
                scroll_top_px: place.top,
                caret: TextPosition::downstream(place.caret),
                width_px: place.width,
                size_px: place.size,
            };
            self.places.insert(place.article.clone(), kept);
            self.recalled.insert(place.article.clone(), kept);
        }
    }

    fn is_new(&self, article: &ArticleId, place: &KeptPlace) -> bool {
        self.recalled.get(article) != Some(place)
    }

    fn kept_place(&self, loaded: &Loaded) -> KeptPlace {
        let (width_px, size_px) = self.measure_px;
        KeptPlace { scroll_top_px: loaded.document.scroll_top_px(), caret: self.selection.caret, width_px, size_px }
    }

    /// The text that a label would be given now, if any is selected.
    #[must_use]
    pub fn selected(&self) -> Option<SpanSet> {
        let loaded = self.loaded.as_ref()?;
        self.selection.pieces(&loaded.article.text)
    }

    /// Where a span of the open article was painted in the last frame, logical px of the window, from top to bottom.
    #[must_use]
    pub fn rects_of(&self, span: Span) -> Vec<egui::Rect> {
        let Some(frame) = &self.shown else { return Vec::new() };
        let rects = frame.shown.iter().flat_map(|shown| {
            let page = frame.page;
            shown.rects(span).into_iter().map(move |rect| {
                let band = shown.band(rect.line, shown.anatomy.fill());
                band_rect(page, band, rect.left_px, rect.right_px) * (1.0 / page.pixels_per_point)
            })
        });
        rects.collect()
    }

    /// Whether the clitic ladder is open.
    #[must_use]
    pub fn ladder_is_open(&self) -> bool {
        self.ladder.is_some()
    }

    /// Why the open article cannot be shown, if so.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Lays the article out anew, now that the window has this font too.
    pub fn add_font(&mut self, bytes: &Arc<[u8]>) {
        self.heights.add_font(bytes);
        self.tags = TagTexts::default();
        if let Some(loaded) = &mut self.loaded {
            loaded.document.invalidate();
        }
    }

    /// The selection has been used up as soon as the project changes.
    pub(super) fn clear_selection_after(&mut self, revision: u64) {
        self.clear_after = Some(revision);
    }

    /// Follows what is open and what has changed. Call once at the start of a frame.
    pub(super) fn sync(&mut self, session: &Session, view: &ViewState, size_px: f32, width_px: f32) {
        if self.clear_after.is_some_and(|revision| revision != session.revision()) {
            self.clear_after = None;
            self.selection.clear();
        }
        let open = view.article.clone();
        if self.loaded.as_ref().map(|loaded| &loaded.id) != open.as_ref() {
            self.leave();
            if let Some(id) = open {
                self.enter(session, view, &id, size_px, width_px);
            }
        }
        self.measure_px = (width_px, size_px);
        let revision = session.revision();
        if let Some(loaded) = &mut self.loaded {
            loaded.follow(session, view, size_px, width_px);
            let gone = |id: &MentionId, spans: &SpanSet| {
                session.set(&loaded.id).mentions.get(id).is_none_or(|mention| &mention.spans != spans)
            };
            if self.ladder.as_ref().is_some_and(|ladder| gone(&ladder.mention, &ladder.stored)) {
                self.ladder = None;
            }
        }
        debug_assert!(self.loaded.as_ref().is_none_or(|loaded| loaded.revision == revision));
    }

    fn leave(&mut self) {
        if let Some(loaded) = self.loaded.take() {
            let place = self.kept_place(&loaded);
            self.places.insert(loaded.id, place);
        }
        self.selection = Selection::default();
        self.stack = FocusStack::default();
        self.ladder = None;
        self.fragment = false;
        self.goal_px = None;
        self.drag = None;
        self.preview = None;
        self.double_clicked = None;
        self.heights.stop();
        self.shown = None;
        self.hint = None;
        self.flash = None;
        self.failed = None;
    }

    fn enter(&mut self, session: &Session, view: &ViewState, id: &ArticleId, size_px: f32, width_px: f32) {
        match session.article(id) {
            Ok(article) => {
                let mut loaded = Loaded::new(session, view, id, article, size_px, width_px);
                if let Some(place) = self.places.get(id) {
                    // A place of another day may be of a text that was imported anew.
                    let caret = place.caret.at.min(loaded.article.text.len());
                    if loaded.article.text.is_char_boundary(caret) {
                        self.selection.caret = TextPosition { at: caret, ..place.caret };
                    }
                    if place.width_px == width_px && place.size_px == size_px {
                        loaded.document.scroll_to(place.scroll_top_px);
                    } else {
                        self.follow_caret = true;
                    }
                }
                self.loaded = Some(loaded);
            }
            Err(error) => {
                if self.failed.as_ref().is_none_or(|(failed, _)| failed != id) {
                    self.failed = Some((id.clone(), error.to_string()));
                }
            }
        }
    }

    /// Selects the word at a byte with the ladder that its edges have.
    pub(super) fn pick_word(&mut self, session: &Session, word: Span) {
        let Some(loaded) = &self.loaded else { return };
        match session.ladder(&loaded.id, word) {
            Ok(ladder) => self.selection.pick(WordPick::new(word, ladder)),
            Err(_) => self.selection.select(word),
        }
    }

    /// Scrolls so that a span stands a third below the top, unless it is in view; flashes it once.
    pub(super) fn jump(&mut self, engine: &mut Engine, span: Span, now_s: f64) {
        let height_px = self.page_height_px;
        let Some(loaded) = &mut self.loaded else { return };
        let document = &mut loaded.document;
        let Some(caret) = document.caret(engine, TextPosition::downstream(span.start())) else { return };
        let line_px = caret.shape.height_px;
        if caret.top_px < 0.0 || caret.top_px + line_px > height_px {
            let top_px = document.top_of(engine, span.start());
            document.scroll_to(top_px - f64::from(height_px) / 3.0);
            self.flash = Some(Flash { span, until_s: now_s + 0.12 });
        }
    }
}

impl Loaded {
    fn new(
        session: &Session,
        view: &ViewState,
        id: &ArticleId,
        article: Arc<Article>,
        size_px: f32,
        width_px: f32,
    ) -> Self {
        let excluded = excluded_spans(&article.facts.regions);
        let specs = specs_of(session, id, &article);
        let style = style_of(view, &article, &specs, size_px);
        let document = Document::new(Arc::clone(&article.text), specs, style, width_px);
        let marks = ArticleMarks::new(session.set(id), session.scheme(), &excluded);
        let beside = beside(session, view, id, &marks, &excluded);
        Self { id: id.clone(), article, document, marks, beside, excluded, revision: session.revision() }
    }

    /// Takes over what has changed in the project, the settings and the window.
    fn follow(&mut self, session: &Session, view: &ViewState, size_px: f32, width_px: f32) {
        if self.revision != session.revision() {
            self.revision = session.revision();
            if let Ok(article) = session.article(&self.id) {
                self.article = article;
            }
            self.excluded = excluded_spans(&self.article.facts.regions);
            self.document.set_specs(specs_of(session, &self.id, &self.article));
            self.marks = ArticleMarks::new(session.set(&self.id), session.scheme(), &self.excluded);
            self.beside = beside(session, view, &self.id, &self.marks, &self.excluded);
        } else if self.beside.as_ref().map(|(who, _)| who) != view.beside.as_ref() {
            self.beside = beside(session, view, &self.id, &self.marks, &self.excluded);
        }
        let style = style_of(view, &self.article, self.document.specs(), size_px);
        self.document.set_style(style);
        self.document.set_width(width_px);
    }

    /// What is drawn: the own marks, with somebody else's where they are laid beside.
    pub fn drawn(&self) -> &ArticleMarks {
        self.beside.as_ref().map_or(&self.marks, |(_, both)| both)
    }

    /// About how many words a part of the article has: pieces between white space.
    pub fn words_in_view(&self, span: Span) -> usize {
        span.slice(&self.article.text).map_or(0, |text| text.split_whitespace().count())
    }
}

/// The marks with those of the annotator whose set is laid beside, if one is.
fn beside(
    session: &Session,
    view: &ViewState,
    article: &ArticleId,
    own: &ArticleMarks,
    excluded: &[Span],
) -> Option<(AnnotatorId, ArticleMarks)> {
    let who = view.beside.clone()?;
    let both = own.beside(session.set_of(&who, article), who.as_str(), session.scheme(), excluded);
    Some((who, both))
}

fn base_of(direction: Direction) -> Base {
    match direction {
        Direction::Auto => Base::Auto,
        Direction::Rtl => Base::Rtl,
        Direction::Ltr => Base::Ltr,
    }
}

fn specs_of(session: &Session, id: &ArticleId, article: &Article) -> Vec<ParagraphSpec> {
    let directions = session.paragraph_directions(id);
    let regions = &article.facts.regions;
    let role_of = |span: Span| {
        if span.is_empty() {
            return ParagraphRole::Blank;
        }
        match regions.iter().find(|region| region.span.encloses(span)) {
            Some(region) if !region.include => ParagraphRole::Excluded,
            Some(region) if region.kind == RegionKind::Title => ParagraphRole::Title,
            _ => ParagraphRole::Body,
        }
    };
    paragraphs(&article.text)
        .into_iter()
        .map(|span| ParagraphSpec {
            span,
            role: role_of(span),
            base: directions.get(&span.start()).map_or(Base::Auto, |direction| base_of(*direction)),
        })
        .collect()
}

fn style_of(view: &ViewState, article: &Article, specs: &[ParagraphSpec], size_px: f32) -> ArticleStyle {
    let settings = &view.settings;
    let mut style = ArticleStyle::new(settings.face.face(), size_px);
    style.line_spacing = settings.line_spacing;
    style.base = base_of(article.facts.direction);
    // The empty line behind a final line end separates nothing.
    let before_last = specs.split_last().map_or(specs, |(_, rest)| rest);
    let has_blank_lines = before_last.iter().any(|spec| spec.role == ParagraphRole::Blank);
    style.gap_px = if has_blank_lines { 0.0 } else { (PARAGRAPH_GAP * size_px / 22.0).round() };
    style
}
