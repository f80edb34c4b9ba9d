//! One page of an answer: changes gathered within a budget, and packed with the pushes that they
//! came in.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use xunan_core::change::Change;
use xunan_core::id::{DeviceId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::wire::batch::{PartOut, pack};
use xunan_core::wire::sync::{News, Run};

use crate::store::{LoggedChange, PushRecord, Reading, Result, StoreError};

/// How much a page may hold. One record (or change) is given whatever its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    pub(crate) changes: usize,
    pub(crate) ops: usize,
    pub(crate) bytes: usize,
}

impl Budget {
    /// What fits a body of so many compressed bytes: raw changes shrink to about a twelfth, and a
    /// batch has limits of its own, which the receiver holds to.
    pub(crate) fn for_body(size: u64) -> Self {
        let bytes = usize::try_from(size.saturating_mul(12)).unwrap_or(usize::MAX);
        Self {
            changes: 15_000,
            ops: 150_000,
            bytes: bytes.min(12 << 20),
        }
    }
    /// Half of it, as long as there is something to halve.
    pub(crate) fn half(self) -> Option<Self> {
        (self.changes > 1).then_some(Self {
            changes: self.changes / 2,
            ops: self.ops / 2,
            bytes: self.bytes / 2,
        })
    }
}

#[derive(Debug)]
struct PagePart {
    id: DocId,
    kind: RecordKind,
    changes: Vec<Change>,
    pushes: Vec<i64>,
    arrives: bool,
    whole_hashes: bool,
}

/// A page that grows.
#[derive(Debug)]
pub(crate) struct Page {
    left: Budget,
    parts: Vec<PagePart>,
    numbers: BTreeMap<DocId, usize>,
    pushes: BTreeMap<i64, PushRecord>,
}

impl Page {
    pub(crate) const fn new(budget: Budget) -> Self {
        Self {
            left: budget,
            parts: Vec::new(),
            numbers: BTreeMap::new(),
            pushes: BTreeMap::new(),
        }
    }

    pub(crate) const fn is_full(&self) -> bool {
        self.left.changes == 0 || self.left.ops == 0 || self.left.bytes == 0
    }

    /// Whether it has room for a record beside what it has.
    fn fits(&self, changes: &[Change]) -> bool {
        let ops: usize = changes.iter().map(|change| change.ops.len()).sum();
        let bytes: usize = changes.iter().map(|change| change.raw().len()).sum();
        self.parts.is_empty()
            || (changes.len() <= self.left.changes
                && ops <= self.left.ops
                && bytes <= self.left.bytes)
    }

    /// The push that a change came in.
    pub(crate) fn push_of(&mut self, ask: &Reading<'_>, n: i64) -> Result<&PushRecord> {
        match self.pushes.entry(n) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(ask.push(n)?)),
        }
    }

    /// Adds a change of the log, unless it is the device's own.
    pub(crate) fn add_change(
        &mut self,
        ask: &Reading<'_>,
        logged: &LoggedChange,
        own: DeviceId,
    ) -> Result<()> {
        if self.push_of(ask, logged.push)?.device == own {
            return Ok(());
        }
        let change = read(logged)?;
        self.spend(&change);
        let n = *self.numbers.entry(logged.document).or_insert_with(|| {
            self.parts.push(PagePart {
                id: logged.document,
                kind: logged.kind,
                changes: Vec::new(),
                pushes: Vec::new(),
                arrives: false,
                whole_hashes: false,
            });
            self.parts.len().saturating_sub(1)
        });
        if let Some(part) = self.parts.get_mut(n) {
            part.changes.push(change);
            part.pushes.push(logged.push);
        }
        Ok(())
    }

    /// Adds a record whole; false if it is for another page.
    pub(crate) fn add_whole(
        &mut self,
        ask: &Reading<'_>,
        logged: &[LoggedChange],
        asked_for: bool,
    ) -> Result<bool> {
        let Some(first) = logged.first() else {
            return Ok(true);
        };
        let changes = logged.iter().map(read).collect::<Result<Vec<_>>>()?;
        if !self.fits(&changes) {
            return Ok(false);
        }
        for (one, change) in logged.iter().zip(&changes) {
            self.push_of(ask, one.push)?;
            self.spend(change);
        }
        self.parts.push(PagePart {
            id: first.document,
            kind: first.kind,
            pushes: logged.iter().map(|one| one.push).collect(),
            changes,
            arrives: true,
            whole_hashes: asked_for,
        });
        Ok(true)
    }

    fn spend(&mut self, change: &Change) {
        self.left.changes = self.left.changes.saturating_sub(1);
        self.left.ops = self.left.ops.saturating_sub(change.ops.len());
        self.left.bytes = self.left.bytes.saturating_sub(change.raw().len());
    }

    /// As it goes into an answer; none if nothing was added.
    pub(crate) fn news(&self) -> Option<News> {
        if self.parts.is_empty() {
            return None;
        }
        let mut seals = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut runs = Vec::new();
        for part in &self.parts {
            let mut of_part: Vec<Run> = Vec::new();
            for push in &part.pushes {
                let seal = *numbers.entry(*push).or_insert_with(|| {
                    seals.extend(self.pushes.get(push).map(PushRecord::seal));
                    u32::try_from(seals.len().saturating_sub(1)).unwrap_or(u32::MAX)
                });
                match of_part.last_mut() {
                    Some(run) if run.seal == seal => run.changes = run.changes.saturating_add(1),
                    _ => of_part.push(Run { changes: 1, seal }),
                }
            }
            runs.push(of_part);
        }
        let arrivals = (0..)
            .zip(&self.parts)
            .filter(|(_, part)| part.arrives)
            .map(|(n, _)| n)
            .collect();
        let parts: Vec<PartOut<'_>> = self
            .parts
            .iter()
            .map(|part| PartOut {
                id: part.id,
                kind: part.kind,
                changes: &part.changes,
                whole_hashes: part.whole_hashes,
            })
            .collect();
        Some(News {
            batch: pack(&parts),
            seals,
            runs,
            arrivals,
        })
    }
}

fn read(logged: &LoggedChange) -> Result<Change> {
    Change::read(&logged.raw).map_err(|_| StoreError::Unreadable("a change of the log"))
}
