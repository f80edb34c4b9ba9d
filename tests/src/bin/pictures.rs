//! The pictures of the screens: a world with a day's work in it, a page for each person, and a
//! browser that walks through them. `cargo xtask gen --pictures` runs it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use xunan_tests::{World, program, root};

/// The people whose screens are shown, by the name that the script knows them by.
const CAST: [(&str, &str); 4] = [
    ("wan", "万春梅"),
    ("yu", "余卫东"),
    ("wang", "王立新"),
    ("safety", "雷玉兰"),
];

struct Page(Child);

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> Result<()> {
    let mut world = World::new()?;
    let mut pages = Vec::new();
    let mut people = serde_json::Map::new();
    for (key, name) in CAST {
        let code = world.invite(name)?;
        let folder = world.device_folder();
        let mut child = Command::new(program("xunan-page"))
            .arg("--data")
            .arg(&folder)
            .arg("--web")
            .arg(root().join("ui/dist"))
            .stdout(Stdio::piped())
            .spawn()
            .context("xunan-page")?;
        let out = child.stdout.take().context("standard output")?;
        pages.push(Page(child));
        let address = BufReader::new(out)
            .lines()
            .next()
            .context("the page's address")??;
        let person = json!({ "name": name, "page": address, "code": code });
        people.insert(key.to_owned(), person);
    }
    let world_of_script = json!({ "relay": world.relay.url(), "people": Value::Object(people) });
    let status = Command::new("node")
        .arg(root().join("tests/browser/pictures.mjs"))
        .arg(world_of_script.to_string())
        .current_dir(root())
        .status()
        .context("node")?;
    if !status.success() {
        bail!("the pictures ended with {status}");
    }
    Ok(())
}
