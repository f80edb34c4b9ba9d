//! `rectified_on_time` (隐患按期整改率): duties with the final deadline in the period that were
//! rectified by the end of that day, and not failed ÷ all.

use crate::timestamp::Timestamp;

use super::counting::Counting;
use super::facts::{DutyFacts, FindingFacts};
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::rest::why_no_duty;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for finding in counting.findings_in_area(whose) {
        let why = why_no_duty(finding);
        let due = finding.duties.iter().enumerate();
        let mut due = due.filter(|(_, duty)| window.contains(duty.deadline));
        if finding.duties.is_empty() || why.is_some() {
            // Without a duty, the finding belongs to the period of its report.
            let is_here = if finding.duties.is_empty() {
                window.contains(counting.day(finding.reported))
            } else {
                due.next().is_some()
            };
            if is_here {
                let why = why.unwrap_or(Why::NotOrdered);
                tally.leave_out(Item::Finding(finding.id), why, None);
            }
            continue;
        }
        for (number, duty) in due {
            let item = Item::Duty(finding.id, number);
            if let Some(at) = kept(counting, duty) {
                tally.count_done(item, counting.day(duty.began), counting.day(at));
            } else if window.is_running() && is_waiting(finding, number, window) {
                tally.leave_out(item, Why::NotDue, Some(duty.deadline));
            } else {
                tally.count(item, Mark::Bad);
            }
        }
    }
    tally
}

/// When it was rectified, if that was in time and was not failed.
fn kept(counting: &Counting<'_>, duty: &DutyFacts) -> Option<Timestamp> {
    let end = counting.end_of(duty.deadline);
    duty.kept.filter(|at| *at <= end)
}

/// Neither rectified nor past its deadline.
fn is_waiting(finding: &FindingFacts, number: usize, window: &Window) -> bool {
    let duty = finding.duties.get(number);
    duty.is_some_and(|duty| duty.rectified.is_none() && !window.is_over(duty.deadline))
}
