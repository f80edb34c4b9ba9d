//! `cargo xtask run`: from a fresh clone to a window with a district behind it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Sender, channel};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::cast::Cast;
use crate::relay::{self, Relay};
use crate::{cargo, root, setup, step, web, window};

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
    /// Starts what was built before, without looking for what is missing or changed.
    #[arg(long)]
    no_build: bool,
    /// Where the relay and the devices keep everything [default: run/ of the repository].
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// Runs it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = root();
    let folder = options.data.clone().unwrap_or_else(|| root.join("run"));
    // What can't work is said before anything is built for it.
    if options.person.is_none() {
        relay::check_free(options.port)?;
    } else if !window::has_display(|name| std::env::var_os(name)) {
        bail!("{}", window::NO_DISPLAY);
    }
    if !options.no_build {
        setup::packages(setup::WINDOW)?;
        setup::screens(&root)?;
        build(&root)?;
        if options.person.is_none() {
            web::build(&root)?;
        }
    }
    let programs = programs()?;
    if let Some(person) = &options.person {
        let cast = Cast::read(&folder)?;
        let mut window = window::open(&programs, &folder, cast.find(person)?)?;
        window.wait().context("window")?;
        return Ok(());
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    serve(options, &programs, &folder)
}

/// The relay with the sample district, and a window for the first person, until Ctrl-C.
fn serve(options: &Options, programs: &Path, folder: &Path) -> Result<()> {
    let root = root();
    let sample = root.join("sample");
    let relay = Relay::new(programs, folder.join("relay"));
    let (year, month) = this_month()?;
    if !relay.has_organisation() {
        step::timed("import of the sample district", || {
            relay.import_sample(&sample, year)
        })?;
    }
    let mut serving = relay.serve(options.port, &root.join(web::APP))?;
    // An invitation's link names the address that the relay serves at.
    let begun = Cast::invite_once(&sample, folder, &relay, month)
        .and_then(|cast| show(options, &cast, programs, folder));
    match begun {
        Ok(window) => wait(serving, window),
        Err(error) => {
            let _ = serving.kill();
            Err(error)
        }
    }
}

/// Says who can be played, and opens the first one's window where one can open.
fn show(options: &Options, cast: &Cast, programs: &Path, folder: &Path) -> Result<Option<Child>> {
    cast.tell(options.port);
    let (Some(first), false) = (cast.first(), options.no_window) else {
        return Ok(None);
    };
    if !window::has_display(|name| std::env::var_os(name)) {
        step::say(window::NO_DISPLAY);
        return Ok(None);
    }
    window::open(programs, folder, first).map(Some)
}

/// Waits for the relay's end. Ctrl-C reaches the relay and the window by itself, as members of this
/// terminal's process group.
fn wait(serving: Child, window: Option<Child>) -> Result<()> {
    let (ended, end) = channel();
    let mut opened = window.as_ref().map(Child::id);
    tell_end(true, serving, ended.clone());
    if let Some(window) = window {
        tell_end(false, window, ended);
    }
    while let Ok((is_relay, status)) = end.recv() {
        let status = status.context("waiting for the relay and the window")?;
        if is_relay {
            if let Some(id) = opened {
                // It may be closing by itself just now.
                let _ = Command::new("kill").arg(id.to_string()).output();
            }
            if !status.success() {
                bail!("the relay ended with {status}");
            }
            break;
        }
        opened = None;
        if !status.success() {
            step::say(window::WINDOW_FAILED);
        }
    }
    Ok(())
}

fn tell_end(is_relay: bool, mut child: Child, to: Sender<(bool, std::io::Result<ExitStatus>)>) {
    std::thread::spawn(move || to.send((is_relay, child.wait())));
}

/// Builds the relay and the app with the features that the tests are built with, so that cargo builds
/// each crate once for both: `--examples` brings the tests' own, and there are no examples to build.
fn build(root: &Path) -> Result<()> {
    let wanted = ["--examples", "--bin", "xunan-relay", "--bin", "xunan-app"];
    step::timed(
        "relay and app (cargo build; the first time takes minutes)",
        || cargo::all(root, "build", &wanted),
    )
}

/// Where this program was built, and the others beside it.
pub(crate) fn programs() -> Result<PathBuf> {
    let own = std::env::current_exe().context("this program's place")?;
    let folder = own.parent().context("this program's folder")?;
    Ok(folder.to_owned())
}

fn this_month() -> Result<(i32, u8)> {
    let printed = step::output(Command::new("date").arg("+%Y %m"))?;
    let (year, month) = printed.trim().split_once(' ').context("date")?;
    Ok((year.parse()?, month.parse()?))
}
