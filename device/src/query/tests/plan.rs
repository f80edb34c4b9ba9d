//! The year's plan.

use super::*;

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
