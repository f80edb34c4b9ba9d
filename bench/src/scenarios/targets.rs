//! Numbers: Today of one person, the letters of a leader with the totals below, and all letters of
//! the district.

use anyhow::{Context, Result};
use xunan_core::id::DocId;
use xunan_core::record::{RecordKind, read_finding, read_inspection};
use xunan_core::target::{Counting, Facts, FindingFacts, InspectionFacts};
use xunan_device::host::Clock;
use xunan_device::native::WallClock;
use xunan_device::request::Request;

use super::Bench;
use crate::measure::{Samples, time};
use crate::report::{Figure, Goal, Unit};
use crate::world::Device;

pub(super) const NAME: &str = "targets";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let viewer = bench.copy(&bench.prepared.district_viewer())?;
    let leader = bench.copy(&bench.prepared.district_leader())?;
    let mut viewer = Device::open(viewer.path(), bench.http, bench.runtime)?;
    let mut leader = Device::open(leader.path(), bench.http, bench.runtime)?;
    viewer.ask(Request::GoOffline {})?;
    leader.ask(Request::GoOffline {})?;
    let mut figures = vec![
        asked(
            bench,
            &mut viewer,
            "one person: Today",
            (Request::Today {}, 20.0),
        )?,
        asked(
            bench,
            &mut leader,
            "a leader: letters and totals below",
            (Request::Responsibility {}, 500.0),
        )?,
    ];
    figures.push(district(bench, &mut leader)?);
    Ok(figures)
}

fn asked(
    bench: &Bench<'_>,
    device: &mut Device,
    what: &str,
    (request, goal): (Request, f64),
) -> Result<Figure> {
    Ok(Figure {
        goal: Some(Goal::AtMost(goal)),
        ..bench.asked(device, (NAME, what), &request)?
    })
}

/// All targets of all letters in all their periods, as the relay's export counts them, from the
/// facts that a device holds.
fn district(bench: &Bench<'_>, device: &mut Device) -> Result<Figure> {
    let (inspections, findings) = facts(device)?;
    let register = device.app().device().register();
    let letters: Vec<_> = register.letters().map(|(id, _)| id).collect();
    let mut ours = Samples::default();
    for _ in 0..bench.repeat.seldom {
        let (took, ()) = time(|| {
            let counting = Counting::new(Facts {
                register,
                inspections: &inspections,
                findings: &findings,
                now: WallClock.now(),
            });
            for letter in &letters {
                counting.letter_points(*letter, None).context("a letter")?;
            }
            Ok(())
        })?;
        ours.add_ms(took);
    }
    Ok(Figure {
        scenario: NAME,
        what: format!("all {} letters of the district", letters.len()),
        unit: Unit::Ms,
        ours: ours.median(),
        beside: Vec::new(),
        goal: Some(Goal::AtMost(500.0)),
        how: format!(
            "median of {}; every period of every target, from facts in memory",
            ours.count()
        ),
    })
}

fn facts(device: &mut Device) -> Result<(Vec<InspectionFacts>, Vec<FindingFacts>)> {
    let device = device.app().device();
    let sql = "SELECT id FROM documents";
    let ids = device
        .connection()
        .prepare(sql)?
        .query_map([], |row| row.get::<_, [u8; 16]>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let (mut inspections, mut findings) = (Vec::new(), Vec::new());
    for id in ids {
        let history = device.history(DocId::from_bytes(id));
        let history = history.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        let register = device.register();
        match history.kind() {
            RecordKind::Inspection => {
                let read = read_inspection(&history, register, register);
                inspections.extend(read.as_ref().map(InspectionFacts::from));
            }
            RecordKind::Finding => {
                let read = read_finding(&history, register);
                findings.extend(read.map(|finding| FindingFacts::new(&finding, &history)));
            }
        }
    }
    Ok((inspections, findings))
}
