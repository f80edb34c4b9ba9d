//! `cargo xtask test`: every test, checks first, each level with its time.

use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{cargo, root, setup, step};

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
    /// clippy on everything, and core and device for wasm32.
    Lints,
    /// The screens: lints, types, unit tests, build.
    Ui,
    /// Everything in Rust: unit tests, laws, stories with real processes, faults, the window.
    Rust,
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
    })?;
    step::timed("core and device for wasm32", || wasm(root))
}

/// rustup's target where it is there, else Debian's compiler for the web.
fn wasm(root: &Path) -> Result<()> {
    let package = [
        "-p",
        "xunan-core",
        "-p",
        "xunan-device",
        "--no-default-features",
        "--lib",
    ];
    let sysroot = step::output(&mut step::command("rustc", &["--print", "sysroot"], root))?;
    let target = Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown");
    let mut command = if target.exists() {
        step::command(
            "cargo",
            &["check", "-q", "--target", "wasm32-unknown-unknown"],
            root,
        )
    } else {
        let arguments = [
            "check",
            "-q",
            "-Zbuild-std=std,panic_abort",
            "--target",
            "wasm32-unknown-unknown",
            "--target-dir",
            "target/wasm",
        ];
        let mut command = step::command("/usr/bin/cargo", &arguments, root);
        command
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1");
        command
    };
    command
        .env("CC_wasm32_unknown_unknown", "clang")
        .env("AR_wasm32_unknown_unknown", "llvm-ar");
    step::status(command.args(package))
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
    step::timed("programs (cargo build)", || cargo::build(root))?;
    step::timed("tests: units, laws, stories, faults, window", || {
        cargo::all(root, "test", &[])
    })
}
