//! `cargo xtask bench`: the app for browsers, a release build of the relay and the bench, then the table.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::{root, setup, step, web};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// A field day of your own: one JSON line per record.
    #[arg(long, value_name = "FILE")]
    workload: Option<PathBuf>,
    /// One scenario alone.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

const PACKAGES: [&str; 4] = ["-p", "xunan-relay", "-p", "xunan-bench"];

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    // One figure is of a browser.
    setup::packages(setup::TESTS)?;
    web::build(&root)?;
    step::timed("programs (cargo build --release)", || {
        let build = ["build", "--release", "-q"];
        step::sh("cargo", &[build.as_slice(), &PACKAGES].concat(), &root)
    })?;
    let run = ["run", "--release", "-q", "-p", "xunan-bench", "--"];
    let mut bench = step::command("cargo", &run, &root);
    if let Some(file) = &options.workload {
        // The bench runs in the repository's root, wherever this was asked for.
        let file = file.canonicalize();
        bench.arg("--workload").arg(file.context("--workload")?);
    }
    if let Some(name) = &options.only {
        bench.arg("--only").arg(name);
    }
    step::status(&mut bench)
}
