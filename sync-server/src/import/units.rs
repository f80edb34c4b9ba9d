//! 单位: units, found by credit code (enterprises) or name.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::id::UnitId;
use xunan_core::register::{Power, Risk, Table as Rows, Unit, UnitLevel};
use xunan_core::target::catalogue::plain;

use super::Scope;
use super::ledger::{Difference, Ledger};
use super::place::{self, Place};
use super::problem::Fault;
use super::table::{Row, Table};
use super::value::{self, Words};

pub(super) static LEVELS: Words<UnitLevel> = Words(&[
    ("区", UnitLevel::District),
    ("区直部门", UnitLevel::Department),
    ("政府（区直）部门", UnitLevel::Department),
    ("乡镇（街道）", UnitLevel::Township),
    ("乡镇（街道办）", UnitLevel::Township),
    ("生产经营单位", UnitLevel::Enterprise),
]);
static POWERS: Words<Power> = Words(&[("法定", Power::Statutory), ("委托", Power::Delegated)]);
static REMITS: Words<&str> = Words(&[
    ("综合监管", "综合监管"),
    ("消防", "消防"),
    ("特种设备", "特种设备"),
]);
static RISKS: Words<Risk> = Words(&[
    ("红", Risk::Red),
    ("橙", Risk::Orange),
    ("黄", Risk::Yellow),
    ("蓝", Risk::Blue),
    ("红色", Risk::Red),
    ("橙色", Risk::Orange),
    ("黄色", Risk::Yellow),
    ("蓝色", Risk::Blue),
]);

/// A level's word for people.
pub(super) const fn level_word(level: UnitLevel) -> &'static str {
    match level {
        UnitLevel::District => "区",
        UnitLevel::Department => "区直部门",
        UnitLevel::Township => "乡镇（街道）",
        UnitLevel::Enterprise => "生产经营单位",
    }
}

/// All units that can be named: those of the files, else those of the register.
pub(super) struct Units {
    ledger: Ledger<UnitId, Unit>,
    /// Name or code → units of the files.
    brought: BTreeMap<String, BTreeSet<UnitId>>,
    /// Name or code → units of the register that the files don't have.
    held: BTreeMap<String, BTreeSet<UnitId>>,
    /// Names of rows that could not be read: what refers to them isn't wrong itself.
    unread: BTreeSet<String>,
}

/// A row whose own key could be read.
struct Named<'t> {
    row: Row<'t>,
    id: UnitId,
    name: String,
    level: UnitLevel,
    key: String,
}

impl Units {
    pub(super) fn read(tables: &[&Table], scope: &mut Scope<'_>) -> Self {
        let ledger = Ledger::new(Rows::Unit, scope.register.units());
        let mut units = Self {
            ledger,
            brought: BTreeMap::new(),
            held: BTreeMap::new(),
            unread: BTreeSet::new(),
        };
        let named = units.names(tables, scope);
        units.index_held(!tables.is_empty() && scope.options.retire_missing);
        for row in &named {
            if let Some(unit) = units.unit_of(row, scope)
                && let Err(place) = units.ledger.bring(row.id, unit, row.row)
            {
                let fault = Fault::KeyTwice {
                    key: row.name.clone(),
                    first: place,
                };
                scope.problems.at(row.row, "单位名称", fault);
            }
        }
        units.report_loops(&named, scope);
        units
    }

    /// First pass: every unit gets its id, so that the second can refer to units further down.
    fn names<'t>(&mut self, tables: &[&'t Table], scope: &mut Scope<'_>) -> Vec<Named<'t>> {
        let mut ids = self.ledger.by_key(|unit| unit.key.clone());
        let mut named = Vec::new();
        for row in tables.iter().flat_map(|table| table.rows()) {
            let Some((name, level, key)) = key_of(row, scope) else {
                self.unread.extend(row.filled("单位名称").map(plain));
                continue;
            };
            let id = *ids
                .entry(key.clone())
                .or_insert_with(|| UnitId::from_bytes((scope.draw)()));
            for word in [&name, &key] {
                self.brought.entry(plain(word)).or_default().insert(id);
            }
            named.push(Named {
                row,
                id,
                name,
                level,
                key,
            });
        }
        named
    }

    fn index_held(&mut self, only_brought: bool) {
        if only_brought {
            return;
        }
        let brought: BTreeSet<UnitId> = self.brought.values().flatten().copied().collect();
        for (id, unit) in self.ledger.in_force() {
            if !brought.contains(id) {
                for word in [&unit.name, &unit.key] {
                    self.held.entry(plain(word)).or_default().insert(*id);
                }
            }
        }
    }

    /// The unit that a cell names, by name or credit code. `None` was reported, unless the fault
    /// is in that unit's own row.
    pub(super) fn find(
        &self,
        name: &str,
        (row, column): (Row<'_>, &'static str),
        scope: &mut Scope<'_>,
    ) -> Option<UnitId> {
        let word = plain(name);
        let found = self.brought.get(&word).or_else(|| self.held.get(&word));
        let ids: Vec<UnitId> = found.into_iter().flatten().copied().collect();
        let fault = match ids.as_slice() {
            [id] => return Some(*id),
            [] if self.unread.contains(&word) => return None,
            [] => Fault::UnitUnknown {
                name: name.to_owned(),
                similar: value::similar(name, self.all().map(|(_, unit)| unit.name.as_str())),
            },
            several => Fault::UnitAmbiguous {
                name: name.to_owned(),
                count: several.len(),
            },
        };
        scope.problems.at(row, column, fault);
        None
    }

    /// [`Self::find`] for a cell that may not be empty.
    pub(super) fn required(
        &self,
        row: Row<'_>,
        column: &'static str,
        scope: &mut Scope<'_>,
    ) -> Option<UnitId> {
        let name = scope.problems.required(row, column)?;
        self.find(name, (row, column), scope)
    }

    /// Everything that can be named.
    pub(super) fn all(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        let held = self
            .ledger
            .in_force()
            .filter(|(id, _)| !self.ledger.is_brought(id));
        self.ledger
            .brought()
            .chain(held)
            .map(|(id, unit)| (*id, unit))
    }
    /// A unit as the files leave it; `None` also while its own row is at fault.
    pub(super) fn get(&self, id: UnitId) -> Option<&Unit> {
        self.ledger.current(&id)
    }
    /// Its name, for sentences.
    pub(super) fn name(&self, id: UnitId) -> String {
        self.get(id)
            .map_or_else(String::new, |unit| unit.name.clone())
    }
    pub(super) fn differences(&self, retire: bool, present: bool) -> Vec<Difference> {
        self.ledger.differences(retire, |_, _| present)
    }

    /// Second pass: the whole row. `None` was reported.
    fn unit_of(&self, named: &Named<'_>, scope: &mut Scope<'_>) -> Option<Unit> {
        let row = named.row;
        let government = named.level.is_government();
        let parent = self.parent_of(named, scope);
        let regulators = self.regulators_of(row, scope);
        let remit = remit_of(row, government, scope);
        let power = power_of(row, government, scope);
        let place = place_of(row, scope);
        let risk = optional(row, "风险等级", scope, |text| RISKS.read(text));
        let workers = optional(row, "从业人数", scope, value::count);
        let held = self.ledger.held(&named.id);
        self.note_other_code(named, scope);
        // What the sheet has no column for stays as the register has it.
        let kept = |column, new: Option<String>, old: fn(&Unit) -> Option<String>| {
            if row.speaks_of(column) {
                new
            } else {
                held.and_then(old)
            }
        };
        let text = |column| row.filled(column).map(str::to_owned);
        Some(Unit {
            name: named.name.clone(),
            level: named.level,
            key: named.key.clone(),
            parent: parent?,
            industry: kept("行业", text("行业"), |unit| unit.industry.clone()),
            regulators: if row.speaks_of("行业主管部门") {
                regulators?
            } else {
                held.map(|unit| unit.regulators.clone()).unwrap_or_default()
            },
            remit: kept("全区监管职责", remit?, |unit| unit.remit.clone()),
            power: or_held(row, "责令整改权限", power?, held.and_then(|u| u.power)),
            address: kept("地址", text("地址"), |unit| unit.address.clone()),
            place: or_held(row, "经度", place?, held.and_then(|u| u.place)),
            risk: or_held(row, "风险等级", risk?, held.and_then(|u| u.risk)),
            workers: or_held(row, "从业人数", workers?, held.and_then(|u| u.workers)),
        })
    }

    /// 上级单位（属地）: everything but a district has one.
    fn parent_of(&self, named: &Named<'_>, scope: &mut Scope<'_>) -> Option<Option<UnitId>> {
        let column = "上级单位（属地）";
        if named.level == UnitLevel::District && named.row.get(column).is_empty() {
            return Some(None);
        }
        self.required(named.row, column, scope).map(Some)
    }

    fn regulators_of(&self, row: Row<'_>, scope: &mut Scope<'_>) -> Option<Vec<UnitId>> {
        let column = "行业主管部门";
        let found: Vec<Option<UnitId>> = value::several(row.get(column))
            .map(|name| self.find(name, (row, column), scope))
            .collect();
        found.into_iter().collect()
    }

    fn note_other_code(&self, named: &Named<'_>, scope: &mut Scope<'_>) {
        if self.ledger.held(&named.id).is_some() {
            return;
        }
        let other = self
            .ledger
            .in_force()
            .find(|(_, unit)| unit.name == named.name);
        if let Some((_, unit)) = other {
            let held = unit.key.clone();
            scope
                .problems
                .at(named.row, "统一社会信用代码", Fault::NameElsewhere { held });
        }
    }

    fn report_loops(&self, named: &[Named<'_>], scope: &mut Scope<'_>) {
        for start in named {
            let mut path = vec![start.id];
            let mut above = self.get(start.id).and_then(|unit| unit.parent);
            while let Some(id) = above {
                if id == start.id {
                    let names: Vec<String> = path.iter().map(|id| self.name(*id)).collect();
                    let path = names.join(" → ");
                    scope
                        .problems
                        .at(start.row, "上级单位（属地）", Fault::ParentLoop { path });
                    break;
                }
                if path.contains(&id) {
                    break;
                }
                path.push(id);
                above = self.get(id).and_then(|unit| unit.parent);
            }
        }
    }
}

fn or_held<T>(row: Row<'_>, column: &'static str, new: Option<T>, held: Option<T>) -> Option<T> {
    if row.speaks_of(column) { new } else { held }
}

/// A cell that may be empty; the outer `None` was reported.
fn optional<T>(
    row: Row<'_>,
    column: &'static str,
    scope: &mut Scope<'_>,
    read: impl Fn(&str) -> Result<T, Fault>,
) -> Option<Option<T>> {
    match row.filled(column) {
        None => Some(None),
        Some(text) => scope.problems.take(row, column, read(text)).map(Some),
    }
}

/// What finds a unit again: the credit code of an enterprise, else the name.
fn key_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<(String, UnitLevel, String)> {
    let name = scope.problems.required(row, "单位名称").map(str::to_owned);
    let level = scope.problems.required(row, "层级");
    let level = level.and_then(|text| scope.problems.take(row, "层级", LEVELS.read(text)));
    let (name, level) = (name?, level?);
    if level.is_government() {
        return Some((name.clone(), level, name));
    }
    let column = "统一社会信用代码";
    let text = scope.problems.required(row, column)?;
    let code = scope.problems.take(row, column, credit_code(text))?;
    Some((name, level, code))
}

/// GB 32100-2015: 18 digits and capital letters. The check digit isn't asked for: codes of branches
/// and projects in circulation break it.
fn credit_code(text: &str) -> Result<String, Fault> {
    let code = plain(text).to_uppercase();
    let length = code.chars().count();
    if length == 18 && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Ok(code)
    } else {
        Err(Fault::CreditCodeWrong { length })
    }
}

/// 全区监管职责, which lets a unit oversee every site: only known words, so that a stray remark
/// gives nobody rights.
fn remit_of(row: Row<'_>, government: bool, scope: &mut Scope<'_>) -> Option<Option<String>> {
    let column = "全区监管职责";
    let Some(text) = value::unless_none(row.get(column)) else {
        return Some(None);
    };
    if !government {
        only_government(row, column, scope);
        return None;
    }
    let words: Option<Vec<&str>> = value::several(text)
        .map(|word| scope.problems.take(row, column, REMITS.read(word)))
        .collect();
    words.map(|words| Some(words.join("、")))
}

fn power_of(row: Row<'_>, government: bool, scope: &mut Scope<'_>) -> Option<Option<Power>> {
    let column = "责令整改权限";
    let Some(text) = value::unless_none(row.get(column)) else {
        return Some(None);
    };
    if !government {
        only_government(row, column, scope);
        return None;
    }
    scope
        .problems
        .take(row, column, POWERS.read(text))
        .map(Some)
}

fn only_government(row: Row<'_>, column: &'static str, scope: &mut Scope<'_>) {
    scope
        .problems
        .at(row, column, Fault::GovernmentOnly { column });
}

fn place_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<Option<Place>> {
    let (east, north) = (row.filled("经度"), row.filled("纬度"));
    let (east, north) = match (east, north) {
        (None, None) => return Some(None),
        (Some(_), None) => {
            scope
                .problems
                .at(row, "经度", Fault::HalfFilled { other: "纬度" });
            return None;
        }
        (None, Some(_)) => {
            scope
                .problems
                .at(row, "纬度", Fault::HalfFilled { other: "经度" });
            return None;
        }
        (Some(east), Some(north)) => (east, north),
    };
    let system = scope
        .problems
        .take(row, "坐标系", place::system(row.get("坐标系")));
    let longitude = scope.problems.take(row, "经度", value::degrees(east));
    let latitude = scope.problems.take(row, "纬度", value::degrees(north));
    let (system, longitude, latitude) = (system?, longitude?, latitude?);
    if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
        scope.problems.at(row, "纬度", Fault::PlaceOutOfRange);
        return None;
    }
    Some(Some(place::to_wgs84((latitude, longitude), system)))
}
