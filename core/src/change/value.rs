//! The small alphabet of records: a change puts scalars under keys of the root map, nothing else.

use crate::bytes::{self, Input};
use crate::change::Invalid;
use crate::change::{limits, shape, write};
use crate::id::{ActorId, ChangeHash, EventId};
use crate::timestamp::Timestamp;

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// Cleared.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number without sign.
    Uint(u64),
    /// Unix milliseconds.
    Time(i64),
    /// Words, a code, JSON, or a decimal number as its text.
    Text(String),
    /// The record's `id`, and nothing else.
    Bytes(Vec<u8>),
}

impl Scalar {
    /// The words, if it is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
    /// The number, if it is whole and fits.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Uint(number) => i64::try_from(*number).ok(),
            _ => None,
        }
    }
    /// Automerge's number of its type; in a change it stands beside the length.
    pub(crate) const fn tag(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(false) => 1,
            Self::Bool(true) => 2,
            Self::Uint(_) => 3,
            Self::Int(_) => 4,
            Self::Text(_) => 6,
            Self::Bytes(_) => 7,
            Self::Time(_) => 9,
        }
    }
    /// Bytes of the value, without its tag.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) => 0,
            Self::Uint(number) => bytes::unsigned_len(*number),
            Self::Int(number) | Self::Time(number) => bytes::signed_len(*number),
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null | Self::Bool(_) => {}
            Self::Uint(number) => bytes::put_unsigned(out, *number),
            Self::Int(number) | Self::Time(number) => bytes::put_signed(out, *number),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Bytes(bytes) => out.extend_from_slice(bytes),
        }
    }
    /// The value with this tag in exactly these bytes.
    pub(crate) fn read(tag: u8, bytes: &[u8]) -> Option<Self> {
        let mut input = Input::new(bytes);
        let value = match tag {
            0 => Self::Null,
            1 => Self::Bool(false),
            2 => Self::Bool(true),
            3 => Self::Uint(input.unsigned()?),
            4 => Self::Int(input.signed()?),
            6 => return String::from_utf8(bytes.to_vec()).ok().map(Self::Text),
            7 => return Some(Self::Bytes(bytes.to_vec())),
            9 => Self::Time(input.signed()?),
            _ => return None,
        };
        input.is_empty().then_some(value)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The name of an op. Of several visible values of a key Automerge shows the greatest, which is
/// the longer history and not the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId {
    /// Counts the ops of a line of history.
    pub counter: u32,
    /// Who wrote it.
    pub actor: ActorId,
}

/// One put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// Where.
    pub key: String,
    /// What.
    pub value: Scalar,
    /// The ops that it replaces, ascending.
    pub pred: Vec<OpId>,
}

/// What a change says, before it has bytes and a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) actor: ActorId,
    pub(crate) seq: u32,
    pub(crate) start_op: u32,
    pub(crate) time: Timestamp,
    pub(crate) deps: Vec<ChangeHash>,
    pub(crate) ops: Vec<Op>,
}

impl Draft {
    /// Gives it its one encoding, if rules 2, 4, 5 and 6 allow it.
    pub(crate) fn finish(self) -> Result<Change, Invalid> {
        shape::check_header(&self)?;
        shape::check_ops(&self.ops)?;
        let (raw, hash) = write::chunk(&write::body(&self));
        shape::check_size(raw.len())?;
        Ok(self.sealed(raw, hash))
    }
    pub(crate) fn sealed(self, raw: Vec<u8>, hash: ChangeHash) -> Change {
        Change {
            hash,
            actor: self.actor,
            seq: self.seq,
            start_op: self.start_op,
            time: self.time,
            deps: self.deps,
            ops: self.ops,
            raw,
        }
    }
}

/// A change: what one person did in one moment. It exists only after rules 1–6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// SHA-256 of its chunk: its name.
    pub hash: ChangeHash,
    /// Who wrote it.
    pub actor: ActorId,
    /// The author's how-many-eth change of the document, from 1.
    pub seq: u32,
    /// The counter of its first op.
    pub start_op: u32,
    /// When, by the author's clock.
    pub time: Timestamp,
    /// The changes that its author had seen last, ascending.
    pub deps: Vec<ChangeHash>,
    /// What it puts.
    pub ops: Vec<Op>,
    raw: Vec<u8>,
}

impl Change {
    /// Its bytes, as stored and hashed: an uncompressed Automerge change chunk.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
    /// Its ops with their names.
    pub fn named_ops(&self) -> impl Iterator<Item = (OpId, &Op)> {
        (self.start_op..)
            .map(|counter| OpId {
                counter,
                actor: self.actor,
            })
            .zip(&self.ops)
    }
    /// The event that it carries, if it carries one.
    #[must_use]
    pub const fn event_id(&self) -> EventId {
        EventId::of(self.actor, self.seq)
    }
    /// Whether it begins a document (or joins one that others began apart).
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.deps.is_empty()
    }
}

/// Whether a key is of the grammar: 1–96 of `[A-Za-z0-9/_.-]`.
#[must_use]
pub fn is_key(key: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'.' | b'-');
    (1..=limits::KEY_BYTES).contains(&key.len()) && key.bytes().all(allowed)
}
