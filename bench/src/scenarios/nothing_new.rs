//! W4: nothing new, with the district on the device.

use anyhow::Result;
use xunan_device::request::Request;

use super::{Bench, Goals, Sides};
use crate::peers::automerge_sync::{AutomergeClient, AutomergeServer, Documents};
use crate::peers::plain::{PlainClient, PlainServer};
use crate::report::{Figure, Goal};

pub(super) const NAME: &str = "W4 nothing new";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let (_folder, relay) = bench.relay(&bench.prepared.district_relay())?;
    let (_viewer, mut device) = bench.device(&bench.prepared.district_viewer(), &relay)?;
    // The first tells the relay when this device was last there; later ones write nothing.
    device.exchange(Request::Sync {})?;
    let folder = bench.empty()?;
    let server = PlainServer::start(folder.path(), bench.runtime)?;
    let mut plain = PlainClient::new(folder.path(), &server, bench.network())?;
    plain.push(bench.district)?;
    plain.pull()?;
    let mut sides = Sides::default();
    for _ in 0..bench.repeat.seldom.saturating_mul(3) {
        sides.ours.add(&device.exchange(Request::Sync {})?);
        sides.plain.add(&plain.pull()?);
    }
    let documents = Documents::of(bench.district)?;
    let server = AutomergeServer::start(folder.path(), bench.runtime, Some(&documents))?;
    let ends = (bench.network(), Some(&documents));
    let mut automerge = AutomergeClient::new(folder.path(), &server, ends.0, ends.1)?;
    sides.automerge.add(&automerge.sync()?);
    let goals = Goals {
        up: Some(Goal::AtMost(120.0)),
        down: Some(Goal::AtMost(120.0)),
        time: None,
    };
    Ok(sides.figures(NAME, &goals, "automerge once, a new connection"))
}
