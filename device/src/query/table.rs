//! Tables of findings and inspections: filtered and sorted here, a page at a time, so that a screen
//! never holds what it doesn't show. What is the same for many rows is worked out once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{DocId, UnitId};
use xunan_core::order::Order;
use xunan_core::record::{FindingState, Level};
use xunan_core::target::{PeriodId, RestKind};
use xunan_core::timestamp::Timestamp;

use super::View;
use super::dashboard::Sections;
use super::findings::page;
use super::search::Search;
use crate::projection::{FindingRecord, InspectionRecord};
use crate::request::{
    DeskScope, FindingAsk, FindingColumn, FindingLine, FindingTable, InspectionAsk,
    InspectionColumn, InspectionLine, InspectionState, InspectionTable, Page,
};

/// A key to sort by: words or a number; whatever is empty comes last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Words(&'a str),
    Number(i64),
    None,
}

fn words(text: &str) -> Key<'_> {
    if text.is_empty() {
        Key::None
    } else {
        Key::Words(text)
    }
}

/// In that order, those without a value last either way.
fn sorted<'k, T>(mut rows: Vec<T>, key: impl Fn(&T) -> Key<'k>, descending: bool) -> Vec<T> {
    rows.order_by(|a, b| {
        let (a, b) = (key(a), key(b));
        let empty = (a == Key::None).cmp(&(b == Key::None));
        empty.then_with(|| if descending { b.cmp(&a) } else { a.cmp(&b) })
    });
    rows
}

impl View<'_> {
    /// The finding table.
    pub(crate) fn finding_table(&self, ask: &FindingAsk) -> FindingTable {
        let Some(area) = self.area(ask.scope.unit) else {
            return FindingTable {
                unit: None,
                rows: Vec::new(),
                total: 0,
                sections: Vec::new(),
            };
        };
        let sections = self.item_sections();
        let search = Search::of(self.register, &ask.query);
        let counted = ask.measure.map(|measure| {
            let period = self.period(ask.scope.period.as_deref());
            self.measured(area.unit, measure, period)
        });
        let period = asked_period(&ask.scope).filter(|_| ask.measure.is_none());
        let zone = &self.register.settings().zone;
        let of_scope = self.findings_within(&area).filter(|(id, finding)| {
            counted.as_ref().is_none_or(|ids| ids.contains(id))
                && period.is_none_or(|it| it.contains(zone.day(finding.reported)))
        });
        let of_scope: Vec<(DocId, &FindingRecord)> = of_scope.collect();
        let known: BTreeSet<&str> = of_scope.iter().map(|(_, f)| sections.of(f)).collect();
        let fitting = of_scope.into_iter().filter(|(_, finding)| {
            (ask.states.is_empty() || ask.states.contains(&finding.state))
                && ask.level.is_none_or(|level| finding.level == level)
                && ask
                    .section
                    .as_ref()
                    .is_none_or(|it| sections.of(finding) == it)
                && search.as_ref().is_none_or(|it| it.finds(finding))
        });
        let rows = self.sorted_findings(fitting.collect(), &sections, ask);
        let Page { rows, total } = page(&rows, ask.offset, ask.limit, |(id, finding)| {
            self.finding_line(*id, finding, &sections)
        });
        FindingTable {
            unit: Some(self.unit(area.unit)),
            rows,
            total,
            sections: known.into_iter().map(str::to_owned).collect(),
        }
    }

    fn sorted_findings<'r>(
        &'r self,
        mut rows: Vec<(DocId, &'r FindingRecord)>,
        sections: &Sections<'r>,
        ask: &FindingAsk,
    ) -> Vec<(DocId, &'r FindingRecord)> {
        rows.order_by_key(|(id, finding)| self.order_of(*id, finding));
        if ask.by == FindingColumn::Due {
            if ask.descending {
                rows.reverse();
            }
            return rows;
        }
        let key = |(_, f): &(DocId, &'r FindingRecord)| -> Key<'r> {
            match ask.by {
                FindingColumn::Site => self.site_key(f.site),
                FindingColumn::Part => self.part_key(f.site),
                FindingColumn::Text => words(&f.text),
                FindingColumn::Section => words(sections.of(f)),
                FindingColumn::Level => Key::Number(match (f.level, f.suspected) {
                    (Level::Major, _) => 0,
                    (Level::General, true) => 1,
                    (Level::General, false) => 2,
                }),
                FindingColumn::State => Key::Number(state_order(f.state)),
                FindingColumn::Due | FindingColumn::Reported => Key::Number(f.reported.0),
                FindingColumn::Deadline => {
                    let day = f.deadline.map(|day| day.days_since(self.today));
                    day.map_or(Key::None, Key::Number)
                }
                FindingColumn::Reporter => {
                    let person = f.reporter.and_then(|id| self.register.person(id));
                    person.map_or(Key::None, |person| words(&person.name))
                }
            }
        };
        sorted(rows, key, ask.descending)
    }

    fn site_key(&self, site: Option<UnitId>) -> Key<'_> {
        let unit = site.and_then(|site| self.register.unit(site));
        unit.map_or(Key::None, |unit| words(&unit.name))
    }

    fn part_key(&self, site: Option<UnitId>) -> Key<'_> {
        let parent = site.and_then(|site| self.register.unit(site)?.parent);
        let unit = parent.and_then(|parent| self.register.unit(parent));
        unit.map_or(Key::None, |unit| words(&unit.name))
    }

    fn finding_line(
        &self,
        id: DocId,
        finding: &FindingRecord,
        sections: &Sections<'_>,
    ) -> FindingLine {
        let people = |ids: &[xunan_core::id::PersonId]| -> Vec<String> {
            ids.iter().map(|person| self.name(*person)).collect()
        };
        FindingLine {
            row: self.finding_row(id, finding),
            part: self.part_name(finding.site),
            section: sections.of(finding).to_owned(),
            origin: finding.origin,
            reported: finding.reported,
            reporter: finding.reporter.map(|it| self.name(it)).unwrap_or_default(),
            deadline: finding.deadline,
            rectified: finding.rectified,
            closed: self.closed_at(id, finding),
            responsible: people(&finding.responsible),
            units: finding.units.iter().map(|it| self.unit_name(*it)).collect(),
            officers: people(&finding.officers),
        }
    }

    fn closed_at(&self, id: DocId, finding: &FindingRecord) -> Option<Timestamp> {
        if finding.state != FindingState::Closed {
            return None;
        }
        let facts = self.records.facts_of_finding(id)?;
        let closed = facts.rests.iter().filter(|rest| rest.until.is_none());
        let closed =
            closed.filter(|it| matches!(it.kind, RestKind::Passed | RestKind::CorrectedOnSpot));
        closed.map(|rest| rest.from).min()
    }

    /// The inspection table.
    pub(crate) fn inspection_table(&self, ask: &InspectionAsk) -> InspectionTable {
        let Some(area) = self.area(ask.scope.unit) else {
            return InspectionTable {
                unit: None,
                rows: Vec::new(),
                total: 0,
            };
        };
        let search = Search::of(self.register, &ask.query);
        let zone = &self.register.settings().zone;
        let period = asked_period(&ask.scope);
        let fitting = self.records.inspections.iter().filter(|(_, inspection)| {
            area.has(self, inspection.site, inspection.began_by)
                && period.is_none_or(|it| it.contains(zone.day(inspection.began)))
                && ask.state.is_none_or(|state| state_of(inspection) == state)
                && (ask.kinds.is_empty() || ask.kinds.contains(&inspection.kind))
                && search
                    .as_ref()
                    .is_none_or(|it| it.finds_inspection(inspection))
        });
        let found = self.findings_by_inspection();
        let rows = fitting.map(|(id, inspection)| (*id, inspection)).collect();
        let rows = self.sorted_inspections(rows, &found, ask);
        let Page { rows, total } = page(&rows, ask.offset, ask.limit, |(id, inspection)| {
            let findings = found.get(id).copied().unwrap_or_default();
            self.inspection_line(*id, inspection, findings)
        });
        InspectionTable {
            unit: Some(self.unit(area.unit)),
            rows,
            total,
        }
    }

    fn sorted_inspections<'r>(
        &'r self,
        mut rows: Vec<(DocId, &'r InspectionRecord)>,
        found: &BTreeMap<DocId, u32>,
        ask: &InspectionAsk,
    ) -> Vec<(DocId, &'r InspectionRecord)> {
        rows.order_by_key(|(id, inspection)| (Reverse(inspection.began), *id));
        if ask.by == InspectionColumn::Began {
            if ask.descending {
                rows.reverse();
            }
            return rows;
        }
        let key = |(id, inspection): &(DocId, &'r InspectionRecord)| -> Key<'r> {
            match ask.by {
                InspectionColumn::Site => self.site_key(inspection.site),
                InspectionColumn::Part => self.part_key(inspection.site),
                InspectionColumn::Kind => words(inspection.kind.as_str()),
                InspectionColumn::State => Key::Number(match state_of(inspection) {
                    InspectionState::Unfinished => 0,
                    InspectionState::Finished => 1,
                    InspectionState::Withdrawn => 2,
                }),
                InspectionColumn::Answered => Key::Number(i64::from(inspection.answered.0)),
                InspectionColumn::Findings | InspectionColumn::Began => {
                    Key::Number(found.get(id).copied().map_or(0, i64::from))
                }
            }
        };
        sorted(rows, key, ask.descending)
    }

    fn inspection_line(
        &self,
        id: DocId,
        inspection: &InspectionRecord,
        findings: u32,
    ) -> InspectionLine {
        let team = inspection.present();
        let posts = team.flat_map(|(person, _)| self.register.posts_of(person));
        let units: BTreeSet<UnitId> = posts.map(|post| post.unit).collect();
        InspectionLine {
            row: self.inspection_row_with(id, inspection, findings),
            part: self.part_name(inspection.site),
            state: state_of(inspection),
            units: units.into_iter().map(|unit| self.unit_name(unit)).collect(),
            end: inspection.end.clone(),
        }
    }
}

fn state_of(inspection: &InspectionRecord) -> InspectionState {
    if inspection.withdrawn {
        InspectionState::Withdrawn
    } else if inspection.finished.is_some() {
        InspectionState::Finished
    } else {
        InspectionState::Unfinished
    }
}

const fn state_order(state: FindingState) -> i64 {
    match state {
        FindingState::Reported => 0,
        FindingState::Ordered => 1,
        FindingState::Accepted => 2,
        FindingState::ExtensionAsked => 3,
        FindingState::Rectified => 4,
        FindingState::Closed => 5,
        FindingState::Withdrawn => 6,
    }
}

fn asked_period(scope: &DeskScope) -> Option<PeriodId> {
    scope.period.as_deref().and_then(|name| name.parse().ok())
}
