//! The packed form of changes, the only one on the wire (protocol.md, section 4).
//!
//! What the receiver can compute doesn't travel: hashes, checksums, sequence numbers, first ops,
//! predecessors, keys of events, column encodings. A change is rebuilt byte for byte against the
//! receiver's index of its document, and goes through the same rules as anybody's; a check over the
//! hashes of a part tells whether it came out as it was meant.

mod cursor;
mod pack;
mod unpack;

pub use pack::{PartOut, pack};
pub use unpack::{Batch, Part, PartError};

use sha2::{Digest, Sha256};

use crate::id::ChangeHash;

/// The first byte of a batch.
const FORMAT: u8 = 1;
/// Flags of a change's head: how its dependencies are given (bits 0–1).
const DEPS_MASK: u8 = 3;
const DEPS_LIST: u8 = 0;
const DEPS_BEFORE: u8 = 1;
const DEPS_NONE: u8 = 2;
/// The same actor as the change before in the batch.
const SAME_ACTOR: u8 = 4;
/// The op count stands in bits 3–7; from this on the rest follows.
const OPS_SHIFT: u32 = 3;
const OPS_MORE: usize = 31;
/// A dependency in a list: the start of its hash, its whole hash, or (from 2 on) `n − 1` back.
const DEP_START: u64 = 0;
const DEP_WHOLE: u64 = 1;

/// The first bytes of SHA-256 over the hashes of a part's changes, in their order.
fn check_of<'a>(hashes: impl Iterator<Item = &'a ChangeHash>) -> [u8; 8] {
    let mut hasher = Sha256::new();
    hashes.for_each(|hash| hasher.update(hash.as_bytes()));
    let digest: [u8; 32] = hasher.finalize().into();
    let mut check = [0; 8];
    check
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, Draft, History, Op, Scalar};
    use crate::code::Code;
    use crate::id::{ActorId, DocId};
    use crate::record::RecordKind;
    use crate::timestamp::Timestamp;

    /// A change that is said to have this hash, for nobody finds two that begin alike.
    fn named(hash: [u8; 32], actor: u8, deps: Vec<ChangeHash>, seq: u32) -> Change {
        let op = |key: &str, value: Scalar| Op {
            key: key.to_owned(),
            value,
            pred: Vec::new(),
        };
        let root = [
            op("id", Scalar::Bytes(vec![7; 16])),
            op("v", "inspection/1".into()),
        ];
        let other = [op(&format!("n/k1/{seq}"), Scalar::Null)];
        let draft = Draft {
            actor: ActorId::from_bytes([actor; 20]),
            seq,
            start_op: if seq == 1 { 1 } else { 3 },
            time: Timestamp::EARLIEST,
            ops: if seq == 1 {
                root.to_vec()
            } else {
                other.to_vec()
            },
            deps,
        };
        let raw = draft.clone().finish().unwrap().raw().to_vec();
        draft.sealed(raw, ChangeHash::from_bytes(hash))
    }

    #[test]
    fn two_hashes_that_begin_alike_are_told_apart_when_sent_whole() {
        let (id, kind) = (DocId::from_bytes([7; 16]), RecordKind::Inspection);
        let (mut one, mut other) = ([5; 32], [5; 32]);
        (one[31], other[31]) = (1, 2);
        let mut history = History::new(id, kind);
        for (hash, actor) in [(one, 1), (other, 2)] {
            history.append(&named(hash, actor, Vec::new(), 1));
        }
        let next = named([9; 32], 1, vec![ChangeHash::from_bytes(one)], 2);
        let next = Change::read(next.raw()).unwrap();
        let rebuilt = |whole_hashes| {
            let changes = std::slice::from_ref(&next);
            let bytes = pack(&[PartOut {
                id,
                kind,
                changes,
                whole_hashes,
            }]);
            Batch::read(&bytes)
                .unwrap()
                .rebuild(0, &mut history.clone())
        };
        assert_eq!(
            rebuilt(false).unwrap_err().invalid.code,
            Code::BatchAmbiguous
        );
        assert_eq!(rebuilt(true), Ok(vec![next.clone()]));
    }
}
