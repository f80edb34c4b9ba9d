//! The pictures of the desk's pages, and of every screen in every look: a year of work, lived by a
//! relay and devices whose clock the script turns (libfaketime), so that plan and numbers have
//! something to show. `cargo xtask gen --pictures` runs it.

use std::process::Command;

use anyhow::{Context, Result, bail};
use xunan_tests::{World, walk};

/// The people of the year, by the name that the script knows them by.
const CAST: [(&str, &str); 8] = [
    ("wan", "万春梅"),
    ("xie", "谢红旗"),
    ("wang", "王立新"),
    ("mao", "毛子涵"),
    ("yu", "余卫东"),
    ("safety", "雷玉兰"),
    ("guo", "郭洋"),
    ("new", "崔浩然"),
];

/// Names the file that says how far the clock is off; everything started from here goes by it.
const CLOCK: &str = "FAKETIME_TIMESTAMP_FILE";

fn main() -> Result<()> {
    if std::env::var_os(CLOCK).is_some() {
        walk(&mut World::new()?, "desk.mjs", &CAST)
    } else {
        again_by_another_clock()
    }
}

/// Runs this program again with a clock that stands in the first week of January.
fn again_by_another_clock() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let clock = folder.path().join("clock");
    let said = Command::new("date").arg("+%-j").output().context("date")?;
    let days: i64 = String::from_utf8(said.stdout)?.trim().parse()?;
    std::fs::write(&clock, (5 - days).saturating_mul(86_400).to_string())?;
    let status = Command::new(std::env::current_exe()?)
        .env(CLOCK, &clock)
        .env("LD_PRELOAD", "libfaketime.so.1")
        .env(
            "LD_LIBRARY_PATH",
            "/usr/lib/x86_64-linux-gnu/faketime:/usr/lib/aarch64-linux-gnu/faketime",
        )
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .status()?;
    if !status.success() {
        bail!("the year ended with {status}");
    }
    Ok(())
}
