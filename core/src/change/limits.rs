//! Bounds of changes and of documents (protocol.md, section 3). Both ends hold to them, so they
//! can be raised only by a new protocol version.

/// Bytes of a change.
pub const CHANGE_BYTES: usize = 64 * 1024;
/// Dependencies of a change.
pub const DEPS: usize = 32;
/// Actors besides its author that a change names.
pub const OTHER_ACTORS: usize = 32;
/// Sequence numbers and op counters stay below this, far from where Automerge's counters end.
pub const COUNTER: u32 = 1 << 30;
/// Ops of a change.
pub const OPS: usize = 512;
/// Bytes of a key.
pub const KEY_BYTES: usize = 96;
/// Bytes of a value.
pub const VALUE_BYTES: usize = 32 * 1024;
/// A timestamp value's distance from zero, in milliseconds: what a JavaScript number holds exactly.
pub const TIME_VALUE: u64 = (1 << 53) - 1;
/// Predecessors of an op.
pub const PREDS: usize = 64;
/// Changes of a document.
pub const DOCUMENT_CHANGES: usize = 20_000;
/// Ops of a document.
pub const DOCUMENT_OPS: usize = 100_000;
/// Actors of a document.
pub const DOCUMENT_ACTORS: usize = 200;
