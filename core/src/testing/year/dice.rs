//! Chance that can be told again.

use super::record::{MINUTE, Pen, Received, at};
use crate::id::PersonId;
use crate::timestamp::{Date, Timestamp};

/// A small generator of numbers (`SplitMix64`): the same year from the same seed everywhere.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// 0 to below `n`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }
    /// From `low` to `high`, both in.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }
    /// In so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    /// Up to so many different ones.
    pub(super) fn some<T: Copy>(&mut self, of: &[T], n: usize) -> Vec<T> {
        let mut left = of.to_vec();
        let mut chosen = Vec::new();
        while chosen.len() < n && !left.is_empty() {
            chosen.push(left.swap_remove(self.below(left.len())));
        }
        chosen
    }
    /// A time on a day: at work, at times just around midnight.
    pub(super) fn time_on(&mut self, day: Date) -> Timestamp {
        if self.chance(8) {
            return at(day, 24, 0).plus(self.between(-2, 2) * MINUTE);
        }
        at(day, self.between(8, 17), self.between(0, 59))
    }
    /// Some hours later, at least and at most so many days.
    pub(super) fn days_later(&mut self, from: Timestamp, low: i64, high: i64) -> Timestamp {
        let minutes = self.between(low * 24, high * 24) * 60 + self.between(0, 59);
        from.plus(minutes * MINUTE)
    }
    /// Now at hand, now in a valley without a signal.
    pub(super) fn pen(&mut self, who: PersonId, at: Timestamp) -> Pen {
        let minutes = match self.below(20) {
            0 => self.between(24 * 60, 4 * 24 * 60),
            1..4 => self.between(60, 30 * 60),
            // A clock that is ahead: the receipt counts.
            4 => self.between(-90, -1),
            _ => self.between(1, 20),
        };
        let received = if self.below(400) == 0 {
            Received::NotYet
        } else {
            Received::After(minutes * MINUTE)
        };
        Pen { who, at, received }
    }
}
