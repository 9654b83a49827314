//! How much the proofs of the store try.
//!
//! By default they take seconds. `HASHIYA_LONG_PROOFS=1 cargo test --release --test main -- storage:: session:: process::`
//! lets each of them try everything it can: every operation fails once in every way, hundreds of random histories,
//! 500 kills. A number instead of 1 is also the seed of what is drawn, so that further nights try further things.

/// `quick` rounds, or `long` ones where long proofs are asked for.
pub fn rounds(quick: u32, long: u32) -> u32 {
    if seed() == 0 { quick } else { long }
}

/// 0 for quick proofs; else what was asked for.
pub fn seed() -> u64 {
    std::env::var("HASHIYA_LONG_PROOFS").ok().and_then(|asked| asked.parse().ok()).unwrap_or(0)
}

/// Reproducible random numbers, apart for each seed.
pub struct Chance(hashiya::env::Env);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(hashiya::env::Env::fixed(seed))
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&self, limit: usize) -> usize {
        usize::try_from(self.0.random_64() % limit as u64).unwrap()
    }

    pub fn u16(&self) -> u16 {
        u16::try_from(self.below(1 << 16)).unwrap()
    }
}
