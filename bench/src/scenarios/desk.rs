//! The desk's questions with the district on the device: the year's plan, the dashboard, and tables
//! by each kind of column.

use anyhow::Result;
use xunan_device::request::{DeskScope, FindingAsk, FindingColumn, InspectionAsk, Request};

use super::Bench;
use crate::report::Figure;
use crate::world::Device;

pub(super) const NAME: &str = "desk";
/// Rows of a page that is asked for.
const ROWS: u32 = 100;

fn questions() -> [(&'static str, Request); 6] {
    let findings = |by| Request::FindingTable {
        ask: Box::new(FindingAsk {
            by,
            limit: ROWS,
            ..FindingAsk::default()
        }),
    };
    let plan = Request::Plan {
        unit: None,
        year: None,
    };
    let dashboard = Request::Dashboard {
        scope: DeskScope::default(),
    };
    let inspections = Request::InspectionTable {
        ask: InspectionAsk {
            limit: ROWS,
            ..InspectionAsk::default()
        },
    };
    [
        ("the year's plan", plan),
        ("dashboard", dashboard),
        ("findings by deadline", findings(FindingColumn::Due)),
        ("findings by site", findings(FindingColumn::Site)),
        ("findings by words", findings(FindingColumn::Text)),
        ("inspections", inspections),
    ]
}

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.copy(&bench.prepared.district_leader())?;
    let mut device = Device::open(folder.path(), bench.http, bench.runtime)?;
    device.ask(Request::GoOffline {})?;
    let questions = questions().into_iter();
    questions
        .map(|(what, request)| bench.asked(&mut device, (NAME, what), &request))
        .collect()
}
