//! Wraps the device core for JavaScript, and runs tests as wasm, by wasm-bindgen's own generator and
//! runner at the version of the lock file. Behind a feature, because they take a minute to build.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;
use wasm_bindgen_cli_support::Bindgen;

/// What to wrap, and where to.
#[derive(Args)]
pub(crate) struct Options {
    /// What cargo built.
    wasm: PathBuf,
    /// The folder for the wrapped module and its JavaScript.
    folder: PathBuf,
}

/// Wraps it.
pub(crate) fn run(options: &Options) -> Result<()> {
    Bindgen::new()
        .input_path(&options.wasm)
        .web(true)?
        .typescript(false)
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate(&options.folder)
}

/// Tests that were compiled to wasm.
#[derive(Args)]
pub(crate) struct Tests {
    /// What cargo gives to who runs its tests.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs them in Node's engine, which is Chrome's.
pub(crate) fn tests(tests: &Tests) -> Result<()> {
    let name = "wasm-bindgen-test-runner".to_owned();
    run_cli_with_args(std::iter::once(name).chain(tests.arguments.iter().cloned()))
}
