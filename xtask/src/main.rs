//! `cargo xtask run | test | gen | bench | web`: everything a person does with this repository.

mod bench;
#[cfg(feature = "bind")]
mod bind;
mod cargo;
mod cast;
mod generate;
mod people;
mod relay;
mod run;
mod setup;
mod step;
mod test;
#[cfg(test)]
mod tidy;
mod web;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the Xunan repository.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets everything up, starts the relay with the sample district, opens the app.
    Run(run::Options),
    /// Runs the tests: all of them, or one level (check, ui, rust).
    Test(test::Options),
    /// Writes what is generated: TypeScript types, docs/permissions.md, pictures.
    Gen(generate::Options),
    /// Measures one workload beside others, and prints the table.
    Bench(bench::Options),
    /// Builds the app for browsers into web/dist, for a relay to serve.
    Web,
    /// Wraps the device core for JavaScript; `web` starts it.
    #[cfg(feature = "bind")]
    #[command(hide = true)]
    Bind(bind::Options),
    /// Runs tests that were compiled to wasm; `test` starts it.
    #[cfg(feature = "bind")]
    #[command(hide = true)]
    WasmTests(bind::Tests),
}

/// The repository's root folder.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Gen(options) => generate::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Web => web::build(&root()).map(drop),
        #[cfg(feature = "bind")]
        Task::Bind(options) => bind::run(&options),
        #[cfg(feature = "bind")]
        Task::WasmTests(tests) => bind::tests(&tests),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("✗ {error:#}"));
            ExitCode::FAILURE
        }
    }
}
