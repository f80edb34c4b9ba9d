//! When the relay has not appended an own change, what followed from it on this device can't stay
//! either. The record is rebuilt from what the relay has, a new writer is drawn, and the commands
//! that were not themselves refused are done again. Nothing is lost: the refused ones are kept with
//! their reason.

use std::collections::BTreeMap;

use xunan_core::change::Change;
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ChangeHash, DocId, EventId};

use super::Device;
use super::cache::Held;
use super::write::{Redone, keep_redone, settle};
use crate::request::Notice;
use crate::store::changes::Which;
use crate::store::outbox::Outgoing;
use crate::store::{self, Durable, StoreError, Stored, documents, sync_state};

/// What the relay refused of a record's changes.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    /// Own changes with the reason; none after a fork.
    pub(crate) of: BTreeMap<ChangeHash, Problem>,
    /// How many other changes of the push were accepted.
    pub(crate) beside: u32,
}

/// A command done again: its change, or why it isn't one any more. None: it waits still.
type Done = (Outgoing, Option<Redone>);

impl Device {
    /// Rebuilds a record and does the own commands again.
    pub(crate) fn redo(&mut self, id: DocId, refusals: &Refusals) -> Result<(), Problem> {
        let connection = self.store.connection();
        let Some(mut held) = Held::load(connection, id, Which::Acknowledged)? else {
            return Ok(());
        };
        let n = held.n.ok_or(Problem::new(Code::Internal))?;
        let kind = held.document.history().kind();
        let commands = store::outbox::of(connection, n)?;
        self.draw_actor();
        let redone = self.redo_all(&mut held, commands, refusals)?;
        let now = self.now();
        let gone = held.document.history().is_empty();
        let (row, register) = (&self.row, &self.register);
        self.store.write(Durable::Full, |tx| {
            sync_state::save(tx, row)?;
            store::changes::drop_unacknowledged(tx, n)?;
            for (command, outcome) in &redone {
                store::outbox::set_puts(tx, command.id, &command.puts)?;
                let Some(outcome) = outcome else { continue };
                if let Some(refused) = keep_redone(tx, (id, kind), command, outcome, now)? {
                    store::refused::set_beside(tx, refused, refusals.beside)?;
                }
            }
            if gone {
                documents::remove(tx, n)
            } else {
                settle(tx, &mut held, row.actor, register)
            }
        })?;
        if gone {
            self.gone(id);
        } else {
            self.settled(id, held, true);
        }
        if redone
            .iter()
            .any(|(_, outcome)| matches!(outcome, Some(Redone::Refused(_))))
        {
            self.notice(Notice::Refused {});
        }
        self.wake = true;
        Ok(())
    }

    fn redo_all(
        &self,
        held: &mut Held,
        commands: Vec<Outgoing>,
        refusals: &Refusals,
    ) -> Result<Vec<Done>, Problem> {
        let me = self.must_me()?;
        let mut names = BTreeMap::new();
        let mut redone = Vec::new();
        // What a record that never was can't have: the reason is its first change's.
        let mut rootless: Option<Problem> = None;
        for mut command in commands {
            let empty = held.document.history().is_empty();
            let refused = command.hash.and_then(|hash| refusals.of.get(&hash));
            let refused = refused.or(rootless.as_ref().filter(|_| empty)).cloned();
            if let Some(problem) = refused {
                if empty {
                    rootless = Some(problem.clone());
                }
                redone.push((command, Some(Redone::Refused(problem))));
                continue;
            }
            command.puts = command.puts.renamed(&names);
            if command.hash.is_none() {
                redone.push((command, None));
                continue;
            }
            let old = self.event_of(&command)?;
            let new = held.document.history().next_event_id(self.row.actor);
            let outcome = self.redo_one(held, &command, me)?;
            if let (Some(old), Redone::Change(_)) = (old, &outcome) {
                names.insert(old, new);
            }
            redone.push((command, Some(outcome)));
        }
        Ok(redone)
    }

    /// The name that a command's event had.
    fn event_of(&self, command: &Outgoing) -> Stored<Option<EventId>> {
        let Some(hash) = command.hash.filter(|_| command.puts.event.is_some()) else {
            return Ok(None);
        };
        let raw = store::changes::raw(self.store.connection(), command.doc, &hash)?;
        let broken = |_| StoreError::Unreadable { table: "changes" };
        let change = Change::read(&raw).map_err(broken)?;
        Ok(Some(change.event_id()))
    }
}
