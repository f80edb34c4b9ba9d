//! `cargo xtask gen`: what is written by programs and checked in.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{cargo, root, run, setup, step};

/// Options of `cargo xtask gen`.
#[derive(Args)]
pub(crate) struct Options {
    /// Also takes the pictures of the screens anew.
    #[arg(long)]
    pictures: bool,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    step::timed("TypeScript types, docs/permissions.md", || {
        let tests = ["--test", "it", "--", "export_types", "permissions_page"];
        step::status(cargo::command(&root, "test", &tests).env("UPDATE_EXPECT", "1"))
    })?;
    if options.pictures {
        setup::packages(setup::TESTS)?;
        setup::packages(setup::PICTURES)?;
        setup::screens(&root)?;
        step::timed("pictures", || {
            cargo::build(&root)?;
            let programs = run::programs()?;
            for program in ["xunan-pictures", "xunan-desk"] {
                step::status(&mut Command::new(programs.join(program)))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
