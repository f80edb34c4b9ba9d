//! Small checks of writing and indexing; the large ones are in `tests/it`.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId as AutoActor, Automerge, ROOT, ReadDoc, ScalarValue};

use super::*;
use crate::id::{ActorId, DocId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;

const NOON: Timestamp = Timestamp(1_796_054_400_000);

fn root(doc: DocId) -> Vec<(String, Scalar)> {
    vec![
        ("id".into(), Scalar::Bytes(doc.as_bytes().to_vec())),
        ("v".into(), "finding/1".into()),
        ("text".into(), "灭火器过期".into()),
    ]
}

#[test]
fn our_bytes_are_automerges_bytes() {
    let (doc, actor) = (DocId::from_bytes([7; 16]), ActorId::from_bytes([9; 20]));
    let mut history = History::new(doc, RecordKind::Finding);
    let mut automerge = Automerge::new().with_actor(AutoActor::from(&[9; 20][..]));
    let edits = [
        root(doc),
        vec![("text".into(), "a".into()), ("due".into(), Scalar::Null)],
    ];
    for puts in edits {
        let mut tx = automerge.transaction();
        for (key, value) in &puts {
            let value = match value {
                Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
                Scalar::Text(text) => text.as_str().into(),
                _ => ScalarValue::Null,
            };
            tx.put(ROOT, key.as_str(), value).unwrap();
        }
        tx.commit_with(CommitOptions::default().with_time(NOON.0));
        let change = history.compose(actor, NOON, puts).unwrap();
        let theirs = automerge.get_last_local_change().unwrap();
        assert_eq!(hex::encode(change.raw()), hex::encode(theirs.raw_bytes()));
        assert_eq!(change.hash.as_bytes(), &theirs.hash().0);
        history.append(&change);
    }
    assert_eq!(
        automerge.get_all(ROOT, "text").unwrap().len(),
        history.visible("text").len()
    );
}

#[test]
fn a_truncated_history_is_the_shorter_one() {
    let doc = DocId::from_bytes([7; 16]);
    let mut history = History::new(doc, RecordKind::Finding);
    let mut stages = vec![format!("{history:?}")];
    for writer in 0..3 {
        let actor = ActorId::from_bytes([writer; 20]);
        let puts = if history.is_empty() {
            root(doc)
        } else {
            vec![("text".into(), "b".into())]
        };
        let change = history.compose(actor, NOON, puts).unwrap();
        history.append(&change);
        stages.push(format!("{history:?}"));
    }
    while let Some(stage) = stages.pop() {
        history.truncate(stages.len());
        assert_eq!(format!("{history:?}"), stage);
    }
}
