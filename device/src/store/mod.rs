//! What a device keeps: one SQLite database with one writer. SQL of the device is here, in the
//! projections and in the queries, nowhere else.
//!
//! Edits are committed with `synchronous=FULL`: an answer that was tapped survives a cut of power.
//! What came from the relay is committed with `NORMAL`, because it can be asked for again.

pub(crate) mod blobs;
pub(crate) mod changes;
pub(crate) mod documents;
pub(crate) mod draft;
mod open;
pub(crate) mod outbox;
pub(crate) mod projections;
pub(crate) mod quarantine;
pub(crate) mod receipts;
pub(crate) mod refused;
pub(crate) mod register;
pub(crate) mod sync_log;
pub(crate) mod sync_state;
pub(crate) mod unfiled;

use rusqlite::Connection;
use xunan_core::code::{Code, Problem, Retry};

/// The device's storage failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no: full, broken, or a mistake of ours.
    #[error("the database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// Another process has it open.
    #[error("another copy of the app has this storage open")]
    InUse,
    /// A newer app wrote it.
    #[error("the storage has version {found}, this app knows {known}")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest that this app knows.
        known: i64,
    },
    /// A row that isn't what this app writes.
    #[error("a row of {table} can't be read")]
    Unreadable {
        /// Where.
        table: &'static str,
    },
    /// A blob couldn't be kept or read.
    #[error("the blob store failed")]
    Blob(#[from] std::io::Error),
}

impl StoreError {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::InUse => Code::StoreInUse,
            Self::Newer { .. } => Code::StoreNewer,
            Self::Sqlite(_) | Self::Unreadable { .. } | Self::Blob(_) => Code::StoreFailed,
        }
    }
    /// Whether to try again.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Newer { .. } => Retry::AfterUpdate,
            Self::Sqlite(_) | Self::Blob(_) | Self::InUse => Retry::Later,
            Self::Unreadable { .. } => Retry::Never,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        let mut problem = Self::new(error.code()).retry(error.retry());
        problem.trace = cause.unwrap_or_else(|| error.to_string());
        problem
    }
}

/// What a function of the store gives.
pub(crate) type Stored<T> = Result<T, StoreError>;

/// How sure a commit must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    /// Survives a cut of power: what only this device has.
    Full,
    /// Survives the end of the app: what the relay has too.
    Normal,
}

/// The open database.
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// For reading; writing goes through [`Self::write`].
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// One transaction. What `work` does is kept whole or not at all.
    pub(crate) fn write<T>(
        &mut self,
        durable: Durable,
        work: impl FnOnce(&Connection) -> Stored<T>,
    ) -> Stored<T> {
        let level = match durable {
            Durable::Full => "FULL",
            Durable::Normal => "NORMAL",
        };
        self.connection.pragma_update(None, "synchronous", level)?;
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        crate::halt::at("commit.before");
        transaction.commit()?;
        crate::halt::at("commit.after");
        Ok(done)
    }
}

/// Bytes on this device: records, photos.
pub(crate) fn stored_bytes(connection: &Connection) -> Stored<(f64, f64)> {
    let pages: u32 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let page: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let (_, photos) = blobs::totals(connection)?;
    #[allow(
        clippy::cast_precision_loss,
        reason = "bytes of a device stay below 2^53"
    )]
    let photos = photos as f64;
    Ok((f64::from(pages) * f64::from(page), photos))
}

/// Bytes of a fixed length out of a row.
pub(crate) fn fixed<const N: usize>(bytes: &[u8], table: &'static str) -> Stored<[u8; N]> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Unreadable { table })
}

/// A number that SQLite keeps as a signed one.
pub(crate) fn unsigned<N: TryFrom<i64>>(number: i64, table: &'static str) -> Stored<N> {
    N::try_from(number).map_err(|_| StoreError::Unreadable { table })
}

#[cfg(test)]
mod tests;
