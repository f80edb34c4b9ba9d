//! What a fresh machine lacks: Debian packages and the screens' npm packages.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::step;

/// For building and showing the window.
pub(crate) const WINDOW: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libayatana-appindicator3-dev",
    "fonts-noto-cjk",
];
/// For the tests: a display without a screen, drivers, a browser, and rustc's wasm target where
/// rustup can't bring it, Python for the second count, wrong clocks.
pub(crate) const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "clang",
    "lld",
    "llvm",
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "python3",
    "faketime",
];

/// Installs the Debian packages that are missing: as root or with sudo; elsewhere names them.
pub(crate) fn packages(names: &[&str]) -> Result<()> {
    let missing: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| !installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "install these packages by hand and start again: {}",
        missing.join(" ")
    );
    if !step::has("apt-get") {
        bail!("this is not a Debian-like machine; {by_hand}");
    }
    let sudo = !is_root();
    if sudo && !step::has("sudo") {
        bail!("neither root nor sudo here; {by_hand}");
    }
    step::timed(&format!("system packages: {}", missing.join(" ")), || {
        apt(sudo, &["update", "-qq"]).context("is there a network?")?;
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(&missing);
        apt(sudo, &arguments).with_context(|| by_hand.clone())
    })
}

fn apt(sudo: bool, arguments: &[&str]) -> Result<()> {
    let mut command = if sudo {
        Command::new("sudo")
    } else {
        Command::new("apt-get")
    };
    if sudo {
        command.arg("apt-get");
    }
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(Stdio::null());
    step::status(&mut command)
}

fn installed(name: &str) -> bool {
    let output = Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", name])
        .output();
    output.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).contains("install ok installed"))
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|o| o.stdout.starts_with(b"0\n"))
}

/// Brings the screens' packages as the lock file names them; quick when nothing changed.
pub(crate) fn npm(root: &Path) -> Result<()> {
    let ui = root.join("ui");
    let lock = fs::read(ui.join("package-lock.json")).context("ui/package-lock.json")?;
    let stamp = ui.join("node_modules/.lock-installed");
    if fs::read(&stamp).is_ok_and(|held| held == lock) {
        return Ok(());
    }
    if !step::has("npm") {
        bail!("Node.js with npm is missing: install Node.js 20.19 or newer and start again");
    }
    step::timed("packages of the screens (npm ci)", || {
        step::sh(
            "npm",
            &["ci", "--no-audit", "--no-fund", "--loglevel=error"],
            &ui,
        )
        .context("is there a network?")?;
        fs::write(&stamp, &lock).context("stamp of npm ci")
    })
}

/// Builds the screens unless they are newer than their sources.
pub(crate) fn screens(root: &Path) -> Result<()> {
    npm(root)?;
    let ui = root.join("ui");
    let built = fs::metadata(ui.join("dist/index.html"))
        .and_then(|m| m.modified())
        .ok();
    let newest = ["src", "index.html", "vite.config.ts", "package-lock.json"]
        .iter()
        .filter_map(|name| newest_under(&ui.join(name)))
        .max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    step::timed("screens (vite build)", || {
        step::sh("npm", &["run", "--silent", "build"], &ui)
    })
}

fn newest_under(path: &Path) -> Option<std::time::SystemTime> {
    let own = fs::metadata(path).ok()?;
    if !own.is_dir() {
        return own.modified().ok();
    }
    let entries = fs::read_dir(path).ok()?.flatten();
    entries
        .filter_map(|entry| newest_under(&entry.path()))
        .max()
}
