//! What may become of a planned visit, and what became of it.

use super::*;

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
