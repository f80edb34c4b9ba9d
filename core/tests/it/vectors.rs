//! Pinned bytes of a change and of a batch. They never change: hashes, stored logs and older devices
//! depend on each of them.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::change::{Change, History, Scalar};
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::batch::{Batch, PartOut, pack};

fn scene() -> (History, Vec<Change>) {
    let id: DocId = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b".parse().unwrap();
    let mut history = History::new(id, RecordKind::Finding);
    let (inspector, officer) = (
        ActorId::from_bytes([0xa1; 20]),
        ActorId::from_bytes([0xb2; 20]),
    );
    let time = |seconds: i64| Timestamp(1_796_097_600_000 + seconds * 1000);
    let text = |key: &str, value: &str| (key.to_owned(), Scalar::from(value));
    let mut log = Vec::new();
    let root = vec![
        ("id".to_owned(), Scalar::Bytes(id.as_bytes().to_vec())),
        text("v", "finding/1"),
        text("text", "灭火器过期"),
        ("due".to_owned(), Scalar::Null),
    ];
    log.push(history.compose(inspector, time(0), root).unwrap());
    history.append(&log[0]);
    // Two apart, and one that saw both.
    let numbers = vec![
        ("int".to_owned(), Scalar::Int(-300)),
        ("uint".to_owned(), Scalar::Uint(300)),
        ("yes".to_owned(), Scalar::Bool(true)),
        ("at".to_owned(), Scalar::Time(time(59).0)),
        text("text", "a"),
    ];
    let event = vec![
        text("ev/b2b2b2b2.1", r#"{"k":"commented"}"#),
        text("text", "b"),
    ];
    log.push(history.compose(inspector, time(60), numbers).unwrap());
    log.push(history.compose(officer, time(61), event).unwrap());
    log[1..]
        .iter()
        .for_each(|change| assert!(history.append(change).index() > 0));
    log.push(
        history
            .compose(officer, time(3600), vec![text("text", "c")])
            .unwrap(),
    );
    history.append(&log[3]);
    (history, log)
}

#[test]
fn changes_are_written_as_ever() {
    let expected = [
        "856f4a83e2c5c85a01710014a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1010180d489fea234\
             000006150f340142025608572870027c02696401760474657874036475650404017c87029601f601\
             000190a1b2c3d47e5f8a9b0c1d2e3f4a5b66696e64696e672f31e781ade781abe599a8e8bf87e69c\
             9f0400",
        "856f4a833d6e80aa01830101e2c5c85a60b34d2e7fa60821a0365c4199fc44ac4f7df280f8857e59\
             5fc7ef1114a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a10205e0a88dfea23400000815163401\
             42025606570b7004710273027b03696e740475696e740379657302617404746578740505017b2423\
             026916d47dac02f8a08dfea2346104007f017f007f03",
        "856f4a8304734e54019a0101e2c5c85a60b34d2e7fa60821a0365c4199fc44ac4f7df280f8857e59\
             5fc7ef1114b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b20105c8b08dfea234000114a1a1a1a1\
             a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a108151434014202560457127003710273027e0d65762f6232\
             6232623262322e3104746578740202017e9602167b226b223a22636f6d6d656e746564227d627e00\
             017f017f03",
        "856f4a8301d9da25019a010204734e54d26d04b78b48edd0e231f9af9dd1875df8042750b082947e\
             765939d13d6e80aa3e36fe20edc47d7abafc88a84be58bb1da0c6fe11445d80e598c543814b2b2b2\
             b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2020a80b1e5ffa234000114a1a1a1a1a1a1a1a1a1a1a1a1\
             a1a1a1a1a1a1a1a108150634014202560257017002710373037f0474657874017f017f16637f027e\
             00017e0603",
    ];
    let (_, log) = scene();
    for (change, expected) in log.iter().zip(expected) {
        assert_eq!(hex::encode(change.raw()), expected);
        assert_eq!(
            Change::read(&hex::decode(expected).unwrap()).as_ref(),
            Ok(change)
        );
    }
    assert_eq!(
        log[3].hash.to_string(),
        "01d9da25ac457e86c3a7081b03bc2c305f1e417558e5dbd29f88d9de5d5cd847"
    );
}

#[test]
fn batches_are_packed_as_ever() {
    let (history, log) = scene();
    let part = |changes, whole_hashes| PartOut {
        id: history.id(),
        kind: RecordKind::Finding,
        changes,
        whole_hashes,
    };
    let cases = [
        (
            part(&log[..], false),
            "0102a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2\
             b2b2011e1a1a0c41026964017604746578740364756503696e740475696e74037965730261740190\
             a1b2c3d47e5f8a9b0c1d2e3f4a5b0204c9265898509adb27220080d489fea2342de0d40310010301\
             e8070c020203b880d80101020304050607080300030307960166696e64696e672f31f601e781ade7\
             81abe599a8e8bf87e69c9f0024d47d23ac0202299878166196027b226b223a22636f6d6d656e7465\
             64227d16621663",
        ),
        (
            part(&log[2..], false),
            "0101b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b201051a22031704746578740190a1b2c3d47e\
             5f8a9b0c1d2e3f4a5b02026cc969514bba60c2100100e2c5c85a60b34d2e00c8b08dfea2340c0202\
             003d6e80aa3e36fe20b880d80100010196027b226b223a22636f6d6d656e746564227d16621663",
        ),
        (
            part(&log[2..], true),
            "0101b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b201051a52031704746578740190a1b2c3d47e\
             5f8a9b0c1d2e3f4a5b02026cc969514bba60c2100101e2c5c85a60b34d2e7fa60821a0365c4199fc\
             44ac4f7df280f8857e595fc7ef1100c8b08dfea2340c0202013d6e80aa3e36fe20edc47d7abafc88\
             a84be58bb1da0c6fe11445d80e598c5438b880d80100010196027b226b223a22636f6d6d656e7465\
             64227d16621663",
        ),
    ];
    for (part, expected) in cases {
        let batch = pack(std::slice::from_ref(&part));
        assert_eq!(hex::encode(&batch), expected);
        let mut receiver = history.clone();
        receiver.truncate(log.len() - part.changes.len());
        let mut read = Batch::read(&batch).unwrap();
        assert_eq!(read.rebuild(0, &mut receiver).as_deref(), Ok(part.changes));
    }
}
