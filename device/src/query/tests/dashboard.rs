//! The dashboard and the records behind its numbers.

use super::*;

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
