//! Taking back: a command that waits vanishes; an answer gets its earlier value by a new change.

use std::collections::VecDeque;

use xunan_core::change::{History, Scalar};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ChangeHash, DocId};
use xunan_core::record::RecordKind;

use super::Device;
use super::write::{Draft, Written, settle};
use crate::store::draft::Puts;
use crate::store::{self, Durable, documents};

/// Commands that can be put back; older ones are history.
const REMEMBERED: usize = 64;

/// What a command replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PutBack {
    doc: DocId,
    kind: RecordKind,
    change: ChangeHash,
    earlier: Vec<(String, Scalar)>,
}

impl PutBack {
    /// What stands where a command puts. Of a conflict, what Automerge shows.
    pub(crate) fn of(history: &History, puts: &Puts, change: ChangeHash) -> Self {
        let stood = |key: &str| {
            let visible = history.visible(key);
            visible
                .first()
                .map_or(Scalar::Null, |write| write.value.clone())
        };
        Self {
            doc: history.id(),
            kind: history.kind(),
            change,
            earlier: puts
                .values
                .iter()
                .map(|(key, _)| (key.clone(), stood(key)))
                .collect(),
        }
    }
    /// Whether what the command put still stands, alone: nobody is overwritten by an undo.
    fn stands(&self, history: &History) -> bool {
        let Some(change) = history.number_of(&self.change) else {
            return false;
        };
        self.earlier.iter().all(
            |(key, _)| matches!(history.visible(key).as_slice(), [only] if only.change == change),
        )
    }
}

/// The newest commands that can be put back, since the app started.
#[derive(Debug, Default)]
pub(crate) struct Undoable(VecDeque<(i64, PutBack)>);

impl Undoable {
    pub(crate) fn remember(&mut self, command: i64, back: PutBack) {
        self.0.push_back((command, back));
        if self.0.len() > REMEMBERED {
            self.0.pop_front();
        }
    }
    fn take(&mut self, command: i64) -> Option<PutBack> {
        let place = self.0.iter().position(|(id, _)| *id == command)?;
        self.0.remove(place).map(|(_, back)| back)
    }
    fn newest(&self) -> Option<i64> {
        self.0.back().map(|(id, _)| *id)
    }
}

impl Device {
    /// Takes a command back; with 0 the newest that can be.
    ///
    /// # Errors
    /// `undo.too_late` if it is a change that others may have seen, or somebody wrote there since.
    pub fn undo(&mut self, command: i64) -> Result<Written, Problem> {
        let too_late = || Problem::new(Code::UndoTooLate);
        let connection = self.store.connection();
        let command = match command {
            0 => store::outbox::newest_waiting(connection)?
                .max(self.undoable.newest())
                .ok_or_else(too_late)?,
            named => named,
        };
        let waiting = store::outbox::get(connection, command)?.filter(|kept| kept.hash.is_none());
        if let Some(kept) = waiting {
            return self.take_out(&kept);
        }
        let back = self.undoable.take(command).ok_or_else(too_late)?;
        if !back.stands(&*self.history(back.doc)?) {
            return Err(too_late());
        }
        self.write(Draft {
            id: back.doc,
            kind: back.kind,
            puts: back.earlier,
            event: None,
            command: serde_json::json!({ "Undo": { "command": command } }),
            undo: None,
        })
    }

    fn take_out(&mut self, kept: &store::outbox::Outgoing) -> Result<Written, Problem> {
        let (id, _) = documents::name(self.store.connection(), kept.doc)?;
        let held = self.cache.take(self.store.connection(), id)?;
        let mut held = held.filter(|held| !held.document.history().is_empty());
        let (actor, register) = (self.row.actor, &self.register);
        self.store.write(Durable::Full, |tx| {
            store::outbox::remove(tx, kept.id)?;
            match &mut held {
                Some(held) => {
                    held.changed();
                    settle(tx, held, actor, register)
                }
                // The command had begun the record.
                None => documents::remove(tx, kept.doc),
            }
        })?;
        match held {
            Some(held) => self.settled(id, held, true),
            None => self.gone(id),
        }
        Ok(Written {
            change: None,
            command: kept.id,
            undo_until: None,
        })
    }
}
