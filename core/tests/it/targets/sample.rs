//! The sample district as register rows: what the relay's import makes of `sample/demo`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};
use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{
    Certificate, Device, Goal, InspectionKind, Letter, Period, Person, PlannedVisit, PointRule,
    Post, PostKind, Power, Row, Signer, Table, Target, Unit, UnitLevel,
};
use xunan_core::target::catalogue::Metric;
use xunan_core::timestamp::{Date, Timestamp};

/// One line of a sheet, by its column's header.
type Line = BTreeMap<String, String>;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../sample/demo")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}
/// The people, some of whose certificates run out within the year.
pub(crate) fn people_sheet() -> String {
    let lines = file("人员.csv");
    let certified = |line: &str| {
        line.rsplit(',')
            .next()
            .is_some_and(|date| date.starts_with("20"))
    };
    let mut n = 0;
    let mut line_of = |line: &str| {
        n += usize::from(certified(line));
        match line.rsplit_once(',') {
            Some((rest, _)) if certified(line) && n % 7 == 0 => format!("{rest},2026-06-15\n"),
            _ => format!("{line}\n"),
        }
    };
    lines.lines().map(&mut line_of).collect()
}

fn sheet(name: &str) -> Vec<Line> {
    let text = if name == "人员.csv" {
        people_sheet()
    } else {
        file(name)
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let headers: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let cells = line.split(',').map(str::to_owned);
            headers.iter().map(|h| (*h).to_owned()).zip(cells).collect()
        })
        .collect()
}

fn bytes(key: &str) -> [u8; 16] {
    Sha256::digest(key.as_bytes())[..16].try_into().unwrap()
}
pub(crate) fn unit_id(name: &str) -> UnitId {
    UnitId::from_bytes(bytes(&format!("unit {name}")))
}
pub(crate) fn row_id(key: &str) -> RowId {
    RowId::from_bytes(bytes(key))
}
/// The public key of a person's one device.
pub(crate) fn device_key(person: PersonId) -> [u8; 32] {
    Sha256::digest(format!("device {person}").as_bytes()).into()
}

/// The district: rows, and where people are by name.
pub(crate) struct Sample {
    pub rows: Vec<Row>,
    pub people: Vec<(PersonId, String, UnitId, PostKind)>,
    pub plan: Vec<(RowId, PlannedVisit)>,
    pub units: BTreeMap<UnitId, Unit>,
}

impl Sample {
    pub(crate) fn read() -> Self {
        let mut sample = Self {
            rows: Vec::new(),
            people: Vec::new(),
            plan: Vec::new(),
            units: BTreeMap::new(),
        };
        sample.read_units();
        sample.read_people();
        sample.read_plan();
        sample.read_letters();
        sample
    }
    /// The next row.
    pub(crate) fn row(&self, table: Table, id: impl ToString, fields: impl Serialize) -> Row {
        Row {
            table,
            id: id.to_string(),
            revision: self.rows.len() as u64 + 1,
            valid_from: Timestamp(0),
            valid_to: None,
            fields: serde_json::to_value(fields).unwrap(),
        }
    }
    pub(crate) fn put(&mut self, table: Table, id: impl ToString, fields: impl Serialize) {
        self.rows.push(self.row(table, id, fields));
    }
    /// Somebody of this name; the sample has each name once in a unit.
    pub(crate) fn person(&self, name: &str, unit: &str) -> PersonId {
        self.find(name, unit)
            .unwrap_or_else(|| panic!("{name} {unit}"))
    }
    fn find(&self, name: &str, unit: &str) -> Option<PersonId> {
        let unit = unit_id(unit);
        let mut found = self.people.iter();
        found
            .find(|(_, n, u, _)| n == name && *u == unit)
            .map(|(id, ..)| *id)
    }
    /// The people with posts of a kind in a unit.
    pub(crate) fn with_post(&self, unit: UnitId, kinds: &[PostKind]) -> Vec<PersonId> {
        let here = self.people.iter();
        here.filter(|(_, _, u, kind)| *u == unit && kinds.contains(kind))
            .map(|(id, ..)| *id)
            .collect()
    }

    fn read_units(&mut self) {
        for line in sheet("单位.csv") {
            let some = |column: &str| Some(line[column].clone()).filter(|t| !t.is_empty());
            let name = line["单位名称"].clone();
            let unit = Unit {
                level: match line["层级"].as_str() {
                    "区" => UnitLevel::District,
                    "区直部门" => UnitLevel::Department,
                    "乡镇（街道）" => UnitLevel::Township,
                    _ => UnitLevel::Enterprise,
                },
                key: some("统一社会信用代码").unwrap_or_else(|| name.clone()),
                parent: some("上级单位（属地）").map(|name| unit_id(&name)),
                industry: some("行业"),
                regulators: some("行业主管部门")
                    .iter()
                    .flat_map(|names| names.split('、').map(unit_id).collect::<Vec<_>>())
                    .collect(),
                remit: some("全区监管职责"),
                power: match line["责令整改权限"].as_str() {
                    "法定" => Some(Power::Statutory),
                    "委托" => Some(Power::Delegated),
                    _ => None,
                },
                address: None,
                place: None,
                risk: None,
                workers: None,
                name,
            };
            let id = unit_id(&unit.name);
            self.put(Table::Unit, id, &unit);
            self.units.insert(id, unit);
        }
    }
    fn read_people(&mut self) {
        for line in sheet("人员.csv") {
            let id = PersonId::from_bytes(bytes(&format!("person {}", line["手机号"])));
            let kinds = [
                "党委主要负责人",
                "主要领导",
                "分管领导",
                "一岗双责成员",
                "安监人员",
                "检查人员",
                "企业主要负责人",
                "安全员",
                "从业人员",
                "管理员",
            ];
            let kind = kinds.iter().position(|k| *k == line["岗位类别"]).unwrap();
            let post = Post {
                person: id,
                unit: unit_id(&line["单位"]),
                kind: PostKind::ALL[kind],
                title: line["职务"].clone(),
                duties: line["分管工作"].clone(),
            };
            let expires = line["证件有效期"].parse::<Date>().ok();
            let person = Person {
                name: line["姓名"].clone(),
                phone: None,
                certificate: expires.map(|expires| Certificate {
                    number: line["执法证号"].clone(),
                    expires,
                }),
            };
            let device = Device {
                person: id,
                public_key: hex::encode(device_key(id)),
                platform: String::new(),
                revoked: None,
            };
            self.put(Table::Person, id, &person);
            self.put(
                Table::Post,
                row_id(&format!("post {id} {}", post.unit)),
                &post,
            );
            self.put(Table::Device, row_id(&format!("device {id}")), &device);
            self.people.push((id, person.name, post.unit, post.kind));
        }
    }
    fn read_plan(&mut self) {
        for line in sheet("年度检查计划.csv") {
            let unit = line["检查单位"].as_str();
            let officers = line["检查人员"].split('、').map(|name| {
                let anywhere = || self.people.iter().find(|(_, n, ..)| n == name).unwrap().0;
                self.find(name, unit).unwrap_or_else(anywhere)
            });
            let visit = PlannedVisit {
                year: line["年度"].parse().unwrap(),
                month: line["计划月份"].parse().unwrap(),
                unit: unit_id(unit),
                site: unit_id(&line["检查对象"]),
                kind: match line["检查方式"].as_str() {
                    "专项" => InspectionKind::Special,
                    "领导带队" => InspectionKind::LeaderLed,
                    _ => InspectionKind::Routine,
                },
                lists: Vec::new(),
                officers: officers.collect(),
                limit: None,
            };
            let id = row_id(&format!("plan {line:?}"));
            self.put(Table::Plan, id, &visit);
            self.plan.push((id, visit));
        }
    }
    fn read_letters(&mut self) {
        for line in sheet("责任书目标.csv") {
            let (signer, of) = (&line["签订单位（人）"], &line["所在单位"]);
            let letter = Letter {
                year: line["年度"].parse().unwrap(),
                issuer: unit_id(&line["签发单位"]),
                signer: if of.is_empty() {
                    Signer::Unit(unit_id(signer))
                } else {
                    Signer::Person(self.person(signer, of))
                },
            };
            let id = row_id(&format!("letter {letter:?}"));
            if !self.rows.iter().any(|row| row.id == id.to_string()) {
                self.put(Table::Letter, id, &letter);
            }
            let target = target(id, &line);
            self.put(
                Table::Target,
                row_id(&format!("target {id} {}", target.name)),
                &target,
            );
        }
    }
}

fn thousandths(text: &str) -> Goal {
    Goal((text.parse::<f64>().unwrap() * 1000.0).round() as i64)
}

fn target(letter: RowId, line: &Line) -> Target {
    let rule = line["评分规则"].as_str();
    let digits: String = rule.chars().filter(char::is_ascii_digit).collect();
    Target {
        letter,
        metric: Metric::named(&line["指标"]).map(|metric| metric.code().to_owned()),
        name: line["指标"].clone(),
        goal: thousandths(&line["目标值"]),
        period: match line["周期"].as_str() {
            "月" => Period::Month,
            "季" => Period::Quarter,
            _ => Period::Year,
        },
        weight: thousandths(&line["分值"]),
        rule: match rule {
            "按比例得分" => PointRule::Proportional,
            "全有或全无" => PointRule::AllOrNothing,
            _ => PointRule::Deduct(thousandths(&digits)),
        },
        veto: line["一票否决"] == "是",
    }
}
