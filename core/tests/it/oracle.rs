//! Automerge as the judge of what our own index says.

use automerge::{ActorId as Actor, Automerge, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use xunan_core::change::{Change, History, OpId, Scalar, Write};
use xunan_core::id::{ActorId, ChangeHash};

/// An op's name and its value, as both sides can say them.
pub(crate) type Seen = (OpId, Scalar);

pub(crate) fn automerge_of<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Automerge {
    let mut automerge = Automerge::new();
    let parsed: Vec<automerge::Change> = changes
        .into_iter()
        .map(|change| automerge::Change::from_bytes(change.raw().to_vec()).unwrap())
        .collect();
    automerge.apply_changes(parsed).unwrap();
    automerge
}

pub(crate) fn actor(id: ActorId) -> Actor {
    Actor::from(&id.as_bytes()[..])
}

pub(crate) fn scalar_value(value: &Scalar) -> ScalarValue {
    match value {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(yes) => ScalarValue::Boolean(*yes),
        Scalar::Int(number) => ScalarValue::Int(*number),
        Scalar::Uint(number) => ScalarValue::Uint(*number),
        Scalar::Time(millis) => ScalarValue::Timestamp(*millis),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    }
}

fn scalar(value: &Value<'_>) -> Scalar {
    match value.as_scalar().expect("records hold scalars") {
        ScalarValue::Null => Scalar::Null,
        ScalarValue::Boolean(yes) => Scalar::Bool(*yes),
        ScalarValue::Int(number) => Scalar::Int(*number),
        ScalarValue::Uint(number) => Scalar::Uint(*number),
        ScalarValue::Timestamp(millis) => Scalar::Time(*millis),
        ScalarValue::Str(text) => Scalar::Text(text.to_string()),
        ScalarValue::Bytes(bytes) => Scalar::Bytes(bytes.clone()),
        other => panic!("not of our alphabet: {other:?}"),
    }
}

fn op_id(id: &ObjId) -> OpId {
    let ObjId::Id(counter, actor, _) = id else {
        panic!("an op has a name")
    };
    OpId {
        counter: u32::try_from(*counter).unwrap(),
        actor: ActorId::from_bytes(actor.to_bytes().try_into().unwrap()),
    }
}

/// What Automerge sees under a key, its winner first.
pub(crate) fn automerge_sees(
    automerge: &Automerge,
    key: &str,
    at: Option<ChangeHash>,
) -> Vec<Seen> {
    let heads = at.map(|hash| [automerge::ChangeHash(*hash.as_bytes())]);
    let (winner, all) = match &heads {
        None => (automerge.get(ROOT, key), automerge.get_all(ROOT, key)),
        Some(heads) => (
            automerge.get_at(ROOT, key, heads),
            automerge.get_all_at(ROOT, key, heads),
        ),
    };
    let mut seen: Vec<Seen> = all
        .unwrap()
        .iter()
        .map(|(value, id)| (op_id(id), scalar(value)))
        .collect();
    let winner = winner.unwrap().map(|(_, id)| op_id(&id));
    seen.sort_by_key(|(id, _)| (Some(*id) != winner, std::cmp::Reverse(*id)));
    seen
}

pub(crate) fn seen(writes: Vec<&Write>) -> Vec<Seen> {
    writes
        .into_iter()
        .map(|write| (write.id, write.value.clone()))
        .collect()
}

/// Index and Automerge show the same under every key.
pub(crate) fn assert_same(history: &History, automerge: &Automerge) {
    let keys: Vec<&str> = history.keys().map(|(key, _)| key).collect();
    assert_eq!(keys, automerge.keys(ROOT).collect::<Vec<_>>());
    for key in keys {
        assert_eq!(
            seen(history.visible(key)),
            automerge_sees(automerge, key, None),
            "{key}"
        );
    }
}
