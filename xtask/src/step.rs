//! Steps that say what they do, how long it took, and, when they fail, with which words.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Prints a line for the person at the terminal.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed terminal is no reason to stop what was asked for.
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Runs `work` and says how long it took.
pub(crate) fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("▸ {name}"));
    let began = Instant::now();
    let result = work().with_context(|| name.to_owned())?;
    say(&format!(
        "✓ {name} ({:.1} s)",
        began.elapsed().as_secs_f64()
    ));
    Ok(result)
}

/// A program with its arguments, in a folder of the repository.
pub(crate) fn command(program: &str, arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    command
}

/// Runs a program to its end, its output passed through.
pub(crate) fn sh(program: &str, arguments: &[&str], folder: &Path) -> Result<()> {
    status(&mut command(program, arguments, folder))
}

/// Runs a prepared command to its end.
pub(crate) fn status(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command
        .status()
        .with_context(|| format!("can't start {shown}"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

/// Runs a program to its end and gives what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = format!("{command:?}");
    let output = command
        .output()
        .with_context(|| format!("can't start {shown}"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("{shown} ended with {}: {}", output.status, words.trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program answers to its name.
pub(crate) fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok()
}
