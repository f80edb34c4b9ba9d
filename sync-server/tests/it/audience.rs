//! Who sees what, over HTTP.

use serde_json::json;
use xunan_core::id::{RowId, UnitId};
use xunan_core::record::{Event, FindingAct, RecordKind};
use xunan_core::register::{Post, PostKind, Row, Table};
use xunan_core::testing::day;
use xunan_relay::store::NewRow;

use crate::phone::{Phone, World, doc};

fn ordered(world: &World) -> Event<FindingAct> {
    let act = FindingAct::Ordered {
        due: day(15),
        who: world.cast.person("李娜"),
        ground: "安全生产法".to_owned(),
    };
    world.cast.official("东关", ["周敏", "李强"], act)
}

async fn reported(world: &World) -> Phone {
    let mut zhou = world.phone("周敏").await;
    zhou.report(doc(1), world.cast.unit("宏达"));
    zhou.sync().await;
    zhou
}

#[tokio::test]
async fn an_enterprise_sees_a_finding_only_once_it_is_served() {
    let world = World::new().await;
    let mut principal = world.phone("张伟").await;
    principal.sync().await;
    let mut zhou = reported(&world).await;
    principal.sync().await;
    assert!(!principal.has(doc(1)));

    zhou.act(doc(1), &ordered(&world));
    assert_eq!(zhou.sync().await.verdicts, []);
    let answer = principal.sync().await;
    assert_eq!(answer.news.unwrap().arrivals, [0], "the whole record");
    assert_eq!(
        principal.histories[&doc(1)].heads(),
        zhou.histories[&doc(1)].heads()
    );
}

#[tokio::test]
async fn a_unit_that_oversees_nothing_there_learns_nothing() {
    let world = World::new().await;
    let mut zheng = world.phone("郑检").await;
    zheng.sync().await;
    reported(&world).await;
    let answer = zheng.sync().await;
    assert_eq!(answer.news, None);
    assert!(answer.departures.is_empty());
}

#[tokio::test]
async fn a_worker_sees_a_finding_when_it_becomes_their_task() {
    let world = World::new().await;
    let mut worker = world.phone("陈工").await;
    let mut principal = world.phone("李娜").await;
    worker.sync().await;
    let mut zhou = reported(&world).await;
    zhou.act(doc(1), &ordered(&world));
    zhou.sync().await;
    worker.sync().await;
    assert!(!worker.has(doc(1)));

    principal.sync().await;
    let who = world.cast.person("陈工");
    principal.act(doc(1), &Event::new(FindingAct::Assigned { who }));
    assert_eq!(principal.sync().await.verdicts, []);
    worker.sync().await;
    assert_eq!(worker.histories[&doc(1)].len(), 3);
}

#[tokio::test]
async fn a_new_post_brings_records_and_its_end_takes_them() {
    let world = World::new().await;
    let mut zheng = world.phone("郑检").await;
    zheng.sync().await;
    reported(&world).await;
    zheng.sync().await;
    assert!(!zheng.has(doc(1)));

    let post = Post {
        person: world.cast.person("郑检"),
        unit: world.cast.unit("东关"),
        kind: PostKind::Inspector,
        title: String::new(),
        duties: String::new(),
    };
    let row = |valid_to| NewRow {
        table: Table::Post,
        id: RowId::from_bytes([99; 16]).to_string(),
        valid_to,
        fields: json!(post),
    };
    world.write_rows(&[row(None)]);
    zheng.sync().await;
    assert!(zheng.has(doc(1)));

    world.write_rows(&[row(Some(world.now()))]);
    let answer = zheng.sync().await;
    assert_eq!(answer.departures, [doc(1)]);
    assert!(!zheng.has(doc(1)));
}

#[tokio::test]
async fn a_site_that_moves_takes_its_records_along() {
    let world = World::new().await;
    let mut zheng = world.phone("郑检").await;
    zheng.sync().await;
    reported(&world).await;
    let id = world.cast.unit("宏达");
    let mut moved = world.cast.register().unit(id).unwrap().clone();
    moved.parent = Some(world.cast.unit("西关"));
    world.write_rows(&[NewRow {
        table: Table::Unit,
        id: id.to_string(),
        valid_to: None,
        fields: json!(moved),
    }]);
    zheng.sync().await;
    assert!(zheng.has(doc(1)), "its township oversees the site now");
}

#[tokio::test]
async fn who_joins_an_inspection_brings_its_unit_to_the_findings() {
    let world = World::new().await;
    let mut zheng = world.phone("郑检").await;
    let mut zhou = world.phone("周敏").await;
    let site = world.cast.unit("宏达");
    let leader = format!("team/{}", world.cast.person("周敏"));
    let more = [("kind", "routine"), (leader.as_str(), "leader")];
    zhou.begin(doc(1), RecordKind::Inspection, site, &more);
    let from = doc(1).to_string();
    let more = [
        ("origin", "official"),
        ("text", "杂物"),
        ("level", "general"),
        ("from", from.as_str()),
    ];
    zhou.begin(doc(2), RecordKind::Finding, site, &more);
    assert_eq!(zhou.sync().await.verdicts, []);
    zheng.sync().await;
    assert!(!zheng.has(doc(2)));
    let key = format!("team/{}", world.cast.person("郑检"));
    zhou.put(
        doc(1),
        RecordKind::Inspection,
        &[(&key, crate::phone::text("member"))],
    );
    assert_eq!(zhou.sync().await.verdicts, []);
    zheng.sync().await;
    assert!(zheng.has(doc(1)));
    assert!(zheng.has(doc(2)));
}

#[tokio::test]
async fn the_register_comes_as_far_as_one_may_see_it() {
    let world = World::new().await;
    let (mut zhou, mut chen) = (world.phone("周敏").await, world.phone("陈工").await);
    zhou.sync().await;
    chen.sync().await;
    let units = |phone: &Phone| {
        let of_table = |row: &&Row| row.table == Table::Unit;
        phone.rows.iter().filter(of_table).count()
    };
    assert_eq!(units(&zhou), 5);
    assert!(units(&chen) < 5, "the other township is not the worker's");
    // Nothing comes twice.
    let answer = chen.sync().await;
    assert_eq!(answer.rows, []);
}

/// By table, id and revision.
fn sorted(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.revision);
    rows
}

#[tokio::test]
async fn who_goes_to_another_enterprise_keeps_nothing_of_the_old_one() {
    let world = World::new().await;
    let mut li = world.phone("李娜").await;
    li.sync().await;
    let names = |phone: &Phone, table: Table| -> Vec<String> {
        let rows = phone.rows.iter().filter(|row| row.table == table);
        rows.filter_map(|row| Some(row.fields["name"].as_str()?.to_owned()))
            .collect()
    };
    assert!(names(&li, Table::Person).contains(&"张伟".to_owned()));

    let of = |table, id: String, valid_to, fields| NewRow {
        table,
        id,
        valid_to,
        fields,
    };
    let shop = UnitId::from_bytes([98; 16]);
    let in_west = json!({
        "name": "新厂", "key": "新厂", "level": "enterprise", "parent": world.cast.unit("西关"),
    });
    let (register, person) = (world.cast.register(), world.cast.person("李娜"));
    let mut posts = register.post_versions();
    let (old, post) = posts
        .find_map(|(id, versions)| {
            let post = versions.current().filter(|post| post.person == person)?;
            Some((id, post.clone()))
        })
        .unwrap();
    let new = json!(Post {
        unit: shop,
        ..post.clone()
    });
    let new_id = RowId::from_bytes([97; 16]).to_string();
    world.write_rows(&[
        of(Table::Unit, shop.to_string(), None, in_west),
        of(Table::Post, old.to_string(), Some(world.now()), json!(post)),
        of(Table::Post, new_id, None, new),
    ]);
    li.sync().await;
    assert!(names(&li, Table::Unit).contains(&"新厂".to_owned()));
    assert!(!names(&li, Table::Person).contains(&"张伟".to_owned()));
    // It holds what a device that has just come holds.
    world.pass(1);
    let mut fresh = world.phone("李娜").await;
    fresh.sync().await;
    li.sync().await;
    assert_eq!(sorted(&li.rows), sorted(&fresh.rows));
}

#[tokio::test]
async fn who_supervises_learns_when_devices_last_synced() {
    let world = World::new().await;
    let (mut zhou, mut wu) = (world.phone("周敏").await, world.phone("吴主任").await);
    zhou.sync().await;
    wu.sync().await;
    world.pass(11 * 60 * 1000);
    zhou.sync().await;
    let answer = wu.sync().await;
    assert_eq!(answer.last_syncs, [(zhou.enrolled.device, world.now())]);
    assert!(zhou.sync().await.last_syncs.is_empty(), "no leader");
}
