//! `self_inspections` (企业自查, 组织自查): finished self-inspections of the enterprise, or with the
//! person in the team.

use crate::register::{InspectionKind, Signer};

use super::counting::{Counting, Seen};
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    let is_one = |seen: &&Seen<'_>| {
        seen.facts.kind == InspectionKind::SelfInspection && window.contains(seen.day)
    };
    let theirs: Vec<&Seen<'_>> = match whose.signer {
        Signer::Person(_) => counting.inspections_of(whose.signer).collect(),
        // Of its site, whoever of the group made it.
        Signer::Unit(unit) => {
            let all = counting.inspections();
            all.filter(|seen| seen.facts.site == Some(unit)).collect()
        }
    };
    for seen in theirs.into_iter().filter(is_one) {
        let item = Item::Inspection(seen.facts.id);
        if seen.facts.withdrawn {
            tally.leave_out(item, Why::Withdrawn, None);
        } else {
            tally.count(item, Mark::Good);
        }
    }
    tally
}
