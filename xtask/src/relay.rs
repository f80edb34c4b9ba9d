//! The relay that `cargo xtask run` starts: import of the sample, invitations, serving.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::people::Part;
use crate::step;

/// The relay's program and its data folder.
pub(crate) struct Relay {
    program: PathBuf,
    folder: PathBuf,
}

/// What `xunan-relay invite --json` prints.
#[derive(Deserialize)]
pub(crate) struct Invitation {
    /// To type.
    pub(crate) code: String,
    /// To open.
    pub(crate) link: String,
}

/// Says what to do if another program holds a port of this machine.
pub(crate) fn check_free(port: u16) -> Result<()> {
    if let Err(error) = TcpListener::bind(("127.0.0.1", port)) {
        bail!(
            "port {port} of this machine can't be used ({error}). If `cargo xtask run` runs in another \
             terminal, open more windows with `cargo xtask run --person 姓名`; else end what uses the \
             port, or choose another one: cargo xtask run --port {}",
            port.wrapping_add(1).max(1024)
        );
    }
    Ok(())
}

impl Relay {
    /// The relay built in `target`, with its data in `folder`.
    pub(crate) fn new(target: &Path, folder: PathBuf) -> Self {
        Self {
            program: target.join("xunan-relay"),
            folder,
        }
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(verb).arg("--data").arg(&self.folder);
        command
    }

    /// Whether there is an organisation already.
    pub(crate) fn has_organisation(&self) -> bool {
        self.folder.join("imported").exists()
    }

    /// Imports the sample district for a year, counted from its first day.
    pub(crate) fn import_sample(&self, sample: &Path, year: i32) -> Result<()> {
        let mut files = vec![sample.join("demo/青石区责任制台账.xlsx")];
        let lists = std::fs::read_dir(sample.join("checklists")).context("sample checklists")?;
        let lists = lists.flatten().map(|entry| entry.path());
        let mut lists: Vec<_> = lists
            .filter(|p| p.extension().is_some_and(|e| e == "csv"))
            .collect();
        lists.sort();
        files.append(&mut lists);
        let mut command = self.command("import");
        command.args(files).arg("--year").arg(year.to_string());
        command.arg("--counted-from").arg(format!("{year}-01-01"));
        step::output(&mut command)?;
        std::fs::write(self.folder.join("imported"), year.to_string()).context("mark of the import")
    }

    /// A one-time invitation for a person.
    pub(crate) fn invite(&self, part: &Part) -> Result<Invitation> {
        let mut command = self.command("invite");
        command.args(["--person", &part.phone, "--hours", "72", "--json"]);
        let printed = step::output(&mut command)?;
        serde_json::from_str(&printed).with_context(|| format!("invitation of {}", part.name))
    }

    /// Starts serving on a port of this machine and waits until it answers.
    pub(crate) fn serve(&self, port: u16, web: &Path) -> Result<Child> {
        check_free(port)?;
        let mut command = self.command("serve");
        command.arg("--listen").arg(format!("127.0.0.1:{port}"));
        command
            .arg("--public-url")
            .arg(format!("http://127.0.0.1:{port}"));
        if web.join("index.html").exists() {
            command.arg("--web").arg(web);
        }
        let mut child = command.spawn().context("can't start the relay")?;
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(status) = child.try_wait()? {
                bail!("the relay ended with {status}");
            }
            if began.elapsed() > Duration::from_secs(20) {
                let _ = child.kill();
                bail!("the relay doesn't answer on port {port}");
            }
            std::thread::yield_now();
        }
        Ok(child)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    #[test]
    fn a_taken_port_is_said_with_the_ways_out() {
        let holder = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = holder.local_addr().unwrap().port();
        let words = super::check_free(port).unwrap_err().to_string();
        assert!(words.contains(&format!("port {port}")), "{words}");
        assert!(
            words.contains("--port") && words.contains("--person"),
            "{words}"
        );
    }
}
