//! The desk's questions on a small district, and on a large one.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

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

#[test]
fn a_unit_looks_at_itself_and_what_is_below_it_alone() {
    let desk = Desk::new();
    let names = |me: &str| -> Vec<String> {
        let units = desk.view(me).desk_units();
        units.into_iter().map(|row| row.unit.name).collect()
    };
    assert_eq!(
        names("王区长"),
        ["试点区", "应急管理局", "东关街道", "西关镇"]
    );
    assert_eq!(names("王监"), ["东关街道"]);
    let view = desk.view("王监");
    let shown = |unit: &str| view.area(desk.unit(unit)).unwrap().unit;
    assert_eq!(shown("西关"), desk.cast.unit("东关"));
    assert_eq!(shown("恒源"), desk.cast.unit("恒源"));
    assert_eq!(shown("顺达"), desk.cast.unit("东关"));
}

#[test]
fn the_plan_says_what_is_done_late_and_missed() {
    let mut desk = Desk::new();
    desk.plan(1, "东关", "恒源", 10);
    desk.plan(2, "东关", "恒源", 11);
    desk.plan(3, "东关", "宏达", 12);
    desk.plan(4, "应急局", "恒源", 12);
    desk.plan(5, "东关", "恒源", 12);
    desk.visited(1, "宏达", day(3));
    desk.visited(2, "宏达", day(5));
    let view = desk.view("王监");
    let plan = view.plan_year(None, None);
    let sum = plan.sum;
    assert_eq!(
        (sum.all, sum.done, sum.late, sum.due, sum.missed),
        (4, 1, 1, 1, 1)
    );
    let sites: Vec<&str> = plan.rows.iter().map(|row| row.site.name.as_str()).collect();
    assert_eq!(sites, ["恒源化工", "宏达机械"], "the riskier first");
    let states = |at: usize| -> Vec<(bool, VisitState)> {
        let visits = plan.rows[at].visits.iter();
        visits.map(|visit| (visit.own, visit.state)).collect()
    };
    let expected = [
        (true, VisitState::Missed),
        (true, VisitState::Late),
        (true, VisitState::Due),
        (false, VisitState::Due),
    ];
    assert_eq!(states(0), expected);
    assert_eq!(states(1), [(true, VisitState::Done)]);
    assert_eq!(plan.rows[1].visits[0].inspection, Some(doc(1)));
    let limit = plan.rows[1].limit.as_ref().unwrap();
    assert_eq!((limit.made, limit.limit), (2, 1));
}

#[test]
fn the_plan_lists_what_to_deal_with() {
    let mut desk = Desk::new();
    desk.plan(1, "东关", "恒源", 10);
    desk.plan(2, "东关", "恒源", 11);
    desk.plan(3, "应急局", "恒源", 12);
    desk.plan(4, "东关", "恒源", 12);
    desk.visited(1, "恒源", day(3));
    desk.visited(2, "恒源", day(4));
    let sites_of = |me: &str| -> Vec<(PlanMatterKind, usize)> {
        let matters = desk.view(me).plan_year(None, None).matters;
        let matters = matters.into_iter();
        matters
            .map(|matter| (matter.kind, matter.sites.len()))
            .collect()
    };
    // Two visits fulfil the December and the November row; 宏达 is on nobody's plan.
    let east = [
        (PlanMatterKind::Over, 1),
        (PlanMatterKind::Gap, 1),
        (PlanMatterKind::Missed, 1),
    ];
    assert_eq!(sites_of("王监"), east);
    // 应急局 is still to go, and nobody goes to 宏达 and 顺达.
    let district = [
        (PlanMatterKind::Due, 1),
        (PlanMatterKind::Over, 1),
        (PlanMatterKind::Gap, 2),
        (PlanMatterKind::Missed, 1),
    ];
    assert_eq!(sites_of("王区长"), district);
}

#[test]
fn visits_of_two_units_at_one_site_are_offered_as_a_joint_one() {
    let mut desk = Desk::new();
    desk.plan(1, "应急局", "恒源", 12);
    desk.plan(2, "东关", "恒源", 12);
    let plan = desk.view("王监").plan_year(None, None);
    let joint = plan
        .matters
        .iter()
        .find(|m| m.kind == PlanMatterKind::Joint)
        .unwrap();
    let mut names = joint.sites[0].names.clone();
    names.sort();
    assert_eq!(names, ["东关街道", "应急管理局"]);
    let alone = desk.view("王监").plan_year(None, Some(2025));
    assert!(alone.rows.iter().all(|row| !row.gap) && alone.matters.is_empty());
}

/// 周敏, 李强 and 王监 signed that the plan is completed, each quarter.
fn promised(desk: &mut Desk) {
    use xunan_core::register::{Goal, Letter, Period, PointRule, Signer, Target};
    for (number, name) in [(80, "周敏"), (82, "李强"), (84, "王监")] {
        let letter = Letter {
            year: 2026,
            issuer: desk.cast.unit("东关"),
            signer: Signer::Person(desk.cast.person(name)),
        };
        let target = Target {
            letter: row(number),
            metric: Some("plan_completion".to_owned()),
            name: "计划完成率".to_owned(),
            goal: Goal::whole(100),
            period: Period::Quarter,
            weight: Goal::whole(20),
            rule: PointRule::Proportional,
            veto: false,
        };
        let id = row(number).to_string();
        desk.cast.add_row(Table::Letter, id, 0, &letter);
        let id = row(number + 1).to_string();
        desk.cast.add_row(Table::Target, id, 0, &target);
    }
    desk.register = desk.cast.register();
}

#[test]
fn who_may_change_a_visit_is_offered_what_it_may_become() {
    let mut desk = Desk::new();
    desk.plan(1, "东关", "恒源", 10);
    desk.plan(2, "东关", "恒源", 11);
    desk.plan(3, "东关", "宏达", 12);
    desk.plan(4, "东关", "顺达", 12);
    desk.visited(1, "宏达", day(3));
    let view = desk.view("王监");
    let plan = view.plan_year(None, None);
    let visits = plan.rows.iter().flat_map(|row| &row.visits);
    let fixed: BTreeMap<RowId, Option<Code>> = visits.map(|v| (v.id, v.fixed)).collect();
    assert_eq!(fixed[&row(1)], Some(Code::PlanClosed));
    assert_eq!(fixed[&row(2)], None);
    assert_eq!(fixed[&row(3)], Some(Code::PlanFulfilled));

    let late = view.visit_change(row(2), (None, None)).unwrap();
    assert!(late.months.is_empty() && late.wrong.is_none());
    let names = late.stand_ins.iter().map(|one| one.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["王监", "吴主任"]);
    let moved = view.visit_change(row(2), (Some(12), None)).unwrap();
    assert_eq!(moved.wrong.unwrap().code, Code::PlanMonthOver);

    let other = desk
        .view("周敏")
        .visit_change(row(2), (None, None))
        .unwrap();
    assert_eq!(other.visit.fixed, Some(Code::PermitNoRight));
    assert!(other.months.is_empty() && other.stand_ins.is_empty());
    let ask: BTreeSet<&str> = other.ask.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(ask, BTreeSet::from(["吴主任", "王监"]));
    assert!(view.visit_change(row(99), (None, None)).is_none());
}

#[test]
fn a_change_says_whose_target_it_leaves_and_enters() {
    let mut desk = Desk::new();
    desk.plan(3, "东关", "宏达", 12);
    promised(&mut desk);
    let (zhou, wu) = (desk.cast.person("周敏"), desk.cast.person("吴主任"));
    let view = desk.view("王监");
    let moves = |officers: &[PersonId]| {
        let change = view.visit_change(row(3), (None, Some(officers))).unwrap();
        let moves = change.moves.into_iter();
        let moves = moves.map(|one| (one.whose, one.from, one.to));
        moves.collect::<Vec<_>>()
    };
    // 李强's quarter loses it; 吴主任 signed nothing; a supervisor's number is the unit's anyway.
    let quarter = Some("2026-Q4".to_owned());
    assert_eq!(moves(&[zhou, wu]), [("李强".to_owned(), quarter, None)]);
}

#[test]
fn whose_letter_is_not_here_is_told_by_the_month() {
    let mut desk = Desk::new();
    desk.plan(3, "东关", "宏达", 12);
    let officers = ["周敏", "王监"].map(|name| desk.cast.person(name));
    let view = desk.view("王监");
    let change = view.visit_change(row(3), (None, Some(&officers))).unwrap();
    let [gone] = &change.moves[..] else {
        panic!("{:?}", change.moves)
    };
    let said = (gone.whose.as_str(), gone.from.as_deref(), &gone.to);
    assert_eq!(said, ("李强", Some("2026-12"), &None));
}

#[test]
fn a_changed_visit_says_what_it_was_and_why() {
    let mut desk = Desk::new();
    desk.plan(3, "东关", "宏达", 10);
    let mut visit = desk.register.planned_visit(row(3)).unwrap().clone();
    visit.month = 12;
    visit.changed = Some(PlanChange {
        by: desk.cast.person("王监"),
        reason: "停产检修".to_owned(),
    });
    let at = noon(Date::from_ymd(2026, 10, 9).unwrap()).0;
    let id = row(3).to_string();
    desk.cast.add_row(Table::Plan, id, at, &visit);
    desk.register = desk.cast.register();
    let plan = desk.view("周敏").plan_year(None, None);
    let shown = plan.rows.iter().flat_map(|row| &row.visits).next().unwrap();
    let was = shown.was.as_ref().unwrap();
    assert_eq!((shown.month, was.month), (12, Some(10)));
    assert_eq!(was.officers, Vec::<String>::new(), "they are the same");
    assert_eq!((was.by.as_str(), was.reason.as_str()), ("王监", "停产检修"));
}

#[test]
fn a_site_says_who_is_suggested_as_responsible() {
    let desk = Desk::new();
    let site = desk.cast.unit("宏达");
    let hongda = desk.view("周敏").site(site).suggested;
    assert_eq!(hongda.general, Some(desk.cast.person("张伟")));
    assert_eq!(hongda.major, Some(desk.cast.person("李娜")));
    let empty = desk.cast.unit("恒源");
    let nobody = desk.view("周敏").site(empty).suggested;
    assert_eq!((nobody.general, nobody.major), (None, None));
}

#[test]
fn the_site_is_reminded_from_the_day_that_the_setting_says() {
    let mut desk = Desk::new();
    desk.found(1, "宏达", day(1)).ordered(day(22)).put();
    let reminders = |desk: &Desk| -> Vec<bool> {
        let tasks = desk.view("张伟").tasks(0);
        tasks.iter().map(|task| task.reminder).collect()
    };
    assert_eq!(reminders(&desk), [true], "three days before, on the 19th");
    let setting = serde_json::json!({ "value": 1 });
    let name = "reminder_days".to_owned();
    desk.cast.add_row(Table::Setting, name, 0, &setting);
    desk.register = desk.cast.register();
    assert_eq!(reminders(&desk), [false], "one day before, on the 21st");
    desk.found(1, "宏达", day(1)).ordered(day(19)).put();
    assert_eq!(reminders(&desk), [false], "overdue is more than reminded");
}

/// The inspection that is under way at a site.
fn under_way(desk: &mut Desk, number: u32, kind: InspectionKind, team: &[&str]) {
    desk.visited(number, "宏达", day(19));
    let people: Vec<_> = team.iter().map(|name| desk.cast.person(name)).collect();
    let record = desk.records.inspections.get_mut(&doc(number)).unwrap();
    record.kind = kind;
    record.finished = None;
    let member = |person: &PersonId| (*person, TeamRole::Member);
    record.team = people.iter().map(member).collect();
}

#[test]
fn ones_own_inspection_goes_on_and_a_team_mates_can_be_joined() {
    let mut desk = Desk::new();
    let site = desk.cast.unit("宏达");
    under_way(&mut desk, 1, InspectionKind::Routine, &["李强"]);
    under_way(&mut desk, 2, InspectionKind::SelfInspection, &["张伟"]);
    let of = |me: &str, desk: &Desk| {
        let visit = desk.view(me).visit(site, None);
        let joinable: Vec<DocId> = visit.joinable.iter().map(|row| row.id).collect();
        (visit.site.open, joinable)
    };
    assert_eq!(of("李强", &desk), (Some(doc(1)), Vec::new()));
    assert_eq!(of("周敏", &desk), (None, vec![doc(1)]));
    assert_eq!(of("李娜", &desk), (None, vec![doc(2)]), "the principal");
    assert_eq!(of("张伟", &desk), (Some(doc(2)), Vec::new()));
}

#[test]
fn only_a_planned_visit_a_special_action_and_a_recheck_have_a_basis_by_themselves() {
    use InspectionKind as Kind;
    let mut desk = Desk::new();
    let of = |me: &str, desk: &Desk| -> Vec<(Kind, String)> {
        let visit = desk.view(me).visit(desk.cast.unit("宏达"), None);
        visit.kinds.into_iter().zip(visit.bases).collect()
    };
    let said = |kind: Kind, basis: &str| (kind, basis.to_owned());
    let unplanned = [
        said(Kind::Routine, ""),
        said(Kind::Special, "action"),
        said(Kind::LeaderLed, ""),
        said(Kind::Recheck, "recheck"),
    ];
    assert_eq!(of("周敏", &desk), unplanned);
    assert_eq!(of("李娜", &desk), [said(Kind::SelfInspection, "")]);
    desk.plan(1, "东关", "宏达", 12);
    assert_eq!(of("周敏", &desk)[0], said(Kind::Routine, "plan"));
}

#[test]
fn every_number_of_the_dashboard_opens_exactly_its_records() {
    let desk = one_of_each();
    let expected = [
        ("东关", [1, 1, 1, 1]),
        ("区", [2, 1, 1, 1]),
        ("西关", [1, 0, 0, 0]),
    ];
    for (unit, counts) in expected {
        let view = desk.view("王区长");
        let scope = scope(desk.unit(unit), "2026-12");
        let dashboard = view.dashboard(&scope, &BTreeMap::new());
        let shown: Vec<u32> = dashboard
            .numbers
            .iter()
            .map(|number| number.count)
            .collect();
        assert_eq!(shown, counts, "{unit}");
        for number in &dashboard.numbers {
            let ask = FindingAsk {
                scope: scope.clone(),
                measure: Some(number.measure),
                ..FindingAsk::default()
            };
            assert_eq!(
                table(&view, ask).1,
                number.count,
                "{unit} {:?}",
                number.measure
            );
        }
    }
}

#[test]
fn the_rate_is_the_letters_and_its_parts_add_up_to_it() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let dashboard = view.dashboard(&scope(desk.unit("区"), "2026-12"), &BTreeMap::new());
    let rate = dashboard.rate.unwrap();
    // 1 and 7 are past their deadline, 3 and 5 were in time; 4 is not due, 6 is the enterprise's own.
    assert_eq!((rate.good, rate.of), (2, 4));
    let sums = dashboard.parts.iter().fold((0, 0), |(good, of), part| {
        (good + part.rate.good, of + part.rate.of)
    });
    assert_eq!(sums, (2, 4));
    assert_eq!(dashboard.parts.len(), 2);
    let december = dashboard.months[11];
    assert_eq!((december.rate, december.running), (Some(rate), true));
    let longest = dashboard.numbers[0].longest.clone().unwrap();
    assert_eq!(longest, ("宏达机械".to_owned(), 10));
    let escalated = &dashboard.overdue[0];
    assert_eq!(escalated.row.id, doc(1));
    let east = view.dashboard(&scope(desk.unit("东关"), "2026-12"), &BTreeMap::new());
    let parts: Vec<&str> = east
        .parts
        .iter()
        .map(|part| part.unit.name.as_str())
        .collect();
    assert_eq!(parts, ["宏达机械", "恒源化工"], "within a township by site");
}

#[test]
fn a_past_period_is_counted_as_it_ended() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let november = view.dashboard(&scope(None, "2026-11"), &BTreeMap::new());
    assert!(november.numbers.iter().all(|number| number.count == 0));
    assert!(!november.running);
    let january = view.dashboard(&scope(None, "2027-01"), &BTreeMap::new());
    assert!(january.rate.is_none() && january.numbers.iter().all(|number| number.count == 0));
}

#[test]
fn devices_that_were_not_heard_of_are_named_and_the_own_one_is_not() {
    let desk = one_of_each();
    let view = desk.view("王监");
    let devices = |name: &str| -> Vec<DeviceId> {
        let person = desk.cast.person(name);
        let all = desk.register.devices();
        all.filter(|(_, device)| device.person == person)
            .map(|(id, _)| id)
            .collect()
    };
    let mut heard: BTreeMap<DeviceId, Timestamp> = BTreeMap::new();
    for (id, _) in desk.register.devices() {
        heard.insert(id, noon(day(20)));
    }
    heard.insert(devices("周敏")[0], noon(day(18)));
    heard.insert(devices("王监")[0], noon(day(1)));
    heard.insert(devices("郑检")[0], noon(day(1)));
    heard.remove(&devices("李强")[0]);
    let silent = view.dashboard(&DeskScope::default(), &heard).unsynced;
    let silent: Vec<(PersonId, Option<Timestamp>)> = silent
        .into_iter()
        .map(|row| (row.person.id, row.since))
        .collect();
    let expected = [
        (desk.cast.person("李强"), None),
        (desk.cast.person("周敏"), Some(noon(day(18)))),
    ];
    assert_eq!(silent, expected);
}

#[test]
fn a_table_is_sorted_by_each_column_with_the_empty_ones_last() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let by = |by: FindingColumn, descending: bool| -> Vec<FindingLine> {
        table(
            &view,
            FindingAsk {
                by,
                descending,
                ..FindingAsk::default()
            },
        )
        .0
    };
    let up: Vec<Option<Date>> = by(FindingColumn::Deadline, false)
        .iter()
        .map(|l| l.deadline)
        .collect();
    let down: Vec<Option<Date>> = by(FindingColumn::Deadline, true)
        .iter()
        .map(|l| l.deadline)
        .collect();
    assert_eq!(up.last(), Some(&None));
    assert_eq!(down.last(), Some(&None));
    let mut reversed = down[..6].to_vec();
    reversed.reverse();
    assert_eq!(up[..6], reversed[..]);
    assert!(up[..6].is_sorted());
    let level = by(FindingColumn::Level, false);
    assert_eq!(level[0].row.level, Level::Major);
    let sites: Vec<String> = by(FindingColumn::Site, false)
        .into_iter()
        .map(|line| line.row.site.unwrap().name)
        .collect();
    assert!(sites.is_sorted(), "{sites:?}");
    for column in [
        FindingColumn::Due,
        FindingColumn::Text,
        FindingColumn::State,
        FindingColumn::Part,
    ] {
        assert_eq!(by(column, true).len(), 7);
    }
}

#[test]
fn pages_of_a_table_are_the_whole_of_it() {
    let desk = one_of_each();
    let view = desk.view("王区长");
    let ids = |offset: u32, limit: u32| -> Vec<DocId> {
        let ask = FindingAsk {
            offset,
            limit,
            ..FindingAsk::default()
        };
        view.finding_table(&ask)
            .rows
            .into_iter()
            .map(|line| line.row.id)
            .collect()
    };
    assert_eq!([ids(0, 3), ids(3, 3), ids(6, 3)].concat(), ids(0, 50));
}

#[test]
fn a_table_is_filtered_by_words_state_level_and_period() {
    let mut desk = one_of_each();
    desk.found(8, "宏达", "2026-11-20".parse().unwrap()).put();
    let view = desk.view("王监");
    let total = |ask: FindingAsk| table(&view, ask).1;
    assert_eq!(total(FindingAsk::default()), 7);
    let words = |query: &str| {
        total(FindingAsk {
            query: query.to_owned(),
            ..FindingAsk::default()
        })
    };
    assert_eq!(
        (words("恒源"), words("hyhg"), words("第1处"), words("没有")),
        (3, 3, 1, 0)
    );
    let states = vec![FindingState::Reported];
    assert_eq!(
        total(FindingAsk {
            states,
            ..FindingAsk::default()
        }),
        2
    );
    assert_eq!(
        total(FindingAsk {
            level: Some(Level::Major),
            ..FindingAsk::default()
        }),
        1
    );
    assert_eq!(
        total(FindingAsk {
            scope: scope(None, "2026-11"),
            ..FindingAsk::default()
        }),
        1
    );
    let without = Some(String::new());
    assert_eq!(
        total(FindingAsk {
            section: without,
            ..FindingAsk::default()
        }),
        7
    );
    let measure = Some(Measure::Reported);
    let reported = FindingAsk {
        measure,
        scope: scope(None, "2026-12"),
        ..FindingAsk::default()
    };
    assert_eq!(
        total(reported),
        5,
        "an enterprise's own finding is no metric's"
    );
}

#[test]
fn inspections_say_how_many_findings_they_made() {
    let mut desk = Desk::new();
    desk.visited(1, "宏达", day(3));
    desk.visited(2, "恒源", day(4));
    for number in 10..13 {
        let mut found = desk.found(number, "恒源", day(4));
        found.record.from = Some(doc(2));
        found.put();
    }
    let view = desk.view("王监");
    let table = view.inspection_table(&InspectionAsk {
        by: crate::request::InspectionColumn::Findings,
        descending: true,
        ..InspectionAsk::default()
    });
    let counts: Vec<u32> = table.rows.iter().map(|line| line.row.findings).collect();
    assert_eq!((counts, table.total), (vec![3, 0], 2));
    assert_eq!(table.rows[0].units, ["东关街道"]);
}

#[test]
fn units_come_with_their_people_and_certificates() {
    let desk = Desk::new();
    let units = desk.view("王监").organisation();
    let names: Vec<(&str, u8)> = units
        .iter()
        .map(|row| (row.unit.name.as_str(), row.depth))
        .collect();
    assert_eq!(names, [("东关街道", 0), ("宏达机械", 1), ("恒源化工", 1)]);
    let zhou = units[0]
        .people
        .iter()
        .find(|card| card.person.name == "周敏")
        .unwrap();
    assert!(zhou.certificate.is_some() && zhou.expires.unwrap().days > 365);
    let principal = &units[1].people[0];
    assert_eq!(
        (principal.person.kind, principal.expires),
        (Some(PostKind::Principal), None)
    );
    let department = desk.view("孙监").organisation();
    assert_eq!(department.len(), 4, "itself, and the sites of its remit");
}

#[test]
fn letters_stand_as_their_targets_do() {
    use xunan_core::register::{Goal, Letter, Period, PointRule, Signer, Target};
    let mut desk = one_of_each();
    let letter = Letter {
        year: 2026,
        issuer: desk.cast.unit("区"),
        signer: Signer::Unit(desk.cast.unit("东关")),
    };
    desk.cast
        .add_row(Table::Letter, row(90).to_string(), 0, &letter);
    for (number, metric, goal) in [
        (91, Some("overdue"), 3),
        (92, Some("rectified_on_time"), 100),
        (93, None, 1),
    ] {
        let target = Target {
            letter: row(90),
            metric: metric.map(str::to_owned),
            name: "目标".to_owned(),
            goal: Goal::whole(goal),
            period: Period::Month,
            weight: Goal::whole(10),
            rule: PointRule::Proportional,
            veto: false,
        };
        desk.cast
            .add_row(Table::Target, row(number).to_string(), 0, &target);
    }
    desk.register = desk.cast.register();
    let view = desk.view("王区长");
    let letters = view.letters_by_unit(None);
    let line = &letters.units[0];
    assert_eq!(letters.units.len(), 1);
    assert_eq!(
        (line.reached, line.missed + line.running, line.not_counted),
        (1, 1, 1)
    );
    assert_eq!(letters.unit.unwrap().name, "东关街道");
    assert_eq!(letters.letters[0].targets.len(), 3);
    let reached = &letters.letters[0].targets[0].standing;
    assert_eq!(*reached, Standing::Reached);
}

#[test]
fn a_target_that_is_not_lawful_says_which_rule_by_a_key_that_has_words() {
    use xunan_core::register::{Goal, Letter, Period, PointRule, Signer, Target};
    let mut desk = one_of_each();
    let signer = Signer::Unit(desk.cast.unit("东关"));
    let letter = Letter {
        year: 2026,
        issuer: desk.cast.unit("区"),
        signer,
    };
    let target = Target {
        letter: row(90),
        metric: Some("inspections".to_owned()),
        name: "检查生产经营单位（次）".to_owned(),
        goal: Goal::whole(1),
        period: Period::Year,
        weight: Goal::whole(10),
        rule: PointRule::Proportional,
        veto: false,
    };
    let id = row(90).to_string();
    desk.cast.add_row(Table::Letter, id, 0, &letter);
    let id = row(91).to_string();
    desk.cast.add_row(Table::Target, id, 0, &target);
    desk.register = desk.cast.register();
    let row = desk.view("王监").target_now(row(91)).unwrap();
    let key = "inspection_quota".to_owned();
    assert_eq!(row.standing, Standing::NoPoints(key));
}

/// Ten thousand findings and two thousand inspections.
fn large() -> Desk {
    let mut desk = Desk::new();
    let sites = ["宏达", "恒源", "顺达"];
    let first: Date = "2026-01-02".parse().unwrap();
    for number in 0..10_000_u32 {
        let site = sites[number as usize % 3];
        let reported = first.plus_days(i64::from(number % 340));
        let until = reported.plus_days(7);
        let found = desk.found(number, site, reported);
        match number % 4 {
            0 => found.put(),
            1 => found.ordered(until).put(),
            2 => found.ordered(until).rectified(until).put(),
            _ => found.ordered(until).rectified(until).passed(until).put(),
        }
    }
    for number in 0..2_000_u32 {
        let on = first.plus_days(i64::from(number % 340));
        desk.visited(100_000 + number, sites[number as usize % 3], on);
    }
    desk
}

/// What one question may take here, where nothing is optimised and the machine is shared: far above
/// what it takes, and far below what a scan for each row would.
const AT_MOST: Duration = Duration::from_millis(1_500);

#[test]
fn ten_thousand_findings_are_no_reason_to_wait() {
    let desk = large();
    let timed = |what: &str, ask: &dyn Fn(&View<'_>)| {
        let begun = Instant::now();
        ask(&desk.view("王区长"));
        let took = begun.elapsed();
        println!("{what}: {took:?}");
        assert!(took < AT_MOST, "{what} took {took:?}");
    };
    timed("plan", &|view| drop(view.plan_year(None, None)));
    timed("dashboard", &|view| {
        assert_eq!(
            view.dashboard(&scope(None, "2026-12"), &BTreeMap::new())
                .numbers
                .len(),
            4
        );
    });
    for by in [FindingColumn::Due, FindingColumn::Site, FindingColumn::Text] {
        timed("findings", &|view| {
            let ask = FindingAsk {
                by,
                limit: 300,
                query: "第 处".to_owned(),
                ..FindingAsk::default()
            };
            assert_eq!(view.finding_table(&ask).total, 10_000);
        });
    }
    timed("inspections", &|view| {
        let ask = InspectionAsk {
            limit: 300,
            ..InspectionAsk::default()
        };
        assert_eq!(view.inspection_table(&ask).total, 2_000);
    });
    timed("letters", &|view| drop(view.letters_by_unit(None)));
    timed("units", &|view| drop(view.organisation()));
}
