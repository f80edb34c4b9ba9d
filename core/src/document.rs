//! A record's Automerge document beside its index. This is the only place where Automerge is
//! touched, and only with changes that all of rules 1–11 let in; its types don't leave this file.
//!
//! Reading doesn't come through here ([`History`] answers that), nor do rights.

use automerge::{Automerge, ReadDoc};

use crate::change::{Admission, Change, ChangeNo, History, Invalid};
use crate::id::{ChangeHash, DocId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;
use crate::wire::batch::{Batch, PartError};

/// Why a document took in nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// A change that the rules refuse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A part that can't be rebuilt.
    #[error(transparent)]
    Part(#[from] PartError),
    /// Dependencies that aren't here.
    #[error("{} dependencies are missing", missing.len())]
    Held {
        /// What isn't known yet.
        missing: Vec<ChangeHash>,
    },
    /// A snapshot that can't be read, or not as this document.
    #[error("the snapshot can't be read")]
    Snapshot,
    /// Automerge failed in spite of all rules. Set the document aside and open it again from what
    /// is stored; this value is of no more use.
    #[error("the document failed and has to be opened again")]
    Failed,
}

/// A record as it lies in memory.
#[derive(Debug, Clone)]
pub struct Document {
    /// None after a failure: what panicked may be half done.
    automerge: Option<Automerge>,
    history: History,
}

impl Document {
    /// A document without changes.
    #[must_use]
    pub fn new(id: DocId, kind: RecordKind) -> Self {
        Self {
            automerge: Some(Automerge::new()),
            history: History::new(id, kind),
        }
    }

    /// Opens a stored document: its snapshot, if there is one, and the raw changes since.
    ///
    /// # Errors
    /// [`DocumentError::Snapshot`] if the snapshot isn't one of this document, and what
    /// [`Document::apply`] says of the changes.
    pub fn open<'a>(
        id: DocId,
        kind: RecordKind,
        snapshot: Option<&[u8]>,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let mut document = Self::new(id, kind);
        if let Some(snapshot) = snapshot {
            document.load(snapshot)?;
        }
        let changes = changes
            .into_iter()
            .map(Change::read)
            .collect::<Result<Vec<_>, _>>()?;
        document.apply(&changes)?;
        Ok(document)
    }

    fn load(&mut self, snapshot: &[u8]) -> Result<(), DocumentError> {
        let load = || Automerge::load(snapshot).ok();
        let loaded = guarded(load).ok_or(DocumentError::Snapshot)?;
        for change in loaded.get_changes(&[]) {
            let change = Change::read(change.raw_bytes())?;
            self.accept(&change)?;
        }
        self.automerge = Some(loaded);
        self.agree()
    }

    /// Its index and content.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }
    /// Notes when the relay received a change.
    pub fn set_received(&mut self, hash: &ChangeHash, at: Timestamp) {
        self.history.set_received(hash, at);
    }

    /// Takes in changes that anybody made: all of them, or none on an error. Returns the numbers of
    /// those that are new.
    ///
    /// # Errors
    /// The rule that one of them breaks, or what is missing.
    pub fn apply(&mut self, changes: &[Change]) -> Result<Vec<ChangeNo>, DocumentError> {
        let before = self.history.len();
        let outcome = changes.iter().try_for_each(|change| self.accept(change));
        outcome.inspect_err(|_| self.history.truncate(before))?;
        self.hand_over(before, changes)
    }

    /// Takes in a part of a batch, as [`Batch::rebuild`]: all of it, or none on an error. Returns
    /// all changes of the part in its order, each with whether it is new and to be stored.
    ///
    /// # Errors
    /// Why the part can't be rebuilt.
    pub fn unpack(
        &mut self,
        batch: &mut Batch<'_>,
        part: usize,
    ) -> Result<Vec<(Change, bool)>, DocumentError> {
        let before = self.history.len();
        let changes = batch.rebuild(part, &mut self.history)?;
        self.hand_over(before, &changes)?;
        let marked = changes.into_iter().map(|change| {
            let is_new = self.number_since(before, &change).is_some();
            (change, is_new)
        });
        Ok(marked.collect())
    }

    /// Its whole content, to be stored: the changes before it needn't be kept beside it. It is
    /// loaded once before it is given away.
    ///
    /// # Errors
    /// [`DocumentError::Failed`] if it can't be saved or doesn't load.
    pub fn snapshot(&mut self) -> Result<Vec<u8>, DocumentError> {
        let automerge = self.automerge.take().ok_or(DocumentError::Failed)?;
        let heads = self.history.heads();
        let saved = guarded(|| {
            let bytes = automerge.save_nocompress();
            let loads = heads_of(&Automerge::load(&bytes).ok()?) == heads;
            loads.then_some((automerge, bytes))
        });
        let (automerge, bytes) = saved.ok_or(DocumentError::Failed)?;
        self.automerge = Some(automerge);
        Ok(bytes)
    }

    fn accept(&mut self, change: &Change) -> Result<(), DocumentError> {
        match self.history.accept(change)? {
            Admission::Held { missing } => Err(DocumentError::Held { missing }),
            Admission::Known | Admission::New => Ok(()),
        }
    }

    fn number_since(&self, before: usize, change: &Change) -> Option<ChangeNo> {
        self.history
            .number_of(&change.hash)
            .filter(|no| no.index() >= before)
    }

    /// Gives Automerge what the index has taken in since it had `before` changes.
    fn hand_over(
        &mut self,
        before: usize,
        changes: &[Change],
    ) -> Result<Vec<ChangeNo>, DocumentError> {
        let new = |change: &&Change| self.number_since(before, change).is_some();
        let raw: Vec<Vec<u8>> = changes
            .iter()
            .filter(new)
            .map(|change| change.raw().to_vec())
            .collect();
        self.automerge = self.automerge.take().and_then(|mut automerge| {
            guarded(|| {
                let parsed = raw
                    .into_iter()
                    .map(|raw| automerge::Change::from_bytes(raw).ok());
                automerge
                    .apply_changes(parsed.collect::<Option<Vec<_>>>()?)
                    .ok()?;
                Some(automerge)
            })
        });
        self.agree()
            .inspect_err(|_| self.history.truncate(before))?;
        Ok((before..self.history.len()).map(ChangeNo::at).collect())
    }

    /// Index and Automerge stand at the same heads, and nothing waits in Automerge's queue.
    fn agree(&mut self) -> Result<(), DocumentError> {
        let heads = self.history.heads();
        let stands = |automerge: &Automerge| {
            heads_of(automerge) == heads && automerge.get_missing_deps(&[]).is_empty()
        };
        if self.automerge.as_ref().is_some_and(stands) {
            Ok(())
        } else {
            self.automerge = None;
            Err(DocumentError::Failed)
        }
    }
}

fn heads_of(automerge: &Automerge) -> Vec<ChangeHash> {
    let mut heads: Vec<ChangeHash> = automerge
        .get_heads()
        .into_iter()
        .map(|hash| ChangeHash::from_bytes(hash.0))
        .collect();
    heads.sort_unstable();
    heads
}

/// Runs Automerge's work so that a panic of its ends this document and not the app. In wasm a panic
/// is the end of the worker; there the rules stand alone.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    #[cfg(target_family = "wasm")]
    return work();
    #[cfg(not(target_family = "wasm"))]
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .ok()
        .flatten()
}
