//! Hand-made changes: what an honest person's change looks like, and bombs that must fizzle out.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::{Admission, Change, ChangeNo, History, Invalid, Scalar};
use xunan_core::code::Code;
use xunan_core::document::{Document, DocumentError};
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::wire::batch::{Batch, PartOut, pack};
use xunan_core::wire::limits;

use crate::forgery::{Forgery, chunk, leb, sleb};
use crate::world::{NOON, root_puts};

fn writer(n: u8) -> ActorId {
    ActorId::from_bytes([n; 20])
}

fn begun() -> (History, Change) {
    let mut history = History::new(DocId::from_bytes([7; 16]), RecordKind::Inspection);
    let root = history
        .compose(writer(1), NOON, root_puts(&history))
        .unwrap();
    history.append(&root);
    (history, root)
}

fn put(history: &History, n: u8, key: &str, value: &str) -> Change {
    history
        .compose(writer(n), NOON, vec![(key.to_owned(), value.into())])
        .unwrap()
}

#[test]
fn settling_a_conflict_names_all_of_it_and_keeps_the_settler() {
    let (mut history, _) = begun();
    let (ours, theirs) = (
        put(&history, 1, "a/k1/1", "ok"),
        put(&history, 2, "a/k1/1", "fail"),
    );
    history.append(&ours);
    history.append(&theirs);
    let conflict: Vec<Scalar> = history
        .visible("a/k1/1")
        .iter()
        .map(|write| write.value.clone())
        .collect();
    assert_eq!(
        conflict,
        vec!["fail".into(), "ok".into()],
        "the greater actor wins"
    );
    // The winning value once more: a put, with the settler's name and time.
    let settled = put(&history, 3, "a/k1/1", "fail");
    assert_eq!(settled.ops[0].pred.len(), 2);
    let no = history.append(&settled);
    let visible: Vec<ChangeNo> = history
        .visible("a/k1/1")
        .iter()
        .map(|write| write.change)
        .collect();
    assert_eq!(visible, vec![no]);
}

#[test]
fn a_change_has_to_say_something_and_says_it_once() {
    let (history, _) = begun();
    let compose = |puts| {
        history
            .compose(writer(1), NOON, puts)
            .map_err(|invalid: Invalid| invalid.code)
    };
    assert_eq!(compose(vec![]), Err(Code::ChangeOps));
    let twice = vec![("end".into(), "a".into()), ("end".into(), "b".into())];
    assert_eq!(compose(twice), Err(Code::ChangeKeys));
    assert_eq!(
        compose(vec![("v".into(), "inspection/1".into())]),
        Err(Code::ChangeKeys)
    );
    assert_eq!(
        compose(vec![("结论".into(), "a".into())]),
        Err(Code::ChangeOps)
    );
    assert_eq!(
        compose(vec![("ev/01010101.3".into(), "{}".into())]),
        Err(Code::ChangeEvent)
    );
    assert!(compose(vec![("ev/01010101.2".into(), "{}".into())]).is_ok());
    assert_eq!(history.next_event_id(writer(1)).to_string(), "01010101.2");
}

#[test]
fn an_event_is_put_once() {
    let (mut history, _) = begun();
    history.append(&put(&history, 1, "ev/01010101.2", "{}"));
    let again = history.compose(writer(1), NOON, vec![("ev/01010101.2".into(), "{}".into())]);
    assert_eq!(again.unwrap_err().code, Code::ChangeEvent);
}

#[test]
fn a_known_change_is_skipped_and_keeps_its_number() {
    let (mut history, root) = begun();
    assert_eq!(history.admit(&root), Ok(Admission::Known));
    assert_eq!(history.append(&root).index(), 0);
    assert_eq!((history.len(), history.op_count()), (1, 4));
}

#[test]
fn keys_are_found_by_their_beginning() {
    let (mut history, _) = begun();
    for key in ["a/k1/1", "a/k1/2", "a/k10/1", "b"] {
        history.append(&put(&history, 1, key, "ok"));
    }
    let found: Vec<&str> = history.keys_from("a/k1/").map(|(key, _)| key).collect();
    assert_eq!(found, vec!["a/k1/1", "a/k1/2"]);
    assert_eq!(history.keys().count(), 8);
}

#[test]
fn a_document_refuses_all_of_what_it_refuses_one_of() {
    let (history, root) = begun();
    let good = put(&history, 1, "end", "a");
    let elsewhere = History::new(DocId::from_bytes([8; 16]), RecordKind::Inspection);
    let foreign = elsewhere
        .compose(writer(2), NOON, root_puts(&elsewhere))
        .unwrap();
    let mut document = Document::new(history.id(), history.kind());
    let refused = document
        .apply(&[root.clone(), good.clone(), foreign])
        .unwrap_err();
    assert!(matches!(refused, DocumentError::Invalid(invalid) if invalid.rule == 10));
    assert!(document.history().is_empty());
    let held = document.apply(std::slice::from_ref(&good)).unwrap_err();
    assert_eq!(
        held,
        DocumentError::Held {
            missing: vec![root.hash]
        }
    );
    assert_eq!(document.apply(&[root, good]).map(|new| new.len()), Ok(2));
}

#[test]
fn a_snapshot_of_another_document_or_of_nothing_is_not_opened() {
    let (history, root) = begun();
    let mut document = Document::new(history.id(), history.kind());
    document.apply(&[root]).unwrap();
    let snapshot = document.snapshot().unwrap();
    let open = |id, snapshot: &[u8]| {
        Document::open(
            DocId::from_bytes([id; 16]),
            RecordKind::Inspection,
            Some(snapshot),
            [],
        )
        .map(|_| ())
    };
    assert_eq!(open(7, &snapshot), Ok(()));
    assert!(matches!(open(8, &snapshot), Err(DocumentError::Invalid(_))));
    assert_eq!(
        open(7, &snapshot[..snapshot.len() / 2]),
        Err(DocumentError::Snapshot)
    );
    assert_eq!(open(7, b"not a snapshot"), Err(DocumentError::Snapshot));
}

#[test]
fn every_cut_and_every_flipped_bit_is_noticed() {
    let (history, root) = begun();
    let answer = put(&history, 1, "a/k1/1", "ok");
    for change in [root, answer] {
        for end in 0..change.raw().len() {
            assert!(Change::read(&change.raw()[..end]).is_err(), "cut at {end}");
        }
        for bit in 0..change.raw().len() * 8 {
            let mut raw = change.raw().to_vec();
            raw[bit / 8] ^= 1 << (bit % 8);
            assert!(Change::read(&raw).is_err(), "bit {bit}");
        }
    }
}

fn number(number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    leb(&mut bytes, number);
    bytes
}

/// A column that is one run.
fn run(count: i64, value: &[u8]) -> Vec<u8> {
    let mut column = Vec::new();
    sleb(&mut column, count);
    [&column, value].concat()
}

/// A change that says to have so many puts of null under one key, with these columns after them.
fn puts_of_null(count: i64, key: &[u8], after: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let (history, _) = begun();
    let honest = Forgery::of(&put(&history, 1, "end", "a"));
    let mut columns = vec![
        (0x15, run(count, key)),
        (0x34, number(count.unsigned_abs())),
        (0x42, run(count, &[1])),
    ];
    columns.extend_from_slice(after);
    chunk(1, &honest.body_around(&columns))
}

/// Changes of a few bytes that ask for much: what, the rule that refuses, bytes.
fn change_bombs() -> Vec<(&'static str, u8, Vec<u8>)> {
    let nulls = |count| (0x56, run(count, &[0]));
    let no_preds = |count| (0x70, run(count, &[0]));
    let preds = |count: i64| {
        let counts = run(1, &number(count.unsigned_abs()));
        let columns = [
            nulls(1),
            (0x70, counts),
            (0x71, run(count, &[0])),
            (0x73, run(count, &[1])),
        ];
        puts_of_null(1, b"\x01a", &columns)
    };
    let huge = 20_000_000;
    let huge_key = [number(1 << 30), b"a".to_vec()].concat();
    let huge_value = (0x56, run(1, &number((1 << 40) << 4 | 6)));
    let no_run = (0x70, vec![0, 5]);
    let many_deps = chunk(1, &[number(u64::MAX), vec![0; 64]].concat());
    vec![
        (
            "20 million ops",
            4,
            puts_of_null(huge, b"\x01a", &[nulls(huge), no_preds(huge)]),
        ),
        (
            "runs beyond all numbers",
            4,
            puts_of_null(i64::MAX, b"\x01a", &[nulls(1)]),
        ),
        (
            "a key of a gigabyte",
            4,
            puts_of_null(1, &huge_key, &[nulls(1), no_preds(1)]),
        ),
        (
            "a value of a terabyte",
            5,
            puts_of_null(1, b"\x01a", &[huge_value, no_preds(1)]),
        ),
        ("a billion predecessors", 6, preds(1 << 30)),
        ("65 predecessors", 6, preds(65)),
        ("more deps than bytes", 2, many_deps),
        (
            "a run of nothing",
            6,
            puts_of_null(1, b"\x01a", &[nulls(1), no_run]),
        ),
    ]
}

#[test]
fn small_changes_that_ask_for_much_are_refused() {
    for (what, rule, raw) in change_bombs() {
        let refused = Change::read(&raw).unwrap_err();
        assert_eq!(refused.rule, rule, "{what}: {} bytes", raw.len());
    }
}

/// Batches that hold as much as the limits allow.
fn batch_bombs() -> Vec<Vec<u8>> {
    let (history, root) = begun();
    let roots = vec![root];
    let (id, kind) = (history.id(), history.kind());
    let part = PartOut {
        id,
        kind,
        changes: &roots,
        whole_hashes: false,
    };
    let parts = vec![part; limits::BATCH_CHANGES];
    let key = "k".repeat(96);
    let long = |n: usize| (format!("{}{n}", &key[..94]), Scalar::Null);
    let ops: Vec<(String, Scalar)> = (0..10).map(long).collect();
    let wide = vec![history.compose(writer(1), NOON, ops).unwrap(); limits::BATCH_CHANGES];
    let wide = PartOut {
        id,
        kind,
        changes: &wide,
        whole_hashes: false,
    };
    let mut keys = vec![1, 0, 0];
    leb(&mut keys, 2 * limits::BATCH_KEYS as u64);
    keys.extend([0, 0, 0, 0]);
    keys.extend([1, b'a'].repeat(limits::BATCH_KEYS));
    vec![pack(&parts), pack(&[wide]), keys]
}

/// Kilobytes that this process ever held.
#[cfg(target_os = "linux")]
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Run by the test below in a process of its own, where nothing else asks for memory.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "its parent runs it"]
fn memory_of_bombs() {
    let (changes, batches) = (change_bombs(), batch_bombs());
    let before = peak();
    for (what, _, raw) in changes {
        assert!(Change::read(&raw).is_err());
        assert!(peak() - before < 2_000, "{what}: {} KB", peak() - before);
    }
    for batch in batches {
        let before = peak();
        let read = Batch::read(&batch);
        let allowed = 24 * batch.len() / 1024 + 500;
        assert!(
            peak() - before < allowed,
            "{} of {allowed} KB",
            peak() - before
        );
        assert!(read.is_ok());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_input_asks_for_little_memory() {
    let this = std::env::current_exe().unwrap();
    let child = std::process::Command::new(this)
        .args([
            "--exact",
            "admit::memory_of_bombs",
            "--ignored",
            "--nocapture",
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout) + String::from_utf8_lossy(&child.stderr);
    assert!(
        child.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
