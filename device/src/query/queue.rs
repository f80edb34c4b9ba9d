//! The supervisor's queue: what needs a decision, and what is watched.

use xunan_core::id::{DocId, UnitId};
use xunan_core::order::Order;
use xunan_core::record::Level;
use xunan_core::register::{Register, UnitLevel};
use xunan_core::target::PeriodId;
use xunan_core::timestamp::Timestamp;

use super::search::Search;
use super::{View, names};
use crate::projection::{FindingRecord, InspectionRecord};
use crate::request::{Queue, QueueFilter, QueueGroup, TaskKind, UnitShown};

const GROUPS: [QueueGroup; 10] = [
    QueueGroup::Recheck,
    QueueGroup::Extension,
    QueueGroup::Order,
    QueueGroup::Overdue,
    QueueGroup::Major,
    QueueGroup::DueToday,
    QueueGroup::Conflict,
    QueueGroup::RefusedSignature,
    QueueGroup::NewInspection,
    QueueGroup::NotAccepted,
];

/// What everything in the queue obeys, as the view needs it.
#[derive(Clone)]
pub(crate) struct Chosen<'a> {
    query: &'a str,
    search: Option<Search<'a>>,
    unit: Option<UnitId>,
    period: Option<PeriodId>,
}

impl<'a> Chosen<'a> {
    /// A filter; a period that is none leaves all.
    pub(crate) fn new(register: &'a Register, filter: &'a QueueFilter) -> Self {
        let period = filter.period.as_deref();
        let period = period.and_then(|text| text.parse::<PeriodId>().ok());
        Self {
            query: filter.query.trim(),
            search: Search::of(register, &filter.query),
            unit: filter.unit,
            period,
        }
    }
    const fn is_all(&self) -> bool {
        self.query.is_empty() && self.unit.is_none() && self.period.is_none()
    }
}

impl View<'_> {
    /// Counts of all groups and the rows of one; without a choice the first that has any.
    pub(crate) fn queue(
        &self,
        chosen: &Chosen<'_>,
        group: Option<QueueGroup>,
        limit: u32,
        refused: &[(i64, DocId, Timestamp)],
    ) -> Queue {
        let refused = refused.iter();
        let refused = refused.filter(|(_, doc, at)| self.is_chosen_record(chosen, *doc, *at));
        let not_accepted: Vec<i64> = refused.map(|(id, ..)| *id).collect();
        let groups: Vec<(QueueGroup, u32)> = GROUPS
            .iter()
            .map(|group| {
                let count = match group {
                    QueueGroup::NotAccepted => not_accepted.len(),
                    _ => {
                        self.findings_in(chosen, *group).len()
                            + self.inspections_in(chosen, *group).len()
                    }
                };
                (*group, u32::try_from(count).unwrap_or(u32::MAX))
            })
            .collect();
        let first = groups
            .iter()
            .find(|(_, count)| *count > 0)
            .map(|(group, _)| *group);
        let group = group.or(first).unwrap_or(QueueGroup::Recheck);
        let limit = if limit == 0 { 200 } else { limit as usize };
        let mut findings = self.findings_in(chosen, group);
        findings.order_by_key(|(id, f)| self.order_of(*id, f));
        let mut inspections = self.inspections_in(chosen, group);
        inspections.order_by_key(|(id, i)| (i.began.0.saturating_neg(), *id));
        Queue {
            groups,
            group,
            findings: findings
                .into_iter()
                .take(limit)
                .map(|(id, f)| self.finding_row(id, f))
                .collect(),
            inspections: inspections
                .into_iter()
                .take(limit)
                .map(|(id, i)| self.inspection_row(id, i))
                .collect(),
            not_accepted,
            units: self.queue_units(),
        }
    }

    /// My units, and the government units below them.
    fn queue_units(&self) -> Vec<UnitShown> {
        let mine: Vec<UnitId> = self.my_units().into_iter().collect();
        let below = self.units_below(&mine).into_iter().filter(|unit| {
            let unit = self.register.unit(*unit);
            unit.is_some_and(|unit| unit.level != UnitLevel::Enterprise)
        });
        let below: Vec<UnitId> = below.collect();
        mine.iter().chain(&below).map(|id| self.unit(*id)).collect()
    }

    /// Whether a site lies under a unit, however far, or is regulated by it.
    fn is_under(&self, site: UnitId, unit: UnitId) -> bool {
        let above = std::iter::successors(Some(site), |id| self.register.unit(*id)?.parent);
        let regulated = self.register.unit(site);
        regulated.is_some_and(|site| site.regulators.contains(&unit))
            // Parents are few; a register with a ring of them must not hang the screen.
            || above.take(8).any(|id| id == unit)
    }

    fn is_chosen_day(&self, chosen: &Chosen<'_>, at: Timestamp) -> bool {
        let day = self.register.settings().zone.day(at);
        chosen.period.is_none_or(|period| period.contains(day))
    }

    fn is_chosen_finding(&self, chosen: &Chosen<'_>, f: &FindingRecord) -> bool {
        let people = || f.reporter.iter().chain(&f.responsible).chain(&f.officers);
        let says = |search: &Search<'_>| {
            search.finds(f)
                || people().any(|who| names::fits(chosen.query, &[self.name(*who).as_str()]))
        };
        self.is_chosen_day(chosen, f.reported)
            && chosen.unit.is_none_or(|unit| {
                f.units.contains(&unit) || f.site.is_some_and(|site| self.is_under(site, unit))
            })
            && chosen.search.as_ref().is_none_or(says)
    }

    fn is_chosen_inspection(&self, chosen: &Chosen<'_>, i: &InspectionRecord) -> bool {
        let says = || {
            let site = self.site_name(i.site, i.place.as_deref());
            let full = i.site.and_then(|id| self.register.unit(id));
            let full = full.map_or("", |unit| unit.name.as_str());
            names::fits(chosen.query, &[site.as_str(), full])
                || i.present()
                    .any(|(who, _)| names::fits(chosen.query, &[self.name(who).as_str()]))
        };
        self.is_chosen_day(chosen, i.began)
            && chosen
                .unit
                .is_none_or(|unit| i.site.is_some_and(|site| self.is_under(site, unit)))
            && (chosen.query.is_empty() || says())
    }

    /// Something of a record; one that isn't here (any more) fits only when nothing was chosen.
    fn is_chosen_record(&self, chosen: &Chosen<'_>, id: DocId, at: Timestamp) -> bool {
        let within = Chosen {
            period: None,
            ..chosen.clone()
        };
        let finding = self.records.findings.get(&id);
        let inspection = self.records.inspections.get(&id);
        chosen.is_all()
            || (self.is_chosen_day(chosen, at)
                && (finding.is_some_and(|f| self.is_chosen_finding(&within, f))
                    || inspection.is_some_and(|i| self.is_chosen_inspection(&within, i))))
    }

    fn findings_in(&self, chosen: &Chosen<'_>, group: QueueGroup) -> Vec<(DocId, &FindingRecord)> {
        let fits = |f: &FindingRecord| {
            let duty = || self.duty_of(f).map(|(kind, _)| kind);
            let overdue = f.is_overdue(self.today);
            match group {
                QueueGroup::Order => duty() == Some(TaskKind::Order),
                QueueGroup::Recheck => !overdue && duty() == Some(TaskKind::Recheck),
                QueueGroup::Extension => duty() == Some(TaskKind::Extension),
                QueueGroup::Overdue => overdue,
                QueueGroup::Major => f.is_open() && (f.level == Level::Major || f.suspected),
                QueueGroup::DueToday => f.is_waiting() && f.deadline == Some(self.today),
                _ => false,
            }
        };
        let found = self.records.findings.iter();
        let found = found.filter(|(_, f)| fits(f) && self.is_chosen_finding(chosen, f));
        found.map(|(id, f)| (*id, f)).collect()
    }

    fn inspections_in(
        &self,
        chosen: &Chosen<'_>,
        group: QueueGroup,
    ) -> Vec<(DocId, &InspectionRecord)> {
        let fits = |id: &DocId, i: &InspectionRecord| match group {
            QueueGroup::Conflict => i.conflicts > 0 && !i.withdrawn,
            QueueGroup::RefusedSignature => i.refused && !self.opened.contains(id),
            QueueGroup::NewInspection => {
                i.finished.is_some() && !self.opened.contains(id) && !i.has(self.me)
            }
            _ => false,
        };
        let found = self
            .records
            .inspections
            .iter()
            .filter(|(id, i)| fits(id, i) && self.is_chosen_inspection(chosen, i));
        found.map(|(id, i)| (*id, i)).collect()
    }
}
