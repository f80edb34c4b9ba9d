//! The year's plan after its import: a visit moves, or somebody stands in. Judged by core's rules
//! against the log as it stands, in the transaction that writes.

use std::collections::BTreeSet;

use serde_json::json;
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, PersonId};
use xunan_core::permit::{Refused, may_plan, oversight::oversees};
use xunan_core::record::{RecordKind, read_inspection};
use xunan_core::register::{PlannedVisit, Register, Table};
use xunan_core::rule::plan_change::{NotChanged, Planned};
use xunan_core::target::{Counting, Facts, InspectionFacts};
use xunan_core::wire::admin::PlanRequest;

use super::Acting;
use crate::accept::read_history;
use crate::registers::unit_subject;
use crate::store::{NewRow, Reading, Standpoint, StoreError, Writing};

/// A planned visit that isn't changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    /// The person has no right to, or nobody is known to ask.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It can't become what was asked.
    #[error(transparent)]
    NotChanged(#[from] NotChanged),
    /// Somebody else changed it since the person looked.
    #[error("the visit is not what the person looked at")]
    Changed,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PlanError {
    /// As it crosses the edge; a failure of storage has words of its own for the log.
    pub(crate) fn problem(self) -> Result<Problem, StoreError> {
        match self {
            Self::Refused(refused) => Ok(refused.problem()),
            Self::NotChanged(why) => Ok(why.problem()),
            // After the next sync the person sees what it became.
            Self::Changed => Ok(Problem::new(Code::PlanChanged)),
            Self::Store(error) => Err(error),
        }
    }
}

/// Changes a row of the plan: a new version of it, and an act with its person.
pub(crate) fn change(
    edit: &Writing<'_>,
    request: &PlanRequest,
    (acting, by): (Acting, PersonId),
) -> Result<(), PlanError> {
    let register = Register::new(&edit.rows()?, None);
    let row = request.row;
    let visit = register.planned_visit(row).ok_or(NotChanged::Unknown)?;
    may_plan(&register, by, visit.unit)?;
    let seen = register.planned_versions(row).and_then(|all| all.newest());
    if seen.is_none_or(|newest| newest.revision != request.revision) {
        return Err(PlanError::Changed);
    }
    let inspections = inspections_at_site(edit, &register, visit)?;
    let counting = Counting::new(Facts {
        register: &register,
        inspections: &inspections,
        findings: &[],
        now: acting.now,
    });
    let today = register.settings().zone.day(acting.now);
    let is_fulfilled = counting.fulfilled_by(row).is_some();
    let planned = Planned::new(&register, row, today, is_fulfilled)?;
    let why = (by, request.reason.as_str());
    let changed = planned.changed(request.month, request.officers.as_deref(), why)?;
    let new = NewRow {
        table: Table::Plan,
        id: row.to_string(),
        valid_to: None,
        fields: json!(changed),
    };
    edit.append_rows(&[new], acting.now)?;
    edit.note_act("plan", &row.to_string(), acting.by, acting.now)?;
    Ok(())
}

/// What counting needs of the inspections at a visit's site: any of them may have fulfilled it.
fn inspections_at_site(
    ask: &Reading<'_>,
    register: &Register,
    visit: &PlannedVisit,
) -> Result<Vec<InspectionFacts>, StoreError> {
    let mut found = Vec::new();
    for id in candidates(ask, register, visit)? {
        let Some(history) = read_history(ask, id)? else {
            continue;
        };
        let read = read_inspection(&history, register, register);
        let here = read.filter(|inspection| inspection.site == Some(visit.site));
        found.extend(here.map(|inspection| InspectionFacts::from(&inspection)));
    }
    Ok(found)
}

/// The inspections that the unit sees: all at the site, if it oversees it.
fn candidates(
    ask: &Reading<'_>,
    register: &Register,
    visit: &PlannedVisit,
) -> Result<Vec<DocId>, StoreError> {
    let all: Vec<(DocId, RecordKind)> = if oversees(register, visit.unit, visit.site) {
        let unit = Standpoint {
            position: ask.head()?,
            subjects: BTreeSet::from([unit_subject(visit.unit)]),
        };
        let (seen, _) = ask.turns(None, &unit)?;
        seen.iter().map(|one| (one.document, one.kind)).collect()
    } else {
        ask.documents()?
    };
    let inspections = all.into_iter();
    Ok(inspections
        .filter(|(_, kind)| *kind == RecordKind::Inspection)
        .map(|(id, _)| id)
        .collect())
}
