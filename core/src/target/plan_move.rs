//! What a change of the plan moves: whose plan completion a visit counted for, and whose it counts
//! for then. Said before it is done.

use crate::register::{PlannedVisit, Register, Signer};
use crate::timestamp::{Date, Timestamp};

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

/// Whose targets a change of a planned visit moves it from and to, units first. A period that stays
/// the same is not among them.
#[must_use]
pub fn plan_moves(
    register: &Register,
    now: Timestamp,
    before: &PlannedVisit,
    after: &PlannedVisit,
) -> Vec<PlanMove> {
    let mut moves = Vec::new();
    for (_, target) in register.targets() {
        let letter = register.letter(target.letter);
        let Some(letter) = letter.filter(|letter| letter.year == before.year) else {
            continue;
        };
        if metric_of(target) != Some(Metric::PlanCompletion) {
            continue;
        }
        let whose = Subject::new(register, letter.signer, now);
        let period = |visit: &PlannedVisit| -> Option<PeriodId> {
            let first: Date = first_of_month(visit.year, visit.month);
            let of = PeriodId::of(target.period, first);
            whose.has_visit(visit).then_some(of)
        };
        let (from, to) = (period(before), period(after));
        if from != to {
            moves.push(PlanMove {
                signer: letter.signer,
                from,
                to,
            });
        }
    }
    moves.sort_unstable();
    moves.dedup();
    moves
}
