//! One document's index and content: what rules 7–11 ask, and everything that readers ask. It is
//! built from changes alone, by device and relay alike, at about 2 µs a change; no reader opens
//! Automerge.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::clock::{ActorNo, Clock};
use crate::change::value::{Change, OpId, Scalar};
use crate::id::{ActorId, ChangeHash, DocId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;

/// A change's position in its [`History`], in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeNo(u32);

impl ChangeNo {
    /// Counted from zero.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
    pub(crate) fn at(index: usize) -> Self {
        // Rule 7 keeps documents far below; beyond `u32` no entry would be found.
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// What the index knows of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub hash: ChangeHash,
    /// Who wrote it.
    pub actor: ActorId,
    /// The author's how-many-eth, from 1.
    pub seq: u32,
    /// The counter of its first op.
    pub start_op: u32,
    /// How many ops it has.
    pub op_count: u32,
    /// When, by the author's clock.
    pub time: Timestamp,
    /// When the relay received it, once that is known.
    pub received: Option<Timestamp>,
    /// The changes that its author had seen last.
    pub deps: Vec<ChangeNo>,
    pub(super) writer: ActorNo,
    pub(super) clock: Clock,
}

/// A value that a change put under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The change, and so author and time.
    pub change: ChangeNo,
    /// The op's name.
    pub id: OpId,
    /// The value.
    pub value: Scalar,
}

#[derive(Debug, Clone)]
struct Writer {
    id: ActorId,
    /// Its changes; the one with seq n is the n-th.
    changes: Vec<ChangeNo>,
}

/// The index of one document. See the module.
#[derive(Debug, Clone)]
pub struct History {
    id: DocId,
    kind: RecordKind,
    entries: Vec<Entry>,
    numbers: BTreeMap<ChangeHash, ChangeNo>,
    writers: Vec<Writer>,
    heads: BTreeSet<ChangeHash>,
    keys: BTreeMap<String, Vec<Write>>,
    op_count: usize,
}

impl History {
    /// Of a document without changes.
    #[must_use]
    pub const fn new(id: DocId, kind: RecordKind) -> Self {
        Self {
            id,
            kind,
            entries: Vec::new(),
            numbers: BTreeMap::new(),
            writers: Vec::new(),
            heads: BTreeSet::new(),
            keys: BTreeMap::new(),
            op_count: 0,
        }
    }
    /// The document.
    #[must_use]
    pub const fn id(&self) -> DocId {
        self.id
    }
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> RecordKind {
        self.kind
    }
    /// How many changes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether it has no change yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
    /// How many ops.
    #[must_use]
    pub const fn op_count(&self) -> usize {
        self.op_count
    }
    /// One change.
    #[must_use]
    pub fn entry(&self, no: ChangeNo) -> Option<&Entry> {
        self.entries.get(no.index())
    }
    /// All changes, in order of arrival.
    pub fn entries(
        &self,
    ) -> impl DoubleEndedIterator<Item = (ChangeNo, &Entry)> + ExactSizeIterator {
        self.entries
            .iter()
            .enumerate()
            .map(|(n, entry)| (ChangeNo::at(n), entry))
    }
    /// The changes that began the document; there are several when people began it apart.
    pub fn roots(&self) -> impl Iterator<Item = ChangeNo> {
        self.entries()
            .filter(|(_, entry)| entry.deps.is_empty())
            .map(|(no, _)| no)
    }
    /// The number of a change.
    #[must_use]
    pub fn number_of(&self, hash: &ChangeHash) -> Option<ChangeNo> {
        self.numbers.get(hash).copied()
    }
    /// The numbers of those changes that are known.
    pub(super) fn numbers_of(&self, hashes: &[ChangeHash]) -> Vec<ChangeNo> {
        let number = |hash| self.number_of(hash);
        hashes.iter().filter_map(number).collect()
    }
    /// The changes whose hashes begin so (at most two are given).
    pub(crate) fn starting_with(&self, start: [u8; 8]) -> impl Iterator<Item = ChangeNo> {
        let mut first = [0; 32];
        first
            .iter_mut()
            .zip(start)
            .for_each(|(to, from)| *to = from);
        let from = self.numbers.range(ChangeHash::from_bytes(first)..);
        from.take_while(move |(hash, _)| hash.as_bytes().starts_with(&start))
            .take(2)
            .map(|(_, no)| *no)
    }
    /// The changes that no other has seen, ascending.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.heads.iter().copied().collect()
    }
    /// Whether the author of `later` had seen `earlier` (or it is the same change).
    #[must_use]
    pub fn saw(&self, later: ChangeNo, earlier: ChangeNo) -> bool {
        let (Some(later), Some(earlier)) = (self.entry(later), self.entry(earlier)) else {
            return false;
        };
        later.clock.knows(earlier.writer, earlier.seq)
    }

    /// All values that a key was ever given, in order of arrival.
    #[must_use]
    pub fn writes(&self, key: &str) -> &[Write] {
        self.keys.get(key).map_or(&[], Vec::as_slice)
    }
    /// The keys with all their writes, sorted.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &[Write])> {
        self.keys_from("")
    }
    /// The keys that start with `prefix`, with all their writes, sorted.
    pub fn keys_from(&self, prefix: &str) -> impl Iterator<Item = (&str, &[Write])> {
        let from = self.keys.range::<str, _>((
            std::ops::Bound::Included(prefix),
            std::ops::Bound::Unbounded,
        ));
        let prefix = prefix.to_owned();
        from.map(|(key, writes)| (key.as_str(), writes.as_slice()))
            .take_while(move |(key, _)| key.starts_with(&prefix))
    }
    /// The values of a key that nobody has replaced, Automerge's winner first. More than one is a
    /// conflict (if they differ).
    #[must_use]
    pub fn visible(&self, key: &str) -> Vec<&Write> {
        self.visible_to(None, key)
    }
    /// The values of a key as the author of `at` left them.
    #[must_use]
    pub fn visible_at(&self, key: &str, at: ChangeNo) -> Vec<&Write> {
        self.entry(at)
            .map_or_else(Vec::new, |entry| self.visible_to(Some(&entry.clock), key))
    }
    /// The values of a key that somebody with this past (or anybody) sees, Automerge's winner first.
    ///
    /// A hidden write adds nothing to what is hidden, for who replaced it had seen what it replaced.
    /// So it suffices to walk from the newest on and keep what no kept write's author had seen.
    pub(super) fn visible_to(&self, past: Option<&Clock>, key: &str) -> Vec<&Write> {
        let mut seen = Clock::default();
        let mut visible = Vec::new();
        for write in self.writes(key).iter().rev() {
            let Some(entry) = self.entry(write.change) else {
                continue;
            };
            let known = past.is_none_or(|past| past.knows(entry.writer, entry.seq));
            if known && !seen.knows(entry.writer, entry.seq) {
                seen.merge(&entry.clock);
                visible.push(write);
            }
        }
        visible.sort_unstable_by_key(|write| std::cmp::Reverse(write.id));
        visible
    }

    pub(super) fn writer(&self, actor: &ActorId) -> Option<ActorNo> {
        self.writers.iter().position(|writer| writer.id == *actor)
    }
    pub(super) fn actors(&self) -> impl ExactSizeIterator<Item = &ActorId> {
        self.writers.iter().map(|writer| &writer.id)
    }
    /// The author's last seq.
    pub(super) fn last_seq(&self, actor: &ActorId) -> u32 {
        let writer = self.writers.iter().find(|writer| writer.id == *actor);
        writer.map_or(0, |writer| ChangeNo::at(writer.changes.len()).0)
    }

    /// Takes in a change that [`History::admit`] called new (or that comes from a log of such). A
    /// known one keeps its number; of dependencies that aren't known nothing is remembered.
    pub fn append(&mut self, change: &Change) -> ChangeNo {
        if let Some(known) = self.number_of(&change.hash) {
            return known;
        }
        let no = ChangeNo::at(self.entries.len());
        let deps = self.numbers_of(&change.deps);
        let writer = self.writer(&change.actor).unwrap_or_else(|| {
            self.writers.push(Writer {
                id: change.actor,
                changes: Vec::new(),
            });
            self.writers.len() - 1
        });
        if let Some(writer) = self.writers.get_mut(writer) {
            writer.changes.push(no);
        }
        let mut clock = self.standpoint(&deps).clock;
        clock.set(writer, change.seq);
        for dep in &change.deps {
            self.heads.remove(dep);
        }
        self.heads.insert(change.hash);
        self.numbers.insert(change.hash, no);
        for (id, op) in change.named_ops() {
            let write = Write {
                change: no,
                id,
                value: op.value.clone(),
            };
            // Most puts are to a key that is there already: no copy of its name then.
            match self.keys.get_mut(&op.key) {
                Some(writes) => writes.push(write),
                None => drop(self.keys.insert(op.key.clone(), vec![write])),
            }
        }
        self.op_count += change.ops.len();
        self.entries.push(Entry {
            hash: change.hash,
            actor: change.actor,
            seq: change.seq,
            start_op: change.start_op,
            op_count: ChangeNo::at(change.ops.len()).0,
            time: change.time,
            received: None,
            deps,
            writer,
            clock,
        });
        no
    }
    /// Forgets all changes from the `len`-th on: the undo of a part that turned out wrong.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.entries.len() {
            return;
        }
        let end = ChangeNo::at(len);
        for gone in self.entries.split_off(len) {
            self.numbers.remove(&gone.hash);
            self.op_count -= gone.op_count as usize;
        }
        for writer in &mut self.writers {
            writer.changes.retain(|no| *no < end);
        }
        self.writers.retain(|writer| !writer.changes.is_empty());
        self.keys.retain(|_, writes| {
            writes.truncate(writes.partition_point(|write| write.change < end));
            !writes.is_empty()
        });
        let mut heads: BTreeMap<ChangeNo, ChangeHash> =
            self.entries().map(|(no, entry)| (no, entry.hash)).collect();
        for dep in self.entries.iter().flat_map(|entry| &entry.deps) {
            heads.remove(dep);
        }
        self.heads = heads.into_values().collect();
    }
    /// Notes when the relay received a change.
    pub fn set_received(&mut self, hash: &ChangeHash, at: Timestamp) {
        let entry = self
            .number_of(hash)
            .and_then(|no| self.entries.get_mut(no.index()));
        if let Some(entry) = entry {
            entry.received = Some(at);
        }
    }
}
