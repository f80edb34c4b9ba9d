//! A site: who is responsible, what is to be done there, and how an inspection begins.

use super::*;

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
