//! `major_open` (重大隐患未销号): major findings of the area that were not closed at the end of the
//! period; now, in the running one.

use super::counting::Counting;
use super::facts::RestKind;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    let mark = if window.is_running() {
        Mark::Open(None)
    } else {
        Mark::Bad
    };
    for finding in counting.findings_in_area(whose) {
        let is_major = finding.major_since.is_some_and(|at| at <= window.as_of);
        if !is_major || finding.reported > window.as_of {
            continue;
        }
        let item = Item::Finding(finding.id);
        match finding.rest_at(window.as_of).map(|rest| rest.kind) {
            None => tally.count(item, mark),
            Some(RestKind::Withdrawn) => tally.leave_out(item, Why::Withdrawn, None),
            Some(RestKind::Duplicate) => tally.leave_out(item, Why::Duplicate, None),
            Some(RestKind::Passed | RestKind::CorrectedOnSpot) => {}
        }
    }
    tally
}
