//! Bounds of what crosses the network (protocol.md, sections 4 and 5).

/// Bytes of a body as it is sent.
pub const BODY_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of a body once inflated.
pub const INFLATED_BYTES: usize = 32 * 1024 * 1024;
/// Changes of a batch; a device with more to send splits by document.
pub const BATCH_CHANGES: usize = 20_000;
/// Ops of a batch.
pub const BATCH_OPS: usize = 200_000;
/// Bytes of a batch's changes once rebuilt.
pub const REBUILT_BYTES: usize = 16 * 1024 * 1024;
/// Keys in a batch's table.
pub const BATCH_KEYS: usize = 100_000;
