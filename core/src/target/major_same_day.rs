//! `major_same_day` (重大隐患当日上报率): major findings that the relay received on the counted day of
//! the report, or within 24 hours of it ÷ all.

use crate::timestamp::{DAY_MS, Timestamp};

use super::counting::Counting;
use super::facts::FindingFacts;
use super::number::{Item, Mark, Tally, Why};
use super::period::Window;
use super::rest::why_void;
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    for finding in counting.findings_by(whose) {
        let day = counting.day(finding.reported);
        if finding.major_since.is_none() || !window.contains(day) {
            continue;
        }
        let item = Item::Finding(finding.id);
        let limit = limit(counting, finding);
        if let Some(why) = why_void(finding) {
            tally.leave_out(item, why, None);
        } else if finding.received.is_some_and(|at| at <= limit) {
            tally.count(item, Mark::Good);
        } else if finding.received.is_none() && counting.now <= limit {
            let until = counting.day(limit);
            tally.leave_out(item, Why::NotReceived, Some(until));
        } else {
            tally.count(item, Mark::Bad);
        }
    }
    tally
}

/// The last moment in time: no signal is no fault, so a report of the evening has the whole day.
fn limit(counting: &Counting<'_>, finding: &FindingFacts) -> Timestamp {
    let end = counting.end_of(counting.day(finding.reported));
    end.max(finding.reported.plus(DAY_MS))
}
