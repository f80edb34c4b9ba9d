//! W3: the first sync of a whole district: bytes, time until the first page is in the lists, time
//! until all of it is, and the relay's memory.

use anyhow::Result;
use xunan_tests::Relay;

use super::pull::{Peers, ours};
use super::{Bench, Goals, Sides};
use crate::report::{Figure, Goal, Unit};

pub(super) const NAME: &str = "W3 first sync of the district";

pub(super) fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let (_folder, relay) = bench.relay(&bench.prepared.district_relay())?;
    let peers = Peers::new(bench, bench.district)?;
    let mut sides = Sides::default();
    for _ in 0..bench.repeat.seldom.min(3) {
        sides.ours.add(&ours(bench, &relay, bench.district)?);
        sides.plain.add(&peers.plain(bench)?);
    }
    sides.automerge.add(&peers.automerge(bench)?);
    let goals = Goals {
        up: None,
        down: Some(Goal::TimesFirst(0.85)),
        time: Some(Goal::AtMost(4_000.0)),
    };
    let how = "applied and in the lists; automerge once";
    let mut figures = sides.figures(NAME, &goals, how);
    // It comes in pages, so that a phone shows the first at once.
    for figure in &mut figures {
        if figure.unit == Unit::Requests {
            figure.goal = None;
        }
    }
    figures.push(Figure {
        scenario: NAME,
        what: "first page in the lists".to_owned(),
        unit: Unit::Ms,
        ours: sides.ours.first.median(),
        beside: Vec::new(),
        goal: Some(Goal::AtMost(300.0)),
        how: "own tasks come first".to_owned(),
    });
    figures.extend(memory(&relay));
    Ok(figures)
}

/// The relay's largest memory, where the machine tells.
fn memory(relay: &Relay) -> Option<Figure> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", relay.process()?)).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(Figure {
        scenario: NAME,
        what: "the relay's peak memory".to_owned(),
        unit: Unit::Mib,
        ours: kib / 1_024.0,
        beside: Vec::new(),
        goal: Some(Goal::AtMost(100.0)),
        how: "peak resident set of its process after these syncs".to_owned(),
    })
}
