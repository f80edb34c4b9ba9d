//! `xunan-relay`: arguments and the exit code; everything else is in the library.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, Error};
use clap::Parser as _;
use tracing_subscriber::EnvFilter;
use xunan_relay::cli::{self, Arguments, CliError};
use xunan_relay::clock::Clock;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If even this fails, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "xunan-relay: {error:#}");
            let is_usage = error.downcast_ref().is_some_and(CliError::is_usage);
            if is_usage {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Error> {
    let runtime = tokio::runtime::Runtime::new().context("the system gives no threads")?;
    Ok(runtime.block_on(cli::run(arguments, Clock::system()))?)
}
