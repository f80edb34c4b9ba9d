//! The relay's parts, as every endpoint has them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use xunan_core::timestamp::Timestamp;

use crate::accept::Histories;
use crate::blob::Blobs;
use crate::clock::Clock;
use crate::guesses::Guesses;
use crate::registers::Registers;
use crate::scope;
use crate::store::{Begin, Result, Store};
use crate::waiting::Waiting;

/// A relay that can be served: storage, the register in memory, and who waits.
#[derive(Debug, Clone)]
pub struct Relay {
    parts: Arc<Parts>,
}

/// What [`Relay`] shares among requests.
#[derive(Debug)]
pub struct Parts {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) registers: Registers,
    /// One push is judged and appended at a time.
    pub(crate) histories: Mutex<Histories>,
    pub(crate) waiting: Waiting,
    pub(crate) blobs: Blobs,
    pub(crate) guesses: Guesses,
    pub(crate) web: Option<PathBuf>,
}

impl std::ops::Deref for Relay {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Relay {
    /// Opens (or begins) the relay in a data folder; `web` holds the app's files, if they are to be
    /// served.
    pub fn open(dir: &Path, web: Option<PathBuf>, clock: Clock) -> Result<Self> {
        let store = Store::open(dir, Begin::IfAbsent, clock.now())?;
        let registers = Registers::default();
        registers.reload(&store)?;
        let parts = Parts {
            blobs: Blobs::open(dir)?,
            store,
            clock,
            registers,
            histories: Mutex::default(),
            waiting: Waiting::default(),
            guesses: Guesses::default(),
            web,
        };
        let relay = Self {
            parts: Arc::new(parts),
        };
        scope::refresh(&relay)?;
        Ok(relay)
    }

    /// The relay's storage.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Takes over what another process (the command line) wrote: new rows of the register, and with
    /// them new audiences. Wakes those who wait.
    pub fn catch_up(&self) -> Result<()> {
        if self.registers.reload(&self.store)? {
            scope::refresh(self)?;
            self.waiting.news_for_all();
        }
        Ok(())
    }

    /// Lets every waiting request answer at once, for good: before a shutdown.
    pub fn close(&self) {
        self.waiting.close();
    }
}
