//! What may become of a planned visit after the import: another month, other officers. One function
//! for the phone, which offers by it, and for the relay, which refuses by it; who may is asked apart
//! (`permit::may_plan`).
//!
//! A number that was missed stays missed: a visit whose month is over stays in its month, and one
//! that was made, or can no longer be made, stays as it is.

use std::collections::BTreeSet;

use crate::code::{Code, Problem};
use crate::id::{PersonId, RowId, UnitId};
use crate::permit::held;
use crate::permit::table::Inspect;
use crate::register::{InspectionKind, PlanChange, PlannedVisit, Register};
use crate::timestamp::Date;

/// Characters of a reason, at most.
pub const REASON_CHARS: usize = 500;
/// Officers of a visit, at most.
pub const OFFICERS: usize = 20;

/// Why a planned visit can't become what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    /// No such row, or it was taken out of the plan.
    #[error("no such visit is planned")]
    Unknown,
    /// A complete visit fulfilled it.
    #[error("the visit was made")]
    Fulfilled,
    /// The month after its month is over, too.
    #[error("the visit can no longer be made")]
    Closed,
    /// Its month is over: it stays in it.
    #[error("the visit's month is over")]
    MonthOver,
    /// A month before the running one, or none of the year.
    #[error("the month {0} is not one of those that are left of the year")]
    Month(u8),
    /// The unit has another such visit there in that month.
    #[error("the unit has another visit of this kind there in month {0}")]
    MonthTaken(u8),
    /// Nobody would be left to make it.
    #[error("the visit would have no officer")]
    NoOfficer,
    /// Nobody would be left to lead a led one.
    #[error("the visit would have no leader")]
    NoLeader,
    /// No officer in office of the unit, or named twice.
    #[error("{0} is no officer in office of the unit, or is named twice")]
    Officer(PersonId),
    /// It would be what it is, or the reason is missing or too long: which field.
    #[error("the field {0} is missing or can't be so")]
    Field(&'static str),
}

impl NotChanged {
    /// Its code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Unknown => Code::PlanUnknown,
            Self::Fulfilled => Code::PlanFulfilled,
            Self::Closed => Code::PlanClosed,
            Self::MonthOver => Code::PlanMonthOver,
            Self::Month(_) => Code::PlanMonth,
            Self::MonthTaken(_) => Code::PlanMonthTaken,
            Self::NoOfficer => Code::PlanNoOfficer,
            Self::NoLeader => Code::PlanNoLeader,
            Self::Officer(_) => Code::PlanOfficer,
            Self::Field(_) => Code::InputInvalid,
        }
    }
    /// As it crosses an edge.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(self.code());
        match self {
            Self::Month(month) | Self::MonthTaken(month) => problem.with("month", month),
            Self::Officer(person) => problem.with("people", person),
            Self::Field(field) => problem.with("field", field),
            _ => problem,
        }
    }
}

/// Who leads a planned visit: of a led one, its first officer who is a leader of its unit.
#[must_use]
pub fn leader_of(register: &Register, visit: &PlannedVisit) -> Option<PersonId> {
    let mut officers = visit.officers.iter().copied();
    let is_led = visit.kind == InspectionKind::LeaderLed;
    officers.find(|officer| is_led && leads_in(register, visit.unit, *officer))
}

fn leads_in(register: &Register, unit: UnitId, person: PersonId) -> bool {
    let mut posts = register.posts_of(person);
    posts.any(|post| post.unit == unit && post.kind.is_leader())
}

/// A planned visit on a day.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    register: &'a Register,
    row: RowId,
    visit: &'a PlannedVisit,
    today: Date,
    is_fulfilled: bool,
}

impl<'a> Planned<'a> {
    /// A row of the plan, and whether a complete visit fulfilled it.
    pub fn new(
        register: &'a Register,
        row: RowId,
        today: Date,
        is_fulfilled: bool,
    ) -> Result<Self, NotChanged> {
        let versions = register.planned_versions(row).ok_or(NotChanged::Unknown)?;
        versions.current().ok_or(NotChanged::Unknown)?;
        let visit = register.planned_visit(row).ok_or(NotChanged::Unknown)?;
        Ok(Self {
            register,
            row,
            visit,
            today,
            is_fulfilled,
        })
    }

    /// Whether anything of it may change: it is open, and nobody made it.
    pub fn may_change(&self) -> Result<(), NotChanged> {
        if self.is_fulfilled {
            Err(NotChanged::Fulfilled)
        } else if self.today > self.visit.open_until() {
            Err(NotChanged::Closed)
        } else {
            Ok(())
        }
    }

    /// The months that it may be moved to, its own not among them.
    #[must_use]
    pub fn months(&self) -> Vec<u8> {
        let other = |month: &u8| *month != self.visit.month;
        (1..=12)
            .filter(other)
            .filter(|month| self.may_move(*month).is_ok())
            .collect()
    }

    fn may_move(&self, month: u8) -> Result<(), NotChanged> {
        self.may_change()?;
        if self.today > self.visit.due() {
            return Err(NotChanged::MonthOver);
        }
        let this_month = (self.today.year(), self.today.month());
        if !(1..=12).contains(&month) || (self.visit.year, month) < this_month {
            return Err(NotChanged::Month(month));
        }
        // The spreadsheet knows a visit by year, unit, site, month and kind.
        let is_other = |(row, other): &(RowId, &PlannedVisit)| {
            let key = |visit: &PlannedVisit| (visit.year, visit.unit, visit.site, visit.kind);
            *row != self.row && key(other) == key(self.visit) && other.month == month
        };
        if self.register.plan().any(|planned| is_other(&planned)) {
            return Err(NotChanged::MonthTaken(month));
        }
        Ok(())
    }

    /// The unit's people who could stand in: officers in office who aren't named already.
    #[must_use]
    pub fn stand_ins(&self) -> BTreeSet<PersonId> {
        let posts = self.register.posts_in(self.visit.unit);
        posts
            .map(|post| post.person)
            .filter(|person| !self.visit.officers.contains(person) && self.is_officer(*person))
            .collect()
    }

    /// Of these, who could lead it in its leader's place; nobody where it has no leader.
    #[must_use]
    pub fn leaders(&self) -> BTreeSet<PersonId> {
        let led = leader_of(self.register, self.visit).is_some();
        let stand_ins = if led {
            self.stand_ins()
        } else {
            BTreeSet::new()
        };
        let leads = |person: &PersonId| leads_in(self.register, self.visit.unit, *person);
        stand_ins.into_iter().filter(leads).collect()
    }

    fn is_officer(&self, person: PersonId) -> bool {
        let is_current = self
            .register
            .person_versions(person)
            .is_some_and(|versions| versions.current().is_some());
        let inspects = held(self.register, person).into_iter().any(|held| {
            held.unit == self.visit.unit && held.rights.inspect == Some(Inspect::Official)
        });
        is_current && inspects
    }

    /// The officers that are left and those who are new; who was named before is never judged anew.
    fn may_name(&self, officers: &[PersonId]) -> Result<(), NotChanged> {
        self.may_change()?;
        if officers.is_empty() {
            return Err(NotChanged::NoOfficer);
        }
        if officers.len() > OFFICERS {
            return Err(NotChanged::Field("officers"));
        }
        let mut named = BTreeSet::new();
        for person in officers {
            let fits = self.visit.officers.contains(person) || self.is_officer(*person);
            if !named.insert(*person) || !fits {
                return Err(NotChanged::Officer(*person));
            }
        }
        let mut named = officers.iter();
        let leads = |person: &PersonId| leads_in(self.register, self.visit.unit, *person);
        if leader_of(self.register, self.visit).is_some() && !named.any(leads) {
            return Err(NotChanged::NoLeader);
        }
        Ok(())
    }

    /// The visit as it would be: in another month, with other officers, or both.
    pub fn with(
        &self,
        month: Option<u8>,
        officers: Option<&[PersonId]>,
    ) -> Result<PlannedVisit, NotChanged> {
        self.may_change()?;
        let mut after = self.visit.clone();
        if let Some(month) = month.filter(|month| *month != self.visit.month) {
            self.may_move(month)?;
            after.month = month;
        }
        if let Some(officers) = officers.filter(|named| *named != self.visit.officers) {
            self.may_name(officers)?;
            after.officers = officers.to_vec();
        }
        if after == *self.visit {
            return Err(NotChanged::Field("month"));
        }
        Ok(after)
    }

    /// The same, by somebody and with a reason: what the relay writes.
    pub fn changed(
        &self,
        month: Option<u8>,
        officers: Option<&[PersonId]>,
        (by, reason): (PersonId, &str),
    ) -> Result<PlannedVisit, NotChanged> {
        let after = self.with(month, officers)?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > REASON_CHARS {
            return Err(NotChanged::Field("reason"));
        }
        Ok(PlannedVisit {
            changed: Some(PlanChange {
                by,
                reason: reason.to_owned(),
            }),
            ..after
        })
    }
}

#[cfg(test)]
mod tests;
