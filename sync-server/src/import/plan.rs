//! 年度检查计划: planned visits, found by 年度, 检查单位, 检查对象, 计划月份 and 检查方式.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{InspectionKind, PlannedVisit, Register, Table as Rows, Versions};

use super::Scope;
use super::checklists::Checklists;
use super::ledger::{Difference, Ledger};
use super::letters::year_of;
use super::people::{Lookup, People};
use super::problem::Fault;
use super::table::{Row, Table};
use super::units::{Units, level_word};
use super::value::{self, Words};

pub(super) static VISIT_KINDS: Words<InspectionKind> = Words(&[
    ("日常", InspectionKind::Routine),
    ("双随机", InspectionKind::Routine),
    ("专项", InspectionKind::Special),
    ("领导带队", InspectionKind::LeaderLed),
    ("日常检查", InspectionKind::Routine),
    ("专项检查", InspectionKind::Special),
    ("领导带队检查", InspectionKind::LeaderLed),
]);

type VisitKey = (i32, UnitId, UnitId, u8, InspectionKind);

/// Planned visits as the files and the register have them.
pub(super) struct Plan {
    ledger: Ledger<RowId, PlannedVisit>,
    /// Which years the files speak of: visits of other years aren't missing.
    years: BTreeSet<i32>,
    ids: BTreeMap<VisitKey, RowId>,
    /// 年度检查上限 by year, unit and site, with its first row.
    limits: BTreeMap<(i32, UnitId, UnitId), (u32, u32)>,
}

/// Everything that a visit's row names.
pub(super) struct Named<'n> {
    pub(super) units: &'n Units,
    pub(super) people: &'n People,
    pub(super) lists: &'n Checklists,
}

impl Plan {
    pub(super) fn read(tables: &[&Table], named: &Named<'_>, scope: &mut Scope<'_>) -> Self {
        let ledger = Ledger::new(Rows::Plan, scope.register.plan_versions());
        let mut ids = ledger.by_key(visit_key);
        // A visit that was moved is still the one of the sheet's month.
        let in_force = scope.register.plan_versions().filter(|(_, versions)| {
            let newest = versions.current();
            newest.is_some_and(|visit| visit.changed.is_some())
        });
        let moved =
            in_force.filter_map(|(id, versions)| Some((visit_key(imported(versions)?), id)));
        ids.extend(moved);
        let mut plan = Self {
            ids,
            ledger,
            years: BTreeSet::new(),
            limits: BTreeMap::new(),
        };
        for row in tables.iter().flat_map(|table| table.rows()) {
            plan.years.extend(row_year(row, scope));
            if let Some(visit) = visit_of(row, named, scope) {
                plan.bring(row, visit, scope);
            }
        }
        plan
    }

    fn bring(&mut self, row: Row<'_>, mut visit: PlannedVisit, scope: &mut Scope<'_>) {
        let key = visit_key(&visit);
        let id = *self
            .ids
            .entry(key)
            .or_insert_with(|| RowId::from_bytes((scope.draw)()));
        // What the sheet has no column for stays as the register has it.
        if let Some(held) = self.ledger.held(&id) {
            if !row.speaks_of("检查表") {
                visit.lists.clone_from(&held.lists);
            }
            if !row.speaks_of("检查人员") {
                visit.officers.clone_from(&held.officers);
            }
            if !row.speaks_of("年度检查上限（次）") {
                visit.limit = held.limit;
            }
            keep_changes(&mut visit, held, imported_of(scope.register, id));
        }
        self.same_limit(row, &visit, scope);
        if let Err(first) = self.ledger.bring(id, visit, row) {
            let key = ["检查单位", "检查对象", "计划月份", "检查方式"]
                .map(|column| row.get(column))
                .join(" ");
            scope
                .problems
                .at(row, "检查对象", Fault::KeyTwice { key, first });
        }
    }

    /// The limit is of a unit at a site for the year, not of a row.
    fn same_limit(&mut self, row: Row<'_>, visit: &PlannedVisit, scope: &mut Scope<'_>) {
        let Some(limit) = visit.limit else {
            return;
        };
        let key = (visit.year, visit.unit, visit.site);
        let (first, number) = *self.limits.entry(key).or_insert((limit, row.number()));
        if first != limit {
            let fault = Fault::LimitDiffers {
                row: number,
                limit: first,
            };
            scope.problems.at(row, "年度检查上限（次）", fault);
        }
    }

    pub(super) fn differences(&self, retire: bool) -> Vec<Difference> {
        self.ledger
            .differences(retire, |_, visit| self.years.contains(&visit.year))
    }
}

const fn visit_key(visit: &PlannedVisit) -> VisitKey {
    (visit.year, visit.unit, visit.site, visit.month, visit.kind)
}

/// A planned visit as a spreadsheet brought it last.
fn imported(versions: &Versions<PlannedVisit>) -> Option<&PlannedVisit> {
    let mut newest = versions.all().iter().rev().map(|version| &version.value);
    newest.find(|visit| visit.changed.is_none())
}

fn imported_of(register: &Register, id: RowId) -> Option<&PlannedVisit> {
    imported(register.planned_versions(id)?)
}

/// What was changed after the import holds as long as the sheet says what it said then: the same
/// file again changes nothing. Other officers in the sheet are newer than a stand-in.
fn keep_changes(visit: &mut PlannedVisit, held: &PlannedVisit, was: Option<&PlannedVisit>) {
    let (Some(_), Some(was)) = (&held.changed, was) else {
        return;
    };
    visit.month = held.month;
    if visit.officers == was.officers {
        visit.officers.clone_from(&held.officers);
    }
    if visit.month != was.month || visit.officers == held.officers {
        visit.changed.clone_from(&held.changed);
    }
}

/// The year without a word on its faults: [`visit_of`] reports them.
fn row_year(row: Row<'_>, scope: &Scope<'_>) -> Option<i32> {
    let year = value::year(row.get("年度")).ok()?;
    Some(year.saturating_add(scope.shift))
}

fn visit_of(row: Row<'_>, named: &Named<'_>, scope: &mut Scope<'_>) -> Option<PlannedVisit> {
    let year = year_of(row, scope);
    let unit = named.units.required(row, "检查单位", scope);
    let site = site_of(row, named.units, scope);
    let written = year.map(|year| year.saturating_sub(scope.shift));
    let month = scope.problems.required(row, "计划月份");
    let month = month.zip(written).and_then(|(text, year)| {
        scope
            .problems
            .take(row, "计划月份", value::month(text, year))
    });
    let kind = scope.problems.required(row, "检查方式");
    let kind = kind.and_then(|text| scope.problems.take(row, "检查方式", VISIT_KINDS.read(text)));
    let column = "检查表";
    let lists: Vec<Option<String>> = value::several(row.get(column))
        .map(|name| named.lists.find(name, (row, column), scope))
        .collect();
    let officers = unit.and_then(|unit| officers_of(row, unit, named, scope));
    let column = "年度检查上限（次）";
    let limit = match row.filled(column) {
        Some(text) => scope
            .problems
            .take(row, column, value::count(text))
            .map(Some),
        None => Some(None),
    };
    Some(PlannedVisit {
        year: year?,
        month: month?,
        unit: unit?,
        site: site?,
        kind: kind?,
        lists: lists.into_iter().collect::<Option<_>>()?,
        officers: officers?,
        limit: limit?,
        changed: None,
    })
}

/// 检查对象: an enterprise.
fn site_of(row: Row<'_>, units: &Units, scope: &mut Scope<'_>) -> Option<UnitId> {
    let site = units.required(row, "检查对象", scope)?;
    let unit = units.get(site)?;
    if !unit.level.is_government() {
        return Some(site);
    }
    let fault = Fault::UnitLevelWrong {
        name: unit.name.clone(),
        level: level_word(unit.level),
        wanted: "生产经营单位",
    };
    scope.problems.at(row, "检查对象", fault);
    None
}

/// 检查人员: by name in the inspecting unit, else unique in the organisation (noted), else blocked.
fn officers_of(
    row: Row<'_>,
    unit: UnitId,
    named: &Named<'_>,
    scope: &mut Scope<'_>,
) -> Option<Vec<PersonId>> {
    let mut officers = Some(Vec::new());
    for name in value::several(row.get("检查人员")) {
        match (officer(name, unit, row, named, scope), &mut officers) {
            (Some(person), Some(known)) if !known.contains(&person) => known.push(person),
            (Some(_), _) => {}
            (None, _) => officers = None,
        }
    }
    officers
}

fn officer(
    name: &str,
    unit: UnitId,
    row: Row<'_>,
    named: &Named<'_>,
    scope: &mut Scope<'_>,
) -> Option<PersonId> {
    let (people, units) = (named.people, named.units);
    let own = units.name(unit);
    let ambiguous = |place: String, count| Fault::PersonAmbiguous {
        name: name.to_owned(),
        place,
        count,
    };
    let fault = match people.lookup(name, Some(unit)) {
        Lookup::One(id) => return Some(id),
        Lookup::Several(count) => ambiguous(own, count),
        Lookup::Unread | Lookup::Nobody => match people.lookup(name, None) {
            Lookup::One(id) => {
                let fault = Fault::JointOfficer {
                    name: people.name(id),
                    unit: people
                        .unit_of(id)
                        .map(|id| units.name(id))
                        .unwrap_or_default(),
                };
                scope.problems.at(row, "检查人员", fault);
                return Some(id);
            }
            Lookup::Several(count) => ambiguous(format!("{own}没有这个人，全区"), count),
            Lookup::Unread => return None,
            Lookup::Nobody => Fault::PersonUnknown {
                name: name.to_owned(),
                similar: people.similar(name, Some(unit)),
                place: own,
            },
        },
    };
    scope.problems.at(row, "检查人员", fault);
    None
}
