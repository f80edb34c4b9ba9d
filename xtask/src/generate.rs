//! `cargo xtask gen`: what is written by programs and checked in.

use anyhow::Result;
use clap::Args;

use crate::{root, setup, step};

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
    step::timed("TypeScript types", || {
        let arguments = [
            "test",
            "-q",
            "-p",
            "xunan-device",
            "--features",
            "ts",
            "export_types",
        ];
        step::status(step::command("cargo", &arguments, &root).env("UPDATE_EXPECT", "1"))
    })?;
    step::timed("docs/permissions.md", || {
        let arguments = ["test", "-q", "-p", "xunan-core", "permissions_page"];
        step::status(step::command("cargo", &arguments, &root).env("UPDATE_EXPECT", "1"))
    })?;
    if options.pictures {
        setup::packages(setup::TESTS)?;
        setup::screens(&root)?;
        step::timed("pictures", || {
            let build = [
                "build",
                "-q",
                "-p",
                "xunan-relay",
                "-p",
                "xunan-tests",
                "--bins",
            ];
            step::sh("cargo", &build, &root)?;
            let arguments = ["run", "-q", "-p", "xunan-tests", "--bin", "xunan-pictures"];
            step::sh("cargo", &arguments, &root)
        })?;
    }
    Ok(())
}
