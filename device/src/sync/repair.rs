//! The relay was restored from a backup, which its epoch tells: what it had received since then is
//! gone there. Every device sends its own recent changes once more; those that the relay still has
//! it skips by their hashes, so nothing needs to be compared.

use std::collections::BTreeSet;

use xunan_core::author;
use xunan_core::change::Change;
use xunan_core::code::Problem;
use xunan_core::id::DocId;
use xunan_core::timestamp::DAY_MS;

use crate::device::{Device, Held};
use crate::store::changes::Which;
use crate::store::draft::Puts;
use crate::store::outbox::NewOutgoing;
use crate::store::{self, Durable, StoreError, Stored};

/// Older backups than this aren't restored.
const DAYS: i64 = 90;

impl Device {
    /// Puts own changes of the last days into the outbox again, and reads the log from its start.
    pub(super) fn repair(&mut self) -> Result<(), Problem> {
        for id in store::documents::all(self.store.connection())? {
            self.send_again(id)?;
        }
        self.row.cursor = None;
        Ok(())
    }

    fn send_again(&mut self, id: DocId) -> Result<(), Problem> {
        let connection = self.store.connection();
        let Some(held) = Held::load(connection, id, Which::All)? else {
            return Ok(());
        };
        let Some(n) = held.n else { return Ok(()) };
        let commands = store::outbox::of(connection, n)?;
        let waiting: BTreeSet<_> = commands.iter().filter_map(|kept| kept.hash).collect();
        let own: Vec<Change> = self
            .own_since(&held)?
            .into_iter()
            .filter(|change| !waiting.contains(&change.hash))
            .collect();
        self.store.write(Durable::Full, |tx| {
            for change in &own {
                store::changes::unacknowledge(tx, n, change)?;
                store::outbox::add(
                    tx,
                    &NewOutgoing {
                        doc: n,
                        hash: Some(change.hash),
                        puts: &Puts::of(change),
                        command: "{}",
                        written: change.time,
                        due: xunan_core::timestamp::Timestamp::default(),
                    },
                )?;
            }
            // The outbox is sent in its order: what waited already comes after what it rests on.
            for command in commands.iter().filter(|_| !own.is_empty()) {
                store::outbox::move_to_end(tx, command.id)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn own_since(&self, held: &Held) -> Stored<Vec<Change>> {
        let key_part = author::key_part(&self.host.public_key);
        let from = self.now().plus(-DAYS * DAY_MS);
        let broken = || StoreError::Unreadable { table: "documents" };
        let entries = held.document.history().entries();
        entries
            .filter(|(_, entry)| entry.actor.belongs_to(&key_part) && entry.time >= from)
            .map(|(_, entry)| {
                let raw = held.document.raw(&entry.hash).ok_or_else(broken)?;
                Change::read(&raw).map_err(|_| broken())
            })
            .collect()
    }
}
