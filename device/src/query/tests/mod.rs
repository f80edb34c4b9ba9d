//! The desk's questions on a small district.

mod dashboard;
mod plan;
mod plan_change;
mod sites;
mod tables;
mod units;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use xunan_core::code::Code;
use xunan_core::id::{DeviceId, DocId, PersonId, RowId, Sha256, UnitId};
use xunan_core::permit;
use xunan_core::record::{FindingState, Level, Origin, TeamRole};
use xunan_core::register::{
    InspectionKind, PlanChange, PlannedVisit, PostKind, Register, Risk, Table, Unit,
};
use xunan_core::target::{DutyFacts, FindingFacts, InspectionFacts, Rest, RestKind};
use xunan_core::testing::{Cast, day};
use xunan_core::timestamp::{Date, Timestamp};

use super::{BlobState, Blobs, Counted, View};
use crate::projection::{FindingRecord, InspectionRecord, Projection, Records};
use crate::request::{
    DeskScope, FindingAsk, FindingColumn, FindingLine, InspectionAsk, Measure, PlanMatterKind,
    Standing, VisitState,
};

struct Nothing;
impl Blobs for Nothing {
    fn state(&self, _: &Sha256) -> BlobState {
        BlobState::default()
    }
}
impl permit::Records for Nothing {
    fn inspection(&self, _: DocId) -> Option<permit::InspectionFacts> {
        None
    }
}

/// A district on 20 December 2026 at noon: 宏达 and 恒源 (red) in 东关, 顺达 in 西关.
struct Desk {
    cast: Cast,
    register: Register,
    records: Records,
    counted: Counted,
    none: BTreeSet<DocId>,
}

fn noon(date: Date) -> Timestamp {
    let epoch: Date = "1970-01-01".parse().unwrap();
    Timestamp(date.days_since(epoch) * 86_400_000 + 4 * 3_600_000)
}

fn doc(number: u32) -> DocId {
    let mut bytes = [0x77; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    DocId::from_bytes(bytes)
}

fn row(number: u8) -> RowId {
    RowId::from_bytes([number; 16])
}

impl Desk {
    fn new() -> Self {
        let mut cast = Cast::new();
        let site = |name: &str, parent: UnitId, risk| Unit {
            name: name.to_owned(),
            level: xunan_core::register::UnitLevel::Enterprise,
            key: name.to_owned(),
            parent: Some(parent),
            industry: None,
            regulators: Vec::new(),
            remit: None,
            power: None,
            address: None,
            place: None,
            risk: Some(risk),
            workers: None,
        };
        let (east, west) = (cast.unit("东关"), cast.unit("西关"));
        cast.add_unit("恒源", site("恒源化工", east, Risk::Red));
        cast.add_unit("顺达", site("顺达物流", west, Risk::Yellow));
        cast.add_person("王监", "东关", PostKind::Supervisor);
        Self {
            register: cast.register(),
            cast,
            records: Records::default(),
            counted: Counted::default(),
            none: BTreeSet::new(),
        }
    }
    fn plan(&mut self, number: u8, unit: &str, site: &str, month: u8) {
        let visit = PlannedVisit {
            year: 2026,
            month,
            unit: self.cast.unit(unit),
            site: self.cast.unit(site),
            kind: InspectionKind::Routine,
            lists: Vec::new(),
            officers: vec![self.cast.person("周敏"), self.cast.person("李强")],
            limit: Some(1),
            changed: None,
        };
        let id = row(number).to_string();
        self.cast.add_row(Table::Plan, id, 0, &visit);
        self.register = self.cast.register();
    }
    /// A complete routine visit by 周敏 and 李强.
    fn visited(&mut self, number: u32, site: &str, on: Date) {
        let team = [self.cast.person("周敏"), self.cast.person("李强")];
        let site = Some(self.cast.unit(site));
        let record = InspectionRecord {
            site,
            place: None,
            kind: InspectionKind::Routine,
            began: noon(on),
            began_by: Some(team[0]),
            finished: Some(noon(on)),
            withdrawn: false,
            plan: Vec::new(),
            team: team.map(|person| (person, TeamRole::Member)).to_vec(),
            lists: Vec::new(),
            answered: (3, 4),
            conflicts: 0,
            refused: false,
            end: String::new(),
            changed: noon(on),
        };
        let facts = InspectionFacts {
            id: doc(number),
            site,
            kind: InspectionKind::Routine,
            began: noon(on),
            finished: Some(noon(on)),
            withdrawn: false,
            basis: true,
            plan: Vec::new(),
            team: team.to_vec(),
            leaders: Vec::new(),
            experts: Vec::new(),
            signed: team.to_vec(),
            represented: true,
        };
        let projection = Projection::Inspection(Box::new(record), Box::new(facts));
        self.records.put(doc(number), projection);
    }
    fn found(&mut self, number: u32, site: &str, reported: Date) -> Found<'_> {
        let site = Some(self.cast.unit(site));
        let reporter = Some(self.cast.person("周敏"));
        let record = FindingRecord {
            site,
            place: None,
            from: None,
            item: None,
            origin: Origin::Official,
            text: format!("第{number}处"),
            location: String::new(),
            level: Level::General,
            suspected: false,
            state: FindingState::Reported,
            deadline: None,
            thumb: None,
            halted: false,
            listed: false,
            disputed: false,
            conflicted: false,
            reporter,
            reported: noon(reported),
            responsible: Vec::new(),
            units: Vec::new(),
            officers: Vec::new(),
            proposed_to: Vec::new(),
            rectified: None,
            asked: None,
            unlisted: false,
            empty: false,
            changed: noon(reported),
        };
        let facts = FindingFacts {
            id: doc(number),
            site,
            own: false,
            reporter,
            reported: noon(reported),
            received: Some(noon(reported)),
            major_since: None,
            duties: Vec::new(),
            rests: Vec::new(),
            acts: Vec::new(),
            listed: Vec::new(),
        };
        Found {
            unit: self.cast.unit("东关"),
            records: &mut self.records,
            record,
            facts,
        }
    }
    fn view(&self, me: &str) -> View<'_> {
        View {
            register: &self.register,
            records: &self.records,
            me: self.cast.person(me),
            now: noon(day(20)),
            today: day(20),
            unsent: &self.none,
            opened: &self.none,
            blobs: &Nothing,
            others: &Nothing,
            counting: OnceCell::new(),
            counted: &self.counted,
        }
    }
    fn unit(&self, name: &str) -> Option<UnitId> {
        Some(self.cast.unit(name))
    }
}

/// A finding on its way; it is there once it is put.
struct Found<'a> {
    unit: UnitId,
    records: &'a mut Records,
    record: FindingRecord,
    facts: FindingFacts,
}

impl Found<'_> {
    fn ordered(mut self, until: Date) -> Self {
        self.record.state = FindingState::Ordered;
        self.record.deadline = Some(until);
        self.record.units = vec![self.unit];
        self.facts.duties.push(DutyFacts {
            units: vec![self.unit],
            officers: Vec::new(),
            began: self.facts.reported,
            deadline: until,
            rectified: None,
            kept: None,
            rechecked: None,
        });
        self
    }
    fn rectified(mut self, on: Date) -> Self {
        self.record.state = FindingState::Rectified;
        self.record.rectified = Some(noon(on));
        let duty = self.facts.duties.last_mut().unwrap();
        duty.rectified = Some(noon(on));
        duty.kept = Some(noon(on));
        self
    }
    fn passed(mut self, on: Date) -> Self {
        self.record.state = FindingState::Closed;
        self.facts.duties.last_mut().unwrap().rechecked = Some(noon(on));
        self.facts.rests.push(Rest {
            kind: RestKind::Passed,
            from: noon(on),
            until: None,
        });
        self
    }
    fn major(mut self) -> Self {
        self.record.level = Level::Major;
        self.facts.major_since = Some(self.facts.reported);
        self
    }
    fn own(mut self) -> Self {
        self.record.origin = Origin::SelfFound;
        self.facts.own = true;
        self
    }
    fn put(self) {
        let id = self.facts.id;
        let projection = Projection::Finding(Box::new(self.record), Box::new(self.facts));
        self.records.put(id, projection);
    }
}

/// One finding for each way to stand, in 东关 but for the last.
fn one_of_each() -> Desk {
    let mut desk = Desk::new();
    desk.found(1, "宏达", day(1)).ordered(day(10)).put();
    desk.found(2, "宏达", day(2)).put();
    desk.found(3, "恒源", day(3))
        .ordered(day(15))
        .rectified(day(9))
        .put();
    desk.found(4, "恒源", day(4)).ordered(day(30)).major().put();
    desk.found(5, "恒源", day(5))
        .ordered(day(18))
        .rectified(day(8))
        .passed(day(9))
        .put();
    desk.found(6, "宏达", day(6)).ordered(day(7)).own().put();
    desk.found(7, "顺达", day(7)).ordered(day(19)).put();
    desk
}

fn scope(unit: Option<UnitId>, period: &str) -> DeskScope {
    DeskScope {
        unit,
        period: Some(period.to_owned()),
    }
}

fn table(view: &View<'_>, ask: FindingAsk) -> (Vec<FindingLine>, u32) {
    let table = view.finding_table(&FindingAsk {
        limit: 100_000,
        ..ask
    });
    (table.rows, table.total)
}
