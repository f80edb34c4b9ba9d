//! Tasks: what is to be done by me, soonest first (metrics.md, "Tasks and queues").

use xunan_core::id::{DocId, UnitId};
use xunan_core::order::Order;
use xunan_core::permit::oversight::{oversees, with_power};
use xunan_core::record::{FindingState, Level, Origin};
use xunan_core::register::PostKind;
use xunan_core::rule::deadline::reminder_day;
use xunan_core::rule::plan_change::leader_of;
use xunan_core::timestamp::Date;

use super::View;
use crate::projection::{FindingRecord, InspectionRecord};
use crate::request::{Place, Task, TaskKind};

impl View<'_> {
    /// My tasks, soonest first. `not_accepted` counts what the relay refused and nobody resolved.
    pub(crate) fn tasks(&self, not_accepted: u32) -> Vec<Task> {
        let mut tasks = self.visits_due();
        for (id, inspection) in &self.records.inspections {
            tasks.extend(self.inspection_tasks(*id, inspection));
        }
        for (id, finding) in &self.records.findings {
            tasks.extend(self.finding_task(*id, finding));
        }
        if not_accepted > 0 {
            tasks.push(Task {
                line: not_accepted.to_string(),
                ..self.task(TaskKind::NotAccepted, None, Some(self.today))
            });
        }
        tasks.order_by_key(|t| (t.due.map_or(i32::MAX, |d| d.days), t.kind, t.site.clone()));
        tasks
    }

    fn task(&self, kind: TaskKind, place: Option<Place>, due: Option<Date>) -> Task {
        Task {
            kind,
            place,
            plan: None,
            site: String::new(),
            line: String::new(),
            leader: None,
            month: None,
            due: due.map(|date| self.due(date)),
            reminder: false,
            new: false,
        }
    }

    /// Open planned visits of this month and the last that name me.
    fn visits_due(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (row, visit) in self.open_visits() {
            let leader = leader_of(self.register, visit);
            if !visit.officers.contains(&self.me) {
                continue;
            }
            let due = last_day(visit.year, visit.month);
            tasks.push(Task {
                plan: Some(row),
                site: self.unit_name(visit.site),
                leader: leader.map(|person| self.name(person)),
                month: Some(visit.month),
                line: visit.kind.as_str().to_owned(),
                ..self.task(TaskKind::Visit, Some(Place::Site(visit.site)), due)
            });
        }
        tasks
    }

    fn inspection_tasks(&self, id: DocId, inspection: &InspectionRecord) -> Vec<Task> {
        let mut tasks = Vec::new();
        let site = self.site_name(inspection.site, inspection.place.as_deref());
        let place = Some(Place::Inspection(id));
        let mine = inspection.has(self.me);
        if mine && inspection.is_unfinished() {
            let (answered, items) = inspection.answered;
            let line = format!("{answered}/{items}");
            let task = self.task(TaskKind::Unfinished, place.clone(), Some(self.today));
            tasks.push(Task {
                site: site.clone(),
                line,
                ..task
            });
        }
        if mine && inspection.conflicts > 0 && !inspection.withdrawn {
            let line = inspection.conflicts.to_string();
            let task = self.task(TaskKind::Conflict, place.clone(), Some(self.today));
            tasks.push(Task {
                site: site.clone(),
                line,
                ..task
            });
        }
        if inspection.refused && !self.opened.contains(&id) && self.supervises_team(inspection) {
            tasks.push(Task {
                site,
                new: true,
                ..self.task(TaskKind::RefusedSignature, place, None)
            });
        }
        tasks
    }

    /// I am a supervisor of a unit that has a person in the team.
    pub(crate) fn supervises_team(&self, inspection: &InspectionRecord) -> bool {
        let mine = self.units_as(&[PostKind::Supervisor]);
        inspection.present().any(|(person, _)| {
            self.register
                .posts_of(person)
                .any(|post| mine.contains(&post.unit))
        })
    }

    /// My units where I hold one of these posts.
    pub(crate) fn units_as(&self, kinds: &[PostKind]) -> Vec<UnitId> {
        let posts = self.register.posts_of(self.me);
        posts
            .filter(|post| kinds.contains(&post.kind))
            .map(|post| post.unit)
            .collect()
    }

    fn finding_task(&self, id: DocId, finding: &FindingRecord) -> Option<Task> {
        let (kind, due) = self.duty_of(finding)?;
        let site = self.site_name(finding.site, finding.place.as_deref());
        Some(Task {
            site,
            line: finding.text.clone(),
            new: !self.opened.contains(&id),
            reminder: kind == TaskKind::Rectify && self.is_reminded(id, finding),
            ..self.task(kind, Some(Place::Finding(id)), due)
        })
    }

    /// The day of the reminder has come, and the deadline is not over.
    fn is_reminded(&self, id: DocId, finding: &FindingRecord) -> bool {
        let settings = self.register.settings();
        let facts = self.records.facts_of_finding(id);
        let duty = facts.and_then(|facts| facts.duties.last());
        duty.zip(finding.deadline).is_some_and(|(duty, until)| {
            let ordered = settings.zone.day(duty.began);
            let from = reminder_day(ordered, until, settings);
            (from..=until).contains(&self.today)
        })
    }

    /// What a finding asks of me, if anything.
    pub(crate) fn duty_of(&self, finding: &FindingRecord) -> Option<(TaskKind, Option<Date>)> {
        let settings = self.register.settings();
        let due = self.finding_due(finding);
        if finding.empty && finding.reporter == Some(self.me) && finding.is_open() {
            return Some((TaskKind::Incomplete, due));
        }
        match finding.state {
            FindingState::Reported if self.is_to_order(finding) => Some((TaskKind::Order, due)),
            FindingState::Ordered | FindingState::Accepted if self.is_to_answer(finding) => {
                Some((TaskKind::Rectify, due))
            }
            FindingState::ExtensionAsked if self.is_ordering_side(finding) => {
                let asked = finding.asked.map(|at| settings.zone.day(at));
                let days = i64::from(settings.extension_answer_days);
                Some((TaskKind::Extension, asked.map(|day| day.plus_days(days))))
            }
            FindingState::Rectified if self.is_ordering_side(finding) => {
                Some((TaskKind::Recheck, due))
            }
            FindingState::Ordered | FindingState::Accepted | FindingState::ExtensionAsked
                if finding.is_overdue(self.today) && self.is_ordering_side(finding) =>
            {
                Some((TaskKind::Recheck, finding.deadline))
            }
            _ => self.major_task(finding),
        }
    }

    fn major_task(&self, finding: &FindingRecord) -> Option<(TaskKind, Option<Date>)> {
        let leads = finding.level == Level::Major
            && finding.unlisted
            && finding.is_open()
            && self.leads_here(finding);
        let settings = self.register.settings();
        let due = settings
            .zone
            .day(finding.reported)
            .plus_days(i64::from(settings.major_days));
        leads.then_some((TaskKind::Major, Some(due)))
    }

    /// Main or in-charge leader of the territory or of the ordering unit.
    fn leads_here(&self, finding: &FindingRecord) -> bool {
        let mine = self.units_as(&[PostKind::Main, PostKind::Party, PostKind::InCharge]);
        let parent = finding
            .site
            .and_then(|site| self.register.unit(site)?.parent);
        mine.iter()
            .any(|unit| parent == Some(*unit) || finding.units.contains(unit))
    }

    /// The reporter, if he or she may; supervisors of the reporter's unit if it has the power, else
    /// of the unit named by `proposed`. What an enterprise found itself: its principal and safety
    /// officer.
    pub(crate) fn is_to_order(&self, finding: &FindingRecord) -> bool {
        let Some(site) = finding.site else {
            return false;
        };
        if finding.origin == Origin::SelfFound && finding.proposed_to.is_empty() {
            return self
                .units_as(&[PostKind::Principal, PostKind::SafetyOfficer])
                .contains(&site);
        }
        let powerful = with_power(self.register, site);
        let reporters: Vec<UnitId> = finding
            .reporter
            .map(|reporter| {
                self.register
                    .posts_of(reporter)
                    .map(|post| post.unit)
                    .collect()
            })
            .unwrap_or_default();
        if finding.reporter == Some(self.me) && reporters.iter().any(|u| powerful.contains(u)) {
            return true;
        }
        let supervised = self.units_as(&[PostKind::Supervisor]);
        let has_power = reporters.iter().any(|unit| powerful.contains(unit));
        supervised.iter().any(|unit| {
            (has_power && reporters.contains(unit)) || finding.proposed_to.contains(unit)
        })
    }

    /// Named responsible, or the site's principal or safety officer.
    fn is_to_answer(&self, finding: &FindingRecord) -> bool {
        let site = self.units_as(&[PostKind::Principal, PostKind::SafetyOfficer]);
        finding.responsible.contains(&self.me) || finding.site.is_some_and(|id| site.contains(&id))
    }

    /// Officers of the order, and supervisors of the unit that it is with. Within an enterprise: its
    /// principal and safety officer, but not who rectified.
    pub(crate) fn is_ordering_side(&self, finding: &FindingRecord) -> bool {
        if finding.officers.contains(&self.me) {
            return true;
        }
        let kinds = [
            PostKind::Supervisor,
            PostKind::Principal,
            PostKind::SafetyOfficer,
        ];
        self.units_as(&kinds).iter().any(|unit| {
            let own_site = finding.site == Some(*unit);
            finding.units.contains(unit) && (!own_site || finding.origin == Origin::SelfFound)
        })
    }

    /// Whether one of my units oversees a site.
    pub(crate) fn i_oversee(&self, site: UnitId) -> bool {
        self.register
            .posts_of(self.me)
            .any(|post| oversees(self.register, post.unit, site))
    }
}

/// The last day of a month.
pub(crate) fn last_day(year: i32, month: u8) -> Option<Date> {
    let (year, month) = if month == 12 {
        (year.saturating_add(1), 1)
    } else {
        (year, month.saturating_add(1))
    };
    Date::from_ymd(year, month, 1)
        .ok()
        .map(|first| first.plus_days(-1))
}
