//! Text to lines, glyphs and rectangles; knows no annotation and no window.
//!
//! All lengths are `f32` in *physical* pixels and their names end in `_px`; all offsets are UTF-8 bytes.
//!
//! | who | does |
//! |---|---|
//! | parley | font fallback, shaping, kerning, ligatures, places where a line may end |
//! | unicode-bidi | the visual order of every painted line (UAX #9 with rule L1) |
//! | the cluster table (`clusters`) | rectangles, hits, carets and arrow keys |
//! | swash (`raster`) | glyph outlines to coverage |
//!
//! One [`Engine`] per thread makes [`Paragraph`]s; a [`Document`] holds a whole article and lays out what is visible;
//! a [`TextEditor`] is the model of a text field.

mod caret;
mod clusters;
mod coverage;
mod editor;
mod elide;
mod engine;
mod fonts;
mod hit;
mod marks;
mod motion;
mod order;
mod paragraph;
mod pieces;
mod raster;
mod rects;
mod style;
mod viewport;

pub use caret::{Affinity, CaretShape, SplitCaret, TextPosition};
pub use clusters::{Cluster, Line};
pub use coverage::{covered_letters, missing_letters};
pub use editor::{EditorLayout, TextEditor};
pub use elide::{Elide, ElidedLine};
pub use engine::Engine;
pub use fonts::{FontError, FontFile, FontId, font_file};
pub use marks::{InvisibleMark, MarkKind};
pub use motion::{Motion, WordMotion};
pub use order::{LineOrder, order_line};
pub use paragraph::{Glyph, Paragraph};
pub use raster::{GlyphContent, GlyphImage, Rasteriser};
pub use rects::LineRect;
pub use style::{Base, Face, TextStyle};
pub use viewport::{
    ArticleStyle, Document, DocumentCaret, DocumentRect, MeasureJob, Measured, ParagraphRole, ParagraphSpec,
    VisibleParagraph, measure,
};
