//! Folders that every measurement begins from. They are made once for a workload and a build, in
//! memory where that can be, and kept under `bench/prepared`.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::runtime::Handle;
use xunan_core::timestamp::Zone;
use xunan_device::host::Clock;
use xunan_device::native::WallClock;
use xunan_device::request::Request;
use xunan_tests::{Relay, copy_folder, program, relay_command, sample_files};

use super::cast::{Cast, LEADER, SUPERVISOR};
use super::device::{Device, readdress};
use super::folder::in_memory;
use super::replay::{Names, Replay};
use crate::workload::{Record, Workload};

/// See the module.
pub(crate) struct Prepared {
    folder: PathBuf,
}

impl Prepared {
    /// The relay with its register, and nothing else.
    pub(crate) fn relay(&self) -> PathBuf {
        self.folder.join("relay")
    }
    /// An author's device with the field day written and nothing sent.
    pub(crate) fn day_author(&self) -> PathBuf {
        self.folder.join("day-author")
    }
    /// The relay that has the field day.
    pub(crate) fn day_relay(&self) -> PathBuf {
        self.folder.join("day-relay")
    }
    /// The supervisor's device with the register, and no record.
    pub(crate) fn viewer(&self) -> PathBuf {
        self.folder.join("viewer")
    }
    /// The relay that has the district.
    pub(crate) fn district_relay(&self) -> PathBuf {
        self.folder.join("district-relay")
    }
    /// The supervisor's device that has the district.
    pub(crate) fn district_viewer(&self) -> PathBuf {
        self.folder.join("district-viewer")
    }
    /// The district leader's device that has the district.
    pub(crate) fn district_leader(&self) -> PathBuf {
        self.folder.join("district-leader")
    }
    /// Where copies are made that are measured.
    pub(crate) fn disk(&self) -> PathBuf {
        self.folder.join("disk")
    }
}

/// What is replayed, and by what.
pub(crate) struct Preparation<'a> {
    pub(crate) day: &'a Workload,
    pub(crate) district: &'a Workload,
    /// Where to keep it.
    pub(crate) folder: &'a Path,
    pub(crate) http: &'a reqwest::Client,
    pub(crate) runtime: &'a Handle,
}

impl Preparation<'_> {
    /// Uses what an earlier run of the same build made, or makes it.
    pub(crate) fn prepare(&self) -> Result<Prepared> {
        let folder = self.folder.join(format!("{:016x}", self.key()?));
        if folder.join("done").exists() {
            return Ok(Prepared { folder });
        }
        // Those of other builds.
        if self.folder.exists() {
            fs::remove_dir_all(self.folder)?;
        }
        let memory = in_memory()?;
        let made = Prepared {
            folder: memory.path().to_owned(),
        };
        Self::timed("register and field day", || self.day(&made))?;
        Self::timed("district", || self.district(&made))?;
        copy_folder(memory.path(), &folder)?;
        fs::write(folder.join("done"), "")?;
        Ok(Prepared { folder })
    }

    fn timed(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let began = Instant::now();
        work().with_context(|| format!("preparing {what}"))?;
        let mut err = std::io::stderr().lock();
        let seconds = began.elapsed().as_secs_f64();
        writeln!(err, "prepared: {what} ({seconds:.1} s)")?;
        Ok(())
    }

    /// Another build or another workload makes other folders.
    fn key(&self) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        fs::read(std::env::current_exe()?)?.hash(&mut hasher);
        fs::read(program("xunan-relay"))?.hash(&mut hasher);
        self.day.lines()?.hash(&mut hasher);
        self.district.lines()?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn day(&self, made: &Prepared) -> Result<()> {
        let cast = Cast::of(&[self.day, self.district]);
        Self::import(&cast, &made.relay())?;
        let relay = Relay::start(&made.relay(), None)?;
        self.enrol(&relay, SUPERVISOR, &made.viewer())?;
        self.enrol(&relay, LEADER, &made.district_leader())?;
        let (_, phone) = author(&cast, self.day.0.first())?;
        self.enrol(&relay, &phone, &made.day_author())?;
        drop(relay);
        self.write(&made.day_author(), self.day.0.iter(), Self::shift(self.day))?;
        self.push_day(made)
    }

    fn push_day(&self, made: &Prepared) -> Result<()> {
        copy_folder(&made.relay(), &made.day_relay())?;
        let sender = made.folder.join("day-sender");
        copy_folder(&made.day_author(), &sender)?;
        let relay = Relay::start(&made.day_relay(), None)?;
        readdress(&sender, &relay.url())?;
        self.sync(&sender)?;
        fs::remove_dir_all(sender)?;
        Ok(())
    }

    fn district(&self, made: &Prepared) -> Result<()> {
        copy_folder(&made.relay(), &made.district_relay())?;
        copy_folder(&made.viewer(), &made.district_viewer())?;
        let relay = Relay::start(&made.district_relay(), None)?;
        let cast = Cast::of(&[self.day, self.district]);
        let shift = Self::shift(self.district);
        for (label, phone) in cast.authors() {
            let folder = made.folder.join("author");
            let records = self.district.0.iter();
            let records = records.filter(|record| record.author() == label);
            self.enrol(&relay, &phone, &folder)?;
            self.write(&folder, records, shift)?;
            self.sync(&folder)?;
            fs::remove_dir_all(folder)?;
        }
        for viewer in [made.district_viewer(), made.district_leader()] {
            readdress(&viewer, &relay.url())?;
            self.sync(&viewer)?;
        }
        Ok(())
    }

    /// The sample and the workload's people, in a new relay.
    fn import(cast: &Cast, relay: &Path) -> Result<()> {
        let sheets = tempfile::tempdir()?;
        let files: Vec<PathBuf> = [sample_files()?, cast.write(sheets.path())?].concat();
        let mut arguments = vec!["import"];
        arguments.extend(files.iter().filter_map(|path| path.to_str()));
        let year = Zone::default().day(WallClock.now()).year().to_string();
        let from = format!("{year}-01-01");
        arguments.extend(["--year", &year, "--counted-from", &from]);
        relay_command(relay, &arguments)?;
        Ok(())
    }

    /// A new device of a person, with the register.
    fn enrol(&self, relay: &Relay, phone: &str, folder: &Path) -> Result<()> {
        let invitation = relay.json(&["invite", "--person", phone, "--json"])?;
        let code = invitation.get("code").and_then(Value::as_str);
        let code = code.context("an invitation's code")?.to_owned();
        let relay = relay.url();
        self.open(folder)?
            .exchange(Request::Enrol { relay, code })?;
        self.sync(folder)
    }

    /// Replays records on a device without network.
    fn write<'r>(
        &self,
        folder: &Path,
        records: impl Iterator<Item = &'r Record>,
        shift: i64,
    ) -> Result<()> {
        let mut device = self.open(folder)?;
        device.ask(Request::GoOffline {})?;
        let names = Names::of(device.app().device().register())?;
        let mut replay = Replay {
            device: &mut device,
            names: &names,
            shift,
        };
        for record in records {
            replay.record(record).with_context(|| record.id.clone())?;
        }
        Ok(())
    }

    fn sync(&self, folder: &Path) -> Result<()> {
        self.open(folder)?.exchange(Request::Sync {})?;
        Ok(())
    }
    fn open(&self, folder: &Path) -> Result<Device> {
        Device::open(folder, self.http, self.runtime)
    }

    /// Moves a workload's times so that its newest edit is a minute old.
    fn shift(workload: &Workload) -> i64 {
        let a_minute_ago = WallClock.now().plus(-60_000);
        a_minute_ago.0.saturating_sub(workload.newest())
    }
}

fn author(cast: &Cast, record: Option<&Record>) -> Result<(String, String)> {
    let label = record.context("a workload without records")?.author();
    let author = cast.authors().find(|(of, _)| *of == label);
    let (label, phone) = author.context("an author")?;
    Ok((label.to_owned(), phone))
}
