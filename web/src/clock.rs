//! The browser's clock and its random bytes.

use wasm_bindgen::prelude::wasm_bindgen;
use xunan_core::timestamp::Timestamp;
use xunan_device::host::{Clock, Random};

/// `Date.now()`
pub(crate) struct BrowserClock;

impl Clock for BrowserClock {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds below 2^53"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(js_sys::Date::now() as i64)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
}

/// `crypto.getRandomValues`
pub(crate) struct BrowserRandom;

impl Random for BrowserRandom {
    fn fill(&mut self, bytes: &mut [u8]) {
        // The browser gives at most so many at a time.
        for piece in bytes.chunks_mut(65_536) {
            get_random_values(piece);
        }
    }
}
