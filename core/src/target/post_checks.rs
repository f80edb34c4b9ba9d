//! `post_checks` (岗位自查): finished post checks by the person, or by the unit's people.

use crate::register::InspectionKind;

use super::counting::Counting;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for seen in counting.inspections_of(whose.signer) {
        if seen.facts.kind != InspectionKind::Post || !window.contains(seen.day) {
            continue;
        }
        let item = Item::Inspection(seen.facts.id);
        if seen.facts.withdrawn {
            tally.leave_out(item, Why::Withdrawn, None);
        } else {
            tally.count(item, Mark::Good);
        }
    }
    tally
}
