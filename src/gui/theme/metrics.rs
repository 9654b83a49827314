//! Sizes in logical pixels.

use crate::layout::Face;

/// Distances.
#[expect(missing_docs, reason = "a scale: names and values say all")]
pub mod space {
    pub const XXS: f32 = 2.0;
    pub const XS: f32 = 4.0;
    pub const S: f32 = 6.0;
    pub const M: f32 = 8.0;
    pub const L: f32 = 12.0;
    pub const XL: f32 = 14.0;
    pub const XXL: f32 = 16.0;
    pub const HUGE: f32 = 24.0;
    pub const GIANT: f32 = 32.0;
}

/// Corner radii.
#[expect(missing_docs, reason = "named after what has them")]
pub mod radius {
    pub const FILL: f32 = 3.0;
    pub const CAP: f32 = 4.0;
    pub const FIELD: f32 = 5.0;
    pub const BUTTON: f32 = 6.0;
    pub const POPUP: f32 = 8.0;
}

/// Line widths.
#[expect(missing_docs, reason = "named after what has them")]
pub mod stroke {
    pub const HAIR: f32 = 1.0;
    pub const CALM: f32 = 1.25;
    pub const LANE: f32 = 2.0;
    pub const RING: f32 = 2.0;
    pub const FOCUSED_LANE: f32 = 3.0;
    pub const ICON: f32 = 1.5;
}

/// Height of the top bar.
pub const TOP_BAR: f32 = 40.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 26.0;
/// Height of the article header.
pub const ARTICLE_HEADER: f32 = 44.0;
/// Height of the key strip.
pub const KEY_STRIP: f32 = 44.0;
/// Width of the rail that stands for a folded catalogue.
pub const RAIL: f32 = 44.0;
/// Height of a field and of most buttons.
pub const FIELD: f32 = 28.0;

/// What a piece of interface text is; decides face, weight and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextRole {
    /// Interface text, 13.
    Ui,
    /// Interface text, bold, 13.
    UiBold,
    /// Titles of lists, 14.
    List,
    /// Headings of choices, bold, 15.
    Heading,
    /// Subtitles, 15.
    Lead,
    /// Hints and second lines, 12.
    Hint,
    /// Headings of groups, bold, 12.
    HintBold,
    /// Key caps, bold, 11.
    KeyCap,
    /// Label tags, bold, 9.5.
    Tag,
    /// Label tags in panels, bold, 12.
    TagBig,
    /// Headline numbers and the name of the program, bold, 26.
    Headline,
    /// Quoted article text, 17.
    Quote,
    /// The quote in focus, 22.
    QuoteBig,
    /// Forms of the clitic ladder, bold, 18.
    Rung,
}

impl TextRole {
    /// Face, whether bold, size and line height in logical pixels. Arabic interface text needs two pixels more.
    #[must_use]
    pub fn style(self, arabic_interface: bool) -> (Face, bool, f32, f32) {
        let taller = if arabic_interface { 2.0 } else { 0.0 };
        match self {
            Self::Ui => (Face::Sans, false, 13.0, 20.0 + taller),
            Self::UiBold => (Face::Sans, true, 13.0, 20.0 + taller),
            Self::List => (Face::Sans, false, 14.0, 24.0),
            Self::Heading => (Face::Sans, true, 15.0, 24.0),
            Self::Lead => (Face::Sans, false, 15.0, 24.0),
            Self::Hint => (Face::Sans, false, 12.0, 18.0 + taller),
            Self::HintBold => (Face::Sans, true, 12.0, 18.0 + taller),
            Self::KeyCap => (Face::Sans, true, 11.0, 16.0),
            Self::Tag => (Face::Sans, true, 9.5, 12.0),
            Self::TagBig => (Face::Sans, true, 12.0, 18.0),
            Self::Headline => (Face::Sans, true, 28.0, 40.0),
            Self::Quote => (Face::Naskh, false, 17.0, 30.0),
            Self::QuoteBig => (Face::Naskh, false, 22.0, 36.0),
            Self::Rung => (Face::Naskh, false, 18.0, 30.0),
        }
    }
}
