//! What a fresh machine lacks: Debian packages and the screens' npm packages.

use std::fs;
use std::path::{Path, PathBuf};
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
/// For the tests: a display without a screen, drivers, a browser, Python for the second count,
/// wrong clocks.
pub(crate) const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "python3",
    "faketime",
];
/// For the pictures of the screens: makes them small enough to be kept.
pub(crate) const PICTURES: &[&str] = &["pngquant"];
/// For the browser's device core: C for wasm.
pub(crate) const WASM: &[&str] = &["clang", "lld", "llvm"];
/// A Rust compiler for the web, where rustup can't bring its own target.
pub(crate) const RUST_FOR_WEB: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];

/// What a machine offers for installing packages.
#[derive(Clone, Copy)]
struct Machine {
    apt: bool,
    root: bool,
    sudo: bool,
}

impl Machine {
    fn this() -> Self {
        Self {
            apt: step::has("apt-get"),
            root: is_root(),
            sudo: step::has("sudo"),
        }
    }
}

/// Brings the Debian packages that are missing: as root or with sudo; elsewhere names them.
pub(crate) fn packages(names: &[&str]) -> Result<()> {
    let missing = missing(names);
    if missing.is_empty() {
        return Ok(());
    }
    let machine = Machine::this();
    if !machine.apt {
        step::say(&foreign(&missing));
        return Ok(());
    }
    may_install(machine, &missing)?;
    step::timed(&format!("system packages: {}", missing.join(" ")), || {
        install(&missing, |arguments| apt(!machine.root, arguments))
    })
}

/// Where there is no apt-get nobody can tell what is there: the build will.
fn foreign(missing: &[&str]) -> String {
    format!(
        "this is not a Debian-like machine; if the build misses something, install what these \
         packages are called here: {}",
        missing.join(" ")
    )
}

fn by_hand(missing: &[&str]) -> String {
    format!(
        "install these packages by hand and start again: apt-get install {}",
        missing.join(" ")
    )
}

fn may_install(machine: Machine, missing: &[&str]) -> Result<()> {
    if !machine.root && !machine.sudo {
        bail!("neither root nor sudo here; {}", by_hand(missing));
    }
    Ok(())
}

fn install(missing: &[&str], apt: impl Fn(&[&str]) -> Result<()>) -> Result<()> {
    // Old lists may do: only the installation decides.
    let _ = apt(&["update", "-qq"]);
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(missing);
    apt(&arguments).with_context(|| {
        format!(
            "apt-get couldn't bring them: is there a network? If not here, {}",
            by_hand(missing)
        )
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

/// Those of the packages that are not installed.
fn missing<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut command = Command::new("dpkg-query");
    let output = command
        .args(["-W", "-f=${Package} ${Status}\n"])
        .args(names)
        .output();
    let listed = output.map(|output| output.stdout).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let is_there = |name: &&str| {
        let mut lines = listed.lines();
        // The first word is what is wanted with it: to have it, or to hold it as it is.
        lines.any(|line| {
            let status = line.strip_prefix(name).unwrap_or_default();
            status.starts_with(' ') && status.ends_with(" ok installed")
        })
    };
    let names = names.iter().copied();
    names.filter(|name| !is_there(name)).collect()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|o| o.stdout.starts_with(b"0\n"))
}

/// Brings a folder's npm packages as its lock file names them; quick when nothing changed.
pub(crate) fn npm(name: &str, folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| lock.display().to_string())?;
    let stamp = folder.join("node_modules/.lock-installed");
    if fs::read(&stamp).is_ok_and(|held| held == lock) {
        return Ok(());
    }
    step::timed(&format!("{name} (npm ci)"), || {
        npm_ci("npm", folder)?;
        fs::write(&stamp, &lock).context("stamp of npm ci")
    })
}

fn npm_ci(npm: &str, folder: &Path) -> Result<()> {
    if !step::has(npm) {
        bail!("Node.js with npm is missing: install Node.js 20.19 or newer and start again");
    }
    let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    step::sh(npm, &arguments, folder)
        .context("npm couldn't bring its packages: is there a network?")
}

/// Builds the screens for the window unless they are newer than their sources.
pub(crate) fn screens(root: &Path) -> Result<()> {
    vite(root, "screens (vite build)", &root.join("ui/dist"), &[]).map(drop)
}

/// Builds the screens for browsers, with the device core in them; tells whether they were old.
pub(crate) fn browser_screens(root: &Path) -> Result<bool> {
    let mode = ["--", "--mode", "web"];
    vite(root, "screens for browsers", &root.join("web/dist"), &mode)
}

fn vite(root: &Path, name: &str, built: &Path, mode: &[&str]) -> Result<bool> {
    let ui = root.join("ui");
    npm("packages of the screens", &ui)?;
    let mut sources: Vec<PathBuf> = ["src", "public", "index.html", "package-lock.json"]
        .iter()
        .map(|name| ui.join(name))
        .collect();
    sources.extend(
        ["vite.config.ts", "first.ts", "browser.ts", "budget.ts"].map(|name| ui.join(name)),
    );
    if !mode.is_empty() {
        sources.extend(
            ["icons", "worker", "service-worker", "pkg"].map(|name| root.join("web").join(name)),
        );
    }
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    if is_newer(&built.join("index.html"), &sources) {
        return Ok(false);
    }
    let mut arguments = vec!["run", "--silent", "build"];
    arguments.extend(mode);
    step::timed(name, || step::sh("npm", &arguments, &ui))?;
    Ok(true)
}

/// Whether a file is there and no older than everything that it was made of.
pub(crate) fn is_newer(made: &Path, sources: &[&Path]) -> bool {
    let made = fs::metadata(made).and_then(|m| m.modified()).ok();
    made.is_some() && made >= sources.iter().filter_map(|path| newest_under(path)).max()
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use anyhow::bail;

    use super::{Machine, install, may_install, missing, npm_ci};

    const LACKING: [&str; 2] = ["libwebkit2gtk-4.1-dev", "fonts-noto-cjk"];

    fn names_all(words: &str) {
        for name in LACKING {
            assert!(words.contains(name), "{words}");
        }
    }

    #[test]
    fn without_root_and_sudo_the_packages_are_named() {
        let machine = Machine {
            apt: true,
            root: false,
            sudo: false,
        };
        let words = may_install(machine, &LACKING).unwrap_err().to_string();
        assert!(words.contains("neither root nor sudo"), "{words}");
        names_all(&words);
        let with_sudo = Machine {
            sudo: true,
            ..machine
        };
        may_install(with_sudo, &LACKING).unwrap();
    }

    #[test]
    fn another_system_is_told_the_names_and_goes_on() {
        names_all(&super::foreign(&LACKING));
    }

    #[test]
    fn without_a_network_the_question_is_asked_and_the_packages_are_named() {
        let words = install(&LACKING, |_| bail!("apt-get ended with exit status: 100"));
        let words = format!("{:#}", words.unwrap_err());
        assert!(words.contains("is there a network?"), "{words}");
        assert!(words.contains("exit status: 100"), "{words}");
        names_all(&words);
    }

    #[test]
    fn an_old_list_of_packages_may_do() {
        let asked = RefCell::new(Vec::new());
        install(&LACKING, |arguments| {
            asked.borrow_mut().push(arguments.join(" "));
            if arguments.contains(&"update") {
                bail!("no network")
            }
            Ok(())
        })
        .unwrap();
        let asked = asked.into_inner();
        assert_eq!(asked.len(), 2, "{asked:?}");
        names_all(asked.last().unwrap());
    }

    #[test]
    fn packages_that_nobody_has_are_missing() {
        assert_eq!(missing(&["xunan-is-no-package"]), ["xunan-is-no-package"]);
    }

    #[test]
    fn a_failed_npm_asks_for_the_network_and_a_missing_one_for_node() {
        let here = std::env::temp_dir();
        let failed = npm_ci("false", &here).unwrap_err().to_string();
        assert!(failed.contains("is there a network?"), "{failed}");
        let absent = npm_ci("xunan-is-no-program", &here)
            .unwrap_err()
            .to_string();
        assert!(absent.contains("Node.js 20.19"), "{absent}");
    }
}
