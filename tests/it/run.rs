//! `cargo xtask run`: from the first start to Ctrl-C, with its real processes.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;
use xunan_tests::{Person, program};

use crate::display::display;

/// How long anything may take before the test gives up: far above what is ever needed.
const PATIENCE: Duration = Duration::from_secs(90);

/// A started `cargo xtask run`, in a process group of its own as a shell's jobs are.
struct Playing {
    child: Child,
    /// Closes when the last of the processes that were started ended.
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Playing {
    fn start(data: &Path, port: u16, display: Option<&str>) -> Result<Self> {
        let mut command = Command::new(program("xtask"));
        command.args(["run", "--no-build", "--data"]).arg(data);
        command.arg("--port").arg(port.to_string());
        command.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
        command.env("RUST_LOG", "error");
        if let Some(display) = display {
            command.env("DISPLAY", display).env("GDK_BACKEND", "x11");
        }
        let started = command.process_group(0).stdout(Stdio::piped()).spawn();
        let mut child = started.context("xtask")?;
        let out = child.stdout.take().context("standard output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(out).lines().map_while(Result::ok);
            lines.try_for_each(|line| sender.send(line))
        });
        Ok(Self {
            child,
            lines,
            said: Vec::new(),
        })
    }

    /// Waits for a line with these words.
    fn until(&mut self, words: &str) -> Result<String> {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(error) => bail!("no {words:?} ({error}) in:\n{}", self.said.join("\n")),
            }
            if let Some(line) = self.said.last().filter(|line| line.contains(words)) {
                return Ok(line.clone());
            }
        }
    }

    /// Ctrl-C, as the terminal gives it to everything that was started.
    fn interrupt(&self) -> Result<()> {
        self.signal("-INT")
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let group = format!("-{}", self.child.id());
        let status = Command::new("kill").args([signal, "--", &group]).status()?;
        ensure!(status.success(), "kill: {status}");
        Ok(())
    }

    /// Waits until every process that was started is gone.
    fn ended(mut self) -> Result<(ExitStatus, Vec<String>)> {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    bail!("something lives on after:\n{}", self.said.join("\n"))
                }
            }
        }
        let status = self.child.wait()?;
        Ok((status, std::mem::take(&mut self.said)))
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        // The group is gone already if all went well.
        let group = format!("-{}", self.child.id());
        let kill = Command::new("kill").args(["-9", "--", &group]).output();
        let _ = kill.and_then(|_| self.child.wait());
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The lines of the invitations: code, name, part.
fn invitations(said: &[String]) -> Vec<String> {
    let lines = said.iter().filter(|line| line.contains(" · "));
    lines.cloned().collect()
}

/// A window was opened when its device begins its folder.
fn window_opened(data: &Path) -> Result<()> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let begun = std::fs::read_dir(data.join("devices"))
            .into_iter()
            .flatten();
        if begun.flatten().any(|device| has_database(&device.path())) {
            return Ok(());
        }
        std::thread::yield_now();
    }
    bail!("no window began its device")
}

fn has_database(device: &Path) -> bool {
    let files = std::fs::read_dir(device).into_iter().flatten().flatten();
    files
        .map(|file| file.path())
        .any(|path| path.extension().is_some_and(|end| end == "db"))
}

#[test]
fn a_later_start_keeps_everything_and_ctrl_c_ends_relay_and_window() -> Result<()> {
    let folder = TempDir::new()?;
    let data = folder.path().join("run");
    let port = free_port()?;

    // No display: the relay goes on, and it is said how to see the app.
    let mut first = Playing::start(&data, port, None)?;
    let told = first.until("没有显示器")?;
    ensure!(told.contains("cargo xtask run --person"), "{told}");
    let invited = invitations(&first.said);
    ensure!(invited.len() == 7, "{invited:?}");
    let mut words = invited[0].split_whitespace();
    let (code, name) = (words.next().context("code")?, words.next().context("name")?);
    let address = format!("http://127.0.0.1:{port}");
    let device = folder.path().join("device");
    let mut officer = Person::start(name, &device, Some((&address, code)))?;
    officer.sync()?;
    let me = officer.id()?;
    first.interrupt()?;
    first.ended()?;
    ensure!(
        TcpStream::connect(("127.0.0.1", port)).is_err(),
        "the relay serves on"
    );

    // With one: the same people, the device still belongs to its person, and a window.
    let (_display, number) = display()?;
    let mut second = Playing::start(&data, port, Some(&number))?;
    second.until("Ctrl-C")?;
    ensure!(invitations(&second.said) == invited, "{:?}", second.said);
    officer.restart(&[])?;
    officer.sync()?;
    ensure!(officer.id()? == me, "somebody else");
    window_opened(&data)?;
    second.interrupt()?;
    second.ended()?;
    Ok(())
}

#[test]
fn a_taken_port_is_said_at_once() -> Result<()> {
    let folder = TempDir::new()?;
    let data = folder.path().join("run");
    let holder = TcpListener::bind("127.0.0.1:0")?;
    let port = holder.local_addr()?.port();
    let (status, said) = Playing::start(&data, port, None)?.ended()?;
    ensure!(!status.success(), "{status}");
    let said = said.join("\n");
    ensure!(said.contains(&format!("port {port}")), "{said}");
    ensure!(said.contains("--port"), "{said}");
    ensure!(!data.exists(), "something was begun");
    Ok(())
}
