//! Tap to durable: one answer through the device's call, as the window sends it, beside the disk's
//! own sync.

use anyhow::{Context, Result, bail};
use xunan_core::id::{DocId, UnitId};
use xunan_core::register::InspectionKind;
use xunan_device::native::{Running, start};
use xunan_device::request::{Begin, Reply, Request};

use super::{Bench, NAME_OF_PLATFORM};
use crate::measure::{Disk, Samples, time};
use crate::report::{Figure, Goal, Unit};

pub(super) const NAME: &str = "tap to durable";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.copy(&bench.prepared.day_author())?;
    let device = start(folder.path(), NAME_OF_PLATFORM, bench.runtime.clone())?;
    let list = bench.runtime.block_on(async {
        // As in a cellar: no try to send what waits falls into a tap.
        let offline = device.call(Request::GoOffline {}).await;
        offline.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        items(&device).await
    })?;
    let mut disk = Disk::open(&bench.disk()?)?;
    let (mut ours, mut sync) = (Samples::default(), Samples::default());
    let answers = ["fail", "ok"].into_iter().cycle();
    let taps = answers.zip(list.iter().cycle()).take(bench.repeat.often);
    for (number, (value, item)) in taps.enumerate() {
        // Each round another value, so that every tap writes.
        let turned = (number / list.len()) % 2 == 1;
        let value = match (value, turned) {
            ("fail", true) => "ok",
            ("ok", true) => "fail",
            (other, _) => other,
        };
        let (took, reply) = time(|| {
            let reply = bench.runtime.block_on(device.call(item.answer(value)));
            reply.map_err(|problem| anyhow::anyhow!("{problem:?}"))
        })?;
        if !matches!(reply, Reply::Done { command: 1.., .. }) {
            bail!("nothing was written: {reply:?}");
        }
        ours.add_ms(took);
        sync.add_ms(disk.sync()?);
    }
    let figure = |what: &str, of: usize, goal: Option<Goal>| Figure {
        scenario: NAME,
        what: what.to_owned(),
        unit: Unit::Ms,
        ours: ours.part(of),
        beside: vec![("the disk's own sync".to_owned(), sync.part(of))],
        goal,
        how: format!("{} answers by turns with the disk's sync", ours.count()),
    };
    Ok(vec![
        figure("p50", 50, Some(Goal::TimesFirst(3.0))),
        figure("p95", 95, None),
    ])
}

/// An item of an inspection.
pub(super) struct Item {
    pub(super) id: DocId,
    list: String,
    item: String,
}

impl Item {
    pub(super) fn answer(&self, value: &str) -> Request {
        Request::Answer {
            id: self.id,
            list: self.list.clone(),
            item: self.item.clone(),
            value: Some(value.to_owned()),
        }
    }
}

/// Asks; a problem is an error.
pub(super) async fn ask(device: &Running, request: Request) -> Result<Reply> {
    let reply = device.call(request).await;
    reply.map_err(|problem| anyhow::anyhow!("{problem:?}"))
}

/// Begins an inspection with the longest checklists at a site of the author's.
pub(super) async fn begin(device: &Running, lists: usize) -> Result<DocId> {
    let site: UnitId = match ask(device, sites()).await? {
        Reply::Sites(rows) => rows.first().context("a site")?.site.id,
        other => bail!("{other:?}"),
    };
    let mut known = match ask(device, Request::Visit { site, plan: None }).await? {
        Reply::Visit(visit) => visit.lists,
        other => bail!("{other:?}"),
    };
    known.sort_by_key(|list| std::cmp::Reverse(list.items));
    let begin = Begin {
        site: Some(site),
        place: None,
        kind: InspectionKind::Routine,
        basis: Some("action".to_owned()),
        plan: Vec::new(),
        lists: known
            .into_iter()
            .take(lists)
            .map(|list| list.code)
            .collect(),
        team: Vec::new(),
        role: "member".to_owned(),
        loc: None,
    };
    match ask(device, Request::Begin(begin)).await? {
        Reply::Done { id: Some(id), .. } => Ok(id),
        other => bail!("{other:?}"),
    }
}

/// The items of an inspection with the longest checklist.
pub(super) async fn items(device: &Running) -> Result<Vec<Item>> {
    let id = begin(device, 1).await?;
    let view = match ask(device, Request::Inspection { id }).await? {
        Reply::Inspection(view) => view,
        other => bail!("{other:?}"),
    };
    let mut items = Vec::new();
    for list in &view.lists {
        for item in list.sections.iter().flat_map(|section| &section.items) {
            items.push(Item {
                id,
                list: list.code.clone(),
                item: item.item.code.clone(),
            });
        }
    }
    Ok(items)
}

fn sites() -> Request {
    Request::Sites {
        query: "site-".to_owned(),
        near: None,
        limit: 1,
    }
}
