//! The browser's app: the device core as wasm, wrapped for JavaScript, with the screens around it.
//! `web/dist` is what a relay serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use zopfli::{Format, Options};

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

/// For size before speed. Nothing of ours lies in the first KiB of memory. By their names, functions
/// that are made of one stand together, where a packer finds them alike.
const SHRINK: [&str; 5] = [
    "-Oz",
    // What the first time leaves, the second finds.
    "-Oz",
    "--low-memory-unused",
    "--reorder-functions-by-name",
    "--strip-debug",
];
/// Hashing in a loop instead of written out.
const RUST_FLAGS: &str = "--cfg sha2_backend_soft=\"compact\"";
/// What C's compiler is told: of zstd's ways to compress only those of the level that is written
/// (core/src/wire/body.rs), of those to read the short ones.
const C_FLAGS: [&str; 10] = [
    "-DZSTD_EXCLUDE_GREEDY_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_LAZY_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_LAZY2_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_BTLAZY2_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_BTOPT_BLOCK_COMPRESSOR",
    "-DZSTD_EXCLUDE_BTULTRA_BLOCK_COMPRESSOR",
    "-DHUF_FORCE_DECOMPRESS_X1=1",
    "-DZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT=1",
    "-DZSTD_NO_INLINE=1",
    "-DZSTD_STRIP_ERROR_STRINGS=1",
];
/// SQLite without what the device's statements don't use.
const SQLITE_FLAGS: [&str; 35] = [
    "-USQLITE_ENABLE_API_ARMOR",
    "-USQLITE_ENABLE_BYTECODE_VTAB",
    "-USQLITE_ENABLE_COLUMN_METADATA",
    "-USQLITE_ENABLE_DBPAGE_VTAB",
    "-USQLITE_ENABLE_DBSTAT_VTAB",
    "-USQLITE_ENABLE_FTS5",
    "-USQLITE_ENABLE_MATH_FUNCTIONS",
    "-USQLITE_ENABLE_OFFSET_SQL_FUNC",
    "-USQLITE_ENABLE_PREUPDATE_HOOK",
    "-USQLITE_ENABLE_RTREE",
    "-USQLITE_ENABLE_SESSION",
    "-USQLITE_ENABLE_STMTVTAB",
    "-USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION",
    "-USQLITE_ENABLE_UNLOCK_NOTIFY",
    "-DSQLITE_OMIT_AUTHORIZATION",
    "-DSQLITE_OMIT_AUTOMATIC_INDEX",
    "-DSQLITE_OMIT_AUTOVACUUM",
    "-DSQLITE_OMIT_BETWEEN_OPTIMIZATION",
    "-DSQLITE_OMIT_COMPILEOPTION_DIAGS",
    "-DSQLITE_OMIT_COMPLETE",
    "-DSQLITE_OMIT_DESERIALIZE",
    "-DSQLITE_OMIT_DECLTYPE",
    "-DSQLITE_OMIT_GET_TABLE",
    "-DSQLITE_OMIT_INCRBLOB",
    "-DSQLITE_OMIT_INTEGRITY_CHECK",
    "-DSQLITE_OMIT_JSON",
    "-DSQLITE_OMIT_LIKE_OPTIMIZATION",
    "-DSQLITE_OMIT_PROGRESS_CALLBACK",
    "-DSQLITE_OMIT_OR_OPTIMIZATION",
    "-DSQLITE_OMIT_SCHEMA_PRAGMAS",
    "-DSQLITE_OMIT_TCL_VARIABLE",
    "-DSQLITE_OMIT_TRACE",
    "-DSQLITE_OMIT_UTF16",
    "-DSQLITE_OMIT_XFER_OPT",
    "-DSQLITE_UNTESTABLE",
];

/// Builds it, as far as it isn't newer than its sources; gives the folder to serve.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    setup::packages(setup::WASM)?;
    setup::npm("what makes wasm small", &root.join("web"))?;
    let wasm = step::timed(
        "device core for browsers (the first time takes minutes)",
        || core(root),
    )?;
    let wrapped = root.join("web/pkg/xunan_web_bg.wasm");
    if !setup::is_newer(&wrapped, &[&wasm]) {
        step::timed("its wrapping for JavaScript", || wrap(root, &wasm))?;
    }
    if setup::browser_screens(root)? {
        step::timed("the core packed for slow lines", || pack(&root.join(APP)))?;
    }
    Ok(root.join(APP))
}

/// Packs the core once more: gzip as small as it can be made, for who doesn't take brotli.
fn pack(app: &Path) -> Result<()> {
    for file in fs::read_dir(app.join("assets")).context("web/dist/assets")? {
        let path = file?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            let packed = fs::File::create(path.with_extension("wasm.gz"))?;
            let content = fs::File::open(&path)?;
            zopfli::compress(Options::default(), Format::Gzip, content, packed)
                .with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
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

/// Runs core's and the device's tests as wasm: what holds natively holds in a browser's engine, where
/// a panic is the end of the worker.
pub(crate) fn test_wasm(root: &Path) -> Result<()> {
    let runner = "cargo run -q -p xtask --features bind -- wasm-tests";
    let mut command = cargo(root, "test")?;
    // Quiet would be said to the runner, too, which doesn't know the word.
    command
        .args(["-p", "xunan-web", "--test", "core", "--test", "device"])
        .arg("--target-dir")
        .arg(run::programs()?.with_file_name("web"))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    step::status(&mut command)
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
fn cargo(root: &Path, verb: &str) -> Result<Command> {
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
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", RUST_FLAGS)
        .env("CC_wasm32_unknown_unknown", "clang")
        .env("AR_wasm32_unknown_unknown", "llvm-ar")
        .env("CFLAGS_wasm32_unknown_unknown", C_FLAGS.join(" "))
        .env("SQLITE_WASM_RS_FLAGS", SQLITE_FLAGS.join(" "));
    Ok(command)
}

fn has_target(root: &Path) -> Result<bool> {
    let sysroot = step::output(&mut step::command("rustc", &["--print", "sysroot"], root))?;
    let place = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET);
    if place.exists() {
        return Ok(true);
    }
    if !step::has("rustup") {
        return Ok(false);
    }
    let add = || step::sh("rustup", &["--quiet", "target", "add", TARGET], root);
    // rustup believes its own list, not the folder.
    Ok(step::timed("rustc's target for browsers", add).is_ok() && place.exists())
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
    let small = folder.join("small.wasm");
    // Debian's wasm-opt is of 2022 and writes tables of references wrongly.
    let mut command = step::command("web/node_modules/.bin/wasm-opt", &SHRINK, root);
    step::status(command.args(FEATURES).arg(&bound).arg("-o").arg(&small))?;
    fs::rename(&small, &bound).context("web/pkg")
}
