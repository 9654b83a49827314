//! How alike two texts are: shingles of their folded words, and a sketch of them that is small and quick to compare.
//!
//! Written here because the crates that do it bring more than the sixty lines it takes: `gaoya` (MIT) fifteen
//! dependencies, one of them an alpha release, and `probminhash` an optimiser with its loggers.

use super::{FoldLevel, fold_key};

/// Words in a shingle.
const SHINGLE: usize = 3;
/// Bands of a sketch; two texts that agree in all rows of one are compared.
pub const BANDS: usize = 20;
/// Rows of a band.
const ROWS: usize = 5;
const PERMUTATIONS: usize = BANDS * ROWS;

/// What is kept of a text: a few bytes for each permutation.
///
/// With 20 bands of 5 rows, texts that share 0.8 of their shingles meet in a band in 9,996 of 10,000 cases, and those
/// that share 0.3 in 5 of 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// A number for each band.
    pub bands: [u32; BANDS],
    /// The lowest byte of each smallest hash.
    rows: [u8; PERMUTATIONS],
}

impl Sketch {
    /// The sketch of a text, folded as for propagation (F1); `None` where it has fewer words than one shingle.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold_key(text, FoldLevel::F1);
        let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut last = [0_u64; SHINGLE];
        let mut count = 0_usize;
        let mut least = [u32::MAX; PERMUTATIONS];
        for word in words {
            last.rotate_left(1);
            if let Some(newest) = last.last_mut() {
                *newest = hash_of(word);
            }
            count += 1;
            if count >= SHINGLE {
                let shingle = last.iter().fold(0_u64, |all, word| mix(all.rotate_left(23) ^ word));
                for (slot, (multiplier, summand)) in least.iter_mut().zip(&FACTORS) {
                    let hash = (shingle.wrapping_mul(*multiplier).wrapping_add(*summand) >> 32) as u32;
                    *slot = hash.min(*slot);
                }
            }
        }
        if count < SHINGLE {
            return None;
        }
        let mut sketch = Self { bands: [0; BANDS], rows: [0; PERMUTATIONS] };
        for (band, rows) in sketch.bands.iter_mut().zip(least.chunks(ROWS)) {
            let all = rows.iter().fold(0_u64, |all, row| mix(all.rotate_left(17) ^ u64::from(*row)));
            *band = (all >> 32) as u32;
        }
        for (row, hash) in sketch.rows.iter_mut().zip(&least) {
            *row = *hash as u8;
        }
        Some(sketch)
    }

    /// About which part of the shingles of both texts they share, 0 to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let equal = self.rows.iter().zip(&other.rows).filter(|(a, b)| a == b).count() as f32 / PERMUTATIONS as f32;
        // One pair of bytes in 256 is equal by chance.
        ((equal - 1.0 / 256.0) / (1.0 - 1.0 / 256.0)).max(0.0)
    }
}

/// Odd multipliers and summands of the permutations, drawn once and for all.
static FACTORS: [(u64, u64); PERMUTATIONS] = {
    let mut factors = [(1, 0); PERMUTATIONS];
    let mut at = 0;
    while at < PERMUTATIONS {
        let start = at as u64 * 2 + 1;
        factors[at] =
            (mix(start.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1, mix((start + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        at += 1;
    }
    factors
};

/// FNV-1a.
fn hash_of(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The last step of splitmix64.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn text(words: std::ops::Range<usize>) -> String {
        words.map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn spelling_that_folds_away_makes_no_difference() {
        let plain = "\u{642}\u{627}\u{644} \u{627}\u{644}\u{648}\u{632}\u{64a}\u{631} \u{641}\u{64a} 12 \u{622}\u{630}\u{627}\u{631}";
        let marked = "\u{642}\u{64e}\u{627}\u{644} \u{627}\u{644}\u{648}\u{632}\u{64a}\u{640}\u{631}\u{60c}  \u{641}\u{64a} \u{661}\u{662} \u{622}\u{630}\u{627}\u{631}.";
        assert_eq!(Sketch::of(plain), Sketch::of(marked));
        assert_eq!(Sketch::of("only two"), None);
    }

    #[test]
    fn likeness_is_near_the_share_of_common_shingles() {
        let shingles = |text: &str| -> BTreeSet<String> {
            let words: Vec<&str> = text.split(' ').collect();
            words.windows(SHINGLE).map(|three| three.join(" ")).collect()
        };
        for (a, b) in [(0..400, 0..400), (0..400, 20..420), (0..400, 100..500), (0..400, 200..600), (0..400, 900..1300)]
        {
            let (a, b) = (text(a), text(b));
            let (one, other) = (shingles(&a), shingles(&b));
            let exact = one.intersection(&other).count() as f32 / one.union(&other).count() as f32;
            let found = Sketch::of(&a).unwrap().likeness(&Sketch::of(&b).unwrap());
            // Three standard deviations of 100 draws.
            assert!((found - exact).abs() <= 0.15, "{found} for {exact}");
        }
    }

    #[test]
    fn nearly_equal_texts_meet_in_a_band() {
        let a = Sketch::of(&text(0..400)).unwrap();
        let b = Sketch::of(&text(10..410)).unwrap();
        assert!(a.bands.iter().zip(&b.bands).any(|(a, b)| a == b));
        let c = Sketch::of(&text(1000..1400)).unwrap();
        assert!(a.bands.iter().zip(&c.bands).all(|(a, b)| a != b));
    }
}
