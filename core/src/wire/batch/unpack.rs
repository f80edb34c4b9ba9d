//! From a batch to changes, in two passes: [`Batch::read`] walks the whole batch without any index
//! and keeps no more than where each part begins; [`Batch::rebuild`] makes one part's changes
//! against its document's index.

use super::cursor::{Cursor, Dep};
use super::{FORMAT, check_of};
use crate::bytes::Input;
use crate::change::{Admission, Change, ChangeNo, Draft, History, Invalid, Op, is_key, require};
use crate::code::Code;
use crate::id::{ActorId, ChangeHash, DocId, EventId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;
use crate::wire::limits as wire_limits;

/// A batch that reads well; what it contains is judged when it is rebuilt.
#[derive(Debug)]
pub struct Batch<'a> {
    actors: Vec<ActorId>,
    keys: Vec<&'a str>,
    parts: Vec<Part<'a>>,
    rebuilt_bytes: usize,
}

/// What a batch has of one document.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The document.
    pub id: DocId,
    /// Its kind.
    pub kind: RecordKind,
    /// How many changes.
    pub len: usize,
    /// The first bytes of SHA-256 over the hashes of its changes; with the document it names the
    /// part.
    pub check: [u8; 8],
    start: Cursor<'a>,
}

/// Why a part was dropped; the other parts of its batch are none the worse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("change {position} of the part: {invalid}")]
pub struct PartError {
    /// The change in question, by its position in the part; for a wrong check, their number.
    pub position: usize,
    /// What is wrong.
    pub invalid: Invalid,
    /// With [`Code::BatchCheck`], the check of what was rebuilt.
    pub found: Option<[u8; 8]>,
}

impl<'a> Batch<'a> {
    /// Reads a batch.
    ///
    /// # Errors
    /// [`Code::BatchBytes`] if it can't be read, [`Code::BatchLimit`] above its limits; either
    /// refuses the whole batch.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Invalid> {
        let mut streams = Streams::split(bytes).ok_or(Invalid::new(Code::BatchBytes))?;
        let keys = read_keys(streams.tables)?;
        let actors = streams.actors;
        let mut batch = Self {
            actors,
            keys,
            parts: Vec::new(),
            rebuilt_bytes: 0,
        };
        let mut cursor = streams.start;
        let (mut changes, mut ops) = (0_usize, 0_usize);
        for _ in 0..streams.part_count {
            let part = read_part(&mut streams.parts, cursor);
            let part = part.ok_or(Invalid::new(Code::BatchBytes))?;
            changes = changes.saturating_add(part.len);
            within(changes, wire_limits::BATCH_CHANGES)?;
            for position in 0..part.len {
                let head = batch.walk_change(&mut cursor, position);
                ops += head.ok_or(Invalid::new(Code::BatchBytes))?;
                within(ops, wire_limits::BATCH_OPS)?;
            }
            batch.parts.push(part);
        }
        if streams.parts.is_empty() && cursor.is_at_end() {
            Ok(batch)
        } else {
            Err(Invalid::new(Code::BatchBytes))
        }
    }

    /// Its parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[Part<'a>] {
        &self.parts
    }

    /// Walks over a change and tells how many ops it has.
    fn walk_change(&self, cursor: &mut Cursor<'a>, position: usize) -> Option<usize> {
        let head = cursor.head()?;
        let is_known = |dep: &Dep| !matches!(dep, Dep::Back(back) if *back > position);
        let sound = head.actor < self.actors.len() && head.deps.iter().all(is_known);
        for _ in 0..head.ops {
            let op = cursor.op()?;
            if op.key > self.keys.len() {
                return None;
            }
        }
        sound.then_some(head.ops)
    }

    /// Rebuilds the changes of a part and appends those that `history` doesn't know yet; on an
    /// error the history is as before. Returns all of the part's changes, in its order.
    ///
    /// # Errors
    /// A rule that a change breaks; [`Code::ChangeHeld`] for a dependency that isn't here;
    /// [`Code::BatchAmbiguous`] and [`Code::BatchCheck`], upon which the sender tries once more
    /// with whole hashes; [`Code::BatchLimit`] when the batch has grown too large.
    pub fn rebuild(
        &mut self,
        part: usize,
        history: &mut History,
    ) -> Result<Vec<Change>, PartError> {
        let before = history.len();
        let mut changes = Vec::new();
        let outcome = self.rebuild_part(part, history, &mut changes);
        outcome
            .inspect_err(|_| history.truncate(before))
            .map(|()| changes)
    }

    fn rebuild_part(
        &mut self,
        part: usize,
        history: &mut History,
        changes: &mut Vec<Change>,
    ) -> Result<(), PartError> {
        let refused = |position, invalid| PartError {
            position,
            invalid,
            found: None,
        };
        let error = |position, code| refused(position, Invalid::new(code));
        let part = self
            .parts
            .get(part)
            .filter(|part| part.id == history.id() && part.kind == history.kind());
        let part = part.cloned().ok_or(error(0, Code::BatchBytes))?;
        let mut cursor = part.start;
        let mut numbers = Vec::new();
        for position in 0..part.len {
            let refused = |invalid| refused(position, invalid);
            let change = self.next_change(&mut cursor, history, &numbers);
            let change = change.map_err(refused)?;
            self.rebuilt_bytes = self.rebuilt_bytes.saturating_add(change.raw().len());
            within(self.rebuilt_bytes, wire_limits::REBUILT_BYTES).map_err(refused)?;
            if let Admission::Held { .. } = history.accept(&change).map_err(refused)? {
                return Err(error(position, Code::ChangeHeld));
            }
            numbers.extend(history.number_of(&change.hash));
            changes.push(change);
        }
        let found = check_of(changes.iter().map(|change| &change.hash));
        require(found == part.check, Code::BatchCheck).map_err(|invalid| PartError {
            position: part.len,
            invalid,
            found: Some(found),
        })
    }

    /// One change, as its author must have written it, seeing what it depends on.
    fn next_change(
        &self,
        cursor: &mut Cursor<'a>,
        history: &History,
        numbers: &[ChangeNo],
    ) -> Result<Change, Invalid> {
        let unreadable = || Invalid::new(Code::BatchBytes); // not after the first pass
        let head = cursor.head().ok_or_else(unreadable)?;
        let actor = *self.actors.get(head.actor).ok_or_else(unreadable)?;
        let dep = |dep: &Dep| dep.find(history, numbers);
        let deps = head.deps.iter().map(dep).collect::<Result<Vec<_>, _>>()?;
        let at = history.standpoint(&deps);
        let seq = history.next_seq(&actor, &at);
        let mut ops = Vec::with_capacity(head.ops);
        for _ in 0..head.ops {
            let op = cursor.op().ok_or_else(unreadable)?;
            let key = match op.key.checked_sub(1) {
                None => EventId::of(actor, seq).key(),
                Some(number) => (*self.keys.get(number).ok_or_else(unreadable)?).to_owned(),
            };
            let value = op
                .value(&key, head.time, history.id())
                .ok_or(Invalid::new(Code::ChangeValue))?;
            ops.push(Op {
                pred: history.preds(&key, &at),
                key,
                value,
            });
        }
        let hash = |no: &ChangeNo| history.entry(*no).map(|entry| entry.hash);
        let mut deps: Vec<ChangeHash> = deps.iter().filter_map(hash).collect();
        deps.sort_unstable();
        Draft {
            actor,
            seq,
            start_op: at.next_op,
            time: Timestamp(head.time),
            deps,
            ops,
        }
        .finish()
    }
}

fn within(count: usize, limit: usize) -> Result<(), Invalid> {
    require(count <= limit, Code::BatchLimit)
}

/// A batch cut into its streams.
struct Streams<'a> {
    actors: Vec<ActorId>,
    part_count: usize,
    tables: Input<'a>,
    parts: Input<'a>,
    start: Cursor<'a>,
}

impl<'a> Streams<'a> {
    fn split(bytes: &'a [u8]) -> Option<Self> {
        let mut input = Input::new(bytes);
        if input.byte()? != FORMAT {
            return None;
        }
        let actor = |input: &mut Input<'a>| input.array().map(ActorId::from_bytes);
        let actors = (0..input.size()?)
            .map(|_| actor(&mut input))
            .collect::<Option<_>>()?;
        let part_count = input.size()?;
        let mut lengths = [0; 5];
        for length in &mut lengths {
            *length = input.size()?;
        }
        let [tables, parts, heads, keys, values] = lengths;
        let mut stream = |length| input.take(length).map(Input::new);
        let (tables, parts) = (stream(tables)?, stream(parts)?);
        let start = Cursor {
            heads: stream(heads)?,
            keys: stream(keys)?,
            values: stream(values)?,
            actor: None,
            time: 0,
        };
        input.is_empty().then_some(Self {
            actors,
            part_count,
            tables,
            parts,
            start,
        })
    }
}

fn read_keys(mut tables: Input<'_>) -> Result<Vec<&str>, Invalid> {
    let mut keys = Vec::new();
    while !tables.is_empty() {
        let key = tables
            .prefixed()
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        keys.push(
            key.filter(|key| is_key(key))
                .ok_or(Invalid::new(Code::BatchBytes))?,
        );
        within(keys.len(), wire_limits::BATCH_KEYS)?;
    }
    Ok(keys)
}

fn read_part<'a>(parts: &mut Input<'a>, start: Cursor<'a>) -> Option<Part<'a>> {
    let id = DocId::from_bytes(parts.array()?);
    let kind = RecordKind::from_number(parts.byte()?)?;
    let len = parts.size().filter(|len| *len > 0)?;
    Some(Part {
        id,
        kind,
        len,
        check: parts.array()?,
        start,
    })
}
