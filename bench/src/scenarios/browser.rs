//! The app in a browser on a phone, with the district on the device: taps, lists and its start
//! without a network, as a person feels them.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use xunan_device::native::start;
use xunan_device::request::Request;
use xunan_tests::{Relay, root, told};

use super::{Bench, NAME_OF_PLATFORM, tap};
use crate::measure::Samples;
use crate::report::{Figure, Unit};
use crate::workload::Kind;
use crate::world::cast::SUPERVISOR;
use crate::world::device::readdress;

pub(super) const NAME: &str = "browser";
/// Checklists of 60 items: 300 of them in one inspection.
const LISTS: usize = 5;
/// At 60 frames a second, and what the clock of frames is off by.
const A_FRAME: f64 = 17.0;
/// Ninety-five of a hundred come in time.
const LEFT_OUT: f64 = 5.0;
const SLOW: &str = "CPU 6 × slower";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let app = root().join("web/dist");
    ensure!(
        app.join("index.html").exists(),
        "web/dist is empty: cargo xtask web builds it"
    );
    let relay_folder = bench.copy(&bench.prepared.district_relay())?;
    let relay = Relay::start(relay_folder.path(), Some(&app))?;
    // The same person at another device has begun.
    let folder = bench.copy(&bench.prepared.district_viewer())?;
    readdress(folder.path(), &relay.url())?;
    let device = start(folder.path(), NAME_OF_PLATFORM, bench.runtime.clone())?;
    let inspection = bench.runtime.block_on(async {
        let id = tap::begin(&device, LISTS).await?;
        tap::ask(&device, Request::Sync {}).await?;
        Ok::<_, anyhow::Error>(id)
    })?;
    drop(device);
    let findings = bench.district.0.iter();
    let asked = json!({
        "phone": SUPERVISOR,
        "inspection": inspection,
        "findings": findings.filter(|record| record.kind == Kind::Finding).count(),
        "often": bench.repeat.often.min(100),
        "seldom": bench.repeat.seldom,
    });
    let (name, world) = told(&relay, &app);
    let script = Command::new("node")
        .arg("tests/browser/bench.mjs")
        .env(name, world)
        .env("XUNAN_BENCH", asked.to_string())
        .current_dir(root())
        .output()
        .context("node")?;
    if !script.status.success() {
        bail!("{}", String::from_utf8_lossy(&script.stderr));
    }
    Said(serde_json::from_slice(&script.stdout)?).figures()
}

/// What the script measured, by its names.
struct Said(BTreeMap<String, Samples>);

impl Said {
    fn figures(&self) -> Result<Vec<Figure>> {
        let kept = "from the tap until the screen says so";
        let there = "until today's tasks are there";
        let all = "from the invitation's link to all in the lists";
        let mut tap = self.figure("tap to durable, p50", "tap", 50, kept)?;
        let flush = self.of("flush")?.median();
        tap.beside = vec![("the browser's own flush".to_owned(), flush)];
        Ok(vec![
            tap,
            self.figure("300 items: tap to durable, p50", "slow_tap", 50, SLOW)?,
            self.drawn("300 items: touch to next frame, p50", "touch", "slow_touch")?,
            self.drawn("300 items: tap to next frame, p50", "click", "slow_click")?,
            self.heard("300 items: tap heard to next frame, p50", "slow_heard")?,
            self.left_out(
                "300 items: frames left out, by wheel",
                "slow_items_left_out",
            )?,
            self.figure("300 items: frames, p95", "slow_items", 95, SLOW)?
                .at_most(A_FRAME),
            self.drawn(
                "10,000 findings: touch to next frame, p50",
                "touch",
                "slow_row_touch",
            )?,
            self.drawn(
                "10,000 findings: tap to next frame, p50",
                "click",
                "slow_row_click",
            )?,
            self.heard(
                "10,000 findings: tap heard to next frame, p50",
                "slow_row_heard",
            )?,
            self.left_out(
                "10,000 findings: frames left out, by wheel",
                "slow_list_left_out",
            )?,
            self.left_out(
                "10,000 findings: frames with a row missing",
                "slow_list_bare",
            )?,
            self.figure("10,000 findings: frames, p95", "slow_list", 95, SLOW)?
                .at_most(A_FRAME),
            self.figure("start without a network", "start", 50, there)?
                .at_most(1_500.0),
            self.figure("first sync of the district", "sync", 50, all)?,
        ])
    }

    fn of(&self, name: &str) -> Result<&Samples> {
        self.0.get(name).with_context(|| name.to_owned())
    }
    fn figure(&self, what: &str, name: &str, part: usize, how: &str) -> Result<Figure> {
        let samples = self.of(name)?;
        Ok(Figure {
            scenario: NAME,
            what: what.to_owned(),
            unit: Unit::Ms,
            ours: samples.part(part),
            beside: Vec::new(),
            goal: None,
            how: format!("{} times; {how}", samples.count()),
        })
    }
    /// As soon as the browser draws anything: what is above is ours.
    fn drawn(&self, what: &str, event: &str, name: &str) -> Result<Figure> {
        let least = self.of(&format!("bare_{event}"))?.median();
        let mut figure = self.figure(what, name, 50, SLOW)?.at_most(least + A_FRAME);
        figure.beside = vec![("a page of one button".to_owned(), least)];
        Ok(figure)
    }
    /// What the page takes of a tap, and the browser to draw it: a frame, whatever a page of one button takes.
    fn heard(&self, what: &str, name: &str) -> Result<Figure> {
        Ok(self.drawn(what, "heard", name)?.at_most(A_FRAME))
    }
    fn left_out(&self, what: &str, name: &str) -> Result<Figure> {
        let mut figure = self.figure(what, name, 50, SLOW)?;
        figure.unit = Unit::Percent;
        figure.ours = self.of(name)?.percent();
        Ok(figure.at_most(LEFT_OUT))
    }
}
