//! Every number of every letter, counted again in Python from the sheets and from what the relay
//! exports, and from nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xunan_core::testing::year::{at, day};
use xunan_tests::root;

use super::place::Place;

/// How large a year: `XUNAN_CASES` of the full size in per cent, 100 unless said.
fn size(full: usize) -> usize {
    let cases = std::env::var("XUNAN_CASES")
        .ok()
        .and_then(|n| n.parse::<usize>().ok());
    full * cases.unwrap_or(100).min(100) / 100
}

fn count_again(place: &Place, as_of: &str) -> Result<()> {
    let files = ["inspections", "findings", "targets"].map(|kind| {
        let arguments = [
            "export", "--kind", kind, "--format", "jsonl", "--as-of", as_of,
        ];
        place.output_to_file(&format!("{as_of} {kind}.jsonl"), &arguments)
    });
    let files: Vec<PathBuf> = files.into_iter().collect::<Result<_>>()?;
    let end = at(day(as_of).plus_days(1), 0, 0);
    for file in &files {
        let newest = newest_receipt(file)?;
        ensure!(newest < end.0, "as of {as_of}: received at {newest}");
    }
    let run = Command::new("python3")
        .arg(root().join("tests/oracle/targets.py"))
        .arg(place.sheets())
        .args(files)
        .output()
        .context("the second count needs python3")?;
    let said = String::from_utf8_lossy(&run.stdout);
    let errors = String::from_utf8_lossy(&run.stderr);
    ensure!(run.status.success(), "as of {as_of}:\n{said}{errors}");
    // It must have found something to compare.
    ensure!(said.contains("1096 targets"), "as of {as_of}:\n{said}");
    Ok(())
}

/// When the last change of an export's records was received.
fn newest_receipt(file: &Path) -> Result<i64> {
    let mut newest = i64::MIN;
    for line in std::fs::read_to_string(file)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        let changes = line["changes"].as_array().into_iter().flatten();
        let received = changes.filter_map(|change| change["received"].as_i64());
        newest = received.fold(newest, i64::max);
    }
    Ok(newest)
}

/// While the year runs, and when it is over and was counted from March on.
fn count_a_year(seed: u64) -> Result<()> {
    let place = Place::new(&format!("year {seed}"), seed, (size(300), size(1000)))?;
    count_again(&place, "2026-11-24")?;
    place.output(&["setting", "counted_from", "2026-03-15"])?;
    count_again(&place, "2027-01-05")
}

#[test]
fn every_number_of_a_year_is_the_same_counted_by_somebody_else() -> Result<()> {
    count_a_year(1)
}

#[test]
fn every_number_of_another_year_is_the_same_counted_by_somebody_else() -> Result<()> {
    count_a_year(2)
}
