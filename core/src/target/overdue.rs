//! `overdue` (逾期未整改隐患): findings of the area that were open, past their final deadline, and not
//! reported as rectified at the end of the period; now, in the running one.

use super::counting::Counting;
use super::facts::FindingFacts;
use super::number::{Item, Mark, Tally};
use super::period::Window;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    // What is overdue now can still be rectified before the period's end.
    let mark = if window.is_running() {
        Mark::Open(None)
    } else {
        Mark::Bad
    };
    for finding in counting.findings_in_area(whose) {
        if is_overdue(finding, window) {
            tally.count(Item::Finding(finding.id), mark);
        }
    }
    tally
}

fn is_overdue(finding: &FindingFacts, window: &Window) -> bool {
    let Some(duty) = finding.duty_at(window.as_of) else {
        return false;
    };
    let is_rectified = duty.rectified.is_some_and(|at| at <= window.as_of);
    window.is_over(duty.deadline) && !is_rectified && finding.rest_at(window.as_of).is_none()
}
