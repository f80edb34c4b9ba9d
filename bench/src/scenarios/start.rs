//! Start of the app to its first list, with the district on the device.

use anyhow::Result;
use rusqlite::Connection;
use xunan_device::native::start;
use xunan_device::request::{FindingFilter, Request};

use super::lists::{PAGE, Table};
use super::{Bench, NAME_OF_PLATFORM};
use crate::measure::{Samples, time};
use crate::report::{Figure, Goal, Unit};

pub(super) const NAME: &str = "start to the first list";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.copy(&bench.prepared.district_viewer())?;
    let table = Table::new(bench)?;
    let (mut ours, mut plain) = (Samples::default(), Samples::default());
    for _ in 0..bench.repeat.seldom {
        let (took, device) = time(|| {
            let device = start(folder.path(), NAME_OF_PLATFORM, bench.runtime.clone())?;
            let filter = FindingFilter::default();
            let list = device.call(Request::Findings { filter });
            let list = bench.runtime.block_on(list);
            list.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
            Ok(device)
        })?;
        ours.add_ms(took);
        drop(device);
        let (took, ()) = time(|| {
            let database = Connection::open(table.path())?;
            super::lists::select(&database, PAGE, "%")?;
            Ok(())
        })?;
        plain.add_ms(took);
    }
    Ok(vec![Figure {
        scenario: NAME,
        what: "time".to_owned(),
        unit: Unit::Ms,
        ours: ours.median(),
        beside: vec![("opening SQLite and one SELECT".to_owned(), plain.median())],
        goal: Some(Goal::AtMost(300.0)),
        how: format!("median of {}, files in the system's cache", ours.count()),
    }])
}
