//! Wraps the device core for JavaScript, by wasm-bindgen's own generator at the version of the lock
//! file. Behind a feature, because it takes a minute to build.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
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
