//! From a draft to its bytes: an Automerge change chunk, columns and all. There is one encoding, and
//! it is byte for byte what Automerge 0.12 writes for the same edit.

use sha2::{Digest, Sha256};

use crate::bytes::{put_prefixed, put_signed, put_size, put_unsigned};
use crate::change::shape::other_actors;
use crate::change::value::{Draft, Op, OpId};
use crate::id::{ActorId, ChangeHash};

/// What every Automerge chunk begins with.
pub(super) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// A change chunk that is not compressed.
pub(super) const CHANGE_CHUNK: u8 = 1;
/// The action of a put.
pub(super) const PUT: u64 = 1;

/// The columns of the alphabet, in their order; a name is Automerge's column id · 16 + type.
pub(super) mod column {
    pub(crate) const KEY: u8 = 0x15;
    pub(crate) const INSERT: u8 = 0x34;
    pub(crate) const ACTION: u8 = 0x42;
    pub(crate) const VALUE_META: u8 = 0x56;
    pub(crate) const VALUE: u8 = 0x57;
    pub(crate) const PRED_COUNT: u8 = 0x70;
    pub(crate) const PRED_ACTOR: u8 = 0x71;
    pub(crate) const PRED_COUNTER: u8 = 0x73;
    pub(crate) const ALL: [u8; 8] = [
        KEY,
        INSERT,
        ACTION,
        VALUE_META,
        VALUE,
        PRED_COUNT,
        PRED_ACTOR,
        PRED_COUNTER,
    ];
}

/// The body of the chunk: header and columns.
pub(super) fn body(draft: &Draft) -> Vec<u8> {
    let others: Vec<ActorId> = other_actors(draft.actor, &draft.ops).into_iter().collect();
    let mut body = Vec::with_capacity(256);
    put_size(&mut body, draft.deps.len());
    for dep in &draft.deps {
        body.extend_from_slice(dep.as_bytes());
    }
    put_prefixed(&mut body, draft.actor.as_bytes());
    put_unsigned(&mut body, draft.seq.into());
    put_unsigned(&mut body, draft.start_op.into());
    put_signed(&mut body, draft.time.0);
    put_size(&mut body, 0); // no message
    put_size(&mut body, others.len());
    for actor in &others {
        put_prefixed(&mut body, actor.as_bytes());
    }
    put_columns(&mut body, &columns(draft, &others));
    body
}

/// The whole chunk, and the hash that names it. The hash covers type, length and body; its beginning
/// is the checksum.
pub(super) fn chunk(body: &[u8]) -> (Vec<u8>, ChangeHash) {
    let mut hashed = Vec::with_capacity(body.len() + 4);
    hashed.push(CHANGE_CHUNK);
    put_prefixed(&mut hashed, body);
    let hash: [u8; 32] = Sha256::digest(&hashed).into();
    let mut raw = Vec::with_capacity(hashed.len() + 8);
    raw.extend_from_slice(&MAGIC);
    raw.extend(hash.iter().take(4));
    raw.extend_from_slice(&hashed);
    (raw, ChangeHash::from_bytes(hash))
}

fn put_columns(body: &mut Vec<u8>, columns: &[(u8, Vec<u8>)]) {
    let filled = || columns.iter().filter(|(_, bytes)| !bytes.is_empty());
    put_size(body, filled().count());
    for (name, bytes) in filled() {
        put_unsigned(body, (*name).into());
        put_size(body, bytes.len());
    }
    for (_, bytes) in filled() {
        body.extend_from_slice(bytes);
    }
}

fn columns(draft: &Draft, others: &[ActorId]) -> [(u8, Vec<u8>); 8] {
    let ops = &draft.ops;
    let preds: Vec<&OpId> = ops.iter().flat_map(|op| &op.pred).collect();
    // The author is actor 0, the others follow in order.
    let number = |pred: &&OpId| {
        others
            .binary_search(&pred.actor)
            .map_or(0, |n| n as u64 + 1)
    };
    let actors: Vec<u64> = preds.iter().map(number).collect();
    let mut last = 0;
    let step = |pred: &&OpId| {
        let counter = i64::from(pred.counter);
        counter - std::mem::replace(&mut last, counter)
    };
    let counters: Vec<i64> = preds.iter().map(step).collect();

    let keys: Vec<&str> = ops.iter().map(|op| op.key.as_str()).collect();
    let meta = |op: &Op| (op.value.len() as u64) << 4 | u64::from(op.value.tag());
    let metas: Vec<u64> = ops.iter().map(meta).collect();
    let counts: Vec<u64> = ops.iter().map(|op| op.pred.len() as u64).collect();
    let mut inserts = Vec::new();
    put_size(&mut inserts, ops.len()); // so many times no
    let mut values = Vec::new();
    ops.iter().for_each(|op| op.value.put(&mut values));
    let unsigned = |out: &mut Vec<u8>, number: &u64| put_unsigned(out, *number);
    [
        (
            column::KEY,
            runs(&keys, |out, key| put_prefixed(out, key.as_bytes())),
        ),
        (column::INSERT, inserts),
        (column::ACTION, runs(&vec![PUT; ops.len()], unsigned)),
        (column::VALUE_META, runs(&metas, unsigned)),
        (column::VALUE, values),
        (column::PRED_COUNT, runs(&counts, unsigned)),
        (column::PRED_ACTOR, runs(&actors, unsigned)),
        (
            column::PRED_COUNTER,
            runs(&counters, |out, step| put_signed(out, *step)),
        ),
    ]
}

/// Run-length encoding: n > 1 equal values as n and the value, n single ones as −n and the values.
fn runs<T: PartialEq>(values: &[T], put: impl Fn(&mut Vec<u8>, &T)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut groups = values.chunk_by(PartialEq::eq).peekable();
    while let Some(group) = groups.next() {
        let mut singles: Vec<&T> = group.iter().take(1).collect();
        if group.len() > 1 {
            put_signed(&mut out, group.len() as i64);
        } else {
            while let Some(next) = groups.next_if(|next| next.len() == 1) {
                singles.extend(next);
            }
            put_signed(&mut out, -(singles.len() as i64));
        }
        singles.into_iter().for_each(|value| put(&mut out, value));
    }
    out
}
