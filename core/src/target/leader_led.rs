//! `leader_led` (带队督查, 带队检查): complete inspections of a planned visit that a leader led in
//! the leader's role and signed. Supervisions of a unit below will count, too, once they exist.

use crate::id::{PersonId, UnitId};
use crate::register::Signer;

use super::counting::{Counting, Seen};
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let is_theirs = |(person, unit): &(PersonId, UnitId)| match whose.signer {
        Signer::Unit(of) => of == *unit,
        Signer::Person(of) => of == *person,
    };
    let mut tally = Tally::default();
    for seen in counting.inspections_of(whose.signer) {
        let leaders: Vec<PersonId> = seen
            .led_by
            .iter()
            .filter(|led| is_theirs(led))
            .map(|(person, _)| *person)
            .collect();
        if leaders.is_empty() || !seen.facts.is_official() || !window.contains(seen.day) {
            continue;
        }
        let item = Item::Inspection(seen.facts.id);
        match why_not(counting, seen, &leaders) {
            None => tally.count(item, Mark::Good),
            Some(why) => tally.leave_out(item, why, None),
        }
    }
    tally
}

fn why_not(counting: &Counting<'_>, seen: &Seen<'_>, leaders: &[PersonId]) -> Option<Why> {
    let is_signed = leaders
        .iter()
        .any(|leader| seen.facts.signed.contains(leader));
    if seen.facts.withdrawn {
        Some(Why::Withdrawn)
    } else if !counting.is_planned(seen) {
        Some(Why::NotPlanned)
    } else if !seen.is_complete() {
        Some(Why::Incomplete)
    } else {
        (!is_signed).then_some(Why::LeaderNotSigned)
    }
}
