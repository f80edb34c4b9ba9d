//! The stories of the browser's app: a relay that serves it, and a browser that people use.
//! `cargo xtask test browser` runs it; the stories are in tests/browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Parser;
use xunan_tests::{World, root};

/// Stories in a browser
#[derive(Parser)]
struct Arguments {
    /// The built app, as `cargo xtask web` leaves it
    #[arg(long)]
    web: PathBuf,
    /// Stories whose names hold this
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut stories = Vec::new();
    for entry in std::fs::read_dir(root().join("tests/browser"))? {
        let path = entry?.path();
        let name = path.to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") && name.contains(&arguments.only) {
            stories.push(path);
        }
    }
    stories.sort();
    let told = stories.iter().map(|story| tell(story, &arguments.web));
    let failed = told.filter(Result::is_err).count();
    if failed > 0 {
        bail!("{failed} of {} stories failed", stories.len());
    }
    Ok(())
}

/// Runs a story in a world of its own.
fn tell(story: &Path, web: &Path) -> Result<()> {
    let world = World::serving(web)?;
    let (name, told) = world.told();
    let status = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .arg(story)
        .env(name, told)
        .current_dir(root())
        .status()
        .context("node")?;
    if !status.success() {
        bail!("{} ended with {status}", story.display());
    }
    Ok(())
}
