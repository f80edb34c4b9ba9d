//! `cargo xtask bench`: builds with optimisation and measures.

use anyhow::Result;
use clap::Args;

use crate::{root, step};

/// Options of `cargo xtask bench`; passed on.
#[derive(Args)]
pub(crate) struct Options {
    /// Arguments for the bench, for example `--workload FILE.jsonl`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    let build = [
        "build",
        "--release",
        "--quiet",
        "-p",
        "xunan-relay",
        "-p",
        "xunan-bench",
        "--bin",
        "xunan-relay",
        "--bin",
        "xunan-bench",
    ];
    step::timed("bench (cargo build --release)", || {
        step::sh("cargo", &build, &root)
    })?;
    let mut arguments = vec!["run", "--release", "--quiet", "-p", "xunan-bench", "--"];
    arguments.extend(options.arguments.iter().map(String::as_str));
    step::sh("cargo", &arguments, &root)
}
