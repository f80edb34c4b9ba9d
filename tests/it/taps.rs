//! How many taps a day's work takes, counted on the screens themselves in a real browser.

use anyhow::Result;
use xunan_tests::{World, walk};

#[test]
fn a_visit_an_answer_and_a_hazard_take_few_taps() -> Result<()> {
    walk(&mut World::new()?, "taps.mjs", &[("wan", "万春梅")])
}
