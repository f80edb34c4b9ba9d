//! From changes to a batch: five streams, like beside like, which is what zstd compresses well.

use std::collections::BTreeMap;

use super::{
    DEP_START, DEP_WHOLE, DEPS_BEFORE, DEPS_LIST, DEPS_NONE, FORMAT, OPS_MORE, OPS_SHIFT,
    SAME_ACTOR, check_of,
};
use crate::bytes::{put_prefixed, put_signed, put_size, put_unsigned};
use crate::change::{Change, Op, Scalar};
use crate::id::{ActorId, ChangeHash, DocId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;

/// What is sent of one document.
#[derive(Debug, Clone)]
pub struct PartOut<'a> {
    /// The document.
    pub id: DocId,
    /// Its kind.
    pub kind: RecordKind,
    /// Its changes, each after those that its author had seen.
    pub changes: &'a [Change],
    /// Name dependencies outside the part by their whole hashes: for a part that came back as
    /// ambiguous or with a wrong check.
    pub whole_hashes: bool,
}

/// Packs changes for the wire. Keep below the limits of [`crate::wire::limits`]: the receiver
/// refuses a batch above them.
#[must_use]
pub fn pack(parts: &[PartOut<'_>]) -> Vec<u8> {
    let mut packer = Packer::default();
    parts.iter().for_each(|part| packer.part(part));
    packer.finish(parts.len())
}

#[derive(Default)]
struct Packer<'a> {
    actors: BTreeMap<ActorId, u64>,
    actor_bytes: Vec<u8>,
    key_numbers: BTreeMap<&'a str, u64>,
    tables: Vec<u8>,
    parts: Vec<u8>,
    heads: Vec<u8>,
    keys: Vec<u8>,
    values: Vec<u8>,
    last_actor: Option<u64>,
    last_time: i64,
}

impl<'a> Packer<'a> {
    fn part(&mut self, part: &PartOut<'a>) {
        self.parts.extend_from_slice(part.id.as_bytes());
        self.parts.push(part.kind.number());
        put_size(&mut self.parts, part.changes.len());
        self.parts
            .extend_from_slice(&check_of(part.changes.iter().map(|change| &change.hash)));
        let mut positions = BTreeMap::new();
        for (position, change) in part.changes.iter().enumerate() {
            self.head(
                change,
                &Deps {
                    positions: &positions,
                    position,
                    whole: part.whole_hashes,
                },
            );
            change.ops.iter().for_each(|op| self.op(change, op));
            positions.insert(change.hash, position);
        }
    }

    fn head(&mut self, change: &Change, deps: &Deps<'_>) {
        let next_actor = self.actors.len() as u64;
        let actor = *self.actors.entry(change.actor).or_insert_with(|| {
            self.actor_bytes.extend_from_slice(change.actor.as_bytes());
            next_actor
        });
        let same_actor = self.last_actor.replace(actor) == Some(actor);
        let ops = change.ops.len();
        let form = deps.form(change);
        let [few_ops, ..] = ops.min(OPS_MORE).to_le_bytes();
        self.heads
            .push(form | few_ops << OPS_SHIFT | if same_actor { SAME_ACTOR } else { 0 });
        if let Some(more) = ops.checked_sub(OPS_MORE) {
            put_size(&mut self.heads, more);
        }
        if form == DEPS_LIST {
            put_size(&mut self.heads, change.deps.len());
            change
                .deps
                .iter()
                .for_each(|dep| deps.put(&mut self.heads, dep));
        }
        if !same_actor {
            put_unsigned(&mut self.heads, actor);
        }
        put_signed(
            &mut self.heads,
            change.time.since(Timestamp(self.last_time)),
        );
        self.last_time = change.time.0;
    }

    fn op(&mut self, change: &Change, op: &'a Op) {
        let key = if is_own_event(change, &op.key) {
            0
        } else {
            let next_key = self.key_numbers.len() as u64 + 1;
            *self.key_numbers.entry(&op.key).or_insert_with(|| {
                put_prefixed(&mut self.tables, op.key.as_bytes());
                next_key
            })
        };
        put_unsigned(&mut self.keys, key);
        let travelling = match &op.value {
            Scalar::Bytes(_) if op.key == "id" => &Scalar::Bytes(Vec::new()),
            Scalar::Time(millis) => &Scalar::Time(millis.saturating_sub(change.time.0)),
            value => value,
        };
        let meta = (travelling.len() as u64) << 4 | u64::from(travelling.tag());
        put_unsigned(&mut self.values, meta);
        travelling.put(&mut self.values);
    }

    fn finish(self, part_count: usize) -> Vec<u8> {
        let streams = [self.tables, self.parts, self.heads, self.keys, self.values];
        let mut batch = vec![FORMAT];
        put_size(&mut batch, self.actors.len());
        batch.extend_from_slice(&self.actor_bytes);
        put_size(&mut batch, part_count);
        streams
            .iter()
            .for_each(|stream| put_size(&mut batch, stream.len()));
        streams
            .iter()
            .for_each(|stream| batch.extend_from_slice(stream));
        batch
    }
}

/// How the dependencies of the change at `position` of a part are named.
struct Deps<'a> {
    positions: &'a BTreeMap<ChangeHash, usize>,
    position: usize,
    whole: bool,
}

impl Deps<'_> {
    fn back(&self, dep: &ChangeHash) -> Option<usize> {
        self.positions
            .get(dep)
            .map(|earlier| self.position - earlier)
    }
    fn form(&self, change: &Change) -> u8 {
        match change.deps.as_slice() {
            [] => DEPS_NONE,
            [only] if self.back(only) == Some(1) => DEPS_BEFORE,
            _ => DEPS_LIST,
        }
    }
    fn put(&self, heads: &mut Vec<u8>, dep: &ChangeHash) {
        match self.back(dep) {
            Some(back) => put_size(heads, back + 1),
            None if self.whole => {
                put_unsigned(heads, DEP_WHOLE);
                heads.extend_from_slice(dep.as_bytes());
            }
            None => {
                put_unsigned(heads, DEP_START);
                heads.extend(dep.as_bytes().iter().take(8));
            }
        }
    }
}

/// Whether a key is that of the change's own event, which the receiver can name itself.
fn is_own_event(change: &Change, key: &str) -> bool {
    key.starts_with("ev/") && key == change.event_id().key()
}
