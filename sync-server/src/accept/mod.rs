//! What happens to a push, step by step: decode → structure (rules 1–11) → seal (the signature) →
//! permit (rules 12 and 13) → append. What was appended is on disk before anybody is told.
//!
//! A part whose structure can't be judged (its dependencies are missing, its actor forked) leaves
//! the signature unproved, for the root is over all parts: then nothing of the push is appended,
//! the verdicts name those parts, and the device sends the others again. A change refused for want
//! of a right takes only its descendants with it.

mod append;
mod blob_names;
mod histories;
mod permit;
mod structure;

use std::sync::PoisonError;

use xunan_core::author::{self, Leaf};
use xunan_core::change::Invalid;
use xunan_core::code::{Code, Retry};
use xunan_core::timestamp::{DAY_MS, Timestamp};
use xunan_core::wire::batch::Batch;
use xunan_core::wire::sync::{Outcome, Push, Verdict};

use crate::relay::Relay;
use crate::store::{DeviceRecord, PushRecord, Refusal, StoreError};

use blob_names::blobs_named;
pub(crate) use histories::{Histories, read_history};
pub(crate) use permit::Desk;

/// A device's idea of the register counts for so long after the relay's last answer to it.
const GOOD_FAITH_MS: i64 = 30 * DAY_MS;

/// A push that is not judged at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AcceptError {
    /// Its batch can't be read.
    #[error("the batch can't be read: {0}")]
    Batch(#[from] Invalid),
    /// Its signature isn't the device's for these changes.
    #[error("the signature is not the device's for these changes")]
    Signature,
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AcceptError {
    pub(crate) const fn code(&self) -> Code {
        match self {
            Self::Batch(invalid) => invalid.code,
            Self::Signature => Code::WireSignature,
            Self::Store(error) => error.code(),
        }
    }
    pub(crate) const fn retry(&self) -> Retry {
        match self {
            Self::Store(error) => error.retry(),
            _ => Retry::Never,
        }
    }
}

/// What the device is told of its push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// When it was received; none if nothing of it was appended because of its structure.
    pub(crate) receipt: Option<Timestamp>,
    pub(crate) verdicts: Vec<Verdict>,
    /// Its number, if anything of it is kept.
    pub(crate) push: Option<i64>,
}

/// Judges a device's push and appends what may be.
pub(crate) fn accept(
    relay: &Relay,
    device: &DeviceRecord,
    push: &Push,
) -> Result<Accepted, AcceptError> {
    let mut batch = Batch::read(&push.batch)?;
    let mut histories = relay
        .histories
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let mut desk = Desk::new(&relay.store, &mut histories);
    let parts = match structure::rebuild(&mut batch, &mut desk)? {
        Ok(parts) => parts,
        Err(verdicts) => {
            return Ok(Accepted {
                receipt: None,
                verdicts,
                push: None,
            });
        }
    };
    let leaves = leaves(&parts);
    let root = verified_root(relay, device, push, &leaves)?;
    if let Some(seen) = relay
        .store
        .read(|ask| ask.push_with_root(device.n, &root))?
    {
        return Ok(answered_before(relay, &seen)?);
    }
    let now = relay.now();
    let judged_by = judging_revision(relay, device, now);
    let record = PushRecord {
        n: 0,
        device: device.id,
        received: now,
        revision: judged_by,
        root,
        signature: push.signature,
        leaves: leaf_bytes(&leaves),
        held: false,
    };
    let judged = permit::judge(relay, device, &mut desk, parts, &record)?;
    let verdicts = judged.verdicts();
    let push = append::append(relay, desk, record, &judged)?;
    Ok(Accepted {
        receipt: Some(now),
        verdicts,
        push,
    })
}

/// The register's revision by which a device's changes are judged: the one that the relay's last
/// answer to it carried, so that nobody loses what was written in good faith offline; but not
/// longer than 30 days.
fn judging_revision(relay: &Relay, device: &DeviceRecord, now: Timestamp) -> u64 {
    let today = relay.registers.newest().register.revision();
    if device.told_revision > 0 && now.since(device.told_at) <= GOOD_FAITH_MS {
        device.told_revision.min(today)
    } else {
        today
    }
}

/// For each document and actor, the last change: what the signed root is over.
fn leaves(parts: &[structure::RebuiltPart]) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for part in parts {
        let mut actors: Vec<_> = part.changes.iter().map(|change| change.actor).collect();
        actors.sort_unstable();
        actors.dedup();
        for actor in actors {
            let mut theirs = part.changes.iter().filter(|change| change.actor == actor);
            leaves.extend(theirs.next_back().map(|last| (part.id, last.hash)));
        }
    }
    leaves.sort_unstable();
    leaves
}

fn leaf_bytes(leaves: &[Leaf]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(leaves.len().saturating_mul(48));
    for (document, hash) in leaves {
        bytes.extend_from_slice(document.as_bytes());
        bytes.extend_from_slice(hash.as_bytes());
    }
    bytes
}

fn verified_root(
    relay: &Relay,
    device: &DeviceRecord,
    push: &Push,
    leaves: &[Leaf],
) -> Result<[u8; 32], AcceptError> {
    let root = author::root(leaves);
    let message = author::push_message(relay.store.identity().organisation, &root);
    author::verify(&device.public_key, &message, &push.signature)
        .map_err(|_| AcceptError::Signature)?;
    Ok(root)
}

/// The old answer to a push that was seen before, as after a lost answer.
fn answered_before(relay: &Relay, seen: &PushRecord) -> Result<Accepted, StoreError> {
    let refusals = relay.store.read(|ask| ask.refusals(seen.n))?;
    Ok(Accepted {
        receipt: Some(seen.received),
        verdicts: refusals.iter().map(verdict_of).collect(),
        push: Some(seen.n),
    })
}

/// A refusal as the device is told of it.
fn verdict_of(refusal: &Refusal) -> Verdict {
    let outcome = refusal
        .code
        .map_or(Outcome::Descends, |code| Outcome::Refused {
            code,
            rule: refusal.rule,
            key: refusal.key.clone(),
            details: refusal.details.clone(),
        });
    Verdict {
        part: refusal.part,
        position: refusal.position,
        outcome,
    }
}
