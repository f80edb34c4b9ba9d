//! What kinds of event do to a finding.

use super::Event;
use crate::id::{PersonId, UnitId};
use crate::record::{Authors, EventAt, FindingAct};

pub(super) const fn is_settled(event: &EventAt<FindingAct>) -> bool {
    matches!(event.event.act, FindingAct::Settled { .. })
}

/// `withdrawn` or `duplicate`: closes without anything having been put right.
pub(super) const fn is_withdrawal(event: &EventAt<FindingAct>) -> bool {
    matches!(
        event.event.act,
        FindingAct::Withdrawn { .. } | FindingAct::Duplicate { .. }
    )
}

pub(super) fn is_closing(authors: &dyn Authors, event: Event<'_>) -> bool {
    match event.event.act {
        FindingAct::Passed => true,
        FindingAct::CorrectedOnSpot => !is_by_enterprise(authors, event),
        _ => is_withdrawal(event),
    }
}

/// Reports a rectification; what the enterprise's own people corrected on the spot does so, too.
pub(super) fn is_rectified(authors: &dyn Authors, event: Event<'_>) -> bool {
    match event.event.act {
        FindingAct::Rectified { .. } => true,
        FindingAct::CorrectedOnSpot => is_by_enterprise(authors, event),
        _ => false,
    }
}

pub(crate) fn is_by_enterprise(authors: &dyn Authors, event: &EventAt<FindingAct>) -> bool {
    event
        .author
        .is_some_and(|person| authors.is_of_enterprise(person, event.counted))
}

pub(super) const fn is_on_behalf(event: &EventAt<FindingAct>) -> bool {
    matches!(event.event.act, FindingAct::Rectified { behalf: true, .. })
}

/// The person whom an event makes responsible.
pub(super) const fn named_by(act: &FindingAct) -> Option<PersonId> {
    match act {
        FindingAct::Ordered { who, .. }
        | FindingAct::Assigned { who }
        | FindingAct::Reassigned { who } => Some(*who),
        _ => None,
    }
}

pub(super) const fn unit_in_charge(event: &EventAt<FindingAct>) -> Option<UnitId> {
    match event.event.act {
        FindingAct::Transferred { to } => Some(to),
        _ => event.event.unit,
    }
}
