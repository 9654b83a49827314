//! Characters that are not seen, and where they stand, so that a painter can show them.

use super::paragraph::Paragraph;

/// What a character that is not seen does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// U+200C, keeps two letters apart.
    NonJoiner,
    /// U+200D, joins.
    Joiner,
    /// U+200E, U+200F, U+061C: a direction without a letter.
    DirectionMark,
    /// U+0640, the stretched joining line.
    Tatweel,
    /// U+00A0 and other spaces that do not break.
    NoBreakSpace,
    /// U+2066 to U+2069: text set apart from the order around it.
    Isolate,
    /// U+202A, U+202B and their end U+202C: text embedded with a direction.
    Embedding,
    /// U+202D, U+202E: text forced into a direction, against what its letters say.
    Override,
    /// Any other control or format character.
    Other,
}

impl MarkKind {
    /// Whether it must be drawn even when invisible marks are switched off: it can turn the reading order around, and
    /// evidence must never be reordered in secret.
    #[must_use]
    pub fn is_always_shown(self) -> bool {
        matches!(self, Self::Isolate | Self::Embedding | Self::Override)
    }

    /// What the character is, if it is one of those.
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            '\u{200c}' => Self::NonJoiner,
            '\u{200d}' => Self::Joiner,
            '\u{200e}' | '\u{200f}' | '\u{61c}' => Self::DirectionMark,
            '\u{640}' => Self::Tatweel,
            '\u{a0}' | '\u{2007}' | '\u{202f}' => Self::NoBreakSpace,
            '\u{2066}'..='\u{2069}' => Self::Isolate,
            '\u{202a}'..='\u{202c}' => Self::Embedding,
            '\u{202d}' | '\u{202e}' => Self::Override,
            '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Self::Other,
            '\t' => Self::Other,
            c if c.is_control() && !super::pieces::is_separator(c) => Self::Other,
            _ => return None,
        })
    }
}

/// An invisible character with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvisibleMark {
    /// First byte.
    pub at: usize,
    /// The character.
    pub character: char,
    /// What it does.
    pub kind: MarkKind,
    /// Number of its line.
    pub line: usize,
    /// Left edge of the grapheme that holds it.
    pub left_px: f32,
    /// Right edge; often equal to the left edge.
    pub right_px: f32,
    /// Where the character itself is read: the end edge of a letter that it follows within one grapheme.
    pub x_px: f32,
}

impl Paragraph {
    /// All invisible characters of the text in logical order.
    #[must_use]
    pub fn invisible_marks(&self) -> Vec<InvisibleMark> {
        let mut marks = Vec::new();
        if self.text.is_ascii() && !self.text.bytes().any(|byte| byte < b' ') {
            return marks;
        }
        for (at, character) in self.text.char_indices() {
            let Some(kind) = MarkKind::of(character) else { continue };
            let Some(cluster) = self.cluster_at(at) else { continue };
            let x_px = if at > cluster.span.start() { cluster.end_edge_px() } else { cluster.start_edge_px() };
            let (line, left_px, right_px) = (cluster.line, cluster.left_px, cluster.right_px);
            marks.push(InvisibleMark { at, character, kind, line, left_px, right_px, x_px });
        }
        marks
    }
}
