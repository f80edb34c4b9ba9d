//! Every scenario runs from end to end on a tiny workload. Times are looked at by nobody here; what
//! doesn't depend on the machine is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected should end"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn json_in(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder).unwrap();
    files.next().unwrap().unwrap().path()
}

#[test]
fn every_scenario_runs_on_a_tiny_workload() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results");
    let output = Command::new(env!("CARGO_BIN_EXE_xunan-bench"))
        .arg("--quick")
        .arg("--prepared")
        .arg(folder.path().join("prepared"))
        .arg("--results")
        .arg(&results)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    let text = std::fs::read_to_string(json_in(&results)).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let figures = report["figures"].as_array().unwrap();
    let ours = |scenario: &str, what: &str| {
        let found = figures.iter().find(|figure| {
            figure["scenario"].as_str().unwrap().starts_with(scenario) && figure["what"] == what
        });
        found.unwrap_or_else(|| panic!("{scenario}: {what}"))["ours"]
            .as_f64()
            .unwrap()
    };
    for scenario in ["W1", "W2", "W4"] {
        assert!(
            (ours(scenario, "requests") - 1.0).abs() < 0.01,
            "{scenario}"
        );
    }
    assert!(ours("W4", "bytes up") <= 120.0);
    assert!(ours("W4", "bytes down") <= 120.0);
    for (scenario, what) in [
        ("W3", "bytes down"),
        ("W5", "time, p50"),
        ("tap", "p95"),
        ("start", "time"),
        ("list", "search"),
        ("targets", "one person: Today"),
        ("desk", "dashboard"),
        ("browser", "tap to durable, p50"),
    ] {
        assert!(ours(scenario, what) > 0.0, "{scenario}: {what}");
    }
}
