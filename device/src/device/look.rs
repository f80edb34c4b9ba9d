//! What questions look at, and the few answers about the device itself.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rusqlite::Connection;
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, Sha256};

use super::Device;
use super::cache::Held;
use super::write::{Others, settle};
use crate::projection::project;
use crate::query::{BlobState, Blobs, View};
use crate::request::{Notice, Reply, Request, SyncLogLine, SyncState};
use crate::store::changes::Which;
use crate::store::{self, Durable, StoreError, Stored};

/// Records whose projections are made anew in one transaction.
const AT_A_TIME: usize = 200;

/// Where blobs are, for questions. What can't be read is said not to be here.
struct Shelf<'a>(&'a Connection);

impl Blobs for Shelf<'_> {
    fn state(&self, hash: &Sha256) -> BlobState {
        let found = store::blobs::whereabouts(self.0, hash);
        found.map_or(BlobState::default(), |found| BlobState {
            here: found.here,
            uploaded: found.uploaded,
        })
    }
}

impl Device {
    /// Asks a question of what is here.
    ///
    /// # Errors
    /// `device.not_enrolled`, or the storage.
    pub(crate) fn look<T>(&self, ask: impl FnOnce(&View<'_>) -> T) -> Result<T, Problem> {
        let connection = self.store.connection();
        let unsent = store::documents::unsent(connection)?;
        let nothing = BTreeMap::new();
        Ok(ask(&View {
            register: &self.register,
            records: &self.records,
            me: self.must_me()?,
            now: self.relay_now(),
            today: self.today(),
            unsent: &unsent,
            opened: &self.opened,
            blobs: &Shelf(connection),
            others: &Others {
                connection,
                work: &nothing,
            },
            counting: OnceCell::new(),
            counted: &self.counted,
        }))
    }

    /// Reads the projections into memory; those of another shape are made anew from their records.
    pub(super) fn load_projections(&mut self) -> Stored<()> {
        let (found, stale) = store::projections::all(self.store.connection())?;
        for (id, projection) in found {
            self.records.put(id, projection);
        }
        let actor = self.row.actor;
        for ids in stale.chunks(AT_A_TIME) {
            let mut made = Vec::new();
            for id in ids {
                made.extend(Held::load(self.store.connection(), *id, Which::All)?);
            }
            let register = &self.register;
            self.store.write(Durable::Normal, |tx| {
                made.iter_mut()
                    .try_for_each(|held| settle(tx, held, actor, register))
            })?;
            for mut held in made {
                if let Some(projection) = held.projected.take() {
                    self.records.put(held.document.history().id(), projection);
                }
            }
        }
        Ok(())
    }

    /// Whether every kept projection is what its record projects to now; gives the records where it
    /// isn't. For tests and for a diagnosis: nothing depends on it.
    ///
    /// # Errors
    /// The storage.
    pub fn stale_projections(&self) -> Result<Vec<DocId>, StoreError> {
        let connection = self.store.connection();
        let (kept, mut stale) = store::projections::all(connection)?;
        for (id, projection) in kept {
            let made = match Held::load(connection, id, Which::All)? {
                Some(mut held) => project(&*held.view(connection, self.row.actor)?, &self.register),
                None => None,
            };
            if made != Some(projection) {
                stale.push(id);
            }
        }
        Ok(stale)
    }

    /// Questions about the device itself and its blobs; any other request is given back.
    pub(crate) fn own_question(
        &self,
        request: Request,
    ) -> Result<Result<Reply, Problem>, Box<Request>> {
        Ok(match request {
            Request::SyncState {} => self.sync_state().map(Reply::SyncState),
            Request::SyncLog { limit } => store::sync_log::newest(self.connection(), limit)
                .map(Reply::SyncLog)
                .map_err(Problem::from),
            Request::Photo { hash } => self.photo_reply(&hash),
            other => return Err(Box::new(other)),
        })
    }

    fn photo_reply(&self, hash: &str) -> Result<Reply, Problem> {
        let invalid = |_| Problem::new(Code::InputInvalid).with("field", "hash");
        let hash = hash.parse().map_err(invalid)?;
        self.photo_url(&hash).map(Reply::Photo)
    }

    /// Sync in numbers.
    pub(crate) fn sync_state(&self) -> Result<SyncState, Problem> {
        let connection = self.connection();
        #[allow(clippy::cast_precision_loss, reason = "milliseconds stay below 2^53")]
        let clock_off = self.row.clock_off.map(|off| off as f64);
        Ok(SyncState {
            online: self.net.online,
            busy: self.net.busy,
            unsent: store::outbox::count(connection)?,
            photos_unsent: store::blobs::totals(connection)?.0,
            synced: self.row.synced,
            problem: self.net.problem.clone(),
            clock_off,
            refused: store::refused::count(connection)?,
            set_aside: store::quarantine::count(connection)?,
        })
    }

    /// A first sync under way: records so far, and in all (0 while the relay hasn't said).
    #[must_use]
    pub(crate) fn first_sync(&self) -> Option<(u32, u32)> {
        self.net.first_sync.map(|records| (records, 0))
    }

    /// Notes what its person did with a command that wasn't accepted.
    pub(crate) fn mark_resolved(&mut self, id: i64, way: &str) -> Result<(), Problem> {
        self.store
            .write(Durable::Full, |tx| store::refused::resolve(tx, id, way))?;
        self.notice(Notice::Refused {});
        Ok(())
    }

    /// Adds a line to the sync log. A log that can't be written stops nothing.
    pub(crate) fn log_sync(&mut self, line: &SyncLogLine) {
        let _ = self
            .store
            .write(Durable::Normal, |tx| store::sync_log::add(tx, line));
        self.net.changed = true;
    }
}
