//! What may become of a planned visit: months, officers, and what a later version counts for.

use super::*;
use crate::register::{PostKind, Table};
use crate::testing::Cast;
use crate::timestamp::Timestamp;

const ROW: RowId = RowId::from_bytes([0x51; 16]);
const OTHER: RowId = RowId::from_bytes([0x52; 16]);

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn noon(text: &str) -> i64 {
    let epoch = day("1970-01-01");
    day(text).days_since(epoch) * 86_400_000 + 4 * 3_600_000
}

/// 东关 visits 宏达 in November: 周敏 and 李强.
struct Plan {
    cast: Cast,
    visit: PlannedVisit,
}

impl Plan {
    fn new() -> Self {
        let mut cast = Cast::new();
        cast.add_person("王监", "东关", PostKind::Supervisor);
        let visit = PlannedVisit {
            year: 2026,
            month: 11,
            unit: cast.unit("东关"),
            site: cast.unit("宏达"),
            kind: InspectionKind::Routine,
            lists: Vec::new(),
            officers: vec![cast.person("周敏"), cast.person("李强")],
            limit: None,
            changed: None,
        };
        let mut plan = Self { cast, visit };
        plan.put(ROW, "2026-01-05", &plan.visit.clone());
        plan
    }
    fn put(&mut self, row: RowId, on: &str, visit: &PlannedVisit) {
        let id = row.to_string();
        self.cast.add_row(Table::Plan, id, noon(on), visit);
    }
    fn people(&self, names: &[&str]) -> Vec<PersonId> {
        names.iter().map(|name| self.cast.person(name)).collect()
    }
    fn ask(
        &self,
        today: &str,
        month: Option<u8>,
        officers: Option<&[&str]>,
    ) -> Result<PlannedVisit, NotChanged> {
        let register = self.cast.register();
        let planned = Planned::new(&register, ROW, day(today), false)?;
        let officers = officers.map(|names| self.people(names));
        planned.with(month, officers.as_deref())
    }
    fn months(&self, today: &str) -> Vec<u8> {
        let register = self.cast.register();
        let planned = Planned::new(&register, ROW, day(today), false).unwrap();
        planned.months()
    }
}

#[test]
fn a_visit_moves_within_what_is_left_of_its_year() {
    let plan = Plan::new();
    assert_eq!(plan.ask("2026-11-20", Some(12), None).unwrap().month, 12);
    assert_eq!(plan.ask("2026-09-03", Some(9), None).unwrap().month, 9);
    for month in [0, 1, 10, 13] {
        let outcome = plan.ask("2026-11-20", Some(month), None);
        assert_eq!(outcome, Err(NotChanged::Month(month)), "{month}");
    }
    assert_eq!(plan.months("2026-11-30"), [12]);
    assert_eq!(plan.months("2026-09-03"), [9, 10, 12]);
    assert_eq!(plan.months("2025-12-31").len(), 11, "next year's plan");
}

#[test]
fn what_is_over_stays_in_its_month_and_a_stand_in_may_still_make_it() {
    let plan = Plan::new();
    let today = "2026-12-01";
    assert_eq!(plan.ask(today, Some(12), None), Err(NotChanged::MonthOver));
    assert!(plan.months(today).is_empty());
    let stand_in = plan.ask("2026-12-31", None, Some(&["周敏", "王监"]));
    assert_eq!(stand_in.unwrap().officers, plan.people(&["周敏", "王监"]));
    let closed = plan.ask("2027-01-01", None, Some(&["周敏", "王监"]));
    assert_eq!(closed, Err(NotChanged::Closed));
    assert_eq!(
        plan.ask("2027-01-01", Some(12), None),
        Err(NotChanged::Closed)
    );
}

#[test]
fn what_was_made_stays_as_it_is() {
    let plan = Plan::new();
    let register = plan.cast.register();
    let made = Planned::new(&register, ROW, day("2026-11-20"), true).unwrap();
    assert_eq!(made.with(Some(12), None), Err(NotChanged::Fulfilled));
    let officers = plan.people(&["王监"]);
    let outcome = made.with(None, Some(&officers));
    assert_eq!(outcome, Err(NotChanged::Fulfilled));
    assert!(made.months().is_empty());
}

#[test]
fn a_stand_in_is_an_officer_in_office_of_the_unit() {
    let mut plan = Plan::new();
    let today = "2026-11-20";
    // Joint officers of the import stay, whoever they are.
    let joint = PlannedVisit {
        officers: plan.people(&["周敏", "赵检"]),
        ..plan.visit.clone()
    };
    plan.put(ROW, "2026-02-01", &joint);
    assert!(plan.ask(today, None, Some(&["李强", "赵检"])).is_ok());
    assert!(
        plan.ask(today, None, Some(&["吴主任"])).is_ok(),
        "a leader goes, too"
    );
    for (names, wrong) in [
        (vec!["周敏", "郑检"], "郑检"),         // of another unit
        (vec!["周敏", "李娜"], "李娜"),         // of an enterprise
        (vec!["周敏", "赵检", "周敏"], "周敏"), // twice
    ] {
        let outcome = plan.ask(today, None, Some(&names));
        let wrong = NotChanged::Officer(plan.cast.person(wrong));
        assert_eq!(outcome, Err(wrong), "{names:?}");
    }
    assert_eq!(plan.ask(today, None, Some(&[])), Err(NotChanged::NoOfficer));
    let register = plan.cast.register();
    let planned = Planned::new(&register, ROW, day(today), false).unwrap();
    let offered: Vec<PersonId> = planned.stand_ins().into_iter().collect();
    let mut wanted = plan.people(&["李强", "吴主任", "王监"]);
    wanted.sort_unstable();
    assert_eq!(offered, wanted);
}

/// The targets of leaders count what a leader led: an inspector stands in for none of them.
#[test]
fn a_leader_stands_in_for_a_leader() {
    let mut plan = Plan::new();
    plan.cast.add_person("钱镇", "东关", PostKind::Main);
    let today = "2026-11-20";
    let led = PlannedVisit {
        kind: InspectionKind::LeaderLed,
        officers: plan.people(&["周敏", "吴主任"]),
        ..plan.visit.clone()
    };
    plan.put(ROW, "2026-02-01", &led);
    let register = plan.cast.register();
    let planned = Planned::new(&register, ROW, day(today), false).unwrap();
    assert_eq!(leader_of(&register, &led), Some(plan.cast.person("吴主任")));
    let leaders: Vec<PersonId> = planned.leaders().into_iter().collect();
    assert_eq!(leaders, plan.people(&["钱镇"]));
    assert!(plan.ask(today, None, Some(&["周敏", "钱镇"])).is_ok());
    assert!(plan.ask(today, None, Some(&["王监", "吴主任"])).is_ok());
    let outcome = plan.ask(today, None, Some(&["周敏", "王监"]));
    assert_eq!(outcome, Err(NotChanged::NoLeader));

    // Planned without a leader, it needs none to be changed.
    let unled = PlannedVisit {
        officers: plan.people(&["周敏"]),
        ..led
    };
    plan.put(ROW, "2026-02-02", &unled);
    assert!(plan.ask(today, None, Some(&["王监"])).is_ok());
    let register = plan.cast.register();
    let planned = Planned::new(&register, ROW, day(today), false).unwrap();
    assert!(planned.leaders().is_empty());
}

#[test]
fn who_left_office_stands_in_for_nobody() {
    let plan = Plan::new();
    let mut rows = plan.cast.rows().to_vec();
    let left = plan.cast.person("王监").to_string();
    let is_post = |row: &&crate::register::Row| {
        row.table == Table::Post && row.fields["person"] == left.as_str()
    };
    let mut post = rows.iter().find(is_post).unwrap().clone();
    post.revision = 10_000;
    post.valid_to = Some(Timestamp(noon("2026-10-01")));
    rows.push(post);
    let register = Register::new(&rows, None);
    let planned = Planned::new(&register, ROW, day("2026-11-20"), false).unwrap();
    let officers = plan.people(&["周敏", "王监"]);
    let outcome = planned.with(None, Some(&officers));
    assert_eq!(outcome, Err(NotChanged::Officer(plan.cast.person("王监"))));
}

#[test]
fn two_visits_of_one_kind_never_share_a_month() {
    let mut plan = Plan::new();
    let december = PlannedVisit {
        month: 12,
        ..plan.visit.clone()
    };
    plan.put(OTHER, "2026-01-05", &december);
    let outcome = plan.ask("2026-11-20", Some(12), None);
    assert_eq!(outcome, Err(NotChanged::MonthTaken(12)));
    assert_eq!(plan.months("2026-10-01"), [10]);
}

#[test]
fn a_change_says_why_and_changes_something() {
    let plan = Plan::new();
    let register = plan.cast.register();
    let planned = Planned::new(&register, ROW, day("2026-11-20"), false).unwrap();
    let by = plan.cast.person("王监");
    let change = |reason: &str| planned.changed(Some(12), None, (by, reason));
    for reason in ["", "  \n", &"长".repeat(REASON_CHARS + 1)] {
        assert_eq!(change(reason), Err(NotChanged::Field("reason")));
    }
    let changed = change(" 企业停产 ").unwrap().changed.unwrap();
    assert_eq!((changed.by, changed.reason.as_str()), (by, "企业停产"));
    let same = plan.people(&["周敏", "李强"]);
    for nothing in [
        planned.with(None, None),
        planned.with(Some(11), Some(&same)),
    ] {
        assert_eq!(nothing, Err(NotChanged::Field("month")));
    }
}

#[test]
fn what_is_not_in_the_plan_is_unknown() {
    let plan = Plan::new();
    let mut rows = plan.cast.rows().to_vec();
    let absent = Register::new(&rows, Some(1));
    let outcome = Planned::new(&absent, ROW, day("2026-11-20"), false);
    assert_eq!(outcome.err(), Some(NotChanged::Unknown));
    let mut retired = rows.last().unwrap().clone();
    retired.revision += 1;
    retired.valid_to = Some(Timestamp(noon("2026-10-01")));
    rows.push(retired);
    let register = Register::new(&rows, None);
    let outcome = Planned::new(&register, ROW, day("2026-11-20"), false);
    assert_eq!(outcome.err(), Some(NotChanged::Unknown));
}

/// The newest version counts if the visit was not over when it was written.
#[test]
fn a_later_version_counts_unless_the_visit_was_over() {
    let moved = |on: &str| {
        let mut plan = Plan::new();
        let december = PlannedVisit {
            month: 12,
            ..plan.visit.clone()
        };
        plan.put(ROW, on, &december);
        let register = plan.cast.register();
        let unit: UnitId = plan.cast.unit("东关");
        let months = register.plan().filter(|(_, visit)| visit.unit == unit);
        let months: Vec<u8> = months.map(|(_, visit)| visit.month).collect();
        (months, register.planned_visit(ROW).unwrap().month)
    };
    assert_eq!(moved("2026-11-20"), (vec![12], 12));
    assert_eq!(moved("2026-12-31"), (vec![12], 12));
    assert_eq!(moved("2027-01-01"), (vec![11], 11));
    // Twice: what counts is asked of the version that held.
    let mut plan = Plan::new();
    for (month, on) in [(12, "2026-11-20"), (12, "2027-01-20"), (10, "2027-02-01")] {
        let visit = PlannedVisit {
            month,
            limit: Some(u32::from(month)),
            ..plan.visit.clone()
        };
        plan.put(ROW, on, &visit);
    }
    let register = plan.cast.register();
    assert_eq!(register.planned_visit(ROW).unwrap().month, 12);
}
