//! One person's device: its store, the register in memory, a small cache of records, and what
//! changed since anybody asked.
//!
//! Everything here is immediate and local. What goes through the network is the engine's
//! ([`crate::sync`]); a host drives both through [`crate::app::App`].

mod cache;
mod look;
mod redo;
mod undo;
mod write;

pub(crate) use cache::Held;
pub(crate) use redo::Refusals;
pub(crate) use write::settle;
pub use write::{Draft, UndoPlan, Written};

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::Connection;
use xunan_core::author;
use xunan_core::change::History;
use xunan_core::code::{Code, Problem};
use xunan_core::id::{ActorId, DeviceId, DocId, PersonId, Sha256};
use xunan_core::register::Register;
use xunan_core::timestamp::{Date, Timestamp};

use crate::host::Host;
use crate::projection::Records;
use crate::query::Counted;
use crate::request::Notice;
use crate::store::sync_state::{self, SyncRow};
use crate::store::{self, Durable, Store, StoreError, Stored};
use cache::Cache;
use undo::Undoable;

/// The app's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A device's clock and the relay's may differ by so much before days are counted by the relay's.
const CLOCK_SLACK_MS: i64 = 120_000;

/// One person's device.
pub struct Device {
    pub(crate) store: Store,
    pub(crate) host: Host,
    pub(crate) row: SyncRow,
    pub(crate) register: Register,
    pub(crate) records: Records,
    counted: Counted,
    /// Records that were opened on this device.
    pub(crate) opened: BTreeSet<DocId>,
    pub(crate) cache: Cache,
    undoable: Undoable,
    notices: Vec<Notice>,
    noticed: BTreeSet<DocId>,
    /// There may be something to send.
    pub(crate) wake: bool,
    /// What the engine says of the network, for [`crate::request::SyncState`].
    pub(crate) net: NetState,
}

/// How the network does, as far as the last try knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NetState {
    pub(crate) online: bool,
    pub(crate) busy: bool,
    pub(crate) problem: Option<Problem>,
    /// Something of this changed since it was last told.
    pub(crate) changed: bool,
    /// Records that came in a first sync still under way.
    pub(crate) first_sync: Option<u32>,
}

impl Device {
    /// Opens a device's storage, and begins it if it is new.
    pub fn open(connection: Connection, mut host: Host) -> Result<Self, StoreError> {
        let mut store = Store::open(connection)?;
        let row = match sync_state::load(store.connection())? {
            Some(row) => row,
            None => begin(&mut store, &mut host)?,
        };
        let rows = store::register::all(store.connection())?;
        let register = Register::new(&rows, None);
        let opened = store::documents::opened(store.connection())?;
        let mut device = Self {
            store,
            host,
            row,
            register,
            records: Records::default(),
            counted: Counted::default(),
            opened,
            cache: Cache::default(),
            undoable: Undoable::default(),
            notices: Vec::new(),
            noticed: BTreeSet::new(),
            wake: true,
            net: NetState::default(),
        };
        device.load_projections()?;
        device.sweep_blobs()?;
        Ok(device)
    }

    /// The person, if the device is enrolled.
    #[must_use]
    pub fn me(&self) -> Option<PersonId> {
        self.row.enrolment.map(|enrolment| enrolment.person)
    }
    /// The person, or the problem that there is none.
    pub fn must_me(&self) -> Result<PersonId, Problem> {
        self.me().ok_or(Problem::new(Code::DeviceNotEnrolled))
    }
    /// The device's id, if it is enrolled.
    #[must_use]
    pub fn device_id(&self) -> Option<DeviceId> {
        self.row.enrolment.map(|enrolment| enrolment.device)
    }
    /// The writer of this device's changes.
    #[must_use]
    pub const fn actor(&self) -> ActorId {
        self.row.actor
    }
    /// The relay's address.
    #[must_use]
    pub fn relay(&self) -> &str {
        &self.row.relay
    }
    /// Now by the device's clock: the time that changes claim. A clock out of all range gives the
    /// last time that is known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.host.clock.now();
        if (Timestamp::EARLIEST..Timestamp::LATEST).contains(&now) {
            now
        } else {
            self.row.last_time.max(Timestamp::EARLIEST)
        }
    }
    /// Now by the relay's clock, as far as this device knows it: what days are counted by.
    #[must_use]
    pub fn relay_now(&self) -> Timestamp {
        let off = self.row.clock_off.unwrap_or(0);
        if off.abs() > CLOCK_SLACK_MS {
            self.now().plus(off.saturating_neg())
        } else {
            self.now()
        }
    }
    /// Today in the organisation's zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.register.settings().zone.day(self.relay_now())
    }

    /// The IANA name of the organisation's zone.
    pub(crate) fn zone(&self) -> String {
        self.register.settings().zone.name.clone()
    }
    /// The register as this device knows it.
    #[must_use]
    pub const fn register(&self) -> &Register {
        &self.register
    }
    /// For reading: the queries of the screens. Nothing writes through it.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        self.store.connection()
    }
    /// A new record's id.
    pub fn new_document(&mut self) -> DocId {
        let mut random = [0; 10];
        self.host.random.fill(&mut random);
        DocId::new(self.now().0.unsigned_abs(), &random)
    }
    /// A record's index and content, with the person's own commands that still wait.
    pub fn history(&mut self, id: DocId) -> Result<Arc<History>, Problem> {
        let absent = || Problem::new(Code::RecordAbsent).with("id", id);
        let held = self
            .cache
            .get(self.store.connection(), id)?
            .ok_or_else(absent)?;
        let view = held.view(self.store.connection(), self.row.actor)?;
        if view.is_empty() {
            Err(absent())
        } else {
            Ok(view)
        }
    }
    /// Notes that the person opened a record here.
    pub fn opened(&mut self, id: DocId) -> Result<(), Problem> {
        let now = self.now();
        self.store.write(Durable::Normal, |tx| {
            store::documents::set_opened(tx, id, now.0)
        })?;
        self.opened.insert(id);
        self.notice_record(id);
        Ok(())
    }
    /// Keeps a blob that was made here (a drawing, a picture); it is sent after the words.
    pub fn add_blob(&mut self, bytes: &[u8]) -> Result<Sha256, Problem> {
        self.keep_blob(bytes, store::blobs::Rank::Small)
    }
    pub(crate) fn keep_blob(
        &mut self,
        bytes: &[u8],
        rank: store::blobs::Rank,
    ) -> Result<Sha256, Problem> {
        use sha2::Digest;
        let hash = Sha256::from_bytes(sha2::Sha256::digest(bytes).into());
        self.host
            .blobs
            .put(&hash, bytes)
            .map_err(StoreError::Blob)?;
        crate::halt::at("blob.before_row");
        let now = self.now();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.store.write(Durable::Full, |tx| {
            store::blobs::add_own(tx, &hash, size, rank, now)
        })?;
        self.wake = true;
        Ok(hash)
    }

    /// Removes photos that were taken in and that nothing came to name.
    fn sweep_blobs(&mut self) -> Stored<()> {
        let unnamed = store::unfiled::unnamed(self.store.connection())?;
        if unnamed.is_empty() {
            return Ok(());
        }
        let sweep = |tx: &Connection| store::unfiled::sweep(tx, unnamed.into_iter());
        for hash in self.store.write(Durable::Normal, sweep)? {
            self.host.blobs.remove(&hash)?;
        }
        Ok(())
    }

    /// After a commit: what lists read follows, the record goes back into memory if it is in use,
    /// and the screens are told.
    pub(crate) fn settled(&mut self, id: DocId, mut held: Held, in_use: bool) {
        match held.projected.take() {
            Some(projection) => self.records.put(id, projection),
            None => self.records.remove(id),
        }
        if in_use {
            self.cache.put(id, held);
        }
        self.notice_record(id);
    }
    /// After a commit that took a record off this device.
    pub(crate) fn gone(&mut self, id: DocId) {
        self.cache.drop(id);
        self.records.remove(id);
        self.opened.remove(&id);
        self.notice_record(id);
    }
    pub(crate) fn save_row(&mut self, durable: Durable) -> Result<(), Problem> {
        let row = &self.row;
        Ok(self.store.write(durable, |tx| sync_state::save(tx, row))?)
    }

    /// What changed since this was last asked.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        self.noticed.clear();
        std::mem::take(&mut self.notices)
    }
    pub(crate) fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
    /// Records are many in a first sync: one notice each, found in a set.
    pub(crate) fn notice_record(&mut self, id: DocId) {
        if self.noticed.insert(id) {
            self.notices.push(Notice::Record { id });
        }
    }
    /// Reads the register again after rows came.
    pub(crate) fn reload_register(&mut self) -> Stored<()> {
        let rows = store::register::all(self.store.connection())?;
        self.register = Register::new(&rows, None);
        self.counted = Counted::default();
        self.notice(Notice::Register {});
        Ok(())
    }
    /// Draws a new writer: after a copy of the storage, and when own changes are done again.
    pub(crate) fn draw_actor(&mut self) -> ActorId {
        self.row.actor = new_actor(&mut self.host);
        self.row.actor
    }
}

fn new_actor(host: &mut Host) -> ActorId {
    let mut tail = [0; 4];
    host.random.fill(&mut tail);
    author::actor(&host.public_key, tail)
}

fn begin(store: &mut Store, host: &mut Host) -> Stored<SyncRow> {
    let row = SyncRow {
        actor: new_actor(host),
        relay: String::new(),
        enrolment: None,
        token: String::new(),
        epoch: None,
        cursor: None,
        revision: 0,
        clock_off: None,
        synced: None,
        last_time: host
            .clock
            .now()
            .clamp(Timestamp::EARLIEST, Timestamp::LATEST.plus(-1)),
        push: 0,
    };
    store.write(Durable::Full, |tx| sync_state::save(tx, &row))?;
    Ok(row)
}
