//! What a change of the plan moves: whose plan completion a visit counted for, and whose it counts
//! for then. Said before it is done.

use std::collections::BTreeSet;

use crate::register::{Period, PlannedVisit, Register, Signer};
use crate::timestamp::Timestamp;

use super::catalogue::Metric;
use super::period::{PeriodId, first_of_month};
use super::progress::metric_of;
use super::subject::Subject;

/// A signer for whom a visit counted in a period, and counts in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanMove {
    /// Whose target it is.
    pub signer: Signer,
    /// The period that loses the visit.
    pub from: Option<PeriodId>,
    /// The period that it counts in then.
    pub to: Option<PeriodId>,
}

/// Whose plan completion a change of a planned visit moves it from and to, units first. A period that
/// stays the same is not among them.
///
/// A device holds few people's letters: whose target isn't known here is told by the month, for an
/// officer whom a visit names has it counted whatever period was signed.
#[must_use]
pub fn plan_moves(
    register: &Register,
    now: Timestamp,
    before: &PlannedVisit,
    after: &PlannedVisit,
) -> Vec<PlanMove> {
    let signed = register.targets().filter_map(|(_, target)| {
        let letter = register.letter(target.letter)?;
        let counts =
            letter.year == before.year && metric_of(target) == Some(Metric::PlanCompletion);
        counts.then_some((letter.signer, target.period))
    });
    let mut periods: BTreeSet<(Signer, Period)> = signed.collect();
    let known: BTreeSet<Signer> = periods.iter().map(|(signer, _)| *signer).collect();
    let named = before.officers.iter().chain(&after.officers);
    let named = named.map(|person| Signer::Person(*person));
    periods.extend(
        named
            .filter(|signer| !known.contains(signer))
            .map(|signer| (signer, Period::Month)),
    );
    let moved = periods.into_iter().filter_map(|(signer, period)| {
        let whose = Subject::new(register, signer, now);
        let counted = |visit: &PlannedVisit| {
            let of = PeriodId::of(period, first_of_month(visit.year, visit.month));
            whose.has_visit(visit).then_some(of)
        };
        let (from, to) = (counted(before), counted(after));
        (from != to).then_some(PlanMove { signer, from, to })
    });
    moved.collect()
}
