//! Displays without a screen, for windows in tests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// A child process that is killed when dropped, after those that it started.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    fn children(&self) -> Vec<String> {
        let id = self.0.id();
        let listed = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        let listed = listed.unwrap_or_default();
        listed.split_whitespace().map(str::to_owned).collect()
    }

    /// Kills what it started with SIGKILL.
    pub(crate) fn kill_children(&self) -> Result<()> {
        let children = self.children();
        if children.is_empty() {
            bail!("nothing was started");
        }
        let killed = Command::new("kill").arg("-9").args(children).status()?;
        if killed.success() {
            Ok(())
        } else {
            bail!("kill: {killed}")
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Often there are none, or they ended by themselves.
        let _ = self.kill_children();
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display server, and the number that it chose.
pub(crate) fn display() -> Result<(Running, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-nolisten", "tcp"]);
    command.args(["-screen", "0", "600x1000x24"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("Xvfb (package xvfb)")?;
    let out = child.stdout.take().context("standard output")?;
    let running = Running(child);
    let mut number = String::new();
    BufReader::new(out).read_line(&mut number)?;
    Ok((running, format!(":{}", number.trim())))
}
