//! The browser's app: the device core as wasm, wrapped for JavaScript, with the screens around it.
//! `web/dist` is what a relay serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{run, setup, step};

/// What a relay serves, relative to the root.
pub(crate) const APP: &str = "web/dist";
const TARGET: &str = "wasm32-unknown-unknown";
/// What a phone loads of the device core at most, in bytes of gzip.
const CORE_AT_MOST: u64 = 1_300_000;
/// What wasm may use: all of it is older than the browsers that have files for a worker.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds it, as far as it isn't newer than its sources; gives the folder to serve.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    setup::packages(setup::WASM)?;
    let wasm = step::timed(
        "device core for browsers (the first time takes minutes)",
        || core(root),
    )?;
    let wrapped = root.join("web/pkg/xunan_web_bg.wasm");
    if !setup::is_newer(&wrapped, &[&wasm]) {
        step::timed("its wrapping for JavaScript", || wrap(root, &wasm))?;
    }
    setup::browser_screens(root)?;
    Ok(root.join(APP))
}

/// A core that is too large for a slow line works, but fails the tests.
pub(crate) fn is_small(app: &Path) -> Result<()> {
    let mut size = 0_u64;
    for file in fs::read_dir(app.join("assets")).context("web/dist/assets")? {
        let file = file?;
        if file.file_name().to_string_lossy().ends_with(".wasm.gz") {
            size = size.saturating_add(file.metadata()?.len());
        }
    }
    step::say(&format!(
        "  the device core is {size} bytes of gzip, at most {CORE_AT_MOST} are wanted"
    ));
    ensure!(
        size > 0 && size <= CORE_AT_MOST,
        "the device core has {size} bytes of gzip: too many for a slow line"
    );
    Ok(())
}

fn core(root: &Path) -> Result<PathBuf> {
    let folder = run::programs()?.with_file_name("web");
    let mut command = cargo(root, "build")?;
    command
        .args(["-q", "-p", "xunan-web", "--profile", "web", "--target-dir"])
        .arg(&folder);
    step::status(&mut command)?;
    Ok(folder.join(TARGET).join("web/xunan_web.wasm"))
}

/// Cargo for browsers: rustup's target where it can be had, else Debian's compiler for the web.
pub(crate) fn cargo(root: &Path, verb: &str) -> Result<Command> {
    let mut command = if has_target(root)? {
        step::command("cargo", &[verb, "--target", TARGET], root)
    } else {
        setup::packages(setup::RUST_FOR_WEB)?;
        let linker = format!("target.{TARGET}.linker=\"wasm-ld\"");
        let std = "-Zbuild-std=std,panic_abort";
        let arguments = [verb, std, "--target", TARGET, "--config", &linker];
        let mut command = step::command("/usr/bin/cargo", &arguments, root);
        command
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            // Two compilers in one folder would build each other's work anew.
            .env("CARGO_TARGET_DIR", run::programs()?.with_file_name("web"));
        command
    };
    command
        .env("CC_wasm32_unknown_unknown", "clang")
        .env("AR_wasm32_unknown_unknown", "llvm-ar");
    Ok(command)
}

pub(crate) fn has_target(root: &Path) -> Result<bool> {
    let sysroot = step::output(&mut step::command("rustc", &["--print", "sysroot"], root))?;
    let place = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET);
    if place.exists() {
        return Ok(true);
    }
    if !step::has("rustup") {
        return Ok(false);
    }
    let add = || step::sh("rustup", &["--quiet", "target", "add", TARGET], root);
    Ok(step::timed("rustc's target for browsers", add).is_ok())
}

fn wrap(root: &Path, wasm: &Path) -> Result<()> {
    let folder = root.join("web/pkg");
    fs::create_dir_all(&folder).context("web/pkg")?;
    // Its own feature: who doesn't build for browsers needn't build the generator.
    let arguments = [
        "run",
        "-q",
        "-p",
        "xtask",
        "--features",
        "bind",
        "--",
        "bind",
    ];
    let mut command = step::command("cargo", &arguments, root);
    step::status(command.arg(wasm).arg(&folder))?;
    let bound = folder.join("xunan_web_bg.wasm");
    if !step::has("wasm-opt") {
        step::say(
            "  wasm-opt (binaryen) is missing: the browser's core stays larger than it need be",
        );
        return Ok(());
    }
    let small = folder.join("small.wasm");
    let mut command = step::command("wasm-opt", &["-Os", "--strip-debug"], root);
    command.args(FEATURES).arg(&bound).arg("-o").arg(&small);
    if let Err(error) = step::status(&mut command) {
        // An old binaryen may not know what a new rustc writes; the core works all the same.
        step::say(&format!(
            "  the browser's core stays as large as it is: {error:#}"
        ));
        return Ok(());
    }
    fs::rename(&small, &bound).context("web/pkg")
}
