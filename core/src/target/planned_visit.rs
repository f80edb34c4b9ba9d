//! Which rows of the year's plan the official visits fulfilled.
//!
//! A row is open until the end of the month after its month. A visit fulfils the open rows that it
//! names; naming none, one row of its site and kind, of a unit in the team: this month's before last
//! month's, then by row id. A row that a complete visit fulfilled takes no further visit that names
//! none; an incomplete visit leaves it to a later one.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{DocId, RowId, UnitId};
use crate::order::Order;
use crate::register::{InspectionKind, PlannedVisit};
use crate::timestamp::Date;

use super::facts::InspectionFacts;
use super::period::next_month;

/// A finished official visit, with what the plan asks of it.
pub(crate) struct Visit<'a> {
    pub(crate) facts: &'a InspectionFacts,
    /// The local day on which it was finished.
    pub(crate) day: Date,
    pub(crate) is_complete: bool,
    /// The units of its team.
    pub(crate) units: BTreeSet<UnitId>,
    /// A leader takes part in the leader's role.
    pub(crate) is_led: bool,
}

/// What fulfilled what.
#[derive(Default)]
pub(crate) struct Fulfilled {
    /// The first complete visit of each row.
    complete: BTreeMap<RowId, DocId>,
    /// The first incomplete one.
    incomplete: BTreeMap<RowId, DocId>,
    /// The visits of a planned row.
    planned: BTreeSet<DocId>,
}

impl Fulfilled {
    /// The complete visit that fulfilled a row.
    pub(crate) fn by(&self, row: RowId) -> Option<DocId> {
        self.complete.get(&row).copied()
    }
    /// A visit of a row whose record is not complete.
    pub(crate) fn tried_by(&self, row: RowId) -> Option<DocId> {
        self.incomplete.get(&row).copied()
    }
    /// Whether a visit was one of the plan's.
    pub(crate) fn is_planned(&self, visit: DocId) -> bool {
        self.planned.contains(&visit)
    }

    /// From all visits, in whatever order.
    pub(crate) fn of(plan: &[(RowId, &PlannedVisit)], mut visits: Vec<Visit<'_>>) -> Self {
        let mut by_site: BTreeMap<UnitId, Vec<(RowId, &PlannedVisit)>> = BTreeMap::new();
        for (row, planned) in plan.iter().copied() {
            by_site
                .entry(planned.site)
                .or_default()
                .push((row, planned));
        }
        visits.order_by_key(|visit| (visit.facts.finished, visit.facts.id));
        let mut fulfilled = Self::default();
        for visit in &visits {
            let rows = visit.facts.site.and_then(|site| by_site.get(&site));
            let rows = rows.map_or(&[][..], Vec::as_slice);
            for row in fulfilled.rows_of(visit, rows) {
                fulfilled.planned.insert(visit.facts.id);
                let held = if visit.is_complete {
                    &mut fulfilled.complete
                } else {
                    &mut fulfilled.incomplete
                };
                held.entry(row).or_insert(visit.facts.id);
            }
        }
        fulfilled
    }

    /// The rows of its site that a visit fulfils.
    fn rows_of(&self, visit: &Visit<'_>, rows: &[(RowId, &PlannedVisit)]) -> Vec<RowId> {
        if visit.facts.kind == InspectionKind::Recheck {
            return Vec::new();
        }
        if visit.facts.plan.is_empty() {
            return self.one_of(visit, rows).into_iter().collect();
        }
        let is_named = |(row, planned): &&(RowId, &PlannedVisit)| {
            visit.facts.plan.contains(row) && visit.day <= planned.open_until()
        };
        rows.iter().filter(is_named).map(|(row, _)| *row).collect()
    }

    fn one_of(&self, visit: &Visit<'_>, rows: &[(RowId, &PlannedVisit)]) -> Option<RowId> {
        let this_month = (visit.day.year(), visit.day.month());
        // The months that a row is open in are its own and the next.
        let months_ago = |planned: &PlannedVisit| {
            let month = (planned.year, planned.month);
            if month == this_month {
                Some(0)
            } else {
                (next_month(planned.year, planned.month) == this_month).then_some(1)
            }
        };
        let fits = |planned: &PlannedVisit| {
            planned.kind == visit.facts.kind
                && visit.units.contains(&planned.unit)
                && (planned.kind != InspectionKind::LeaderLed || visit.is_led)
        };
        rows.iter()
            .filter(|(row, planned)| fits(planned) && !self.complete.contains_key(row))
            .filter_map(|(row, planned)| Some((months_ago(planned)?, *row)))
            .min()
            .map(|(_, row)| row)
    }
}
