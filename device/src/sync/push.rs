//! What is sent: own changes that the relay doesn't have, under one signature.

use xunan_core::author;
use xunan_core::change::Change;
use xunan_core::code::Problem;
use xunan_core::id::{ActorId, ChangeHash, DocId};
use xunan_core::record::RecordKind;
use xunan_core::wire::batch::{PartOut, pack};
use xunan_core::wire::sync::Push;
use xunan_core::wire::{body, limits};

use super::engine::Engine;
use crate::device::Device;
use crate::store::documents::DocNo;
use crate::store::{self, Durable, StoreError, Stored};

/// How much goes into one push. Halved when the relay says that it was too much.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    changes: usize,
    ops: usize,
    bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            changes: limits::BATCH_CHANGES,
            ops: limits::BATCH_OPS,
            bytes: limits::REBUILT_BYTES,
        }
    }
}

impl Limits {
    /// Less from now on; whether that is possible.
    pub(super) const fn halve(&mut self) -> bool {
        self.changes /= 2;
        self.ops /= 2;
        self.bytes /= 2;
        self.changes > 0
    }
}

/// A command in a push.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentCommand {
    pub(super) command: i64,
    pub(super) hash: ChangeHash,
    pub(super) actor: ActorId,
    pub(super) seq: u32,
}

/// A record in a push.
#[derive(Debug, Clone)]
pub(super) struct SentPart {
    pub(super) doc: DocNo,
    pub(super) id: DocId,
    /// In the part's order.
    pub(super) commands: Vec<SentCommand>,
}

/// A push under way.
#[derive(Debug)]
pub(super) struct Sending {
    pub(super) parts: Vec<SentPart>,
    pub(super) batch: Vec<u8>,
    pub(super) root: [u8; 32],
    /// All zero until it is signed.
    pub(super) signature: [u8; 64],
}

/// A record's changes on their way into a push.
struct Gathered {
    part: SentPart,
    kind: RecordKind,
    changes: Vec<Change>,
    whole_hashes: bool,
}

impl Sending {
    /// Gathers what is to be sent. A push whose answer was lost is built as it was, so that the
    /// relay knows it by its root.
    pub(super) fn build(device: &mut Device, engine: &mut Engine) -> Result<Option<Self>, Problem> {
        let connection = device.store.connection();
        let lost = store::outbox::under_way(connection)?;
        let mut limits = engine.limits;
        loop {
            let gathered = gather(device, engine, lost, limits)?;
            if gathered.is_empty() {
                return Ok(None);
            }
            let sending = Self::of(gathered);
            if body::pack(&sending.batch).len() > limits::BODY_BYTES / 2 && limits.halve() {
                continue;
            }
            if lost == 0 {
                device.begin_push(&sending)?;
            }
            crate::halt::at("push.before");
            return Ok(Some(sending));
        }
    }

    fn of(gathered: Vec<Gathered>) -> Self {
        let out: Vec<PartOut<'_>> = gathered
            .iter()
            .map(|of| PartOut {
                id: of.part.id,
                kind: of.kind,
                changes: &of.changes,
                whole_hashes: of.whole_hashes,
            })
            .collect();
        let batch = pack(&out);
        let parts: Vec<SentPart> = gathered.into_iter().map(|of| of.part).collect();
        Self {
            batch,
            root: author::root(&leaves(&parts)),
            parts,
            signature: [0; 64],
        }
    }

    /// What the device signs.
    pub(super) fn message(&self, device: &Device) -> Result<Vec<u8>, Problem> {
        let organisation = device.enrolment()?.organisation;
        Ok(author::push_message(organisation, &self.root))
    }
    pub(super) fn signed(&self) -> Push {
        Push {
            batch: self.batch.clone(),
            signature: self.signature,
        }
    }
}

/// A leaf for each record and actor: the hash of its last change there.
fn leaves(parts: &[SentPart]) -> Vec<author::Leaf> {
    let mut leaves = Vec::new();
    for part in parts {
        let mut last = std::collections::BTreeMap::new();
        for sent in &part.commands {
            last.insert(sent.actor, sent.hash);
        }
        leaves.extend(last.into_values().map(|hash| (part.id, hash)));
    }
    leaves
}

fn gather(device: &Device, engine: &Engine, lost: i64, mut room: Limits) -> Stored<Vec<Gathered>> {
    let connection = device.store.connection();
    let mut all = Vec::new();
    for doc in store::outbox::to_send(connection, lost)? {
        let (id, kind) = store::documents::name(connection, doc)?;
        if engine.held.contains_key(&id) {
            continue;
        }
        let mut of = Gathered {
            part: SentPart {
                doc,
                id,
                commands: Vec::new(),
            },
            kind,
            changes: Vec::new(),
            whole_hashes: engine.spelled.contains(&id),
        };
        let full = fill(device, &mut of, lost, &mut room)?;
        if !of.changes.is_empty() {
            all.push(of);
        }
        if full {
            break;
        }
    }
    Ok(all)
}

/// Adds a record's changes in their order, as far as there is room; whether that ended it.
fn fill(device: &Device, of: &mut Gathered, lost: i64, room: &mut Limits) -> Stored<bool> {
    let connection = device.store.connection();
    let broken = |_| StoreError::Unreadable { table: "changes" };
    for (command, hash) in store::outbox::to_send_of(connection, of.part.doc, lost)? {
        let raw = store::changes::raw(connection, of.part.doc, &hash)?;
        let change = Change::read(&raw).map_err(broken)?;
        let fits = room.changes > 0 && room.ops >= change.ops.len() && room.bytes >= raw.len();
        if !fits {
            return Ok(true);
        }
        room.changes -= 1;
        room.ops -= change.ops.len();
        room.bytes -= raw.len();
        of.part.commands.push(SentCommand {
            command,
            hash,
            actor: change.actor,
            seq: change.seq,
        });
        of.changes.push(change);
    }
    Ok(false)
}

impl Device {
    fn begin_push(&mut self, sending: &Sending) -> Result<(), Problem> {
        self.row.push += 1;
        let row = &self.row;
        let commands = sending.parts.iter().flat_map(|part| &part.commands);
        let ids: Vec<i64> = commands.map(|sent| sent.command).collect();
        Ok(self.store.write(Durable::Normal, |tx| {
            store::sync_state::save(tx, row)?;
            store::outbox::begin_push(tx, row.push, &ids)
        })?)
    }

    /// What was being pushed is free to be pushed otherwise.
    pub(super) fn give_up_push(&mut self) -> Result<(), Problem> {
        Ok(self.store.write(Durable::Normal, store::outbox::end_push)?)
    }
}
