//! Sites: planned, nearest, recent, searched.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{DocId, RowId, UnitId};
use xunan_core::order::Order;
use xunan_core::permit::oversight::oversees;
use xunan_core::record::Level;
use xunan_core::register::{PlannedVisit, PostKind, Unit, UnitLevel};

use super::{View, names};
use crate::request::{PlanShown, Position, SiteRow, SiteView, Start, Suggested};

/// How many sites of each sort the start screen offers.
const OFFERED: usize = 3;

impl View<'_> {
    /// The start screen.
    pub(crate) fn start(&self, near: Option<Position>) -> Start {
        let [days_left, _, _] = self.days_left();
        let planned = self.planned_sites(near);
        let on_plan: BTreeSet<UnitId> = planned.iter().map(|row| row.site.id).collect();
        Start {
            month: self.today.month(),
            nearest: self.nearest(near, &on_plan),
            recent: self.recent(near, &on_plan),
            planned,
            days_left,
        }
    }

    /// Planned visits not made yet: mine first, this month's before last month's.
    fn planned_sites(&self, near: Option<Position>) -> Vec<SiteRow> {
        let mine = self.my_units();
        let mut visits: Vec<(RowId, &PlannedVisit)> = self
            .open_visits()
            .into_iter()
            .filter(|(_, v)| v.officers.contains(&self.me) || mine.contains(&v.unit))
            .collect();
        visits.order_by_key(|(id, v)| {
            (
                !v.officers.contains(&self.me),
                v.month != self.today.month(),
                *id,
            )
        });
        let rows = visits.into_iter().map(|(id, visit)| SiteRow {
            plan: Some(id),
            kind: Some(visit.kind),
            month: Some(visit.month),
            ..self.site_row(visit.site, near)
        });
        rows.collect()
    }

    fn nearest(&self, near: Option<Position>, leave_out: &BTreeSet<UnitId>) -> Vec<SiteRow> {
        let Some(near) = near else { return Vec::new() };
        let sites = self
            .my_sites()
            .into_iter()
            .filter(|id| !leave_out.contains(id));
        let mut rows: Vec<SiteRow> = sites.map(|id| self.site_row(id, Some(near))).collect();
        rows.retain(|row| row.distance.is_some());
        rows.order_by(|a, b| {
            f64::total_cmp(&a.distance.unwrap_or(0.0), &b.distance.unwrap_or(0.0))
        });
        rows.truncate(OFFERED);
        rows
    }

    fn recent(&self, near: Option<Position>, leave_out: &BTreeSet<UnitId>) -> Vec<SiteRow> {
        let mut last: BTreeMap<UnitId, i64> = BTreeMap::new();
        for inspection in self.records.inspections.values().filter(|i| i.has(self.me)) {
            let Some(site) = inspection.site.filter(|site| !leave_out.contains(site)) else {
                continue;
            };
            let newest = last.entry(site).or_insert(inspection.began.0);
            *newest = (*newest).max(inspection.began.0);
        }
        let mut sites: Vec<(UnitId, i64)> = last.into_iter().collect();
        sites.order_by_key(|(id, at)| (at.saturating_neg(), *id));
        sites
            .into_iter()
            .take(OFFERED)
            .map(|(id, _)| self.site_row(id, near))
            .collect()
    }

    /// Sites found by name, address, people's names, or pinyin initials.
    pub(crate) fn sites(&self, query: &str, near: Option<Position>, limit: u32) -> Vec<SiteRow> {
        let mut rows: Vec<SiteRow> = self
            .my_sites()
            .into_iter()
            .filter(|id| self.site_fits(*id, query))
            .map(|id| self.site_row(id, near))
            .collect();
        rows.order_by(|a, b| {
            let far = |row: &SiteRow| row.distance.unwrap_or(f64::MAX);
            f64::total_cmp(&far(a), &far(b)).then_with(|| a.site.name.cmp(&b.site.name))
        });
        rows.truncate(if limit == 0 { 50 } else { limit as usize });
        rows
    }

    fn site_fits(&self, id: UnitId, query: &str) -> bool {
        let Some(unit) = self.register.unit(id) else {
            return false;
        };
        let people: Vec<String> = self
            .register
            .posts_in(id)
            .map(|post| self.name(post.person))
            .collect();
        let mut texts = vec![
            unit.name.as_str(),
            unit.address.as_deref().unwrap_or_default(),
        ];
        texts.extend(people.iter().map(String::as_str));
        names::fits(query, &texts)
    }

    /// The sites that I may inspect: those that my units oversee, or my own.
    pub(crate) fn my_sites(&self) -> Vec<UnitId> {
        let mine = self.my_units();
        let current = self
            .register
            .units()
            .filter_map(|(id, v)| Some((id, v.current()?)));
        let sites = current.filter(|(_, unit)| unit.level == UnitLevel::Enterprise);
        sites
            .map(|(id, _)| id)
            .filter(|id| {
                mine.iter()
                    .any(|u| u == id || oversees(self.register, *u, *id))
            })
            .collect()
    }

    /// The units of my posts that carry rights.
    pub(crate) fn my_units(&self) -> BTreeSet<UnitId> {
        let posts = self.register.posts_of(self.me);
        posts
            .filter(|p| p.kind != PostKind::Administrator)
            .map(|p| p.unit)
            .collect()
    }

    /// A site in a list.
    pub(crate) fn site_row(&self, id: UnitId, near: Option<Position>) -> SiteRow {
        let unit = self.register.unit(id);
        let open = self.records.inspections.iter();
        let open = open.filter(|(_, i)| i.site == Some(id) && i.is_unfinished() && i.has(self.me));
        SiteRow {
            site: self.unit(id),
            industry: unit.and_then(|u| u.industry.clone()).unwrap_or_default(),
            address: unit.and_then(|u| u.address.clone()).unwrap_or_default(),
            distance: near
                .zip(unit.and_then(|u| u.place))
                .map(|(from, to)| metres(from, to)),
            plan: None,
            kind: None,
            month: None,
            visits: self.visits_this_year(id),
            limit: self.limit_of(id),
            open: open.map(|(id, _)| *id).max_by_key(DocId::to_string),
        }
    }

    /// 本年已查: finished official visits that are no re-check, with a person of my unit.
    pub(crate) fn visits_this_year(&self, site: UnitId) -> u32 {
        let zone = &self.register.settings().zone;
        let mine = self.my_units();
        let visits = self.records.inspections.values().filter(|i| {
            let of_my_unit = || {
                i.present().any(|(p, _)| {
                    self.register
                        .posts_of(p)
                        .any(|post| mine.contains(&post.unit))
                })
            };
            i.site == Some(site) && i.uses_limit(zone, self.today.year()) && of_my_unit()
        });
        u32::try_from(visits.count()).unwrap_or(u32::MAX)
    }

    fn limit_of(&self, site: UnitId) -> Option<u32> {
        let mine = self.my_units();
        let rows = self.register.plan().filter(|(_, v)| {
            v.site == site && v.year == self.today.year() && mine.contains(&v.unit)
        });
        rows.filter_map(|(_, v)| v.limit).max()
    }

    /// Planned visits of this month and the last that no official visit has fulfilled.
    pub(crate) fn open_visits(&self) -> Vec<(RowId, &PlannedVisit)> {
        let counting = self.counting();
        let month_of =
            |year: i32, month: u8| year.saturating_mul(12).saturating_add(i32::from(month));
        let now = month_of(self.today.year(), self.today.month());
        let open = self.register.plan().filter(|(id, visit)| {
            let age = now.saturating_sub(month_of(visit.year, visit.month));
            (0..=1).contains(&age) && counting.fulfilled_by(*id).is_none()
        });
        open.collect()
    }

    /// A planned visit as shown.
    pub(crate) fn plan_shown(&self, id: RowId, visit: &PlannedVisit) -> PlanShown {
        PlanShown {
            id,
            unit: self.unit_name(visit.unit),
            month: visit.month,
            kind: visit.kind,
            officers: visit
                .officers
                .iter()
                .map(|officer| self.name(*officer))
                .collect(),
        }
    }

    /// A site's card.
    pub(crate) fn site(&self, id: UnitId) -> SiteView {
        let unit: Option<&Unit> = self.register.unit(id);
        let filter = crate::request::InspectionFilter {
            site: Some(id),
            ..Default::default()
        };
        let findings = crate::request::FindingFilter {
            site: Some(id),
            ..Default::default()
        };
        let leaders = [PostKind::InCharge, PostKind::Main, PostKind::Party];
        let above = unit.and_then(|u| u.parent).into_iter();
        let above = above.chain(unit.map(|u| u.regulators.clone()).unwrap_or_default());
        SiteView {
            site: self.site_row(id, None),
            people: self.people_of(id),
            suggested: Suggested {
                general: self.suggested(id, Level::General),
                major: self.suggested(id, Level::Major),
            },
            overseers: above
                .map(|u| (self.unit(u), self.somebody(u, &leaders)))
                .collect(),
            findings: self.findings(&findings).rows,
            inspections: self.inspections(&filter).rows,
            risk: unit.and_then(|u| u.risk),
        }
    }
}

/// Metres between two places on the sphere (haversine, mean radius 6,371 km).
fn metres(from: Position, to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.0.to_radians());
    let half_lat = (lat2 - lat1) / 2.0;
    let half_lon = (to.1 - from.lon).to_radians() / 2.0;
    let a = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
    2.0 * 6_371_000.0 * a.sqrt().min(1.0).asin()
}
