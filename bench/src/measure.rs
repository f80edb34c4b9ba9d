//! Samples of times, and the yardstick of the machine: its disk's own sync and a plain loop.

use std::fs::File;
use std::hint::black_box;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Deserialize;

/// Values of one measurement, repeated.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
    }
    pub(crate) fn add_ms(&mut self, time: Duration) {
        self.add(time.as_secs_f64() * 1_000.0);
    }
    pub(crate) fn median(&self) -> f64 {
        self.part(50)
    }
    /// The value that so many of a hundred don't exceed.
    pub(crate) fn part(&self, of_hundred: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = sorted.len().saturating_sub(1) * of_hundred / 100;
        sorted.get(place).copied().unwrap_or_default()
    }
    /// How many of a hundred are 1, where each is 1 or 0.
    pub(crate) fn percent(&self) -> f64 {
        let of = u32::try_from(self.0.len()).unwrap_or(u32::MAX).max(1);
        self.0.iter().sum::<f64>() * 100.0 / f64::from(of)
    }
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

/// Times one piece of work.
pub(crate) fn time<T>(work: impl FnOnce() -> Result<T>) -> Result<(Duration, T)> {
    let began = Instant::now();
    let done = work()?;
    Ok((began.elapsed(), done))
}

/// A file that is written and synced over and over.
pub(crate) struct Disk(File);

impl Disk {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let mut file = File::create(folder.join("yardstick"))?;
        file.write_all(&[0; 4096])?;
        file.sync_all()?;
        Ok(Self(file))
    }
    /// 4 KiB written and synced.
    pub(crate) fn sync(&mut self) -> Result<Duration> {
        let began = Instant::now();
        self.0.seek(SeekFrom::Start(0))?;
        self.0.write_all(&[7; 4096])?;
        self.0.sync_data()?;
        Ok(began.elapsed())
    }
}

/// A hundred million steps that depend on each other.
pub(crate) fn plain_loop() -> Duration {
    let began = Instant::now();
    let mut z = black_box(1_u64);
    for _ in 0..100_000_000_u32 {
        z = z.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (z >> 29);
    }
    black_box(z);
    began.elapsed()
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn the_median_is_the_middle_one() {
        let mut samples = Samples::default();
        for value in [5.0, 1.0, 9.0, 3.0, 7.0] {
            samples.add(value);
        }
        assert!((samples.median() - 5.0).abs() < f64::EPSILON);
        assert!((samples.part(95) - 7.0).abs() < f64::EPSILON);
        assert_eq!(samples.count(), 5);
    }
}
