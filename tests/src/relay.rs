//! A relay process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::program;

/// How long its end may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(90);

/// A relay process on a data folder; killed when dropped.
pub struct Relay {
    folder: PathBuf,
    /// The app for browsers that it serves.
    web: Option<PathBuf>,
    running: Option<Running>,
    address: String,
}

struct Running {
    child: Child,
    /// Closes when the process closes its output, at its end.
    open: Receiver<()>,
}

impl Relay {
    /// Starts one on a free port; `web` holds the app for browsers, if it serves it.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn start(folder: &Path, web: Option<&Path>) -> Result<Self> {
        let mut relay = Self {
            folder: folder.to_owned(),
            web: web.map(Path::to_owned),
            running: None,
            address: "127.0.0.1:0".to_owned(),
        };
        relay.restart(&[])?;
        Ok(relay)
    }

    /// Starts it again at the same address, with an environment.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn restart(&mut self, environment: &[(&str, &str)]) -> Result<()> {
        self.kill();
        let mut command = Command::new(program("xunan-relay"));
        command
            .arg("serve")
            .arg("--data")
            .arg(&self.folder)
            .arg("--listen")
            .arg(&self.address);
        if let Some(web) = &self.web {
            command.arg("--web").arg(web);
        }
        command
            .envs(environment.iter().copied())
            .env("RUST_LOG", "error");
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .context("xunan-relay serve")?;
        let out = child.stdout.take().context("standard output")?;
        let mut lines = BufReader::new(out).lines();
        let Some(line) = lines.find_map(|line| line.ok().filter(|l| l.contains("listening on")))
        else {
            bail!("the relay ended: {}", child.wait()?);
        };
        let (closes, open) = channel();
        // What it says afterwards is read, so that it never waits for a reader.
        std::thread::spawn(move || {
            lines.for_each(drop);
            drop(closes);
        });
        let address = line.rsplit("http://").next().unwrap_or_default();
        self.address = address.trim().to_owned();
        self.running = Some(Running { child, open });
        Ok(())
    }

    /// Its data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// `http://host:port`
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process's id, while it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Kills it with SIGKILL and waits until it is gone.
    pub fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
    }

    /// Waits until it ended by itself, for example at a halt point.
    ///
    /// # Errors
    /// If it goes on living.
    pub fn ended(&mut self) -> Result<ExitStatus> {
        let mut running = self.running.take().context("the relay is not running")?;
        if running.open.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = running.child.kill();
            bail!("the relay lives");
        }
        running.child.wait().context("relay")
    }

    /// Runs a command of its command line beside it and gives what it printed.
    ///
    /// # Errors
    /// If it fails, with its words.
    pub fn command(&self, arguments: &[&str]) -> Result<String> {
        relay_command(&self.folder, arguments)
    }

    /// As [`Self::command`], its JSON.
    ///
    /// # Errors
    /// If it fails or prints no JSON.
    pub fn json(&self, arguments: &[&str]) -> Result<Value> {
        serde_json::from_str(&self.command(arguments)?).context("JSON of the relay's command")
    }
}

/// Runs a command of the relay's command line on a data folder and gives what it printed.
///
/// # Errors
/// If it fails, with its words.
pub fn relay_command(folder: &Path, arguments: &[&str]) -> Result<String> {
    Ok(String::from_utf8_lossy(&relay_output(folder, arguments)?).into_owned())
}

/// What a command of the relay's command line writes to standard output, on a data folder that no
/// relay need serve.
///
/// # Errors
/// If it fails, with its words.
pub fn relay_output(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let mut command = Command::new(program("xunan-relay"));
    let (verb, rest) = arguments.split_first().context("a verb")?;
    command
        .arg(verb)
        .arg("--data")
        .arg(folder)
        .args(rest)
        .env("RUST_LOG", "error");
    let output = command.output().context("xunan-relay")?;
    if !output.status.success() {
        let printed = String::from_utf8_lossy(&output.stdout);
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("xunan-relay {verb}: {}\n{printed}\n{words}", output.status);
    }
    Ok(output.stdout)
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.kill();
    }
}
