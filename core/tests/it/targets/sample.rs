//! The sample district as register rows: what the relay's import makes of `sample/demo`, but with ids
//! that follow from names.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};
use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{
    Certificate, Device, Goal, InspectionKind, Letter, Period, Person, PlannedVisit, PointRule,
    Post, PostKind, Power, Register, Row, Signer, Table, Target, Unit, UnitLevel,
};
use xunan_core::target::catalogue::Metric;
use xunan_core::testing::year::{District, device_key, with_certificates_that_run_out};
use xunan_core::timestamp::{Date, Timestamp};

/// One line of a sheet, by its column's header.
type Line = BTreeMap<String, String>;

pub(crate) fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../sample/demo")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}
/// The people, some of whose certificates run out within the year.
pub(crate) fn people_sheet() -> String {
    with_certificates_that_run_out(&file("人员.csv"))
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
/// The district's rows.
pub(crate) struct Sample {
    pub rows: Vec<Row>,
    pub district: District,
}

impl Sample {
    pub(crate) fn read() -> Self {
        let mut sheets = Sheets::default();
        sheets.read_units();
        sheets.read_people();
        sheets.read_plan();
        sheets.read_letters();
        Self {
            district: District::of(&Register::new(&sheets.rows, None)),
            rows: sheets.rows,
        }
    }
    /// The next row.
    pub(crate) fn row(&self, table: Table, id: impl ToString, fields: impl Serialize) -> Row {
        row(self.rows.len(), table, id, fields)
    }
    pub(crate) fn put(&mut self, table: Table, id: impl ToString, fields: impl Serialize) {
        self.rows.push(self.row(table, id, fields));
    }
}

fn row(before: usize, table: Table, id: impl ToString, fields: impl Serialize) -> Row {
    Row {
        table,
        id: id.to_string(),
        revision: before as u64 + 1,
        valid_from: Timestamp(0),
        valid_to: None,
        fields: serde_json::to_value(fields).unwrap(),
    }
}

/// Rows while the sheets are read.
#[derive(Default)]
struct Sheets {
    rows: Vec<Row>,
    people: Vec<(PersonId, String, UnitId)>,
}

impl Sheets {
    fn put(&mut self, table: Table, id: impl ToString, fields: impl Serialize) {
        self.rows.push(row(self.rows.len(), table, id, fields));
    }
    /// Somebody of this name in the unit; where there is none, anywhere.
    fn person(&self, name: &str, unit: &str) -> PersonId {
        let of = |here: bool| {
            let mut people = self.people.iter();
            people.find(|(_, n, u)| n == name && (!here || *u == unit_id(unit)))
        };
        of(true).or_else(|| of(false)).unwrap().0
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
            self.put(Table::Unit, unit_id(&unit.name), &unit);
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
            self.people.push((id, person.name, post.unit));
        }
    }
    fn read_plan(&mut self) {
        for line in sheet("年度检查计划.csv") {
            let unit = line["检查单位"].as_str();
            let officers = line["检查人员"].split('、');
            let officers = officers.map(|name| self.person(name, unit));
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
                changed: None,
            };
            self.put(Table::Plan, row_id(&format!("plan {line:?}")), &visit);
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
