//! A small organisation with one person for each kind of post and each relation to one site.
//!
//! Territory: district 区 → township 东 (power) → group 集团 → site 厂 → branch 分厂; township 西
//! (power) → site 邻厂. Line: 工信 regulates 厂 (power). Remit: 应急 oversees all (power), 消防队 too,
//! without power. 交通 oversees nothing here.

use crate::author;
use crate::id::{ActorId, DeviceId, PersonId, RowId, UnitId};
use crate::register::{
    Certificate, Device, Person, Post, PostKind, Power, Register, Row, Table, Unit, UnitLevel,
};
use crate::timestamp::{Date, Timestamp};
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

/// Sixteen bytes that a name always gives.
pub(super) fn bytes_of(name: &str) -> [u8; 16] {
    Sha256::digest(name.as_bytes())[..16].try_into().unwrap()
}

/// A unit by its name.
#[must_use]
pub fn unit(name: &str) -> UnitId {
    UnitId::from_bytes(bytes_of(name))
}

/// A person by the name.
#[must_use]
pub fn person(name: &str) -> PersonId {
    PersonId::from_bytes(bytes_of(name))
}

/// How a post's unit stands to the site 厂.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is the site.
    Own,
    /// An enterprise above the site.
    Group,
    /// A government unit that oversees the site.
    Overseen,
    /// None of these.
    Foreign,
}

/// A person with one post.
#[derive(Debug, Clone)]
pub struct Player {
    /// Kind and unit, and what sets them apart.
    pub name: String,
    /// The post's kind.
    pub kind: PostKind,
    /// The post's unit.
    pub unit: &'static str,
    /// How that stands to the site 厂.
    pub relation: Relation,
    /// The unit has the power to order.
    pub power: bool,
    /// Has an enforcement certificate.
    pub certificate: bool,
    /// The kind of post gives nothing in such a unit.
    pub misplaced: bool,
}

/// The organisation.
pub struct Organisation {
    /// Its rows.
    pub rows: Vec<Row>,
    /// The same as a register.
    pub register: Register,
    /// Its people.
    pub players: Vec<Player>,
}

struct UnitOf {
    name: &'static str,
    level: UnitLevel,
    parent: Option<&'static str>,
    power: bool,
    remit: bool,
    regulators: &'static [&'static str],
}

const fn government(
    name: &'static str,
    level: UnitLevel,
    parent: Option<&'static str>,
    power: bool,
    remit: bool,
) -> UnitOf {
    UnitOf {
        name,
        level,
        parent,
        power,
        remit,
        regulators: &[],
    }
}

const fn enterprise(
    name: &'static str,
    parent: &'static str,
    regulators: &'static [&'static str],
) -> UnitOf {
    UnitOf {
        name,
        level: UnitLevel::Enterprise,
        parent: Some(parent),
        power: false,
        remit: false,
        regulators,
    }
}

const UNITS: [UnitOf; 13] = [
    government("区", UnitLevel::District, None, false, false),
    government("东", UnitLevel::Township, Some("区"), true, false),
    government("西", UnitLevel::Township, Some("区"), true, false),
    government("工信", UnitLevel::Department, Some("区"), true, false),
    government("应急", UnitLevel::Department, Some("区"), true, true),
    government("消防队", UnitLevel::Department, Some("区"), false, true),
    government("交通", UnitLevel::Department, Some("区"), true, false),
    government("住建", UnitLevel::Department, Some("区"), true, false),
    enterprise("集团", "东", &[]),
    enterprise("厂", "集团", &["工信"]),
    enterprise("分厂", "厂", &[]),
    enterprise("邻厂", "西", &["交通"]),
    enterprise("商场", "西", &[]),
];

const OVERSEEING: [&str; 5] = ["区", "东", "工信", "应急", "消防队"];

impl Default for Organisation {
    fn default() -> Self {
        Self::new()
    }
}

impl Organisation {
    /// All units, people, posts and devices.
    #[must_use]
    pub fn new() -> Self {
        let mut cast = Self {
            rows: Vec::new(),
            register: Register::default(),
            players: players(),
        };
        for of in &UNITS {
            let row = Unit {
                name: of.name.to_owned(),
                level: of.level,
                key: of.name.to_owned(),
                parent: of.parent.map(unit),
                industry: None,
                regulators: of.regulators.iter().map(|name| unit(name)).collect(),
                remit: of.remit.then(|| "综合监管".to_owned()),
                power: of.power.then_some(Power::Delegated),
                address: None,
                place: None,
                risk: None,
                workers: None,
            };
            cast.put(Table::Unit, unit(of.name).to_string(), &row);
        }
        for player in cast.players.clone() {
            cast.enrol(&player);
        }
        cast.register = Register::new(&cast.rows, None);
        cast
    }
    fn enrol(&mut self, player: &Player) {
        let who = person(&player.name);
        let row = Person {
            name: player.name.clone(),
            phone: Some(format!("199{}", player.name)),
            certificate: player.certificate.then(|| Certificate {
                number: "15001017560".to_owned(),
                // Long expired: an expired one never stops work.
                expires: Date::from_ymd(2020, 6, 30).unwrap(),
            }),
        };
        self.put(Table::Person, who.to_string(), &row);
        let row = Post {
            person: who,
            unit: unit(player.unit),
            kind: player.kind,
            title: String::new(),
            duties: String::new(),
        };
        let id = RowId::from_bytes(bytes_of(&format!("post {}", player.name)));
        self.put(Table::Post, id.to_string(), &row);
        let row = Device {
            person: who,
            public_key: hex::encode(key_of(&player.name).verifying_key().to_bytes()),
            platform: String::new(),
            revoked: None,
        };
        let id = DeviceId::from_bytes(bytes_of(&format!("device {}", player.name)));
        self.put(Table::Device, id.to_string(), &row);
    }
    /// One more row.
    pub fn put<T: serde::Serialize>(&mut self, table: Table, id: String, fields: &T) {
        let revision = self.rows.len() as u64 + 1;
        self.rows.push(Row {
            table,
            id,
            revision,
            valid_from: Timestamp(1_790_000_000_000 + revision as i64),
            valid_to: None,
            fields: serde_json::to_value(fields).unwrap(),
        });
    }
}

/// A person's device key.
#[must_use]
pub fn key_of(name: &str) -> SigningKey {
    SigningKey::from_bytes(&Sha256::digest(format!("key {name}").as_bytes()).into())
}

/// A person's actor.
#[must_use]
pub fn actor_of(name: &str) -> ActorId {
    let tail: [u8; 4] = bytes_of(&format!("tail {name}"))[..4].try_into().unwrap();
    author::actor(&key_of(name).verifying_key().to_bytes(), tail)
}

fn player(kind: PostKind, unit: &'static str, suffix: &str) -> Player {
    let of = UNITS.iter().find(|of| of.name == unit).unwrap();
    let government = of.level != UnitLevel::Enterprise;
    let relation = match unit {
        "厂" => Relation::Own,
        "集团" => Relation::Group,
        _ if OVERSEEING.contains(&unit) => Relation::Overseen,
        _ => Relation::Foreign,
    };
    Player {
        name: format!("{kind:?}@{unit}{suffix}"),
        kind,
        unit,
        relation,
        power: of.power,
        certificate: kind == PostKind::Inspector && suffix != "-uncertified",
        misplaced: kind.is_government() && !government || kind.is_enterprise() && government,
    }
}

fn players() -> Vec<Player> {
    let mut players = Vec::new();
    for kind in PostKind::ALL {
        let units: &[&'static str] = if kind == PostKind::Administrator {
            &["区", "厂"]
        } else if kind.is_government() {
            &["区", "东", "工信", "应急", "消防队", "交通", "厂"]
        } else {
            &["厂", "集团", "邻厂", "分厂", "东"]
        };
        players.extend(units.iter().map(|unit| player(kind, unit, "")));
    }
    players.push(player(PostKind::Inspector, "东", "-uncertified"));
    // Those who have a part in the records.
    players.push(player(PostKind::Inspector, "东", "-reporter"));
    players.push(player(PostKind::Inspector, "住建", "-mate"));
    players.push(player(PostKind::Main, "东", "-leader"));
    players.push(player(PostKind::SafetyOfficer, "厂", "-finder"));
    players.push(player(PostKind::Principal, "厂", "-orderer"));
    players.push(player(PostKind::Worker, "厂", "-named"));
    players
}
