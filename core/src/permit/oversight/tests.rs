//! Oversight by hand, on a small organisation.

use super::*;
use crate::register::{Row, Table};
use crate::timestamp::Timestamp;

fn id(name: &str) -> UnitId {
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(name.bytes())
        .for_each(|(to, from)| *to = from);
    UnitId::from_bytes(bytes)
}

fn row(name: &str, fields: &serde_json::Value) -> Row {
    let mut all = serde_json::json!({"name": name, "key": name, "level": "enterprise"});
    let own = fields.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(own);
    Row {
        table: Table::Unit,
        id: id(name).to_string(),
        revision: 1,
        valid_from: Timestamp(1),
        valid_to: None,
        fields: all,
    }
}

fn rows() -> Vec<Row> {
    let below = |unit: &str| Some(id(unit).to_string());
    [
        ("district", serde_json::json!({"level": "district"})),
        (
            "town",
            serde_json::json!({"level": "township", "parent": below("district"), "power": "delegated"}),
        ),
        ("other", serde_json::json!({"level": "township", "parent": below("district")})),
        (
            "line",
            serde_json::json!({"level": "department", "parent": below("district"), "power": "statutory"}),
        ),
        (
            "all",
            serde_json::json!({"level": "department", "parent": below("district"), "remit": "消防"}),
        ),
        ("group", serde_json::json!({"parent": below("town"), "regulators": [id("line")]})),
        ("branch", serde_json::json!({"parent": below("group")})),
    ]
    .into_iter()
    .enumerate()
    .map(|(n, (name, fields))| Row {
        revision: n as u64 + 1,
        ..row(name, &fields)
    })
    .collect()
}

fn names(units: impl IntoIterator<Item = UnitId>) -> Vec<String> {
    let mut names: Vec<String> = units
        .into_iter()
        .map(|unit| {
            let bytes = unit.as_bytes().iter().copied();
            String::from_utf8(bytes.take_while(|b| *b != 0).collect()).unwrap()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn territory_line_and_remit_oversee() {
    let register = Register::new(&rows(), None);
    assert_eq!(
        names(overseers(&register, id("group"))),
        ["all", "district", "line", "town"]
    );
    assert_eq!(names(with_power(&register, id("group"))), ["line", "town"]);
    // A branch has no regulator of its own.
    assert_eq!(
        names(overseers(&register, id("branch"))),
        ["all", "district", "town"]
    );
    for (unit, _) in register.units() {
        for site in ["group", "branch", "town"].map(id) {
            let listed = overseers(&register, site).contains(&unit);
            assert_eq!(oversees(&register, unit, site), listed);
        }
    }
}

#[test]
fn a_group_holds_its_branches_and_not_the_other_way_round() {
    let register = Register::new(&rows(), None);
    assert_eq!(names(holders(&register, id("branch"))), ["branch", "group"]);
    assert!(holds(&register, id("group"), id("branch")));
    assert!(!holds(&register, id("branch"), id("group")));
    assert!(!holds(&register, id("town"), id("group")));
    assert_eq!(names(branches(&register, id("group"))), ["branch"]);
    assert!(holders(&register, id("town")).is_empty());
}

#[test]
fn an_area_is_what_is_overseen() {
    let register = Register::new(&rows(), None);
    assert_eq!(names(area(&register, id("town"))), ["branch", "group"]);
    assert_eq!(names(area(&register, id("all"))), ["branch", "group"]);
    assert_eq!(names(area(&register, id("line"))), ["group"]);
    assert_eq!(names(area(&register, id("group"))), ["group"]);
    assert!(area(&register, id("other")).is_empty());
}

#[test]
fn a_retired_unit_oversees_nothing_and_a_retired_site_is_still_overseen() {
    let mut rows = rows();
    for name in ["line", "group"] {
        let held = rows
            .iter()
            .find(|row| row.id == id(name).to_string())
            .unwrap();
        rows.push(Row {
            revision: rows.len() as u64 + 1,
            valid_to: Some(Timestamp(9)),
            ..held.clone()
        });
    }
    let register = Register::new(&rows, None);
    assert_eq!(
        names(overseers(&register, id("group"))),
        ["all", "district", "town"]
    );
    assert!(!oversees(&register, id("line"), id("group")));
}

#[test]
fn a_circle_in_the_territory_ends() {
    let mut rows = rows();
    let parent = id("branch").to_string();
    let mut group = row("group", &serde_json::json!({"parent": parent}));
    group.revision = 99;
    rows.push(group);
    let register = Register::new(&rows, None);
    assert_eq!(names(holders(&register, id("branch"))), ["branch", "group"]);
    assert_eq!(names(overseers(&register, id("branch"))), ["all"]);
}

#[test]
fn a_place_belongs_to_those_who_began_there_those_above_and_district_wide_remits() {
    let register = Register::new(&rows(), None);
    let place = Locality::place(&register, [id("other"), id("group")].into_iter());
    assert_eq!(
        names(place.overseers(&register)),
        ["all", "district", "other", "town"]
    );
    assert!(!place.is_held_by(&register, id("group")));
}
