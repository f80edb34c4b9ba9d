//! From a metric's code to its formula.

use super::catalogue::Metric;
use super::counting::Counting;
use super::number::{Tally, Value};
use super::period::Window;
use super::subject::Subject;
use super::{
    coverage, findings_reported, inspections, leader_led, listed_closed_on_time, major_in_person,
    major_open, major_same_day, overdue, plan_completion, post_checks, rechecked_on_time,
    records_complete, rectified_on_time, self_inspections,
};

/// What a metric finds in a window; nothing if it needs records that don't exist yet.
pub(super) fn tally(
    counting: &Counting<'_>,
    metric: Metric,
    whose: &Subject,
    window: &Window,
) -> Option<Tally> {
    let count = match metric {
        Metric::PlanCompletion => plan_completion::count,
        Metric::LeaderLed => leader_led::count,
        Metric::RecordsComplete => records_complete::count,
        Metric::Inspections => inspections::count,
        Metric::Coverage => coverage::count,
        Metric::FindingsReported => findings_reported::count,
        Metric::RectifiedOnTime => rectified_on_time::count,
        Metric::Overdue => overdue::count,
        Metric::RecheckedOnTime => rechecked_on_time::count,
        Metric::MajorInPerson => major_in_person::count,
        Metric::MajorSameDay => major_same_day::count,
        Metric::ListedClosedOnTime => listed_closed_on_time::count,
        Metric::MajorOpen => major_open::count,
        Metric::SelfInspections => self_inspections::count,
        Metric::PostChecks => post_checks::count,
        Metric::TrainingHours
        | Metric::Certificates
        | Metric::Meetings
        | Metric::Drills
        | Metric::LettersSigned
        | Metric::CardsConfirmed
        | Metric::Deaths
        | Metric::SeriousInjuries
        | Metric::Violations
        | Metric::FalseRecords => return None,
    };
    Some(count(counting, whose, window))
}

/// The number that a tally makes.
pub(super) fn value(metric: Metric, tally: &Tally) -> Value {
    match metric {
        Metric::PlanCompletion | Metric::Coverage if tally.counted.is_empty() => {
            Value::NotApplicable
        }
        Metric::PlanCompletion
        | Metric::Coverage
        | Metric::RecordsComplete
        | Metric::RectifiedOnTime
        | Metric::RecheckedOnTime
        | Metric::MajorInPerson
        | Metric::MajorSameDay
        | Metric::ListedClosedOnTime => match tally.all() {
            0 => Value::MetByNothing,
            of => Value::Rate {
                good: tally.good(),
                of,
            },
        },
        _ => Value::Count(tally.all()),
    }
}

/// What is counted against was settled beforehand: nothing that comes in later makes the rate better
/// than the items themselves.
pub(super) const fn is_closed(metric: Metric) -> bool {
    matches!(metric, Metric::PlanCompletion | Metric::Coverage)
}

/// Counted from findings: outside the enterprise its own ones are not visible.
pub(super) const fn is_of_findings(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::FindingsReported
            | Metric::RectifiedOnTime
            | Metric::Overdue
            | Metric::RecheckedOnTime
            | Metric::MajorInPerson
            | Metric::MajorSameDay
            | Metric::ListedClosedOnTime
            | Metric::MajorOpen
    )
}
