//! What `verify` finds.

use xunan_core::record::RecordKind;
use xunan_relay::store::Store;
use xunan_relay::verify::{VerifyError, verify};

use crate::phone::{World, doc, text};

/// A relay with some records, one change refused among them.
async fn worked(world: &World) {
    let (mut zhou, mut zheng) = (world.phone("周敏").await, world.phone("郑检").await);
    for n in 1..4 {
        zhou.report(doc(n), world.cast.unit("宏达"));
        zhou.put(doc(n), RecordKind::Finding, &[("where", text("东侧"))]);
    }
    zhou.sync().await;
    zheng.report(doc(9), world.cast.unit("宏达"));
    zheng.sync().await;
}

/// Changes bytes in the database behind the relay's back.
fn bend(world: &World, sql: &str) {
    let file = world.dir.path().join("relay.sqlite");
    let database = rusqlite::Connection::open(file).unwrap();
    assert_eq!(database.execute(sql, []).unwrap(), 1);
}

fn outcome(store: &Store) -> Option<VerifyError> {
    verify(store).err()
}

#[tokio::test]
async fn a_sound_log_is_sound() {
    let world = World::new().await;
    worked(&world).await;
    let verified = verify(world.relay.store()).unwrap();
    assert_eq!(
        (verified.changes, verified.records, verified.pushes),
        (6, 3, 2)
    );
}

#[tokio::test]
async fn a_flipped_byte_is_found() {
    let world = World::new().await;
    worked(&world).await;
    let flip = "UPDATE log SET raw = cast(substr(raw, 1, 40) || x'ff' || substr(raw, 42) AS BLOB)
                WHERE position = 3";
    bend(&world, flip);
    assert!(matches!(
        outcome(world.relay.store()),
        Some(VerifyError::Change {
            position: 3,
            rule: 1,
            ..
        })
    ));
}

#[tokio::test]
async fn a_lost_change_and_one_in_another_push_are_found() {
    let world = World::new().await;
    worked(&world).await;
    bend(&world, "DELETE FROM log WHERE position = 1");
    assert!(matches!(
        outcome(world.relay.store()),
        Some(VerifyError::Order { position: 2, .. })
    ));
}

#[tokio::test]
async fn a_signature_that_is_not_the_devices_is_found() {
    let world = World::new().await;
    worked(&world).await;
    bend(
        &world,
        "UPDATE pushes SET signature = zeroblob(64) WHERE n = 1",
    );
    assert!(matches!(
        outcome(world.relay.store()),
        Some(VerifyError::Signature { push: 1, .. })
    ));
}

#[tokio::test]
async fn a_change_that_its_push_does_not_cover_is_found() {
    let world = World::new().await;
    worked(&world).await;
    // The last change of a record is moved to the other push of the log.
    bend(&world, "UPDATE log SET push = 2 WHERE position = 6");
    let found = outcome(world.relay.store());
    assert!(found.is_some());
}

#[tokio::test]
async fn an_audience_that_was_tampered_with_is_found() {
    let world = World::new().await;
    worked(&world).await;
    bend(
        &world,
        "DELETE FROM audience WHERE (document, subject) =
             (SELECT document, subject FROM audience WHERE until IS NULL LIMIT 1)",
    );
    assert!(matches!(
        outcome(world.relay.store()),
        Some(VerifyError::Audience(_))
    ));
}
