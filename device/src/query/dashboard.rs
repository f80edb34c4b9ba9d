//! The dashboard: few numbers that somebody acts on, each with the records behind it. Metrics are
//! those of letters; what is counted beside them is counted here, from the same area.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{DeviceId, DocId, UnitId};
use xunan_core::order::Order;
use xunan_core::register::{Period, PostKind, Signer};
use xunan_core::target::catalogue::Metric;
use xunan_core::target::{
    Exact, FindingFacts, Item, Mark, Measured, PeriodId, Phase, Tally, Value, Window,
};
use xunan_core::timestamp::{Date, Timestamp};

use super::View;
use super::area::Area;
use crate::projection::FindingRecord;
use crate::request::{
    Dashboard, DashboardKind, DashboardNumber, DashboardPart, DeskScope, Escalated, Measure,
    MonthRate, PersonShown, Rate,
};

/// Overdue findings that the dashboard names.
const NAMED: usize = 5;

/// The numbers, in the order shown.
const NUMBERS: [Measure; 4] = [
    Measure::Overdue,
    Measure::NotOrdered,
    Measure::NotRechecked,
    Measure::MajorOpen,
];

impl View<'_> {
    /// The dashboard of a unit. `heard` says when the relay last heard of devices.
    pub(crate) fn dashboard(
        &self,
        scope: &DeskScope,
        heard: &BTreeMap<DeviceId, Timestamp>,
    ) -> Dashboard {
        let Some(area) = self.area(scope.unit) else {
            return Dashboard::default();
        };
        let period = self.period(scope.period.as_deref());
        let window = self.window(period);
        let found: Vec<(Measure, BTreeSet<DocId>)> = NUMBERS
            .into_iter()
            .map(|measure| (measure, self.measured(area.unit, measure, period)))
            .collect();
        let on_time = self.on_time(area.unit, period);
        let before = self.on_time(area.unit, before(period));
        let due = on_time.as_ref().map(|measured| &measured.tally);
        Dashboard {
            unit: Some(self.unit(area.unit)),
            period: period.to_string(),
            running: window.is_running(),
            numbers: found
                .iter()
                .map(|(measure, ids)| self.number_shown(*measure, ids, &window))
                .collect(),
            rate: on_time.as_ref().map(rate_of),
            before: before.as_ref().map(rate_of),
            left_out: due.map_or(0, |tally| count(tally.left_out.len())),
            goal: self.goal_of(area.unit, period),
            months: self.months(area.unit, period.first().year()),
            parts: self.parts(area.unit, due, &found),
            kinds: self.kinds(area.unit, period),
            overdue: self.escalated(&found),
            unsynced: self.unsynced(&area, heard),
        }
    }

    fn window(&self, period: PeriodId) -> Window {
        Window::new(period, self.register.settings(), self.now)
    }

    fn on_time(&self, unit: UnitId, period: PeriodId) -> Option<Measured> {
        self.counting()
            .measured(Metric::RectifiedOnTime, unit, period)
    }

    /// The findings that a number counts.
    pub(crate) fn measured(
        &self,
        unit: UnitId,
        measure: Measure,
        period: PeriodId,
    ) -> BTreeSet<DocId> {
        let of = |metric: Metric| self.counting().measured(metric, unit, period);
        let counted = |measured: Option<Measured>, fits: &dyn Fn(Mark) -> bool| {
            let counted = measured.map(|measured| measured.tally.counted);
            let counted = counted.into_iter().flatten();
            let counted = counted.filter(|counted| fits(counted.mark));
            counted
                .filter_map(|counted| finding_of(counted.item))
                .collect()
        };
        match measure {
            Measure::Overdue => counted(of(Metric::Overdue), &|_| true),
            Measure::MajorOpen => counted(of(Metric::MajorOpen), &|_| true),
            Measure::Due => counted(of(Metric::RectifiedOnTime), &|_| true),
            Measure::DueMissed => counted(of(Metric::RectifiedOnTime), &|mark| mark != Mark::Good),
            Measure::NotOrdered | Measure::NotRechecked | Measure::Reported => {
                self.standing_as(unit, measure, period)
            }
        }
    }

    /// Findings of the area by how they stood at the period's end, or were reported in it.
    fn standing_as(&self, unit: UnitId, measure: Measure, period: PeriodId) -> BTreeSet<DocId> {
        let window = self.window(period);
        if matches!(window.phase, Phase::NotStarted | Phase::Coming) {
            return BTreeSet::new();
        }
        let at = window.as_of;
        let zone = &self.register.settings().zone;
        let fits = |finding: &FindingFacts| match measure {
            Measure::NotOrdered => {
                finding.reported <= at
                    && finding.duty_at(at).is_none()
                    && finding.rest_at(at).is_none()
            }
            Measure::NotRechecked => {
                let duty = finding.duty_at(at);
                let rectified = duty.and_then(|duty| duty.rectified);
                rectified.is_some_and(|rectified| rectified <= at) && finding.rest_at(at).is_none()
            }
            _ => window.contains(zone.day(finding.reported)),
        };
        let findings = self.counting().findings_of_area(unit).into_iter();
        let findings = findings.filter(|finding| fits(finding));
        findings.map(|finding| finding.id).collect()
    }

    fn number_shown(
        &self,
        measure: Measure,
        ids: &BTreeSet<DocId>,
        window: &Window,
    ) -> DashboardNumber {
        let today = self.today.min(window.last);
        let mut late: u32 = 0;
        let mut longest: Option<(i64, &FindingRecord)> = None;
        for record in ids.iter().filter_map(|id| self.records.findings.get(id)) {
            let Some((since, until)) = self.wait_of(measure, record) else {
                continue;
            };
            if until.is_some_and(|until| until < today) {
                late = late.saturating_add(1);
            }
            let days = today.days_since(since);
            if longest.is_none_or(|(most, _)| days > most) {
                longest = Some((days, record));
            }
        }
        DashboardNumber {
            measure,
            count: count(ids.len()),
            late,
            longest: longest.map(|(days, record)| {
                let site = self.site_name(record.site, record.place.as_deref());
                (site, i32::try_from(days).unwrap_or(i32::MAX))
            }),
        }
    }

    /// Since when a finding waits for what a number is about, and until when it may.
    fn wait_of(&self, measure: Measure, record: &FindingRecord) -> Option<(Date, Option<Date>)> {
        let settings = self.register.settings();
        let day = |at: Timestamp| settings.zone.day(at);
        let reported = day(record.reported);
        match measure {
            Measure::Overdue => record.deadline.map(|deadline| (deadline, Some(deadline))),
            Measure::NotOrdered => {
                let until = reported.plus_days(i64::from(settings.not_ordered_days));
                Some((reported, Some(until)))
            }
            Measure::NotRechecked => record
                .rectified
                .map(|at| (day(at), self.recheck_due(record))),
            _ => Some((reported, record.deadline)),
        }
    }

    /// The unit's own goal for the rate: of the target whose period is of the same kind, else any.
    fn goal_of(&self, unit: UnitId, period: PeriodId) -> Option<f64> {
        let year = period.first().year();
        let targets = self.counting().targets_of(Signer::Unit(unit), year);
        let rows = targets.iter().filter_map(|id| self.register.target(*id));
        let code = Metric::RectifiedOnTime.code();
        let mut rows: Vec<_> = rows
            .filter(|target| target.metric.as_deref() == Some(code))
            .collect();
        rows.order_by_key(|target| target.period != period.kind());
        let goal = rows.first()?.goal;
        Some(Exact::from(goal).approximate())
    }

    fn months(&self, unit: UnitId, year: i32) -> Vec<MonthRate> {
        let months = (1..).zip(PeriodId::all(Period::Month, year));
        months
            .map(|(month, period)| {
                let measured = self.on_time(unit, period);
                MonthRate {
                    month,
                    running: measured.as_ref().is_some_and(|it| it.window.is_running()),
                    rate: measured.as_ref().map(rate_of),
                }
            })
            .collect()
    }

    /// By territory; where the unit is the territory itself, by site.
    fn parts(
        &self,
        unit: UnitId,
        due: Option<&Tally>,
        found: &[(Measure, BTreeSet<DocId>)],
    ) -> Vec<DashboardPart> {
        let mut parts: BTreeMap<UnitId, DashboardPart> = BTreeMap::new();
        let mut at = |id: DocId, add: &mut dyn FnMut(&mut DashboardPart)| {
            let site = self.records.findings.get(&id).and_then(|f| f.site);
            let Some(part) = site.and_then(|site| self.part_of(unit, site)) else {
                return;
            };
            add(parts.entry(part).or_insert_with(|| DashboardPart {
                unit: self.unit(part),
                rate: Rate::default(),
                overdue: 0,
                not_rechecked: 0,
                major: 0,
            }));
        };
        for counted in due.into_iter().flat_map(|tally| &tally.counted) {
            let Some(id) = finding_of(counted.item) else {
                continue;
            };
            let good = u32::from(counted.mark == Mark::Good);
            at(id, &mut |part| {
                part.rate.of = part.rate.of.saturating_add(1);
                part.rate.good = part.rate.good.saturating_add(good);
            });
        }
        for (measure, ids) in found {
            for id in ids {
                at(*id, &mut |part| {
                    let place = match measure {
                        Measure::Overdue => &mut part.overdue,
                        Measure::NotRechecked => &mut part.not_rechecked,
                        Measure::MajorOpen => &mut part.major,
                        _ => return,
                    };
                    *place = place.saturating_add(1);
                });
            }
        }
        let mut parts: Vec<DashboardPart> = parts.into_values().collect();
        parts.order_by_key(|part| {
            let missed = part.rate.of.saturating_sub(part.rate.good);
            let waits = part.overdue.saturating_add(part.not_rechecked);
            (
                std::cmp::Reverse((missed, waits, part.rate.of)),
                part.unit.id,
            )
        });
        parts
    }

    fn part_of(&self, unit: UnitId, site: UnitId) -> Option<UnitId> {
        let parent = self.register.unit(site)?.parent;
        Some(
            parent
                .filter(|parent| *parent != unit && site != unit)
                .unwrap_or(site),
        )
    }

    fn kinds(&self, unit: UnitId, period: PeriodId) -> Vec<DashboardKind> {
        let sections = self.item_sections();
        let mut kinds: BTreeMap<&str, DashboardKind> = BTreeMap::new();
        let reported = self.measured(unit, Measure::Reported, period);
        for record in reported
            .iter()
            .filter_map(|id| self.records.findings.get(id))
        {
            let section = sections.of(record);
            let kind = kinds.entry(section).or_insert_with(|| DashboardKind {
                section: section.to_owned(),
                reported: 0,
                open: 0,
            });
            kind.reported = kind.reported.saturating_add(1);
            kind.open = kind.open.saturating_add(u32::from(record.is_open()));
        }
        let mut kinds: Vec<DashboardKind> = kinds.into_values().collect();
        kinds.order_by(|a, b| (b.reported, &a.section).cmp(&(a.reported, &b.section)));
        kinds
    }

    /// The longest overdue, with the leader of the territory that each has come up to.
    fn escalated(&self, found: &[(Measure, BTreeSet<DocId>)]) -> Vec<Escalated> {
        let overdue = found
            .iter()
            .find(|(measure, _)| *measure == Measure::Overdue);
        let ids = overdue.into_iter().flat_map(|(_, ids)| ids);
        let records = ids.filter_map(|id| Some((*id, self.records.findings.get(id)?)));
        let mut rows: Vec<(DocId, &FindingRecord)> =
            records.filter(|(_, f)| f.is_overdue(self.today)).collect();
        rows.order_by_key(|(id, f)| (f.deadline, *id));
        let rows = rows.into_iter().take(NAMED);
        rows.map(|(id, record)| Escalated {
            row: self.finding_row(id, record),
            to: self.come_up_to(record),
        })
        .collect()
    }

    fn come_up_to(&self, record: &FindingRecord) -> Option<PersonShown> {
        let days = self.today.days_since(record.deadline?);
        let territory = self.register.unit(record.site?)?.parent?;
        let main = [PostKind::Main, PostKind::Party];
        let in_charge = [PostKind::InCharge, PostKind::Main];
        let is_long = days >= i64::from(self.register.settings().escalate_days);
        self.somebody(territory, if is_long { &main } else { &in_charge })
    }
}

impl View<'_> {
    /// The sections of all items, to be asked for each of many findings.
    pub(crate) fn item_sections(&self) -> Sections<'_> {
        let lists = self.register.checklists();
        let items = lists.flat_map(|(list, it)| it.items.iter().map(move |item| (list, item)));
        Sections(
            items
                .map(|(list, item)| ((list, item.code.as_str()), item.section.as_str()))
                .collect(),
        )
    }

    /// The findings of an area, also those that no metric counts.
    pub(crate) fn findings_within<'v>(
        &'v self,
        area: &'v Area,
    ) -> impl Iterator<Item = (DocId, &'v FindingRecord)> {
        let findings = self.records.findings.iter();
        let within = findings.filter(|(_, f)| area.has(self, f.site, f.reporter));
        within.map(|(id, finding)| (*id, finding))
    }
}

/// The sections of items, by list and item.
pub(crate) struct Sections<'a>(BTreeMap<(&'a str, &'a str), &'a str>);

impl<'a> Sections<'a> {
    /// The section of the item that a finding was found at; empty without one.
    pub(crate) fn of(&self, finding: &FindingRecord) -> &'a str {
        let item = finding.item.as_ref();
        let section = item.and_then(|(list, item)| self.0.get(&(list.as_str(), item.as_str())));
        section.copied().unwrap_or_default()
    }
}

/// The period before, of the same kind.
fn before(period: PeriodId) -> PeriodId {
    PeriodId::of(period.kind(), period.first().plus_days(-1))
}

fn finding_of(item: Item) -> Option<DocId> {
    match item {
        Item::Finding(id) | Item::Duty(id, _) => Some(id),
        Item::Inspection(_) | Item::Visit(_) | Item::Site(_) => None,
    }
}

fn rate_of(measured: &Measured) -> Rate {
    match measured.value {
        Value::Rate { good, of } => Rate { good, of },
        Value::Count(_) | Value::MetByNothing | Value::NotApplicable => Rate::default(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
