//! The indexes of documents that were asked for lately; each can be rebuilt from the log.

use std::collections::BTreeMap;

use xunan_core::change::{Change, History};
use xunan_core::id::DocId;

use crate::store::{Reading, Result, Store, StoreError};

/// Ops held at most: at some 100 bytes each, well under 100 MB.
const OPS_KEPT: usize = 400_000;

/// A cache of histories, the least lately used leaves first.
#[derive(Debug, Default)]
pub(crate) struct Histories {
    kept: BTreeMap<DocId, (u64, History)>,
    by_use: BTreeMap<u64, DocId>,
    clock: u64,
    ops: usize,
}

impl Histories {
    /// Takes a document's history out, from the log if it isn't here; none if the log has nothing
    /// of it. Whoever changes it puts it back only when the change is on disk.
    pub(crate) fn take(&mut self, store: &Store, id: DocId) -> Result<Option<History>> {
        if let Some((used, history)) = self.kept.remove(&id) {
            self.by_use.remove(&used);
            self.ops = self.ops.saturating_sub(history.op_count());
            return Ok(Some(history));
        }
        store.read(|ask| read_history(ask, id))
    }

    /// Puts a history (back) in.
    pub(crate) fn put(&mut self, history: History) {
        self.clock = self.clock.wrapping_add(1);
        self.ops = self.ops.saturating_add(history.op_count());
        self.by_use.insert(self.clock, history.id());
        self.kept.insert(history.id(), (self.clock, history));
        while self.ops > OPS_KEPT {
            let Some((_, oldest)) = self.by_use.pop_first() else {
                break;
            };
            if let Some((_, gone)) = self.kept.remove(&oldest) {
                self.ops = self.ops.saturating_sub(gone.op_count());
            }
        }
    }
}

/// Rebuilds a document's history from the log.
pub(crate) fn read_history(ask: &Reading<'_>, id: DocId) -> Result<Option<History>> {
    let mut history: Option<History> = None;
    for logged in ask.changes_of(id, None)? {
        let change =
            Change::read(&logged.raw).map_err(|_| StoreError::Unreadable("a change of the log"))?;
        let history = history.get_or_insert_with(|| History::new(id, logged.kind));
        history.append(&change);
        history.set_received(&change.hash, logged.received);
    }
    Ok(history)
}
