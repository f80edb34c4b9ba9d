//! `listed_closed_on_time` (挂牌督办按期销号率): findings listed with the final deadline in the period
//! that were closed by it ÷ all.

use crate::register::Signer;

use super::counting::Counting;
use super::facts::Listing;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::rest::{closed, why_void};
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let is_theirs = |listing: &Listing| match whose.signer {
        Signer::Unit(unit) => listing.unit == unit,
        Signer::Person(person) => listing.by == person,
    };
    let mut tally = Tally::default();
    for finding in counting.findings_listed_by(whose) {
        if !finding.listed.iter().any(is_theirs) {
            continue;
        }
        let item = Item::Finding(finding.id);
        let Some(duty) = finding.duties.last() else {
            if window.contains(counting.day(finding.reported)) {
                tally.leave_out(item, why_void(finding).unwrap_or(Why::NotOrdered), None);
            }
            continue;
        };
        if !window.contains(duty.deadline) {
            continue;
        }
        let end = counting.end_of(duty.deadline);
        if let Some(why) = why_void(finding) {
            tally.leave_out(item, why, None);
        } else if closed(finding).is_some_and(|at| at <= end) {
            tally.count(item, Mark::Good);
        } else if closed(finding).is_none() && counting.now <= end {
            tally.count(item, Mark::Open(Some(duty.deadline)));
        } else {
            tally.count(item, Mark::Bad);
        }
    }
    tally
}
