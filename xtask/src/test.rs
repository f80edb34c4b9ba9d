//! `cargo xtask test`: every test, checks first, each level with its time.

use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{root, setup, step};

/// Options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Options {
    /// One level alone.
    level: Option<Level>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Format, lints, types, wasm.
    Check,
    /// Unit tests and laws of every crate.
    Unit,
    /// The screens: lints, types, unit tests, build.
    Ui,
    /// Stories with real processes, faults, the window and the browser.
    Stories,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    setup::packages(setup::WINDOW)?;
    setup::packages(setup::TESTS)?;
    let wanted = |level| options.level.is_none_or(|one| one == level);
    if wanted(Level::Ui) || wanted(Level::Stories) {
        setup::npm(&root)?;
    }
    if wanted(Level::Check) {
        check(&root)?;
    }
    if wanted(Level::Ui) {
        ui(&root)?;
    }
    if wanted(Level::Unit) {
        unit(&root)?;
    }
    if wanted(Level::Stories) {
        stories(&root)?;
    }
    Ok(())
}

fn check(root: &Path) -> Result<()> {
    step::timed("format", || step::sh("cargo", &["fmt", "--check"], root))?;
    // The app embeds the screens: they must exist before it is checked.
    setup::screens(root)?;
    step::timed("lints (clippy)", || {
        let arguments = [
            "clippy",
            "-q",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ];
        step::sh("cargo", &arguments, root)
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

fn unit(root: &Path) -> Result<()> {
    step::timed("unit tests and laws", || {
        let arguments = [
            "test",
            "-q",
            "--workspace",
            "--exclude",
            "xunan-tests",
            "--exclude",
            "xunan-app",
        ];
        step::sh("cargo", &arguments, root)
    })
}

fn stories(root: &Path) -> Result<()> {
    setup::screens(root)?;
    step::timed("programs (cargo build)", || {
        let arguments = [
            "build",
            "-q",
            "-p",
            "xunan-relay",
            "-p",
            "xunan-device",
            "-p",
            "xunan-tests",
            "-p",
            "xunan-app",
            "--features",
            "xunan-app/embed",
        ];
        step::sh("cargo", &arguments, root)
    })?;
    step::timed("stories, faults, window, browser", || {
        step::sh(
            "cargo",
            &["test", "-p", "xunan-tests", "--test", "it"],
            root,
        )
    })
}
