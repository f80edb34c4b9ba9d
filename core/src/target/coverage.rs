//! `coverage` (辖区单位检查覆盖率): sites of the area that the unit inspected in the period ÷ active
//! sites of the area.

use std::collections::BTreeMap;

use crate::id::{DocId, UnitId};
use crate::register::Signer;

use super::counting::Counting;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    // For units only: a person has no area to cover.
    let Signer::Unit(unit) = whose.signer else {
        return tally;
    };
    let visited = visited(counting, whose, window);
    for site in counting.sites(unit) {
        let item = Item::Site(site);
        let by = visited.get(&site).copied();
        let versions = counting.register.unit_versions(site);
        if versions.and_then(|v| v.at(window.as_of)).is_none() {
            tally.leave_out(item, Why::Retired, None);
        } else if by.is_some() {
            tally.count_by(item, Mark::Good, by);
        } else if window.is_running() {
            tally.count(item, Mark::Open(Some(window.last)));
        } else {
            tally.count(item, Mark::Bad);
        }
    }
    tally
}

/// The sites that the unit's people inspected, each with one of the inspections.
fn visited(counting: &Counting<'_>, whose: &Subject, window: &Window) -> BTreeMap<UnitId, DocId> {
    counting
        .inspections_of(whose.signer)
        .filter(|seen| !seen.facts.withdrawn && window.contains(seen.day))
        .filter_map(|seen| Some((seen.facts.site?, seen.facts.id)))
        .collect()
}
