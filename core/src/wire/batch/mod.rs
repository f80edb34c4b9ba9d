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
