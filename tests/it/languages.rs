//! Each screen speaks one language: what is Chinese on an English one came from the device.

use anyhow::Result;
use xunan_tests::{World, walk};

#[test]
fn screens_speak_one_language_at_a_time() -> Result<()> {
    let people = [("wan", "万春梅"), ("wang", "王立新")];
    walk(&mut World::new()?, "languages.mjs", &people)
}
