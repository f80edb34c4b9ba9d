//! `cargo xtask run`: from a fresh clone to a window with a district behind it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::people::{self, Part};
use crate::relay::Relay;
use crate::{root, setup, step};

/// Options of `cargo xtask run`.
#[derive(Args)]
pub(crate) struct Options {
    /// Opens another window as this person (name or phone number); the relay must be running.
    #[arg(long)]
    person: Option<String>,
    /// The relay's port on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Starts the relay alone, without a window.
    #[arg(long)]
    no_window: bool,
}

/// What the first start decided; kept in `run/cast.json`.
#[derive(Serialize, Deserialize)]
struct Cast {
    site: String,
    parts: Vec<CastPart>,
}

#[derive(Serialize, Deserialize)]
struct CastPart {
    name: String,
    phone: String,
    unit: String,
    role: String,
    code: String,
    link: String,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    let folder = root.join("run");
    fs::create_dir_all(&folder).context("folder run/")?;
    setup::packages(setup::WINDOW)?;
    setup::screens(&root)?;
    let target = build(&root)?;
    let relay = Relay::new(&target, folder.join("relay"));
    if let Some(person) = &options.person {
        let cast = read_cast(&folder)?;
        let part = cast.find(person)?;
        let mut window = open_window(&target, &folder, part)?;
        window.wait().context("window")?;
        return Ok(());
    }
    if !relay.has_organisation() {
        let (year, _) = this_month()?;
        let sample = root.join("sample");
        step::timed("import of the sample district", || {
            relay.import_sample(&sample, year)
        })?;
    }
    let mut serving = relay.serve(options.port, &root.join("ui/dist"))?;
    // An invitation's link names the address that the relay serves at.
    let cast = invite_once(&root, &folder, &relay)?;
    tell(&cast, options.port);
    let window = match cast.parts.first() {
        Some(first) if !options.no_window => window_if_possible(&target, &folder, first)?,
        _ => None,
    };
    // Ctrl-C reaches the relay and the window as members of this terminal's process group.
    serving.wait().context("relay")?;
    if let Some(mut window) = window {
        let _ = window.kill();
        let _ = window.wait();
    }
    Ok(())
}

fn build(root: &Path) -> Result<PathBuf> {
    let arguments = [
        "build",
        "--quiet",
        "-p",
        "xunan-relay",
        "-p",
        "xunan-app",
        "--features",
        "xunan-app/embed",
    ];
    step::timed(
        "relay and app (cargo build; the first time takes minutes)",
        || step::sh("cargo", &arguments, root),
    )?;
    target_folder(root)
}

/// Where cargo puts what it builds.
pub(crate) fn target_folder(root: &Path) -> Result<PathBuf> {
    let mut command = step::command(
        "cargo",
        &[
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ],
        root,
    );
    let printed = step::output(&mut command)?;
    let parsed: serde_json::Value = serde_json::from_str(&printed)?;
    let folder = parsed.get("target_directory").and_then(|v| v.as_str());
    Ok(Path::new(folder.context("cargo metadata names no target folder")?).join("debug"))
}

/// Invites the cast at the first start; later starts keep it.
fn invite_once(root: &Path, folder: &Path, relay: &Relay) -> Result<Cast> {
    if folder.join("cast.json").exists() {
        return read_cast(folder);
    }
    let (_, month) = this_month()?;
    let (site, parts) = people::cast(&root.join("sample/demo"), month)?;
    let invited = parts.iter().map(|part| invited(relay, part));
    let cast = Cast {
        site,
        parts: invited.collect::<Result<_>>()?,
    };
    fs::write(folder.join("cast.json"), serde_json::to_vec_pretty(&cast)?)
        .context("run/cast.json")?;
    Ok(cast)
}

fn invited(relay: &Relay, part: &Part) -> Result<CastPart> {
    let invitation = relay.invite(part)?;
    Ok(CastPart {
        name: part.name.clone(),
        phone: part.phone.clone(),
        unit: part.unit.clone(),
        role: part.role.to_owned(),
        code: invitation.code,
        link: invitation.link,
    })
}

fn read_cast(folder: &Path) -> Result<Cast> {
    let bytes = fs::read(folder.join("cast.json"));
    let bytes = bytes.context("nothing was imported yet: start with `cargo xtask run` first")?;
    serde_json::from_slice(&bytes).context("run/cast.json")
}

impl Cast {
    fn find(&self, person: &str) -> Result<&CastPart> {
        let fits = |p: &&CastPart| p.name == person || p.phone == person;
        let names: Vec<&str> = self.parts.iter().map(|p| p.name.as_str()).collect();
        self.parts.iter().find(fits).with_context(|| {
            format!(
                "{person} is not one of the people to play: {}",
                names.join("、")
            )
        })
    }
}

fn tell(cast: &Cast, port: u16) {
    step::say(&format!(
        "\n巡安中继: http://127.0.0.1:{port}    本月同去一家: {}",
        cast.site
    ));
    step::say("一次性邀请（每人一部设备）：");
    let mut widths: BTreeMap<&str, usize> = BTreeMap::new();
    for part in &cast.parts {
        let width = widths.entry("name").or_default();
        *width = (*width).max(part.name.chars().count());
    }
    for p in &cast.parts {
        step::say(&format!(
            "  {}  {}  {} · {}\n      {}",
            p.code, p.name, p.role, p.unit, p.link
        ));
    }
    step::say("另开一人的窗口：cargo xtask run --person 姓名    结束：Ctrl-C\n");
}

fn window_if_possible(target: &Path, folder: &Path, part: &CastPart) -> Result<Option<Child>> {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        step::say("这台机器没有显示器（DISPLAY 未设），不开窗口；中继照常运行。");
        return Ok(None);
    }
    open_window(target, folder, part).map(Some)
}

/// Opens a window for a person with a device folder of its own.
fn open_window(target: &Path, folder: &Path, part: &CastPart) -> Result<Child> {
    let program = target.join("xunan-app");
    if !program.exists() {
        bail!("the app isn't built: {}", program.display());
    }
    Command::new(program)
        .env("XUNAN_DATA", folder.join("devices").join(&part.phone))
        .env("XUNAN_INVITATION", &part.link)
        .spawn()
        .context("can't open the window")
}

fn this_month() -> Result<(i32, u8)> {
    let printed = step::output(Command::new("date").arg("+%Y %m"))?;
    let (year, month) = printed.trim().split_once(' ').context("date")?;
    Ok((year.parse()?, month.parse()?))
}
