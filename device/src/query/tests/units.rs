//! Units, their people and their letters.

use super::*;

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
