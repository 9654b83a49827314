//! The unit that offsets of a file count in.

use std::fmt;

use crate::text::{CharOffset, OffsetMap, Utf16Offset};

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points, as Python strings do.
    #[default]
    Codepoint,
    /// UTF-8 bytes.
    Byte,
    /// UTF-16 code units, as JavaScript strings do.
    Utf16,
}

impl Unit {
    /// The unit called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "codepoint" => Some(Self::Codepoint),
            "byte" => Some(Self::Byte),
            "utf16" => Some(Self::Utf16),
            _ => None,
        }
    }

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Codepoint => "codepoint",
            Self::Byte => "byte",
            Self::Utf16 => "utf16",
        }
    }

    const fn plural(self) -> &'static str {
        match self {
            Self::Codepoint => "code points",
            Self::Byte => "bytes",
            Self::Utf16 => "UTF-16 units",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an offset is no place in a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OffsetError {
    /// It lies after the text.
    #[error("offset {at} lies after the text, which has {length} {unit}")]
    AfterText {
        /// As given.
        at: u64,
        /// Length of the text in the same unit.
        length: usize,
        /// The unit, as people say it.
        unit: &'static str,
    },
    /// It lies inside one character.
    #[error("offset {at} ({unit}) lies inside one character")]
    InsideCharacter {
        /// As given.
        at: u64,
        /// The unit, as people say it.
        unit: &'static str,
    },
}

/// Translates between the offsets of a file and bytes, for one text.
#[derive(Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    unit: Unit,
    map: OffsetMap<'a>,
}

impl<'a> Offsets<'a> {
    /// The table for `text`.
    #[must_use]
    pub fn new(text: &'a str, unit: Unit) -> Self {
        Self { text, unit, map: OffsetMap::new(text) }
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The unit.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// Length of the text in the unit.
    #[must_use]
    pub fn length(&self) -> usize {
        self.unit_from_byte(self.text.len())
    }

    /// The byte that offset `at` stands for.
    ///
    /// # Errors
    /// [`OffsetError`]: after the text, or between two surrogates or two bytes of one character.
    pub fn byte_from_unit(&self, at: u64) -> Result<usize, OffsetError> {
        let unit = self.unit.plural();
        let length = self.length();
        let Some(within) = usize::try_from(at).ok().filter(|at| *at <= length) else {
            return Err(OffsetError::AfterText { at, length, unit });
        };
        let byte = match self.unit {
            Unit::Codepoint => self.map.byte_from_char(CharOffset(within)),
            Unit::Utf16 => self.map.byte_from_utf16(Utf16Offset(within)),
            Unit::Byte => self.text.is_char_boundary(within).then_some(within),
        };
        byte.ok_or(OffsetError::InsideCharacter { at, unit })
    }

    /// The offset that byte `at` has in the unit.
    #[must_use]
    pub fn unit_from_byte(&self, at: usize) -> usize {
        match self.unit {
            Unit::Codepoint => self.map.char_from_byte(at).0,
            Unit::Utf16 => self.map.utf16_from_byte(at).0,
            Unit::Byte => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the format's page: "the capital" and an emoji after it.
    const TEXT: &str = "\
أكدت القاهرة 😀 أن اللقاح آمن\
";

    #[track_caller]
    fn check(unit: Unit, offsets: [u64; 4]) {
        let table = Offsets::new(TEXT, unit);
        let bytes: Vec<usize> = offsets.iter().map(|at| table.byte_from_unit(*at).unwrap()).collect();
        assert_eq!(bytes, [9, 23, 24, 28]);
        let back: Vec<u64> = bytes.iter().map(|at| table.unit_from_byte(*at) as u64).collect();
        assert_eq!(back, offsets);
    }

    #[test]
    fn offsets_are_those_of_the_example() {
        check(Unit::Codepoint, [5, 12, 13, 14]);
        check(Unit::Utf16, [5, 12, 13, 15]);
        check(Unit::Byte, [9, 23, 24, 28]);
    }

    #[test]
    fn places_that_are_none_are_refused() {
        let inside = Offsets::new(TEXT, Unit::Utf16).byte_from_unit(14);
        assert_eq!(inside, Err(OffsetError::InsideCharacter { at: 14, unit: "UTF-16 units" }));
        let after = Offsets::new(TEXT, Unit::Codepoint).byte_from_unit(29);
        assert_eq!(after, Err(OffsetError::AfterText { at: 29, length: 28, unit: "code points" }));
        assert!(Offsets::new(TEXT, Unit::Byte).byte_from_unit(1).is_err());
        assert_eq!(Offsets::new(TEXT, Unit::Codepoint).byte_from_unit(28), Ok(TEXT.len()));
        assert!(Offsets::new(TEXT, Unit::Codepoint).byte_from_unit(u64::MAX).is_err());
    }
}
