//! `plan_completion` (年度监督检查计划完成率): planned visits due in the period that a complete
//! official inspection fulfilled by the end of the month after ÷ all due.

use crate::register::PlannedVisit;

use super::counting::Counting;
use super::number::{Item, Mark, Tally, Why};
use super::period::{Window, first_of_month};
use super::subject::Subject;

pub(super) fn count(counting: &Counting<'_>, whose: &Subject, window: &Window) -> Tally {
    let mut tally = Tally::default();
    let is_due = |visit: &PlannedVisit| {
        let first = first_of_month(visit.year, visit.month);
        window.period.first() <= first && first <= window.last
    };
    let theirs = counting.plan.iter();
    for (row, visit) in theirs.filter(|(_, visit)| whose.has_visit(visit) && is_due(visit)) {
        let item = Item::Visit(*row);
        let until = visit.open_until();
        // Until then, whatever is fulfilled by now: a record may still be withdrawn or completed.
        tally.provisional |= window.today <= until && !window.is_running();
        // A visit is due at the end of its month: in the month in which counting began, it counts.
        if visit.due() < window.from {
            tally.leave_out(item, Why::BeforeCounting, None);
        } else if let Some(by) = counting.fulfilled.by(*row) {
            tally.count_by(item, Mark::Good, Some(by));
        } else {
            let mark = if window.today <= until {
                Mark::Open(Some(until))
            } else {
                Mark::Bad
            };
            tally.count_by(item, mark, counting.fulfilled.tried_by(*row));
        }
    }
    tally
}
