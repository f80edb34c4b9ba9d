//! How long to leave the relay alone after a failure: longer each time, and never in step with
//! other devices.

use crate::host::Random;

/// First pause.
const FIRST_MS: i64 = 1_000;
/// Longest pause.
const LONGEST_MS: i64 = 120_000;

/// Pauses after failures in a row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// It went well.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
    /// It failed; gives the pause: half of the full one and a random part of the other half.
    pub(crate) fn next(&mut self, random: &mut dyn Random) -> i64 {
        let full = FIRST_MS
            .checked_shl(self.failures)
            .unwrap_or(LONGEST_MS)
            .clamp(FIRST_MS, LONGEST_MS);
        self.failures = (self.failures + 1).min(20);
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        let part = i64::from(u32::from_le_bytes(bytes)) * (full / 2) / i64::from(u32::MAX);
        full / 2 + part
    }
    /// The longest that a pause can be: a clock set back must not make it longer.
    pub(crate) const fn longest() -> i64 {
        LONGEST_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Always(u8);
    impl Random for Always {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn pauses_grow_to_a_bound_and_start_anew_after_success() {
        let mut backoff = Backoff::default();
        let pauses = |backoff: &mut Backoff, byte| backoff.next(&mut Always(byte));
        assert_eq!(pauses(&mut backoff, 0), 500);
        assert_eq!(pauses(&mut backoff, 255), 2_000);
        for _ in 0..40 {
            let pause = pauses(&mut backoff, 255);
            assert!(pause <= Backoff::longest());
        }
        assert_eq!(pauses(&mut backoff, 255), Backoff::longest());
        backoff.reset();
        assert_eq!(pauses(&mut backoff, 0), 500);
    }
}
