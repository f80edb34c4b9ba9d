//! Taking back: a command that waits vanishes; an answer gets its earlier value by a new change.

use std::collections::VecDeque;

use rusqlite::Connection;
use xunan_core::change::{ChangeNo, History, Scalar, Write};
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ChangeHash, DocId};
use xunan_core::record::RecordKind;

use super::Device;
use super::write::{Draft, Written, settle};
use crate::query::View;
use crate::request::WaitingShown;
use crate::store::outbox::Outgoing;
use crate::store::{self, Durable, Stored, documents};

/// Commands that can be put back; older ones are history.
const REMEMBERED: usize = 64;

/// What is called so in the outbox can be put back after the app was ended, too, as long as the relay
/// doesn't have it.
const PUT_BACK: [&str; 5] = ["answer", "fill_section", "note", "leave", "remove_photo"];

/// A change whose keys can get the values again that they had before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PutBack {
    doc: DocId,
    kind: RecordKind,
    change: ChangeHash,
}

impl PutBack {
    pub(crate) const fn of(doc: DocId, kind: RecordKind, change: ChangeHash) -> Self {
        Self { doc, kind, change }
    }
    /// What it replaced, where its own value still stands alone: nobody is overwritten by an undo,
    /// and what somebody has answered since keeps nothing else from going back.
    fn earlier(&self, history: &History) -> Vec<(String, Scalar)> {
        let Some(change) = history.number_of(&self.change) else {
            return Vec::new();
        };
        let stands =
            |key: &str| matches!(history.visible(key).as_slice(), [only] if only.change == change);
        let puts = history.keys().filter(|(key, _)| stands(key));
        puts.map(|(key, _)| (key.to_owned(), before(history, key, change)))
            .collect()
    }
}

/// What the author of a change found under a key. Of a conflict, what Automerge shows.
fn before(history: &History, key: &str, change: ChangeNo) -> Scalar {
    let writes = history.writes(key).iter();
    let known: Vec<_> = writes
        .filter(|write| write.change != change && history.saw(change, write.change))
        .collect();
    let is_replaced = |write: &Write| {
        let mut others = known.iter().filter(|other| other.change != write.change);
        others.any(|other| history.saw(other.change, write.change))
    };
    let left = known.iter().filter(|write| !is_replaced(write));
    left.max_by_key(|write| write.id)
        .map_or(Scalar::Null, |write| write.value.clone())
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
        let kept = store::outbox::get(connection, command)?;
        if let Some(waiting) = kept.as_ref().filter(|kept| kept.hash.is_none()) {
            return self.take_out(waiting);
        }
        // Done again after a fork it is another change: the outbox knows which.
        let kept = kept
            .map(|kept| put_back_of(connection, &kept))
            .transpose()?;
        let remembered = self.undoable.take(command);
        let back = kept.flatten().or(remembered).ok_or_else(too_late)?;
        let puts = back.earlier(&*self.history(back.doc)?);
        if puts.is_empty() {
            return Err(too_late());
        }
        self.write(Draft {
            id: back.doc,
            kind: back.kind,
            puts,
            event: None,
            command: serde_json::json!({ "Undo": { "command": command } }),
            undo: None,
        })
    }

    /// Decisions that wait, the newest first.
    pub(crate) fn waiting(&self) -> Result<Vec<WaitingShown>, Problem> {
        let connection = self.store.connection();
        let kept = store::outbox::waiting(connection, self.now())?;
        let named = kept.into_iter().map(|kept| {
            let (id, _) = documents::name(connection, kept.doc)?;
            Ok((id, kept))
        });
        let named = named.collect::<Stored<Vec<_>>>()?;
        self.look(|view| named.iter().map(|kept| waiting_shown(view, kept)).collect())
    }

    fn take_out(&mut self, kept: &Outgoing) -> Result<Written, Problem> {
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

/// What a command is called in the outbox; of an act, the event's kind.
fn what_of(kept: &Outgoing) -> String {
    let command: serde_json::Value = serde_json::from_str(&kept.command).unwrap_or_default();
    let what = command.get("what").and_then(serde_json::Value::as_str);
    what.unwrap_or_default().to_owned()
}

#[allow(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53")]
fn waiting_shown(view: &View<'_>, (id, kept): &(DocId, Outgoing)) -> WaitingShown {
    let finding = view.records.findings.get(id);
    WaitingShown {
        command: kept.id,
        undo_until: kept.due.0 as f64,
        what: what_of(kept),
        place: finding
            .map(|found| view.site_name(found.site, found.place.as_deref()))
            .unwrap_or_default(),
    }
}

/// A command that the relay doesn't have yet as one that can be put back, if it is such.
fn put_back_of(connection: &Connection, kept: &Outgoing) -> Stored<Option<PutBack>> {
    let is_put_back = PUT_BACK.contains(&what_of(kept).as_str());
    let Some(change) = kept.hash.filter(|_| is_put_back) else {
        return Ok(None);
    };
    let (doc, kind) = documents::name(connection, kept.doc)?;
    Ok(Some(PutBack::of(doc, kind, change)))
}
