//! cargo, always with one set of packages and features: another set compiles the dependencies anew.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::step;

/// Everything, with the screens inside the app.
const ALL: [&str; 3] = ["--workspace", "--features", "xunan-app/embed"];

/// Runs a verb of cargo on everything.
pub(crate) fn all(root: &Path, verb: &str, arguments: &[&str]) -> Result<()> {
    step::status(&mut command(root, verb, arguments))
}

/// The same as a command that isn't run yet.
pub(crate) fn command(root: &Path, verb: &str, arguments: &[&str]) -> Command {
    let mut command = step::command("cargo", &[verb, "--quiet"], root);
    command.args(ALL).args(arguments);
    command
}

/// Builds every program and every test.
pub(crate) fn build(root: &Path) -> Result<()> {
    all(root, "build", &["--all-targets"])
}
