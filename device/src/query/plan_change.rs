//! A planned visit that may be changed: into what, by whom, and what that moves. By the same rules
//! as the relay's, over what is on this device.

use std::collections::BTreeSet;

use xunan_core::code::Code;
use xunan_core::id::{PersonId, RowId};
use xunan_core::order::Order;
use xunan_core::permit::may_plan;
use xunan_core::register::{PlannedVisit, Signer};
use xunan_core::rule::plan_change::{NotChanged, Planned, leader_of};
use xunan_core::target::{PlanMove, plan_moves};

use super::View;
use super::shown::rank;
use crate::request::{PersonShown, PlanWas, TargetMove, VisitChangeView};

impl View<'_> {
    /// A planned visit with what it may become, and what a draft of that means.
    pub(crate) fn visit_change(
        &self,
        row: RowId,
        (month, officers): (Option<u8>, Option<&[PersonId]>),
    ) -> Option<VisitChangeView> {
        let visit = self.register.planned_visit(row)?;
        let refused = may_plan(self.register, self.me, visit.unit).err();
        let ask = refused.iter().flat_map(|refused| &refused.details.people);
        let mut view = VisitChangeView {
            visit: self.plan_visit(row, visit, true),
            site: self.unit(visit.site),
            unit: self.unit(visit.unit),
            officers: visit.officers.iter().map(|one| self.person(*one)).collect(),
            months: Vec::new(),
            stand_ins: Vec::new(),
            leader: leader_of(self.register, visit),
            leaders: Vec::new(),
            ask: ask.map(|one| self.person(*one)).collect(),
            wrong: None,
            moves: Vec::new(),
        };
        let Ok(planned) = self.planned(row) else {
            return Some(view);
        };
        if view.visit.fixed.is_some() {
            return Some(view);
        }
        view.months = planned.months();
        view.stand_ins = self.in_order(&planned.stand_ins());
        view.leaders = planned.leaders().into_iter().collect();
        match planned.with(month, officers) {
            Ok(after) => view.moves = self.moves(visit, &after),
            // Nothing was chosen yet.
            Err(NotChanged::Field("month")) => {}
            Err(why) => view.wrong = Some(why.problem()),
        }
        Some(view)
    }

    /// Why I can't change a visit; none if I can.
    pub(crate) fn fixed(&self, row: RowId, visit: &PlannedVisit) -> Option<Code> {
        let right = may_plan(self.register, self.me, visit.unit).map_err(|refused| refused.code);
        let rule = || self.planned(row).and_then(|planned| planned.may_change());
        right.and_then(|()| rule().map_err(|why| why.code())).err()
    }

    fn planned(&self, row: RowId) -> Result<Planned<'_>, NotChanged> {
        let is_fulfilled = self.counting().fulfilled_by(row).is_some();
        Planned::new(self.register, row, self.today, is_fulfilled)
    }

    /// The revision of a row that this device knows; 0 for none.
    pub(crate) fn plan_revision(&self, row: RowId) -> u64 {
        let versions = self.register.planned_versions(row);
        let newest = versions.and_then(|versions| versions.newest());
        newest.map_or(0, |version| version.revision)
    }

    /// What a visit was before somebody changed it.
    pub(crate) fn plan_was(&self, row: RowId, visit: &PlannedVisit) -> Option<PlanWas> {
        let change = visit.changed.as_ref()?;
        let versions = self.register.planned_versions(row)?.all().iter().rev();
        let mut earlier = versions.map(|version| &version.value);
        let was = earlier.find(|earlier| earlier.changed.is_none())?;
        let officers = was
            .officers
            .iter()
            .filter(|_| was.officers != visit.officers);
        Some(PlanWas {
            month: (was.month != visit.month).then_some(was.month),
            officers: officers.map(|one| self.name(*one)).collect(),
            by: self.name(change.by),
            reason: change.reason.clone(),
        })
    }

    /// Those who usually go first.
    fn in_order(&self, people: &BTreeSet<PersonId>) -> Vec<PersonShown> {
        let mut shown: Vec<PersonShown> = people.iter().map(|one| self.person(*one)).collect();
        shown.order_by(|a, b| {
            let key = |one: &PersonShown| std::cmp::Reverse(one.kind.map(rank));
            (key(a), &a.name).cmp(&(key(b), &b.name))
        });
        shown
    }

    fn moves(&self, before: &PlannedVisit, after: &PlannedVisit) -> Vec<TargetMove> {
        let shown = |one: PlanMove| TargetMove {
            whose: match one.signer {
                Signer::Unit(unit) => self.unit_name(unit),
                Signer::Person(person) => self.name(person),
            },
            from: one.from.map(|period| period.to_string()),
            to: one.to.map(|period| period.to_string()),
        };
        let moves = plan_moves(self.register, self.now, before, after);
        moves.into_iter().map(shown).collect()
    }
}
