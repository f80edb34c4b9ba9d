//! Who wrote a change, and how that can be shown later: actors derive from a device's key, and one
//! signature over a Merkle root covers a push. Signing itself belongs to hosts, which keep the keys.

mod actor;
mod merkle;
mod signature;

pub use actor::{actor, key_part};
pub use merkle::{Leaf, root};
pub use signature::{SignatureError, push_message, verify};
