//! The pictures of the screens: a world with a day's work in it, a page for each person, and a
//! browser that walks through them; then a crowded world, and every state of every screen.
//! `cargo xtask gen --pictures` runs it; `xunan-pictures states` takes the states alone.

use anyhow::Result;
use xunan_tests::{World, walk};

/// The people whose screens are shown, by the name that the script knows them by.
const CAST: [(&str, &str); 4] = [
    ("wan", "万春梅"),
    ("yu", "余卫东"),
    ("wang", "王立新"),
    ("safety", "雷玉兰"),
];

/// In the crowded world: somebody without work, somebody with 300 records, and somebody of a unit
/// whose name and people's names have 18 characters.
const CROWD: [(&str, &str); 4] = [
    ("wan", "万春梅"),
    ("wang", "王立新"),
    ("long", "阿依古丽·买买提江·吐尔逊阿卜杜热合"),
    ("nobody", "谢红旗"),
];

fn main() -> Result<()> {
    let states_alone = std::env::args().any(|argument| argument == "states");
    if !states_alone {
        walk(&mut World::new()?, "pictures.mjs", &CAST)?;
    }
    let mut world = World::new()?;
    world.import_long_names()?;
    walk(&mut world, "states.mjs", &CROWD)
}
