//! A small district: one of each kind of unit, and the people that stories need.

use std::collections::BTreeMap;

use crate::author;
use crate::id::{ActorId, DeviceId, PersonId, RowId, UnitId};
use crate::record::Event;
use crate::register::{
    AnswerType, Certificate, Checklist, Device, Item, Person, Post, PostKind, Power, Register, Row,
    Table, Unit, UnitLevel,
};
use crate::timestamp::{Date, Timestamp};

/// Devices that each person has; a story draws the next one when somebody acts without having seen
/// what they did before.
const DEVICES: u8 = 8;

/// The units, people, devices and checklists of a story.
///
/// | unit | people |
/// |---|---|
/// | 区 (district) | 王区长 (main leader) |
/// | 应急局 (department, all sites, statutory power) | 孙监 (supervisor), 赵检 (inspector) |
/// | 东关 (township, delegated power) | 周敏, 李强 (inspectors with certificates), 吴主任 (in-charge leader) |
/// | 西关 (township without power) | 郑检 (inspector) |
/// | 宏达 (enterprise in 东关, regulated by 应急局) | 李娜 (principal), 张伟 (safety officer), 陈工 (worker) |
#[derive(Debug, Clone)]
pub struct Cast {
    rows: Vec<Row>,
    people: BTreeMap<&'static str, (u8, PersonId)>,
    units: BTreeMap<&'static str, UnitId>,
}

/// A day of December 2026.
#[must_use]
pub fn day(number: u8) -> Date {
    Date::from_ymd(2026, 12, number).unwrap()
}

fn unit(name: &str, level: UnitLevel, parent: Option<UnitId>) -> Unit {
    Unit {
        name: name.to_owned(),
        level,
        key: name.to_owned(),
        parent,
        industry: None,
        regulators: Vec::new(),
        remit: None,
        power: None,
        address: None,
        place: None,
        risk: None,
        workers: None,
    }
}

impl Default for Cast {
    fn default() -> Self {
        Self::new()
    }
}

impl Cast {
    /// The district of the table above, with checklist `k1`: `1` conform, `2` a number in
    /// 19.5–23.5, `3` a choice of 良好 and 破损, `4` text.
    #[must_use]
    pub fn new() -> Self {
        let mut cast = Self {
            rows: Vec::new(),
            people: BTreeMap::new(),
            units: BTreeMap::new(),
        };
        cast.add_units();
        cast.add_people();
        cast.add(Table::Checklist, "k1".to_owned(), &checklist());
        cast
    }
    /// Another version of a row, or a new one, as if the relay wrote it at that moment.
    pub fn add_row<T: serde::Serialize>(&mut self, table: Table, id: String, at: i64, value: &T) {
        let revision = u64::try_from(self.rows.len()).unwrap() + 1;
        self.rows.push(Row {
            table,
            id,
            revision,
            valid_from: Timestamp(at),
            valid_to: None,
            fields: serde_json::to_value(value).unwrap(),
        });
    }
    fn add<T: serde::Serialize>(&mut self, table: Table, id: String, value: &T) {
        self.add_row(table, id, 0, value);
    }
    fn add_units(&mut self) {
        self.add_unit("区", unit("试点区", UnitLevel::District, None));
        let district = Some(self.unit("区"));
        let department = Unit {
            remit: Some("综合监管".to_owned()),
            power: Some(Power::Statutory),
            ..unit("应急管理局", UnitLevel::Department, district)
        };
        self.add_unit("应急局", department);
        let east = Unit {
            power: Some(Power::Delegated),
            ..unit("东关街道", UnitLevel::Township, district)
        };
        self.add_unit("东关", east);
        self.add_unit("西关", unit("西关镇", UnitLevel::Township, district));
        let site = Unit {
            regulators: vec![self.unit("应急局")],
            industry: Some("机械制造".to_owned()),
            ..unit("宏达机械", UnitLevel::Enterprise, Some(self.unit("东关")))
        };
        self.add_unit("宏达", site);
    }
    fn add_people(&mut self) {
        for (name, unit, kind) in [
            ("王区长", "区", PostKind::Main),
            ("孙监", "应急局", PostKind::Supervisor),
            ("赵检", "应急局", PostKind::Inspector),
            ("周敏", "东关", PostKind::Inspector),
            ("李强", "东关", PostKind::Inspector),
            ("吴主任", "东关", PostKind::InCharge),
            ("郑检", "西关", PostKind::Inspector),
            ("李娜", "宏达", PostKind::Principal),
            ("张伟", "宏达", PostKind::SafetyOfficer),
            ("陈工", "宏达", PostKind::Worker),
        ] {
            self.add_person(name, unit, kind);
        }
    }
    /// One more unit.
    pub fn add_unit(&mut self, name: &'static str, unit: Unit) -> UnitId {
        let number = u8::try_from(self.units.len()).unwrap() + 1;
        let id = UnitId::from_bytes([number; 16]);
        self.units.insert(name, id);
        self.add(Table::Unit, id.to_string(), &unit);
        id
    }
    /// One more person with a post and devices; inspectors and supervisors have certificates.
    pub fn add_person(&mut self, name: &'static str, unit: &str, kind: PostKind) -> PersonId {
        let number = u8::try_from(self.people.len()).unwrap() + 1;
        let id = PersonId::from_bytes([number; 16]);
        self.people.insert(name, (number, id));
        let is_officer = matches!(kind, PostKind::Inspector | PostKind::Supervisor);
        let certificate = is_officer.then(|| Certificate {
            number: format!("A{number:03}"),
            expires: Date::from_ymd(2028, 6, 30).unwrap(),
        });
        let person = Person {
            name: name.to_owned(),
            phone: None,
            certificate,
        };
        self.add(Table::Person, id.to_string(), &person);
        let post = Post {
            person: id,
            unit: self.unit(unit),
            kind,
            title: String::new(),
            duties: String::new(),
        };
        let row = RowId::from_bytes([number; 16]);
        self.add(Table::Post, row.to_string(), &post);
        for device in 0..DEVICES {
            let mut row = [0; 16];
            row[0] = number;
            row[1] = device;
            let device = Device {
                person: id,
                public_key: hex::encode(public_key(number, device)),
                platform: "test".to_owned(),
                revoked: None,
            };
            let row = DeviceId::from_bytes(row);
            self.add(Table::Device, row.to_string(), &device);
        }
        id
    }
    /// A unit by its short name.
    #[must_use]
    pub fn unit(&self, name: &str) -> UnitId {
        self.units[name]
    }
    /// A person by name.
    #[must_use]
    pub fn person(&self, name: &str) -> PersonId {
        self.people[name].1
    }
    /// The writer of a person's n-th device.
    #[must_use]
    pub fn actor(&self, name: &str, device: u8) -> ActorId {
        assert!(device < DEVICES, "{name} has no more devices");
        let number = self.people[name].0;
        author::actor(&public_key(number, device), [0xa0, 0, number, device])
    }
    /// How many devices each person has.
    #[must_use]
    pub const fn devices() -> u8 {
        DEVICES
    }
    /// The rows as the relay wrote them.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    /// The register of all rows.
    #[must_use]
    pub fn register(&self) -> Register {
        Register::new(&self.rows, None)
    }
    /// An event done for a unit, by two officers.
    #[must_use]
    pub fn official<A>(&self, unit: &str, officers: [&str; 2], act: A) -> Event<A> {
        Event {
            unit: Some(self.unit(unit)),
            officers: Some(officers.map(|name| self.person(name))),
            ..Event::new(act)
        }
    }
}

fn public_key(person: u8, device: u8) -> [u8; 32] {
    let mut key = [0x5a; 32];
    key[0] = person;
    key[1] = device;
    key
}

fn checklist() -> Checklist {
    let answers = [
        AnswerType::Conform,
        AnswerType::Number {
            unit: "%".to_owned(),
            low: Some("19.5".to_owned()),
            high: Some("23.5".to_owned()),
        },
        AnswerType::Choice {
            options: vec!["良好".to_owned(), "破损".to_owned()],
        },
        AnswerType::Text,
    ];
    let item = |(number, answer): (u32, AnswerType)| Item {
        code: number.to_string(),
        number,
        section: "通用".to_owned(),
        text: format!("第{number}项"),
        english: String::new(),
        method: String::new(),
        answer,
        basis: String::new(),
        suspected_major: false,
        clause: String::new(),
        photo: false,
    };
    Checklist {
        name: "通用检查表".to_owned(),
        english: String::new(),
        industries: vec!["通用".to_owned()],
        version: 1,
        items: (1..).zip(answers).map(item).collect(),
    }
}
