//! The year's plan: sites by month, what is done and late, where nobody is to go.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::order::Order;
use xunan_core::register::{Period, PlannedVisit, Risk};
use xunan_core::target::PeriodId;

use super::area::Area;
use super::{View, names};
use crate::request::{
    PlanMatter, PlanMatterKind, PlanMatterSite, PlanOfficer, PlanRow, PlanSum, PlanView, PlanVisit,
    VisitLimit, VisitState,
};

/// Official visits by unit and site, with the limit where the plan sets one.
type Limits = BTreeMap<UnitId, Vec<(UnitId, VisitLimit)>>;

impl View<'_> {
    /// The year's plan of a unit's area.
    pub(crate) fn plan_year(&self, unit: Option<UnitId>, year: Option<i32>) -> PlanView {
        let this_year = self.today.year();
        let planned = self.register.plan().map(|(_, visit)| visit.year);
        let years: BTreeSet<i32> = planned.chain([this_year]).collect();
        let year = year.unwrap_or(this_year);
        let Some(area) = self.area(unit) else {
            return PlanView::default();
        };
        let limits = self.limits(&area, year);
        let rows = self.plan_rows(&area, year, &limits);
        let [days_left, _, _] = self.days_left();
        PlanView {
            unit: Some(self.unit(area.unit)),
            year,
            years: years.into_iter().collect(),
            month: (year == this_year).then_some(self.today.month()),
            days_left,
            sum: sum_of(&rows),
            matters: matters(&rows, &limits, self.today.month()),
            rows,
        }
    }

    fn plan_rows(&self, area: &Area, year: i32, limits: &Limits) -> Vec<PlanRow> {
        let mut visits: BTreeMap<UnitId, Vec<PlanVisit>> = BTreeMap::new();
        let of_year = self.register.plan().filter(|(_, v)| v.year == year);
        for (id, visit) in of_year.filter(|(_, visit)| area.sites.contains(&visit.site)) {
            let shown = self.plan_visit(id, visit, area.units.contains(&visit.unit));
            visits.entry(visit.site).or_default().push(shown);
        }
        let looked_after = self.looked_after(year);
        let is_current = |site: &UnitId| {
            let versions = self.register.unit_versions(*site);
            versions.is_some_and(|versions| versions.current().is_some())
        };
        let sites = area.sites.iter().copied();
        let sites = sites.filter(|site| is_current(site) || visits.contains_key(site));
        let sites: Vec<UnitId> = sites.collect();
        let mut rows: Vec<PlanRow> = sites
            .into_iter()
            .map(|site| {
                let mut visits = visits.remove(&site).unwrap_or_default();
                visits.order_by(|a, b| (a.month, !a.own, &a.unit).cmp(&(b.month, !b.own, &b.unit)));
                PlanRow {
                    site: self.unit(site),
                    visits,
                    limit: limits.get(&site).and_then(|all| nearest(all, area.unit)),
                    gap: looked_after
                        .as_ref()
                        .is_some_and(|sites| is_current(&site) && !sites.contains(&site)),
                }
            })
            .collect();
        rows.order_by(|a, b| {
            let key = |row: &PlanRow| row.site.risk.map_or(u8::MAX, risk_order);
            (key(a), &a.site.name).cmp(&(key(b), &b.site.name))
        });
        rows
    }

    /// A planned visit; `own` if it counts for the unit that is shown.
    pub(super) fn plan_visit(&self, id: RowId, visit: &PlannedVisit, own: bool) -> PlanVisit {
        let counting = self.counting();
        let done = counting.fulfilled_by(id);
        let state = if done.is_some() {
            VisitState::Done
        } else {
            self.state_of(visit)
        };
        PlanVisit {
            id,
            unit: self.unit_name(visit.unit),
            tiny: self.tiny_name(visit.unit),
            own,
            month: visit.month,
            kind: visit.kind,
            officers: visit
                .officers
                .iter()
                .map(|one| self.plan_officer(*one))
                .collect(),
            state,
            fixed: self.fixed(id, visit),
            was: self.plan_was(id, visit),
            inspection: done.or_else(|| counting.tried_by(id)),
        }
    }

    fn plan_officer(&self, id: PersonId) -> PlanOfficer {
        PlanOfficer {
            id,
            name: self.name(id),
        }
    }

    fn tiny_name(&self, unit: UnitId) -> String {
        let found = self.register.unit(unit);
        found.map_or_else(String::new, |unit| names::tiny(self.register, unit))
    }

    /// How a visit stands that nothing fulfilled.
    fn state_of(&self, visit: &PlannedVisit) -> VisitState {
        let last = visit.due();
        let counted_from = self.register.settings().counted_from;
        let month = (visit.year, visit.month);
        if self.today > visit.open_until() && counted_from.is_some_and(|from| last < from) {
            VisitState::Before
        } else if self.today > visit.open_until() {
            VisitState::Missed
        } else if self.today > last {
            VisitState::Late
        } else if month == (self.today.year(), self.today.month()) {
            VisitState::Due
        } else {
            VisitState::Coming
        }
    }

    /// Sites that somebody visits or visited in the running quarter; none for another year.
    fn looked_after(&self, year: i32) -> Option<BTreeSet<UnitId>> {
        if year != self.today.year() {
            return None;
        }
        let quarter = PeriodId::of(Period::Quarter, self.today);
        let months = quarter.first().month()..=quarter.last().month();
        let planned = self.register.plan();
        let planned = planned.filter(|(_, v)| v.year == year && months.contains(&v.month));
        let zone = &self.register.settings().zone;
        let visited = self.records.inspections.values().filter(|inspection| {
            let day = inspection.finished.map(|at| zone.day(at));
            inspection.kind.is_official()
                && !inspection.withdrawn
                && day.is_some_and(|day| quarter.contains(day))
        });
        let visited = visited.filter_map(|inspection| inspection.site);
        Some(
            planned
                .map(|(_, visit)| visit.site)
                .chain(visited)
                .collect(),
        )
    }

    /// 本年已查 and 上限 of the area's units, by site.
    fn limits(&self, area: &Area, year: i32) -> Limits {
        let mut limits: BTreeMap<(UnitId, UnitId), u32> = BTreeMap::new();
        let rows = self.register.plan().filter(|(_, v)| v.year == year);
        for (_, visit) in rows.filter(|(_, visit)| area.units.contains(&visit.unit)) {
            if let Some(limit) = visit.limit {
                let held = limits.entry((visit.site, visit.unit)).or_default();
                *held = (*held).max(limit);
            }
        }
        let made = self.visits_made(year);
        let mut by_site: Limits = BTreeMap::new();
        for ((site, unit), limit) in limits {
            let shown = VisitLimit {
                unit: self.unit_name(unit),
                made: made.get(&(site, unit)).copied().unwrap_or_default(),
                limit,
            };
            by_site.entry(site).or_default().push((unit, shown));
        }
        by_site
    }

    /// Finished official visits of a year that are no re-check, by site and unit of the team.
    fn visits_made(&self, year: i32) -> BTreeMap<(UnitId, UnitId), u32> {
        let zone = &self.register.settings().zone;
        let mut made: BTreeMap<(UnitId, UnitId), u32> = BTreeMap::new();
        for inspection in self.records.inspections.values() {
            let Some(site) = inspection
                .site
                .filter(|_| inspection.uses_limit(zone, year))
            else {
                continue;
            };
            let team = inspection.present();
            let units = team.flat_map(|(person, _)| self.register.posts_of(person));
            let units: BTreeSet<UnitId> = units.map(|post| post.unit).collect();
            for unit in units {
                let held = made.entry((site, unit)).or_default();
                *held = held.saturating_add(1);
            }
        }
        made
    }
}

/// Red first.
const fn risk_order(risk: Risk) -> u8 {
    match risk {
        Risk::Red => 0,
        Risk::Orange => 1,
        Risk::Yellow => 2,
        Risk::Blue => 3,
    }
}

/// The unit's own limit; of several below it the one that is nearest to being passed.
fn nearest(limits: &[(UnitId, VisitLimit)], unit: UnitId) -> Option<VisitLimit> {
    let own = limits.iter().find(|(id, _)| *id == unit);
    let used = |limit: &VisitLimit| {
        u64::from(limit.made).saturating_mul(1000) / u64::from(limit.limit.max(1))
    };
    let most = || limits.iter().max_by_key(|(_, limit)| used(limit));
    own.or_else(most).map(|(_, limit)| limit.clone())
}

fn sum_of(rows: &[PlanRow]) -> PlanSum {
    let mut sum = PlanSum::default();
    let own = rows.iter().flat_map(|row| &row.visits).filter(|v| v.own);
    for visit in own {
        let place = match visit.state {
            VisitState::Done => &mut sum.done,
            VisitState::Late => &mut sum.late,
            VisitState::Due => &mut sum.due,
            VisitState::Coming => &mut sum.coming,
            VisitState::Missed => &mut sum.missed,
            VisitState::Before => {
                sum.before = sum.before.saturating_add(1);
                continue;
            }
        };
        *place = place.saturating_add(1);
        sum.all = sum.all.saturating_add(1);
    }
    sum
}

/// What is to be dealt with, the most urgent first; each only if there is any.
fn matters(rows: &[PlanRow], limits: &Limits, month: u8) -> Vec<PlanMatter> {
    let own = |state: VisitState| visits_as(rows, move |visit| visit.own && visit.state == state);
    let gaps = rows.iter().filter(|row| row.gap).map(about);
    let over = rows.iter().flat_map(|row| {
        let limits = limits.get(&row.site.id).into_iter().flatten();
        let passed = limits.filter(|(_, limit)| limit.made > limit.limit);
        passed.map(|(_, limit)| PlanMatterSite {
            limit: Some(limit.clone()),
            ..about(row)
        })
    });
    let all = [
        (PlanMatterKind::Late, own(VisitState::Late)),
        (PlanMatterKind::Due, own(VisitState::Due)),
        (PlanMatterKind::Over, over.collect()),
        (PlanMatterKind::Gap, gaps.collect()),
        (PlanMatterKind::Joint, joint(rows, month)),
        (PlanMatterKind::Missed, own(VisitState::Missed)),
    ];
    let all = all.into_iter().filter(|(_, sites)| !sites.is_empty());
    all.map(|(kind, sites)| PlanMatter { kind, sites })
        .collect()
}

fn about(row: &PlanRow) -> PlanMatterSite {
    PlanMatterSite {
        site: row.site.clone(),
        visit: None,
        month: None,
        names: Vec::new(),
        limit: None,
    }
}

fn visits_as(rows: &[PlanRow], fits: impl Fn(&PlanVisit) -> bool) -> Vec<PlanMatterSite> {
    let mut sites = Vec::new();
    for row in rows {
        let fitting = row.visits.iter().filter(|visit| fits(visit));
        sites.extend(fitting.map(|visit| PlanMatterSite {
            visit: Some(visit.id),
            month: Some(visit.month),
            names: visit.officers.iter().map(|one| one.name.clone()).collect(),
            ..about(row)
        }));
    }
    sites
}

/// Sites where an own visit and another unit's are both still to be made in the running month.
fn joint(rows: &[PlanRow], month: u8) -> Vec<PlanMatterSite> {
    let mut sites = Vec::new();
    for row in rows {
        let due = row.visits.iter();
        let due = due.filter(|v| v.state == VisitState::Due && v.month == month);
        let due: Vec<&PlanVisit> = due.collect();
        let units: BTreeSet<&str> = due.iter().map(|visit| visit.unit.as_str()).collect();
        let own = due.iter().find(|visit| visit.own);
        if let (Some(own), true) = (own, units.len() > 1) {
            sites.push(PlanMatterSite {
                visit: Some(own.id),
                month: Some(own.month),
                names: units.into_iter().map(str::to_owned).collect(),
                ..about(row)
            });
        }
    }
    sites
}
