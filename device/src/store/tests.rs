//! The store on a real SQLite file.

use std::collections::BTreeMap;

use rusqlite::Connection;
use xunan_core::code::Code;
use xunan_core::id::{ActorId, DeviceId, DocId, Sha256};
use xunan_core::record::RecordKind;
use xunan_core::register::{Row, Table};
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Seal;

use super::refused::RefusedCommand;
use super::*;

fn store() -> Store {
    Store::open(Connection::open_in_memory().unwrap()).unwrap()
}

#[test]
fn a_storage_of_a_newer_app_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    drop(Store::open(Connection::open(&path).unwrap()).unwrap());
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let error = Store::open(Connection::open(&path).unwrap()).err().unwrap();
    assert_eq!(
        (error.code(), error.retry()),
        (Code::StoreNewer, Retry::AfterUpdate)
    );
}

#[test]
fn one_writer_at_a_time_and_the_next_after_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.db");
    let first = Store::open(Connection::open(&path).unwrap()).unwrap();
    let second = Store::open(Connection::open(&path).unwrap());
    assert_eq!(second.err().unwrap().code(), Code::StoreInUse);
    drop(first);
    Store::open(Connection::open(&path).unwrap()).unwrap();
}

#[test]
fn a_transaction_is_kept_whole_or_not_at_all() {
    let mut store = store();
    let id = DocId::from_bytes([1; 16]);
    let failed = store.write(Durable::Full, |tx| {
        documents::create(tx, id, RecordKind::Finding)?;
        Err::<(), _>(StoreError::Unreadable { table: "none" })
    });
    assert!(failed.is_err());
    assert_eq!(documents::find(store.connection(), id).unwrap(), None);
    for (durable, level) in [(Durable::Full, 2_i64), (Durable::Normal, 1)] {
        store
            .write(durable, |tx| {
                let found: i64 = tx.pragma_query_value(None, "synchronous", |row| row.get(0))?;
                assert_eq!(found, level);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn a_row_of_the_register_takes_the_place_of_its_revision() {
    let mut store = store();
    let row = |revision, name: &str| Row {
        table: Table::Unit,
        id: "u".to_owned(),
        revision,
        valid_from: Timestamp(5),
        valid_to: (revision == 2).then_some(Timestamp(9)),
        fields: serde_json::json!({ "name": name }),
    };
    let put = |store: &mut Store, rows: &[Row]| {
        store
            .write(Durable::Normal, |tx| register::put(tx, rows))
            .unwrap();
    };
    put(&mut store, &[row(1, "a"), row(2, "b")]);
    put(&mut store, &[row(2, "c")]);
    assert_eq!(
        register::all(store.connection()).unwrap(),
        [row(1, "a"), row(2, "c")]
    );
    store
        .write(Durable::Normal, |tx| {
            register::forget(tx, &[2..=2, 5..=u64::MAX])
        })
        .unwrap();
    assert_eq!(register::all(store.connection()).unwrap(), [row(1, "a")]);
}

#[test]
fn a_receipt_covers_the_changes_up_to_its_seq_and_above_the_one_before() {
    let mut store = store();
    let id = DocId::from_bytes([1; 16]);
    let actor = ActorId::from_bytes([3; 20]);
    let seal = |n: u8| Seal {
        received: Timestamp(1_800_000_000_000 + i64::from(n)),
        device: DeviceId::from_bytes([n; 16]),
        root: [n; 32],
        signature: [n; 64],
    };
    let mut document = xunan_core::document::Document::new(id, RecordKind::Finding);
    for n in 1..=4 {
        let puts = vec![("text".to_owned(), format!("{n}").as_str().into())];
        let puts = if n == 1 { root(id, puts) } else { puts };
        let change = document
            .history()
            .compose(actor, Timestamp(1_700_000_000_000), puts);
        document.apply(&[change.unwrap()]).unwrap();
    }
    store
        .write(Durable::Normal, |tx| {
            let doc = documents::create(tx, id, RecordKind::Finding)?;
            // The later one is heard of first.
            for (n, seq) in [(2, 3), (1, 1)] {
                let push = receipts::push(tx, &seal(n))?;
                receipts::note(tx, doc, (&actor, seq), push)?;
            }
            receipts::apply(tx, doc, &mut document)
        })
        .unwrap();
    let received = document
        .history()
        .entries()
        .map(|(_, entry)| entry.received);
    let at = |n: u8| Some(seal(n).received);
    assert_eq!(received.collect::<Vec<_>>(), [at(1), at(2), at(2), None]);
}

fn root(
    id: DocId,
    puts: Vec<(String, xunan_core::change::Scalar)>,
) -> Vec<(String, xunan_core::change::Scalar)> {
    let names = [
        (
            "id".to_owned(),
            xunan_core::change::Scalar::Bytes(id.as_bytes().to_vec()),
        ),
        ("v".to_owned(), RecordKind::Finding.version().into()),
    ];
    names.into_iter().chain(puts).collect()
}

#[test]
fn a_blob_is_sent_once_a_change_names_it_and_never_twice() {
    let mut store = store();
    let hash = Sha256::from_bytes([0xab; 32]);
    let now = Timestamp(1_800_000_000_000);
    let unsent = |store: &Store| blobs::next_unsent(store.connection(), now).unwrap();
    let name = |store: &mut Store, text: &str| {
        store
            .write(Durable::Full, |tx| blobs::named(tx, [text].into_iter()))
            .unwrap();
    };
    store
        .write(Durable::Full, |tx| {
            blobs::add_own(tx, &hash, 7, blobs::Rank::Small, now)
        })
        .unwrap();
    assert_eq!(unsent(&store), None);
    name(&mut store, &format!("{{\"x\":\"{hash}0\"}}"));
    assert_eq!(unsent(&store), None, "a longer run of digits isn't a hash");
    name(&mut store, &format!("p/k1/2/{hash}"));
    assert_eq!(unsent(&store).map(|blob| blob.hash), Some(hash));
    store
        .write(Durable::Normal, |tx| blobs::postpone(tx, &hash, now))
        .unwrap();
    assert_eq!(unsent(&store), None);
    assert_eq!(
        blobs::next_again(store.connection()).unwrap(),
        Some(now.plus(60_000))
    );
    store
        .write(Durable::Normal, |tx| blobs::sent(tx, &hash))
        .unwrap();
    name(&mut store, &format!("p/k1/3/{hash}"));
    assert!(
        blobs::next_unsent(store.connection(), Timestamp(i64::MAX))
            .unwrap()
            .is_none()
    );
}

#[test]
fn what_was_refused_comes_back_as_it_was_kept() {
    let mut store = store();
    let mut refused = RefusedCommand {
        id: 0,
        doc: DocId::from_bytes([1; 16]),
        kind: RecordKind::Inspection,
        code: Code::PermitNoPower,
        details: BTreeMap::from([("units".to_owned(), "u".to_owned())]),
        puts: draft::Puts {
            values: vec![("a/k1/1".to_owned(), "ok".into())],
            event: Some("{}".to_owned()),
        },
        command: "{}".to_owned(),
        written: Timestamp(1),
        refused: Timestamp(2),
        beside: 3,
        resolved: None,
    };
    refused.id = store
        .write(Durable::Full, |tx| refused::add(tx, &refused))
        .unwrap();
    assert_eq!(
        refused::get(store.connection(), refused.id)
            .unwrap()
            .unwrap(),
        refused
    );
    assert_eq!(refused::count(store.connection()).unwrap(), 1);
    store
        .write(Durable::Full, |tx| {
            refused::resolve(tx, refused.id, "\"x\"")
        })
        .unwrap();
    assert_eq!(refused::count(store.connection()).unwrap(), 0);
    assert_eq!(
        refused::all(store.connection()).unwrap()[0]
            .resolved
            .as_deref(),
        Some("\"x\"")
    );
}
