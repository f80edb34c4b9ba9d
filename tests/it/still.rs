//! Nothing moves under a thumb when something arrives, and what was done can be taken back: on the
//! screens themselves in a real browser.

use anyhow::Result;
use xunan_tests::{World, walk};

#[test]
fn nothing_moves_under_the_thumb_and_what_was_done_is_taken_back() -> Result<()> {
    walk(&mut World::new()?, "still.mjs", &[("wan", "万春梅")])
}
