//! The only source of time and identity.
//!
//! Everything that needs the clock or a random number gets an [`Env`] from its caller, so that tests and scripted runs
//! can be repeated exactly. Nothing else in the library reads a clock or draws a random number.

use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment: RFC 3339, UTC, milliseconds, as written on disk (`2026-11-24T09:30:00.000Z`). For people; no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub String);

impl Timestamp {
    /// The moment `unix_millis` milliseconds after 1970-01-01T00:00:00Z; clamped to the years RFC 3339 can write.
    #[must_use]
    pub fn from_unix_millis(unix_millis: u64) -> Self {
        let millis = i64::try_from(unix_millis).unwrap_or(i64::MAX).min(253_402_300_799_999);
        let moment = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Self(format!("{moment:.3}"))
    }

    /// The date part, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Clock and randomness, real or fixed.
#[derive(Debug)]
pub struct Env {
    source: Source,
}

#[derive(Debug)]
enum Source {
    System,
    /// A counter that starts at a seed: each call advances it, so ids never repeat within a process.
    Fixed(Mutex<Fixed>),
}

#[derive(Debug)]
struct Fixed {
    counter: u64,
    /// What earlier processes left behind, mixed into random numbers.
    salt: u64,
}

/// 2026-01-01T00:00:00Z, where fixed clocks start.
const FIXED_EPOCH_MILLIS: u64 = 1_767_225_600_000;

/// Measures how long work takes, to pace it; never for anything that is stored.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}

impl Env {
    /// The machine's clock and the operating system's random numbers.
    #[must_use]
    pub fn system() -> Self {
        Self { source: Source::System }
    }

    /// Reproducible times and ids that start at `seed`; for tests and for `HASHIYA_FIXED_ENV`.
    #[must_use]
    pub fn fixed(seed: u64) -> Self {
        Self { source: Source::Fixed(Mutex::new(Fixed { counter: seed.wrapping_mul(1_000_000), salt: 0 })) }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn now_millis(&self) -> u64 {
        match &self.source {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Source::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |elapsed| u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)),
            Source::Fixed(_) => FIXED_EPOCH_MILLIS + self.step().0,
        }
    }

    /// The moment now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.now_millis())
    }

    /// 128 random bits.
    #[must_use]
    pub fn random_128(&self) -> u128 {
        let (high, low) = (self.random_64(), self.random_64());
        (u128::from(high) << 64) | u128::from(low)
    }

    /// 64 random bits.
    #[must_use]
    pub fn random_64(&self) -> u64 {
        match &self.source {
            Source::System => getrandom::u64().unwrap_or_else(|_| self.clock_bits()),
            Source::Fixed(_) => {
                // splitmix64 of the counter: distinct for distinct counters, and spread over all bits.
                let (counter, salt) = self.step();
                let mut z = (counter ^ salt).wrapping_add(0x9e37_79b9_7f4a_7c15);
                z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                z ^ (z >> 31)
            }
        }
    }

    /// A new sortable id: a ULID of the moment and random bits, 26 characters.
    #[must_use]
    pub fn new_id(&self) -> String {
        ulid::Ulid::from_parts(self.now_millis(), self.random_128()).to_string()
    }

    /// Moves a fixed environment past what earlier processes drew from one with the same seed: `rounds` is how many
    /// transactions they made, `trace` something that only these transactions have. The result depends on these alone,
    /// so a repeated run stays repeatable, and no id comes twice. Does nothing to the system's clock and randomness.
    pub fn resume(&self, rounds: u64, trace: &str) {
        if let Source::Fixed(fixed) = &self.source {
            let mut fixed = fixed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if rounds > 0 {
                fixed.counter = fixed.counter.wrapping_add(rounds.wrapping_mul(1_000));
                let hash = blake3::hash(&[&rounds.to_le_bytes(), trace.as_bytes()].concat());
                fixed.salt = u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or([0; 8]));
            }
        }
    }

    /// The next counter, and the salt.
    fn step(&self) -> (u64, u64) {
        match &self.source {
            Source::System => (0, 0),
            Source::Fixed(fixed) => {
                let mut fixed = fixed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                fixed.counter = fixed.counter.wrapping_add(1);
                (fixed.counter, fixed.salt)
            }
        }
    }

    /// Bits for the improbable machine without a random source: clock and process number, hashed.
    fn clock_bits(&self) -> u64 {
        let seed = [self.now_millis().to_le_bytes(), u64::from(std::process::id()).to_le_bytes()].concat();
        let hash = blake3::hash(&seed);
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or([0; 8]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_env_repeats_and_never_collides() {
        let ids = |seed| {
            let env = Env::fixed(seed);
            (0..50).map(|_| env.new_id()).collect::<Vec<_>>()
        };
        assert_eq!(ids(7), ids(7));
        let mut all = ids(7);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 50);
    }

    #[test]
    fn a_resumed_fixed_env_repeats_and_never_meets_its_past() {
        let ids = |resume: Option<(u64, &str)>| {
            let env = Env::fixed(7);
            if let Some((rounds, trace)) = resume {
                env.resume(rounds, trace);
            }
            (0..5_000).map(|_| env.new_id()).collect::<Vec<_>>()
        };
        let (first, second) = (ids(None), ids(Some((1, "a"))));
        assert_eq!(second, ids(Some((1, "a"))));
        assert!(first.iter().all(|id| !second.contains(id)));
        assert_eq!(first, ids(Some((0, ""))));
    }

    #[test]
    fn timestamps_are_utc_with_milliseconds() {
        assert_eq!(Timestamp::from_unix_millis(1_767_225_600_005).0, "2026-01-01T00:00:00.005Z");
        assert_eq!(Timestamp::from_unix_millis(1_767_225_600_005).date(), "2026-01-01");
    }
}
