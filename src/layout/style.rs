//! What a paragraph looks like: face, size, weight, line height, base direction.

/// A family of letters with its chain of fallbacks; every chain ends with all other bundled fonts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Noto Naskh Arabic, Latin from Noto Sans at the same size: article text.
    #[default]
    Naskh,
    /// Amiri, a bookish Naskh with its own Latin.
    Amiri,
    /// Noto Nastaliq Urdu; has no bold. Needs taller lines.
    Nastaliq,
    /// Noto Sans, Noto Sans Arabic, Noto Sans Hebrew: the interface.
    Sans,
}

impl Face {
    /// All faces, in the order in which a menu offers them.
    pub const ALL: [Self; 4] = [Self::Naskh, Self::Amiri, Self::Nastaliq, Self::Sans];

    /// The name used on the command line and in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Naskh => "naskh",
            Self::Amiri => "amiri",
            Self::Nastaliq => "nastaliq",
            Self::Sans => "sans",
        }
    }

    /// The face of that name, in any letter case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|face| face.name().eq_ignore_ascii_case(name))
    }
}

/// Face, weight, size and line height of a paragraph, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The family of letters.
    pub face: Face,
    /// Real bold files, never thickened outlines. Nastaliq stays regular.
    pub bold: bool,
    /// Size of the letters (em), physical px.
    pub size_px: f32,
    /// Distance between two lines, physical px; the same for every line, whatever fonts it needs.
    pub line_height_px: f32,
}

impl TextStyle {
    /// Regular weight.
    #[must_use]
    pub const fn new(face: Face, size_px: f32, line_height_px: f32) -> Self {
        Self { face, bold: false, size_px, line_height_px }
    }

    /// The same in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with another size; the line height grows with it.
    #[must_use]
    pub fn scaled(self, factor: f32) -> Self {
        Self { size_px: self.size_px * factor, line_height_px: self.line_height_px * factor, ..self }
    }

    /// The same with lengths that can be laid out: finite, positive, at most 2,000 px.
    pub(super) fn sane(self) -> Self {
        Self {
            size_px: sane_length(self.size_px, 16.0),
            line_height_px: sane_length(self.line_height_px, 24.0),
            ..self
        }
    }
}

fn sane_length(length_px: f32, otherwise_px: f32) -> f32 {
    if length_px.is_finite() && length_px > 0.0 { length_px.clamp(1.0, 2000.0) } else { otherwise_px }
}

/// Base direction of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// By the first strong character (UAX #9, P2 and P3); left to right if there is none.
    #[default]
    Auto,
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

impl Base {
    /// `Rtl` or `Ltr`.
    #[must_use]
    pub const fn from_rtl(rtl: bool) -> Self {
        if rtl { Self::Rtl } else { Self::Ltr }
    }

    /// Whether a paragraph of this text runs right to left.
    #[must_use]
    pub fn resolve_rtl(self, text: &str) -> bool {
        match self {
            Self::Rtl => true,
            Self::Ltr => false,
            Self::Auto => matches!(unicode_bidi::get_base_direction(text), unicode_bidi::Direction::Rtl),
        }
    }
}
