//! Boundary cases by hand: midnight, the month's end, what was late, failed, refused or withdrawn.

use xunan_core::id::PersonId;
use xunan_core::record::{FindingAct, InspectionAct};
use xunan_core::register::{InspectionKind, PostKind, Register, Signer};
use xunan_core::target::catalogue::{MissingRecords, Prohibition};
use xunan_core::target::{Facts, NotCounted, Standing, Value, Why, counts_for};
use xunan_core::testing::year::{Doc, HOUR, MINUTE, Pen, Received, at, clause, day, pen, text};
use xunan_core::timestamp::Timestamp;

use super::sample::unit_id;
use super::scene::{OTHER_SITE, Scene, left_out, rate};

fn on(date: &str, hour: i64, minute: i64) -> Timestamp {
    at(day(date), hour, minute)
}

#[test]
fn an_inspection_belongs_to_the_local_day_on_which_it_was_finished() {
    let mut scene = Scene::new();
    scene.write(&scene.visit(on("2026-04-30", 23, 59)));
    scene.write(&scene.visit(on("2026-05-01", 0, 1)));
    let person = scene.officers[1];
    for period in ["2026-04", "2026-05"] {
        assert_eq!(
            rate(&scene.count(person, "records_complete", period)),
            (1, 1),
            "{period}"
        );
    }
    assert_eq!(
        rate(&scene.count(person, "records_complete", "2026-06")),
        (0, 0)
    );
}

#[test]
fn a_clock_ahead_does_not_carry_an_inspection_into_the_next_month() {
    let mut scene = Scene::new();
    let mut visit = scene.visit(on("2026-05-01", 0, 10));
    // Alone: what others did before would hold the time.
    visit.team.truncate(1);
    let first = visit.team[0].0;
    let doc = scene.write(&visit);
    let reason = "钟快了".to_owned();
    let seen = on("2026-05-01", 0, 20);
    doc.inspection_event(pen(first, seen), InspectionAct::Reopened { reason });
    let received = Received::After(-30 * MINUTE);
    let end = Pen {
        who: first,
        at: on("2026-05-01", 0, 25),
        received,
    };
    doc.inspection_event(end, InspectionAct::Finished);
    // Received at 23:55: that counts, whatever the phone's clock said.
    assert_eq!(rate(&scene.count(first, "inspections", "2026-04")), (1, 1));
}

#[test]
fn a_visit_in_the_next_month_fulfils_a_row_and_one_after_that_does_not() {
    let mut scene = Scene::new();
    let row = scene.plan(scene.township, 3, InspectionKind::Routine);
    let mut visit = scene.visit(on("2026-05-01", 0, 0));
    visit.rows = vec![row];
    scene.write(&visit);
    let unit = scene.township;
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-Q1")),
        (0, 1)
    );
    visit.end = on("2026-04-30", 23, 59);
    scene.write(&visit);
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-Q1")),
        (1, 1)
    );
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-Q2")),
        (0, 0)
    );
}

#[test]
fn a_visit_that_names_no_row_takes_this_months_before_last_months() {
    let mut scene = Scene::new();
    scene.plan(scene.township, 3, InspectionKind::Routine);
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let unit = scene.township;
    scene.write(&scene.visit(on("2026-04-10", 9, 0)));
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-03")),
        (0, 1)
    );
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-04")),
        (1, 1)
    );
    scene.write(&scene.visit(on("2026-04-20", 9, 0)));
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-03")),
        (1, 1)
    );
}

#[test]
fn an_incomplete_visit_leaves_its_row_to_a_complete_one() {
    let mut scene = Scene::new();
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let mut alone = scene.visit(on("2026-04-02", 9, 0));
    alone.team.truncate(1);
    scene.write(&alone);
    let unit = scene.township;
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-04")),
        (0, 1)
    );
    scene.write(&scene.visit(on("2026-04-20", 9, 0)));
    assert_eq!(
        rate(&scene.count(unit, "plan_completion", "2026-04")),
        (1, 1)
    );
}

#[test]
fn a_joint_visit_fulfils_the_rows_of_both_units_that_it_names() {
    let mut scene = Scene::new();
    let bureau = unit_id("青石区应急管理局");
    let inspectors = scene
        .sample
        .district
        .with_post(bureau, &[PostKind::Inspector]);
    let rows = [
        scene.plan(scene.township, 4, InspectionKind::Routine),
        scene.plan(bureau, 4, InspectionKind::Special),
    ];
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.rows = rows.to_vec();
    visit.team.push((inspectors[0], "member"));
    scene.write(&visit);
    for unit in [scene.township, bureau] {
        assert_eq!(
            rate(&scene.count(unit, "plan_completion", "2026-04")),
            (1, 1)
        );
        assert_eq!(
            rate(&scene.count(unit, "records_complete", "2026-04")),
            (1, 1)
        );
    }
}

#[test]
fn a_stand_in_fulfils_the_row_of_the_officer_whom_it_names() {
    let mut scene = Scene::new();
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let kinds = [PostKind::Inspector, PostKind::Supervisor];
    let mut others = scene.sample.district.with_post(scene.township, &kinds);
    let named = scene.officers[0];
    others.retain(|person| *person != named);
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.team = others
        .iter()
        .take(2)
        .map(|person| (*person, "member"))
        .collect();
    assert_eq!(visit.team.len(), 2);
    for (person, _) in &visit.team {
        scene.expires(*person, "2030-01-01");
    }
    scene.write(&visit);
    assert_eq!(
        rate(&scene.count(named, "plan_completion", "2026-04")),
        (1, 1)
    );
    assert_eq!(
        rate(&scene.count(named, "records_complete", "2026-04")),
        (0, 0)
    );
    let stand_in = visit.team[0].0;
    assert_eq!(
        rate(&scene.count(stand_in, "records_complete", "2026-04")),
        (1, 1)
    );
}

#[test]
fn a_re_check_is_no_planned_visit() {
    let mut scene = Scene::new();
    let row = scene.plan(scene.township, 4, InspectionKind::Routine);
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.kind = InspectionKind::Recheck;
    visit.rows = vec![row];
    scene.write(&visit);
    assert_eq!(
        rate(&scene.count(scene.township, "plan_completion", "2026-04")),
        (0, 1)
    );
    let shown = scene.count(scene.township, "inspections", "2026-04");
    assert_eq!(
        (rate(&shown), left_out(&shown)),
        ((0, 0), vec![Why::RecheckOnly])
    );
}

#[test]
fn leading_counts_in_the_leaders_role_on_a_planned_visit_with_the_leaders_signature() {
    let mut scene = Scene::new();
    scene.plan(scene.township, 4, InspectionKind::LeaderLed);
    let leader = scene.leader;
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.kind = InspectionKind::LeaderLed;
    visit.team.push((leader, "member"));
    scene.write(&visit);
    // Present, and not in the leader's role: neither led nor the row's visit.
    assert_eq!(rate(&scene.count(leader, "leader_led", "2026-04")), (0, 0));
    assert_eq!(
        rate(&scene.count(scene.township, "plan_completion", "2026-04")),
        (0, 1)
    );
    visit.team[2].1 = "leader";
    scene.write(&visit);
    assert_eq!(rate(&scene.count(leader, "leader_led", "2026-04")), (1, 1));
    assert_eq!(
        rate(&scene.count(scene.township, "leader_led", "2026-04")),
        (1, 1)
    );
    assert_eq!(
        rate(&scene.count(scene.township, "plan_completion", "2026-04")),
        (1, 1)
    );
    scene.write(&visit);
    let again = scene.count(leader, "leader_led", "2026-04");
    assert_eq!(
        (rate(&again), left_out(&again)),
        ((1, 1), vec![Why::NotPlanned])
    );
}

#[test]
fn leading_below_the_goal_is_not_counted_until_supervisions_are() {
    let mut scene = Scene::new();
    let leader = Signer::Person(scene.leader);
    let below = scene.count_to(leader, ("leader_led", 1), "2026");
    let missing = NotCounted::Missing(MissingRecords::Supervision);
    assert_eq!(below.standing, Standing::NotCounted(missing));
    assert_eq!(below.points, None);
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.team.push((scene.leader, "leader"));
    scene.write(&visit);
    let reached = scene.count_to(leader, ("leader_led", 1), "2026");
    assert_eq!(reached.standing, Standing::Reached);
    assert_eq!(reached.points.unwrap().to_string(), "10");
}

#[test]
fn a_refusal_stands_for_the_representatives_signature() {
    let mut scene = Scene::new();
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.is_signed_for = false;
    scene.write(&visit);
    assert_eq!(
        rate(&scene.count(scene.township, "records_complete", "2026-04")),
        (1, 1)
    );
}

#[test]
fn a_certificate_is_valid_through_its_last_day() {
    let mut scene = Scene::new();
    let officer = scene.officers[1];
    scene.write(&scene.visit(on("2026-04-10", 23, 59)));
    scene.expires(officer, "2026-04-10");
    assert_eq!(
        rate(&scene.count(officer, "records_complete", "2026-04")),
        (1, 1)
    );
    scene.expires(officer, "2026-04-09");
    assert_eq!(
        rate(&scene.count(officer, "records_complete", "2026-04")),
        (0, 1)
    );
}

#[test]
fn an_expert_is_no_officer_and_still_of_the_team() {
    let mut scene = Scene::new();
    let expert = scene.officers[1];
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    visit.team[1].1 = "expert";
    scene.write(&visit);
    assert_eq!(
        rate(&scene.count(expert, "records_complete", "2026-04")),
        (0, 1)
    );
}

#[test]
fn a_signature_is_over_what_was_there_and_what_is_late_does_not_undo_it() {
    let mut scene = Scene::new();
    let mate = scene.officers[1];
    let end = on("2026-04-10", 9, 0);
    let visit = scene.visit(end);
    let doc = scene.write(&visit);
    let before_end = doc.history.len() - 1;
    doc.put_blind(
        pen(mate, end.plus(MINUTE)),
        before_end,
        vec![text("a/k1/1", "fail")],
    );
    assert_eq!(
        rate(&scene.count(mate, "records_complete", "2026-04")),
        (1, 1)
    );
    let doc = scene.write(&visit);
    let reason = "补充".to_owned();
    doc.inspection_event(
        pen(mate, end.plus(HOUR)),
        InspectionAct::Reopened { reason },
    );
    doc.put(pen(mate, end.plus(HOUR)), vec![text("a/k1/1", "fail")]);
    doc.inspection_event(pen(mate, end.plus(2 * HOUR)), InspectionAct::Finished);
    // What was put after the signatures and before the new end is not late: nobody signed it.
    assert_eq!(
        rate(&scene.count(mate, "records_complete", "2026-04")),
        (1, 2)
    );
}

#[test]
fn who_left_before_the_end_is_not_of_the_team_and_who_left_after_is() {
    let mut scene = Scene::new();
    let (first, mate) = (scene.officers[0], scene.officers[1]);
    let end = on("2026-04-10", 9, 0);
    for (left, of) in [(end.plus(-5 * MINUTE), 0), (end.plus(5 * MINUTE), 1)] {
        scene.inspections.clear();
        let doc = scene.write(&scene.visit(end));
        let before_end = doc.history.len() - 1;
        let put = text(&format!("team/{mate}"), "left");
        doc.put_blind(pen(mate, left), before_end, vec![put]);
        assert_eq!(rate(&scene.count(mate, "inspections", "2026-04")).1, of);
        assert_eq!(rate(&scene.count(first, "inspections", "2026-04")).1, 1);
    }
}

#[test]
fn a_withdrawn_inspection_is_left_out_with_its_reason() {
    let mut scene = Scene::new();
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let officer = scene.officers[0];
    let doc = scene.write(&scene.visit(on("2026-04-10", 9, 0)));
    let reason = "去错了".to_owned();
    doc.inspection_event(
        pen(officer, on("2026-04-11", 9, 0)),
        InspectionAct::Withdrawn { reason },
    );
    let count = scene.count(officer, "records_complete", "2026-04");
    assert_eq!(count.value, Some(Value::MetByNothing));
    assert_eq!(left_out(&count), [Why::Withdrawn]);
    assert_eq!(
        rate(&scene.count(scene.township, "plan_completion", "2026-04")),
        (0, 1)
    );
}

#[test]
fn nothing_planned_is_not_applicable_and_takes_no_points() {
    let scene = Scene::new();
    let count = scene.count(scene.township, "plan_completion", "2026-04");
    assert_eq!(count.standing, Standing::NotApplicable);
    assert_eq!(
        (count.value, count.points),
        (Some(Value::NotApplicable), None)
    );
}

#[test]
fn a_deadline_ends_with_its_day() {
    let mut scene = Scene::new();
    let site = scene.site;
    let ordered = on("2026-04-10", 9, 0);
    scene
        .report(ordered)
        .ordered(ordered.plus(HOUR), "2026-04-30")
        .rectified(on("2026-04-30", 23, 59));
    scene
        .report(ordered)
        .ordered(ordered.plus(HOUR), "2026-04-30")
        .rectified(on("2026-05-01", 0, 0));
    for whose in [scene.township, site] {
        assert_eq!(
            rate(&scene.count(whose, "rectified_on_time", "2026-04")),
            (1, 2)
        );
        assert_eq!(rate(&scene.count(whose, "overdue", "2026-04")).1, 1);
        assert_eq!(rate(&scene.count(whose, "overdue", "2026-05")).1, 0);
    }
}

#[test]
fn a_failed_rectification_was_none_and_the_next_duty_is_counted_by_itself() {
    let mut scene = Scene::new();
    let ordered = on("2026-04-01", 9, 0);
    scene
        .report(ordered)
        .ordered(ordered.plus(HOUR), "2026-04-20")
        .rectified(on("2026-04-15", 9, 0))
        .failed(on("2026-04-18", 9, 0), "2026-05-10")
        .rectified(on("2026-05-09", 9, 0))
        .passed(on("2026-05-25", 9, 0));
    let unit = scene.township;
    assert_eq!(
        rate(&scene.count(unit, "rectified_on_time", "2026-04")),
        (0, 1)
    );
    // Passed late, which is no fault of who rectified.
    assert_eq!(
        rate(&scene.count(unit, "rectified_on_time", "2026-05")),
        (1, 1)
    );
    assert_eq!(
        rate(&scene.count(unit, "rechecked_on_time", "2026-04")),
        (1, 1)
    );
    assert_eq!(
        rate(&scene.count(unit, "rechecked_on_time", "2026-05")),
        (0, 1)
    );
}

#[test]
fn a_re_check_on_the_tenth_day_is_in_time_and_on_the_eleventh_is_not() {
    for (rechecked, good) in [(on("2026-04-25", 23, 59), 1), (on("2026-04-26", 0, 0), 0)] {
        let mut scene = Scene::new();
        let ordered = on("2026-04-01", 9, 0);
        let mut case = scene.report(ordered);
        case.ordered(ordered.plus(HOUR), "2026-04-30");
        case.rectified(on("2026-04-15", 9, 0)).passed(rechecked);
        for officer in scene.officers.clone() {
            assert_eq!(
                rate(&scene.count(officer, "rechecked_on_time", "2026-04")),
                (good, 1)
            );
        }
    }
}

#[test]
fn after_a_reassignment_the_re_check_is_the_new_officers() {
    let mut scene = Scene::new();
    let ordered = on("2026-04-01", 9, 0);
    let (old, who) = (scene.officers[0], scene.principal);
    let bureau = unit_id("青石区应急管理局");
    let new = scene
        .sample
        .district
        .with_post(bureau, &[PostKind::Inspector])[0];
    let mut case = scene.report(ordered);
    case.ordered(ordered.plus(HOUR), "2026-04-15");
    case.officers[0] = new;
    case.by_order(ordered.plus(2 * HOUR), FindingAct::Reassigned { who });
    assert_eq!(
        rate(&scene.count(old, "rechecked_on_time", "2026-04")),
        (0, 0)
    );
    assert_eq!(
        rate(&scene.count(new, "rechecked_on_time", "2026-04")),
        (0, 1)
    );
}

#[test]
fn a_granted_extension_carries_the_duty_into_the_next_month() {
    let mut scene = Scene::new();
    let ordered = on("2026-04-01", 9, 0);
    let (principal, due) = (scene.principal, day("2026-05-10"));
    let mut case = scene.report(ordered);
    case.ordered(ordered.plus(HOUR), "2026-04-30");
    let reason = "配件未到".to_owned();
    case.by(
        principal,
        on("2026-04-25", 9, 0),
        FindingAct::Asked { due, reason },
    );
    case.by_order(on("2026-04-26", 9, 0), FindingAct::Granted { due });
    case.rectified(on("2026-05-10", 23, 0));
    let unit = scene.township;
    assert_eq!(
        rate(&scene.count(unit, "rectified_on_time", "2026-04")),
        (0, 0)
    );
    assert_eq!(
        rate(&scene.count(unit, "rectified_on_time", "2026-05")),
        (1, 1)
    );
    assert_eq!(rate(&scene.count(unit, "overdue", "2026-04")).1, 0);
}

#[test]
fn what_has_no_duty_to_wait_for_is_left_out_with_its_reason() {
    let mut scene = Scene::new();
    let reported = on("2026-04-01", 9, 0);
    let officer = scene.officers[0];
    scene.report(reported);
    scene
        .report(reported)
        .by(officer, reported.plus(HOUR), FindingAct::CorrectedOnSpot);
    let reason = "误报".to_owned();
    let withdrawn = FindingAct::Withdrawn { reason };
    let mut case = scene.report(reported);
    case.ordered(reported.plus(HOUR), "2026-04-20")
        .by_order(on("2026-04-12", 9, 0), withdrawn);
    let count = scene.count(scene.township, "rectified_on_time", "2026-04");
    assert_eq!(count.standing, Standing::MetByNothing);
    assert_eq!(
        left_out(&count),
        [Why::NotOrdered, Why::CorrectedOnSpot, Why::Withdrawn]
    );
}

#[test]
fn in_the_running_period_what_is_not_due_waits() {
    let mut scene = Scene::new();
    scene.now = on("2026-04-20", 12, 0);
    let ordered = on("2026-04-01", 9, 0);
    scene
        .report(ordered)
        .ordered(ordered.plus(HOUR), "2026-04-20");
    let count = scene.count(scene.township, "rectified_on_time", "2026-04");
    assert_eq!(
        (rate(&count), left_out(&count)),
        ((0, 0), vec![Why::NotDue])
    );
    assert_eq!(count.left.items.len(), 1);
    assert_eq!(count.left.items[0].until, Some(day("2026-04-20")));
    scene.now = on("2026-04-21", 0, 0);
    let count = scene.count(scene.township, "rectified_on_time", "2026-04");
    assert_eq!(rate(&count), (0, 1));
    assert_eq!(count.standing, Standing::OutOfReach);
}

#[test]
fn in_the_running_period_a_re_check_counts_from_its_tenth_day() {
    let mut scene = Scene::new();
    let ordered = on("2026-04-01", 9, 0);
    let mut case = scene.report(ordered);
    case.ordered(ordered.plus(HOUR), "2026-04-20");
    case.rectified(on("2026-04-05", 9, 0))
        .passed(on("2026-04-06", 9, 0));
    let unit = scene.township;
    scene.now = on("2026-04-14", 23, 59);
    let count = scene.count(unit, "rechecked_on_time", "2026-04");
    assert_eq!(
        (rate(&count), left_out(&count)),
        ((0, 0), vec![Why::NotDue])
    );
    scene.now = on("2026-04-15", 0, 0);
    assert_eq!(
        rate(&scene.count(unit, "rechecked_on_time", "2026-04")),
        (1, 1)
    );
    scene.now = on("2026-05-10", 9, 0);
    assert!(
        scene
            .count(unit, "rechecked_on_time", "2026-04")
            .tally
            .provisional
    );
    scene.now = on("2026-05-11", 9, 0);
    assert!(
        !scene
            .count(unit, "rechecked_on_time", "2026-04")
            .tally
            .provisional
    );
}

fn major() -> Vec<(String, xunan_core::change::Scalar)> {
    vec![
        text("origin", "official"),
        text("level", "major"),
        text("clause", serde_json::to_string(&clause()).unwrap()),
    ]
}

#[test]
fn no_signal_is_no_fault_for_a_day() {
    for (minutes, good) in [(24 * 60, 1), (24 * 60 + 1, 0)] {
        let mut scene = Scene::new();
        let officer = scene.officers[0];
        let doc = scene.report_as(on("2026-04-10", 9, 0), &major()).doc;
        let root = doc.history.heads()[0];
        let received = on("2026-04-10", 9, 0).plus(minutes * MINUTE);
        doc.history.set_received(&root, received);
        assert_eq!(
            rate(&scene.count(officer, "major_same_day", "2026-04")),
            (good, 1)
        );
    }
}

#[test]
fn a_suspected_major_one_counts_as_general() {
    let mut scene = Scene::new();
    let fields = [text("origin", "official"), text("level", "major")];
    scene.report_as(on("2026-04-10", 9, 0), &fields);
    assert_eq!(
        rate(&scene.count(scene.township, "major_open", "2026-04")).1,
        0
    );
    scene.report_as(on("2026-04-10", 9, 0), &major());
    assert_eq!(
        rate(&scene.count(scene.township, "major_open", "2026-04")).1,
        1
    );
}

#[test]
fn a_major_one_was_closed_at_the_months_end_even_if_the_pass_proved_wrong_later() {
    let mut scene = Scene::new();
    let mut case = scene.report_as(on("2026-04-10", 9, 0), &major());
    case.ordered(on("2026-04-10", 10, 0), "2026-04-20");
    case.rectified(on("2026-04-15", 9, 0))
        .passed(on("2026-04-30", 23, 59));
    case.failed(on("2026-05-03", 9, 0), "2026-05-20");
    let unit = scene.township;
    assert_eq!(rate(&scene.count(unit, "major_open", "2026-04")).1, 0);
    assert_eq!(rate(&scene.count(unit, "major_open", "2026-05")).1, 1);
    assert_eq!(
        rate(&scene.count(unit, "rectified_on_time", "2026-04")),
        (0, 1)
    );
}

#[test]
fn a_main_leader_handles_a_major_one_by_an_act_of_his_or_her_own() {
    let mut scene = Scene::new();
    let leader = scene.leader;
    scene
        .report_as(on("2026-04-10", 9, 0), &major())
        .ordered(on("2026-04-10", 10, 0), "2026-04-20");
    assert_eq!(
        rate(&scene.count(scene.township, "major_in_person", "2026")),
        (0, 1)
    );
    let mut case = scene.report_as(on("2026-04-10", 9, 0), &major());
    case.by(leader, on("2026-07-10", 10, 0), FindingAct::Decided);
    assert_eq!(
        rate(&scene.count(scene.township, "major_in_person", "2026")),
        (1, 2)
    );
    assert_eq!(
        rate(&scene.count(leader, "major_in_person", "2026")),
        (1, 2)
    );
    // Of the regulator's area, too, whose own leader did nothing.
    let bureau = unit_id("青石区应急管理局");
    assert_eq!(
        rate(&scene.count(bureau, "major_in_person", "2026")),
        (0, 2)
    );
}

#[test]
fn what_an_enterprise_found_itself_counts_for_itself_alone() {
    let mut scene = Scene::new();
    let fields = [text("origin", "self"), text("level", "general")];
    let ordered = on("2026-04-01", 9, 0);
    let site = scene.site;
    let mut case = scene.report_as(ordered, &fields);
    case.unit = site;
    case.ordered(ordered.plus(HOUR), "2026-04-20");
    assert_eq!(
        rate(&scene.count(site, "rectified_on_time", "2026-04")),
        (0, 1)
    );
    assert_eq!(
        rate(&scene.count(scene.township, "rectified_on_time", "2026-04")),
        (0, 0)
    );
    let metric = ("rectified_on_time", 100);
    let outside = Some(scene.officers[0]);
    let seen = scene.seen_by(outside, Signer::Unit(site), metric, "2026-04");
    assert_eq!(seen.standing, Standing::NotCounted(NotCounted::NotVisible));
    assert_eq!(seen.value, None);
    let seen = scene.seen_by(Some(scene.principal), Signer::Unit(site), metric, "2026-04");
    assert_eq!(seen.standing, Standing::Missed);
}

#[test]
fn an_unlawful_target_is_shown_and_gives_no_points() {
    let mut scene = Scene::new();
    let unit = Signer::Unit(scene.township);
    scene.report(on("2026-04-10", 9, 0));
    let count = scene.count_to(unit, ("findings_reported", 1), "2026-04");
    assert_eq!(count.prohibition, Some(Prohibition::InspectionQuota));
    assert_eq!((count.value, count.points), (Some(Value::Count(1)), None));
    scene.setting("unlawful_targets_allowed", true);
    let count = scene.count_to(unit, ("findings_reported", 1), "2026-04");
    assert_eq!(count.points.unwrap().to_string(), "10");
}

#[test]
fn without_its_records_a_target_is_never_met() {
    let scene = Scene::new();
    for (metric, missing) in [
        ("deaths", MissingRecords::Accident),
        ("training_hours", MissingRecords::Training),
    ] {
        let count = scene.count_to(Signer::Unit(scene.site), (metric, 0), "2026");
        assert_eq!(
            count.standing,
            Standing::NotCounted(NotCounted::Missing(missing))
        );
        assert_eq!((count.value, count.points), (None, None));
    }
}

#[test]
fn counting_begins_on_its_day() {
    let mut scene = Scene::new();
    scene.setting("counted_from", "2026-04-10");
    scene.plan(scene.township, 3, InspectionKind::Routine);
    scene.plan(scene.township, 4, InspectionKind::Routine);
    let officer = scene.officers[0];
    scene.write(&scene.visit(on("2026-04-09", 23, 59)));
    scene.write(&scene.visit(on("2026-04-10", 0, 0)));
    let before = scene.count(officer, "records_complete", "2026-03");
    assert_eq!(before.standing, Standing::NotStarted);
    assert_eq!(
        rate(&scene.count(officer, "records_complete", "2026-04")),
        (1, 1)
    );
    let year = scene.count(scene.township, "plan_completion", "2026");
    assert_eq!(left_out(&year), [Why::BeforeCounting]);
    assert_eq!(year.tally.all(), 1);
}

#[test]
fn a_place_that_is_no_site_is_in_the_area_of_the_reporters_unit_and_those_above() {
    let mut scene = Scene::new();
    let reported = on("2026-04-01", 9, 0);
    scene.findings.clear();
    let root = vec![
        text("place", "河边小作坊"),
        text("text", "私拉电线"),
        text("origin", "official"),
        text("level", "general"),
    ];
    let by = pen(scene.officers[0], reported);
    let kind = xunan_core::record::RecordKind::Finding;
    let mut doc = Doc::begin(kind, "at a place", by, root);
    super::scene::Case {
        unit: scene.township,
        officers: [scene.officers[0], scene.officers[1]],
        principal: scene.principal,
        doc: &mut doc,
    }
    .ordered(reported.plus(HOUR), "2026-04-20");
    scene.findings.push(doc);
    let district = unit_id("青石区人民政府");
    let bureau = unit_id("青石区应急管理局");
    for (unit, of) in [(scene.township, 1), (district, 1), (bureau, 0)] {
        assert_eq!(
            rate(&scene.count(unit, "rectified_on_time", "2026-04")).1,
            of
        );
    }
}

#[test]
fn a_visit_names_the_people_and_units_whose_targets_it_enters() {
    let mut scene = Scene::new();
    scene.now = on("2026-04-10", 9, 0);
    let full = super::sample::Sample::read();
    let letters = full.rows.into_iter();
    let letters: Vec<_> = letters
        .filter(|row| {
            use xunan_core::register::Table;
            matches!(row.table, Table::Letter | Table::Target)
        })
        .collect();
    scene.plan(scene.township, 4, InspectionKind::Routine);
    scene.sample.rows.extend(letters);
    let officer = scene.officers[0];
    let visit = scene.visit(on("2026-04-10", 8, 30));
    let doc = scene.write(&visit);
    // It goes on: nobody finished it yet.
    doc.history.truncate(doc.history.len() - 1);
    let register = Register::new(&scene.sample.rows, None);
    let inspections = scene.inspection_facts(&register);
    assert_eq!(inspections[0].finished, None);
    let facts = Facts {
        register: &register,
        inspections: &[],
        findings: &[],
        now: scene.now,
    };
    let counts = counts_for(facts, &inspections[0]);
    let people: Vec<PersonId> = counts.people.keys().copied().collect();
    let mut team = scene.officers.clone();
    team.sort_unstable();
    assert_eq!(people, team);
    // The row names the first officer: plan and record; the other one's record alone.
    assert_eq!(counts.people[&officer].len(), 2);
    assert_eq!(counts.people[&scene.officers[1]].len(), 1);
    assert_eq!(
        counts.units.keys().copied().collect::<Vec<_>>(),
        [scene.township]
    );
}

#[test]
fn coverage_is_of_the_area_by_the_units_own_people() {
    let mut scene = Scene::new();
    let mut visit = scene.visit(on("2026-04-10", 9, 0));
    scene.write(&visit);
    visit.site = unit_id(OTHER_SITE);
    scene.write(&visit);
    let (good, of) = rate(&scene.count(scene.township, "coverage", "2026-Q2"));
    assert_eq!(good, 2);
    assert!(of > 2);
    assert_eq!(
        rate(&scene.count(unit_id("青石区人民政府"), "coverage", "2026-Q2")),
        (0, 33)
    );
}

#[test]
fn a_letters_total_is_over_the_targets_that_count() {
    let sample = super::sample::Sample::read();
    let register = Register::new(&sample.rows, None);
    let scene = Scene::new();
    let whose = Signer::Unit(unit_id(super::scene::TOWNSHIP));
    let (letter, _) = register
        .letters()
        .find(|(_, letter)| letter.signer == whose)
        .unwrap();
    let points = scene
        .with_counting(&register, |counting| counting.letter_points(letter, None))
        .unwrap();
    // Of a year without a record: nothing of the plan, everything of what is met by nothing; what
    // needs records of a later part counts on neither side.
    let counted = points
        .targets
        .iter()
        .filter(|target| target.points.is_some());
    assert!(counted.count() < points.targets.len());
    assert!(points.weight < xunan_core::target::Exact::whole(100));
    assert_eq!(
        points.total,
        Some(
            points
                .points
                .over(points.weight)
                .times(xunan_core::target::Exact::whole(100))
        )
    );
    assert!(!points.is_vetoed);
}
