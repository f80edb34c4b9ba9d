//! The headers of sync, written and read.

use proptest::prelude::*;

use super::*;
use crate::code::Code;
use crate::id::{ChangeHash, DeviceId, DocId, Epoch};
use crate::register::{Row, Table};
use crate::timestamp::Timestamp;

fn request() -> SyncRequest {
    SyncRequest {
        app: "xunan/0.1.0 linux".into(),
        cursor: Some(Cursor(vec![7; 12])),
        revision: 1_234,
        clock: Timestamp(1_796_054_400_000),
        wait: 50,
        size: ANSWER_BYTES,
        whole: Vec::new(),
        push: None,
    }
}

fn answer() -> SyncAnswer {
    SyncAnswer::nothing(
        Timestamp(1_796_054_400_000),
        Epoch::from_bytes([9; 8]),
        1_234,
        Cursor(vec![7; 12]),
    )
}

fn full_answer() -> SyncAnswer {
    let refused = Outcome::Refused {
        code: Code::PermitNoPower,
        rule: 13,
        key: Some("ev/0a0b0c0d.3".into()),
        details: [("units".to_owned(), "东关街道应急办".to_owned())].into(),
    };
    let missing = vec![ChangeHash::from_bytes([3; 32])];
    let outcomes = [
        refused,
        Outcome::Descends,
        Outcome::Held { missing },
        Outcome::Fork,
        Outcome::Unclear,
    ];
    SyncAnswer {
        receipt: Some(Timestamp(-5)),
        verdicts: outcomes
            .into_iter()
            .zip(0..)
            .map(|(outcome, part)| Verdict {
                part,
                position: 300,
                outcome,
            })
            .collect(),
        rows: vec![Row {
            table: Table::Setting,
            id: "recheck_days".into(),
            revision: 3,
            valid_from: Timestamp(1),
            valid_to: None,
            fields: serde_json::json!({"value": 10}),
        }],
        gone: vec![4..=4, 9..=30_000],
        news: Some(News {
            batch: vec![1; 300],
            seals: vec![Seal {
                received: Timestamp(1_796_054_400_000),
                device: DeviceId::from_bytes([1; 16]),
                root: [2; 32],
                signature: [3; 64],
            }],
            runs: vec![vec![
                Run {
                    changes: 2,
                    seal: 0,
                },
                Run {
                    changes: 1,
                    seal: 0,
                },
            ]],
            arrivals: vec![0],
        }),
        departures: vec![DocId::from_bytes([4; 16])],
        more: true,
        token: Some("t".repeat(64)),
        last_syncs: vec![(DeviceId::from_bytes([5; 16]), Timestamp(17))],
        ..answer()
    }
}

#[test]
fn what_is_sent_is_what_is_read() {
    let bare = request();
    assert_eq!(SyncRequest::decode(&bare.encode()), Ok(bare));
    let pushing = SyncRequest {
        cursor: None,
        whole: vec![DocId::from_bytes([1; 16]); 100],
        push: Some(Push {
            batch: vec![5; 1000],
            signature: [6; 64],
        }),
        ..request()
    };
    assert_eq!(SyncRequest::decode(&pushing.encode()), Ok(pushing));
    assert_eq!(SyncAnswer::decode(&answer().encode()), Ok(answer()));
    assert_eq!(
        SyncAnswer::decode(&full_answer().encode()),
        Ok(full_answer())
    );
}

#[test]
fn nothing_new_is_small_both_ways() {
    assert!(request().encode().len() <= 120);
    assert!(answer().encode().len() <= 120);
}

#[test]
fn another_version_is_told_as_such() {
    let mut bytes = request().encode();
    bytes[0] = 2;
    let error = SyncRequest::decode(&bytes).unwrap_err();
    assert_eq!(error, WireError::Version(2));
    assert_eq!(error.code(), Code::WireVersion);
}

#[test]
fn a_code_without_a_word_here_is_still_a_refusal() {
    let mut sent = full_answer();
    sent.verdicts.truncate(1);
    let word = Code::PermitNoPower.as_str().as_bytes();
    let mut bytes = sent.encode();
    let at = bytes.windows(word.len()).position(|w| w == word).unwrap();
    bytes[at..at + word.len()].fill(b'x');
    let read = SyncAnswer::decode(&bytes).unwrap();
    let [verdict] = &read.verdicts[..] else {
        panic!("one verdict")
    };
    assert!(matches!(
        verdict.outcome,
        Outcome::Refused {
            code: Code::Internal,
            ..
        }
    ));
}

#[test]
fn more_records_than_may_be_asked_for_are_refused() {
    let greedy = SyncRequest {
        whole: vec![DocId::from_bytes([1; 16]); 101],
        ..request()
    };
    assert_eq!(
        SyncRequest::decode(&greedy.encode()),
        Err(WireError::TooLarge)
    );
}

#[test]
fn a_run_of_a_seal_that_is_not_there_is_refused() {
    let mut sent = full_answer();
    if let Some(news) = &mut sent.news {
        news.seals.clear();
    }
    assert_eq!(
        SyncAnswer::decode(&sent.encode()),
        Err(WireError::Malformed)
    );
}

proptest! {
    #[test]
    fn foreign_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = SyncRequest::decode(&bytes);
        let _ = SyncAnswer::decode(&bytes);
    }

    #[test]
    fn a_message_cut_or_bent_never_panics(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut bytes = full_answer().encode();
        bytes.truncate(cut.index(bytes.len()) + 1);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        let _ = SyncAnswer::decode(&bytes);
        let mut bytes = request().encode();
        let at = at % bytes.len();
        bytes[at] ^= 1_u8 << bit;
        let _ = SyncRequest::decode(&bytes);
    }
}
