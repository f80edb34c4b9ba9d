//! The relay's store on a real SQLite file.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::json;
use xunan_core::id::{DeviceId, DocId, PersonId, Sha256};
use xunan_core::record::RecordKind;
use xunan_core::register::Table;

use super::*;

const NOW: Timestamp = Timestamp(1_796_054_400_000);

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), Begin::IfAbsent, NOW).unwrap();
    (dir, store)
}

fn setting(name: &str, value: i32) -> NewRow {
    NewRow {
        table: Table::Setting,
        id: name.into(),
        valid_to: None,
        fields: json!({ "value": value }),
    }
}

fn device(store: &Store) -> i64 {
    let enrolment = Enrolment {
        id: DeviceId::from_bytes([1; 16]),
        person: PersonId::from_bytes([2; 16]),
        public_key: [3; 32],
    };
    store
        .write(|edit| edit.add_device(&enrolment, NOW))
        .unwrap()
}

fn push(root: u8) -> PushRecord {
    PushRecord {
        n: 0,
        device: DeviceId::from_bytes([1; 16]),
        received: NOW,
        revision: 4,
        root: [root; 32],
        signature: [5; 64],
        leaves: vec![6; 48],
        held: false,
    }
}

fn doc(n: u8) -> DocId {
    DocId::from_bytes([n; 16])
}

fn subjects(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn stand(position: u64, words: &[&str]) -> Standpoint {
    Standpoint {
        position,
        subjects: subjects(words),
    }
}

#[test]
fn an_organisation_begins_once() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Store::open(dir.path(), Begin::Never, NOW),
        Err(StoreError::Absent(_))
    ));
    let first = *Store::open(dir.path(), Begin::IfAbsent, NOW)
        .unwrap()
        .identity();
    let again = *Store::open(dir.path(), Begin::Never, NOW)
        .unwrap()
        .identity();
    assert_eq!(first, again);
}

#[test]
fn a_file_of_a_newer_relay_is_left_alone() {
    let (dir, store) = store();
    drop(store);
    let sql = Connection::open(dir.path().join(FILE)).unwrap();
    sql.pragma_update(None, "user_version", 99).unwrap();
    drop(sql);
    let error = Store::open(dir.path(), Begin::Never, NOW).unwrap_err();
    assert_eq!(error.code(), Code::StoreNewer);
}

#[test]
fn rows_get_revisions_in_order_and_come_back_whole() {
    let (_dir, store) = store();
    let rows = [setting("recheck_days", 10), setting("escalate_days", 7)];
    let last = store.write(|edit| edit.append_rows(&rows, NOW)).unwrap();
    assert_eq!(last, 2);
    let read = store.read(|ask| ask.rows()).unwrap();
    assert_eq!(read.len(), 2);
    assert_eq!(read[1].revision, 2);
    assert_eq!(read[1].table, Table::Setting);
    assert_eq!(read[1].fields, json!({"value": 7}));
}

#[test]
fn a_transaction_that_fails_leaves_nothing() {
    let (_dir, store) = store();
    let outcome: Result<()> = store.write(|edit| {
        edit.append_rows(&[setting("recheck_days", 10)], NOW)?;
        Err(StoreError::Unreadable("on purpose"))
    });
    assert!(outcome.is_err());
    assert_eq!(store.read(|ask| ask.revision()).unwrap(), 0);
}

#[test]
fn the_log_keeps_bytes_and_order() {
    let (_dir, store) = store();
    device(&store);
    store
        .write(|edit| {
            let push = edit.add_push(&push(1))?;
            for (id, raw) in [(1, b"one"), (2, b"two"), (1, b"six")] {
                let n = edit.document(doc(id), RecordKind::Finding)?;
                edit.append(n, push, id == 2, raw)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let of_one = store.read(|ask| ask.changes_of(doc(1), None)).unwrap();
    let raws: Vec<_> = of_one.iter().map(|change| &change.raw[..]).collect();
    assert_eq!(raws, [b"one", b"six"]);
    assert_eq!(of_one[1].position, 3);
    assert_eq!(of_one[1].received, NOW);
    let mut seen = Vec::new();
    store
        .read(|ask| {
            ask.each_change(2..=3, |change| {
                seen.push((change.document, change.marked));
                Ok::<_, StoreError>(ControlFlow::Continue(()))
            })
        })
        .unwrap();
    assert_eq!(seen, [(doc(2), true), (doc(1), false)]);
    let known = store.read(|ask| ask.push_with_root(1, &[1; 32])).unwrap();
    assert_eq!(known.map(|push| push.revision), Some(4));
}

#[test]
fn sight_is_asked_of_any_position() {
    let (_dir, store) = store();
    device(&store);
    store
        .write(|edit| {
            let push = edit.add_push(&push(1))?;
            for (id, who) in [(1, ["u:a", "p:x"]), (2, ["u:b", "s:c"])] {
                let n = edit.document(doc(id), RecordKind::Finding)?;
                let position = edit.append(n, push, false, b"raw")?;
                edit.set_audience(doc(id), &subjects(&who), position)?;
            }
            // Position 3: the first record moves from unit a to unit b.
            let position = edit.next_position()?;
            let turned = edit.set_audience(doc(1), &subjects(&["u:b", "p:x"]), position)?;
            assert_eq!(turned, subjects(&["u:a", "u:b"]));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .read(|ask| {
            assert!(ask.sees(&stand(2, &["u:a"]), doc(1))?);
            assert!(!ask.sees(&stand(3, &["u:a"]), doc(1))?);
            assert!(!ask.sees(&stand(2, &["u:b"]), doc(1))?);

            let turns = |words: &[&str], from, to| {
                let (before, after) = (stand(from, words), stand(to, words));
                ask.turns(Some(&before), &after)
            };
            let (came, left) = turns(&["u:a"], 2, 3)?;
            assert!(came.is_empty());
            assert_eq!(left[0].document, doc(1));
            let (came, left) = turns(&["u:b"], 2, 3)?;
            assert_eq!(came[0].document, doc(1));
            assert!(left.is_empty());
            // Who sees it by name all along gets neither.
            assert_eq!(turns(&["u:a", "p:x"], 2, 3)?, (vec![], vec![]));

            // A first look: one's own first, though it is older.
            let everything = stand(3, &["u:b", "p:x"]);
            let (came, _) = ask.turns(None, &everything)?;
            let order: Vec<_> = came.iter().map(|sight| sight.document).collect();
            assert_eq!(order, [doc(1), doc(2)]);

            // A post that ended takes its records along, without any turn of theirs.
            let (before, after) = (stand(3, &["u:b", "s:c"]), stand(3, &["s:c"]));
            let (came, left) = ask.turns(Some(&before), &after)?;
            assert!(came.is_empty());
            assert_eq!(left[0].document, doc(1));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_session_ends_with_its_time_and_with_its_device() {
    let (_dir, store) = store();
    let n = device(&store);
    let id = DeviceId::from_bytes([1; 16]);
    store
        .write(|edit| edit.add_session(n, "token", NOW, NOW.plus(1000)))
        .unwrap();
    let holds = |at| {
        store
            .read(|ask| ask.session("token", at))
            .unwrap()
            .is_some()
    };
    assert!(holds(NOW));
    assert!(!holds(NOW.plus(1000)));
    store.write(|edit| edit.revoke_device(id, NOW)).unwrap();
    assert!(!holds(NOW));
    let revoked = store.read(|ask| ask.device(id)).unwrap().unwrap().revoked;
    assert_eq!(revoked, Some(NOW));
}

#[test]
fn a_blob_is_seen_through_a_record_that_names_it() {
    let (_dir, store) = store();
    device(&store);
    let hash = Sha256::from_bytes([8; 32]);
    store
        .write(|edit| {
            let push = edit.add_push(&push(1))?;
            let n = edit.document(doc(1), RecordKind::Finding)?;
            let position = edit.append(n, push, false, b"raw")?;
            edit.set_audience(doc(1), &subjects(&["u:a"]), position)?;
            edit.name_blob(hash, doc(1))
        })
        .unwrap();
    let sees = |words: &[&str]| {
        store
            .read(|ask| ask.sees_blob(&stand(1, words), hash))
            .unwrap()
    };
    assert!(sees(&["u:a", "p:x"]));
    assert!(!sees(&["u:b", "p:x"]));
}

#[test]
fn a_backup_is_a_whole_relay() {
    let (dir, store) = store();
    store
        .write(|edit| edit.append_rows(&[setting("recheck_days", 12)], NOW))
        .unwrap();
    let copy = dir.path().join("copy").join(FILE);
    std::fs::create_dir(copy.parent().unwrap()).unwrap();
    store.back_up(&copy).unwrap();
    let copied = Store::open(copy.parent().unwrap(), Begin::Never, NOW).unwrap();
    assert_eq!(copied.read(|ask| ask.revision()).unwrap(), 1);
    assert_eq!(copied.identity(), store.identity());
    assert_eq!(copied.file_faults().unwrap(), None);
}

/// The questions asked most go by an index: none of them walks a table whose size is the district's.
#[test]
fn hot_questions_walk_no_table() {
    let (dir, store) = store();
    drop(store);
    let sql = Connection::open(dir.path().join(FILE)).unwrap();
    let plan = |question: &str| -> String {
        let mut ask = sql
            .prepare(&format!("EXPLAIN QUERY PLAN {question}"))
            .unwrap();
        let parameters = ask.parameter_count();
        let values = vec![rusqlite::types::Value::Null; parameters];
        let steps = ask
            .query_map(rusqlite::params_from_iter(values), |row| {
                row.get::<_, String>(3)
            })
            .unwrap();
        steps.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    };
    for question in [audience::TOUCHED, audience::SEES, audience::SEEN] {
        let steps = plan(question);
        for table in ["audience", "documents", "a", "d"] {
            let walked = steps.lines().any(|step| step == format!("SCAN {table}"));
            assert!(!walked, "{question}\n{steps}");
        }
    }
}
