//! A supervisor's forty findings by keyboard alone, in a real browser.

use anyhow::Result;
use xunan_tests::{World, walk};

#[test]
fn forty_findings_take_at_most_three_keys_each() -> Result<()> {
    let people = [("wan", "万春梅"), ("wang", "王立新"), ("safety", "雷玉兰")];
    walk(&mut World::new()?, "forty.mjs", &people)
}
