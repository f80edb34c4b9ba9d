//! One file per figure. Each repeats ours and what stands beside it by turns, in one run, from fresh
//! copies of prepared folders on the disk.

mod browser;
mod desk;
mod edit;
mod first_sync;
mod lists;
mod nothing_new;
mod pull;
mod push;
mod start;
mod tap;
mod targets;

use std::path::{Path, PathBuf};

use anyhow::Result;
use tokio::runtime::Handle;
use xunan_core::timestamp::Zone;
use xunan_device::host::Clock;
use xunan_device::native::WallClock;
use xunan_device::request::Request;
use xunan_tests::Relay;

use crate::measure::{Samples, time};
use crate::report::{Figure, Goal, Unit};
use crate::workload::Workload;
use crate::world::device::readdress;
use crate::world::folder::Copy;
use crate::world::{Device, Prepared, Traffic};

/// What devices say that they run on.
const NAME_OF_PLATFORM: &str = std::env::consts::OS;

type Scenario = fn(&Bench<'_>) -> Result<Vec<Figure>>;

/// All of them, by the name that `--only` has.
pub(crate) const ALL: [(&str, Scenario); 11] = [
    (push::NAME, push::measure),
    (pull::NAME, pull::measure),
    (first_sync::NAME, first_sync::measure),
    (nothing_new::NAME, nothing_new::measure),
    (edit::NAME, edit::measure),
    (tap::NAME, tap::measure),
    (start::NAME, start::measure),
    (lists::NAME, lists::measure),
    (targets::NAME, targets::measure),
    (desk::NAME, desk::measure),
    (browser::NAME, browser::measure),
];

/// How often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repeat {
    /// What takes a second.
    pub(crate) seldom: usize,
    /// What takes milliseconds.
    pub(crate) often: usize,
}

impl Repeat {
    /// For figures.
    pub(crate) const FULL: Self = Self {
        seldom: 7,
        often: 300,
    };
    /// To see that it runs.
    pub(crate) const QUICK: Self = Self {
        seldom: 1,
        often: 3,
    };
}

/// What scenarios measure with.
pub(crate) struct Bench<'a> {
    pub(crate) prepared: &'a Prepared,
    pub(crate) day: &'a Workload,
    pub(crate) district: &'a Workload,
    pub(crate) http: &'a reqwest::Client,
    pub(crate) runtime: &'a Handle,
    pub(crate) repeat: Repeat,
}

impl Bench<'_> {
    /// A folder on the disk that is measured.
    pub(crate) fn disk(&self) -> Result<PathBuf> {
        let disk = self.prepared.disk();
        std::fs::create_dir_all(&disk)?;
        Ok(disk)
    }
    /// A fresh copy of a prepared folder.
    fn copy(&self, from: &Path) -> Result<Copy> {
        Copy::of(from, &self.disk()?)
    }
    /// An empty folder.
    fn empty(&self) -> Result<tempfile::TempDir> {
        Ok(tempfile::TempDir::new_in(self.disk()?)?)
    }
    /// A relay on a copy of a prepared folder, its connection open.
    fn relay(&self, from: &Path) -> Result<(Copy, Relay)> {
        let copy = self.copy(from)?;
        let relay = Relay::start(copy.path(), None)?;
        let call = self.http.get(format!("{}/health", relay.url()));
        self.runtime.block_on(call.send())?;
        Ok((copy, relay))
    }
    /// A device on a copy of a prepared folder, which talks to this relay.
    fn device(&self, from: &Path, relay: &Relay) -> Result<(Copy, Device)> {
        let copy = self.copy(from)?;
        readdress(copy.path(), &relay.url())?;
        let device = Device::open(copy.path(), self.http, self.runtime)?;
        Ok((copy, device))
    }
    /// How long a device takes to answer a question.
    fn asked(
        &self,
        device: &mut Device,
        (scenario, what): (&'static str, &str),
        request: &Request,
    ) -> Result<Figure> {
        let mut ours = Samples::default();
        for _ in 0..self.repeat.seldom.saturating_mul(3) {
            let (took, _) = time(|| device.ask(request.clone()))?;
            ours.add_ms(took);
        }
        Ok(Figure {
            scenario,
            what: what.to_owned(),
            unit: Unit::Ms,
            ours: ours.median(),
            beside: Vec::new(),
            goal: None,
            how: format!("median of {}, asked of the device", ours.count()),
        })
    }
    const fn network(&self) -> (&reqwest::Client, &Handle) {
        (self.http, self.runtime)
    }
}

/// The client of devices and peers alike: connections stay open, nothing is delayed.
pub(crate) fn client() -> Result<reqwest::Client> {
    // Chosen here and once; that it was chosen already is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().tcp_nodelay(true).build()?)
}

/// Today in UTC+8, as the results' file is named.
pub(crate) fn today() -> String {
    Zone::default().day(WallClock.now()).to_string()
}

/// Exchanges of the same kind.
#[derive(Default)]
struct Exchanges {
    up: Samples,
    down: Samples,
    requests: Samples,
    time: Samples,
    waited: Samples,
    first: Samples,
}

impl Exchanges {
    fn add(&mut self, traffic: &Traffic) {
        self.up.add(traffic.up as f64);
        self.down.add(traffic.down as f64);
        self.requests.add(f64::from(traffic.requests));
        self.time.add_ms(traffic.time);
        self.waited.add_ms(traffic.waited);
        self.first.add_ms(traffic.first);
    }
}

/// Ours beside the two others.
#[derive(Default)]
struct Sides {
    ours: Exchanges,
    plain: Exchanges,
    automerge: Exchanges,
}

/// Goals of an exchange.
struct Goals {
    up: Option<Goal>,
    down: Option<Goal>,
    time: Option<Goal>,
}

impl Sides {
    /// Its figures: bytes each way, requests, time.
    fn figures(&self, scenario: &'static str, goals: &Goals, how: &str) -> Vec<Figure> {
        type Of = fn(&Exchanges) -> &Samples;
        let lines: [(&str, Unit, Option<Goal>, Of); 4] = [
            ("bytes up", Unit::Bytes, goals.up, |of| &of.up),
            ("bytes down", Unit::Bytes, goals.down, |of| &of.down),
            ("requests", Unit::Requests, Some(Goal::AtMost(1.0)), |of| {
                &of.requests
            }),
            ("time", Unit::Ms, goals.time, |of| &of.time),
        ];
        let figure = |(what, unit, goal, of): (&str, Unit, Option<Goal>, Of)| Figure {
            scenario,
            what: what.to_owned(),
            unit,
            ours: of(&self.ours).median(),
            beside: self.beside(of),
            goal,
            how: format!("median of {}; {how}", of(&self.ours).count()),
        };
        lines.into_iter().map(figure).collect()
    }
    fn beside(&self, of: fn(&Exchanges) -> &Samples) -> Vec<(String, f64)> {
        let sides = [("plain", &self.plain), ("automerge sync", &self.automerge)];
        let there = sides.into_iter().filter(|(_, side)| of(side).count() > 0);
        there
            .map(|(name, side)| (name.to_owned(), of(side).median()))
            .collect()
    }
}
