//! W5: one edit on a device until another device has it, both connected and at rest.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::sync::broadcast::Receiver;
use xunan_core::id::DocId;
use xunan_device::native::{Running, start};
use xunan_device::request::{Notice, Reply, Request};
use xunan_tests::Relay;

use super::tap::{Item, items};
use super::{Bench, NAME_OF_PLATFORM};
use crate::measure::Samples;
use crate::peers::plain::{PlainClient, PlainServer};
use crate::report::{Figure, Goal, Unit};
use crate::workload::Workload;
use crate::world::device::readdress;

pub(super) const NAME: &str = "W5 one edit to another device";
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let (_folder, relay) = bench.relay(&bench.prepared.day_relay())?;
    let author = bench.copy(&bench.prepared.day_author())?;
    let viewer = bench.copy(&bench.prepared.viewer())?;
    let from = running(bench, author.path(), &relay)?;
    let to = running(bench, viewer.path(), &relay)?;
    let list = begun(bench, &from)?;
    bench.runtime.block_on(ask(&to, Request::Sync {}))?;
    let mut heard = to.notices();
    let folder = bench.empty()?;
    let server = PlainServer::start(folder.path(), bench.runtime)?;
    let mut sender = PlainClient::new(folder.path(), &server, bench.network())?;
    let other = bench.empty()?;
    let mut waiter = PlainClient::new(other.path(), &server, bench.network())?;
    let one = Workload(bench.day.0.iter().take(1).cloned().collect());
    let (mut ours, mut plain) = (Samples::default(), Samples::default());
    for (number, item) in list.iter().enumerate() {
        if number >= bench.repeat.seldom.saturating_mul(5) {
            break;
        }
        // What is still to be heard of earlier edits isn't this one's.
        while heard.try_recv().is_ok() {}
        let began = Instant::now();
        bench.runtime.block_on(async {
            ask(&from, item.answer("fail")).await?;
            arrived(&mut heard, item.id).await
        })?;
        ours.add_ms(began.elapsed());
        let began = Instant::now();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| waiter.wait());
            sender.push(&one)?;
            waiting.join().map_err(|_| anyhow::anyhow!("the waiter"))?
        })?;
        plain.add_ms(began.elapsed());
    }
    Ok(vec![Figure {
        scenario: NAME,
        what: "time, p50".to_owned(),
        unit: Unit::Ms,
        ours: ours.median(),
        beside: vec![("plain long poll".to_owned(), plain.median())],
        goal: Some(Goal::AtMost(20.0)),
        how: format!("median of {}, p95 {:.1} ms", ours.count(), ours.part(95)),
    }])
}

fn running(bench: &Bench<'_>, folder: &std::path::Path, relay: &Relay) -> Result<Running> {
    readdress(folder, &relay.url())?;
    Ok(start(folder, NAME_OF_PLATFORM, bench.runtime.clone())?)
}

/// A new inspection of the author's, at the relay, with items to answer.
fn begun(bench: &Bench<'_>, from: &Running) -> Result<Vec<Item>> {
    bench.runtime.block_on(async {
        let list = items(from).await?;
        ask(from, Request::Sync {}).await?;
        Ok(list)
    })
}

async fn ask(device: &Running, request: Request) -> Result<Reply> {
    let reply = device.call(request).await;
    reply.map_err(|problem| anyhow::anyhow!("{problem:?}"))
}

/// Waits until the device says that a record changed.
async fn arrived(heard: &mut Receiver<Notice>, id: DocId) -> Result<()> {
    let wait = async {
        loop {
            match heard.recv().await {
                Ok(Notice::Record { id: of }) if of == id => return Ok(()),
                Ok(_) => {}
                Err(error) => bail!("{error}"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .context("nothing came")?
}
