//! Records come into and leave a person's sight; storage belongs to one app at a time.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::Code;
use xunan_core::register::{Row, Table};
use xunan_device::host::Host;
use xunan_device::request::Request;

use super::world::{Phone, World, person, unit};

#[test]
fn a_record_that_left_ones_sight_goes_after_own_work_was_sent() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let mut zhou = world.joined("周监");
    let id = lin.begin();
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    world.call(&mut zhou, Request::GoOffline {}).unwrap();
    zhou.answer_item(id, "1", "fail");
    world.relay.hidden.insert((person("周监"), id));
    world.call(&mut zhou, Request::GoOnline {}).unwrap();
    world.sync(&mut zhou).unwrap();
    assert_eq!(zhou.count("SELECT count(*) FROM documents"), 0);
    world.sync(&mut lin).unwrap();
    assert_eq!(lin.values(id, "a/k1/1"), ["fail"], "nothing of it was lost");
    // It comes back whole.
    world.relay.hidden.clear();
    lin.answer_item(id, "2", "ok");
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    assert_eq!(zhou.values(id, "a/k1/1"), ["fail"]);
    assert_eq!(zhou.values(id, "a/k1/2"), ["ok"]);
}

#[test]
fn rows_that_left_ones_sight_are_forgotten_before_what_comes_instead() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let site = |name: &str| Request::Sites {
        query: name.to_owned(),
        near: None,
        limit: 5,
    };
    let found = |world: &mut World, lin: &mut Phone, name: &str| {
        let reply = world.call(lin, site(name)).unwrap();
        serde_json::to_value(reply).unwrap().to_string()
    };
    assert!(found(&mut world, &mut lin, "厂").contains("\"厂\""));
    // 厂 leaves, and comes back under another revision with another name.
    let is_site = |row: &&Row| row.id == unit("厂").to_string();
    let old = world.relay.rows.iter().find(is_site).unwrap().clone();
    let mut fields = old.fields.clone();
    fields["name"] = "新厂".into();
    fields["key"] = "新厂".into();
    world.relay.gone = vec![old.revision..=old.revision];
    world.row(Table::Unit, unit("新厂").to_string(), fields);
    world.sync(&mut lin).unwrap();
    assert!(found(&mut world, &mut lin, "厂").contains("\"新厂\""));
    assert!(!found(&mut world, &mut lin, "厂").contains("\"厂\""));
    let asked = format!(
        "SELECT count(*) FROM register_rows WHERE revision = {}",
        old.revision
    );
    assert_eq!(lin.count(&asked), 0);
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn a_second_process_is_told_that_the_storage_is_in_use() {
    let mut world = World::new();
    let lin = world.phone("林检");
    let connection = rusqlite::Connection::open(lin.database()).unwrap();
    let Err(error) = xunan_device::app::App::open(connection, no_host()) else {
        panic!("two writers")
    };
    assert_eq!(error.code(), Code::StoreInUse);
}

#[cfg(not(target_family = "wasm"))]
fn no_host() -> Host {
    use xunan_device::native::{FileBlobs, SystemRandom, WallClock};
    Host {
        clock: Box::new(WallClock),
        random: Box::new(SystemRandom),
        blobs: Box::new(FileBlobs::open(tempfile::tempdir().unwrap().path()).unwrap()),
        public_key: [0; 32],
        platform: String::new(),
    }
}
