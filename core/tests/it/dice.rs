//! Randomness that can be told again: a seed, and numbers that follow from it.

/// As wasm, once more and slower, one case of so many.
const AS_WASM: usize = 4;

/// How many cases a test generates: so many, unless `XUNAN_CASES` caps it.
pub(crate) fn cases(full: usize) -> usize {
    if cfg!(target_family = "wasm") {
        return full / AS_WASM;
    }
    let cap = std::env::var("XUNAN_CASES")
        .ok()
        .map(|cap| cap.parse().unwrap());
    cap.map_or(full, |cap: usize| cap.min(full))
}

/// SplitMix64.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of a test; a failing test shows its seed.
    pub(crate) fn of(test: &str) -> Self {
        let seed = std::env::var("XUNAN_SEED")
            .ok()
            .map_or(1, |seed| seed.parse().unwrap());
        println!("{test}: XUNAN_SEED={seed}");
        test.bytes().fold(Self(seed), |dice, byte| {
            Self(dice.0.rotate_left(9) ^ u64::from(byte))
        })
    }
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// Below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }
    /// True once in `n` times.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.roll() as u8)
    }
}
