//! W2: a field day comes to a device that has the register and no record, and is in its lists.

use anyhow::{Result, ensure};
use xunan_device::request::{FindingFilter, Reply, Request};
use xunan_tests::Relay;

use super::{Bench, Goals, Sides};
use crate::peers::automerge_sync::{AutomergeClient, AutomergeServer, Documents};
use crate::peers::plain::{PlainClient, PlainServer};
use crate::report::{Figure, Goal};
use crate::workload::{Kind, Workload};
use crate::world::{Device, Traffic};

pub(super) const NAME: &str = "W2 pull of a field day";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let (_folder, relay) = bench.relay(&bench.prepared.day_relay())?;
    let peers = Peers::new(bench, bench.day)?;
    let mut sides = Sides::default();
    for _ in 0..bench.repeat.seldom {
        sides.ours.add(&ours(bench, &relay, bench.day)?);
        sides.plain.add(&peers.plain(bench)?);
        sides.automerge.add(&peers.automerge(bench)?);
    }
    let goals = Goals {
        up: None,
        down: Some(Goal::TimesFirst(1.0)),
        time: None,
    };
    Ok(sides.figures(NAME, &goals, "applied and in the lists"))
}

/// One sync of the supervisor's device, after which its list has every finding.
pub(super) fn ours(bench: &Bench<'_>, relay: &Relay, workload: &Workload) -> Result<Traffic> {
    let (_folder, mut device) = bench.device(&bench.prepared.viewer(), relay)?;
    let traffic = device.exchange(Request::Sync {})?;
    device.ask(Request::GoOffline {})?;
    ensure!(findings(&mut device)? == workload.count(Kind::Finding));
    Ok(traffic)
}

/// How many findings its list has.
pub(super) fn findings(device: &mut Device) -> Result<usize> {
    let filter = FindingFilter::default();
    match device.ask(Request::Findings { filter })? {
        Reply::Findings(page) => Ok(usize::try_from(page.total)?),
        _ => Ok(0),
    }
}

/// The servers beside ours, with the same records.
pub(super) struct Peers {
    _folder: tempfile::TempDir,
    plain: PlainServer,
    automerge: AutomergeServer,
}

impl Peers {
    pub(super) fn new(bench: &Bench<'_>, workload: &Workload) -> Result<Self> {
        let folder = bench.empty()?;
        let plain = PlainServer::start(folder.path(), bench.runtime)?;
        let mut client = PlainClient::new(folder.path(), &plain, bench.network())?;
        client.push(workload)?;
        let documents = Documents::of(workload)?;
        let automerge = AutomergeServer::start(folder.path(), bench.runtime, Some(&documents))?;
        Ok(Self {
            _folder: folder,
            plain,
            automerge,
        })
    }
    pub(super) fn plain(&self, bench: &Bench<'_>) -> Result<Traffic> {
        let folder = bench.empty()?;
        PlainClient::new(folder.path(), &self.plain, bench.network())?.pull()
    }
    pub(super) fn automerge(&self, bench: &Bench<'_>) -> Result<Traffic> {
        let folder = bench.empty()?;
        AutomergeClient::new(folder.path(), &self.automerge, bench.network(), None)?.pull()
    }
}
