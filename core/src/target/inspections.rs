//! `inspections` (检查生产经营单位, 参加检查): official inspections finished, not re-check only. Shown;
//! not lawful as a target.

use crate::register::InspectionKind;

use super::counting::Counting;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for seen in counting.inspections_of(whose.signer) {
        if !seen.facts.is_official() || !window.contains(seen.day) {
            continue;
        }
        let item = Item::Inspection(seen.facts.id);
        if seen.facts.withdrawn {
            tally.leave_out(item, Why::Withdrawn, None);
        } else if seen.facts.kind == InspectionKind::Recheck {
            tally.leave_out(item, Why::RecheckOnly, None);
        } else {
            tally.count(item, Mark::Good);
        }
    }
    tally
}
