//! Records in memory: the few that were used last. A record is some tens of kilobytes, so lists
//! never come here.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use xunan_core::change::{Change, History};
use xunan_core::code::{Code, Problem};
use xunan_core::document::{Document, DocumentError};
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::wire::{body, limits};

use crate::projection::Projection;
use crate::store::changes::Which;
use crate::store::documents::{self, DocNo};
use crate::store::{self, StoreError, Stored};

/// More rows than this become a snapshot.
const ROWS_AT_MOST: u32 = 200;

/// Records that are kept in memory.
const ROOM: usize = 48;

/// A record in memory.
pub(crate) struct Held {
    /// None: not kept yet.
    pub(crate) n: Option<DocNo>,
    pub(crate) document: Document,
    view: Option<Arc<History>>,
    /// What lists are to read of it once the transaction is committed.
    pub(crate) projected: Option<Projection>,
    used: u64,
}

impl Held {
    /// A record that nobody has written yet.
    pub(crate) fn new(id: DocId, kind: RecordKind) -> Self {
        Self {
            n: None,
            document: Document::new(id, kind),
            view: None,
            projected: None,
            used: 0,
        }
    }

    /// A record as it is kept: all of it, or what the relay has too.
    pub(crate) fn load(connection: &Connection, id: DocId, which: Which) -> Stored<Option<Self>> {
        let Some(kept) = documents::find(connection, id)? else {
            return Ok(None);
        };
        let raw = store::changes::since_snapshot(connection, kept.n, which)?;
        let broken = StoreError::Unreadable { table: "documents" };
        let snapshot = match kept.snapshot {
            Some(packed) => Some(body::unpack(&packed).map_err(|_| broken)?),
            None => None,
        };
        let raw = raw.iter().map(Vec::as_slice);
        let mut document = Document::open(id, kept.kind, snapshot.as_deref(), raw)
            .map_err(|_| StoreError::Unreadable { table: "changes" })?;
        store::receipts::apply(connection, kept.n, &mut document)?;
        Ok(Some(Self {
            n: Some(kept.n),
            document,
            view: None,
            projected: None,
            used: 0,
        }))
    }

    /// What the person sees: the record with own commands that still wait, as if they were changes
    /// already.
    pub(crate) fn view(&mut self, connection: &Connection, actor: ActorId) -> Stored<Arc<History>> {
        if let Some(view) = &self.view {
            return Ok(Arc::clone(view));
        }
        let mut history = self.document.history().clone();
        let waiting = match self.n {
            Some(n) => store::outbox::waiting_of(connection, n)?,
            None => Vec::new(),
        };
        for command in waiting {
            let puts = command.puts.fitted(&history);
            if puts.is_empty() {
                continue;
            }
            let puts = puts.at(history.next_event_id(actor));
            // One that no longer fits is told when its wait is over.
            if let Ok(change) = history.compose(actor, command.written, puts) {
                history.append(&change);
            }
        }
        let view = Arc::new(history);
        self.view = Some(Arc::clone(&view));
        Ok(view)
    }

    /// Appends a change that was written here.
    pub(crate) fn apply(&mut self, change: &Change) -> Result<(), Problem> {
        let applied = self.document.apply(std::slice::from_ref(change));
        applied.map(|_| ()).map_err(|error| match error {
            DocumentError::Invalid(invalid) => super::write::problem_of(&invalid),
            other => {
                let mut problem = Problem::new(Code::Internal);
                problem.trace = other.to_string();
                problem
            }
        })
    }
    /// Folds rows into a snapshot when there are many. What the relay lacks stays as it is, because
    /// it is to be sent.
    pub(crate) fn compact(&mut self, tx: &Connection) -> Stored<()> {
        let n = self.number(tx)?;
        let (rows, own) = store::changes::count(tx, n)?;
        if rows > ROWS_AT_MOST && own == 0 {
            self.keep_snapshot(tx)?;
        }
        Ok(())
    }
    /// Keeps the whole record as a snapshot, unless it is too large for one: then its rows stay.
    pub(crate) fn keep_snapshot(&mut self, tx: &Connection) -> Stored<bool> {
        let n = self.number(tx)?;
        let broken = |_| StoreError::Unreadable { table: "documents" };
        let packed = body::pack(&self.document.snapshot().map_err(broken)?);
        let fits = packed.len() <= limits::BODY_BYTES;
        if fits {
            documents::set_snapshot(tx, n, &packed)?;
        }
        Ok(fits)
    }
    /// Its local number; the first time that is asked it gets one.
    pub(crate) fn number(&mut self, tx: &Connection) -> Stored<DocNo> {
        if let Some(n) = self.n {
            return Ok(n);
        }
        let history = self.document.history();
        let n = documents::create(tx, history.id(), history.kind())?;
        self.n = Some(n);
        Ok(n)
    }

    /// The view is to be made anew.
    pub(crate) fn changed(&mut self) {
        self.view = None;
    }
}

/// The records that were used last.
#[derive(Default)]
pub(crate) struct Cache {
    held: BTreeMap<DocId, Held>,
    clock: u64,
}

impl Cache {
    /// A record, out of memory or the store.
    pub(crate) fn get(&mut self, connection: &Connection, id: DocId) -> Stored<Option<&mut Held>> {
        if !self.held.contains_key(&id) {
            let Some(held) = Held::load(connection, id, Which::All)? else {
                return Ok(None);
            };
            self.put(id, held);
        }
        self.clock += 1;
        let mut held = self.held.get_mut(&id);
        if let Some(held) = &mut held {
            held.used = self.clock;
        }
        Ok(held)
    }
    /// Takes a record out, to change it; whoever fails to store the change leaves it out.
    pub(crate) fn take(&mut self, connection: &Connection, id: DocId) -> Stored<Option<Held>> {
        match self.held.remove(&id) {
            Some(held) => Ok(Some(held)),
            None => Held::load(connection, id, Which::All),
        }
    }
    /// Puts a record in.
    pub(crate) fn put(&mut self, id: DocId, mut held: Held) {
        self.clock += 1;
        held.used = self.clock;
        self.held.insert(id, held);
        if self.held.len() > ROOM {
            let oldest = self.held.iter().min_by_key(|(_, held)| held.used);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                self.held.remove(&oldest);
            }
        }
    }
    /// Takes a record out only if it is in memory: a first sync must not push out what is in use.
    pub(crate) fn take_held(&mut self, id: DocId) -> Option<Held> {
        self.held.remove(&id)
    }
    /// Forgets a record.
    pub(crate) fn drop(&mut self, id: DocId) {
        self.held.remove(&id);
    }
}
