//! Whose targets a visit counts for: 计入 4 人、2 个单位.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{PersonId, RowId, UnitId};
use crate::register::Signer;

use super::area::units_at;
use super::counting::{Counting, Facts};
use super::facts::InspectionFacts;
use super::number::{Item, Tally};
use super::progress::{NotCounted, Progress, Standing};

/// The people and units that have a lawful, countable target whose numerator or denominator a visit
/// enters, with those targets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountsFor {
    /// Those of its team.
    pub people: BTreeMap<PersonId, Vec<RowId>>,
    /// Those that have a person in its team; for a self-inspection the site.
    pub units: BTreeMap<UnitId, Vec<RowId>>,
}

/// For whom a visit counts: as it is, if it is finished; before that, as if it were finished now,
/// with a complete record.
///
/// `facts` may hold the visit already; what it says of it is left out of account.
#[must_use]
pub fn counts_for(facts: Facts<'_>, visit: &InspectionFacts) -> CountsFor {
    let others = facts
        .inspections
        .iter()
        .filter(|other| other.id != visit.id);
    let mut inspections: Vec<InspectionFacts> = others.cloned().collect();
    let is_going_on = visit.finished.is_none();
    let finished = visit.finished.unwrap_or(facts.now);
    inspections.push(InspectionFacts {
        finished: Some(finished),
        signed: if is_going_on {
            visit.team.clone()
        } else {
            visit.signed.clone()
        },
        ..visit.clone()
    });
    let with_visit = Facts {
        inspections: &inspections,
        ..facts
    };
    let complete = is_going_on.then_some(visit.id);
    let counting = Counting::taking_for_complete(with_visit, complete);

    let people: BTreeSet<PersonId> = visit.team.iter().copied().collect();
    let mut units: BTreeSet<UnitId> = people
        .iter()
        .flat_map(|person| units_at(facts.register, Some(*person), finished))
        .collect();
    if !visit.is_official() {
        units.extend(visit.site);
    }
    let year = counting.day(finished).year();
    let entered = |signer: Signer| -> Option<Vec<RowId>> {
        let targets = counting.targets_of(signer, year).into_iter();
        let entered: Vec<RowId> = targets
            .filter(|target| enters(&counting, *target, visit))
            .collect();
        (!entered.is_empty()).then_some(entered)
    };
    CountsFor {
        people: people
            .into_iter()
            .filter_map(|person| Some((person, entered(Signer::Person(person))?)))
            .collect(),
        units: units
            .into_iter()
            .filter_map(|unit| Some((unit, entered(Signer::Unit(unit))?)))
            .collect(),
    }
}

fn enters(counting: &Counting<'_>, target: RowId, visit: &InspectionFacts) -> bool {
    counting
        .progress_now(target, None)
        .is_some_and(|progress| is_countable(&progress) && has(&progress.tally, visit))
}

/// Lawful as a target, and there is something to count it by.
fn is_countable(progress: &Progress) -> bool {
    let is_counted = match progress.standing {
        Standing::NotCounted(NotCounted::Missing(_)) => progress.value.is_some(),
        Standing::NotCounted(_) | Standing::NotStarted | Standing::Coming => false,
        _ => true,
    };
    is_counted && progress.prohibition.is_none()
}

fn has(tally: &Tally, visit: &InspectionFacts) -> bool {
    tally
        .counted
        .iter()
        .any(|counted| counted.by == Some(visit.id) || counted.item == Item::Inspection(visit.id))
}
