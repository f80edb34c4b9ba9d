//! A device without a window: the app itself, driven step by step, with a clock that can be set and
//! a client that counts what it carries.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use tokio::runtime::Handle;
use xunan_core::timestamp::Timestamp;
use xunan_device::app::App;
use xunan_device::host::{Clock, Host};
use xunan_device::native::{FileBlobs, KeyFile, SystemRandom, WallClock};
use xunan_device::request::{Reply, Request};
use xunan_device::sync::{Effect, HttpAnswer, HttpRequest, Input, Method};

/// What a sync carried. Bytes are those of bodies, without HTTP's headers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    /// Requests.
    pub(crate) requests: u32,
    /// Bytes of their bodies.
    pub(crate) up: u64,
    /// Bytes of the answers' bodies.
    pub(crate) down: u64,
    /// From asking to all kept.
    pub(crate) time: Duration,
    /// Until the first answer was kept.
    pub(crate) first: Duration,
    /// Waiting for answers.
    pub(crate) waited: Duration,
}

/// The machine's clock, or a time that was set.
#[derive(Clone, Default)]
struct SetClock(Arc<AtomicI64>);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        match self.0.load(Ordering::Relaxed) {
            0 => WallClock.now(),
            set => Timestamp(set),
        }
    }
}

/// See the module.
pub(crate) struct Device {
    app: App,
    key: KeyFile,
    clock: SetClock,
    http: reqwest::Client,
    runtime: Handle,
    calls: u64,
}

impl Device {
    /// Opens the device of a folder. It does nothing before it is asked.
    pub(crate) fn open(folder: &Path, http: &reqwest::Client, runtime: &Handle) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let key = KeyFile::open(&folder.join("device.key"))?;
        let clock = SetClock::default();
        let host = Host {
            clock: Box::new(clock.clone()),
            random: Box::new(SystemRandom),
            blobs: Box::new(FileBlobs::open(&folder.join("blobs"))?),
            public_key: key.public_key(),
            platform: std::env::consts::OS.to_owned(),
        };
        let connection = Connection::open(folder.join("device.db"))?;
        Ok(Self {
            app: App::open(connection, host)?,
            key,
            clock,
            http: http.clone(),
            runtime: runtime.clone(),
            calls: 0,
        })
    }

    /// Sets its clock; none: the machine's again.
    pub(crate) fn set_clock(&self, at: Option<i64>) {
        self.clock.0.store(at.unwrap_or(0), Ordering::Relaxed);
    }
    /// The register that it knows.
    pub(crate) fn app(&mut self) -> &mut App {
        &mut self.app
    }

    /// Asks what needs no network. The device must have gone offline before.
    pub(crate) fn ask(&mut self, request: Request) -> Result<Reply> {
        self.calls += 1;
        let id = self.calls;
        let request = Box::new(request);
        for effect in self.app.step(Input::Call { id, request }) {
            if let Effect::Reply { id: of, result } = effect
                && of == id
            {
                return result.map_err(problem);
            }
        }
        bail!("the device didn't answer at once");
    }

    /// Asks, carries out what the engine says, and counts it, until the answer is there.
    pub(crate) fn exchange(&mut self, request: Request) -> Result<Traffic> {
        self.calls += 1;
        let call = self.calls;
        let began = Instant::now();
        let mut traffic = Traffic::default();
        let request = Box::new(request);
        let mut inputs = VecDeque::from([Input::Call { id: call, request }]);
        let (mut answers, mut last) = (0_u32, None);
        while let Some(input) = inputs.pop_front() {
            for effect in self.app.step(input) {
                match effect {
                    Effect::Send(request) => {
                        if answers == 1 && traffic.first.is_zero() {
                            traffic.first = began.elapsed();
                        }
                        let id = request.id;
                        let answer = self.send(request, &mut traffic)?;
                        answers = answers.saturating_add(1);
                        last = (answer.status != 200).then(|| {
                            let words = String::from_utf8_lossy(&answer.body);
                            (answer.status, words.into_owned())
                        });
                        inputs.push_back(Input::Answered { id, answer });
                    }
                    Effect::Sign { id, message } => {
                        let signature = self.key.sign(&message);
                        inputs.push_back(Input::Signed { id, signature });
                    }
                    Effect::Continue => inputs.push_back(Input::Tick),
                    Effect::Reply { id, result } if id == call => {
                        result.map_err(problem)?;
                        traffic.time = began.elapsed();
                        if traffic.first.is_zero() {
                            traffic.first = traffic.time;
                        }
                        return Ok(traffic);
                    }
                    Effect::Scale { .. } => bail!("a workload has no photos"),
                    Effect::Reply { .. }
                    | Effect::Cancel { .. }
                    | Effect::WakeAt(_)
                    | Effect::Notice(_) => {}
                }
            }
        }
        bail!("the engine waits; the last answer was {last:?}");
    }

    fn send(&self, request: HttpRequest, traffic: &mut Traffic) -> Result<HttpAnswer> {
        if request.method != Method::Post {
            bail!("a workload has no photos: {}", request.url);
        }
        let began = Instant::now();
        let length = u64::try_from(request.body.len())?;
        let mut call = self.http.post(&request.url);
        if let Some(token) = &request.token {
            call = call.bearer_auth(token);
        }
        let kind = if request.json {
            "application/json"
        } else {
            "application/octet-stream"
        };
        let call = call.header("content-type", kind).body(request.body);
        let (status, body) = self.runtime.block_on(async {
            let response = call.send().await?;
            let status = response.status().as_u16();
            Ok::<_, reqwest::Error>((status, response.bytes().await?.to_vec()))
        })?;
        traffic.requests = traffic.requests.saturating_add(1);
        traffic.up = traffic.up.saturating_add(length);
        traffic.down = traffic.down.saturating_add(u64::try_from(body.len())?);
        traffic.waited = traffic.waited.saturating_add(began.elapsed());
        Ok(HttpAnswer {
            status,
            offset: None,
            body,
        })
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn problem(problem: xunan_core::code::Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem:?}")
}

/// Points a device that is not open at another relay address.
pub(crate) fn readdress(folder: &Path, relay: &str) -> Result<()> {
    let connection = Connection::open(folder.join("device.db"))?;
    connection
        .execute("UPDATE sync_state SET relay = ?1", [relay])
        .context("device.db")?;
    Ok(())
}
