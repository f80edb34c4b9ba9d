//! A person's screens: a device's own process with its page behind an address, and the scripts that
//! walk through it in a browser.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use crate::{World, program, root};

/// A page; its process is killed when dropped.
pub struct Page {
    child: Child,
    /// `http://host:port`
    pub address: String,
}

impl Page {
    /// Starts a device in a folder, with the built screens before it.
    ///
    /// # Errors
    /// If it doesn't start.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut child = Command::new(program("xunan-page"))
            .arg("--data")
            .arg(folder)
            .arg("--web")
            .arg(root().join("ui/dist"))
            .stdout(Stdio::piped())
            .spawn()
            .context("xunan-page")?;
        let out = child.stdout.take().context("standard output")?;
        let mut lines = BufReader::new(out).lines();
        let address = lines.next().context("the page's address")??;
        Ok(Self { child, address })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a script of `tests/browser` on a world with a page for each of the named people, who aren't
/// enrolled yet: `people` are the names that the script knows them by, and their own.
///
/// # Errors
/// If a page doesn't start or the script fails.
pub fn walk(world: &mut World, script: &str, people: &[(&str, &str)]) -> Result<()> {
    let mut pages = Vec::new();
    let mut told = Map::new();
    for (key, name) in people {
        let code = world.invite(name)?;
        let page = Page::start(&world.device_folder())?;
        let person = json!({ "name": name, "page": page.address, "code": code });
        pages.push(page);
        told.insert((*key).to_owned(), person);
    }
    let relay = world.relay.url();
    let office = json!({ "program": program("xunan-relay"), "folder": world.relay.folder() });
    let told = json!({ "relay": relay, "office": office, "people": Value::Object(told) });
    let status = Command::new("node")
        .arg(root().join("tests/browser").join(script))
        .arg(told.to_string())
        .current_dir(root())
        .status()
        .context("node")?;
    if !status.success() {
        bail!("{script} ended with {status}");
    }
    Ok(())
}
