//! What the start screen opens in place: basis, visits against the limit, officers and
//! certificates, checklists, whose targets.

use std::collections::BTreeSet;

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::order::Order;
use xunan_core::record::Basis;
use xunan_core::register::{Checklist, InspectionKind, PlannedVisit};
use xunan_core::rule::plan_change::leader_of;

use super::View;
use crate::request::{InspectionRow, ListChoice, OfficerShown, VisitView};

impl View<'_> {
    /// For one site and, if planned, one visit.
    pub(crate) fn visit(&self, site: UnitId, plan: Option<RowId>) -> VisitView {
        let open: Vec<(RowId, &PlannedVisit)> = self
            .open_visits()
            .into_iter()
            .filter(|(_, v)| v.site == site)
            .collect();
        let mine = self.my_units();
        let chosen = open.iter().find(|(id, _)| Some(*id) == plan).or_else(|| {
            open.iter()
                .find(|(_, v)| mine.contains(&v.unit) && v.month == self.today.month())
        });
        let kinds = self.kinds_for(site, chosen.map(|(_, v)| v.kind));
        let team = self.proposed_team(chosen.map(|(_, v)| *v), &kinds);
        let people: Vec<PersonId> = team.iter().map(|officer| officer.person.id).collect();
        let valid = team.iter().filter(|officer| officer.valid).count();
        let rows: Vec<RowId> = chosen.map(|(id, _)| *id).into_iter().collect();
        let joint = open
            .iter()
            .filter(|(id, _)| chosen.is_none_or(|(c, _)| c != id));
        let kind = kinds.first().copied().unwrap_or(InspectionKind::Routine);
        VisitView {
            site: self.site_row(site, None),
            bases: kinds
                .iter()
                .map(|k| basis_of(*k, chosen.is_some()))
                .collect(),
            plan: chosen
                .map(|(id, v)| self.plan_shown(*id, v))
                .into_iter()
                .collect(),
            joint: joint.map(|(id, v)| self.plan_shown(*id, v)).collect(),
            last: self.last_visit(site),
            open_findings: self.open_findings(site),
            lists: self.list_choices(site, kind, chosen.map(|(_, v)| *v)),
            officers_valid: u32::try_from(valid).unwrap_or(u32::MAX),
            counts_for: self.counts_for((site, kind), &rows, &people, &self.leaders_among(&team)),
            joinable: self.joinable(site, &kinds),
            kinds,
            team,
        }
    }

    fn leaders_among(&self, team: &[OfficerShown]) -> Vec<PersonId> {
        team.iter()
            .filter(|o| o.role == "leader")
            .map(|o| o.person.id)
            .collect()
    }

    /// The kinds that I may begin here, the proposed one first.
    fn kinds_for(&self, site: UnitId, planned: Option<InspectionKind>) -> Vec<InspectionKind> {
        let posts: Vec<_> = self.register.posts_of(self.me).collect();
        let mut kinds: Vec<InspectionKind> = Vec::new();
        if posts.iter().any(|p| p.kind.is_government()) && self.i_oversee(site) {
            kinds.extend(planned);
            kinds.extend([
                InspectionKind::Routine,
                InspectionKind::Special,
                InspectionKind::LeaderLed,
                InspectionKind::Recheck,
            ]);
        }
        for post in posts
            .iter()
            .filter(|p| p.unit == site || self.i_oversee(site))
        {
            match post.kind {
                xunan_core::register::PostKind::Principal
                | xunan_core::register::PostKind::SafetyOfficer => {
                    kinds.push(InspectionKind::SelfInspection);
                }
                xunan_core::register::PostKind::Worker => kinds.push(InspectionKind::Post),
                _ => {}
            }
        }
        let mut seen = BTreeSet::new();
        kinds.retain(|kind| seen.insert(*kind));
        kinds
    }

    /// Myself and the planned officers.
    fn proposed_team(
        &self,
        visit: Option<&PlannedVisit>,
        kinds: &[InspectionKind],
    ) -> Vec<OfficerShown> {
        let leader = visit.and_then(|v| leader_of(self.register, v));
        let planned = visit.map(|v| v.officers.clone()).unwrap_or_default();
        let led = kinds.first() == Some(&InspectionKind::LeaderLed);
        let mut people = planned.clone();
        if !people.contains(&self.me) {
            people.insert(0, self.me);
        }
        let role = |person: PersonId| {
            let leads = leader == Some(person)
                || (led && leader.is_none() && person == self.me && self.i_lead());
            if leads { "leader" } else { "member" }
        };
        let shown = people.into_iter().map(|person| OfficerShown {
            planned: planned.contains(&person),
            ..self.officer(person, role(person))
        });
        shown.collect()
    }

    fn i_lead(&self) -> bool {
        self.register
            .posts_of(self.me)
            .any(|post| post.kind.is_leader())
    }

    /// An officer with the certificate, by the newest row.
    pub(crate) fn officer(&self, person: PersonId, role: &str) -> OfficerShown {
        let certificate = self
            .register
            .person(person)
            .and_then(|p| p.certificate.clone());
        OfficerShown {
            person: self.person(person),
            role: role.to_owned(),
            expires: certificate.as_ref().map(|c| c.expires),
            valid: certificate
                .as_ref()
                .is_some_and(|c| c.expires >= self.today),
            certificate: certificate.map(|c| c.number),
            planned: false,
        }
    }

    /// The last visit of my unit.
    fn last_visit(&self, site: UnitId) -> Option<xunan_core::timestamp::Date> {
        let mine = self.my_units();
        let visits = self.records.inspections.values().filter(|i| {
            i.site == Some(site)
                && !i.withdrawn
                && i.present().any(|(p, _)| {
                    self.register
                        .posts_of(p)
                        .any(|post| mine.contains(&post.unit))
                })
        });
        let newest = visits.filter_map(|i| i.finished).max()?;
        Some(self.register.settings().zone.day(newest))
    }

    fn open_findings(&self, site: UnitId) -> u32 {
        let open = self
            .records
            .findings
            .values()
            .filter(|f| f.site == Some(site) && f.is_open());
        u32::try_from(open.count()).unwrap_or(u32::MAX)
    }

    /// Checklists for a site: the plan's own win, else those of its industry and last time's.
    pub(crate) fn list_choices(
        &self,
        site: UnitId,
        kind: InspectionKind,
        visit: Option<&PlannedVisit>,
    ) -> Vec<ListChoice> {
        let industry = self
            .register
            .unit(site)
            .and_then(|u| u.industry.clone())
            .unwrap_or_default();
        let planned = visit.map(|v| v.lists.clone()).unwrap_or_default();
        let last = self.last_lists(site, kind);
        let mut choices: Vec<(u8, ListChoice)> = Vec::new();
        for (code, list) in self.register.checklists() {
            let fit = fit_of(list, &industry, kind);
            let chosen = match (planned.is_empty(), last.is_empty()) {
                (false, _) => planned.iter().any(|c| c == code),
                (true, false) => last.iter().any(|c| c == code),
                (true, true) => fit == 0,
            };
            let choice = ListChoice {
                code: code.to_owned(),
                name: list.name.clone(),
                english: list.english.clone(),
                items: u32::try_from(list.items.len()).unwrap_or(u32::MAX),
                chosen,
                more: fit == 2 && !chosen,
            };
            choices.push((if chosen { 0 } else { fit.saturating_add(1) }, choice));
        }
        choices.order_by_key(|(order, _)| *order);
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    fn last_lists(&self, site: UnitId, kind: InspectionKind) -> Vec<String> {
        let before = self.records.inspections.values();
        let before = before.filter(|i| i.site == Some(site) && i.kind == kind && !i.withdrawn);
        before
            .max_by_key(|i| i.began)
            .map(|i| i.lists.clone())
            .unwrap_or_default()
    }

    /// Inspections of a site under way whose team I am not in yet, newest first. Whoever may inspect
    /// a site may join: an official one with a government post, the enterprise's own with its.
    fn joinable(&self, site: UnitId, kinds: &[InspectionKind]) -> Vec<InspectionRow> {
        let like = |kind: InspectionKind| {
            let mut mine = kinds.iter();
            mine.any(|own| *own == kind || (own.is_official() && kind.is_official()))
        };
        let open = self.records.inspections.iter();
        let mut open: Vec<_> = open
            .filter(|(_, i)| i.site == Some(site) && i.is_unfinished())
            .filter(|(_, i)| !i.has(self.me) && like(i.kind))
            .collect();
        open.sort_by_key(|(id, i)| (std::cmp::Reverse(i.began), **id));
        let rows = open.into_iter();
        rows.map(|(id, i)| self.inspection_row(*id, i)).collect()
    }
}

/// The word of the basis that a kind has by itself; nothing = its people say it.
fn basis_of(kind: InspectionKind, is_planned: bool) -> String {
    let basis = Basis::usual(kind, is_planned);
    basis.map_or("", Basis::as_str).to_owned()
}

/// 0: fits the industry (通用 fits all; 岗位自查 is for post checks alone); 1: another industry's;
/// 2: 专项, offered under "more".
fn fit_of(list: &Checklist, industry: &str, kind: InspectionKind) -> u8 {
    let says = |word: &str| list.industries.iter().any(|i| i == word);
    let for_posts = says("岗位自查");
    if (kind == InspectionKind::Post) != for_posts {
        return 2;
    }
    if for_posts || says("通用") || says(industry) {
        0
    } else if says("专项") {
        2
    } else {
        1
    }
}
