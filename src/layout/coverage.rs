//! Which letters the bundled fonts lack, and which of them another font has.

use super::fonts::bundled_bytes;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// More different letters than this are not looked for.
const MAX_LETTERS: usize = 4096;
/// A collection of more fonts than this is not read to its end.
const MAX_FONTS: usize = 64;

/// One bit for each code point that some bundled font has a glyph for.
fn bundled_letters() -> &'static [u64] {
    static LETTERS: OnceLock<Vec<u64>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut bits = vec![0_u64; 0x11_0000 / 64];
        for font in bundled_bytes().filter_map(|bytes| swash::FontRef::from_index(bytes, 0)) {
            font.charmap().enumerate(|code_point, glyph| {
                if let (true, Some(word)) = (glyph != 0, bits.get_mut(code_point as usize / 64)) {
                    *word |= 1 << (code_point % 64);
                }
            });
        }
        bits
    })
}

/// The letters of a text that no bundled font has; at most a few thousand. Signs and pictures are no letters.
#[must_use]
pub fn missing_letters(text: &str) -> BTreeSet<char> {
    let bits = bundled_letters();
    let mut missing = BTreeSet::new();
    for c in text.chars().filter(|c| !c.is_ascii()) {
        let code_point = u32::from(c);
        let known = bits.get(code_point as usize / 64).is_some_and(|word| word >> (code_point % 64) & 1 == 1);
        if !known && c.is_alphabetic() {
            missing.insert(c);
            if missing.len() >= MAX_LETTERS {
                break;
            }
        }
    }
    missing
}

/// Those of the letters that a font file, or any font of a collection, has glyphs for. None for bytes that are no font.
#[must_use]
pub fn covered_letters(bytes: &[u8], letters: &BTreeSet<char>) -> BTreeSet<char> {
    let Some(file) = swash::FontDataRef::new(bytes) else { return BTreeSet::new() };
    let mut covered = BTreeSet::new();
    for font in (0..file.len().min(MAX_FONTS)).filter_map(|index| file.get(index)) {
        let charmap = font.charmap();
        covered.extend(letters.iter().copied().filter(|c| charmap.map(*c) != 0));
        if covered.len() == letters.len() {
            break;
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, missing: &str) {
        assert_eq!(missing_letters(text), missing.chars().collect(), "{text:?}");
    }

    #[test]
    fn letters_of_bundled_scripts_are_not_missing() {
        check("", "");
        check("plain, with signs: \u{2192} \u{1f600} \u{e000}\n", "");
        check("caf\u{e9} \u{416} \u{3a9}", "");
        check("\u{645}\u{631}\u{62d}\u{628}\u{627} \u{67e}\u{6cc}\u{6ba} \u{5e9}\u{5dc}", "");
    }

    #[test]
    fn letters_of_other_scripts_are_missing_once() {
        check("a \u{e01}\u{e02}\u{e01} \u{4e2d} \u{645}", "\u{e01}\u{e02}\u{4e2d}");
        let many: String = ('\u{4e00}'..='\u{9fff}').collect();
        assert_eq!(missing_letters(&many).len(), MAX_LETTERS);
    }

    #[test]
    fn a_font_covers_what_it_has_glyphs_for() {
        let letters: BTreeSet<char> = "\u{645}\u{4e2d}\u{e01}".chars().collect();
        let naskh = bundled_bytes().next().unwrap();
        assert_eq!(covered_letters(naskh, &letters), BTreeSet::from(['\u{645}']));
        assert_eq!(covered_letters(naskh.get(..100).unwrap(), &letters), BTreeSet::new());
        assert_eq!(covered_letters(b"no font", &letters), BTreeSet::new());
    }
}
