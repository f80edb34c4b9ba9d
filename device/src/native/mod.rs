//! The native host, shared by the window, the headless person and the tests: files, the
//! operating system's clock and randomness, the key file, the network client, and the loop that
//! drives the engine.

mod client;
mod files;
mod key;
mod person;
mod runner;

pub use files::FileBlobs;
pub use key::{KeyError, KeyFile};
pub use person::{Options, speak};
pub use runner::{Running, StartError, start};

use std::time::{SystemTime, UNIX_EPOCH};

use xunan_core::timestamp::Timestamp;

use crate::host::{Clock, Random};

/// The operating system's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let ms = since.map_or(0, |passed| passed.as_millis());
        Timestamp(i64::try_from(ms).unwrap_or(i64::MAX))
    }
}

/// The operating system's random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) {
        // Without randomness there are no keys: the process can't go on.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}
