//! What each kind of person gets of the register, by hand.

use super::*;
use crate::register::{PostKind, Row};
use crate::timestamp::Timestamp;

fn bytes(name: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(name.bytes())
        .for_each(|(to, from)| *to = from);
    bytes
}
fn unit(name: &str) -> UnitId {
    UnitId::from_bytes(bytes(name))
}
fn person(name: &str) -> PersonId {
    PersonId::from_bytes(bytes(name))
}

#[derive(Default)]
struct Book(Vec<Row>);

impl Book {
    fn put(&mut self, table: Table, id: impl std::fmt::Display, fields: serde_json::Value) {
        self.0.push(Row {
            table,
            id: id.to_string(),
            revision: self.0.len() as u64 + 1,
            valid_from: Timestamp(1),
            valid_to: None,
            fields,
        });
    }
    fn unit(&mut self, name: &str, level: &str, parent: Option<&str>, more: &serde_json::Value) {
        let mut fields = serde_json::json!({
            "name": name, "key": name, "level": level, "parent": parent.map(unit),
        });
        let more = more.as_object().unwrap().clone();
        fields.as_object_mut().unwrap().extend(more);
        self.put(Table::Unit, unit(name), fields);
    }
    fn person(&mut self, name: &str, at: &str, kind: PostKind) {
        let id = person(name);
        let fields = serde_json::json!({"name": name, "phone": format!("199{name}")});
        self.put(Table::Person, id, fields);
        self.post(name, at, kind);
        let fields = serde_json::json!({"person": id, "public_key": ""});
        self.put(Table::Device, id, fields);
        let letter =
            serde_json::json!({"year": 2026, "issuer": unit("town"), "signer": {"person": id}});
        self.put(Table::Letter, id, letter);
        let target = serde_json::json!({
            "letter": RowId::from_bytes(bytes(name)), "name": "x", "goal": 1, "period": "year",
            "weight": 1, "rule": "proportional",
        });
        self.put(Table::Target, id, target);
    }
    fn post(&mut self, name: &str, at: &str, kind: PostKind) {
        let fields = serde_json::json!({"person": person(name), "unit": unit(at), "kind": kind});
        self.put(
            Table::Post,
            format!("{}", unit(&format!("{name}{at}"))),
            fields,
        );
    }
    fn register(&self) -> Register {
        Register::new(&self.0, None)
    }
    fn scope(&self, name: &str) -> RowScope {
        RowScope::new(&self.register(), person(name))
    }
    /// The names or ids shown of a table.
    fn shown(&self, name: &str, table: Table) -> BTreeSet<String> {
        let scope = self.scope(name);
        let rows = self.0.iter().filter(|row| row.table == table);
        rows.filter_map(|row| scope.show(row))
            .map(|row| word_of(&row.id))
            .collect()
    }
    fn numbers(&self, name: &str) -> BTreeSet<String> {
        let scope = self.scope(name);
        let rows = self.0.iter().filter(|row| row.table == Table::Person);
        rows.filter_map(|row| scope.show(row))
            .filter(|row| row.fields.get("phone").is_some())
            .map(|row| word_of(&row.id))
            .collect()
    }
}

fn word_of(id: &str) -> String {
    let bytes = id.parse::<UnitId>().map(|id| *id.as_bytes());
    let word = bytes.map_or(id.as_bytes().to_vec(), |bytes| {
        bytes.into_iter().take_while(|b| *b != 0).collect()
    });
    String::from_utf8(word).unwrap()
}

fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn book() -> Book {
    let none = || serde_json::json!({});
    let mut book = Book::default();
    book.unit("district", "district", None, &none());
    book.unit("town", "township", Some("district"), &none());
    book.unit("west", "township", Some("district"), &none());
    book.unit("line", "department", Some("district"), &none());
    let regulated = serde_json::json!({"regulators": [unit("line")]});
    book.unit("site", "enterprise", Some("town"), &regulated);
    book.unit("shop", "enterprise", Some("west"), &none());
    book.person("mayor", "district", PostKind::Main);
    book.person("head", "town", PostKind::Main);
    book.person("insp", "town", PostKind::Inspector);
    book.person("super", "line", PostKind::Supervisor);
    book.person("admin", "line", PostKind::Administrator);
    book.person("boss", "site", PostKind::Principal);
    book.person("safe", "site", PostKind::SafetyOfficer);
    book.person("work", "site", PostKind::Worker);
    book.person("shopboss", "shop", PostKind::Principal);
    book.put(Table::Checklist, "k1", none());
    book.put(Table::Setting, "zone", none());
    book.put(Table::Plan, unit("plan"), none());
    let of_unit = serde_json::json!({"year": 2026, "issuer": unit("district"), "signer": {"unit": unit("site")}});
    book.put(Table::Letter, unit("sites"), of_unit);
    book
}

const ALL: &str = "mayor head insp super admin boss safe work shopboss";

#[test]
fn people_of_government_units_get_everything_but_numbers_and_letters() {
    let book = book();
    for name in ["mayor", "head", "insp", "super"] {
        assert_eq!(book.shown(name, Table::Person), set(ALL), "{name}");
        assert_eq!(book.shown(name, Table::Device), set(ALL), "{name}");
        assert_eq!(book.shown(name, Table::Unit).len(), 6, "{name}");
        assert_eq!(book.shown(name, Table::Post).len(), 9, "{name}");
        assert_eq!(book.shown(name, Table::Plan), set("plan"), "{name}");
        assert_eq!(book.shown(name, Table::Checklist), set("k1"), "{name}");
    }
}

#[test]
fn people_of_an_enterprise_get_their_unit_its_overseers_and_their_people() {
    let book = book();
    for name in ["boss", "safe", "work"] {
        assert_eq!(
            book.shown(name, Table::Unit),
            set("district town line site"),
            "{name}"
        );
        let people = set("mayor head insp super admin boss safe work");
        assert_eq!(book.shown(name, Table::Person), people, "{name}");
        assert_eq!(book.shown(name, Table::Device), people, "{name}");
        assert_eq!(book.shown(name, Table::Post).len(), 8, "{name}");
        assert!(book.shown(name, Table::Plan).is_empty(), "{name}");
        assert_eq!(book.shown(name, Table::Checklist), set("k1"), "{name}");
        assert_eq!(book.shown(name, Table::Setting), set("zone"), "{name}");
    }
}

#[test]
fn numbers_go_to_the_person_the_heads_and_whoever_may_inspect_the_site() {
    let book = book();
    assert_eq!(book.numbers("mayor"), set(ALL));
    assert_eq!(book.numbers("head"), set("head insp boss safe work"));
    assert_eq!(book.numbers("insp"), set("insp boss safe work"));
    assert_eq!(book.numbers("super"), set("super boss safe work"));
    assert_eq!(book.numbers("boss"), set("boss safe work"));
    assert_eq!(book.numbers("safe"), set("boss safe work"));
    assert_eq!(book.numbers("work"), set("work"));
    assert_eq!(book.numbers("admin"), set(ALL));
}

#[test]
fn letters_of_persons_go_to_them_their_heads_and_those_above() {
    let book = book();
    assert_eq!(
        book.shown("head", Table::Letter),
        set("head insp boss safe work sites")
    );
    assert_eq!(book.shown("insp", Table::Letter), set("insp sites"));
    assert_eq!(book.shown("super", Table::Letter), set("super sites"));
    assert_eq!(
        book.shown("boss", Table::Letter),
        set("boss safe work sites")
    );
    assert_eq!(book.shown("work", Table::Letter), set("work sites"));
    assert_eq!(book.shown("shopboss", Table::Letter), set("shopboss"));
    // A letter's targets go where it goes; here no unit's letter has one.
    for name in ALL.split_whitespace() {
        let mut letters = book.shown(name, Table::Letter);
        letters.remove("sites");
        assert_eq!(book.shown(name, Table::Target), letters, "{name}");
    }
}

#[test]
fn a_person_without_a_post_gets_no_more_than_the_own_name() {
    let mut book = book();
    let fields = serde_json::json!({"name": "gone", "phone": "1"});
    book.put(Table::Person, person("gone"), fields);
    assert_eq!(book.shown("gone", Table::Person), set("gone"));
    assert!(book.shown("gone", Table::Unit).is_empty());
}

#[test]
fn a_new_post_sends_what_it_opens_and_takes_what_it_closes() {
    let mut book = book();
    let before = book.scope("safe");
    let mut retired = book
        .0
        .iter()
        .find(|row| word_of(&row.id) == "safesite")
        .unwrap()
        .clone();
    retired.revision = 900;
    retired.valid_to = Some(Timestamp(5));
    book.0.push(retired);
    book.post("safe", "shop", PostKind::SafetyOfficer);
    book.0.last_mut().unwrap().revision = 901;
    let after = book.scope("safe");
    let changed = before.change_to(&after, &book.0);
    let rows = book.0.iter();
    let gone: BTreeSet<String> = rows
        .filter(|row| changed.gone.contains(&row.revision))
        .map(|row| word_of(&row.id))
        .collect();
    assert!(
        gone.is_superset(&set("site town line boss work insp")),
        "{gone:?}"
    );
    assert!(
        !gone.contains("district") && !gone.contains("safe"),
        "{gone:?}"
    );
    let sent: BTreeSet<String> = changed.sent.iter().map(|row| word_of(&row.id)).collect();
    assert!(
        sent.is_superset(&set("shop west shopboss safeshop")),
        "{sent:?}"
    );
    assert_eq!(before.change_to(&before, &book.0), RowsChanged::default());
}

#[test]
fn a_number_that_may_be_seen_now_is_sent_again() {
    let mut book = book();
    let before = book.scope("work");
    book.post("work", "site", PostKind::SafetyOfficer);
    let after = book.scope("work");
    let changed = before.change_to(&after, &book.0);
    let sent: BTreeSet<String> = changed.sent.iter().map(|row| word_of(&row.id)).collect();
    assert_eq!(sent, set("boss safe"));
    assert!(
        changed
            .sent
            .iter()
            .all(|row| row.fields.get("phone").is_some())
    );
    assert!(changed.gone.is_empty());
}
