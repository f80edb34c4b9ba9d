//! `cargo xtask test`: every test, checks first, each level with its time.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{cargo, root, run, setup, step, web};

/// Options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Options {
    /// One level alone.
    level: Option<Level>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Format.
    Check,
    /// clippy on everything.
    Lints,
    /// The screens: lints, types, unit tests, build.
    Ui,
    /// Everything in Rust: unit tests, laws, stories with real processes, faults, the window.
    Rust,
    /// The app in a browser: stories with a real relay.
    Browser,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    setup::packages(setup::WINDOW)?;
    setup::packages(setup::TESTS)?;
    // The app embeds the screens: they must be there before it is checked or built.
    setup::screens(&root)?;
    let wanted = |level| options.level.is_none_or(|one| one == level);
    if wanted(Level::Check) {
        check(&root)?;
    }
    if wanted(Level::Lints) {
        lints(&root)?;
    }
    if wanted(Level::Ui) {
        ui(&root)?;
    }
    if wanted(Level::Rust) {
        rust(&root)?;
    }
    if wanted(Level::Browser) {
        browser(&root)?;
    }
    Ok(())
}

fn check(root: &Path) -> Result<()> {
    step::timed("format", || step::sh("cargo", &["fmt", "--check"], root))
}

fn lints(root: &Path) -> Result<()> {
    step::timed("lints (clippy)", || {
        cargo::all(
            root,
            "clippy",
            &["--all-targets", "--", "--deny", "warnings"],
        )
    })
}

fn ui(root: &Path) -> Result<()> {
    let ui = root.join("ui");
    step::timed("screens: lints and types", || {
        step::sh("npm", &["run", "--silent", "lint"], &ui)
    })?;
    step::timed("screens: unit tests", || {
        step::sh("npm", &["test", "--silent"], &ui)
    })?;
    setup::screens(root)
}

fn rust(root: &Path) -> Result<()> {
    // In one story somebody works in a browser.
    web::build(root)?;
    step::timed("programs (cargo build)", || cargo::build(root))?;
    step::timed("tests: units, laws, stories, faults, window", || {
        cargo::all(root, "test", &[])
    })?;
    step::timed("tests: core and device as wasm", || web::test_wasm(root))
}

fn browser(root: &Path) -> Result<()> {
    let app = web::build(root)?;
    step::timed("programs (cargo build)", || cargo::build(root))?;
    step::timed("tests: the app in a browser", || {
        let program = run::programs()?.join("xunan-browser");
        let mut command = Command::new(program);
        step::status(command.arg("--web").arg(&app).current_dir(root))
    })?;
    web::is_small(&app)
}
