//! W1: a field day goes from the device on which it was written to a relay: bytes, requests, and the
//! time until it is durable there. Also how many changes a second the relay takes.

use anyhow::Result;
use xunan_device::request::Request;

use super::{Bench, Exchanges, Goals, Sides};
use crate::measure::Samples;
use crate::peers::automerge_sync::{AutomergeClient, AutomergeServer, Documents};
use crate::peers::plain::{PlainClient, PlainServer};
use crate::report::{Figure, Goal, Unit};

pub(super) const NAME: &str = "W1 push of a field day";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let documents = Documents::of(bench.day)?;
    let (mut sides, mut changes) = (Sides::default(), 0);
    for _ in 0..bench.repeat.seldom {
        changes = ours(bench, &mut sides.ours)?;
        plain(bench, &mut sides.plain)?;
        automerge(bench, &documents, &mut sides.automerge)?;
    }
    let goals = Goals {
        up: Some(Goal::TimesFirst(0.9)),
        down: None,
        time: None,
    };
    let how = format!("{changes} changes with history, authors and signature");
    let mut figures = sides.figures(NAME, &goals, &how);
    figures.push(rate(&sides.ours.waited, changes));
    Ok(figures)
}

fn ours(bench: &Bench<'_>, into: &mut Exchanges) -> Result<u32> {
    let (_folder, relay) = bench.relay(&bench.prepared.relay())?;
    let (_author, mut device) = bench.device(&bench.prepared.day_author(), &relay)?;
    let sql = "SELECT count(*) FROM outbox";
    let changes = device
        .app()
        .device()
        .connection()
        .query_row(sql, [], |row| row.get(0))?;
    into.add(&device.exchange(Request::Sync {})?);
    Ok(changes)
}

fn plain(bench: &Bench<'_>, into: &mut Exchanges) -> Result<()> {
    let folder = bench.empty()?;
    let server = PlainServer::start(folder.path(), bench.runtime)?;
    let mut client = PlainClient::new(folder.path(), &server, bench.network())?;
    into.add(&client.push(bench.day)?);
    Ok(())
}

fn automerge(bench: &Bench<'_>, documents: &Documents, into: &mut Exchanges) -> Result<()> {
    let folder = bench.empty()?;
    let server = AutomergeServer::start(folder.path(), bench.runtime, None)?;
    let mut client =
        AutomergeClient::new(folder.path(), &server, bench.network(), Some(documents))?;
    into.add(&client.sync()?);
    Ok(())
}

/// What the relay took in a second, with all its checks and a synced disk: one push at a time, so
/// one core.
fn rate(waited: &Samples, changes: u32) -> Figure {
    Figure {
        scenario: NAME,
        what: "relay, all checks, synced".to_owned(),
        unit: Unit::PerSecond,
        ours: f64::from(changes) * 1_000.0 / waited.median().max(f64::EPSILON),
        beside: Vec::new(),
        goal: Some(Goal::AtLeast(30_000.0)),
        how: format!(
            "changes ÷ time of the one request, median of {}",
            waited.count()
        ),
    }
}
